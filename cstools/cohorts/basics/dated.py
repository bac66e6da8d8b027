"""What holds from a day and up to a day: the first day counts, the last does not."""

from __future__ import annotations

from datetime import date


def holds(first: date | None, end: date | None, day: date | None) -> bool:
    """Say whether something holds on a day; without a day, whether it is still open."""
    if day is None:
        return end is None
    return (first is None or first <= day) and (end is None or day < end)
