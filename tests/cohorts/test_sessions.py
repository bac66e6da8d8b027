"""Milestones, guests and single calls: what the documents say, and what a coordinator decides."""

from datetime import UTC, date, datetime, time

import icalendar
import pytest

from cstools.cohorts import Programme
from cstools.errors import DataError, FileError
from tests.cohorts.people import somebody

SERIES = """
[[calls]]
name = "learning community call"
day = "second Tuesday"
"""


@pytest.fixture
def calendar(tmp_path):
    """Return the calendar of 2020–21 with more lines of a coordinator's own file."""

    def made(lines, programme="master-practitioners-2020"):
        path = tmp_path / "ours.toml"
        path.write_text(lines, encoding="utf-8")
        return Programme.load(programme, overlay=path).plan("Second").calendar()

    return made


def _milestones(calendar):
    return [
        (event.day, event.name, event.proposed)
        for event in calendar.events
        if event.kind == "milestone"
    ]


def test_the_milestones_of_2020_are_those_of_its_documents():
    calendar = Programme.load("master-practitioners-2020").plan("Second").calendar()
    assert _milestones(calendar) == [
        (date(2020, 6, 27), "Project reviewed, at the latest", ()),
        (date(2020, 7, 3), "Project can be finalised from here on", ()),
        (date(2021, 6, 28), "Portfolio reviewed", ("day",)),
    ]


@pytest.mark.parametrize(
    ("programme", "last"),
    [
        ("california-associates-1", date(2022, 3, 31)),
        ("california-associates-2", date(2022, 9, 30)),
    ],
)
def test_californias_closing_review_is_drawn_at_the_end_as_a_proposal(programme, last):
    calendar = Programme.load(programme).plan("California").calendar()
    assert _milestones(calendar) == [(last, "Portfolio reviewed", ("day",))]


@pytest.mark.parametrize(
    "programme",
    ["master-practitioners-first", "master-practitioners-2023", "master-practitioners-2026"],
)
def test_where_the_documents_are_silent_there_is_no_milestone(programme):
    assert _milestones(Programme.load(programme).plan("A class").calendar()) == []


def test_what_the_milestones_of_2020_need_is_said():
    calendar = Programme.load("master-practitioners-2020").plan("Second").calendar()
    assert calendar.undecided[3:] == (
        "By when a project is finalised is not stated, only 'after the first workshop'; write "
        "finalised_by under [project].",
        "The day of the portfolio's review, 'at the end of the year', is not stated, and drawn on "
        "the year's last day; write review_on under [portfolio].",
        "'learning community call': theme not stated for 12 of 12 calls.",
        "'learning community call': pre-work not stated for 12 of 12 calls.",
        "'learning community call': guest speaker not stated for 12 of 12 calls.",
    )


def test_a_coordinators_days_take_the_place_of_words(calendar):
    shown = calendar(
        "[project]\nreviewed_by = 2020-06-10\nfinalised_by = 2020-08-01\n"
        "[portfolio]\ndue = 2021-05-20\nreview_on = 2021-06-15\n"
        '[[milestones]]\nname = "Peer visit"\nday = 2020-11-05\nnote = "at each other\'s sites"\n'
    )
    assert _milestones(shown) == [
        (date(2020, 6, 10), "Project reviewed, at the latest", ()),
        (date(2020, 7, 3), "Project can be finalised from here on", ()),
        (date(2020, 8, 1), "Project finalised, at the latest", ()),
        (date(2020, 11, 5), "Peer visit", ()),
        (date(2021, 5, 20), "Portfolio handed in, at the latest", ()),
        (date(2021, 6, 15), "Portfolio reviewed", ()),
    ]
    assert not any("finalised" in line or "portfolio" in line for line in shown.undecided)


def test_two_milestones_of_one_name_are_two_things_in_everybodys_calendar(calendar):
    lines = "".join(
        f'[[milestones]]\nname = "{name}"\nday = {day}\n'
        for name, day in (
            ("Project day", "2020-10-01"),
            ("Project day", "2021-02-01"),
            ("The year ends", "2021-06-01"),
        )
    )
    shown = calendar(lines)
    assert len({event.uid for event in shown.events}) == len(shown.events)
    assert [event.sequence for event in shown.after(shown).events] == [0] * len(shown.events)
    later = calendar(lines.replace("2021-02-01", "2021-02-03")).after(shown)
    assert [event.day for event in later.events if event.sequence] == [date(2021, 2, 3)]
    read = icalendar.Calendar.from_ical(shown.ics())
    days = [e["dtstart"].dt for e in read.walk("VEVENT") if str(e["summary"]) == "Project day"]
    assert days == [date(2020, 10, 1), date(2021, 2, 1)]


HOUR = """
[[calls]]
name = "office hour"
day = "second Tuesday"
start = 15:00:00
zone = "America/New_York"
minutes = 60
"""


