"""Applications are read whole or not at all, and nothing about a person is guessed.

1. The file becomes rows of text. 2. The heads find their columns. 3. Each cell is read, and what
is wrong is written down. 4. Spellings and repeated people are compared across rows. 5. Only when
nothing is wrong do the rows become applications.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cstools.cohorts.applying.across_rows import across_rows, dated
from cstools.cohorts.applying.columns import BY_FIELD, READERS, or_none
from cstools.cohorts.applying.heads import about_heads, places_of
from cstools.cohorts.applying.mapping import Mapping as FormMapping
from cstools.cohorts.applying.mapping import as_mapping
from cstools.cohorts.applying.report import Finding, Report
from cstools.cohorts.basics.files import place_of
from cstools.cohorts.basics.people import PRIVATE, Application, Private
from cstools.cohorts.basics.spelling import tidy
from cstools.cohorts.basics.spreadsheet import read_rows
from cstools.cohorts.basics.tables import Table, table
from cstools.errors import DataError, FileError

HIDDEN = "•••"
# The example that a message gives is nobody's address.
_ADDRESS = re.compile(r"(?<![^\s'\"<>])(?!name@example\.org\b)[^\s'\"<>]+@[^\s'\"<>]+")
Values = dict[str, Any]
_FEW = 3  # heads; a row of titles has fewer, a row of heads has more
_TITLES = 10
_OTHER_LETTERS = (
    ', or, where it comes from an older Windows program, write encoding = "Windows-1252" '
    "in a mapping file"
)


@dataclass(frozen=True)
class Applications:
    """The applications of one file, all of them checked.

    They print as counts and places, never as names.
    """

    people: tuple[Application, ...]
    report: Report

    def __len__(self) -> int:
        return len(self.people)

    def __iter__(self) -> Iterator[Application]:
        return iter(self.people)

    def _table(self) -> Table:
        counts = (
            ("people", len(self.people)),
            ("countries", len({person.country for person in self.people})),
            ("time zones", len({person.time_zone for person in self.people})),
            ("sites", len({person.site for person in self.people})),
            ("teams", len({person.team for person in self.people if person.team})),
            ("took the introductory workshop", sum(bool(p.alumni) for p in self.people)),
            ("cells to look at", len(self.report.of("look"))),
        )
        return table(f"Applications from {self.report.file}", ("what", "how many"), counts)

    def __repr__(self) -> str:
        return repr(self._table())

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        return self._table()._repr_mimebundle_()


def read_applications(
    path: str | Path, mapping: str | Path | Mapping[str, Any] | None = None
) -> Applications:
    """Return the applications of a CSV or XLSX file, as a form service writes it.

    Parameters
    ----------
    path
        The file as it was downloaded; it is never changed.
    mapping
        A TOML file (or the same as a dictionary) that says what only you can know: which heads
        are renamed, which two spellings are one place, in which order dates were typed, which of
        two applications of one person counts.

    Raises
    ------
    FileError
        When the file is not there, is empty or cannot be read.
    DataError
        When a column is missing or a cell is wrong: at most three faults, with row and column.
        No row is taken then. :func:`check_applications` lists all of them.
    """
    report, people = _read(place_of(path), as_mapping(mapping))
    if not report.passes:
        raise report.error()
    return Applications(people, report)


def check_applications(
    path: str | Path, mapping: str | Path | Mapping[str, Any] | None = None
) -> Report:
    """Return everything that is wrong, repaired or worth a look in a file of applications.

    No cell of a name, an e-mail or a postal code is quoted, so that the report can be shown.
    """
    place, rules = place_of(path), as_mapping(mapping)  # a mapping of its own faults is told
    try:
        return _read(place, rules)[0]
    except (DataError, FileError) as error:
        if not place.is_file():
            raise
        # The file as a whole: titles above the heads, or letters of another kind.
        told = str(error).removeprefix(f"{place.name}: ")
        return Report(place.name, 0, (Finding(0, "the file", "wrong", told),))


def _read(path: Path, rules: FormMapping) -> tuple[Report, tuple[Application, ...]]:
    (_, head), *rows = _from_the_heads(path, rules)
    if not rows:
        told = "there is a head and no row under it; download the answers again"
        raise DataError(f"{path.name}: {told}")
    if any("@" in cell for cell in head):
        told = "row 1 holds an e-mail address where the heads should be; put the heads above it"
        raise DataError(f"{path.name}: {told}")
    places = places_of(head, rules)
    findings = list(about_heads(head, places, rules))
    records = [_record(number, row, places, rules, len(head), findings) for number, row in rows]
    dated(records, rules.date_order, findings, rules.dates_as_numbers)
    kept = across_rows(records, rules.duplicates, findings)
    report = Report(path.name, len(rows), tuple(sorted(findings)))
    unasked = frozenset(BY_FIELD.keys() - places)
    return report, tuple(_application(record, unasked) for record in kept if report.passes)


def _from_the_heads(path: Path, rules: FormMapping) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Return the rows of a file from the heads on, with their numbers."""
    rows = read_rows(path, rules.encoding, or_else=_OTHER_LETTERS)
    if rules.head_row:
        below = tuple(row for row in rows if row[0] >= rules.head_row)
        if not below or below[0][0] != rules.head_row:
            told = f"the mapping file says head_row = {rules.head_row}, and that row is empty"
            raise DataError(f"{path.name}: {told}; write the row in which the heads stand")
        return below
    if len(places_of(rows[0][1], rules)) < _FEW:
        for number, row in rows[1:_TITLES]:
            if len(places_of(row, rules)) > _FEW:
                told = f"the heads seem to stand in row {number}; write head_row = {number} in a"
                raise DataError(f"{path.name}: {told} mapping file, or delete the rows above")
    return rows


