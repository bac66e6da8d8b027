"""A map revealed loop by loop: the same picture each time, with one loop more and its sentence.

1. The loops are those that the map's own picture marks, unless others are named.
2. The shortest comes first; then, each time, the one that hangs on what is there already and
   brings the fewest new links.
3. What is in none of these loops comes last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, overload
from zlib import crc32

from cstools.causal_loops.loops import Loops
from cstools.causal_loops.motion.signals import ASSUMES, story
from cstools.causal_loops.parts import Link, Loop
from cstools.causal_loops.picture import drawn, framed, marked
from cstools.causal_loops.telling import links_sentence
from cstools.errors import ModelError
from cstools.errors import shown as given
from cstools.names import key
from cstools.plotting.diagrams import drawing_svg
from cstools.plotting.drawing_parts import Drawing, Mark, Wire, Word
from cstools.plotting.tables import listed

if TYPE_CHECKING:
    from cstools.plotting.picture import Picture

_FAINT = 0.4
_SUMMARY = "font:600 14px/1.6 system-ui,sans-serif;cursor:pointer"


@dataclass(frozen=True, repr=False)
class Stage:
    """The map up to one of its loops.

    Attributes
    ----------
    title : str
        ``"R1 “burnout trap”"``, or what else is new.
    sentence : str
        The story of the loop, and where it joins what is there.
    loop : Loop or None
        The loop that is new; ``None`` for what is in no loop.
    links, new : tuple of Link
        All that is shown, and what of it was not there before.
    drawing : Drawing
        Where it stands on the page; the page is the same at every stage.
    """

    title: str
    sentence: str
    loop: Loop | None
    links: tuple[Link, ...]
    new: tuple[Link, ...]
    drawing: Drawing

    def svg(self) -> str:
        """Return the stage as inline SVG; what is not of the new loop is faint."""
        picture = drawing_svg(self.drawing, f"{self.sentence} {links_sentence(self.links)}".strip())
        for group in map(_group, self._faint()):
            picture = picture.replace(group, f'{group} opacity="{_FAINT}"')
        return picture

    def plot(self) -> Picture:
        """Return the stage drawn for print, with its sentence; faint is what is faint in a cell."""
        from cstools.plotting.diagram_print import Ink, drawing_figure
        from cstools.plotting.picture import Picture

        inks = dict.fromkeys(self._faint(), Ink(_FAINT))
        return Picture(drawing_figure(self.drawing, inks), self.sentence)

    def _faint(self) -> Iterator[Word | Wire | Mark]:
        """Yield what is on the page and not of the loop that is new; of the whole map, nothing."""
        if self.loop is None:
            return
        wires, words = {_ends(link) for link in self.loop.links}, _words(self.loop.links)
        for wire in self.drawing.wires:
            if wire.edge[:3] not in wires:
                yield wire
        for word in self.drawing.words:
            if word.key not in words:
                yield word
        for mark in self.drawing.marks:
            if mark.loop.name != self.loop.name:
                yield mark

    def __repr__(self) -> str:
        return self.sentence

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/plain": self.sentence, "text/html": framed(self.svg(), self.sentence)}


def _group(part: Word | Wire | Mark) -> str:
    """Return how the group of the SVG begins that shows something."""
    if isinstance(part, Wire):
        cause, effect = (escape(end, quote=True) for end in part.edge[:2])
        return f'<g data-from="{cause}" data-to="{effect}" data-sign="{part.edge.sign}"'
    if isinstance(part, Word):
        return f'<g data-variable="{escape(part.key, quote=True)}"'
    return f'data-loop="{escape(part.loop.name, quote=True)}"'


class Reveal(Sequence[Stage]):
    """The stages of a map, to be shown one after the other: ``reveal[0]``, ``reveal[1]``.

    ``note`` says how many loops are not among them; it is empty when all are. It can mislead as
    every story does: what comes first looks like the cause of the rest, while in the world all
    loops turn at once.
    """

    def __init__(self, stages: Iterable[Stage], note: str = "") -> None:
        self._stages = tuple(stages)
        self.note = note

    def __len__(self) -> int:
        """Return how many stages there are."""
        return len(self._stages)

    @overload
    def __getitem__(self, place: int) -> Stage: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Stage, ...]: ...
    def __getitem__(self, place: int | slice) -> Stage | tuple[Stage, ...]:
        """Return a stage, counted from 0, or several."""
        return self._stages[place]

    def describe(self) -> str:
        """Return the sentences of the stages, one a line."""
        if len(self) == 1 and not self.note:
            return self[0].sentence
        told = [f"{number}. {stage.sentence}" for number, stage in enumerate(self, start=1)]
        return "\n".join([*told, *filter(None, [self.note])])

    def __repr__(self) -> str:
        return self.describe()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        # Parts that fold need no script, and of one name only one is open at a time; the name is
        # the same whenever the cell is run.
        name = escape(f"reveal {crc32(self.describe().encode())}", quote=True)
        parts = "".join(
            f'<details name="{name}"{" open" * (number == 1)}><summary style="{_SUMMARY}">'
            f"{number}. {escape(stage.title)}</summary>{framed(stage.svg(), stage.sentence)}"
            "</details>"
            for number, stage in enumerate(self, start=1)
        )
        note = f"<p>{escape(self.note)}</p>" if self.note else ""
        return {"text/plain": self.describe(), "text/html": f"<div>{parts}{note}</div>"}


def reveal(
    variables: Sequence[str],
    links: Sequence[Link],
    loops: Loops,
    names: Sequence[str] | None,
    told: str,
    places: Mapping[str, tuple[float, float]] | None = None,
    begin: Mapping[str, str] | None = None,
) -> Reveal:
    """Return a map in stages; ``told`` is the sentence of the whole map, where it has no loop.

    ``places`` are those of the variables that are pinned, by name; ``begin`` says with which
    variable the story of a loop begins.
    """
    beginning = _beginnings(begin, loops)
    chosen = marked(loops) if names is None else [loops[name] for name in dict.fromkeys(names)]
    drawing = drawn(variables, links, chosen, places)
    stages = list(_stages(chosen if names is not None else _in_order(chosen), drawing, beginning))
    shown = set(stages[-1].links) if stages else set()
    rest = tuple(link for link in links if link not in shown)
    alone = len({key(name) for name in variables} - _words(links))
    if not stages:
        return Reveal([Stage("The map", told, None, tuple(links), (), drawing)])
    if rest or alone:
        said = _rest_told(rest, alone)
        stages.append(Stage("The whole map", said, None, tuple(links), rest, drawing))
    return Reveal(stages, _note(len(chosen), loops))


def _in_order(loops: Sequence[Loop]) -> list[Loop]:
    """Return loops so that each hangs on those before it, where it can."""
    left, ordered = list(loops), []
    shown: set[Link] = set()
    while left:
        words = _words(shown)
        ordered.append(
            min(left, key=lambda loop: (
                not words & _words(loop.links) and bool(words), len({*loop.links} - shown)
            ))
        )  # fmt: skip
        left.remove(ordered[-1])
        shown.update(ordered[-1].links)
    return ordered


def _beginnings(begin: object, loops: Loops) -> dict[str, str]:
    """Return with which variable each loop's story begins, by the name that the map gives it."""
    if begin is None:
        return {}
    if not isinstance(begin, Mapping):
        raise ModelError(
            f"begin= is a variable for each loop, {{'R1': 'overtime'}}, not {given(begin)}"
        )
    return {loops[str(loop)].name: str(name) for loop, name in begin.items()}


