"""Last year's certified people who agreed to it become mentors of a new run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cstools.cohorts.teams.groups import Mentor


def invited(
    mentors: Iterable[Mentor], helpers: Iterable[Mentor], most: int | None
) -> tuple[Mentor, ...]:
    """Return the mentors with helpers among them; a helper who is there already comes once.

    A helper keeps the id that the earlier run's table shows where it is free, and has the next
    free number where it is not.
    """
    held = list(mentors)
    open_to = list(held)
    for helper in helpers:
        there = next((m for m in open_to if _same(m, helper)), None)
        if there is not None:
            open_to.remove(there)
            continue
        new = replace(helper, id=_free(helper.id, {m.id for m in held}), most=most)
        held.append(new)
    return tuple(sorted(held))


def _same(one: Mentor, other: Mentor) -> bool:
    """Say whether two are one person as far as a mentor's answers tell."""
    return replace(one, id=other.id, most=other.most) == other


def _free(id: str, taken: set[str]) -> str:
    number = 1
    while id in taken:
        id, number = f"M-{number}", number + 1
    return id
