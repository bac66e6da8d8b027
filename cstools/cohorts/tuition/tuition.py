"""What a place costs each person: decimal money, and what the documents leave open said aloud.

Three things may lower the price, each only where it is stated: a price for those who apply early,
a student's share, a scholarship from a limited fund. No document says which of them comes first;
where two meet in one person, nothing is worked out until the coordinator declares an order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Literal, get_args

from cstools.cohorts.basics.people import Participant
from cstools.cohorts.basics.silence import NOT_STATED, NotStated
from cstools.cohorts.programmes.facts import ProgrammeFacts
from cstools.errors import DataError, shown, unknown_name

Reduction = Literal["early bird", "student", "scholarship"]
REDUCTIONS: tuple[Reduction, ...] = get_args(Reduction)
CENT = Decimal("0.01")
TO_SETTLE = "what is taken off; see below"


@dataclass(frozen=True)
class Scholarship:
    """What one person is granted: a sum of money, or a share of the price in per cent."""

    code: str
    amount: Decimal | None = None
    percent: Decimal | None = None


@dataclass(frozen=True)
class Tuition:
    """What a coordinator decides about money in one run.

    ``fund`` is the most that scholarships may come to together; ``order`` says in which order
    reductions are taken where several meet in one person.
    """

    fund: Decimal | None = None
    order: tuple[Reduction, ...] = ()
    scholarships: tuple[Scholarship, ...] = ()

    def granted(self, code: str) -> Scholarship | None:
        """Return what a person is granted, if anything."""
        return next((each for each in self.scholarships if each.code == code), None)


@dataclass(frozen=True)
class Bill:
    """What one person pays: the price, what each reduction takes off, and the sum.

    ``unstated`` says what the documents or the form leave open. ``total`` is "not stated" where a
    price that would be needed is.
    """

    code: str
    total: Decimal | NotStated
    taken_off: tuple[tuple[Reduction, Decimal], ...] = ()
    unstated: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fault:
    """What cannot be in a cohort's money: what it is about, in a sentence, and how large it is."""

    about: str
    told: str
    size: Decimal = Decimal(1)


def money(value: object, what: str) -> Decimal:
    """Return money from text or a whole number, to the cent; never from a binary fraction.

    Raises
    ------
    DataError
        When it is a float, below nothing, no number, or finer than a cent.
    """
    wrong = f"{what}: {shown(value)} is no sum of money; write it as text with its cents, "
    wrong += "as '2500.00'"
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise DataError(wrong)
    try:
        read = Decimal(value)
        exact = read.quantize(CENT)
    except InvalidOperation:
        raise DataError(wrong) from None
    if not read.is_finite() or read < 0 or exact != read:
        raise DataError(wrong)
    return exact


def with_fund(tuition: Tuition, fund: object) -> Tuition:
    """Return the tuition with the most that scholarships may come to together."""
    return replace(tuition, fund=money(fund, "the scholarship fund"))


def with_order(tuition: Tuition, order: tuple[str, ...]) -> Tuition:
    """Return the tuition with the order in which reductions are taken.

    Raises
    ------
    UnknownNameError
        When one of them is no reduction.
    DataError
        When one of them stands twice.
    """
    for name in order:
        if name not in REDUCTIONS:
            raise unknown_name(name, REDUCTIONS, "order of reductions")
    if len(set(order)) < len(order):
        raise DataError("order of reductions: one of them stands twice; write each once")
    return replace(tuition, order=tuple(r for name in order for r in REDUCTIONS if r == name))


def with_scholarship(tuition: Tuition, code: str, amount: object, percent: object) -> Tuition:
    """Return the tuition with one person's scholarship; a new one takes the old one's place.

    An amount or a share of 0 takes it back.

    Raises
    ------
    DataError
        When neither or both of amount and share are given, or they are no sum and no share.
    """
    if (amount is None) == (percent is None):
        raise DataError(
            f"scholarship for {code}: write either amount='2500.00' or percent=25, not both"
        )
    new = Scholarship(
        code,
        None if amount is None else money(amount, f"scholarship for {code}"),
        None if percent is None else _share(percent, code),
    )
    others = [each for each in tuition.scholarships if each.code != code]
    kept = [*others, new] if new.amount or new.percent else others
    return replace(tuition, scholarships=tuple(sorted(kept, key=lambda each: each.code)))


def _share(percent: object, code: str) -> Decimal:
    wrong = f"scholarship for {code}: {shown(percent)} is no share; write a number from 0 to 100, "
    wrong += "without a fraction or as text, as '12.5'"
    if isinstance(percent, bool) or not isinstance(percent, str | int | Decimal):
        raise DataError(wrong)
    try:
        read = Decimal(percent)
    except InvalidOperation:
        raise DataError(wrong) from None
    if not read.is_finite() or not 0 <= read <= 100:
        raise DataError(wrong)
    return read


def bill(facts: ProgrammeFacts, tuition: Tuition, person: Participant) -> Bill:
    """Return what one person pays, each step rounded to the cent (a half to the even one).

    Raises
    ------
    DataError
        When two reductions meet in this person and no order is declared, or one takes off more
        than there is to pay.
    """
    full, applying = facts.price.participant, _applying(facts, tuition, person)
    _orderly(tuition, applying, person.code)
    missing = _missing(facts, person)
    if full is None or missing:
        return Bill(person.code, NOT_STATED, unstated=missing)
    left = full.quantize(CENT)
    taken = []
    for name in sorted(applying, key=lambda name: _place(tuition, name)):
        off = _off(facts, tuition, person.code, name, left)
        if not 0 <= off <= left:
            raise DataError(
                f"{person.code}: {name} takes off {off}, and {left} is what there is to pay; "
                f"make it {left} at most, or declare another order of reductions"
            )
        taken.append((name, off))
        left -= off
    return Bill(person.code, left, tuple(taken), _open(facts, person))


