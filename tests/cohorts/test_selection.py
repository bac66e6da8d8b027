"""Seats: never too many, teams whole, priorities in order, and no word from the order of rows."""

import random
from dataclasses import replace
from datetime import datetime
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstools.cohorts import Programme
from cstools.cohorts.basics.people import Private, lot
from cstools.cohorts.selection.selection import Candidate, choose, units_of, waiting_order
from cstools.errors import DataError, UnknownNameError

from .people import somebody

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


@st.composite
def halls(draw):
    """Draw a small cohort with seats, a seed and wishes of every kind.

    The people come from one number: drawing each answer by itself would take longer than solving.
    """
    chance = random.Random(draw(st.integers(0, 2**32)))
    codes = [f"P-{number:07d}" for number in chance.sample(range(10**6), draw(st.integers(0, 9)))]
    people = [
        Candidate(
            code,
            chance.choice(["", "", "red", "blue", "green"]),
            (chance.random() < 0.5, chance.random() < 0.5),
        )
        for code in codes
    ]

    def some():
        return chance.sample(codes, chance.randint(0, min(2, len(codes))))

    return {
        "people": people,
        "seats": draw(st.integers(0, 9)),
        "seed": chance.randint(0, 3),
        "whole": draw(st.booleans()),
        "held": some(),
        "split": some(),
        "together": [some(), some()],
    }


def bonds(hall):
    """Return the sets of people who are never apart."""
    team = {p.code: p.team for p in hall["people"] if p.code not in hall["split"] and p.team}
    whole = [{c for c, name in team.items() if name == each} for each in set(team.values())]
    return [*(whole if hall["whole"] else []), *map(set, hall["together"])]


def by_trying_everything(hall):
    """Return the best choice by looking at each subset of people, and ``None`` without any."""
    people, best, chosen = hall["people"], None, None
    unbroken, held = bonds(hall), {p.code for p in hall["people"]} & set(hall["held"])
    lots = {
        (p.code, which): lot(hall["seed"], which, p.code, bits=16)
        for p in people
        for which in ("first lot", "second lot")
    }
    for choice in product([False, True], repeat=len(people)):
        inside = [p for p, yes in zip(people, choice, strict=True) if yes]
        codes = {p.code for p in inside}
        if len(inside) > hall["seats"] or not held <= codes:
            continue
        if any(codes & bond and not bond <= codes for bond in unbroken):
            continue
        worth = (
            sum(p.priorities[0] for p in inside),
            sum(p.priorities[1] for p in inside),
            len(inside),
            sum(lots[code, "first lot"] for code in codes),
            sum(lots[code, "second lot"] for code in codes),
        )
        if best is None or worth > best:
            best, chosen = worth, frozenset(codes)
    return chosen


def by_the_solver(hall):
    units = units_of(
        hall["people"],
        teams_whole=hall["whole"],
        split=hall["split"],
        together=hall["together"],
    )
    try:
        return choose(units, hall["seats"], hall["seed"], hall["held"])
    except DataError:
        return None


# No deadline: the first call loads the solver, and how long that takes says nothing here.
@settings(max_examples=2000, deadline=None)
@given(halls())
def test_the_choice_is_the_best_of_all_there_are(hall):
    assert by_the_solver(hall) == by_trying_everything(hall)


@settings(max_examples=100, deadline=None)
@given(halls(), st.randoms())
def test_the_order_of_the_rows_gives_nobody_a_seat(hall, order):
    shuffled = list(hall["people"])
    order.shuffle(shuffled)
    assert by_the_solver(hall | {"people": shuffled}) == by_the_solver(hall)


@settings(max_examples=30, deadline=None)
@given(candidates, st.integers(0, 3))
def test_single_people_are_called_from_the_waiting_list_as_the_solver_would_choose(people, seed):
    units = units_of(people, teams_whole=False)
    called = [unit.people[0].code for unit in waiting_order(units, seed)]
    for seats in range(len(people) + 1):
        assert frozenset(called[:seats]) == choose(units, seats, seed)


