"""Sites, teams, memberships and mentors, each with its dates, so that the past stays true.

Until teams are formed (:mod:`cstools.cohorts.teams.grouping`) there are none here, and the
team that somebody applied with counts. A membership is what was decided about teams; that it holds
no longer than its member's seat is asked where it is read (:mod:`cstools.cohorts.teams.days`), so
that one day of leaving is one fact. All functions are plain: values in, values out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from cstools.cohorts.basics.asked import as_most
from cstools.cohorts.basics.dated import holds
from cstools.cohorts.basics.hours import FreeTime
from cstools.cohorts.basics.people import Participant
from cstools.errors import DataError


@dataclass(frozen=True, order=True)
class Site:
    """A place where people work; ``cluster`` is the district or county that it is part of."""

    name: str
    cluster: str = ""


@dataclass(frozen=True, order=True)
class Team:
    """A team and the site that it works on.

    ``champions`` are codes of participants, or roles in words (``superintendent``) of people
    outside the programme; names never stand here. An empty ``site`` is not stated.
    """

    name: str
    site: str = ""
    champions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Membership:
    """That somebody is in a team, from a day and up to a day.

    ``valid_from`` is the first day, ``None`` for "from the start"; ``valid_to`` is the first day
    on which it no longer holds, ``None`` for "until further notice".
    """

    code: str
    team: str
    valid_from: date | None = None
    valid_to: date | None = None

    def __post_init__(self) -> None:
        _in_order(f"{self.code} in the team '{self.team}'", self.valid_from, self.valid_to)

    def holds_on(self, day: date | None) -> bool:
        """Say whether it holds on a day; without a day, whether it is still open."""
        return holds(self.valid_from, self.valid_to, day)


@dataclass(frozen=True, order=True)
class Mentor:
    """Somebody certified who accompanies teams.

    Parameters
    ----------
    id
        A short id that the coordinator gives, as ``M-1``; never a name.
    site
        Where the mentor works.
    languages, time_zone, free
        As in an application.
    most
        The most teams that the mentor takes; ``None`` where no limit is stated.
    """

    id: str
    site: str = ""
    languages: tuple[str, ...] = ()
    time_zone: str = ""
    free: tuple[FreeTime, ...] = field(default=(), repr=False)
    most: int | None = None

    def __post_init__(self) -> None:
        as_most(self.most, f"mentor {self.id}")


@dataclass(frozen=True)
class Mentoring:
    """That a mentor accompanies a team, from a day and up to a day, and how it came about."""

    team: str
    mentor: str
    valid_from: date | None = None
    valid_to: date | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        _in_order(f"{self.mentor} with the team '{self.team}'", self.valid_from, self.valid_to)

    def holds_on(self, day: date | None) -> bool:
        """Say whether it holds on a day; without a day, whether it is still open."""
        return holds(self.valid_from, self.valid_to, day)


@dataclass(frozen=True)
class Groups:
    """Who belongs together in a run: sites, teams, memberships, mentors; and last year's buddies.

    ``earlier`` holds pairs of codes in order: who were buddies before and are not to be again.
    """

    sites: tuple[Site, ...] = ()
    teams: tuple[Team, ...] = ()
    memberships: tuple[Membership, ...] = ()
    mentors: tuple[Mentor, ...] = ()
    mentoring: tuple[Mentoring, ...] = ()
    earlier: tuple[tuple[str, str], ...] = ()

    @property
    def formed(self) -> bool:
        """Whether teams were formed; before, the teams that people applied with count."""
        return bool(self.teams)


def members_on(
    groups: Groups, people: Iterable[Participant], team: str, day: date | None
) -> tuple[str, ...]:
    """Return the codes of those who are in a team on a day, in order; no day means now."""
    if not groups.formed:
        return tuple(sorted(person.code for person in people if person.team == team))
    held = (m for m in groups.memberships if m.team == team and m.holds_on(day))
    return tuple(sorted({m.code for m in held}))


def team_on(groups: Groups, people: Iterable[Participant], code: str, day: date | None) -> str:
    """Return the team that somebody is in on a day, or an empty text; no day means now."""
    if not groups.formed:
        return next((person.team for person in people if person.code == code), "")
    return next((m.team for m in groups.memberships if m.code == code and m.holds_on(day)), "")


def mentors_on(groups: Groups, team: str, day: date | None) -> tuple[str, ...]:
    """Return the ids of the mentors who accompany a team on a day, in order."""
    return tuple(sorted({m.mentor for m in groups.mentoring if m.team == team and m.holds_on(day)}))


def formed(
    groups: Groups,
    people: Iterable[Participant],
    gone: frozenset[str],
    left: Iterable[Participant] = (),
) -> Groups:
    """Return the groups with the teams that people with a seat applied with.

    What was decided since stays: whoever has a dated membership keeps it, and so does whoever is
    in ``gone`` (withdrawn: they were there). ``left`` had a seat until a day, and were in their
    team until then. The same again changes nothing.
    """
    seated = {person.code: person for person in people}
    were = {person.code: person for person in left} | seated
    dated = {m.code for m in groups.memberships if m.valid_from or m.valid_to}
    kept = [m for m in groups.memberships if m.code in dated | gone | set(were)]
    known = {m.code for m in kept}
    new = [Membership(p.code, p.team) for p in were.values() if p.team and p.code not in known]
    memberships = in_order([*kept, *new])
    held = {team.name: team for team in groups.teams}
    for name in sorted({m.team for m in memberships}):
        members = [seated[m.code] for m in memberships if m.team == name and m.code in seated]
        joined = [seated[m.code] for m in new if m.team == name and m.code in seated]
        held.setdefault(name, Team(name, one_site(members), champions_in(members)))
        held[name] = championed(held[name], joined)
    sites = {site.name: site for site in groups.sites}
    for name in sorted({p.site for p in seated.values()} | {t.site for t in held.values()} - {""}):
        if name not in sites or not sites[name].cluster:
            districts = districts_of(seated.values(), name)
            sites[name] = Site(name, districts[0] if len(districts) == 1 else "")
    return replace(
        groups,
        sites=tuple(sorted(sites.values())),
        teams=tuple(sorted(held.values())),
        memberships=memberships,
    )


def moved(groups: Groups, code: str, team: str, on: date) -> Groups:
    """Return the groups with somebody in another team from a day on; an empty team is none.

    The same change on another day takes the place of the one before: its day was corrected.

    Raises
    ------
    DataError
        When something later is already known of that person's teams.
    """
    own = _before(team, [m for m in groups.memberships if m.code == code])
    if last := max((day for day in _changes(own) if day > on), default=None):
        raise DataError(
            f"{code} cannot change teams on {on}: a change on {last} is already known; "
            "give a day from then on"
        )
    if any(m.team == team and m.holds_on(on) and m.valid_to is None for m in own):
        return groups
    ended = [_ended(m, on) for m in own]
    others = [m for m in groups.memberships if m.code != code]
    added = [Membership(code, team, valid_from=on)] if team else []
    kept = [m for m in ended if m.valid_from is None or m.valid_from != m.valid_to]
    return replace(groups, memberships=in_order([*others, *kept, *added]))


def founded(groups: Groups, team: str, people: Sequence[Participant], on: date | None) -> Groups:
    """Return the groups with a new team of these people; on a day, they leave their old ones.

    Without a day they are in it from the start, or since they left a team on a day.
    """
    new = Team(team, one_site(people), champions_in(people))
    groups = replace(groups, teams=tuple(sorted((*groups.teams, new))))
    for code in sorted({person.code for person in people}):
        if on:
            groups = moved(groups, code, team, on)
        else:
            others = [m for m in groups.memberships if m.code != code or m.valid_to]
            since = max((m.valid_to for m in others if m.code == code and m.valid_to), default=None)
            groups = replace(groups, memberships=in_order([*others, Membership(code, team, since)]))
    return groups


def districts_of(people: Iterable[Participant], site: str) -> tuple[str, ...]:
    """Return the districts or counties that the people of a site name, in order."""
    named = {p.application.district for p in people if p.site == site}
    return tuple(sorted(named - {""}))


def one_site(members: Iterable[Participant]) -> str:
    """Return the site where all members work, or an empty text where there are several."""
    sites = {person.site for person in members}
    return sites.pop() if len(sites) == 1 else ""


def champions_in(members: Iterable[Participant]) -> tuple[str, ...]:
    """Return the codes of the members who are executive champions themselves."""
    return tuple(sorted(person.code for person in members if person.application.champion))


def championed(team: Team, joined: Iterable[Participant]) -> Team:
    """Return a team with those who join it as champions who are executive champions themselves."""
    return replace(team, champions=tuple(sorted({*team.champions, *champions_in(joined)})))


def in_order(memberships: Iterable[Membership]) -> tuple[Membership, ...]:
    """Return memberships by person and then by day, each once."""
    unique = dict.fromkeys(memberships)
    return tuple(sorted(unique, key=lambda m: (m.code, m.valid_from or date.min, m.team)))


def for_the_time_of(
    membership: Membership, first: date | None, end: date | None
) -> Membership | None:
    """Return the part of a membership from a day and up to a day, ``None`` where there is none."""
    since = max(filter(None, (membership.valid_from, first)), default=None)
    until = min(filter(None, (membership.valid_to, end)), default=None)
    if since and until and until <= since:
        return None
    return replace(membership, valid_from=since, valid_to=until)


def _changes(own: Iterable[Membership]) -> list[date]:
    return [day for m in own for day in (m.valid_from, m.valid_to) if day]


def _before(team: str, own: list[Membership]) -> list[Membership]:
    """Return somebody's memberships as they were before the last change, if it was to this team."""
    last = max(_changes(own), default=None)
    into = next((m.team for m in own if m.valid_from == last), "")
    if last is None or into != team:
        return own
    return [
        replace(m, valid_to=None) if m.valid_to == last else m for m in own if m.valid_from != last
    ]


def _ended(membership: Membership, on: date) -> Membership:
    return replace(membership, valid_to=on) if membership.valid_to is None else membership


def _in_order(what: str, first: date | None, end: date | None) -> None:
    if first and end and end < first:
        raise DataError(f"{what} ends on {end}, before it begins on {first}; turn the days round")
