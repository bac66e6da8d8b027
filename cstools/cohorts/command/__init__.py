"""``cstools plan``: the planner for whoever prefers a terminal to a notebook.

A planner keeps the cohort between two commands. Each task loads it, does one step, shows what the
step is about, saves it in one transaction, and says what changed.
"""

from __future__ import annotations

import argparse
from typing import Any

HELP = "plan a cohort from applications to certificates, a step at a time"


def register(subparsers: Any) -> None:
    """Add the ``plan`` command to a parser's sub-commands.

    Its words are taken as they are, ``--help`` too, and read when it is run: no other command
    waits for the planner's many tasks.
    """
    plan = subparsers.add_parser("plan", help=HELP, add_help=False, prefix_chars="\0")
    plan.add_argument("words", nargs=argparse.REMAINDER)
    plan.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Do one task of ``cstools plan``, and return the exit code that its help tells of.

    Raises
    ------
    CstoolsError
        With the sentence to print, when the task cannot be done; nothing was saved then.
    """
    from cstools.cohorts.command.running import run_words

    return run_words(arguments.words)
