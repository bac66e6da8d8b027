"""Courses: a constant that follows points over time, such as emissions year by year.

A model whose constant follows a course holds an auxiliary in its place, computed by a lookup of
the time, ``course of emissions(time)``. So it runs in every engine, and a file has it as what
other programs know: a graphical function of time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count, pairwise
from typing import TYPE_CHECKING, Any

from cstools.equations.printing import plain_number, to_text
from cstools.equations.tree import Apply, Name
from cstools.errors import ModelError, brief, shown, unknown_name
from cstools.names import key, split_subscripts
from cstools.stock_flow.checked import as_list, as_number
from cstools.stock_flow.parts import AnyPart, Auxiliary, Constant, Lookup, Stock

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow

Points = tuple[tuple[float, float], ...]
_EXAMPLE = "[(2025, 40), (2050, 20)]"


@dataclass(frozen=True)
class Course:
    """A variable that follows points over time.

    Attributes
    ----------
    name : str
        Of the variable, as the model spells it.
    table : str
        Key of the lookup that holds the points.
    points : tuple of (time, value)
        By rising time; level before the first and after the last.
    mode : str
        ``"step"`` where each value holds until the next; ``"interpolate"``: straight lines.
    """

    name: str
    table: str
    points: Points
    mode: str

    def laid_over(self, drawn: Points) -> Points:
        """Return the points with others in the place of all from the first of these on."""
        return (*(p for p in self.points if drawn and p[0] < drawn[0][0]), *drawn) or self.points

    def as_page(self) -> dict[str, Any]:
        """Return it as a page wants it, to run the model with other points."""
        points = [[time, value] for time, value in self.points]
        return {"key": self.name, "table": self.table, "mode": self.mode, "points": points}


def courses(model: StockFlow) -> list[Course]:
    """Return the variables of a model that follow a course, also those of a file."""
    found = ((part, followed(part, model.parts)) for part in model.parts.values())
    return [Course(p.name, at.key, at.points, at.mode) for p, at in found if at is not None]


def followed(part: AnyPart, parts: Mapping[str, AnyPart]) -> Lookup | None:
    """Return the lookup of the time that a part is, and nothing else; or nothing."""
    tree = part.tree if isinstance(part, Auxiliary) else None
    if not isinstance(tree, Apply) or tree.arguments != (Name("time"),):
        return None
    table = parts.get(tree.function)
    return table if isinstance(table, Lookup) else None


def with_course(model: StockFlow, name: str, points: Any, steps: bool | None) -> StockFlow:
    """Return a copy in which a constant follows a course; see ``StockFlow.with_course``."""
    found = [p for p in model.parts.values() if key(str(name)) in (p.key, key(p.base))]
    if not found:
        raise unknown_name(str(name), model.names, f"model '{brief(model.name)}'")
    for part in found:
        _check_kind(part, model.parts)
    old = followed(found[0], model.parts)
    checked = as_course(points, found[0].where)
    table = old.name if old else _free_name(found, name, model.parts)
    mode = old.mode if old and steps is None else "step" if steps else "interpolate"
    call = Apply(key(table), (Name("time"),))
    # Without units of its own, as a file then has it inside the variable, where programs draw it.
    lookup = old or Lookup(table, line=found[0].line)
    lookup = replace(lookup, points=checked, mode=mode)
    text = to_text(call, {key(table): table})
    put = [Auxiliary(p.name, p.units, p.doc, p.line, text, call) for p in found]
    return model.with_parts([*put, lookup])


def as_course(points: Any, where: str) -> Points:
    """Return the points of a course, by rising time; those of a sketch, as they are drawn."""
    what = f"a course is a list of points (time, value), such as {_EXAMPLE}"
    both = [as_list(p, where, what) for p in as_list(_points_of(points), where, what)]
    if not both:
        raise ModelError(f"{where}: a course needs at least one point (time, value): {_EXAMPLE}")
    if wrong := [point for point in both if len(point) != 2]:
        raise ModelError(f"{where}: {what}; {shown(tuple(wrong[0]))} has {len(wrong[0])} numbers")
    pairs = tuple((as_number(time, where), as_number(value, where)) for time, value in both)
    for (before, _), (after, _) in pairwise(pairs):
        if after <= before:
            raise ModelError(
                f"{where}: the times of a course rise from point to point, and "
                f"{plain_number(after)} comes after {plain_number(before)}; put its points in "
                "order, each time once"
            )
    # A lookup has two points at least; beyond the first, it is level anyway.
    return pairs if len(pairs) > 1 else (*pairs, (pairs[0][0] + 1, pairs[0][1]))


def laid(model: StockFlow, values: Any) -> tuple[StockFlow, Any]:
    """Return a model that follows the courses among the values of a run, and the other values."""
    if not hasattr(values, "items"):
        return model, values
    following = {key(course.name) for course in courses(model)}
    given = {n: v for n, v in values.items() if is_course(v) or key(str(n)) in following}
    for name, value in given.items():
        points = value if is_course(value) else [(model.start, value)]  # one number: level
        model = with_course(model, name, points, None)
    return model, {name: value for name, value in values.items() if name not in given}


def is_course(value: Any) -> bool:
    """Say whether something is points over time, and no single number."""
    points = _points_of(value)
    listed = isinstance(points, Sequence) and not isinstance(points, str) and len(points) > 0
    return hasattr(value, "points") or (listed and isinstance(points[0], (list, tuple)))


def _points_of(points: Any) -> Any:
    return getattr(points, "points", points)


def _check_kind(part: AnyPart, parts: Mapping[str, AnyPart]) -> None:
    if isinstance(part, Constant) or followed(part, parts) is not None:
        return
    why = "changes through its flows" if isinstance(part, Stock) else "is computed by an equation"
    if isinstance(part, Lookup):
        why = "is a relation"
    raise ModelError(
        f"{part.where} {why}; only a constant can follow a course. Give the equation a constant, "
        "and let that follow it"
    )


def _free_name(found: Sequence[AnyPart], name: str, parts: Mapping[str, AnyPart]) -> str:
    first = found[0]
    whole = first.name if first.key == key(name) else first.base
    base, subscripts = split_subscripts(whole)
    wanted = " ".join(["course of", base, *subscripts])
    numbered = (f"{wanted} {place}" for place in count(2))
    return next(tried for tried in chain([wanted], numbered) if key(tried) not in parts)
