"""Attendance from Zoom's reports: three layouts, one truth; nobody is matched by a name."""

import logging
import random
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cstools.cohorts import Programme, open_planner
from cstools.cohorts.basics.spans import seconds_within, united
from cstools.cohorts.basics.spreadsheet import read_rows, write_rows
from cstools.cohorts.following.attendance import attended, call_name, counts_as
from cstools.cohorts.following.zoom import read_zoom_report
from cstools.cohorts.made_up.synthetic_zoom import report_rows, synthetic_visits, write_zoom_report
from cstools.errors import CstoolsError, DataError, FileError, UnknownNameError
from tests.cohorts.overlays import CALLS_AT_NINE

NEW_YORK = "America/New_York"
LAYOUTS = ("times", "times under a meeting", "minutes added up")
HEAD = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"


@pytest.fixture(scope="module")
def cohort(tmp_path_factory, applications):
    path = tmp_path_factory.mktemp("overlay") / "ours.toml"
    path.write_text(CALLS_AT_NINE, encoding="utf-8")
    programme = Programme.load("master-practitioners-2026", overlay=path)
    planned = programme.plan("Class of 2026-2027", secret="a phrase")
    return planned.enrol(applications).select(25, seed=3)


@pytest.fixture(scope="module")
def first(cohort):
    return cohort.calendar().calls[0]


@pytest.fixture
def report(tmp_path):
    """Write a report of rows of text and return its path."""

    def written(*rows, name="report.csv", head=HEAD):
        path = tmp_path / name
        path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
        return path

    return written


def mail(cohort, place):
    return cohort.accepted[place].application.email._text


def visit(cohort, place, start, stop):
    return f"Somebody,{mail(cohort, place)},{start},{stop},60,No"


def minutes(cohort, on="2026-12-31"):
    from cstools.cohorts.basics.asked import as_day

    held = attended(cohort, as_day(on))
    return {(each.call, each.code): each.seconds / 60 for each in held if each.seconds}


def test_two_devices_and_a_gap_are_one_person_with_a_gap():
    assert united([(5, 9), (0, 6), (20, 30), (30, 31)]) == ((0, 9), (20, 31))
    assert seconds_within([(0, 6), (5, 9), (20, 40)], (4, 25)) == 10


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted).map(tuple)))
def test_united_spans_cover_the_same_seconds_once(spans):
    def covered(held):
        return {second for start, stop in held for second in range(start, stop)}

    result = united(spans)
    assert covered(result) == covered(spans)
    assert all(one[1] < two[0] for one, two in pairwise(result))
    assert seconds_within(spans, (10, 50)) == len(covered(spans) & set(range(10, 50)))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_give_a_report_or_a_sentence(tmp_path, content):
    path = tmp_path / "report.csv"
    for start in (b"", HEAD.encode() + b"\n", b"Name,Email,Duration\n"):
        path.write_bytes(start + content)
        with suppress(CstoolsError):
            read_zoom_report(path, NEW_YORK)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_report_is_read_in_each_encoding_that_programs_write(cohort, tmp_path, encoding, ending):
    path = tmp_path / "report.csv"
    row = visit(cohort, 0, "07/14/2026 09:00:00 AM", "07/14/2026 10:00:00 AM")
    path.write_bytes(ending.join([HEAD, row, ""]).encode(encoding))
    assert set(minutes(cohort.following.attend(path, NEW_YORK)).values()) == {60}


@pytest.mark.parametrize("layout", LAYOUTS[:2])
def test_both_layouts_with_times_tell_the_same(cohort, first, tmp_path, layout):
    visits = synthetic_visits(cohort.accepted, first.starts, first.minutes)
    path = write_zoom_report(tmp_path / "report.csv", visits, layout)
    followed = cohort.following.attend(path, NEW_YORK)
    start, stop = first.starts, first.starts + timedelta(minutes=first.minutes)
    for person in cohort.accepted:
        mine = [v[2:4] for v in visits if v[1] == person.application.email._text]
        there = {
            start + timedelta(seconds=k)
            for a, b in mine
            for k in range(
                int((max(a, start) - start).total_seconds()),
                int((min(b, stop) - start).total_seconds()),
            )
        }
        assert minutes(followed).get((first.uid, person.code), 0) == len(there) / 60


def test_a_report_without_times_counts_its_minutes_up_to_the_length_of_the_call(
    cohort, first, tmp_path
):
    head, *rows = report_rows([], "minutes added up")
    rows = [("A", mail(cohort, 0), "300", "No"), ("B", mail(cohort, 1), "45", "No")]
    path = write_rows(tmp_path / "report.csv", [head, *rows])
    followed = cohort.following.attend(path, call=call_name(first))
    codes = [person.code for person in cohort.accepted]
    assert minutes(followed) == {(first.uid, codes[0]): 120, (first.uid, codes[1]): 45}


def test_the_same_report_again_changes_nothing(cohort, first, tmp_path):
    visits = synthetic_visits(cohort.accepted, first.starts, first.minutes)
    path = write_zoom_report(tmp_path / "report.csv", visits)
    once = cohort.following.attend(path, NEW_YORK)
    assert once.following.attend(path, NEW_YORK) is once
    path.rename(tmp_path / "renamed.csv")
    assert once.following.attend(tmp_path / "renamed.csv", NEW_YORK) is once


