"""Where the stocks stand and how the pipes run between them: the bones of the picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from cstools.plotting.arcs import Points
from cstools.plotting.lettering import broken, width
from cstools.plotting.stock_flow.grid import Cell, grids
from cstools.plotting.stock_flow.parts import (
    CLOUD,
    LETTER,
    LINE,
    SMALL_LETTER,
    SMALL_LINE,
    VALVE,
    DrawnPipe,
    DrawnStock,
    Structure,
)
from cstools.plotting.stock_flow.pipes import OUTWARD, Path, extent, place_on, route
from cstools.plotting.stock_flow.shelves import shelved, ties_of
from cstools.plotting.stock_flow.sides import Ends, Ports, Sides, ports_of, sides_of, way_cost

_USUAL_STEP = 260 + 190j  # from stock to stock, before sizes are known
_BETWEEN_COLUMNS, _BETWEEN_ROWS = 118.0, 96.0
_OPEN_LEVEL, _OPEN_UPRIGHT = 96.0, 74.0  # the least length of a pipe from or to a cloud
_CHANNEL = 62.0  # room for a pipe that runs above or below its stocks
_FAR = (46.0, 100.0, 154.0, 208.0)
_NAME_GAP = 4.0
_BOLD = 1.13  # how much wider bold letters are
_RING = 54.0  # how far a pipe from a stock to itself stands off


@dataclass(frozen=True)
class Skeleton:
    """Stocks and pipes in their places."""

    stocks: tuple[DrawnStock, ...]
    pipes: tuple[DrawnPipe, ...]


@dataclass(frozen=True)
class _Bones:
    """What is known before there are places: names in lines, their sizes, who flows where."""

    structure: Structure
    ends: tuple[Ends, ...]
    stock_lines: tuple[tuple[str, ...], ...]
    flow_lines: tuple[tuple[str, ...], ...]
    stock_names: Points
    flow_names: Points

    @staticmethod
    def of(structure: Structure) -> _Bones:
        """Return the names of a structure in lines, and its flows' ends by number."""
        number = {stock.key: i for i, stock in enumerate(structure.stocks)}
        ends = tuple(
            Ends(
                number[flow.out_of] if flow.out_of is not None else None,
                number[flow.into] if flow.into is not None else None,
            )
            for flow in structure.flows
        )
        stock_lines = tuple(broken(stock.words, 7.5) for stock in structure.stocks)
        flow_lines = tuple(broken(flow.words, 8.0) for flow in structure.flows)
        return _Bones(
            structure,
            ends,
            stock_lines,
            flow_lines,
            np.array([name_half(lines, _BOLD * LETTER) for lines in stock_lines], dtype=complex),
            np.array(
                [name_half(lines, SMALL_LETTER, SMALL_LINE) for lines in flow_lines],
                dtype=complex,
            ),
        )


def name_half(lines: Sequence[str], letter: float = LETTER, line: float = LINE) -> complex:
    """Return half the size of a name set in lines."""
    return complex(max(map(width, lines)) * letter / 2, len(lines) * line / 2)


def skeleton(structure: Structure, loose: float, positions: Mapping[str, complex]) -> Skeleton:
    """Return the stocks and pipes of a structure in their places.

    ``loose`` stretches the room between stocks; ``positions`` are middles of stocks, and valves of
    flows, that are given.
    """
    bones = _Bones.of(structure)
    pairs = [(e.out_of or 0, e.into or 0) for e in bones.ends if e.inside]
    groups = grids(len(structure.stocks), pairs)
    rough = _rough(groups, structure, positions)
    towards = {
        i: positions[flow.key]
        for i, flow in enumerate(structure.flows)
        if flow.key in positions and not bones.ends[i].inside
    }
    sides = sides_of(bones.ends, rough, towards)
    ports = ports_of(bones.ends, sides, rough, bones.stock_names, bones.flow_names)
    at = rough.copy()
    blocks = []
    for cells in groups:
        members = list(cells)
        at[members] = _spaced(cells, bones, sides, ports, loose)
        at[members] += _to_given(members, at, structure, positions)
        blocks.append(_extent(members, at, bones, sides, ports))
    fixed = [any(structure.stocks[i].key in positions for i in cells) for cells in groups]
    shifts = shelved(blocks, fixed, ties_of(groups, structure), 80.0 * loose)
    for cells, shift in zip(groups, shifts, strict=True):
        at[list(cells)] += shift
    for i, stock in enumerate(structure.stocks):
        at[i] = positions.get(stock.key, at[i])
    return _assembled(bones, sides, ports, at, positions)


def _rough(
    groups: Sequence[dict[int, Cell]], structure: Structure, positions: Mapping[str, complex]
) -> Points:
    at = np.zeros(len(structure.stocks), dtype=complex)
    below = 0.0
    for cells in groups:
        top = min(row for _, row in cells.values())
        for stock, (column, row) in cells.items():
            step = complex(column * _USUAL_STEP.real, (row - top) * _USUAL_STEP.imag + below)
            at[stock] = positions.get(structure.stocks[stock].key, step)
        # Far enough apart that no group sees a neighbour in another one.
        below += (max(row for _, row in cells.values()) - top + 3) * _USUAL_STEP.imag
    return at


