"""Which stocks the flows of a file join, and in which order they are served."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cstools.errors import FileError
from cstools.names import key, label
from cstools.stock_flow.xmile.elements import child, children, text_of
from cstools.stock_flow.xmile.variables import Variable


@dataclass(frozen=True)
class Ends:
    """The stocks that count a flow among their inflows and outflows, by name."""

    into: tuple[str, ...] = ()
    out_of: tuple[str, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether it leaves one stock at most and enters one at most."""
        return len(self.into) <= 1 and len(self.out_of) <= 1

    def __bool__(self) -> bool:
        return bool(self.into or self.out_of)


def ends(variables: Iterable[Variable], known: Mapping[str, Variable]) -> dict[str, Ends]:
    """Return the ends of every flow, by key.

    Raises
    ------
    FileError
        When a stock names a flow that no variable describes.
    """
    into: dict[str, list[str]] = {}
    out_of: dict[str, list[str]] = {}
    for stock in (v for v in variables if v.kind == "stock"):
        for tag, side in (("inflow", into), ("outflow", out_of)):
            for name in _flows(stock, tag):
                if name not in known:
                    said = label(name.removeprefix(f"{key(stock.scope.path)}."))
                    raise FileError(
                        f"stock '{stock.name}' has the {tag} '{said}', and no variable is called so"
                    )
                side.setdefault(name, []).append(stock.name)
    return {k: Ends(tuple(into.get(k, ())), tuple(out_of.get(k, ()))) for k in {**into, **out_of}}


def served_in_order(variables: list[Variable]) -> list[Variable]:
    """Return the variables with the outflows of each stock in the order of its tags.

    Where a stock cannot give all that its outflows ask for, the first is served first.
    """
    result = list(variables)
    place_of = {variable.key: place for place, variable in enumerate(variables)}
    for stock in (v for v in variables if v.kind == "stock"):
        order = [name for name in _flows(stock, "outflow") if name in place_of]
        places = sorted(place_of[name] for name in order)
        found = [result[place_of[name]] for name in order]
        for place, variable in zip(places, found, strict=True):
            result[place], place_of[variable.key] = variable, place
    return result


def factor(variable: Variable) -> str:
    """Return what a flow is multiplied by where it arrives, in other units; empty for nothing."""
    return text_of(child(variable.element, "multiplier"))


def _flows(stock: Variable, tag: str) -> list[str]:
    names = [key(text_of(flow)) for flow in children(stock.element, tag)]
    return [stock.scope.names.get(name, key(stock.scope.full(name))) for name in names]
