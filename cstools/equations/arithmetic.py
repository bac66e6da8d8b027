"""The rows of the functions whose result depends on their arguments alone."""

from __future__ import annotations

from cstools.equations.function import Function


def _infix(name: str, sign: str, binds: int, slopes: str, doc: str, units: str) -> Function:
    form = f"{{0}} {sign} {{1}}"
    return Function(name, 2, 2, form, form, form, slopes, doc, infix=name, binds=binds, units=units)


def _compare(name: str, sign: str, javascript: str = "") -> Function:
    form, script = f"{{0}} {sign} {{1}}", f"{{0}} {javascript or sign} {{1}}"
    doc = f"whether the first {name} the second"
    return Function(name, 2, 2, form, form, script, "?", doc, name, 4, True, units="a, a: any")


def _one(
    name: str, python: str, numpy: str, script: str, slope: str, doc: str, units: str = "1: 1"
) -> Function:
    forms = f"{python}({{0}})", f"{numpy}({{0}})", f"{script}({{0}})"
    return Function(name, 1, 1, *forms, slope, doc, units=units)


# The largest of an array is that of all its elements, written one after another.
_MOST = 100_000


def _many(name: str, python: str, numpy: str, script: str, doc: str) -> Function:
    forms = f"{python}({{all}})", f"{numpy}({{all}})", f"{script}({{all}})"
    return Function(name, 2, _MOST, *forms, "+", doc, units="a: a")


