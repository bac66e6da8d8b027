"""What is seen of a piece of work, as plain values: headings, sentences, pictures.

HTML that somebody else wrote may hold anything. Here only its words and its pictures are taken,
and a picture is an image, in which no script can run; so a portfolio from a stranger does no harm.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Any

from cstools.floors import upstairs

Block = dict[str, str]

#: What a block may be.
WAYS = ("heading", "question", "text", "item", "picture")

_IMAGE = re.compile(r"data:image/(?:svg\+xml|png|jpeg);base64,[A-Za-z0-9+/=\s]+")
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = {*_HEADINGS, "p", "li", "figcaption", "div", "tr", "section", "figure", "ul", "ol"}
_SILENT = {"style", "script", "template", "svg", "head", "noscript"}


def block(way: str, text: str) -> Block:
    """Return a block of words."""
    return {"as": way, "text": text}


def picture(address: str, sentence: str) -> Block:
    """Return a picture with its sentence."""
    return {"as": "picture", "text": sentence, "picture": address}


def checked(value: Any) -> Block | None:
    """Return a block that a file holds; nothing where it is none."""
    if not isinstance(value, dict) or value.get("as") not in WAYS:
        return None
    text = value.get("text")
    if not isinstance(text, str):
        return None
    if value["as"] != "picture":
        return block(value["as"], text)
    return picture(value["picture"], text) if is_image(value.get("picture")) else None


def is_image(address: object) -> bool:
    """Say whether an address is that of an image that carries all of itself."""
    return isinstance(address, str) and _IMAGE.fullmatch(address) is not None


def blocks_of(html: str, without: Iterable[str] = ()) -> tuple[Block, ...]:
    """Return what HTML shows, in order; drawings as images, and none of the texts in ``without``.

    A caption that says again what its picture says is left out.
    """
    reader = _Reader()
    reader.feed(upstairs("widgets.as_images").as_images(html))
    reader.close()
    reader.end_of_block()
    left_out = set(without)
    kept: list[Block] = []
    for one in reader.blocks:
        told = {other["text"] for other in kept if other["as"] == "picture"}
        if one["as"] == "picture" or one["text"] not in told | left_out:
            kept.append(one)
    return tuple(kept)


class _Reader(HTMLParser):
    """Gathers blocks; ``silent`` counts how deep it is in what is not shown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._words: list[str] = []
        self._way = "text"
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "img" and not self._silent:
            self.end_of_block()
            about = dict(attrs)
            if is_image(address := about.get("src")):
                self.blocks.append(
                    picture(str(address), " ".join((about.get("alt") or "").split()))
                )
        elif tag in _BLOCKS:
            self.end_of_block()
            self._way = "heading" if tag in _HEADINGS else "item" if tag == "li" else "text"
        elif tag == "em" and self._way == "text" and not "".join(self._words).strip():
            self._way = "question"
        elif tag in ("br", "td", "th"):
            self._words.append("\n" if tag == "br" else " ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BLOCKS:
            self.end_of_block()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._words.append(data)

    def end_of_block(self) -> None:
        """Keep what was read since the last block; lines in a point of a list stay lines."""
        text = "".join(self._words).strip()
        if self._way != "item":
            text = " ".join(text.split())
        if text:
            self.blocks.append(block(self._way, text))
        self._words, self._way = [], "text"
