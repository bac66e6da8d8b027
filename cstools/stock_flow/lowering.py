"""A model becomes a program: names resolved, stocks turned into states, flows into their rates.

The parts here are single values: arrays are flattened before, by :mod:`.flatten`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from cstools.engine.program import Program, Table, build, constant_value, unknown_names
from cstools.equations.exact import exact
from cstools.equations.functions import FUNCTIONS, function_named
from cstools.equations.text import show
from cstools.equations.tokens import KEYWORDS
from cstools.equations.tree import Apply, Name, Number, Tree, replace, total, walk
from cstools.errors import EquationError, ModelError, UnknownNameError, brief, did_you_mean
from cstools.names import key, label
from cstools.stock_flow import holding_back
from cstools.stock_flow.parts import AnyPart, Auxiliary, Constant, Flow, Lookup, Stock

Parts = Mapping[str, AnyPart]


def lower(parts: Parts) -> Program:
    """Return the program of a model's parts.

    Raises
    ------
    ModelError
        When the model has no stock or a flow's end is not a stock.
    UnknownNameError, EquationError
        When an equation names what is not there; the message shows it under a caret.
    """
    known = Known.of(parts)
    trees = {p.key: resolved(p, parts, known) for p in parts.values() if equation_of(p)}
    flows = [part for part in parts.values() if isinstance(part, Flow)]
    for flow in flows:
        _check_ends(flow, parts)
    stocks = [part for part in parts.values() if isinstance(part, Stock)]
    equations = {k: tree for k, tree in trees.items() if not isinstance(parts[k], Stock)}
    equations |= holding_back.held_back(stocks, flows, equations)
    rates = net_flows(flows)
    states = {s.key: (_start(s, trees), rates.get(s.key, Number(0.0))) for s in stocks}
    spelling = {part.key: part.name for part in parts.values()}
    return build(parameters(parts), equations, states, tables(parts, trees.values()), spelling)


def tables(parts: Parts, trees: Iterable[Tree]) -> dict[str, Table]:
    """Return the lookups of a model as tables, and those that a call uses in a mode of its own."""
    lookups = {k: part for k, part in parts.items() if isinstance(part, Lookup)}
    result = {k: _table(lookup, lookup.mode) for k, lookup in lookups.items()}
    for tree in trees:
        for node in walk(tree):
            if isinstance(node, Apply) and " " in node.function:
                name, mode = node.function.split(" ")
                result[node.function] = _table(lookups[name], mode)
    return result


def parameters(parts: Parts) -> dict[str, float]:
    """Return what a run may set, with the model's own values: constants, and first values."""
    result: dict[str, float] = {}
    for part in parts.values():
        if isinstance(part, Constant):
            result[part.key] = part.value
        elif isinstance(part, Stock) and (value := starting_value(part)) is not None:
            result[at_start(part.key)] = value
    return result


def at_start(stock: str) -> str:
    """Return the key of a stock's first value; the space keeps it apart from every name."""
    return f"{stock} at_start"


def starting_value(stock: Stock) -> float | None:
    """Return a stock's first value when it is a plain number."""
    return constant_value(stock.tree) if stock.tree is not None else None


def equation_of(part: AnyPart) -> str:
    """Return the text of a part's equation; constants and lookups have none."""
    if isinstance(part, Stock):
        return part.initial
    return part.equation if isinstance(part, (Flow, Auxiliary)) else ""


@dataclass(frozen=True)
class Known:
    """What the equations of a model may name, looked up once for all of them.

    Attributes
    ----------
    values : frozenset of str
        Keys of the parts that have a value at each instant.
    lookups : tuple of str
        Keys of the lookups.
    risky : tuple of AnyPart
        Parts with a word of the language in a name of several words.
    """

    values: frozenset[str]
    lookups: tuple[str, ...]
    risky: tuple[AnyPart, ...]

    @staticmethod
    def of(parts: Parts) -> Known:
        """Return what a model's equations may name."""
        lookups = tuple(k for k, part in parts.items() if isinstance(part, Lookup))
        risky = tuple(p for p in parts.values() if _meant(p) and len(label(p.name).split()) > 1)
        return Known(frozenset(parts.keys() - {*lookups}), lookups, risky)


def held_back(parts: Parts) -> dict[str, Tree]:
    """Return the flows that are held back, by key, with what holds them back built in."""
    known = Known.of(parts)
    computed = [part for part in parts.values() if isinstance(part, (Flow, Auxiliary))]
    flows = [part for part in computed if isinstance(part, Flow)]
    stocks = [part for part in parts.values() if isinstance(part, Stock)]
    trees = {part.key: resolved(part, parts, known) for part in computed}
    return holding_back.held_back(stocks, flows, trees)


def resolved(part: AnyPart, parts: Parts, known: Known | None = None) -> Tree:
    """Return a part's tree with every function and name known to be there."""
    known = known or Known.of(parts)
    if not isinstance(part, (Stock, Flow, Auxiliary)) or part.tree is None:
        raise ModelError(f"{part.where} has no equation")
    text = equation_of(part)

    def check(node: Tree) -> Tree:
        if not isinstance(node, Apply):
            return node
        return exact(_known_function(node, part, text, parts, known.lookups))

    _check_quotes(part, text, known.risky)
    tree = replace(part.tree, check)
    for name in unknown_names(tree, known.values)[:1]:
        raise _unknown(name, part, text, parts)
    return tree


