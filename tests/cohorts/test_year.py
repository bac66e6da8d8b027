"""The year: wall clocks are the truth, everybody sees their own, and calendar programs agree."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import icalendar
import pytest

from cstools.cohorts import Programme
from cstools.cohorts.basics.zones import VERSION, at, canonical, zone
from cstools.cohorts.calendar.vtimezone import vtimezone
from cstools.cohorts.calendar.year import call_days, revised, undecided, year_events
from cstools.errors import DataError

SVG = "{http://www.w3.org/2000/svg}"
OURS = """
[[calls]]
name = "monthly call"
day = "second Tuesday"
start = 09:00:00
zone = "America/New_York"
minutes = 120
"""


@pytest.fixture
def ours(tmp_path):
    path = tmp_path / "ours.toml"
    path.write_text(OURS, encoding="utf-8")
    return path


def test_a_call_at_nine_in_new_york_is_another_hour_of_utc_in_winter():
    days = [date(2020, 7, 14), date(2020, 10, 27), date(2020, 11, 3), date(2021, 3, 16)]
    moments = [at(datetime(d.year, d.month, d.day, 9), "America/New_York") for d in days]
    assert [moment.astimezone(UTC).hour for moment in moments] == [13, 13, 14, 13]
    assert [moment.astimezone(zone("Europe/Copenhagen")).hour for moment in moments] == [
        15,
        14,
        15,
        14,
    ]


def test_the_calls_of_2020_keep_nine_on_the_wall_clock_all_year():
    events = year_events(Programme.load("master-practitioners-2020"), "Second")
    calls = [event for event in events if event.kind == "call"]
    assert {(event.starts.hour, event.zone) for event in calls} == {(9, "America/New_York")}
    assert {event.utc.hour for event in calls} == {13, 14}
    assert calls[0].day == date(2020, 7, 14)
    assert calls[0].note == "'Eastern Standard Time' in the programme's own words"


def test_no_call_falls_into_a_workshop(tmp_path):
    path = tmp_path / "ours.toml"
    path.write_text(
        '[[calls]]\nname = "learning community call"\nday = "first Wednesday"\n', encoding="utf-8"
    )
    programme = Programme.load("master-practitioners-2020", overlay=path)
    days = [event.day for event in year_events(programme, "Second") if event.kind == "call"]
    assert date(2020, 7, 1) not in days
    assert date(2020, 8, 5) in days


def test_what_nobody_decided_is_drawn_as_a_proposal_and_said():
    programme = Programme.load("master-practitioners-2026")
    calls = [event for event in year_events(programme, "Class") if event.kind == "call"]
    assert {event.proposed for event in calls} == {("day", "start", "zone", "minutes")}
    assert undecided(programme) == (
        "The days of the meeting in person are not stated.",
        "'monthly call': not stated, and drawn as a proposal: day second Tuesday, start 09:00, "
        "zone America/New_York, minutes 60.",
    )


def test_what_an_overlay_decides_is_set(ours):
    programme = Programme.load("master-practitioners-2026", overlay=ours)
    calls = [event for event in year_events(programme, "Class") if event.kind == "call"]
    assert len(calls) == 12
    assert {event.proposed for event in calls} == {()}
    assert undecided(programme) == ("The days of the meeting in person are not stated.",)


@pytest.mark.parametrize(
    ("every", "rule", "first", "last", "days"),
    [
        ("month", "second Tuesday", "2026-07-01", "2026-08-31", ["2026-07-14", "2026-08-11"]),
        ("month", "last Friday", "2026-12-01", "2027-01-31", ["2026-12-25", "2027-01-29"]),
        ("month", "first Monday", "2026-06-02", "2026-06-30", []),
        ("month", "first Monday", "2026-06-01", "2026-07-06", ["2026-06-01", "2026-07-06"]),
        (
            "two weeks",
            "Tuesdays",
            "2021-10-01",
            "2021-11-02",
            ["2021-10-05", "2021-10-19", "2021-11-02"],
        ),
    ],
)
def test_a_rule_gives_the_days_of_its_calls(every, rule, first, last, days):
    found = call_days(every, rule, date.fromisoformat(first), date.fromisoformat(last))
    assert [day.isoformat() for _, day in found] == days


MONTHLY = "names no day for a call; write it as 'second Tuesday' or 'last Friday'"
FORTNIGHTLY = "names no day for a call; write it as 'Tuesday'"


@pytest.mark.parametrize(
    ("every", "rule", "message"),
    [
        ("month", "Tuesday", MONTHLY),
        ("month", "second Tusday", MONTHLY),
        ("month", "", MONTHLY),
        ("two weeks", "second Tuesday", FORTNIGHTLY),
    ],
)
def test_a_rule_that_names_no_day_is_told(every, rule, message):
    with pytest.raises(DataError) as caught:
        call_days(every, rule, date(2026, 1, 1), date(2026, 12, 31))
    assert str(caught.value) == f"'{rule}' {message}"


def test_an_hour_that_the_clocks_skip_is_refused():
    with pytest.raises(DataError) as caught:
        at(datetime(2027, 3, 14, 2, 30), "America/New_York")
    assert str(caught.value) == (
        "02:30 on 14 March 2027 does not exist in America/New_York: the clocks go forward over "
        "it; choose another hour"
    )


def test_the_clocks_are_those_of_the_package_and_not_of_the_machine():
    assert zone("Europe/Copenhagen") is zone("europe/copenhagen")
    assert canonical(" america/new york ") == "America/New_York"
    assert VERSION[:4].isdigit()
    with pytest.raises(DataError) as caught:
        zone("Mars/Olympus")
    assert str(caught.value) == (
        "'Mars/Olympus' is no time zone; write a part of the world and a city in it, such as "
        "'Europe/Copenhagen'"
    )


def test_everybody_reads_their_own_date_and_hour(paired):
    rows = {
        row[2]: row for row in paired.calendar().in_zone("Australia/Sydney").rows if row[3] != "set"
    }
    calendar = paired.calendar().in_zone("Australia/Sydney")
    november = next(row for row in calendar.rows if row[0] == "Wed 11 Nov 2026")
    assert november[1] == "01:00–02:00"
    assert set(rows) == {"monthly call"}


def test_days_stand_in_the_order_of_ones_own_clock():
    """What begins on 28 June at 14:00 in New York begins on the 29th in Tokyo, after that day."""
    calendar = Programme.load("master-practitioners-2020").plan("Second").calendar()
    rows = calendar.in_zone("Asia/Tokyo").rows
    days = [datetime.strptime(row[0], "%a %d %b %Y") for row in rows]
    assert days == sorted(days)
    assert len(rows) == len(calendar.events)
    names = [row[2] for row in rows]
    assert names.index("The year begins") < names.index("Module 1: Systems Awareness")


def test_each_zone_hears_when_its_hour_changes(paired):
    shown = {row[0]: row[2] for row in paired.calendar().in_each_zone().rows}
    assert shown["Europe/Copenhagen"] == "15:00"
    assert shown["Asia/Tokyo"] == "22:00 (Jul 26–Oct 26, Apr 27–Jun 27) · 23:00 (Nov 26–Mar 27)"
    people = sum(int(row[1]) for row in paired.calendar().in_each_zone().rows)
    assert people == len(paired.accepted)


def test_pictures_say_in_words_what_they_show(paired):
    calendar = paired.calendar()
    timeline = calendar.timeline()
    assert repr(timeline).endswith(
        "12 calls from July 2026 to June 2027, hollow because their day or hour is only proposed."
    )
    for picture in (timeline, calendar.who_meets_when()):
        shown = picture._repr_mimebundle_()
        assert shown["text/plain"] == repr(picture)
        assert "role='img' aria-label='" in shown["text/html"]


def numbers(svg, tag, name):
    parts = [part for part in ElementTree.fromstring(svg).iter(f"{SVG}{tag}") if part.get(name)]
    return [float(part.get(name)) for part in parts]


def test_nothing_of_a_timeline_stands_outside_its_months():
    """The portfolio's review is on the last day of this run, and at the end of its year."""
    picture = Programme.load("master-practitioners-2020").plan("Second").calendar().timeline()
    edge = max(numbers(picture.svg, "line", "x2"))
    diamonds = re.findall(r"<path d='M([\d.]+) ", picture.svg)
    assert len(diamonds) >= 4
    assert max(float(x) for x in diamonds) <= edge
    assert numbers(picture.svg, "line", "x1").count(edge) == 1  # where the last month ends


