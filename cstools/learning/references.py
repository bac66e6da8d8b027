"""The one bibliography and the one glossary: ``cite("Senge1990")``, ``term("stock")``.

Both are tables in ``cstools/data``; a key that is not there gets the nearest ones offered.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from cstools.errors import unknown_name
from cstools.learning.checks import Words, wrapped
from cstools.names import key as spelling

_KEY = re.compile(r"\[([A-Z][A-Za-z]+\d{4}[a-z]?)\]")


@dataclass(frozen=True)
class Reference:
    """A publication; ``doi`` and ``url`` are empty where none is certain."""

    key: str
    authors: tuple[str, ...]
    year: int
    title: str
    venue: str
    doi: str = ""
    url: str = ""

    @property
    def link(self) -> str:
        """The address at which it is found, or an empty text."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url

    @property
    def in_short(self) -> str:
        """Author and year, as one says them: ``Ostrom, 1990``."""
        names = [author.partition(",")[0] for author in self.authors]
        who = " and ".join(names) if len(names) < 3 else f"{names[0]} and others"
        return f"{who}, {self.year}"

    def __str__(self) -> str:
        """Return the entry as a bibliography prints it."""
        first, *others = self.authors
        names = first if not others else ", ".join((first, *others[:-1])) + f" & {others[-1]}"
        ended = self.title if self.title.endswith(("?", "!")) else f"{self.title}."
        return f"{names} ({self.year}). {ended} {self.venue}. {self.link}".strip()


@dataclass(frozen=True)
class Term:
    """A word of the field, what it means here, and its neighbours."""

    name: str
    means: str
    see: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the word, its meaning and where to look further."""
        further = f" See also: {', '.join(self.see)}." if self.see else ""
        return f"{self.name}: {self.means}{further}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        prose = str(self).replace(self.name, f"**{self.name}**", 1)
        return {"text/plain": wrapped(str(self)), "text/markdown": prose}


@cache
def references() -> Mapping[str, Reference]:
    """Return every reference by its key."""
    found = {
        name: Reference(name, tuple(entry.pop("authors")), **entry)
        for name, entry in _table("references.toml").items()
    }
    return MappingProxyType(found)


@cache
def glossary() -> Mapping[str, Term]:
    """Return every term by its name."""
    found = {
        name: Term(name, entry["means"], tuple(entry.get("see", ())))
        for name, entry in _table("glossary.toml").items()
    }
    return MappingProxyType(found)


def reference(key: str) -> Reference:
    """Return the reference of a key.

    Raises
    ------
    UnknownNameError
        When the key is not in the bibliography; the nearest keys are given.
    """
    known = references()
    if key not in known:
        raise unknown_name(key, known, "references")
    return known[key]


def cite(*keys: str) -> Words:
    """Return the list of these references, by author and year, each once.

    Raises
    ------
    UnknownNameError
        When a key is not in the bibliography.
    """
    listed = sorted({str(reference(key)) for key in keys})
    return Words("\n".join(f"- {entry}" for entry in listed))


def keys_in_words(text: str) -> str:
    """Return a text in which ``[Ostrom1990]`` reads ``(Ostrom, 1990)``; unknown keys stay."""
    known = references()
    return _KEY.sub(lambda m: f"({known[m[1]].in_short})" if m[1] in known else m[0], text)


def term(name: str) -> Term:
    """Return a word of the glossary, in any spelling.

    Raises
    ------
    UnknownNameError
        When the word is not in the glossary; the nearest words are given.
    """
    known = {spelling(word): entry for word, entry in glossary().items()}
    if spelling(name) not in known:
        raise unknown_name(name, glossary(), "glossary")
    return known[spelling(name)]


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((files("cstools.data") / name).read_text(encoding="utf-8"))
