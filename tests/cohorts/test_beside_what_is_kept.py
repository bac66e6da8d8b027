"""Before it is saved: whose answer is another than the one that is kept, and maybe known."""

from dataclasses import replace
from datetime import datetime

import pytest

from cstools.cohorts import faculty, open_planner
from cstools.errors import UnknownNameError
from tests.cohorts.people import somebody

NOBODY = "Nobody has another seat, buddy, team, mentor or panel than is kept in 'planner'."


@pytest.fixture(scope="module")
def planner(paired, tmp_path_factory):
    planner = open_planner(tmp_path_factory.mktemp("kept") / "planner")
    assert planner.changes(paired).notes == (NOBODY,)  # nothing is kept there yet
    planner.save(paired)
    return planner


def late(on):
    """One more application, of somebody who is in a team where work is under way."""
    told = {"team": "Lake team", "local_work": True, "alumni": True, "submitted": on}
    return somebody(99, **told)


def after(paired, on):
    """The cohort, worked out anew as a page does it, with a late row among the answers."""
    people = [person.application for person in paired.people]
    begun = paired.programme.plan(paired.name, secret=paired.secret).enrol([*people, late(on)])
    return begun.select(25, seed=3).pair_buddies(seed=2026)


def test_what_is_kept_already_is_nobodys_change(planner, paired):
    assert planner.changes(paired).rows == ()
    assert planner.changes(paired).notes == (NOBODY,)


def test_a_late_row_without_its_day_is_told_with_everybody_whom_it_moves(planner, paired):
    cohort = after(paired, None)
    told = planner.changes(cohort)
    assert told.rows == cohort.changes_since(planner.load(paired.name)).rows
    lost = [row for row in told.rows if row[1:3] == ("seat", "accepted")]
    assert len(lost) == 1
    assert {row[1] for row in told.rows} >= {"seat", "buddies"}
    assert told.notes == (f"{len(told.rows)} changes against what is kept in 'planner'.",)
    assert planner.preview(paired).counts  # and nothing was saved
    assert not planner.preview(paired)


def test_a_late_row_with_its_day_waits_for_a_ruling_and_moves_nobody(planner, paired):
    cohort = after(paired, datetime(2026, 5, 20))
    (row,) = planner.changes(cohort, "seat").rows
    assert row[1:] == ("seat", "nothing yet", "needs a ruling")
    assert {who for who, *_ in planner.changes(cohort).rows} == {row[0]}
    said = {"by": "programme director", "why": "the letters are out"}
    seated = [person.code for person in cohort.accepted]
    taken = cohort.overrule("hold a seat", *seated, **said).overrule("eligible", row[0], **said)
    taken = taken.select(25, seed=3)
    assert [person.code for person in taken.accepted] == seated
    assert taken.buddies == cohort.buddies
    assert {before.split()[0] for _, _, before, _ in taken.changes_since(cohort).rows} == {
        "needs",
        "waiting",
    }


def test_only_seats_are_looked_at_where_only_these_are_asked_for(planner, paired):
    unpaired = replace(paired, buddies=())
    assert {row[1] for row in planner.changes(unpaired).rows} == {"buddies"}
    told = planner.changes(unpaired, "seat")
    assert told.rows == ()
    assert told.notes == ("Nobody has another seat than is kept in 'planner'.",)
    with pytest.raises(UnknownNameError) as caught:
        planner.changes(paired, "seats")
    assert str(caught.value) == "what can change: nothing is called 'seats'; did you mean 'seat'?"


def test_another_phrase_gives_other_codes_and_people_are_compared_all_the_same(planner, paired):
    people = [person.application for person in paired.people]
    other = paired.programme.plan(paired.name, secret="other words").enrol(people)
    other = other.select(25, seed=3)  # the lot goes by the codes
    kept = {p.application.email: d.outcome for p, d in zip_codes(paired)}
    moved = {p.code for p, d in zip_codes(other) if d.outcome != kept[p.application.email]}
    rows = planner.changes(other, "seat").rows
    assert moved <= {row[0] for row in rows}
    assert len(moved) > 0
    assert len(rows) < len(people)  # no more than are moved, or wait on another place
    assert {row[2].split()[0] for row in rows} <= {"accepted", "waiting"}


def zip_codes(cohort):
    by_code = {decided.code: decided for decided in cohort.decisions}
    return [(person, by_code[person.code]) for person in cohort.people]


def test_a_panel_that_changes_is_told(paired, tmp_path):
    named = paired.reviewing.with_faculty(
        faculty("F-1", "programme"), faculty("F-2", "programme"), faculty("F-3", "outside")
    )
    held = named.reviewing.assign_panels(unit="person", seed=1)
    planner = open_planner(tmp_path / "planner")
    planner.save(held)
    other = named.reviewing.assign_panels(unit="person", seed=2)
    rows = planner.changes(other).rows
    assert {row[1] for row in rows} == {"panel"}
    assert ("F-1, F-3", "F-2, F-3") in {row[2:] for row in rows}


def test_a_reason_for_a_cohort_that_is_not_kept_yet_keeps_it_first(paired, tmp_path):
    planner = open_planner(tmp_path / "planner")
    paired.write(tmp_path / "roster.csv", names_for=planner.reason(paired, "letters"))
    assert [row[2] for row in planner.log().rows] == ["save", "reveal"]
    further = paired.teams.form()
    planner.save(further)
    planner.reason(paired, "letters")  # what is kept stays, however much further it is
    assert planner.load(paired.name) == further
