"""Sites, teams, memberships, mentors and last year's pairs as rows of the store."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from cstools.cohorts.basics.hours import FreeTime
from cstools.cohorts.teams.groups import Groups, Membership, Mentor, Mentoring, Site, Team, in_order

Tables = Mapping[str, Mapping[tuple[Any, ...], Mapping[str, Any]]]


def groups_to_rows(groups: Groups, id_of: Mapping[str, str]) -> Tables:
    """Return the groups as rows of six tables; people by random id."""
    return {
        "sites": {(site.name,): {"cluster": site.cluster} for site in groups.sites},
        "teams": {(team.name,): _team_row(team, id_of) for team in groups.teams},
        "memberships": {
            (id_of[m.code], number): {"team": m.team, **_span_row(m)}
            for number, m in _numbered(groups.memberships, lambda m: m.code)
        },
        "mentors": {(mentor.id,): _mentor_row(mentor) for mentor in groups.mentors},
        "mentorings": {
            (m.team, number): {"mentor": m.mentor, **_span_row(m), "reason": m.reason}
            for number, m in _numbered(groups.mentoring, lambda m: m.team)
        },
        "earlier_pairs": {(id_of[one], id_of[other]): {} for one, other in groups.earlier},
    }


def groups_from_rows(tables: Tables, code_of: Mapping[str, str]) -> Groups:
    """Return the groups from their rows."""
    memberships = (
        Membership(code_of[person_id], row["team"], *_span(row))
        for (person_id, _), row in tables["memberships"].items()
    )
    mentoring = (
        Mentoring(team, row["mentor"], *_span(row), row["reason"])
        for (team, _), row in sorted(tables["mentorings"].items())
    )
    pairs = (sorted((code_of[one], code_of[other])) for one, other in tables["earlier_pairs"])
    return Groups(
        sites=tuple(sorted(Site(name, row["cluster"]) for (name,), row in tables["sites"].items())),
        teams=tuple(sorted(_team(name, row, code_of) for (name,), row in tables["teams"].items())),
        memberships=in_order(memberships),
        mentors=tuple(sorted(_mentor(id, row) for (id,), row in tables["mentors"].items())),
        mentoring=tuple(mentoring),
        earlier=tuple(sorted((one, other) for one, other in pairs)),
    )


def _numbered(items: Iterable[Any], of: Any) -> list[tuple[int, Any]]:
    """Return each item with its number among those of one person or team, from 1."""
    seen: dict[str, int] = {}
    found = []
    for item in items:
        seen[of(item)] = seen.get(of(item), 0) + 1
        found.append((seen[of(item)], item))
    return found


def _span_row(dated: Membership | Mentoring) -> dict[str, str]:
    days = {"valid_from": dated.valid_from, "valid_to": dated.valid_to}
    return {name: day.isoformat() if day else "" for name, day in days.items()}


def _span(row: Mapping[str, Any]) -> tuple[date | None, date | None]:
    first, end = (
        date.fromisoformat(row[name]) if row[name] else None for name in ("valid_from", "valid_to")
    )
    return first, end


def _team_row(team: Team, id_of: Mapping[str, str]) -> dict[str, str]:
    """Return a team's row; a champion is a person's id, or a role."""
    told = [["person", id_of[c]] if c in id_of else ["role", c] for c in team.champions]
    return {"site": team.site, "champions": json.dumps(told, ensure_ascii=False)}


def _team(name: str, row: Mapping[str, Any], code_of: Mapping[str, str]) -> Team:
    told = json.loads(row["champions"])
    champions = sorted(code_of[text] if kind == "person" else text for kind, text in told)
    return Team(name, row["site"], tuple(champions))


def _mentor_row(mentor: Mentor) -> dict[str, Any]:
    return {
        "site": mentor.site,
        "languages": json.dumps(mentor.languages, ensure_ascii=False),
        "zone": mentor.time_zone,
        "free": json.dumps([[span.day, span.start, span.stop] for span in mentor.free]),
        "most": mentor.most,
    }


def _mentor(id: str, row: Mapping[str, Any]) -> Mentor:
    free = tuple(FreeTime(*span) for span in json.loads(row["free"]))
    spoken = tuple(json.loads(row["languages"]))
    return Mentor(id, row["site"], spoken, row["zone"], free, row["most"])
