"""One of the faculty, or a declared conflict, taken back, as long as nothing rests on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from cstools.cohorts.basics.taking_back import Found, Gone, Note, about_of, without_day
from cstools.cohorts.review.conflicts import PUT_ON, decided_pairs
from cstools.cohorts.review.steps import opened_again
from cstools.cohorts.review.values import Conflict
from cstools.errors import DataError, unknown_name

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

OPENS = "opens the panels again, until they are made anew"


def faculty(cohort: Cohort, about: tuple[str, ...], day: date | None) -> Found | Gone:
    """Find one of the faculty by id; the conflicts that they declared go as well."""
    (id,) = about_of(about, "faculty", "the id, as F-1", 1, 1)
    without_day("faculty", day)
    review = cohort.review
    others = tuple(each for each in review.faculty if each.id != id)
    note = Note("faculty", (), (id,), cost=OPENS)
    if len(others) == len(review.faculty):
        known = [each.id for each in others]
        return Gone(note, unknown_name(id, known, "the faculty of this run"))
    _refuse_what_rests_on(cohort, id)
    own = tuple(each for each in review.declared if each.faculty == id)
    without = replace(
        review,
        faculty=others,
        declared=tuple(each for each in review.declared if each not in own),
        panels=opened_again(cohort),
    )
    return Found((note, *(_conflict_note(cohort, each) for each in own)), {"review": without})


def conflict(cohort: Cohort, about: tuple[str, ...], day: date | None) -> Found | Gone:
    """Find a declared conflict by the id of the faculty, and whom it is about."""
    id, who = about_of(about, "conflict", "the id of the faculty, and a code or a team", 2, 2)
    without_day("conflict", day)
    review, new = cohort.review, Conflict(id, cohort.reviewing._somebody(who))
    note = _conflict_note(cohort, new)
    if new not in review.declared:
        known = [each.about for each in review.declared if each.faculty == id]
        return Gone(note, unknown_name(new.about, known, f"conflicts that {id} declared"))
    others = tuple(each for each in review.declared if each != new)
    return Found((note,), {"review": replace(review, declared=others, panels=opened_again(cohort))})


def _conflict_note(cohort: Cohort, each: Conflict) -> Note:
    if any(person.code == each.about for person in cohort.people):
        return Note("conflict", (each.about,), (each.faculty,), cost=OPENS)
    return Note("conflict", (), (each.faculty, each.about), cost=OPENS)


def _refuse_what_rests_on(cohort: Cohort, id: str) -> None:
    """Refuse to lose one who signed, was put on a panel, or sits on one that has begun."""
    signed = [each.of for each in cohort.review.signatures if each.faculty == id]
    if signed:
        raise DataError(f"{id} has signed for {signed[0]}, and what was signed stays")
    for (of, who), number in decided_pairs(cohort, PUT_ON).items():
        if who == id:
            raise DataError(
                f"overruling {number} puts {id} on the panel of {of}; take_back() for that number "
                "comes first"
            )
    for panel in opened_again(cohort):
        if id in panel.members:
            raise DataError(
                f"{id} is on the panel of {panel.of}, whose portfolio is there; keep_off_panel() "
                "and assign_panels() come first"
            )


NOTED = {"faculty": faculty, "conflict": conflict}
