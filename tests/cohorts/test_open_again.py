"""What opens seats and buddies again, and what holds on until they are given anew."""

from dataclasses import replace

import pytest

from cstools.cohorts import Programme, open_planner, read_applications
from cstools.cohorts.basics.hours import parse_free_hours
from cstools.cohorts.basics.people import Private
from cstools.cohorts.basics.spreadsheet import read_rows
from cstools.cohorts.buddies.check import groups_of
from tests.cohorts.conftest import ROOT
from tests.cohorts.people import somebody

OVERLAY = ROOT / "notebooks" / "5-planner" / "our-run-2026.toml"
FREE = parse_free_hours("Mon 9-17")
ROLE = {"by": "programme director", "why": "runs the first project at a new site"}
IN_YEAR = "2026-08-20"


@pytest.fixture(scope="module")
def cohort():
    """Eight people of eight sites, four of them on seats and with buddies, in a run with calls."""
    programme = Programme.load("master-practitioners-2026", overlay=OVERLAY)
    people = [somebody(k, site=f"Example {k}", free=FREE) for k in range(8)]
    return programme.plan("Class", secret="a phrase").enrol(people).select(4).pair_buddies()


def answer(cohort, code, **answers):
    """Return the cohort after somebody has applied with other answers."""
    told = next(person.application for person in cohort.people if person.code == code)
    return cohort.enrol([replace(told, **answers)])


def followed(cohort):
    """Return of whom something is asked in the year."""
    return {each.who for each in cohort.owed(IN_YEAR).standings if each.who.startswith("P-")}


def inside(cohort):
    return {person.code for person in cohort.accepted}


def waiting(cohort):
    return next(d.code for d in cohort.decisions if d.place == 1)


def test_a_corrected_name_opens_nothing_and_is_kept(cohort):
    code = min(inside(cohort))
    other = answer(cohort, code, name=Private("Somebody Renamed"), postcode=Private("02139"))
    assert (other.decisions, other.buddies) == (cohort.decisions, cohort.buddies)
    person = next(person for person in other.people if person.code == code)
    assert person.application.name.reveal("a test") == "Somebody Renamed"


def test_a_corrected_name_after_seats_came_free_moves_nobody(cohort):
    code, comes = min(inside(cohort)), waiting(cohort)
    filled = cohort.withdraw(code, "a new post", on=IN_YEAR).fill(on=IN_YEAR)
    other = answer(filled, comes, name=Private("Somebody Renamed"))
    assert inside(other) == inside(filled)
    assert comes in inside(other)


def test_other_free_hours_open_the_buddies_and_no_seats(cohort):
    code = min(inside(cohort))
    other = answer(cohort, code, free=parse_free_hours("Mon 10-12"))
    assert other.decisions == cohort.decisions
    assert other.buddies == ()
    again = other.pairing.again()
    assert groups_of(again.buddies) == groups_of(cohort.buddies)  # they keep every rule still
    assert {e.hours for e in again.buddies if e.code == code} == {2}


def test_what_a_later_form_does_not_ask_stays_as_it_was_answered(form, tmp_path):
    asked = "Name,E-mail,Time zone,Languages,Site,Alumni,Free hours"
    row = "Ana Synthetic,a@example.org,Europe/Oslo,Danish,Example Hill,Yes,Mon 16-18"
    more = "Team,Champion,Local work,Student,Role,District,Country,Postcode,Timestamp,Access needs"
    told = "Example Oaks,Yes,Yes,Yes,Teacher,Example County,Norway,0150,2026-04-01,a ramp"
    path = form(f"{row},{told}", head=f"{asked},{more}")
    programme = Programme.load("master-practitioners-2026")
    full = programme.plan("Class", secret="x").enrol(read_applications(path)).select()
    planner = open_planner(tmp_path / "planner")
    planner.save(full)
    kept = planner.load("Class")
    corrected = row.replace("16-18", "16-19")
    other = kept.enrol(read_applications(form(corrected, head=asked)))
    assert other.decisions == full.decisions
    (first,), (later,) = full.people, other.people
    assert later.application.free != first.application.free
    assert replace(later.application, free=first.application.free) == first.application
    emptied = form(f"{corrected},,,,,,,,,2026-04-01,", head=f"{asked},{more}")
    (last,) = other.enrol(read_applications(emptied)).people
    assert (last.application.team, last.application.access_needs) == ("", Private(""))


def test_what_decides_about_seats_opens_them_and_the_buddies(cohort):
    for answers in ({"alumni": False}, {"team": "Example Team"}):
        other = answer(cohort, min(inside(cohort)), **answers)
        assert (other.decisions, other.buddies) == ((), ())


