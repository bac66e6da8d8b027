"""An earlier state of a cohort does not take out, unseen, what was decided and noted since."""

from __future__ import annotations

from pathlib import Path

import pytest

from cstools.cohorts import Cohort, Programme, open_planner
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


def attended(cohort: Cohort, folder: Path) -> Cohort:
    email = cohort.accepted[0].application.email.reveal("a report in a test")
    row = f"Somebody,{email},07/14/2026 09:00:00 AM,07/14/2026 11:00:00 AM,120,No\n"
    report = folder / "call.csv"
    report.write_text(REPORT + row, encoding="utf-8")
    return cohort.following.attend(report, zone="America/New_York")


def test_a_save_without_decisions_that_are_kept_is_refused(store, paired):
    planner, later = open_planner(store), by_the_director(paired)
    planner.save(later)
    with pytest.raises(DataError) as refused:
        planner.save(paired)
    assert str(refused.value) == (
        "'Class of 2026-2027' is kept here as it stood later in the year; saving it as it is now "
        "would take out 1 decision of people. Nothing was saved: load it and go on from there, or "
        "keep this one in another folder"
    )
    assert planner.load(later.name) == later


def test_a_save_without_the_attendance_that_is_kept_is_refused(store, calling, tmp_path):
    planner, later = open_planner(store), attended(calling, tmp_path)
    planner.save(later)
    with pytest.raises(DataError, match="would take out all attendance"):
        planner.publish(calling)
    assert planner.load(later.name) == later


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