def test_lots_that_meet_in_the_solver_are_told_apart_by_the_second():
    # 600 lots of 16 bits: some meet (the birthday problem), and one seat at a time is given.
    people = [Candidate(f"P-{number:04d}", "", ()) for number in range(600)]
    lots = {lot(1, "first lot", person.code, bits=16) for person in people}
    assert len(lots) < len(people)
    units = units_of(people)
    order = [unit.people[0].code for unit in waiting_order(units, 1)]
    first = [lot(1, "first lot", code, bits=16) for code in order]
    place = next(k for k in range(1, 600) if first[k] == first[k - 1])
    assert choose(units, place, 1) == frozenset(order[:place])


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
    ruled = cohort.select(
        rulings={open_case.code: "eligible"}, teams_whole=False, by="director", why="knows the work"
    )
    decision = next(d for d in ruled.decisions if d.code == open_case.code)
    assert decision.outcome in ("accepted", "waiting")
    assert "ruled eligible by decision (overruling 1)" in decision.reason
    assert [(o.wish, o.people, o.by, o.why) for o in ruled.overruled] == [
        ("eligible", (open_case.code,), "director", "knows the work")
    ]


def test_a_ruling_for_nobody_is_refused(enrolled):
    with pytest.raises(
        UnknownNameError, match=r"^selection, 'eligible': nothing is called 'P-NOBODY'"
    ):
        enrolled.select(rulings={"P-NOBODY": "eligible"}, why="knows the work")


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
    assert cohort.decisions_table().notes[1] == (
        "Whoever needs a ruling gets it from you, by code, with your role and a reason (in the "
        "diary: 'eligible' or 'not eligible', then 'give seats')."
    )


def test_in_2020_alumni_come_first_and_others_may_follow(applications):
    people = [replace(each, submitted=None) for each in applications]
    cohort = Programme.load("master-practitioners-2020").plan("Second", secret="x").enrol(people)
    alumni = {p.code for p in cohort.people if p.application.alumni}
    assert 0 < len(alumni) < 40
    by_one = cohort.select(len(alumni), teams_whole=False)
    assert {person.code for person in by_one.accepted} == alumni
    assert len(cohort.select(40, teams_whole=False).accepted) == 40


def test_each_person_is_written_a_letter_that_fits_the_outcome(enrolled):
    cohort = enrolled.select(25, seed=1)
    *_, code = (p.code for p in cohort.accepted if not p.team)
    cohort = cohort.withdraw(code, "a new post abroad")
    letters = {row[0]: row[1:] for row in cohort.letters().rows}
    assert letters[code][1] == (
        "You have told us that you withdraw from Class of 2026-2027. Thank you for telling us."
    )
    assert {
        "We are glad to offer you a seat in Class of 2026-2027.",
        "We are glad to offer you a seat in Class of 2026-2027. Your whole team comes in.",
        "Thank you for applying to Class of 2026-2027. We cannot offer you a seat in it: you have "
        "not taken the introductory workshop, which this run requires.",
        "Thank you for applying to Class of 2026-2027. Of 25 seats, 24 are given so far; the seats "
        "went by the programme's priorities, in the order of this run, and then by lot. You stand "
        "on place 1 of the waiting list. If a seat comes free, we offer it in that order.",
    } <= {letter for _, letter in letters.values()}


def test_whoever_needs_a_ruling_is_written_that_it_is_still_open(applications):
    cohort = Programme.load("california-associates-1").plan("Cycle 1").enrol(applications).select()
    late = next(d.code for d in cohort.decisions if d.reason.startswith("received after"))
    letter = next(row[2] for row in cohort.letters().rows if row[0] == late)
    assert letter == (
        "Thank you for applying to Cycle 1. Your application is still open: it was received after "
        "the deadline of 30 September 2021, and those who lead the programme decide what follows. "
        "We write to you as soon as it is decided."
    )


def in_california(*people):
    programme = Programme.load("california-associates-2")
    return programme.plan("Cycle 2", secret="x").enrol(people).select()


def test_a_letter_tells_no_puzzle_of_the_documents_and_asks_what_only_the_person_knows():
    cohort = in_california(somebody(0, alumni=False), somebody(1, alumni=None))
    assert {row[2] for row in cohort.letters().rows} == {
        "Thank you for applying to Cycle 2. Your application is still open: you have not taken the "
        "introductory workshop, and those who lead the programme decide what follows. We write to "
        "you as soon as it is decided.",
        "Thank you for applying to Cycle 2. Your application is still open: you do not say whether "
        "you have taken the introductory workshop; please tell us. We write to you as soon as it "
        "is decided.",
    }


