"""A structure becomes places on a page: one geometry for screen and print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from cstools.plotting.arcs import Points
from cstools.plotting.drawing import wires_of
from cstools.plotting.drawing_parts import Boxes, SignedEdge
from cstools.plotting.lettering import broken
from cstools.plotting.stock_flow.board import Board
from cstools.plotting.stock_flow.parts import (
    CLOUD,
    GLYPH,
    LETTER,
    LINE,
    SMALL_LETTER,
    SMALL_LINE,
    STACK,
    Drawing,
    DrawnFactor,
    DrawnPipe,
    DrawnStock,
    Factor,
    Structure,
)
from cstools.plotting.stock_flow.placing import haunted, placed
from cstools.plotting.stock_flow.score import grave, runs_through
from cstools.plotting.stock_flow.skeleton import Skeleton, name_half, skeleton

_LOOSENESS = (1.0, 1.15, 1.3)
_HAUNTINGS = 3  # a ghost may stand in the way of a link that was clear before
_MARGIN = 10.0
_KEPT = 64  # drawings: a model is shown again and again, and moves on its own picture
_FINE = 400  # points of a link between which the edge of a box is looked for
# Up to so many factors more room is tried before ghosts; from so many factors times links on,
# nothing is tried again.
_SMALL, _LARGE = 14, 1500


def draw(structure: Structure, positions: Mapping[str, complex] | None = None) -> Drawing:
    """Return the drawing of a structure: where each box, pipe, name and link goes.

    ``positions`` gives places by key: the middle of a stock or a name, the valve of a flow.
    While something is hard to read, it is drawn again with more room, and at last with ghosts:
    a name is said again beside what it acts on, where a link from it would have to run through
    other things. The same arguments always give the same drawing.
    """
    return _drawing(structure, tuple((positions or {}).items()))


@lru_cache(_KEPT)
def _drawing(structure: Structure, positions: tuple[tuple[str, complex], ...]) -> Drawing:
    places = dict(positions)
    work = len(structure.factors) * len(structure.influences)
    crowd = min(1 + 0.02 * max(len(structure.factors) - 6, 0), 1.5)
    drawings: list[Drawing] = []
    tried = _LOOSENESS if work <= _LARGE else _LOOSENESS[:1]
    for loose in tried:
        bones = skeleton(structure, crowd * loose, places)
        board = placed(structure, bones, [_size(f) for f in structure.factors], places)
        drawings.append(_drawn(structure, bones, board))
        if grave(drawings[-1]) and (loose == tried[-1] or len(structure.factors) > _SMALL):
            free = [factor.key not in places for factor in structure.factors]
            first = len(board.at) - len(free)
            nodes = (first + np.flatnonzero(free)).tolist()
            drawings.append(_ghosted(structure, bones, board, nodes))
        if not grave(drawings[-1]):
            break
    return min(drawings, key=grave)


def _ghosted(structure: Structure, bones: Skeleton, board: Board, free: Sequence[int]) -> Drawing:
    """Return a drawing in which ghosts stand for the causes of links that run through things."""
    drawing = _drawn(structure, bones, board)
    for _ in range(_HAUNTINGS):
        known = structure.words()
        links, ghosts = list(structure.influences), []
        bad = [i for i in sorted(set(runs_through(drawing))) if links[i].cause in known]
        for i in bad:
            cause, effect = links[i][:2]
            ghosts.append(Factor(f"{cause} for {effect}", known[cause], "ghost", of=cause))
            links[i] = links[i]._replace(cause=ghosts[-1].key)
        factors = (*structure.factors, *ghosts)
        structure = replace(structure, factors=factors, influences=tuple(links))
        sizes = [_size(ghost) for ghost in ghosts]
        board = haunted(board, np.array(bad, dtype=int), sizes, free)
        drawing = _drawn(structure, bones, board)
        if not grave(drawing):
            break
    return drawing


def _drawn(structure: Structure, bones: Skeleton, board: Board) -> Drawing:
    whole = board.drawn(np.arange(len(structure.influences)), _FINE)
    arcs = [whole[i : i + 1] for i in range(len(structure.influences))]
    curves = [arc.samples(48)[0] for arc in arcs]
    edges = [
        SignedEdge(link.cause, link.effect, link.sign or "?", link.delayed)
        for link in structure.influences
    ]
    # Only signs and the strokes of delays need to keep clear of other links.
    crowded = any(link.sign or link.delayed for link in structure.influences)
    boxes = Boxes(
        np.concatenate([board.at, board.pipe_at]), np.concatenate([board.half, board.pipe_half])
    )
    wires = wires_of(edges, arcs, curves if crowded else [], boxes)
    first = len(bones.stocks) + len(bones.pipes)
    pipes = tuple(
        replace(pipe, name_at=complex(board.at[first + i])) for i, pipe in enumerate(bones.pipes)
    )
    places = board.at[len(board.at) - len(structure.factors) :]
    factors = tuple(
        DrawnFactor(factor, _lines(factor), complex(at), _size(factor))
        for factor, at in zip(structure.factors, places, strict=True)
    )
    corner, size = _page(bones.stocks, pipes, factors, curves)
    links = tuple(zip(structure.influences, wires, strict=True))
    return Drawing(bones.stocks, pipes, factors, links, corner, size)


def _lines(factor: Factor) -> tuple[str, ...]:
    return broken(f"⟨{factor.words}⟩" if factor.of else factor.words, 8.5)


def _size(factor: Factor) -> complex:
    small = factor.kind in ("constant", "ghost")
    letter, line = (SMALL_LETTER, SMALL_LINE) if small else (LETTER, LINE)
    return name_half(_lines(factor), letter, line) + GLYPH / 2 * (factor.kind == "lookup")


def _page(
    stocks: Sequence[DrawnStock],
    pipes: Sequence[DrawnPipe],
    factors: Sequence[DrawnFactor],
    curves: Sequence[Points],
) -> tuple[complex, complex]:
    """Return the upper left corner and the size of the page that holds everything."""
    points: list[complex] = [complex(p) for curve in curves for p in curve]
    for box in stocks:
        points += [box.at - box.half - STACK * 1j, box.at + box.half + STACK]
    for name in factors:
        points += [name.at - name.half, name.at + name.half]
    for pipe in pipes:
        points += [pipe.name_at - pipe.name_half, pipe.name_at + pipe.name_half, *pipe.path]
        points += [cloud + side for cloud in pipe.clouds for side in (CLOUD, -CLOUD)]
    if not points:
        return 0j, 200 + 40j
    every = np.array(points)
    left, top = np.floor([every.real.min() - _MARGIN, every.imag.min() - _MARGIN])
    right, bottom = np.ceil([every.real.max() + _MARGIN, every.imag.max() + _MARGIN])
    return complex(left, top), complex(right - left, bottom - top)
