"""The right side of a Vensim equation, as PySD's structures.

PySD's grammar and structures are used as they are. Its way through them is not, in three places:
it lets Python evaluate pieces of the file, it gives ``-2 ^ 2`` as ``(-2) ^ 2``, and it forgets
how names are spelled.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from cstools.stock_flow.quiet_pysd import (
    EquationVisitor,
    Grammar,
    ParsimoniousError,
    abstract_expressions,
    parsing_ops,
)

_NUMBER = r"[-+]?\s*(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_POINT = re.compile(rf"\(\s*({_NUMBER})\s*,\s*({_NUMBER})\s*\)")
_ALONE = re.compile(rf"\s*{_NUMBER}\s*")
_GET_LOOKUPS = re.compile(
    r"\(?\s*(GET[ _](?:XLS|DIRECT)[ _]LOOKUPS\s*\([^()]*\))\s*\)?", re.I | re.S
)
_LIMITS = re.compile(r"^\s*\(?\s*\[[^\]]*\]\s*,")

# What a parser that calls itself for each parenthesis can say on text that it cannot read.
_FAILURES = (
    ParsimoniousError,
    RecursionError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
)


class UnreadableError(Exception):
    """A right side that the grammar does not cover.

    Its text says from where on; it is empty where too much stands inside one another.
    """


def equation(text: str) -> Any:
    """Return the structure of an equation, a number, or an array of numbers.

    Raises
    ------
    UnreadableError
        With the place from which the text cannot be read.
    """
    try:
        tree = Grammar.get("components", parsing_ops).parse(text)
        return _Equation(tree).translation
    except RecursionError:
        raise UnreadableError("") from None
    except _FAILURES as error:
        at = getattr(error, "pos", 0)
        raise UnreadableError(" ".join(text[at : at + 40].split())) from None


def lookup(text: str) -> Any:
    """Return the structure of a lookup's points, or of the place that they come from."""
    if found := _GET_LOOKUPS.fullmatch(text):
        return equation(found[1])
    inside = _LIMITS.sub("", text)
    rest = _POINT.sub("", inside).strip(" (),\\")
    if row := _in_a_row(rest):
        return _lookup(row)
    points = _points(inside)
    if not points or rest:
        raise UnreadableError((rest or text)[:40])
    return _lookup(points)


def _in_a_row(text: str) -> list[tuple[float, float]]:
    """Return points in Vensim's older form: every x, and then every y."""
    words = text.split(",")
    if len(words) % 2 or not all(_ALONE.fullmatch(word) for word in words):
        return []
    half = len(words) // 2
    return [(number(x), number(y)) for x, y in zip(words[:half], words[half:], strict=True)]


def _points(text: str) -> list[tuple[float, float]]:
    return [(number(x), number(y)) for x, y in _POINT.findall(text)]


def _lookup(points: list[tuple[float, float]]) -> Any:
    xs, ys = zip(*points, strict=True)
    return abstract_expressions.LookupsStructure(xs, ys, (), (), "interpolate")


def number(text: str) -> float:
    """Return a number as the file writes it: a sign may stand apart, and zeros before it."""
    return float("".join(text.split()))


class _Equation(EquationVisitor):  # type: ignore[misc]
    """PySD's visitor, which reads numbers as numbers and powers as Vensim does."""

    def visit_neg_expr(self, n: Any, vc: Any) -> str:
        """Keep the sign apart until the powers are put together: it binds less tightly."""
        return ("~" if vc[0] == "-" else "") + str(vc[2])

    def visit_exp_expr(self, n: Any, vc: Any) -> str:
        """Put powers together from the right, as Vensim does, each with the sign before it."""
        *others, last = (word.strip() for word in "".join(vc).split("^"))
        made = self._signed(last)
        for word in reversed(others):
            made = self._made(["^"], word.strip("~"), made)
            made = self._made(["negative"], made) if word.startswith("~") else made
        return made

    def _signed(self, word: str) -> str:
        if not word.startswith("~"):
            return word
        inside = self.elements[word[1:]]
        if isinstance(inside, float):
            return str(self.add_element(-inside))
        return self._made(["negative"], word[1:])

    def _made(self, signs: list[str], *words: str) -> str:
        arguments = tuple(self.elements[word] for word in words)
        made = abstract_expressions.ArithmeticStructure(signs, arguments)
        return str(self.add_element(made))

    def visit_reference(self, n: Any, vc: Any) -> str:
        made = abstract_expressions.ReferenceStructure(vc[0].strip(), self.subs)
        self.subs: Any = None
        return str(self.add_element(made))

    def visit_call(self, n: Any, vc: Any) -> str:
        function = self.elements[vc[0]]
        made = abstract_expressions.CallStructure(function, self.elements[vc[4]])
        return str(self.add_element(made))

    def visit_limits(self, n: Any, vc: Any) -> str:
        return ""

    def visit_lookup_with_def(self, n: Any, vc: Any) -> str:
        made = abstract_expressions.InlineLookupsStructure(
            self.elements[vc[4]], _lookup(_points(vc[11]))
        )
        return str(self.add_element(made))

    def visit_array(self, n: Any, vc: Any) -> str:
        rows = [[number(cell) for cell in row.split(",") if cell.strip()]
                for row in n.text.split(";") if row.strip()]  # fmt: skip
        single = len(rows) == len(rows[0]) == 1
        return str(self.add_element(rows[0][0] if single else np.array(rows)))

    def visit_array_tabbed(self, n: Any, vc: Any) -> Any:
        return n.text.split()

    def visit_tabbed_array_call(self, n: Any, vc: Any) -> str:
        return str(self.add_element(np.array(vc[4], dtype=float)))

    def visit_expr(self, n: Any, vc: Any) -> str:
        if vc[0] in self.elements:
            return str(vc[0])
        return str(self.add_element(number(vc[0])))

    def visit_string(self, n: Any, vc: Any) -> str:
        return str(self.add_element(n.text[1:-1]))

    def visit_arguments(self, n: Any, vc: Any) -> str:
        return str(self.add_element(tuple(self.elements[word.strip(",")] for word in vc)))