def test_calls_whose_rhythm_nobody_stated_are_proposed_and_that_is_said(calendar):
    shown = calendar(HOUR)
    assert {c.proposed for c in shown.calls if c.name == "office hour"} == {("rhythm",)}
    assert (
        "'office hour': not stated, and drawn as a proposal: rhythm every month." in shown.undecided
    )
    moved = '[[sessions]]\ncall = "office hour"\nwhich = "2020-09"\nday = 2020-09-09\n'
    (one,) = [c for c in calendar(HOUR + moved).calls if c.day == date(2020, 9, 9)]
    assert one.proposed == ()
    stated = calendar(HOUR + 'every = "month"\n')
    assert {c.proposed for c in stated.calls if c.name == "office hour"} == {()}


@pytest.mark.parametrize(
    ("where", "wall", "zone", "told", "drawn"),
    [
        ("Pacific/Kiritimati", "00:30", "Pacific/Pago_Pago", "23:30 two days before", "23:30−2"),
        ("Pacific/Pago_Pago", "23:30", "Pacific/Kiritimati", "00:30 two days later", "00:30+2"),
    ],
)
def test_clocks_more_than_a_day_apart_meet(tmp_path, where, wall, zone, told, drawn):
    lines = HOUR.replace("America/New_York", where).replace("15:00", wall)
    path = tmp_path / "ours.toml"
    path.write_text(f'{lines}every = "month"\n', encoding="utf-8")
    cohort = Programme.load("master-practitioners-2023", overlay=path).plan("Far apart")
    calendar = cohort.enrol([somebody(0, time_zone=zone)]).calendar()
    assert calendar.in_each_zone().rows == ((zone, "1", told),)
    assert drawn in calendar.who_meets_when()._repr_mimebundle_()["text/html"]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("", "'' is no file's name; write it as text, as 'ours.xlsx'"),
        (".", "'.' is a folder; write the file's name as well, as 'year.ics'"),
    ],
)
def test_a_calendar_without_a_files_name_is_told(calendar, path, message):
    with pytest.raises(FileError) as caught:
        calendar("").write(path)
    assert str(caught.value) == message


GUEST = (
    SERIES
    + """
[[sessions]]
call = "learning community call"
which = "2020-10"
theme = "Feedback we cannot see"
speaker = "Made-up Guest"
prework = "read the second chapter"
"""
)


def test_a_guest_slot_holds_theme_speaker_and_pre_work(calendar):
    shown = calendar(GUEST)
    slots = {row[0]: row[3:] for row in shown.guest_slots().rows}
    assert slots["Tue 13 Oct 2020"] == (
        "Feedback we cannot see",
        "Made-up Guest",
        "read the second chapter",
    )
    assert slots["Tue 10 Nov 2020"] == ("not stated", "not stated", "not stated")
    assert "'learning community call': guest speaker not stated for 11 of 12 calls." in (
        shown.undecided
    )


def test_the_guest_is_in_everybodys_calendar_file(calendar):
    read = icalendar.Calendar.from_ical(calendar(GUEST).ics())
    event = next(e for e in read.walk("VEVENT") if "Feedback" in str(e["summary"]))
    assert str(event["summary"]) == "learning community call: Feedback we cannot see"
    assert str(event["description"]) == (
        "Guest speaker: Made-up Guest\nPre-work: read the second chapter\n"
        "'Eastern Standard Time' in the programme's own words"
    )


def test_a_moved_call_is_the_same_call_and_says_where_from(calendar):
    before = calendar(SERIES)
    after = calendar(
        SERIES + '[[sessions]]\ncall = "learning community call"\nwhich = "2020-10-13"\n'
        'day = 2020-10-20\nstart = 10:00:00\nminutes = 90\nwhy = "the faculty travel"\n'
    ).after(before)
    moved = [event for event in after.events if event.sequence]
    assert [(e.starts, e.minutes) for e in moved] == [(datetime(2020, 10, 20, 10), 90)]
    assert moved[0].uid in {event.uid for event in before.calls}
    assert moved[0].note.endswith("Moved from 13 October 2020, 09:00. the faculty travel.")


@pytest.mark.parametrize(
    ("rule", "day"), [("last Sunday", "2020-06-28"), ("first Friday", "2020-07-03")]
)
def test_a_call_is_in_a_workshop_where_it_was_moved_there_and_only_then(calendar, rule, day):
    """The first workshop is from 28 June to 3 July."""
    drawn = calendar(SERIES.replace("second Tuesday", rule)).calls
    assert day not in {f"{call.day}" for call in drawn}
    moved = f'[[sessions]]\ncall = "learning community call"\nwhich = "2020-10"\nday = {day}\n'
    assert calendar(SERIES + moved).calls[0].day.isoformat() == day


def test_a_call_in_a_workshop_can_be_moved_out_of_it(calendar):
    first = SERIES.replace("second Tuesday", "first Wednesday")
    assert date(2020, 7, 1) not in {call.day for call in calendar(first).calls}
    shown = calendar(
        first + '[[sessions]]\ncall = "learning community call"\nwhich = "2020-07"\n'
        "day = 2020-07-22\n"
    )
    assert shown.calls[0].day == date(2020, 7, 22)


