"""Every function and operator of the language, one row each.

A row holds the spellings by which XMILE and Vensim know a function, its forms in Python, NumPy
and JavaScript, the direction in which the result moves with each argument, and a line of help.
Whatever reads, prints, runs or differentiates an equation looks here and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass

from cstools.errors import EquationError, did_you_mean
from cstools.names import key


@dataclass(frozen=True)
class Function:
    """One row of the table.

    Attributes
    ----------
    name : str
        The key under which trees hold it.
    fewest, most : int
        How many arguments it takes.
    python, numpy, javascript : str
        The form in each language; ``{0}``, ``{1}`` … are the arguments, ``{time}`` and ``{dt}``
        the clock. ``{all}`` is every argument, separated by commas.
    slopes : str
        For each argument the direction in which the result moves when the argument rises: ``+``,
        ``-``, ``0`` for not at all, ``?`` for depends. The last one stands for all that follow.
    infix : str
        The sign between its two arguments, for an operator.
    binds : int
        How tightly an operator binds; a function call binds tightest of all.
    condition : bool
        Whether the result is true or false rather than a number.
    takes : str
        ``"c"`` for each argument that is a condition, ``"n"`` for a number.
    spellings : tuple of str
        Other names: XMILE's and Vensim's.
    doc : str
        One line of help.
    """

    name: str
    fewest: int
    most: int
    python: str
    numpy: str
    javascript: str
    slopes: str
    doc: str
    infix: str = ""
    binds: int = 9
    condition: bool = False
    takes: str = "n"
    spellings: tuple[str, ...] = ()

    def takes_condition(self, position: int) -> bool:
        """Say whether the argument at a position, from 0, is a condition."""
        return self.takes[min(position, len(self.takes) - 1)] == "c"

    def slope(self, position: int) -> str:
        """Return the direction in which the result moves with the argument at a position."""
        return self.slopes[min(position, len(self.slopes) - 1)]


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


_ROWS = (
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
        "step",
        2,
        2,
        "({0} if {time} + {dt} / 2 > {1} else 0.0)",
        "where({time} + {dt} / 2 > {1}, {0}, 0.0)",
        "({time} + {dt} / 2 > {1} ? {0} : 0)",
        "+?",
        "nothing before a time, a height from then on: step(height, time)",
    ),
    Function(
        "ramp",
        2,
        2,
        "{0} * max({time} - {1}, 0.0)",
        "{0} * maximum({time} - {1}, 0.0)",
        "{0} * Math.max({time} - {1}, 0)",
        "+?",
        "nothing before a time, then a steady climb: ramp(slope, time)",
        binds=6,
    ),
)

FUNCTIONS: dict[str, Function] = {row.name: row for row in _ROWS}

_SPELLINGS = {spelling: row.name for row in _ROWS for spelling in (row.name, *row.spellings)}

# Names that every model has without saying them, and the words that mean them.
CLOCK = {
    "time": "time",
    "dt": "dt",
    "time_step": "dt",
    "starttime": "starttime",
    "initial_time": "starttime",
    "stoptime": "stoptime",
    "final_time": "stoptime",
    "pi": "pi",
}


def function_named(word: str, lookups: tuple[str, ...] = ()) -> str:
    """Return the key of the function or lookup that a word calls.

    Raises
    ------
    EquationError
        When there is none; the message offers the nearest.
    """
    name = key(word)
    if name in lookups:
        return name
    if name in _SPELLINGS:
        return _SPELLINGS[name]
    known = [spelling for spelling in _SPELLINGS if spelling[0].isalpha()]
    raise EquationError(
        f"there is no function or lookup called '{word}'"
        + (did_you_mean(word, [*known, *lookups]) or f"; if '{word}' times something, write *")
    )
