"""How teams, mentors and what wants a decision about them are shown."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cstools.cohorts.basics.spelling import folded
from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.basics.ways import by_diary
from cstools.cohorts.selection.seat_days import seated_on
from cstools.cohorts.teams import groups as plain
from cstools.cohorts.teams.groups import Groups, Team

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


def loads_table(name: str, groups: Groups) -> Table:
    """Return each mentor's teams now, and how many they take."""
    rows = []
    for mentor in groups.mentors:
        held = (m for m in groups.mentoring if m.mentor == mentor.id)
        own = sorted({m.team for m in held if m.holds_on(None)})
        most = "not stated" if mentor.most is None else mentor.most
        site = mentor.site or "not stated"
        rows.append((mentor.id, site, len(own), most, ", ".join(own) or "–"))
    columns = ("mentor", "site", "teams", "takes at most", "which")
    return table(f"{name}: mentors", columns, rows)


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
    return tuple(flags)


def _flags(
    cohort: Cohort, groups: Groups, team: Team, members: tuple[str, ...], day: date | None
) -> list[str]:
    rules, size = cohort.programme.facts.teams, len(members)
    site_of = {person.code: person.site for person in cohort.people}
    seated = {person.code for person in cohort.accepted}
    flags = []
    if rules.least and rules.most and not rules.least <= size <= rules.most:
        flags.append(
            f"team '{team.name}' has {size} member{'s' * (size > 1)}; the programme states "
            f"{rules.least} to {rules.most}"
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


def _without_champion(cohort: Cohort, team: Team, least: int, day: date | None) -> list[str]:
    """Return what is said of a team with too few champions; who has left is none any more."""
    seated = {p.code for p in cohort.accepted} if day is None else set(seated_on(cohort, day))
    enrolled = {p.code for p in cohort.people} if cohort.decisions else set()
    gone = [who for who in team.champions if who in enrolled - seated]
    if len(team.champions) - len(gone) >= least:
        return []
    if gone:
        told = f"{', '.join(gone)}, named as one, has no seat; name another {by_diary('champion')}"
        return [f"team '{team.name}' has no executive champion: {told}"]
    return [f"team '{team.name}' names no executive champion; a member may be one"]
