"""``:EXCEPT:``: which elements each piece of an array covers, and in which order they are said.

In a model the piece that is said later holds. So the general one comes first and the special ones
after it; where that is not enough, a piece is said for exactly the elements that it has.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby, product

from cstools.errors import FileError
from cstools.names import key, with_subscripts
from cstools.stock_flow.vensim.ranges import Ranges
from cstools.stock_flow.vensim.text import Said

Cell = tuple[str, ...]


def without(said: tuple[Said, ...], ranges: Ranges) -> list[Said]:
    """Return equations that say the same without ``:EXCEPT:``, in the order of the file."""
    excepting = {one.key for one in said if one.excepted}
    first_of: dict[str, list[Said]] = {}
    for one in said:
        first_of.setdefault(one.key, []).append(one)
    for pieces in first_of.values():
        _check_once(pieces, ranges)
    return [
        piece
        for name, pieces in first_of.items()
        for piece in (_pieces(pieces, ranges) if name in excepting else pieces)
    ]


def _check_once(pieces: list[Said], ranges: Ranges) -> None:
    """Refuse a variable, or an element of an array, that the file says twice."""
    covered: set[Cell] = set()
    for piece in pieces if len(pieces) > 1 else ():
        cells = _cells(piece, ranges)
        if twice := sorted(covered & cells):
            words = [ranges.names.get(word, word) for word in twice[0]]
            name = with_subscripts(piece.name, words) if words else piece.name
            raise FileError(f"'{name}' has two equations; one of them would be lost")
        covered |= cells


def _pieces(pieces: list[Said], ranges: Ranges) -> Iterator[Said]:
    """Yield the pieces of one array, the largest first, each for the elements that it has."""
    ordered = sorted(pieces, key=lambda piece: -len(_box(piece.subscripts, ranges)))
    cells = [_cells(piece, ranges) for piece in ordered]
    for place, piece in enumerate(ordered):
        later = set().union(*cells[place + 1 :])
        if _box(piece.subscripts, ranges) - cells[place] <= later:
            yield replace(piece, excepted=())
        else:
            for sides in _boxes(sorted(cells[place])):
                yield replace(piece, excepted=(), subscripts=_named(piece, sides, ranges))


def _cells(piece: Said, ranges: Ranges) -> set[Cell]:
    """Return the elements that a piece covers, without those it excepts."""
    taken_out = set().union(*(_box(group, ranges) for group in piece.excepted))
    return _box(piece.subscripts, ranges) - taken_out


def _box(subscripts: tuple[str, ...], ranges: Ranges) -> set[Cell]:
    return set(product(*(map(key, ranges.elements(word)) for word in subscripts)))


def _boxes(cells: list[Cell]) -> list[tuple[Cell, ...]]:
    """Return cells put together: for each box, the elements along each side."""
    if not cells[0]:
        return [()]
    behind: dict[tuple[Cell, ...], list[str]] = {}
    for first, group in groupby(cells, key=lambda cell: cell[0]):
        behind.setdefault(tuple(cell[1:] for cell in group), []).append(first)
    return [
        (tuple(firsts), *rest) for others, firsts in behind.items() for rest in _boxes(list(others))
    ]


def _named(piece: Said, sides: tuple[Cell, ...], ranges: Ranges) -> tuple[str, ...]:
    """Return subscripts for the sides of a box; a part of a range becomes a range of its own."""
    return tuple(
        word if set(map(key, ranges.elements(word))) == set(side) else ranges.part(word, side)
        for word, side in zip(piece.subscripts, sides, strict=True)
    )