def test_rows_in_any_order_give_the_same_attendance(cohort, first, tmp_path):
    visits = synthetic_visits(cohort.accepted, first.starts, first.minutes)
    shuffled = random.Random(1).sample(visits, len(visits))
    both = [
        cohort.following.attend(write_zoom_report(tmp_path / f"{k}.csv", held), NEW_YORK)
        for k, held in enumerate((visits, shuffled))
    ]
    assert both[0].followed.meetings[0].presences == both[1].followed.meetings[0].presences


def test_a_corrected_report_takes_the_place_of_the_first(cohort, first, report):
    wrong = report(visit(cohort, 0, "07/14/2026 09:00:00 AM", "07/14/2026 09:10:00 AM"))
    right = report(
        visit(cohort, 0, "07/14/2026 09:05:00 AM", "07/14/2026 10:05:00 AM"), name="corrected.csv"
    )
    followed = cohort.following.attend(wrong, NEW_YORK).following.attend(right, NEW_YORK)
    assert minutes(followed) == {(first.uid, cohort.accepted[0].code): 60}


def test_a_meeting_that_was_opened_again_is_a_second_part(cohort, first, report):
    one = report(visit(cohort, 0, "07/14/2026 09:00:00 AM", "07/14/2026 09:30:00 AM"))
    two = report(
        visit(cohort, 0, "07/14/2026 09:40:00 AM", "07/14/2026 10:00:00 AM"), name="two.csv"
    )
    followed = cohort.following.attend(one, NEW_YORK).following.attend(two, NEW_YORK)
    assert minutes(followed) == {(first.uid, cohort.accepted[0].code): 50}
    only = cohort.following.attend(one, NEW_YORK).following.attend(two, NEW_YORK, instead=True)
    assert minutes(only) == {(first.uid, cohort.accepted[0].code): 20}


@pytest.mark.parametrize(
    ("zone", "start", "stop"),
    [
        ("America/New_York", "11/10/2026 09:00:00 AM", "11/10/2026 10:00:00 AM"),
        ("Europe/Copenhagen", "2026-11-10 15:00:00", "2026-11-10 16:00:00"),
        ("Asia/Kolkata", "10.11.2026 19:30:00", "10.11.2026 20:30:00"),
        ("Australia/Sydney", '"Nov 11, 2026 01:00:00 AM"', '"Nov 11, 2026 02:00:00 AM"'),
    ],
)
def test_a_report_is_read_on_the_clock_that_wrote_it(cohort, report, zone, start, stop):
    path = report(visit(cohort, 0, start, stop))
    assert set(minutes(cohort.following.attend(path, zone)).values()) == {60}


def test_a_date_in_two_orders_is_read_as_the_day_of_a_call(cohort, report):
    path = report(visit(cohort, 0, "08/09/2026 09:00:00 AM", "08/09/2026 10:00:00 AM"))
    followed = cohort.following.attend(path, NEW_YORK)  # 8 September is a call, 9 August is none
    (call, _), *_ = minutes(followed)
    assert call == next(e.uid for e in cohort.calendar().calls if e.day.isoformat() == "2026-09-08")
    with pytest.raises(DataError) as caught:
        read_zoom_report(path, NEW_YORK)
    assert str(caught.value) == (
        "report.csv: its dates can be read in two orders; say date_order='month first' or "
        "date_order='day first'"
    )


NOT_THEN = (
    "If a call was moved, write its new day under [[sessions]] in the programme's overlay file; if "
    "the report is of something else, leave it out. Otherwise say "
)


def test_a_report_of_a_day_without_a_call_is_told_with_the_nearest_calls(cohort, report):
    path = report(visit(cohort, 0, "10/12/2026 09:00:00 AM", "10/12/2026 10:00:00 AM"))
    with pytest.raises(DataError) as caught:
        cohort.following.attend(path, NEW_YORK, date_order="day first")
    assert str(caught.value) == (
        "report.csv: the meeting went 10 December 2026, 14:00 to 15:00 UTC, and no call is on that "
        "day or beside it; the nearest: 'monthly call 2026-12-08' and 'monthly call 2027-01-12'. "
        f"{NOT_THEN}which call it was: call='monthly call 2026-12-08'"
    )
    path = report(visit(cohort, 0, "10/06/2026 09:00:00 AM", "10/06/2026 10:00:00 AM"))
    with pytest.raises(DataError) as caught:
        cohort.following.attend(path, NEW_YORK)
    assert str(caught.value) == (
        "report.csv: its date '10/06/2026' is 2026-06-10 or 2026-10-06, and no call is on either "
        "day; the nearest: 2026-07-14, 2026-09-08, 2026-10-13. "
        f"{NOT_THEN}date_order='month first' or date_order='day first'"
    )


