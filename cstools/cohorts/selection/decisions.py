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
    somebody had; without a day the seat counts as if it had never been given. ``lost_on`` is the
    day on which somebody lost a seat of the beginning who had, or has, it again from
    ``valid_from`` on. ``undated`` says that somebody came in when others had seats already, or
    left, and nobody said on which day; it can be said later.
    """

    code: str
    outcome: Outcome
    reason: str
    place: int = 0
    valid_from: date | None = None
    valid_to: date | None = None
    lost_on: date | None = None
    undated: bool = False

    @property
    def had_seat(self) -> bool:
        """Whether somebody has a seat, or had one until a day that is known."""
        return self.outcome == "accepted" or self.valid_to is not None

    def ended(self, on: date | None) -> tuple[date | None, date | None, date | None]:
        """Return ``valid_from``, ``valid_to`` and ``lost_on`` of the seat when it ends on a day.

        Without a day only what was lost before stays: the seat counts as not given again.
        """
        return (self.valid_from, on, self.lost_on) if on else (None, self.lost_on, None)


@dataclass(frozen=True)
class Draw:
    """How the seats were given: the seed of the lot, and whether a team comes whole."""

    seed: int = 0
    teams_whole: bool = True
