"""What stands on a certificate beside name, title and day: only what a coordinator writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from cstools.cohorts.basics.files import place_of
from cstools.cohorts.programmes.programme_file import read_toml
from cstools.errors import DataError, did_you_mean, shown

_MONTHS = (
    "January February March April May June July August September October November December".split()
)

_LONGEST = 1000  # letters; nothing longer has room on one page
_TEXTS = "heading before_name after_name statement issuer place verify_at language day".split()
_UNSAID = ("after_name", None)
COMPLETED, CERTIFIED = "has completed", "is certified as"


@dataclass(frozen=True)
class CertificateWords:
    """The words of a certificate. Nothing here names an institution unless you write one.

    Parameters
    ----------
    heading, before_name
        ``Certificate``, ``This certifies that``; the name follows.
    after_name
        What stands between the name and the title. Without it, that somebody ``has completed`` a
        programme, and ``is certified as`` what any other title says of a person.
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
    after_name: str | None = None
    statement: str = ""
    issuer: str = ""
    place: str = ""
    signers: tuple[tuple[str, str], ...] = ()
    verify_at: str = ""
    language: str = "en"
    day: str = ""

    def __post_init__(self) -> None:
        for name in _TEXTS:
            if not _is_text(getattr(self, name)) and (name, self.after_name) != _UNSAID:
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

    def before(self, title: str, programme: str = "") -> CertificateWords:
        """Return the words with those before a title: a programme's own, or one of a person."""
        if self.after_name is not None:
            return self
        return replace(self, after_name=COMPLETED if title == programme else CERTIFIED)

    def day_line(self, day: date) -> str:
        """Return the line with place and day."""
        spelled = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
        read = self.day or (spelled if self.language.startswith("en") else day.isoformat())
        return f"{self.place}, {read}" if self.place else read


def words_from(path: str | Path) -> CertificateWords:
    """Return the words of a TOML file with the keys of :class:`CertificateWords`.

    Raises
    ------
    FileError, DataError
        When it cannot be read, or has a key that no certificate has.
    """
    file = place_of(path)
    content, _ = read_toml(file, "words of the certificates")
    known = [each.name for each in fields(CertificateWords)]
    for key in content:
        if key not in known:
            hint = did_you_mean(key, known) or f"; there is {', '.join(known)}"
            raise DataError(f"{file.name}: '{key}' stands on no certificate{hint}")
    return CertificateWords(**_with_pairs(file.name, content))


def _with_pairs(file: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a file says, with each signer as a name in print and a role."""
    told = content.get("signers", [])
    pairs = told if isinstance(told, list) else [told]
    if not all(isinstance(pair, list) and len(pair) == 2 for pair in pairs):
        raise DataError(f'{file}: write signers as [["name in print", "role"], …]')
    return {**content, "signers": tuple((str(name), str(role)) for name, role in pairs)}


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