def test_where_a_report_tells_no_order_of_its_dates_the_others_of_its_folder_do(cohort, report):
    path = report(visit(cohort, 0, "10/06/2026 09:00:00 AM", "10/06/2026 10:00:00 AM"))
    report(visit(cohort, 0, "07/14/2026 09:00:00 AM", "07/14/2026 10:00:00 AM"), name="z.csv")
    with pytest.raises(DataError) as caught:
        cohort.following.attend(path.parent, NEW_YORK)
    assert str(caught.value).startswith("report.csv: the meeting went 6 October 2026, 13:00 to ")
    report(visit(cohort, 0, "14.07.2026 09:00:00", "14.07.2026 10:00:00"), name="y.csv")
    with pytest.raises(DataError, match="is 2026-06-10 or 2026-10-06"):
        cohort.following.attend(path.parent, NEW_YORK)


def test_an_xlsx_report_and_a_folder_of_reports_are_read(cohort, tmp_path):
    calls = cohort.calendar().calls[:2]
    for call, kind in zip(calls, ("csv", "xlsx"), strict=True):
        visits = synthetic_visits(cohort.accepted, call.starts, call.minutes)
        write_rows(tmp_path / f"{call.day}.{kind}", report_rows(visits))
    followed = cohort.following.attend(tmp_path, NEW_YORK)
    assert {meeting.call for meeting in followed.followed.meetings} == {e.uid for e in calls}
    assert followed.following.attend(tmp_path, NEW_YORK) is followed


def test_an_older_report_with_user_names_is_read(cohort, report):
    head = "User Name,User Email,Join Time,Leave Time,Duration (Minutes),Attentiveness Score"
    path = report(f"A,{mail(cohort, 0)},07/14/2026 09:00,07/14/2026 09:30,30,–", head=head)
    assert set(minutes(cohort.following.attend(path, NEW_YORK)).values()) == {30}


WRONG = "report.csv: 1 thing is wrong, and no row was taken\n- row 2, "
NO_TIME = "this is no date with an hour; write it as 06/14/2026 09:01:33 AM"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Somebody,a@example.org,soon,07/14/2026 09:30:00 AM,1,No", f"{WRONG}Join Time: {NO_TIME}"),
        (
            "Somebody,a@example.org,07/14/2026 09:30:00 AM,07/14/2026 13:30:00 PM,1,No",
            f"{WRONG}Leave Time: {NO_TIME}",
        ),
        (
            "Somebody,a@example.org,07/14/2026 09:30:00 AM,07/14/2026 09:29:00 AM,1,No",
            f"{WRONG}Leave Time: lies before the time of joining; correct it",
        ),
        (
            "Somebody,a@example.org",
            f"{WRONG}whole row: cells are missing; download the report again",
        ),
    ],
)
def test_a_wrong_row_is_told_and_none_is_taken(cohort, report, row, message):
    good = visit(cohort, 0, "07/14/2026 09:00:00 AM", "07/14/2026 10:00:00 AM")
    with pytest.raises(DataError) as caught:
        cohort.following.attend(report(row, good), NEW_YORK)
    assert str(caught.value) == message


def test_at_most_three_faults_are_told(cohort, report):
    with pytest.raises(DataError) as caught:
        cohort.following.attend(report(*["A,a@example.org,x,y,1,No"] * 5), NEW_YORK)
    assert str(caught.value).splitlines()[::4] == [
        "report.csv: 5 things are wrong, and no row was taken",
        "... and 2 more",
    ]


def test_what_is_no_report_is_told(cohort, report):
    with pytest.raises(DataError) as caught:
        cohort.following.attend(report("a,b", head="Full name,Site"), NEW_YORK)
    assert str(caught.value) == (
        "report.csv: this is no participant report of Zoom; it has no column 'Name (Original "
        "Name)' and no column 'User Email' and no column 'Join Time' and no column 'Leave Time'. "
        "In Zoom choose Reports, Usage, the number of participants, Export"
    )


def test_a_report_needs_the_clock_of_its_account(cohort, report):
    path = report(visit(cohort, 0, "07/14/2026 09:00:00 AM", "07/14/2026 10:00:00 AM"))
    with pytest.raises(DataError) as caught:
        cohort.following.attend(path)
    assert str(caught.value) == (
        "report.csv: Zoom writes no time zone into a report; say zone='America/New_York', the one "
        "that is set in the account which made it"
    )


def test_a_report_of_no_call_names_the_nearest(cohort, report):
    path = report(visit(cohort, 0, "07/14/2026 09:00:00 AM", "07/14/2026 10:00:00 AM"))
    with pytest.raises(DataError) as caught:
        cohort.following.attend(path, "Europe/Copenhagen")
    assert str(caught.value) == (
        "report.csv: the meeting went 14 July 2026, 07:00 to 08:00 UTC, and no call is then; the "
        "nearest is 'monthly call 2026-07-14', 14 July 2026, 13:00 to 15:00 UTC. Is "
        "zone='Europe/Copenhagen' the clock of the account that made the report? If so, say which "
        "call it was: call='monthly call 2026-07-14'"
    )


