"""What stays of a live part in a notebook's file, and how it is told from everything else there.

A cell that shows a live part leaves two results: this one, a picture with its sentence, and the
part itself, which is nothing without its kernel. The first is marked, so that the part can cover
it while it lives, and so that a notebook that is handed on holds the first and not the second.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

_MARK = re.compile(r'<div class="cs-still(?P<private> cs-private)?">')
_RULES = re.compile(r"<style>.*?</style>", re.DOTALL)


def marked(html: str, private: bool = False) -> str:
    """Return HTML that stays of a live part, so that it can be found again."""
    return f'<div class="cs-still{" cs-private" if private else ""}">{html}</div>'


def is_still(html: str) -> bool:
    """Say whether HTML is what stays of a live part."""
    return _MARK.match(html) is not None


def is_private_still(html: str) -> bool:
    """Say whether HTML is what stays of a private part."""
    return 'class="cs-still cs-private"' in html


def handed_on(data: Mapping[str, str], only_private: bool = False) -> dict[str, str]:
    """Return a result as a notebook holds it that is handed on, by kind; empty if it stays away.

    Parameters
    ----------
    data
        A result by kind. Of one that is not marked as what stays of a live part, nothing is kept.
    only_private
        Whether nothing but the sentence of a private part may be kept.

    Notes
    -----
    Of a private part its sentence is kept, which its author wrote, and nothing else. Rules of
    style are left out: they hide the picture while the part lives, and here there is no part.
    """
    words, html = data.get("text/plain", ""), data.get("text/html", "")
    mark = _MARK.match(html)
    if mark is None or (only_private and not mark["private"]):
        return {}
    still = marked(f"<p>{escape(words)}</p>", True) if mark["private"] else _RULES.sub("", html, 1)
    return {"text/html": still, "text/plain": words}
