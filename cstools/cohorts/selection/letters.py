"""A few plain sentences for each person on what became of the application; by code, never sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING

from cstools.cohorts.basics.spelling import folded
from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.selection.decisions import Decision
from cstools.cohorts.selection.eligibility import LEFT_OPEN, UNSAID
from cstools.cohorts.selection.roster import names_and_addresses
from cstools.cohorts.selection.seating import WITH_THE_WHOLE_TEAM, spoken_seats
from cstools.cohorts.selection.wishes import HOLD, SPLIT, TOGETHER, selections
from cstools.errors import DataError

if TYPE_CHECKING:
    from cstools.cohorts.basics.overruling import Overruling
    from cstools.cohorts.cohort import Cohort

_HEAD = ("code", "outcome", "letter")
_ORDER = "the seats went by the programme's priorities, in the order of this run, and then by lot"

_BUT = ", except where those who lead the programme have decided otherwise"
_WHOLE = " Your whole team comes in."
_NOT_ALL = " Not everybody who applied with your team has an answer yet; we write to each of them."
_NO_TEAM = (
    " The work of this programme is done in teams, and you applied without one: we will look for a "
    "team with you."
)


def _of_teams(cohort: Cohort) -> dict[str, str]:
    """Return by code what somebody who has a seat is told of the team; nothing to the others."""
    team_of = {person.code: folded(person.team) for person in cohort.people}
    placed = {m.code for m in cohort.groups.memberships if m.valid_to is None}
    outcomes = defaultdict(set)
    for decided in cohort.decisions:
        outcomes[team_of[decided.code]].add(decided.outcome)
    told = {}
    for decided in (d for d in cohort.decisions if d.outcome == "accepted"):
        team = team_of[decided.code]
        if not team and decided.code not in placed and cohort.programme.facts.in_teams:
            told[decided.code] = _NO_TEAM
        elif team and "needs a ruling" in outcomes[team]:
            told[decided.code] = _NOT_ALL
        elif WITH_THE_WHOLE_TEAM in decided.reason and outcomes[team] == {"accepted"}:
            told[decided.code] = _WHOLE
    return told


def letter(cohort: Cohort, decided: Decision, of_team: str = "") -> str:
    """Return what to write to one person, in plain words, without a name.

    ``of_team`` is what somebody who has a seat is told of the team.
    """
    if decided.outcome == "accepted":
        return f"We are glad to offer you a seat in {cohort.name}.{of_team}"
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
    of_team = _of_teams(cohort)
    rows = [
        (d.code, d.outcome, letter(cohort, d, of_team.get(d.code, ""))) for d in cohort.decisions
    ]
    notes = ["Drafts: read each before it goes out. Nothing is sent from here."]
    return table(f"{cohort.name}: letters", _HEAD, rows, [*notes, *_who_pays(cohort)])


def _who_pays(cohort: Cohort) -> list[str]:
    """Return who waits because of a decision, one sentence for each: that letter is a hard one."""
    waiting = {decided.code for decided in cohort.decisions if decided.outcome == "waiting"}
    return [
        f"Without overruling {cohort.overruled.index(held) + 1} ({held.wish}) a seat would have "
        f"gone to {', '.join(pays)}: read what they are told twice."
        for held in _moving(cohort)
        if (pays := [code for code in held.pays if code in waiting])
    ]


def _moving(cohort: Cohort) -> list[Overruling]:
    """Return the decisions in force that gave a seat against the priorities and the lot."""
    against = (HOLD, TOGETHER, SPLIT)
    return [held for held in selections(cohort.overruled) if held.wish in against and held.pays]


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
    order = "the seats went by lot"
    if cohort.programme.facts.eligibility.priorities:
        order = _ORDER
    return order + _BUT * bool(_moving(cohort))


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
    if decided.reason == UNSAID:
        return "you do not say whether you have taken the introductory workshop; please tell us"
    reason, left_open, _ = decided.reason.partition(LEFT_OPEN)
    rules = ", and those who lead the programme decide what follows" if left_open else ""
    you = {"has ": "you have ", "does ": "you do ", "received ": "it was received "}
    first = next((word for word in you if reason.startswith(word)), "")
    return you.get(first, "") + reason.removeprefix(first) + rules