def test_who_comes_in_hears_that_some_of_the_team_have_no_answer_yet_or_that_there_is_no_team():
    cohort = in_california(somebody(0, "Hill"), somebody(1, "HILL", alumni=False), somebody(2))
    shown = {row[2] for row in cohort.letters().rows if row[1] == "accepted"}
    alone = next(person.code for person in cohort.accepted if not person.team)
    offered = "We are glad to offer you a seat in Cycle 2."
    of_team = (
        " Not everybody who applied with your team has an answer yet; we write to each of them."
    )
    of_none = (
        " The work of this programme is done in teams, and you applied without one: we will look "
        "for a team with you."
    )
    assert shown == {offered + of_team, offered + of_none}
    found = cohort.teams.found("Lake", alone)
    assert offered in {row[2] for row in found.letters().rows}


def test_a_seat_that_people_decided_is_not_told_as_one_of_the_priorities_and_the_lot():
    cohort = few(*map(somebody, range(3))).select(1)
    held = cohort.overrule("hold a seat", first_waiting(cohort).code, by="director", why="a post")
    held = held.select(1)
    payer = cohort.accepted[0].code
    letters = held.letters()
    told = next(row[2] for row in letters.rows if row[0] == payer)
    assert (
        "the seats went by the programme's priorities, in the order of this run, and then by lot, "
        "except where those who lead the programme have decided otherwise. You stand"
    ) in told
    assert letters.notes[1:] == (
        f"Without overruling 1 (hold a seat) a seat would have gone to {payer}: read what they are "
        "told twice.",
    )
    free = held.take_back(1, by="director", why="the post is gone").select(1)
    assert "decided otherwise" not in repr(free.letters())


def test_letters_come_after_selecting(enrolled):
    with pytest.raises(DataError) as caught:
        enrolled.letters()
    assert str(caught.value) == (
        "'Class of 2026-2027' has decided nothing yet; select() comes before letters"
    )


def few(*people):
    return Programme.load("master-practitioners-2026").plan("Few", secret="x").enrol(people)


def reasons(cohort):
    return [decision.reason.partition("workshop; ")[2] for decision in cohort.decisions]


def test_a_team_of_which_somebody_is_refused_is_not_called_whole():
    cohort = few(somebody(0, "Hill"), somebody(1, "hill "), somebody(2, "HILL", alumni=False))
    shown = {row[1]: row[2] for row in cohort.select(5).letters().rows}
    assert "comes in with 1 more of the 3 in the team" in reasons(cohort.select(5))
    assert shown["accepted"] == "We are glad to offer you a seat in Few."


def test_a_team_in_two_spellings_is_whole_when_all_have_a_seat_and_only_then():
    both = few(somebody(0, "Hill")).enrol([somebody(1, "hill ")]).select(5)
    assert {row[2] for row in both.letters().rows} == {
        "We are glad to offer you a seat in Few. Your whole team comes in."
    }
    left = both.withdraw(both.people[0].code, "a new post")
    assert "We are glad to offer you a seat in Few." in {row[2] for row in left.letters().rows}


def test_a_team_waits_by_the_share_of_its_people_who_meet_a_priority():
    """Four take three seats: the fourth waits before a team of which two in three are alumni."""
    team = [somebody(k, "Hill", alumni=k > 0) for k in range(3)]
    plan = Programme.load("master-practitioners-2020").plan("Few", secret="x")
    cohort = plan.enrol([*team, *map(somebody, range(3, 7))]).select(3)
    place = {decision.code: decision.place for decision in cohort.decisions}
    assert sorted(place[p.code] for p in cohort.people if p.team) == [2, 3, 4]


def test_a_team_that_waits_beside_free_seats_is_not_told_that_all_are_given():
    cohort = few(*(somebody(k, "Hill" if k < 3 else "Lake") for k in range(6))).select(5)
    assert reasons(cohort)[cohort.decisions.index(waiting := first_waiting(cohort))] == (
        "waits, since 2 of 5 seats are left, and 3 people come in together or not at all"
    )
    assert letter_to(waiting, cohort) == (
        "Thank you for applying to Few. Of 5 seats, 3 are given so far; the seats went by the "
        "programme's priorities, in the order of this run, and then by lot. You stand on place 1 "
        "of the waiting list. If a seat comes free, we offer it in that order. Those who come in "
        "together with you are offered theirs at the same time, when there are seats for all of "
        "you."
    )


def first_waiting(cohort):
    return next(decision for decision in cohort.decisions if decision.place == 1)


def letter_to(decision, cohort):
    return next(row[2] for row in cohort.letters().rows if row[0] == decision.code)


