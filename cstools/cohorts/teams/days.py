"""Who was in which team on a day: memberships are dated, so that the past stays true.

Nobody is in a team before or after the own seat: whoever withdraws on a day leaves the team on it,
and whoever comes in on a day joins it then, also when that day is corrected or taken back.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from cstools.cohorts.basics.before import last_decisions
from cstools.cohorts.basics.spelling import folded
from cstools.cohorts.selection.seat_days import Seat, seated_on, seats_of
from cstools.cohorts.teams import groups
from cstools.cohorts.teams.groups import Groups, Team
from cstools.errors import DataError

if TYPE_CHECKING:
    from cstools.cohorts.basics.people import Participant
    from cstools.cohorts.cohort import Cohort


def as_formed(cohort: Cohort) -> Groups:
    """Return the groups, with the teams that people applied with where nobody formed any yet."""
    if cohort.groups.formed:
        return cohort.groups
    people = cohort.accepted if cohort.decisions else cohort.people
    return groups.formed(cohort.groups, people, *who_left(cohort))


def while_seated(cohort: Cohort, held: Groups) -> Groups:
    """Return groups with each membership for as long as its member had the seat.

    Whoever has no seat, and had none until a day that is known, stays in the team until one says
    from which day on they do not count.
    """
    seats = seats_of(cohort)
    mine = ((m, seats.get(m.code, Seat(m.code))) for m in held.memberships)
    within = (groups.for_the_time_of(m, *days) for m, seat in mine for days in seat.stretches)
    return replace(held, memberships=tuple(filter(None, within)))


def members_on(cohort: Cohort, team: str, day: date) -> tuple[str, ...]:
    """Return the codes of those who were in a team on a day, in order, seated on it or not."""
    return groups.members_on(cohort.groups, cohort.people, team, day)


def seated_members_on(cohort: Cohort, team: str, day: date) -> tuple[str, ...]:
    """Return the same of those who had a seat on that day."""
    seated = set(seated_on(cohort, day))
    return tuple(code for code in members_on(cohort, team, day) if code in seated)


def team_names(cohort: Cohort, day: date) -> tuple[str, ...]:
    """Return the teams that have somebody with a seat on a day, in order of their names."""
    seated = set(seated_on(cohort, day))
    if cohort.groups.formed:
        names = {team.name for team in cohort.groups.teams}
        return tuple(sorted(n for n in names if seated & set(members_on(cohort, n, day))))
    return tuple(sorted({p.team for p in cohort.people if p.team and p.code in seated}))


def in_no_team(cohort: Cohort, day: date | None = None) -> tuple[str, ...]:
    """Return who has a seat on a day and no team, where the work is a team's; no day means now."""
    if not cohort.programme.facts.in_teams or not last_decisions(cohort):
        return ()
    held = while_seated(cohort, as_formed(cohort))
    here = [p.code for p in cohort.accepted] if day is None else seated_on(cohort, day)
    return tuple(c for c in here if not folded(groups.team_on(held, cohort.people, c, day)))


def site_of(cohort: Cohort, team: str, day: date) -> str:
    """Return the site that a team works on: stated, or that of its members where all have one."""
    stated = next((each.site for each in cohort.groups.teams if each.name == team), "")
    people = {person.code: person.site for person in cohort.people}
    sites = {people.get(code, "") for code in seated_members_on(cohort, team, day)}
    return stated or (sites.pop() if len(sites) == 1 else "")


def champions_on(cohort: Cohort, team: Team, day: date | None) -> tuple[str, ...]:
    """Return a team's champions on a day; a participant who has no seat is none any more."""
    seated = {p.code for p in cohort.accepted} if day is None else set(seated_on(cohort, day))
    enrolled = {p.code for p in cohort.people} if cohort.decisions else set()
    return tuple(who for who in team.champions if who not in enrolled - seated)


def fits(cohort: Cohort, size: int) -> bool:
    """Say whether a team has as many members as the programme states, where it states it."""
    rules = cohort.programme.facts.teams
    return not (rules.least and rules.most) or rules.least <= size <= rules.most


def refuse_after_the_seat(cohort: Cohort, code: str, day: date) -> None:
    """Refuse a day from which somebody has no seat any more.

    Raises
    ------
    DataError
        When the seat was had until then, or until a day before.
    """
    seat = seats_of(cohort).get(code)
    if seat and seat.valid_to and seat.valid_to <= day:
        raise DataError(
            f"{code} had the seat until {seat.valid_to} and is in no team after it; give a day "
            "before, or correct the day of the seat first"
        )


def who_left(cohort: Cohort) -> tuple[frozenset[str], tuple[Participant, ...]]:
    """Return who has withdrawn, and who had a seat until a day of the year."""
    withdrawn = {d.code for d in cohort.decisions if d.outcome == "withdrawn"}
    first = cohort.programme.first_day or date.min
    until = {d.code for d in cohort.decisions if d.valid_to and d.valid_to > first}
    return frozenset(withdrawn), tuple(p for p in cohort.people if p.code in until)