def test_a_cancelled_call_is_no_call_and_stays_in_the_file(calendar):
    before = calendar(SERIES)
    after = calendar(
        SERIES + '[[sessions]]\ncall = "learning community call"\nwhich = "2020-12"\n'
        "cancelled = true\n"
    ).after(before)
    assert len(after.calls) == len(before.calls) - 1
    assert "'learning community call': theme not stated for 11 of 11 calls." in after.undecided
    assert after.ics().count("STATUS:CANCELLED") == 1
    row = next(row for row in after.in_zone("Asia/Tokyo").rows if row[0] == "Tue 08 Dec 2020")
    assert row[3] == "cancelled"


def test_moving_a_call_decides_its_day_and_hour_and_no_more(calendar):
    shown = calendar(
        '[[sessions]]\ncall = "monthly call"\nwhich = "2026-09"\nday = 2026-09-15\n'
        "start = 11:00:00\n",
        "master-practitioners-2026",
    )
    moved = next(call for call in shown.calls if call.day == date(2026, 9, 15))
    assert moved.proposed == ("zone", "minutes")
    assert moved.starts.time() == time(11)
    assert moved.utc == datetime(2026, 9, 15, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            'call = "learning comunity call"\nwhich = "2020-10"\n',
            "[[sessions]]: there is no call 'learning comunity call'; did you mean "
            "'learning community call'?",
        ),
        (
            'call = "learning community call"\nwhich = "2022-10"\n',
            "[[sessions]]: 'learning community call' has no call '2022-10'; write which = "
            '"2020-07" for the first, up to "2021-06" for the last',
        ),
        (
            'call = "learning community call"\nwhich = "2020-10"\n[[sessions]]\n'
            'call = "learning community call"\nwhich = "2020-10-13"\n',
            "[[sessions]]: 'learning community call 2020-10-13' is decided twice; keep one of the "
            "two",
        ),
        (
            'call = "learning community call"\nwhich = "2021-03"\nday = 2021-03-14\n'
            "start = 02:30:00\n",
            "02:30 on 14 March 2021 does not exist in America/New_York: the clocks go forward "
            "over it; choose another hour",
        ),
    ],
)
def test_a_session_that_cannot_be_is_told(calendar, lines, message):
    with pytest.raises(DataError) as caught:
        calendar(f"{SERIES}[[sessions]]\n{lines}")
    assert str(caught.value) == message


def test_a_year_that_cannot_be_drawn_is_told_before_anything_is_planned(tmp_path):
    overlay = tmp_path / "ours.toml"
    overlay.write_text(
        '[[calls]]\nname = "community call"\nday = "every other Tuesday"\n', encoding="utf-8"
    )
    programme = Programme.load("california-associates-2", overlay=overlay)
    with pytest.raises(DataError) as caught:
        programme.plan("Cycle 2")
    assert str(caught.value) == (
        "'community call': 'every other Tuesday' names no day for a call; write it as 'Tuesday'"
    )


def test_a_session_of_a_year_without_days_is_told(calendar):
    with pytest.raises(DataError) as caught:
        calendar(
            '[[sessions]]\ncall = "virtual meeting"\nwhich = "2020-10"\n',
            "master-practitioners-first",
        )
    assert str(caught.value) == (
        "[[sessions]]: 'virtual meeting 2020-10' cannot be placed, since no call has a day yet; "
        "state starts and ends under [dates]"
    )


def test_an_unknown_key_of_a_session_is_refused_with_the_nearest(calendar):
    with pytest.raises(DataError) as caught:
        calendar('[[sessions]]\ncall = "learning community call"\nwhich = "2020-10"\nteme = "x"\n')
    assert "did you mean 'theme'?" in str(caught.value)


def test_two_series_drawn_at_one_time_are_told():
    calendar = Programme.load("california-associates-1").plan("California").calendar()
    assert (
        "'community call' and 'contemplative call' are drawn at the same time on 13 days, first "
        "5 October 2021; state the day or the hour of one of them."
    ) in calendar.undecided


@pytest.mark.parametrize(("minutes", "told"), [(360, False), (361, True)])
def test_a_call_that_begins_when_another_ends_is_at_no_time_with_it(calendar, minutes, told):
    long = SERIES + f"start = 09:00:00\nminutes = {minutes}\n"
    undecided = calendar(long + HOUR).undecided
    assert any("are drawn at the same time" in line for line in undecided) == told


def test_what_a_coordinator_decided_is_in_the_fact_sheet_with_its_file(tmp_path):
    path = tmp_path / "ours.toml"
    path.write_text(GUEST, encoding="utf-8")
    shown = repr(Programme.load("master-practitioners-2020", overlay=path))
    assert "Feedback we cannot see" in shown
    assert "sessions" not in repr(Programme.load("master-practitioners-2020"))
