"""Who may have a seat, in each run's own words, and what its teams have to be."""

from dataclasses import replace
from datetime import datetime

import pytest

from cstools.cohorts import Programme
from cstools.cohorts.basics.people import Private
from cstools.cohorts.selection.eligibility import spoken_priorities, verdict


@pytest.fixture
def person(applications):
    return replace(
        next(iter(applications)), alumni=False, team="", local_work=False, submitted=None
    )


@pytest.mark.parametrize(
    ("run", "answer", "reason"),
    [
        (
            "master-practitioners-2020",
            "eligible",
            "has not taken the introductory workshop, so stands behind those who have",
        ),
        (
            "master-practitioners-2026",
            "not eligible",
            "has not taken the introductory workshop, which this run requires",
        ),
        (
            "california-associates-1",
            "needs a ruling",
            "has not taken the introductory workshop; the documents say both that alumni are "
            "offered the program and that they have priority",
        ),
        (
            "master-practitioners-2023",
            "eligible",
            "the documents state no rule on who may apply",
        ),
    ],
)
def test_who_has_not_taken_the_introductory_workshop(person, run, answer, reason):
    given = verdict(Programme.load(run).facts, person)
    assert (given.answer, given.reason) == (answer, reason)


@pytest.mark.parametrize("run", Programme.ids())
def test_an_alumnus_in_time_may_have_a_seat_in_every_run(person, run):
    assert verdict(Programme.load(run).facts, replace(person, alumni=True)).answer == "eligible"


@pytest.mark.parametrize(
    ("run", "answer", "reason"),
    [
        (
            "master-practitioners-2020",
            "eligible",
            "does not say whether the introductory workshop was taken, so stands behind those who "
            "have taken it",
        ),
        (
            "master-practitioners-2026",
            "needs a ruling",
            "does not say whether the introductory workshop was taken",
        ),
        (
            "california-associates-1",
            "needs a ruling",
            "does not say whether the introductory workshop was taken",
        ),
        (
            "master-practitioners-2023",
            "eligible",
            "the documents state no rule on who may apply",
        ),
    ],
)
def test_an_empty_answer_on_the_workshop_is_neither_yes_nor_no(person, run, answer, reason):
    given = verdict(Programme.load(run).facts, replace(person, alumni=None))
    assert (given.answer, given.reason) == (answer, reason)


def test_priorities_are_told_in_the_order_of_the_documents(person):
    facts = Programme.load("master-practitioners-2020").facts
    given = verdict(facts, replace(person, team="Hill team", local_work=True))
    assert given.priorities == (False, True, True)
    assert spoken_priorities(facts, given.priorities) == "priority: team, existing site"


def test_an_application_after_the_deadline_needs_a_ruling(person):
    facts = Programme.load("master-practitioners-2026").facts
    in_time = replace(person, alumni=True, submitted=datetime(2026, 5, 15, 23, 59))
    late = replace(in_time, submitted=datetime(2026, 5, 16, 0, 1))
    assert verdict(facts, in_time).answer == "eligible"
    assert verdict(facts, late).answer == "needs a ruling"
    assert verdict(facts, late).reason == (
        "received after the deadline of 15 May 2026; the documents do not say what follows"
    )


def team(person, size, champions=0):
    return [
        replace(
            person, email=Private(f"p{k}@example.org"), team="Hill team", champion=k < champions
        )
        for k in range(size)
    ]


@pytest.mark.parametrize(
    ("size", "champions", "flags"),
    [
        (1, 1, ("team 'Hill team' has 1 member; the programme states 2 to 5",)),
        (6, 1, ("team 'Hill team' has 6 members; the programme states 2 to 5",)),
        (2, 0, ("team 'Hill team' names no executive champion; a member may be one",)),
        (2, 1, ()),
        (5, 2, ()),
    ],
)
def test_a_team_in_california_has_two_to_five_people_and_a_champion(person, size, champions, flags):
    cohort = Programme.load("california-associates-1").plan("Cycle 1")
    assert cohort.enrol(team(person, size, champions)).teams.flags() == flags


def test_a_run_that_states_nothing_on_teams_flags_none(person):
    cohort = Programme.load("master-practitioners-2026").plan("Class of 2026-2027")
    assert cohort.enrol(team(person, 9)).teams.flags() == ()
