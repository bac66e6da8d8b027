"""What became of each application: plain values that the other steps read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Outcome = Literal["accepted", "waiting", "needs a ruling", "refused", "withdrawn"]
OUTCOMES: tuple[Outcome, ...] = ("accepted", "waiting", "needs a ruling", "refused", "withdrawn")


@dataclass(frozen=True)
class Decision:
    """What became of one application, and why; ``place`` counts the waiting list from 1.

    ``valid_from`` is the day on which somebody came in after the year had been planned without
    them, ``None`` for "from the beginning". ``valid_to`` is the first day without the seat that
    somebody had; without a day the seat counts as if it had never been given. Whoever is accepted
    and has one lost the seat on that day, and has it again from ``valid_from`` on. ``undated``
    says that somebody came in when others had seats already, or left, and nobody said on which
    day; it can be said later.
    """

    code: str
    outcome: Outcome
    reason: str
    place: int = 0
    valid_from: date | None = None
    valid_to: date | None = None
    undated: bool = False

    @property
    def had_seat(self) -> bool:
        """Whether somebody has a seat, or had one until a day that is known."""
        return self.outcome == "accepted" or self.valid_to is not None


@dataclass(frozen=True)
class Draw:
    """How the seats were given: the seed of the lot, and whether a team comes whole."""

    seed: int = 0
    teams_whole: bool = True
