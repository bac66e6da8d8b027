"""The burden of call hours: an open definition, every possibility tried, no decision taken."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations, product

import pytest

from cstools.cohorts import Programme
from cstools.cohorts.basics.zones import zone
from cstools.cohorts.calendar.burden import minute_costs, weigh
from cstools.cohorts.calendar.events import Event
from cstools.errors import DataError, UnknownNameError

PEOPLE = (("America/Los_Angeles", 4), ("Europe/Copenhagen", 5), ("Asia/Tokyo", 2))
CALLS = tuple(
    Event(str(m), "call", "call", datetime(2026, m, 10, 9), 90, "America/New_York")
    for m in (1, 4, 6, 10, 11, 12)
)


def _by_hand(call, hour, name):
    """Count a call's burden minute by minute, straight from the definition."""
    starts = call.starts.replace(hour=hour, tzinfo=zone(call.zone)).astimezone(zone(name))
    cost = 0.0
    for minute in range(call.minutes):
        there = (starts.replace(tzinfo=None) + timedelta(minutes=minute)).hour
        cost += 3 / 60 if there < 7 or there >= 22 else 1 / 60 if there < 8 or there >= 18 else 0
    return cost


def _mean(hours, name):
    """Return the burden of a mean call in a zone when the calls take these hours in turn."""
    costs = [_by_hand(call, hours[k % len(hours)], name) for k, call in enumerate(CALLS)]
    return sum(costs) / len(costs)


TABLE = {(name, hour, k): _by_hand(call, hour, name) for name, _ in PEOPLE for hour in range(24)
         for k, call in enumerate(CALLS)}  # fmt: skip


def _turning(hours, name):
    return sum(TABLE[name, hours[k % len(hours)], k] for k in range(len(CALLS))) / len(CALLS)


def test_a_day_costs_what_the_definition_says():
    hourly = minute_costs().reshape(24, 60).sum(axis=1).round(9)
    assert list(hourly) == [3] * 7 + [1] + [0] * 10 + [1] * 4 + [3] * 2


@pytest.mark.parametrize("place", range(3))
def test_the_calls_as_they_stand_are_counted_minute_by_minute(place):
    stands = weigh(CALLS, PEOPLE).choices[0]
    assert stands.burden[place] == pytest.approx(_mean((9,), PEOPLE[place][0]), abs=1e-4)  # rounded


def _worst(hours):
    return max(_turning(hours, name) for name, _ in PEOPLE)


def test_no_fixed_hour_is_lighter_for_the_heaviest_zone():
    fixed = weigh(CALLS, PEOPLE).choices[1]
    assert max(fixed.burden) == pytest.approx(min(_worst((h,)) for h in range(24)), abs=1e-4)


def test_no_rotation_of_three_hours_is_lighter_for_the_heaviest_zone():
    rotation = weigh(CALLS, PEOPLE).choices[2]
    least = min(_worst(hours) for hours in product(range(24), repeat=3))
    assert max(rotation.burden) == pytest.approx(least, abs=1e-4)
    assert [_turning(rotation.hours, name) for name, _ in PEOPLE] == pytest.approx(
        list(rotation.burden), abs=1e-4
    )


def test_no_two_sittings_are_lighter_for_the_heaviest_zone():
    two = weigh(CALLS, PEOPLE).choices[3]
    lightest = min(
        max(min(_turning((a,), name), _turning((b,), name)) for name, _ in PEOPLE)
        for a, b in combinations(range(24), 2)
    )
    assert max(two.burden) == pytest.approx(lightest, abs=1e-4)
    assert set(two.sitting) <= set(two.hours)


def test_the_faculty_come_to_both_sittings():
    two = weigh(CALLS, PEOPLE, ["America/New_York"]).choices[3]
    costs = [
        sum(_by_hand(call, hour, "America/New_York") for call in CALLS) / len(CALLS)
        for hour in two.hours
    ]
    assert two.burden[3] == pytest.approx(sum(costs), abs=1e-4)
    assert len(two.sitting) == len(PEOPLE)


def test_whom_both_sittings_cost_the_same_comes_to_the_earlier():
    two = weigh(CALLS, [("America/New_York", 3)], ["America/New_York"]).choices[3]
    assert (two.hours, two.sitting, two.burden) == ((8, 9), (8,), (0, 0))


