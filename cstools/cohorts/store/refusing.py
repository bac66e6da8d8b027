"""Why a cohort is not saved: another notebook has saved since, or it is an earlier state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstools.cohorts.cohort import Cohort
from cstools.cohorts.store.earlier import refuse_an_earlier_state
from cstools.errors import DataError, shown

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from cstools.cohorts.store.differences import Difference, Key
    from cstools.cohorts.store.seen import Seen


def as_cohort(given: Cohort) -> Cohort:
    """Return a cohort, or say that it is none.

    Raises
    ------
    DataError
        When it is something else: a name, as a rule.
    """
    if isinstance(given, Cohort):
        return given
    raise DataError(f"{shown(given)} is no cohort; give the cohort itself, not its name")


def refuse(
    seen: Seen,
    connection: Connection,
    key: Key,
    cohort: Cohort,
    found: list[Difference],
    *,
    going_back: bool = False,
) -> None:
    """Refuse to save these differences where others' work would be lost.

    Raises
    ------
    DataError
        When somebody else has saved since, or, not ``going_back``, what is kept has more.
    """
    seen.refuse_a_lost_save(connection, key, cohort)
    if not going_back:
        refuse_an_earlier_state(connection, key, cohort, found)


def refusal(
    seen: Seen, connection: Connection, key: Key, cohort: Cohort, found: list[Difference]
) -> str:
    """Return why these differences would not be saved; nothing where they would, or are none."""
    if not any(any(difference.counts) for difference in found):
        return ""
    try:
        refuse(seen, connection, key, cohort, found)
    except DataError as error:
        return str(error)
    return ""
