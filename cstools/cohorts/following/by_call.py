"""What people decided about attendance on a call, each by the call's lasting identity.

A decision is kept with its call's name and day, as people read it, and with the identity, by which
it follows a call that is moved. Older stores have the name and day alone: the identity is found in
the calendar that was kept with them, before another one takes its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from cstools.cohorts.basics.overruling import Overruling
from cstools.cohorts.calendar.year import year_events
from cstools.cohorts.following.which_call import call_name
from cstools.errors import CstoolsError

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort
    from cstools.cohorts.programmes.programme import Programme

STEP = "attendance"
COUNTS, COUNTS_NOT = "counts as there", "counts as not there"


def with_lasting_calls(cohort: Cohort) -> Cohort:
    """Return the cohort with each decision on attendance kept by its call; itself where all are."""
    told = by_lasting_call(cohort)
    return cohort if told == cohort.overruled else replace(cohort, overruled=told)


def by_lasting_call(cohort: Cohort) -> tuple[Overruling, ...]:
    """Return what people decided, with the call's identity behind a name and day that stand alone.

    A name and day that no call has now is that of a call which was moved from there. Where no call
    ever was then, the decision stays as it is.
    """
    if not any(map(_by_day_alone, cohort.overruled)):
        return cohort.overruled
    uids = dict(_planned(cohort)) | dict(_now(cohort))
    return tuple(
        replace(held, things=(held.things[0], uids[held.things[0]]))
        if _by_day_alone(held) and held.things[0] in uids
        else held
        for held in cohort.overruled
    )


def _by_day_alone(held: Overruling) -> bool:
    return held.step == STEP and len(held.things) == 1


def _planned(cohort: Cohort) -> Iterator[tuple[str, str]]:
    """Give calls by name and the day that their series gives them, whatever was moved since."""
    facts = cohort.programme.facts.model_copy(update={"sessions": ()})
    return _named(replace(cohort.programme, facts=facts), cohort.name)


def _now(cohort: Cohort) -> Iterable[tuple[str, str]]:
    """Return calls by name and day as they are now; none where a single call is decided wrongly."""
    try:
        return list(_named(cohort.programme, cohort.name))
    except CstoolsError:  # told where the calendar is asked for; what is kept can be read anyway
        return ()


def _named(programme: Programme, cohort: str) -> Iterator[tuple[str, str]]:
    calls = (event for event in year_events(programme, cohort) if event.kind == "call")
    return ((call_name(event), event.uid) for event in calls)
