"""Who may not review whom, and by which rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from cstools.cohorts.basics.overruling import Overruling
from cstools.cohorts.basics.spelling import folded
from cstools.cohorts.buddies.standing import ever_paired
from cstools.cohorts.review.values import Conflict, Faculty

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

STEP = "panels"
PUT_ON, KEEP_OFF = "put on panel", "keep off panel"
Pair = tuple[str, str]
Units = Mapping[str, tuple[str, ...]]


def conflicts(cohort: Cohort, units: Units) -> dict[Pair, str]:
    """Return for each pair of a unit and a faculty id that is barred the rules that bar it.

    A team has the conflicts of each of its members.
    """
    found, paired = {}, ever_paired(cohort)
    for of, members in units.items():
        for each in cohort.review.faculty:
            buddies = ("buddy" for code in members if (code, each.person) in paired)
            rules = sorted({*_rules(cohort, each, of, members), *buddies})
            if rules:
                found[of, each.id] = " and ".join(rules)
    return found


def _rules(cohort: Cohort, each: Faculty, of: str, members: Iterable[str]) -> Iterator[str]:
    declared = cohort.review.declared
    if Conflict(each.id, of) in declared:
        yield "declared"
    for code in members:
        person = next(p for p in cohort.people if p.code == code)
        if Conflict(each.id, code) in declared:
            yield "declared"
        if folded(person.site) in {folded(site) for site in _sites(cohort, each)}:
            yield "own site"
        own = _teams(cohort, code)
        if _mentored(cohort, each) & {folded(code), folded(of), *own}:
            yield "own mentor"
        if each.person == code:
            yield "the same person"
        elif each.person and own & _teams(cohort, each.person):
            yield "team-mate"


def _sites(cohort: Cohort, each: Faculty) -> Iterator[str]:
    """Give every site where one of the faculty works, also as a participant or a mentor."""
    yield from each.sites
    yield from (p.site for p in cohort.people if p.code == each.person and folded(p.site))
    yield from (m.site for m in cohort.groups.mentors if m.id == each.person and folded(m.site))


def _teams(cohort: Cohort, code: str) -> set[str]:
    """Return every team that somebody is or was in."""
    applied = {folded(p.team) for p in cohort.people if p.code == code}
    dated = {folded(m.team) for m in cohort.groups.memberships if m.code == code}
    return (dated if cohort.groups.formed else applied) - {""}


def _mentored(cohort: Cohort, each: Faculty) -> set[str]:
    """Return whom one of the faculty accompanies or accompanied as a mentor."""
    ours = {folded(m.team) for m in cohort.groups.mentoring if m.mentor == each.person}
    return ours | {folded(name) for name in each.mentors}


def decided_pairs(cohort: Cohort, wish: str) -> dict[Pair, int]:
    """Return the pairs that a person decided on with one wish, with the overruling's number.

    Of two decisions on one pair the later counts.
    """
    newest = {
        pair: (held.wish, number)
        for number, held in enumerate(cohort.overruled, start=1)
        if held.step == STEP and not held.taken_back
        for pair in pairs_of(held)
    }
    return {pair: number for pair, (said, number) in newest.items() if said == wish}


def pairs_of(held: Overruling) -> tuple[Pair, ...]:
    """Return the unit and the faculty id that an overruling about panels decides on."""
    return ((held.people[0] if held.people else held.things[1], held.things[0]),)
