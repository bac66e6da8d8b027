"""Every function and operator of the language, one row each.

A row holds the spellings by which XMILE and Vensim know a function, its forms in Python, NumPy
and JavaScript, the direction in which the result moves with each argument, what they are measured
in, and a line of help. Whatever reads, prints, runs, measures or differentiates an equation looks
here and nowhere else.
"""

from __future__ import annotations

from cstools.equations import aggregates, arithmetic, timed, vectors
from cstools.equations.function import Function
from cstools.errors import EquationError, brief, did_you_mean
from cstools.names import key

_ROWS = (*arithmetic.ROWS, *aggregates.ROWS, *vectors.ROWS, *timed.ROWS)
FUNCTIONS: dict[str, Function] = {row.name: row for row in _ROWS}

# What only generated code calls has no name that an equation may use.
_INTERNAL = ("noise", "poisson_from")
_SPELLINGS = {
    spelling: row.name
    for row in _ROWS
    for spelling in (row.name, *row.spellings)
    if row.name not in _INTERNAL
}
NOT_XMILE = frozenset(
    spelling
    for row in _ROWS
    for spelling in (row.name, *row.spellings)
    if spelling != (row.xmile or row.name)
)

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


_VENSIM = {row.vensim: row.name for row in _ROWS if row.vensim}


def is_function(word: str) -> bool:
    """Say whether a word calls a function of the language."""
    return key(word) in _SPELLINGS


def function_named(word: str, lookups: tuple[str, ...] = (), dialect: str = "xmile") -> str:
    """Return the key of the function or lookup that a word calls.

    ``dialect`` is ``"vensim"`` where the word is Vensim's: some words mean something else there.

    Raises
    ------
    EquationError
        When there is none; the message offers the nearest.
    """
    name = key(word)
    if name in lookups:
        return name
    if dialect == "vensim" and name in _VENSIM:
        return _VENSIM[name]
    if name in _SPELLINGS:
        return _SPELLINGS[name]
    known = [spelling for spelling in _SPELLINGS if spelling[0].isalpha()]
    told = brief(word)
    raise EquationError(
        f"there is no function or lookup called '{told}'"
        + (did_you_mean(word, [*known, *lookups]) or f"; if '{told}' times something, write *")
    )
