"""Very many rows go by whole columns and whole parts, and come to the same as one by one."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cstools.cohorts import Programme, open_planner
from cstools.cohorts.basics.people import Private
from cstools.cohorts.basics.spreadsheet import write_rows
from cstools.cohorts.following.following import Followed, Guest, Meeting
from cstools.cohorts.following.presences import Presence, Presences
from cstools.cohorts.made_up.synthetic_zoom import synthetic_visits, write_zoom_report
from cstools.errors import FileError
from tests.cohorts.overlays import CALLS_AT_NINE

NEW_YORK = "America/New_York"
HEAD = ("Name (Original Name)", "User Email", "Join Time", "Leave Time")


@pytest.fixture(scope="module")
def cohort(tmp_path_factory, applications):
    path = tmp_path_factory.mktemp("overlay") / "ours.toml"
    path.write_text(CALLS_AT_NINE, encoding="utf-8")
    programme = Programme.load("master-practitioners-2026", overlay=path)
    planned = programme.plan("Class of 2026-2027", secret="a phrase")
    return planned.enrol(applications).select(25, seed=3)


WAYS = st.sampled_from(
    [
        ("Somebody", "{0}"),
        ("Somebody else", " {0} "),
        ("Somebody", "{1}"),
        ("Visitor Synthetic", "visitor@example.org"),
        ("Visitor S.", "Visitor@Example.org "),
        ("iPhone", ""),
        ("  iphone", " "),
        ("iPad, of Example School", ""),
    ]
)
"""Two people of the cohort by e-mail, and three guests: each is written in more than one way."""
ROWS = st.lists(st.tuples(WAYS, st.integers(0, 90), st.integers(0, 60)), min_size=1, max_size=14)


def one_by_one(rows, mails):
    """Return the minutes of each person, row by row: the same words, whatever stands around."""
    found = {}
    for (name, written), start, length in rows:
        mail = written.format(*mails).strip().casefold()
        who = mail or " ".join(name.split()).casefold()
        found.setdefault(who, set()).update(range(start, start + length))
    return sorted(sorted(there) for there in found.values())


def stretches(presence, begin):
    seconds = [s for start, stop in presence.spans for s in range(start, stop, 60)]
    assert len(set(seconds)) == len(seconds)
    return sorted((moment - begin) // 60 for moment in seconds)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
@example(rows=[(("iPhone", ""), 0, 30), (("  iphone", " "), 20, 30), (("iPhone", ""), 80, 5)])
def test_a_report_tells_what_its_rows_tell_one_by_one(cohort, tmp_path, rows):
    call = cohort.calendar().calls[0]
    mails = [person.application.email._text for person in cohort.accepted[:2]]
    cells = [
        (
            name,
            mail.format(*mails),
            f"{call.starts + timedelta(minutes=start):%m/%d/%Y %H:%M:%S}",
            f"{call.starts + timedelta(minutes=start + length):%m/%d/%Y %H:%M:%S}",
        )
        for (name, mail), start, length in rows
    ]
    path = write_rows(tmp_path / "report.csv", [HEAD, *cells])
    taken = cohort.following.attend(path, NEW_YORK, call=call.day.isoformat())
    (meeting,) = taken.followed.meetings
    begin = int(call.utc.timestamp())
    told = sorted(stretches(presence, begin) for presence in meeting.presences)
    assert told == one_by_one(rows, mails)
    known = {person.code for person in cohort.accepted[:2]}
    guests = [p.who for p in meeting.presences if p.who not in known]
    assert sorted(guest.id for guest in taken.followed.guests) == guests


def test_a_folder_of_reports_is_taken_as_its_files_one_after_the_other(cohort, tmp_path):
    one, two, three = cohort.calendar().calls[:3]
    again = one.starts + timedelta(minutes=80)
    few = cohort.accepted[:9]
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, visits in {
        "1 first part.csv": synthetic_visits(cohort.accepted, one.starts, 50),
        "2 opened again.csv": synthetic_visits(cohort.accepted, again, 30),
        "3 whole.csv": synthetic_visits(cohort.accepted, two.starts, two.minutes),
        "4 corrected.csv": synthetic_visits(few, two.starts, two.minutes),
        "5 another.csv": synthetic_visits(cohort.accepted, three.starts, three.minutes),
    }.items():
        write_zoom_report(folder / name, visits)
    (folder / "6 twice.csv").write_bytes((folder / "5 another.csv").read_bytes())
    each = cohort
    for path in sorted(folder.iterdir()):
        each = each.following.attend(path, NEW_YORK)
    told = []
    at_once = cohort.following.attend(folder, NEW_YORK, progress=lambda *far: told.append(far))
    assert at_once == each
    calls = [meeting.call for meeting in at_once.followed.meetings]
    assert sorted(calls) == sorted([one.uid, one.uid, two.uid, three.uid])
    assert told == [(number, 6) for number in range(1, 7)]
    assert at_once.following.attend(folder, NEW_YORK) == at_once


MARKS = ("G-AAAAAAAA", "G-BBBBBBBB", 0, 1, 2)
SPANS = st.sampled_from([((60, 120),), ((60, 120), (180, 240)), ((60, 180),), ()])
THERE = st.dictionaries(st.sampled_from(MARKS), st.tuples(SPANS, st.integers(0, 2)), max_size=5)
YEARS = st.dictionaries(st.sampled_from(["call 1", "call\t2", "call 3"]), THERE, max_size=3)


def year_of(cohort, calls):
    """Return the cohort with these people on these calls, and what a plain table of it has."""
    codes = [person.code for person in cohort.people]
    guests = tuple(Guest(m, Private(""), Private("")) for m in MARKS if isinstance(m, str))
    meetings, rows = [], {}
    for call, there in sorted(calls.items()):
        presences = [
            Presence(mark if isinstance(mark, str) else codes[mark], *values)
            for mark, values in there.items()
        ]
        meetings.append(Meeting(call, f"{len(call):064x}", Presences.of(presences), (60, 240)))
        rows[call, "itself"] = ()
        rows.update({(call, each.who): each for each in presences})
    followed = Followed(meetings=tuple(meetings), guests=guests)
    return replace(cohort, followed=followed), rows


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=YEARS, after=YEARS)
def test_of_very_many_rows_only_those_that_differ_are_touched(
    cohort, tmp_path_factory, before, after
):
    """The store compares part by part; a plain comparison of all rows says what it should find."""
    planner = open_planner(tmp_path_factory.getbasetemp() / "years")
    (first, rows), (second, others) = year_of(cohort, before), year_of(cohort, after)
    planner.save(first, going_back=True)  # the example before may have had more
    assert planner.load(first.name) == first
    saved = planner.save(second, going_back=True)
    assert saved.added == len(others.keys() - rows.keys())
    assert saved.removed == len(rows.keys() - others.keys())
    assert saved.changed == sum(rows[key] != others[key] for key in rows.keys() & others.keys())
    assert planner.load(first.name) == second
    assert not planner.save(second)


def test_a_year_of_attendance_changes_row_by_row_in_every_store(cohort, store):
    planner = open_planner(store)
    there = dict.fromkeys(MARKS, (((60, 120),), 0))
    first, _ = year_of(cohort, {"call 1": there, "call\t2": there})
    changed = {**there, 0: (((60, 180),), 0)}
    changed.pop(1)
    second, _ = year_of(cohort, {"call 1": changed, "call 3": there})
    planner.save(first)
    assert not planner.save(first)
    saved = planner.save(second, going_back=True)  # one of the calls has no report any more
    assert (saved.added, saved.changed, saved.removed) == (6, 1, 7)
    assert open_planner(store).load(first.name) == second


@pytest.mark.parametrize("text", ["60", "60-", "60-120-180", "60-120;", "one-two", "60.5-70"])
def test_a_row_of_attendance_that_was_damaged_is_told(cohort, tmp_path, text):
    planner = open_planner(tmp_path / "cohorts.db")
    year, _ = year_of(cohort, {"call 1": {0: (((60, 120),), 0), 1: (((60, 120),), 0)}})
    planner.save(year)
    with closing(sqlite3.connect(planner.folder / "runs.sqlite")) as file:
        file.execute("UPDATE attendance SET spans = ? WHERE who NOT LIKE 'G-%'", (text,))
        file.commit()
    with pytest.raises(FileError) as caught:
        planner.load(year.name)
    assert str(caught.value) == (
        f"'{year.name}' in the planner 'cohorts.db' cannot be read: what is kept of it was changed "
        "or damaged (ValueError); put back your last copy of the planner"
    )
