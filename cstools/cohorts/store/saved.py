"""What a save changed, in a line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, repr=False)
class Saved:
    """What a save changed; all zeros mean that everything was there already."""

    cohort: str
    added: int = 0
    changed: int = 0
    removed: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    def __repr__(self) -> str:
        if not self:
            return f"'{self.cohort}' was already saved like this; nothing changed"
        rows = f"{self.added} row{'s' * (self.added != 1)} added"
        counts = f"{rows}, {self.changed} changed, {self.removed} removed"
        return f"'{self.cohort}' saved: {counts}"
