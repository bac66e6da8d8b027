"""A part on its way from a Vensim file into a model, while its flows are still being found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cstools.equations.printing import to_text
from cstools.equations.tree import Indexed, Name, Number, Tree
from cstools.errors import FileError
from cstools.names import key, with_subscripts
from cstools.stock_flow.model import StockFlow

Values = float | list[Any]
_MOST = 50_000


@dataclass
class Draft:
    """A part that is not yet said.

    Attributes
    ----------
    kind : str
        ``stock``, ``flow``, ``auxiliary``, ``constant`` or ``lookup``.
    base : str
        Its name without subscripts.
    subscripts : tuple of str
        Dimensions and elements.
    tree : Tree
        Its equation; of a stock, its rate of change.
    first : Tree
        The first value of a stock.
    values : number, or lists of numbers
        Of a constant.
    over_time : bool
        A lookup of data, which the time looks up.
    """

    kind: str
    base: str
    subscripts: tuple[str, ...] = ()
    tree: Tree = field(default_factory=lambda: Number(0.0))
    first: Tree = field(default_factory=lambda: Number(0.0))
    values: Values = 0.0
    points: list[tuple[float, float]] = field(default_factory=list)
    mode: str = "interpolate"
    over_time: bool = False
    units: str = ""
    doc: str = ""
    between: tuple[float, float] | None = None
    out_of: str | None = None
    into: str | None = None

    @property
    def name(self) -> str:
        """Its name as it is said: with its subscripts."""
        return with_subscripts(self.base, self.subscripts) if self.subscripts else self.base

    @property
    def key(self) -> str:
        """Its name without subscripts, in the form in which names are compared."""
        return key(self.base)

    def reference(self) -> Tree:
        """Return its name as it stands in an equation over the same dimensions."""
        if not self.subscripts:
            return Name(self.key)
        return Indexed(self.key, tuple(Name(key(word)) for word in self.subscripts))

    def say(self, model: StockFlow, spelling: Mapping[str, str]) -> None:
        """Add it to a model."""
        about = {"units": self.units, "doc": self.doc}
        match self.kind:
            case "stock":
                first = to_text(self.first, spelling)
                model.stock(self.name, first, self.units, self.doc, between=self._slider())
            case "flow":
                text = to_text(self.tree, spelling)
                model.flow(self.name, text, self.out_of, self.into, self.units, self.doc)
            case "auxiliary":
                model.auxiliary(self.name, to_text(self.tree, spelling), **about)
            case "constant":
                model.constant(self.name, self.values, between=self.between, **about)
            case _:
                model.lookup(self.name, self.points, mode=self.mode, **about)

    def _slider(self) -> tuple[float, float] | None:
        """Return the range of a stock's first value: only a number has a slider."""
        return self.between if isinstance(self.first, Number) else None


class Drafts:
    """The parts of a model in the making, by the order in which they are said."""

    def __init__(self, taken: Iterable[str]) -> None:
        self.all: list[Draft] = []
        self.taken = {key(name) for name in taken}
        self._numbers: dict[str, int] = {}

    def add(self, draft: Draft) -> Draft:
        """Add a part, and keep its name from being given to another."""
        if len(self.all) >= _MOST:
            raise FileError(f"with its macros written out it has more than {_MOST:,} parts")
        self.all.append(draft)
        self.taken.add(draft.key)
        return draft

    def free_name(self, wanted: str) -> str:
        """Return a name for a part that the file does not name, with a number where it is taken."""
        found = wanted
        while key(found) in self.taken:
            self._numbers[key(wanted)] = self._numbers.get(key(wanted), 1) + 1
            found = f"{wanted} {self._numbers[key(wanted)]}"
        self.taken.add(key(found))
        return found

    def of(self, name: str) -> list[Draft]:
        """Return the pieces of a variable."""
        return [draft for draft in self.all if draft.key == name]

    def spelling(self) -> dict[str, str]:
        """Return key → name as the file spells it."""
        return {draft.key: draft.base for draft in self.all}
