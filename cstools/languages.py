"""The languages that the course speaks: English, and those with catalogues in ``data/locales``.

A catalogue is a text file in the form of gettext, ``.po``, which Poedit and Weblate open. English
is the language of the sources, and what a catalogue lacks stays English. ::

    with speaking("es"):
        spoken("Answer with a number, in {unit}.", unit="días")

A language is spoken inside a ``with`` only, and by whoever stands in it: nothing is switched over
for others. The files are read here, and not by a library, because exercises are shown where hardly
any is installed; a test holds this reading against that of Babel.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from cstools.errors import DataError, unknown_name

SOURCE = "en"
#: A message by its context, mostly empty, and its English words.
Messages = Mapping[tuple[str, str], str]

_SPOKEN: ContextVar[str] = ContextVar("language", default=SOURCE)
_LINE = re.compile(r'(msgctxt|msgid|msgstr)?\s*"(.*)"')


def languages() -> tuple[str, ...]:
    """Return the languages by their two letters, English first: ``("en", "da", "es")``."""
    folders = [one.name for one in files("cstools.data").joinpath("locales").iterdir()]
    return (SOURCE, *sorted(name for name in folders if re.fullmatch("[a-z]{2}", name)))


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language inside the ``with``.

    Raises
    ------
    UnknownNameError
        When there are no catalogues in it; the languages that there are are given.
    """
    if language not in languages():
        raise unknown_name(language, languages(), "languages")
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def spoken(message: str, **values: Any) -> str:
    """Return one of the package's own sentences in the language that is spoken.

    ``message`` is written out where it is called, because that is where it is found for the
    catalogues; ``values`` take the places that it names in braces.
    """
    said = catalogue(_SPOKEN.get(), "package").get(("", message), message)
    return said.format(**values) if values else said


@cache
def catalogue(language: str, name: str) -> Messages:
    """Return the messages of a catalogue that are translated; none for a file that is not there.

    Raises
    ------
    DataError
        When the file is not a catalogue; the line is given.
    """
    path = files("cstools.data").joinpath("locales", language, f"{name}.po")
    if language == SOURCE or not path.is_file():
        return MappingProxyType({})
    return MappingProxyType(read_po(path.read_text(encoding="utf-8"), f"{language}/{name}.po"))


def read_po(text: str, name: str = "the catalogue") -> dict[tuple[str, str], str]:
    """Return the finished entries of a catalogue: neither empty nor marked *fuzzy*."""
    messages: dict[tuple[str, str], str] = {}
    entry: dict[str, str] = {}
    field, fuzzy = "", False
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        if not line.strip() or line.startswith("#"):
            if entry.get("msgid") and entry.get("msgstr") and not fuzzy:
                messages[entry.get("msgctxt", ""), entry["msgid"]] = entry["msgstr"]
            fuzzy = (line.startswith("#,") and "fuzzy" in line) or (fuzzy and not entry)
            entry, field = {}, ""
            continue
        found = _LINE.fullmatch(line.strip())
        if found is None or not (found[1] or field):
            raise DataError(f"{name}, line {number}: this line is not of a catalogue: {line[:60]}")
        field = found[1] or field
        try:
            entry[field] = entry.get(field, "") + json.loads(f'"{found[2]}"')
        except json.JSONDecodeError:
            raise DataError(
                f'{name}, line {number}: write \\" for a quotation mark inside the text, '
                "and \\\\ for a backslash"
            ) from None
    return messages
