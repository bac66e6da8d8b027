"""Made-up participant reports as Zoom writes them; nobody in them exists, and each name says so.

The three layouts hold the same people: who joins twice, who is on two devices at once, who leaves
early, who stays away, and two guests without an e-mail. The same seed gives the same file.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from cstools.cohorts.basics.people import Participant

Layout = Literal["times", "times under a meeting", "minutes added up"]
Visit = tuple[str, str, datetime, datetime, bool]
_US = "%m/%d/%Y %I:%M:%S %p"
_ABOUT = (
    "Meeting ID",
    "Topic",
    "Start Time",
    "End Time",
    "User Email",
    "Duration (Minutes)",
    "Participants",
    "",
)
_TIMES = (
    "Name (Original Name)",
    "User Email",
    "Join Time",
    "Leave Time",
    "Duration (Minutes)",
    "Guest",
    "Recording Consent",
    "In Waiting Room",
)
_ADDED = ("Name (Original Name)", "User Email", "Total Duration (Minutes)", "Guest")


def synthetic_visits(
    people: Sequence[Participant], starts: datetime, minutes: int, seed: int = 2026
) -> list[Visit]:
    """Return who joined and left when, on the wall clock of the call, with two guests.

    Of ten people one stays away, one leaves after a third, one joins twice with a gap and one is
    on two devices at once; the others are there all the time.
    """
    draw = random.Random(f"{seed} {starts.isoformat()}")
    ends = starts + timedelta(minutes=minutes)
    visits: list[Visit] = []
    for person in people:
        written, kind = person.application, draw.randrange(10)
        name, email = written.name._text, written.email._text
        early = starts - timedelta(seconds=draw.randrange(20, 400))
        late = ends + timedelta(seconds=draw.randrange(5, 200))
        third = starts + timedelta(minutes=minutes // 3)
        spans = {
            0: [],
            1: [(early, third)],
            2: [(early, third), (third + timedelta(minutes=minutes // 6), late)],
            3: [(early, late), (third, late)],
        }.get(kind, [(early, late)])
        visits += [(name, email, start, stop, False) for start, stop in spans]
    for name in ("Guest Synthetic phone", "Guest Synthetic tablet"):
        visits.append((name, "", starts + timedelta(minutes=2), ends, True))
    draw.shuffle(visits)
    return visits


def report_rows(
    visits: Iterable[Visit], layout: Layout = "times", topic: str = "Example call"
) -> list[tuple[str, ...]]:
    """Return visits as the rows of a report, the head first."""
    held = list(visits)
    if layout == "minutes added up":
        return [_ADDED, *_added(held)]
    rows = [
        (
            name,
            email,
            start.strftime(_US),
            stop.strftime(_US),
            str(_minutes(start, stop)),
            "Yes" if guest else "No",
            "",
            "No",
        )
        for name, email, start, stop, guest in held
    ]
    if layout == "times":
        return [_TIMES, *rows]
    first, last = min(v[2] for v in held), max(v[3] for v in held)
    about = ("000 0000 0000", topic, first.strftime(_US), last.strftime(_US))
    host = ("host@example.org", str(_minutes(first, last)), str(len(held)), "")
    return [_ABOUT, (*about, *host), (), _TIMES, *rows]


def write_zoom_report(
    path: str | Path,
    visits: Iterable[Visit],
    layout: Layout = "times",
    topic: str = "Example call",
) -> Path:
    """Write visits as a report with a byte-order mark, as Zoom does, and return its path."""
    text = io.StringIO()
    csv.writer(text).writerows(report_rows(visits, layout, topic))
    place = Path(path)
    place.write_bytes(text.getvalue().encode("utf-8-sig"))
    return place


def _added(visits: Iterable[Visit]) -> list[tuple[str, ...]]:
    """Return one row for each person; minutes of two devices at once are added, as Zoom does."""
    found: dict[tuple[str, str, bool], int] = {}
    for name, email, start, stop, guest in visits:
        key = (name, email, guest)
        found[key] = found.get(key, 0) + _minutes(start, stop)
    return [
        (name, email, str(spent), "Yes" if guest else "No")
        for (name, email, guest), spent in found.items()
    ]


def _minutes(start: datetime, stop: datetime) -> int:
    """Return a duration as Zoom tells it: begun minutes count."""
    return -(-int((stop - start).total_seconds()) // 60)
