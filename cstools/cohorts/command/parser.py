"""The words of ``cstools plan`` read: tasks, tasks under them, and help for each."""

from __future__ import annotations

import re
from argparse import SUPPRESS, ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Mapping, Sequence
from textwrap import fill
from typing import Any, NoReturn

from cstools.cohorts.command.task import Needs, Task
from cstools.errors import did_you_mean

Groups = Mapping[str, Sequence[Task]]
_ABOUT = """\
A cohort from its applications to its certificates. Each task does one step on the cohort that a
planner keeps, shows it, saves it in one transaction, and says what changed. People are shown by
code; names stand only in files that are asked for with --names-for and a reason.
"""
_CODES = """\
exit code: 0 done; 1 done, and the answer is no (a file is not ready, a rule does not hold);
2 it could not be done, and nothing was saved; 130 stopped by Ctrl+C"""
_WHERE = """\
The planner is the one that --planner names, or CSTOOLS_PLANNER, or the folder 'planner' here.
"""
_NO_TASK = re.compile(r"argument TASK: invalid choice: '([^']*)'")


class PlanParser(ArgumentParser):
    """A parser that answers an unknown task with the nearest one, not with all of them."""

    tasks: tuple[str, ...] = ()
    waiting: Task | None = None

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Read words; a task's options are made when its name is among them, not before."""
        if self.waiting is not None:
            task, self.waiting = self.waiting, None
            _fill(self, task)
        return super().parse_known_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        """End with exit code 2 and what is wrong in the words that were typed."""
        if found := _NO_TASK.search(message):
            hint = did_you_mean(found[1], self.tasks)
            lists = f"{' ' if hint else '; '}'{self.prog} --help' lists them\n"
            self.exit(2, f"'{self.prog}' has no task '{found[1]}'{hint}{lists}")
        super().error(message)

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Read words, all of them; of what is left over, an example tells where it belongs."""
        given, left = self.parse_known_args(args, namespace)
        if left and given.task is not None:
            self.exit(
                2,
                f"'{' '.join(left)}' is not understood there; an example is 'cstools plan "
                f"{given.task.example}', and with --help the task tells all its options\n",
            )
        if left:
            self.error(f"'{' '.join(left)}' is not understood")
        return given


def plan_parser(groups: Groups) -> PlanParser:
    """Return the parser of every task."""
    parser = PlanParser(
        prog="cstools plan",
        usage="cstools plan TASK …, and cstools plan TASK --help for an example",
        description=f"{_ABOUT}\n{overview(groups)}\n\n{_WHERE}",
        epilog=_CODES,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.set_defaults(task=None)
    _place_options(parser, "step", quiet=True)
    _add(parser, [task for tasks in groups.values() for task in tasks])
    return parser


def overview(groups: Groups) -> str:
    """Return every task in a line, in the order of the year."""
    widest = max(len(task.name) for tasks in groups.values() for task in tasks)
    parts = []
    for name, tasks in groups.items():
        lines = [f"  {task.name:{widest}}  {task.says}" for task in tasks]
        parts.append("\n".join([f"{name}:", *lines]))
    return "\n".join(parts)


def _add(parser: PlanParser, tasks: Sequence[Task]) -> None:
    under = parser.add_subparsers(
        metavar="TASK", parser_class=PlanParser, help=SUPPRESS, prog=parser.prog
    )
    parser.tasks = tuple(task.name for task in tasks)
    for task in tasks:
        made = under.add_parser(
            task.name,
            description=_told(task),
            epilog=f"example:\n  cstools plan {task.example}\n\n{_CODES}",
            formatter_class=RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        made.waiting = task


def _fill(parser: PlanParser, task: Task) -> None:
    parser.set_defaults(task=task)
    for each in task.options:
        parser.add_argument(*each.names, **each.settings)
    _place_options(parser, task.needs)
    if task.tasks:
        _add(parser, task.tasks)


def _told(task: Task) -> str:
    says = fill(f"{task.says[0].upper()}{task.says[1:]}. {task.about}".strip(), 96)
    if not task.tasks:
        return says
    return f"{says}\n\n{overview({'tasks under it': task.tasks})}"


def _place_options(parser: PlanParser, needs: Needs, *, quiet: bool = False) -> None:
    """Add what every task has; left out below, it keeps what was said above."""
    group = parser.add_argument_group("where, and how it is shown")

    def offer(name: str, says: str, metavar: str = "") -> None:
        says = SUPPRESS if quiet else says
        if metavar:
            group.add_argument(name, default=SUPPRESS, metavar=metavar, help=says)
        else:
            group.add_argument(name, action="store_true", default=SUPPRESS, help=says)

    if needs != "nothing":
        offer("--planner", "the folder or address of the planner", "PLACE")
        offer("--organisation", "whose cohorts, where several share a planner", "NAME")
    if needs in ("cohort", "step"):
        offer("--cohort", "which cohort (the only one there)", "NAME")
    if needs == "step":
        offer("--dry-run", "show what would change, and save nothing")
    offer("--table", "write what is shown as tables to a CSV or XLSX file as well", "FILE")
    offer("--verbose", "say how far long work is where no terminal shows it")
