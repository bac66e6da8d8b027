"""Buddies as a network of sites: who works where, which groups link which sites, and who is alone.

Plain values, from which a picture and a table are made. People are codes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import combinations
from typing import TYPE_CHECKING

import networkx as nx

from cstools.cohorts.basics.people import Participant
from cstools.cohorts.basics.spelling import folded
from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.basics.zones import offset, zone
from cstools.cohorts.buddies.terms import FREEZE, PAIR, STEP

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

_NOON, _ANY_DAY = time(12), date(2026, 1, 1)
_MOST_NAMED = 6  # people who are alone, named in a sentence
WISHED, FROZEN = "wished", "frozen"


@dataclass(frozen=True)
class Site:
    """A site, or all sites on one clock: its name, its people, and how its clock stands.

    ``clock`` is how many minutes the clock stands ahead of UTC when the year begins.
    """

    name: str
    clock: int
    people: tuple[str, ...]


@dataclass(frozen=True)
class Tie:
    """A group of two or three, what they share, and whether people decided on it."""

    people: tuple[str, ...]
    shared: str
    decided: str = ""
    number: int = 0

    @property
    def kind(self) -> str:
        """What a group of this size is called."""
        return "pair" if len(self.people) == 2 else "trio"

    @property
    def by_people(self) -> str:
        """How people decided on it, with the number of the overruling."""
        return f"{self.decided} (overruling {self.number})" if self.decided else "–"


@dataclass(frozen=True)
class Network:
    """Sites from west to east, the groups between them, and who has none.

    ``alone`` have a seat and no buddy; ``gone`` have a buddy and no seat any more.
    """

    title: str
    sites: tuple[Site, ...]
    ties: tuple[Tie, ...]
    alone: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def home(self) -> dict[str, int]:
        """The place of each person's site in ``sites``, by code."""
        return {code: k for k, site in enumerate(self.sites) for code in site.people}

    def links(self) -> Counter[tuple[int, int]]:
        """Return how many groups link two sites, by their places in order; a trio links three."""
        home, found = self.home, Counter[tuple[int, int]]()
        for tie in self.ties:
            for one, other in combinations(sorted(home[code] for code in tie.people), 2):
                found[one, other] += 1
        return found


def network(cohort: Cohort) -> Network:
    """Return a cohort's buddies as a network of its sites."""
    seated = {person.code for person in cohort.accepted}
    ties = _ties(cohort)
    placed = {code for tie in ties for code in tie.people}
    there = [person for person in cohort.people if person.code in seated | placed]
    return Network(
        f"{cohort.name}: buddies on their sites",
        _sites(there, cohort.programme.first_day or _ANY_DAY),
        ties,
        tuple(sorted(seated - placed)),
        tuple(sorted(placed - seated)),
    )


def _ties(cohort: Cohort) -> tuple[Tie, ...]:
    decided = _decided(cohort)
    ties: dict[tuple[str, ...], Tie] = {}
    for told in cohort.buddies:
        group = tuple(sorted((told.code, *told.buddies)))
        if told.buddies and group not in ties:
            shared = f"{told.hours} h a week, {' or '.join(told.languages) or 'no language'}"
            ties[group] = Tie(group, shared, *_decision(group, decided))
    return tuple(ties[group] for group in sorted(ties))


def _decided(cohort: Cohort) -> list[tuple[set[str], tuple[str, int]]]:
    """Return how people decided on groups: a frozen group, or a wished two of a group."""
    words = {FREEZE: FROZEN, PAIR: WISHED}
    return [
        (set(held.people), (words[held.wish], number))
        for number, held in enumerate(cohort.overruled, start=1)
        if held.step == STEP and held.wish in words and not held.taken_back
    ]


def _decision(
    group: tuple[str, ...], decided: Iterable[tuple[set[str], tuple[str, int]]]
) -> tuple[str, int]:
    found = [told for people, told in decided if people <= set(group)]
    return max(found, key=lambda told: (told[0] == FROZEN, told[1]), default=("", 0))


