"""A model with arrays as one without: every element a part with a plain name of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from itertools import count

from cstools.equations.printing import to_text
from cstools.equations.tree import Apply, Name, Number, Tree
from cstools.equations.tree import replace as changed
from cstools.names import key
from cstools.stock_flow.parts import AnyPart, Auxiliary, Flow, Stock


def plain_names(scalars: Mapping[str, AnyPart]) -> dict[str, str]:
    """Return key → a name without brackets for every single value: ``population North``."""
    names = {k: part.name for k, part in scalars.items() if not part.subscripts}
    taken = {*names}
    for k, part in scalars.items():
        if part.subscripts:
            plain = " ".join([part.base, *part.subscripts])
            numbered = (f"{plain} {number}" for number in count(2))
            names[k] = plain if key(plain) not in taken else next(numbered)
            while key(names[k]) in taken:
                names[k] = next(numbered)
            taken.add(key(names[k]))
    return names


def written_out(scalars: Mapping[str, AnyPart], names: Mapping[str, str]) -> dict[str, AnyPart]:
    """Return the single values of a model under other names, by their new keys."""
    spelling = {key(new): new for new in names.values()}
    renamed = (_renamed(part, names[k], names, spelling) for k, part in scalars.items())
    return {part.key: part for part in renamed}


def _renamed(
    part: AnyPart, name: str, names: Mapping[str, str], spelling: Mapping[str, str]
) -> AnyPart:
    changes: dict[str, object] = {"name": name}
    if isinstance(part, (Stock, Flow, Auxiliary)) and part.tree is not None:
        tree = changed(part.tree, lambda node: _node(node, names))
        text = to_text(tree, spelling)
        changes |= {"tree": tree, "initial" if isinstance(part, Stock) else "equation": text}
    if isinstance(part, Flow):
        ends = {"out_of": part.out_of, "into": part.into}
        changes |= {word: names.get(key(end), end) for word, end in ends.items() if end}
    return replace(part, **changes)  # type: ignore[arg-type]


def _node(node: Tree, names: Mapping[str, str]) -> Tree:
    if isinstance(node, Name) and node.key in names:
        return Name(key(names[node.key]), node.at)
    if isinstance(node, Apply) and node.function in names:
        return Apply(key(names[node.function]), node.arguments, node.at)
    if isinstance(node, Apply) and node.function in _PLAINLY:
        return _PLAINLY[node.function](node.arguments)
    return node


# --- functions over arrays, as arithmetic that programs without arrays know ----------------------


# A longer chain is written in halves: what stands inside one another stays within reason.
_LONGEST = 50


def _chain(sign: str, values: Sequence[Tree]) -> Tree:
    if len(values) > _LONGEST:
        half = len(values) // 2
        return Apply(sign, (_chain(sign, values[:half]), _chain(sign, values[half:])))
    return reduce(lambda one, other: Apply(sign, (one, other)), values)


def _mean(values: Sequence[Tree]) -> Tree:
    return Apply("/", (_chain("+", values), Number(float(len(values)))))


def _stddev(values: Sequence[Tree]) -> Tree:
    gaps = [Apply("-", (value, _mean(values))) for value in values]
    return Apply("sqrt", (_mean([Apply("*", (gap, gap)) for gap in gaps]),))


def _choose(arguments: Sequence[Tree]) -> Tree:
    place, *values = arguments
    result: Tree = Number(0.0)
    for number, value in reversed([*enumerate(values, start=1)]):
        here = Apply("=", (Apply("int", (place,)), Number(float(number))))
        result = Apply("if", (here, value, result))
    return result


_PLAINLY: dict[str, Callable[[Sequence[Tree]], Tree]] = {
    "sum": lambda values: _chain("+", values),
    "prod": lambda values: _chain("*", values),
    "mean": _mean,
    "stddev": _stddev,
    "choose": _choose,
}
