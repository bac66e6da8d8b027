"""A few plain sentences for each person on what became of the application; by code, never sent."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from cstools.cohorts.basics.spelling import folded
from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.selection.decisions import Decision
from cstools.cohorts.selection.roster import names_and_addresses
from cstools.cohorts.selection.seating import WITH_THE_WHOLE_TEAM, spoken_seats
from cstools.errors import DataError

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

_HEAD = ("code", "outcome", "letter")
_ORDER = "the seats went by the programme's priorities, in the order of this run, and then by lot"


def _in_whole_teams(cohort: Cohort) -> set[str]:
    """Return by code with whom everybody who applied with the same team still has a seat."""
    team_of = {person.code: folded(person.team) for person in cohort.people}
    seated = {person.code for person in cohort.accepted}
    broken = {team for code, team in team_of.items() if code not in seated}
    return {code for code, team in team_of.items() if team not in broken}


def letter(cohort: Cohort, decided: Decision, whole: Collection[str]) -> str:
    """Return what to write to one person, in plain words, without a name.

    ``whole`` has the codes of those whose team has all its seats.
    """
    if decided.outcome == "accepted":
        comes = WITH_THE_WHOLE_TEAM in decided.reason and decided.code in whole
        team = " Your whole team comes in." if comes else ""
        return f"We are glad to offer you a seat in {cohort.name}.{team}"
    if decided.outcome == "waiting":
        return (
            f"Thank you for applying to {cohort.name}. {_given(cohort)}; {_order(cohort)}. You "
            f"stand on place {decided.place} of the waiting list. If a seat comes free, we offer "
            f"it in that order.{_together(decided)}"
        )
    if decided.outcome == "refused":
        return (
            f"Thank you for applying to {cohort.name}. We cannot offer you a seat in it: "
            f"{_because(decided)}."
        )
    if decided.outcome == "withdrawn":
        return f"You have told us that you withdraw from {cohort.name}. Thank you for telling us."
    return (
        f"Thank you for applying to {cohort.name}. Your application is still open: "
        f"{_because(decided)}. We write to you as soon as it is decided."
    )


def letters_table(cohort: Cohort) -> Table:
    """Return what to write to each person, by code.

    Raises
    ------
    DataError
        When nothing is decided yet.
    """
    if not cohort.decisions:
        raise DataError(f"'{cohort.name}' has decided nothing yet; select() comes before letters")
    whole = _in_whole_teams(cohort)
    rows = [(d.code, d.outcome, letter(cohort, d, whole)) for d in cohort.decisions]
    note = "Drafts: read each before it goes out. Nothing is sent from here."
    return table(f"{cohort.name}: letters", _HEAD, rows, [note])


def _given(cohort: Cohort) -> str:
    """Say how many of the seats are given: a team may wait beside seats too few for it."""
    seats, given = cohort.seats or 0, len(cohort.accepted)
    if given < seats:
        are = "is" if given < 2 else "are"
        return f"Of {spoken_seats(seats)}, {given or 'none'} {are} given so far"
    if not seats:
        return "So far there is no seat to give"
    return "The one seat is given" if seats == 1 else f"All {seats} seats are given"


def _order(cohort: Cohort) -> str:
    if cohort.programme.facts.eligibility.priorities:
        return _ORDER
    return "the seats went by lot"


def _together(decided: Decision) -> str:
    if "come in together or not at all" not in decided.reason:
        return ""
    return (
        " Those who come in together with you are offered theirs at the same time, when there are "
        "seats for all of you."
    )


def letter_rows(
    cohort: Cohort, names_for: str = "", log: Callable[[str], None] | None = None
) -> list[tuple[str, ...]]:
    """Return the letters as rows for a mail merge, the head first; by code without a reason.

    Raises
    ------
    DataError
        When nothing is decided yet, or names are asked for and the cohort came without them.
    """
    drafts = {row[0]: row for row in letters_table(cohort).rows}
    people = [person for person in cohort.people if person.code in drafts]
    if not names_for:
        return [_HEAD, *(drafts[person.code] for person in people)]
    named = names_and_addresses(people, names_for, log)
    rows = [(*drafts[p.code], *known) for p, known in zip(people, named, strict=True)]
    return [(*_HEAD, "name", "e-mail"), *rows]


def _because(decided: Decision) -> str:
    """Return the reason as it is said to the person."""
    if decided.reason.startswith("ruled "):
        return "those who lead the programme have decided so"
    if decided.reason.startswith("cannot be placed"):
        return "the people who come in together with you do not all find a seat as things stand"
    you = {"has ": "you have ", "does ": "you do ", "received ": "it was received "}
    first = next((word for word in you if decided.reason.startswith(word)), "")
    return you.get(first, "") + decided.reason.removeprefix(first)
