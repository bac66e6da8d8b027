"""Vensim's loop marks: which loop each stands for, and what it says of it.

A mark is a comment drawn as a turning arrow, with a text such as ``R1 catching up``. The file does
not say which loop it stands for: here it is the one whose middle is nearest. Its text gives the
loop a title; its letter and its direction are found anew from the links, and told where they
differ.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from cstools.causal_loops.formats.placing import loops_of, middle, turns_clockwise
from cstools.causal_loops.formats.said import MapSaid, Place, has_letters
from cstools.causal_loops.notation import LoopTitle
from cstools.causal_loops.parts import Loop
from cstools.errors import brief

CLOCKWISE, COUNTER = 4, 5  # shapes of a comment that marks a loop
_SAYS = re.compile(r"[(\[]?(?P<kind>[RB?])\s?\d*[)\]]?(?:\s*[:.;,–-]\s*|\s+|$)(?P<title>.*)")
_NEAR = 2.0  # places are whole numbers, so that the middle of a loop is off by as much
_KINDS = {"R": "reinforcing", "B": "balancing", "?": "of unknown polarity"}


@dataclass(frozen=True)
class Mark:
    """A loop mark: its text, its place and the way it turns."""

    text: str
    at: Place
    clockwise: bool


def with_titles(said: MapSaid, marks: list[Mark]) -> MapSaid:
    """Return a map with the titles that its loop marks give, and what does not fit told."""
    placed = dict(said.places)
    loops = [x for x in (loops_of(said) if marks else []) if placed.keys() >= {*x.variables}]
    titles: dict[tuple[str, ...], LoopTitle] = {}
    notes = dict.fromkeys(said.notes)
    for mark in marks:
        found = _SAYS.fullmatch(mark.text)
        letter = found["kind"] if found else {"+": "R", "-": "B"}.get(mark.text, "")
        title = (
            found["title"] if found else "" if letter or not has_letters(mark.text) else mark.text
        )
        free = [loop for loop in loops if not title or loop.variables not in titles]
        loop = _nearest(free, mark, letter, placed)
        if loop is None:
            notes[f"the loop mark '{brief(mark.text)}' stands in no loop, and is left out"] = None
            continue
        if title:
            titles[loop.variables] = LoopTitle(title, loop.variables, "a loop mark")
        notes |= dict.fromkeys(_mismatches(mark, letter, loop, placed))
    return replace(said, titles=tuple(titles.values()), notes=tuple(notes))


def _nearest(loops: list[Loop], mark: Mark, letter: str, placed: dict[str, Place]) -> Loop | None:
    """Return the loop around a mark; of those with one middle, the one that agrees with it."""
    if not loops:
        return None
    far = [
        ((x - mark.at[0]) ** 2 + (y - mark.at[1]) ** 2) ** 0.5
        for x, y in (middle(loop, placed) for loop in loops)
    ]
    near = [loop for loop, d in zip(loops, far, strict=True) if d <= min(far) + _NEAR]
    return min(near, key=lambda loop: len(_mismatches(mark, letter, loop, placed)))


def _mismatches(mark: Mark, letter: str, loop: Loop, placed: dict[str, Place]) -> list[str]:
    text, told = brief(mark.text), []
    if letter and letter != "?" and letter != loop.polarity:
        told.append(
            f"the loop mark '{text}' says {_KINDS[letter]}, and by its links the loop is "
            f"{_KINDS[loop.polarity]}"
        )
    turn = turns_clockwise(loop, placed)
    if turn is not None and turn != (mark.clockwise):
        way = "clockwise" if turn else "against the clock"
        told.append(f"the loop mark '{text}' turns the other way; the loop runs {way}")
    return told
