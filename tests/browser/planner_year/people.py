"""Forty other people than the shipped ones, and the file of their answers with the faults it has.

Nobody in it exists. The same seed gives the same file, and what a coordinator writes beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cstools.cohorts.applying.columns import COLUMNS
from cstools.cohorts.basics.spreadsheet import write_rows
from cstools.cohorts.made_up.synthetic_cohorts import FAULTS, Row, synthetic_cohort

SEED = 4711
PEOPLE = 40
# What happened to this form, in this order; the title rows come last, above everything.
HAPPENED = (
    *("blanks", "capitals", "a formula", "sent twice", "dates in two orders"),
    *("empty rows", "a renamed column", "merged rows above the head"),
)
_AT = {column.field: place for place, column in enumerate(COLUMNS)}
_PRIVATE = ("name", "email", "postcode")

MAPPING = """\
# How the answers of this form are to be read.
head_row = 3
date_order = "day first"
duplicates = "keep the last"

[columns]
site = "Where do you work?"

[spellings.time_zone]
"{wrong}" = "{right}"
"""
OVERLAY = """\
# What the documents leave open, decided for this run.
[capacity]
most = 22

[price]
currency = "CAD"
participant = "6400.00"
student_percent = 50
early_bird = "6000.00"
scholarships = "limited"

[[calls]]
name = "monthly call"
day = "third Thursday"
start = 17:30:00
zone = "Europe/Copenhagen"
minutes = 90

[project]
approved_by = "programme faculty"

[portfolio]
unit = "person"

[commitments]
promised = ["all calls", "application project", "portfolio", "buddy check-ins", "daily practice"]
"""


@dataclass(frozen=True)
class Answers:
    """The answers as they came, and what must be seen on no page."""

    rows: tuple[Row, ...]
    mapping: str
    private: frozenset[str]


def answers() -> Answers:
    """Return the made-up answers with every fault in place, and the mapping that settles them."""
    made = synthetic_cohort(PEOPLE, SEED)
    faults = {fault.name: fault for fault in FAULTS}
    rows, wrong, right = _mistyped(list(made.rows))
    for name in HAPPENED:
        rows = faults[name].spoil(rows)
    return Answers(tuple(rows), MAPPING.format(wrong=wrong, right=right), _private(made.rows))


def write_answers(folder: Path) -> Answers:
    """Write the form as a workbook, its mapping and the overlay, under names of their own."""
    made = answers()
    write_rows(folder / "answers.xlsx", made.rows)
    (folder / "reading.toml").write_text(made.mapping, encoding="utf-8")
    (folder / "open-questions.toml").write_text(OVERLAY, encoding="utf-8")
    return made


def _mistyped(rows: list[Row]) -> tuple[list[Row], str, str]:
    """Return the rows with one time zone that lacks a letter, what it is and what was meant."""
    place = _AT["time_zone"]
    row = list(rows[9])
    right, row[place] = row[place], row[place][:-2] + row[place][-1]
    return [*rows[:9], tuple(row), *rows[10:]], row[place], right


def _private(rows: tuple[Row, ...]) -> frozenset[str]:
    """Return each name, its last word, each e-mail and each postal code that is no common word."""
    people = rows[1:]
    names = {row[_AT["name"]] for row in people}
    found = names | {name.split()[-1] for name in names} | {row[_AT["email"]] for row in people}
    codes = {row[_AT["postcode"]] for row in people}
    found |= {code for code in codes if " " in code or "-" in code}
    return frozenset(text.casefold() for text in found)


def named_in(text: str, private: frozenset[str]) -> list[str]:
    """Return what of these private texts stands in a text."""
    plain = text.casefold()
    return sorted(each for each in private if each in plain)
