"""Check-ins are of buddies, or of whole teams; nobody owes one who has nobody to check in with."""

import pytest

from cstools.cohorts import Programme
from cstools.cohorts.basics.hours import parse_free_hours
from cstools.errors import DataError
from tests.cohorts.conftest import ROOT
from tests.cohorts.people import somebody
from tests.cohorts.test_owed import stands

OVERLAY = ROOT / "notebooks" / "5-planner" / "our-run-2026.toml"
FREE = parse_free_hours("Mon 9-17")
DAY = "2026-09-20"
NOT_FOUND = "Your buddy is not found yet, and no check-in is asked of you until then."


@pytest.fixture(scope="module")
def chosen():
    """Six people of six sites, four of them on seats, and a check-in is due every 21 days."""
    programme = Programme.load("master-practitioners-2026", overlay=OVERLAY)
    people = [somebody(k, site=f"Example {k}", free=FREE) for k in range(6)]
    enrolled = programme.plan("Class", secret="a phrase").enrol(people)
    return enrolled.select(4).following.counting(check_ins=21)


@pytest.fixture(scope="module")
def paired(chosen):
    return chosen.pair_buddies()


@pytest.fixture(scope="module")
def team_of_three():
    programme = Programme.load("california-associates-1")
    people = [somebody(k, "Hill team" if k < 3 else "Lake team") for k in range(5)]
    enrolled = programme.plan("Cycle 1", secret="a phrase").enrol(people)
    rulings = {person.code: "eligible" for person in enrolled.people}
    return enrolled.select(rulings=rulings, why="All took the introductory workshop").teams.form()


def pairs(cohort):
    return {told.code: told.buddies[0] for told in cohort.buddies if told.buddies}


def test_a_check_in_with_somebody_else_is_told_and_left_open(paired):
    one, buddy = next(iter(pairs(paired).items()))
    other = next(code for code in pairs(paired) if code not in (one, buddy))
    strange = paired.following.check_in(one, other, day="2026-09-10")
    held = stands(strange, DAY, one, "check-ins")
    assert (held.state, held.short) == ("open", "0")
    assert held.told.startswith(
        "0 noted; 1 more with nobody who is a buddy, or was one before the last pairing; one is due"
    )
    assert stands(strange, "2026-10-20", one, "check-ins").state == "owed"  # too long ago anyway
    met = strange.following.check_in(one, other, buddy, day="2026-09-12")
    assert stands(met, DAY, one, "check-ins").state == "kept"


def test_a_check_in_with_the_buddy_of_before_counts(paired):
    one, buddy = next(iter(pairs(paired).items()))
    met = paired.following.check_in(one, buddy, day="2026-09-10")
    role = {"by": "programme director", "why": "both asked for it"}
    parted = met.pairing.forbid(one, buddy, **role).pair_buddies()
    assert buddy not in next(told.buddies for told in parted.buddies if told.code == one)
    assert stands(parted, DAY, one, "check-ins").state == "kept"


def test_whoever_has_no_buddy_owes_no_check_in_and_is_told_so(paired):
    left, alone = next(iter(pairs(paired).items()))
    filled = paired.withdraw(left, "a new post", on="2026-08-20").fill(on="2026-08-20")
    (came,) = {p.code for p in filled.accepted} - {p.code for p in paired.accepted}
    drafts = {draft.about: draft for draft in filled.following.reminders(DAY).drafts}
    for code in (alone, came):
        held = stands(filled, DAY, code, "check-ins")
        assert (held.state, held.short, held.by) == ("open", "no buddy", None)
        assert held.told.startswith(
            "0 noted; no buddy is found yet (in the diary: 'pair buddies' or 'pair again')"
        )
        assert NOT_FOUND in drafts[code].text
        assert "check-ins" not in drafts[code].asked
    (others,) = {frozenset(pair) for pair in pairs(paired).items() if alone not in pair}
    for code in others:
        assert stands(filled, DAY, code, "check-ins").state == "owed"
        assert NOT_FOUND not in drafts[code].text
    assert stands(filled, "2026-08-19", alone, "check-ins").state == "owed"


def test_before_buddies_are_paired_nobody_owes_a_check_in(chosen):
    code = chosen.accepted[0].code
    held = stands(chosen, DAY, code, "check-ins")
    assert (held.state, held.short) == ("open", "not paired")
    assert NOT_FOUND not in chosen.following.reminders(DAY).drafts[0].text


def test_the_codes_of_a_whole_team_are_the_team(team_of_three):
    codes = [p.code for p in team_of_three.people if p.team == "Hill team"]
    named = team_of_three.following.check_in("Hill team", day="2021-11-01")
    assert team_of_three.following.check_in(*codes, day="2021-11-01") == named
    with pytest.raises(DataError) as caught:
        team_of_three.following.check_in(*codes[:2], day="2021-11-01")
    assert str(caught.value) == (
        f"check-in of {', '.join(codes[:2])}: check-ins are promised by teams here, and these are "
        "no whole team on 2021-11-01; if it was the team's, name the team"
    )
