"""The planner's store: a year's attendance of 4,000 people, and a list of 500 runs.

1.3 million rows of attendance are saved within 15 seconds, and saved again add no row; the
summaries of 500 runs of 40 people come within a second. It is the processor's time, so that other
programs are not counted; what the disk takes longer is printed beside it.
"""

from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from benchmarks.measure import Report
from cstools.cohorts import Programme, open_planner, read_applications
from cstools.cohorts.following.following import Followed, Meeting, Presence
from cstools.cohorts.made_up.synthetic import mapping_for_faults, write_synthetic
from cstools.cohorts.store.bulk import put_many
from cstools.cohorts.store.tables_of_store import buddies, decisions, participants, runs

PEOPLE, CALLS, RUNS = 4000, 325, 500
SECONDS_OF_ATTENDANCE, SECONDS_OF_SUMMARIES = 15, 1


class Clock:
    """How long something took: of the processor, and on the wall."""

    processor = wall = 0.0


@contextmanager
def clocked():
    clock, processor, wall = Clock(), process_time(), perf_counter()
    yield clock
    clock.processor, clock.wall = process_time() - processor, perf_counter() - wall


def cohort_of(folder: Path, people: int):
    form = write_synthetic(folder / "form.csv", people)
    cohort = Programme.load("master-practitioners-2026").plan("Many", secret="a phrase")
    return cohort.enrol(read_applications(form, mapping_for_faults()))


def year_of(cohort):
    """Everybody on every call, away for ten minutes in the middle of it."""

    def meeting(number: int) -> Meeting:
        begin = 1_790_000_000 + 86_400 * number
        spans = ((begin, begin + 3000), (begin + 3600, begin + 7200))
        there = tuple(Presence(person.code, spans) for person in cohort.people)
        return Meeting(f"call-{number:03d}@example", f"{number:064x}", there)

    return replace(cohort, followed=Followed(meetings=tuple(map(meeting, range(CALLS)))))


def attendance(report: Report, folder: Path) -> None:
    planner, cohort = open_planner(folder / "year"), cohort_of(folder, PEOPLE)
    planner.save(cohort)
    year = year_of(cohort)
    with clocked() as first:
        added = planner.save(year).added
    with clocked() as again:
        more = planner.save(year).added
    kept = first.processor <= SECONDS_OF_ATTENDANCE and more == 0
    report.kept &= kept
    report.line(
        f"{added:,} rows of attendance saved: {first.processor:.1f} s ({first.wall:.1f} s on the "
        f"wall; promised: at most {SECONDS_OF_ATTENDANCE} s); again: {again.processor:.1f} s, "
        f"{more} rows added {'✓' if kept else '✗'}"
    )


def summaries(report: Report, folder: Path) -> None:
    planner = open_planner(folder / "runs")
    with planner.place.writing("benchmark") as connection:
        ids = [("home", f"run-{number}") for number in range(RUNS)]
        told = [(*key, f"Class {key[1]}", "any", "{}", "{}", 30, "any") for key in ids]
        put_many(connection, runs, [c.name for c in runs.columns], told)
        for table, values in (
            (participants, ("{}",)),
            (decisions, ("accepted", 0, "a reason")),
            (buddies, ('["one"]', "{}")),
        ):
            rows = [(*key, f"person-{k}", *values) for key in ids for k in range(40)]
            put_many(connection, table, [c.name for c in table.columns], rows)
    with clocked() as clock:
        shown = planner._table()
    kept = clock.processor <= SECONDS_OF_SUMMARIES and len(shown) == RUNS
    report.kept &= kept
    report.line(
        f"summaries of {RUNS} runs of 40 people: {1000 * clock.processor:.0f} ms (promised: at "
        f"most {SECONDS_OF_SUMMARIES} s) {'✓' if kept else '✗'}"
    )


def main() -> int:
    report = Report()
    with TemporaryDirectory() as folder:
        summaries(report, Path(folder))
        attendance(report, Path(folder))
    return report.code


if __name__ == "__main__":
    raise SystemExit(main())