def test_while_seats_are_open_again_the_year_goes_on_with_those_who_had_one(cohort):
    held = cohort.overrule("hold a seat", waiting(cohort), **ROLE)
    late = cohort.enrol([somebody(9, site="Example 9", time_zone="Asia/Tokyo", free=FREE)])
    for opened in (held, late):
        assert opened.decisions == ()
        assert followed(opened) == followed(cohort) == inside(cohort)
        assert len(opened.following.attendance(IN_YEAR).rows) == 4
        assert opened.calendar().homes == cohort.calendar().homes
        shown = " ".join(repr(opened).split())
        assert "decided open again; the last seats count until they are given anew" in shown
        assert "buddies open again; not paired yet" in shown


def test_while_seats_are_open_again_those_who_had_one_pay_and_hand_in(cohort, tmp_path):
    path = tmp_path / "portfolio.html"
    path.write_text("A made-up portfolio.", encoding="utf-8")
    late = cohort.enrol([somebody(9, site="Example 9", free=FREE)])
    assert [row[0] for row in late.paying.table().rows] == sorted(inside(cohort))
    told = "Seats are open again; the last ones count until they are given anew."
    assert told in late.paying.table().notes
    now, then = late.budget(), cohort.budget()
    assert (now.people, now.full, now.accepted) == (then.people, then.full, then.accepted)
    assert now.decided
    assert told in now.table().notes
    assert told not in then.table().notes
    who = min(inside(cohort))
    handed = late.reviewing.hand_in(who, path, on=IN_YEAR)
    assert [attempt.of for attempt in handed.review.attempts] == [who]


def test_whoever_withdraws_while_seats_are_open_owes_nothing_after(cohort):
    code = min(inside(cohort))
    opened = cohort.overrule("hold a seat", waiting(cohort), **ROLE)
    left = opened.withdraw(code, "a new post", on="2026-08-01")
    assert followed(left) == inside(cohort) - {code}
    given = left.select(4)
    assert code not in inside(given)
    told = next(d for d in given.decisions if d.code == code)
    assert (told.outcome, f"{told.valid_to}") == ("withdrawn", "2026-08-01")


def test_before_any_seat_is_given_everybody_enrolled_is_followed(cohort):
    first = replace(cohort, decisions=(), buddies=(), before=type(cohort.before)())
    assert len(followed(first)) == 8


def test_whoever_left_is_nobodys_buddy_and_whoever_came_in_has_none_yet(cohort):
    left = cohort.accepted[0].code
    (buddy,) = next(told.buddies for told in cohort.buddies if told.code == left)
    gone = cohort.withdraw(left, "a new post", on=IN_YEAR)
    rows = {row[0]: row[2:] for row in gone.buddies_table().rows}
    assert rows.keys() == inside(gone)
    assert rows[buddy] == ("none", f"{left} has no seat any more")
    assert gone.buddies_table().notes[:2] == (
        "3 people, 1 without a buddy.",
        "Somebody has left or come in since; whoever is alone gets a buddy when buddies are paired "
        "again (in the diary: 'pair again').",
    )
    assert "1 pair, 1 alone" in repr(gone)
    filled = gone.fill(on=IN_YEAR)
    (came,) = inside(filled) - inside(gone)
    rows = {row[0]: row[2:] for row in filled.buddies_table().rows}
    assert rows[came] == ("none", "has come in since buddies were paired")
    assert filled.buddies_table().notes[0] == "4 people, 2 without a buddy."
    assert "2 pairs" in repr(filled.pairing.again())


def test_of_three_the_two_who_stay_are_buddies_still():
    programme = Programme.load("master-practitioners-2026", overlay=OVERLAY)
    people = [somebody(k, site=f"Example {k}", free=FREE) for k in range(3)]
    trio = programme.plan("Three", secret="a phrase").enrol(people).select(3).pair_buddies()
    gone = trio.withdraw(trio.accepted[0].code, "a new post")
    one, other = (row[0] for row in gone.buddies_table().rows)
    assert [row[2] for row in gone.buddies_table().rows] == [other, one]
    left = f"{trio.accepted[0].code} has no seat any more; "
    assert all(row[3].startswith(left) for row in gone.buddies_table().rows)


def test_the_roster_names_no_buddy_who_left(cohort, tmp_path):
    gone = cohort.withdraw(cohort.accepted[0].code, "a new post")
    rows = {row[0]: row[7] for _, row in read_rows(gone.write(tmp_path / "roster.csv"))}
    pair = next(told for told in gone.pairing.standing() if told[1])
    assert {code for code, buddies in rows.items() if buddies} == {"code", pair[0], *pair[1]}
