"""Two spellings of one thing: blanks put in order, and the form in which words are compared."""

from __future__ import annotations

import re
import unicodedata

from cstools.names import key


def tidy(cell: str) -> str:
    """Return a cell without blanks at its ends, doubled blanks and look-alike blanks."""
    if cell.isascii() and cell.isprintable() and "  " not in cell:
        return cell.strip()  # most cells, and quickly
    return re.sub(r"[\s\u00a0\u200b\ufeff]+", " ", unicodedata.normalize("NFC", cell)).strip()


def folded(text: str) -> str:
    """Return the form in which places and people are compared: no accents, capitals or points."""
    plain = unicodedata.normalize("NFKD", key(text))
    return re.sub(r"[\W_]+", " ", "".join(c for c in plain if not unicodedata.combining(c))).strip()
