"""What a private cell says, and whether something else says it again.

White space and case do not count. A line, sentence or paragraph is found as a part of another
text; a shorter word that stood in quotes, only as a word of its own. The names of a page's parts
(a class, a colour) are no words that anybody said.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

_SHORTEST = 12  # signs: a line that is shorter is found in other places by chance
_SHORTEST_WORD = 4  # letters, in quotes

_LITERAL = re.compile(r"\"([^\"\n]+)\"|'([^'\n]+)'")
_KEY = re.compile(r"\[\s*(?:\"[^\"\n]*\"|'[^'\n]*')\s*\]|(?:\"[^\"\n]*\"|'[^'\n]*')\s*:")
#: Lines of code that tell nothing: what is imported, and a call with nothing in its brackets.
_TELLS_NOTHING = re.compile(r"import\s+[\w.]+|from\s+[\w.]+\s+import\b|[\w.]+\(\)$")
_COMMENT = re.compile(r"#[^\n]*")
_BREAK = re.compile(r"\n\s*\n|(?<=[.!?])\s")
_WORD = re.compile(r"[^\W\d_]{4,}")
_UNSEEN = re.compile(r"<(style|script)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_MARK = re.compile(r"</?[a-zA-Z][^>]*>")
_READ_ALOUD = re.compile(r"\b(?:alt|title|aria-label|value|placeholder)\s*=\s*(\"[^\"]*\"|'[^']*')")


@dataclass(frozen=True)
class PrivateWords:
    """What private cells say.

    Attributes
    ----------
    passages : tuple of two frozensets of str
        Lines, sentences, paragraphs and pictures: plain, and a second time without any sign that
        is no letter or digit.
    short : frozenset of str
        Words that stood in quotes and are too short to be searched for within others.
    common : frozenset of str
        Those of ``short`` that the public text uses as well: only in quotes do they tell anything.
    single : frozenset of str
        Each word that was written as text: a message of an error may quote one alone.
    """

    passages: tuple[frozenset[str], frozenset[str]]
    short: frozenset[str]
    common: frozenset[str]
    single: frozenset[str]

    def in_source(self, source: str) -> bool:
        """Say whether a public cell repeats a passage, or quotes a short word again."""
        quoted = {_plain(said) for said in _quoted(source)}
        return self._passage_in(source) or bool(quoted & (self.short - self.common))

    def in_message(self, message: str) -> bool:
        """Say whether a message of an error has any word of a private text."""
        words = set(_WORD.findall(_plain(message)))
        return bool(words & self.single) or self._in_text(message)

    def in_value(self, value: object) -> bool:
        """Say whether any text in a value tells something, as it is or as HTML or JSON has it."""
        texts = list(texts_in(value, names=False))
        return self._passage_in("\n".join(texts_in(value))) or any(map(self._in_text, texts))

    def _in_text(self, text: str) -> bool:
        if not self.short:
            return self._passage_in(text)
        seen = _plain(_seen(text))
        rare, common = self.short - self.common, self.short & self.common
        quoted = {_plain(said) for said in _quoted(seen)} | {seen}
        return bool(quoted & common) or any(_stands_alone(word, seen) for word in rare)

    def _passage_in(self, text: str) -> bool:
        plain, bare = self.passages
        for told in (text, unescape(text)):
            here, squeezed = _plain(told), _bare(told)
            if any(one in here for one in plain) or any(one in squeezed for one in bare):
                return True
        return False


def words_of(private: Iterable[Mapping[str, Any]], public: Iterable[str]) -> PrivateWords:
    """Return what private cells say; ``public`` is the text that is for everybody."""
    cells = list(private)
    said = [text.strip() for cell in cells for text in _passages(cell)]
    written = [json.dumps(text)[1:-1] for text in said]  # as it stands in a list that was printed
    plain = {one for text in (*said, *written) if len(one := _plain(text)) >= _SHORTEST}
    bare = {one for text in said if len(one := _bare(text)) >= _SHORTEST}
    quoted = {_plain(word) for cell in cells if _is_code(cell) for word in _values(source_of(cell))}
    short = {
        word
        for word in quoted
        if len(word) < _SHORTEST and sum(map(str.isalpha, word)) >= _SHORTEST_WORD
    }
    everybody = _plain("\n".join(public))
    common = {word for word in short if _stands_alone(word, everybody)}
    single = {word for cell in cells for word in _WORD.findall(_plain("\n".join(_prose(cell))))}
    return PrivateWords(
        (frozenset(plain), frozenset(bare)), frozenset(short), frozenset(common), frozenset(single)
    )


def source_of(cell: Mapping[str, Any]) -> str:
    """Return what is written in a cell, as one text."""
    return "".join(cell.get("source", "")).strip()


def same_words(one: str, other: str) -> bool:
    """Say whether two texts differ in nothing but case and white space."""
    return _plain(one) == _plain(other)


def texts_in(value: object, names: bool = True) -> Iterator[str]:
    """Yield every text in a value, with the names of its entries; lines in a list, as one."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, said in value.items():
            if names:
                yield str(name)
            yield from texts_in(said, names)
    elif isinstance(value, list | tuple):
        if all(isinstance(one, str) for one in value):
            yield "".join(value)
        for one in value:
            yield from texts_in(one, names)


def _passages(cell: Mapping[str, Any]) -> Iterator[str]:
    source = source_of(cell)
    lines = [line for line in source.splitlines() if not _TELLS_NOTHING.match(line.strip())]
    yield from (lines if _is_code(cell) else [source, *source.splitlines(), *_BREAK.split(source)])
    yield from _quoted(source)
    yield from texts_in(cell.get("attachments", {}))
    for output in cell.get("outputs", ()):
        yield from "".join(output.get("text", "")).splitlines()
        for kind, data in output.get("data", {}).items():
            if kind.startswith("image/"):
                yield "".join(data)


def _prose(cell: Mapping[str, Any]) -> list[str]:
    source = source_of(cell)
    return [*_values(source), *_COMMENT.findall(source)] if _is_code(cell) else [source]


def _is_code(cell: Mapping[str, Any]) -> bool:
    return cell.get("cell_type") == "code"


def _quoted(source: str) -> list[str]:
    return [one or other for one, other in _LITERAL.findall(source)]


def _values(source: str) -> list[str]:
    """Return what stands in quotes and is not the name of an entry."""
    return _quoted(_KEY.sub(" ", source))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _stands_alone(word: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def _seen(text: str) -> str:
    """Return what is read of a text, where it is a page's: its words, and its pictures' names."""
    if "<" not in text:
        return text
    words = _MARK.sub(lambda mark: f" {' '.join(_READ_ALOUD.findall(mark[0]))} ", text)
    return unescape(words if not _UNSEEN.search(text) else _seen(_UNSEEN.sub(" ", text)))
