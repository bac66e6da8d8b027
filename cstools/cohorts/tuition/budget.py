"""What a cohort pays together, and how full it is: a table by code, and a picture's numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from cstools.cohorts.basics.before import last_decisions, people_with_seats, seats_open_again
from cstools.cohorts.basics.drawing import Picture
from cstools.cohorts.basics.people import Participant
from cstools.cohorts.basics.silence import NOT_STATED, NotStated
from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.programmes.facts import Price
from cstools.cohorts.tuition.budget_picture import (
    Amount,
    budget_picture,
    groups,
    money_head,
    told,
)
from cstools.cohorts.tuition.tuition import CENT, REDUCTIONS, Bill, Fault, Reduction, bills, spent

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

OPEN_AGAIN = "Seats are open again; the last ones count until they are given anew."


@dataclass(frozen=True, repr=False)
class Budget:
    """The numbers of a cohort's money and seats; money is decimal, in ``currency``.

    The money is that of the ``people`` with a seat; before selection (``decided`` is false), of
    everybody enrolled. ``full`` is what they would pay without reductions; ``taken_off`` what each
    reduction takes off that the programme states.

    It can mislead: ``full`` and ``due`` add up the stated sums alone. ``unknown`` people pay
    something too, and what ``may_change`` people pay may yet be less. While something is
    ``to_settle``, whoever it is about is among the ``unknown``. While seats are ``open_again``,
    the numbers are those of the last decisions.
    """

    title: str
    decided: bool
    people: int
    currency: str | NotStated
    full: Amount
    taken_off: tuple[tuple[str, Decimal], ...]
    due: Amount
    unknown: int
    may_change: int
    fund: Amount
    fund_spent: Decimal
    seats: int | NotStated
    accepted: int
    waiting: int
    to_settle: int = 0
    open_again: bool = False

    @property
    def reductions(self) -> tuple[tuple[str, Amount], ...]:
        """What each reduction takes off, or that the programme does not state it."""
        stated = dict(self.taken_off)
        return tuple((name, stated.get(name, NOT_STATED)) for name in REDUCTIONS)

    @property
    def free(self) -> int | NotStated:
        """How many seats nobody has."""
        return NOT_STATED if isinstance(self.seats, NotStated) else self.seats - self.accepted

    @property
    def fund_left(self) -> Amount:
        """What of the fund is not granted."""
        return NOT_STATED if isinstance(self.fund, NotStated) else self.fund - self.fund_spent

    def table(self) -> Table:
        """Return the numbers, one in each row."""
        seats, money, fund = ([(bar.label, bar.words) for bar in bars] for _, bars in groups(self))
        of_fund = [("scholarship fund", told(self.fund)), *((f"{w} of it", n) for w, n in fund)]
        rows = [("seats", str(self.seats)), *seats, *money, *of_fund]
        notes = [f"{money_head(self)}.", *self.notes()]
        return table(self.title, ("what", "how much"), rows, notes)

    def notes(self) -> list[str]:
        """Return what is not in the sums, one sentence each."""
        said = [OPEN_AGAIN] if self.open_again else []
        if self.unknown and not isinstance(self.due, NotStated):
            of = f"{self.unknown} of {self.people}"
            said.append(f"For {of} the sum is not stated, and not in it.")
        if self.may_change:
            pays = f"{self.may_change} of {self.people} {'pays' if self.may_change == 1 else 'pay'}"
            said.append(f"What {pays} may yet be less; the tuition table says why.")
        if self.to_settle:
            things = "1 thing is" if self.to_settle == 1 else f"{self.to_settle} things are"
            said.append(f"{things} to be settled first; the tuition table says more.")
        return said

    def picture(self) -> Picture:
        """Return seats and money as bars with their numbers."""
        return budget_picture(self)

    def __repr__(self) -> str:
        return repr(self.table())

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self.picture().html}


def cohort_bills(cohort: Cohort) -> tuple[tuple[Bill, ...], tuple[Fault, ...]]:
    """Return what everybody pays, and what is to be settled in it."""
    return bills(cohort.programme.facts, cohort.tuition, paying_people(cohort))


def paying_people(cohort: Cohort) -> tuple[Participant, ...]:
    """Return everybody with a seat, by the last decisions; before selection, everybody enrolled."""
    return people_with_seats(cohort)


def budget(cohort: Cohort) -> Budget:
    """Return the numbers of a cohort's money and seats."""
    (made, faults), facts = cohort_bills(cohort), cohort.programme.facts
    known = [(each, each.total) for each in made if isinstance(each.total, Decimal)]
    seats = facts.capacity.most if cohort.seats is None else cohort.seats
    off = {
        name: _total(dict(each.taken_off).get(name) for each, _ in known)
        for name in _stated(facts.price)
    }
    due = _total(total for _, total in known)
    silent = bool(made) and not known
    decisions = last_decisions(cohort)
    outcomes = [decision.outcome for decision in decisions]
    return Budget(
        title=f"{cohort.name}: seats and money",
        decided=bool(decisions),
        people=len(made),
        currency=facts.price.currency or NOT_STATED,
        full=NOT_STATED if silent else due + sum(off.values(), Decimal(0)),
        taken_off=() if silent else tuple(off.items()),
        due=NOT_STATED if silent else due,
        unknown=len(made) - len(known),
        may_change=sum(bool(each.unstated) for each, _ in known),
        fund=NOT_STATED if cohort.tuition.fund is None else cohort.tuition.fund,
        fund_spent=spent(cohort.tuition, made),
        seats=NOT_STATED if seats is None else seats,
        accepted=outcomes.count("accepted"),
        waiting=outcomes.count("waiting"),
        to_settle=len(faults),
        open_again=seats_open_again(cohort),
    )


