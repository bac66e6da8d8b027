"""A Vensim file becomes a model: PySD's translator reads it, this room puts it together.

PySD turns a ``.mdl`` file into plain structures meant for other programs to build on. They carry
a stock as an integral of an expression; here its flows are found again, since a diagram and a
learner need them by name.
"""

from __future__ import annotations

import math
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from itertools import chain, count
from pathlib import Path
from typing import Any

from cstools.equations.functions import CLOCK, function_named
from cstools.equations.printing import to_text
from cstools.equations.tree import Apply, Name, Number, Tree
from cstools.errors import CstoolsError, EquationError, FileError
from cstools.names import key, label
from cstools.stock_flow.checked import fitting
from cstools.stock_flow.model import StockFlow
from cstools.stock_flow.quiet_pysd import VensimFile
from cstools.stock_flow.quiet_pysd import abstract_expressions as pysd_tree

# Vensim's own words for the clock; every other word may be a variable's name there.
_CONTROLS = {
    "time": "time",
    "time_step": "dt",
    "initial_time": "starttime",
    "final_time": "stoptime",
}
_OPERATORS = {":and:": "and", ":or:": "or", "negative": "neg", ":not:": "not"}


def read(path: str | Path) -> StockFlow:
    """Return the model in a Vensim file (``.mdl``).

    Raises
    ------
    FileError
        When the file is missing, empty or damaged, or holds something this package cannot run;
        the message names the part and the construct.
    """
    path = Path(path)
    if not path.is_file():
        raise FileError(f"'{path}': there is no such file; is the name spelt as it is on the disk?")
    if not path.read_bytes().strip():
        raise FileError(f"'{path.name}' is empty")
    try:
        return _Reader(_abstract(path), path.stem).model()
    except CstoolsError as error:
        raise FileError(f"'{path.name}': {error}") from None


