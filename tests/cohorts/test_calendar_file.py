"""The calendar file: what other programs read in it, hour by hour, and what happens on a change."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib import resources
from io import StringIO
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil import tz

from cstools.cohorts import Programme
from cstools.cohorts.basics.zones import zone
from cstools.cohorts.calendar.events import Event, revised
from cstools.cohorts.calendar.ics import ics_text
from cstools.cohorts.calendar.vtimezone import vtimezone
from cstools.errors import DataError

HOUR = timedelta(hours=1)
CHANGING = ("America/New_York", "Europe/Copenhagen", "Australia/Sydney", "America/Vancouver")


@cache
def _database(name):
    """Read the zone with the standard library alone, as the packaged database has it."""
    with resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file)


def _hours_of_a_year(name):
    """Return every hour of a year as a moment and as a wall clock, repeated hours once."""
    start = datetime(2026, 7, 1, tzinfo=UTC)
    local = [
        (start + HOUR * k, (start + HOUR * k).astimezone(_database(name))) for k in range(8760)
    ]
    return [(moment, wall.replace(tzinfo=None)) for moment, wall in local if not wall.fold]


def _each_hour_near_a_change(hours, name):
    """Return each hour of two days around each change of the clocks, and an hour of each day."""
    ahead = [moment.astimezone(_database(name)).utcoffset() for moment, _ in hours]
    turns = [k for k in range(1, len(hours)) if ahead[k] != ahead[k - 1]]
    return [
        hour
        for k, hour in enumerate(hours)
        if k % 25 == 0 or any(abs(k - turn) <= 48 for turn in turns)
    ]


@pytest.mark.parametrize("name", CHANGING)
def test_an_event_in_each_hour_is_read_back_at_its_moment(name):
    """The zone is the one in the file: icalendar looks a name up in the machine's own database."""
    hours = _each_hour_near_a_change(_hours_of_a_year(name), name)
    events = [Event(str(k), "call", "call", wall, 60, name) for k, (_, wall) in enumerate(hours)]
    read = icalendar.Calendar.from_ical(ics_text("every hour", events))
    found = {str(event["uid"]): event for event in read.walk("VEVENT")}
    written = read.walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)
    assert len(found) == len(hours)
    for k, (moment, wall) in enumerate(hours):
        starts = found[str(k)]["dtstart"]
        assert (starts.params["TZID"], starts.dt.replace(tzinfo=None)) == (name, wall)
        assert wall.replace(tzinfo=written).astimezone(UTC) == moment
        assert moment.astimezone(written).replace(tzinfo=None) == wall


@pytest.mark.parametrize("name", [*CHANGING, "Africa/Casablanca", "Asia/Kathmandu"])
def test_a_second_program_reads_the_zone_as_the_database_has_it(name):
    """dateutil reads VTIMEZONE with code of its own; it is asked for every hour of a year."""
    text = vtimezone(name, date(2026, 7, 1), date(2027, 7, 1)).to_ical().decode()
    there = tz.tzical(StringIO(text)).get(name)
    wrong = [
        wall
        for moment, wall in _hours_of_a_year(name)
        if wall.replace(tzinfo=there).utcoffset() != moment.astimezone(_database(name)).utcoffset()
    ]
    assert wrong == []


def test_the_clocks_of_british_columbia_and_alberta_no_longer_change():
    """IANA tz list, 2026: last changes on 8 March 2026; UTC-7 and UTC-6 from then on."""
    for name, ahead in (("America/Vancouver", -7), ("America/Edmonton", -6)):
        winter, summer = (
            datetime(2027, m, 12, 18, tzinfo=UTC).astimezone(zone(name)) for m in (1, 7)
        )
        assert winter.utcoffset() == summer.utcoffset() == HOUR * ahead


