"""Equations that are still a question: a part that says ``?``, and how it is filled in.

A part drafted from a map knows what acts on it and not how: its equation is ``?(overtime, rest)``,
or ``?`` where nothing acts on it. A model with such a part does not run.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cstools.equations.text import parse
from cstools.equations.tree import Apply, Name, Tree
from cstools.errors import ModelError, brief
from cstools.names import key, label
from cstools.plotting.tables import listed
from cstools.stock_flow.checked import as_number, as_text
from cstools.stock_flow.parts import AnyPart, Auxiliary, Constant, Flow, Lookup, Stock

_MARK = "?"
_MOST_TOLD = 12


def question(causes: Iterable[str]) -> tuple[str, Tree]:
    """Return an unknown relation with its causes, as text and as a tree."""
    causes = tuple(causes)
    if not causes:
        return _MARK, Name(_MARK)
    text = f"{_MARK}({', '.join(map(label, causes))})"
    return text, Apply(_MARK, tuple(Name(key(cause)) for cause in causes))


def is_unfilled(part: AnyPart) -> bool:
    """Say whether a part's equation is still a question."""
    if isinstance(part, Stock):
        return part.initial.startswith(_MARK)
    return isinstance(part, (Flow, Auxiliary)) and part.equation.startswith(_MARK)


def check_filled(title: str, parts: Iterable[AnyPart]) -> None:
    """Raise a lesson that lists the parts whose equation is still ``?``, if there are any."""
    lacking: dict[tuple[str, str], list[str]] = {}
    for part in filter(is_unfilled, parts):
        lacking.setdefault(_lacks(part), []).append(f"'{brief(part.name)}'")
    if not lacking:
        return
    told = "; ".join(
        f"{words[len(names) > 1]} {listed(_some(names))}" for words, names in lacking.items()
    )
    raise ModelError(
        f"model '{brief(title)}' cannot run yet. Still to be filled in: {told}. Say each of them: "
        '.fill({"name": "equation or number"})'
    )


def _some(names: list[str]) -> list[str]:
    more = len(names) - _MOST_TOLD
    return [*names[:_MOST_TOLD], f"{more} more"] if more > 0 else names


def filled(part: AnyPart, said: float | str) -> AnyPart:
    """Return a part with its equation, or its number, said; kind and ends of a flow stay.

    An auxiliary for which a number is said is a constant. What a map said beside the question is
    left behind with it.
    """
    if is_unfilled(part):
        part = replace(part, doc="")
    if isinstance(part, Lookup):
        raise ModelError(f"{part.where}: a lookup is drawn as points; say it with .lookup(…)")
    if isinstance(part, (Auxiliary, Constant)) and not isinstance(said, str):
        value = as_number(said, part.where)
        between = part.between if isinstance(part, Constant) else None
        return Constant(part.name, part.units, part.doc, part.line, value, between)
    text = as_text(said, part.where)
    tree = parse(text, part.where)
    if isinstance(part, Stock):
        return replace(part, initial=text, tree=tree)
    if isinstance(part, Flow):
        return replace(part, equation=text, tree=tree)
    return Auxiliary(part.name, part.units, part.doc, part.line, text, tree)


def _lacks(part: AnyPart) -> tuple[str, str]:
    """Return what a part lacks, of one part and of several."""
    if isinstance(part, Stock):
        return "the first value of", "the first values of"
    if isinstance(part, Flow):
        return "the flow", "the flows"
    if "(" in getattr(part, "equation", ""):
        return "the equation of", "the equations of"
    return "the number", "the numbers"
