"""Tuition: decimal, never above the fund, and silent where the documents are."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstools.cohorts import NOT_STATED, Programme, open_planner
from cstools.cohorts.tuition.tuition import (
    Tuition,
    bill,
    money,
    with_fund,
    with_order,
    with_scholarship,
)
from cstools.errors import DataError, UnknownNameError

from .people import somebody

OVERLAY = """
[price]
currency = "CAD"
participant = "9000.00"
early_bird = "8000.00"
student_percent = 50
scholarships = "limited"
"""
EARLY, LATE = datetime(2026, 3, 31, 23, 59), datetime(2026, 4, 1)


@pytest.fixture(scope="module")
def second(applications):
    """The 2020–21 run with made-up people in time, the first of them a student."""
    people = [
        replace(each, submitted=None, student=number == 0)
        for number, each in enumerate(sorted(applications, key=lambda a: a.row))
    ]
    cohort = Programme.load("master-practitioners-2020").plan("Second", secret="a phrase")
    return cohort.enrol(people).select(40)


@pytest.fixture
def priced(tmp_path):
    """The 2026–27 run with made-up prices in an overlay."""
    path = tmp_path / "ours.toml"
    path.write_text(OVERLAY, encoding="utf-8")
    return Programme.load("master-practitioners-2026", overlay=path).facts


def student(cohort):
    return next(p.code for p in cohort.people if p.application.student)


def others(cohort):
    return [p.code for p in cohort.people if not p.application.student]


def sums(cohort):
    return {row[0]: row[1] for row in cohort.paying.table().rows}


def answering(person, **answers):
    return replace(person, application=replace(person.application, **answers))


def test_a_student_pays_half_in_2020(second):
    assert sums(second)[student(second)] == "7,000.00"
    assert {sums(second)[code] for code in others(second)} == {"14,000.00"}
    assert second.paying.table().notes == (
        "Sums in USD. Together 553,000.00.",
        "Not included: travel, accommodation, meals.",
    )


def test_the_sum_of_a_student_in_california_is_not_stated(second):
    facts = Programme.load("california-associates-1").facts
    person = second.people[0]
    asked = bill(facts, Tuition(), answering(person, student=True))
    assert (asked.total, asked.unstated) == (NOT_STATED, ("the price for a student",))
    assert bill(facts, Tuition(), answering(person, student=False)).total == Decimal("8500.00")


def test_in_2026_no_price_is_stated_and_no_sum_is_made_up(enrolled):
    shown = enrolled.select(25).paying.table()
    assert {row[1:3] for row in shown.rows} == {("not stated", "–")}
    assert {row[3].split(", ")[0] for row in shown.rows} == {"the price"}
    assert shown.notes == (
        "Sums in a currency that is not stated. Together not stated.",
        "For 25 of 25 the sum is not stated, and not in it.",
    )


@pytest.mark.parametrize(
    ("submitted", "total", "unstated"),
    [
        (EARLY, "8000.00", ()),
        (LATE, "9000.00", ()),
        (None, "9000.00", ("when this person applied",)),
    ],
)
def test_the_early_price_holds_until_the_stated_day(second, priced, submitted, total, unstated):
    person = answering(second.people[0], submitted=submitted, student=False)
    made = bill(priced, Tuition(), person)
    assert (made.total, made.unstated) == (Decimal(total), unstated)


def test_whoever_applied_early_has_no_sum_where_the_early_price_is_not_stated(second, priced):
    facts = priced.model_copy(
        update={"price": priced.price.model_copy(update={"early_bird": None})}
    )
    person = answering(second.people[0], submitted=EARLY, student=False)
    asked = bill(facts, Tuition(), person)
    assert (asked.total, asked.unstated) == (NOT_STATED, ("the price for those who apply early",))


def test_what_the_form_does_not_say_stands_beside_the_full_price(second):
    facts = Programme.load("master-practitioners-2020").facts
    made = bill(facts, Tuition(), answering(second.people[0], student=None))
    assert (made.total, made.unstated) == (Decimal("14000.00"), ("whether a student",))


def test_student_and_scholarship_together_refuse_until_an_order_is_declared(second):
    code = student(second)
    funded = second.paying.fund("20000.00")
    with pytest.raises(DataError) as caught:
        funded.paying.grant(code, "1000.00")
    assert str(caught.value) == (
        f"{code}: student and scholarship come together, and the documents do not say which is "
        'taken first; declare it, as paying.in_order("student", "scholarship")'
    )


@pytest.mark.parametrize(
    ("order", "total"),
    [(("student", "scholarship"), "6,000.00"), (("scholarship", "student"), "6,500.00")],
)
def test_the_declared_order_decides_what_a_student_with_a_scholarship_pays(second, order, total):
    funded = second.paying.fund("20000.00").paying.in_order(*order)
    assert sums(funded.paying.grant(student(second), "1000.00"))[student(second)] == total


def test_three_reductions_are_taken_in_the_declared_order(second, priced):
    person = answering(second.people[0], submitted=EARLY, student=True)
    tuition = with_scholarship(Tuition(), person.code, None, 10)
    ordered = with_order(tuition, ("early bird", "student", "scholarship"))
    made = bill(priced, ordered, person)
    assert made.taken_off == (
        ("early bird", Decimal("1000.00")),
        ("student", Decimal("4000.00")),
        ("scholarship", Decimal("400.00")),
    )
    assert made.total == Decimal("3600.00")
    with pytest.raises(DataError, match="early bird, student, scholarship come together"):
        bill(priced, tuition, person)


def test_scholarships_never_come_to_more_than_the_fund(second):
    one, other = others(second)[:2]
    funded = second.paying.fund("5000.00").paying.grant(one, "4000.00")
    with pytest.raises(DataError) as caught:
        funded.paying.grant(other, percent=10)
    assert str(caught.value) == (
        "the scholarships come to 5400.00 and the fund is 5000.00; grant 400.00 less"
    )
    full = funded.paying.grant(other, "1000.00")
    assert full.paying.table().notes[1] == "Scholarships come to 5,000.00 of a fund of 5,000.00."
    with pytest.raises(DataError) as caught:
        full.paying.fund("4999.99")
    assert str(caught.value) == (
        "the scholarships come to 5000.00 and the fund is 4999.99; grant 0.01 less"
    )


def test_a_scholarship_is_not_more_than_there_is_to_pay(second):
    code = others(second)[0]
    with pytest.raises(DataError) as caught:
        second.paying.fund("50000.00").paying.grant(code, "14000.01")
    assert str(caught.value) == (
        f"{code}: scholarship takes off 14000.01, and 14000.00 is what there is to pay; make it "
        "14000.00 at most, or declare another order of reductions"
    )


def test_a_scholarship_needs_a_fund_of_a_stated_size(second):
    with pytest.raises(DataError) as caught:
        second.paying.grant(others(second)[0], "1000.00")
    assert str(caught.value) == (
        "how much there is for scholarships is not stated; write paying.fund('20000.00') "
        "with your own sum first"
    )


def test_california_states_no_scholarships(applications):
    people = [replace(each, submitted=None, student=False) for each in applications]
    cohort = Programme.load("california-associates-1").plan("Cycle 1", secret="x").enrol(people)
    with pytest.raises(DataError) as caught:
        cohort.paying.fund("100.00").paying.grant(cohort.people[0].code, "10.00")
    assert str(caught.value) == (
        "'california-associates-1' states no scholarships; where there are some, state them under "
        '[price] in an overlay, as scholarships = "limited"'
    )


def test_a_share_of_a_price_that_is_not_stated_is_no_sum(applications, tmp_path):
    path = tmp_path / "ours.toml"
    path.write_text('[price]\nscholarships = "limited"\n', encoding="utf-8")
    programme = Programme.load("master-practitioners-2026", overlay=path)
    cohort = programme.plan("Class", secret="x").enrol(applications).paying.fund("500.00")
    code = cohort.people[0].code
    with pytest.raises(DataError) as caught:
        cohort.paying.grant(code, percent=25)
    assert str(caught.value) == (
        f"scholarship for {code}: a share of a price that is not stated is no sum; grant an "
        "amount, or state the price under [price] in an overlay"
    )
    assert cohort.paying.grant(code, "500.00").budget().fund_spent == Decimal("500.00")


def test_a_scholarship_of_nothing_takes_it_back(second):
    code = others(second)[0]
    funded = second.paying.fund("5000.00")
    assert funded.paying.grant(code, "4000.00").paying.grant(code, "0.00") == funded


@pytest.mark.parametrize("wrong", [2500.0, True, "much", "-1", "0.001", "NaN", "1e40", None])
def test_money_is_text_with_cents_and_never_a_fraction(wrong):
    with pytest.raises(DataError) as caught:
        money(wrong, "the scholarship fund")
    assert str(caught.value) == (
        f"the scholarship fund: {wrong!r} is no sum of money; write it as text with its cents, "
        "as '2500.00'"
    )


@pytest.mark.parametrize("wrong", [12.5, 101, "-1", "half", False])
def test_a_share_lies_between_nothing_and_everything(wrong):
    with pytest.raises(DataError) as caught:
        with_scholarship(Tuition(), "P-AAAAAA", None, wrong)
    assert str(caught.value) == (
        f"scholarship for P-AAAAAA: {wrong!r} is no share; write a number from 0 to 100, without "
        "a fraction or as text, as '12.5'"
    )


@pytest.mark.parametrize(("amount", "percent"), [(None, None), ("1.00", 1)])
def test_a_scholarship_is_an_amount_or_a_share(amount, percent):
    with pytest.raises(DataError) as caught:
        with_scholarship(Tuition(), "P-AAAAAA", amount, percent)
    assert str(caught.value) == (
        "scholarship for P-AAAAAA: write either amount='2500.00' or percent=25, not both"
    )


def test_an_order_names_each_reduction_once():
    with pytest.raises(UnknownNameError) as unknown:
        with_order(Tuition(), ("students",))
    assert str(unknown.value) == (
        "order of reductions: nothing is called 'students'; did you mean 'student'?"
    )
    with pytest.raises(DataError) as twice:
        with_order(Tuition(), ("student", "student"))
    assert str(twice.value) == "order of reductions: one of them stands twice; write each once"


def test_a_scholarship_for_nobody_is_refused(second):
    with pytest.raises(UnknownNameError, match=r"^scholarship: nothing is called 'P-NOBODY'"):
        second.paying.grant("P-NOBODY", "1.00")


@given(
    st.decimals(0, 20000, places=2),
    st.integers(0, 100),
    st.decimals(0, 100, places=3),
    st.permutations(["student", "scholarship"]),
)
def test_what_is_paid_and_what_is_taken_off_make_the_price(second, price, student, share, order):
    facts = second.programme.facts
    stated = facts.price.model_copy(update={"participant": price, "student_percent": student})
    facts = facts.model_copy(update={"price": stated})
    person = answering(second.people[0], student=True)
    tuition = with_order(with_scholarship(Tuition(), person.code, None, share), tuple(order))
    made = bill(facts, tuition, person)
    assert made.total + sum(off for _, off in made.taken_off) == price
    assert 0 <= made.total <= price


def test_the_numbers_of_the_picture_add_up(second):
    numbers = second.paying.fund("9000.00").paying.grant(others(second)[0], percent="12.5").budget()
    assert numbers.full == numbers.due + sum(off for _, off in numbers.taken_off)
    assert (numbers.currency, numbers.fund_spent) == ("USD", Decimal("1750.00"))
    assert (numbers.seats, numbers.accepted, numbers.unknown) == (40, len(second.accepted), 0)


def test_tuition_comes_back_from_the_planner(second, tmp_path):
    kept = second.paying.fund("9000.00").paying.in_order("scholarship", "student")
    kept = kept.paying.grant(others(second)[0], percent="12.5")
    kept = kept.paying.grant(student(second), "100.00")
    planner = open_planner(tmp_path / "planner")
    planner.save(kept)
    assert planner.load("Second") == kept
    assert with_fund(kept.tuition, "9000.00") == kept.tuition


def test_a_scholarship_without_a_seat_is_told(second):
    funded = second.paying.fund("5000.00").paying.grant(others(second)[0], "4000.00")
    told = f"Granted, and counted only with a seat: {others(second)[0]}."
    assert told not in funded.paying.table().notes
    assert told in funded.withdraw(others(second)[0], "a new post").paying.table().notes


def a_seat_comes_free(tmp_path, amount, *, student=False):
    """Return a run of two seats that are taken, and the same when the next has moved up."""
    path = tmp_path / "ours.toml"
    path.write_text(OVERLAY.replace('early_bird = "8000.00"\n', ""), encoding="utf-8")
    people = [somebody(k, student=student) for k in range(3)]
    cohort = Programme.load("master-practitioners-2026", overlay=path).plan("Few", secret="x")
    cohort = cohort.enrol(people).select(2).paying.fund("5000.00")
    if not student:
        cohort = cohort.paying.grant(cohort.accepted[0].code, "5000.00")
    waits = next(d.code for d in cohort.decisions if d.place == 1)
    granted = cohort.paying.grant(waits, amount)
    return granted, granted.withdraw(granted.accepted[1].code, "a new post").fill(), waits


def test_a_grant_beyond_the_fund_is_told_while_somebody_waits_and_shown_once_they_have_a_seat(
    tmp_path,
):
    waiting, filled, code = a_seat_comes_free(tmp_path, "4000.00")
    gone = waiting.withdraw(code, "a new post").paying.table().notes
    assert f"Granted, and counted only with a seat: {code}." in gone
    assert "may still get one" not in " ".join(gone)
    assert waiting.paying.table().notes[2:4] == (
        f"Granted, and counted only with a seat: {code}.",
        "With a seat for those who may still get one they would come to 9,000.00, 4,000.00 above "
        "the fund.",
    )
    told = "the scholarships come to 9000.00 and the fund is 5000.00; grant 4000.00 less"
    assert f"To be settled: {told}." in filled.paying.table().notes
    numbers = filled.budget()
    assert numbers.fund_left == Decimal("-4000.00")
    assert numbers.notes()[-1] == "1 thing is to be settled first; the tuition table says more."
    assert ("too much of it", "4,000.00") in numbers.table().rows
    assert "granted 9,000.00, too much 4,000.00" in repr(numbers.picture())


def test_what_a_free_seat_has_brought_is_settled_step_by_step_and_never_made_worse(tmp_path):
    _, filled, code = a_seat_comes_free(tmp_path, "4000.00")
    with pytest.raises(DataError, match=r"come to 10000\.00 and the fund is 5000\.00"):
        filled.paying.grant(code, "5000.00")
    less = filled.paying.grant(code, "1000.00")
    assert less.budget().to_settle == 1
    assert less.paying.fund("6000.00").budget().to_settle == 0


def test_a_grant_that_no_seat_could_carry_is_refused_also_while_somebody_waits(tmp_path):
    with pytest.raises(DataError, match="student and scholarship come together"):
        a_seat_comes_free(tmp_path, "1000.00", student=True)
    with pytest.raises(DataError, match=r"come to 5000\.01 and the fund is 5000\.00"):
        a_seat_comes_free(tmp_path, "5000.01")


def test_whoever_comes_in_with_two_reductions_has_no_sum_until_an_order_is_declared(tmp_path):
    path = tmp_path / "ours.toml"
    path.write_text(OVERLAY, encoding="utf-8")
    programme = Programme.load("master-practitioners-2026", overlay=path)
    cohort = programme.plan("Few", secret="x").enrol([somebody(0, student=True, submitted=EARLY)])
    code = cohort.people[0].code
    shown = cohort.paying.table()
    assert shown.rows == ((code, "not stated", "–", "what is taken off; see below"),)
    assert shown.notes[-1] == (
        f"To be settled: {code}: early bird and student come together, and the documents do not "
        'say which is taken first; declare it, as paying.in_order("early bird", "student").'
    )
    settled = cohort.paying.in_order("early bird", "student")
    assert sums(settled)[code] == "4,000.00"
