"""Panels for a cohort: who is reviewed, who may review, and why each panel is as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from cstools.cohorts.basics.before import seated_people
from cstools.cohorts.basics.hours import DAYS, WHOLE_WEEK, FreeTime, week_bits
from cstools.cohorts.basics.overruling import of_step, with_costs
from cstools.cohorts.basics.spelling import folded
from cstools.cohorts.review.conflicts import (
    KEEP_OFF,
    PUT_ON,
    STEP,
    Pair,
    conflicts,
    decided_pairs,
)
from cstools.cohorts.review.panels import (
    Panels,
    Question,
    Reviewer,
    best_panels,
    measures,
    shared_starts,
)
from cstools.cohorts.review.values import KINDS, Kind, Panel, Unit, standing
from cstools.cohorts.selection.seat_days import seated_on
from cstools.cohorts.teams.groups import team_on
from cstools.errors import DataError, shown

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort


@dataclass(frozen=True)
class Terms:
    """How panels are made: how many of each kind, whose work, in which week, and the lot's seed."""

    each: Mapping[Kind, int]
    unit: Unit
    week: date | None = None
    seed: int = 0


def unit_of(cohort: Cohort, asked: Unit | None = None) -> Unit:
    """Return whose work is judged, a person's or a team's: asked, decided before, or stated.

    Raises
    ------
    DataError
        When none of the three says so.
    """
    if asked is not None and asked not in ("person", "team"):
        raise DataError(f"unit is {shown(asked)}; write 'person' or 'team'")
    unit = asked or cohort.review.unit or cohort.programme.facts.qualification.unit
    if unit is None:
        raise DataError(
            f"'{cohort.programme.id}' does not state whether a person or a team is judged; write "
            "assign_panels(unit='person'), or state unit under [qualification] in an overlay"
        )
    return unit


def units(cohort: Cohort, unit: Unit, day: date | None = None) -> dict[str, tuple[str, ...]]:
    """Return everybody who is judged, with their members: a person by code, a team by name.

    A team has the members that it has on a day, of those who have a seat then; without a day,
    now. Whoever has a seat and is in no team is not in any unit of teams.
    """
    here = seated_people(cohort)
    if unit == "person":
        return {person.code: (person.code,) for person in here}
    spelled: dict[str, str] = {}
    found: dict[str, tuple[str, ...]] = {}
    seated = [p.code for p in here] if day is None else seated_on(cohort, day)
    for code in seated if here else ():
        team = team_on(cohort.groups, cohort.people, code, day)
        if folded(team):
            name = spelled.setdefault(folded(team), team)
            found[name] = (*found.get(name, ()), code)
    return dict(sorted(found.items()))


def judged_units(cohort: Cohort, unit: Unit, day: date | None = None) -> dict[str, tuple[str, ...]]:
    """Return the same, with those who have left while their portfolio is still with its panel."""
    here, review = units(cohort, unit, day), cohort.review
    for attempt in review.attempts:
        of_this_unit = (attempt.members == (attempt.of,)) == (unit == "person")
        if of_this_unit and standing(attempt, review.signatures).day is None:
            here.setdefault(attempt.of, attempt.members)
    return dict(sorted(here.items()))


def without_team(cohort: Cohort, unit: Unit) -> tuple[str, ...]:
    """Return whom a review of teams does not reach: people with a seat and without a team."""
    if unit == "person":
        return ()
    inside = {code for members in judged_units(cohort, unit).values() for code in members}
    return tuple(person.code for person in seated_people(cohort) if person.code not in inside)


def assigned(cohort: Cohort, terms: Terms) -> Cohort:
    """Return the cohort with panels, a reason for each, and the costs of what was overruled."""
    judged = judged_units(cohort, terms.unit)
    if not judged:
        raise DataError(
            f"'{cohort.name}' has nobody to review: panels are for {terms.unit}s with a seat; "
            "select() comes before panels"
        )
    question = _question(cohort, terms, judged)
    found = best_panels(question)
    barred = conflicts(cohort, judged)
    panels = tuple(
        _explained(cohort, question, of, members, barred) for of, members in found.items()
    )
    costs = [
        _cost(question, found, best_panels(_question(_without(cohort, k), terms, judged)))
        for k, held in enumerate(cohort.overruled)
        if held in of_step(cohort.overruled, STEP)
    ]
    review = replace(cohort.review, unit=terms.unit, panels=panels)
    return replace(cohort, review=review, overruled=with_costs(cohort.overruled, STEP, costs))


def opened_again(cohort: Cohort) -> tuple[Panel, ...]:
    """Return the panels that stay when panels are made anew: those whose review has begun."""
    begun = {attempt.of for attempt in cohort.review.attempts}
    return tuple(panel for panel in cohort.review.panels if panel.of in begun)