def test_each_series_has_its_own_grid_and_each_call_its_own_day(applications):
    """California has two series, thirteen calls each, twice in most months."""
    programme = Programme.load("california-associates-1")
    calendar = programme.plan("California").enrol(applications).calendar()
    picture = calendar.who_meets_when()
    words = [part.text for part in ElementTree.fromstring(picture.svg).iter(f"{SVG}text")]
    heads = [word for word in words if re.fullmatch(r"\d+ [A-Z][a-z]{2} \d\d", word)]
    series = [word for word in words if word in ("community call", "contemplative call")]
    assert len(heads) == len(calendar.calls) == 26
    assert len(set(heads)) == 13  # both series are drawn on the same days
    assert len(series) == 4  # of each seven calls side by side, and six
    width = float(ElementTree.fromstring(picture.svg).get("viewBox").split()[2])
    assert width < 960  # what a notebook shows without making the letters smaller
    assert len(picture.table) == 26


def test_a_run_without_dates_draws_nothing_and_says_so():
    calendar = Programme.load("master-practitioners-first").plan("First").calendar()
    assert calendar.events == ()
    assert repr(calendar.timeline()) == (
        "First calendar: no day is stated, so there is nothing to draw."
    )


@pytest.fixture
def read_back(ours, applications):
    programme = Programme.load("master-practitioners-2026", overlay=ours)
    cohort = programme.plan("Class of 2026-2027").enrol(applications)
    return icalendar.Calendar.from_ical(cohort.calendar().ics()), cohort.calendar()


