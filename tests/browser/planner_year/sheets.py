"""What a coordinator writes in the course of a year, with codes that were read off the pages.

The diary of decisions, reports of calls, a sheet of notes, portfolios and a sheet of the review:
everything of a made-up year that stands in files, under names of its own.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from cstools.cohorts.basics.people import Participant
from cstools.cohorts.made_up.synthetic_zoom import Visit, synthetic_visits, write_zoom_report

Told = Mapping[str, Any]
CALLS = tuple(date(2026, *day) for day in ((7, 16), (8, 20), (9, 17), (10, 15), (11, 19)))
BEGINS, MINUTES = time(17, 30), 90


def entry(on: str, what: str, **told: Any) -> dict[str, Any]:
    """Return one entry of the diary."""
    return {"on": date.fromisoformat(on), "what": what, **told}


def decided(on: str, what: str, why: str, **told: Any) -> dict[str, Any]:
    """Return an entry that has a role and a reason."""
    return entry(on, what, **told, by="programme director", why=why)


def write_diary(path: Path, entries: Iterable[Told]) -> None:
    """Write the diary, one entry under the other."""
    parts = (
        "\n".join(["[[decided]]", *(f"{key} = {_toml(value)}" for key, value in told.items()), ""])
        for told in entries
    )
    path.write_text("\n".join(["# What was decided, from day to day.", *parts]), encoding="utf-8")


def _toml(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def write_reports(
    folder: Path, people: Sequence[Participant], calls: Iterable[date] = CALLS
) -> dict[tuple[str, str], int]:
    """Write the report of each call, and return by code and day the minutes that it holds."""
    folder.mkdir(exist_ok=True)
    codes = {person.application.email._text: person.code for person in people}
    minutes: dict[tuple[str, str], int] = {}
    for number, day in enumerate(calls):
        starts = datetime.combine(day, BEGINS)
        visits = synthetic_visits(people, starts, MINUTES, seed=number)
        layout = "times" if number % 2 else "times under a meeting"
        write_zoom_report(folder / f"report {number + 1}.csv", visits, layout)
        minutes |= {(code, day.isoformat()): 0 for code in codes.values()}
        minutes |= {(codes[e], day.isoformat()): m for e, m in _there(visits, starts).items()}
    return minutes


def _there(visits: Iterable[Visit], starts: datetime) -> dict[str, int]:
    """Return the minutes of the call's own time in which each address was there on any device."""
    ends = starts + timedelta(minutes=MINUTES)
    seconds: dict[str, set[int]] = defaultdict(set)
    for _, email, joined, left, _ in visits:
        begin, end = max(joined, starts), min(left, ends)
        seconds[email] |= set(range(int(begin.timestamp()), int(end.timestamp())))
    return {email: len(there) // 60 for email, there in seconds.items() if email}


def write_notes(path: Path, pairs: Iterable[Sequence[str]]) -> None:
    """Write the sheet of notes: the check-ins of buddies, practice counted, projects."""
    rows: list[tuple[str, ...]] = []
    for number, pair in enumerate(pairs):
        first = date(2026, 7, 1) + timedelta(days=number)
        met = (first + timedelta(days=20 * k) for k in range(7))
        rows += [(f"{day}", ", ".join(pair), "check-in", "", "") for day in met]
        rows += [(f"{first}", code, "project", "proposed", "") for code in pair]
        rows.append(("2026-08-03", pair[0], "project", "reviewed", "programme faculty"))
        rows.append(("2026-09-30", pair[-1], "practice", "20 of 30 days", ""))
    _write(path, ("day", "who", "what", "value", "approved by"), sorted(rows))


def write_portfolios(folder: Path, people: Iterable[str]) -> None:
    """Write the portfolio of each person."""
    folder.mkdir(exist_ok=True)
    for code in people:
        page = f"<!doctype html><p>The portfolio of {code}.</p>"
        (folder / f"{code}.html").write_text(page, encoding="utf-8")


def write_review(
    path: Path, panels: Mapping[str, Sequence[str]], further: Iterable[str] = ()
) -> None:
    """Write the sheet of the review: everybody hands in, and each of a panel signs the same.

    ``panels`` has for each code the faculty of its panel; whoever is in ``further`` works on, and
    without panels only the head is written.
    """
    rows: list[tuple[str, ...]] = []
    for number, (code, faculty) in enumerate(panels.items()):
        handed_in = f"2027-06-{3 + number % 20:02d}"
        rows.append((handed_in, code, "portfolio", "", f"portfolios/{code}.html"))
        said = "further work" if code in set(further) else "certified"
        days = (f"2027-07-{1 + k:02d}" for k in range(len(faculty)))
        rows += [(d, code, "signature", f, said) for d, f in zip(days, faculty, strict=True)]
        if number % 4 == 1:
            rows.append(("2027-07-05", code, "consent", "", "mentor"))
    _write(path, ("day", "who", "what", "faculty", "value"), sorted(rows))


def _write(path: Path, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