def _abstract(path: Path) -> Any:
    """Return PySD's abstract model of a file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            file = VensimFile(path)
            file.parse()
            return file.get_abstract_model()
    except Exception as error:  # a parser's errors are of many kinds; all mean the same here
        first = str(error).strip().splitlines()
        reason = first[0] if first else type(error).__name__
        raise FileError(f"PySD's Vensim reader stops at it: {reason}") from None


class _Reader:
    """Puts the elements of an abstract model together as stocks, flows and the rest."""

    def __init__(self, abstract: Any, name: str) -> None:
        if len(abstract.sections) != 1:
            raise FileError("it defines a macro, which cannot be run here yet")
        self.name = name
        self.elements = {key(e.name): e for e in abstract.sections[0].elements}
        self.spelling = {k: label(e.name) for k, e in self.elements.items()}
        self.trees = {k: self._tree_of(k) for k in self.elements}
        self.lookups: dict[str, list[tuple[float, float]]] = {}

    def model(self) -> StockFlow:
        """Return the model with all its parts."""
        model = self._empty()
        stocks = {k for k, ast in self.trees.items() if isinstance(ast, pysd_tree.IntegStructure)}
        ends, made = self._flows(stocks)
        for name, element in self.elements.items():
            if name in CLOCK and name not in _CONTROLS:
                raise FileError(
                    f"'{self.spelling[name]}' means the clock's own {CLOCK[name].upper()} here; "
                    "give the variable another name in the file"
                )
            if name not in (*_CONTROLS, "saveper"):
                said = {"units": element.units or "", "doc": element.documentation or ""}
                self._add(model, name, self.trees[name], ends.get(name), said)
        for name, tree, stock in made:
            model.flow(name, to_text(tree, self.spelling), into=stock)
        for name, points in self.lookups.items():
            model.lookup(name, points)
        return model

    def _empty(self) -> StockFlow:
        if missing := next((n for n in ("final_time", "time_step") if not self._has(n)), None):
            raise FileError(f"it does not say its {missing.replace('_', ' ').upper()}")
        step = self._number("time_step", 1.0)
        return StockFlow(
            self.name,
            start=self._number("initial_time", 0.0),
            stop=self._number("final_time", 100.0),
            dt=step,
            saveper=fitting(self._number("saveper", step), step),
            time_units=(self.elements["time_step"].units or "") if self._has("time_step") else "",
        )

    def _has(self, name: str) -> bool:
        return name in self.elements

    def _number(self, name: str, default: float) -> float:
        """Return one of the file's control values, which may name another."""
        if not self._has(name):
            return default
        tree = self.expression(self.trees[name], name)
        if isinstance(tree, Name):
            spelled = {"dt": "time_step", "starttime": "initial_time", "stoptime": "final_time"}
            return self._number(spelled.get(tree.key, tree.key), default)
        if not isinstance(tree, Number):
            raise FileError(f"'{self.spelling[name]}' is not a plain number")
        return tree.value

    def _tree_of(self, name: str) -> Any:
        components = self.elements[name].components
        component = components[0]
        subscripts = component.subscripts
        if len(components) > 1 or any(subscripts):
            raise FileError(f"'{self.spelling[name]}' uses arrays, which cannot be run here yet")
        return component.ast

    def _add(
        self,
        model: StockFlow,
        name: str,
        ast: Any,
        ends: Mapping[str, str] | None,
        said: dict[str, Any],
    ) -> None:
        spelled = self.spelling[name]
        if isinstance(ast, pysd_tree.LookupsStructure):
            model.lookup(spelled, self._points(ast, name), **said)
            return
        if isinstance(ast, pysd_tree.IntegStructure):
            first = to_text(self.expression(ast.initial, name), self.spelling)
            model.stock(spelled, first, said["units"], said["doc"])
            return
        tree = self.expression(ast, name)
        if ends is not None:
            text = to_text(tree, self.spelling)
            model.flow(spelled, text, ends.get("out_of"), ends.get("into"), **said)
        elif isinstance(tree, Number):
            model.constant(spelled, tree.value, said["units"], said["doc"])
        else:
            model.auxiliary(spelled, to_text(tree, self.spelling), **said)

    def _flows(
        self, stocks: set[str]
    ) -> tuple[dict[str, dict[str, str]], list[tuple[str, Tree, str]]]:
        """Return which variables are flows between which stocks, and the flows made up.

        A variable is a flow when stocks add or subtract it by itself, at most one each. What a
        stock adds up otherwise becomes one flow of its own, "change in" that stock.
        """
        terms = {
            stock: list(_terms(self.expression(self.trees[stock].flow, stock)))
            for stock in self.elements
            if stock in stocks
        }
        uses = Counter(term for found in terms.values() for term in found)
        shared = {tree.key for (_, tree), n in uses.items() if n > 1 and isinstance(tree, Name)}
        ends: dict[str, dict[str, str]] = {}
        made: list[tuple[str, Tree, str]] = []
        for stock, found in terms.items():
            rest: list[tuple[str, Tree]] = []
            for sign, tree in found:
                if isinstance(tree, Name) and self._is_flow(tree.key, stocks | shared):
                    ends.setdefault(tree.key, {})["into" if sign == "+" else "out_of"] = (
                        self.spelling[stock]
                    )
                else:
                    rest.append((sign, tree))
            if rest:
                flow = self._free_name(f"change in {self.spelling[stock]}")
                made.append((flow, _sum(rest), self.spelling[stock]))
        return ends, made

    def _free_name(self, wanted: str) -> str:
        """Return a name for a part that the file does not name, with a number where it is taken."""
        taken = {*self.elements, *map(key, self.lookups)}
        numbered = (f"{wanted} {number}" for number in count(2))
        return next(n for n in chain([wanted], numbered) if key(n) not in taken)

    def _is_flow(self, name: str, others: set[str]) -> bool:
        """Say whether a variable is computed, and neither a stock nor used twice over."""
        computed = name in self.trees and not isinstance(self.trees[name], (int, float))
        return computed and name not in others

    def _points(self, lookup: Any, name: str) -> list[tuple[float, float]]:
        if lookup.type != "interpolate":
            raise FileError(
                f"'{self.spelling[name]}': a lookup that {lookup.type}s cannot be run here yet"
            )
        return [(float(x), float(y)) for x, y in zip(lookup.x, lookup.y, strict=True)]

    def expression(self, ast: Any, name: str) -> Tree:
        """Return one of PySD's structures as a tree; what has no tree is an error naming it."""
        if isinstance(ast, (int, float)) and not isinstance(ast, bool):
            return Number(self._finite(float(ast), name))
        reader = _READERS.get(type(ast))
        if reader is None:
            what = type(ast).__name__.removesuffix("Structure")
            raise FileError(
                f"'{self.spelling[name]}' uses {what}, which cannot be run here yet; "
                "PySD may be able to: run the file with pysd.read_vensim"
            )
        return reader(self, ast, name)

    def _finite(self, value: float, name: str) -> float:
        if not math.isfinite(value):
            raise FileError(f"'{self.spelling[name]}' uses :NA:, which cannot be run here")
        return value

    def _reference(self, ast: Any, name: str) -> Tree:
        if ast.subscripts is not None:
            raise FileError(f"'{self.spelling[name]}' uses arrays, which cannot be run here yet")
        word = key(ast.reference)
        return Name(_CONTROLS.get(word, word))

    def _operation(self, ast: Any, name: str) -> Tree:
        signs = [_OPERATORS.get(sign.casefold(), sign) for sign in ast.operators]
        arguments = [self.expression(argument, name) for argument in ast.arguments]
        if len(arguments) == 1:
            return Apply(signs[0], (arguments[0],))
        if "^" in signs and (len(signs) > 1 or _is_negative(arguments[0])):
            # PySD reads -2 ^ 2 as (-2) ^ 2, where Vensim has -4; a wrong number helps nobody.
            raise FileError(
                f"'{self.spelling[name]}': this power can be read in two ways; put parentheses "
                "around a part of it, or give that part a name of its own"
            )
        pairs = zip(signs, arguments[1:], strict=True)
        return reduce(lambda left, pair: Apply(pair[0], (left, pair[1])), pairs, arguments[0])

    def _call(self, ast: Any, name: str) -> Tree:
        arguments = tuple(self.expression(argument, name) for argument in ast.arguments)
        called = key(ast.function.reference)
        if called in self.elements:
            return Apply(called, arguments)
        if called == "pulse_train":  # PySD puts the interval before the length
            start, every, length, end = arguments
            arguments = (start, length, every, end)
        try:
            return Apply(function_named(called, dialect="vensim"), arguments)
        except EquationError:
            raise FileError(
                f"'{self.spelling[name]}' uses the function {called.upper()}, which cannot be run "
                "here yet; PySD may be able to: run the file with pysd.read_vensim"
            ) from None

    def _late(self, ast: Any, name: str) -> Tree:
        word, fields = _MEMORIES[type(ast)]
        arguments = [self.expression(getattr(ast, field), name) for field in fields]
        if not hasattr(ast, "order"):
            return Apply(word, tuple(arguments))
        value, time, first = arguments
        if isinstance(ast, (pysd_tree.DelayNStructure, pysd_tree.SmoothNStructure)):
            return Apply(f"{word}n", (value, time, self.expression(ast.order, name), first))
        return Apply(f"{word}{ast.order:g}", (value, time, first))

    def _game(self, ast: Any, name: str) -> Tree:
        return self.expression(ast.expression, name)

    def _inline_lookup(self, ast: Any, name: str) -> Tree:
        table = self._free_name(f"{self.spelling[name]} lookup")
        self.lookups[table] = self._points(ast.lookups, name)
        return Apply(key(table), (self.expression(ast.argument, name),))


