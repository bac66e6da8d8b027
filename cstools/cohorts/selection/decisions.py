"""What became of each application: plain values that the other steps read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["accepted", "waiting", "needs a ruling", "refused", "withdrawn"]
OUTCOMES: tuple[Outcome, ...] = ("accepted", "waiting", "needs a ruling", "refused", "withdrawn")


@dataclass(frozen=True)
class Decision:
    """What became of one application, and why; ``place`` counts the waiting list from 1."""

    code: str
    outcome: Outcome
    reason: str
    place: int = 0


@dataclass(frozen=True)
class Draw:
    """How the seats were given: the seed of the lot, and whether a team comes whole."""

    seed: int = 0
    teams_whole: bool = True
