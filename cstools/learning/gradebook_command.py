"""``cstools gradebook``: run and judge what a group submitted, from a terminal."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

_ABOUT = """
Run and judge what a group of learners submitted, and write a table of outcomes.

  cstools gradebook collect submissions/ --out grades.csv

The folder holds a folder for each learner, or a file for each: notebooks (.ipynb), and receipts
(.progress.json) of those who answered in the forms. Every notebook is run again, on a copy, away
from your files, with a limit on time and memory. Its stored results are never looked at, nor what
a receipt says of outcomes: answers are taken out of both, as numbers and texts, and judged here, by
the exercises that you have. The submissions stay as they are.

The table has a row for each file and set of exercises: how it ran and, if it did not, why; how
many answers are correct, close, incorrect and not attempted; and the outcome of each question.
A notebook and a receipt of one learner are two rows, and nothing adds them up: look at both. Any
other file gets a row that says so.

Stopped halfway? The same command goes on where it was. A grade says that an answer is right, not
how it was found: solutions are open to all who learn here.
"""
_AFTER = """
exit code: 0 all were judged; 1 the table is written, and some could not be run to their end;
2 nothing was written
"""


def register(subparsers: Any) -> None:
    """Add the ``gradebook`` command and its task to a parser's sub-commands."""
    gradebook = subparsers.add_parser(
        "gradebook",
        help="run and judge what a group submitted",
        description=_ABOUT,
        epilog="cstools gradebook collect --help tells the limits that can be set",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    tasks = gradebook.add_subparsers(dest="task", required=True, metavar="TASK")
    collect = tasks.add_parser(
        "collect",
        help="write a table of outcomes from a folder of submissions",
        description=_ABOUT,
        epilog=_AFTER,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    collect.add_argument("submissions", type=Path, metavar="FOLDER", help="what was handed in")
    collect.add_argument(
        "--out", required=True, type=Path, metavar="FILE", help="the table, a .csv file"
    )
    collect.add_argument(
        "--seconds",
        type=_positive,
        default=120.0,
        metavar="N",
        help="the longest that one notebook may run (120)",
    )
    collect.add_argument(
        "--memory",
        type=_megabytes,
        default=2048,
        metavar="MB",
        help="the most memory that one may use (2048)",
    )
    collect.add_argument(
        "--again", action="store_true", help="begin anew, where an earlier run was stopped"
    )
    collect.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Do the task; return 0, or 1 where something could not be run to its end.

    Raises
    ------
    CstoolsError
        With the sentence to print, when nothing can be written.
    """
    from cstools.errors import brief
    from cstools.learning.fenced import Limits
    from cstools.learning.gradebook import collect

    limits = Limits(arguments.seconds, arguments.memory)
    try:
        rows = collect(arguments.submissions, arguments.out, limits, arguments.again, _say)
    except KeyboardInterrupt:
        print("\nStopped. What is judged so far is kept; the same command goes on from here.")
        raise
    whole = sum(row.whole for row in rows)
    count = f"{len(rows)} row{'' if len(rows) == 1 else 's'}"
    print(f"{brief(arguments.out, 300)}: {count}, {whole} of them from files that ran to their end")
    return 0 if whole == len(rows) else 1


def _say(line: str) -> None:
    print(line, flush=True)


def _positive(text: str) -> float:
    value = float(text)
    if not 1 <= value <= 86_400:
        raise argparse.ArgumentTypeError("give a number of seconds, from 1 to a day's 86400")
    return value


def _megabytes(text: str) -> int:
    value = int(text)
    if not 256 <= value <= 1_000_000:
        raise argparse.ArgumentTypeError("give a number of megabytes, 256 or more")
    return value
