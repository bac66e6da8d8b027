"""What a cohort pays together, and how full it is: a table by code, and a picture's numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from cstools.cohorts.basics.silence import NOT_STATED, NotStated
from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.tuition.tuition import CENT, REDUCTIONS, Bill, bills, spent

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort


@dataclass(frozen=True)
class Budget:
    """The numbers of a cohort's money and seats; money is decimal, in ``currency``.

    It can mislead: ``due`` adds up the stated sums alone; ``unknown`` people pay something too.
    """

    currency: str | NotStated
    full: Decimal
    taken_off: tuple[tuple[str, Decimal], ...]
    due: Decimal
    unknown: int
    fund: Decimal | NotStated
    fund_spent: Decimal
    seats: int | NotStated
    accepted: int
    waiting: int


def cohort_bills(cohort: Cohort) -> tuple[Bill, ...]:
    """Return what everybody with a seat pays; before selection, everybody enrolled."""
    people = cohort.accepted if cohort.decisions else cohort.people
    return bills(cohort.programme.facts, cohort.tuition, people)


def budget(cohort: Cohort) -> Budget:
    """Return the numbers of a cohort's money and seats."""
    made = cohort_bills(cohort)
    outcomes = [decision.outcome for decision in cohort.decisions]
    known = [(each, each.total) for each in made if isinstance(each.total, Decimal)]
    off = {name: _total(dict(b.taken_off).get(name) for b, _ in known) for name in REDUCTIONS}
    due = _total(total for _, total in known)
    return Budget(
        currency=cohort.programme.facts.price.currency or NOT_STATED,
        full=due + sum(off.values(), Decimal(0)),
        taken_off=tuple(off.items()),
        due=due,
        unknown=len(made) - len(known),
        fund=NOT_STATED if cohort.tuition.fund is None else cohort.tuition.fund,
        fund_spent=spent(cohort.tuition, made),
        seats=NOT_STATED if cohort.seats is None else cohort.seats,
        accepted=outcomes.count("accepted"),
        waiting=outcomes.count("waiting"),
    )


def tuition_table(cohort: Cohort) -> Table:
    """Return what each person with a seat pays, how it comes about, and what is not stated."""
    price, made, numbers = cohort.programme.facts.price, cohort_bills(cohort), budget(cohort)
    rows = [(b.code, _sum(b), _made_of(cohort, b), ", ".join(b.unstated) or "–") for b in made]
    currency = price.currency or "a currency that is not stated"
    notes = [f"Sums in {currency}. Together {numbers.due:,}."]
    if numbers.unknown:
        notes.append(f"For {numbers.unknown} of {len(made)} the sum is not stated, and not in it.")
    if cohort.tuition.fund is not None:
        notes.append(
            f"Scholarships come to {numbers.fund_spent:,} of a fund of {cohort.tuition.fund:,}."
        )
    if price.not_included:
        notes.append(f"Not included: {price.not_included}.")
    columns = ("code", "sum", "how it comes about", "not stated")
    return table(f"{cohort.name}: tuition", columns, rows, notes)


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
