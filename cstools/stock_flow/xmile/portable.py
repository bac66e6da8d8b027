"""Functions that XMILE does not have, in those that it has, so that other programs run them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cstools.equations.functions import FUNCTIONS, is_function
from cstools.equations.functions import function_named as named
from cstools.equations.tree import Apply, Indexed, Name, Number, Tree

_ONE, _ZERO, _TWO = Number(1.0), Number(0.0), Number(2.0)
_TIME, _DT = Name("time"), Name("dt")
# A choice among more elements than this would nest deeper than programs read.
_MOST_CHOICES = 20


def portable(tree: Tree) -> Tree:
    """Return a tree in the functions of XMILE, as far as it has any for them.

    What remembers in Vensim's way alone keeps its own name: ``sample_if_true``, ``delay_n``.
    """
    if isinstance(tree, Indexed):
        return Indexed(tree.key, tuple(map(portable, tree.subscripts)), tree.at)
    if not isinstance(tree, Apply):
        return tree
    arguments = tuple(map(portable, tree.arguments))
    word = canonical(tree.function)
    rule = _RULES.get(word)
    return rule(arguments) if rule else Apply(word, arguments, tree.at)


def is_portable(tree: Tree) -> bool:
    """Say whether a tree is written in functions of XMILE alone, or in names of its own."""
    return portable(tree) == _canonical(tree)


def canonical(word: str) -> str:
    """Return the row of the table that a word calls; a lookup keeps its own name."""
    return named(word) if word not in FUNCTIONS and is_function(word) else word


def _canonical(tree: Tree) -> Tree:
    if isinstance(tree, Indexed):
        return Indexed(tree.key, tuple(map(_canonical, tree.subscripts)), tree.at)
    if not isinstance(tree, Apply):
        return tree
    return Apply(canonical(tree.function), tuple(map(_canonical, tree.arguments)), tree.at)


# --- building trees -------------------------------------------------------------------------------


def _call(word: str, *arguments: Tree) -> Tree:
    return Apply(word, arguments)


def _if(condition: Tree, then: Tree, other: Tree) -> Tree:
    return _call("if", condition, then, other)


def _balanced(word: str, values: Sequence[Tree]) -> Tree:
    """Return many values under a function of two, as shallow as can be."""
    if len(values) == 1:
        return values[0]
    middle = (len(values) + 1) // 2
    return _call(word, _balanced(word, values[:middle]), _balanced(word, values[middle:]))


def _size(value: Tree) -> Tree:
    return value if isinstance(value, Number) and value.value >= 0 else _call("abs", value)


# --- one rule for each function -------------------------------------------------------------------

Arguments = tuple[Tree, ...]


def _integer(a: Arguments) -> Tree:
    backwards = _call("neg", _call("int", _call("neg", a[0])))
    return _if(_call("<", a[0], _ZERO), backwards, _call("int", a[0]))


def _modulo(a: Arguments) -> Tree:
    value, divisor = a[0], _size(a[1])
    backwards = _call("neg", _call("mod", _call("neg", value), divisor))
    return _if(_call("<", value, _ZERO), backwards, _call("mod", value, divisor))


def _quantum(a: Arguments) -> Tree:
    whole = _call("*", a[1], _integer((_call("/", a[0], a[1]),)))
    return whole if _is_positive(a[1]) else _if(_call(">", a[1], _ZERO), whole, a[0])


def _is_positive(tree: Tree) -> bool:
    return isinstance(tree, Number) and tree.value > 0


def _xidz(a: Arguments) -> Tree:
    other = a[2] if len(a) > 2 else _ZERO
    return _if(_call("<", _call("abs", a[1]), Number(1e-6)), other, _call("/", a[0], a[1]))


def _middle() -> Tree:
    return _call("+", _TIME, _call("/", _DT, _TWO))


def _within(start: Tree, length: Tree) -> Tree:
    after = _call("<", start, _middle())
    end = _call("+", start, _call("max", length, _DT))
    return _call("and", after, _call("<", _middle(), end))


def _during(a: Arguments) -> Tree:
    return _if(_within(*a), _ONE, _ZERO)


def _train(a: Arguments) -> Tree:
    start, length, every, end = a
    since = _call("-", _middle(), start)
    again = _if(_call(">", every, _ZERO), _call("mod", since, every), since)
    again = _call("mod", since, every) if _is_positive(every) else again
    on = _call("<", again, _call("max", length, _DT))
    inside = _call("and", _call("<", start, _middle()), _call("<", _middle(), end))
    return _if(_call("and", inside, on), _ONE, _ZERO)


def _ramp(a: Arguments) -> Tree:
    if len(a) < 3:
        return _call("ramp", *a)
    slope, start, end = a
    since = _call("-", _call("min", _TIME, end), start)
    return _call("*", slope, _call("max", since, _ZERO))


def _log(a: Arguments) -> Tree:
    return _call("/", _call("ln", a[0]), _call("ln", a[1] if len(a) > 1 else Number(10.0)))


def _random_normal(a: Arguments) -> Tree:
    low, high, mean, spread = a[:4]
    return _call("max", low, _call("min", high, _call("normal", mean, spread)))


def _previous(a: Arguments) -> Tree:
    return _call("previous", a[0], a[1] if len(a) > 1 else a[0])


def _choose(a: Arguments) -> Tree:
    place, *options = a
    if len(options) > _MOST_CHOICES:
        return Apply("choose", a)
    beyond = Number(len(options) + 1.0)
    chosen: Tree = _if(_call("<", place, beyond), options[-1], _ZERO)
    for position in range(len(options) - 1, 0, -1):
        limit = Number(position + 1.0)
        chosen = _if(_call("<", place, limit), options[position - 1], chosen)
    return _if(_call("<", place, _ONE), _ZERO, chosen)


def _over(word: str, infix: str) -> Callable[[Arguments], Tree]:
    def rule(a: Arguments) -> Tree:
        return _balanced(infix, a) if len(a) > 1 else Apply(word, a)

    return rule


def _mean(a: Arguments) -> Tree:
    if len(a) == 1:
        return Apply("mean", a)
    return _call("/", _balanced("+", a), Number(float(len(a))))


def _stddev(a: Arguments) -> Tree:
    if len(a) == 1:
        return Apply("stddev", a)
    mean = _mean(a)
    squares = [_call("^", _call("-", value, mean), _TWO) for value in a]
    return _call("sqrt", _call("/", _balanced("+", squares), Number(float(len(a)))))


def _least(word: str) -> Callable[[Arguments], Tree]:
    return lambda a: _balanced(word, a) if len(a) > 2 else Apply(word, a)


_RULES: dict[str, Callable[[Arguments], Tree]] = {
    "integer": _integer,
    "modulo": _modulo,
    "quantum": _quantum,
    "xidz": _xidz,
    "during": _during,
    "pulse_train": _train,
    "ramp": _ramp,
    "log": _log,
    "random_normal": _random_normal,
    "previous": _previous,
    "choose": _choose,
    "sum": _over("sum", "+"),
    "prod": _over("prod", "*"),
    "mean": _mean,
    "stddev": _stddev,
    "min": _least("min"),
    "max": _least("max"),
}
