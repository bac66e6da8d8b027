"""The ``cstools`` command: open the lab, check the installation, plan a cohort, grade, and more."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path

from cstools.errors import CstoolsError
from cstools.floors import upstairs
from cstools.installation import findings, report
from cstools.lab import open_lab
from cstools.learning import gradebook_command
from cstools.learning.translation import command as translate_command


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 something is wrong, 2 it could not."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that knows no ✓ shows ? instead
    try:
        return _run(words or ["--help"])
    except CstoolsError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever read us, `| head` perhaps, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130  # what a shell expects after Ctrl+C


def _run(words: list[str]) -> int:
    chosen = _parser().parse_args(words)
    return int(chosen.run(chosen))


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="cstools", description="Systems awareness in notebooks.")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    lab = commands.add_parser("lab", help="open JupyterLab on the start notebook")
    lab.add_argument("folder", nargs="?", type=Path, default=Path(), help="the course (here)")
    lab.add_argument("--port", type=int, help="the port to listen on")
    lab.add_argument("--no-browser", action="store_true", help="only print the address")
    lab.set_defaults(run=_lab)

    check = commands.add_parser("check", help="say whether this installation is whole")
    check.set_defaults(run=_check)

    models = commands.add_parser(
        "models",
        help="write the teaching models for other programs",
        description="Write every teaching model as an XMILE file, and a page that says which is "
        "which. A file that is up to date is left alone; one that was changed is written over.",
    )
    models.add_argument(
        "--out", required=True, type=Path, metavar="FOLDER", help="where to; made if need be"
    )
    models.set_defaults(run=_models)

    upstairs("cohorts.command").register(commands)
    gradebook_command.register(commands)
    translate_command.register(commands)
    return parser


def _lab(chosen: Namespace) -> int:
    open_lab(chosen.folder, chosen.port, browser=not chosen.no_browser)
    return 0


def _check(chosen: Namespace) -> int:
    text, whole = report(findings())
    print(text)
    return 0 if whole else 1


def _models(chosen: Namespace) -> int:
    from cstools.facets import as_files  # brings the writer of files, which no other command needs

    print(as_files.told(as_files.write(chosen.out)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
