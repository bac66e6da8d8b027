"""A cohort's year as rows: by random id, guests' names apart."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from cstools.cohorts.basics.people import Private
from cstools.cohorts.basics.spans import spans_from_text, spans_text
from cstools.cohorts.following.following import (
    NOBODY,
    CheckIn,
    Counting,
    Entry,
    Followed,
    Guest,
    HandedIn,
    Meeting,
    Practice,
    Presence,
    ProjectStep,
    Stay,
)

Tables = Mapping[str, Mapping[tuple[Any, ...], Mapping[str, Any]]]
TEAM = "team:"


def followed_to_rows(followed: Followed, id_of: Mapping[str, str]) -> Tables:
    """Return everything noted as rows of five tables; a run without any has none."""

    def mark(who: str) -> str:
        return id_of.get(who) or (who if who.startswith("G-") else TEAM + who)

    counting = followed.counting
    return {
        "attendance": {
            (meeting.call, meeting.digest, mark(each.who)): {
                "spans": spans_text(each.spans),
                "minutes": each.minutes,
            }
            for meeting in followed.meetings
            for each in _with_meeting(meeting)
        },
        "attendance_guests": {
            (guest.id,): {"call": guest.call, "answer": id_of.get(guest.answer, guest.answer)}
            for guest in followed.guests
        },
        "guests": {
            (guest.id,): {"name": guest.name._text, "email": guest.email._text}
            for guest in followed.guests
            if guest.name or guest.email
        },
        "followed": {
            (number,): _entry_row(entry, mark)
            for number, entry in enumerate(followed.entries, start=1)
        },
        "counting": {}
        if counting == Counting()
        else {
            (): {
                "share": counting.share,
                "team": counting.team,
                "check_ins": counting.check_ins,
            }
        },
    }


_MEETING = "G-"  # the row of a meeting itself: a guest without a mark


def _with_meeting(meeting: Meeting) -> tuple[Presence, ...]:
    """Return a meeting's presences and, before them, when the meeting itself went."""
    itself = Presence(_MEETING, (meeting.went,) if meeting.went else ())
    return (itself, *meeting.presences)


def _entry_row(entry: Entry, mark: Callable[[str], str]) -> dict[str, Any]:
    who = entry.who if isinstance(entry, CheckIn) else (entry.who,)
    return {
        "kind": type(entry).__name__,
        "who": json.dumps([mark(each) for each in who], ensure_ascii=False),
        "day": "" if isinstance(entry, Stay) else entry.day.isoformat(),
        "content": json.dumps(_content(entry), ensure_ascii=False, sort_keys=True),
    }


def _content(entry: Entry) -> dict[str, Any]:
    if isinstance(entry, Stay):
        return {"workshop": entry.workshop, "days": [day.isoformat() for day in entry.days]}
    if isinstance(entry, Practice):
        return {"done": entry.done, "days": entry.days}
    if isinstance(entry, ProjectStep):
        return {"state": entry.state, "by": entry.by}
    return {} if isinstance(entry, CheckIn) else {"digest": entry.digest}


def followed_from_rows(tables: Tables, code_of: Mapping[str, str]) -> Followed:
    """Return everything noted from its rows; without the names guests have none."""

    def who(mark: str) -> str:
        return mark[len(TEAM) :] if mark.startswith(TEAM) else code_of.get(mark, mark)

    names = tables.get("guests", {})
    guests = tuple(
        _guest(mark, row, names.get((mark,)), code_of)
        for (mark,), row in sorted(tables.get("attendance_guests", {}).items())
    )
    entries = tuple(
        _entry(row, tuple(who(each) for each in json.loads(row["who"])))
        for _, row in sorted(tables.get("followed", {}).items())
    )
    row = tables.get("counting", {}).get(())
    counting = Counting(row["share"], row["team"], row["check_ins"]) if row else Counting()
    return Followed(_meetings(tables.get("attendance", {}), code_of), guests, entries, counting)


def _guest(
    mark: str, row: Mapping[str, Any], named: Mapping[str, Any] | None, code_of: Mapping[str, str]
) -> Guest:
    name, email = (named["name"], named["email"]) if named else ("", "")
    answer = code_of.get(row["answer"], row["answer"])
    known = answer if answer in ("", NOBODY) or answer.startswith("P-") else ""
    return Guest(mark, Private(name), Private(email), row["call"], known)


def _meetings(
    rows: Mapping[tuple[Any, ...], Mapping[str, Any]], code_of: Mapping[str, str]
) -> tuple[Meeting, ...]:
    found: dict[tuple[str, str], list[Presence]] = {}
    for (call, digest, mark), row in rows.items():
        who = code_of.get(mark, mark)
        held = Presence(who, spans_from_text(row["spans"]), row["minutes"])
        found.setdefault((call, digest), []).append(held)
    meetings = [_meeting(*key, presences) for key, presences in found.items()]
    return tuple(sorted(meetings, key=lambda held: (held.call, held.went or (0, 0))))


def _meeting(call: str, digest: str, presences: list[Presence]) -> Meeting:
    itself, *others = sorted(presences, key=lambda each: each.who)
    if itself.who != _MEETING:
        return Meeting(call, digest, (itself, *others))
    return Meeting(call, digest, tuple(others), itself.spans[0] if itself.spans else None)


def _entry(row: Mapping[str, Any], who: tuple[str, ...]) -> Entry:
    content = json.loads(row["content"])
    day = date.fromisoformat(row["day"]) if row["day"] else date.min
    kind = row["kind"]
    if kind == "CheckIn":
        return CheckIn(who, day)
    if kind == "Stay":
        days = tuple(date.fromisoformat(each) for each in content["days"])
        return Stay(who[0], content["workshop"], days)
    if kind == "Practice":
        return Practice(who[0], day, content["done"], content["days"])
    if kind == "ProjectStep":
        return ProjectStep(who[0], content["state"], day, content["by"])
    return HandedIn(who[0], day, content["digest"])
