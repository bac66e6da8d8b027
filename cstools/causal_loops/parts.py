"""The parts of a causal loop diagram: variables, links and loops, as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import category

from cstools.errors import ModelError, brief
from cstools.languages import name_spoken, spoken
from cstools.names import key, label

LENSES = ("self", "others", "world")
SIGNS = {"+": "+", "-": "-", "−": "-", "–": "-", "?": "?", "s": "+", "o": "-"}
SIGN_LESSON = (
    "a sign is + (both move the same way), - (they move opposite ways) or ? (it cannot be said)"
)
# Web pages and editors leave these in a text; nobody sees them, and names would differ by them.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))


@dataclass(frozen=True)
class Variable:
    """Something that can go up and down, seen with one of three lenses or none.

    ``lens`` is ``"self"``, ``"others"``, ``"world"`` or empty.
    """

    name: str
    lens: str = ""

    def __post_init__(self) -> None:
        """Tidy the name and refuse a lens that is none of the three."""
        object.__setattr__(self, "name", checked_name(self.name))
        if not isinstance(self.lens, str) or self.lens not in ("", *LENSES):
            raise ModelError(
                f"variable '{brief(self.name)}': '{brief(self.lens)}' is not a lens; "
                "the lenses are 'self', 'others' and 'world'"
            )


@dataclass(frozen=True)
class Link:
    """A claim that a change in the cause brings a change in the effect, other things equal.

    ``polarity`` is ``"+"`` when the effect ends higher than it would have been after the cause
    rises, ``"-"`` when it ends lower, ``"?"`` when that cannot be said [Sterman2000]_. It can
    mislead where a flow feeds a stock: when the cause falls the stock does not fall, it only
    ends lower than it would have been.
    """

    cause: str
    effect: str
    polarity: str = "?"
    delayed: bool = False
    reason: str = ""
    source: str = ""

    def __str__(self) -> str:
        """Write the link as it is said at the whiteboard."""
        cause, effect = name_spoken(self.cause), name_spoken(self.effect)
        return f"{cause} → {effect} ({shown(self.polarity)})"


@dataclass(frozen=True, slots=True)
class Loop:
    """A closed path of links that visits no variable twice.

    ``polarity`` is ``"R"`` when the number of negative links is even, ``"B"`` when it is odd and
    ``"?"`` when any link's sign is not known; a loop of a run is ``"U"`` when it was now the one,
    now the other. ``variables`` are in the order of the links, from the variable that stands
    first on the map; ``links[i]`` leads from ``variables[i]`` to the next one, and the last link
    back to the first. ``title`` is the name its author gave it.
    """

    name: str
    polarity: str
    variables: tuple[str, ...]
    links: tuple[Link, ...]
    title: str = ""

    def __len__(self) -> int:
        """Return the number of links."""
        return len(self.links)

    def __str__(self) -> str:
        """Tell the loop in one line, back to where it began."""
        title = f" “{self.title}”" if self.title else ""
        path = " → ".join(map(name_spoken, (*self.variables, self.variables[0])))
        return f"{self.name}{title} ({_kind(self.polarity)}): {path}"


def _kind(polarity: str) -> str:
    """Return in words what kind of loop has this polarity."""
    return {
        "R": spoken("reinforcing"),
        "B": spoken("balancing"),
        "U": spoken("of changing or unknown polarity"),
        "?": spoken("of unknown polarity"),
    }[polarity]


def polarity_of(signs: Iterable[str]) -> str:
    """Return ``"R"``, ``"B"`` or ``"?"`` for the signs met on the way round a loop."""
    met = tuple(signs)
    if "?" in met:
        return "?"
    return "B" if met.count("-") % 2 else "R"


def shown(sign: str) -> str:
    """Return a sign as it is printed, with a minus of full width."""
    return "−" if sign == "-" else sign


def checked_name(name: str) -> str:
    """Return the spelling of a name that is shown, or raise a lesson about names."""
    if not isinstance(name, str):
        raise ModelError(
            f"the name of a variable is a text in quotation marks, not {type(name).__name__}"
        )
    spelling = label(name.translate(_UNSEEN))
    if control := next((c for c in spelling if category(c) in ("Cc", "Cs")), ""):
        raise ModelError(
            f"the name '{brief(spelling)}' has an invisible character (U+{ord(control):04X}); "
            "delete it and write this place again"
        )
    if not any(letter.isalnum() for letter in key(spelling)):
        raise ModelError(
            f"'{brief(name)}' is not a name; a variable's name has a letter or a digit in it"
        )
    if '"' in spelling:
        raise ModelError(
            f"the name {brief(spelling)} has a quotation mark inside; "
            "leave it out, or put one at each end of the whole name"
        )
    return spelling


def checked_sign(sign: str, where: str) -> str:
    """Return ``"+"``, ``"-"`` or ``"?"`` for any accepted way of writing it."""
    plain = SIGNS.get(sign.strip().lower()) if isinstance(sign, str) else None
    if plain is None:
        raise ModelError(f"{where}: '{brief(sign)}' is not a sign; {SIGN_LESSON}")
    return plain
