"""The loops and the links of a run, with their names, as a cell shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

from cstools.analysis.loop_dominance import relative
from cstools.analysis.tables import percent
from cstools.causal_loops.parts import Link, Loop
from cstools.errors import unknown_name
from cstools.names import key
from cstools.on_demand import numpy as np


class ScoredLoops(Sequence[Loop]):
    """The loops of a run, shortest first, then by the names of their variables.

    A loop's polarity is ``"R"`` or ``"B"`` where it kept one through the run, and ``"U"`` where it
    changed, or where the loop never acted and the equations do not say. A loop is found by place
    or by name: ``loops[0]``, ``loops["R1"]``. ``complete`` says whether it is all of them, and
    ``note`` why not.
    """

    def __init__(self, loops: Sequence[Loop], note: str = "") -> None:
        self._loops = tuple(loops)
        self.note = note

    @property
    def complete(self) -> bool:
        """Whether these are all the loops."""
        return not self.note

    @property
    def names(self) -> tuple[str, ...]:
        """R1, B1 and so on, in the order of the columns."""
        return tuple(loop.name for loop in self._loops)

    def __len__(self) -> int:
        """Return how many loops there are."""
        return len(self._loops)

    def __iter__(self) -> Iterator[Loop]:
        return iter(self._loops)

    @overload
    def __getitem__(self, place: int | str) -> Loop: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Loop, ...]: ...
    def __getitem__(self, place: int | str | slice) -> Loop | tuple[Loop, ...]:
        """Return a loop by place or name, or the loops of a slice."""
        return self._loops[self.place(place) if isinstance(place, str) else place]

    def place(self, name: str) -> int:
        """Return the column of a loop of some name."""
        for place, loop in enumerate(self._loops):
            if key(loop.name) == key(name):
                return place
        raise unknown_name(name, self.names[:200], "the loops")

    def __repr__(self) -> str:
        lines = [str(loop) for loop in self._loops[:12]]
        if len(self) > len(lines):
            lines.append(f"… and {len(self) - len(lines):,} more")
        return "\n".join([*lines, *([self.note] if self.note else [])]) or "no loops"


@dataclass(frozen=True, eq=False, repr=False)
class ScoredLinks:
    """The links of a run, each with its score over time.

    Attributes
    ----------
    links : tuple of Link
        Cause, effect, and the sign that the link had through the run; ``"?"`` where it changed.
    scores : array (times, links)
        How it can mislead: only links into the same variable can be compared; see
        :mod:`.link_scores`.
    """

    links: tuple[Link, ...]
    scores: np.ndarray

    @cached_property
    def relative(self) -> np.ndarray:
        """The share of each link in all that moved its effect, from -1 to 1, ``(times, links)``."""
        effects = [key(link.effect) for link in self.links]
        order = {effect: number for number, effect in enumerate(dict.fromkeys(effects))}
        return relative(self.scores, [order[effect] for effect in effects])

    def __getitem__(self, ends: tuple[str, str]) -> np.ndarray:
        """Return the scores of a link, ``(times,)``: ``links["births", "population"]``."""
        wanted = tuple(map(key, ends))
        for number, link in enumerate(self.links):
            if (key(link.cause), key(link.effect)) == wanted:
                return np.asarray(self.scores[:, number])
        told = [f"{link.cause} → {link.effect}" for link in self.links]
        raise unknown_name(" → ".join(ends), told, "the links of this run")

    def __len__(self) -> int:
        """Return how many links there are."""
        return len(self.links)

    def __repr__(self) -> str:
        mean = np.abs(self.relative[1:]).mean(axis=0) if len(self.scores) > 1 else []
        lines = [
            f"{link}: on average {percent(share)} of what moves {link.effect}"
            for link, share in list(zip(self.links, mean, strict=False))[:20]
        ]
        if len(self) > 20:
            lines.append(f"… and {len(self) - 20:,} more")
        return "\n".join(lines) or "no links"
