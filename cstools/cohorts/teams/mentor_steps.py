"""A cohort's mentors and teams as the question of who accompanies whom, and what a wish costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from cstools.cohorts.basics.overruling import Overruling, of_step, with_costs
from cstools.cohorts.basics.spelling import folded
from cstools.cohorts.buddies.buddy_people import as_buddies, as_buddy, mondays_of
from cstools.cohorts.teams import groups as plain
from cstools.cohorts.teams.groups import Groups, Mentoring
from cstools.cohorts.teams.mentoring import Loads, best_mentors, told

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

STEP, GIVE = "mentors", "give mentor"
HAS_STOPPED = "mentor: has stopped"  # who took it back and why, as an overruling has it
OVERTAKEN = "nothing, since the team was given another mentor later"


def loads_of(
    cohort: Cohort, groups: Groups, day: date | None, *, own_site: bool, seed: int
) -> Loads:
    """Return what decides who accompanies which team, from a day on or from the start."""
    zones = [person.time_zone for person in cohort.accepted]
    mondays = mondays_of(cohort, [*zones, *(mentor.time_zone for mentor in groups.mentors)])
    known = {person.code: person for person in as_buddies(cohort, cohort.accepted, mondays)}
    teams = {}
    for team in groups.teams:
        codes = plain.members_on(groups, (), team.name, day)
        if members := [known[code] for code in codes if code in known]:
            teams[team.name] = members
    standing = {m.team: m.mentor for m in groups.mentoring if day and m.holds_on(day)}
    wished = given_mentors(cohort.overruled)
    fixed = {team: id for team, id in {**standing, **wished}.items() if team in teams}
    mentors = [
        as_buddy(m.id, m.site, m.languages, m.time_zone, m.free, mondays) for m in groups.mentors
    ]
    most = {m.id: m.most for m in groups.mentors if m.most is not None}
    sites = {team.name: folded(team.site) for team in groups.teams}
    return Loads(teams, mentors, most, fixed, sites, own_site, seed)


def given_mentors(overruled: Iterable[Overruling]) -> dict[str, str]:
    """Return by team the mentor that a person gave it; of two decisions the later counts."""
    return {held.things[0]: held.things[1] for held in of_step(overruled, STEP)}


def accompanied(held: Overruling) -> tuple[str, ...]:
    """Return the team that an overruling about mentors decides on."""
    return held.things[:1]


def assigned(
    overruled: tuple[Overruling, ...], groups: Groups, loads: Loads, day: date | None
) -> tuple[tuple[Mentoring, ...], tuple[Overruling, ...]]:
    """Return who accompanies which team from a day on, and the overrulings with their costs."""
    chosen = best_mentors(loads)
    reasons = told(loads, chosen)
    kept = standing(groups.mentoring, day, chosen) if day else ended(groups.mentoring)
    staying = {m.team for m in kept if m.holds_on(day)}
    until = {} if day else {m.team: m.valid_to for m in kept}
    new = [
        Mentoring(team, mentor, day or until.get(team), None, reasons[team])
        for team, mentor in chosen.items()
        if team not in staying
    ]
    return _in_order([*kept, *new]), costs_of(overruled, loads, chosen)


def costs_of(
    overruled: tuple[Overruling, ...], loads: Loads, chosen: Mapping[str, str]
) -> tuple[Overruling, ...]:
    """Return the overrulings with what each changes: solved again without it, and compared."""
    costs: list[tuple[str, tuple[str, ...]]] = []
    for held in of_step(overruled, STEP):
        team, mentor = held.things
        if given_mentors(overruled)[team] != mentor:
            costs.append((OVERTAKEN, ()))
            continue
        fixed = {t: m for t, m in loads.fixed.items() if t != team}
        free = best_mentors(replace(loads, fixed=fixed))
        fewer = len(free) - len(chosen)
        most, before = _fullest(chosen), _fullest(free)
        words = [
            f"{fewer} team{'s' * (fewer > 1)} fewer with a mentor" if fewer > 0 else "",
            f"the fullest mentor has {most} teams, not {before}" if most > before else "",
        ]
        cost = "; ".join(filter(None, words)) or "no team without a mentor and no fuller mentor"
        costs.append((cost, ()))
    return with_costs(overruled, STEP, costs)


def standing(
    mentoring: Iterable[Mentoring], day: date, chosen: Mapping[str, str]
) -> list[Mentoring]:
    """Return what is known of mentors on a day; who gives way to another ends on it."""
    kept = []
    for held in mentoring:
        if not held.holds_on(day) or chosen.get(held.team) == held.mentor:
            kept.append(held)
        elif held.valid_from != day:
            kept.append(replace(held, valid_to=day))
    return kept


def ended(mentoring: Iterable[Mentoring]) -> list[Mentoring]:
    """Return who accompanied a team until a day that is known, the last of each team last."""
    known = ((m.valid_to, m) for m in mentoring if m.valid_to)
    return [held for _, held in sorted(known, key=lambda pair: pair[0])]


def stopped(groups: Groups, id: str, day: date) -> Groups:
    """Return the groups after a mentor has stopped on a day; said again, the day is corrected.

    Who followed on the day that is corrected follows on the new one; what was to begin later
    never begins.
    """
    last = _stopped_on(groups, id)
    ending = [
        m
        for m in groups.mentoring
        if m.mentor == id and (m.valid_to in (None, last) or m.holds_on(day))
    ]
    followed = {(m.team, m.valid_to) for m in ending if m.valid_to}
    ended = [replace(m, valid_to=day) for m in ending if not m.valid_from or m.valid_from < day]
    others = [
        replace(m, valid_from=day) if (m.team, m.valid_from) in followed else m
        for m in groups.mentoring
        if m not in ending
    ]
    mentors = tuple(replace(m, most=0) if m.id == id else m for m in groups.mentors)
    return replace(groups, mentoring=_in_order([*ended, *others]), mentors=mentors)


def given_up(overruled: tuple[Overruling, ...], id: str) -> tuple[Overruling, ...]:
    """Return the overrulings with the teams that were given to a mentor out of force."""
    return tuple(
        replace(held, taken_back=HAS_STOPPED, cost="", pays=())
        if held.step == STEP and held.things[1] == id and not held.taken_back
        else held
        for held in overruled
    )


def _stopped_on(groups: Groups, id: str) -> date | None:
    """Return the day on which a mentor has stopped who takes and has no team any more."""
    takes_none = any(m.id == id and m.most == 0 for m in groups.mentors)
    own = [m.valid_to for m in groups.mentoring if m.mentor == id]
    known = [day for day in own if day]
    return max(known) if takes_none and known and len(known) == len(own) else None


def _in_order(mentoring: Iterable[Mentoring]) -> tuple[Mentoring, ...]:
    return tuple(sorted(mentoring, key=lambda m: (m.team, m.valid_from or date.min, m.mentor)))


def _fullest(chosen: Mapping[str, str]) -> int:
    return max(Counter(chosen.values()).values(), default=0)
