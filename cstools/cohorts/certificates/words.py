"""What stands on a certificate beside name, title and day: only what a coordinator writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cstools.errors import DataError, shown

_MONTHS = (
    "January February March April May June July August September October November December".split()
)

_LONGEST = 1000  # letters; nothing longer has room on one page
_TEXTS = "heading before_name after_name statement issuer place verify_at language day".split()


@dataclass(frozen=True)
class CertificateWords:
    """The words of a certificate. Nothing here names an institution unless you write one.

    Parameters
    ----------
    heading, before_name, after_name
        ``Certificate``, ``This certifies that``, ``has completed``; what was completed follows.
    statement
        A sentence or two under the title, if you wish.
    issuer
        Who issues it, if that is to stand there.
    place
        Where, before the day.
    signers
        For each line to sign: the name in print and the role. Lines are empty; nobody's signature
        is drawn.
    verify_at
        Where the id can be checked, as an address or a person's role.
    language
        The language of these words, as ``en`` or ``da``, for programs that read aloud.
    day
        How the day reads, where it is not ``12 July 2027``: ``den 12. juli 2027``.

    Raises
    ------
    DataError
        When one of them is no text, or there are more than four signers.
    """

    heading: str = "Certificate"
    before_name: str = "This certifies that"
    after_name: str = "has completed"
    statement: str = ""
    issuer: str = ""
    place: str = ""
    signers: tuple[tuple[str, str], ...] = ()
    verify_at: str = ""
    language: str = "en"
    day: str = ""

    def __post_init__(self) -> None:
        for name in _TEXTS:
            if not _is_text(getattr(self, name)):
                raise DataError(
                    f"{name} of a certificate is {shown(getattr(self, name))}; write it as text, "
                    f"of {_LONGEST} letters at most"
                )
        if not _are_signers(self.signers):
            raise DataError(
                f"signers of a certificate are {shown(self.signers)}; write each with the name in "
                'print and the role, as [("Example Name", "programme director")]'
            )
        if len(self.signers) > 4:
            raise DataError(
                f"{len(self.signers)} signers do not fit beside each other; four are the most"
            )

    def day_line(self, day: date) -> str:
        """Return the line with place and day."""
        spelled = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
        read = self.day or (spelled if self.language.startswith("en") else day.isoformat())
        return f"{self.place}, {read}" if self.place else read


def _is_text(given: object) -> bool:
    """Say whether it is text that can be written; a line break counts as a blank."""
    if not isinstance(given, str) or len(given) > _LONGEST:
        return False
    return " ".join(given.split()).isprintable()


def _are_signers(given: object) -> bool:
    if not isinstance(given, tuple | list):
        return False
    pairs = (isinstance(each, tuple | list) and len(each) == 2 for each in given)
    return all(pairs) and all(_is_text(word) for each in given for word in each)
