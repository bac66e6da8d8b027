"""Whoever was certified and agreed to it appears as a helper of the next run."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cstools.cohorts.basics.hours import FreeTime
from cstools.cohorts.basics.people import Private
from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.review.certified import certified
from cstools.cohorts.teams.groups import Mentor
from cstools.errors import unknown_name

if TYPE_CHECKING:
    from datetime import date

    from cstools.cohorts.cohort import Cohort


@dataclass(frozen=True)
class Helper:
    """A certified person of an earlier run, with the roles that the person agreed to."""

    code: str
    roles: tuple[str, ...]
    agreed: date
    run: str
    site: str
    time_zone: str
    languages: tuple[str, ...]
    free: tuple[FreeTime, ...]
    name: Private = field(default=Private(""), repr=False)
    email: Private = field(default=Private(""), repr=False)


@dataclass(frozen=True, repr=False)
class Helpers:
    """The helpers that a run gives to the next one, and who of the certified has not agreed."""

    run: str
    people: tuple[Helper, ...]
    not_asked: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    def of_role(self, role: str) -> tuple[Helper, ...]:
        """Return those who agreed to one role, whoever agreed first in front."""
        agreed = [helper for helper in self.people if role in helper.roles]
        return tuple(sorted(agreed, key=lambda helper: helper.agreed))

    def mentors(self) -> tuple[Mentor, ...]:
        """Return those who agreed to be mentors, as the next run's teams take them: M-1 and on.

        The table says whose code is behind each. Whoever agrees on a later day has a later number.
        """
        return tuple(
            Mentor(f"M-{k}", h.site, h.languages, h.time_zone, h.free)
            for k, h in enumerate(self.of_role("mentor"), start=1)
            if h.code not in self.left_out
        )

    def without(self, *codes: str) -> Helpers:
        """Return the helpers of whom some are asked for nothing this time; numbers stay.

        Raises
        ------
        UnknownNameError
            When no helper has the code.
        """
        known = [helper.code for helper in self.people]
        for code in codes:
            if code not in known:
                raise unknown_name(code, known, f"the helpers from '{self.run}'")
        return replace(self, left_out=tuple(sorted({*self.left_out, *codes})))

    def table(self) -> Table:
        """Return the helpers by code; a note says who was not asked or declined."""
        numbers = {h.code: f"M-{k}" for k, h in enumerate(self.of_role("mentor"), start=1)}
        rows = [
            (
                h.code,
                ", ".join(h.roles),
                numbers.get(h.code, "–"),
                str(h.agreed),
                h.site,
                h.time_zone,
                ", ".join(h.languages),
            )
            for h in self.people
        ]
        who = "certified person" if len(rows) == 1 else "certified people"
        notes = [f"{len(rows)} {who} of '{self.run}' agreed to help."]
        if self.not_asked:
            notes.append(f"Not asked yet: {', '.join(self.not_asked)}.")
        if self.left_out:
            notes.append(f"Left out this time: {', '.join(self.left_out)}.")
        if self.declined:
            notes.append(f"Asked, and declined: {', '.join(self.declined)}.")
        columns = ("code", "roles", "as mentor", "agreed on", "site", "time zone", "languages")
        return table(f"Helpers from '{self.run}'", columns, rows, notes)

    def __repr__(self) -> str:
        return repr(self.table())

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        return self.table()._repr_mimebundle_()


def helpers_of(cohort: Cohort) -> Helpers:
    """Return everybody certified in a run who agreed to help the next; nobody without consent."""
    agreed = {held.code: held for held in cohort.review.consents}
    able = set(certified(cohort))
    found = []
    for person in cohort.people:
        held = agreed.get(person.code)
        if person.code in able and held and held.roles:
            told = person.application
            found.append(
                Helper(
                    person.code,
                    held.roles,
                    held.day,
                    cohort.name,
                    told.site,
                    told.time_zone,
                    told.languages,
                    told.free,
                    told.name,
                    told.email,
                )
            )
    return Helpers(
        cohort.name,
        tuple(found),
        tuple(sorted(able - set(agreed))),
        tuple(sorted(code for code in able if code in agreed and not agreed[code].roles)),
    )