def test_the_order_of_the_zones_decides_nothing():
    one, other = weigh(CALLS, PEOPLE), weigh(CALLS, PEOPLE[::-1])
    assert [choice.hours for choice in one.choices] == [choice.hours for choice in other.choices]
    assert [c.burden for c in one.choices] == [c.burden[::-1] for c in other.choices]


def test_the_table_shows_the_definition_and_leaves_the_decision(paired):
    shown = paired.calendar().call_hours(faculty=["America/New_York"]).table()
    assert shown.columns == (
        "zone",
        "people",
        "as it stands",
        "best fixed hour",
        "best rotation",
        "two sittings",
    )
    assert shown.notes[0] == (
        "Burden of a mean call: each hour outside 8:00 to 18:00 on one's own clock counts 1, each "
        "between 22:00 and 7:00 counts 3. This weighting is a choice of this package, not a "
        "finding."
    )
    assert shown.notes[-1].endswith("the faculty decide.")
    rows = {row[0]: row[1:] for row in shown.rows}
    assert rows["America/New_York, faculty"][-1].endswith("(at both)")
    assert rows["a person in the mean"][0] == str(len(paired.accepted) + 1)
    assert [row[0] for row in shown.rows[-2:]] == ["heaviest zone", "a person in the mean"]


def test_the_picture_says_in_words_what_the_table_says(paired):
    hours = paired.calendar().call_hours()
    told = repr(hours.picture())
    assert told.endswith("The faculty decide.")
    for name in ("as it stands", "best fixed hour", "best rotation", "two sittings"):
        assert f"{name} (" in told or f"{name}:" in told
    shown = hours._repr_mimebundle_()
    assert shown["text/plain"] == repr(hours.table())
    assert "<table" in shown["text/html"]
    assert "role='img' aria-label='" in shown["text/html"]


def test_where_nothing_is_gained_that_is_said_in_place_of_hours(paired):
    """In one zone a rotation would have one hour three times, and two sittings two for nothing."""
    calendar = replace(paired.calendar(), people=(("America/New_York", 18),))
    hours = calendar.call_hours()
    told = hours.table().notes
    for way in ("Best fixed hour", "Best rotation", "Two sittings"):
        assert f"{way}: no lighter than as it stands." in told
    assert not any("(at " in cell for row in hours.table().rows for cell in row)
    assert "two sittings (no lighter than as it stands): 0.00" in hours.picture().description
    early = replace(calendar, people=(("America/Los_Angeles", 18),)).call_hours()
    assert "Best fixed hour: 11:00 on the clock of America/New_York." in early.table().notes
    assert "Best rotation: no lighter than best fixed hour." in early.table().notes


def test_four_thousand_people_are_weighed_by_zone(paired):
    calendar = paired.calendar()
    many = tuple((name, count * 160) for name, count in calendar.people)
    assert sum(count for _, count in many) == 4000
    same = replace(calendar, people=many).call_hours().weighed
    assert same.choices == calendar.call_hours().weighed.choices


def test_one_of_several_series_is_asked_for_by_name(applications):
    programme = Programme.load("california-associates-1")
    calendar = programme.plan("California").enrol(applications).calendar()
    assert calendar.call_hours("community call").weighed.calls == 13
    with pytest.raises(UnknownNameError) as caught:
        calendar.call_hours("comunity call")
    assert "did you mean 'community call'" in str(caught.value)


def test_calls_on_two_clocks_are_not_weighed_together():
    mixed = (*CALLS, replace(CALLS[0], zone="Europe/Copenhagen"))
    with pytest.raises(DataError) as caught:
        weigh(mixed, PEOPLE)
    assert str(caught.value) == (
        "the calls are set on 2 clocks (America/New_York, Europe/Copenhagen); weigh the series one "
        "by one, as call_hours('name of the series')"
    )


def test_without_people_there_is_no_burden():
    with pytest.raises(DataError) as caught:
        Programme.load("master-practitioners-2026").plan("Class").calendar().call_hours()
    assert str(caught.value) == (
        "the burden of call hours needs calls with days and people with zones"
    )
