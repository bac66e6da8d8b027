"""What people decide against a step: recorded with role, reason and cost, and never erased."""

from dataclasses import replace

import pytest

from cstools.cohorts import Programme, open_planner
from cstools.cohorts.basics.overruling import Overruling, recoded
from cstools.cohorts.basics.people import Private
from cstools.errors import DataError, UnknownNameError

BY, WHY = "programme director", "runs the first project at a new site"


@pytest.fixture(scope="module")
def chosen(applications):
    """Forty made-up people on 25 seats of the 2020–21 run, none of them late."""
    people = [replace(each, submitted=None) for each in applications]
    cohort = Programme.load("master-practitioners-2020").plan("Second", secret="a phrase")
    return cohort.enrol(people).select(25, seed=3)


def outcome(cohort, code):
    return next(d.outcome for d in cohort.decisions if d.code == code)


def reason(cohort, code):
    return next(d.reason for d in cohort.decisions if d.code == code)


def waiting(cohort):
    return [d.code for d in sorted(cohort.decisions, key=lambda d: d.place) if d.place]


def inside(cohort):
    return {person.code for person in cohort.accepted}


def alone(cohort):
    return [p.code for p in cohort.people if not p.team]


def test_a_held_seat_is_given_and_says_who_pays(chosen):
    last = waiting(chosen)[-1]
    held = chosen.overrule("hold a seat", last, by=BY, why=WHY).select(25, seed=3)
    assert outcome(held, last) == "accepted"
    assert reason(held, last).endswith("; the seat was held (overruling 1)")
    (record,) = held.overruled
    lost = inside(chosen) - inside(held)
    assert set(record.pays) == lost != set()
    assert record.cost == f"gives a seat to {len(inside(held) - inside(chosen))}, takes one from 1"


def test_an_overruling_that_changes_nothing_says_so(chosen):
    held = chosen.overrule("hold a seat", min(inside(chosen)), by=BY, why=WHY).select(25, seed=3)
    assert (held.overruled[0].cost, held.overruled[0].pays) == ("it changes nobody's seat", ())
    assert inside(held) == inside(chosen)


def test_people_who_are_kept_together_are_in_or_out_together(chosen):
    one = next(code for code in alone(chosen) if code in inside(chosen))
    other = next(code for code in alone(chosen) if code not in inside(chosen))
    for seats in range(0, 41, 5):
        both = chosen.overrule("keep together", other, one, by=BY, why="one post between them")
        both = both.select(seats, seed=3)
        assert outcome(both, one) == outcome(both, other)
        assert both.overruled[0].people == tuple(sorted((one, other)))


def test_a_team_larger_than_the_seats_is_named_with_the_rule_and_what_would_help(chosen):
    small = chosen.select(3, seed=3)
    large = [d for d in small.decisions if d.reason.startswith("cannot be placed")]
    assert {d.outcome for d in large} == {"needs a ruling"}
    assert (
        "cannot be placed: 5 people come in together and there are 3 seats; more seats would let "
        "them in, or some of them if the team is split or teams come in part (in the diary: "
        "'split the team' or 'give seats' with teams_whole)"
    ) in {d.reason for d in large}
    five = [d.code for d in large if ": 5 people" in d.reason]
    split = small.overrule("split the team", *five[:5], by=BY, why="the school asked for it")
    assert {outcome(split.select(3, seed=3), code) for code in five[:5]} <= {"accepted", "waiting"}


def test_whoever_is_kept_with_somebody_refused_is_told_the_rule(chosen):
    one, other = alone(chosen)[:2]
    tied = chosen.overrule("not eligible", one, by=BY, why="holds a seat in another run")
    tied = tied.overrule("keep together", one, other, by=BY, why=WHY).select(25, seed=3)
    assert outcome(tied, one) == "refused"
    assert outcome(tied, other) == "needs a ruling"
    assert reason(tied, other) == (
        "cannot be placed: is kept together with somebody who can have no seat (overruling 2); "
        "rule on that person, or take it back"
    )
    assert reason(tied, one).startswith("ruled not eligible by decision (overruling 1); ")


