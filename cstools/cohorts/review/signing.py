"""Who may sign what: on the panel, not before the portfolio, and a decision stays decided.

A slip of the pen may be signed anew until something followed from it.
"""

from __future__ import annotations

from cstools.cohorts.basics.ways import by_diary
from cstools.cohorts.review.values import Attempt, Panel, Review, Signature, standing
from cstools.errors import DataError


def may_sign(review: Review, new: Signature, attempt: Attempt, *, slip: bool) -> None:
    """Refuse a signature that may not be given.

    Raises
    ------
    DataError
        When the one who signs is not on the panel, the day lies before the portfolio, or the
        attempt is decided and this is no slip of the own pen that can still be put right.
    """
    panel = next((p for p in review.panels if p.of == new.of), Panel(new.of, ()))
    if new.faculty not in panel.members:
        on_it = ", ".join(panel.members) or "nobody yet"
        raise DataError(
            f"{new.faculty} is not on the panel of {new.of} ({on_it}); put them on it, with a "
            f"reason, and assign panels again {by_diary('put on panel', 'assign panels')}"
        )
    if new.day < attempt.day:
        raise DataError(
            f"{new.faculty} signs for {new.of} on {new.day}, and the portfolio was handed in "
            f"on {attempt.day}; write the day of the signature"
        )
    decided = standing(attempt, review.signatures)
    if decided.day is None or decided.outcome == new.outcome:
        return
    told = f"attempt {attempt.number} of {new.of} was decided on {decided.day}: {decided.outcome}"
    if not slip:
        raise DataError(
            f"{told}; a signature after that cannot change it, but for a slip of the pen: "
            "sign(…, slip=True)"
        )
    _may_correct(review, new, told)


def _may_correct(review: Review, new: Signature, told: str) -> None:
    this = (new.of, new.attempt)
    own = [s.day for s in review.signatures if (s.of, s.attempt, s.faculty) == (*this, new.faculty)]
    if not own:
        raise DataError(f"{told}; {new.faculty} has not signed it, and a slip is one's own")
    if new.day < max(own):
        raise DataError(
            f"{told}; {new.faculty} signed it on {max(own)}, and what puts that right is not of "
            f"{new.day}; write the day on which it was signed anew"
        )
    if issued := [held.id for held in review.certificates if (held.of, held.attempt) == this]:
        raise DataError(f"{told}; it cannot be put right any more, since {issued[0]} was issued")
