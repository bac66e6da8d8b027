"""That names were shown is a line of the log; why stands with the names, under the line's seal."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import text

from cstools.cohorts import open_planner
from cstools.cohorts.basics.people import natural_key
from cstools.cohorts.basics.spreadsheet import read_rows
from cstools.errors import DataError, FileError, UnknownNameError

WHY = "letters of admission"


@pytest.fixture
def planner(store, paired):
    planner = open_planner(store)
    planner.save(paired)
    return planner


def test_a_roster_with_names_is_a_line_of_the_log(planner, paired, tmp_path):
    path = paired.write(tmp_path / "roster.csv", names_for=planner.reason(paired.name, WHY))
    assert "e-mail" in read_rows(path)[0][1]
    log = planner.log()
    assert [row[2] for row in log.rows] == ["save", "reveal"]
    assert log.rows[-1][3] == f"a private text was revealed: {WHY} (80 texts)"
    assert log.notes == ("The chain is whole.",)


def test_every_way_to_names_takes_such_a_reason(planner, paired, tmp_path):
    why = planner.reason(paired.name, WHY)
    paired.write(tmp_path / "roster.xlsx", names_for=why)
    paired.write_letters(tmp_path / "letters.xlsx", names_for=why)
    paired.following.reminders("2026-12-01").write(tmp_path / "reminders.xlsx", names_for=why)
    told = [row[3] for row in planner.log().rows if row[2] == "reveal"]
    assert len(told) == 3
    assert {line.partition(" (")[0] for line in told} == {f"a private text was revealed: {WHY}"}


def test_a_share_tells_that_names_were_shown_and_not_why(tmp_path, paired):
    planner = open_planner(tmp_path / "cohorts.db")
    planner.save(paired)
    paired.write(tmp_path / "roster.csv", names_for=planner.reason(paired.name, WHY))
    planner.reveal(paired.name, paired.people[0].code, WHY)
    assert WHY.encode() not in (planner.folder / "runs.sqlite").read_bytes()
    (planner.folder / "people.sqlite").unlink()
    shared = open_planner(planner.folder)
    told = [row[3] for row in shared.log().rows if row[2] == "reveal"]
    assert [line[:-64] for line in told][:1] == ["why is kept with the names, sealed "]
    assert told[1].startswith("person ")
    assert shared.log().notes == ("The chain is whole.",)
    with pytest.raises(DataError) as caught:
        shared.reason(paired.name, WHY)
    assert str(caught.value) == "names are kept in people.sqlite, and it is not in this folder"


@pytest.mark.parametrize(
    "change", ["UPDATE people.reveal_reasons SET why = 'x'", "DELETE FROM people.reveal_reasons"]
)
def test_a_reason_that_was_changed_later_shows(planner, paired, change):
    planner.reveal(paired.name, paired.people[0].code, WHY)
    with planner.place.writing("x") as connection:
        connection.execute(text(change))
    assert planner.log().notes == (
        "The chain is whole.",
        "The reason of line 2 was changed or is gone.",
    )


def test_another_organisations_reasons_are_not_told(planner, store, paired):
    planner.reveal(paired.name, paired.people[0].code, WHY)
    other = open_planner(store, organisation="elsewhere").log()
    assert WHY not in repr(other)
    assert other.notes[0] == "The chain is whole."


def test_where_the_line_cannot_be_added_no_name_is_written(tmp_path, paired):
    planner = open_planner(tmp_path / "cohorts.db")
    planner.save(paired)
    why = planner.reason(paired.name, WHY)
    with closing(sqlite3.connect(planner.folder / "runs.sqlite")) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(FileError, match="database is locked"):
            paired.write(tmp_path / "roster.csv", names_for=why)
    assert not (tmp_path / "roster.csv").exists()


def test_a_reason_that_names_somebody_is_refused(planner, paired):
    person = paired.people[0]
    name = person.application.name._text
    *first, last = name.split()
    turned = f"{last}, {' '.join(first)}"
    for private in (name, turned, natural_key(person.application.email)):
        with pytest.raises(DataError) as caught:
            planner.reason(paired.name, f"a letter to {private.upper()}, who asked")
        assert str(caught.value) == (
            "reveal: the reason is printed with the log; write it without anybody's name and e-mail"
        )


@pytest.mark.parametrize("nothing", [" ", None, 3])
def test_no_reason_is_none(planner, paired, nothing):
    with pytest.raises(DataError) as caught:
        planner.reveal(paired.name, paired.people[0].code, nothing)
    assert str(caught.value) == (
        "reveal: say why the name is needed, as reveal('letters of admission')"
    )
    with pytest.raises(DataError) as caught:
        planner.reason(paired.name, nothing)
    assert str(caught.value) == ("reason: say why the names are needed, as 'letters of admission'")
    with pytest.raises(UnknownNameError, match="did you mean 'Class of 2026-2027'"):
        planner.reason("Class of 2026-27", WHY)


def test_without_a_reason_no_names_are_asked_for(planner, paired, tmp_path):
    lines = len(planner.log().rows)
    nothing = planner.reason(paired.name, "")
    path = paired.write(tmp_path / "roster.csv", names_for=nothing)
    assert "@" not in path.read_text(encoding="utf-8")
    assert len(planner.log().rows) == lines


def test_to_look_up_a_name_is_no_change_that_another_notebook_must_load(planner, store, paired):
    planner.load(paired.name)
    other = open_planner(store)
    other.reveal(paired.name, paired.people[0].code, WHY)
    assert planner.save(paired.select(12, seed=3))
