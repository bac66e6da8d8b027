"""Whether a text names somebody enrolled: what is shown and kept in notebooks holds codes only.

A full name counts, in either order and however it is spelt, and so does an e-mail. A first name
alone does not: "May" and "Will" are words as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cstools.cohorts.basics.people import Participant, natural_key
from cstools.cohorts.basics.spelling import folded, tidy
from cstools.errors import DataError


def named_in(text: str, people: Iterable[Participant]) -> str:
    """Return the code of the first person whose full name or e-mail stands in a text, or nothing.

    It can mislead: a nickname, a misspelt name and a person who is not enrolled are not found.
    """
    words, lowered = f" {folded(text)} ", text.casefold()
    for person in people:
        written = person.application
        email = natural_key(written.email)
        if "@" in lowered and email and _stands_alone(email, lowered):
            return person.code
        if _has_name(tidy(written.name._text), words, text):
            return person.code
    return ""


def refuse_names(text: str, people: Iterable[Participant], what: str, instead: str) -> None:
    """Refuse a text that names somebody enrolled; ``what`` it is, and what to write ``instead``.

    Raises
    ------
    DataError
        When it has somebody's full name or e-mail.
    """
    if code := named_in(text, people):
        raise DataError(f"{what} names {code}; write {instead.format(code)}")


def _has_name(name: str, words: str, text: str) -> bool:
    """Say whether a full name stands in a text; ``words`` are its words without accents."""
    parts = folded(name).split()
    if len(parts) > 1:
        turned = (parts[-1], *parts[:-1])
        return any(f" {' '.join(order)} " in words for order in (parts, turned))
    if len(name) < 2:
        return False
    if name.lower() == name.upper():  # where there are no capitals, words have no blanks between
        return name in text
    # One name only: its capital tells it from a word, but not where a sentence begins.
    return any(
        before and before[-1] not in ".!?:"
        for before in (text[: found.start()].rstrip() for found in _places(name, text))
    )


def _places(name: str, text: str) -> Iterable[re.Match[str]]:
    return re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)


def _stands_alone(email: str, lowered: str) -> bool:
    return re.search(rf"(?<![\w.+-]){re.escape(email)}(?![\w-]|\.\w)", lowered) is not None