def test_a_report_without_times_asks_for_its_call(cohort, tmp_path):
    path = write_rows(
        tmp_path / "report.csv",
        report_rows([("A", "", *[datetime(2026, 7, 14)] * 2, True)], LAYOUTS[2]),
    )
    with pytest.raises(DataError) as caught:
        cohort.following.attend(path)
    assert str(caught.value) == (
        "report.csv: it has no times, so it cannot find its call; put the call's day into "
        "the file's name, as 'call-2026-07-14.csv', or say call='monthly call 2026-07-14' with the "
        "call's own day"
    )
    with pytest.raises(UnknownNameError):
        cohort.following.attend(path, call="monthly call 2026-07-15")
    dated = path.rename(tmp_path / "call-2026-07-14.csv")
    assert cohort.following.attend(dated) == cohort.following.attend(
        dated, call="monthly call 2026-07-14"
    )


def test_calls_that_are_only_proposed_take_no_report(enrolled, report):
    path = report("A,a@example.org,07/14/2026 09:00:00 AM,07/14/2026 10:00:00 AM,60,No")
    with pytest.raises(DataError) as caught:
        enrolled.following.attend(path, NEW_YORK)
    assert str(caught.value) == (
        "'Class of 2026-2027' has no call whose day, hour, zone and length are all decided, so no "
        "report can find its call; state them under [[calls]] in an overlay"
    )


def test_a_guest_is_nobody_until_the_coordinator_says_who(cohort, first, report, tmp_path, caplog):
    person = cohort.accepted[0]
    name = person.application.name._text
    path = report(f"{name},,07/14/2026 09:00:00 AM,07/14/2026 10:00:00 AM,60,Yes")
    followed = cohort.following.attend(path, NEW_YORK)
    assert minutes(followed) == {}
    with caplog.at_level(logging.WARNING):
        file = followed.following.write_guests(tmp_path / "guests.xlsx", "who was there")
    assert caplog.messages == ["a private text was revealed: who was there (2 texts)"]
    (_, head), (_, row) = read_rows(file)
    assert row[1] == name
    assert row[4] == person.code  # a hint, and not taken
    write_rows(file, [head, (*row[:5], person.code.lower())])
    answered = followed.following.answer_guests(file)
    assert minutes(answered) == {(first.uid, person.code): 60}
    assert minutes(answered.following.answer_guests({row[0]: "nobody"})) == {}
    opened = answered.following.answer_guests({row[0]: "Open"})
    assert opened.followed.guests == followed.followed.guests


def test_a_share_without_names_shows_the_same_attendance(cohort, report, tmp_path):
    path = report(
        "iPhone,,07/14/2026 09:00:00 AM,07/14/2026 10:00:00 AM,60,Yes",
        "Tablet,,07/14/2026 09:00:00 AM,07/14/2026 10:00:00 AM,60,Yes",
    )
    followed = cohort.following.counting(share=0.5).following.attend(path, NEW_YORK)
    one, other = (guest.id for guest in followed.followed.guests)
    answered = followed.following.answer_guests({one: cohort.accepted[0].code, other: "nobody"})
    planner = open_planner(tmp_path / "planner")
    planner.save(answered)
    (planner.folder / "people.sqlite").unlink()
    shared = open_planner(planner.folder).load(cohort.name)
    assert sorted(counted(shared).values()) == sorted(counted(answered).values())
    assert (60, "there") in counted(shared).values()
    assert {guest.answer[:2] for guest in shared.followed.guests} == {"R-", "no"}


def test_a_preview_tells_how_many_guests_are_nobody_enrolled(cohort, report, tmp_path):
    path = report("iPhone,,07/14/2026 09:00:00 AM,07/14/2026 10:00:00 AM,60,Yes")
    planner = open_planner(tmp_path / "planner")
    planner.save(cohort)
    preview = planner.preview(cohort.following.attend(path, NEW_YORK))
    told = "1 guest of calls, with no e-mail of anybody enrolled"
    assert preview.unmatched == (told,)
    assert f"Not matched: {told}." in repr(preview)


def test_writing_the_guests_again_loses_no_answer(cohort, report, tmp_path):
    path = report("Phone,,07/14/2026 09:00:00 AM,07/14/2026 10:00:00 AM,60,Yes")
    followed = cohort.following.attend(path, NEW_YORK)
    file = followed.following.write_guests(tmp_path / "guests.csv", "who was there")
    (_, head), (_, row) = read_rows(file)
    write_rows(file, [head, (*row[:5], "nobody")])
    again = followed.following.write_guests(file, "who was there")
    assert read_rows(again)[1][1][5] == "nobody"
    with pytest.raises(DataError) as caught:
        followed.following.write_guests(path, "who was there")
    assert str(caught.value) == (
        "'report.csv' is there already and is no file of guests; write another name"
    )


def test_an_answer_stays_when_the_report_is_corrected(cohort, first, report):
    one = report("Phone,,07/14/2026 09:00:00 AM,07/14/2026 10:00:00 AM,60,Yes")
    two = report("Phone,,07/14/2026 09:00:00 AM,07/14/2026 10:30:00 AM,90,Yes", name="two.csv")
    code = cohort.accepted[0].code
    followed = cohort.following.attend(one, NEW_YORK)
    (guest,) = followed.followed.guests
    followed = followed.following.answer_guests({guest.id: code}).following.attend(two, NEW_YORK)
    assert minutes(followed) == {(first.uid, code): 90}


