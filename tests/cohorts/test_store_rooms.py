"""A whole year is kept: every room's rows, in both kinds of place, by random id, names apart."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from cstools.cohorts import open_planner
from cstools.cohorts.basics.before import Before
from cstools.cohorts.basics.overruling import Overruling
from cstools.cohorts.basics.people import Private
from cstools.cohorts.following.following import (
    CheckIn,
    Followed,
    Guest,
    Meeting,
    Practice,
)
from cstools.cohorts.following.presences import Presence, Presences
from cstools.cohorts.review.values import Attempt, Certificate, Faculty, Review, Signature
from cstools.cohorts.store.differences import marks_of, values_of
from cstools.cohorts.store.rooms import ROOMS
from cstools.cohorts.store.tables_of_rooms import imports
from cstools.cohorts.store.tables_of_store import RUNS
from cstools.cohorts.teams.groups import Groups, Membership, Mentor, Mentoring, Site, Team
from cstools.cohorts.tuition.tuition import Scholarship, Tuition
from cstools.errors import DataError, FileError

DAY = date(2026, 9, 1)
GUEST = Private("Guestina Synthetic-Visitor")
REASON = "Fe Synthetic-Reason would lose the team"
NEW_NAME = Private("Ri Synthetic-Renamed")


@pytest.fixture(scope="module")
def year(paired):
    """A cohort in which every room holds something; nobody in it exists."""
    one, other = (person.code for person in paired.accepted[:2])
    there = Presences.of([Presence(one, ((0, 3600), (4000, 5000)))])
    meeting = Meeting("call-1@cstools", "0" * 64, there)
    groups = Groups(
        sites=(Site("Example Fjord School", "Example District"),),
        teams=(Team("Fjord team", "Example Fjord School", (one,)),),
        memberships=(Membership(one, "Fjord team", DAY), Membership(other, "Fjord team", DAY)),
        mentors=(Mentor("M-1", "Example Dune Academy", ("English",), "Africa/Windhoek"),),
        mentoring=(Mentoring("Fjord team", "M-1", DAY, None, "the only one"),),
        earlier=(tuple(sorted((one, other))),),
    )
    review = Review(
        faculty=(Faculty("F-1", "programme"), Faculty("F-2", "outside")),
        attempts=(Attempt(one, 1, DAY, "a" * 64, 3, (one,)),),
        signatures=(Signature(one, 1, "F-1", "programme", "certified", DAY),),
        certificates=(
            Certificate("C-1", one, one, 1, "Master Practitioner", DAY, name=NEW_NAME, why="wed"),
        ),
    )
    return replace(
        paired,
        overruled=(Overruling("selection", "hold a seat", (one,), "director", REASON),),
        tuition=Tuition(Decimal("10000.00"), (), (Scholarship(one, Decimal("2500.00")),)),
        followed=Followed(
            meetings=(meeting,),
            guests=(Guest("G-1", GUEST, Private("visitor@example.org"), "call-1@cstools"),),
            entries=(CheckIn(tuple(sorted((one, other))), DAY), Practice(one, DAY, 5, 7)),
        ),
        groups=groups,
        review=review,
        decisions=(replace(paired.decisions[0], valid_from=DAY), *paired.decisions[1:]),
        before=Before(
            (replace(paired.decisions[0], valid_to=DAY),), paired.buddies[:1], stand=True
        ),
    )


def test_a_whole_year_comes_back_equal(store, year):
    planner = open_planner(store)
    planner.save(year)
    again = open_planner(store)
    loaded = again.load(year.name)
    assert loaded == year
    assert loaded.before == year.before  # of which no comparison of cohorts knows
    assert not again.save(year)
    assert not again.preview(year)


def test_no_room_writes_what_no_table_has(year):
    id_of = {person.code: f"id of {person.code}" for person in year.people}
    for room in ROOMS:
        tables = {table.name: table for table in room.tables}
        given = room.to_rows(getattr(year, room.field), id_of)
        assert given.keys() <= tables.keys()
        for name, rows in given.items():
            for marks, values in rows.items():
                assert len(marks) == len(marks_of(tables[name]))
                assert set(values) == set(values_of(tables[name]))


def test_every_table_of_a_room_had_a_row_in_that_year(store, year):
    planner = open_planner(store)
    planner.publish(year)
    apart = {"imports", "draws", "counting"}  # filled by other tests, or only when not as usual
    with planner.place.reading() as connection:
        empty = [t.name for t in RUNS.tables.values() if not connection.execute(select(t)).first()]
    assert set(empty) <= apart


def test_the_share_holds_no_name_in_any_byte(tmp_path, year, applications):
    """Names, e-mails and postal codes of everybody, guests and reasons: none is in runs.sqlite."""
    planner = open_planner(tmp_path / "cohorts.db")
    planner.publish(year)
    planner.reveal(year.name, year.people[0].code, "letters of admission")
    share = (planner.folder / "runs.sqlite").read_bytes().decode("utf-8", errors="replace")
    folded = share.casefold()
    private = [text._text for p in applications for text in (p.name, p.email)]
    private += [GUEST._text, REASON, NEW_NAME._text, "visitor@example.org", "a phrase"]
    assert [text for text in private if text.casefold() in folded] == []
    assert [person.code for person in year.people if person.code in share] == []
    with closing(sqlite3.connect(planner.folder / "runs.sqlite")) as connection:
        cells = {
            cell
            for table in RUNS.tables
            for row in connection.execute(f"SELECT * FROM {table}")
            for cell in map(str, row)
        }
    postcodes = {p.postcode._text for p in applications} - {""}
    assert postcodes & cells == set()
    # those that no number can be by chance: with a letter, a blank or a hyphen
    telling = {code for code in postcodes if not code.isdigit() and len(code) > 4}
    assert telling
    assert [code for code in telling if code in share] == []


def test_without_the_names_a_whole_year_can_still_be_read(tmp_path, year):
    planner = open_planner(tmp_path / "cohorts.db")
    planner.save(year)
    (planner.folder / "people.sqlite").unlink()
    shared = open_planner(planner.folder).load(year.name)
    assert len(shared.followed.meetings) == 1
    assert len(shared.review.certificates) == 1
    assert [held.why for held in shared.overruled] != [REASON]
    assert not shared.review.certificates[0].name


def test_what_was_signed_is_never_taken_back(store, year):
    planner = open_planner(store)
    planner.save(year)
    for changed in (
        replace(year.review, signatures=()),
        replace(
            year.review, signatures=(replace(year.review.signatures[0], day=date(2027, 1, 1)),)
        ),
    ):
        with pytest.raises(DataError) as caught:
            planner.save(replace(year, review=changed))
        assert str(caught.value) == (
            "'Class of 2026-2027' as it is kept holds 1 row of signatures that the cohort to be "
            "saved lacks or tells differently, and those last; load it again, do your last steps "
            "on that, and save"
        )
    assert planner.load(year.name) == year


def test_somebody_whom_the_cohort_does_not_have_is_told(store, year):
    planner = open_planner(store)
    stranger = replace(year.groups, memberships=(Membership("P-NOBODY", "Fjord team"),))
    with pytest.raises(DataError) as caught:
        planner.save(replace(year, groups=stranger))
    assert str(caught.value) == (
        "the cohort speaks of P-NOBODY, and nobody in it has that code; enrol everybody again from "
        "the same file with the same phrase, and repeat the steps after it"
    )
    assert len(planner._table()) == 0


def test_a_file_that_was_read_is_known_by_its_hash_once(store, paired, roster):
    planner = open_planner(store)
    assert planner.save(paired, read_from=roster).added
    assert not planner.save(paired, read_from=roster)
    with planner.place.reading() as connection:
        rows = connection.execute(select(imports)).all()
    assert [(len(row.file), row.mapping) for row in rows] == [(64, "")]
    with pytest.raises(FileError) as caught:
        planner.save(paired, read_from="nowhere.csv")
    assert str(caught.value) == "'nowhere.csv' cannot be read: No such file or directory"
    assert roster.name not in repr(planner.log())


def test_very_many_rows_come_back_equal_and_come_only_once(store, year):
    """More rows than are written one by one; texts with the signs that a bulk copy must escape."""
    there = Presences.of(Presence(person.code, ((0, 60),)) for person in year.accepted)
    calls = [f"call\\{number}\t'\"é\N{SNOWMAN}" for number in range(2100 // len(there) + 1)]
    meetings = tuple(Meeting(call, "0" * 64, there) for call in sorted(calls))
    many = replace(year, followed=replace(year.followed, meetings=meetings))
    planner = open_planner(store)
    assert planner.save(many).added > 2100
    assert planner.load(year.name) == many
    assert not planner.save(many)
    assert planner.save(year, going_back=True).removed >= 2100
