"""How the planner's values become text in a table, and the other way round."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

from cstools.cohorts.basics.hours import FreeTime
from cstools.cohorts.basics.people import PRIVATE, Application, Participant, Private
from cstools.cohorts.buddies.buddies import Explanation
from cstools.cohorts.calendar.year import Event
from cstools.cohorts.selection.decisions import Decision

Tables = Mapping[str, Mapping[tuple[Any, ...], Mapping[str, Any]]]
NOT_STORED = (*PRIVATE, "row", "unasked")
ASKED_LATER = ("role", "district")
_SEAT_DAYS = ("valid_from", "valid_to", "lost_on")
_NO_DAYS = (None, None, None)


def answers_text(person: Participant) -> str:
    """Return a person's answers without the private texts."""
    written = person.application
    answers = {
        f.name: getattr(written, f.name) for f in fields(written) if f.name not in NOT_STORED
    }
    for later in ASKED_LATER:  # not given, it is not kept, and what older stores hold is the same
        if not answers[later]:
            del answers[later]
    answers["submitted"] = written.submitted.isoformat() if written.submitted else None
    answers["free"] = [[span.day, span.start, span.stop] for span in written.free]
    return json.dumps(answers, ensure_ascii=False, sort_keys=True)


def application(answers: str, person: Mapping[str, Any] | None) -> Application:
    """Return an application from its answers and, where they are here, its private texts."""
    values = json.loads(answers)
    values["submitted"] = (
        datetime.fromisoformat(values["submitted"]) if values["submitted"] else None
    )
    values["free"] = tuple(FreeTime(*span) for span in values["free"])
    values["languages"] = tuple(values["languages"])
    values.update({name: Private(person[name] if person else "") for name in PRIVATE})
    return Application(**values)


def decisions_to_rows(decisions: Iterable[Decision], id_of: Mapping[str, str]) -> Tables:
    """Return the decisions as rows by random id; a seat's days apart, where it has some.

    A row of days without a day is that of somebody who came in, nobody said on which day.
    """
    known = tuple(decisions)
    rows = {
        (id_of[d.code],): {"outcome": d.outcome, "place": d.place, "reason": d.reason}
        for d in known
    }
    days = {
        (id_of[d.code],): {name: _day_text(getattr(d, name)) for name in _SEAT_DAYS}
        for d in known
        if d.undated or any(getattr(d, name) for name in _SEAT_DAYS)
    }
    return {"decisions": rows, "seat_days": days}


def decisions_from_rows(tables: Tables, code_of: Mapping[str, str]) -> tuple[Decision, ...]:
    """Return the decisions from their rows, in order of code; without a row a seat has no day."""
    days = {
        marks: (_day(row["valid_from"]), _day(row["valid_to"]), _day(row["lost_on"]))
        for marks, row in tables.get("seat_days", {}).items()
    }
    decisions = (
        Decision(
            code_of[person_id],
            row["outcome"],
            row["reason"],
            row["place"],
            *days.get((person_id,), _NO_DAYS),
            undated=days.get((person_id,)) == _NO_DAYS,
        )
        for (person_id,), row in tables["decisions"].items()
    )
    return tuple(sorted(decisions, key=lambda decided: decided.code))


def _day_text(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def buddies_to_rows(explained: Iterable[Explanation], id_of: Mapping[str, str]) -> Tables:
    """Return the buddies as rows by random id."""
    return {"buddies": {(id_of[e.code],): _buddy_row(e, id_of) for e in explained}}


def buddies_from_rows(tables: Tables, code_of: Mapping[str, str]) -> tuple[Explanation, ...]:
    """Return the buddies from their rows, in order of code."""
    explained = (
        _explanation(code_of[person_id], row, code_of)
        for (person_id,), row in tables["buddies"].items()
    )
    return tuple(sorted(explained, key=lambda told: told.code))


def _buddy_row(explained: Explanation, id_of: Mapping[str, str]) -> dict[str, Any]:
    """Return a person's buddies, by random id, and the explanation as the values of a row."""
    told = {
        "candidates": explained.candidates,
        "removed": explained.removed,
        "left": explained.left,
        "hours": explained.hours,
        "languages": explained.languages,
    }
    others = [id_of[code] for code in explained.buddies]
    return {"others": json.dumps(others), "explanation": json.dumps(told, ensure_ascii=False)}


def _explanation(code: str, row: Mapping[str, Any], code_of: Mapping[str, str]) -> Explanation:
    """Return a person's buddies and the explanation from their row."""
    told = json.loads(row["explanation"])
    return Explanation(
        code,
        tuple(sorted(code_of[other] for other in json.loads(row["others"]))),
        told["candidates"],
        tuple((name, count) for name, count in told["removed"]),
        told["left"],
        told["hours"],
        tuple(told["languages"]),
    )


def event_text(event: Event) -> str:
    """Return an event as text."""
    values = {f.name: getattr(event, f.name) for f in fields(event)}
    values["starts"] = event.starts.isoformat()
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def event_from_text(text: str) -> Event:
    """Return an event from its text."""
    values = json.loads(text)
    starts = values.pop("starts")
    when = datetime.fromisoformat(starts) if "T" in starts else date.fromisoformat(starts)
    event = Event(starts=when, **values)
    return replace(event, proposed=tuple(event.proposed))