def test_a_guest_by_name_is_known_in_one_call_and_by_an_e_mail_in_all(cohort, report):
    followed = cohort
    for day in ("07/14/2026", "08/11/2026"):
        path = report(
            f"Phone,,{day} 09:00:00 AM,{day} 10:00:00 AM,60,Yes",
            f"Helper,helper@example.net,{day} 09:00:00 AM,{day} 10:00:00 AM,60,Yes",
            name=f"{day[:2]}.csv",
        )
        followed = followed.following.attend(path, NEW_YORK)
    assert sorted(bool(guest.call) for guest in followed.followed.guests) == [False, True, True]


def test_somebody_enrolled_later_is_found_again_by_the_e_mail(cohort, first, report, form):
    from cstools.cohorts import read_applications

    path = report("Ada,ada@example.org,07/14/2026 09:00:00 AM,07/14/2026 10:00:00 AM,60,Yes")
    followed = cohort.following.attend(path, NEW_YORK)
    good = "Ada Synthetic,ada@example.org,Europe/Copenhagen,Danish,Example Hill,Yes,Mon 16-18"
    later = followed.enrol(read_applications(form(good)))
    code = next(p.code for p in later.people if p.application.email._text == "ada@example.org")
    assert minutes(later.select())[first.uid, code] == 60


def test_an_answer_that_is_no_answer_is_told(cohort, report):
    path = report("Phone,,07/14/2026 09:00:00 AM,07/14/2026 10:00:00 AM,60,Yes")
    followed = cohort.following.attend(path, NEW_YORK)
    mark = followed.followed.guests[0].id
    with pytest.raises(DataError) as caught:
        followed.following.answer_guests({mark: "Dora Notenrolled"})
    # Whoever wrote a name there does not find it in a saved notebook.
    assert str(caught.value) == (
        f"guest {mark}: the answer is no code of this cohort; write a person's code, or 'nobody'"
    )
    with pytest.raises(UnknownNameError):
        followed.following.answer_guests({"G-NOBODYAA": "nobody"})
    with pytest.raises(DataError, match="say what it is for"):
        followed.following.write_guests("guests.xlsx", "")


@pytest.mark.parametrize(
    ("seconds", "share", "counts"),
    [
        (7200, "", "there"),
        (0, "", "not there"),
        (1, "", "open"),
        (5400, "0.75", "there"),
        (5399, "0.75", "not there"),
        (720, "0.1", "there"),  # a tenth in binary is no tenth; the rule is worked out exactly
    ],
)
def test_part_of_a_call_is_open_until_the_coordinator_says_from_which_share_on(
    seconds, share, counts
):
    assert counts_as(seconds, 7200, share) == counts


def test_nobody_is_absent_while_a_guest_may_be_that_person(cohort, report):
    path = report(
        "Phone,,07/14/2026 09:00:00 AM,07/14/2026 10:00:00 AM,60,Yes",
        visit(cohort, 0, "07/14/2026 08:59:00 AM", "07/14/2026 11:00:00 AM"),
    )
    followed = cohort.following.attend(path, NEW_YORK).following.counting(share=0.5)
    assert sorted({a.counts for a in attended(followed, datetime(2026, 7, 31).date())}) == [
        "open",
        "there",
    ]
    mark = followed.followed.guests[0].id
    settled = followed.following.answer_guests({mark: "nobody"})
    assert sorted({a.counts for a in attended(settled, datetime(2026, 7, 31).date())}) == [
        "not there",
        "there",
    ]


def test_a_decision_about_attendance_is_kept_and_can_be_turned(cohort, first, report):
    code = cohort.accepted[1].code
    path = report(visit(cohort, 0, "07/14/2026 09:00:00 AM", "07/14/2026 11:00:00 AM"))
    followed = cohort.following.attend(path, NEW_YORK)

    def counts(held):
        return {a.code: a.counts for a in attended(held, first.day)}[code]

    assert counts(followed) == "not there"
    why = {"by": "programme director", "why": "Heard the recording and wrote about it"}
    excused = followed.following.count_as(code, call_name(first), there=True, **why)
    assert counts(excused) == "there"
    assert excused.overruled[-1].wish == "counts as there"
    turned = excused.following.count_as(code, "2026-07-14", there=False, **why)
    assert counts(turned) == "not there"
    again = turned.following.count_as(code, "2026-07-14", there=True, **why)
    assert counts(again) == "there"
    assert again.overruled[:2] == turned.overruled  # their numbers stay true


def test_a_decision_about_attendance_that_is_turned_leaves_the_numbers_of_others(cohort, first):
    one, other = (person.code for person in cohort.accepted[:2])
    why = {"by": "programme director", "why": "Heard the recording and wrote about it"}
    held = cohort.following.count_as(one, call_name(first), there=True, **why)
    held = held.overrule("hold a seat", other, **why).select(25, seed=3)
    turned = held.following.count_as(one, call_name(first), there=False, **why)
    reason = next(d.reason for d in turned.decisions if d.code == other)
    assert "the seat was held (overruling 2)" in reason
    assert turned.overruled[1].wish == "hold a seat"


