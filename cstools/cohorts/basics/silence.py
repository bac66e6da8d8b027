"""What the documents do not say has a value of its own: *not stated*."""

from __future__ import annotations

from enum import Enum
from typing import Final, Literal


class NotStated(Enum):
    """The documents are silent on this. It is false, and it is no number."""

    SILENT = "not stated"

    def __repr__(self) -> str:
        return self.value

    def __str__(self) -> str:
        return self.value

    def __bool__(self) -> Literal[False]:
        return False


NOT_STATED: Final = NotStated.SILENT
"""The answer to a question that a programme's documents leave open."""
