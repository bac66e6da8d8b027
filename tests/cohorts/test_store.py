"""The store: names apart, whole or not at all, twice is once, and a log that shows tampering.

Every test here holds for a folder with two SQLite files and for a PostgreSQL database.
"""

import uuid
from dataclasses import fields, replace

import pytest
from sqlalchemy import delete, insert, inspect, select, update

from cstools.cohorts import Cohort, Programme, open_planner
from cstools.cohorts.basics.people import natural_key
from cstools.cohorts.store import audit, differences
from cstools.cohorts.store.rooms import ROOMS
from cstools.cohorts.store.tables_of_store import PEOPLE, RUNS
from cstools.errors import DataError, FileError, UnknownNameError

TABLES = (*RUNS.tables.values(), *PEOPLE.tables.values())


def dumped(planner):
    """Return everything in a planner as rows."""
    with planner.place.reading() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in TABLES
        }


@pytest.fixture
def planner(store, paired):
    planner = open_planner(store)
    planner.save(paired)
    return planner


def test_what_is_saved_comes_back_equal(planner, paired):
    assert planner.load("Class of 2026-2027") == paired


def test_saving_again_changes_nothing(planner, store, paired):
    before = dumped(planner)
    again = open_planner(store).save(paired)
    assert not again
    assert repr(again) == "'Class of 2026-2027' was already saved like this; nothing changed"
    assert dumped(planner) == before


def test_the_whole_road_again_changes_nothing(planner, paired, applications):
    before = dumped(planner)
    again = paired.programme.plan(paired.name, secret="a phrase").enrol(applications)
    planner.save(again.select(25, seed=3).pair_buddies(seed=2026))
    assert dumped(planner) == before


def test_a_change_touches_only_its_rows(planner, paired):
    drawn = paired.select(12, seed=3)
    saved = planner.save(drawn)
    assert saved.removed == len(paired.buddies)
    assert saved.added == len(drawn.before.decisions) + len(drawn.before.buddies)
    assert planner.load(paired.name) == paired.select(12, seed=3)


def test_every_row_says_whose_it_is():
    for table in TABLES:
        assert {"org_id", "run_id"} <= set(table.columns.keys())
        own = {"org_id", "run_id"} & {column.name for column in table.primary_key}
        assert own if table.name != "audit" else not own  # the log is one, over all runs


def test_every_row_hangs_on_its_run_or_its_person(planner):
    """Not across the two files, which no database does; nor a line of the log, which stays."""
    with planner.place.reading() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
        inspector = inspect(connection)
        for table in TABLES:
            found = inspector.get_foreign_keys(table.name, schema=table.schema)
            parents = {
                (key["referred_table"], *key["constrained_columns"], *key["referred_columns"])
                for key in found
            }
            run, person = ["org_id", "run_id"], ["org_id", "run_id", "person_id"]
            if table.schema or table.name in ("runs", "audit"):
                assert parents == set()
            elif "person_id" in table.columns and table.name != "participants":
                assert parents == {("participants", *person, *person)}
            else:
                assert parents == {("runs", *run, *run)}


def test_ids_are_random_and_stay(planner, paired, tmp_path):
    def ids(planner):
        return {row[3]: row[2] for row in dumped(planner)["people"]}

    other = open_planner(tmp_path / "other")
    other.save(paired)
    assert ids(planner).keys() == ids(other).keys()
    assert set(ids(planner).values()) & set(ids(other).values()) == set()
    mine = {row[1] for row in dumped(planner)["runs"]} | set(ids(planner).values())
    assert {uuid.UUID(each).version for each in mine} == {4}  # made here, from nothing else
    before = ids(planner)
    planner.save(paired.select(12, seed=3))
    assert ids(planner) == before


@pytest.mark.parametrize("failing", ["people", "participants", "buddies", "events"])
def test_a_save_that_breaks_off_leaves_nothing_behind(planner, paired, monkeypatch, failing):
    before = dumped(planner)
    real = differences.put

    def breaks_off(connection, key, difference, more):
        real(connection, key, difference, more)
        if difference.place.name == failing:
            raise KeyboardInterrupt

    monkeypatch.setattr(differences, "put", breaks_off)
    with pytest.raises(KeyboardInterrupt):
        planner.publish(replace(paired.select(10), name="Another"))
    assert dumped(planner) == before