MOVED = '[[sessions]]\ncall = "monthly call"\nwhich = "2026-07"\nday = 2026-07-16\n'


def laid_over(cohort, tmp_path, lines):
    """Return the cohort with more lines in the coordinator's own file."""
    overlay = tmp_path / "more.toml"
    overlay.write_text(f"{CALLS_AT_NINE}\n{lines}", encoding="utf-8")
    programme = Programme.load("master-practitioners-2026", overlay=overlay)
    return replace(cohort, programme=programme)


def counted(cohort, day="2026-07-31"):
    """Return what the past calls count as for each participant, in order of code."""
    held = attended(cohort, datetime.fromisoformat(day).date())
    return {each.code: (each.seconds // 60, each.counts) for each in held}


def test_a_call_held_at_another_hour_is_counted_by_its_meeting(cohort, report):
    here, late = cohort.accepted[0].code, cohort.accepted[1].code
    path = report(
        visit(cohort, 0, "07/14/2026 11:30:00 AM", "07/14/2026 01:40:00 PM"),
        visit(cohort, 1, "07/14/2026 12:40:00 PM", "07/14/2026 01:40:00 PM"),
    )
    ruled = cohort.following.counting(share=0.75)
    with pytest.raises(DataError, match="say which call it was: call='monthly call 2026-07-14'"):
        ruled.following.attend(path, NEW_YORK)
    followed = ruled.following.attend(path, NEW_YORK, call="monthly call 2026-07-14")
    held = counted(followed)
    assert (held.pop(here), held.pop(late)) == ((120, "there"), (60, "not there"))
    assert set(held.values()) == {(0, "not there")}
    assert followed.following.attendance("2026-07-31").notes[1:] == (
        "'monthly call 2026-07-14' was held at another time than planned, 14 July 2026, 15:30 to "
        "17:40 UTC; the minutes of that meeting count.",
    )


def test_a_call_that_is_moved_after_its_report_keeps_its_attendance(cohort, report, tmp_path):
    path = report(visit(cohort, 0, "07/14/2026 09:00:00 AM", "07/14/2026 11:00:00 AM"))
    followed = cohort.following.attend(path, NEW_YORK)
    later = laid_over(followed, tmp_path, MOVED)
    assert later.calendar().calls[0].day.isoformat() == "2026-07-16"
    assert counted(later) == counted(followed)


def test_a_decision_about_a_call_follows_it_when_it_is_moved(cohort, report, tmp_path):
    path = report(visit(cohort, 0, "07/14/2026 09:00:00 AM", "07/14/2026 11:00:00 AM"))
    one, other = cohort.accepted[1].code, cohort.accepted[2].code
    why = {"by": "programme director", "why": "Was there by telephone"}
    followed = cohort.following.attend(path, NEW_YORK)
    decided = followed.following.count_as(one, "2026-07-14", there=True, **why)
    moved = laid_over(decided, tmp_path, MOVED)
    assert counted(moved)[one] == (0, "there")
    (row,) = moved.overruled_table().rows
    assert row[3] == f"{one}, monthly call 2026-07-14"  # as it was called then, and no more
    turned = moved.following.count_as(one, "2026-07-16", there=False, **why)
    assert counted(turned)[one] == (0, "not there")
    # before calls had their lasting identity with a decision, it had their name and day alone
    (held,) = decided.overruled
    older = replace(decided, overruled=(replace(held, things=held.things[:1]),))
    for each in (older, laid_over(older, tmp_path, MOVED)):
        assert (counted(each)[one], counted(each)[other]) == ((0, "there"), (0, "not there"))


def test_an_older_stores_decision_about_a_call_follows_it_when_the_series_is_moved(
    cohort, report, tmp_path, store
):
    path = report(visit(cohort, 0, "07/14/2026 09:00:00 AM", "07/14/2026 11:00:00 AM"))
    one, why = cohort.accepted[1].code, {"by": "programme director", "why": "Was on the telephone"}
    followed = cohort.following.attend(path, NEW_YORK)
    decided = followed.following.count_as(one, "2026-07-14", there=True, **why)
    (held,) = decided.overruled
    planner = open_planner(store)
    planner.save(replace(decided, overruled=(replace(held, things=held.things[:1]),)))
    loaded = planner.load(cohort.name)
    assert loaded.overruled == decided.overruled
    thursdays = CALLS_AT_NINE.replace("second Tuesday", "third Thursday")
    moved = laid_over(loaded, tmp_path, thursdays)
    assert moved.calendar().calls[0].day.isoformat() == "2026-07-16"
    assert counted(moved)[one] == (0, "there")
    planner.save(moved)
    assert planner.load(cohort.name) == moved


def test_a_report_that_fits_two_calls_asks_for_the_call(cohort, report, tmp_path):
    two = laid_over(
        cohort,
        tmp_path,
        CALLS_AT_NINE.replace("monthly call", "office hour").replace("09:00", "09:30"),
    )
    path = report(visit(cohort, 0, "07/14/2026 09:45:00 AM", "07/14/2026 10:45:00 AM"))
    with pytest.raises(DataError) as caught:
        two.following.attend(path, NEW_YORK)
    assert str(caught.value) == (
        "report.csv: the meeting went 14 July 2026, 13:45 to 14:45 UTC, and 'monthly call "
        "2026-07-14' and 'office hour 2026-07-14' fit it equally well; say which call it was: "
        "call='monthly call 2026-07-14'"
    )
    told = two.following.attend(path, NEW_YORK, call="office hour 2026-07-14")
    (meeting,) = told.followed.meetings
    assert meeting.call in {e.uid for e in two.calendar().calls if e.name == "office hour"}
    later = report(visit(cohort, 0, "07/14/2026 09:30:00 AM", "07/14/2026 11:30:00 AM"))
    (meeting,) = two.following.attend(later, NEW_YORK).followed.meetings
    assert meeting.call in {e.uid for e in two.calendar().calls if e.name == "office hour"}


def test_calls_without_a_report_are_counted_and_have_no_column(cohort, report):
    path = report(visit(cohort, 0, "07/14/2026 09:00:00 AM", "07/14/2026 11:00:00 AM"))
    followed = cohort.following.attend(path, NEW_YORK)
    table = followed.following.attendance("2026-10-31")
    assert table.columns == ("code", "2026-07-14 (120 min)")
    assert table.notes[0].endswith(" Not shown: 3 calls without a report.")
    assert "Not shown" not in repr(followed.following.attendance("2026-07-31"))
    assert len(cohort.following.attendance("2026-10-31").columns) == 5  # no report at all


def test_a_report_whose_call_is_no_longer_in_the_calendar_is_told(cohort, report, tmp_path):
    path = report(visit(cohort, 0, "07/14/2026 09:00:00 AM", "07/14/2026 11:00:00 AM"))
    followed = cohort.following.attend(path, NEW_YORK)
    assert followed.following.attendance("2026-07-31").notes[1:] == ()
    cancelled = MOVED.replace("day = 2026-07-16", "cancelled = true")
    gone = laid_over(followed, tmp_path, cancelled)
    assert gone.following.attendance("2026-08-31").notes[1:] == (
        "1 call with a report is not in the calendar any more, or no longer decided, and not "
        "counted: a series has another name or rhythm in the programme's overlay file, or a call "
        "is cancelled.",
    )


def test_nobody_who_came_is_absent_from_a_call_that_met_for_too_short_a_part(
    cohort, report, tmp_path
):
    """A call begun an hour late leaves nobody three quarters of it; only who was away is absent."""
    path = report(visit(cohort, 0, "07/14/2026 10:00:00 AM", "07/14/2026 12:00:00 PM"))
    followed = cohort.following.counting(share=0.75).following.attend(path, NEW_YORK)
    held = counted(followed)
    assert held.pop(cohort.accepted[0].code) == (60, "open")
    assert set(held.values()) == {(0, "not there")}
    assert followed.following.attendance("2026-07-31").notes[1:] == (
        "'monthly call 2026-07-14' met for 60 of its 120 minutes, so whoever was in it is open, "
        "not absent. If its time was changed, write its hour and minutes under [[sessions]] in "
        "the programme's overlay file.",
    )
    promised = laid_over(followed, tmp_path, '[commitments]\npromised = ["all calls"]\n')
    ((_, _, told, _),) = promised.following.owed("2026-07-31").of(cohort.accepted[0].code).rows
    assert told.startswith(
        "there on 0 of 1 so far; not settled: 2026-07-14 (the meeting met too little of the call's "
        "time to tell); next on 2026-08-11"
    )
    half = followed.following.counting(share=0.5)
    assert counted(half)[cohort.accepted[0].code] == (60, "there")
    assert half.following.attendance("2026-07-31").notes[1:] == ()


def test_a_report_without_times_tells_nothing_of_how_long_a_call_met(cohort, first, tmp_path):
    head, *_ = report_rows([], "minutes added up")
    rows = [("A", mail(cohort, 0), "120", "No"), ("B", mail(cohort, 1), "45", "No")]
    path = write_rows(tmp_path / "report.csv", [head, *rows])
    ruled = cohort.following.counting(share=0.75)
    followed = ruled.following.attend(path, call=call_name(first))
    held = counted(followed)
    told = [held[person.code] for person in cohort.accepted[:2]]
    assert told == [(120, "there"), (45, "not there")]
    assert followed.following.attendance("2026-07-31").notes[1:] == ()


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (
            {"share": 75},
            "share=75 is no share of a call; write a number above 0 and at most 1, as 0.75",
        ),
        ({"team": "most"}, "team='most' cannot be counted with; write team=2, or 'everybody'"),
        ({"check_ins": 0}, "check_ins=0 cannot be counted with; write check_ins=14, in days"),
    ],
)
def test_a_rule_that_is_none_is_told(cohort, rule, message):
    with pytest.raises(DataError) as caught:
        cohort.following.counting(**rule)
    assert str(caught.value) == message


