"""The words of a set of exercises, in the table that its source is read into.

Names of questions, of misconceptions and of a model's parts are not words: code and receipts go by
them. The words of a map are; whoever answers with the English ones, or with an English unit, is
understood as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from cstools.learning.translation.prose import Say, in_prose

Table = Mapping[str, Any]

#: What a message is, where its words alone do not say: the context in a catalogue.
MAP, UNIT, SYNONYMS = "map", "unit", "synonyms"
_PROSE = ("introduction", "ask", "right", "solution", "says")
_SYNONYMS_NOTE = "Other words for the same, with ; between them; as many or as few as there are."


def in_set(source: Table, say: Say) -> dict[str, Any]:
    """Return the table of a set with its words said."""
    told = _told(source, say)
    told["question"] = [_question(question, say) for question in source["question"]]
    return told


def _question(table: Table, say: Say) -> dict[str, Any]:
    told = _told(table, say)
    if "hints" in table:
        told["hints"] = [in_prose(hint, say) for hint in table["hints"]]
    if "choices" in table:
        told["choices"] = {letter: say(words) for letter, words in table["choices"].items()}
    for part in ("misconception", "expect"):
        if part in table:
            told[part] = [_told(one, say) for one in table[part]]
    by_kind = {"number": _number, "sketch": _sketch, "loops": _loops, "model": _model}
    return by_kind.get(table["kind"], lambda told, _: told)(told, say)


def _told(table: Table, say: Say) -> dict[str, Any]:
    """Return a table with its title and its prose said; the rest as it is."""
    told = dict(table)
    if "title" in table:
        told["title"] = say(table["title"])
    for name in _PROSE:
        if table.get(name):
            told[name] = in_prose(table[name].strip(), say)
    return told


def _number(table: dict[str, Any], say: Say) -> dict[str, Any]:
    """Say the unit; its English spellings count as well."""
    if table.get("unit"):
        unit, spellings = table["unit"], table.get("also", [])
        table["unit"] = say(unit, UNIT)
        table["also"] = _once([unit, *spellings, *_others(spellings, say)], table["unit"])
    return table


def _sketch(table: dict[str, Any], say: Say) -> dict[str, Any]:
    for name in ("time", "level", "unit"):
        if table.get(name):
            table[name] = say(table[name], UNIT)
    return table


def _loops(table: dict[str, Any], say: Say) -> dict[str, Any]:
    """Say the words of the map wherever they stand; the English ones become synonyms."""
    words = list(dict.fromkeys(word for pair in _pairs(table["map"]) for word in pair))
    said = {word: say(word, MAP) for word in words}
    synonyms = {}
    for word in words:
        others = table.get("synonyms", {}).get(word, [])
        synonyms[said[word]] = _once([word, *others, *_others(others, say)], said[word])

    def translated(text: str) -> str:
        return _map(text, lambda word: said.get(word, word))

    table["map"] = translated(table["map"])
    table["synonyms"] = synonyms
    for one in table.get("misconception", ()):
        one["answers"] = [translated(answer) for answer in one["answers"]]
    return table


def _model(table: dict[str, Any], say: Say) -> dict[str, Any]:
    """Add other words for the parts that are looked for; their own names stay."""
    if "synonyms" in table:
        table["synonyms"] = {
            name: _once([*others, *_others(others, say)], name)
            for name, others in table["synonyms"].items()
        }
    return table


def _others(words: list[str], say: Say) -> list[str]:
    """Return the other words that a translator gives in the place of these."""
    if not words:
        return []
    return [word.strip() for word in say("; ".join(words), SYNONYMS, _SYNONYMS_NOTE).split(";")]


def _once(words: Iterable[str], but: str) -> list[str]:
    return [word for word in dict.fromkeys(words) if word and word != but]


def _pairs(text: str) -> Iterable[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    _map(text, lambda word: word, pairs)
    return pairs


def _map(text: str, word: Callable[[str], str], pairs: list[tuple[str, str]] | None = None) -> str:
    """Return the lines of a map with the word for each end, ``cause -> effect: +``."""
    lines = []
    for line in text.strip().splitlines():
        cause, arrow, rest = line.partition("->")
        effect, colon, sign = rest.rpartition(":")
        if not (arrow and colon):
            lines.append(line)
            continue
        if pairs is not None:
            pairs.append((cause.strip(), effect.strip()))
        lines.append(f"{word(cause.strip())} -> {word(effect.strip())}:{sign}")
    return "\n".join(lines)
