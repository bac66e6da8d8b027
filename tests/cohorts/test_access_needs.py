"""What somebody needs to take part is asked for, kept with the names, and told with them."""

import sqlite3
from contextlib import closing

import pytest

from cstools.cohorts import Programme, check_applications, open_planner, read_applications
from cstools.cohorts.applying.columns import COLUMNS
from cstools.cohorts.basics.people import PRIVATE
from cstools.cohorts.basics.spreadsheet import read_rows
from tests.cohorts import old

HEAD = (
    "Full name,Email Address,Time zone,Languages,Site,Introductory workshop taken,Free hours,"
    "Accessibility"
)
ROWS = [
    "Ada Synthetic,a@example.org,Europe/Oslo,Danish,Example Hill School,Yes,Mon 16-18,"
    "a room without stairs",
    "Bo Synthetic,b@example.org,Europe/Oslo,Danish,Example Lake School,Yes,Mon 16-18,none",
]


@pytest.fixture
def cohort(form):
    programme = Programme.load("master-practitioners-2026")
    applications = read_applications(form(*ROWS, head=HEAD))
    return programme.plan("Class", secret="x").enrol(applications).select()


def test_every_private_column_is_kept_apart():
    assert {column.field for column in COLUMNS if column.private} == set(PRIVATE)


def test_it_is_read_and_shown_nowhere_but_beside_the_names(cohort, tmp_path):
    assert "stairs" not in repr(cohort.people) + repr(cohort.decisions_table()) + repr(cohort)
    cohort.write(tmp_path / "codes.csv")
    assert "stairs" not in (tmp_path / "codes.csv").read_text("utf-8-sig")
    cohort.write(tmp_path / "named.csv", names_for="the room")
    head, *rows = [row for _, row in read_rows(tmp_path / "named.csv")]
    assert head[-1] == "access needs"
    assert {row[-3]: row[-1] for row in rows} == {
        "Ada Synthetic": "a room without stairs",
        "Bo Synthetic": "",
    }


def test_it_is_kept_with_the_names_alone(cohort, store):
    planner = open_planner(store)
    planner.save(cohort)
    assert planner.load("Class") == cohort
    if planner.place.folder is not None:
        with closing(sqlite3.connect(planner.folder / "runs.sqlite")) as kept:
            assert not [line for line in kept.iterdump() if "stairs" in line]


def test_a_corrected_need_opens_nothing(cohort, form):
    later = read_applications(form(ROWS[0].replace("stairs", "steps"), ROWS[1], head=HEAD))
    changed = cohort.enrol(later)
    assert changed.people != cohort.people
    assert changed.decisions == cohort.decisions


def test_where_the_form_does_not_ask_the_roster_has_no_such_column(form, tmp_path):
    short = [row.rpartition(",")[0] for row in ROWS]
    applications = read_applications(form(*short, head=HEAD.rpartition(",")[0]))
    cohort = Programme.load("master-practitioners-2026").plan("Class", secret="x")
    cohort.enrol(applications).write(tmp_path / "named.csv", names_for="the room")
    assert read_rows(tmp_path / "named.csv")[0][1][-2:] == ("name", "e-mail")


def test_a_need_that_slipped_into_another_column_is_not_repeated(form):
    row = ROWS[0].replace("Europe/Oslo", "a room without stairs")
    told = repr(check_applications(form(row, head=HEAD)))
    assert "stairs" not in told
    assert "•••" in told


def test_people_in_an_older_store_have_none(tmp_path):
    planner = open_planner(old.old_folder(tmp_path / "cohorts.db"))
    assert not any(p.application.access_needs for p in planner.load(old.COHORT).people)
