r"""A tree becomes LaTeX, to be set in print: fractions, powers, cases, and names as text.

Only what every reader of LaTeX knows is used (``\text`` and ``cases`` are amsmath's), so that the
same text goes into a paper, into a notebook, and, but for cases, onto a figure.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from cstools.equations.function import Function
from cstools.equations.functions import FUNCTIONS
from cstools.equations.printing import plain_number
from cstools.equations.tree import Apply, Indexed, Name, Number, Tree
from cstools.names import label, split_subscripts

Namer = Callable[[str], str]
Written = tuple[str, int]
Form = Callable[[Function, Sequence[Tree], Namer], Written]

_CALL, _ATOM = 9, 10
_CLOCK = {
    "time": "t",
    "dt": r"\Delta t",
    "starttime": "t_0",
    "stoptime": r"t_{\text{end}}",
    "pi": r"\pi",
}
_SIGNS = {
    "*": r"\times", "<>": r"\neq", "<=": r"\leq", ">=": r"\geq",
    "mod": r"\;\text{mod}\;", "and": r"\;\text{and}\;", "or": r"\;\text{or}\;",
}  # fmt: skip
_OPERATORS = frozenset("ln sin cos tan arcsin arccos arctan min max".split())
_LOOKING_UP = frozenset("lookup lookup_extrapolate lookup_step lookup_forward".split())
# Signs that mean something to LaTeX stand outside the text of a name, where every reader of LaTeX
# takes them alike.
_SPECIAL = re.compile(r"[\\{}$&#%_^~]")
_ESCAPED = {"\\": r"\backslash ", "^": r"\wedge ", "~": r"\sim "}


def to_latex(tree: Tree, spelling: Mapping[str, str] | None = None) -> str:
    r"""Return a tree as LaTeX for mathematics mode.

    ``spelling`` gives the names as the author wrote them; without it, keys with spaces. Time is
    ``t``, its beginning ``t_0`` and the time step ``\Delta t``. Nested ``if`` become the rows of
    one ``cases``. The text may be long: nothing in it breaks a line.
    """
    known = spelling or {}
    return _write(tree, lambda k: _CLOCK.get(k) or name_in_latex(known.get(k, k)))[0]


def name_in_latex(name: str) -> str:
    r"""Return a name as LaTeX: ``\text{room temperature}``, ``\text{population}_{\text{North}}``.

    A single letter is set as mathematics sets it, but for ``t``, which is time, and ``e``.
    """
    base, subscripts = split_subscripts(label(name))
    if not subscripts:
        return _text(base)
    return _with_subscripts(_text(base), map(_text, subscripts))


def _text(words: str) -> str:
    if re.fullmatch(r"[A-Za-df-su-z]", words):
        return words
    pieces = [f"\\text{{{piece}}}" if piece else "" for piece in _SPECIAL.split(words)]
    signs = [_ESCAPED.get(sign, f"\\{sign}") for sign in _SPECIAL.findall(words)]
    mixed = "".join(piece + sign for piece, sign in zip(pieces, [*signs, ""], strict=True))
    return f"{{{mixed}}}" if signs else mixed


def _with_subscripts(base: str, subscripts: Iterable[str]) -> str:
    return base + "_{" + r",\,".join(subscripts) + "}"


def number_in_latex(value: float) -> str:
    r"""Return a number as LaTeX: ``90``, ``0.1``, ``1.5 \times 10^{-7}``."""
    if math.isinf(value):
        return r"\infty" if value > 0 else r"-\infty"
    digits, _, exponent = plain_number(value).partition("e")
    if not exponent:
        return digits.removesuffix(".0")
    power = f"10^{{{int(exponent)}}}"
    return power if digits == "1" else rf"{digits} \times {power}"


def _write(tree: Tree, name: Namer) -> Written:
    """Return the text and how tightly it binds."""
    if isinstance(tree, Number):
        text = number_in_latex(tree.value)
        return text, 7 if text.startswith("-") else 6 if "times" in text else _ATOM
    if isinstance(tree, Name):
        return name(tree.key), _CALL if tree.key == "dt" else _ATOM
    if isinstance(tree, Indexed):
        return _indexed(tree, name), _ATOM
    row = FUNCTIONS.get(tree.function)
    if tree.function in _LOOKING_UP and isinstance(tree.arguments[0], Indexed | Name):
        return _call(_write(tree.arguments[0], name)[0], tree.arguments[1:], name), _CALL
    if row is None:
        return _call(name(tree.function), tree.arguments, name), _CALL
    if row.infix:
        return _infix(row, tree.arguments, name)
    return _FORMS.get(row.name, _named)(row, tree.arguments, name)


def _indexed(tree: Indexed, name: Namer) -> str:
    return _with_subscripts(name(tree.key), (_subscript(s, name) for s in tree.subscripts))


def _subscript(tree: Tree, name: Namer) -> str:
    if isinstance(tree, Name) and tree.key.endswith(("*", "!")):
        every = tree.key.rstrip("*!")
        return name(every) if every else r"\ast"
    return _write(tree, name)[0]


def _infix(row: Function, arguments: Sequence[Tree], name: Namer) -> Written:
    one, two = (_write(argument, name) for argument in arguments)
    if row.name == "/":
        return rf"\frac{{{one[0]}}}{{{two[0]}}}", _CALL
    if row.name == "^":
        return f"{_wrapped(one, _ATOM)}^{{{two[0]}}}", row.binds
    # Comparisons do not chain, and a − (b − c) is not a − b − c.
    comparing = row.condition and row.name not in ("and", "or")
    left = _wrapped(one, row.binds + comparing)
    right = _wrapped(two, row.binds + 1)
    right = rf"\left({right}\right)" if right.startswith("-") else right  # no two signs together
    return f"{left} {_SIGNS.get(row.name, row.name)} {right}", row.binds


def _wrapped(written: Written, needed: int) -> str:
    text, binds = written
    return text if binds >= needed else rf"\left({text}\right)"


def _call(called: str, arguments: Sequence[Tree], name: Namer) -> str:
    inside = r",\, ".join(_write(argument, name)[0] for argument in arguments)
    return rf"{called}\left({inside}\right)"


def _named(row: Function, arguments: Sequence[Tree], name: Namer) -> Written:
    called = f"\\{row.name}" if row.name in _OPERATORS else _text(label(row.name))
    return _call(called, arguments, name), _CALL


def _negative(row: Function, arguments: Sequence[Tree], name: Namer) -> Written:
    return "-" + _wrapped(_write(arguments[0], name), row.binds + 1), row.binds


def _not(row: Function, arguments: Sequence[Tree], name: Namer) -> Written:
    return r"\text{not}\;" + _wrapped(_write(arguments[0], name), row.binds + 1), row.binds


def _exp(row: Function, arguments: Sequence[Tree], name: Namer) -> Written:
    return f"e^{{{_write(arguments[0], name)[0]}}}", 8


def _sqrt(row: Function, arguments: Sequence[Tree], name: Namer) -> Written:
    return rf"\sqrt{{{_write(arguments[0], name)[0]}}}", _ATOM


def _abs(row: Function, arguments: Sequence[Tree], name: Namer) -> Written:
    return rf"\left|{_write(arguments[0], name)[0]}\right|", _ATOM


def _logarithm(row: Function, arguments: Sequence[Tree], name: Namer) -> Written:
    base = _write(arguments[1], name)[0] if len(arguments) > 1 else "10"
    return _call(rf"\log_{{{base}}}", arguments[:1], name), _CALL


def _cases(row: Function, arguments: Sequence[Tree], name: Namer) -> Written:
    rows = []
    rest: Tree = Apply("if", tuple(arguments))
    while isinstance(rest, Apply) and rest.function == "if":
        condition, value, rest = rest.arguments
        rows.append(rf"{_write(value, name)[0]} & \text{{if }} {_write(condition, name)[0]}")
    rows.append(rf"{_write(rest, name)[0]} & \text{{otherwise}}")
    return r"\begin{cases} " + r" \\ ".join(rows) + r" \end{cases}", _CALL


_FORMS: dict[str, Form] = {
    "neg": _negative,
    "not": _not,
    "exp": _exp,
    "sqrt": _sqrt,
    "abs": _abs,
    "log": _logarithm,
    "log10": _logarithm,
    "if": _cases,
}
