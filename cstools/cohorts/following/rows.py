"""A cohort's year as rows: by random id, guests' names apart."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from cstools.cohorts.basics.long_table import Line, LongTable
from cstools.cohorts.basics.people import Private
from cstools.cohorts.basics.spans import check_texts, spans_text
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
    ProjectStep,
    Stay,
)
from cstools.cohorts.following.presences import Presences

Tables = Mapping[str, Mapping[tuple[Any, ...], Mapping[str, Any]]]
TEAM = "team:"
ATTENDANCE = ("spans", "minutes")


class _Marks(dict[str, str]):
    """The random id of a person by code; a guest's mark, and a team's name, as they are kept."""

    def __missing__(self, who: str) -> str:
        self[who] = mark = who if who.startswith("G-") else TEAM + who
        return mark


def followed_to_rows(followed: Followed, id_of: Mapping[str, str]) -> Tables:
    """Return everything noted as rows of five tables; a run without any has none."""
    mark = _Marks(id_of).__getitem__
    counting = followed.counting
    return {
        "attendance": LongTable(
            ATTENDANCE,
            {
                (meeting.call, meeting.digest): _lines(meeting, mark)
                for meeting in followed.meetings
            },
        ),
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


def _lines(meeting: Meeting, mark: Callable[[str], str]) -> list[Line]:
    """Return when a meeting went, and then its presences, as lines of a long table."""
    itself = (_MEETING, spans_text((meeting.went,) if meeting.went else ()), 0)
    there = meeting.presences
    return [itself, *zip(map(mark, there.who), there.spans, there.minutes, strict=True)]


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
        entry_of(row, tuple(who(each) for each in json.loads(row["who"])))
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
    somebody = row["answer"] in code_of or answer.startswith("P-")
    known = answer if answer in ("", NOBODY) or somebody else ""
    return Guest(mark, Private(name), Private(email), row["call"], known)


def _meetings(
    rows: Mapping[tuple[Any, ...], Mapping[str, Any]], code_of: Mapping[str, str]
) -> tuple[Meeting, ...]:
    parts = LongTable.of(ATTENDANCE, rows).parts
    meetings = [_meeting(call, digest, lines, code_of) for (call, digest), lines in parts.items()]
    return tuple(sorted(meetings, key=lambda held: (held.call, held.went or (0, 0))))


def _meeting(call: str, digest: str, lines: Iterable[Line], code_of: Mapping[str, str]) -> Meeting:
    """Return a meeting with its presences in order; one line may tell when the meeting went."""
    marks, texts, minutes = zip(*lines, strict=True)
    check_texts(texts)
    there = Presences.of_lines(zip(map(code_of.get, marks, marks), texts, minutes, strict=True))
    if there.who[0] != _MEETING:
        return Meeting(call, digest, there)
    went = there[0].spans
    return Meeting(call, digest, there[1:], went[0] if went else None)


def entry_of(row: Mapping[str, Any], who: tuple[str, ...]) -> Entry:
    """Return a note of the year from its row, about those who are told beside it."""
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
