"""One command from its words to its exit code."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence

from cstools.cohorts.command.desk import NOTHING_SAVED, Desk
from cstools.cohorts.command.every_task import GROUPS
from cstools.cohorts.command.parser import plan_parser
from cstools.cohorts.command.words import in_commands
from cstools.errors import CstoolsError

STOPPED = 130  # what a shell expects after Ctrl+C


def run_words(words: Sequence[str]) -> int:
    """Do the task that the words name; without a task, list them all.

    Raises
    ------
    CstoolsError
        When the task cannot be done; the message names commands where notebooks have methods.
    """
    desk: Desk | None = None
    # After Ctrl+C a connection may not close in order: SQLAlchemy would show its traceback.
    logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)
    try:
        parser = plan_parser(GROUPS)
        given = parser.parse_args(list(words))
        if given.task is None:
            parser.print_help()
            return 0
        desk = Desk(given)
        return int(given.task.do(desk))
    except CstoolsError as error:
        error.args = (in_commands(str(error)),)
        raise
    except KeyboardInterrupt:
        print(desk.told_when_stopped() if desk else NOTHING_SAVED, file=sys.stderr)
        return STOPPED
