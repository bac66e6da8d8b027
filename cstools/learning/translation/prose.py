"""The prose of a markdown text, message by message: a heading, a paragraph, an item of a list.

Each function takes ``say``, which is handed a message and returns what stands in its place. One
that returns the translation translates; one that writes down what it is handed extracts.
"""

from __future__ import annotations

import re
from typing import Protocol

_FENCE = re.compile(r"^\s*(```|~~~)")
_MARKED = re.compile(r"^(\s*(?:#{1,6}|[-*+]|\d+[.)])\s+)(.*)$")
_TABLE = re.compile(r"^\s*\|")
#: The lines of the title block; what follows is a number, or words of a list that shape.py knows.
_PROMISE = re.compile(r"^(- )(Goals|Minutes|Facet|Module|Evidence):(?: (.*))?$")

#: What shape.py reads in a notebook of any language, with this context in the catalogue "package".
SHAPE = "shape"


class Say(Protocol):
    """Return what stands in the place of a message; ``note`` helps whoever translates."""

    def __call__(self, message: str, context: str = "", note: str = "") -> str:
        """Return the words for a message."""


def in_prose(source: str, say: Say) -> str:
    """Return a markdown text with each of its messages said; code and tables' rules stay."""
    lines, fenced = [], False
    for block in _blocks(source):
        if _FENCE.match(block) or fenced:
            fenced ^= bool(_FENCE.match(block))
            lines.append(block)
        elif not block.strip() or (_TABLE.match(block) and not re.search(r"\w", block)):
            lines.append(block)
        elif promise := _PROMISE.match(block):
            lines.append(_promised(promise, say))
        else:
            marked = _MARKED.match(block)
            mark, words = (marked[1], marked[2]) if marked else ("", block)
            level = mark.strip()
            heading = level in ("##", "###")
            lines.append(mark + (_heading(words, say) if heading else say(words)))
    return "\n".join(lines)


def _blocks(source: str) -> list[str]:
    """Return the lines of a text, those of one paragraph or item joined to one."""
    blocks: list[str] = []
    fenced = open_ = listed = False
    for line in source.splitlines():
        fence = bool(_FENCE.match(line))
        marked = bool(_MARKED.match(line))
        if open_ and not listed and re.match(r"\s*\d", line) and not line.lstrip().startswith("1."):
            marked = False  # a number that happens to begin a line of a paragraph
        if open_ and not (fence or fenced or marked or not line.strip() or _TABLE.match(line)):
            blocks[-1] += f" {line.strip()}"
            continue
        blocks.append(line)
        fenced ^= fence
        heading = line.lstrip().startswith("#")
        open_ = bool(line.strip()) and not (fence or fenced or heading or _TABLE.match(line))
        listed = marked and not heading
    return blocks


def _heading(words: str, say: Say) -> str:
    """Say a heading: the shape's own part once for all notebooks, and what follows a colon."""
    from cstools.learning.shape import HEADINGS, TIERS

    name, colon, rest = words.partition(": ")
    if name not in (*HEADINGS, *TIERS):
        return say(words)
    return say(name, SHAPE) + (colon + say(rest) if rest else "")


def _promised(promise: re.Match[str], say: Say) -> str:
    mark, name, value = promise[1], promise[2], promise[3]
    if not value:
        return f"{mark}{say(name, SHAPE)}:"
    words = value if re.fullmatch(r"[\d ,–-]+", value) else _listed(value, say)
    return f"{mark}{say(name, SHAPE)}: {words}"


def _listed(value: str, say: Say) -> str:
    return ", ".join(say(word, SHAPE) for word in value.split(", "))


def in_english(source: str, english: dict[str, str]) -> str:
    """Return a translated text with the shape's own words in English, so that its shape is read.

    ``english`` gives the English word by the translated one. Only headings and the title block
    are looked at.
    """
    return "\n".join(_line_in_english(line, english) for line in source.split("\n"))


def _line_in_english(line: str, english: dict[str, str]) -> str:
    if heading := re.match(r"^(#{2,3} )([^:]*)(.*)$", line):
        return heading[1] + english.get(heading[2], heading[2]) + heading[3]
    promise = re.match(r"^- ([^:]+):(?: (.*))?$", line)
    if promise and promise[1] in english:
        listed = (english.get(word, word) for word in (promise[2] or "").split(", "))
        return f"- {english[promise[1]]}: {', '.join(listed)}".rstrip()
    return line
