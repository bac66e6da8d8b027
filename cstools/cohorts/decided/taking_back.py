"""What a person takes back: a decision by its number, or a note by what it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from cstools.cohorts.basics.asked import as_day_or_none
from cstools.cohorts.basics.overruling import taken_back
from cstools.cohorts.basics.spelling import folded
from cstools.cohorts.basics.taking_back import Found, Gone, with_taken_back
from cstools.cohorts.following import taken_back as of_the_year
from cstools.cohorts.review import taken_back as of_the_review
from cstools.cohorts.teams import taken_back as of_teams
from cstools.errors import DataError, unknown_name

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

Finds = Callable[["Cohort", tuple[str, ...], date | None], Found | Gone]
NOTED: Mapping[str, Finds] = of_teams.NOTED | of_the_year.NOTED | of_the_review.NOTED


def take_back(
    cohort: Cohort,
    what: int | str,
    about: tuple[str, ...],
    day: date | str | None,
    by: str,
    why: str,
) -> Cohort:
    """Return the cohort with a decision out of force, or without a note.

    Raises
    ------
    CstoolsError
        When there is no such decision or note, something rests on it, or the role or the reason
        is missing or names somebody.
    """
    if not isinstance(what, str) or what.isdecimal():
        return _decision(cohort, what, about, day, by, why)
    kinds = {folded(kind): finds for kind, finds in NOTED.items()}
    if folded(what) not in kinds:
        raise unknown_name(what, NOTED, "what can be taken back")
    found = kinds[folded(what)](cohort, about, as_day_or_none(day))
    held = with_taken_back(cohort.overruled, found, by, why, cohort.people)
    without = found.without if isinstance(found, Found) else {}
    return replace(cohort, overruled=held, **without)


def _decision(
    cohort: Cohort,
    number: int | str,
    about: tuple[str, ...],
    day: date | str | None,
    by: str,
    why: str,
) -> Cohort:
    if about or day is not None:
        raise DataError("a decision is taken back by its number, and told nothing else but why")
    left = taken_back(cohort.overruled, number, by, why, cohort.people)  # type: ignore[arg-type]
    held = cohort.overruled[int(number) - 1]
    if held.step != "selection" or held.taken_back:
        return replace(cohort, overruled=left)
    return replace(cohort._opened(), overruled=left)
