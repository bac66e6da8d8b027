"""Public holidays of participants' countries are said on their own clock, and move nothing."""

import sys
from dataclasses import replace
from datetime import datetime

import pytest

from cstools.cohorts.basics.countries import country_code
from cstools.cohorts.calendar.events import Event
from cstools.cohorts.calendar.public_holidays import holiday_table
from cstools.cohorts.made_up.synthetic import _PLACES
from cstools.errors import MissingPartError


def _call(*when, minutes=60):
    return Event("c", "call", "call", datetime(*when), minutes, "America/New_York")


def test_a_holiday_is_looked_for_on_the_day_of_ones_own_clock():
    """17:00 in New York on 25 January is 9:00 on the 26th in Sydney."""
    homes = [("Australia", "Australia/Sydney", 3), ("United States", "America/New_York", 2)]
    shown = holiday_table("h", [_call(2027, 1, 25, 17)], homes)
    assert shown.rows == (
        ("Tue 26 Jan 2027", "call", "Australia Day", "Australia", "Australia/Sydney", "3"),
    )


def test_a_call_over_midnight_meets_the_holiday_after_it():
    homes = [("Denmark", "Europe/Copenhagen", 1)]
    assert [
        row[2] for row in holiday_table("h", [_call(2026, 12, 24, 17, minutes=90)], homes).rows
    ] == ["Christmas Day"]
    assert holiday_table("h", [_call(2026, 12, 24, 17)], homes).rows == ()


def test_a_call_of_new_years_eve_meets_the_holiday_of_the_next_year_where_it_is_that_already():
    """17:30 in New York is 7:30 on the next day in Tokyo, and 16:30 in Denver."""
    homes = [("Japan", "Asia/Tokyo", 1), ("United States", "America/Denver", 1)]
    shown = holiday_table("h", [_call(2026, 12, 31, 17, 30)], homes).rows
    assert [row[:3] for row in shown] == [("Fri 01 Jan 2027", "call", "New Year's Day")]


def test_each_day_of_a_workshop_is_looked_at():
    workshop = Event("w", "workshop", "Module", datetime(2020, 6, 28, 14), 7110, "America/New_York")
    homes = [("United States", "America/New_York", 1), ("Canada", "America/Toronto", 2)]
    found = [(row[0], row[2]) for row in holiday_table("h", [workshop], homes).rows]
    assert found == [
        ("Wed 01 Jul 2020", "Canada Day"),
        ("Fri 03 Jul 2020", "Independence Day (observed)"),
    ]


def test_a_cancelled_call_warns_of_nothing():
    gone = replace(_call(2027, 1, 25, 17), cancelled=True)
    assert holiday_table("h", [gone], [("Australia", "Australia/Sydney", 3)]).rows == ()


def test_where_no_holiday_is_met_that_is_said():
    homes = [("Denmark", "Europe/Copenhagen", 1)]
    told = "No call and no workshop meets a public holiday that is known of."
    assert holiday_table("h", [_call(2026, 12, 22, 17)], homes).notes[0] == told
    assert told not in holiday_table("h", [_call(2026, 12, 25, 9)], homes).notes


def test_a_country_that_cannot_be_read_is_named_and_not_guessed():
    homes = [("Atlantis", "Atlantic/Azores", 2), ("", "Asia/Tokyo", 1)]
    assert holiday_table("h", [_call(2026, 1, 1, 9)], homes).notes == (
        "Warnings only: nothing is moved. Holidays of a state, a faith or a school are not in.",
        "Not looked at, since their holidays are not known: Atlantis (2), no country stated (1).",
    )


def test_holidays_move_nothing(paired):
    calendar = paired.calendar()
    before = calendar.events
    assert any("Mountain Day" in row[2] for row in calendar.holidays().rows)
    assert calendar.events == before
    assert calendar.ics() == paired.calendar().ics()


def test_without_the_library_it_is_told_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "holidays", None)
    with pytest.raises(MissingPartError) as caught:
        holiday_table("h", [_call(2026, 1, 1, 9)], [("Denmark", "Europe/Copenhagen", 1)])
    assert str(caught.value) == (
        "'holidays' is not installed, and the warnings about public holidays need it; install it "
        "with: pip install 'cstools[planner]'"
    )


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Denmark", "DK"),
        (" united states ", "US"),
        ("U.S.A.", "US"),
        ("United Kingdom", "GB"),
        ("Türkiye", "TR"),
        ("Côte d'Ivoire", "CI"),
        ("South Korea", "KR"),
        ("Czechia", "CZ"),
        ("dk", "DK"),
        ("Trinidad & Tobago", "TT"),
        ("Atlantis", ""),
        ("", ""),
    ],
)
def test_a_country_is_read_as_people_write_it(written, code):
    assert country_code(written) == code


def test_every_country_of_the_made_up_people_is_read():
    assert all(country_code(place[0]) for place in _PLACES)