def net_flows(flows: Iterable[Flow]) -> dict[str, Tree]:
    """Return each stock's rate of change, by key: what flows in less what flows out."""
    inflows: dict[str, list[Tree]] = {}
    outflows: dict[str, list[Tree]] = {}
    for flow in flows:
        if flow.into:
            inflows.setdefault(key(flow.into), []).append(Name(flow.key))
        if flow.out_of:
            outflows.setdefault(key(flow.out_of), []).append(Apply("neg", (Name(flow.key),)))
    stocks = dict.fromkeys([*inflows, *outflows])
    return {k: total((*inflows.get(k, ()), *outflows.get(k, ()))) for k in stocks}


def _known_function(
    node: Apply, part: AnyPart, text: str, parts: Parts, lookups: tuple[str, ...]
) -> Tree:
    if node.function in FUNCTIONS and not node.function[0].isalpha():
        return node
    if " " in node.function and node.function.partition(" ")[0] in lookups:
        return node  # a lookup in a mode of its own
    try:
        name = function_named(node.function, lookups)
    except EquationError as error:
        raise show(part.where, str(error), text, node.at) from None
    given, row = len(node.arguments), FUNCTIONS.get(name)
    fewest, most = (row.fewest, row.most) if row else (1, 1)
    if not fewest <= given <= most:
        wanted = f"{fewest}" if fewest == most else f"at least {fewest}"
        plural = "" if wanted == "1" else "s"
        raise show(
            part.where, f"'{name}' takes {wanted} argument{plural}, not {given}", text, node.at
        )
    return Apply(name, _with_stages(name, node.arguments, parts), node.at)


def _with_stages(name: str, arguments: tuple[Tree, ...], parts: Parts) -> tuple[Tree, ...]:
    """Return the arguments of a chain with the number of its stages as a plain number."""
    if name not in ("delayn", "delay_n", "smoothn") or not isinstance(arguments[2], Name):
        return arguments
    constant = parts.get(arguments[2].key)
    if not isinstance(constant, Constant):
        return arguments
    # The stages are built before a run begins, so a run cannot set how many there are.
    return (*arguments[:2], Number(constant.value), *arguments[3:])


def _meant(part: AnyPart) -> frozenset[str]:
    """Return the words of a name that mean something in an equation."""
    return KEYWORDS.intersection(word.casefold() for word in label(part.name).split())


@lru_cache(maxsize=10_000)
def _unquoted(name: str) -> re.Pattern[str]:
    """Return a pattern of a name that stands in an equation without quotes."""
    spaced = r"\s+".join(map(re.escape, label(name).split()))
    return re.compile(rf'(?<!["\w]){spaced}(?!["\w])', re.IGNORECASE)


def _check_quotes(part: AnyPart, text: str, risky: tuple[AnyPart, ...]) -> None:
    """Refuse a name such as ``not content`` without quotes: it reads as NOT and ``content``."""
    for other in risky:
        if found := _unquoted(other.name).search(text):
            word = min(_meant(other))
            problem = (
                f"the name '{brief(other.name)}' holds the word '{word}', which means something in "
                f'an equation; put the name in double quotes: "{brief(other.name)}"'
            )
            raise show(part.where, problem, text, found.start())


def _unknown(name: Name, part: AnyPart, text: str, parts: Parts) -> UnknownNameError:
    values = [p.name for p in parts.values() if not isinstance(p, Lookup)]
    if name.key in parts:
        problem = f"'{brief(name.key)}' is a lookup; give it its argument: {brief(name.key)}(…)"
    else:
        word = name.key.replace("_", " ")
        problem = f"nothing in this model is called '{brief(word)}'" + (
            did_you_mean(word, values) or "; add it as a constant or an auxiliary"
        )
    return UnknownNameError(str(show(part.where, problem, text, name.at)))


def _check_ends(flow: Flow, parts: Parts) -> None:
    if flow.out_of is None and flow.into is None:
        raise ModelError(
            f"{flow.where} joins nothing; say which stock it leaves (out_of=) or enters (into=)"
        )
    for word, end in (("out_of", flow.out_of), ("into", flow.into)):
        if end is not None and not isinstance(parts.get(key(end)), Stock):
            stocks = [p.name for p in parts.values() if isinstance(p, Stock)]
            other = parts.get(key(end))
            kind = f"a {other.kind}, not a stock" if other else "not in this model"
            raise ModelError(
                f"{flow.where}: {word}='{brief(end)}' is {kind}"
                + (did_you_mean(end, stocks) or "; a flow leaves or enters stocks")
            )


def _start(stock: Stock, trees: Mapping[str, Tree]) -> Tree:
    if starting_value(stock) is not None:
        return Name(at_start(stock.key))
    return trees[stock.key]


def _table(lookup: Lookup, mode: str) -> Table:
    xs, ys = zip(*lookup.points, strict=True)
    return Table(tuple(map(float, xs)), tuple(map(float, ys)), mode)
