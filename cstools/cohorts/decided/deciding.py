"""A diary is done entry by entry, whole or not at all; what was done before is not done again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cstools.cohorts.basics.asked import as_day
from cstools.cohorts.basics.before import last_decisions
from cstools.cohorts.basics.naming import named_in, unquoted
from cstools.cohorts.decided.diary import Entry, read_diary
from cstools.cohorts.decided.steps import CALLED, GIVES_SEATS, OPENS_SEATS
from cstools.errors import CstoolsError, DataError

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

Day = date | str | None
_DOOR = re.compile(
    rf"(?:\b(?:paying|pairing|teams|following|reviewing|certificates)\.)?\b({'|'.join(CALLED)})\(([^()]*)\)"
)


_RULING = re.compile(r'\boverrule\("([a-z ]+)", .*?why="…"\)')


def decide(cohort: Cohort, path: str | Path, since: Day, until: Day) -> Cohort:
    """Return the cohort after the entries of a diary, from a day and up to a day.

    Raises
    ------
    FileError, DataError
        When the file cannot be read, an entry cannot be done, or an entry that is new stands
        before one that was done already.
    """
    entries = read_diary(path)
    first, last = (None if day is None else as_day(day) for day in (since, until))
    if first and last and last < first:
        raise DataError(f"since {first} lies after until {last}; turn the two round")
    wanted = [e for e in entries if (not first or first <= e.on) and (not last or e.on <= last)]
    _refuse_what_comes_too_late(wanted, cohort.diary)
    for entry in wanted:
        if entry.mark not in cohort.diary:
            cohort = _after(cohort, entry)
    _refuse_seats_that_are_open_again(wanted, cohort)
    return cohort


def _refuse_what_comes_too_late(entries: Sequence[Entry], done: tuple[str, ...]) -> None:
    """Refuse an entry that was written, or changed, before entries that have been done."""
    known = [entry.mark in done for entry in entries]
    for place, entry in enumerate(entries):
        if not known[place] and any(known[place:]):
            later = max(e.on for e, is_known in zip(entries, known, strict=True) if is_known)
            raise DataError(
                f"{entry.place}: it is new or was changed, and this cohort has been through "
                f"later entries, up to {later}; write it behind them with the day on which it is "
                "decided, or begin with the applications again"
            )


def _refuse_seats_that_are_open_again(entries: Sequence[Entry], cohort: Cohort) -> None:
    """Refuse to end without seats where the diary gave them: something opened them since."""
    kinds = (*OPENS_SEATS, GIVES_SEATS)
    about_seats = [e for e in entries if e.what in kinds and "note" not in e.told]
    if about_seats and about_seats[-1].what == GIVES_SEATS and not cohort.decisions:
        raise DataError(
            f"the seats of '{cohort.name}' are open again, since applications or a decision came "
            f"in after the diary gave them; write another '{GIVES_SEATS}' at its end, with its day"
        )


def _after(cohort: Cohort, entry: Entry) -> Cohort:
    _refuse_names(cohort, entry)
    try:
        after = entry.step.does(cohort, entry.told)
    except CstoolsError as error:
        told = unquoted(str(error), _about_people(entry))
        raise DataError(f"{entry.place}: {_in_words_of_the_diary(told)}") from error
    if entry.step.overrules and _decided_by_people(after) == _decided_by_people(cohort):
        after = cohort
    return replace(after, diary=(*after.diary, entry.mark))


def _decided_by_people(cohort: Cohort) -> list[tuple[Any, ...]]:
    """Return what people decided, without what it costs, and until when each seat is had."""
    until = ((held.code, held.valid_to) for held in last_decisions(cohort))
    told = (
        (held.step, held.wish, held.people, held.things, held.by, held.why, held.taken_back)
        for held in cohort.overruled
    )
    return [*told, *until]


def _refuse_names(cohort: Cohort, entry: Entry) -> None:
    """Refuse an entry that names somebody; what is decided stands in tables that are kept."""
    texts = {key: _as_text(value) for key, value in entry.told.items()}
    if not named_in(" | ".join(texts.values()), cohort.people):
        return
    for key, text in texts.items():
        if code := named_in(text, cohort.people):
            raise DataError(
                f"{entry.place}: '{key}' names {code}; write the code in place of the name or "
                "the e-mail, since what was decided stands in tables that are kept in notebooks"
            )


def _about_people(entry: Entry) -> list[str]:
    """Return what an entry says where codes of people are asked for."""
    told = (entry.told[key] for key in ("person", "people", "who", "about") if key in entry.told)
    return [text for value in told for text in ((value,) if isinstance(value, str) else value)]


def _as_text(value: Any) -> str:
    return " | ".join(value) if isinstance(value, tuple) else str(value)


def _in_words_of_the_diary(message: str) -> str:
    """Return a door's message with steps as a diary calls them."""
    return _DOOR.sub(_as_a_step, _RULING.sub(r"'\1'", message))


def _as_a_step(door: re.Match[str]) -> str:
    return f"'{CALLED[door[1]]}'" + (f" with {door[2]}" if door[2] else "")
