"""A form may ask for a role and a district: buddies and teams use them, others work on."""

import json

import pytest

from cstools.cohorts import Programme, check_applications, open_planner, read_applications
from cstools.cohorts.buddies.buddies import score
from cstools.cohorts.buddies.buddy_people import as_buddies
from cstools.cohorts.store.rows import answers_text
from tests.cohorts.people import somebody

OLD = "Full name,Email Address,Time zone,Languages,Site,Team,Introductory workshop taken,Free hours"
NEW = f"{OLD},Role,District or county"
ROWS = [
    "Ada Synthetic,a@example.org,Europe/Oslo,Danish,Example Hill School,Hill team,Yes,Mon 16-18",
    "Bo Synthetic,b@example.org,Europe/Oslo,Danish,Example Lake School,Hill team,Yes,Mon 16-18",
    "Cy Synthetic,c@example.org,Europe/Oslo,Danish,Example Lake School,Lake team,Yes,Mon 16-18",
]
ASKED = ("Teacher,Example County", "teacher ,Example County", "Head,EXAMPLE COUNTY")


def planned(path):
    programme = Programme.load("master-practitioners-2026")
    return programme.plan("Class", secret="x").enrol(read_applications(path)).select()


@pytest.fixture
def cohort(form):
    return planned(form(*(f"{r},{more}" for r, more in zip(ROWS, ASKED, strict=True)), head=NEW))


def by_name(cohort, name):
    return next(p for p in cohort.people if p.application.name._text.startswith(name))


def test_an_older_form_without_the_two_questions_is_read_as_before(form):
    cohort = planned(form(*ROWS, head=OLD))
    told = {(p.application.role, p.application.district) for p in cohort.people}
    assert told == {("", "")}
    assert not {"role", "district"} & json.loads(answers_text(cohort.people[0])).keys()
    assert {site.cluster for site in cohort.teams.form().groups.sites} == {""}


def test_roles_and_districts_are_read_with_one_spelling_for_a_place(cohort):
    assert by_name(cohort, "Cy").application.district == "Example County"
    assert by_name(cohort, "Bo").application.role == "teacher"


def test_two_of_one_role_suit_each_other_better_however_it_is_written(cohort):
    people = {b.code: b for b in as_buddies(cohort, cohort.accepted)}
    ada, bo, cy = (people[by_name(cohort, name).code] for name in ("Ada", "Bo", "Cy"))
    assert score((ada, bo)) == score((ada, cy)) + 2


def test_sites_stand_in_the_district_that_their_people_name(cohort):
    formed = cohort.teams.form()
    assert {site.name: site.cluster for site in formed.groups.sites} == {
        "Example Hill School": "Example County",
        "Example Lake School": "Example County",
    }
    assert {row[1] for row in formed.teams.table().rows} <= {"Example County", "not stated"}
    decided = formed.teams.cluster("Example District", "Example Lake School")
    assert decided.teams.form() == decided


def test_a_site_with_two_districts_is_asked_about(form):
    asked = ("Teacher,Example County", "Teacher,Example County", "Head,Example District")
    path = form(*(f"{r},{more}" for r, more in zip(ROWS, asked, strict=True)), head=NEW)
    formed = planned(path).teams.form()
    assert (
        "the people of 'Example Lake School' name 2 districts or counties: Example County, Example "
        "District; choose one (in the diary: 'cluster')"
    ) in formed.teams.flags()


def test_a_name_in_the_role_or_the_district_is_asked_about_and_not_repeated(form):
    path = form(f"{ROWS[0]},Ada Synthetic,", f"{ROWS[1]},,Bo Synthetic", head=NEW)
    told = {(f.row, f.column): f.what for f in check_applications(path).of("look")}
    shown = "holds a person's name or address, and this column is shown to others; write the "
    assert told == {(2, "Role"): f"{shown}role", (3, "District or county"): f"{shown}place"}


def test_the_planner_keeps_role_and_district(cohort, tmp_path):
    planner = open_planner(tmp_path / "planner")
    planner.save(cohort)
    assert planner.load("Class") == cohort
    assert not planner.save(planner.load("Class"))


def test_people_without_a_role_are_told_apart_as_the_form_always_did():
    planned = Programme.load("master-practitioners-2026").plan("Class", secret="x")
    people = [somebody(0), somebody(1, champion=True), somebody(2, student=True)]
    cohort = planned.enrol(people).select()
    roles = sorted(b.role for b in as_buddies(cohort, cohort.accepted))
    assert roles == ["executive champion", "practitioner", "student"]