def _sites(people: Iterable[Participant], day: date) -> tuple[Site, ...]:
    """Return the sites from west to east; two spellings of one site are one."""
    by_site: dict[str, list[Participant]] = {}
    for person in people:
        by_site.setdefault(folded(person.site), []).append(person)
    made = [
        Site(
            _commonest(person.site for person in own),
            _clock(_commonest(person.time_zone for person in own), day),
            tuple(sorted(person.code for person in own)),
        )
        for own in by_site.values()
    ]
    return tuple(sorted(made, key=lambda site: (site.clock, site.name, site.people)))


def _commonest(words: Iterable[str]) -> str:
    counts = Counter(words)
    return min(counts, key=lambda word: (-counts[word], word))


def _clock(time_zone: str, day: date) -> int:
    noon = datetime.combine(day, _NOON, tzinfo=UTC)
    return int(offset(noon.astimezone(zone(time_zone))).total_seconds() // 60)


def clock_told(minutes: int) -> str:
    """Return how a clock stands to UTC, as ``UTC+5:30``."""
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")


def by_clock(found: Network) -> Network:
    """Return the network with all sites on one clock as one."""
    clocks: dict[int, list[Site]] = {}
    for site in found.sites:
        clocks.setdefault(site.clock, []).append(site)
    made = tuple(
        Site(
            f"{clock_told(clock)}, {len(own)} site{'s' * (len(own) > 1)}",
            clock,
            tuple(sorted(code for site in own for code in site.people)),
        )
        for clock, own in sorted(clocks.items())
    )
    return Network(found.title, made, found.ties, found.alone, found.gone)


def told(found: Network) -> str:
    """Say a network in words: its groups, who is alone, and whether it hangs together."""
    kinds = Counter(tie.kind for tie in found.ties)
    people = sum(len(site.people) for site in found.sites)
    groups = " and ".join(
        f"{count} {kind}{'s' * (count > 1)}" for kind, count in sorted(kinds.items())
    )
    said = [f"{found.title}: {people} people at {len(found.sites)} sites, {groups}", _alone(found)]
    decisions = Counter(tie.decided for tie in found.ties if tie.decided)
    if decisions:
        words = " and ".join(f"{count} {word}" for word, count in sorted(decisions.items()))
        said.append(f"By people's decision: {words}")
    if found.gone:
        said.append(f"With a buddy and no seat any more: {_named(found.gone)}")
    return ". ".join([*said, _parts(found)]) + "."


def _alone(found: Network) -> str:
    return f"Alone: {_named(found.alone)}" if found.alone else "Nobody is alone"


def _named(codes: tuple[str, ...]) -> str:
    listed = ", ".join(codes[:_MOST_NAMED])
    more = len(codes) - _MOST_NAMED
    return f"{listed} and {more} more" if more > 0 else listed


def _parts(found: Network) -> str:
    """Say whether the buddies hang all sites together."""
    graph = nx.Graph(list(found.links()))
    graph.add_nodes_from(range(len(found.sites)))
    parts = nx.number_connected_components(graph)
    if parts == 1:
        return "From every site one reaches every other over buddies"
    return f"The sites fall into {parts} parts that no buddies link"


def groups_table(found: Network) -> Table:
    """Return each group with its sites and what it shares, then who is alone."""
    home = found.home
    site_of = {code: found.sites[place].name for code, place in home.items()}
    rows = [
        (
            ", ".join(tie.people),
            tie.kind,
            " · ".join(site_of[code] for code in tie.people),
            tie.shared,
            tie.by_people,
        )
        for tie in found.ties
    ]
    rows += [(code, "alone", site_of[code], "–", "–") for code in found.alone]
    columns = ("group", "kind", "sites", "what they share", "decided by people")
    return table(found.title, columns, rows)


def links_table(found: Network, unit: str) -> Table:
    """Return how many groups link two sites, the most first."""
    links = found.links()
    ranked = sorted(links.items(), key=lambda pair: (-pair[1], pair[0]))
    rows = [(found.sites[a].name, found.sites[b].name, count) for (a, b), count in ranked]
    alone = len(found.alone)
    notes = ["A trio counts as one between each two of its sites.", f"{alone} alone."]
    return table(found.title, (unit, f"other {unit}", "groups between them"), rows, notes)
