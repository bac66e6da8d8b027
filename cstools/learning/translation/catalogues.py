"""Catalogues written, brought up to date and looked over, with Babel.

There is one for each notebook of the lessons, with its exercises (``10-creative-tension.po``), and
one for what the package itself says (``package.po``): checks, the words that all notebooks share,
and the terms of the glossary, each translated once.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

from cstools.errors import MissingPartError
from cstools.languages import MOMENT, UNIT, catalogue, messages_in_javascript
from cstools.learning.notebook import read_notebook
from cstools.learning.references import glossary
from cstools.learning.shape import EVIDENCE, FACETS, HEADINGS, TIERS
from cstools.learning.source import read_table
from cstools.learning.translation.code import in_code
from cstools.learning.translation.exercise import in_set
from cstools.learning.translation.names import names_in
from cstools.learning.translation.prose import SHAPE, Say, in_prose
from cstools.plotting.words import times_of_words
from cstools.whole_files import write_whole

PACKAGE = "package"
TERM = "term"
PROMISES = ("Goals", "Minutes", "Facet", "Module", "Evidence")
#: What every translated notebook says below its title; its translation is the place for the names
#: that the code has for what the pictures show.
STAYS_ENGLISH = (
    "In code and in the glossary, words are English: what the pictures show in your language, "
    "code calls by its English name."
)

_ROOT = Path(__file__).parents[2]
LOCALES = _ROOT / "data" / "locales"
_SPEAKS = re.compile(r"^from cstools\.languages import .*\bspoken\b", re.M)
#: Lines of a header that would differ from machine to machine, or say nothing.
_HEADER_LINES = re.compile(
    rb'^"(?:Project-Id-V|Report-M|POT-C|PO-R|Last-T|Language-T|Generated-B)\S*:.*\n', re.M
)
#: What must be the same in a message and in its translation.
_KEPT = (
    ("the places in braces", re.compile(r"\{\w+\}")),
    ("the references in brackets", re.compile(r"\b[A-Z][A-Za-z]+\d{4}[a-z]?\b")),
    ("what stands between ` and `", re.compile(r"`[^`]+`")),
    ("the addresses of links", re.compile(r"\]\(([^)]*)\)")),
    ("the pairs of **", re.compile(r"\*\*")),
)


@dataclass(frozen=True)
class Message:
    """A message and where it stands; ``note`` is for whoever translates it."""

    words: str
    context: str
    where: str
    note: str = ""


# --- what there is to translate -------------------------------------------------------------------


def messages_of(notebook: Path, source: Path | None) -> list[Message]:
    """Return what a notebook, and the source of its exercises, say, each once, in their order."""
    found: dict[tuple[str, str], Message] = {}
    general = {(one.context, one.words) for one in package_messages()}

    def listening(where: str) -> Say:
        def say(message: str, context: str = "", note: str = "") -> str:
            if message.strip() and (context, message) not in general:
                told = Message(message, context, where, note)
                found.setdefault((context, message), told)
            return message

        return say

    for cell in read_notebook(notebook).cells:
        say = listening(f"{notebook.name}:{cell.position}")
        (in_prose if cell.kind == "markdown" else in_code)(cell.source, say)
        if cell.kind == "code":
            for context, words in names_in(cell.source):
                say(words, context)
        if cell.position == 1:
            say(STAYS_ENGLISH, note="Add which names of the code are which words of the pictures.")
    if source is not None:
        in_set(read_table(source)[0], listening(f"exercises/{source.parent.name}"))
    return list(found.values())


def package_messages() -> list[Message]:
    """Return what the package itself says, and the words that all notebooks share."""
    shape = (*HEADINGS, *TIERS, *PROMISES, *FACETS, *EVIDENCE)
    shared = [Message(word, SHAPE, "cstools/learning/shape.py") for word in shape]
    terms = [Message(name, TERM, "cstools/data/glossary.toml") for name in glossary()]
    return [*_spoken(), *_spoken_in_pages(), *_times(), *shared, *terms]


def _spoken() -> Iterator[Message]:
    """Yield the texts handed to ``spoken`` in the package's code, each once."""
    taken = set()
    for path in sorted(_ROOT.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if not _SPEAKS.search(source):
            continue
        where = f"cstools/{path.relative_to(_ROOT).as_posix()}"
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "spoken":
                words = ast.literal_eval(node.args[0])
                if words not in taken:
                    taken.add(words)
                    yield Message(words, "", where)


def _spoken_in_pages() -> Iterator[Message]:
    """Yield what the scripts of the live parts say, but for what Python says as well."""
    taken = {one.words for one in _spoken()}
    for path in sorted(_ROOT.rglob("*.js")):
        where = f"cstools/{path.relative_to(_ROOT).as_posix()}"
        for words in messages_in_javascript(path.read_text(encoding="utf-8")):
            if words not in taken:
                taken.add(words)
                yield Message(words, "", where)


def _times() -> Iterator[Message]:
    """Yield the units of time: as they stand in an amount, and before the number of a moment."""
    where = "cstools/plotting/words.py"
    for word in times_of_words():
        yield Message(word, UNIT, where)
        yield Message(f"{word}s", UNIT, where)
    yield Message("time", UNIT, where)
    yield Message("units of time", UNIT, where)
    for word in (*times_of_words(), "time"):
        yield Message(word, MOMENT, where, f"As in: 'by {word} 40', with its article if it has one")


# --- files ----------------------------------------------------------------------------------------


def path_of(language: str, name: str) -> Path:
    """Return where a catalogue lies."""
    return LOCALES / language / f"{name}.po"


def bring_up_to_date(language: str, name: str, messages: Iterable[Message]) -> str:
    """Write a catalogue with these messages, the translations there were kept; return its text.

    A message that changed a little keeps its translation and is marked *fuzzy*: somebody looks.
    """
    path = path_of(language, name)
    kept = _read(path, language)
    kept.update(_template(messages, language), update_header_comment=True)
    text = _text(kept)
    if not path.is_file() or path.read_bytes() != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text.decode())
    catalogue.cache_clear()
    return text.decode()


