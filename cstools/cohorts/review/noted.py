"""The sheet of a review: what was handed in, who signed what, who will help; all rows or none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cstools.cohorts.applying.own_sheet import Line, taken
from cstools.cohorts.basics.files import place_of
from cstools.cohorts.basics.spelling import folded
from cstools.cohorts.review.fingerprint import fingerprint
from cstools.cohorts.review.values import Signature
from cstools.errors import DataError, did_you_mean

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

HEAD = ("day", "who", "what", "faculty", "value")
KINDS = ("portfolio", "signature", "consent")
_NOBODY = {"", "no", "none", "nothing", "–", "-"}
# A cohort, and for each person or team the number of the attempt that the next row speaks of.
SoFar = tuple["Cohort", dict[str, int]]


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

    nothing_yet: SoFar = (cohort, {})
    return taken(nothing_yet, path, HEAD, HEAD, take)[0]


def _taken(so_far: SoFar, line: Line, folder: Path) -> SoFar:
    kind = folded(line.cells["what"])
    if not line.cells["who"]:
        raise DataError("the column 'who' is empty; write a code, or the name of a team")
    if kind == "portfolio":
        return _portfolio(so_far, line, folder)
    if kind == "signature":
        return _signature(so_far, line)
    if kind == "consent":
        return _consent(so_far[0], line), so_far[1]
    hint = did_you_mean(line.cells["what"], KINDS) or f"; there is {', '.join(KINDS)}"
    raise DataError(f"'{line.cells['what']}' is nothing that a review notes{hint}")


def _portfolio(so_far: SoFar, line: Line, folder: Path) -> SoFar:
    cohort, numbers = so_far
    who, value = line.cells["who"], line.cells["value"]
    if not value:
        raise DataError(f"{who}: the column 'value' is empty; write the file or folder handed in")
    of = cohort.reviewing._judged(who)
    digest = fingerprint(folder / value).digest
    for held in cohort.review.attempts:
        same = (held.of, held.day, held.portfolio) == (of, line.day, digest)
        if same and held.number > numbers.get(of, 0):
            return cohort, numbers | {of: held.number}
    after = cohort.reviewing.hand_in(who, folder / value, on=line.day)
    return after, numbers | {of: len([a for a in after.review.attempts if a.of == of])}


def _signature(so_far: SoFar, line: Line) -> SoFar:
    cohort, numbers = so_far
    who, id, outcome = (line.cells[name] for name in ("who", "faculty", "value"))
    of = cohort.reviewing._judged(who)
    number = numbers.get(of, 0)
    known = {(s.of, s.attempt, s.faculty, s.outcome, s.day) for s in _signed(cohort, of)}
    if (of, number, id, cohort.reviewing._outcome(outcome), line.day) in known:
        return so_far
    return cohort.reviewing.sign(who, id, outcome, on=line.day), numbers


def _signed(cohort: Cohort, of: str) -> tuple[Signature, ...]:
    return tuple(each for each in cohort.review.signatures if each.of == of)


def _consent(cohort: Cohort, line: Line) -> Cohort:
    who, value = line.cells["who"], line.cells["value"]
    held = next((each for each in cohort.review.consents if each.code == who), None)
    if held is not None and held.day > line.day:
        return cohort  # the last answer counts
    roles = [role.strip() for role in value.replace(",", ";").split(";") if role.strip()]
    if folded(value) in _NOBODY or value in _NOBODY:
        roles = []
    return cohort.reviewing.consent(who, *roles, on=line.day)
