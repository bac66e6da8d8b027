"""A diary of what people decided: a TOML file of entries, in the order in which they are done."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cstools.cohorts.basics.files import place_of
from cstools.cohorts.decided.kinds import as_told, read_day
from cstools.cohorts.decided.steps import STEPS, Step
from cstools.cohorts.programmes.programme_file import read_toml
from cstools.errors import CstoolsError, DataError, brief, did_you_mean, shown

_MOST = 3
_EVERY = ("on", "what")


@dataclass(frozen=True)
class Entry:
    """One decision of a diary.

    Parameters
    ----------
    place
        Where it stands, in words: its number, its step, its day and its file.
    on, what
        The day on which it was decided, and the step.
    told
        What is told with the step, by key, with its day as ``on``.
    mark
        What tells the entry from every other: day, step and a hash of all that is told.
    """

    place: str
    on: date
    what: str
    told: Mapping[str, Any]
    mark: str

    @property
    def step(self) -> Step:
        """The step that it tells of."""
        return STEPS[self.what]


def read_diary(path: str | Path) -> tuple[Entry, ...]:
    """Return the entries of a file in their order; the whole file is looked at first.

    Raises
    ------
    FileError
        When the file is not there or is not TOML.
    DataError
        When it has no entries, an entry has an unknown step or key or lacks one, a value is of
        another kind, or the days go backwards; at most three are told.
    """
    file = place_of(path)
    content, _ = read_toml(file, "diary")
    given = _entries(content, file.name)
    entries: list[Entry] = []
    faults: list[str] = []
    for number, told in enumerate(given, start=1):
        try:
            entries.append(_entry(number, told, file.name))
            _day_after(entries)
        except CstoolsError as error:
            faults.append(str(error))
    if faults:
        more = [f"... and {len(faults) - _MOST} more"] if len(faults) > _MOST else []
        raise DataError("\n".join([*faults[:_MOST], *more]))
    return _marked(entries)


def _entries(content: Mapping[str, Any], file: str) -> list[Any]:
    for name in content:
        if name != "decided":
            raise DataError(
                f"{file}: '{brief(name)}' does not belong in a diary; every entry begins with "
                "[[decided]]"
            )
    given = content.get("decided", [])
    if not isinstance(given, list) or not given:
        raise DataError(
            f"{file}: there is no entry in it; begin each with [[decided]], and write on = a day "
            'and what = "give seats" under it'
        )
    return given


def _entry(number: int, told: Any, file: str) -> Entry:
    if not isinstance(told, Mapping):
        raise DataError(f"entry {number} in {file}: begin it with [[decided]] in a line of its own")
    what, on = told.get("what"), read_day(told.get("on"))
    if not isinstance(what, str) or what not in STEPS:
        raise DataError(f"entry {number} in {file}: {_no_step(what)}")
    if on is None:
        given = f"on = {shown(told['on'])} is no day" if "on" in told else "the day is missing"
        raise DataError(
            f"entry {number} ('{what}') in {file}: {given}; write the day on which it was decided, "
            "as on = 2026-05-19"
        )
    place = f"entry {number} ('{what}', {on}) in {file}"
    try:
        return Entry(place, on, what, MappingProxyType(_told(what, told) | {"on": on}), "")
    except DataError as error:
        raise DataError(f"{place}: {error}") from None


def _no_step(what: Any) -> str:
    if what is None:
        return 'say what was decided, as what = "give seats"'
    hint = did_you_mean(str(what), STEPS) or f"; there is {', '.join(STEPS)}"
    return f"'{brief(what)}' is no step of a diary{hint}"


def _told(what: str, told: Mapping[str, Any]) -> dict[str, Any]:
    step = STEPS[what]
    for key in told:
        if key not in (*_EVERY, *step.keys):
            hint = did_you_mean(key, step.keys) or f"; {_tells(what, step)}"
            raise DataError(f"'{brief(key)}' is not told with it{hint}")
    for key in step.needs:
        if key not in told:
            raise DataError(f"'{key}' is missing; {_tells(what, step)}")
    # An empty reason or role is the door's to speak of.
    empty = {key for key in ("by", "why") if told.get(key) == ""}
    return {key: as_told(key, told[key]) for key in told if key not in (*_EVERY, *empty)}


def _tells(what: str, step: Step) -> str:
    needed = ", ".join(key for key in step.keys if key not in step.may)
    others = ", ".join(step.may)
    with_these = needed + (", and where wanted " if needed else "where wanted ") * bool(others)
    return f"'{what}' is told with {with_these + others or 'nothing but its day'}"


def _day_after(entries: list[Entry]) -> None:
    """Refuse a day that goes backwards, so that "until a day" is a clean cut."""
    if len(entries) > 1 and entries[-1].on < entries[-2].on:
        raise DataError(
            f"{entries[-1].place}: the entry before it is of {entries[-2].on}; a diary goes on "
            "from day to day, so put it before that, or write the day on which it was decided"
        )


def _marked(entries: list[Entry]) -> tuple[Entry, ...]:
    """Return the entries with their marks; the same thing twice on one day is counted."""
    seen: Counter[str] = Counter()
    marked = []
    for entry in entries:
        text = json.dumps(dict(entry.told), default=str, sort_keys=True)
        mark = f"{entry.on} {entry.what} {hashlib.sha256(text.encode()).hexdigest()[:24]}"
        seen[mark] += 1
        if seen[mark] > 1:
            mark += f" {seen[mark]}"
        marked.append(Entry(entry.place, entry.on, entry.what, entry.told, mark))
    return tuple(marked)