def test_a_seat_held_for_somebody_who_can_have_none_asks_for_a_ruling_first(applications):
    cohort = Programme.load("master-practitioners-2026").plan("Class", secret="x")
    cohort = cohort.enrol(applications)
    code = next(d.code for d in cohort.select(25).decisions if d.outcome == "refused")
    held = cohort.overrule("hold a seat", code, by=BY, why=WHY)
    with pytest.raises(DataError) as caught:
        held.select(25)
    assert str(caught.value) == (
        f"a seat is held for {code} (overruling 1), who has not taken the introductory workshop, "
        f'which this run requires; rule first, as overrule("eligible", "{code}", by="…", why="…")'
    )
    ruled = held.overrule("eligible", code, by=BY, why="took a workshop of the same content")
    ruled = ruled.select(25)
    assert outcome(ruled, code) == "accepted"
    assert ruled.overruled[1].cost == "another overruling rests on this one"


def test_more_held_seats_than_there_are_cannot_be_given(chosen):
    codes = alone(chosen)[:4]
    with pytest.raises(DataError) as caught:
        chosen.overrule("hold a seat", *codes, by=BY, why=WHY).select(3)
    assert str(caught.value) == (
        "4 seats are held, whole teams counted, and there are 3; take one back, or split its team"
    )


def test_a_held_seat_in_a_team_that_cannot_come_in_says_why(chosen):
    large = next(p for p in chosen.people if "team of 5" in reason(chosen, p.code))
    with pytest.raises(DataError) as caught:
        chosen.overrule("hold a seat", large.code, by=BY, why=WHY).select(4)
    assert str(caught.value) == (
        f"a seat is held for {large.code} (overruling 1), and cannot be given: 5 people come in "
        "together and there are 4 seats; more seats would let them in, or some of them if the team "
        "is split or teams come in part (in the diary: 'split the team' or 'give seats' with "
        "teams_whole)"
    )


@pytest.mark.parametrize(
    ("by", "why", "message"),
    [
        (
            BY,
            " ",
            "selection: 'hold a seat' needs a reason; write it as why=\"…\" in a sentence",
        ),
        (
            "",
            WHY,
            "selection: 'hold a seat' needs the role of whoever decides, never a name or an "
            'address; write by="programme director"',
        ),
        (
            "director@example.org",
            WHY,
            "selection: 'hold a seat' needs the role of whoever decides, never a name or an "
            'address; write by="programme director"',
        ),
    ],
)
def test_an_overruling_has_a_role_and_a_reason(chosen, by, why, message):
    with pytest.raises(DataError) as caught:
        chosen.overrule("hold a seat", chosen.people[0].code, by=by, why=why)
    assert str(caught.value) == message


def test_a_reason_with_the_name_of_somebody_enrolled_is_refused(chosen):
    person = chosen.people[0]
    name = person.application.name.reveal("a test")
    with pytest.raises(DataError) as caught:
        chosen.overrule("hold a seat", person.code, by=BY, why=f"because {name.upper()} asked")
    assert str(caught.value) == (
        f"selection, 'hold a seat': the reason names {person.code}; write the code instead, since "
        "reasons stand in tables that are kept in notebooks"
    )


def test_a_name_inside_another_word_names_nobody(chosen):
    first, *others = chosen.people
    short = replace(first, application=replace(first.application, name=Private("May")))
    cohort = replace(chosen, people=(short, *others))
    held = cohort.overrule("hold a seat", first.code, by=BY, why="the mayor may ask for one")
    assert held.overruled[0].why == "the mayor may ask for one"
    with pytest.raises(DataError, match="the reason names P-"):
        cohort.overrule("hold a seat", first.code, by=BY, why="we promised May")


def test_a_wish_that_the_selection_does_not_know_is_refused(chosen):
    with pytest.raises(UnknownNameError) as caught:
        chosen.overrule("hold seat", chosen.people[0].code, by=BY, why=WHY)
    assert str(caught.value) == (
        "wishes for the selection: nothing is called 'hold seat'; did you mean 'hold a seat'?"
    )