def test_foreign_keys_hold(planner):
    orphan = {"org_id": "home", "run_id": "nobody", "person_id": "someone", "answers": "{}"}
    with (
        pytest.raises(FileError, match=r"(?i)foreign key"),
        planner.place.writing("x") as connection,
    ):
        connection.execute(insert(RUNS.tables["participants"]), [orphan])


def test_the_tables_are_those_that_the_migrations_make(planner):
    with planner.place.reading() as connection:
        inspector = inspect(connection)
        for table in TABLES:
            made = inspector.get_columns(table.name, schema=table.schema)
            assert {column["name"] for column in made} == set(table.columns.keys())
            key = inspector.get_pk_constraint(table.name, schema=table.schema)
            assert key["constrained_columns"] == [column.name for column in table.primary_key]


@pytest.mark.parametrize("change", ["UPDATE audit SET detail = 'x'", "DELETE FROM audit"])
def test_the_log_cannot_be_rewritten(planner, change):
    before = dumped(planner)
    with (
        pytest.raises(FileError, match="the audit log is only ever added to"),
        planner.place.writing("x") as connection,
    ):
        connection.exec_driver_sql(change)
    assert dumped(planner) == before


def test_a_log_changed_behind_the_planners_back_shows(planner, paired):
    planner.reveal(paired.name, paired.people[0].code, "a letter")
    assert planner.log().notes == ("The chain is whole.",)
    with planner.place.writing("x") as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER audit_keeps_update")
        else:
            connection.exec_driver_sql("DROP TRIGGER audit_keeps_all ON audit")
        connection.exec_driver_sql("UPDATE audit SET detail = 'nothing' WHERE position = 1")
    assert planner.log().notes == ("The chain is broken at line 1.",)


LOG = RUNS.tables["audit"]


def behind_its_back(planner, *statements):
    """Change the log as nobody should."""
    with planner.place.writing("x") as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER audit_keeps_delete")
            connection.exec_driver_sql("DROP TRIGGER audit_keeps_update")
        else:
            connection.exec_driver_sql("DROP TRIGGER audit_keeps_all ON audit")
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize("gone", [1, 2])
def test_last_lines_about_saves_taken_out_of_the_log_show(planner, paired, gone):
    for seats in (24, 23):
        planner.save(paired.select(seats, seed=3))
    assert planner.log().notes == ("The chain is whole.",)
    behind_its_back(planner, delete(LOG).where(LOG.c.position > 3 - gone))
    broken = (f"The chain is broken at line {4 - gone}.",)
    assert planner.log().notes == broken
    planner.save(paired.select(22, seed=3))
    assert planner.log().rows[-1][0] == "4"
    assert planner.log().notes == broken


def test_a_log_that_was_exchanged_for_another_whole_one_shows(planner, paired, tmp_path):
    other = open_planner(tmp_path / "another")
    other.save(paired)
    with other.place.reading() as connection:
        (line,) = connection.execute(select(LOG)).mappings()
    behind_its_back(planner, update(LOG).values(**line))
    with planner.place.reading() as connection:
        assert audit.broken_at(connection) is None  # a share, without the names, cannot know
    assert planner.log().notes == ("The chain is broken at line 1.",)


def test_a_last_line_taken_out_of_the_log_shows_and_names_are_shown_all_the_same(planner, paired):
    planner.reveal(paired.name, paired.people[0].code, "a letter")
    behind_its_back(planner, delete(LOG).where(LOG.c.position == 2))
    broken = ("The chain is broken at line 2.",)
    assert planner.log().notes == broken
    planner.reveal(paired.name, paired.people[0].code, "another letter")
    assert [row[0] for row in planner.log().rows] == ["1", "3"]
    assert planner.log().notes == broken


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


def test_a_published_calendar_counts_its_changes(planner, paired, tmp_path):
    first = planner.publish(paired)
    before = dumped(planner)
    assert planner.publish(paired) == first
    assert dumped(planner) == before
    assert {event.sequence for event in first.events} == {0}


