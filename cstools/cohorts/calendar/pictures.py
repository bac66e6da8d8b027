"""The calendar's pictures: the year on a line of months, and who meets when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from html import escape
from math import ceil

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
from cstools.cohorts.basics.tables import Table, table
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
_ACROSS = 12  # calls that stand side by side and can still be read
_LEFT, _CELL, _ROW, _HEADS = 190, 64, 30, 46  # of the picture of who meets when
_SHIFTS = {0: "", 1: "+1", -1: "−1", 2: "+2", -2: "−2"}
Across = Callable[[date], float]


def timeline_picture(title: str, events: Sequence[Event], same: Table) -> Picture:
    """Return the year on a line of months: a shape and a row for each kind of event.

    ``same`` is the calendar as a table.
    """
    shown = [event for event in events if not event.cancelled]
    if not shown:
        return Picture(f"{title}: no day is stated, so there is nothing to draw.", "")
    first, last = min(e.day for e in shown), max(e.last_day for e in shown)
    rows = _rows(shown)
    left = 86 if len(rows) == len({e.kind for e in shown}) else 150
    width, top, step = 860, 50, 50
    height = top + step * len(rows) + 34
    start, end = first.replace(day=1), _next_month(last)

    def across(day: date) -> float:
        return left + (day - start).days / (end - start).days * (width - left - 30)

    body = [text(0, 18, title, 15)]
    body += _months(start, end, across, top, height - 22)
    for row, (name, events_of_row) in enumerate(rows):
        y = top + step * row + 26
        body.append(text(0, y + 4, name, 12, fill=QUIET))
        body.append(f"<line x1='{left}' x2='{width - 30}' y1='{y}' y2='{y}' stroke='{LINE}'/>")
        body += _marks(events_of_row, across, y, width)
    description = _told(title, shown)
    return Picture(description, svg(width, height, description, body, 620), same)


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


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(32)).replace(day=1)


def _months(start: date, end: date, across: Across, top: int, bottom: int) -> list[str]:
    """Draw a thin line at each month's beginning, with its name, and one where the last ends.

    Each year is named once.
    """
    lines = []
    day = start
    while day <= end:
        x = across(day)
        lines.append(
            f"<line x1='{x:.1f}' x2='{x:.1f}' y1='{top - 8}' y2='{bottom}' stroke='{LINE}'/>"
        )
        if day < end:
            lines.append(text(x + 3, bottom + 2, f"{day:%b}", 10, fill=QUIET))
        if day < end and (day == start or day.month == 1):
            lines.append(text(x + 3, bottom + 16, f"{day:%Y}", 10, fill=QUIET))
        day = _next_month(day)
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
    """Return a grid of zones and calls with the local hour in each cell; night hours are framed.

    Each series of calls has a grid of its own, and one of many calls has several.
    """
    if not calls or not people:
        return Picture(f"{title}: there is no call with an hour, or nobody to meet.", "")
    zones = sorted(
        people, key=lambda pair: (calls[0].moment.astimezone(zone(pair[0])).utcoffset(), pair[0])
    )
    body, y, widest = [text(0, 18, title, 15)], 20, 0
    for name, own in _grids(calls):
        body += _grid(name, own, zones, y)
        y += _HEADS + _ROW * len(zones)
        widest = max(widest, len(own))
    width, height = max(_LEFT + _CELL * widest + 8, 560), y + 34
    body.append(text(0, height - 8, _NIGHT_TOLD, 11, fill=QUIET))
    description = f"{title}. {_hours_told(calls, zones)}."
    drawn = svg(width, height, description, body, width * 3 // 4, width)
    return Picture(description, drawn, _meeting_table(title, calls, zones))


_NIGHT_TOLD = "framed in bold with a moon: between 22:00 and 7:00 · +1 and −1: next day, day before"


def _grids(calls: Sequence[Event]) -> list[tuple[str, list[Event]]]:
    """Return each series by its name, in as many parts as its calls need; one alone has no name."""
    names = list(dict.fromkeys(call.name for call in calls))
    found = []
    for name in names:
        own = [call for call in calls if call.name == name]
        wide = ceil(len(own) / ceil(len(own) / _ACROSS))
        parts = [own[k : k + wide] for k in range(0, len(own), wide)]
        found += [(name if len(names) > 1 else "", part) for part in parts]
    return found


def _grid(
    name: str, calls: Sequence[Event], zones: Sequence[tuple[str, int]], y: float
) -> list[str]:
    """Draw a part of a series: its days as heads, a row for each zone."""
    parts = [text(0, y + _HEADS - 8, name, 12, fill=QUIET)] if name else []
    for k, call in enumerate(calls):
        day = f"{call.day.day} {call.day:%b %y}"
        parts.append(text(_LEFT + _CELL * (k + 0.5), y + _HEADS - 8, day, 11, "middle", QUIET))
    for row, (zone_id, count) in enumerate(zones):
        top = y + _HEADS + _ROW * row
        parts.append(text(0, top + 19, f"{zone_id} ({count})", 12))
        for k, call in enumerate(calls):
            there = call.moment.astimezone(zone(zone_id))
            parts.append(_hour(_LEFT + _CELL * k, top, there, (there.date() - call.day).days))
    return parts


def _meeting_table(title: str, calls: Sequence[Event], zones: Sequence[tuple[str, int]]) -> Table:
    """Return the same as the picture: a row for each call, a column for each zone."""
    rows = [
        (f"{call.day:%a %d %b %Y}", call.name, *(_there(call, name) for name, _ in zones))
        for call in calls
    ]
    return table(title, ("date", "call", *(f"{name} ({count})" for name, count in zones)), rows)


def _there(call: Event, zone_id: str) -> str:
    there = call.moment.astimezone(zone(zone_id))
    return f"{there:%H:%M}{_SHIFTS[(there.date() - call.day).days]}"


def _hours_told(calls: Sequence[Event], zones: Sequence[tuple[str, int]]) -> str:
    """Say at which hours the people of each zone meet."""
    told = []
    for name, count in zones:
        hours = [call.moment.astimezone(zone(name)) for call in calls]
        told.append(f"{name}, {count} {'person' if count == 1 else 'people'}: {_span(hours)}")
    return "; ".join(told)


def _hour(x: float, y: float, there: datetime, shift: int) -> str:
    night = there.hour not in _WAKING
    frame = f"stroke='{DEADLINE}' stroke-width='2'" if night else f"stroke='{LINE}'"
    words = f"{there:%H:%M}" + _SHIFTS[shift] + (" ☾" if night else "")
    box = f"x='{x + 2:.1f}' y='{y + 2}' width='{_CELL - 4}' height='26' rx='4'"
    return f"<rect {box} fill='none' {frame}/>" + text(
        x + _CELL / 2, y + 19, words, 11 if len(words) < 8 else 10, "middle"
    )


def _span(hours: Sequence[datetime]) -> str:
    distinct = sorted({f"{hour:%H:%M}" for hour in hours})
    return " or ".join(distinct)