def bills(
    facts: ProgrammeFacts, tuition: Tuition, people: Iterable[Participant]
) -> tuple[tuple[Bill, ...], tuple[Fault, ...]]:
    """Return what everybody pays, in order of code, and what cannot be and is to be settled.

    A seat that comes free may bring such a fault. Whom it is about has no sum until then.
    """
    made: list[Bill] = []
    faults: list[Fault] = []
    for person in people:
        try:
            made.append(bill(facts, tuition, person))
        except DataError as error:
            made.append(Bill(person.code, NOT_STATED, unstated=(TO_SETTLE,)))
            faults.append(Fault(person.code, str(error)))
    return tuple(made), (*faults, *_of_the_fund(facts, tuition, made))


def spent(tuition: Tuition, made: Iterable[Bill]) -> Decimal:
    """Return what the scholarships of these people come to."""
    known = {each.code: dict(each.taken_off) for each in made}
    total = Decimal(0)
    for each in tuition.scholarships:
        if each.code in known:
            total += known[each.code].get("scholarship", each.amount or Decimal(0))
    return total.quantize(CENT)


def _of_the_fund(facts: ProgrammeFacts, tuition: Tuition, made: Sequence[Bill]) -> Iterator[Fault]:
    of = {each.code: each for each in made}
    granted = [each for each in tuition.scholarships if each.code in of]
    if not granted:
        return
    if facts.price.scholarships is None:
        told = f"'{facts.id}' states no scholarships; where there are some, state them under "
        yield Fault("scholarships", told + '[price] in an overlay, as scholarships = "limited"')
        return
    if tuition.fund is None:
        told = "how much there is for scholarships is not stated; write "
        yield Fault("no fund", told + "paying.fund('20000.00') with your own sum first")
        return
    for each in granted:
        silent = of[each.code].total is NOT_STATED and of[each.code].unstated != (TO_SETTLE,)
        if each.percent is not None and silent:
            told = f"scholarship for {each.code}: a share of a price that is not stated is no sum; "
            told += "grant an amount, or state the price under [price] in an overlay"
            yield Fault(each.code, told)
    if (above := spent(tuition, made) - tuition.fund) > 0:
        told = f"the scholarships come to {spent(tuition, made)} and the fund is {tuition.fund}"
        yield Fault("the fund", f"{told}; grant {above} less", above)


def _applying(
    facts: ProgrammeFacts, tuition: Tuition, person: Participant
) -> tuple[Reduction, ...]:
    """Return the reductions that meet in one person, as far as they are stated."""
    price, written = facts.price, person.application
    met = {
        "early bird": _early(facts, person) and price.early_bird is not None,
        "student": bool(written.student) and price.student_percent is not None,
        "scholarship": tuition.granted(person.code) is not None,
    }
    return tuple(name for name in REDUCTIONS if met[name])


def _missing(facts: ProgrammeFacts, person: Participant) -> tuple[str, ...]:
    """Return which prices a person's sum needs and the documents do not state."""
    price = facts.price
    said = {
        "the price": price.participant is None,
        "the price for a student": bool(person.application.student)
        and price.student_percent is None,
        "the price for those who apply early": _early(facts, person) and price.early_bird is None,
    }
    return tuple(words for words, is_missing in said.items() if is_missing)


def _open(facts: ProgrammeFacts, person: Participant) -> tuple[str, ...]:
    """Return what might lower a person's sum and is not known; the full price stands meanwhile."""
    price, written = facts.price, person.application
    dated = price.early_bird is not None and facts.deadlines.early_bird is not None
    said = {
        "until when applying is early": price.early_bird is not None and not dated,
        "when this person applied": dated and written.submitted is None,
        "whether a student": written.student is None and price.student_percent is not None,
    }
    return tuple(words for words, is_open in said.items() if is_open)


def _early(facts: ProgrammeFacts, person: Participant) -> bool:
    closes, sent = facts.deadlines.early_bird, person.application.submitted
    return bool(closes and sent and sent.date() <= closes)


def _orderly(tuition: Tuition, applying: tuple[Reduction, ...], code: str) -> None:
    undeclared = [name for name in applying if name not in tuition.order]
    if len(applying) > 1 and undeclared:
        names = " and ".join(applying) if len(applying) == 2 else ", ".join(applying)
        example = ", ".join(f'"{name}"' for name in applying)
        raise DataError(
            f"{code}: {names} come together, and the documents do not say which is taken first; "
            f"declare it, as paying.in_order({example})"
        )


def _place(tuition: Tuition, name: Reduction) -> int:
    return tuition.order.index(name) if name in tuition.order else 0


def _off(
    facts: ProgrammeFacts, tuition: Tuition, code: str, name: Reduction, left: Decimal
) -> Decimal:
    """Return what one reduction takes off what is left to pay."""
    price = facts.price
    if name == "early bird":
        full, early = price.participant or Decimal(0), price.early_bird or Decimal(0)
        return (full - early).quantize(CENT)
    if name == "student":
        return left - (left * (100 - (price.student_percent or 0)) / 100).quantize(CENT)
    granted = tuition.granted(code) or Scholarship(code)
    if granted.amount is not None:
        return granted.amount
    return (left * (granted.percent or Decimal(0)) / 100).quantize(CENT)
