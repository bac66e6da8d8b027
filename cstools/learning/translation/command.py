"""``cstools translate``: from the course to catalogues, and back to translated notebooks."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

from cstools.errors import DataError
from cstools.languages import languages
from cstools.learning.translation.build import Lesson, build, lesson, stale, translations
from cstools.learning.translation.catalogues import (
    PACKAGE,
    bring_up_to_date,
    faults,
    messages_of,
    package_messages,
    path_of,
    strange_terms,
)

_ABOUT = """
Translate notebooks of the course. You need no programming: the English text lies in files ending
in .po, one for a notebook, which the free program Poedit opens, or the web site Weblate, or any
editor.

  1. Begin a language and a notebook (es is Spanish, da Danish, sw Swahili, and so on):

       cstools translate begin es 11-one-more-thing

     The file is cstools/data/locales/es/11-one-more-thing.po. Beside it lies package.po: what all
     notebooks share, what a check says, and each word of the glossary, to be translated once.

  2. Translate. What stands in braces {1}, in brackets with a year [Senge1990] or between ` and `
     stays as it is. Say it as you would say it to a colleague; nobody wants it word for word.

  3. See what is missing:                   cstools translate check
  4. Make the notebooks, and read them:     cstools translate build

When the English has changed: cstools translate extract. New entries are empty then, and those of
which the English changed a little are marked fuzzy ("needs work"): look at them.

The names of a model, and its units, have the context "name" and "unit": they are what pictures,
sentences and sliders show. In code they stay English, as do the words under an explorer's diagrams
on which loops lead; references; the glossary; and notes for facilitators. The notebook tells its
reader so, below its title: add there which name is which word. Numbers are written as code writes
them, 0.25.
"""


def register(subparsers: Any) -> None:
    """Add the ``translate`` command and its tasks to a parser's sub-commands."""
    translate = subparsers.add_parser(
        "translate",
        help="translate notebooks: begin, extract, check, build",
        description=_ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    tasks = translate.add_subparsers(dest="task", required=True, metavar="TASK")
    begin = tasks.add_parser("begin", help="write the file to translate, for a notebook")
    begin.add_argument("language", metavar="LANGUAGE", help="its two letters, such as es")
    begin.add_argument("notebook", metavar="NOTEBOOK", help="its name, 10-creative-tension")
    begin.set_defaults(run=_begin)
    for name, run, says in (
        ("extract", _extract, "bring the files up to date with the English text"),
        ("check", _check, "say what is missing or out of date"),
        ("build", _build, "write the translated notebooks"),
    ):
        tasks.add_parser(name, help=says).set_defaults(run=run)


def _begin(chosen: argparse.Namespace) -> int:
    if not re.fullmatch("[a-z]{2}", chosen.language) or chosen.language == "en":
        raise DataError(
            f"'{chosen.language}' is no language to translate into; give the two letters by which "
            "the web knows it, such as es for Spanish"
        )
    one = lesson(Path(), chosen.notebook)
    print(_brought(chosen.language, PACKAGE, package_messages()))
    print(_brought(chosen.language, one.name, messages_of(one.notebook, one.source)))
    return 0


def _extract(_: argparse.Namespace) -> int:
    for language in languages()[1:]:
        print(_brought(language, PACKAGE, package_messages()))
    for language, one in translations(Path()):
        print(_brought(language, one.name, messages_of(one.notebook, one.source)))
    return 0


def _brought(language: str, name: str, messages: Any) -> str:
    wanted = list(messages)
    bring_up_to_date(language, name, wanted)
    left = len(faults(language, name, wanted))
    return f"{path_of(language, name)}: {len(wanted)} messages, {left} to translate or to look at"


def _check(_: argparse.Namespace) -> int:
    found = problems(Path())
    for sentence in found:
        print(sentence)
    print("Everything is translated." if not found else f"{len(found)} things to do.")
    return min(len(found), 1)


def problems(course: Path) -> list[str]:
    """Return what is missing or out of date in the translations, a sentence each."""
    package, found = package_messages(), []
    for language in languages()[1:]:
        found += faults(language, PACKAGE, package)
    for language, one in translations(course):
        own = faults(language, one.name, messages_of(one.notebook, one.source))
        found += own or [*strange_terms(language, one.name), *_out_of_date(one, language)]
    return found


def _out_of_date(one: Lesson, language: str) -> list[str]:
    return [
        f"{path.name} is not what the build gives; run: cstools translate build"
        for path in stale(one, language)
    ]


def _build(_: argparse.Namespace) -> int:
    for language, one in translations(Path()):
        for path in build(one, language):
            print(f"{path}: written")
    return 0