def _record(
    number: int,
    row: tuple[str, ...],
    places: Mapping[str, int],
    rules: FormMapping,
    width: int,
    findings: list[Finding],
) -> Values:
    """Return one row's values by field; a cell that cannot be read is written down and left out."""
    values: Values = {"row": number}
    if any(row[width:]):
        what = f"has {len(row)} cells and the head has {width}; a comma or a quote is out of place"
        findings.append(Finding(number, "whole row", "wrong", what))
        return values
    for field, place in places.items():
        cell = row[place] if place < len(row) else ""
        try:
            values[field] = _value(field, cell, rules)
            findings += _about_cell(number, field, cell, values[field])
        except DataError as error:
            told = _without_people(str(error), row, places)
            findings.append(Finding(number, BY_FIELD[field].title, "wrong", told))
    return values


def _without_people(told: str, row: tuple[str, ...], places: Mapping[str, int]) -> str:
    """Return a message without e-mail addresses and without this row's private texts.

    People write their address into other cells too, and cells slip into a neighbour's column.
    """
    cells = {f: tidy(row[places[f]]) for f in PRIVATE if f in places and places[f] < len(row)}
    parts = (cell for field, cell in cells.items() if field != "access_needs")  # a sentence
    words = {*cells.values(), *" ".join(parts).split()}
    told = _ADDRESS.sub(HIDDEN, told)
    for word in sorted((w for w in words if len(w) > 2), key=lambda word: (-len(word), word)):
        told = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", HIDDEN, told)
    return told


def _value(field: str, cell: str, rules: FormMapping) -> object:
    text = tidy(cell)
    text = rules.spellings.get(field, {}).get(text, text)
    if BY_FIELD[field].needed and not text:
        raise DataError("the cell is empty; fill it")
    return READERS[field](text) if field in READERS else text


def _about_cell(number: int, field: str, cell: str, value: object) -> Iterator[Finding]:
    title = BY_FIELD[field].title
    if cell != cell.strip() or "\u00a0" in cell:
        yield Finding(number, title, "repaired", "blanks around the text were left out")
    if READERS.get(field) is or_none and tidy(cell) and not or_none(tidy(cell)):
        yield Finding(number, title, "repaired", f"'{tidy(cell)}' was read as an empty cell")
    if isinstance(value, str) and value.startswith(("=", "+", "@")):
        yield Finding(
            number, title, "look", "begins like a formula; kept as text, never worked out"
        )


def _application(record: Values, unasked: frozenset[str]) -> Application:
    values: Values = {
        "submitted": None,
        "country": "",
        "postcode": "",
        "access_needs": "",
        "team": "",
        "local_work": None,
        "student": None,
        **record,
        "champion": bool(record.get("champion")),
        "unasked": unasked,
    }
    values.update({name: Private(values[name]) for name in PRIVATE})
    return Application(**values)
