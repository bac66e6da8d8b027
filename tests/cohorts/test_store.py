"""The store: names apart, whole or not at all, twice is once, and a log that shows tampering."""

import sqlite3
from contextlib import closing

import pytest

from cstools.cohorts import open_planner, store
from cstools.cohorts.people import natural_key
from cstools.cohorts.tables_of_store import PEOPLE, RUNS
from cstools.errors import DataError, FileError, UnknownNameError


def dumped(folder):
    """Return everything in both files as text."""
    text = []
    for name in ("people", "runs"):
        with closing(sqlite3.connect(folder / f"{name}.sqlite")) as connection:
            text += list(connection.iterdump())
    return text


@pytest.fixture
def planner(tmp_path, paired):
    planner = open_planner(tmp_path / "cohorts.db")
    planner.save(paired)
    return planner


def test_what_is_saved_comes_back_equal(planner, paired):
    assert planner.load("Class of 2026-2027") == paired


def test_saving_again_changes_nothing(planner, paired):
    before = dumped(planner.folder)
    again = open_planner(planner.folder).save(paired)
    assert not again
    assert repr(again) == "'Class of 2026-2027' was already saved like this; nothing changed"
    assert dumped(planner.folder) == before


def test_the_whole_road_again_changes_nothing(planner, paired, applications):
    before = dumped(planner.folder)
    again = paired.programme.plan(paired.name, secret="a phrase").enrol(applications)
    planner.save(again.select(25, seed=3).pair_buddies(seed=2026))
    assert dumped(planner.folder) == before


def test_a_change_touches_only_its_rows(planner, paired):
    saved = planner.save(paired.select(12, seed=3))
    assert saved.removed == len(paired.buddies)
    assert saved.added == 0
    assert planner.load(paired.name) == paired.select(12, seed=3)


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


def test_every_row_says_whose_it_is(planner):
    for table in (*RUNS.tables.values(), *PEOPLE.tables.values()):
        assert {"org_id", "run_id"} <= set(table.columns.keys())


def test_ids_are_random_and_stay(planner, paired, tmp_path):
    def ids(folder):
        with closing(sqlite3.connect(folder / "people.sqlite")) as connection:
            return dict(connection.execute("SELECT natural_key, person_id FROM people"))

    other = open_planner(tmp_path / "other")
    other.save(paired)
    assert ids(planner.folder).keys() == ids(other.folder).keys()
    assert set(ids(planner.folder).values()) & set(ids(other.folder).values()) == set()


@pytest.mark.parametrize("failing", ["people", "participants", "decisions", "buddies"])
def test_a_save_that_breaks_off_leaves_nothing_behind(planner, paired, monkeypatch, failing):
    from cstools.cohorts import keeping

    before = dumped(planner.folder)
    real = keeping.bring

    def breaks_off(connection, place, *others):
        counts = real(connection, place, *others)
        if place.name == failing:
            raise KeyboardInterrupt
        return counts

    monkeypatch.setattr(keeping, "bring", breaks_off)
    with pytest.raises(KeyboardInterrupt):
        planner.save(paired.enrol(paired.people[0].application for _ in ()).select(10))
    assert dumped(planner.folder) == before


def test_foreign_keys_hold(planner):
    with pytest.raises(Exception, match="FOREIGN KEY"), planner._engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO participants VALUES ('home', 'nobody', 'someone', '{}')"
        )


def test_the_tables_are_those_that_the_migrations_make(planner):
    from sqlalchemy import inspect

    with planner._engine.connect() as connection:
        inspector = inspect(connection)
        for table in RUNS.tables.values():
            made = {column["name"] for column in inspector.get_columns(table.name)}
            assert made == set(table.columns.keys())
        for table in PEOPLE.tables.values():
            made = {column["name"] for column in inspector.get_columns(table.name, schema="people")}
            assert made == set(table.columns.keys())


def test_the_log_cannot_be_rewritten(planner):
    with closing(sqlite3.connect(planner.folder / "runs.sqlite")) as connection:
        for change in ("UPDATE audit SET detail = 'x'", "DELETE FROM audit"):
            with pytest.raises(sqlite3.IntegrityError, match="the audit log is only ever added to"):
                connection.execute(change)


def test_a_log_changed_behind_the_planners_back_shows(planner, paired):
    planner.reveal(paired.name, paired.people[0].code, "a letter")
    assert planner.log().notes == ("The chain is whole.",)
    with closing(sqlite3.connect(planner.folder / "runs.sqlite")) as connection:
        connection.execute("DROP TRIGGER audit_keeps_update")
        connection.execute("UPDATE audit SET detail = 'nothing' WHERE position = 1")
        connection.commit()
    assert planner.log().notes == ("The chain is broken at line 1.",)


def test_a_name_is_revealed_for_a_reason_that_is_logged(planner, paired):
    person = paired.people[0]
    shown = planner.reveal(paired.name, person.code, "letters of admission")
    assert natural_key(person.application.email) in shown.casefold()
    last = planner.log().rows[-1]
    assert last[2] == "reveal"
    assert last[3].endswith("a private text was revealed: letters of admission")


def test_a_name_is_not_revealed_for_no_reason(planner, paired):
    with pytest.raises(DataError) as caught:
        planner.reveal(paired.name, paired.people[0].code, " ")
    assert str(caught.value) == (
        "reveal: say why the name is needed, as reveal('letters of admission')"
    )
    with pytest.raises(UnknownNameError, match="'Class of 2026-2027': nothing is called 'P-NONE'"):
        planner.reveal(paired.name, "P-NONE", "a test")


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


def test_a_published_calendar_counts_its_changes(planner, paired, tmp_path):
    first = planner.publish(paired)
    before = dumped(planner.folder)
    assert planner.publish(paired) == first
    assert dumped(planner.folder) == before
    assert {event.sequence for event in first.events} == {0}


def test_several_cohorts_live_side_by_side(planner, applications):
    from cstools.cohorts import Programme

    other = Programme.load("california-associates-1").plan("Cycle 1").enrol(applications)
    planner.save(other)
    assert planner.load("Cycle 1") == other
    assert [row[0] for row in planner._table().rows] == ["Class of 2026-2027", "Cycle 1"]


def test_a_cohort_that_is_not_there_is_answered_with_the_nearest(planner):
    with pytest.raises(UnknownNameError) as caught:
        planner.load("Class of 2026-27")
    assert str(caught.value) == (
        "planner 'cohorts.db': nothing is called 'Class of 2026-27'; did you mean "
        "'Class of 2026-2027'?"
    )


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


def test_a_planner_shows_itself_without_names(planner, applications):
    shown = planner._repr_mimebundle_()
    assert shown["text/plain"] == repr(planner)
    assert "Planner 'cohorts.db', with names" in repr(planner)
    assert store.Planner.__doc__


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
