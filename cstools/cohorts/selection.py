"""Seats are given exactly: never above the number, teams whole, priorities in their declared order.

Solved with HiGHS [HuangfuHall2018]_ through ``scipy.optimize.milp``. Each aim is settled before the
next is looked at:

1. as many seats as possible for people who meet the first priority, then the second, and so on;
2. as many seats filled as possible;
3. what is still open is drawn by lot: a number made from the seed and each person's code, so that
   neither the order of the rows nor the hour of the day decides.

It can mislead: with whole teams, a seat may stay empty although somebody waits, because nobody
fits into it without breaking a team.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from cstools.cohorts.people import lot

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Candidate:
    """A person who may have a seat: a code, a team (or an empty text) and the priorities met."""

    code: str
    team: str
    priorities: tuple[bool, ...]


def choose(
    candidates: Sequence[Candidate], seats: int, seed: int, *, teams_whole: bool = True
) -> frozenset[str]:
    """Return the codes of those who get a seat, at most ``seats`` of them."""
    units = _units(candidates, teams_whole=teams_whole)
    if not units:
        return frozenset()
    sizes = np.array([len(unit) for unit in units])
    solved: list[LinearConstraint] = [LinearConstraint(sizes, 0, seats)]
    chosen = np.zeros(len(units), dtype=np.int64)
    for aim in _aims(units, seed):
        chosen = _most(aim, solved)
        solved.append(LinearConstraint(aim, int(aim @ chosen), int(aim @ chosen)))
    return frozenset(
        person.code for unit, yes in zip(units, chosen, strict=True) if yes for person in unit
    )


def _units(candidates: Sequence[Candidate], *, teams_whole: bool) -> list[list[Candidate]]:
    """Return who comes in or stays out together, in an order that rows cannot change."""
    together: dict[str, list[Candidate]] = {}
    for person in sorted(candidates, key=lambda person: person.code):
        name = f"team {person.team}" if teams_whole and person.team else f"person {person.code}"
        together.setdefault(name, []).append(person)
    return [together[name] for name in sorted(together)]


def _aims(units: list[list[Candidate]], seed: int) -> list[Whole]:
    """Return what is to be made as large as possible, one row for each aim: ``(units,)``."""
    levels = max(len(person.priorities) for unit in units for person in unit)
    by_priority = [
        np.array([sum(person.priorities[level] for person in unit) for unit in units])
        for level in range(levels)
    ]
    filled = np.array([len(unit) for unit in units])
    # 24 bits a person: sums over a cohort stay far below 2**53 and so are exact in the solver.
    drawn = np.array([sum(lot(seed, person.code, bits=24) for person in unit) for unit in units])
    return [*by_priority, filled, drawn]


def _most(aim: Whole, constraints: list[LinearConstraint]) -> Whole:
    """Return the choice (0 or 1 for each unit) with the largest sum of ``aim``."""
    scale = max(1, int(np.abs(aim).max()))
    found = milp(
        -aim / scale,
        integrality=np.ones(len(aim)),
        bounds=Bounds(0, 1),
        constraints=constraints,
        options={"mip_rel_gap": 0.0},
    )
    chosen: Whole = np.rint(found.x).astype(np.int64)
    return chosen
