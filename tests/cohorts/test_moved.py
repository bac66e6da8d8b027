"""When the zone database changes, what moved since the calendar was published is listed."""

import json
from dataclasses import replace
from importlib import resources
from zoneinfo import ZoneInfo

import pytest

from cstools.cohorts import Programme, open_planner
from cstools.cohorts.basics import zones
from cstools.cohorts.calendar.year_calendar import Calendar

OURS = """
[[calls]]
name = "monthly call"
day = "second Tuesday"
start = 09:00:00
zone = "{zone}"
minutes = 120
"""


@pytest.fixture
def before_the_law(monkeypatch):
    """The database as it was before British Columbia's law: Vancouver's clocks as in California."""

    def switch():
        file = resources.files("tzdata").joinpath("zoneinfo", "America", "Los_Angeles")
        with file.open("rb") as content:
            old = ZoneInfo.from_file(content, key="America/Vancouver")
        today = zones._clock

        def clock(known):
            return old if known == "America/Vancouver" else today(known)

        monkeypatch.setattr(zones, "_clock", clock)
        monkeypatch.setattr(zones, "VERSION", "2025b")

    yield switch
    monkeypatch.undo()


@pytest.fixture
def cohort(tmp_path, paired):
    def made(zone, more=""):
        path = tmp_path / "ours.toml"
        path.write_text(OURS.format(zone=zone) + more, encoding="utf-8")
        programme = Programme.load("master-practitioners-2026", overlay=path)
        return replace(paired, programme=programme)

    return made


WINTER = [
    "10 Nov 2026, 09:00",
    "08 Dec 2026, 09:00",
    "12 Jan 2027, 09:00",
    "09 Feb 2027, 09:00",
    "09 Mar 2027, 09:00",
]


def _published(store, cohort, monkeypatch, switch):
    """Publish with the old database, then again with today's; return both calendars."""
    planner = open_planner(store)
    switch()
    old = planner.publish(cohort)
    monkeypatch.undo()
    return old, planner.publish(cohort), planner.publish(cohort)


def test_calls_on_a_clock_that_changed_are_listed_and_count_up(
    tmp_path, cohort, monkeypatch, before_the_law
):
    ours = cohort("America/Vancouver")
    old, new, again = _published(tmp_path / "planner", ours, monkeypatch, before_the_law)
    assert old.moved == ()
    utc = [row for row in new.moved_table().rows if row[2] == "UTC"]
    assert [row[0] for row in utc] == [f"{day} America/Vancouver" for day in WINTER]
    assert utc[0][3:] == ("Tue 10 Nov 2026, 17:00", "Tue 10 Nov 2026, 16:00")
    assert new.moved_table().notes == (f"The database was 2025b and is {zones.VERSION}.",)
    assert [call.sequence for call in new.calls] == [0] * 4 + [1] * 5 + [0] * 3
    assert [call.starts for call in new.calls] == [call.starts for call in old.calls]
    assert (again.moved, again.events) == ((), new.events)


def test_where_only_a_participants_clock_changed_the_call_stays_and_is_listed(
    tmp_path, cohort, monkeypatch, before_the_law
):
    ours = cohort("America/New_York")
    _, new, _ = _published(tmp_path / "planner", ours, monkeypatch, before_the_law)
    rows = new.moved_table().rows
    assert [row[0] for row in rows] == [f"{day} America/New_York" for day in WINTER]
    assert {row[2] for row in rows} == {"America/Vancouver"}
    assert rows[0][3:] == ("Tue 10 Nov 2026, 06:00", "Tue 10 Nov 2026, 07:00")
    assert {event.sequence for event in new.events} == {0}
    assert "5 events moved on some clock since the zone database changed." in repr(new)


def test_a_call_that_is_cancelled_moved_nowhere(tmp_path, cohort, monkeypatch, before_the_law):
    off = "[[sessions]]\ncall = 'monthly call'\nwhich = '2026-11'\ncancelled = true\n"
    old, now = cohort("America/Vancouver"), cohort("America/Vancouver", off)
    before_the_law()
    published = old.calendar()
    monkeypatch.undo()
    utc = [row[0] for row in now.calendar().after(published).moved_table().rows if row[2] == "UTC"]
    assert utc == [f"{day} America/Vancouver" for day in WINTER[1:]]


def test_with_the_same_database_nothing_moved(paired):
    calendar = paired.calendar()
    shown = calendar.after(calendar).moved_table()
    assert shown.rows == ()
    assert shown.notes == (f"Nothing moved; worked out with the zone database {zones.VERSION}.",)


def test_what_the_coordinator_moved_is_not_blamed_on_the_database(paired, cohort):
    before = paired.calendar()
    old = tuple(replace(event, tzdata="2025b") for event in before.events)
    after = cohort("America/Vancouver").calendar().after(Calendar("c", old))
    assert after.moved == ()


def test_a_calendar_published_before_moments_were_kept_counts_nothing_up(paired):
    now = paired.calendar()
    old = tuple(replace(event, instant="", seen="", tzdata="") for event in now.events)
    after = now.after(Calendar("c", old))
    assert {event.sequence for event in after.events} == {0}
    assert after.moved == ()


def test_the_edition_is_kept_with_each_published_event(paired):
    from cstools.cohorts.store.rows import event_from_text, event_text

    for event in paired.calendar().events:
        back = event_from_text(event_text(event))
        assert (back, back.seen, back.tzdata) == (event, event.seen, event.tzdata)
        assert json.loads(event_text(event))["tzdata"] == (zones.VERSION if event.timed else "")
