"""Several ways to let one map move, side by side: where they agree, and where they do not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from cstools.causal_loops.motion.draws import Draws
from cstools.causal_loops.motion.endings import HIGHER, LOWER, MEANING, SAME, SWINGS, UNTOLD
from cstools.causal_loops.motion.fuzzy import FuzzyMap, fuzzy
from cstools.causal_loops.motion.press import Press, press
from cstools.causal_loops.motion.pulse import PulseProcess, pulse
from cstools.causal_loops.motion.relations import Relations, relations
from cstools.causal_loops.motion.signed import (
    Pressed,
    SignedMap,
    doubt,
    pressed_words,
    pushes,
)
from cstools.causal_loops.parts import Link
from cstools.errors import unknown_name
from cstools.names import key
from cstools.on_demand import numpy as np
from cstools.plotting.tables import html, listed

Result = PulseProcess | FuzzyMap | Relations | Press | Draws
HELD = "held"
ALL, SOME, DIFFER, NONE = (
    "all agree",
    "agree where they can tell",
    "they disagree",
    "cannot be told",
)
_WAYS = {
    "one pulse": "one push that travels on, step by step, and never wears off",
    "fuzzy map": "held at its highest or lowest; effects add up and are squeezed",
    "in words": "held at its highest or lowest; effects are averaged, each by its words",
    "press": "pushed a little and for good, near a balance that holds",
    "random strengths": "the same push, with the strengths drawn at random",
}
_CELLS = {
    HIGHER: "↑ higher",
    LOWER: "↓ lower",
    SAME: "= as before",
    SWINGS: "↕ both",
    UNTOLD: "?",
    HELD: "(held)",
}
MORAL = (
    "A diagram does not determine behaviour: what all say hangs on the signs alone, and what only "
    "one says on what that one takes for granted."
)


@dataclass(frozen=True, repr=False, eq=False)
class Motions:
    """One map, pressed in one place, moved in several ways.

    Attributes
    ----------
    variables : tuple of str
        The names of the rows.
    pressed : str
        What was pressed, in words.
    answers : mapping
        Name of each way → for each variable ``"↑"``, ``"↓"``, ``"="``, ``"↕"``, ``"?"``, or
        ``"held"`` where that way holds it by hand.
    verdicts : tuple of str
        For each variable: ``"all agree"``; ``"agree where they can tell"``, where some cannot;
        ``"they disagree"``; ``"cannot be told"``, where no way can tell.
    results : mapping
        Name of each way → its own result, with everything it takes for granted.

    Notes
    -----
    It can mislead. Ways that agree can be wrong together: all of them believe the signs and that
    no link is missing. And they do not ask quite the same: a pulse is one push, the others last.
    """

    variables: tuple[str, ...]
    pressed: str
    answers: Mapping[str, tuple[str, ...]]
    verdicts: tuple[str, ...]
    results: Mapping[str, Result]
    doubt: str

    def __getitem__(self, way: str) -> Result:
        """Return the result of one way: ``motions["press"]``."""
        for name, result in self.results.items():
            if key(name) == key(way):
                return result
        raise unknown_name(way, self.results, "the ways to move a map")

    @property
    def agreed(self) -> tuple[str, ...]:
        """The variables on which every way says the same."""
        return self._with(ALL)

    @property
    def disagreed(self) -> tuple[str, ...]:
        """The variables on which two ways say different things."""
        return self._with(DIFFER)

    def describe(self) -> str:
        """Return on what the ways agree, on what not, and what the difference hangs on."""
        parts = [
            f"{_capital(self.pressed)}, in {_NUMBERS[len(self.answers)]} ways: "
            f"{listed(list(self.answers))}.",
            self._agreement(ALL, "All agree"),
            self._agreement(SOME, "Those that can tell agree"),
            *(self._dispute(name) for name in self.disagreed),
            self._untold(),
            self.doubt,
            *self._notes(),
            MORAL,
        ]
        return "\n".join(filter(None, parts))

    def _with(self, verdict: str) -> tuple[str, ...]:
        pairs = zip(self.variables, self.verdicts, strict=True)
        return tuple(name for name, own in pairs if own == verdict)

    def _marks(self, name: str) -> dict[str, str]:
        row = self.variables.index(name)
        return {way: marks[row] for way, marks in self.answers.items()}

    def _agreement(self, verdict: str, beginning: str) -> str:
        groups: dict[str, list[str]] = {}
        for name in self._with(verdict):
            (mark,) = _definite(self._marks(name).values())
            groups.setdefault(mark, []).append(name)
        told = [f"{listed(groups[mark])} {MEANING[mark]}" for mark in MEANING if mark in groups]
        return f"{beginning}: {'; '.join(told)}." if told else ""

    def _together(self, name: str, verdict: str) -> str:
        """Return a verdict with the direction on which it is."""
        definite = _definite(self._marks(name).values())
        return f"{verdict}: {MEANING[definite.pop()]}" if len(definite) == 1 else verdict

    def _dispute(self, name: str) -> str:
        groups: dict[str, list[str]] = {}
        for way, mark in self._marks(name).items():
            if mark not in (UNTOLD, SWINGS, HELD):
                groups.setdefault(mark, []).append(way)
        told = [f"{MEANING[mark]} ({listed(groups[mark])})" for mark in MEANING if mark in groups]
        return f"They disagree on {name}: {', '.join(told)}."

    def _untold(self) -> str:
        names = self._with(NONE)
        return f"None can tell: {listed(names)}." if names else ""

    def _notes(self) -> list[str]:
        found = self.results.get("press")
        if not isinstance(found, Press):
            return []
        limits = (
            "For the press, each variable that the map lets run free falls back by itself, as it "
            "does in the fuzzy map and in words."
        )
        said = f"Press: {found.note}" if found.obstacle or not found.complete else ""
        return [limits if found.self_limited else "", said]

    def __repr__(self) -> str:
        return self.describe()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        heads = ("Variable", "Together", *self.answers)
        rows = [
            (name, self._together(name, verdict), *(_CELLS[m] for m in self._marks(name).values()))
            for name, verdict in zip(self.variables, self.verdicts, strict=True)
        ]
        ways = [(way, _WAYS[way]) for way in self.answers]
        marks = (
            "↕ now higher, now lower, which counts as not told; ? cannot be told from the diagram, "
            "or too few agree."
        )
        note = " ".join(filter(None, [marks, self.doubt, *self._notes(), MORAL]))
        table = html(f"{_capital(self.pressed)}: where does each variable go?", heads, rows)
        below = html("What each way takes for granted", ("Way", "How it moves"), ways, note)
        return {"text/plain": repr(self), "text/html": f"{table}<br>{below}"}


def together(
    map_: SignedMap, links: Iterable[Link], pressed: Pressed, self_limiting: bool = True
) -> Motions:
    """Return a map pressed in one place and moved in several ways.

    ``self_limiting`` belongs to the press and the random strengths: in the fuzzy map and in
    words, a variable on which nothing acts falls back by itself, and so it does there unless told
    otherwise. More than one variable pressed leaves the random strengths out.

    Raises
    ------
    ModelError, UnknownNameError
        When nothing is pressed, or a name is not on the map.
    """
    push = pushes(map_, pressed)
    whole = {name: float(np.sign(push[i])) for i, name in enumerate(map_.variables) if push[i]}
    pressing = press(map_, self_limiting)
    moved: dict[str, tuple[Result, tuple[str, ...]]] = {}
    one = pulse(map_, whole)
    moved["one pulse"] = one, one.sides
    two = fuzzy(map_, whole)
    moved["fuzzy map"] = two, _by_hand(two.sides, push)
    three = relations(map_, links, whole)
    moved["in words"] = three, _by_hand(three.sides, push)
    moved["press"] = pressing, pressing.marks(whole)
    if len(whole) == 1:
        draws = pressing.simulate()
        moved["random strengths"] = draws, draws.marks(push)
    answers = {way: marks for way, (_, marks) in moved.items()}
    return Motions(
        map_.variables, pressed_words(map_, push), MappingProxyType(answers),
        tuple(_verdict(own) for own in zip(*answers.values(), strict=True)),
        MappingProxyType({way: result for way, (result, _) in moved.items()}), doubt(map_),
    )  # fmt: skip


def _by_hand(sides: Sequence[str], push: np.ndarray) -> tuple[str, ...]:
    return tuple(HELD if push[i] else mark for i, mark in enumerate(sides))


def _definite(marks: Iterable[str]) -> set[str]:
    return {mark for mark in marks if mark in (HIGHER, LOWER, SAME)}


def _verdict(marks: Sequence[str]) -> str:
    definite = _definite(marks)
    if len(definite) > 1:
        return DIFFER
    if not definite:
        return NONE
    return SOME if {SWINGS, UNTOLD} & set(marks) else ALL


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_NUMBERS = {4: "four", 5: "five"}