def test_no_event_of_a_file_repeats(paired):
    read = icalendar.Calendar.from_ical(paired.calendar().ics())
    assert all("rrule" not in event and "rdate" not in event for event in read.walk("VEVENT"))
    assert read.walk("VTIMEZONE")[0].walk("DAYLIGHT")[0]["rrule"]


def test_the_file_in_utc_has_the_same_moments_and_no_zone(paired):
    calendar = paired.calendar()
    read = icalendar.Calendar.from_ical(calendar.ics(utc=True))
    assert read.walk("VTIMEZONE") == []
    found = {str(event["uid"]): event for event in read.walk("VEVENT")}
    assert set(found) == {event.uid for event in calendar.events}
    for call in calendar.calls:
        starts, ends = found[call.uid]["dtstart"].dt, found[call.uid]["dtend"].dt
        assert (starts, ends - starts) == (call.utc, HOUR)
        assert starts.utcoffset() == timedelta()


def test_the_file_in_utc_is_written_like_the_other(paired, tmp_path):
    path = paired.calendar().write(tmp_path / "utc.ics", utc=True)
    assert path.read_bytes().decode() == paired.calendar().ics(utc=True)


def test_a_workshop_over_a_change_of_the_clocks_ends_at_its_hour():
    """From Saturday 16:00 to Sunday 12:00 while New York's clocks go forward: 19 hours."""
    event = Event(
        "w", "workshop", "workshop", datetime(2027, 3, 13, 16), 20 * 60, "America/New_York"
    )
    read = icalendar.Calendar.from_ical(ics_text("change", [event])).walk("VEVENT")[0]
    assert read["dtend"].dt.time() == time(12)
    assert read["dtend"].dt.astimezone(UTC) - read["dtstart"].dt.astimezone(UTC) == HOUR * 19


def test_a_call_over_a_change_of_the_clocks_lasts_its_minutes():
    """One hour from 1:30 on the night when New York's clocks go forward at 2:00: until 3:30."""
    event = Event("c", "call", "call", datetime(2027, 3, 14, 1, 30), 60, "America/New_York")
    assert event.finish.replace(tzinfo=None) == datetime(2027, 3, 14, 3, 30)
    assert event.finish.astimezone(UTC) - event.utc == HOUR


def test_a_cancelled_event_stays_cancelled_without_counting_up(paired):
    first = paired.calendar().events
    dropped = tuple(replace(e, cancelled=True) if e is first[5] else e for e in first)
    second = revised(dropped, first)
    third = revised(dropped, second)
    assert third == second
    assert [e.sequence for e in second if e.cancelled] == [1]
    back = revised(first, third)
    assert [(e.cancelled, e.sequence) for e in back if e.uid == first[5].uid] == [(False, 2)]


def test_what_is_cancelled_can_be_sent_alone(paired):
    before = paired.calendar()
    after = replace(before, events=before.events[:5]).after(before)
    read = icalendar.Calendar.from_ical(after.cancellations())
    assert str(read["method"]) == "CANCEL"
    events = read.walk("VEVENT")
    assert {str(e["uid"]) for e in events} == {e.uid for e in before.events[5:]}
    assert {(str(e["status"]), e["sequence"]) for e in events} == {("CANCELLED", 1)}


def test_nothing_cancelled_is_told(paired):
    with pytest.raises(DataError) as caught:
        paired.calendar().cancellations()
    assert str(caught.value) == (
        "'Class of 2026-2027 calendar' has nothing cancelled; there is no such file to write"
    )


def test_the_first_workshop_of_2020_is_written_with_its_hours():
    calendar = Programme.load("master-practitioners-2020").plan("Second").calendar()
    read = icalendar.Calendar.from_ical(calendar.ics())
    module = next(e for e in read.walk("VEVENT") if str(e["summary"]).startswith("Module 1"))
    assert module["dtstart"].dt.astimezone(UTC) == datetime(2020, 6, 28, 18, tzinfo=UTC)
    assert module["dtend"].dt - module["dtstart"].dt == timedelta(hours=118.5)
