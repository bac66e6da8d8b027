"""The fact sheet of a programme: each fact, what the documents say, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from cstools.cohorts.basics.silence import NOT_STATED
from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.programmes.aliases import proper_name, spellings
from cstools.cohorts.programmes.facts import ProgrammeFacts
from cstools.names import label

Row = tuple[str, str, str]
_OWN = ("sessions", "milestones")  # a coordinator's; no document is silent on them
_IN_HEAD = ("name", "call", "which")  # they stand before the colon already
_INSTEAD_OF_DAYS = ("first_month", "last_month", "length_months")


def fact_sheet(facts: ProgrammeFacts, sources: Mapping[str, str]) -> Table:
    """Return the fact sheet as a table of fact, value and source."""
    rows = [row for part in _parts(facts) for row in _rows(*part, sources)]
    notes = [
        "'not stated' means that the programme's documents are silent; an overlay file fills it.",
        *_spelled(facts),
        f"id: {facts.id}",
    ]
    return table(facts.title, ("fact", "what is stated", "source"), rows, notes)


def _spelled(facts: ProgrammeFacts) -> Iterator[str]:
    """Say of each name whose spelling changes between the documents how else it is spelled."""
    for name in (*(facts.faculty.facilitators or ()), *(facts.faculty.contemplative or ())):
        others = [other for other in spellings().get(proper_name(name), ()) if other != name]
        if others:
            yield f"{name} is spelled {' or '.join(others)} elsewhere in the documents."


def _parts(facts: ProgrammeFacts) -> Iterator[tuple[str, str, BaseModel | None]]:
    """Give each part with its dotted start and its heading; a list gives one for each item."""
    for name in type(facts).model_fields:
        part = getattr(facts, name)
        if isinstance(part, BaseModel):
            yield f"{name}.", label(name), part
        elif isinstance(part, tuple):
            for item in part:
                yield f"{name}.{item.name}.", item.name, item
            if not part and name not in _OWN:
                yield f"{name}.", label(name), None


def _rows(start: str, head: str, part: BaseModel | None, sources: Mapping[str, str]) -> list[Row]:
    """Return a part's rows: what is stated line by line, what is not in one line at the end."""
    fields = [] if part is None else [k for k in type(part).model_fields if k not in _IN_HEAD]
    values = {name: getattr(part, name) for name in fields}
    room = start.partition(".")[0]
    whole = sources.get(room, "")  # an overlay states a list as a whole
    if values.get("starts") and values.get("ends"):
        values = {name: value for name, value in values.items() if name not in _INSTEAD_OF_DAYS}
    stated = {name: value for name, value in values.items() if value is not None}
    rows = [
        (
            f"{head}: {label(name)}",
            _told(name, value),
            sources.get(start + name) or whole,
        )
        for name, value in stated.items()
    ]
    silent = ", ".join(label(name) for name in values if name not in stated and room not in _OWN)
    if silent or not rows:
        rows.append((f"{head}: {silent}" if rows else head, str(NOT_STATED), ""))
    return rows


def _told(name: str, value: Any) -> str:
    """Return a value in words, with what it means where the value alone could be misread."""
    if name == "student_percent":
        return f"{value} % off the price"
    if value == "ruling":
        return "ruling: the documents say both, so you decide for each"
    return spoken(value)


def spoken(value: Any) -> str:
    """Return a value as a person would write it: 28 June 2020, 9:00, 14,000.00, yes."""
    if value is None or value == ():
        return str(NOT_STATED)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%a} {value.day} {value:%B %Y, %H:%M}"
    if isinstance(value, date):
        return f"{value:%a} {value.day} {value:%B %Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Decimal):
        return f"{value:,.2f}"
    return ", ".join(value) if isinstance(value, tuple) else str(value)
