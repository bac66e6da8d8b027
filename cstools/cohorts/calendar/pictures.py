"""The calendar's pictures: the year on a line of months, and who meets when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from html import escape

from cstools.cohorts.basics.drawing import (
    BLUE,
    GREEN,
    INK,
    LINE,
    ORANGE,
    PAPER,
    PINK,
    QUIET,
    Picture,
    svg,
    text,
)
from cstools.cohorts.basics.zones import zone
from cstools.cohorts.calendar.year import Event

# One colour for each kind of event.
CALL, WORKSHOP, DEADLINE, MILESTONE = BLUE, GREEN, ORANGE, PINK
_MARK_NAMES = {
    "year": "the year",
    "deadline": "deadline",
    "milestone": "milestone",
    "workshop": "workshop",
    "call": "call",
}
_WAKING = range(7, 22)
_SHIFTS = {0: "", 1: "+1", -1: "−1", 2: "+2", -2: "−2"}
Across = Callable[[date], float]


def timeline_picture(title: str, events: Sequence[Event]) -> Picture:
    """Return the year on a line of months: a shape and a row for each kind of event."""
    shown = [event for event in events if not event.cancelled]
    if not shown:
        return Picture(f"{title}: no day is stated, so there is nothing to draw.", "")
    first, last = min(e.day for e in shown), max(e.last_day for e in shown)
    rows = _rows(shown)
    left = 86 if len(rows) == len({e.kind for e in shown}) else 150
    width, top, step = 860, 50, 50
    height = top + step * len(rows) + 34
    start, span = first.replace(day=1), max((last - first.replace(day=1)).days, 1)

    def across(day: date) -> float:
        return left + (day - start).days / span * (width - left - 30)

    body = [text(0, 18, title, 15)]
    body += _months(start, last, across, top, height - 22)
    for row, (name, events_of_row) in enumerate(rows):
        y = top + step * row + 26
        body.append(text(0, y + 4, name, 12, fill=QUIET))
        body.append(f"<line x1='{left}' x2='{width - 40}' y1='{y}' y2='{y}' stroke='{LINE}'/>")
        body += _marks(events_of_row, across, y, width)
    description = _told(title, shown)
    return Picture(description, svg(width, height, description, body, 620))


def _rows(shown: Sequence[Event]) -> list[tuple[str, list[Event]]]:
    """Return a row for each kind of event, and one for each series where calls have several."""
    rows = []
    for kind, word in _MARK_NAMES.items():
        own = [event for event in shown if event.kind == kind]
        series = sorted({event.name for event in own}) if kind == "call" else []
        if len(series) > 1:
            rows += [(name, [event for event in own if event.name == name]) for name in series]
        elif own:
            rows.append((word, own))
    return rows


def _months(start: date, last: date, across: Across, top: int, bottom: int) -> list[str]:
    """Draw a thin line at each month's beginning, with its name; each year is named once."""
    lines = []
    day = start
    while day <= last:
        x = across(day)
        lines.append(
            f"<line x1='{x:.1f}' x2='{x:.1f}' y1='{top - 8}' y2='{bottom}' stroke='{LINE}'/>"
        )
        lines.append(text(x + 3, bottom + 2, f"{day:%b}", 10, fill=QUIET))
        if day == start or day.month == 1:
            lines.append(text(x + 3, bottom + 16, f"{day:%Y}", 10, fill=QUIET))
        day = (day + timedelta(32)).replace(day=1)
    return lines


def _marks(events: Sequence[Event], across: Across, y: float, edge: float) -> list[str]:
    """Draw one kind's events: dots for calls, bars for workshops, diamonds for whole days."""
    marks: list[str] = []
    free = 0.0
    for event in events:
        x = across(event.day)
        marks.append(_mark(event, x, max(across(event.last_day) - x, 8.0), y))
        if event.kind == "call":
            continue
        words = f"{event.name}, {event.day.day} {event.day:%b}"
        length = 5.6 * len(words)
        start = min(x - 5, edge - length)
        marks.append(text(start, y + (20 if start < free else -10), words, 10.5))
        free = start + length
    return marks


