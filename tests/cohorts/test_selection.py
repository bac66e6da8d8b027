"""Seats: never too many, teams whole, priorities in order, and no word from the order of rows."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstools.cohorts import Programme
from cstools.cohorts.people import lot
from cstools.cohorts.selection import Candidate, choose
from cstools.errors import DataError, UnknownNameError

candidates = st.lists(
    st.builds(
        Candidate,
        code=st.integers(0, 10**6).map(lambda number: f"P-{number:07d}"),
        team=st.sampled_from(["", "", "red", "blue", "green"]),
        priorities=st.tuples(st.booleans(), st.booleans()),
    ),
    max_size=9,
    unique_by=lambda person: person.code,
)


def units(people, whole):
    together = {}
    for person in people:
        together.setdefault(person.team if whole and person.team else person.code, []).append(
            person
        )
    return list(together.values())


def by_trying_everything(people, seats, seed, whole):
    """Return the best choice by looking at each one there is."""
    best, chosen = None, frozenset()
    groups = units(people, whole)
    for choice in product([False, True], repeat=len(groups)):
        inside = [p for group, yes in zip(groups, choice, strict=True) if yes for p in group]
        if len(inside) > seats:
            continue
        worth = (
            sum(p.priorities[0] for p in inside),
            sum(p.priorities[1] for p in inside),
            len(inside),
            sum(lot(seed, p.code, bits=24) for p in inside),
        )
        if best is None or worth > best:
            best, chosen = worth, frozenset(p.code for p in inside)
    return chosen


# No deadline: the first call loads the solver, and how long that takes says nothing here.
@settings(max_examples=60, deadline=None)
@given(candidates, st.integers(0, 10), st.integers(0, 3), st.booleans())
def test_the_choice_is_the_best_of_all_there_are(people, seats, seed, whole):
    found = choose(people, seats, seed, teams_whole=whole)
    assert found == by_trying_everything(people, seats, seed, whole)


@settings(max_examples=30, deadline=None)
@given(candidates, st.integers(0, 10), st.randoms())
def test_the_order_of_the_rows_gives_nobody_a_seat(people, seats, order):
    shuffled = list(people)
    order.shuffle(shuffled)
    assert choose(shuffled, seats, 1) == choose(people, seats, 1)


def outcomes(cohort):
    return {decision.code: decision.outcome for decision in cohort.decisions}


def test_everybody_hears_an_answer_and_why(enrolled):
    cohort = enrolled.select(20, seed=1)
    assert set(outcomes(cohort)) == {person.code for person in cohort.people}
    assert all(decision.reason for decision in cohort.decisions)
    assert len(cohort.accepted) <= 20


@pytest.mark.parametrize("seats", range(0, 32, 3))
def test_a_team_is_in_or_out_whole(enrolled, seats):
    cohort = enrolled.select(seats)
    able = [p for p in cohort.people if outcomes(cohort)[p.code] in ("accepted", "waiting")]
    for name in {person.team for person in able} - {""}:
        assert len({outcomes(cohort)[p.code] for p in able if p.team == name}) == 1


def test_teams_may_be_split_when_the_coordinator_says_so(enrolled):
    assert len(enrolled.select(20, teams_whole=False).accepted) == 20


def test_without_a_number_everybody_eligible_has_a_seat_and_is_told_so(enrolled):
    cohort = enrolled.select()
    assert cohort.seats is None
    assert set(outcomes(cohort).values()) == {"accepted", "refused"}
    accepted = [d for d in cohort.decisions if d.outcome == "accepted"]
    ending = "; no number of seats is stated or given, so everybody eligible has one"
    assert all(decision.reason.endswith(ending) for decision in accepted)


def test_the_waiting_list_is_numbered_by_priority(enrolled):
    cohort = enrolled.select(12)
    waiting = sorted((d for d in cohort.decisions if d.place), key=lambda d: d.place)
    assert [d.place for d in waiting] == list(range(1, len(waiting) + 1))
    in_team = ["priority: team" in d.reason for d in waiting]
    assert in_team == sorted(in_team, reverse=True)


def test_the_stated_capacity_is_the_most_there_can_be(applications):
    cohort = Programme.load("master-practitioners-2020").plan("Second").enrol(applications)
    assert cohort.select().seats == 40
    with pytest.raises(DataError) as caught:
        cohort.select(41)
    assert str(caught.value) == (
        "41 seats are more than the 40 that the programme states; ask for 40 at most, or state "
        "another number under [capacity] in an overlay"
    )


def test_seats_below_nothing_are_refused(enrolled):
    with pytest.raises(DataError) as caught:
        enrolled.select(-1)
    assert str(caught.value) == "-1 seats cannot be given out; write a whole number, as 25"


def test_selecting_from_nobody_says_what_comes_first():
    with pytest.raises(DataError) as caught:
        Programme.load("master-practitioners-2026").plan("Empty").select()
    assert str(caught.value) == ("'Empty' has nobody to choose from; enrol the applications first")


def test_a_ruling_is_the_coordinators_and_is_told_as_such(applications):
    cohort = Programme.load("california-associates-1").plan("Cycle 1").enrol(applications)
    open_case = next(d for d in cohort.select().decisions if d.outcome == "needs a ruling")
    ruled = cohort.select(rulings={open_case.code: "eligible"}, teams_whole=False)
    decision = next(d for d in ruled.decisions if d.code == open_case.code)
    assert decision.outcome in ("accepted", "waiting")
    assert "ruled eligible by the coordinator" in decision.reason


def test_a_ruling_for_nobody_is_refused(enrolled):
    with pytest.raises(UnknownNameError, match=r"^rulings: nothing is called 'P-NOBODY'"):
        enrolled.select(rulings={"P-NOBODY": "eligible"})


def test_enrolling_again_changes_nothing(enrolled, applications):
    assert enrolled.enrol(applications) is enrolled
    assert enrolled.select(20).select(20) == enrolled.select(20)


def test_the_same_people_from_shuffled_rows_are_the_same_cohort(enrolled, applications):
    backwards = enrolled.programme.plan(enrolled.name, secret="a phrase")
    backwards = backwards.enrol(tuple(reversed(applications.people)))
    assert backwards.select(20) == enrolled.select(20)


def test_a_code_needs_the_phrase(enrolled, applications):
    other = enrolled.programme.plan(enrolled.name, secret="another").enrol(applications)
    assert {p.code for p in other.people} & {p.code for p in enrolled.people} == set()


@pytest.mark.parametrize("seats", ["20", 20.5])
def test_seats_are_a_whole_number(enrolled, seats):
    with pytest.raises(DataError) as caught:
        enrolled.select(seats)
    assert str(caught.value) == f"{seats!r} seats cannot be given out; write a whole number, as 25"


def test_a_ruling_is_one_of_two_words(enrolled):
    code = enrolled.people[0].code
    with pytest.raises(DataError) as caught:
        enrolled.select(25, rulings={code: "yes"})
    assert str(caught.value) == (
        f"the ruling for {code} is 'yes'; write 'eligible' or 'not eligible'"
    )


def test_whoever_needs_a_ruling_is_told_about_with_the_way_to_give_it(applications):
    cohort = Programme.load("california-associates-1").plan("Cycle 1").enrol(applications).select()
    code = next(d.code for d in cohort.decisions if d.outcome == "needs a ruling")
    assert cohort.decisions_table().notes[1] == (
        "Whoever needs a ruling gets it from you: write "
        f'select(rulings={{"{code}": "eligible"}}), or "not eligible", with every code.'
    )
