"""The languages that the course speaks: English, and those with catalogues in ``data/locales``.

A catalogue is a text file in the form of gettext, ``.po``, which Poedit and Weblate open. English
is the language of the sources, and what a catalogue lacks stays English. ::

    with speaking("es"):
        spoken("Answer with a number, in {unit}.", unit="días")

A translated notebook speaks its language in all its cells; it says so in its first one. ::

    speak("es", "10-creative-tension")

``with speaking(…)`` comes before that, and holds for whoever stands in it. Without either it is
English. Names and units of a model stay what they are in code; :func:`name_spoken` and
:func:`unit_spoken` give what is shown for them. Numbers are written in one way in all languages
(``0.5``, ``1,250``): it is how code, which stands beside them in a notebook, has them.

The files are read here, and not by a library, because exercises are shown where hardly any is
installed; a test holds this reading against that of Babel.
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

#: What a message is, where its words alone do not say: its context in a catalogue.
NAME, UNIT, MOMENT = "name", "unit", "moment"

_SPOKEN: ContextVar[str] = ContextVar("language", default="")
#: What the notebook of this kernel speaks, and which one it is. A cell is no place to keep that:
#: each runs in a context of its own.
_NOTEBOOK = {"language": SOURCE, "name": ""}
_IN_JAVASCRIPT = re.compile(r'\bspoken\(\s*("(?:[^"\\]|\\.)*")')
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
    before = _SPOKEN.set(_known(language))
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def speak(language: str, notebook: str = "") -> None:
    """Speak a language from here on, in all cells of a notebook; ``speak("en")`` ends it.

    Parameters
    ----------
    language
        Its two letters.
    notebook
        The notebook by its name, ``"10-creative-tension"``: its catalogue has the words for the
        names in its models. Without it they stay as they are in code.

    Raises
    ------
    UnknownNameError
        When there are no catalogues in the language; the languages that there are are given.
    """
    _NOTEBOOK.update(language=_known(language), name=notebook)


def language_spoken() -> str:
    """Return the two letters of the language that is spoken here and now."""
    return _SPOKEN.get() or _NOTEBOOK["language"]


def _known(language: str) -> str:
    if language not in languages():
        raise unknown_name(language, languages(), "languages")
    return language


def spoken(message: str, **values: Any) -> str:
    """Return one of the package's own sentences in the language that is spoken.

    ``message`` is written out where it is called, because that is where it is found for the
    catalogues; ``values`` take the places that it names in braces.
    """
    said = catalogue(language_spoken(), "package").get(("", message), message)
    return said.format(**values) if values else said


@cache
def messages_in_javascript(script: str) -> tuple[str, ...]:
    """Return the messages that a script says, ``spoken("Clear")``, each once."""
    return tuple(dict.fromkeys(json.loads(words) for words in _IN_JAVASCRIPT.findall(script)))


def words_for_javascript(script: str) -> dict[str, str]:
    """Return by its English what a script says in the language spoken; nothing in English."""
    said = {words: spoken(words) for words in messages_in_javascript(script)}
    return {words: own for words, own in said.items() if own != words}


def name_spoken(name: str) -> str:
    """Return the words that are shown for a name of a model: the name itself without a catalogue.

    Of an element, ``fish[north]``, the name before the brackets is looked for too.
    """
    said = _own(NAME, name)
    if said == name and name.endswith("]"):
        array, bracket, rest = name.partition("[")
        return _own(NAME, array) + bracket + rest
    return said


def unit_spoken(units: str) -> str:
    """Return what is shown for units: ``months`` → ``meses``, ``days in 100`` → its translation."""
    return _own(UNIT, units)


def moment_spoken(units: str) -> str:
    """Return what stands before the number of a moment: ``month`` (36) → ``el mes`` (36)."""
    said = _own(MOMENT, units)
    return unit_spoken(units) if said == units else said


def _own(context: str, words: str) -> str:
    """Return a word of the notebook's catalogue, or of the package's, in the language spoken."""
    language = language_spoken()
    if language == SOURCE:
        return words
    own = catalogue(language, _NOTEBOOK["name"]) if _NOTEBOOK["name"] else {}
    message = context, words
    return own.get(message) or catalogue(language, "package").get(message) or words


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
