"""The plain checker finds every broken rule, and no fault in what the selection gives."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstools.cohorts import Programme, open_planner
from cstools.cohorts.selection.check import faults
from cstools.cohorts.selection.decisions import Decision
from cstools.errors import DataError
from tests.cohorts.people import somebody

RUNS = ("master-practitioners-2020", "master-practitioners-2026", "california-associates-1")


def person(number, team, alumni, local_work):
    """Return a made-up applicant of one of three schools."""
    return somebody(
        number, team, alumni=alumni, local_work=local_work, site=f"Example School {number % 3}"
    )


people = st.lists(
    st.tuples(
        st.sampled_from(["", "red", "blue", "green"]),
        st.sampled_from([True, True, False, None]),
        st.booleans(),
    ),
    min_size=2,
    max_size=9,
).map(lambda rows: [person(number, *row) for number, row in enumerate(rows)])


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(RUNS), people, st.integers(0, 9), st.booleans(), st.integers(0, 10**6))
def test_what_the_selection_gives_breaks_no_rule(run, applications, seats, whole, seed):
    draw = random.Random(seed)
    cohort = Programme.load(run).plan("Small", secret="x").enrol(applications)
    codes = [each.code for each in cohort.people]
    for wish, count in (("eligible", 1), ("not eligible", 1), ("keep together", 2)):
        if draw.random() < 0.5:
            chosen = draw.sample(codes, count)
            cohort = cohort.overrule(wish, *chosen, by="director", why="a made-up reason")
    backwards = cohort.programme.plan("Small", secret="x").enrol(applications[::-1])
    backwards = replace(backwards, overruled=cohort.overruled)
    cohort = cohort.select(seats, seed=seed, teams_whole=whole)
    assert faults(cohort) == ()
    assert backwards.select(seats, seed=seed, teams_whole=whole) == cohort


@pytest.fixture(scope="module")
def chosen(applications):
    people = [replace(each, submitted=None) for each in applications]
    cohort = Programme.load("master-practitioners-2020").plan("Second", secret="a phrase")
    return cohort.enrol(people).select(25, seed=3)


def swapped(cohort, **outcomes):
    """Return a cohort with some decisions written over by hand."""
    made = (outcomes.get(d.code.replace("-", "_"), d) for d in cohort.decisions)
    return replace(cohort, decisions=tuple(made))


def one(cohort, outcome, *, alone=True):
    teams = {p.code: p.team for p in cohort.people}
    return next(
        d for d in cohort.decisions if d.outcome == outcome and bool(teams[d.code]) != alone
    )


def broken(cohort):
    return [name for name, found in cohort.verify().rows if found != "holds"]


def test_every_rule_holds_and_says_so(chosen):
    checked = chosen.verify()
    assert {found for _, found in checked.rows} == {"holds"}
    assert checked.notes == ("Every rule holds.",)


def test_one_person_too_many_is_found(chosen):
    waits = one(chosen, "waiting")
    over = swapped(chosen, **{waits.code.replace("-", "_"): Decision(waits.code, "accepted", "x")})
    assert "26 people have 25 seats" in faults(over)
    assert over.verify().notes == (f"{len(broken(over))} of 7 rules are broken.",)


def test_a_broken_team_is_found(chosen):
    sits = one(chosen, "accepted", alone=False)
    team = next(p.team for p in chosen.people if p.code == sits.code)
    assert sum(p.team == team for p in chosen.people) > 1
    torn = swapped(chosen, **{sits.code.replace("-", "_"): Decision(sits.code, "waiting", "x", 16)})
    assert "teams, and whoever is kept together, are in or out whole" in broken(torn)


def test_a_choice_that_is_not_the_best_is_found(chosen):
    sits, waits = one(chosen, "accepted"), one(chosen, "waiting")
    worse = swapped(
        chosen,
        **{
            sits.code.replace("-", "_"): replace(waits, code=sits.code),
            waits.code.replace("-", "_"): replace(sits, code=waits.code),
        },
    )
    assert "no other choice is better" in broken(worse)


def test_a_seat_for_somebody_who_may_have_none_is_found(chosen):
    code = one(chosen, "accepted").code
    ruled = replace(
        chosen,
        overruled=chosen.overrule(
            "not eligible", code, by="director", why="a made-up reason"
        ).overruled,
    )
    assert f"{code} is accepted and should be refused" in faults(ruled)


def test_a_held_seat_that_was_not_given_is_found(chosen):
    code = one(chosen, "waiting").code
    held = chosen.overrule("hold a seat", code, by="director", why="a made-up reason")
    forgotten = replace(chosen, overruled=held.overruled)
    assert f"a seat is held for {code}, who has none" in faults(forgotten)


def test_a_waiting_list_out_of_order_is_found(chosen):
    waits = sorted((d for d in chosen.decisions if d.place), key=lambda d: d.place)
    first, last = waits[0], waits[-1]
    turned = swapped(
        chosen,
        **{
            first.code.replace("-", "_"): replace(first, place=last.place),
            last.code.replace("-", "_"): replace(last, place=first.place),
        },
    )
    assert "the waiting list is numbered and in order" in broken(turned)
    gap = swapped(chosen, **{last.code.replace("-", "_"): replace(last, place=99)})
    assert any(fault.startswith("the places are 1, 2, ") for fault in faults(gap))


def test_a_missing_decision_and_a_decision_for_nobody_are_found(chosen):
    first, *others = chosen.decisions
    torn = replace(chosen, decisions=(*others, replace(first, code="P-NOBODY", reason=" ")))
    found = faults(torn)
    assert f"{first.code} has no decision" in found
    assert "P-NOBODY is nobody's code" in found
    assert "P-NOBODY has no reason" in found


def test_checking_comes_after_selecting(enrolled):
    with pytest.raises(DataError) as caught:
        enrolled.verify()
    assert str(caught.value) == (
        "'Class of 2026-2027' has decided nothing yet; select() comes before verify()"
    )


def test_after_a_withdrawal_the_seats_still_hold(chosen):
    left = chosen.withdraw(one(chosen, "accepted").code, "a new post abroad").fill()
    assert faults(left) == ()
    assert left.verify().notes == (
        "Every rule that is asked holds. Somebody has withdrawn since: what was best before is not "
        "asked again.",
    )


def test_after_a_withdrawal_a_rule_that_is_not_asked_does_not_hold(chosen):
    left = chosen.withdraw(one(chosen, "accepted").code, "a new post abroad")
    found = dict(left.verify().rows)
    assert found["no other choice is better"] == "not asked"
    assert found["the waiting list is numbered and in order"] == "numbered; the order is not asked"
    assert sum(answer == "holds" for answer in found.values()) == 5


def test_whoever_was_kept_together_with_somebody_who_left_breaks_no_rule(chosen):
    one, other = [p.code for p in chosen.accepted if not p.team][:2]
    tied = chosen.overrule("keep together", one, other, by="director", why="one post between them")
    left = tied.select(25, seed=3).withdraw(one, "a new post abroad")
    assert faults(left) == ()
    assert faults(left.select(25, seed=3)) == ()


def test_after_a_withdrawal_a_broken_team_is_still_found(chosen):
    left = chosen.withdraw(one(chosen, "accepted").code, "a new post abroad")
    sits = one(left, "accepted", alone=False)
    torn = swapped(left, **{sits.code.replace("-", "_"): Decision(sits.code, "waiting", "x", 99)})
    assert "teams, and whoever is kept together, are in or out whole" in broken(torn)


def test_without_the_names_everything_but_the_lot_is_checked(chosen, tmp_path):
    folder = tmp_path / "planner"
    open_planner(folder).save(chosen)
    for path in folder.glob("people*"):
        path.unlink()
    shared = open_planner(folder).load("Second")
    assert all(person.code.startswith("R-") for person in shared.people)
    assert faults(shared) == ()
    assert shared.verify().notes == (
        "Every rule holds. The lot is drawn by people's own codes, and is not checked without the "
        "names.",
    )