def test_another_program_reads_each_call_at_its_moment(read_back):
    calendar, ours = read_back
    events = {str(event["uid"]): event for event in calendar.walk("VEVENT")}
    assert len(events) == len(ours.events) == 16
    for event in ours.calls:
        there = events[event.uid]
        assert there["dtstart"].params["TZID"] == "America/New_York"
        assert there["dtstart"].dt.replace(tzinfo=None) == event.starts
        assert there["dtstart"].dt.astimezone(UTC) == event.utc
        assert there["dtend"].dt - there["dtstart"].dt == timedelta(minutes=120)
        assert "rrule" not in there
        assert there["dtstamp"].dt.tzinfo is not None


def test_each_call_is_one_event_and_whole_days_are_days(read_back):
    calendar, _ = read_back
    whole = [event for event in calendar.walk("VEVENT") if not hasattr(event["dtstart"].dt, "hour")]
    assert {str(event["summary"]) for event in whole} == {
        "Early bird ends",
        "Applications close",
        "The year begins",
        "The year ends",
    }
    assert all(event["dtend"].dt - event["dtstart"].dt == timedelta(1) for event in whole)


ZONES = (
    "America/New_York",
    "Europe/Copenhagen",
    "Europe/Dublin",
    "Australia/Sydney",
    "America/Santiago",
    "America/Vancouver",
    "Africa/Casablanca",
    "Africa/Windhoek",
    "Asia/Jerusalem",
    "Asia/Kathmandu",
)


@pytest.mark.parametrize("name", ZONES)
def test_the_written_zone_agrees_with_the_database_hour_by_hour(name):
    """Two years of hours, so that both changes of the clocks of both years are among them."""
    written = vtimezone(name, date(2026, 6, 22), date(2027, 7, 12)).to_ical()
    there = icalendar.Timezone.from_ical(written).to_tz(lookup_tzid=False)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    moments = (start + timedelta(hours=k) for k in range(2 * 365 * 24))
    wrong = [
        moment
        for moment in moments
        if moment.astimezone(there).utcoffset() != moment.astimezone(zone(name)).utcoffset()
    ]
    assert wrong == []


def test_a_zone_with_steady_changes_is_written_as_rules_and_never_as_dates():
    written = vtimezone("Europe/Copenhagen", date(2026, 6, 22), date(2027, 7, 12)).to_ical()
    assert b"RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in written
    assert b"RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10" in written
    assert b"RDATE" not in written


def test_the_same_calendar_is_the_same_file(paired, tmp_path):
    first = paired.calendar().write(tmp_path / "one.ics").read_bytes()
    assert paired.calendar().write(tmp_path / "two.ics").read_bytes() == first
    assert first.count(b"\r\n") == first.count(b"\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.ics", "two.ics"]


def test_a_moved_call_keeps_its_identity_and_counts_up(paired, ours):
    before = paired.calendar()
    moved = replace(paired, programme=Programme.load("master-practitioners-2026", overlay=ours))
    after = moved.calendar().after(before)
    assert [event.uid for event in after.calls] == [event.uid for event in before.calls]
    assert {event.sequence for event in after.calls} == {1}
    assert {event.sequence for event in after.events if event.kind != "call"} == {0}
    assert after.after(after) == after


def test_a_call_that_is_gone_is_cancelled_once(paired):
    before = paired.calendar().events
    left = tuple(event for event in before if event.uid != before[5].uid)
    after = revised(left, before)
    dropped = next(event for event in after if event.cancelled)
    assert (dropped.uid, dropped.sequence) == (before[5].uid, 1)
    assert revised(left, after) == after
    text = replace(paired.calendar(), events=after).ics()
    assert text.count("STATUS:CANCELLED") == 1


def test_a_proposed_call_is_tentative_in_the_file(paired):
    calendar = icalendar.Calendar.from_ical(paired.calendar().ics())
    calls = [event for event in calendar.walk("VEVENT") if "proposed" in str(event["summary"])]
    assert len(calls) == 12
    assert {str(event["status"]) for event in calls} == {"TENTATIVE"}
    assert str(calls[0]["description"]) == "Not decided yet: day, start, zone, minutes."
