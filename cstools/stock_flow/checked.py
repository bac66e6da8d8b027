"""What a person says about a model, checked at the moment it is said."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import islice, pairwise
from numbers import Integral
from typing import Any

from cstools.engine.program import Clock
from cstools.equations.printing import plain_number
from cstools.errors import ModelError, brief, did_you_mean, shown
from cstools.names import key, label, split_subscripts, with_subscripts
from cstools.plotting.describe import number
from cstools.stock_flow.arrays import MOST_VALUES
from cstools.stock_flow.parts import Dimension, Range

# One value for each element of an array: in order, or by name; lists of lists for more dimensions.
Values = Sequence[Any] | Mapping[str, Any]
MOST_WHOLE = 2**53
MODES = ("interpolate", "extrapolate", "step", "forward")


def as_number(value: object, where: str) -> float:
    """Return a value as a finite number, or say that it is none."""
    try:
        result = float(value)  # type: ignore[arg-type]
    except OverflowError:  # 10**400
        result = math.inf
    except (TypeError, ValueError, Warning):  # NumPy warns of what is no single number
        result = math.nan
    if math.isinf(result):
        raise ModelError(f"{where}: {shown(value)} is larger than a computer can hold")
    if math.isnan(result):
        raise ModelError(
            f"{where}: {shown(value)} is not a number; write the number alone, and its unit as "
            "units="
        )
    return result


def as_whole(value: object, where: str) -> int:
    """Return a value as a whole number, 0 or more, or say that it is none."""
    result = as_number(value, where)
    if result < 0 or result != int(result):
        raise ModelError(f"{where}: {shown(value)} is not a whole number from 0 on")
    if result > MOST_WHOLE:  # beyond it, not every whole number is one of float64
        raise ModelError(f"{where}: {shown(value)} is too large; {MOST_WHOLE:,} is the largest")
    return int(result)


def as_name(name: object, kind: str) -> str:
    """Return the name of a part: text, with a letter or digit, all of it visible."""
    if not isinstance(name, str):
        raise ModelError(f"a {kind} needs a name, as text; {shown(name)} is none")
    if not key(name):
        raise ModelError(f"a {kind} needs a name")
    where = f"{kind} '{brief(name)}'"
    if len(name) > _LONGEST_NAME:
        raise ModelError(
            f"{where}: a name of {len(name):,} characters is too long; tell the rest in doc="
        )
    as_words(name, where, "its name")
    base, subscripts = split_subscripts(name)
    reads = bool(subscripts) and all(map(key, (base, *subscripts)))
    if {*"[]"} & {*name} and not reads:
        raise ModelError(
            f"{where}: brackets in a name hold what it ranges over: population[Region]"
        )
    return name


_LONGEST_NAME = 300


def as_words(text: object, where: str, what: str) -> str:
    """Return a text, such as a part's units, that a file can hold as well."""
    if not isinstance(text, str):
        raise ModelError(f"{where}: {what} is text in quotes, not {shown(text)}")
    if wrong := next(filter(_is_invisible, text), ""):
        raise ModelError(
            f"{where}: {what} has an invisible character (U+{ord(wrong):04X}); delete it and "
            "write this place again"
        )
    return text


def _is_invisible(character: str) -> bool:
    """Say whether a character has no sign, and no place in a file of text."""
    if character in "\t\n\r":
        return False
    return unicodedata.category(character) in ("Cc", "Cs") or character in "\ufffe\uffff"


def as_settings(values: object, where: str) -> Mapping[str, Any]:
    """Return what is set, by name."""
    if not hasattr(values, "items"):
        raise ModelError(
            f"{where}: values are set by name, {{'cooling time': 5}}; {shown(values)} has no names"
        )
    return dict(values.items())


def as_list(values: object, where: str, what: str, most: int = MOST_VALUES) -> list[Any]:
    """Return what is listed, or say that it is no list, or one without end."""
    if isinstance(values, (str, bytes)) or not isinstance(values, Iterable) or _no_axis(values):
        raise ModelError(f"{where}: {what}; {shown(values)} is no list")
    found = list(islice(values, most + 1))
    if len(found) > most:
        raise ModelError(f"{where}: more than {most:,} of them are more than a model can hold")
    return found


def as_text(value: float | str, where: str) -> str:
    """Return an equation as text; a number is one as well."""
    if isinstance(value, str):
        return value
    return plain_number(as_number(value, where))


def as_mode(mode: str, where: str) -> str:
    """Return the mode of a lookup."""
    if str(mode) not in MODES:
        raise ModelError(
            f"{where}: there is no mode '{brief(mode)}'"
            + (did_you_mean(mode, MODES) or "; choose " + " or ".join(f"'{m}'" for m in MODES))
        )
    return mode


