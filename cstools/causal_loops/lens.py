"""Loops by the lenses they are seen with: those that lead from self to others or world first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import overload

from cstools.causal_loops.loops import LoopChoice, Loops
from cstools.causal_loops.parts import LENSES, Loop
from cstools.names import key
from cstools.plotting.tables import html, listed

_SHOWN = 20


@dataclass(frozen=True, repr=False, eq=False)
class LoopsByLens(Sequence[Loop]):
    """The loops of a map: across three lenses, then across two, then the others.

    Within each group they keep their order, and each keeps its name in ``loops()``. A variable
    without a lens says nothing about the loops it is in. ``note`` says when there may be more.
    """

    found: LoopChoice
    lenses: tuple[tuple[str, ...], ...]
    note: str = ""

    @property
    def crossing(self) -> tuple[Loop, ...]:
        """The loops whose variables are seen with more than one lens: the first ones here."""
        return self.found[: self._crossing()]

    def __len__(self) -> int:
        """Return how many loops were found."""
        return len(self.found)

    @overload
    def __getitem__(self, place: int) -> Loop: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Loop, ...]: ...
    def __getitem__(self, place: int | slice) -> Loop | tuple[Loop, ...]:
        """Return a loop by its place here, or the loops of a slice."""
        return self.found[place]

    def _crossing(self) -> int:
        return sum(len(lenses) > 1 for lenses in self.lenses)

    def __repr__(self) -> str:
        shown = zip(self.found[:_SHOWN], self.lenses, strict=False)
        lines = [f"{loop}{_seen(lenses)}" for loop, lenses in shown]
        return "\n".join([self._sentence(), *lines, *self._rest()])

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        if not self.found:
            return {"text/plain": repr(self)}
        rows = [
            (f"{loop.name} {loop.title}".strip(), listed(lenses) or "—", _way_round(loop))
            for loop, lenses in zip(self.found[:_SHOWN], self.lenses, strict=False)
        ]
        table = html(self._sentence(), ("Loop", "Seen with", "Way round"), rows, self._below())
        return {"text/plain": repr(self), "text/html": table}

    def _sentence(self) -> str:
        if not self.found:
            return "There is no loop on this map."
        if not any(self.lenses):
            return (
                "No loop has a variable with a lens yet; "
                "write a line like 'self: my mood, my energy' to say with which one it is seen."
            )
        crossing, all_ = self._crossing(), len(self)
        if all_ == 1:
            return f"The one loop {'crosses lenses' if crossing else 'stays within one lens'}."
        return f"{crossing:,} of {all_:,} loops cross{'es' * (crossing == 1)} lenses."

    def _rest(self) -> list[str]:
        more = len(self) - _SHOWN
        told = [f"… and {more:,} more"] if more > 0 else []
        return [*told, *filter(None, [self.note])]

    def _below(self) -> str:
        return " ".join(f"{line.rstrip('.')}." for line in self._rest())


def loops_by_lens(loops: Loops, lenses: Mapping[str, str]) -> LoopsByLens:
    """Return the loops in the order of the lenses they cross; ``lenses`` goes by key."""
    lens_of = cache(lambda link: lenses[key(link.cause)])  # the same few links in loop after loop
    seen = [_in_order(map(lens_of, way)) for way in loops.ways]
    order = sorted(range(len(seen)), key=lambda place: -max(1, len(seen[place])))
    return LoopsByLens(LoopChoice(loops, order), tuple(seen[place] for place in order), loops.note)


def _in_order(lenses: Iterable[str]) -> tuple[str, ...]:
    found = {*lenses}
    return tuple([lens for lens in LENSES if lens in found])


def _seen(lenses: Sequence[str]) -> str:
    return f"  [{', '.join(lenses)}]" if lenses else ""


def _way_round(loop: Loop) -> str:
    return " → ".join((*loop.variables, loop.variables[0]))
