"""How the planner's values become text in a table, and the other way round."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

from cstools.cohorts.buddies import Explanation
from cstools.cohorts.cohort import Decision
from cstools.cohorts.hours import FreeTime
from cstools.cohorts.people import Application, Participant, Private
from cstools.cohorts.year import Event

PRIVATE = ("name", "email", "postcode")
NOT_STORED = (*PRIVATE, "row")


def answers_text(person: Participant) -> str:
    """Return a person's answers without name, e-mail and postal code."""
    written = person.application
    answers = {
        f.name: getattr(written, f.name) for f in fields(written) if f.name not in NOT_STORED
    }
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


def decision_row(decided: Decision) -> dict[str, Any]:
    """Return a decision as the values of its row."""
    return {"outcome": decided.outcome, "place": decided.place, "reason": decided.reason}


def decision(row: Mapping[str, Any], code_of: Mapping[str, str]) -> Decision:
    """Return a decision from its row."""
    return Decision(code_of[row["person_id"]], row["outcome"], row["reason"], row["place"])


def buddy_row(explained: Explanation, id_of: Mapping[str, str]) -> dict[str, Any]:
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


def explanation(row: Mapping[str, Any], code_of: Mapping[str, str]) -> Explanation:
    """Return a person's buddies and the explanation from their row."""
    told = json.loads(row["explanation"])
    return Explanation(
        code_of[row["person_id"]],
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