def test_a_folder_without_reports_is_told(cohort, tmp_path):
    with pytest.raises(FileError) as caught:
        cohort.following.attend(tmp_path, NEW_YORK)
    assert str(caught.value) == (
        f"the folder '{tmp_path.name}' has no CSV or XLSX file; put the reports there"
    )


def test_why_nobody_is_absent_while_a_guest_waits_stands_under_the_table(cohort, report):
    rows = [
        visit(cohort, 0, "07/14/2026 09:00:00 AM", "07/14/2026 09:20:00 AM"),
        "A phone,,07/14/2026 09:00:00 AM,07/14/2026 11:00:00 AM,120,Yes",
    ]
    followed = cohort.following.attend(report(*rows), NEW_YORK).following.counting(share=0.75)
    table = followed.following.attendance("2026-07-31")
    assert dict(table.rows)[cohort.accepted[0].code] == "20, open"
    assert table.notes[1:] == (
        "Open on monthly call 2026-07-14, and not absent: a guest of that call waits for an answer "
        "and may be anybody (in the diary: 'answer guests').",
    )
    (guest,) = followed.followed.guests
    answered = followed.following.answer_guests({guest.id: "nobody"})
    assert not any("Open on" in note for note in answered.following.attendance("2026-07-31").notes)


def test_nothing_printed_about_attendance_names_anybody(cohort, first, tmp_path):
    visits = synthetic_visits(cohort.accepted, first.starts, first.minutes)
    path = write_zoom_report(tmp_path / "report.csv", visits)
    followed = cohort.following.attend(path, NEW_YORK)
    shown = [
        read_zoom_report(path, NEW_YORK, "month first"),
        followed,
        followed.followed,
        followed.following,
        followed.following.guests(),
        followed.following.attendance("2026-12-31"),
    ]
    printed = "".join(repr(s) + str(getattr(s, "_repr_mimebundle_", dict)()) for s in shown)
    names = {text for v in visits for text in v[:2] if text}
    assert [name for name in names if name in printed] == []