def as_dimension(
    name: str, elements: int | Iterable[str], maps: Mapping[str, Iterable[str | Iterable[str]]]
) -> Dimension:
    """Return a dimension; it has a name and at least one element, each of them once."""
    name = as_name(name, "dimension")
    where = f"dimension '{brief(name)}'"
    if "[" in name:
        raise ModelError(f"{where}: a dimension ranges over nothing; its name has no brackets")
    said = tuple(_elements(elements, where))
    keys = [key(element) for element in said]
    if not said or not all(keys):
        raise ModelError(
            f"{where} needs {'a name for each element' if said else 'at least 1 element'}"
        )
    counted = Counter(keys)
    if twice := next((e for e in said if counted[key(e)] > 1), None):
        raise ModelError(f"{where}: the element '{brief(twice)}' is there twice")
    if not isinstance(maps, Mapping):
        raise ModelError(
            f"{where}: maps= names another dimension and its elements, "
            f"{{'Region': ['North', 'South']}}; {shown(maps)} does not"
        )
    given = as_settings(maps, f"{where}, maps=")
    return Dimension(label(name), said, {key(k): _mapped(v, where, said) for k, v in given.items()})


def _elements(elements: object, where: str) -> Iterator[str]:
    """Yield the names of the elements of a dimension, said or counted."""
    if isinstance(elements, Integral):
        count = int(elements)
        if count > MOST_VALUES:
            raise ModelError(
                f"{where}: more than {MOST_VALUES:,} elements are more than a model can hold"
            )
        yield from map(str, range(1, count + 1))
        return
    if isinstance(elements, str):
        raise ModelError(f"{where}: its elements are a list of names: ['{brief(elements)}', …]")
    for element in as_list(elements, where, "its elements are a list of names"):
        name = label(as_words(str(element), where, "an element"))
        if {*"[],!*"} & {*name}:
            raise ModelError(
                f"{where}: the element '{brief(name)}' has a sign in its name that means something "
                "in subscripts"
            )
        yield name


def _mapped(
    elements: Iterable[str | Iterable[str]], where: str, said: tuple[str, ...]
) -> tuple[tuple[str, ...], ...]:
    """Return, for each element, those of another dimension that it stands for."""
    what = "its maps= name an element for each of its own"
    found = tuple(
        (e,) if isinstance(e, str) else tuple(map(str, as_list(e, where, what)))
        for e in as_list(elements, where, what)
    )
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
    """Say whether something is one value and no list, whose order tells the elements."""
    unordered = isinstance(values, (str, bytes, Set))
    return unordered or not hasattr(values, "__len__") or _no_axis(values)


def _no_axis(values: object) -> bool:
    """Say whether something is one of NumPy's own numbers, which look like lists."""
    return getattr(values, "ndim", 1) == 0


def _by_element(
    values: Any, sides: list[tuple[str, ...]], where: str, chosen: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield the elements and the value of each place in lists or mappings within one another."""
    if len(chosen) == len(sides):
        yield chosen, values
        return
    side = sides[len(chosen)]
    listed = [*values.values()] if isinstance(values, Mapping) else values
    count = 1 if _is_single(listed) else len(listed)
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
    ends = as_list(between, where, "between= takes two numbers, (low, high)")
    if len(ends) != 2:
        raise ModelError(f"{where}: between= takes two numbers, (low, high)")
    low, high = (as_number(end, where) for end in ends)
    if not low < high:
        raise ModelError(f"{where}: between=({number(low)}, {number(high)}) must rise; low first")
    return low, high


def as_points(points: Iterable[tuple[float, float]], where: str) -> tuple[tuple[float, float], ...]:
    """Return the points of a lookup, by rising x."""
    what = "its points are a list of (x, y)"
    both = [as_list(point, where, what) for point in as_list(points, where, what)]
    if wrong := [point for point in both if len(point) != 2]:
        raise ModelError(f"{where}: {what}; {shown(tuple(wrong[0]))} has {len(wrong[0])} numbers")
    pairs = tuple((as_number(x, where), as_number(y, where)) for x, y in both)
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


# A run of a small model then takes some minutes.
MOST_STEPS = 100_000_000


def as_clock(name: str, start: float, stop: float, dt: float, saveper: float | None) -> Clock:
    """Return the clock of a model: it runs forward, in whole steps."""
    where = f"model '{brief(name)}'"
    start, stop, dt = (as_number(value, where) for value in (start, stop, dt))
    if not stop > start:
        raise ModelError(f"{where}: stop={number(stop)} must come after start={number(start)}")
    if not 0 < dt <= stop - start:
        raise ModelError(
            f"{where}: dt={number(dt)} must be above 0 and no longer than the run, "
            f"{number(stop - start)}"
        )
    if (stop - start) / dt > MOST_STEPS:
        raise ModelError(
            f"{where}: from {number(start)} to {number(stop)} there are more than {MOST_STEPS:,} "
            f"steps of dt={number(dt)}; make dt longer, or the time units"
        )
    if start + dt == start or stop - dt == stop:
        raise ModelError(
            f"{where}: beside a time of {number(max(abs(start), abs(stop)))}, a step of "
            f"dt={number(dt)} makes no difference to a computer; begin nearer to 0"
        )
    saveper = None if saveper is None else as_number(saveper, where)
    every = 1 if saveper is None else round(saveper / dt)
    if every >= 1 and fitting(saveper, dt) != saveper:
        raise ModelError(
            f"{where}: saveper={number(saveper or 0)} is no whole number of steps of "
            f"dt={number(dt)}"
        )
    if every < 1:
        raise ModelError(f"{where}: saveper={number(saveper or 0)} is shorter than dt={number(dt)}")
    return Clock(start, stop, dt, every)
