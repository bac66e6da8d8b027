"""A model written as lines, for exercises: in a source, in a form, and as an answer.

::

    stock water = 100 [litres]
    flow filling into water = 75 [litres/minute]
    flow draining out of water = water / time to drain [litres/minute]
    constant time to drain = 8 [minute]
    auxiliary half = water / 2 [litres]
    lookup effect = (0, 1) (50, 0.4) (100, 0)

One part a line: what it is, its name, ``=``, its equation, and its units in square brackets. A
flow says ``into``, ``out of`` or both (``flow moving out of a into b = 3``); ``stock fish, never
negative = 500`` holds its outflows back. Where a model is there already, ``time to drain = 4``
changes one part and leaves the rest. What follows ``#`` is a remark. Arrays are not written so.

A number may have its unit behind it in words (``= 4 minutes``), and a comma for a point (``0,5``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cstools.errors import CstoolsError, ModelError, brief, did_you_mean
from cstools.learning.kinds.number import read_number
from cstools.names import key, label

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow
    from cstools.stock_flow.parts import AnyPart

KINDS = ("stock", "flow", "auxiliary", "constant", "lookup")
_LINE = re.compile(r"(?P<left>[^=]*?)\s*(?<![<>=!:])[:]?=(?!=)\s*(?P<right>.*)")
_UNITS = re.compile(r"\s+\[(?P<units>[^\[\]]*)\]\s*\Z")
_ENDS = re.compile(r"\s+(into|out of)\s+", re.IGNORECASE)
_NEVER = re.compile(r",?\s+never (?:negative|below (?:0|zero))\s*\Z", re.IGNORECASE)
_PAIR = re.compile(r"\(\s*([^(),]+?)\s*,\s*([^(),]+?)\s*\)")
_CALL = re.compile(r"\.(?:stock|flow|auxiliary|constant|lookup)\s*\(")
_UNIT_WORDS = re.compile(r"(?:[^\W\d_]+(?: ?[ /°²³·] ?[^\W\d_]+)*|[%°])?")
#: Words before a name that do not make it another name.
_ARTICLES = frozenset("the my our your a an der die das mein meine unser unsere".split())
_MOST_LINES, _LONGEST_LINE = 300, 2000


@dataclass(frozen=True)
class Said:
    """One line, taken apart; ``kind`` is empty where a part that is there is changed."""

    kind: str
    name: str
    equation: str
    units: str
    out_of: str | None = None
    into: str | None = None
    never_negative: bool = False


def read_model_text(text: str, start_from: StockFlow) -> StockFlow:
    """Return a model with the parts of ``start_from`` and what the lines of a text say over them.

    The clock, the method and the units of time are those of ``start_from``, which stays as it is.

    Raises
    ------
    ModelError
        When a line cannot be read; the line is shown with its number and what to do.
    """
    lines = _lines(text, start_from)
    known = frozenset({*(one.name for _, one in lines.values()), *start_from.names})
    model = _empty_like(start_from)
    for part in start_from.parts.values():
        there, said = lines.get(part.key, ("", None))
        if said is None:
            repeat(model, part)
        elif not said.kind:
            with _named(there):
                _change(model, part, _plain(said, known))
            del lines[part.key]
    for there, said in lines.values():
        with _named(there):
            _say(model, _plain(said, known), start_from.names)
    return model


def _lines(text: str, start_from: StockFlow) -> dict[str, tuple[str, Said]]:
    """Return each line by the key of what it says, the last where two say the same.

    A line that changes a part may call it with or without ``the``, ``my``, ``a``.
    """
    lines = text.splitlines()
    if len(lines) > _MOST_LINES:
        raise ModelError(f"this has {len(lines):,} lines; a model for an exercise has a few dozen")
    said = {}
    for number, raw in enumerate(lines, start=1):
        if line := raw.partition("#")[0].strip()[:_LONGEST_LINE]:
            there = f"{number}: {line}"
            with _named(there):
                one = _read(line, start_from)
            if not one.kind and key(one.name) not in start_from.parts:
                one = replace(one, name=named_alike(one.name, start_from.names) or one.name)
            said[key(one.name)] = (there, one)
    return said


def named_alike(name: str, names: Iterable[str]) -> str:
    """Return the one name that is this but for ``the``, ``my``, ``a``; empty for none or more."""
    bare = _bare(name)
    alike = [one for one in names if _bare(one) == bare]
    return alike[0] if len(alike) == 1 else ""


def _bare(name: str) -> str:
    words = key(name).split("_")
    return "_".join(word for word in words if word not in _ARTICLES) or key(name)


@contextmanager
def _named(there: str) -> Iterator[None]:
    """Name the line in which something goes wrong."""
    number, _, line = there.partition(": ")
    try:
        yield
    except CstoolsError as error:
        shown = "" if "\n" in str(error) else f"\n    {brief(line, 80)}"
        raise ModelError(f"line {number}: {error}{shown}") from None


def write_model_text(model: StockFlow) -> str:
    """Return a model without arrays as lines that read as the same model."""
    return "\n".join(_written(part) for part in model.parts.values())


def repeat(model: StockFlow, part: AnyPart) -> None:
    """Say a part of another model again in this one."""
    from cstools.stock_flow.parts import Auxiliary, Constant, Flow, Lookup, Stock

    if isinstance(part, Stock):
        words = (part.initial, part.units, part.doc, part.non_negative, part.between)
        model.stock(part.name, *words)
    elif isinstance(part, Flow):
        ends = (part.out_of, part.into)
        model.flow(part.name, part.equation, *ends, part.units, part.doc, part.non_negative)
    elif isinstance(part, Auxiliary):
        model.auxiliary(part.name, part.equation, part.units, part.doc)
    elif isinstance(part, Constant):
        model.constant(part.name, part.value, part.units, part.doc, part.between)
    elif isinstance(part, Lookup):
        model.lookup(part.name, part.points, part.units, part.doc, part.mode)


def _read(line: str, start_from: StockFlow) -> Said:
    if _CALL.search(line):
        raise ModelError("this is Python; run it in a cell, and hand over the model")
    found = _LINE.fullmatch(line)
    if not found:
        raise ModelError(f"there is no '='; write '{_example(line, start_from)}'")
    left, right = found["left"].strip(), found["right"].strip()
    units = _UNITS.search(f" {right}")
    equation = right[: units.start() - 1].strip() if units and units.start() else right
    first, _, rest = left.partition(" ")
    kind = first.casefold() if first.casefold() in KINDS and rest.strip() else ""
    never = bool(_NEVER.search(rest)) and kind in ("stock", "flow")
    left = (_NEVER.sub("", rest) if never else rest).strip() if kind else left
    name, out_of, into = _ends(left) if kind == "flow" else (left, None, None)
    if not key(name):
        raise ModelError("there is no name before the '='")
    if kind == "flow" and not (out_of or into):
        raise ModelError(f"where does it flow? write 'flow {brief(name, 40)} into …' or 'out of …'")
    if not equation:
        raise ModelError("there is nothing after the '='")
    unit = units["units"].strip() if units else ""
    return Said(kind, label(name), equation, unit, out_of, into, never)


def _example(line: str, start_from: StockFlow) -> str:
    """Return how a line without ``=`` may be meant, where it names a part that is there."""
    name, _, value = line.partition(":")
    own = named_alike(name, start_from.names)
    if own and _is_number(value.strip().replace(",", ".")):
        return f"{own} = {value.strip()}"
    return "the name of a constant = 5" if start_from.parts else "stock water = 100 [litres]"


def _ends(text: str) -> tuple[str, str | None, str | None]:
    name, *rest = _ENDS.split(text)
    pairs = zip(rest[::2], rest[1::2], strict=True)
    ends = {word.casefold(): label(stock) for word, stock in pairs}
    return name, ends.get("out of"), ends.get("into")


def _plain(said: Said, known: frozenset[str]) -> Said:
    """Read ``4 minutes`` as 4, in minutes, and ``0,5`` as a half; the rest stays an equation."""
    numbers, words = read_number(said.equation)
    units = words.strip()
    named = {key(word) for word in (units, *units.split("/"))} & {*map(key, known)}
    if not numbers or named or not _UNIT_WORDS.fullmatch(units):
        return said
    if len(numbers) > 1:
        given = brief(said.equation, 20)
        raise ModelError(f"'{given}' reads in two ways; write a thousand as 1000")
    return replace(said, equation=_number(numbers[0]), units=said.units or units)


def _number(value: float) -> str:
    return repr(value).removesuffix(".0")


def _change(model: StockFlow, part: AnyPart, said: Said) -> None:
    """Say a part again with another equation; a constant that gets one becomes an auxiliary."""
    units = said.units or part.units
    if part.kind == "stock":
        model.stock(part.name, said.equation, units, part.doc, getattr(part, "non_negative", False))
    elif part.kind == "flow":
        out_of, into = getattr(part, "out_of", None), getattr(part, "into", None)
        model.flow(part.name, said.equation, out_of, into, units, part.doc)
    elif part.kind == "lookup":
        model.lookup(part.name, _points(said.equation), units, part.doc)
    else:
        kind = "constant" if _is_number(said.equation) else "auxiliary"
        _say(model, Said(kind, part.name, said.equation, units), ())


def _say(model: StockFlow, said: Said, known: Iterable[str]) -> None:
    if said.kind == "stock":
        model.stock(said.name, said.equation, said.units, non_negative=said.never_negative)
    elif said.kind == "flow":
        never, ends = said.never_negative, (said.out_of, said.into)
        model.flow(said.name, said.equation, *ends, units=said.units, non_negative=never)
    elif said.kind == "auxiliary":
        model.auxiliary(said.name, said.equation, said.units)
    elif said.kind == "constant":
        if not _is_number(said.equation):
            raise ModelError("a constant is one number; call it 'auxiliary' if it is computed")
        model.constant(said.name, float(said.equation), said.units)
    elif said.kind == "lookup":
        model.lookup(said.name, _points(said.equation), said.units)
    else:
        near = did_you_mean(said.name, known)
        advice = near or f"; say what it is, as in 'constant {brief(said.name, 40)} = …'"
        raise ModelError(f"nothing is called '{brief(said.name, 40)}' yet{advice}")


def _points(text: str) -> list[tuple[float, float]]:
    pairs = _PAIR.findall(text)
    if not pairs:
        raise ModelError("a lookup has points; write '(0, 1) (50, 0.4) (100, 0)'")
    try:
        return [(float(x), float(y)) for x, y in pairs]
    except ValueError:
        raise ModelError("a point is two numbers; write '(0, 1) (50, 0.4)'") from None


def _is_number(equation: str) -> bool:
    try:
        float(equation)
    except ValueError:
        return False
    return True


def _empty_like(model: StockFlow) -> StockFlow:
    from cstools.stock_flow.model import StockFlow

    clock = model.clock
    empty = StockFlow(
        model.name,
        clock.start,
        clock.stop,
        clock.dt,
        model.time_units,
        model.method,
        clock.every * clock.dt,
        model.doc,
        model.evidence,
    )
    empty.same_units = dict(model.same_units)
    return empty


def _written(part: AnyPart) -> str:
    from cstools.stock_flow.parts import Constant, Flow, Lookup, Stock

    ends, equation = "", getattr(part, "equation", "")
    if isinstance(part, Stock):
        ends, equation = ", never negative" * part.non_negative, part.initial
    elif isinstance(part, Flow):
        ends = f" out of {part.out_of}" * bool(part.out_of) + f" into {part.into}" * bool(part.into)
        ends += ", never negative" * part.non_negative
    elif isinstance(part, Constant):
        equation = _number(part.value)
    elif isinstance(part, Lookup):
        equation = " ".join(f"({_number(x)}, {_number(y)})" for x, y in part.points)
    units = f" [{part.units}]" if part.units else ""
    return f"{part.kind} {part.name}{ends} = {equation}{units}"
