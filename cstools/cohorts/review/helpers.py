"""Whoever was certified and agreed to it appears as a helper of the next run."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cstools.cohorts.basics.hours import FreeTime
from cstools.cohorts.basics.people import Private, codes, natural_key
from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.review.certified import certified
from cstools.cohorts.teams.groups import Mentor
from cstools.errors import DataError, shown, unknown_name

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
        """Return those who agreed to be mentors, as the next run's teams take them.

        Each has the letters of the own code for an id, so that it stays, whoever else agrees or
        declines: ``M-ABCDEF`` is ``P-ABCDEF``.
        """
        return tuple(mentor for _, mentor in self.as_mentors(None))

    def as_mentors(self, run: Cohort | None) -> tuple[tuple[Helper, Mentor], ...]:
        """Return who agreed to be a mentor, each with the mentor that this is in a run.

        There the id has the letters of the code that the person has in that run, or would have,
        so that whoever applies for it later is known for the same. Without the names, or without
        a run, they are those of the code here.
        """
        if run is not None and not hasattr(run, "secret"):
            raise DataError(f"{shown(run)} is no cohort; give the cohort that invites them")
        there = codes((h.email for h in self.people if h.email), run.secret) if run else {}
        return tuple(
            (h, Mentor(f"M-{code[2:]}", h.site, h.languages, h.time_zone, h.free))
            for h in self.of_role("mentor")
            if h.code not in self.left_out
            for code in (there.get(natural_key(h.email), h.code),)
        )

    def without(self, *codes: str) -> Helpers:
        """Return the helpers of whom some are asked for nothing this time.

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

    def table(self, run: Cohort | None = None) -> Table:
        """Return the helpers by code, with the mentor that each is, here or in a run given.

        A note says who was not asked or declined.
        """
        ids = {helper.code: mentor.id for helper, mentor in self.as_mentors(run)}
        rows = [
            (
                h.code,
                ", ".join(h.roles),
                ids.get(h.code, "–"),
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
