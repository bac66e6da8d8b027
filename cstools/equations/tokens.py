"""Equation text cut into numbers, names and signs; a caret shows where it cannot be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from cstools.errors import EquationError

KEYWORDS = frozenset({"and", "or", "not", "mod", "if", "then", "else"})
SIGNS = {
    "×": "*", "·": "*", "÷": "/", "−": "-", "≤": "<=", "≥": ">=",
    "≠": "<>", "!=": "<>", "==": "=", "**": "^",
}  # fmt: skip


def _marks() -> str:
    """Return the accents and vowel signs that many scripts write as characters of their own."""
    blocks = (*range(0x300, 0x3100), *range(0xA600, 0xAC00), *range(0xFE00, 0xFE30))
    return "".join(chr(code) for code in blocks if unicodedata.category(chr(code))[0] == "M")


# Letters by Python's reckoning that are numbers by a reader's: x² is no name.
_POWERS, _FRACTIONS = "²³¹⁰⁴-⁹", "¼-¾⅐-⅞"
_INSIDE = rf"(?![{_POWERS}])[\w.$\u200c\u200d{_marks()}]"
_TOKEN = re.compile(
    rf"""
    (?P<skip>    [\s\u200b\u2060\ufeff]+ | \{{[^}}]*\}} )
  | (?P<number>  (?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)? )
  | (?P<quoted>  "(?:\\.|[^"\\])+" )
  | (?P<logic>   :(?:AND|OR|NOT): )
  | (?P<word>    [^\W\d{_POWERS}{_FRACTIONS}](?:{_INSIDE}|['’](?=\w))* )
  | (?P<sign>    \*\*|<>|<=|>=|==|!=|[-+*/^=<>(),×·÷−≤≥≠\[\]]|!(?=\s*[,\]]) )
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\([\\\"])")


@dataclass(frozen=True)
class Token:
    """A word, number or sign, and where it stands in the text."""

    kind: str  # number, name, quoted, sign, keyword, end
    text: str
    at: int


def raw_tokens(text: str, where: str) -> Iterator[Token]:
    """Yield the tokens as they stand, each word by itself."""
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise show(where, _meaningless(text[at]), text, at)
        kind = match.lastgroup or ""
        if kind != "skip":
            yield Token(kind, match.group(), at)
        at = match.end()


def tokens(text: str, where: str) -> list[Token]:
    """Return the tokens with words that stand together joined into one name."""
    result: list[Token] = []
    joining, end = False, -1
    for token in raw_tokens(text, where):
        if joining and (token.kind == "word" or token.text.isdigit()) and not _is_keyword(token):
            gap = "" if token.at == end else " "
            result[-1] = Token("name", f"{result[-1].text}{gap}{token.text}", result[-1].at)
        else:
            result.append(_plain(token))
            joining = result[-1].kind == "name"
        end = token.at + len(token.text)
    return [*result, Token("end", "", len(text.rstrip()))]


def _plain(token: Token) -> Token:
    """Return a token with one spelling for each sign and keyword, and names without quotes."""
    if token.kind == "logic" or _is_keyword(token):
        return Token("keyword", token.text.casefold().strip(":"), token.at)
    if token.kind == "quoted":
        return Token("quoted", _ESCAPE.sub(r"\1", token.text[1:-1]), token.at)
    if token.kind == "word":
        return Token("name", token.text, token.at)
    return Token(token.kind, SIGNS.get(token.text, token.text), token.at)


def _is_keyword(token: Token) -> bool:
    return token.kind == "word" and token.text.casefold() in KEYWORDS


def _meaningless(character: str) -> str:
    if not character.isprintable():
        return (
            f"an invisible character (U+{ord(character):04X}) has no meaning here; "
            "delete it and write this place again"
        )
    advice = next((advice for signs, advice in _ADVICE if character in signs), "")
    return f"'{character}' has no meaning here{advice}"


_ADVICE = (
    ("{}", "; a comment opens with { and must close with }"),
    ('"', "; a quoted name has a straight quote at each end"),
    ("“”„«»", '; quotes around a name are straight ones: "'),
    ("'‘’`", "; a name needs no quotes, or double ones"),
    ("%", "; write a share as a number: 0.1 for ten per cent"),
    (";", "; arguments are separated by commas, and decimals have a point"),
    ("²³¹⁰⁴⁵⁶⁷⁸⁹", "; write a power with ^: x ^ 2"),
    ("¼½¾⅓⅔⅛⅜⅝⅞", "; write a fraction as a division: 1 / 2"),
    ("€£$¥", "; write the number alone, and its unit as units="),
    ("&", "; write and"),
    ("|", "; write or"),
    ("!~¬", "; write not"),
    ("#", "; a comment stands between { and }"),
    ("…", "; write the equation to its end"),
)

_WIDEST = 100


def show(where: str, problem: str, text: str, at: int) -> EquationError:
    """Return the error for a place in a text: what is wrong, the line, and a caret."""
    line, column = _line_at(text, at)
    if len(line) > _WIDEST:
        begin = max(0, column - _WIDEST // 2)
        shortened = ("…" if begin else "") + line[begin : begin + _WIDEST]
        line = shortened + ("…" if begin + _WIDEST < len(line) else "")
        column -= begin - bool(begin)
    line = "".join(c if c.isprintable() or c == "\t" else "�" for c in line)
    gap = "".join(c if c == "\t" else " " * _columns(c) for c in line[:column])
    return EquationError(f"{where}: {problem}\n    {line}\n    {gap}^")


def _line_at(text: str, at: int) -> tuple[str, int]:
    """Return the line in which a place lies, and how far along."""
    line = ""
    for line in text.splitlines(keepends=True):
        if at < len(line):
            break
        at -= len(line)
    else:
        at += len(line)
    return "".join(line.splitlines()[:1]), at


def _columns(character: str) -> int:
    """Return how many columns a character takes in a fixed-width type."""
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
