"""Seats are given exactly: never above the number, teams whole, priorities in their declared order.

Solved with HiGHS [HuangfuHall2018]_ through ``scipy.optimize.milp``. Each aim is settled before the
next is looked at:

1. as many seats as possible for people who meet the first priority, then the second, and so on;
2. as many seats filled as possible;
3. what is still open is drawn by lot: a number made from the seed and each person's code, so that
   neither the order of the rows nor the hour of the day decides; and by a second lot where the
   first leaves two choices equal.

What comes in or stays out together is a *unit*: a person, a whole team, or people whom the
coordinator keeps together.

It can mislead: with whole teams, a seat may stay empty although somebody waits, because nobody
fits into it without breaking a team.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cstools.cohorts.basics.people import lot
from cstools.errors import DataError

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint

Whole = NDArray[np.int64]
# The solver keeps a row to 1e-7. With lots below 2**16 a seat, what it calls best is then best to
# less than one lot, and sums over a cohort stay far below 2**53; longer lots would lose both.
LOT_BITS = 16
PACKED = 2**20  # below, all that is counted fits into one number that the solver keeps exactly
LOTS = ("first lot", "second lot")


@dataclass(frozen=True)
class Candidate:
    """A person who may have a seat: a code, a team (or an empty text) and the priorities met."""

    code: str
    team: str
    priorities: tuple[bool, ...]


@dataclass(frozen=True)
class Unit:
    """People who come in or stay out together, in order of code."""

    people: tuple[Candidate, ...]

    @property
    def codes(self) -> frozenset[str]:
        """The codes of its people."""
        return frozenset(person.code for person in self.people)

    def __len__(self) -> int:
        return len(self.people)


def units_of(
    candidates: Sequence[Candidate],
    *,
    teams_whole: bool = True,
    split: Collection[str] = (),
    together: Iterable[Sequence[str]] = (),
) -> tuple[Unit, ...]:
    """Return who comes in or stays out together, in an order that rows cannot change.

    Parameters
    ----------
    teams_whole
        Whether a team is one unit.
    split
        Codes of people who come in or stay out singly, though their team is whole.
    together
        Codes that are never apart, whatever their teams; a code nobody has is passed over.
    """
    people = sorted(candidates, key=lambda person: person.code)
    groups: dict[str, set[str]] = {}
    for person in people:
        whole = teams_whole and person.team and person.code not in split
        groups.setdefault(f"team {person.team}" if whole else person.code, set()).add(person.code)
    joined = list(groups.values())
    for codes in together:
        touched = [group for group in joined if group & set(codes)]
        if len(touched) > 1:
            joined = [group for group in joined if group not in touched] + [set().union(*touched)]
    unit_of = {code: number for number, group in enumerate(joined) for code in group}
    members: dict[int, list[Candidate]] = {}
    for person in people:
        members.setdefault(unit_of[person.code], []).append(person)
    return tuple(Unit(tuple(group)) for group in members.values())


def choose(
    units: Sequence[Unit], seats: int, seed: int, held: Collection[str] = ()
) -> frozenset[str]:
    """Return the codes of those who get a seat, at most ``seats`` of them.

    Everybody in ``held`` gets one, and with them the rest of their unit.

    Raises
    ------
    DataError
        When the held seats alone are more than there are.
    """
    if sum(map(len, units)) <= seats:
        return frozenset().union(*(unit.codes for unit in units))
    sizes = np.array([len(unit) for unit in units])
    least = np.array([bool(unit.codes & set(held)) for unit in units], dtype=np.int64)
    if sizes @ least > seats:
        raise DataError(
            f"{sizes @ least} seats are held, whole teams counted, and there are {seats}; "
            "take one back, or split its team"
        )
    from scipy.optimize import LinearConstraint

    *counted, first, second = aims_of(units, seed)
    settled = [LinearConstraint(sizes, 0, seats)]
    for aim, most in zip(counted, _settled(counted, sizes, least, seats), strict=True):
        settled.append(LinearConstraint(aim, most, most))
    chosen = _most(first, settled, least, np.ones_like(least))
    settled.append(LinearConstraint(first, int(first @ chosen), int(first @ chosen)))
    chosen = _most(second, settled, least, np.ones_like(least))
    return frozenset().union(*(u.codes for u, yes in zip(units, chosen, strict=True) if yes))


def _settled(counted: list[Whole], sizes: Whole, least: Whole, seats: int) -> list[int]:
    """Return the most that each aim reaches which only counts people, one after the other.

    Units of one size that meet the same priorities count alike, so that it is enough to ask how
    many of each kind come in: a few whole numbers in place of one choice for every unit.
    """
    features = np.stack([sizes, *counted], axis=1)
    kinds, kind_of = np.unique(features, axis=0, return_inverse=True)
    there = np.bincount(kind_of.ravel(), minlength=len(kinds))
    held = np.bincount(kind_of.ravel(), weights=least, minlength=len(kinds)).astype(np.int64)
    from scipy.optimize import LinearConstraint

    constraints = [LinearConstraint(kinds[:, 0], 0, seats)]
    aims, digit = kinds[:, 1:].T, seats + 1
    if digit ** len(aims) < PACKED:  # no aim exceeds the seats: all fit into one number's digits
        worth = digit ** np.arange(len(aims))[::-1]
        chosen = _most(worth @ aims, constraints, held, there)
        return [int(aim @ chosen) for aim in aims]
    reached = []
    for aim in aims:
        most = int(aim @ _most(aim, constraints, held, there))
        constraints.append(LinearConstraint(aim, most, most))
        reached.append(most)
    return reached


def aims_of(units: Sequence[Unit], seed: int) -> list[Whole]:
    """Return what is to be made as large as possible, one row for each aim: ``(units,)``."""
    levels = max(len(person.priorities) for unit in units for person in unit.people)
    by_priority = [
        np.array([sum(person.priorities[level] for person in unit.people) for unit in units])
        for level in range(levels)
    ]
    filled = np.array([len(unit) for unit in units])
    drawn = [
        np.array([sum(drawn_lot(seed, code, which) for code in unit.codes) for unit in units])
        for which in LOTS
    ]
    return [*by_priority, filled, *drawn]


def drawn_lot(seed: int, code: str, which: str) -> int:
    """Return a person's lot, a whole number; the larger one goes first."""
    return lot(seed, which, code, bits=LOT_BITS)


def waiting_order(units: Iterable[Unit], seed: int) -> list[Unit]:
    """Return units in the order in which seats that come free are offered.

    By the share of their people who meet the first priority, then the second, and so on; then by
    the middle of their lots. For single people this is the order of priorities and lots.
    """
    return sorted(units, key=lambda unit: _rank(unit, seed))


def _rank(unit: Unit, seed: int) -> tuple[list[Fraction], list[Fraction], str]:
    met = zip(*(person.priorities for person in unit.people), strict=True)
    shares = [-Fraction(sum(level), len(unit)) for level in met]
    lots = [
        -Fraction(sum(drawn_lot(seed, person.code, which) for person in unit.people), len(unit))
        for which in LOTS
    ]
    return shares, lots, unit.people[0].code


def _most(aim: Whole, constraints: list[LinearConstraint], least: Whole, most: Whole) -> Whole:
    """Return the whole numbers between ``least`` and ``most`` with the largest sum."""
    from scipy.optimize import Bounds, milp

    found = milp(
        -aim,
        integrality=np.ones(len(aim)),
        bounds=Bounds(least, most),
        constraints=constraints,
        options={"mip_rel_gap": 0.0},
    )
    chosen: Whole = np.rint(found.x).astype(np.int64)
    return chosen
