"""A tree becomes text again: for programs in three languages, for XMILE files, and for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeGuard

from cstools.equations.function import Function
from cstools.equations.functions import CLOCK, FUNCTIONS
from cstools.equations.text import spelled
from cstools.equations.tree import Apply, Indexed, Name, Number, Tree
from cstools.names import label, with_subscripts

_TIGHTEST = 10


@dataclass(frozen=True)
class Language:
    """How one language writes what the table of functions says.

    Attributes
    ----------
    form : callable
        Row of the table → its form, with ``{0}`` … for the arguments.
    name, number : callable
        How a variable's key and a number are written.
    lookup : str
        The form of a lookup: ``{0}`` is the table, ``{1}`` the argument.
    truth, test : str
        A condition where a number is wanted, and a number where a condition is.
    """

    form: Callable[[Function], str]
    name: Callable[[str], str]
    number: Callable[[float], str] = repr
    lookup: str = "{0}({1})"
    truth: str = "{0}"
    test: str = "{0}"


def python(name: Callable[[str], str]) -> Language:
    """Return the language of a single run, in plain Python."""
    return Language(
        lambda row: row.python,
        name,
        lookup="interpolate({1}, *{0})",
        truth="(1.0 if {0} else 0.0)",
        test="{0} != 0",
    )


def numpy(name: Callable[[str], str]) -> Language:
    """Return the language of many runs at once; every name is an array ``(runs,)``."""
    return Language(
        lambda row: row.numpy,
        name,
        lookup="interp({1}, *{0})",
        truth="where({0}, 1.0, 0.0)",
        test="({0} != 0)",
    )


def javascript(name: Callable[[str], str]) -> Language:
    """Return the language of the browser."""
    return Language(
        lambda row: row.javascript,
        name,
        lookup="interpolate({1}, ...{0})",
        truth="({0} ? 1 : 0)",
        test="{0} !== 0",
    )


_SPECIAL_FORMS = {"if": "(if {0} then {1} else {2})", "neg": "-{0}", "not": "not {0}"}


def _text_form(row: Function) -> str:
    if row.infix:
        return f"{{0}} {row.infix} {{1}}"
    return _SPECIAL_FORMS.get(row.name, f"{row.name}({{all}})")


def _xmile_form(row: Function) -> str:
    if row.name == "not":  # how far it reaches differs between programs
        return "NOT ({0})"
    if (
        row.name == "mod"
    ):  # XMILE minds no case, but PySD 3.14 reads this word in small letters only
        return _text_form(row)
    if row.xmile:
        return f"{row.xmile.upper()}({{all}})"
    return _text_form(row).upper().replace("{ALL}", "{all}")


def plain_number(value: float) -> str:
    """Return a number as people write it: ``90`` rather than ``90.0``."""
    return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def to_text(tree: Tree, spelling: Mapping[str, str] | None = None) -> str:
    """Return a tree in the language that :func:`cstools.equations.text.parse` reads.

    ``spelling`` gives the names as the author wrote them; without it, keys with spaces.
    """
    known = spelling or {}

    def name(k: str) -> str:
        return _CLOCK_NAMES.get(k) or spelled(label(known.get(k, k)))

    return expression(tree, Language(_text_form, name, plain_number))


def to_print(tree: Tree, spelling: Mapping[str, str] | None = None) -> str:
    """Return a tree as people read it, with × for times and − for minus."""
    known = spelling or {}
    words = Language(_text_form, lambda k: label(known.get(k, k)), plain_number)
    return expression(tree, words).replace(" * ", " × ").replace(" - ", " − ")


def to_xmile(tree: Tree, spelling: Mapping[str, str] | None = None) -> str:
    """Return a tree as an XMILE equation: names with underscores, quoted where XMILE asks."""
    known = spelling or {}

    def name(k: str) -> str:
        return _CLOCK_NAMES.get(k) or spelled(label(known.get(k, k)).replace(" ", "_"))

    return expression(tree, Language(_xmile_form, name, plain_number))


_CLOCK_NAMES = {k: k.upper() for k in set(CLOCK.values())}


def expression(tree: Tree, language: Language) -> str:
    """Return the text of a tree in a language."""
    return _write(tree, language, condition=False)[0]


def _write(tree: Tree, language: Language, *, condition: bool) -> tuple[str, int]:
    """Return the text and how tightly it binds."""
    if isinstance(tree, Apply) and tree.function in FUNCTIONS and not _is_lookup_of_array(tree):
        text, binds = _write_function(tree, FUNCTIONS[tree.function], language)
        if FUNCTIONS[tree.function].condition == condition:
            return text, binds
        form = language.test if condition else language.truth
        return (text, binds) if form == "{0}" else (form.format(text), 4 if condition else 9)
    text, binds = _write_value(tree, language)
    if condition and language.test != "{0}":
        return language.test.format(_wrap(text, binds, 5)), 4
    return text, binds


def _write_value(tree: Tree, language: Language) -> tuple[str, int]:
    if isinstance(tree, Number):
        return language.number(tree.value), _TIGHTEST if tree.value >= 0 else 7
    if isinstance(tree, Name):
        return language.name(tree.key), _TIGHTEST
    if isinstance(tree, Indexed):
        return _write_indexed(tree, language), _TIGHTEST
    written = [_write(argument, language, condition=False)[0] for argument in tree.arguments]
    if _is_lookup_of_array(tree):  # effect[Region](x)
        return f"{written[0]}({', '.join(written[1:])})", _TIGHTEST
    arguments = ", ".join(written)
    return language.lookup.format(language.name(tree.function), arguments), _TIGHTEST


def _write_indexed(tree: Indexed, language: Language) -> str:
    """Return an array's name and its subscripts; only languages of equations meet one."""
    written = [
        f"{language.name(s.key.removesuffix('!'))}!" if _is_all_of(s) else _subscript(s, language)
        for s in tree.subscripts
    ]
    return with_subscripts(language.name(tree.key), written)


