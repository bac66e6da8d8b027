"""How teams, mentors and what wants a decision about them are shown."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cstools.cohorts.basics.spelling import folded
from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.basics.ways import by_diary
from cstools.cohorts.teams import groups as plain
from cstools.cohorts.teams.days import champions_on, fits, in_no_team
from cstools.cohorts.teams.groups import Groups, Team
from cstools.errors import did_you_mean

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort


def teams_table(cohort: Cohort, groups: Groups, day: date | None) -> Table:
    """Return the teams on a day, by cluster and site."""
    clusters = {site.name: site.cluster for site in groups.sites}
    rows = []
    for team in sorted(groups.teams, key=lambda t: (clusters.get(t.site, ""), t.site, t.name)):
        rows.append(
            (
                team.name,
                clusters.get(team.site, "") or "not stated",
                team.site or "not stated",
                ", ".join(plain.members_on(groups, (), team.name, day)) or "nobody",
                ", ".join(team.champions) or "none named",
                ", ".join(plain.mentors_on(groups, team.name, day)) or "–",
            )
        )
    when = f" on {day}" if day else ""
    columns = ("team", "district or county", "site", "members", "champions", "mentor")
    return table(f"{cohort.name}: teams{when}", columns, rows, team_flags(cohort, groups, day))


def loads_table(cohort: Cohort, groups: Groups) -> Table:
    """Return each mentor's teams now, and how many they take."""
    rows = []
    for mentor in groups.mentors:
        held = (m for m in groups.mentoring if m.mentor == mentor.id)
        own = sorted({m.team for m in held if m.holds_on(None)})
        most = "not stated" if mentor.most is None else mentor.most
        site = mentor.site or "not stated"
        rows.append((mentor.id, site, len(own), most, ", ".join(own) or "–"))
    columns = ("mentor", "site", "teams", "takes at most", "which")
    return table(f"{cohort.name}: mentors", columns, rows, _strange_sites(cohort, groups))


def _strange_sites(cohort: Cohort, groups: Groups) -> list[str]:
    """Return whose site is nobody else's: where it is a slip, no team counts as the own site's."""
    sites = {p.site for p in cohort.people} | {team.site for team in groups.teams} - {""}
    known = {folded(site) for site in sites}
    return [
        f"{mentor.id} works at '{mentor.site}', where nobody else here does, so that no team "
        f"counts as one of {mentor.id}'s own site{did_you_mean(mentor.site, sites) or '.'}"
        for mentor in groups.mentors
        if mentor.site and known and folded(mentor.site) not in known
    ]


def team_flags(cohort: Cohort, groups: Groups, day: date | None) -> tuple[str, ...]:
    """Return what in the teams on a day wants a decision of the coordinator, in sentences."""
    flags = [
        sentence
        for team in groups.teams
        if (members := plain.members_on(groups, (), team.name, day))
        for sentence in _flags(cohort, groups, team, members, day)
    ]
    alike: dict[str, list[str]] = {}
    for team in groups.teams:
        alike.setdefault(folded(team.name), []).append(f"'{team.name}'")
    flags += [
        f"teams {' and '.join(names)} differ only in their spelling"
        for names in alike.values()
        if len(names) > 1
    ]
    for site in (site for site in groups.sites if not site.cluster):
        named = plain.districts_of(cohort.accepted, site.name)
        if len(named) > 1:
            flags.append(
                f"the people of '{site.name}' name {len(named)} districts or counties: "
                f"{', '.join(named)}; choose one {by_diary('cluster')}"
            )
    return (*flags, *no_team_flags(cohort, day))


def no_team_flags(cohort: Cohort, day: date | None = None) -> tuple[str, ...]:
    """Return whom nothing is asked that teams promise, in a sentence; none where nobody is such."""
    if not (alone := in_no_team(cohort, day)):
        return ()
    has, them = ("has", "them") if len(alone) == 1 else ("have", "each")
    return (
        f"{', '.join(alone)} {has} a seat and no team, so nothing that teams promise or hand in is "
        f"asked of them; give {them} a team {by_diary('move or found a team')}",
    )


def _flags(
    cohort: Cohort, groups: Groups, team: Team, members: tuple[str, ...], day: date | None
) -> list[str]:
    rules, size = cohort.programme.facts.teams, len(members)
    site_of = {person.code: person.site for person in cohort.people}
    seated = {person.code for person in cohort.accepted}
    flags = []
    if not fits(cohort, size):
        flags.append(
            f"team '{team.name}' has {size} member{'s' * (size > 1)}; the programme states "
            f"{rules.least} to {rules.most}{_still_open(cohort, team.name)}"
        )
    if rules.champions_least:
        flags += _without_champion(cohort, team, rules.champions_least, day)
    if not team.site and len({site_of.get(code) for code in members}) > 1:
        flags.append(
            f"team '{team.name}' has members of several sites and states none of its own; "
            f"name one {by_diary('work on')}"
        )
    still = plain.members_on(groups, (), team.name, None)  # whose day has come is settled
    if gone := [c for c in members if cohort.decisions and c in still and c not in seated]:
        told = ", ".join(gone)
        flags.append(
            f"team '{team.name}' counts {told}, without a seat; say from which day it does no "
            f"more {by_diary('leave')}"
        )
    if groups.mentoring and not plain.mentors_on(groups, team.name, day):
        flags.append(f"team '{team.name}' has no mentor")
    return flags


def _still_open(cohort: Cohort, team: str) -> str:
    """Return who applied with a team and has no answer yet, as the end of a sentence."""
    applied = {p.code for p in cohort.people if folded(p.team) == folded(team)}
    answers = {"needs a ruling": "needs a ruling", "waiting": "waits for a seat"}
    told = (
        f"; {d.code}, who applied with it, {answers[d.outcome]}"
        for d in cohort.decisions
        if d.code in applied and d.outcome in answers
    )
    return "".join(told)


def _without_champion(cohort: Cohort, team: Team, least: int, day: date | None) -> list[str]:
    """Return what is said of a team with too few champions; who has left is none any more."""
    here = champions_on(cohort, team, day)
    if len(here) >= least:
        return []
    if gone := [who for who in team.champions if who not in here]:
        told = f"{', '.join(gone)}, named as one, has no seat; name another {by_diary('champion')}"
        return [f"team '{team.name}' has no executive champion: {told}"]
    return [f"team '{team.name}' names no executive champion; a member may be one"]
