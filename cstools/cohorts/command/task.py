"""What a task of ``cstools plan`` is: its name, its options, an example, and what it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from cstools.cohorts.command.desk import Desk

Needs = Literal["nothing", "planner", "cohort", "step"]


@dataclass(frozen=True)
class Option:
    """One option or word of a task, in the terms of ``argparse``."""

    names: tuple[str, ...]
    settings: Mapping[str, Any]


@dataclass(frozen=True)
class Task:
    """One task, or one of the tasks under it.

    Parameters
    ----------
    name
        The word to type.
    says
        One line for the list of tasks.
    example
        Words to type after ``cstools plan``; they are a whole command.
    do
        What is done; it returns the exit code.
    needs
        ``nothing``, a ``planner``, a ``cohort`` in it, or to save a ``step`` of that cohort.
    options
        Its own options and words.
    tasks
        The tasks under it; without one of them, ``do`` shows how it stands.
    about
        What else its help says.
    """

    name: str
    says: str
    example: str
    do: Callable[[Desk], int]
    needs: Needs = "step"
    options: tuple[Option, ...] = ()
    tasks: tuple[Task, ...] = field(default=())
    about: str = ""


def word(name: str, **settings: Any) -> Option:
    """Return a word that a task is given by its place."""
    return Option((name,), settings)


def option(*names: str, **settings: Any) -> Option:
    """Return an option that is given by its name."""
    return Option(names, settings)


def decided() -> tuple[Option, Option]:
    """Return the two options of whatever a person decides: the role, and the reason."""
    return (
        option("--by", required=True, metavar="ROLE", help="your role, never a name"),
        option("--why", required=True, metavar="REASON", help="the reason, in a sentence"),
    )


def on(what: str, *, required: bool = False) -> Option:
    """Return the option of a day; where it may be left out, it is today."""
    told = what if required else f"{what} (today)"
    return option("--on", required=required, metavar="DAY", help=f"{told}, as 2026-10-05")


def out(what: str, *, required: bool = True, metavar: str = "FILE") -> Option:
    """Return the option of the file or folder that is written."""
    return option("--out", required=required, metavar=metavar, help=what)


def names_for(*, required: bool = False) -> Option:
    """Return the option that puts names into a file."""
    told = "write names and e-mails into the file, for this reason, which is logged"
    return option("--names-for", required=required, default="", metavar="REASON", help=told)


SEED = option("--seed", type=int, metavar="N", help="decides what lots decide (as the last time)")
