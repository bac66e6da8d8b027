"""What the hour of the calls costs the people of each zone, for several ways to choose it.

The burden of one hour of a call is a choice of this package, and no finding: 0 between 8:00 and
18:00 on the person's own clock, 1 from 7:00 to 8:00 and from 18:00 to 22:00, and 3 from 22:00 to
7:00. Weekends and holidays count as other days. The numbers inform a decision; the faculty decide.

1. Work out the burden of each call in each zone for each of the 24 whole hours at which it could
begin on the clock where it is set. 2. Try every fixed hour, every rotation of three hours and
every pair of sittings. 3. Keep the one whose heaviest zone carries least; among equals the one
that costs all people least; then the earliest hours. Every possibility is tried, so none is
better by these numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cstools.cohorts.basics.zones import canonical, offset, zone
from cstools.cohorts.calendar.events import Event
from cstools.errors import DataError

NIGHT_ENDS, DAY_STARTS, DAY_ENDS, NIGHT_STARTS = 7, 8, 18, 22
EDGE, NIGHT = 1, 3
TURNS = 3
_HOURS, _DAY = 24, 24 * 60
Costs = NDArray[np.float64]
People = Sequence[tuple[str, int]]


@dataclass(frozen=True)
class Choice:
    """One way to set the hours, with the burden of a mean call in each zone.

    ``hours`` are whole hours on the clock where the calls are set; none for the calls as they
    stand. ``sitting`` says for each zone at which of the hours its people come, where they choose.
    """

    name: str
    hours: tuple[int, ...]
    burden: tuple[float, ...]
    sitting: tuple[int, ...] = ()


@dataclass(frozen=True)
class Weighed:
    """The ways to choose the hours, for the same zones and calls.

    ``people`` are the zones with their people; the last ``faculty`` of them are one of the faculty
    each, who come to both of two sittings.
    """

    people: tuple[tuple[str, int], ...]
    faculty: int
    calls: int
    clock: str
    choices: tuple[Choice, ...]


def minute_costs() -> Costs:
    """Return the burden of each minute of a day on one's own clock, in hours of burden."""
    hour = np.arange(_DAY) // 60
    night = (hour < NIGHT_ENDS) | (hour >= NIGHT_STARTS)
    edge = ~night & ((hour < DAY_STARTS) | (hour >= DAY_ENDS))
    return (NIGHT * night + EDGE * edge) / 60.0


def weigh(calls: Sequence[Event], people: People, faculty: Sequence[str] = ()) -> Weighed:
    """Return the calls as they stand, and the best fixed hour, rotation and two sittings.

    Each zone id in ``faculty`` is one of the faculty, weighed as everybody is. It can mislead: a
    zone's clock is read at a call's beginning, its people are taken as equal, and without the
    faculty's zones two sittings cost them nothing here.

    Raises
    ------
    DataError
        When there is no call, the calls are set on more than one clock, or nobody is enrolled.
    """
    clocks = sorted({call.zone for call in calls})
    if not people or not calls:
        raise DataError("the burden of call hours needs calls with days and people with zones")
    if len(clocks) > 1:
        raise DataError(
            f"the calls are set on {len(clocks)} clocks ({', '.join(clocks)}); "
            "weigh the series one by one, as call_hours('name of the series')"
        )
    everybody = (*people, *((canonical(name), 1) for name in faculty))
    names = [name for name, _ in everybody]
    counts = np.array([count for _, count in everybody])
    by_hour = np.array([[_row(call, name) for call in calls] for name in names])
    stands = np.array([[_burden(call, call.utc, name) for call in calls] for name in names])
    choices = (
        Choice("as it stands", (), _mean(stands)),
        _fixed(by_hour, counts),
        _rotation(by_hour, counts),
        _two_sittings(by_hour, counts, len(people)),
    )
    return Weighed(everybody, len(faculty), len(calls), clocks[0], choices)