def _spaced(
    cells: dict[int, Cell], bones: _Bones, sides: Sides, ports: Ports, loose: float
) -> Points:
    """Return the middles of one grid's stocks, columns and rows as far apart as they need."""
    columns = sorted({column for column, _ in cells.values()})
    rows = sorted({row for _, row in cells.values()})
    x, y = {columns[0]: 0.0}, {rows[0]: 0.0}
    for left, right in pairwise(columns):
        before = [s for s, cell in cells.items() if cell[0] == left]
        after = [s for s, cell in cells.items() if cell[0] == right]
        half = max(ports.half[s].real for s in before) + max(ports.half[s].real for s in after)
        x[right] = x[left] + half + _column_gap(before, after, bones, sides, loose)
    for upper, lower in pairwise(rows):
        before = [s for s, cell in cells.items() if cell[1] == upper]
        after = [s for s, cell in cells.items() if cell[1] == lower]
        half = max(ports.half[s].imag for s in before) + max(ports.half[s].imag for s in after)
        y[lower] = y[upper] + half + _row_gap(before, after, bones, sides, loose)
    return np.array([complex(x[column], y[row]) for column, row in cells.values()])


def _column_gap(
    before: Sequence[int], after: Sequence[int], bones: _Bones, sides: Sides, loose: float
) -> float:
    straight = [
        2 * bones.flow_names[i].real + 34
        for i, end in enumerate(bones.ends)
        if end.inside and {end.out_of, end.into} & {*before} and {end.out_of, end.into} & {*after}
    ]
    out = _open_reach(before, "R", bones, sides)
    into = _open_reach(after, "L", bones, sides)
    need = out + into + 24 * bool(out and into)
    return float(max(_BETWEEN_COLUMNS * loose, need + 18, *straight))


def _row_gap(
    before: Sequence[int], after: Sequence[int], bones: _Bones, sides: Sides, loose: float
) -> float:
    down = _open_reach(before, "B", bones, sides)
    up = _open_reach(after, "T", bones, sides)
    channels = 0
    for i, end in enumerate(bones.ends):
        if end.inside and sides.leaving[i] == sides.entering[i]:
            channels += sides.leaving[i] == "B" and end.out_of in before
            channels += sides.leaving[i] == "T" and end.out_of in after
    return max(_BETWEEN_ROWS * loose, down + up + 20) + _CHANNEL * channels


def _open_reach(stocks: Sequence[int], side: str, bones: _Bones, sides: Sides) -> float:
    """Return how far the flows from and to the outside world reach out of a side."""
    reach = 0.0
    for flow, end in enumerate(bones.ends):
        used = sides.leaving.get(flow), sides.entering.get(flow)
        if not end.inside and end.stock in stocks and side in used:
            reach = max(reach, _open_length(bones.flow_names[flow], side))
    return reach and reach + 2 * (CLOUD.real if side in "LR" else CLOUD.imag)


def _open_length(name: complex, side: str) -> float:
    return max(2 * name.real + 14, _OPEN_LEVEL) if side in "LR" else _OPEN_UPRIGHT


def _to_given(
    members: Sequence[int], at: Points, structure: Structure, positions: Mapping[str, complex]
) -> complex:
    """Return the shift that brings a group to where some of its stocks are given."""
    given = [i for i in members if structure.stocks[i].key in positions]
    if not given:
        return 0j
    shifts = [positions[structure.stocks[i].key] - at[i] for i in given]
    return complex(sum(shifts) / len(shifts))


def _extent(
    members: Sequence[int], at: Points, bones: _Bones, sides: Sides, ports: Ports
) -> tuple[complex, complex]:
    """Return the corners of the box round a group, its clouds and channels included."""
    corners = []
    for stock in members:
        reach = {side: _open_reach([stock], side, bones, sides) for side in OUTWARD}
        for i, end in enumerate(bones.ends):
            if end.inside and stock == end.out_of and sides.leaving[i] == sides.entering[i]:
                reach[sides.leaving[i]] += _CHANNEL + 20
        half, middle = ports.half[stock], at[stock]
        corners.append(middle - half - complex(reach["L"], reach["T"]))
        corners.append(middle + half + complex(reach["R"], max(reach["B"], 26)))
    return extent(corners)


def _assembled(
    bones: _Bones, sides: Sides, ports: Ports, at: Points, positions: Mapping[str, complex]
) -> Skeleton:
    stocks = tuple(
        DrawnStock(stock, lines, complex(at[i]), complex(ports.half[i]))
        for i, (stock, lines) in enumerate(
            zip(bones.structure.stocks, bones.stock_lines, strict=True)
        )
    )
    pipes: dict[int, DrawnPipe] = {}
    order = sorted(range(len(bones.ends)), key=lambda flow: _is_bent(flow, bones, sides, ports, at))
    for flow in order:
        path = _path(flow, bones, sides, ports, at, list(pipes.values()), positions)
        pipes[flow] = _pipe(flow, path, bones, positions, flow in ports.above)
    return Skeleton(stocks, tuple(pipes[flow] for flow in range(len(pipes))))