@pytest.mark.parametrize(
    ("wish", "count", "fewest"),
    [("keep together", 1, "two people or more"), ("hold a seat", 0, "somebody")],
)
def test_a_wish_is_about_enough_people(chosen, wish, count, fewest):
    codes = [person.code for person in chosen.people[:count]]
    with pytest.raises(DataError) as caught:
        chosen.overrule(wish, *codes, by=BY, why=WHY)
    assert str(caught.value) == (f"selection: '{wish}' is about {fewest}; write the codes after it")


def test_the_same_wish_again_changes_its_reason_and_adds_no_second(chosen):
    code = chosen.people[0].code
    first = chosen.overrule("hold a seat", code, by=BY, why=WHY)
    again = first.overrule("hold a seat", code, by=BY, why="teaches the others")
    assert [held.why for held in again.overruled] == ["teaches the others"]


def test_an_overruling_taken_back_has_no_force_and_stays_in_the_list(chosen):
    last = waiting(chosen)[-1]
    held = chosen.overrule("hold a seat", last, by=BY, why=WHY).select(25, seed=3)
    back = held.take_back(1, by="coordinator", why="found a seat elsewhere").select(25, seed=3)
    assert inside(back) == inside(chosen)
    assert back.overruled[0].taken_back == "coordinator: found a seat elsewhere"
    row = back.overruled_table().rows[0]
    assert row == (
        "1",
        "selection",
        "hold a seat",
        last,
        BY,
        WHY,
        "taken back by the coordinator: found a seat elsewhere",
    )
    twice = back.overrule("hold a seat", last, by=BY, why=WHY)
    assert [bool(each.taken_back) for each in twice.overruled] == [True, False]


def test_what_is_taken_back_stays_so_and_another_role_does_not_write_over_it(chosen):
    held = chosen.overrule("hold a seat", waiting(chosen)[-1], by=BY, why=WHY)
    back = held.take_back(1, by=BY, why="found a seat elsewhere").select(25, seed=3)
    assert back.take_back(1, by=BY, why="found a seat elsewhere") == back
    with pytest.raises(DataError) as caught:
        back.take_back(1, by="coordinator", why="tidying")
    assert str(caught.value) == (
        "selection, 'hold a seat': number 1 is taken back already, by another role; leave that as "
        "it is, or take back what was decided anew"
    )
    said = back.take_back(1, by=BY, why="has a seat in another run")
    assert said.overruled[0].taken_back == f"{BY}: has a seat in another run"
    assert said.decisions == back.decisions


@pytest.mark.parametrize("number", [0, 2, "1", True])
def test_only_an_overruling_that_exists_can_be_taken_back(chosen, number):
    held = chosen.overrule("hold a seat", chosen.people[0].code, by=BY, why=WHY)
    with pytest.raises(DataError) as caught:
        held.take_back(number, by=BY, why=WHY)
    assert str(caught.value) == (
        f"no overruling has the number {number!r}; there are numbers 1 to 1"
    )


def test_a_later_ruling_on_the_same_person_counts(chosen):
    code = alone(chosen)[0]
    ruled = chosen.overrule("not eligible", code, by=BY, why="holds a seat in another run")
    ruled = ruled.overrule("eligible", code, by=BY, why="gave that seat back").select(40)
    assert outcome(ruled, code) == "accepted"


def test_the_newest_ruling_counts_however_often_it_was_turned(chosen):
    code, *others = alone(chosen)[:2]
    for before in ([code], [code, *others]):
        ruled = chosen.overrule("eligible", *before, by=BY, why="took a like workshop")
        ruled = ruled.overrule("not eligible", code, by=BY, why="it was another workshop")
        assert outcome(ruled.select(40), code) == "refused"
        ruled = ruled.overrule("eligible", *before, by=BY, why="after an appeal").select(40)
        assert outcome(ruled, code) == "accepted"
        assert "ruled eligible by decision (overruling 3)" in reason(ruled, code)
        assert len(ruled.overruled) == 3
        assert not any("broken" in note for note in ruled.verify().notes)


