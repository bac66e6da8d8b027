"""The store in a folder: two files, one with the names, and what may be wrong with them."""

import sqlite3
from contextlib import closing

import pytest

from cstools.cohorts import open_planner
from cstools.errors import DataError, FileError


@pytest.fixture
def planner(tmp_path, paired):
    planner = open_planner(tmp_path / "cohorts.db")
    planner.save(paired)
    return planner


def test_a_folder_may_have_any_name(tmp_path, paired):
    planner = open_planner(tmp_path / "our cohorts, 50 % done? #1")
    planner.save(paired)
    assert planner.load(paired.name) == paired


def test_names_are_in_one_file_only(planner, applications):
    runs = (planner.folder / "runs.sqlite").read_bytes()
    people = (planner.folder / "people.sqlite").read_bytes()
    private = [text._text.encode() for p in applications for text in (p.name, p.email)]
    assert [text for text in private if text not in people] == []
    assert [text for text in private if text in runs] == []


def test_codes_do_not_leave_with_the_nameless_file(planner, paired):
    raw = (planner.folder / "runs.sqlite").read_bytes()
    assert [person.code for person in paired.people if person.code.encode() in raw] == []


def test_without_the_names_the_cohorts_can_still_be_read(planner, paired):
    (planner.folder / "people.sqlite").unlink()
    shared = open_planner(planner.folder)
    cohort = shared.load(paired.name)
    assert not (planner.folder / "people.sqlite").exists()
    assert len(cohort.people) == len(paired.people)
    assert sorted(d.outcome for d in cohort.decisions) == sorted(
        d.outcome for d in paired.decisions
    )
    assert sorted(e.hours for e in cohort.buddies) == sorted(e.hours for e in paired.buddies)
    assert {person.code[:2] for person in cohort.people} == {"R-"}
    with pytest.raises(DataError) as caught:
        shared.save(cohort)
    assert str(caught.value) == (
        "'cohorts.db' holds no people.sqlite, so nothing can be saved in it; put that file back "
        "and open the planner again, or open another folder"
    )
    with pytest.raises(DataError) as caught:
        shared.reveal(paired.name, "R-0", "a test")
    assert str(caught.value) == "names are kept in people.sqlite, and it is not in this folder"


def test_a_file_is_no_planner(tmp_path):
    (tmp_path / "cohorts.db").write_text("x")
    with pytest.raises(FileError) as caught:
        open_planner(tmp_path / "cohorts.db")
    assert str(caught.value) == (
        "'cohorts.db' is a file; a planner is a folder: choose another name"
    )


def test_a_foreign_file_in_the_folder_is_told_and_left_alone(tmp_path):
    folder = tmp_path / "cohorts.db"
    folder.mkdir()
    (folder / "people.sqlite").write_text("these are my shopping notes, not a database at all")
    with pytest.raises(FileError) as caught:
        open_planner(folder)
    assert str(caught.value) == (
        f"'people.sqlite' in {folder} is no file of a planner (file is not a database); open "
        "another folder, or move that file away"
    )
    assert (folder / "people.sqlite").read_text().startswith("these are my shopping notes")


@pytest.mark.parametrize("gone", ["people", "runs"])
def test_a_file_that_goes_while_the_planner_is_open_is_missed(planner, paired, gone):
    (planner.folder / f"{gone}.sqlite").unlink()
    for use in (planner.save, lambda cohort: planner.load(cohort.name), planner.publish):
        with pytest.raises(FileError) as caught:
            use(paired)
        assert str(caught.value) == (
            f"'{gone}.sqlite' is no longer in the folder 'cohorts.db'; put it back and open the "
            "planner again"
        )
    assert not (planner.folder / f"{gone}.sqlite").exists()


def test_names_without_their_cohorts_are_not_taken_for_a_new_planner(planner, paired):
    (planner.folder / "runs.sqlite").unlink()
    with pytest.raises(FileError) as caught:
        open_planner(planner.folder)
    assert str(caught.value) == (
        f"the folder 'cohorts.db' holds people.sqlite with {len(paired.people)} people, and no "
        "runs.sqlite with their cohorts; put that file back, or open another folder"
    )
    assert not (planner.folder / "runs.sqlite").exists()


def test_a_planner_that_broke_off_before_its_first_person_opens(planner):
    with closing(sqlite3.connect(planner.folder / "people.sqlite")) as connection:
        connection.execute("DELETE FROM people")
        connection.commit()
    (planner.folder / "runs.sqlite").unlink()
    assert len(open_planner(planner.folder)._table()) == 0


def test_a_planner_that_another_program_holds_is_told_and_left_alone(planner, paired):
    with closing(sqlite3.connect(planner.folder / "runs.sqlite")) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(FileError) as caught:
            planner.save(paired.select(20, seed=3))
    assert str(caught.value) == (
        "the planner 'cohorts.db' cannot be used now (database is locked); nothing was written: "
        "close other programs and notebooks that have it open, and try again"
    )
    assert planner.load(paired.name) == paired


def test_a_planner_in_use_is_not_said_to_be_a_foreign_file(planner):
    with closing(sqlite3.connect(planner.folder / "people.sqlite")) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(FileError) as caught:
            open_planner(planner.folder)
    assert str(caught.value) == (
        f"'people.sqlite' in {planner.folder} cannot be used now (database is locked); close "
        "other programs and notebooks that have it open, and try again"
    )


def test_a_share_without_names_gives_no_list_of_empty_names(planner, paired, tmp_path):
    (planner.folder / "people.sqlite").unlink()
    cohort = open_planner(planner.folder).load(paired.name)
    with pytest.raises(DataError) as caught:
        cohort.write(tmp_path / "roster.xlsx", names_for="letters")
    assert str(caught.value) == (
        "names are kept in people.sqlite, and this cohort came without that file"
    )
    assert not (tmp_path / "roster.xlsx").exists()
