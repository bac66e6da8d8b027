"""The sheet of a review: what was handed in, who signed what, who will help; all rows or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cstools.cohorts.applying.own_sheet import Line, taken
from cstools.cohorts.basics.files import place_of
from cstools.cohorts.basics.spelling import folded
from cstools.cohorts.review.fingerprint import fingerprint
from cstools.errors import DataError, did_you_mean

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

HEAD = ("day", "who", "what", "faculty", "value")
KINDS = ("portfolio", "signature", "consent")
_NOBODY = {"", "no", "none", "nothing", "–", "-"}


@dataclass(frozen=True)
class SoFar:
    """How far a sheet is taken, and which of what is known already its rows have told of.

    Parameters
    ----------
    cohort
        With every row so far.
    attempts
        For each person or team the number of the last attempt that a row told of.
    signed
        For each person or team, one of the faculty and a day the place of the last signature that
        a row told of: who changed their mind that day has several, and rows tell of them in turn.
    """

    cohort: Cohort
    attempts: Mapping[str, int] = field(default_factory=dict)
    signed: Mapping[tuple[str, str, date], int] = field(default_factory=dict)


def read_review(cohort: Cohort, path: str | Path, folder: str | Path | None) -> Cohort:
    """Return the cohort with every row of a sheet taken, in order of their days.

    What is known already changes nothing, also where a second attempt came after it.

    Raises
    ------
    FileError
        When the file cannot be read.
    DataError
        When a row is wrong: at most three are told, and none is taken.
    """
    place = place_of(path).parent if folder is None else place_of(folder)

    def take(so_far: SoFar, line: Line) -> SoFar:
        return _taken(so_far, line, place)

    return taken(SoFar(cohort), path, HEAD, HEAD, take).cohort


def _taken(so_far: SoFar, line: Line, folder: Path) -> SoFar:
    kind = folded(line.cells["what"])
    if not line.cells["who"]:
        raise DataError("the column 'who' is empty; write a code, or the name of a team")
    if kind == "portfolio":
        return _portfolio(so_far, line, folder)
    if kind == "signature":
        return _signature(so_far, line)
    if kind == "consent":
        return replace(so_far, cohort=_consent(so_far.cohort, line))
    hint = did_you_mean(line.cells["what"], KINDS) or f"; there is {', '.join(KINDS)}"
    raise DataError(f"'{line.cells['what']}' is nothing that a review notes{hint}")


def _portfolio(so_far: SoFar, line: Line, folder: Path) -> SoFar:
    cohort, numbers = so_far.cohort, so_far.attempts
    who, value = line.cells["who"], line.cells["value"]
    of = cohort.reviewing._judged(who)
    if not value:
        raise DataError(f"{who}: the column 'value' is empty; write the file or folder handed in")
    digest = fingerprint(folder / value).digest
    for held in cohort.review.attempts:
        same = (held.of, held.day, held.portfolio) == (of, line.day, digest)
        if same and held.number > numbers.get(of, 0):
            return replace(so_far, attempts={**numbers, of: held.number})
    after = cohort.reviewing.hand_in(who, folder / value, on=line.day)
    number = len([a for a in after.review.attempts if a.of == of])
    return replace(so_far, cohort=after, attempts={**numbers, of: number})


def _signature(so_far: SoFar, line: Line) -> SoFar:
    cohort = so_far.cohort
    who, id, outcome = (line.cells[name] for name in ("who", "faculty", "value"))
    of, said = cohort.reviewing._judged(who), cohort.reviewing._outcome(outcome)
    # A sheet of signatures alone does not say of which attempt: they are known by their days.
    least, told = so_far.attempts.get(of, 0), (of, id, line.day)
    place = next(
        (
            k
            for k, held in enumerate(cohort.review.signatures)
            if (held.of, held.faculty, held.day, held.outcome) == (*told, said)
            and held.attempt >= least
            and k > so_far.signed.get(told, -1)
        ),
        None,
    )
    if place is None:
        cohort = cohort.reviewing.sign(who, id, outcome, on=line.day)
        place = len(cohort.review.signatures) - 1
    return replace(so_far, cohort=cohort, signed={**so_far.signed, told: place})


def _consent(cohort: Cohort, line: Line) -> Cohort:
    who, value = line.cells["who"], line.cells["value"]
    held = next((each for each in cohort.review.consents if each.code == who), None)
    if held is not None and held.day > line.day:
        return cohort  # the last answer counts
    roles = [role.strip() for role in value.replace(",", ";").split(";") if role.strip()]
    if folded(value) in _NOBODY or value in _NOBODY:
        roles = []
    return cohort.reviewing.consent(who, *roles, on=line.day)
