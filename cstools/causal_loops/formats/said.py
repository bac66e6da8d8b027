"""What a file says of a map, as plain values, and the careful way to collect it from a file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from cstools.causal_loops.notation import LoopTitle, tidy_reason
from cstools.causal_loops.parts import LENSES, SIGN_LESSON, SIGNS, Link, Variable, checked_name
from cstools.errors import FileError, ModelError, brief
from cstools.names import key

Place = tuple[float, float]

_NUMBER = re.compile(r"[+-]?\d{1,20}(\.\d{1,20})?")
_LONGEST_NAME = 10_000
_FARTHEST = 1e6  # a place farther away than this is a mistake, and would blow up every picture
MOST_LINKS = 100_000
_WHOLE = 1e15  # up to here every whole number is a number of its own


@dataclass(frozen=True)
class MapSaid:
    """A map between a file and the diagram that people hold.

    Attributes
    ----------
    variables, links, titles
        In the order of the file.
    places : mapping
        Where a variable stands, by its name: x to the right and y down, in pixels. Not every
        variable has one.
    name : str
        What the map is called; may be empty.
    notes : tuple of str
        What the file has and a map has not, each a sentence.
    """

    variables: tuple[Variable, ...] = ()
    links: tuple[Link, ...] = ()
    titles: tuple[LoopTitle, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    name: str = ""
    notes: tuple[str, ...] = ()

    def place(self, name: str) -> Place | None:
        """Return where a variable stands, if it is known."""
        return self.places.get(name)


class Reading:
    """Collects a map while a file is read; ``where`` is the place in the file, for the lesson."""

    def __init__(self) -> None:
        self._variables: dict[str, Variable] = {}
        self._places: dict[str, Place] = {}
        self._links: list[Link] = []
        self._titles: list[LoopTitle] = []
        self._notes: dict[str, None] = {}
        self._again: dict[str, int] = {}

    @property
    def links(self) -> Sequence[Link]:
        """The links so far, those that are there several times among them."""
        return tuple(self._links)

    def variable(self, name: Any, where: str, lens: Any = "", at: Place | None = None) -> str:
        """Add a variable, or what is new about one; return its name as it was first spelt."""
        spelling = name_in(name, where)
        said = lens.strip().lower() if isinstance(lens, str) else ""
        if said and said not in LENSES:
            self.note(f"{where}: '{brief(said)}' is no lens, and is left out")
            said = ""
        identity = key(spelling)
        known = self._variables.get(identity)
        if known is None or said not in ("", known.lens):
            known = Variable(known.name if known else spelling, said)
            self._variables[identity] = known
        if at is not None:
            self._places.setdefault(identity, at)
        return known.name

    def link(
        self,
        cause: Any,
        effect: Any,
        sign: str,
        where: str,
        delayed: bool = False,
        reason: Any = "",
        source: Any = "",
    ) -> None:
        """Add a link, and its variables where they are new."""
        if len(self._links) >= MOST_LINKS:
            raise FileError(f"{where}: there are more than {MOST_LINKS} links, which is no map")
        ends = self.variable(cause, where), self.variable(effect, where)
        why = tidy_reason(text_in(reason), text_in(source))
        self._links.append(Link(*ends, sign, delayed, *why))

    def title(self, title: Any, variables: Sequence[Any], where: str) -> None:
        """Add the name of a loop; one that cannot be a name is told."""
        try:
            name = name_in(title, where)
        except FileError:
            self.note(f"{where}: the loop has no name, and is left out")
            return
        self._titles.append(LoopTitle(name, tuple(name_in(v, where) for v in variables), where))

    def note(self, sentence: str) -> None:
        """Tell something that the map cannot keep, once."""
        self._notes[sentence] = None

    def separate(self, said: str, number: str) -> str:
        """Return a name that no variable has yet: nodes of one label are several, and stay so."""
        plain = said.strip().strip('"').strip()
        name = plain if has_letters(plain) else f"node {number}"
        again = name
        while key(again) in self._variables:
            count = self._again[key(name)] = self._again.get(key(name), 1) + 1
            again = f"{name} ({count})"
        if again != plain:
            told = f"the node {brief(number)} with the label '{brief(plain)}'"
            self.note(f"{told} is read as '{brief(again)}'")
        return again

    def said(self, name: Any = "") -> MapSaid:
        """Return what was read."""
        return MapSaid(
            tuple(self._variables.values()),
            tuple(self._links),
            tuple(self._titles),
            {self._variables[k].name: place for k, place in self._places.items()},
            text_in(name)[:_LONGEST_NAME],
            tuple(self._notes),
        )


def name_in(value: Any, where: str) -> str:
    """Return the name that a value of a file is, or raise the lesson with its place."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = number_as_text(value) if isinstance(value, float) else shortened(value)
    if not isinstance(value, str):
        raise FileError(f"{where}: a name is missing; each variable has one, and it is a text")
    if len(value) > _LONGEST_NAME:
        raise FileError(f"{where}: a name of more than {_LONGEST_NAME:,} letters is no name")
    try:
        return checked_name(value.strip().strip('"').replace('"', "'"))
    except ModelError as error:
        raise FileError(f"{where}: {error}") from None


def has_letters(name: str) -> bool:
    """Say whether there is a letter or a digit in a name, in whatever form Unicode has it."""
    return any(letter.isalnum() for letter in key(name))


def number_as_text(value: float) -> str:
    """Return a number as a person would have written it: ``7``, ``0.5``, ``1234567``."""
    return str(int(value)) if value.is_integer() and abs(value) < _WHOLE else repr(value)


def shortened(value: int) -> str:
    """Return a whole number as a name; Python prints none of thousands of digits."""
    return str(value) if abs(value) < 10**50 else "a very large number"


def text_in(value: Any) -> str:
    """Return a text of a file on one line; what is none is empty."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def sign_in(value: Any, where: str) -> str:
    """Return the sign that a file's word is: ``+``, ``positive``, ``1``, ``s`` … or ``?``.

    No word at all is ``?``: a link without a sign is a link.
    """
    if value is None or value == "":
        return "?"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return "+" if value > 0 else "-" if value < 0 else "?"
    word = value.strip().lower() if isinstance(value, str) else ""
    found = SIGNS.get(word) or _SIGN_WORDS.get(word)
    if found is None and _NUMBER.fullmatch(word):
        return sign_in(float(word), where)
    if found is None:
        raise FileError(f"{where}: '{brief(value)}' is not a sign; {SIGN_LESSON}")
    return found


def place_in(x: Any, y: Any) -> Place | None:
    """Return the place that two values of a file are, or ``None``."""
    try:
        place = float(x), float(y)
    except (TypeError, ValueError, OverflowError):
        return None
    return place if all(isfinite(c) and abs(c) <= _FARTHEST for c in place) else None


def is_yes(value: Any) -> bool:
    """Say whether a value of a file says yes."""
    word = str(value).strip().lower() if isinstance(value, (str, bool, int)) else ""
    return word in ("true", "yes", "1", "x", "y", "delayed", "delay")


_SIGN_WORDS = {
    "": "?",
    "positive": "+",
    "plus": "+",
    "pos": "+",
    "same": "+",
    "1": "+",
    "+1": "+",
    "negative": "-",
    "minus": "-",
    "neg": "-",
    "opposite": "-",
    "-1": "-",
    "−1": "-",
    "unknown": "?",
    "ambiguous": "?",
    "none": "?",
    "0": "?",
}
