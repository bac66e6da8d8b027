"""Equation text becomes a tree; what cannot be read is shown with a caret under the place.

The grammar is XMILE's, with what people write on a whiteboard let in: names of several words
need no quotes, ``×`` and ``÷`` are times and divided by, and Vensim's ``IF THEN ELSE(…)`` and
``:AND:`` are understood. ``^`` groups from the right and binds tighter than a minus before it.
"""

from __future__ import annotations

from itertools import pairwise

from cstools.equations.functions import CLOCK, FUNCTIONS, NOT_XMILE
from cstools.equations.tokens import KEYWORDS, SIGNS, Token, raw_tokens, tokens
from cstools.equations.tokens import show as show
from cstools.equations.tree import Apply, Indexed, Name, Number, Tree, depths
from cstools.errors import EquationError, brief
from cstools.names import key

_LOOSEST, _COMPARING, _PREFIX = 0, 4, 7

# What a person can still follow is far less; what a computer can follow is not much more.
_DEEPEST, _LONGEST = 60, 150


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
    for node, depth in depths(tree):
        if depth > _LONGEST and isinstance(node, Apply):
            raise show(where, _TOO_LONG, text, node.at)
    return tree


_TOO_LONG = (
    "this equation is too long to follow; give parts of it names of their own, as auxiliaries"
)


def is_portable(text: str) -> bool:
    """Say whether other XMILE programs read this text as it stands.

    Names of several words without quotes, ``×``, and Vensim's spellings are ours to understand
    and others' to stumble over. What ``NOT`` reaches over differs between programs as well.
    """
    found = list(raw_tokens(text, "equation"))
    runs_together = any(
        one.kind == "word" and two.kind in ("word", "number") and _is_one_name(one, two)
        for one, two in pairwise(found)
    )
    foreign = any(
        token.kind == "logic" or token.text in (*SIGNS, "!") or key(token.text) in _NOT_XMILE
        for token in found
    )
    return not runs_together and not foreign


def _is_one_name(one: Token, two: Token) -> bool:
    """Say whether two words belong together, as a name or as Vensim's IF THEN ELSE do."""
    words = one.text.casefold(), two.text.casefold()
    return words == ("if", "then") or not KEYWORDS & {*words}


_NOT_XMILE = NOT_XMILE | frozenset(
    "not if_then_else integer modulo time_step initial_time final_time".split()
)


def spelled(name: str) -> str:
    """Return a name as it may stand in an equation: in quotes where it would be read otherwise."""
    try:
        found = tokens(name, "name")
    except EquationError:
        found = []
    alone = len(found) == 2 and found[0].kind == "name" and key(found[0].text) == key(name)
    if alone and key(name) not in CLOCK:
        return name
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}"'