def _without(cohort: Cohort, place: int) -> Cohort:
    return replace(cohort, overruled=(*cohort.overruled[:place], *cohort.overruled[place + 1 :]))


def _question(cohort: Cohort, terms: Terms, judged: Mapping[str, tuple[str, ...]]) -> Question:
    off = decided_pairs(cohort, KEEP_OFF)
    begun = {(panel.of, id) for panel in opened_again(cohort) for id in panel.members}
    barred = frozenset(conflicts(cohort, judged)) | set(off)
    forced = (set(decided_pairs(cohort, PUT_ON)) - set(off)) | (begun - barred)
    monday = _monday(cohort, terms)
    by_code = {person.code: person for person in cohort.people}
    weeks = {}
    for of, members in judged.items():
        weeks[of] = WHOLE_WEEK
        for person in (by_code[code] for code in members):
            weeks[of] &= _week(person.application.free, person.time_zone, monday)
    reviewers = tuple(
        Reviewer(each.id, each.kind, each.most, _week(each.free, each.time_zone, monday))
        for each in sorted(cohort.review.faculty, key=lambda each: each.id)
    )
    there = frozenset(pair for pair in forced if pair[0] in judged)
    return Question(weeks, reviewers, barred, there, terms.each, terms.seed)


def _week(free: tuple[FreeTime, ...], zone: str, monday: date | None) -> int:
    """Return somebody's free week; who gave no hours is taken to find one."""
    return week_bits(free, zone, monday) if free and monday else WHOLE_WEEK


def _monday(cohort: Cohort, terms: Terms) -> date | None:
    """Return the Monday of the review's week; without hours of the faculty no week is needed."""
    if not any(each.free for each in cohort.review.faculty):
        return None
    day = terms.week or cohort.programme.last_day
    if not isinstance(day, date):
        raise DataError(
            f"'{cohort.programme.id}' states no dates, and which hours people share depends on the "
            "week; write the review's week as assign_panels(week=date(2027, 7, 5))"
        )
    return day - timedelta(day.weekday())


def _explained(
    cohort: Cohort,
    question: Question,
    of: str,
    members: tuple[str, ...],
    barred: Mapping[Pair, str],
) -> Panel:
    put_on, off = decided_pairs(cohort, PUT_ON), decided_pairs(cohort, KEEP_OFF)
    lacks, told = [], []
    for kind in KINDS:
        all_of_kind = [each for each in question.reviewers if each.kind == kind]
        able = [each.id for each in all_of_kind if (of, each.id) not in question.barred]
        told.append(f"{len(able)} of {len(all_of_kind)} {kind}")
        have = sum(each.id in members for each in all_of_kind)
        if have < question.wanted(of, kind):
            lacks.append(_lacking(kind, len(all_of_kind), len(able), have))
    for each in question.reviewers:
        pair = (of, each.id)
        rule = f"overruling {off[pair]}" if pair in off else barred.get(pair, "")
        if pair in put_on and pair not in off:
            rule = f"on it by overruling {put_on[pair]}" + (f" against: {rule}" if rule else "")
        told += [f"{each.id} {rule}"] if rule else []
    starts = shared_starts(question, of, members)
    if members and not starts:
        lacks.append("no free hour that all of them share")
    hours = _first_hour(starts) if members and starts != WHOLE_WEEK else ""
    able_told = f"{told[0]} and {told[1]} faculty without conflict"
    return Panel(of, members, tuple(lacks), "; ".join([able_told, *told[2:]]), hours)


def _lacking(kind: Kind, named: int, able: int, have: int) -> str:
    more = " more" if have else ""
    if named == 0:
        return f"no {kind} faculty is named yet"
    if able <= have:
        return f"no{more} {kind} faculty without conflict"
    return f"no{more} {kind} faculty without conflict who takes another panel"


def _first_hour(starts: int) -> str:
    quarter = (starts & -starts).bit_length() - 1 if starts else 0
    day, of_day = divmod(quarter, 24 * 4)
    return f"{DAYS[day]} {of_day // 4}:{of_day % 4 * 15:02d} UTC" if starts else ""


def _cost(question: Question, panels: Panels, other: Panels) -> tuple[str, tuple[str, ...]]:
    """Return what an overruling costs, measured against the panels without it, and who pays."""
    here, there = measures(question, panels), measures(question, other)
    words = ("empty seat", "panel short of somebody", "panel without a shared hour")
    worse = [
        f"{now - then} {word}{'s' * (now - then > 1)} more"
        for now, then, word in zip(here, there, words, strict=False)
        if now > then
    ]
    if not worse and here[3] > there[3]:
        worse = ["a less even load on the faculty"]
    pays = tuple(of for of in panels if of.startswith("P-") and len(panels[of]) < len(other[of]))
    return ", ".join(worse) or "nothing", pays
