"""What keeps a part private by construction: the page is told what to ask, and tells nothing back.

A private part shares one value with its page, ``payload``: the words that it shows. What somebody
enters is in the page's own memory, which no message, file or notebook reaches. Should a page ever
send something, it is not taken.
"""

from __future__ import annotations

from html import escape
from typing import Any

import traitlets

from cstools.errors import DataError, shown
from cstools.widgets.part import LivePart

LONGEST = 200
FONT = "font:15px/1.5 system-ui,sans-serif"


def _unheard(value: object, part: PrivatePart) -> Any:
    """Return what the part holds already, whatever the page says."""
    return part.payload


class PrivatePart(LivePart):
    """A part that keeps what is entered in the page, and nowhere else; abstract.

    Attributes
    ----------
    payload : dict
        The words on the page. It is set here once; nothing that comes from the page changes it,
        and there is no other attribute in which an answer could stand.
    """

    private = True
    payload = traitlets.Dict().tag(sync=True, from_json=_unheard)


def words_of(value: object, whole: str) -> str:
    """Return a text that an author gives to a private part, on one line.

    Raises
    ------
    DataError
        When it is no text or longer than 200 characters; ``whole`` says how to write it.
    """
    if not isinstance(value, str):
        raise DataError(f"this needs words, and got {shown(value)}; write it like {whole}")
    text = " ".join(value.split())
    if len(text) > LONGEST:
        raise DataError(
            f"these words are {len(text)} characters long, and {LONGEST} fit; write them shorter, "
            f"like {whole}"
        )
    return text


def paper(title: str, body: str, sentence: str) -> str:
    """Return a private part for paper, or for a place without a kernel: HTML without a script."""
    return (
        f'<section aria-label="{escape(title)}" style="{FONT};max-width:680px;color:#1f2933;'
        f'background:#ffffff;padding:4px 14px 10px">'
        f'<h3 style="margin:8px 0 4px">{escape(title)}</h3>{body}'
        f'<p style="margin:10px 0 0">{escape(sentence)}</p></section>'
    )