def _is_bent(flow: int, bones: _Bones, sides: Sides, ports: Ports, at: Points) -> bool:
    end = bones.ends[flow]
    if not end.inside:
        return False
    start = _port(end.out_of, sides.leaving[flow], ports.leaving[flow], ports, at)
    stop = _port(end.into, sides.entering[flow], ports.entering[flow], ports, at)
    path = route(start, sides.leaving[flow], stop, sides.entering[flow], _FAR[0])
    return path is None or len(path) > 2


def _port(stock: int | None, side: str, offset: float, ports: Ports, at: Points) -> complex:
    number = -1 if stock is None else stock
    out, half = OUTWARD[side], ports.half[number]
    edge = out.real * half.real + 1j * out.imag * half.imag
    return complex(at[number] + edge + (1j * offset if side in "LR" else offset))


def _path(
    flow: int,
    bones: _Bones,
    sides: Sides,
    ports: Ports,
    at: Points,
    pipes: Sequence[DrawnPipe],
    positions: Mapping[str, complex],
) -> Path:
    """Return the way of a flow, clear of the boxes and of the pipes that have theirs already."""
    end = bones.ends[flow]
    given = positions.get(bones.structure.flows[flow].key)
    if end.out_of is None or end.into is None:
        goes = end.into is None
        side = (sides.leaving if goes else sides.entering)[flow]
        offset = (ports.leaving if goes else ports.entering)[flow]
        port = _port(end.stock, side, offset, ports, at)
        way = port, port + OUTWARD[side] * _open_reaches(port, side, bones.flow_names[flow], given)
        return way if goes else way[::-1]
    start = _port(end.out_of, sides.leaving[flow], ports.leaving[flow], ports, at)
    stop = _port(end.into, sides.entering[flow], ports.entering[flow], ports, at)
    if end.out_of == end.into:
        return _round_the_corner(start, stop)
    ways = [route(start, sides.leaving[flow], stop, sides.entering[flow], far) for far in _FAR]
    found = [way for way in ways if way is not None] or [_anyway(start, stop)]
    others = [(pipe.name_at, pipe.name_half) for pipe in pipes]
    others += [(cloud, CLOUD) for pipe in pipes for cloud in pipe.clouds]
    at = np.array([*at, *(place for place, _ in others)], dtype=complex)
    half = np.array([*ports.half, *(size for _, size in others)], dtype=complex)
    own, paths = (end.out_of, end.into), [pipe.path for pipe in pipes]
    return min(found, key=lambda way: round(way_cost(way, at, half, own, paths), 6))


def _round_the_corner(start: complex, stop: complex) -> Path:
    """Return the way from the top of a box to its own right side."""
    above, right = start.imag - _RING, stop.real + _RING
    return start, complex(start.real, above), complex(right, above), right + 1j * stop.imag, stop


def _anyway(start: complex, stop: complex) -> Path:
    """Return a way with one corner, for stocks that stand too close for a better one."""
    if min(abs((stop - start).real), abs((stop - start).imag)) < 1:
        return start, stop
    return start, complex(stop.real, start.imag), stop


def _open_reaches(port: complex, side: str, name: complex, given: complex | None) -> float:
    """Return how long a pipe from or to a cloud is: its valve stands in its middle."""
    if given is None:
        return _open_length(name, side)
    return max(2 * ((given - port) * OUTWARD[side].conjugate()).real, 40.0)


def _pipe(
    flow: int, path: Path, bones: _Bones, positions: Mapping[str, complex], above: bool
) -> DrawnPipe:
    said, end = bones.structure.flows[flow], bones.ends[flow]
    valve, along = place_on(path, positions.get(said.key))
    clouds = []
    for outside, tip, inner in (
        (end.out_of is None, path[0], path[1]),
        (end.into is None, path[-1], path[-2]),
    ):
        if outside:
            out = (tip - inner) / max(abs(tip - inner), 1e-9)
            clouds.append(tip + out.real * CLOUD.real + 1j * out.imag * CLOUD.imag)
    half = complex(bones.flow_names[flow])
    lines = bones.flow_lines[flow]
    pipe = DrawnPipe(said, path, valve, along, lines, valve, half, tuple(clouds), above)
    return renamed(pipe, 0)


def renamed(pipe: DrawnPipe, choice: int) -> DrawnPipe:
    """Return a pipe with its name on one side of the valve: 0 the usual one, 1 the other.

    The usual one is to the right of an upright pipe and below a level one, unless the pipe runs
    above another.
    """
    level = abs(pipe.along.imag) < 0.5
    gap = VALVE.imag + _NAME_GAP
    aside = 1j * (gap + pipe.name_half.imag) if level else gap + pipe.name_half.real + 2
    other = bool(choice) != (level and pipe.above)
    return replace(pipe, name_at=pipe.valve + (-aside if other else aside))
