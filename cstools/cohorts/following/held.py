"""When calls were held, by their reports: at the planned time, beside it, or for too short a part.

A report stands at a call with which it shares no moment, where the coordinator said which call it
was, or where the call was moved afterwards. Held against the planned time, everybody would be
absent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from fractions import Fraction

from cstools.cohorts.basics.spans import Span, overlap, seconds_within
from cstools.cohorts.calendar.year import Event
from cstools.cohorts.following.following import Meeting

IF_CHANGED = (
    "If its time was changed, write its hour and minutes under [[sessions]] in the programme's "
    "overlay file."
)


def counted_times(
    planned: Mapping[str, Span], meetings: Iterable[Meeting]
) -> dict[str, tuple[Span, ...]]:
    """Return the times in which minutes count, by call: as planned, and each meeting beside it."""
    times: dict[str, tuple[Span, ...]] = {call: (window,) for call, window in planned.items()}
    for meeting in meetings:
        if meeting.went and _beside(planned, meeting):
            times[meeting.call] += (meeting.went,)
    return times


def too_short(
    planned: Mapping[str, Span], meetings: Sequence[Meeting], share: str
) -> dict[str, int]:
    """Return the calls whose meetings leave nobody the share of its time, with their seconds.

    It was begun late, ended early, or the plan is wrong: a person has to look, before those who
    came are told that they were not there.
    """
    times, went = counted_times(planned, meetings), defaultdict[str, list[Span | None]](list)
    for meeting in meetings:
        went[meeting.call].append(meeting.went)
    found = {}
    for call in went.keys() & planned.keys():
        known = [span for span in went[call] if span]
        met = sum(seconds_within(known, time) for time in times[call])
        first, last = planned[call]
        if len(known) == len(went[call]) and met < Fraction(share or 1) * (last - first):
            found[call] = met
    return found


def notes_on_times(calls: Sequence[Event], meetings: Sequence[Meeting], share: str) -> list[str]:
    """Return a sentence for each call that was held at another time, or for too short a part."""
    planned = {event.uid: window(event) for event in calls}
    names = {event.uid: f"'{event.name} {event.day}'" for event in calls}
    short = too_short(planned, meetings, share)
    told = [
        f"{names[meeting.call]} was held at another time than planned, {spoken(meeting.went)} UTC; "
        "the minutes of that meeting count."
        for meeting in meetings
        if meeting.went and _beside(planned, meeting)
    ]
    told += [
        f"{names[event.uid]} met for {short[event.uid] // 60} of its {event.minutes} minutes, so "
        f"whoever was in it is open, not absent. {IF_CHANGED}"
        for event in calls
        if share and event.uid in short
    ]
    return told


def notes_on_lost(settled: Sequence[Event], meetings: Iterable[Meeting]) -> list[str]:
    """Return a sentence where reports stand at calls that the calendar no longer has."""
    lost = {meeting.call for meeting in meetings} - {event.uid for event in settled}
    if not lost:
        return []
    many = "1 call with a report is" if len(lost) == 1 else f"{len(lost)} calls with reports are"
    return [
        f"{many} not in the calendar any more, or no longer decided, and not counted: a series has "
        "another name or rhythm in the programme's overlay file, or a call is cancelled."
    ]


def window(event: Event) -> Span:
    """Return when a call is planned, as seconds since 1970 in UTC."""
    start = int(event.utc.timestamp())
    return start, start + 60 * event.minutes


def spoken(span: Span) -> str:
    """Return a span of seconds since 1970 as a day and hours in UTC."""
    start, stop = (datetime.fromtimestamp(moment, UTC) for moment in span)
    return f"{start.day} {start:%B %Y, %H:%M} to {stop:%H:%M}"


def _beside(planned: Mapping[str, Span], meeting: Meeting) -> bool:
    """Say whether a meeting shares no moment with the call at which it stands."""
    if meeting.went is None or meeting.call not in planned:
        return False
    return overlap(planned[meeting.call], meeting.went) <= 0
