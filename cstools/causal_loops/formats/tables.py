"""A table with a link in each row: ``Source,Target,Polarity``, or Kumu's ``From,To,Type``.

Further columns are known by name: Delayed, Direction, Reason or Description, Citation. In a table
with From and To, a column Source is where a claim comes from.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Any

from cstools.causal_loops.formats import kumu
from cstools.causal_loops.formats.said import MapSaid, sign_in
from cstools.errors import FileError, brief
from cstools.spreadsheet_text import begins_formula

Row = Sequence[str]
KumuRow = tuple[str, dict[str, Any]]
_NAMES = {
    "from": ("from", "cause", "source"),
    "to": ("to", "effect", "target"),
    "polarity": ("polarity", "sign"),
    "type": ("type",),
    "direction": ("direction",),
    "delayed": ("delayed", "delay"),
    "description": ("description", "reason"),
    "source": ("citation", "reference", "source"),
    "tags": ("tags",),
    "lens": ("lens",),
    "_id": ("_id", "id"),
}
_MOST_ROWS = 200_000


def recognises(text: str) -> bool:
    """Say whether a table has a column of causes and one of effects."""
    return {"from", "to"} <= _columns(next(_each_row(text), ())).keys()


def read(text: str) -> MapSaid:
    """Return the map in the rows of a table; see :func:`said_by`."""
    return said_by(rows_of(text))


def said_by(rows: Sequence[Row]) -> MapSaid:
    """Return the map in rows of text, the head first.

    A row without an effect names a variable that nothing joins yet. A sign is ``+``, ``-``,
    ``positive``, ``1`` …; in a column Type, what is no sign is ``?`` and told. In a column To
    there may be several effects with a bar between them, as Kumu has it.

    Raises
    ------
    FileError
        When a column of causes or effects is missing, or a row is not whole.
    """
    columns = _columns(rows[0] if rows else ())
    if not {"from", "to"} <= columns.keys():
        head = ", ".join(f"'{brief(cell, 20)}'" for cell in (rows[0] if rows else ())[:5])
        raise FileError(
            "the first row of a table of links names its columns: Source, Target, Polarity, or "
            f"From, To, Type; here it is {head or 'empty'}"
        )
    elements, connections = list[KumuRow](), list[KumuRow]()
    for number, row in enumerate(rows[1:], start=2):
        where = f"row {number}"
        cells = {
            name: without_apostrophe(row[i])
            for name, i in columns.items()
            if i < len(row) and row[i].strip()
        }
        if "polarity" in cells:
            cells["polarity"] = sign_in(cells["polarity"], where)
        if "from" in cells and "to" not in cells:
            elements.append((where, {"label": cells["from"], "lens": cells.get("lens", "")}))
        elif cells:
            connections.append((where, cells))
    if rows[0][columns["to"]].strip().lower() == "to":
        causes = {cells["from"] for _, cells in connections if "from" in cells}
        connections = [single for row in connections for single in singly(row, causes)]
    return kumu.said_by(elements, connections, [])


def singly(row: KumuRow, labels: Collection[str]) -> Iterator[KumuRow]:
    """Yield a row of Kumu for each effect in its cell ``To``, where a bar stands between them.

    A cell that as a whole is the label of an element is that one.
    """
    where, cells = row
    effects = cells.get("to", "")
    for effect in [effects] if effects in labels else effects.split("|"):
        yield where, {**cells, "to": effect.strip()}


def rows_of(text: str) -> list[list[str]]:
    """Return the rows of a text with commas, semicolons or tabs between its cells.

    Raises
    ------
    FileError
        When a quotation mark is not closed, a cell is longer than any text of a map, or there
        are more rows than any map has.
    """
    rows = list(islice(_each_row(text), _MOST_ROWS + 1))
    if len(rows) > _MOST_ROWS:
        raise FileError(f"there are more than {_MOST_ROWS:,} rows, which is no map")
    return rows


def _each_row(text: str) -> Iterator[list[str]]:
    plain = text.removeprefix("\ufeff")
    head = plain[: plain.find("\n") + 1 or len(plain)]
    delimiter = max((",", ";", "\t"), key=head.count)
    reader = csv.reader(io.StringIO(plain, ""), delimiter=delimiter, strict=True)
    try:
        yield from (row for row in reader if any(cell.strip() for cell in row))
    except csv.Error as error:
        raise FileError(f"this is no whole table at line {reader.line_num} ({error})") from None


def _columns(head: Row) -> dict[str, int]:
    """Return at which place each column stands, by the name that Kumu has for it."""
    places = {cell.strip().lower(): i for i, cell in reversed([*enumerate(head)])}
    columns: dict[str, int] = {}
    for column, names in _NAMES.items():
        free = [places[name] for name in names if name in places]
        free = [place for place in free if place not in columns.values()]
        if free:
            columns[column] = free[0]
    return columns


# --- writing ------------------------------------------------------------------------------------


def write(said: MapSaid) -> str:
    """Return the table ``Source,Target,Polarity``, with further columns where they are needed.

    A name that a spreadsheet would take for a formula gets an apostrophe before it, which is
    taken off again when it is read.
    """
    rows = [
        [
            with_apostrophe(link.cause),
            with_apostrophe(link.effect),
            link.polarity,
            "yes" if link.delayed else "",
            with_apostrophe(link.reason),
            with_apostrophe(link.source),
        ]
        for link in said.links
    ]
    joined = {name for link in said.links for name in (link.cause, link.effect)}
    alone = [variable.name for variable in said.variables if variable.name not in joined]
    rows += [[with_apostrophe(name), "", "", "", "", ""] for name in alone]
    head = ["Source", "Target", "Polarity", "Delayed", "Reason", "Citation"]
    used = [i for i in range(len(head)) if i < 3 or any(row[i] for row in rows)]
    return table([[row[i] for i in used] for row in [head, *rows]])


def table(rows: Sequence[Row]) -> str:
    """Return rows as CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def with_apostrophe(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if begins_formula(cell.lstrip("'")) else cell


def without_apostrophe(cell: str) -> str:
    """Return a cell as it was before :func:`with_apostrophe`."""
    plain = cell.strip()
    guarded = plain.startswith("'") and begins_formula(plain.lstrip("'"))
    return plain[1:] if guarded else plain
