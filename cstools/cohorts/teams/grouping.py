"""Teams, sites and mentors: one door to everything that is decided about who works together.

Each step gives a new cohort, and doing one again changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from cstools.cohorts.applying.columns import languages as spoken
from cstools.cohorts.basics.asked import as_choice, as_day, as_seed, as_text, as_texts, person_of
from cstools.cohorts.basics.hours import parse_free_hours
from cstools.cohorts.basics.naming import refuse_names
from cstools.cohorts.basics.overruling import Overruling, with_overruling
from cstools.cohorts.basics.people import Participant
from cstools.cohorts.basics.spelling import folded
from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.basics.zones import of_a_place
from cstools.cohorts.teams import days
from cstools.cohorts.teams import groups as plain
from cstools.cohorts.teams import mentor_steps as mentors
from cstools.cohorts.teams.groups import Groups, Mentor, Site, Team
from cstools.cohorts.teams.inviting import invited, refuse_own_teams
from cstools.cohorts.teams.mentoring import told
from cstools.cohorts.teams.tables import loads_table, team_flags, teams_table
from cstools.errors import DataError, shown, unknown_name

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort
    from cstools.cohorts.review.helpers import Helpers

Day = date | str | None
_MENTOR = re.compile(r"[^\s@]{1,40}")


@dataclass(frozen=True, repr=False)
class Grouping:
    """What may be decided and asked about a cohort's teams, sites and mentors."""

    cohort: Cohort

    def form(self) -> Cohort:
        """Return the cohort with the teams that the people with a seat applied with.

        What was decided since (a move, a site, a champion, a mentor) stays as it is.

        Raises
        ------
        DataError
            When nobody has a seat yet, or nobody who has one applied with a team.
        """
        if not self.cohort.accepted:
            raise DataError(
                f"'{self.cohort.name}' has nobody with a seat yet; select() comes before teams"
            )
        gone, left = days.who_left(self.cohort)
        made = plain.formed(self._groups, self.cohort.accepted, gone, left)
        if not made.teams:
            raise DataError(
                f"nobody with a seat in '{self.cohort.name}' applied with a team; name one with "
                'teams.found("name of the team", …codes)'
            )
        return self._with(made)

    def found(self, team: str, *codes: str, on: Day = None) -> Cohort:
        """Return the cohort with a new team of these people; on a day, they leave their old ones.

        Raises
        ------
        UnknownNameError, DataError
            When a code is nobody's, the name is empty or taken, or a day is none.
        """
        name = self._worded(team, "the team's name", "Hill team")
        if any(folded(name) == folded(held.name) for held in self._groups.teams):
            raise DataError(f"a team needs a name that no other has; {shown(team)} will not do")
        members = [self._person(code) for code in codes]
        if not members:
            raise DataError(f"the team '{name}' has nobody in it; write the codes after its name")
        return self._with(plain.founded(self._formed, name, members, _day(on)))

    def move(self, code: str, team: str, *, on: date | str) -> Cohort:
        """Return the cohort with somebody in another team from a day on; the past stays true.

        The same move on another day corrects the day of the last one.

        Raises
        ------
        UnknownNameError, DataError
            When nobody has the code, no team the name, a later change is already known, or the
            seat has ended by then.
        """
        person, held, day = self._person(code), self._team(team), as_day(on)
        days.refuse_after_the_seat(self.cohort, code, day)
        was_in_it = any(m.code == code and m.team == team for m in self._formed.memberships)
        into = held if was_in_it else plain.championed(held, [person])
        return self._with(plain.moved(self._changed(into), code, team, day))

    def leave(self, code: str, *, on: date | str) -> Cohort:
        """Return the cohort with somebody in no team from a day on; the past stays true.

        Said again, it corrects the day of the last leaving.

        Raises
        ------
        UnknownNameError, DataError
            When nobody has the code, or a later change is already known.
        """
        self._person(code)
        return self._with(plain.moved(self._formed, code, "", as_day(on)))

    def work_on(self, team: str, site: str) -> Cohort:
        """Return the cohort with a team's site as its own choice: the focus of its project."""
        site = self._worded(site, f"the site of '{team}'", "Example Hill School")
        changed = replace(self._team(team), site=site)
        sites = {held.name: held for held in self._formed.sites}
        sites.setdefault(site, Site(site))
        return self._with(replace(self._changed(changed), sites=tuple(sorted(sites.values()))))

    def champion(self, team: str, who: str) -> Cohort:
        """Return the cohort with one more executive champion of a team.

        ``who`` is the code of a participant or the role of somebody outside the programme, as
        ``superintendent``; never a name.

        Raises
        ------
        UnknownNameError, DataError
            When no team has the name, nobody the code, or a name of somebody enrolled is given.
        """
        held = self._team(team)
        who = self._worded(who, f"the champion of '{held.name}'", "superintendent")
        if who.startswith("P-"):
            self._person(who)
        return self._with(
            self._changed(replace(held, champions=tuple(sorted({*held.champions, who}))))
        )

    def cluster(self, name: str, *sites: str) -> Cohort:
        """Return the cohort with these sites in one district or county.

        Raises
        ------
        UnknownNameError
            When there is no such site; the nearest is named.
        """
        name = self._worded(name, "the district or county", "Example County")
        known = {site.name: site for site in self._formed.sites}
        for site in sites:
            if not isinstance(site, str) or site not in known:
                raise unknown_name(site, sorted(known), f"sites of '{self.cohort.name}'")
            known[site] = Site(site, name)
        return self._with(replace(self._formed, sites=tuple(sorted(known.values()))))

    def mentor(
        self,
        id: str,
        *,
        site: str = "",
        languages: str | Iterable[str],
        time_zone: str,
        free: str,
        most: int | None = None,
    ) -> Cohort:
        """Return the cohort with one more mentor, or with new answers of one who is there.

        Parameters
        ----------
        id
            A short id such as ``M-1``, never a name; the list of who is who stays with you.
        site
            Where they work; empty is not stated.
        languages, time_zone, free
            As in an application: ``English``, ``Europe/Copenhagen``, ``Mon 16-18; Wed 9-11``.
        most
            The most teams they take; without a number there is no limit.

        Raises
        ------
        DataError
            When the id has blanks or is a name, or a zone, an hour or a number cannot be read.
        """
        if not isinstance(id, str) or not _MENTOR.fullmatch(id.strip()):
            raise DataError(f"mentor {shown(id)}: write a short id as 'M-1', never a name")
        self._worded(id, "a mentor's id", "M-1")
        new = Mentor(
            id.strip(),
            site if site == "" else self._worded(site, f"the site of {id}", "Example Hill School"),
            spoken("; ".join(as_texts(languages, f"a language of {id}", "English"))),
            of_a_place(time_zone),
            parse_free_hours(free),
            most,
        )
        others = [held for held in self._groups.mentors if held.id != new.id]
        return self._with(replace(self._groups, mentors=tuple(sorted((*others, new)))))

    def invite(self, helpers: Helpers, *, most: int | None = None) -> Cohort:
        """Return the cohort with an earlier run's helpers as mentors, who agreed to be.

        ``helpers`` is what ``helpers()`` of the earlier cohort gives, ``most`` the most teams that
        each of them takes. The same helpers again change nothing. Whoever takes part in this run
        is known by e-mail; of those who apply later, :meth:`assign` says so.

        Raises
        ------
        DataError
            When one of them takes part in this run, and might accompany the own team.
        """
        known = invited(self.cohort, helpers, most)
        return self._with(replace(self._groups, mentors=known))

    def give_mentor(self, team: str, id: str, *, by: str, why: str) -> Cohort:
        """Return the cohort with a team's mentor as you decide; :meth:`assign` comes next.

        Raises
        ------
        UnknownNameError, DataError
            When there is no such team or mentor, or the role or the reason is missing.
        """
        self._team(team)
        self._mentor(id)
        new, held = Overruling(mentors.STEP, mentors.GIVE, (), by, why, (team, id)), self.cohort
        overruled = with_overruling(held.overruled, new, held.people, mentors.accompanied)
        return replace(self.cohort, overruled=overruled, groups=self._formed)

    def assign(self, *, own_site: bool = True, seed: int = 0, on: Day = None) -> Cohort:
        """Return the cohort with a mentor for every team that can have one, loads even.

        Parameters
        ----------
        own_site
            ``False``: no mentor accompanies a team of the own site.
        seed
            Decides what the lot decides.
        on
            The day from which it holds. Mentors who accompany a team on that day stay, and only
            teams without one are given one. Without a day all is decided anew, from the start; a
            mentor who has stopped on a day stays known until it, and the next one follows.

        Raises
        ------
        DataError
            When there are no mentors yet or one of them takes part in this run, nobody has a seat,
            or the programme states no dates.
        """
        if not self._groups.mentors:
            raise DataError(
                f"'{self.cohort.name}' has no mentors yet; add each with teams.mentor(\"M-1\", …)"
            )
        refuse_own_teams(self.cohort)
        day, own, drawn = _day(on), as_choice(own_site, "own_site"), as_seed(seed)
        loads = mentors.loads_of(self.cohort, self._formed, day, own_site=own, seed=drawn)
        mentoring, overruled = mentors.assigned(self.cohort.overruled, self._formed, loads, day)
        groups = replace(self._formed, mentoring=mentoring)
        return replace(self.cohort, groups=groups, overruled=overruled)

    def why(self, *, own_site: bool = True) -> Table:
        """Return for each team how its mentor was found, or which rule left it without one."""
        own = as_choice(own_site, "own_site")
        loads = mentors.loads_of(self.cohort, self._formed, None, own_site=own, seed=0)
        now = {m.team: m.mentor for m in self._formed.mentoring if m.holds_on(None)}
        rows = [(team, now.get(team, "none"), why) for team, why in told(loads, now).items()]
        columns = ("team", "mentor", "how it was found")
        return table(f"{self.cohort.name}: mentors and reasons", columns, rows)

    def end_mentoring(self, id: str, *, on: date | str) -> Cohort:
        """Return the cohort after a mentor has stopped on a day; ``assign(on=…)`` fills the gap.

        Said again, it corrects the day. A team that a person gave to the mentor is open again.
        """
        self._mentor(id)
        groups = mentors.stopped(self._groups, id, as_day(on))
        return replace(self._with(groups), overruled=mentors.given_up(self.cohort.overruled, id))

    def of(self, code: str, on: Day = None) -> str:
        """Return the team that somebody is in on a day, or an empty text; no day means now."""
        self._person(code)
        return plain.team_on(self._seated, self.cohort.people, code, _day(on))

    def members(self, team: str, on: Day = None) -> tuple[str, ...]:
        """Return the codes of a team's members on a day; no day means now."""
        applied = {person.team for person in self.cohort.people}
        if not isinstance(team, str) or team not in applied:
            self._team(team)
        return plain.members_on(self._seated, self.cohort.people, team, _day(on))

    def flags(self, on: Day = None) -> tuple[str, ...]:
        """Return what in the teams wants a decision, in sentences; no day means now."""
        return team_flags(self.cohort, days.while_seated(self.cohort, self._formed), _day(on))

    def table(self, on: Day = None) -> Table:
        """Return the teams with cluster, site, members, champions and mentors; no day means now."""
        return teams_table(self.cohort, days.while_seated(self.cohort, self._formed), _day(on))

    def loads_table(self) -> Table:
        """Return each mentor's teams, and how many they take."""
        return loads_table(self.cohort, self._formed)

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        return self.table()._repr_mimebundle_()

    def __repr__(self) -> str:
        return repr(self.table())

    @property
    def _groups(self) -> Groups:
        return self.cohort.groups

    @property
    def _formed(self) -> Groups:
        return days.as_formed(self.cohort)

    @property
    def _seated(self) -> Groups:
        return days.while_seated(self.cohort, self._groups)

    def _with(self, groups: Groups) -> Cohort:
        return self.cohort if groups == self._groups else replace(self.cohort, groups=groups)

    def _changed(self, team: Team) -> Groups:
        others = [held for held in self._formed.teams if held.name != team.name]
        return replace(self._formed, teams=tuple(sorted((*others, team))))

    def _person(self, code: str) -> Participant:
        return person_of(code, self.cohort.people, f"people of '{self.cohort.name}'")

    def _mentor(self, id: str) -> None:
        known = sorted(mentor.id for mentor in self._groups.mentors)
        if id not in known:
            raise unknown_name(id, known, f"mentors of '{self.cohort.name}'")

    def _worded(self, given: object, what: str, example: str) -> str:
        """Return a text that is shown; the name of somebody enrolled has no place in it."""
        text = as_text(given, what, example)
        refuse_names(text, self.cohort.people, what, "{}, an id or a role in place of it")
        return text

    def _team(self, name: str) -> Team:
        for team in self._formed.teams:
            if team.name == name:
                return team
        known = [team.name for team in self._formed.teams]
        raise unknown_name(name, known, f"teams of '{self.cohort.name}'")


def _day(on: Day) -> date | None:
    return None if on is None else as_day(on)
