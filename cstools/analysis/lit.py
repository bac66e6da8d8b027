"""The map of a run with its links lit by their scores: at a time, or at each change of rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cstools.analysis.loop_telling import row
from cstools.analysis.tables import listed, percent
from cstools.causal_loops.parts import Link
from cstools.causal_loops.picture import pins_at
from cstools.errors import ModelError
from cstools.names import key
from cstools.on_demand import numpy as np
from cstools.plotting.drawing_parts import LoopMark, SignedEdge
from cstools.plotting.lit_diagram import Light, LitDiagram, lit_diagram
from cstools.plotting.lit_film import LitFilm
from cstools.plotting.words import moment

if TYPE_CHECKING:
    from cstools.analysis.loop_scores import LoopScores

_MOST_MARKS, _MOST_MOMENTS = 8, 6
# A map of more variables shows only those that are in a loop.
_MOST_VARIABLES = 25


def lit(
    scores: LoopScores,
    at: float | Sequence[float] | None,
    positions: Mapping[str, tuple[float, float]] | None = None,
) -> LitDiagram:
    """Return the map of a run, lit at some times, or in the middle of each period of dominance.

    ``positions`` are places by name, as a map has them, for the variables that have one.
    """
    times = at if isinstance(at, (list, tuple)) else [at]
    if not times:
        raise ModelError("at=[] holds no time; give one, such as at=[5], or leave at= out")
    rows = _middles(scores) if at is None else [row(scores.time, t) for t in times]
    return _map(scores, rows, positions=positions)


def film(scores: LoopScores, moments: int) -> LitFilm:
    """Return the map of a run with a slider through so many times, evenly spread."""
    last = len(scores.time) - 1
    rows = np.unique(np.linspace(min(1, last), last, max(2, moments)).round().astype(int))
    return LitFilm(_map(scores, rows.tolist(), scores.describe()))


def _map(
    scores: LoopScores,
    rows: Sequence[int],
    sentence: str | None = None,
    positions: Mapping[str, tuple[float, float]] | None = None,
) -> LitDiagram:
    links = [scores.links.links[n] for n in _shown(scores)]
    labels = {key(name): name for link in links for name in (link.cause, link.effect)}
    pins = {name: at for name, at in pins_at(positions or {}).items() if name in labels}
    return lit_diagram(
        labels,
        [SignedEdge(*_ends(link), link.polarity, link.delayed) for link in links],
        [_mark(scores, n) for n in marked(scores, rows)],
        lights(scores, rows),
        " ".join(_said(scores, r) for r in rows) if sentence is None else sentence,
        pins,
    )


def lights(scores: LoopScores, rows: Sequence[int]) -> list[Light]:
    """Return how strong the links and the strongest loops of a run are at some of its rows."""
    shown, marks = _shown(scores), marked(scores, rows)
    links = [scores.links.links[n] for n in shown]
    return [
        Light(
            moment(float(scores.time[r]), scores.time_units).capitalize(),
            {_ends(link): float(abs(scores.links.relative[r, n]))
             for n, link in zip(shown, links, strict=True)},
            {scores.loops[n].name: percent(abs(scores.relative[r, n])) for n in marks},
            _said(scores, r),
        )
        for r in rows
    ]  # fmt: skip


def _ends(link: Link) -> tuple[str, str]:
    return key(link.cause), key(link.effect)


def _middles(scores: LoopScores) -> list[int]:
    """Return the rows in the middle of the periods of dominance, the longest of them."""
    periods = [period for period in scores.periods() if period.loops]
    longest = sorted(periods, key=lambda period: period.start - period.stop)[:_MOST_MOMENTS]
    middles = {row(scores.time, (period.start + period.stop) / 2) for period in longest}
    return sorted(middles) or [len(scores.time) - 1]


def _shown(scores: LoopScores) -> list[int]:
    links = scores.links.links
    names = {name for link in links for name in (link.cause, link.effect)}
    if len(names) <= _MOST_VARIABLES:
        return list(range(len(links)))
    inside = {link for loop in scores.loops for link in loop.links}
    return [n for n, link in enumerate(links) if link in inside]


def marked(scores: LoopScores, rows: Sequence[int]) -> list[int]:
    """Return the loops that are strongest at the moments shown, in their own order."""
    peaks = np.abs(scores.relative[rows]).max(axis=0)
    return sorted(np.argsort(-peaks, kind="stable")[:_MOST_MARKS].tolist())


def _mark(scores: LoopScores, place: int) -> LoopMark:
    loop = scores.loops[place]
    return LoopMark(loop.name, loop.polarity.replace("U", "?"), tuple(map(key, loop.variables)))


def _said(scores: LoopScores, at: int) -> str:
    when = moment(float(scores.time[at]), scores.time_units)
    ruling = scores.dominant(float(scores.time[at]))
    if not ruling:
        return f"At {when} nothing changes, and no loop acts."
    names = [f"{loop.name} ({percent(abs(scores[loop.name][at]))})" for loop in ruling]
    verb = "dominate" if len(names) > 1 else "dominates"
    return f"At {when} {listed(names)} {verb}."