# Vensim's functions that remember: ours, and the fields of PySD's structure in our order.
_MEMORIES: dict[type, tuple[str, tuple[str, ...]]] = {
    pysd_tree.DelayStructure: ("delay", ("input", "delay_time", "initial")),
    pysd_tree.DelayNStructure: ("delay", ("input", "delay_time", "initial")),
    pysd_tree.DelayFixedStructure: ("delay", ("input", "delay_time", "initial")),
    pysd_tree.SmoothStructure: ("smooth", ("input", "smooth_time", "initial")),
    pysd_tree.SmoothNStructure: ("smooth", ("input", "smooth_time", "initial")),
    pysd_tree.TrendStructure: ("trend", ("input", "average_time", "initial_trend")),
    pysd_tree.ForecastStructure: (
        "forecast",
        ("input", "average_time", "horizon", "initial_trend"),
    ),
    pysd_tree.SampleIfTrueStructure: ("sample_if_true", ("condition", "input", "initial")),
    pysd_tree.InitialStructure: ("init", ("initial",)),
}
_READERS: dict[type, Callable[[_Reader, Any, str], Tree]] = {
    pysd_tree.ReferenceStructure: _Reader._reference,
    pysd_tree.ArithmeticStructure: _Reader._operation,
    pysd_tree.LogicStructure: _Reader._operation,
    pysd_tree.CallStructure: _Reader._call,
    pysd_tree.InlineLookupsStructure: _Reader._inline_lookup,
    pysd_tree.GameStructure: _Reader._game,
    **dict.fromkeys(_MEMORIES, _Reader._late),
}


def _is_negative(tree: Tree) -> bool:
    return isinstance(tree, Number) and (tree.value < 0 or math.copysign(1, tree.value) < 0)


def _terms(tree: Tree, sign: str = "+") -> Iterator[tuple[str, Tree]]:
    """Yield the terms of a sum, each with its sign."""
    other = "-" if sign == "+" else "+"
    if isinstance(tree, Apply) and tree.function in ("+", "-"):
        yield from _terms(tree.arguments[0], sign)
        yield from _terms(tree.arguments[1], sign if tree.function == "+" else other)
    elif isinstance(tree, Apply) and tree.function == "neg":
        yield from _terms(tree.arguments[0], other)
    else:
        yield sign, tree


def _sum(terms: list[tuple[str, Tree]]) -> Tree:
    first, *others = [tree if sign == "+" else Apply("neg", (tree,)) for sign, tree in terms]
    return reduce(lambda left, right: Apply("+", (left, right)), others, first)
