"""Which font has which letter: names are written as people write them, or not at all.

STIX General comes first and DejaVu Serif after it; matplotlib brings both, both may be embedded,
and they have Latin, Greek and Cyrillic with every accent. Then come a coordinator's own fonts.
Chinese, Japanese and Korean without a font of one's own stand in the PDF as text for the fonts
that PDF readers bring (HeiseiMin-W3 and its kin): they can be copied and searched, and how they
look is the reader's program's choice.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import matplotlib as mpl
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from cstools.errors import DataError, FileError

Run = tuple[str, str]
STYLES = {
    "plain": ("STIXGeneral", "DejaVuSerif"),
    "bold": ("STIXGeneralBol", "DejaVuSerif-Bold"),
    "italic": ("STIXGeneralItalic", "DejaVuSerif-Italic"),
}
# Each reader's font with the older character set that says which signs it has.
_READERS = (
    ("HeiseiMin-W3", "shift_jis"),
    ("STSong-Light", "gbk"),
    ("MSung-Light", "big5"),
    ("HYSMyeongJo-Medium", "euc_kr"),
)
# The letters of India to Burma, of the Thai, the Khmer, the Mongols and the islands join or stack.
_JOINED = ((0x0900, 0x109F), (0x1780, 0x18AF), (0x1B00, 0x1BFF), (0xA980, 0xAA7F))
_FROM_THE_RIGHT = ("R", "AL")  # as Hebrew and Arabic run


def runs(text: str, style: str, own: Sequence[str | Path], whose: str) -> list[Run]:
    """Return a text as pieces, each with the name of a font that has all its letters.

    One font for the whole text is best; only where none has it all, letters come from several.

    Parameters
    ----------
    own
        TrueType files of the coordinator's, asked after the packaged fonts.
    whose
        The code of the person, for an error: names never stand in one.

    Raises
    ------
    DataError
        When no font has a letter, or its writing joins letters, which is not done here.
    FileError
        When one of ``own`` is no TrueType file.
    """
    whole = unicodedata.normalize("NFC", text)
    fonts = [*(_packaged(name) for name in STYLES[style]), *(_own(str(path)) for path in own)]
    _none_joined(whole, whose)
    if whole_font := next((font for font in fonts if _has(font, whole)), ""):
        return [(whole_font, whole)]
    pieces: list[Run] = []
    for letter in whole:
        name = next((font for font in fonts if _has(font, letter)), "") or _readers(whole, letter)
        if not name:
            raise DataError(
                f"{whose}: no font here has the letter U+{ord(letter):04X} that stands on this "
                "certificate; give a TrueType file that has it as fonts=['…ttf']"
            )
        before = pieces.pop() if pieces and pieces[-1][0] == name else (name, "")
        pieces.append((name, before[1] + letter))
    return pieces


def left_to_readers(text: str, own: Sequence[str | Path], whose: str) -> int:
    """Return how many letters of a text are not embedded but left to the reader's program."""
    names = {name for name, _ in _READERS}
    return sum(len(piece) for font, piece in runs(text, "bold", own, whose) if font in names)


def width(pieces: Sequence[Run], size: float) -> float:
    """Return how wide pieces are at a size, in points."""
    return float(sum(pdfmetrics.stringWidth(text, font, size) for font, text in pieces))


def _none_joined(text: str, whose: str) -> None:
    for letter in text:
        turned = unicodedata.bidirectional(letter) in _FROM_THE_RIGHT
        if turned or any(low <= ord(letter) <= high for low, high in _JOINED):
            raise DataError(
                f"{whose}: this certificate has writing whose letters join, stack or run from the "
                f"right (U+{ord(letter):04X}), and that cannot be set here; write a name in the "
                "letters of the passport, with reissue(name=…), other words in another writing, or "
                "set this one by another program"
            )


@cache
def _packaged(name: str) -> str:
    path = Path(mpl.get_data_path()) / "fonts" / "ttf" / f"{name}.ttf"
    return _registered(name, path)


@cache
def _own(path: str) -> str:
    return _registered(f"own-{Path(path).stem}", Path(path))


def _registered(name: str, path: Path) -> str:
    try:
        pdfmetrics.registerFont(TTFont(name, str(path)))
    except (TTFError, OSError):
        raise FileError(
            f"'{path.name}' is no TrueType file that can be read; give one that ends with .ttf"
        ) from None
    return name


def _has(font: str, text: str) -> bool:
    glyphs = pdfmetrics.getFont(font).face.charToGlyph
    return all(ord(letter) in glyphs for letter in text)


def _readers(whole: str, letter: str) -> str:
    """Return the reader's font that has a sign: the first that has all such signs of the text."""
    east = "".join(c for c in whole if unicodedata.east_asian_width(c) in "WF")
    for name, encoding in _READERS:
        if letter in east and _encodes(east, encoding):
            return _reader(name)
    return ""


@cache
def _reader(name: str) -> str:
    pdfmetrics.registerFont(UnicodeCIDFont(name))
    return name


def _encodes(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
