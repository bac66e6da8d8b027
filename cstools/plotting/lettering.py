"""How wide words are when they are set, and where a long name is broken into lines.

Widths are those of DejaVu Sans, the widest of the sans serif letters that browsers are likely to
use, so a word set in another one keeps within the room that was left for it.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Advance widths in hundredths of the letter size, from the space (U+0020) to the tilde (U+007E).
_ADVANCES = (
    32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75,
    79, 60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35,
    63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84,
)  # fmt: skip
_OTHER, _WIDE = 66, 100
_BREAK_BEYOND = 9.0  # in letter sizes: about two words
_AT_MOST_LINES = 3


@lru_cache(maxsize=4096)
def width(text: str) -> float:
    """Return the width of a text in letter sizes (ems)."""
    return sum(_advance(letter) for letter in unicodedata.normalize("NFD", text)) / 100


def broken(text: str, beyond: float = _BREAK_BEYOND) -> tuple[str, ...]:
    """Return a name in one to three lines of nearly equal width; words stay whole.

    ``beyond`` is the width, in letter sizes, up to which a name stays on one line.
    """
    words = text.split()
    for lines in range(1, _AT_MOST_LINES + 1):
        best = _narrowest(words, lines)
        if max(map(width, best)) <= beyond or len(words) <= lines:
            return best
    return _narrowest(words, _AT_MOST_LINES)


def _narrowest(words: list[str], lines: int) -> tuple[str, ...]:
    if lines <= 1 or len(words) <= 1:
        return (" ".join(words),)
    choices = (
        (" ".join(words[:first]), *_narrowest(words[first:], lines - 1))
        for first in range(1, len(words))
    )
    return min(choices, key=lambda choice: max(map(width, choice)))


def _advance(letter: str) -> int:
    code = ord(letter)
    if 32 <= code <= 126:
        return _ADVANCES[code - 32]
    if unicodedata.combining(letter):
        return 0
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" else _OTHER
