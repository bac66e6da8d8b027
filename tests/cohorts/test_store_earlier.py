"""An earlier state of a cohort does not take out, unseen, what was decided and noted since."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cstools.cohorts import Cohort, Programme, faculty, open_planner
from cstools.cohorts.command.words import in_commands
from cstools.errors import DataError

OURS = """
[[calls]]
name = "monthly call"
every = "month"
day = "second Tuesday"
start = 09:00:00
zone = "America/New_York"
minutes = 120
"""
REPORT = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n"


def by_the_director(cohort: Cohort) -> Cohort:
    one, other = (cohort.accepted[k].code for k in (0, 1))
    return cohort.pairing.forbid(one, other, by="programme director", why="both asked for it")


@pytest.fixture(scope="module")
def calling(tmp_path_factory, applications) -> Cohort:
    overlay = tmp_path_factory.mktemp("overlay") / "ours.toml"
    overlay.write_text(OURS, encoding="utf-8")
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
    assert str(refused.value) == (
        "'Class of 2026-2027' is kept here as it stood later in the year; saving it as it is now "
        "would take out 1 decision of people. Nothing was saved: load it and go on from there, or "
        "keep this one in another folder; with going_back=True it is saved all the same"
    )
    assert in_commands(str(refused.value)).endswith("or keep this one in another folder")
    assert planner.load(later.name) == later


def test_a_save_without_the_attendance_that_is_kept_is_refused(store, calling, tmp_path):
    planner, later = open_planner(store), attended(calling, tmp_path)
    planner.save(later)
    with pytest.raises(DataError, match="would take out 1 call with a report"):
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
    return year.paying.fund("5000")


def test_a_save_without_what_was_noted_since_says_what_would_go(store, calling, tmp_path):
    planner = open_planner(store)
    first = attended(calling, tmp_path)
    later = attended(noted(first), tmp_path, "08/11/2026", "09/08/2026")
    planner.save(later)
    with pytest.raises(DataError) as refused:
        planner.save(first)
    assert str(refused.value) == (
        "'Class' is kept here as it stood later in the year; saving it as it is now would take "
        "out 2 calls with a report, 1 note of the year, 1 rule of counting, 10 teams, 1 mentor, "
        "1 member of the faculty, 1 conflict of interest, 1 answer about helping the next run and "
        "1 fund for scholarships. Nothing was saved: load it and go on from there, or keep this "
        "one in another folder; with going_back=True it is saved all the same"
    )
    assert planner.load(later.name) == later


def test_one_scholarship_is_taken_back_and_all_of_several_are_an_earlier_state(store, priced):
    planner, (one, other) = open_planner(store), (priced.accepted[k].code for k in (0, 1))
    granted = priced.paying.grant(one, "100").paying.grant(other, "100")
    planner.save(granted)
    with pytest.raises(DataError, match="would take out 2 scholarships"):
        planner.save(priced)
    assert planner.save(granted.paying.grant(one, 0))
    assert planner.save(priced)


def test_a_note_that_is_corrected_is_no_step_back(store, calling, tmp_path):
    planner, later = open_planner(store), attended(noted(calling), tmp_path)
    planner.save(later)
    one, other = (calling.accepted[k].code for k in (0, 1))
    corrected = replace(later, followed=calling.followed)
    corrected = corrected.following.check_in(one, other, day="2026-07-02")
    corrected = attended(corrected.following.counting(team=3), tmp_path, "08/11/2026")
    planner.save(corrected)
    assert planner.load(later.name) == corrected


def test_going_back_is_possible_for_whoever_says_so(store, paired):
    planner = open_planner(store)
    planner.save(by_the_director(paired))
    assert planner.save(paired, going_back=True).removed
    assert planner.load(paired.name) == paired


def test_a_decision_in_the_place_of_another_is_no_step_back(store, paired):
    planner = open_planner(store)
    planner.save(by_the_director(paired))
    one, other = (paired.accepted[k].code for k in (2, 3))
    instead = paired.pairing.forbid(one, other, by="programme director", why="the two asked")
    planner.save(instead)
    assert planner.load(paired.name) == instead
