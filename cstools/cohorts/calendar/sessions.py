"""Single calls as the coordinator decides them: a theme, a guest, pre-work, a move, a cancellation.

They stand in the coordinator's own file under ``[[sessions]]``, one for each call that is more
than its series says::

    [[sessions]]
    call = "monthly call"
    which = "2026-10"          # its month, "call 5" of a series every two weeks, or its planned day
    theme = "Feedback we cannot see"
    speaker = "a guest"
    prework = "read the second chapter"
    day = 2026-10-20           # moved to another day
    why = "the faculty travel"
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from cstools.cohorts.basics.zones import at
from cstools.cohorts.calendar.events import Event
from cstools.cohorts.programmes.facts import ProgrammeFacts, Session
from cstools.errors import DataError, did_you_mean

Planned = Sequence[tuple[str, Event]]


def as_decided(planned: Planned, sessions: Iterable[Session]) -> list[Event]:
    """Return the planned calls, in their order, each as its session decides.

    Raises
    ------
    DataError
        When a session names no call, or a call is decided twice; the message says what to write.
    """
    decided: dict[str, Session] = {}
    for session in sessions:
        uid = _which(planned, session)
        if uid in decided:
            raise DataError(f"[[sessions]]: '{session.name}' is decided twice; keep one of the two")
        decided[uid] = session
    return [_decided(event, decided.get(event.uid)) for _, event in planned]


def _which(planned: Planned, session: Session) -> str:
    """Return the identity of the call that a session means."""
    series = sorted({event.name for _, event in planned})
    if not series:
        raise DataError(
            f"[[sessions]]: '{session.name}' cannot be placed, since no call has a day yet; "
            "state starts and ends under [dates]"
        )
    if session.call not in series:
        hint = did_you_mean(session.call, series) or f"; the calls are {', '.join(series)}"
        raise DataError(f"[[sessions]]: there is no call '{session.call}'{hint}")
    own = [(mark, event) for mark, event in planned if event.name == session.call]
    wanted = str(session.which).strip()
    for mark, event in own:
        if wanted in (mark, event.day.isoformat()):
            return event.uid
    marks = [mark for mark, _ in own]
    raise DataError(
        f"[[sessions]]: '{session.call}' has no call '{wanted}'; write which = \"{marks[0]}\" for "
        f'the first, up to "{marks[-1]}" for the last'
    )


def _decided(event: Event, session: Session | None) -> Event:
    if session is None or not isinstance(event.starts, datetime):
        return event
    day = session.day or event.day
    start = session.start or event.starts.time()
    wall = datetime.combine(day, start)
    at(wall, event.zone)
    given: dict[str, object] = {"rhythm": session.day, "day": session.day}
    given |= {"start": session.start, "minutes": session.minutes}
    notes = [event.note, _moved_from(event, wall), f"{session.why}." if session.why else ""]
    return replace(
        event,
        starts=wall,
        minutes=session.minutes or event.minutes,
        note=" ".join(note for note in notes if note),
        proposed=tuple(name for name in event.proposed if given.get(name) is None),
        cancelled=bool(session.cancelled),
        theme=session.theme or "",
        speaker=session.speaker or "",
        prework=session.prework or "",
    )


def _moved_from(event: Event, wall: datetime) -> str:
    if wall == event.starts:
        return ""
    return f"Moved from {event.starts:%d %B %Y, %H:%M}."


def open_guests(facts: ProgrammeFacts, events: Iterable[Event]) -> list[str]:
    """Return what the promised themes, guests and pre-work of the calls still need."""
    told = []
    held = [event for event in events if event.kind == "call" and not event.cancelled]
    for call in facts.calls:
        own = [event for event in held if event.name == call.name]
        promised = {
            "theme": bool(call.theme),
            "pre-work": bool(call.prework),
            "guest speaker": bool(call.guests),
        }
        for word, wanted in promised.items():
            left = sum(1 for event in own if not guest_slot(event)[word])
            if wanted and left:
                told.append(f"'{call.name}': {word} not stated for {left} of {len(own)} calls.")
    return told


def guest_slot(event: Event) -> dict[str, str]:
    """Return what is decided about the content of one call; an empty text is open."""
    return {"theme": event.theme, "guest speaker": event.speaker, "pre-work": event.prework}
