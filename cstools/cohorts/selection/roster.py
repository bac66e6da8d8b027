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
        Why names and e-mails are needed; where the form asked for access needs, these come with
        them. Without a reason there are only codes.
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
    private, named_rows = _private_rows(cohort.people, names_for, log)
    rows: list[Row] = [(*head, *private)]
    for person, named in zip(cohort.people, named_rows, strict=True):
        decision = decided.get(person.code)
        told = (decision.outcome, decision.reason) if decision else ("", "")
        written = person.application
        row: Row = (person.code, *told, person.site, person.team, person.time_zone)
        row = (*row, "; ".join(written.languages), paired.get(person.code, ""))
        row = (*row, *days.get(person.code, ("", "") if days else ()))
        rows.append((*row, *named))
    return rows


def _private_rows(
    people: Sequence[Participant], reason: str, log: Callable[[str], None] | None
) -> tuple[Row, list[Row]]:
    """Return what is private about each person, and its head; without a reason there is nothing."""
    if not reason:
        return (), [()] * len(people)
    asked = any(person.application.access_needs for person in people)
    head = ("name", "e-mail", "access needs")[: 2 + asked]
    return head, names_and_addresses(people, reason, log, with_needs=asked)


def names_and_addresses(
    people: Sequence[Participant],
    reason: str,
    log: Callable[[str], None] | None,
    *,
    with_needs: bool = False,
) -> list[Row]:
    """Return name and e-mail (and access needs) of each person, for a reason, which is logged.

    Raises
    ------
    DataError
        When the people were read from a planner without their names.
    """
    written = [person.application for person in people]
    if written and not any(each.email for each in written):
        raise DataError("names are kept in people.sqlite, and this cohort came without that file")
    private = [(each.name, each.email, each.access_needs)[: 2 + with_needs] for each in written]
    told = iter(reveal_all([text for texts in private for text in texts], reason, log))
    return [tuple(next(told) for _ in texts) for texts in private]


def buddy_rows(cohort: Cohort) -> list[Row]:
    """Return each person's buddies and why, by code, the head first."""
    rows: list[Row] = [("code", "buddies", "how they were found")]
    rows += [(code, ", ".join(now), how) for code, now, how in cohort.pairing.standing()]
    return rows
