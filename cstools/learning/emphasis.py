"""The little Markdown of an exercise, as a page and as a console show it: emphasis, code, links."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

_CODE = re.compile(r"(`[^`]+`)")
# A star that opens stands before a word, and one that closes after it: "3 * 4 * 5" is a product.
_STRONG = re.compile(r"(?<![\w*])\*\*(?=[^\s*])(.+?)(?<=[^\s*])\*\*(?![\w*])")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=\S)\*(?![\w*])")
_LINK = re.compile(r"\[([^\]\[]+)\]\((https?://[^\s()<>\"*]+)\)")


def as_plain(text: str) -> str:
    """Return a text without its marks: ``*missing*`` → ``missing``; code keeps its backticks."""

    def without(part: str) -> str:
        return _EMPHASIS.sub(r"\1", _STRONG.sub(r"\1", _LINK.sub(r"\1 (\2)", part)))

    return _between_code(text, without, lambda code: code)


def as_html(text: str) -> str:
    """Return a text for a page; what is not a mark is escaped, and links lead to the web only."""

    def marked(part: str) -> str:
        linked = _LINK.sub(r'<a href="\2" target="_blank" rel="noopener">\1</a>', escape(part))
        strong = _STRONG.sub(r"<strong>\1</strong>", linked)
        return _EMPHASIS.sub(r"<em>\1</em>", strong)

    return _between_code(text, marked, lambda code: f"<code>{escape(code[1:-1])}</code>")


def _between_code(text: str, say: Callable[[str], str], code: Callable[[str], str]) -> str:
    """Return a text whose code is said one way, and all between it another."""
    parts = _CODE.split(text)
    return "".join(code(part) if place % 2 else say(part) for place, part in enumerate(parts))
