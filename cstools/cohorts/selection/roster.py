"""The roster: who is in a cohort, as rows for a spreadsheet; by code unless names are asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from cstools.cohorts.basics.people import Participant, reveal_all
from cstools.cohorts.selection.seat_days import DAYS, spoken_days
from cstools.errors import DataError

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

Row = tuple[str, ...]
_HEAD = ("code", "outcome", "reason", "site", "team", "time zone", "languages", "buddies")


def roster_rows(
    cohort: Cohort, names_for: str = "", log: Callable[[str], None] | None = None
) -> list[Row]:
    """Return the roster's rows, the head first.

    Parameters
    ----------
    names_for
        Why names and e-mails are needed. Without a reason there are only codes.
    log
        Where it is written down that names were revealed.

    Raises
    ------
    DataError
        When names are asked for, and the cohort was read from a planner without them.
    """
    decided = {decision.code: decision for decision in cohort.decisions}
    paired = {code: ", ".join(buddies) for code, buddies, _ in cohort.pairing.standing()}
    days = spoken_days(cohort.decisions, cohort.overruled)
    head = (*_HEAD, *DAYS[: 2 * bool(days)])
    rows: list[Row] = [(*head, "name", "e-mail") if names_for else head]
    names = (
        names_and_addresses(cohort.people, names_for, log)
        if names_for
        else [()] * len(cohort.people)
    )
    for person, named in zip(cohort.people, names, strict=True):
        decision = decided.get(person.code)
        told = (decision.outcome, decision.reason) if decision else ("", "")
        written = person.application
        row: Row = (person.code, *told, person.site, person.team, person.time_zone)
        row = (*row, "; ".join(written.languages), paired.get(person.code, ""))
        row = (*row, *days.get(person.code, ("", "") if days else ()))
        rows.append((*row, *named))
    return rows


def names_and_addresses(
    people: Sequence[Participant], reason: str, log: Callable[[str], None] | None
) -> list[Row]:
    """Return name and e-mail of each person, for a reason, which is logged.

    Raises
    ------
    DataError
        When the people were read from a planner without their names.
    """
    written = [person.application for person in people]
    if written and not any(each.email for each in written):
        raise DataError("names are kept in people.sqlite, and this cohort came without that file")
    texts = reveal_all([text for each in written for text in (each.name, each.email)], reason, log)
    return list(zip(texts[::2], texts[1::2], strict=True))


def buddy_rows(cohort: Cohort) -> list[Row]:
    """Return each person's buddies and why, by code, the head first."""
    rows: list[Row] = [("code", "buddies", "how they were found")]
    rows += [(code, ", ".join(now), how) for code, now, how in cohort.pairing.standing()]
    return rows