class _Reader:
    """Reads expressions by how tightly their operators bind (a Pratt parser)."""

    def __init__(self, text: str, where: str) -> None:
        self.text, self.where = text, where
        self.tokens = tokens(text, where)
        self.position = self.depth = 0
        if len(self.tokens) == 1:
            raise EquationError(f"{where}: the equation is empty; write what it is computed from")

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
        if self.token.kind != "end":
            raise self.unexpected()

    def expression(self, binds: int) -> Tree:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self.error("too much stands inside one another here; " + _NAME_THE_INNER_PART)
        left = self.value()
        compared = False
        while (row := FUNCTIONS.get(self.operator())) and row.infix and row.binds > binds:
            if compared and row.binds == _COMPARING:
                raise self.error("two comparisons need 'and' between them: 0 < x and x < 10")
            compared = row.binds == _COMPARING
            sign = self.advance()
            # A power groups from the right: its right side may hold another power.
            right = self.expression(row.binds - (row.name == "^"))
            left = Apply(row.name, (left, right), sign.at)
        self.depth -= 1
        return left

    def operator(self) -> str:
        return self.token.text if self.token.kind in ("sign", "keyword") else ""

    def value(self) -> Tree:
        token = self.advance()
        if token.kind == "number":
            return self.number(token)
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

    def number(self, token: Token) -> Tree:
        value = float(token.text)
        if value == float("inf"):
            raise self.error("this number is larger than a computer can hold", token)
        return Number(value)

    def named(self, token: Token) -> Tree:
        if not key(token.text):
            raise self.error("a name needs at least one letter or digit", token)
        if self.token.text == "[" and self.token.kind == "sign":
            return self.indexed(token)
        if self.token.text == "(":
            arguments = self.arguments(token)
            if arguments or key(token.text) not in CLOCK:
                return Apply(key(token.text), arguments, token.at)
        name = key(token.text)
        return Name(CLOCK.get(name, name) if token.kind == "name" else name, token.at)

    def indexed(self, token: Token) -> Tree:
        """Read the subscripts of an array's name, and the arguments of an array of lookups."""
        opening = self.advance()
        subscripts = [self.subscript()]
        while self.accept(","):
            subscripts.append(self.subscript())
        if not self.accept("]"):
            raise self.error("this [ is never closed", opening)
        node = Indexed(key(token.text), tuple(subscripts), token.at)
        if self.token.text == "(":
            return Apply("lookup", (node, *self.arguments(token)), token.at)
        return node

    def subscript(self) -> Tree:
        if self.token.text == "*":
            return Name("*", self.advance().at)
        inside = self.expression(_LOOSEST)
        if isinstance(inside, Name) and self.accept("!"):
            return Name(f"{inside.key}!", inside.at)
        return inside

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
        self.require("then", _NEEDS_THEN)
        then = self.expression(_LOOSEST)
        self.require("else", "an IF needs an ELSE: IF condition THEN value ELSE value")
        return Apply("if", (condition, then, self.expression(_LOOSEST)), token.at)

    def group(self, opening: Token) -> Tree:
        inside = self.expression(_LOOSEST)
        if not self.accept(")"):
            raise self.unclosed(opening)
        return inside

    def unclosed(self, opening: Token) -> EquationError:
        if self.token.kind == "end":
            return self.error("this ( is never closed", opening)
        before = self.tokens[self.tokens.index(opening) - 1]
        if self.token.text == "," and before.kind == "keyword" and before.text == "if":
            return self.error(_NEEDS_THEN)  # a spreadsheet's if(a, b, c)
        return self.unexpected()

    def arguments(self, called: Token) -> tuple[Tree, ...]:
        opening = self.token
        self.require("(", f"'{brief(called.text)}' needs its arguments in parentheses")
        if self.accept(")"):
            return ()
        arguments = [self.expression(_LOOSEST)]
        while self.accept(","):
            arguments.append(self.expression(_LOOSEST))
        if not self.accept(")"):
            raise self.unclosed(opening)
        return tuple(arguments)

    def unexpected(self) -> EquationError:
        """Return the error for a token that cannot follow what was read."""
        token, before = self.token, self.tokens[self.position - 1]
        if token.text in (")", "]"):
            opening = "(" if token.text == ")" else "["
            return self.error(f"this {token.text} has no {opening} before it")
        if token.text == "[":
            return self.error("a [ stands only after the name of an array: population[North]")
        if token.text == ",":
            return self.error("a comma stands only between arguments; " + _DECIMALS)
        if token.kind == before.kind == "number" and token.text[0] == ".":
            return self.error(f"a number has one point at most; {_DECIMALS}")
        if token.kind in ("name", "quoted", "number") or token.text == "(":
            hint = "times is *"
            if before.kind == "number" and token.kind == "name" and self.touches(before, token):
                hint += ", and a name that begins with a digit stands in double quotes"
            return self.error(f"an operator is missing before '{brief(token.text)}'; {hint}")
        hint = ""
        if token.kind == "keyword":
            hint = f"; a name that holds the word '{brief(token.text)}' stands in double quotes"
        return self.error(f"'{brief(token.text)}' is not expected here{hint}")

    def touches(self, one: Token, two: Token) -> bool:
        return one.at + len(one.text) == two.at

    def missing_value(self, token: Token) -> EquationError:
        before = self.tokens[max(0, self.tokens.index(token) - 1)]
        if token.kind == "end" and before.kind != "end":
            return self.error(f"something is missing after '{brief(before.text)}'", token)
        if token.text == ")":
            return self.error("something is missing before this )", token)
        if token.text in ("and", "or", "mod"):
            problem = f"'{token.text}' stands between two values: a {token.text} b"
            return self.error(problem, token)
        return self.error(f"a value is expected, and '{brief(token.text)}' stands here", token)


_NEEDS_THEN = "an IF needs a THEN: IF condition THEN value ELSE value"
_NAME_THE_INNER_PART = "give the inner part a name of its own, as an auxiliary"
_DECIMALS = "write one half as 0.5, and a thousand as 1000"