def test_a_seat_that_is_free_again_is_not_told_as_given():
    cohort = few(*map(somebody, range(3))).select(1)
    waiting = first_waiting(cohort)
    assert waiting.reason.endswith(
        "waits, since the 1 seat went to somebody before in the order of priorities and lots"
    )
    assert "The one seat is given; " in letter_to(waiting, cohort)
    free = cohort.withdraw(cohort.accepted[0].code, "a new post")
    assert "Of 1 seat, none is given so far; " in letter_to(waiting, free)


def test_a_letter_names_no_priorities_where_the_programme_states_none():
    cohort = Programme.load("master-practitioners-2023").plan("Few", secret="x")
    cohort = cohort.enrol(map(somebody, range(2))).select(1)
    told = letter_to(first_waiting(cohort), cohort)
    assert "The one seat is given; the seats went by lot." in told


def test_a_team_larger_than_one_seat_hears_it_in_the_singular():
    cohort = few(somebody(0, "Hill"), somebody(1, "Hill")).select(1)
    assert cohort.decisions[0].reason.startswith(
        "cannot be placed: 2 people come in together and there is 1 seat; more seats would"
    )


def test_whoever_is_alone_in_a_team_and_a_team_of_two_sites_are_asked_about():
    cohort = few(
        somebody(0, "Lone"),
        somebody(1, "Team 1", site="Example Hill School"),
        somebody(2, "team 1", site="Example Lake School"),
        somebody(3, "Duo"),
        somebody(4, "Duo", alumni=False),
    )
    code_of = {person.application.email._text[6]: person.code for person in cohort.people}
    alone = "; ".join(
        f"{code} ({team!r})"
        for code, team in sorted([(code_of["0"], "Lone"), (code_of["3"], "Duo")])
    )
    named = next(p.team for p in cohort.people if p.team.casefold() == "team 1")
    assert cohort.eligibility().notes[1:] == (
        f"Alone in their team, which has its priority all the same: {alone}. Ask whether "
        "colleagues come; where none do, the team's name is to be an empty text under "
        "[spellings.team] in the mapping file.",
        f"Each taken as one team, though its people work at several sites: '{named}' (Example Hill "
        "School, Example Lake School). Where they are several teams, give each a name of its own "
        "in the applications.",
    )
    told = {d.code: d.reason for d in cohort.select(5).decisions}
    assert told[code_of["0"]].endswith("workshop; nobody else applied with the team")
    assert "nobody else applied" not in told[code_of["1"]]


def test_one_person_under_two_addresses_in_two_files_is_asked_about_until_one_is_withdrawn():
    cohort = few(somebody(0), somebody(1))
    cohort = cohort.enrol([somebody(2, name=Private("SOMEBODY  Synthetic 0"))])
    code_of = {person.application.email._text[6]: person.code for person in cohort.people}
    both = sorted([code_of["0"], code_of["2"]])
    told = (
        f"One name and several e-mails: {both[0]} and {both[1]}. If it is one person, withdraw all "
        "but one of the applications (in the diary: 'withdraw')."
    )
    assert told in repr(cohort)
    assert told in cohort.eligibility().notes
    assert told in cohort.select(5).decisions_table().notes
    once = cohort.withdraw(both[0], "applied under two addresses", by="coordinator")
    assert "One name" not in repr(once)


def test_new_answers_leave_the_day_on_which_a_person_applied():
    first = few(somebody(0, submitted=datetime(2026, 3, 20)))
    again = first.enrol([somebody(0, submitted=datetime(2026, 6, 10), languages=("Danish",))])
    written = again.people[0].application
    assert (written.languages, written.submitted) == (("Danish",), datetime(2026, 3, 20))
    assert again.eligibility().rows[0][1] == "eligible"
    assert again.enrol([somebody(0, languages=("Danish",))]) is again
    earlier = again.enrol([somebody(0, submitted=datetime(2026, 3, 1), languages=("Danish",))])
    assert earlier.people[0].application.submitted == datetime(2026, 3, 1)


def test_a_team_that_is_no_longer_whole_is_not_called_so(enrolled):
    cohort = enrolled.select(25, seed=1)
    reasons = {decision.code: decision.reason for decision in cohort.decisions}
    whole = next(p for p in cohort.accepted if "the whole team" in reasons[p.code])
    mate = next(p.code for p in cohort.accepted if p.team == whole.team and p is not whole)
    letters = {row[0]: row[2] for row in cohort.withdraw(mate, "a new post").letters().rows}
    assert letters[whole.code] == "We are glad to offer you a seat in Class of 2026-2027."