def _stated(price: Price) -> list[Reduction]:
    """Return the reductions that the programme states."""
    stated = (price.early_bird, price.student_percent, price.scholarships)
    return [name for name, of in zip(REDUCTIONS, stated, strict=True) if of is not None]


def tuition_table(cohort: Cohort) -> Table:
    """Return what each person with a seat pays, how it comes about, and what is not stated."""
    (made, faults), numbers = cohort_bills(cohort), budget(cohort)
    price = cohort.programme.facts.price
    rows = [(b.code, _sum(b), _made_of(cohort, b), ", ".join(b.unstated) or "–") for b in made]
    currency = price.currency or "a currency that is not stated"
    notes = [f"Sums in {currency}. Together {told(numbers.due)}."]
    notes += [OPEN_AGAIN] if numbers.open_again else []
    if numbers.unknown:
        notes.append(f"For {numbers.unknown} of {len(made)} the sum is not stated, and not in it.")
    if cohort.tuition.fund is not None:
        notes.append(
            f"Scholarships come to {numbers.fund_spent:,} of a fund of {cohort.tuition.fund:,}."
        )
    if waiting := _granted_without_a_seat(cohort):
        notes.append(f"Granted, and counted only with a seat: {', '.join(waiting)}.")
    notes += _above_with_all(cohort)
    if price.not_included:
        notes.append(f"Not included: {price.not_included}.")
    notes += [f"To be settled: {fault.told}." for fault in faults]
    columns = ("code", "sum", "how it comes about", "not stated")
    return table(f"{cohort.name}: tuition", columns, rows, notes)


def _granted_without_a_seat(cohort: Cohort) -> list[str]:
    paying = {person.code for person in paying_people(cohort)}
    granted = sorted(each.code for each in cohort.tuition.scholarships)
    return [code for code in granted if code not in paying]


def _above_with_all(cohort: Cohort) -> list[str]:
    """Say that the fund does not reach should those get a seat who have a scholarship."""
    tuition, waiting = cohort.tuition, set(_granted_without_a_seat(cohort))
    waiting -= {d.code for d in last_decisions(cohort) if d.outcome in ("refused", "withdrawn")}
    paying = {person.code for person in paying_people(cohort)}
    people = [person for person in cohort.people if person.code in paying | waiting]
    total = spent(tuition, bills(cohort.programme.facts, tuition, people)[0])
    if not waiting or tuition.fund is None or total <= tuition.fund:
        return []
    above = f"{total - tuition.fund:,} above the fund"
    return [f"With a seat for those who may still get one they would come to {total:,}, {above}."]


def _sum(made: Bill) -> str:
    return f"{made.total:,}" if isinstance(made.total, Decimal) else str(made.total)


def _made_of(cohort: Cohort, made: Bill) -> str:
    full = cohort.programme.facts.price.participant
    if full is None or not isinstance(made.total, Decimal):
        return "–"
    steps = [f"{full.quantize(CENT):,}", *(f"{name} −{off:,}" for name, off in made.taken_off)]
    return ", ".join(steps)


def _total(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((amount or Decimal(0) for amount in amounts), Decimal(0)).quantize(CENT)
