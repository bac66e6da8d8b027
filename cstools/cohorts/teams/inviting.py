"""Last year's certified people who agreed to it become mentors of a new run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cstools.cohorts.basics.people import natural_key
from cstools.cohorts.teams.groups import Mentor
from cstools.errors import DataError, shown

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort
    from cstools.cohorts.review.helpers import Helpers


def invited(cohort: Cohort, helpers: Helpers, most: int | None) -> tuple[Mentor, ...]:
    """Return the mentors with helpers among them; a helper who is there already comes once.

    A helper keeps the id that the earlier run's table shows where it is free, and has the next
    free number where it is not.

    Raises
    ------
    DataError
        When there are no helpers in what is given, or one of them takes part in this run.
    """
    if not hasattr(helpers, "mentors"):
        raise DataError(f"{shown(helpers)} are no helpers; they come from an earlier cohort")
    _refuse_taking_part(cohort, helpers)
    held = list(cohort.groups.mentors)
    open_to = list(held)
    for helper in helpers.mentors():
        there = next((m for m in open_to if _same(m, helper)), None)
        if there is not None:
            open_to.remove(there)
            continue
        new = replace(helper, id=_free(helper.id, {m.id for m in held}), most=most)
        held.append(new)
    return tuple(sorted(held))


def _refuse_taking_part(cohort: Cohort, helpers: Helpers) -> None:
    """Refuse helpers who take part in this run themselves; without the names nobody is known.

    Raises
    ------
    DataError
        When one who agreed to be a mentor has a seat, or may still be given one.
    """
    out = {d.code for d in cohort.decisions if d.outcome in ("refused", "withdrawn")}
    emails = {natural_key(p.application.email): p.code for p in cohort.people if p.code not in out}
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


def _free(id: str, taken: set[str]) -> str:
    number = 1
    while id in taken:
        id, number = f"M-{number}", number + 1
    return id
