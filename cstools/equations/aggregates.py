"""The rows of the functions over arrays, and of the ways to look something up.

Arrays are flattened before anything runs: ``sum(population[*])`` becomes the sum of as many
numbers as there are elements. What has no form in a language is gone by then.
"""

from __future__ import annotations

from cstools.equations.function import Function

# Of an array of any size: as many arguments as a model can have elements.
MANY = 1_000_000


def _over(
    name: str,
    word: str,
    slope: str,
    doc: str,
    spellings: tuple[str, ...] = (),
    units: str = "a: a",
    fewest: int = 1,
) -> Function:
    form = f"{word}({{all}})"
    return Function(
        name, fewest, MANY, form, form, form, slope, doc, spellings=spellings, units=units
    )


def _flattened(name: str, fewest: int, doc: str, spellings: tuple[str, ...] = ()) -> Function:
    return Function(name, fewest, fewest, "", "", "", "?", doc, spellings=spellings)


ROWS = (
    _over("sum", "total", "+", "the sum over an array: sum(population[*])"),
    _over("prod", "product", "?", "the product over an array", ("product",), "product"),
    _over("mean", "mean", "+", "the mean over an array"),
    _over("stddev", "stddev", "?", "the standard deviation over an array, dividing by how many"),
    _flattened("size", 1, "how many elements an array or a dimension has", ("elmcount",)),
    _over(
        "choose",
        "choose",
        "?+",
        "the element at a position from 1; outside the array, 0",
        units="any, a: a",
        fewest=2,
    ),
    _flattened("lookup", 2, "a lookup at a value: lookup(effect, x) is effect(x)"),
    _flattened("lookup_extrapolate", 2, "a lookup whose first and last lines go on beyond it"),
    _flattened("lookup_step", 2, "a lookup of which each point holds until the next"),
    _flattened("lookup_forward", 2, "a lookup of which each point holds from the one before"),
)
