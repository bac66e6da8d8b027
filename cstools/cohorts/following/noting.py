"""What a coordinator notes in the course of the year, checked before it is kept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cstools.cohorts.basics.asked import as_text, person_of
from cstools.cohorts.basics.files import not_there, place_of
from cstools.cohorts.basics.naming import named_in
from cstools.cohorts.basics.overruling import of_step
from cstools.cohorts.following.commitments import commitments_of
from cstools.cohorts.following.following import (
    STATES,
    CheckIn,
    HandedIn,
    Practice,
    ProjectStep,
    State,
    Stay,
)
from cstools.cohorts.following.work import first_workshop_end
from cstools.cohorts.programmes.stays import days_of
from cstools.cohorts.selection.seat_days import seated_on
from cstools.cohorts.teams.days import seated_members_on, team_names
from cstools.cohorts.teams.groups import team_on
from cstools.errors import DataError, brief, did_you_mean, unknown_name

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

STEP = "project"
ANYWAY = "take the state"
_COUNT = re.compile(r"^(?:.*:)?\s*(\d+)\s*(?:of|/)\s*(\d+)(?:\s*days?)?\.?$", re.IGNORECASE)
_DIGEST = re.compile(r"^[0-9a-f]{64}$")
MOST_DAYS = 9999


def check_in(cohort: Cohort, who: Collection[str], day: date) -> CheckIn:
    """Return a check-in of buddies, by their codes, or of a team, by its name.

    Where check-ins are promised by teams, the codes of a whole team are the team.

    Raises
    ------
    DataError
        When one code stands alone: nobody checks in with oneself. When some of a team are named
        where the team promised it.
    UnknownNameError
        When there is no such code or team.
    """
    for name in who:
        _known(cohort, name, day)
    names = tuple(sorted(dict.fromkeys(who)))
    if not names:
        raise DataError("a check-in is of two people, or of a team; name them")
    if len(names) == 1 and names[0] in _codes(cohort):
        raise DataError(
            f"check-in of {names[0]}: it takes two; name the buddies who met, or their team"
        )
    if _codes(cohort).issuperset(names) and _promised_by_teams(cohort):
        names = (_whole_team(cohort, names, day),)
    return CheckIn(names, day)


def _promised_by_teams(cohort: Cohort) -> bool:
    promised = commitments_of(cohort.programme.facts)
    return {each.unit for each in promised if each.kind == "check-ins"} == {"team"}


def _whole_team(cohort: Cohort, codes: tuple[str, ...], day: date) -> str:
    team = team_on(cohort.groups, cohort.people, codes[0], day)
    if team and seated_members_on(cohort, team, day) == codes:
        return team
    raise DataError(
        f"check-in of {', '.join(codes)}: check-ins are promised by teams here, and these are no "
        f"whole team on {day}; if it was the team's, name the team"
    )


def practised(cohort: Cohort, code: str, count: str, day: date) -> Practice:
    """Return a participant's own count, read from a line as the practice log gives it.

    Only how many of how many days is kept; what stands before a colon is left out.

    Raises
    ------
    DataError
        When there is no count in the line, or more days done than days.
    """
    _person(cohort, code)
    found = _COUNT.match(" ".join(count.split())) if isinstance(count, str) else None
    if not found or max(len(found[1]), len(found[2])) > 6:
        raise DataError(f"practice of {code}: there is no count; write it like: 12 of 21 days")
    done, days = int(found[1]), int(found[2])
    if done > days or days > MOST_DAYS:
        told = "more days done than days" if done > days else "more days than a log counts"
        raise DataError(
            f"practice of {code}: {done} of {days} cannot be, {told}; write it like: 12 of 21 days"
        )
    return Practice(code, day, done, days)


def project_step(cohort: Cohort, who: str, state: str, day: date, by: str = "") -> ProjectStep:
    """Return a project's next state: proposed, then reviewed, then finalised.

    Raises
    ------
    DataError
        When the state is none, comes before its turn or on an earlier day, is finalised before
        the first workshop is over, or lacks the role that approves. A decision of the coordinator
        (:data:`ANYWAY`) lets a state be taken out of turn.
    """
    _known(cohort, who, day)
    if not isinstance(state, str) or state not in STATES:
        hint = did_you_mean(state, STATES) or f"; there is {', '.join(STATES)}"
        raise DataError(f"project of {who}: '{brief(state)}' is no state of a project{hint}")
    step: State = state
    if not _anyway(cohort, who, step):
        _in_turn(cohort, who, step, day)
    approves = cohort.programme.facts.project.approved_by
    told = as_text(by, "approved by", "programme faculty") if by else ""
    if step != "proposed" and approves and not told:
        raise DataError(
            f"project of {who}: the programme says that it is approved by {approves}; say who "
            f"approved it, as approved_by='{approves}', or in that column of a sheet"
        )
    if "@" in told or named_in(told, cohort.people):
        raise DataError("approved by: write a role, as 'programme faculty', never a name")
    return ProjectStep(who, step, day, told)


def _in_turn(cohort: Cohort, who: str, state: State, day: date) -> None:
    held = {
        entry.state: entry.day
        for entry in cohort.followed.entries
        if isinstance(entry, ProjectStep) and entry.who == who
    }
    before = STATES[: STATES.index(state)]
    anyway = "; or decide it yourself with by=… and why=…"
    for earlier in before:
        if earlier not in held:
            raise DataError(
                f"project of {who}: it cannot be {state} before it was {earlier}; "
                f"note that first{anyway}"
            )
        if held[earlier] > day:
            raise DataError(
                f"project of {who}: it was {earlier} on {held[earlier]}, so it cannot have been "
                f"{state} on {day}; correct one of the days"
            )
    ends = first_workshop_end(cohort)
    after = cohort.programme.facts.project.finalised
    if state == "finalised" and after and ends and day < ends:
        raise DataError(
            f"project of {who}: it is finalised {after}, which ends on {ends}; {day} is too "
            f"early{anyway}"
        )


def _anyway(cohort: Cohort, who: str, state: State) -> bool:
    return any(
        held.wish == ANYWAY and who in (*held.people, *held.things) and state in held.things
        for held in of_step(cohort.overruled, STEP)
    )


def handed_in(cohort: Cohort, who: str, portfolio: str | Path, day: date) -> HandedIn:
    """Return that a portfolio was handed in: a file, whose hash is kept, or the hash itself.

    Raises
    ------
    FileError
        When the file is not there.
    """
    _known(cohort, who, day)
    if isinstance(portfolio, str) and _DIGEST.match(portfolio):
        return HandedIn(who, day, portfolio)
    file = place_of(portfolio)
    if not file.is_file():
        raise not_there(f"the portfolio '{file.name}' of {who}", file, of_people=True)
    with file.open("rb") as content:
        return HandedIn(who, day, hashlib.file_digest(content, "sha256").hexdigest())


def at_workshop(
    cohort: Cohort, workshop: str, except_for: Mapping[str, Iterable[date]]
) -> tuple[Stay, ...]:
    """Return that everybody with a seat then was at a workshop all days, but for those named.

    Raises
    ------
    UnknownNameError
        When there is no such workshop or code.
    DataError
        When its days are not stated, or a day is none of its days.
    """
    for code in except_for:
        _person(cohort, code)
    people = seated_on(cohort, _days_of(workshop, cohort)[0])
    new = tuple(
        stay(cohort, code, workshop, except_for.get(code))
        for code in sorted({*people, *except_for})
    )
    stays = (entry for entry in cohort.followed.entries if isinstance(entry, Stay))
    known = {entry.who for entry in stays if entry.workshop == workshop} - set(except_for)
    return tuple(entry for entry in new if entry.who not in known)


def stay(cohort: Cohort, code: str, workshop: str, days: Iterable[date] | None = None) -> Stay:
    """Return the days of one person at a workshop; all of them where none are given."""
    _person(cohort, code)
    possible = _days_of(workshop, cohort)
    there = possible if days is None else tuple(sorted(set(days)))
    for day in there:
        if day not in possible:
            raise DataError(
                f"{workshop} of {code}: {day} is none of its days, {possible[0]} to {possible[-1]}"
            )
    return Stay(code, workshop, there)


def _days_of(workshop: str, cohort: Cohort) -> tuple[date, ...]:
    workshops = {each.name: each for each in cohort.programme.facts.workshops}
    if not isinstance(workshop, str) or workshop not in workshops:
        raise unknown_name(workshop, workshops, "workshops")
    return days_of(workshops[workshop])


def _codes(cohort: Cohort) -> frozenset[str]:
    return frozenset(person.code for person in cohort.people)


def _person(cohort: Cohort, code: str) -> None:
    person_of(code, cohort.people, "people")


def _known(cohort: Cohort, who: str, day: date) -> None:
    teams = team_names(cohort, day)
    if not isinstance(who, str) or (who not in teams and who not in _codes(cohort)):
        if isinstance(who, str) and named_in(f"of {who}", cohort.people):
            _person(cohort, who)
        raise unknown_name(who, [*teams, *sorted(_codes(cohort))], "people and teams")
