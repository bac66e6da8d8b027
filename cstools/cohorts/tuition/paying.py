"""Tuition: one door to everything that is decided about what a cohort pays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from cstools.cohorts.basics.people import Participant
from cstools.cohorts.basics.tables import Table
from cstools.cohorts.tuition.budget import paying_people, tuition_table
from cstools.cohorts.tuition.tuition import (
    Tuition,
    bills,
    with_fund,
    with_order,
    with_scholarship,
)
from cstools.errors import DataError, unknown_name

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort


@dataclass(frozen=True, repr=False)
class Paying:
    """What a cohort pays; each step gives a new cohort, and what cannot be is refused at once."""

    cohort: Cohort

    def fund(self, amount: str | int | Decimal) -> Cohort:
        """Return the cohort with the most that scholarships may come to, as ``'20000.00'``."""
        return self._with(with_fund(self.cohort.tuition, amount))

    def in_order(self, *names: str) -> Cohort:
        """Return the cohort with the order in which reductions that meet in one person are taken.

        They are ``early bird``, ``student`` and ``scholarship``.
        """
        return self._with(with_order(self.cohort.tuition, names))

    def grant(
        self,
        code: str,
        amount: str | int | Decimal | None = None,
        *,
        percent: str | int | Decimal | None = None,
    ) -> Cohort:
        """Return the cohort with a scholarship for one person, an amount or a share of the price.

        An amount of 0 takes it back. Whoever has no seat yet may have one: it is counted with the
        seat, and :meth:`table` says if the fund would not reach then.

        Raises
        ------
        UnknownNameError, DataError
            When nobody has the code, it is no sum of money, the programme states no scholarships,
            the fund does not reach, or it meets another reduction without a declared order.
        """
        codes = [person.code for person in self.cohort.people]
        if code not in codes:
            raise unknown_name(code, codes, "scholarship")
        tuition = with_scholarship(self.cohort.tuition, code, amount, percent)
        self._refuse(tuition, [self.cohort.people[codes.index(code)]])  # also without a seat
        return self._with(tuition)

    def table(self) -> Table:
        """Return what everybody with a seat pays, how it comes about, and what is not stated."""
        return tuition_table(self.cohort)

    def _with(self, tuition: Tuition) -> Cohort:
        self._refuse(tuition, paying_people(self.cohort))
        return replace(self.cohort, tuition=tuition)

    def _refuse(self, tuition: Tuition, people: Sequence[Participant]) -> None:
        """Refuse what cannot be; a fault that was there before may stay until it is settled."""
        facts = self.cohort.programme.facts
        before = {f.about: f.size for f in bills(facts, self.cohort.tuition, people)[1]}
        for fault in bills(facts, tuition, people)[1]:
            if fault.size > before.get(fault.about, 0):
                raise DataError(fault.told)

    def __repr__(self) -> str:
        return repr(self.table())

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        return self.table()._repr_mimebundle_()