def test_several_cohorts_live_side_by_side(planner, applications):
    other = Programme.load("california-associates-1").plan("Cycle 1").enrol(applications)
    planner.save(other)
    assert planner.load("Cycle 1") == other
    assert planner._table().rows == (
        ("Class of 2026-2027", "master-practitioners-2026", "40", "25", "24"),
        ("Cycle 1", "california-associates-1", "40", "0", "0"),
    )


def test_organisations_see_their_own_cohorts_only(planner, store, applications):
    other = open_planner(store, organisation="elsewhere")
    assert len(other._table()) == 0
    cohort = Programme.load("california-associates-1").plan("Class of 2026-2027")
    other.save(cohort.enrol(applications))
    assert other.load("Class of 2026-2027").programme.id == "california-associates-1"
    assert planner.load("Class of 2026-2027").programme.id == "master-practitioners-2026"


def test_organisations_see_their_own_lines_of_the_log_only(planner, store, applications):
    cohort = Programme.load("california-associates-1").plan("Elsewhere's own class")
    open_planner(store, organisation="elsewhere").save(cohort.enrol(applications))
    assert [row[2] for row in planner.log().rows] == ["save"]
    assert "Elsewhere" not in repr(planner.log())
    assert planner.log().notes == (
        "The chain is whole.",
        "Lines of other organisations, which are not shown: 1.",
    )


def test_a_cohort_that_is_not_there_is_answered_with_the_nearest(planner):
    with pytest.raises(UnknownNameError) as caught:
        planner.load("Class of 2026-27")
    assert str(caught.value) == (
        f"planner '{planner.place.title}': nothing is called 'Class of 2026-27'; did you mean "
        "'Class of 2026-2027'?"
    )


def test_a_planner_shows_itself_without_names(planner, applications):
    shown = planner._repr_mimebundle_()
    assert shown["text/plain"] == repr(planner)
    assert f"Planner '{planner.place.title}', with names" in repr(planner)
    printed = repr(planner) + repr(planner.log())
    private = [text._text for p in applications for text in (p.name, p.email)]
    assert [text for text in private if text in printed] == []


def test_a_reason_that_names_the_person_is_refused(planner, paired):
    person = paired.people[0]
    name = person.application.name._text
    with pytest.raises(DataError) as caught:
        planner.reveal(paired.name, person.code, f"a letter to {name.upper()}")
    assert str(caught.value) == (
        "reveal: the reason is printed with the log; write it without anybody's name and e-mail"
    )
    assert [row[2] for row in planner.log().rows] == ["save"]


def test_another_notebooks_later_save_is_not_overwritten_unseen(planner, store, paired):
    mine, other = planner.load(paired.name), open_planner(store)
    other.save(other.load(paired.name).select(12, seed=3))
    at = planner.log().rows[-1][1]
    with pytest.raises(DataError) as caught:
        planner.save(mine.select(20, seed=3))
    assert str(caught.value) == (
        f"'Class of 2026-2027' was saved by another notebook at {at}, after this one loaded it; "
        "load it again, do your last steps on that, and save"
    )
    assert planner.load(paired.name) == paired.select(12, seed=3)
    assert planner.save(planner.load(paired.name).select(20, seed=3))


def reveals(planner, cohort):
    planner.reveal(cohort.name, cohort.people[0].code, "a phone call")


def compares(planner, cohort):
    assert len(cohort.changes_since(planner.load(cohort.name)))


@pytest.mark.parametrize("looks", [reveals, compares])
@pytest.mark.parametrize("loaded", [True, False])
def test_to_look_at_a_later_save_does_not_lift_the_guard(planner, store, paired, looks, loaded):
    mine = planner.load(paired.name) if loaded else paired
    other = open_planner(store)
    theirs = other.load(paired.name).select(12, seed=3)
    other.save(theirs)
    looks(planner, mine)
    with pytest.raises(DataError, match="was saved by another notebook at"):
        planner.save(mine.select(20, seed=3))
    assert planner.load(paired.name) == theirs


