"""One certificate as a PDF page: the same words give the same bytes.

The text can be copied and read aloud, fonts are embedded, and nothing on the page is a logo or a
signature: lines to sign are empty.

It is no tagged PDF: reportlab writes no structure tags. A program that reads aloud finds the
document's title, its language and the lines in their order, and no headings to go to.
"""

from __future__ import annotations

import io
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4, landscape, letter
from reportlab.pdfgen.canvas import Canvas

from cstools.cohorts.certificates.fonts import Run, runs, width
from cstools.cohorts.certificates.words import CertificateWords
from cstools.cohorts.review.values import Certificate
from cstools.errors import DataError, shown

_PAPERS = {"A4": landscape(A4), "letter": landscape(letter)}
_HEADING, _NAME = (40, 34, 30, 26, 22), (36, 31, 27, 24, 21, 18, 15)  # sizes, the first that fits
_TITLE = (25, 23, 21, 19, 17, 15)
_INK, _TEAL, _GREY = (0.12, 0.15, 0.18), (0.08, 0.33, 0.36), (0.36, 0.40, 0.44)
_FRAME = 26  # points from the paper's edge; printers need about 18
_SIDE = 92  # nothing but the frame stands nearer to the edge
_FOOT, _FOOT_UNSIGNED = 150, 64  # height of the part with lines to sign and the id


@dataclass(frozen=True)
class Line:
    """One line of the page: pieces with their fonts, a size, a colour, and the space above it."""

    pieces: tuple[Run, ...]
    size: float
    colour: tuple[float, float, float]
    above: float


def page(
    held: Certificate,
    name: str,
    words: CertificateWords,
    paper: str = "A4",
    fonts: tuple[str | Path, ...] = (),
) -> bytes:
    """Return a certificate as the bytes of a PDF.

    Raises
    ------
    DataError
        When the paper is unknown, a name or title is too long for two lines, or no font has it.
    FileError
        When one of ``fonts`` cannot be read.
    """
    if not isinstance(paper, str) or paper not in _PAPERS:
        raise DataError(f"paper is {shown(paper)}; write 'A4' or 'letter'")
    wide, high = _PAPERS[paper]
    writer = _Writer(held.code, fonts, wide - 2 * _SIDE)
    lines = list(_body(held, name, words, writer))
    file = io.BytesIO()
    first = lines[0].pieces[0][0]  # without it, a font that nothing uses stands in the file
    canvas = Canvas(
        file,
        pagesize=(wide, high),
        invariant=1,
        lang=words.language,
        initialFontName=first,
    )
    _described(canvas, held, words)
    _frame(canvas, wide, high)
    _stacked(canvas, lines, wide, high, _FOOT if words.signers else _FOOT_UNSIGNED)
    _to_sign(canvas, words, writer, wide)
    _footer(canvas, held, words, writer, wide)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


@dataclass(frozen=True)
class _Writer:
    """Sets text in the fonts that have it, for one certificate."""

    whose: str
    fonts: tuple[str | Path, ...]
    room: float

    def pieces(self, text: str, style: str) -> tuple[Run, ...]:
        return tuple(runs(text, style, self.fonts, self.whose))

    def width(self, text: str, style: str, size: float) -> float:
        return width(self.pieces(text, style), size)

    def fitted(
        self, text: str, style: str, sizes: Sequence[float], room: float, what: str
    ) -> tuple[list[str], float]:
        """Return a text on one line or two, and the largest of the sizes at which it fits.

        One line goes down to the third of the sizes before two lines are tried.
        """
        for size in sizes[:3]:
            if self.width(text, style, size) <= room:
                return [text], size
        for size in sizes[1:]:
            first, second = self._halved(text, style, size)
            if max(self.width(first, style, size), self.width(second, style, size)) <= room:
                return [half for half in (first, second) if half], size
        raise DataError(
            f"{self.whose}: the {what} is too long for two lines of the certificate; write it "
            "shorter"
        )

    def _halved(self, text: str, style: str, size: float) -> tuple[str, str]:
        """Return a text in two halves of nearly the same width, cut between words."""
        parts, glue = (text.split(), " ") if " " in text.strip() else (list(text), "")
        if len(parts) < 2:
            return text, ""

        def widths(k: int) -> tuple[float, float]:
            first, second = glue.join(parts[:k]), glue.join(parts[k:])
            return self.width(first, style, size), self.width(second, style, size)

        def no_wider(k: int) -> bool:
            first, second = widths(k)
            return second <= first

        # The first half grows and the second shrinks: the best cut is where they are about alike.
        meet = bisect_left(range(1, len(parts)), True, key=no_wider) + 1
        best = min(
            (k for k in (meet - 1, meet) if 0 < k < len(parts)), key=lambda k: max(widths(k))
        )
        return glue.join(parts[:best]), glue.join(parts[best:])


