"""An earlier state of a cohort does not take out, unseen, what was decided and noted since."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cstools.cohorts import Cohort, Programme, faculty, open_planner
from cstools.cohorts.command.words import in_commands
from cstools.errors import DataError
from tests.cohorts.overlays import CALLS_AT_NINE
from tests.cohorts.people import somebody

REPORT = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n"


def by_the_director(cohort: Cohort) -> Cohort:
    one, other = (cohort.accepted[k].code for k in (0, 1))
    return cohort.pairing.forbid(one, other, by="programme director", why="both asked for it")


@pytest.fixture(scope="module")
def calling(tmp_path_factory, applications) -> Cohort:
    overlay = tmp_path_factory.mktemp("overlay") / "ours.toml"
    overlay.write_text(CALLS_AT_NINE, encoding="utf-8")
    programme = Programme.load("master-practitioners-2026", overlay=overlay)
    return programme.plan("Class", secret="a phrase").enrol(applications).select(25, seed=3)


@pytest.fixture(scope="module")
def priced(tmp_path_factory, applications) -> Cohort:
    overlay = tmp_path_factory.mktemp("overlay") / "ours.toml"
    price = '[price]\ncurrency = "USD"\nparticipant = "9000.00"\nscholarships = "limited"\n'
    overlay.write_text(price, encoding="utf-8")
    programme = Programme.load("master-practitioners-2026", overlay=overlay)
    cohort = programme.plan("Priced", secret="a phrase").enrol(applications).select(25, seed=3)
    return cohort.paying.in_order("early bird", "student", "scholarship").paying.fund("5000")


def attended(cohort: Cohort, folder: Path, *days: str) -> Cohort:
    email = cohort.accepted[0].application.email.reveal("a report in a test")
    for day in days or ("07/14/2026",):
        row = f"Somebody,{email},{day} 09:00:00 AM,{day} 11:00:00 AM,120,No\n"
        report = folder / f"{day.replace('/', '-')}.csv"
        report.write_text(REPORT + row, encoding="utf-8")
        cohort = cohort.following.attend(report, zone="America/New_York")
    return cohort


def test_a_save_without_decisions_that_are_kept_is_refused(store, paired):
    planner, later = open_planner(store), by_the_director(paired)
    planner.save(later)
    with pytest.raises(DataError) as refused:
        planner.save(paired)
    one, other = (paired.accepted[k].code for k in (0, 1))
    assert str(refused.value) == (
        "'Class of 2026-2027' is kept here with what this one lacks; saving it as it is now would "
        f"take out 1 decision of people ('never pair' about {one}, {other}). Nothing was saved: "
        "load it and go on from there, or keep this one in another folder; with going_back=True it "
        "is saved all the same"
    )
    assert in_commands(str(refused.value)).endswith("or keep this one in another folder")
    assert planner.load(later.name) == later


def test_a_save_without_the_attendance_that_is_kept_is_refused(store, calling, tmp_path):
    planner, later = open_planner(store), attended(calling, tmp_path)
    planner.save(later)
    with pytest.raises(DataError, match=r"out 1 attendance report \('monthly call 2026-07-14'\)"):
        planner.publish(calling)
    assert planner.load(later.name) == later


def noted(cohort: Cohort) -> Cohort:
    """Return the cohort with one of everything that a year brings."""
    one, other = (cohort.accepted[k].code for k in (0, 1))
    year = cohort.following.check_in(one, other, day="2026-07-01").following.counting(team=2)
    year = year.teams.found("Hill team", one, other)
    year = year.teams.mentor(
        "M-1", languages="English", time_zone="Europe/Copenhagen", free="Mon 9-17"
    )
    year = year.reviewing.with_faculty(faculty("F-1", "programme"))
    year = year.reviewing.declare("F-1", one)
    year = year.reviewing.consent(one, "mentor", on="2026-09-01")
    return year.paying.fund("5000").paying.in_order("student", "scholarship")


def test_a_save_without_what_was_noted_since_says_what_would_go(store, calling, tmp_path):
    planner = open_planner(store)
    first = attended(calling, tmp_path)
    later = attended(noted(first), tmp_path, "08/11/2026", "09/08/2026")
    planner.save(later)
    with pytest.raises(DataError) as refused:
        planner.save(first)
    one, team = calling.accepted[0].code, later.groups.teams[0].name
    assert str(refused.value) == (
        "'Class' is kept here with what this one lacks; saving it as it is now would take out 2 "
        "attendance reports (as 'monthly call 2026-08-11'), 1 check-in (of 2026-07-01), 1 rule of "
        f"counting (team), 10 teams (as '{team}'), 1 mentor (M-1), 1 member of the faculty (F-1), "
        f"1 conflict of interest (of F-1), 1 answer about helping the next run ({one} on "
        "2026-09-01), 1 fund for scholarships (5000.00) and 1 order of reductions (student, "
        "scholarship). Nothing was saved: load it and go on from there, or keep this one in "
        "another folder; with going_back=True it is saved all the same"
    )
    preview = planner.preview(first)
    assert preview._table().notes[-1] == f"Saving it is refused: {refused.value}."
    assert planner.load(later.name) == later
    assert not planner.preview(later).refused


def test_a_scholarship_that_is_taken_back_is_no_earlier_state(store, priced):
    planner, (one, other) = open_planner(store), (priced.accepted[k].code for k in (0, 1))
    granted = priced.paying.grant(one, "100").paying.grant(other, "100")
    planner.save(granted)
    with pytest.raises(DataError, match=r"would take out 2 scholarships \(as of P-"):
        planner.save(priced)
    fewer = granted.paying.grant(one, 0)
    assert planner.save(fewer)
    with pytest.raises(DataError, match=rf"would take out 1 scholarship \(of {other}\)"):
        planner.save(priced)
    assert planner.save(fewer.paying.grant(other, 0))
    assert planner.load(priced.name) == priced


def test_a_diary_that_is_corrected_and_done_from_the_beginning_is_no_step_back(
    store, calling, tmp_path
):
    """So it is advised where an entry was changed that had been done already."""
    diary, code = tmp_path / "decided.toml", calling.accepted[0].code
    for day in ("2026-08-20", "2026-09-10"):
        diary.write_text(
            f'[[decided]]\non = 2026-07-01\nwhat = "withdraw"\nperson = "{code}"\n'
            f'why = "a new post"\nday = {day}\n'
        )
        open_planner(store).save(calling.decide(diary))
    with pytest.raises(DataError, match="1 step of a diary"):
        open_planner(store).save(calling)


def test_a_note_that_is_corrected_is_no_step_back(store, calling, tmp_path):
    planner, one = open_planner(store), calling.accepted[0].code
    told = calling.following.practised(one, "12 of 21 days", day="2026-07-01")
    planner.save(told.reviewing.consent(one, "mentor", on="2026-09-01").following.counting(team=2))
    anew = calling.following.practised(one, "13 of 21 days", day="2026-07-01")
    anew = anew.reviewing.consent(one, on="2026-09-20").following.counting(team=3)
    planner.save(anew)
    assert planner.load(anew.name) == anew


def test_an_answer_of_an_earlier_day_does_not_take_the_place_of_a_later_one(store, calling):
    planner, one = open_planner(store), calling.accepted[0].code
    agreed = calling.reviewing.consent(one, "mentor", on="2026-09-01")
    planner.save(calling.reviewing.consent(one, on="2026-09-20"))
    with pytest.raises(DataError, match=rf"helping the next run \({one} on 2026-09-20\)"):
        planner.save(agreed)


def test_what_is_set_right_by_hand_goes_on_from_what_is_kept(store, calling, tmp_path):
    planner, later = open_planner(store), attended(noted(calling), tmp_path)
    planner.save(later)
    one, other = (calling.accepted[k].code for k in (0, 1))
    corrected = replace(later, followed=calling.followed)
    corrected = corrected.following.check_in(one, other, day="2026-07-02")
    planner.save(attended(corrected, tmp_path, "08/11/2026"))
    anew = replace(planner.load(later.name), followed=calling.followed)
    planner.save(anew)
    assert planner.load(later.name) == anew


def test_going_back_is_possible_for_whoever_says_so(store, paired):
    planner = open_planner(store)
    planner.save(by_the_director(paired))
    assert planner.save(paired, going_back=True).removed
    assert planner.load(paired.name) == paired


def test_as_many_decisions_are_not_the_same_decisions(store, paired):
    planner, kept = open_planner(store), by_the_director(paired)
    planner.save(kept)
    one, other = (paired.accepted[k].code for k in (2, 3))
    instead = paired.pairing.forbid(one, other, by="programme director", why="the two asked")
    with pytest.raises(DataError, match="would take out 1 decision of people"):
        planner.save(instead)
    assert planner.load(paired.name) == kept


def test_a_save_without_the_pairs_that_are_not_to_be_again_is_refused(store, paired):
    one, other = sorted(person.code for person in paired.accepted[:2])
    planner = open_planner(store)
    planner.save(paired.pairing.not_again([(one, other)]))
    told = rf"would take out 1 earlier pair of buddies \({one} and {other}\)"
    with pytest.raises(DataError, match=told):
        planner.save(paired)


def test_a_decision_with_a_new_reason_is_the_same_one(store, paired):
    planner, (one, other) = open_planner(store), (paired.accepted[k].code for k in (0, 1))
    planner.save(by_the_director(paired))
    again = paired.pairing.forbid(one, other, by="coordinator", why="they are of one family")
    planner.save(again)
    assert planner.load(paired.name) == again


def test_a_decision_that_was_taken_back_does_not_come_into_force_again(store, paired):
    planner, kept = open_planner(store), by_the_director(paired)
    back = kept.take_back(1, by="programme director", why="both changed their minds")
    planner.save(kept)
    planner.save(back)
    with pytest.raises(DataError, match=r"1 decision of people \('never pair' .*, taken back\)"):
        planner.save(kept)
    assert planner.load(paired.name) == back


def test_a_later_move_of_a_person_does_not_go_unseen(store, calling):
    planner, one = open_planner(store), calling.teams.form().groups.memberships[0].code
    formed = calling.teams.form()
    team = next(team.name for team in formed.groups.teams if team.name != formed.teams.of(one))
    planner.save(formed.teams.move(one, team, on="2026-09-01"))
    with pytest.raises(DataError, match=rf"take out 1 change of teams \({one} on 2026-09-01\)"):
        planner.save(formed)


def test_a_team_that_follows_the_day_of_a_seat_is_told_by_the_decision_on_it(store, calling):
    formed = calling.teams.form()
    planner, one = open_planner(store), formed.groups.memberships[0].code
    left = formed.withdraw(one, "moved away", on="2026-09-01")
    planner.save(left)
    with pytest.raises(
        DataError, match=rf"out 1 decision of people \('has withdrawn' about {one}\)\. No"
    ):
        planner.save(formed)


def test_a_guests_answer_goes_only_where_it_is_opened_again(store, calling, tmp_path):
    report = tmp_path / "2026-07-14.csv"
    row = "A Visitor,visitor@example.org,07/14/2026 09:00:00 AM,07/14/2026 11:00:00 AM,120,Yes"
    report.write_text(f"{REPORT}{row}\n", encoding="utf-8")
    waiting = calling.following.attend(report, zone="America/New_York")
    (guest,) = waiting.followed.guests
    planner, known = open_planner(store), waiting.following.answer_guests({guest.id: "nobody"})
    planner.save(known)
    with pytest.raises(DataError, match=rf"1 answer about guests \({guest.id}\)"):
        planner.save(waiting)
    assert planner.save(known.following.answer_guests({guest.id: "open"}))


NOTES = {
    "check-in": lambda c, a, b: c.following.check_in(a, b, day="2026-07-01"),
    "other check-in": lambda c, a, b: c.following.check_in(a, b, day="2026-07-02"),
    "decision": lambda c, a, b: c.pairing.forbid(a, b, by="director", why="they asked for it"),
    "other decision": lambda c, a, b: c.following.counts_from(
        b, "2026-09-01", by="director", why="came in later"
    ),
    "practice": lambda c, a, b: c.following.practised(a, "3 of 9 days", day="2026-07-01"),
    "consent": lambda c, a, b: c.reviewing.consent(a, "mentor", on="2026-09-01"),
    "faculty": lambda c, a, b: c.reviewing.with_faculty(faculty("F-1", "programme")),
    "mentor": lambda c, a, b: c.teams.mentor(
        "M-1", languages="English", time_zone="Europe/Copenhagen", free="Mon 9-17"
    ),
    "scholarship": lambda c, a, b: c.paying.grant(a, "100"),
    "other scholarship": lambda c, a, b: c.paying.grant(b, "100"),
}
GRANTED = {
    "scholarship": lambda c, a, b: c.paying.grant(a, 0),
    "other scholarship": lambda c, a, b: c.paying.grant(b, 0),
}
SAID = {"by": "director", "why": "a slip of the hand"}
BACK = GRANTED | {  # a decision of its own tells of these
    "check-in": lambda c, a, b: c.take_back("check-in", a, b, day="2026-07-01", **SAID),
    "practice": lambda c, a, b: c.take_back("practice", a, day="2026-07-01", **SAID),
    "faculty": lambda c, a, b: c.take_back("faculty", "F-1", **SAID),
    "mentor": lambda c, a, b: c.take_back("mentor", "M-1", **SAID),
}
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["note", "note", "take back", "save", "save", "load"]),
        st.integers(0, 30),
        st.sampled_from(sorted(NOTES)),
    ),
    min_size=4,
    max_size=14,
)
NUMBERS = itertools.count()


@pytest.fixture(scope="module")
def few(tmp_path_factory) -> Cohort:
    overlay = tmp_path_factory.mktemp("overlay") / "ours.toml"
    overlay.write_text(
        '[price]\ncurrency = "USD"\nparticipant = "9000.00"\nscholarships = "limited"\n',
        encoding="utf-8",
    )
    programme = Programme.load("master-practitioners-2026", overlay=overlay)
    planned = programme.plan("Few", secret="a phrase")
    return planned.enrol([somebody(1), somebody(2)]).select(2).paying.fund("5000")


@pytest.fixture(scope="module")
def many_runs(tmp_path_factory):
    return open_planner(tmp_path_factory.mktemp("runs") / "cohorts.db")


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_note_that_is_kept_goes_unless_it_was_taken_back(request, steps):
    """Whoever goes on from what is kept may take back; nobody else takes out what others noted.

    Others may where their list says so anew. Beside each cohort stand its notes, how often each was
    taken back in its list, and the save that it goes on from.
    """
    few, many_runs = (request.getfixturevalue(name) for name in ("few", "many_runs"))
    one, other = (person.code for person in few.people)
    cohort = replace(few, name=f"Few {next(NUMBERS)}")
    pool = [[cohort, frozenset(), Counter(), 0]]
    kept, saves = pool[0][:3], 0
    for what, number, name in steps:
        chosen = pool[number % len(pool)]
        cohort, notes, listed, since = chosen
        if what == "note":
            pool.append([NOTES[name](cohort, one, other), notes | {name}, listed, since])
        elif what == "take back" and name in BACK.keys() & notes:
            more = listed if name in GRANTED else listed + Counter([name])
            pool.append([BACK[name](cohort, one, other), notes - {name}, more, since])
        elif what == "load" and saves:
            pool.append([many_runs.load(cohort.name), *kept[1:], saves])
        elif what == "save":
            lost = kept[1] - notes - set(listed - kept[2])
            count = len(lost) + (kept[2] - listed).total()
            if since < saves and count:
                with pytest.raises(DataError) as refused:
                    many_runs.save(cohort)
                told = re.findall(r"\b(\d+) [a-z- ]+ \(", str(refused.value))
                # a line of the list that stands elsewhere in it is taken for a new one
                assert sum(map(int, told)) in range(1 if kept[2] else count, count + 1)
            else:
                changed = many_runs.save(cohort)
                saves, kept = saves + bool(changed), [cohort, notes, listed]
                chosen[3] = saves
        if what == "save":
            assert many_runs.load(cohort.name) == kept[0]