@pytest.mark.parametrize("loaded", [True, False])
def test_to_save_it_elsewhere_as_well_does_not_lift_the_guard(
    planner, store, paired, loaded, tmp_path
):
    mine = planner.load(paired.name) if loaded else replace(paired, kept_at="")
    open_planner(tmp_path / "elsewhere").save(mine)
    other = open_planner(store)
    other.save(other.load(paired.name).select(12, seed=3))
    with pytest.raises(DataError, match="was saved by another notebook at"):
        planner.save(mine.select(20, seed=3))


def test_what_this_notebook_saved_between_is_not_anothers(planner, paired):
    first = planner.load(paired.name)
    assert planner.save(planner.load(paired.name).select(12, seed=3))
    assert planner.save(first.select(20, seed=3))
    assert planner.save(paired.select(14, seed=3))


def test_a_cohort_of_another_planner_is_saved_as_one_made_anew(planner, paired, tmp_path):
    elsewhere = open_planner(tmp_path / "elsewhere")
    elsewhere.save(paired)
    assert planner.save(elsewhere.load(paired.name).select(12, seed=3))


def test_a_preview_says_what_a_save_does_and_writes_nothing(planner, paired):
    before = dumped(planner)
    changed = replace(paired.people[0].application, languages=("Welsh",))
    cohort = paired.enrol([changed]).select(25, seed=3)
    preview = planner.preview(cohort)
    assert dumped(planner) == before
    assert preview.people == ((paired.people[0].code, "answers anew: languages"),)
    saved = planner.save(cohort)
    counts = zip(*(row[1:] for row in preview.counts), strict=True)
    assert tuple(map(sum, counts)) == (saved.added, saved.changed, saved.removed)
    assert preview
    assert not planner.preview(cohort)
    assert planner.preview(cohort)._table().notes == ("Nothing would change.",)


def test_a_preview_counts_rows_and_people_where_their_numbers_differ(planner, paired):
    other = replace(paired, name="Another")
    new = planner.preview(other)
    assert ("people", "40", "0", "0") in new._table().rows
    rows = sum(sum(row[1:]) for row in new.counts)
    assert new._table().notes[0] == f"{rows} rows in all, to do with 40 people."
    planner.save(other)
    one, two, three = sorted(person.code for person in other.accepted)[:3]
    met = other.following.check_in(one, two, day="2026-09-01")
    met = met.following.check_in(one, three, day="2026-09-02")
    told = planner.preview(met)._table()
    assert told.rows == (("followed", "2 (3 people)", "0", "0"),)
    assert told.notes[0] == "2 rows in all, to do with 3 people."


def test_a_save_tells_how_many_rows_are_written_and_of_how_many(planner, paired):
    other, heard = replace(paired, name="Another"), []
    saved = planner.save(other, progress=lambda done, of: heard.append((done, of)))
    assert {of for _, of in heard} == {saved.added}
    done = [each for each, _ in heard]
    assert done == sorted(done)
    assert done[-1] == saved.added
    planner.save(other, progress=lambda done, of: pytest.fail("nothing was to be written"))


def test_a_preview_names_by_code_who_is_new_and_who_is_missing(planner, paired):
    whole = paired.programme.plan(paired.name, secret="a phrase")
    fewer = whole.enrol(person.application for person in paired.people[1:])
    gone = paired.people[0]
    told = (gone.code, "kept here, and not in this cohort")
    assert planner.preview(fewer).people == (told,)
    planner.save(fewer)
    back = planner.preview(fewer.enrol([gone.application]))
    assert back.people == ((gone.code, "new"),)


def test_every_part_of_a_cohort_is_kept():
    trunk = {"programme", "name", "secret", "people", "seats", "kept_at"}
    assert {field.name for field in fields(Cohort)} == trunk | {room.field for room in ROOMS}


def test_rows_that_can_no_longer_be_read_are_told(planner, paired):
    with planner.place.writing("x") as connection:
        connection.exec_driver_sql("UPDATE participants SET answers = 'damaged'")
    with pytest.raises(FileError) as caught:
        planner.load(paired.name)
    assert str(caught.value) == (
        f"'Class of 2026-2027' in the planner '{planner.place.title}' cannot be read: what is kept "
        "of it was changed or damaged (JSONDecodeError); put back your last copy of the planner"
    )
