"""A champion or a mentor taken back: a slip of the hand; whoever really stops is ended on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from cstools.cohorts.basics.taking_back import (
    NOTHING_ELSE,
    Found,
    Gone,
    Note,
    about_of,
    without_day,
)
from cstools.cohorts.teams.mentor_steps import STEP
from cstools.errors import DataError, unknown_name

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort


def champion(cohort: Cohort, about: tuple[str, ...], day: date | None) -> Found | Gone:
    """Find a champion by the team, and who it is."""
    name, who = about_of(about, "champion", "its team, and the code or the role", 2, 2)
    without_day("champion", day)
    teams = cohort.teams
    held = teams._team(name)
    who = teams._worded(who, f"the champion of '{held.name}'", "superintendent")
    enrolled = any(person.code == who for person in cohort.people)
    note = Note("champion", (who,), (name,)) if enrolled else Note("champion", (), (name, who))
    if who not in held.champions:
        return Gone(note, unknown_name(who, held.champions, f"champions of '{name}'"))
    others = tuple(each for each in held.champions if each != who)
    return Found((note,), {"groups": teams._changed(replace(held, champions=others))})


def mentor(cohort: Cohort, about: tuple[str, ...], day: date | None) -> Found | Gone:
    """Find a mentor by id; who accompanied a team until a day, or was given one, stays known."""
    (id,) = about_of(about, "mentor", "the id, as M-1", 1, 1)
    without_day("mentor", day)
    groups = cohort.groups
    others = tuple(each for each in groups.mentors if each.id != id)
    if len(others) == len(groups.mentors):
        known = [each.id for each in others]
        where = f"mentors of '{cohort.name}'"
        return Gone(Note("mentor", (), (id,)), unknown_name(id, known, where))
    _refuse_what_rests_on(cohort, id)
    mentoring = tuple(each for each in groups.mentoring if each.mentor != id)
    count = len({each.team for each in groups.mentoring if each.mentor == id})
    cost = f"takes it from {count} team{'s' * (count > 1)}, until mentors are assigned again"
    note = Note("mentor", (), (id,), cost=cost if count else NOTHING_ELSE)
    return Found((note,), {"groups": replace(groups, mentors=others, mentoring=mentoring)})


def _refuse_what_rests_on(cohort: Cohort, id: str) -> None:
    for number, held in enumerate(cohort.overruled, start=1):
        if held.step == STEP and not held.taken_back and held.things[1] == id:
            raise DataError(
                f"overruling {number} gives {id} to '{held.things[0]}'; take_back() for that "
                "number comes first"
            )
    for each in cohort.groups.mentoring:
        if each.mentor == id and each.valid_to:
            raise DataError(
                f"{id} accompanied '{each.team}' until {each.valid_to}, and that stays true; a "
                "mentor who has stopped stays in the list, and is given no team any more"
            )


NOTED = {"champion": champion, "mentor": mentor}
