"""What the certificates show: each by id and code, who is without one, and what is still owed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.basics.ways import by_diary
from cstools.cohorts.following.following import Followed
from cstools.cohorts.review.certified import left_before
from cstools.cohorts.review.values import Certificate

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

_MOST = 6  # people or teams that a sentence names


def certificates_table(cohort: Cohort, valid: Sequence[Certificate]) -> Table:
    """Return every certificate by id and code, and whether it is valid."""
    issued = cohort.review.certificates
    gone = {held.supersedes: held.id for held in issued if held.supersedes}
    rows = [
        (held.id, held.code, held.title, str(held.day), _status(held.id, gone)) for held in issued
    ]
    notes = [f"{len(valid)} valid, {len(gone)} superseded.", *still_owed(cohort, valid)]
    if left := left_before(cohort):
        notes.append(
            f"Left before the own team was certified, and without one: {', '.join(left)}; if "
            f"that is wrong, correct the day of leaving {by_diary('withdraw')}."
        )
    columns = ("id", "code", "title", "issued", "status")
    return table(f"{cohort.name}: certificates", columns, rows, notes)


def still_owed(cohort: Cohort, valid: Sequence[Certificate]) -> list[str]:
    """Return in a sentence what those who are certified still owe; nothing where no year is noted.

    Seen on the day of the last certificate, by what is noted until then.
    """
    if not valid or cohort.followed == Followed():
        return []
    on = max(held.day for held in valid)
    certified = {who for held in valid for who in (held.code, held.of)}
    found: dict[str, list[str]] = {}
    for each in cohort.owed(on).standings:
        if each.state == "owed" and each.who in certified:
            found.setdefault(each.commitment.label, []).append(each.who)
    told = "; ".join(f"{label}: {_some(who)}" for label, who in found.items())
    return [f"Certified, and by what is noted still owed on {on}: {told}."] if told else []


def _some(who: Sequence[str]) -> str:
    more = [f"and {len(who) - _MOST} more"] if len(who) > _MOST else []
    return ", ".join([*who[:_MOST], *more])


def _status(id: str, gone: dict[str, str]) -> str:
    return f"superseded by {gone[id]}" if id in gone else "valid"
