"""A year of Zoom's reports, 1.3 million rows, is imported within 15 seconds, and again adds no row.

Imported is read, matched to 4,000 people and saved. Beside it stand the least that any program
would do: the same files through Python's csv module, and the same rows into a bare SQLite table;
that ratio means the same on every machine. Time is the processor's, so that other programs are
not counted; a busy machine lengthens it all the same.
"""

import csv
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import TypeVar

from benchmarks.measure import Report
from cstools.cohorts import Cohort, Programme, open_planner
from cstools.cohorts.basics.people import Application, Private
from cstools.cohorts.made_up.synthetic_zoom import synthetic_visits, write_zoom_report

Made = TypeVar("Made")
PEOPLE, ROWS, SECONDS = 4000, 1_300_000, 15
OURS = """
[dates]
starts = 2020-01-01
ends = 2032-12-31
[[calls]]
name = "monthly call"
every = "two weeks"
day = "Tuesday"
start = 09:00:00
zone = "America/New_York"
minutes = 120
"""


def cohort_of(folder: Path):
    overlay = folder / "ours.toml"
    overlay.write_text(OURS, encoding="utf-8")
    programme = Programme.load("master-practitioners-2026", overlay=overlay)
    return programme.plan("Many", secret="a phrase").enrol(map(somebody, range(PEOPLE)))


def somebody(number: int) -> Application:
    return Application(
        name=Private(f"Somebody Synthetic-{number}"),
        email=Private(f"person{number}@example.org"),
        postcode=Private(""),
        submitted=None,
        country="",
        time_zone="America/New_York",
        languages=("English",),
        site="Example School",
        team="",
        champion=False,
        alumni=True,
        local_work=None,
        student=None,
        free=(),
    )


def write_year(cohort, folder: Path) -> int:
    """Write the report of one call again and again, each with the date of another call."""
    folder.mkdir()
    first, *others = cohort.calendar().calls
    visits = synthetic_visits(cohort.people, first.starts, first.minutes)
    path = write_zoom_report(folder / f"{first.day}.csv", visits)
    content, rows = path.read_bytes(), len(visits)
    for call in others:
        if rows >= ROWS:
            break
        dated = content.replace(f"{first.day:%m/%d/%Y}".encode(), f"{call.day:%m/%d/%Y}".encode())
        (folder / f"{call.day}.csv").write_bytes(dated)
        rows += len(visits)
    return rows


def bare(reports: Path, rows: list[tuple[object, ...]], file: Path) -> None:
    """Read the files and keep the rows: no check, no names, nobody matched."""
    for path in sorted(reports.iterdir()):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            list(csv.reader(lines))
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(
            "CREATE TABLE attendance (org, run, call, report, who, spans, minutes, "
            "PRIMARY KEY (org, run, call, report, who)) WITHOUT ROWID"
        )
        connection.executemany("INSERT INTO attendance VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def seconds(work: Callable[[], Made]) -> tuple[float, Made]:
    start = process_time()
    made = work()
    return process_time() - start, made


def main() -> int:
    report = Report()
    with TemporaryDirectory() as name:
        place = Path(name)
        reports, planner, cohort = place / "reports", open_planner(place / "year"), cohort_of(place)
        rows = write_year(cohort, reports)
        planner.save(cohort)

        def read(held: Cohort) -> Cohort:
            return held.following.attend(reports, "America/New_York", date_order="month first")

        reading, year = seconds(lambda: read(cohort))
        saving, saved = seconds(lambda: planner.save(year))
        again, more = seconds(lambda: planner.save(read(year)))
        loading, loaded = seconds(lambda: open_planner(place / "year").load(year.name))
        with closing(sqlite3.connect(place / "year" / "runs.sqlite")) as file:
            kept = file.execute("SELECT * FROM attendance").fetchall()
        least, _ = seconds(lambda: bare(reports, kept, place / "bare.sqlite"))
    spent = reading + saving
    held = spent <= SECONDS and not more and loaded == year
    report.kept &= held
    report.line(
        f"{rows:,} rows of reports imported: {spent:.1f} s, {spent / least:.1f} times the bare "
        f"work (promised: at most {SECONDS} s) {'✓' if held else '✗'}"
    )
    report.line(f"  read and matched: {reading:.1f} s; saved: {saving:.1f} s, {saved.added:,} rows")
    report.line(f"  again: {again:.1f} s, {more.added} rows added; loaded: {loading:.1f} s")
    return report.code


if __name__ == "__main__":
    raise SystemExit(main())