def _template(messages: Iterable[Message], language: str) -> Any:
    made = _babel("messages.catalog").Catalog(locale=language, header_comment=_HEAD)
    for one in messages:
        context, notes = one.context or None, [one.note] if one.note else []
        made.add(one.words, context=context, auto_comments=notes, locations=[(one.where, None)])
        made.get(one.words, context).flags.discard("python-format")
    return made


def _read(path: Path, language: str) -> Any:
    if not path.is_file():
        return _babel("messages.catalog").Catalog(locale=language, header_comment=_HEAD)
    with path.open("rb") as file:
        return _babel("messages.pofile").read_po(file, locale=language)


def _text(made: Any) -> bytes:
    file = BytesIO()
    made.fuzzy = False
    _babel("messages.pofile").write_po(file, made, width=96, ignore_obsolete=True)
    return _HEADER_LINES.sub(b"", file.getvalue())


_HEAD = """\
# One entry after the other: msgid is the English, msgstr the translation.
# What stands in braces, in [brackets with a year] or between ` and ` stays.
# Open it with Poedit or Weblate, or with any editor that writes UTF-8.
# Then, in the folder of the course: cstools translate check"""


# --- looking over ---------------------------------------------------------------------------------


def faults(language: str, name: str, messages: Iterable[Message]) -> list[str]:
    """Return what is wrong with a catalogue, a sentence for each message; an empty list is good."""
    path = path_of(language, name)
    where = f"{language}/{path.name}"
    if not path.is_file():
        return [f"{where} is missing; begin it with: cstools translate begin {language} {name}"]
    entries = _read(path, language)
    wanted = list(messages)
    found = []
    for one in wanted:
        entry = entries.get(one.words, one.context or None)
        if one.context == TERM and (entry is None or not entry.string):
            continue  # a term is held to its translation once it has one
        if entry is None:
            found.append(f"{where} lacks {_short(one)}; run: cstools translate extract")
        elif why := _fault(one, entry):
            found.append(f"{where}: {_short(one)} {why}")
    known = {(one.context, one.words) for one in wanted}
    if any(entry.id and (entry.context or "", entry.id) not in known for entry in entries):
        found.append(f"{where} has messages that nobody says; run: cstools translate extract")
    return found


def _fault(one: Message, entry: Any) -> str:
    if not entry.string:
        return "is not translated"
    if entry.fuzzy:
        return "is marked fuzzy: the English has changed; look at it and take the mark away"
    for what, pattern in _KEPT:
        if Counter(pattern.findall(one.words)) != Counter(pattern.findall(entry.string)):
            return f"is translated with other things for {what}"
    if one.words.strip() == one.words and entry.string.strip() != entry.string:
        return "is translated with a space at its beginning or end"
    return ""


def strange_terms(language: str, name: str) -> list[str]:
    """Return where a term of several words is not translated as the glossary has it."""
    terms = {
        words: said
        for (context, words), said in catalogue(language, PACKAGE).items()
        if context == TERM and " " in words
    }
    return [
        f"{language}/{name}.po: '{_shortened(words)}' has the term '{term}', here '{terms[term]}'"
        for (_, words), said in catalogue(language, name).items()
        for term in terms
        if re.search(rf"\b{term}", words, re.I) and not _bent(terms[term]).search(said)
    ]


def _bent(term: str) -> re.Pattern[str]:
    """Return a pattern for a term whose words may have other endings."""
    stems = (re.escape(word[: max(3, len(word) - 2)]) for word in term.split())
    return re.compile(r"\w*\s+".join(stems), re.I)


def _short(one: Message) -> str:
    return f"'{_shortened(one.words)}' ({one.where})"


def _shortened(words: str) -> str:
    return words if len(words) <= 50 else f"{words[:47].rstrip()}…"


def _babel(part: str) -> Any:
    try:
        return import_module(f"babel.{part}")
    except ModuleNotFoundError:
        raise MissingPartError(
            "'babel' is not installed, and translating needs it; "
            "install it with: pip install 'cstools[lab]'"
        ) from None
