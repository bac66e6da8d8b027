"""Which mentor accompanies which team: as many teams as possible, and evenly.

A mentor speaks a language that everybody in the team speaks, shares a free hour with all of them
in every reference week of the year, takes no more teams than stated and, where the coordinator
says so, none of the own site. Worked out exactly with HiGHS, each aim settled before the next:
most teams with a mentor, loads as even as they can be, most hours in common, then the lot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from cstools.cohorts.basics.hours import common_quarters
from cstools.cohorts.basics.people import lot
from cstools.cohorts.buddies.buddies import Buddy, common_hour, common_language

Pair = tuple[str, str]
OWN_SITE, NO_LANGUAGE, NO_HOUR = "own site", "no common language", "no common free hour"
FULL = "as many teams as they take"


@dataclass(frozen=True)
class Loads:
    """What decides who accompanies which team.

    Parameters
    ----------
    teams
        The members of each team, as pairing knows people.
    mentors
        The mentors, as pairing knows people: ``code`` is their id.
    most
        The most teams that a mentor takes; a mentor who is not in it has no limit.
    fixed
        Team and mentor, as decided by a person or as it stands: no rule is asked.
    sites
        Where each team works, beside its members' own sites.
    own_site
        Whether a mentor may accompany a team of the own site.
    """

    teams: Mapping[str, Sequence[Buddy]]
    mentors: Sequence[Buddy]
    most: Mapping[str, int] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    sites: Mapping[str, str] = field(default_factory=dict)
    own_site: bool = True
    seed: int = 0


def ruled_out(loads: Loads, team: str, mentor: Buddy) -> str:
    """Return the first rule that keeps a mentor from a team, or an empty text."""
    members = loads.teams[team]
    group = [mentor, *members]
    sites = {person.site for person in members} | {loads.sites.get(team, "")}
    if not loads.own_site and mentor.site and mentor.site in sites:
        return OWN_SITE
    if not common_language(group):
        return NO_LANGUAGE
    return "" if common_hour(group) else NO_HOUR


def shared_hours(loads: Loads, team: str, mentor: Buddy) -> int:
    """Return the whole hours a week that a mentor shares with all of a team."""
    return common_quarters([person.weeks for person in (mentor, *loads.teams[team])]) // 4


def possible(loads: Loads) -> dict[Pair, int]:
    """Return the hours in common of every team and mentor that no rule keeps apart."""
    found: dict[Pair, int] = {}
    for team in sorted(loads.teams):
        for mentor in sorted(loads.mentors, key=lambda m: m.code):
            fixed = loads.fixed.get(team)
            if fixed == mentor.code or (fixed is None and not ruled_out(loads, team, mentor)):
                found[team, mentor.code] = shared_hours(loads, team, mentor)
    return found


def best_mentors(loads: Loads) -> dict[str, str]:
    """Return the mentor of each team that can have one.

    The same teams and mentors in any order, with the same seed, give the same answer.
    """
    pairs = possible(loads)
    if not pairs:
        return {}
    chosen = _settled(loads, list(pairs), list(pairs.values()))
    return {team: mentor for (team, mentor), yes in zip(pairs, chosen, strict=True) if yes}


def _settled(loads: Loads, pairs: list[Pair], hours: list[int]) -> np.ndarray:
    """Return the choice among pairs; the k-th team of one mentor weighs 2k - 1 in the loads."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    teams, mentors = sorted({t for t, _ in pairs}), sorted({m for _, m in pairs})
    steps = [(mentor, k) for mentor in mentors for k in range(1, _limit(loads, mentor, teams) + 1)]
    count, size = len(pairs), len(pairs) + len(steps)
    rule = np.zeros((len(teams) + len(mentors), size))
    for column, (team, mentor) in enumerate(pairs):
        rule[teams.index(team), column] = 1
        rule[len(teams) + mentors.index(mentor), column] = 1
    for column, (mentor, _) in enumerate(steps, start=count):
        rule[len(teams) + mentors.index(mentor), column] = -1
    held = [float(team in loads.fixed) for team in teams]
    nobody = [0] * len(mentors)
    rules = [LinearConstraint(rule, [*held, *nobody], [*[1] * len(teams), *nobody])]
    nothing = [0] * len(steps)
    aims = (
        [*[1] * count, *nothing],
        [*[0] * count, *(1 - 2 * k for _, k in steps)],
        [*hours, *nothing],
        [*(lot(loads.seed, *pair, bits=16) for pair in pairs), *nothing],
    )
    chosen = np.zeros(size)
    for aim in (np.array(aim, dtype=float) for aim in aims):
        found = milp(
            -aim,
            integrality=np.ones(size),
            bounds=Bounds(0, 1),
            constraints=rules,
            options={"mip_rel_gap": 0.0},
        )
        chosen = np.rint(found.x)
        rules.append(LinearConstraint(aim, aim @ chosen, np.inf))
    return chosen[:count]


def _limit(loads: Loads, mentor: str, teams: list[str]) -> int:
    """Return the most teams of a mentor: what they take, or more where more are fixed."""
    fixed = sum(given == mentor for given in loads.fixed.values())
    return max(fixed, min(loads.most.get(mentor, len(teams)), len(teams)))


def told(loads: Loads, chosen: Mapping[str, str]) -> dict[str, str]:
    """Return for each team, in a sentence without codes, how its mentor was found."""
    return {team: _told(loads, team, chosen.get(team)) for team in sorted(loads.teams)}


def _told(loads: Loads, team: str, given: str | None) -> str:
    rules = Counter(ruled_out(loads, team, mentor) for mentor in loads.mentors)
    removed = ", ".join(
        f"{rule} {rules[rule]}" for rule in (OWN_SITE, NO_LANGUAGE, NO_HOUR) if rules[rule]
    )
    without = f"removed: {removed}" if removed else "none removed"
    mentors = f"{len(loads.mentors)} mentor{'s' * (len(loads.mentors) != 1)}"
    of = f"of {mentors}, {without}; {rules['']} left"
    if given is None:
        others = f", {FULL}" if rules[""] else ""
        return f"no mentor: {of}{others}"
    mentor = next(mentor for mentor in loads.mentors if mentor.code == given)
    hours = f"{shared_hours(loads, team, mentor)} h a week in common with the whole team"
    if loads.fixed.get(team) == given:
        broken = ruled_out(loads, team, mentor)
        return f"fixed by a person; {hours}" + (f", against the rule: {broken}" if broken else "")
    return f"{hours}; {of}"
