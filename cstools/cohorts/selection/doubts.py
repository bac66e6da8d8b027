"""What a coordinator may want to ask people before seats are given; nothing of it decides a seat.

A file's own rows are compared when it is read. Here are the people of a cohort, whose applications
may have come in several files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from cstools.cohorts.basics.people import Participant
from cstools.cohorts.basics.spelling import folded
from cstools.cohorts.basics.ways import by_diary
from cstools.cohorts.selection.eligibility import Verdict

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

_MOST = 8  # people or teams that a sentence names


def one_person_twice(cohort: Cohort) -> list[str]:
    """Return who has one name and several e-mails, by code; nobody who has withdrawn.

    It can mislead: two people may have one name, and one person two spellings of it.
    """
    gone = cohort.hall.wishes.withdrawn
    named: dict[str, list[str]] = {}
    for person in cohort.people:
        if person.code not in gone:
            named.setdefault(folded(person.application.name._text), []).append(person.code)
    same = [" and ".join(codes) for name, codes in named.items() if name and len(codes) > 1]
    if not same:
        return []
    return [
        f"One name and several e-mails: {_some(same)}. If it is one person, withdraw all but one "
        f"of the applications {by_diary('withdraw')}."
    ]


def about_teams(cohort: Cohort, verdicts: Mapping[str, Verdict]) -> list[str]:
    """Return who is alone in a team and has its priority, and which team stands at several sites.

    Whoever may have no seat, or has withdrawn, is not of the team here.
    """
    teams: dict[str, list[Participant]] = {}
    gone = cohort.hall.wishes.withdrawn
    for person in cohort.people:
        here = person.code not in gone and verdicts[person.code].answer != "not eligible"
        if here and folded(person.team):
            teams.setdefault(folded(person.team), []).append(person)
    first = "team" in (cohort.programme.facts.eligibility.priorities or ())
    return [*(_alone(teams.values()) if first else ()), *_apart(teams.values())]


def _alone(teams: Iterable[Sequence[Participant]]) -> list[str]:
    alone = [f"{team[0].code} ('{team[0].team}')" for team in teams if len(team) == 1]
    if not alone:
        return []
    return [
        f"Alone in their team, which has its priority all the same: {_some(alone)}. Ask whether "
        "colleagues come; where none do, the team's name is to be an empty text under "
        "[spellings.team] in the mapping file."
    ]


def _apart(teams: Iterable[Sequence[Participant]]) -> list[str]:
    sites = {team[0].team: sorted({person.site for person in team}) for team in teams}
    several = [f"'{team}' ({', '.join(at)})" for team, at in sites.items() if len(at) > 1]
    if not several:
        return []
    return [
        f"Each taken as one team, though its people work at several sites: {_some(several)}. Where "
        "they are several teams, give each a name of its own in the applications."
    ]


def _some(told: Sequence[str]) -> str:
    more = [f"and {len(told) - _MOST} more"] if len(told) > _MOST else []
    return "; ".join([*told[:_MOST], *more])