def _is_lookup_of_array(tree: Apply) -> bool:
    return tree.function == "lookup" and isinstance(next(iter(tree.arguments), None), Indexed)


def _is_all_of(subscript: Tree) -> TypeGuard[Name]:
    return isinstance(subscript, Name) and subscript.key.endswith("!")


def _subscript(tree: Tree, language: Language) -> str:
    if isinstance(tree, Name) and tree.key == "*":
        return "*"
    return _write(tree, language, condition=False)[0]


def _write_function(tree: Apply, row: Function, language: Language) -> tuple[str, int]:
    if not row.fewest <= len(tree.arguments) <= row.most:  # not yet found out: shown as it is
        inside = (_write(argument, language, condition=False)[0] for argument in tree.arguments)
        return f"{row.name}({', '.join(inside)})", _TIGHTEST
    form = language.form(row)
    written = [
        _write(argument, language, condition=row.takes_condition(position))
        for position, argument in enumerate(tree.arguments)
    ]
    binds = _binds(form, row)
    needed = [_needed(form, row, position, binds) for position in range(len(written))]
    parts = [_wrap(text, has, need) for (text, has), need in zip(written, needed, strict=True)]
    clock = {word: language.name(word) for word in ("time", "dt") if f"{{{word}}}" in form}
    return form.format(*parts, all=", ".join(parts), **clock), binds


def _binds(form: str, row: Function) -> int:
    """Return how tightly a form binds: as the operator it is, or as a call."""
    opens = form.startswith(("{", "-", "not ", "NOT "))
    return row.binds if opens else _TIGHTEST


def _needed(form: str, row: Function, position: int, binds: int) -> int:
    """Return how tightly an argument must bind to stand in a form without parentheses."""
    if binds == _TIGHTEST and "(" in form and row.name not in ("step", "if"):
        return 0
    if row.name in ("step", "if"):
        return _TIGHTEST if row.name == "step" else 0
    if row.name == "not" and "({0})" in form:
        return 0
    if not row.infix:
        return binds + 1 if row.name == "neg" else binds
    if row.infix == "^":
        return binds + (position == 0)
    # Comparisons do not chain, and a − (b − c) is not a − b − c.
    return binds + (position == 1 or (row.condition and row.infix not in ("and", "or")))


def _wrap(text: str, binds: int, needed: int) -> str:
    return text if binds >= needed else f"({text})"
