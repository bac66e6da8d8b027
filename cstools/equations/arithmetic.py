"""The rows of the functions whose result depends on their arguments alone."""

from __future__ import annotations

from cstools.equations.function import Function


def _infix(name: str, sign: str, binds: int, slopes: str, doc: str) -> Function:
    form = f"{{0}} {sign} {{1}}"
    return Function(name, 2, 2, form, form, form, slopes, doc, infix=name, binds=binds)


def _compare(name: str, sign: str, javascript: str = "") -> Function:
    form, script = f"{{0}} {sign} {{1}}", f"{{0}} {javascript or sign} {{1}}"
    doc = f"whether the first {name} the second"
    return Function(name, 2, 2, form, form, script, "?", doc, name, 4, condition=True)


def _one(name: str, python: str, numpy: str, script: str, slope: str, doc: str) -> Function:
    return Function(
        name, 1, 1, f"{python}({{0}})", f"{numpy}({{0}})", f"{script}({{0}})", slope, doc
    )


def _many(name: str, python: str, numpy: str, script: str, doc: str) -> Function:
    return Function(
        name, 2, 99, f"{python}({{all}})", f"{numpy}({{all}})", f"{script}({{all}})", "+", doc
    )


ROWS = (
    _infix("+", "+", 5, "+", "sum"),
    _infix("-", "-", 5, "+-", "difference"),
    _infix("*", "*", 6, "??", "product"),
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
    ),
    Function(
        "mod",
        2,
        2,
        "fmod({0}, {1})",
        "fmod({0}, {1})",
        "{0} % {1}",
        "??",
        "what is left after dividing; it has the sign of what is divided",
        infix="mod",
        binds=6,
        spellings=("modulo",),
    ),
    Function("neg", 1, 1, "-{0}", "-{0}", "-{0}", "-", "the same with the other sign", binds=7),
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
    ),
    _one("abs", "abs", "absolute", "Math.abs", "?", "the size, without the sign"),
    _one("exp", "exp", "exp", "Math.exp", "+", "e to the power of"),
    _one("ln", "log", "log", "Math.log", "+", "natural logarithm"),
    _one("log10", "log10", "log10", "Math.log10", "+", "logarithm to base 10"),
    _one("sqrt", "sqrt", "sqrt", "Math.sqrt", "+", "square root"),
    _one("sin", "sin", "sin", "Math.sin", "?", "sine of an angle in radians"),
    _one("cos", "cos", "cos", "Math.cos", "?", "cosine of an angle in radians"),
    _one("tan", "tan", "tan", "Math.tan", "?", "tangent of an angle in radians"),
    _one("arcsin", "asin", "arcsin", "Math.asin", "+", "angle whose sine it is, in radians"),
    _one("arccos", "acos", "arccos", "Math.acos", "-", "angle whose cosine it is, in radians"),
    _one("arctan", "atan", "arctan", "Math.atan", "+", "angle whose tangent it is, in radians"),
    Function(
        "int",
        1,
        1,
        "float(trunc({0}))",  # Python's own would be an integer, which adds up otherwise
        "trunc({0})",
        "Math.trunc({0})",
        "+",
        "the number without what follows its point: int(-1.5) is -1",
        spellings=("integer",),
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
    ),
)
