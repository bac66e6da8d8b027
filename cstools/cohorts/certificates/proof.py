"""A look at all certificates before any is written: which fit, and what the others lack."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.certificates.fonts import left_to_readers
from cstools.cohorts.certificates.pages import page
from cstools.cohorts.certificates.words import CertificateWords
from cstools.cohorts.review.values import Certificate
from cstools.errors import DataError

FITS = "fits"


def proof(
    title: str,
    held: Iterable[tuple[Certificate, CertificateWords]],
    paper: str,
    fonts: Sequence[str | Path],
) -> Table:
    """Return for each certificate, by id and code, whether it can be written as it is."""
    rows = [
        (each.id, each.code, _found(each, words, paper, tuple(fonts)) or FITS)
        for each, words in held
    ]
    good = sum(row[2] == FITS for row in rows)
    notes = [f"{good} of {len(rows)} can be written as they are."]
    return table(
        f"{title}: certificates, before they are written", ("id", "code", "page"), rows, notes
    )


def _found(
    held: Certificate, words: CertificateWords, paper: str, fonts: tuple[str | Path, ...]
) -> str:
    try:
        page(held, held.name._text, words, paper, fonts)
    except DataError as error:
        return str(error).removeprefix(f"{held.code}: ")
    count = left_to_readers(held.name._text + held.title, fonts, held.code)
    if not count:
        return ""
    letters = "1 letter is" if count == 1 else f"{count} letters are"
    return (
        f"fits, but {letters} drawn in a font that each reader's program brings; to embed one, "
        "give a TrueType file as fonts=['…ttf']"
    )