def _row(call: Event, name: str) -> list[float]:
    """Return the burden of a call in a zone for each hour at which it could begin that day."""
    midnight = datetime(call.day.year, call.day.month, call.day.day, tzinfo=zone(call.zone))
    starts = (midnight.replace(hour=hour).astimezone(UTC) for hour in range(_HOURS))
    return [_burden(call, start, name) for start in starts]


_SUMS = np.concatenate([[0.0], np.cumsum(np.tile(minute_costs(), 3))])


def _burden(call: Event, start: datetime, name: str) -> float:
    there = start + offset(start.astimezone(zone(name)))
    first = there.hour * 60 + there.minute
    return float(_SUMS[first + call.minutes] - _SUMS[first])


def _mean(costs: Costs) -> tuple[float, ...]:
    return tuple(float(value) for value in costs.mean(axis=1).round(4))


def _fixed(costs: Costs, counts: NDArray[np.int64]) -> Choice:
    means = costs.mean(axis=1)
    hour = _best(means, counts)
    return Choice("best fixed hour", (hour,), _rounded(means[:, hour]))


def _rotation(costs: Costs, counts: NDArray[np.int64]) -> Choice:
    """Try all triples of hours; the first call has the first hour, the next the second."""
    turns = min(TURNS, costs.shape[1])
    sums = [costs[:, turn::turns].sum(axis=1) for turn in range(turns)]
    means = sums[0]
    for turn in sums[1:]:
        means = (means[:, :, None] + turn[:, None, :]).reshape(len(counts), -1)
    means = means / costs.shape[1]
    best = _best(means, counts)
    hours = np.unravel_index(best, (_HOURS,) * turns)
    told = tuple(int(hour) for hour in hours)
    return Choice("best rotation", told, _rounded(means[:, best]))


def _two_sittings(costs: Costs, counts: NDArray[np.int64], participants: int) -> Choice:
    """Try all pairs of hours; each zone comes to its lighter sitting, all year to the same.

    Rows from ``participants`` on are the faculty, who come to both.
    """
    means = costs.mean(axis=1)
    pairs = [(first, second) for first in range(_HOURS) for second in range(first + 1, _HOURS)]
    lower = np.array([np.minimum(means[:, a], means[:, b]) for a, b in pairs]).T
    lower[participants:] = np.array(
        [(means[:, a] + means[:, b])[participants:] for a, b in pairs]
    ).T
    best = _best(lower, counts)
    first, second = pairs[best]
    sitting = np.where(means[:participants, first] <= means[:participants, second], first, second)
    return Choice(
        "two sittings", (first, second), _rounded(lower[:, best]), tuple(int(h) for h in sitting)
    )


def _best(means: Costs, counts: NDArray[np.int64]) -> int:
    """Return the place of the lightest choice: heaviest zone first, then all people, then first."""
    heaviest = means.max(axis=0).round(9)
    total = (counts @ means).round(6)
    return int(np.lexsort((np.arange(len(total)), total, heaviest))[0])


def _rounded(values: Any) -> tuple[float, ...]:
    return tuple(float(value) for value in np.round(values, 4))


def hours_told(choice: Choice) -> str:
    """Return the hours of a choice in words, ``9:00, then 17:00, then 1:00``."""
    told = [f"{hour}:00" for hour in choice.hours]
    joined = " and " if choice.sitting else ", then "
    return joined.join(told)


def no_lighter_than(choice: Choice, weighed: Weighed) -> str:
    """Return the first way before this one that is as light by both sums; '' where none is."""
    sums = summary(choice, weighed.people)
    before = weighed.choices[: weighed.choices.index(choice)]
    return next((each.name for each in before if summary(each, weighed.people) <= sums), "")


def summary(choice: Choice, people: People) -> tuple[float, float]:
    """Return the burden of the heaviest zone and of a person in the mean."""
    counts = [count for _, count in people]
    total = sum(b * n for b, n in zip(choice.burden, counts, strict=True))
    return max(choice.burden), total / sum(counts)
