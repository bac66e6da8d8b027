"""Who was in which team on a day: memberships are dated, so that the past stays true."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cstools.cohorts.selection.seat_days import seated_on
from cstools.cohorts.teams import groups

if TYPE_CHECKING:
    from cstools.cohorts.basics.people import Participant
    from cstools.cohorts.cohort import Cohort


def members_on(cohort: Cohort, team: str, day: date) -> tuple[str, ...]:
    """Return the codes of those who were in a team on a day, in order."""
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


def site_of(cohort: Cohort, team: str, day: date) -> str:
    """Return the site that a team works on: stated, or that of its members where all have one."""
    stated = next((each.site for each in cohort.groups.teams if each.name == team), "")
    people = {person.code: person.site for person in cohort.people}
    sites = {people.get(code, "") for code in members_on(cohort, team, day)}
    return stated or (sites.pop() if len(sites) == 1 else "")


def who_left(cohort: Cohort) -> tuple[frozenset[str], tuple[tuple[Participant, date], ...]]:
    """Return who has withdrawn, and of them who had a seat until a day of the year."""
    withdrawn = {d.code: d.valid_to for d in cohort.decisions if d.outcome == "withdrawn"}
    first = cohort.programme.first_day or date.min
    dated = ((person, withdrawn.get(person.code)) for person in cohort.people)
    return frozenset(withdrawn), tuple((who, day) for who, day in dated if day and day > first)
