"""``cstools plan``: the planner for whoever prefers a terminal to a notebook."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cstools.errors import FileError

if TYPE_CHECKING:
    from cstools.cohorts.calendar.year_calendar import Calendar
    from cstools.cohorts.cohort import Cohort


def register(subparsers: Any) -> None:
    """Add the ``plan`` command and its three tasks to a parser's sub-commands."""
    plan = subparsers.add_parser("plan", help="plan a cohort: seats, buddies, calendar")
    tasks = plan.add_subparsers(dest="task", required=True, metavar="TASK")
    tasks.add_parser("programmes", help="list the programme runs")
    facts = tasks.add_parser("facts", help="print what a programme's documents state")
    facts.add_argument("programme", metavar="ID")
    facts.add_argument("--overlay", metavar="FILE", help="your own TOML file over the documents")
    check = tasks.add_parser("check", help="say what is wrong in a file of applications")
    check.add_argument("applications", metavar="FILE")
    check.add_argument("--mapping", metavar="FILE", help="how your form's answers are to be read")
    verify = tasks.add_parser("verify", help="say whether a certificate's id is valid")
    verify.add_argument("certificate", metavar="ID")
    verify.add_argument("--planner", required=True, metavar="FOLDER", help="where it was issued")
    _register_cohort(tasks)
    plan.set_defaults(run=run)


def _register_cohort(tasks: Any) -> None:
    cohort = tasks.add_parser(
        "cohort", help="read applications; write roster, buddies and calendar"
    )
    cohort.add_argument("--programme", required=True, metavar="ID")
    cohort.add_argument("--applications", required=True, metavar="FILE", help="CSV or XLSX")
    cohort.add_argument(
        "--out", required=True, metavar="FOLDER", help="where the files are written"
    )
    cohort.add_argument("--name", default="", help="what the cohort is called")
    cohort.add_argument("--seats", type=int, metavar="N", help="how many seats there are")
    cohort.add_argument("--overlay", metavar="FILE", help="your own TOML file over the documents")
    cohort.add_argument("--mapping", metavar="FILE", help="how your form's answers are to be read")
    cohort.add_argument("--seed", type=int, default=0, metavar="N", help="decides what lots decide")
    cohort.add_argument(
        "--secret", default="", help="a phrase of your own that people's codes need"
    )
    cohort.add_argument("--split-teams", action="store_true", help="let a team come in part")
    cohort.add_argument("--planner", metavar="FOLDER", help="keep the cohort in this planner")
    cohort.add_argument(
        "--names-for", default="", metavar="REASON", help="write names, for this reason"
    )


def run(arguments: argparse.Namespace) -> int:
    """Do one task of ``cstools plan``; return 0, or 1 where a file is not ready.

    Raises
    ------
    CstoolsError
        With the sentence to print, when the task cannot be done.
    """
    tasks = {
        "programmes": _programmes,
        "facts": _facts,
        "check": _check,
        "cohort": _cohort,
        "verify": _verify,
    }
    return tasks[arguments.task](arguments)


def _programmes(_arguments: argparse.Namespace) -> int:
    from cstools.cohorts import Programme

    for programme in Programme.ids():
        print(f"{programme:28}{Programme.load(programme).title}")
    return 0


def _facts(arguments: argparse.Namespace) -> int:
    from cstools.cohorts import Programme

    print(Programme.load(arguments.programme, overlay=arguments.overlay))
    return 0


def _check(arguments: argparse.Namespace) -> int:
    from cstools.cohorts import check_applications

    report = check_applications(arguments.applications, arguments.mapping)
    print(report)
    return 0 if report.passes else 1


def _verify(arguments: argparse.Namespace) -> int:
    from cstools.cohorts import open_planner
    from cstools.cohorts.store.verifying import verify_certificate

    found = verify_certificate(open_planner(arguments.planner), arguments.certificate)
    print(found)
    return 0 if found.status == "valid" else 1


def _cohort(arguments: argparse.Namespace) -> int:
    from cstools.cohorts import Programme, open_planner, read_applications

    programme = Programme.load(arguments.programme, overlay=arguments.overlay)
    applications = read_applications(arguments.applications, arguments.mapping)
    cohort = programme.plan(arguments.name or programme.title, secret=arguments.secret)
    cohort = cohort.enrol(applications.people).select(
        arguments.seats, seed=arguments.seed, teams_whole=not arguments.split_teams
    )
    cohort = cohort.pair_buddies(seed=arguments.seed) if cohort.accepted else cohort
    print(cohort)
    if looks := len(applications.report.of("look")):
        print(f"cells to look at: {looks}; 'cstools plan check' lists them")
    calendar = cohort.calendar()
    if arguments.planner:
        planner = open_planner(arguments.planner)
        print(planner.save(cohort))
        calendar = planner.publish(cohort)  # numbered after the one that people already have
    _write(cohort, calendar, Path(arguments.out), arguments.names_for)
    return 0


def _write(cohort: Cohort, calendar: Calendar, folder: Path, names_for: str) -> None:
    from cstools.cohorts.basics.spreadsheet import write_rows
    from cstools.cohorts.selection.roster import buddy_rows

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(f"the folder '{folder}' cannot be made: {error.strerror}") from None
    written = [
        cohort.write(folder / "roster.xlsx", names_for),
        write_rows(folder / "buddies.csv", buddy_rows(cohort)),
        calendar.write(folder / "calendar.ics"),
    ]
    print("\n".join(f"wrote {path}" for path in written))
    if names_for:
        print("roster.xlsx holds names and e-mails; keep it as private as the applications")
    print("\n".join(calendar.undecided))
