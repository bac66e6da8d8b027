"""The summaries of 500 runs of 40 people, as a planner lists them, come within a second.

Beside them stands what counting the same rows in SQL alone takes. What a year of attendance takes
is measured in attendance.py. Time is the processor's, so that other programs are not counted.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, select

from benchmarks.measure import Report, span, take_turns, times
from cstools.cohorts import open_planner
from cstools.cohorts.store.bulk import put_many
from cstools.cohorts.store.tables_of_store import buddies, decisions, participants, runs

RUNS, SECONDS, TURNS = 500, 1, 9


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

    def counted() -> None:
        with planner.place.reading() as connection:
            for table in (runs, participants, decisions, buddies):
                connection.execute(
                    select(table.c.run_id, func.count()).group_by(table.c.run_id)
                ).all()

    timed = take_turns({"summaries": planner._table, "counted": counted}, TURNS)
    kept = timed.typical("summaries") <= SECONDS and len(planner._table()) == RUNS
    report.kept &= kept
    report.line(
        f"summaries of {RUNS} runs of 40 people: {span(timed.typical('summaries'))}, "
        f"{times(timed.ratio('summaries', 'counted'))} times counting their rows (promised: at "
        f"most {SECONDS} s) {'✓' if kept else '✗'}"
    )


def main() -> int:
    report = Report()
    with TemporaryDirectory() as folder:
        summaries(report, Path(folder))
    return report.code


if __name__ == "__main__":
    raise SystemExit(main())
