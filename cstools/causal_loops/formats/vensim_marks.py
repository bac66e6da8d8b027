"""Vensim's loop marks: which loop each stands for, and what it says of it.

A mark is a comment drawn as a turning arrow, with a text such as ``R1 catching up``; or with a
letter alone, and the name in a comment beside it. The file does not say which loop it stands for:
here it is the one whose middle is nearest. Its text gives the loop a title; its letter and its
direction are found anew from the links, and told where they differ.

That shape 4 turns clockwise and 5 against the clock is how the two loops of infection are marked
in the SIR model that SDEverywhere is tested with; its third mark turns against its own arrows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from math import dist

from cstools.causal_loops.formats.placing import loops_of, middle, turns_clockwise
from cstools.causal_loops.formats.said import MapSaid, Place, has_letters
from cstools.causal_loops.notation import LoopTitle
from cstools.causal_loops.parts import Loop
from cstools.errors import FileError, brief

CLOCKWISE, COUNTER = 4, 5  # shapes of a comment that marks a loop
_SAYS = re.compile(r"[(\[]?(?P<kind>[RB?])\s?\d*[)\]]?(?:\s*[:.;,–-]\s*|\s+|$)(?P<title>.*)")
_LONGEST_TITLE = 60  # letters; what is longer is a remark
_MOST_PAIRS, _MOST_MARKS = 1_000_000, 1_000
_BESIDE = 60.0  # pixels from a mark to the name that belongs to it
_NEAR = 2.0  # places are whole numbers, so that the middle of a loop is off by as much
_KINDS = {"R": "reinforcing", "B": "balancing", "?": "of unknown polarity"}


@dataclass(frozen=True)
class Mark:
    """A loop mark: its text, its place and the way it turns; ``beside`` is a name near it."""

    text: str
    at: Place
    clockwise: bool
    beside: str = ""


def named(marks: list[Mark], comments: list[tuple[str, Place]]) -> list[Mark]:
    """Return marks that have a letter alone with the short comment beside them, each used once."""
    bare = [i for i, mark in enumerate(marks) if not _title_of(mark)]
    if len(bare) * len(comments) > _MOST_PAIRS:
        return marks
    near = sorted(
        (dist(marks[i].at, at), i, j)
        for i in bare
        for j, (text, at) in enumerate(comments)
        if has_letters(text) and len(text) <= _LONGEST_TITLE and dist(marks[i].at, at) <= _BESIDE
    )
    beside: dict[int, int] = {}
    for _, i, j in near:
        if i not in beside and j not in beside.values():
            beside[i] = j
    return [
        replace(mark, beside=comments[beside[i]][0]) if i in beside else mark
        for i, mark in enumerate(marks)
    ]


def with_titles(said: MapSaid, marks: list[Mark]) -> MapSaid:
    """Return a map with the titles that its loop marks give, and what does not fit told."""
    placed = dict(said.places)
    if len(marks) > _MOST_MARKS:
        raise FileError(f"there are more than {_MOST_MARKS:,} loop marks, which is no map")
    found = [x for x in (loops_of(said) if marks else []) if placed.keys() >= {*x.variables}]
    loops = [(loop, middle(loop, placed)) for loop in found]
    titles: dict[tuple[str, ...], LoopTitle] = {}
    notes = dict.fromkeys(said.notes)
    for mark in marks:
        letter = _letter_of(mark)
        title = _title_of(mark) or mark.beside
        free = [pair for pair in loops if not title or pair[0].variables not in titles]
        loop = _nearest(free, mark, letter, placed)
        if loop is None:
            notes[f"the loop mark '{brief(mark.text)}' stands in no loop, and is left out"] = None
            continue
        if title:
            titles[loop.variables] = LoopTitle(title, loop.variables, "a loop mark")
        notes |= dict.fromkeys(_mismatches(mark, letter, loop, placed))
    return replace(said, titles=tuple(titles.values()), notes=tuple(notes))


def _letter_of(mark: Mark) -> str:
    found = _SAYS.fullmatch(mark.text)
    return found["kind"] if found else {"+": "R", "-": "B"}.get(mark.text, "")


def _title_of(mark: Mark) -> str:
    found = _SAYS.fullmatch(mark.text)
    if found:
        return found["title"]
    return mark.text if has_letters(mark.text) else ""


def _nearest(
    loops: list[tuple[Loop, Place]], mark: Mark, letter: str, placed: dict[str, Place]
) -> Loop | None:
    """Return the loop around a mark; of those with one middle, the one that agrees with it."""
    if not loops:
        return None
    far = [dist(mark.at, at) for _, at in loops]
    nearest = min(far)
    near = [loop for (loop, _), d in zip(loops, far, strict=True) if d <= nearest + _NEAR]
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
