"""Last year's certified people who agreed to it become mentors of a new run.

A mentor's id has the letters of the code that the person has in the run, or would have. So whoever
takes part is known, whether they applied before they were invited or afterwards.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from cstools.cohorts.basics.people import natural_key
from cstools.cohorts.basics.ways import by_diary
from cstools.cohorts.teams.groups import Mentor
from cstools.errors import DataError, shown

if TYPE_CHECKING:
    from cstools.cohorts.basics.people import Participant
    from cstools.cohorts.cohort import Cohort
    from cstools.cohorts.review.helpers import Helpers


_LETTERS = re.compile(r"M-([A-Z2-7]{6,})")


def invited(cohort: Cohort, helpers: Helpers, most: int | None) -> tuple[Mentor, ...]:
    """Return the mentors with helpers among them; a helper who is there already comes once.

    It is known by its id, or by all its answers, where it was invited when ids were numbers.

    Raises
    ------
    DataError
        When there are no helpers in what is given, or one of them takes part in this run.
    """
    if not hasattr(helpers, "mentors"):
        raise DataError(f"{shown(helpers)} are no helpers; they come from an earlier cohort")
    _refuse_taking_part(cohort, helpers)
    held = list(cohort.groups.mentors)
    asked = [mentor for _, mentor in helpers.as_mentors(cohort)]
    known = {mentor.id for mentor in held}
    others = [m for m in held if m.id not in {mentor.id for mentor in asked}]
    for mentor in (mentor for mentor in asked if mentor.id not in known):
        there = next((m for m in others if _same(m, mentor)), None)
        if there is None:
            held.append(replace(mentor, most=most))
        else:
            others.remove(there)
    return tuple(sorted(held))


def refuse_own_teams(cohort: Cohort) -> None:
    """Refuse mentors who take part in the run themselves, whenever they applied for it.

    Raises
    ------
    DataError
        When one of them has a seat, or may still be given one.
    """
    both = {
        mentor.id: person.code
        for mentor in cohort.groups.mentors
        if (letters := _LETTERS.fullmatch(mentor.id))
        for person in _taking_part(cohort)
        if person.code[2:].startswith(letters[1]) or letters[1].startswith(person.code[2:])
    }
    if both:
        told = ", ".join(f"{id} is {code}" for id, code in both.items())
        raise DataError(
            f"mentors of '{cohort.name}' take part in it themselves: {told}; nobody accompanies "
            f"the own team, so take the mentor back {by_diary('take back')} or let the participant "
            f"withdraw {by_diary('withdraw')}"
        )


def _taking_part(cohort: Cohort) -> list[Participant]:
    """Return those who have a seat, or may still be given one."""
    out = {d.code for d in cohort.decisions if d.outcome in ("refused", "withdrawn")}
    return [person for person in cohort.people if person.code not in out]


def _refuse_taking_part(cohort: Cohort, helpers: Helpers) -> None:
    """Refuse helpers who take part in this run themselves; without the names nobody is known.

    Raises
    ------
    DataError
        When one who agreed to be a mentor has a seat, or may still be given one.
    """
    emails = {natural_key(person.application.email): person.code for person in _taking_part(cohort)}
    emails.pop("", None)  # a share without names knows nobody's
    both = {
        helper.code: emails[natural_key(helper.email)]
        for helper in helpers.of_role("mentor")
        if helper.code not in helpers.left_out and natural_key(helper.email) in emails
    }
    if both:
        told = ", ".join(f"{code} as {own}" for code, own in both.items())
        raise DataError(
            f"of the helpers from '{helpers.run}', some take part in '{cohort.name}' themselves: "
            f"{told}; nobody accompanies the own team, so leave them out as "
            f"invite(helpers.without({', '.join(map(repr, both))}))"
        )


def _same(one: Mentor, other: Mentor) -> bool:
    """Say whether two are one person as far as a mentor's answers tell."""
    return replace(one, id=other.id, most=other.most) == other
