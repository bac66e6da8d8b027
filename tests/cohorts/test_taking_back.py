"""What was noted by a slip of the hand is taken back: it is gone, and the list says who and why."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstools.__main__ import main
from cstools.cohorts import Cohort, Programme, faculty, open_planner
from cstools.errors import DataError, UnknownNameError
from tests.cohorts.overlays import CALLS_AT_NINE

SAID = {"by": "programme director", "why": "a slip of the hand"}
OURS = f"""{CALLS_AT_NINE}[[workshops]]
name = "Module 1"
starts = 2026-06-29T09:00:00
ends = 2026-07-03T16:00:00
zone = "America/New_York"
"""
HEAD = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n"
ZONE, CALL = "America/New_York", "2026-07-14"
FREE = {"languages": "English", "time_zone": "Europe/Copenhagen", "free": "Mon-Fri 0-24"}


@pytest.fixture(scope="module")
def begun(tmp_path_factory, applications) -> Cohort:
    """A cohort with teams, a mentor, faculty and panels, in which the year begins."""
    overlay = tmp_path_factory.mktemp("overlay") / "ours.toml"
    overlay.write_text(OURS, encoding="utf-8")
    programme = Programme.load("master-practitioners-2026", overlay=overlay)
    cohort = programme.plan("Class", secret="a phrase").enrol(applications).select(25, seed=3)
    cohort = cohort.teams.form().teams.mentor("M-1", **FREE)
    cohort = cohort.reviewing.with_faculty(
        *(faculty(f"F-{k}", kind) for k, kind in enumerate(("programme", "outside"), start=1))
    )
    return cohort.reviewing.assign_panels(unit="person")


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("portfolio") / "portfolio.html"
    file.write_text("made up", encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def reports(tmp_path_factory, begun) -> Path:
    """A folder with the report of one call, in which one person and a guest were."""
    folder = tmp_path_factory.mktemp("zoom")
    write_report(folder / "call.csv", begun, "09:00:00 AM", "11:00:00 AM", guest="a visitor")
    return folder


def write_report(file, cohort, first, last, guest=""):
    email = cohort.accepted[0].application.email.reveal("a report in a test")
    rows = [("Somebody", email), (guest, "")] if guest else [("Somebody", email)]
    times = f"07/14/2026 {first},07/14/2026 {last},120,No\n"
    file.write_text(HEAD + "".join(f"{n},{e},{times}" for n, e in rows), encoding="utf-8")


def one(cohort):
    return cohort.accepted[0].code


def two(cohort):
    return cohort.accepted[0].code, cohort.accepted[1].code


def team(cohort):
    return cohort.groups.teams[0].name


# How each kind is noted, what is taken back, and what the list then says that it was about.
NOTED = {
    "champion": lambda c, _: (
        c.teams.champion(team(c), "superintendent"),
        ("champion", team(c), "superintendent"),
        {},
        f"{team(c)}, superintendent",
    ),
    "champion by code": lambda c, _: (
        c.teams.champion(team(c), newcomer(c)),
        ("champion", team(c), newcomer(c)),
        {},
        f"{newcomer(c)}, {team(c)}",
    ),
    "mentor": lambda c, _: (c.teams.mentor("M-2", **FREE), ("mentor", "M-2"), {}, "M-2"),
    "faculty": lambda c, _: (
        c.reviewing.with_faculty(faculty("F-9", "outside")),
        ("faculty", "F-9"),
        {},
        "F-9",
    ),
    "conflict": lambda c, _: (
        c.reviewing.declare("F-1", one(c)),
        ("conflict", "F-1", one(c)),
        {},
        f"{one(c)}, F-1",
    ),
    "conflict with a team": lambda c, _: (
        c.reviewing.declare("F-1", team(c)),
        ("conflict", "F-1", team(c)),
        {},
        f"F-1, {team(c)}",
    ),
    "check-in": lambda c, _: (
        c.following.check_in(*two(c), day="2026-10-05"),
        ("check-in", *two(c)[::-1]),
        {"day": "2026-10-05"},
        f"{', '.join(sorted(two(c)))}, 2026-10-05",
    ),
    "check-in of a team": lambda c, _: (
        c.following.check_in(team(c), day="2026-10-05"),
        ("check-in", team(c)),
        {"day": "2026-10-05"},
        f"{team(c)}, 2026-10-05",
    ),
    "practice": lambda c, _: (
        c.following.practised(one(c), "12 of 21 days", day="2026-10-05"),
        ("practice", one(c)),
        {"day": "2026-10-05"},
        f"{one(c)}, 2026-10-05, 12 of 21 days",
    ),
    "project": lambda c, _: (
        c.following.project(team(c), "proposed", day="2026-07-20"),
        ("project", team(c), "proposed"),
        {},
        f"{team(c)}, proposed, 2026-07-20",
    ),
    "portfolio": lambda c, files: (
        c.following.portfolio(one(c), files[0], day="2027-05-05"),
        ("portfolio", one(c)),
        {"day": "2027-05-05"},
        f"{one(c)}, 2027-05-05, {digest(files[0])[:8]}",
    ),
    "workshop": lambda c, _: (
        c.following.at_workshop("Module 1", {outsider(c): ["2026-07-01"]}),
        ("workshop", outsider(c), "Module 1"),
        {},
        f"{outsider(c)}, Module 1, 2026-07-01",
    ),
    "report": lambda c, files: (
        c.following.attend(files[1], ZONE),
        ("report", CALL),
        {},
        f"monthly call {CALL}, report {digest(files[1] / 'call.csv')[:8]}",
    ),
}


def newcomer(cohort):
    named = cohort.groups.teams[0].champions
    return next(p.code for p in cohort.accepted if p.code not in named)


def outsider(cohort):
    seated = {person.code for person in cohort.accepted}
    return next(p.code for p in cohort.people if p.code not in seated)


def digest(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


def bare(cohort):
    """Return a cohort without what people decided."""
    return replace(cohort, overruled=())


@pytest.mark.parametrize("kind", NOTED)
def test_a_note_that_is_taken_back_is_gone_and_the_list_says_who_and_why(
    begun, portfolio, reports, kind
):
    noted, what, day, about = NOTED[kind](begun, (portfolio, reports))
    back = noted.take_back(*what, **day, **SAID)
    if kind == "workshop":  # all others were there as well, and stay
        assert len(noted.followed.entries) - len(back.followed.entries) == 1
    else:
        assert bare(back).followed == begun.followed
        assert bare(back).groups == begun.groups
        assert (back.review.faculty, back.review.declared) == (
            begun.review.faculty,
            begun.review.declared,
        )
    row = back.overruled_table().rows[-1]
    assert row[1:6] == ("notes", f"take back {what[0]}", about, SAID["by"], SAID["why"])
    assert back.take_back(*what, **day, **SAID) == back


def of_every_kind(cohort, files):
    """Return a cohort with one note of every kind, and again after all are taken back."""
    noted = cohort
    for make in NOTED.values():
        noted, *_ = make(noted, files)
    back = noted
    for make in NOTED.values():
        _, what, day, _ = make(cohort, files)
        back = back.take_back(*what, **day, **SAID)
    return noted, back


@pytest.mark.parametrize("made", ["from what is kept", "anew"])
def test_what_was_taken_back_is_kept_whole_and_saved_over_the_notes(
    begun, portfolio, reports, made, store
):
    noted, back = of_every_kind(begun, (portfolio, reports))
    planner = open_planner(store)
    planner.save(noted)
    if made == "anew":
        planner, back = open_planner(store), replace(back, kept_at="")
    planner.save(back)
    assert planner.load("Class") == back
    assert len(back.overruled) == len(NOTED)
    assert not planner.save(back)
    runs = b"".join(path.read_bytes() for path in Path(store).glob("runs.sqlite*"))
    assert [p.code for p in begun.people if p.code.encode() in runs] == []


def test_a_state_from_before_the_note_was_made_once_more_is_an_earlier_one(begun, store):
    planner, pair = open_planner(store), two(begun)
    noted = begun.following.check_in(*pair, day="2026-10-05")
    back = noted.take_back("check-in", *pair, day="2026-10-05", **SAID)
    again = back.following.check_in(*pair, day="2026-10-05")
    planner.save(again)
    with pytest.raises(DataError, match="1 check-in"):
        open_planner(store).save(replace(back, kept_at=""))
    assert open_planner(store).load("Class") == again


def test_a_note_made_again_is_taken_back_again_and_both_stand_in_the_list(begun):
    cohort, pair = begun, two(begun)
    for _ in range(2):
        cohort = cohort.following.check_in(*pair, day="2026-10-05")
        cohort = cohort.take_back("check-in", *pair, day="2026-10-05", **SAID)
    assert [held.wish for held in cohort.overruled] == ["take back check-in"] * 2
    assert cohort.followed == begun.followed


def test_another_reason_stands_in_the_place_of_the_first(begun):
    noted = begun.teams.champion(team(begun), "superintendent")
    what = ("champion", team(begun), "superintendent")
    back = noted.take_back(*what, **SAID).take_back(*what, by="coordinator", why="the wrong team")
    assert [(held.by, held.why) for held in back.overruled] == [("coordinator", "the wrong team")]


KINDS = st.sampled_from(("note", "take back"))


@given(st.lists(st.tuples(KINDS, st.integers(0, 2), st.integers(1, 3)), max_size=12))
def test_notes_and_takings_back_in_any_order_leave_what_was_noted_last(begun, steps):
    cohort, there, told = begun, set(), 0
    people = [person.code for person in begun.accepted]
    for what, k, day in steps:
        pair, on = people[k : k + 2], f"2026-10-0{day}"
        if what == "note":
            cohort = cohort.following.check_in(*pair, day=on)
            there.add((*sorted(pair), on))
        elif (*sorted(pair), on) in there:
            cohort = cohort.take_back("check-in", *pair, day=on, **SAID)
            there.remove((*sorted(pair), on))
            told += 1
    assert {(*e.who, str(e.day)) for e in cohort.followed.entries} == there
    assert len(cohort.overruled) == told


# --- what is not there, and what something rests on ---


def test_what_was_never_noted_is_told_with_what_there_is(begun, reports):
    one_, other = two(begun)
    noted = begun.following.check_in(one_, other, day="2026-10-05").following.attend(reports, ZONE)
    pair = ", ".join(sorted((one_, other)))
    cases = {
        ("mentor", "M-7"): "mentors of 'Class': nothing is called 'M-7'; did you mean 'M-1'?",
        ("faculty", "F-7"): (
            "the faculty of this run: nothing is called 'F-7'; did you mean 'F-2' or 'F-1'?"
        ),
        ("conflict", "F-1", one_): (f"conflicts that F-1 declared: nothing is called '{one_}'"),
        ("report", "2026-08-11"): (
            f"calls with a report: nothing is called '2026-08-11'; there is 'monthly call {CALL}'"
        ),
        ("project", one_, "reviewd"): (
            "states of a project: nothing is called 'reviewd'; did you mean 'reviewed'?"
        ),
        ("project", one_, "reviewed"): (f"of whom a project is noted: nothing is called '{one_}'"),
        ("chmpion", "x"): (
            "what can be taken back: nothing is called 'chmpion'; did you mean 'champion'?"
        ),
    }
    for what, told in cases.items():
        with pytest.raises(UnknownNameError) as error:
            noted.take_back(*what, **SAID)
        assert str(error.value) == told
    with pytest.raises(UnknownNameError) as error:
        noted.take_back("check-in", one_, other, day="2026-10-06", **SAID)
    assert str(error.value) == (
        f"check-in of {pair}: nothing is called '2026-10-06'; did you mean '2026-10-05'?"
    )
    with pytest.raises(UnknownNameError) as error:
        noted.take_back("check-in", one_, day="2026-10-06", **SAID)
    assert str(error.value).startswith(f"of whom a check-in is noted: nothing is called '{one_}'")


@pytest.mark.parametrize(
    ("what", "on", "told"),
    [
        (
            ("champion", "Hill team"),
            None,
            "take back champion: it is told by its team, and the code or the role, and 1 is given",
        ),
        (
            ("mentor",),
            None,
            "take back mentor: it is told by the id, as M-1, and nothing is given",
        ),
        (
            ("check-in", "P-A", "P-B"),
            None,
            "take back check-in: say of which day it is, as day='2026-10-05'",
        ),
        (
            ("mentor", "M-1"),
            "2026-10-05",
            "take back mentor: it is told without a day; leave it out",
        ),
        (
            ("1", "M-1"),
            None,
            "a decision is taken back by its number, and told nothing else but why",
        ),
    ],
)
def test_what_is_told_too_little_or_too_much_is_asked_for(begun, what, on, told):
    with pytest.raises(DataError) as error:
        begun.take_back(*what, day=on, **SAID)
    assert str(error.value) == told


def test_a_reason_that_names_somebody_is_refused_and_a_name_is_answered_with_the_code(begun):
    person = begun.accepted[0]
    name = person.application.name.reveal("a test")
    noted = begun.following.check_in(*two(begun), day="2026-10-05")
    with pytest.raises(DataError, match=f"'take back check-in': the reason names {person.code}"):
        noted.take_back(
            "check-in", *two(begun), day="2026-10-05", by="director", why=f"{name} was ill"
        )
    with pytest.raises(UnknownNameError, match=f"write {person.code} for the name"):
        noted.take_back("practice", name, day="2026-10-05", **SAID)


def test_a_mentor_is_taken_from_the_teams_and_the_list_says_of_how_many(begun):
    cohort = begun.teams.assign()
    count = len(cohort.groups.mentoring)
    assert count
    back = cohort.take_back("mentor", "M-1", **SAID)
    assert back.groups.mentoring == ()
    assert back.overruled_table().rows[-1][-1] == (
        f"takes it from {count} team{'s' * (count > 1)}, until mentors are assigned again"
    )
    assert back.teams.mentor("M-1", **FREE).teams.assign().groups == cohort.groups


def test_a_mentor_who_was_given_or_has_stopped_is_not_taken_back(begun):
    given_ = begun.teams.give_mentor(team(begun), "M-1", **SAID)
    with pytest.raises(DataError) as error:
        given_.take_back("mentor", "M-1", **SAID)
    assert str(error.value) == (
        f"overruling 1 gives M-1 to '{team(begun)}'; take_back() for that number comes first"
    )
    assert given_.take_back(1, **SAID).take_back("mentor", "M-1", **SAID).groups.mentors == ()
    stopped = begun.teams.assign().teams.end_mentoring("M-1", on="2026-11-01")
    with pytest.raises(DataError, match=r"^M-1 accompanied '.*' until 2026-11-01, and that stays"):
        stopped.take_back("mentor", "M-1", **SAID)


def test_faculty_take_their_conflicts_along_each_with_a_line_of_its_own(begun):
    cohort = begun.reviewing.with_faculty(faculty("F-9", "outside"))
    cohort = cohort.reviewing.declare("F-9", one(begun)).reviewing.declare("F-1", one(begun))
    back = cohort.take_back("faculty", "F-9", **SAID)
    assert [held.wish for held in back.overruled] == ["take back faculty", "take back conflict"]
    assert [held.faculty for held in back.review.declared] == ["F-1"]
    assert back.review.panels == ()
    assert back.reviewing.assign_panels().review.panels


def test_faculty_on_whom_something_rests_are_not_taken_back(begun, portfolio):
    code = one(begun)
    put = begun.reviewing.put_on_panel(code, "F-1", **SAID)
    with pytest.raises(DataError) as error:
        put.take_back("faculty", "F-1", **SAID)
    assert str(error.value) == (
        f"overruling 1 puts F-1 on the panel of {code}; take_back() for that number comes first"
    )
    more = begun.reviewing.with_faculty(faculty("F-3", "programme")).reviewing.assign_panels()
    handed = more.reviewing.hand_in(code, portfolio, on="2027-06-01")
    member = next(id for p in handed.review.panels if p.of == code for id in p.members)
    with pytest.raises(DataError, match=f"^{member} is on the panel of {code}, whose portfolio"):
        handed.take_back("faculty", member, **SAID)
    off = handed.reviewing.keep_off_panel(code, member, **SAID).reviewing.assign_panels()
    assert member not in {f.id for f in off.take_back("faculty", member, **SAID).review.faculty}
    signed = handed.reviewing.sign(code, member, "certified", on="2027-06-20")
    with pytest.raises(DataError) as error:
        signed.take_back("faculty", member, **SAID)
    assert str(error.value) == f"{member} has signed for {code}, and what was signed stays"


def test_of_a_project_the_last_state_goes_first(begun):
    cohort = begun.following.project(team(begun), "proposed", day="2026-05-20")
    cohort = cohort.following.project(team(begun), "reviewed", day="2026-06-20", approved_by="us")
    with pytest.raises(DataError) as error:
        cohort.take_back("project", team(begun), "proposed", **SAID)
    assert str(error.value) == (
        f"project of {team(begun)}: it was reviewed on 2026-06-20; take that state back first"
    )
    back = cohort.take_back("project", team(begun), "reviewed", **SAID)
    assert back.take_back("project", team(begun), "proposed", **SAID).followed == begun.followed


# --- reports, and sheets that are read again ---


def test_a_report_is_meant_by_its_call_its_file_or_its_mark(begun, reports):
    noted = begun.following.attend(reports, ZONE)
    mark, file = digest(reports / "call.csv")[:8], str(reports / "call.csv")
    for words in ((CALL,), (f"monthly call {CALL}",), (file,), (mark,), (CALL, mark)):
        back = noted.take_back("report", *words, **SAID)
        assert back.followed == begun.followed
        assert back.overruled[0].cost == "leaves the call without a report and forgets 1 guest"
        assert back.take_back("report", *words, **SAID) == back


def test_of_two_reports_of_a_call_one_is_chosen(begun, tmp_path):
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    write_report(first, begun, "09:00:00 AM", "09:20:00 AM", guest="a visitor")
    write_report(second, begun, "09:40:00 AM", "11:00:00 AM", guest="a visitor")
    noted = begun.following.attend(tmp_path, ZONE)
    with pytest.raises(DataError) as error:
        noted.take_back("report", CALL, **SAID)
    marks = sorted(held.digest[:8] for held in noted.followed.meetings)
    assert all(mark in str(error.value) for mark in marks)
    assert "14 July 2026, 13:40 to 15:00 UTC" in str(error.value)
    assert str(error.value).endswith("; write the call, and the mark of the one after it")
    back = noted.take_back("report", str(first), **SAID)
    assert back.followed == begun.following.attend(second, ZONE).followed
    assert back.overruled[0].cost == "changes nothing else"


def test_a_folder_read_again_does_not_bring_a_report_back_and_saying_the_call_does(begun, reports):
    noted = begun.following.attend(reports, ZONE)
    back = noted.take_back("report", CALL, **SAID)
    assert back.following.attend(reports, ZONE) == back
    file = reports / "call.csv"
    assert back.following.attend(file, ZONE).followed == noted.followed
    other = back.following.attend(file, ZONE, call="2026-08-11")
    assert other.followed.meetings != noted.followed.meetings
    assert other.following.attend(reports, ZONE) == other
    shown = [(row[0], row[1]) for row in back.following._table().rows]
    assert ("reports and notes taken back", "1") in shown


def test_the_report_of_a_call_that_is_in_the_calendar_no_more_is_meant_by_its_mark(begun, reports):
    noted = begun.following.attend(reports, ZONE)
    lost = replace(noted, programme=Programme.load("master-practitioners-2026"))
    mark = digest(reports / "call.csv")[:8]
    with pytest.raises(UnknownNameError) as error:
        lost.take_back("report", CALL, **SAID)
    assert str(error.value) == (
        f"calls with a report: nothing is called '{CALL}'; there is '{mark}'"
    )
    back = lost.take_back("report", mark, **SAID)
    assert back.followed == begun.followed
    assert back.overruled_table().rows[0][3] == (
        f"a call that is in the calendar no more, report {mark}"
    )


SHEET = "day,who,what,value,approved by\n"


def test_a_sheet_read_again_does_not_bring_a_note_back_and_a_corrected_row_is_taken(
    begun, tmp_path
):
    code, other = two(begun)
    rows = [
        f'2026-10-05,"{code}, {other}",check-in,,',
        f"2026-10-05,{code},practice,12 of 21 days,",
        f"2026-07-20,{code},project,proposed,",
    ]
    sheet = tmp_path / "notes.csv"
    sheet.write_text(SHEET + "\n".join(rows), encoding="utf-8")
    noted = begun.following.note(sheet)
    back = noted.take_back("check-in", code, other, day="2026-10-05", **SAID)
    back = back.take_back("practice", code, day="2026-10-05", **SAID)
    back = back.take_back("project", code, "proposed", **SAID)
    assert back.followed == begun.followed
    assert back.following.note(sheet) == back
    corrected = SHEET + "\n".join([*rows, rows[1].replace("12", "13"), rows[2].replace("20", "21")])
    sheet.write_text(corrected, encoding="utf-8")
    again = back.following.note(sheet)
    assert [(e.day.day, getattr(e, "done", 0)) for e in again.followed.entries] == [
        (5, 13),
        (21, 0),
    ]
    assert back.take_back(1, **SAID).following.note(sheet).followed != again.followed
    assert "when it is noted again, or when its sheet or its report is read again" in repr(
        back.take_back(1, **SAID).overruled_table()
    )


# --- the diary, and the command line ---


def test_a_diary_takes_a_note_back(begun, tmp_path):
    what = team(begun)
    told = [
        {"what": "champion", "team": what, "who": "superintendent"},
        {"what": "take back", "note": "champion", "about": [what, "superintendent"], **SAID},
    ]
    blocks = [
        "\n".join(
            ["[[decided]]", "on = 2026-07-01", *(f"{k} = {json.dumps(v)}" for k, v in e.items())]
        )
        for e in told
    ]
    file = tmp_path / "decided.toml"
    file.write_text("\n".join(blocks), encoding="utf-8")
    decided = begun.decide(file)
    assert decided.groups == begun.groups
    assert [held.wish for held in decided.overruled] == ["take back champion"]
    assert decided.decide(file) is decided


def test_a_note_is_taken_back_on_the_command_line(begun, reports, tmp_path, capsys):
    code, other = two(begun)
    noted = begun.following.check_in(code, other, day="2026-10-05").following.attend(reports, ZONE)
    noted = noted.teams.champion(team(begun), "superintendent")
    place = str(tmp_path / "planner")
    open_planner(place).save(noted)
    said = ("--by", SAID["by"], "--why", SAID["why"], "--planner", place)
    for words in (
        ("check-in", code, other, "--on", "2026-10-05"),
        ("report", CALL),
        ("champion", team(begun), "superintendent"),
    ):
        assert main(["plan", "take-back", *words, *said]) == 0
    kept = open_planner(place).load("Class")
    assert (kept.followed, kept.groups) == (begun.followed, begun.groups)
    shown = capsys.readouterr().out
    assert "take back check-in" in shown
    assert main(["plan", "take-back", "check-in", code, *said]) == 2
    assert capsys.readouterr().err == (
        "take back check-in: say of which day it is, as --on '2026-10-05'\n"
    )
    assert main(["plan", "take-back", "1", *said]) == 0
    assert "overruling" not in capsys.readouterr().err