def _mark(event: Event, x: float, length: float, y: float) -> str:
    label = f"<title>{escape(event.name)}, {event.day:%d %b %Y}</title>"
    if event.kind == "call":
        fill = PAPER if event.proposed else CALL
        style = f"fill='{fill}' stroke='{CALL}' stroke-width='2'"
        return f"<circle cx='{x:.1f}' cy='{y}' r='6' {style}>{label}</circle>"
    if event.kind == "workshop":
        box = f"x='{x:.1f}' y='{y - 7}' width='{length:.1f}' height='14' rx='3'"
        return f"<rect {box} fill='{WORKSHOP}'>{label}</rect>"
    edge = {"deadline": DEADLINE, "milestone": MILESTONE}.get(event.kind, INK)
    style = f"fill='{PAPER if event.proposed else edge}' stroke='{edge}' stroke-width='2'"
    return f"<path d='M{x:.1f} {y - 6}l6 6-6 6-6-6z' {style}>{label}</path>"


def _told(title: str, events: Sequence[Event]) -> str:
    """Say the timeline in words: whole days one by one, calls as a series."""
    days = [f"{e.name} on {e.day.day} {e.day:%B %Y}" for e in events if e.kind != "call"]
    calls = [e for e in events if e.kind == "call"]
    if calls:
        state = ", hollow because their day or hour is only proposed" if calls[0].proposed else ""
        days.append(f"{len(calls)} calls from {calls[0].day:%B %Y} to {calls[-1].day:%B %Y}{state}")
    return f"{title}: " + "; ".join(days) + "."


def meeting_picture(
    title: str, calls: Sequence[Event], people: Sequence[tuple[str, int]]
) -> Picture:
    """Return a grid of zones and calls with the local hour in each cell; night hours are framed."""
    if not calls or not people:
        return Picture(f"{title}: there is no call with an hour, or nobody to meet.", "")
    zones = sorted(
        people, key=lambda pair: (calls[0].moment.astimezone(zone(pair[0])).utcoffset(), pair[0])
    )
    left, cell, row, top = 190, 64, 30, 62
    width, height = left + cell * len(calls) + 8, top + row * len(zones) + 34
    body = [text(0, 18, title, 15)]
    body += [
        text(left + cell * (k + 0.5), top - 12, f"{c.day:%b %y}", 11, "middle", QUIET)
        for k, c in enumerate(calls)
    ]
    told = []
    for number, (name, count) in enumerate(zones):
        y = top + row * number
        hours = [call.moment.astimezone(zone(name)) for call in calls]
        body.append(text(0, y + 19, f"{name} ({count})", 12))
        body += [
            _hour(left + cell * k, y, cell, hour, (hour.date() - c.day).days)
            for k, (hour, c) in enumerate(zip(hours, calls, strict=True))
        ]
        told.append(f"{name}, {count} {'person' if count == 1 else 'people'}: {_span(hours)}")
    body.append(
        text(
            left,
            height - 8,
            "framed in bold with a moon: between 22:00 and 7:00 · +1 and −1: next day, day before",
            11,
            fill=QUIET,
        )
    )
    description = f"{title}. " + "; ".join(told) + "."
    return Picture(description, svg(width, height, description, body, width * 3 // 4))


def _hour(x: float, y: float, cell: int, there: datetime, shift: int) -> str:
    night = there.hour not in _WAKING
    frame = f"stroke='{DEADLINE}' stroke-width='2'" if night else f"stroke='{LINE}'"
    words = f"{there:%H:%M}" + _SHIFTS[shift] + (" ☾" if night else "")
    box = f"x='{x + 2:.1f}' y='{y + 2}' width='{cell - 4}' height='26' rx='4'"
    return f"<rect {box} fill='none' {frame}/>" + text(
        x + cell / 2, y + 19, words, 11 if len(words) < 8 else 10, "middle"
    )


def _span(hours: Sequence[datetime]) -> str:
    distinct = sorted({f"{hour:%H:%M}" for hour in hours})
    return " or ".join(distinct)
