"""Which call a participant report belongs to: by its times, or as somebody says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cstools.cohorts.basics.spans import Span, overlap
from cstools.cohorts.calendar.year import Event
from cstools.cohorts.following.held import spoken, window
from cstools.cohorts.following.zoom import MOVED, ZoomReport
from cstools.errors import DataError, unknown_name

if TYPE_CHECKING:
    from cstools.cohorts.following.attendance import Desk

_A_DAY = 24 * 3600


def call_name(event: Event) -> str:
    """Return a call by its name and day, as ``monthly call 2026-09-08``."""
    return f"{event.name} {event.day.isoformat()}"


def called(calls: Sequence[Event], name: str) -> Event:
    """Return the call with a name, a day, or both.

    Raises
    ------
    UnknownNameError
        When there is none; the nearest are named.
    DataError
        When there are several.
    """
    found = [event for event in calls if name.strip() in (event.uid, call_name(event))]
    found = found or [event for event in calls if name.strip() == event.day.isoformat()]
    if len(found) == 1:
        return found[0]
    if found:
        told = " or ".join(f"'{call_name(event)}'" for event in found)
        raise DataError(f"'{name}' is the day of {len(found)} calls; write {told}")
    raise unknown_name(name, [call_name(event) for event in calls], "calls")


def call_of(desk: Desk, report: ZoomReport, call: str) -> Event:
    """Return the call of a report: as it was said, by the day in its file's name, or by its times.

    Raises
    ------
    DataError
        When the call cannot be told.
    """
    calls = desk.calls
    if not calls:
        raise DataError(
            f"'{desk.cohort}' has no call whose day, hour, zone and length are all decided, so no "
            "report can find its call; state them under [[calls]] in an overlay"
        )
    if call:
        return called(calls, call)
    if report.meeting is None:
        dated = [event for event in calls if event.day.isoformat() in report.file]
        if len(dated) == 1:
            return dated[0]
        raise DataError(
            f"{report.file}: it has no times, so it cannot find its call; put the call's day into "
            f"the file's name, as 'call-{calls[0].day}.csv', or say call='{call_name(calls[0])}' "
            "with the call's own day"
        )
    return _by_times(desk, report, report.meeting)


def _by_times(desk: Desk, report: ZoomReport, went: Span) -> Event:
    calls = desk.calls
    shared = {event.uid: overlap(desk.windows[event.uid], went) for event in calls}
    best = max(calls, key=lambda event: (shared[event.uid], event.uid))
    most = [event for event in calls if shared[event.uid] == shared[best.uid]]
    if len(most) > 1 and shared[best.uid] > 0:
        told = " and ".join(f"'{call_name(event)}'" for event in most)
        raise DataError(
            f"{report.file}: the meeting went {spoken(went)} UTC, and {told} fit it equally well; "
            f"say which call it was: call='{call_name(most[0])}'"
        )
    if -shared[best.uid] > _A_DAY:
        last = max((e for e in calls if window(e)[1] <= went[0]), key=window, default=None)
        coming = min((e for e in calls if window(e)[0] >= went[1]), key=window, default=None)
        told = " and ".join(f"'{call_name(event)}'" for event in (last, coming) if event)
        raise DataError(
            f"{report.file}: the meeting went {spoken(went)} UTC, and no call is on that day or "
            f"beside it; the nearest: {told}. If a call was moved, {MOVED}; if the report is of "
            f"something else, leave it out. Otherwise say which call it was: "
            f"call='{call_name(best)}'"
        )
    if shared[best.uid] <= 0:
        raise DataError(
            f"{report.file}: the meeting went {spoken(went)} UTC, and no call is then; the "
            f"nearest is '{call_name(best)}', {spoken(window(best))} UTC. Is zone="
            f"'{report.zone}' the clock of the account that made the report? If so, say which "
            f"call it was: call='{call_name(best)}'"
        )
    return best