def test_attendance_comes_back_from_the_store_and_taking_it_again_adds_no_row(
    cohort, first, tmp_path
):
    visits = synthetic_visits(cohort.accepted, first.starts, first.minutes)
    path = write_zoom_report(tmp_path / "report.csv", visits)
    followed = cohort.following.attend(path, NEW_YORK).following.counting(share=0.75)
    followed = followed.following.check_in(
        *(person.code for person in cohort.accepted[:2]), day="2026-09-01"
    )
    planner = open_planner(tmp_path / "cohorts.db")
    assert planner.save(followed)
    loaded = planner.load(followed.name)
    assert loaded.followed == followed.followed
    assert not planner.save(loaded.following.attend(path, NEW_YORK))


def test_a_call_between_two_days_and_a_clock_change_keeps_its_length(cohort, report):
    # in Sydney the call of 10 November is at one at night; New York left summer time on the 1st
    start, stop = "11/11/2026 12:50:00 AM", "11/11/2026 03:10:00 AM"
    path = report(visit(cohort, 0, start, stop))
    assert set(minutes(cohort.following.attend(path, "Australia/Sydney")).values()) == {120}


def test_two_devices_in_a_report_without_times_are_open_where_their_sum_decides(
    cohort, report, tmp_path
):
    head = "Name (Original Name),User Email,Total Duration (Minutes),Guest"
    rows = [f"Somebody,{mail(cohort, k)},{spent},No" for k, spent in enumerate((60, 95, 20))]
    path = report(*rows, *(f"Phone {k},,{n},Yes" for k, n in enumerate((60, 60, 20))), head=head)
    followed = cohort.following.counting(share=0.75)
    followed = followed.following.attend(path, call="2026-07-14")
    reader = {guest.name._text: guest.id for guest in followed.followed.guests}
    codes = [person.code for person in cohort.accepted[:3]]
    answers = {reader[f"Phone {k}"]: code for k, code in enumerate(codes)}
    answered = followed.following.answer_guests(answers)
    table = answered.following.attendance("2026-07-15")
    cells = dict(table.rows)
    assert [cells[code] for code in codes] == [
        "60 to 120, open",  # at once 60 minutes, one after the other 120, and 90 are asked for
        "95 to 120, there",
        "20 to 40, not there",
    ]
    assert sum("several devices" in note for note in table.notes) == 1
    overlay = tmp_path / "promised.toml"
    overlay.write_text(
        f'{CALLS_AT_NINE}[commitments]\npromised = ["all calls"]\n', encoding="utf-8"
    )
    programme = Programme.load("master-practitioners-2026", overlay=overlay)
    owed = replace(answered, programme=programme).owed("2026-07-15").of(codes[0])
    assert owed.rows[0][2].startswith(
        "there on 0 of 1 so far; not settled: 2026-07-14 (in a report without times several "
        "devices may have been there at once, or in turn (in the diary: 'count as'))"
    )
    decided = answered.following.count_as(
        codes[0], "2026-07-14", there=True, by="coordinator", why="the phone was the second half"
    )
    assert dict(decided.following.attendance("2026-07-15").rows)[codes[0]] == "60 to 120, there"