def test_rulings_that_are_given_with_the_seats_turn_earlier_ones_too(chosen):
    code = alone(chosen)[0]
    given = {"eligible": "after an appeal", "not eligible": "it was another workshop"}
    cohort = chosen
    for answer in ("eligible", "not eligible", "eligible"):
        cohort = cohort.select(40, rulings={code: answer}, by=BY, why=given[answer])
    assert outcome(cohort, code) == "accepted"


def test_after_a_withdrawal_the_next_is_called_and_nobody_else_is_moved(chosen):
    leaves = next(code for code in alone(chosen) if code in inside(chosen))
    left = chosen.withdraw(leaves, "a new post abroad")
    assert inside(left) == inside(chosen) - {leaves}
    assert outcome(left, leaves) == "withdrawn"
    filled = left.fill()
    first = waiting(chosen)[0]
    assert inside(filled) == inside(left) | {first}
    assert reason(filled, first).endswith("; from waiting place 1, when a seat came free")
    assert waiting(filled) == waiting(chosen)[1:]
    assert filled.fill() == filled


def test_a_team_is_passed_over_while_too_few_seats_are_free_and_keeps_its_place(chosen):
    whole = "people come in together or not at all"
    codes = [code for code in waiting(chosen) if whole in reason(chosen, code)]
    singles = [code for code in waiting(chosen) if code not in codes]
    cohort = chosen
    for code in singles:
        cohort = cohort.withdraw(code, "cannot wait")
    leaves = next(code for code in alone(chosen) if code in inside(chosen))
    cohort = cohort.withdraw(leaves, "a new post abroad").fill()
    assert inside(cohort) == inside(chosen) - {leaves}  # one seat free, only whole teams wait
    assert waiting(cohort) == codes
    enough = [code for code in alone(chosen) if code in inside(cohort)][: len(codes)]
    for code in enough:
        cohort = cohort.withdraw(code, "a new post abroad")
    assert inside(cohort.fill()) - inside(cohort) >= {codes[0]}


def test_whoever_withdraws_from_the_waiting_list_lets_the_others_move_up(chosen):
    first, *behind = waiting(chosen)
    assert waiting(chosen.withdraw(first, "cannot wait")) == behind


def test_filling_comes_after_selecting(enrolled):
    with pytest.raises(DataError) as caught:
        enrolled.fill()
    assert str(caught.value) == (
        "'Class of 2026-2027' has decided nothing yet; select() comes before fill()"
    )


def test_overrulings_draw_and_reasons_come_back_from_the_planner(chosen, tmp_path):
    kept = chosen.overrule("hold a seat", waiting(chosen)[-1], by=BY, why=WHY)
    kept = kept.overrule("keep together", *alone(chosen)[:2], by=BY, why="one post between them")
    kept = kept.take_back(2, by="coordinator", why="two posts now").select(20, seed=9)
    kept = kept.withdraw(min(inside(kept)), "a new post abroad")
    planner = open_planner(tmp_path / "planner")
    planner.save(kept)
    assert planner.load("Second") == kept
    runs = b"".join(path.read_bytes() for path in (tmp_path / "planner").glob("runs*"))
    assert WHY.encode() not in runs
    assert b"two posts now" not in runs


def test_codes_that_grow_longer_grow_in_what_was_decided():
    held = Overruling("selection", "hold a seat", ("P-AAAAAA",), BY, WHY, pays=("P-BBBBBB",))
    longer = recoded((held,), {"P-AAAAAA": "P-AAAAAAQQ", "P-BBBBBB": "P-BBBBBBRR"})
    assert longer == (replace(held, people=("P-AAAAAAQQ",), pays=("P-BBBBBBRR",)),)


def test_the_decisions_show_who_overruled_and_why_and_no_name(chosen):
    held = chosen.overrule("hold a seat", waiting(chosen)[-1], by=BY, why=WHY).select(25, seed=3)
    shown = repr(held.decisions_table()) + repr(held.overruled_table()) + repr(held.letters())
    assert f"Overruling 1: hold a seat, decided by the {BY}: {WHY}" in shown
    for person in held.people:
        assert person.application.name.reveal("a test") not in shown
        assert isinstance(person.application.email, Private)
        assert person.application.email.reveal("a test") not in shown
