"""What a person says about a model, checked at the moment it is said."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from cstools.engine.program import Clock
from cstools.equations.printing import plain_number
from cstools.errors import ModelError, did_you_mean
from cstools.names import key, label, split_subscripts, with_subscripts
from cstools.plotting.describe import number
from cstools.stock_flow.parts import Dimension, Range

# One value for each element of an array: in order, or by name; lists of lists for more dimensions.
Values = Sequence[Any] | Mapping[str, Any]
MODES = ("interpolate", "extrapolate", "step", "forward")


def as_number(value: object, where: str) -> float:
    """Return a value as a finite number, or say that it is none."""
    try:
        result = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        result = float("nan")
    if not math.isfinite(result):
        raise ModelError(
            f"{where}: {value!r} is not a number; write the number alone, and its unit as units="
        )
    return result


def as_text(value: float | str, where: str) -> str:
    """Return an equation as text; a number is one as well."""
    if isinstance(value, str):
        return value
    return plain_number(as_number(value, where))


def as_mode(mode: str, where: str) -> str:
    """Return the mode of a lookup."""
    if mode not in MODES:
        raise ModelError(
            f"{where}: there is no mode '{mode}'"
            + (did_you_mean(mode, MODES) or "; choose " + " or ".join(f"'{m}'" for m in MODES))
        )
    return mode


def as_dimension(
    name: str, elements: int | Iterable[str], maps: Mapping[str, Iterable[str | Iterable[str]]]
) -> Dimension:
    """Return a dimension; it has a name and at least one element, each of them once."""
    where = f"dimension '{name}'"
    if isinstance(elements, str):
        raise ModelError(f"{where}: its elements are a list of names: ['{elements}', …]")
    numbered = isinstance(elements, int)
    names = map(str, range(1, elements + 1)) if isinstance(elements, int) else map(str, elements)
    said = tuple(label(element) for element in names)
    keys = [key(element) for element in said]
    if not key(name) or not said or not all(keys):
        problem = "at least 1 element" if numbered or not said else "a name for each element"
        raise ModelError(f"{where} needs {problem if key(name) else 'a name'}")
    if twice := next((element for element in said if keys.count(key(element)) > 1), None):
        raise ModelError(f"{where}: the element '{twice}' is there twice")
    return Dimension(label(name), said, {key(k): _mapped(v, where, said) for k, v in maps.items()})


def _mapped(
    elements: Iterable[str | Iterable[str]], where: str, said: tuple[str, ...]
) -> tuple[tuple[str, ...], ...]:
    """Return, for each element, those of another dimension that it stands for."""
    found = tuple((e,) if isinstance(e, str) else tuple(e) for e in elements)
    if len(found) != len(said):
        raise ModelError(
            f"{where}: it has {len(said)} elements, and {len(found)} are given in maps=; "
            "one for each, in order"
        )
    return found


def each_value(
    name: str, values: float | str | Values, dimensions: Mapping[str, Dimension], where: str
) -> Iterator[tuple[str, Any]]:
    """Yield the name and the value of each part that is said; of a single value, just that."""
    if not isinstance(values, Mapping) and (isinstance(values, str) or _is_single(values)):
        yield name, values
        return
    base, subscripts = split_subscripts(name)
    sides = [dimensions[key(s)].elements for s in subscripts if key(s) in dimensions]
    if not sides:
        raise ModelError(
            f"{where}: several values need a dimension, said before: .dimension('Region', "
            f"['North', 'South']), and then '{base}[Region]'"
        )
    for chosen, value in _by_element(values, sides, where):
        elements = iter(chosen)
        yield (
            with_subscripts(
                base, [next(elements) if key(s) in dimensions else s for s in subscripts]
            ),
            value,
        )


def _is_single(values: Any) -> bool:
    return not hasattr(values, "__len__") or np.ndim(values) == 0


def _by_element(
    values: Any, sides: list[tuple[str, ...]], where: str, chosen: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield the elements and the value of each place in lists or mappings within one another."""
    if len(chosen) == len(sides):
        yield chosen, values
        return
    side = sides[len(chosen)]
    listed = [*values.values()] if isinstance(values, Mapping) else values
    count = 1 if isinstance(listed, str) or _is_single(listed) else len(listed)
    if count != len(side):
        raise ModelError(
            f"{where}: {len(side)} values are needed, for {', '.join(side)}; there "
            f"{'is' if count == 1 else 'are'} {count}"
        )
    if isinstance(values, Mapping):
        known = {key(str(name)): name for name in values}
        if missing := [element for element in side if key(element) not in known]:
            raise ModelError(f"{where}: there is no value for '{missing[0]}'")
        listed = [values[known[key(element)]] for element in side]
    for element, value in zip(side, listed, strict=True):
        yield from _by_element(value, sides, where, (*chosen, element))


def as_range(between: Range | None, where: str) -> Range | None:
    """Return the range of a slider, low end first."""
    if between is None:
        return None
    if len(tuple(between)) != 2:
        raise ModelError(f"{where}: between= takes two numbers, (low, high)")
    low, high = (as_number(end, where) for end in between)
    if not low < high:
        raise ModelError(f"{where}: between=({number(low)}, {number(high)}) must rise; low first")
    return low, high


def as_points(points: Iterable[tuple[float, float]], where: str) -> tuple[tuple[float, float], ...]:
    """Return the points of a lookup, by rising x."""
    pairs = tuple((as_number(x, where), as_number(y, where)) for x, y in points)
    if len(pairs) < 2:
        raise ModelError(f"{where}: needs at least two points (x, y)")
    if any(one[0] >= two[0] for one, two in pairwise(pairs)):
        raise ModelError(f"{where}: the x of each point must be larger than the one before")
    return pairs


def fitting(saveper: float | None, dt: float) -> float | None:
    """Return how often a file wants a row kept, or ``None``, every step, where that is no multiple.

    A row at each step holds all that the file asks for, as nearly as its steps come to it.
    """
    if saveper is None or not saveper > 0 or not dt > 0:
        return saveper
    steps = round(saveper / dt)
    return saveper if steps and abs(steps * dt - saveper) <= 1e-6 * saveper else None


def as_clock(name: str, start: float, stop: float, dt: float, saveper: float | None) -> Clock:
    """Return the clock of a model: it runs forward, in whole steps."""
    where = f"model '{name}'"
    start, stop, dt = (as_number(value, where) for value in (start, stop, dt))
    if not stop > start:
        raise ModelError(f"{where}: stop={number(stop)} must come after start={number(start)}")
    if not 0 < dt <= stop - start:
        raise ModelError(
            f"{where}: dt={number(dt)} must be above 0 and no longer than the run, "
            f"{number(stop - start)}"
        )
    every = 1 if saveper is None else round(as_number(saveper, where) / dt)
    if every >= 1 and fitting(saveper, dt) != saveper:
        raise ModelError(
            f"{where}: saveper={number(saveper or 0)} is no whole number of steps of "
            f"dt={number(dt)}"
        )
    if every < 1:
        raise ModelError(f"{where}: saveper={number(saveper or 0)} is shorter than dt={number(dt)}")
    return Clock(start, stop, dt, every)
