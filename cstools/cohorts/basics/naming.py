"""Whether a text names somebody enrolled: what is shown and kept in notebooks holds codes only.

A full name counts, in either order and however it is spelt, and so does an e-mail. A first name
alone does not: "May" and "Will" are words as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cstools.cohorts.basics.people import Participant, Private, natural_key
from cstools.cohorts.basics.spelling import folded, tidy
from cstools.errors import DataError, brief, shown

SHOWN = ("role", "country", "site", "team", "district")  # answers that others see in tables
_MOST_WORDS = 8  # of a full name
_IS_NO_NAME = re.compile(r"[A-Z]-[A-Z2-7]+|[a-z-]+|(?=.*\d)[^@]*")


def named_in(text: str, people: Iterable[Participant]) -> str:
    """Return the code of the first person whose full name or e-mail stands in a text, or nothing.

    It can mislead: a nickname, a misspelt name and a person who is not enrolled are not found.
    """
    return whose_name_in(text, ((p.code, p.application.name, p.application.email) for p in people))


def whose_name_in(text: str, people: Iterable[tuple[str, Private, Private]]) -> str:
    """Return the same of people who are told by code, name and e-mail."""
    words, lowered = f" {folded(text)} ", text.casefold()
    for code, name, address in people:
        email = natural_key(address)
        if "@" in lowered and email and _stands_alone(email, lowered):
            return code
        if _has_name(tidy(name._text), words, text):
            return code
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


def is_no_name(text: str) -> bool:
    """Say whether a text is surely nobody's name: a code, small letters, or with a number in it."""
    return _IS_NO_NAME.fullmatch(text) is not None


def unquoted(message: str, written: Iterable[str]) -> str:
    """Return an error without what was written into a file, where that may be a name.

    An error is printed, and a notebook is saved with it; the file is not.
    """
    for text in written:
        for part in (text, *map(tidy, re.split("[,;:]", text))):
            if part and not is_no_name(part):
                for said in {part, part.lower(), folded(part)}:  # not as a hint spells it
                    for quoted in {f"'{brief(said)}'", shown(said)}:
                        message = message.replace(quoted, "that")
    return message


@dataclass(frozen=True)
class Names:
    """Full names, made ready to be looked for in many cells.

    A name of one word is told only where it is the whole cell: a site may be called May as well.
    """

    whole: frozenset[str]  # folded, in each order of their words
    unbroken: tuple[str, ...]  # folded, where there are no capitals and no blanks between words

    @classmethod
    def of(cls, names: Iterable[str]) -> Names:
        """Return names as people wrote them, ready."""
        parts = [plain.split() for plain in map(folded, names) if plain]
        whole = frozenset(" ".join(order) for each in parts for order in _turned(each))
        unbroken = (name for name, *more in parts if not more and name.isalpha())
        return cls(whole, tuple(n for n in unbroken if n == n.upper() and len(n) > 1))

    def stand_in(self, cell: str) -> bool:
        """Say whether one of them stands in a cell, or an address does."""
        plain = folded(cell)
        words = plain.split()
        runs = (
            " ".join(words[first:last])
            for first in range(len(words))
            for last in range(first + 2, min(first + _MOST_WORDS, len(words)) + 1)
        )
        return (
            "@" in cell
            or plain in self.whole
            or not self.whole.isdisjoint(runs)
            or any(name in plain for name in self.unbroken)
        )


def with_names_in(people: Iterable[Participant]) -> dict[str, list[str]]:
    """Return by code the answers that are shown to others and hold somebody's name."""
    enrolled = tuple(people)
    names = Names.of(person.application.name._text for person in enrolled)
    found = {
        person.code: [f for f in SHOWN if names.stand_in(getattr(person.application, f))]
        for person in enrolled
    }
    return {code: fields for code, fields in found.items() if fields}


def _turned(parts: list[str]) -> list[list[str]]:
    """Return the words of a name in their order and turned round; a surname may have several."""
    return [parts[k:] + parts[:k] for k in range(len(parts))]


def _has_name(name: str, words: str, text: str) -> bool:
    """Say whether a full name stands in a text; ``words`` are its words without accents."""
    parts = folded(name).split()
    if len(parts) > 1:
        return any(f" {' '.join(order)} " in words for order in _turned(parts))
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