def _stages(
    loops: Sequence[Loop], drawing: Drawing, beginning: Mapping[str, str]
) -> Iterator[Stage]:
    shown: tuple[Link, ...] = ()
    for number, loop in enumerate(loops, start=1):
        new = tuple(link for link in loop.links if link not in shown)
        joins = [name for name in loop.variables if key(name) in _words(shown)]
        shown = (*shown, *new)
        yield Stage(
            _title(loop),
            _told(loop, joins, len(new), number > 1, beginning.get(loop.name, "")),
            loop,
            shown,
            new,
            _part(drawing, shown, {one.name for one in loops[:number]}),
        )


def _part(drawing: Drawing, links: Sequence[Link], names: set[str]) -> Drawing:
    """Return what is on the page of some links and loops, on the same page."""
    wires, words = {_ends(link) for link in links}, _words(links)
    return replace(
        drawing,
        words=tuple(word for word in drawing.words if word.key in words),
        wires=tuple(wire for wire in drawing.wires if wire.edge[:3] in wires),
        marks=tuple(mark for mark in drawing.marks if mark.loop.name in names),
    )


def _ends(link: Link) -> tuple[str, str, str]:
    return key(link.cause), key(link.effect), link.polarity


def _words(links: Iterable[Link]) -> set[str]:
    return {key(end) for link in links for end in (link.cause, link.effect)}


def _title(loop: Loop) -> str:
    return f"{loop.name} “{loop.title}”" if loop.title else loop.name


def _told(loop: Loop, joins: Sequence[str], new: int, later: bool, begin: str) -> str:
    """Return the story of a loop, from where it joins what is there, and what it adds."""
    told = story(loop, begin or "".join(joins[:1])).describe().removesuffix(f" {ASSUMES}")
    if not later:
        return told
    if not new:
        return f"{told} All of its links are there already."
    count = f"{new} link{'s' * (new > 1)} {'are' if new > 1 else 'is'} new"
    if not joins:
        return f"{told} It stands apart from what is there; {count}."
    return f"{told} It joins what is there at {_some(joins)}; {count}."


def _some(names: Sequence[str], most: int = 4) -> str:
    told = [f"'{name}'" for name in names[:most]]
    return listed([*told, f"{len(names) - most} more"] if len(names) > most else told)


def _rest_told(rest: Sequence[Link], alone: int) -> str:
    told = []
    if rest:
        named = links_sentence(rest).removeprefix("Links: ").removesuffix(".")
        count = f"The last {len(rest)} links are" if len(rest) > 1 else "The last link is"
        told.append(f"{count} in none of these loops: {named}.")
    if alone:
        told.append(f"No link touches {alone} variable{'s' * (alone > 1)}.")
    return " ".join(told)


def _note(shown: int, loops: Loops) -> str:
    if len(loops) == shown and loops.complete:
        return ""
    more = "" if loops.complete else "more than "
    return f"{shown} of {more}{len(loops):,} loops {'are' if shown > 1 else 'is'} revealed here."
