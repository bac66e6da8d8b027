"""Ids of certificates: not to be guessed, and a slip of the pen shows."""

from __future__ import annotations

import base64
import hashlib
import hmac

_DIGITS = 14  # of base32, 70 bits; two more say whether an id was typed as it is printed
_TWINS = str.maketrans("018", "OIB")  # base32 has none of these digits; a reader may


def new_id(secret: str, *words: str) -> str:
    """Return a certificate's id: the same for the same words, not to be guessed without the phrase.

    It is the start of a keyed hash (HMAC-SHA256) and two letters that show a slip of the pen. It
    can mislead: with an empty phrase, whoever knows the words can work it out.
    """
    text = "\x1f".join(("certificate", *words))
    start = _letters(hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest())[:_DIGITS]
    return _grouped(start + _ending(start))


def tidy(id: str) -> str:
    """Return an id as it is printed, whatever capitals, blanks and dashes it was typed with."""
    letters = "".join(c for c in id if c.isascii() and c.isalnum()).upper()
    if len(letters) > _DIGITS + 2 and letters.startswith("C"):
        letters = letters[1:]
    return _grouped(letters.translate(_TWINS))


def well_formed(id: str) -> bool:
    """Say whether the last two letters of an id fit the others."""
    letters = id.removeprefix("C-").replace("-", "")
    return len(letters) == _DIGITS + 2 and _ending(letters[:_DIGITS]) == letters[_DIGITS:]


def _ending(start: str) -> str:
    return _letters(hashlib.sha256(start.encode()).digest())[:2]


def _letters(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=")


def _grouped(letters: str) -> str:
    return "C-" + "-".join(letters[k : k + 4] for k in range(0, len(letters), 4))