ROWS = (
    _infix("+", "+", 5, "+", "sum", "a, a: a"),
    _infix("-", "-", 5, "+-", "difference", "a, a: a"),
    _infix("*", "*", 6, "??", "product", "a, b: a*b"),
    Function(
        "/",
        2,
        2,
        "{0} / {1}",
        "divide({0}, {1})",  # two plain numbers as well give infinity, not an exception
        "{0} / {1}",
        "??",
        "quotient",
        infix="/",
        binds=6,
        units="a, b: a/b",
    ),
    Function(
        "^",
        2,
        2,
        "power({0}, {1})",
        "power({0}, {1})",
        "Math.pow({0}, {1})",
        "??",
        "power: 2 ^ 3 is 8; a ^ b ^ c is a ^ (b ^ c)",
        infix="^",
        binds=8,
        units="power",
    ),
    Function(
        "mod",
        2,
        2,
        "mod({0}, {1})",
        "mod({0}, {1})",
        "mod({0}, {1})",
        "??",
        "what is left after dividing; it has the sign of the divisor: -1 mod 3 is 2",
        infix="mod",
        binds=6,
        units="a, a: a",
    ),
    Function(
        "modulo",
        2,
        2,
        "fmod({0}, {1})",
        "fmod({0}, {1})",
        "fmod({0}, {1})",
        "??",
        "as Vensim has it: what is left has the sign of what is divided: modulo(-1, 3) is -1",
        units="a, a: a",
    ),
    Function(
        "neg",
        1,
        1,
        "-{0}",
        "-{0}",
        "-{0}",
        "-",
        "the same with the other sign",
        binds=7,
        units="a: a",
    ),
    _compare("=", "=="),
    _compare("<>", "!="),
    _compare("<", "<"),
    _compare("<=", "<="),
    _compare(">", ">"),
    _compare(">=", ">="),
    Function(
        "and",
        2,
        2,
        "{0} and {1}",
        "logical_and({0}, {1})",
        "{0} && {1}",
        "?",
        "both",
        infix="and",
        binds=2,
        condition=True,
        takes="c",
        units="any: any",
    ),
    Function(
        "or",
        2,
        2,
        "{0} or {1}",
        "logical_or({0}, {1})",
        "{0} || {1}",
        "?",
        "one of the two, or both",
        infix="or",
        binds=1,
        condition=True,
        takes="c",
        units="any: any",
    ),
    Function(
        "not",
        1,
        1,
        "not {0}",
        "logical_not({0})",
        "!({0})",
        "?",
        "the opposite",
        binds=3,
        condition=True,
        takes="c",
        units="any: any",
    ),
    Function(
        "if",
        3,
        3,
        "({1} if {0} else {2})",
        "where({0}, {1}, {2})",
        "({0} ? {1} : {2})",
        "?++",
        "the second where the first holds, else the third",
        takes="cnn",
        spellings=("if_then_else",),
        units="any, a, a: a",
    ),
    _one("abs", "abs", "absolute", "Math.abs", "?", "the size, without the sign", "a: a"),
    _one("exp", "exp", "exp", "Math.exp", "+", "e to the power of"),
    _one("ln", "log", "log", "Math.log", "+", "natural logarithm"),
    _one("log10", "log10", "log10", "Math.log10", "+", "logarithm to base 10"),
    _one("sqrt", "sqrt", "sqrt", "Math.sqrt", "+", "square root", "a: a^0.5"),
    _one("sin", "sin", "sin", "Math.sin", "?", "sine of an angle in radians"),
    _one("cos", "cos", "cos", "Math.cos", "?", "cosine of an angle in radians"),
    _one("tan", "tan", "tan", "Math.tan", "?", "tangent of an angle in radians"),
    _one("arcsin", "asin", "arcsin", "Math.asin", "+", "angle whose sine it is, in radians"),
    _one("arccos", "acos", "arccos", "Math.acos", "-", "angle whose cosine it is, in radians"),
    _one("arctan", "atan", "arctan", "Math.atan", "+", "angle whose tangent it is, in radians"),
    _one("sinh", "sinh", "sinh", "Math.sinh", "+", "hyperbolic sine"),
    _one("cosh", "cosh", "cosh", "Math.cosh", "?", "hyperbolic cosine"),
    _one("tanh", "tanh", "tanh", "Math.tanh", "+", "hyperbolic tangent"),
    Function(
        "int",
        1,
        1,
        "float(floor({0}))",  # Python's own would be an integer, which adds up otherwise
        "floor({0})",
        "Math.floor({0})",
        "+",
        "the next whole number at or below: int(-1.5) is -2",
        units="a: a",
    ),
    Function(
        "integer",
        1,
        1,
        "float(trunc({0}))",
        "trunc({0})",
        "Math.trunc({0})",
        "+",
        "as Vensim has it: without what follows the point: integer(-1.5) is -1",
        units="a: a",
    ),
    _many("min", "min", "least", "Math.min", "the smallest"),
    _many("max", "max", "greatest", "Math.max", "the largest"),
    Function(
        "safediv",
        2,
        3,
        "safediv({all})",
        "safediv({all})",
        "safediv({all})",
        "?",
        "a quotient, or something else (0, if not said) where the divisor is 0",
        units="a, b, a/b: a/b",
    ),
    Function(
        "xidz",
        2,
        3,
        "xidz({all})",
        "xidz({all})",
        "xidz({all})",
        "?",
        "as Vensim has it: a quotient, or something else where the divisor is almost 0",
        spellings=("zidz",),
        units="a, b, a/b: a/b",
    ),
    Function(
        "poisson_from",
        2,
        2,
        "poisson_from({all})",
        "poisson_from({all})",
        "poissonFrom({all})",
        "+?",
        "the count below which a share of a Poisson distribution of that mean lies",
        units="a, any: a",
    ),
    Function(
        "quantum",
        2,
        2,
        "quantum({0}, {1})",
        "quantum({0}, {1})",
        "quantum({0}, {1})",
        "??",
        "the nearest multiple of the second towards 0",
        units="a, a: a",
    ),
    Function(
        "log",
        1,
        2,
        "logarithm({all})",
        "logarithm({all})",
        "logarithm({all})",
        "?",
        "logarithm to a base; to base 10, if none is said",
        units="1: 1",
    ),
)
