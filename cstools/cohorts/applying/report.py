"""What was found in a file of applications: row, column, what is wrong, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cstools.cohorts.applying.columns import COLUMNS
from cstools.cohorts.basics.tables import Table, table
from cstools.errors import DataError

Kind = Literal["wrong", "look", "repaired"]
_MEANING = {
    "wrong": "must be put right before any row is taken",
    "look": "taken as written; look whether it is meant",
    "repaired": "read in one sure way; nothing to do",
}
_MOST = 3


@dataclass(frozen=True, order=True)
class Finding:
    """One thing about one cell; ``row`` counts as the spreadsheet does, 0 is the whole file."""

    row: int
    column: str
    kind: Kind
    what: str

    def __str__(self) -> str:
        place = f"row {self.row}, {self.column}" if self.row else self.column
        return f"{place}: {self.what}"


@dataclass(frozen=True)
class Report:
    """Everything found in one file, in the order of its rows.

    ``file`` is the file's name, ``rows`` how many filled rows it has below its head.
    """

    file: str
    rows: int
    findings: tuple[Finding, ...]

    def of(self, kind: Kind) -> tuple[Finding, ...]:
        """Return the findings of one kind: ``wrong``, ``look`` or ``repaired``."""
        return tuple(finding for finding in self.findings if finding.kind == kind)

    @property
    def passes(self) -> bool:
        """Say whether the rows can be taken."""
        return not self.of("wrong")

    def error(self) -> DataError:
        """Return the error that names the first three wrong things."""
        wrong = self.of("wrong")
        count = "1 thing is" if len(wrong) == 1 else f"{len(wrong)} things are"
        lines = [f"{self.file}: {count} wrong, and no row was taken"]
        lines += [f"- {finding}" for finding in wrong[:_MOST]]
        if len(wrong) > _MOST:
            lines.append(f"... and {len(wrong) - _MOST} more; check_applications() lists them all")
        return DataError("\n".join(lines))

    def _table(self) -> Table:
        kinds: tuple[Kind, ...] = ("wrong", "look", "repaired")
        rows = [
            (finding.kind, str(finding.row or "all"), finding.column, finding.what)
            for kind in kinds
            for finding in self.of(kind)
        ]
        notes = [f"{kind}: {_MEANING[kind]} ({len(self.of(kind))})" for kind in kinds]
        notes += self._spellings()
        title = f"{self.file}: {self.rows} rows, " + ("ready" if self.passes else "not ready yet")
        return table(title, ("kind", "row", "column", "what, and what to do"), rows, notes)

    def _spellings(self) -> list[str]:
        """Return how wrong cells are put right without touching the answers, where that can be."""
        told = {finding.column for finding in self.of("wrong") if finding.row}
        names = [f"[spellings.{column.field}]" for column in COLUMNS if column.title in told]
        if not names:
            return []
        return [
            "A wrong cell is put right in the answers, or in a mapping file, which leaves them as "
            'they are: "as it was written" = "as it is meant" under '
            f"{' or '.join(filter(None, (', '.join(names[:-1]), names[-1])))}."
        ]

    def __repr__(self) -> str:
        return repr(self._table())

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        return self._table()._repr_mimebundle_()
