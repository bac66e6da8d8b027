"""What a gradebook keeps while it works: what is judged already, and your files as they were."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from cstools.errors import DataError
from cstools.learning.exercises import load_set
from cstools.learning.fenced import Fences, Limits
from cstools.learning.grade_table import Row
from cstools.whole_files import write_whole

Content = bytes | str


class Journal:
    """What is graded already, by what was submitted and by what it was judged with."""

    def __init__(self, out: Path, limits: Limits, sets: Mapping[str, Path], again: bool) -> None:
        self.path = out.with_name(f"{out.name}.journal")
        states = [f"{name} {load_set(path).version}" for name, path in sorted(sets.items())]
        self.judged_with = "\n".join([repr(limits), *states])
        self.found: dict[str, list[dict[str, Any]]] = {} if again else self._read()

    def _read(self) -> dict[str, list[dict[str, Any]]]:
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def _key(self, name: str, content: Content) -> str:
        raw = content if isinstance(content, bytes) else content.encode()
        return sha256(f"{name}\n{self.judged_with}\n".encode() + raw).hexdigest()

    def rows(self, name: str, content: Content) -> list[Row] | None:
        """Return the rows of a submission that is graded already; a damaged line does not count."""
        try:
            found = self.found[self._key(name, content)]
            return [Row(**{**row, "outcomes": tuple(row["outcomes"])}) for row in found]
        except (KeyError, TypeError):
            return None

    def keep(self, name: str, content: Content, rows: list[Row]) -> None:
        """Keep rows; the whole journal is written, over whatever anybody made of it."""
        self.found[self._key(name, content)] = [asdict(row) for row in rows]
        write_whole(self.path, json.dumps(self.found))

    def done(self) -> None:
        """Leave no journal where the table is whole."""
        self.path.unlink(missing_ok=True)


class Guarded:
    """Your files, compared after each submission where no fence kept it from them."""

    def __init__(
        self,
        held: Mapping[Path, Content],
        fence: Fences,
        content_of: Callable[[Path], Content],
    ) -> None:
        self.held, self.fence, self.content_of = held, fence, content_of
        self.course = state_of_course() if not fence.files else ""

    def look(self) -> None:
        """Put submissions back that are no longer what they were; stop where the course is not.

        Raises
        ------
        DataError
            When a submission changed the course itself.
        """
        if self.fence.files:
            return
        for path, content in self.held.items():
            if isinstance(content, bytes) and self.content_of(path) != content:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        if state_of_course() != self.course:
            raise DataError(
                "a submission changed the files of cstools itself; install it anew, and grade on "
                "a machine that holds nothing else"
            )


def state_of_course() -> str:
    """Return what changes with any file of the course's own code."""
    package = Path(__file__).parents[1]
    files = sorted(path for path in package.rglob("*.py"))
    return sha256(b"".join(sha256(path.read_bytes()).digest() for path in files)).hexdigest()
