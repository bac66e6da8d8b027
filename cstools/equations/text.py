"""Equation text becomes a tree; what cannot be read is shown with a caret under the place.

The grammar is XMILE's, with what people write on a whiteboard let in: names of several words
need no quotes, ``×`` and ``÷`` are times and divided by, and Vensim's ``IF THEN ELSE(…)`` and
``:AND:`` are understood. ``^`` groups from the right and binds tighter than a minus before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from cstools.equations.functions import CLOCK, FUNCTIONS
from cstools.equations.tree import Apply, Name, Number, Tree
from cstools.errors import EquationError
from cstools.names import key

_TOKEN = re.compile(
    r"""
    (?P<skip>    \s+ | \{[^}]*\} )
  | (?P<number>  (?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)? )
  | (?P<quoted>  "(?:\\.|[^"\\])+" )
  | (?P<logic>   :(?:AND|OR|NOT): )
  | (?P<word>    [^\W\d](?:[\w.$]|'(?=\w))* )
  | (?P<sign>    \*\*|<>|<=|>=|==|!=|[-+*/^=<>(),×·÷−≤≥≠] )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SIGNS = {
    "×": "*", "·": "*", "÷": "/", "−": "-", "≤": "<=", "≥": ">=",
    "≠": "<>", "!=": "<>", "==": "=", "**": "^",
}  # fmt: skip
_ESCAPE = re.compile(r"\\([\\\"])")
_KEYWORDS = {"and", "or", "not", "mod", "if", "then", "else"}
_LOOSEST, _COMPARING, _PREFIX = 0, 4, 7


@dataclass(frozen=True)
class Token:
    """A word, number or sign, and where it stands in the text."""

    kind: str  # number, name, quoted, sign, keyword, end
    text: str
    at: int


def parse(text: str, where: str = "equation") -> Tree:
    """Return the tree of an equation.

    Parameters
    ----------
    text
        The equation as written.
    where
        The part it belongs to, for the error: ``"flow 'cooling'"``.

    Raises
    ------
    EquationError
        When it cannot be read. The message shows the text with a caret under the place.
    """
    reader = _Reader(text, where)
    tree = reader.expression(_LOOSEST)
    reader.finish()
    return tree


def is_portable(text: str) -> bool:
    """Say whether other XMILE programs read this text as it stands.

    Names of several words without quotes, ``×``, and Vensim's spellings are ours to understand
    and others' to stumble over.
    """
    tokens = list(_raw_tokens(text, "equation"))
    runs_together = any(
        one.kind == two.kind == "word"
        and one.text.casefold() not in _KEYWORDS
        and two.text.casefold() not in _KEYWORDS
        for one, two in pairwise(tokens)
    )
    foreign = any(t.kind == "logic" or t.text in _SIGNS for t in tokens)
    return not runs_together and not foreign and "if_then_else" not in key(text)


def spelled(name: str) -> str:
    """Return a name as it may stand in an equation: in quotes where it would be read otherwise."""
    try:
        tokens = _tokens(name, "name")
    except EquationError:
        tokens = []
    alone = len(tokens) == 2 and tokens[0].kind == "name" and key(tokens[0].text) == key(name)
    if alone and key(name) not in CLOCK:
        return name
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}"'


def show(where: str, problem: str, text: str, at: int) -> EquationError:
    """Return the error for a place in a text: what is wrong, the line, and a caret."""
    begin = text.rfind("\n", 0, at) + 1
    line = text[begin:].split("\n", 1)[0]
    return EquationError(f"{where}: {problem}\n    {line}\n    {' ' * (at - begin)}^")


def _raw_tokens(text: str, where: str) -> list[Token]:
    tokens, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise show(where, f"'{text[at]}' has no meaning here{_advice(text[at])}", text, at)
        kind = match.lastgroup or ""
        if kind != "skip":
            tokens.append(Token(kind, match.group(), at))
        at = match.end()
    return tokens


def _advice(character: str) -> str:
    return {
        "[": "; arrays (subscripts) are not understood yet",
        "{": "; a comment opens with { and must close with }",
        '"': "; a quoted name must close with a second quote",
        "%": "; write a share as a number: 0.1 for ten per cent",
    }.get(character, "")


def _tokens(text: str, where: str) -> list[Token]:
    """Return the tokens with words that stand together joined into one name."""
    result: list[Token] = []
    joining = False
    for token in _raw_tokens(text, where):
        word = token.text.casefold()
        if token.kind == "logic":
            result.append(Token("keyword", word.strip(":"), token.at))
        elif token.kind == "word" and word in _KEYWORDS:
            result.append(Token("keyword", word, token.at))
        elif (
            joining
            and token.kind in ("word", "number")
            and token.text.isidentifier() | (token.text.isdigit())
        ):
            result[-1] = Token("name", f"{result[-1].text} {token.text}", result[-1].at)
            continue
        elif token.kind in ("word", "quoted"):
            quoted = token.kind == "quoted"
            name = _ESCAPE.sub(r"\1", token.text[1:-1]) if quoted else token.text
            result.append(Token("quoted" if quoted else "name", name, token.at))
        else:
            result.append(Token(token.kind, _SIGNS.get(token.text, token.text), token.at))
        joining = token.kind == "word" and result[-1].kind == "name"
    return [*result, Token("end", "", len(text.rstrip()))]


class _Reader:
    """Reads expressions by how tightly their operators bind (a Pratt parser)."""

    def __init__(self, text: str, where: str) -> None:
        self.text, self.where = text, where
        if not text.strip():
            raise EquationError(f"{where}: the equation is empty; write what it is computed from")
        self.tokens = _tokens(text, where)
        self.position = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.position]

    def advance(self) -> Token:
        token = self.token
        self.position += token.kind != "end"
        return token

    def accept(self, text: str) -> bool:
        found = self.token.text == text and self.token.kind in ("sign", "keyword")
        self.position += found
        return found

    def require(self, text: str, problem: str) -> None:
        if not self.accept(text):
            raise self.error(problem)

    def error(self, problem: str, token: Token | None = None) -> EquationError:
        return show(self.where, problem, self.text, (token or self.token).at)

    def finish(self) -> None:
        token = self.token
        if token.kind == "end":
            return
        if token.text == ",":
            raise self.error("a comma stands only between arguments; write a decimal as 0.5")
        if token.text == ")":
            raise self.error("this ) has no ( before it")
        if token.kind in ("name", "quoted", "number"):
            raise self.error(f"an operator is missing before '{token.text}'; times is *")
        raise self.error(f"'{token.text}' is not expected here")

    def expression(self, binds: int) -> Tree:
        left = self.value()
        while (row := FUNCTIONS.get(self.operator())) and row.infix and row.binds > binds:
            sign = self.advance()
            # A power groups from the right: its right side may hold another power.
            right = self.expression(row.binds - (row.name == "^"))
            left = Apply(row.name, (left, right), sign.at)
        return left

    def operator(self) -> str:
        return self.token.text if self.token.kind in ("sign", "keyword") else ""

    def value(self) -> Tree:
        token = self.advance()
        if token.kind == "number":
            return Number(float(token.text))
        if token.kind in ("name", "quoted"):
            return self.named(token)
        if token.text in ("-", "+"):
            return self.signed(token)
        if token.text == "not":
            return Apply("not", (self.expression(FUNCTIONS["not"].binds),), token.at)
        if token.text == "if":
            return self.choice(token)
        if token.text == "(":
            return self.group(token)
        raise self.missing_value(token)

    def named(self, token: Token) -> Tree:
        if self.token.text == "(":
            arguments = self.arguments(token)
            if arguments or key(token.text) not in CLOCK:
                return Apply(key(token.text), arguments, token.at)
        name = key(token.text)
        return Name(CLOCK.get(name, name) if token.kind == "name" else name, token.at)

    def signed(self, token: Token) -> Tree:
        operand = self.expression(_PREFIX)
        if token.text == "+":
            return operand
        if isinstance(operand, Number):
            return Number(-operand.value)
        return Apply("neg", (operand,), token.at)

    def choice(self, token: Token) -> Tree:
        """Read ``IF a THEN b ELSE c``, or Vensim's ``IF THEN ELSE(a, b, c)``."""
        if self.accept("then"):
            self.require("else", "Vensim's form is IF THEN ELSE(condition, then, else)")
            return Apply("if", self.arguments(token), token.at)
        condition = self.expression(_LOOSEST)
        self.require("then", "an IF needs a THEN: IF condition THEN value ELSE value")
        then = self.expression(_LOOSEST)
        self.require("else", "an IF needs an ELSE: IF condition THEN value ELSE value")
        return Apply("if", (condition, then, self.expression(_LOOSEST)), token.at)

    def group(self, opening: Token) -> Tree:
        inside = self.expression(_LOOSEST)
        if not self.accept(")"):
            if self.token.kind == "end":
                raise self.error("this ( is never closed", opening)
            self.unexpected_inside()
        return inside

    def arguments(self, called: Token) -> tuple[Tree, ...]:
        opening = self.token
        self.require("(", f"'{called.text}' needs its arguments in parentheses")
        if self.accept(")"):
            return ()
        arguments = [self.expression(_LOOSEST)]
        while self.accept(","):
            arguments.append(self.expression(_LOOSEST))
        if not self.accept(")"):
            if self.token.kind == "end":
                raise self.error("this ( is never closed", opening)
            self.unexpected_inside()
        return tuple(arguments)

    def unexpected_inside(self) -> None:
        if self.token.kind in ("name", "quoted", "number"):
            raise self.error(f"an operator is missing before '{self.token.text}'; times is *")
        if self.token.text == ",":
            raise self.error("a comma stands only between arguments; write a decimal as 0.5")
        raise self.error(f"'{self.token.text}' is not expected here")

    def missing_value(self, token: Token) -> EquationError:
        before = self.tokens[max(0, self.tokens.index(token) - 1)]
        if token.kind == "end" and before.kind != "end":
            return self.error(f"something is missing after '{before.text}'", token)
        if token.text == ")":
            return self.error("something is missing before this )", token)
        return self.error(f"a value is expected, and '{token.text}' stands here", token)
