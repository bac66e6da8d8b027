"""Each equation of a Vensim file becomes a part, or a few: by what stands on its right side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from cstools.equations.tree import Apply, Name, Number, Tree
from cstools.errors import FileError
from cstools.names import key
from cstools.stock_flow.quiet_pysd import abstract_expressions as pysd_tree
from cstools.stock_flow.vensim import data, grammar
from cstools.stock_flow.vensim.draft import Draft, Drafts
from cstools.stock_flow.vensim.expressions import TOO_DEEP, Expressions, points
from cstools.stock_flow.vensim.ranges import Ranges
from cstools.stock_flow.vensim.tables import Tables
from cstools.stock_flow.vensim.text import Said, Section


class Pieces:
    """The parts of a model as they are read, and what their equations may name.

    Attributes
    ----------
    variables : frozenset of str
        Keys of the file's variables.
    macros : mapping
        Key → the macro.
    """

    def __init__(self, main: Section, macros: tuple[Section, ...], path: Path) -> None:
        self.said = {said.key: said for said in main.said}
        self.variables = frozenset(self.said)
        self.macros = {key(macro.name): macro for macro in macros}
        self.folder, self.tables = path.parent, Tables(path)
        self.ranges = Ranges(main.ranges, path.parent)
        self.drafts = Drafts(self.variables)
        self.active: tuple[str, ...] = ()
        self.places: dict[str, Draft] = {}
        self._structures: dict[Said, Any] = {}

    @contextmanager
    def inside(self, macro: str) -> Iterator[None]:
        """Remember the macros that are being written out, so that none calls itself for ever."""
        before, self.active = self.active, (*self.active, macro)
        try:
            yield
        finally:
            self.active = before

    def add(
        self, said: Said, part: Draft | None = None, names: Mapping[str, Tree] | None = None
    ) -> None:
        """Add what one equation says.

        ``part`` and ``names`` are those of a macro's call; see :func:`.macros.inlined`.
        """
        part = part or Draft("auxiliary", said.name, self._subscripts(said))
        part.units, part.doc, part.between = said.units, said.doc, said.between
        if not said.text:
            self._from_table(part, said)
            return
        try:
            self._add(said, part, Expressions(part, self, names))
        except RecursionError:
            raise FileError(f"'{part.name}': {TOO_DEEP}") from None

    def _add(self, said: Said, part: Draft, reader: Expressions) -> None:
        ast = self.structure(said, part.name)
        if isinstance(ast, pysd_tree.LookupsStructure):
            self.drafts.add(replace(part, kind="lookup", points=points(ast)))
        elif isinstance(ast, np.ndarray):
            self._constants(part, ast)
        elif isinstance(ast, pysd_tree.CallStructure):
            _CALLS.get(key(ast.function.reference), Pieces._equation)(self, part, ast, reader, said)
        else:
            self._equation(part, ast, reader, said)

    def structure(self, said: Said, name: str) -> Any:
        """Return the right side of an equation as a structure of PySD's."""
        read = grammar.lookup if said.kind == "Lookup" else grammar.equation
        try:
            if said not in self._structures:  # a macro's equations are read at every call
                self._structures[said] = read(said.text)
            return self._structures[said]
        except grammar.UnreadableError as error:
            told = f"its equation cannot be read from '{error}' on"
            raise FileError(f"'{name}': {told if str(error) else TOO_DEEP}") from None

    def points_of(self, name: str) -> list[tuple[float, float]]:
        """Return the points of a lookup that the file says; of anything else, none."""
        said = self.said.get(name)
        ast = self.structure(said, said.name) if said and said.kind == "Lookup" else None
        return points(ast) if isinstance(ast, pysd_tree.LookupsStructure) else []

    def place_table(self, word: str, places: list[int]) -> Draft:
        """Return the array of the places of a range's elements, made when it is first needed."""
        if key(word) not in self.places:
            table = Draft("constant", self.drafts.free_name(f"{word} place"), (word,))
            table.values = [float(place) for place in places]
            self.places[key(word)] = self.drafts.add(table)
        return self.places[key(word)]

    def sides(self, part: Draft) -> list[tuple[str, ...]]:
        """Return the elements of each of a part's subscripts; an element is its own only one."""
        return [self.ranges.elements(word) for word in part.subscripts]

    def _subscripts(self, said: Said) -> tuple[str, ...]:
        return tuple(self.ranges.known(word, said.name) for word in said.subscripts)

    def _elements(self, part: Draft) -> Iterator[tuple[tuple[int, ...], Draft]]:
        """Yield a part's places and elements, each element as a part of its own."""
        sides = self.sides(part)
        for place in product(*(range(len(side)) for side in sides)):
            chosen = tuple(side[at] for side, at in zip(sides, place, strict=True))
            yield place, replace(part, subscripts=chosen)

    def _equation(self, part: Draft, ast: Any, reader: Expressions, said: Said) -> None:
        tree = reader.whole(ast)
        value = _number(tree)
        if value is None:
            part.tree = tree
            self.drafts.add(part)
        else:
            self.drafts.add(replace(part, kind="constant", values=value))

    def _constants(self, part: Draft, table: np.ndarray) -> None:
        """Add numbers that are said one after the other: the last dimension runs fastest."""
        shape = [len(self.ranges.elements(w)) for w in part.subscripts if self.ranges.is_range(w)]
        if table.size != int(np.prod(shape)) or not shape:
            raise FileError(
                f"'{part.name}' has {table.size} numbers on its right side, and room for "
                f"{int(np.prod(shape))}"
            )
        self.drafts.add(replace(part, kind="constant", values=table.reshape(shape).tolist()))

    def _stock(self, part: Draft, ast: Any, reader: Expressions, said: Said) -> None:
        if len(ast.arguments) != 2:
            raise reader.error("INTEG takes what flows, and the first value: INTEG(flow, first)")
        rate, first = (reader.whole(argument) for argument in ast.arguments)
        part.kind, part.tree, part.first = "stock", rate, first
        self.drafts.add(part)

    def _external_constants(self, part: Draft, ast: Any, reader: Expressions, said: Said) -> None:
        values = data.constants(ast.arguments, self.sides(part), self.folder, part.name)
        ranged = [self.ranges.is_range(word) for word in part.subscripts]
        values = values[tuple(slice(None) if is_range else 0 for is_range in ranged)]
        self.drafts.add(replace(part, kind="constant", values=values.tolist()))

    def _external_lookup(self, part: Draft, ast: Any, reader: Expressions, said: Said) -> None:
        found = data.series(ast.arguments, self.sides(part), self.folder, part.name)
        for place, element in self._elements(part):
            self._lookup(element, found.points(place), "")

    def _external_data(self, part: Draft, ast: Any, reader: Expressions, said: Said) -> None:
        found = data.series(ast.arguments, self.sides(part), self.folder, part.name, said.keyword)
        self._over_time(part, said, [(e, found.points(at)) for at, e in self._elements(part)])

    def _from_table(self, part: Draft, said: Said) -> None:
        """Add data that the model only names."""
        cells = (element for _, element in self._elements(part))
        self._over_time(part, said, [(e, self.tables.points(e.name)) for e in cells])

    def _over_time(
        self, part: Draft, said: Said, known: list[tuple[Draft, list[tuple[float, float]]]]
    ) -> None:
        """Add data over time: a lookup of its points, and a variable that follows it."""
        if said.keyword not in data.MODES:
            word = said.keyword.upper().replace("_", " ")
            raise FileError(f"'{part.name}': there is no way to read data called :{word}:")
        table = replace(part, base=self.drafts.free_name(f"{part.base} data"), between=None)
        for element, series in known:
            self._lookup(replace(element, base=table.base), series, said.keyword, over_time=True)
        now = (Name("time"),)
        part.tree = (
            Apply("lookup", (table.reference(), *now)) if part.subscripts else Apply(table.key, now)
        )
        self.drafts.add(part)

    def _lookup(
        self, part: Draft, known: list[tuple[float, float]], keyword: str, over_time: bool = False
    ) -> None:
        if not known:
            raise FileError(f"'{part.name}' has no numbers where the file says that they are")
        if keyword == "raw":
            known = data.at_their_own_times(known)
        elif len(known) == 1:  # one value, for all times
            known = [known[0], (known[0][0] + 1.0, known[0][1])]
        mode = data.MODES[keyword]
        made = replace(part, kind="lookup", points=known, mode=mode, between=None)
        self.drafts.add(replace(made, over_time=over_time))


def _number(tree: Tree) -> float | None:
    """Return the number that an equation is, if it is one."""
    match tree:
        case Number(value):
            return value
        case Apply("neg", (Number(value),)):
            return -value
    return None


_CALLS = {
    "integ": Pieces._stock,
    **{f"get_{word}_constants": Pieces._external_constants for word in ("xls", "direct")},
    **{f"get_{word}_lookups": Pieces._external_lookup for word in ("xls", "direct")},
    **{f"get_{word}_data": Pieces._external_data for word in ("xls", "direct")},
}
