"""A map written as a Vensim file: every variable a function of its causes, and the sketch."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cstools.causal_loops.formats.placing import all_places, loops_of, middle, turns_clockwise
from cstools.causal_loops.formats.said import MapSaid, Place
from cstools.causal_loops.formats.vensim_marks import CLOCKWISE, COUNTER

_PLAIN_NAME = re.compile(r"[^\W\d]\w*(?: \w+)*")
_CODES = {"+": 43, "-": 45, "?": 63}


def write(said: MapSaid) -> str:
    """Return a Vensim file: each variable a function of its causes, and the sketch.

    Places are rounded to whole numbers; a variable without one gets that of the picture.
    """
    places = all_places(said)
    number = {variable.name: i for i, variable in enumerate(said.variables, start=1)}
    records = [_variable(number[name], name, places[name]) for name in number]
    for i, link in enumerate(said.links, start=len(number) + 1):
        ends = [places[name] for name in (link.cause, link.effect)]
        x, y = (round(sum(c) / 2) for c in zip(*ends, strict=True))
        records.append(
            f"1,{i},{number[link.cause]},{number[link.effect]},1,0,{_CODES[link.polarity]},0,2,"
            f"{64 + link.delayed},0,-1--1--1,|12||0-0-0,1|({x},{y})|"
        )
    first = len(number) + len(said.links) + 1
    records += _marks(said, places, first)
    return "\n".join(["{UTF-8}", *_equations(said), *_HEAD, *records, "///---\\\\\\", ""])


def _variable(number: int, name: str, place: Place) -> str:
    x, y = map(round, place)
    return f"10,{number},{_quoted(name)},{x},{y},{4 * len(name) + 6},11,8,3,0,0,0,0,0,0"


def _marks(said: MapSaid, places: dict[str, Place], first: int) -> Iterator[str]:
    loops = {loop.variables: loop for loop in loops_of(said)} if said.titles else {}
    for title in said.titles:
        loop = next((loops[turn] for turn in _turns(title.variables) if turn in loops), None)
        if loop is None:
            continue
        x, y = map(round, middle(loop, places))
        shape = COUNTER if turns_clockwise(loop, places) is False else CLOCKWISE
        yield f"12,{first},0,{x},{y},20,20,{shape},4,0,0,-1,0,0,0\n{loop.polarity}: {title.title}"
        first += 1


def _turns(variables: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield a loop's variables from wherever it may begin."""
    yield from (variables[i:] + variables[:i] for i in range(len(variables)))


def _equations(said: MapSaid) -> Iterator[str]:
    causes: dict[str, dict[str, None]] = {variable.name: {} for variable in said.variables}
    for link in said.links:
        mark = "-" if link.polarity == "-" else ""
        causes[link.effect][mark + _quoted(link.cause)] = None
    for name, those in causes.items():
        yield f"{_quoted(name)} = A FUNCTION OF({','.join(those)})\n\t~\t\n\t~\t\t|\n"


def _quoted(name: str) -> str:
    plain = _PLAIN_NAME.fullmatch(name)
    return name if plain else '"' + name.replace("\\", "\\\\") + '"'


_HEAD = (
    "\\\\\\---/// Sketch information - do not modify anything except names",
    "V300  Do not put anything below this section - it will be ignored",
    "*View 1",
    "$192-192-192,0,Times New Roman|12||0-0-0|0-0-0|0-0-255|-1--1--1|-1--1--1|96,96,100,0",
)
