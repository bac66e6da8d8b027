"""The ways to let a map move, in plain words first: what each answers, and what it is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType

from cstools.causal_loops.motion import draws, fuzzy, press, pulse, relations, signals

STORY, COMPARE = "story", "compare"


@dataclass(frozen=True)
class Way:
    """One way to look at a map.

    Attributes
    ----------
    label : str
        Its plain name, which also heads a column.
    term : str
        What the field calls it; empty where the plain name is all there is.
    answers : str
        The question to which it is an answer.
    is_not : str
        What its answer is not, in a sentence or two.
    assumes : str
        The same in the field's words, with everything it takes for granted.
    """

    label: str
    term: str
    answers: str
    is_not: str
    assumes: str = ""


WAYS: Mapping[str, Way] = MappingProxyType(
    {
        STORY: Way(
            "Tell a loop",
            "",
            "One thing changes. What happens, link by link, until it comes back?",
            "It follows one loop and leaves out everything else on the map.",
            signals.ASSUMES,
        ),
        "one pulse": Way(
            "One push travels on",
            "pulse process",
            "You push once. What does each link hand on to the next?",
            "It does not show how fast or how strong. Here every link takes one step, a slow one "
            "too, and hands on all of it; nothing wears off and nothing has a limit.",
            pulse.ASSUMES,
        ),
        "fuzzy map": Way(
            "All pull at once",
            "fuzzy cognitive map",
            "You hold one thing and do not let go. All the links pull together: where does the "
            "rest end?",
            "It does not show amounts. A level only says whether that one thing stands higher or "
            "lower than it did before.",
            fuzzy.ASSUMES,
        ),
        "in words": Way(
            "A lot or a little",
            "semi-quantitative relations",
            "You hold one thing and do not let go. Where does the rest end, said in words such as "
            "“a little above the usual”?",
            "It is not measured. What “a little” does was chosen by us, and several causes are "
            "averaged.",
            relations.ASSUMES,
        ),
        "press": Way(
            "A push that lasts",
            "press prediction, or loop analysis",
            "You push a little and for good. Where does the balance move, and can the map alone "
            "tell?",
            "It does not speak of big or sudden changes. It asks about a balance that holds, and "
            "your map may have none.",
            press.ASSUMES,
        ),
        "random strengths": Way(
            "Dice for the strengths",
            "random strengths, or Monte Carlo",
            "The same lasting push, and dice say how strong each link is, many times over. How "
            "often does each thing end higher?",
            "It is not the chance of anything at your school. The shares count throws of the "
            "dice, and only those in which the balance holds.",
            draws.ASSUMES,
        ),
        COMPARE: Way(
            "Compare five ways",
            "",
            "The same push, worked out in five ways. Where do they say the same, and where not?",
            "It is no vote. Ways that agree can be wrong together: all of them believe the signs, "
            "and that no link is missing.",
        ),
    }
)


def ways_told() -> list[dict[str, str]]:
    """Return the ways as the page knows them."""
    return [{"name": name, **asdict(way)} for name, way in WAYS.items()]