def _body(held: Certificate, name: str, words: CertificateWords, writer: _Writer) -> Iterator[Line]:
    def line(text: str, style: str, size: float, above: float, colour: Any = _INK) -> Line:
        return Line(writer.pieces(text, style), size, colour, above)

    if words.issuer:
        for text in _wrapped(writer, words.issuer, "plain", 14):
            yield line(text, "plain", 14, 8, _GREY)
    heads, size = writer.fitted(words.heading, "plain", _HEADING, writer.room, "heading")
    yield from (line(text, "plain", size, 16, _TEAL) for text in heads)
    yield line(words.before_name, "italic", 15, 24, _GREY)
    names, size = writer.fitted(name, "bold", _NAME, writer.room, "name")
    for k, text in enumerate(names):
        yield line(text, "bold", size, 5 if k else 18)
    yield line(words.before(held.title).after_name or "", "italic", 15, 20, _GREY)
    titles, size = writer.fitted(held.title, "plain", _TITLE, writer.room, "title")
    for k, text in enumerate(titles):
        yield line(text, "plain", size, 4 if k else 14, _TEAL)
    statement = _wrapped(writer, words.statement, "plain", 13) if words.statement else []
    if len(statement) > 4:
        raise DataError(
            f"the statement takes {len(statement)} lines of the certificate, and four are the "
            "most; write it shorter"
        )
    for k, text in enumerate(statement):
        yield line(text, "plain", 13, 4 if k else 16)
    yield line(words.day_line(held.day), "plain", 13, 18, _INK)


def _wrapped(writer: _Writer, text: str, style: str, size: float) -> list[str]:
    """Return a text in as few lines as fit the page, all about as long as each other."""
    best = _broken(writer, text, style, size, writer.room)
    for share in range(95, 45, -5):
        lines = _broken(writer, text, style, size, writer.room * share / 100)
        if len(lines) > len(best):
            break
        best = lines
    return best


def _broken(writer: _Writer, text: str, style: str, size: float, room: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and writer.width(longer, style, size) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _described(canvas: Canvas, held: Certificate, words: CertificateWords) -> None:
    """Say what the document is, for whoever hears it or looks through many; without the name."""
    canvas.setTitle(f"{words.heading} {held.id}")
    canvas.setSubject(held.title)
    canvas.setAuthor(words.issuer)
    canvas.setCreator("cstools")
    canvas.setViewerPreference("DisplayDocTitle", "true")


def _frame(canvas: Canvas, wide: float, high: float) -> None:
    canvas.setStrokeColorRGB(*_TEAL)
    for gap, weight in ((_FRAME, 1.6), (_FRAME + 6, 0.5)):
        canvas.setLineWidth(weight)
        canvas.rect(gap, gap, wide - 2 * gap, high - 2 * gap)


def _stacked(canvas: Canvas, lines: Sequence[Line], wide: float, high: float, foot: float) -> None:
    """Draw the lines in the middle of the page above its foot, closer where there are many."""
    room = high - _FRAME - 26 - foot
    text, gaps = sum(line.size for line in lines), sum(line.above for line in lines)
    spread = min(1.5, max(0.35, (room - text) / gaps))
    at = high - _FRAME - 20 - max(0.0, (room - text - gaps * spread) / 2)
    for line in lines:
        at -= line.above * spread + line.size
        _centred(canvas, line, wide / 2, at + line.size * 0.2)


def _centred(canvas: Canvas, line: Line, middle: float, at: float) -> None:
    _drawn(canvas, line, middle - width(line.pieces, line.size) / 2, at)


def _drawn(canvas: Canvas, line: Line, left: float, at: float) -> None:
    """Draw a line's pieces as one text, so that it is copied as one."""
    text = canvas.beginText(left, at)
    text.setFillColorRGB(*line.colour)
    for font, piece in line.pieces:
        text.setFont(font, line.size)
        text.textOut(piece)
    canvas.drawText(text)


def _to_sign(canvas: Canvas, words: CertificateWords, writer: _Writer, wide: float) -> None:
    """Draw a line to sign for each signer, with the name in print and the role under it."""
    count = len(words.signers)
    slot = (wide - 2 * _SIDE) / max(count, 1)
    long = min(190.0, slot - 26)
    for k, (name, role) in enumerate(words.signers):
        middle = _SIDE + slot * (k + 0.5)
        canvas.setStrokeColorRGB(*_GREY)
        canvas.setLineWidth(0.7)
        canvas.line(middle - long / 2, 118, middle + long / 2, 118)
        at = 102.0
        for text, style, sizes, colour, what in (
            (name, "plain", (12, 11, 10, 9, 8), _INK, "name of a signer"),
            (role, "italic", (10.5, 10, 9.5, 9, 8), _GREY, "role of a signer"),
        ):
            if text:
                halves, size = writer.fitted(text, style, sizes, slot - 14, what)
                for half in halves:
                    line = Line(writer.pieces(half, style), size, colour, 0)
                    _centred(canvas, line, middle, at)
                    at -= size + 2.5


def _footer(
    canvas: Canvas, held: Certificate, words: CertificateWords, writer: _Writer, wide: float
) -> None:
    text = held.id + (f"  ·  {words.verify_at}" if words.verify_at else "")
    _centred(canvas, Line(writer.pieces(text, "plain"), 9.5, _GREY, 0), wide / 2, 45)
