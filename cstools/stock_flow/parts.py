"""The parts of a model as values: what was said, word for word, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cstools.equations.tree import Tree
from cstools.errors import brief
from cstools.names import key, split_subscripts

Range = tuple[float, float]


@dataclass(frozen=True)
class Dimension:
    """What an array ranges over: a name, and its elements in order.

    Attributes
    ----------
    name : str
    elements : tuple of str
        Elements are compared by name: a dimension that shares elements with another is a part of
        it, or overlaps it.
    maps : mapping
        Key of another dimension → for each element here, the elements there that it stands for.
    """

    name: str
    elements: tuple[str, ...]
    maps: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)

    @cached_property
    def key(self) -> str:
        """The name in the form in which names are compared."""
        return key(self.name)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The elements in the form in which names are compared."""
        return tuple(map(key, self.elements))

    @cached_property
    def places(self) -> dict[str, int]:
        """Key of each element → its position, from 0."""
        return {element: place for place, element in enumerate(self.keys)}


@dataclass(frozen=True)
class Part:
    """What every part has.

    Attributes
    ----------
    name : str
        As the author spelled it.
    units, doc : str
        In the author's words; empty when unsaid.
    line : str
        The line that wrote it, ``"line 12"``, or the file it came from.
    """

    name: str
    units: str = ""
    doc: str = ""
    line: str = field(default="", compare=False)

    @cached_property
    def key(self) -> str:
        """The name in the form in which names are compared."""
        return key(self.name)

    @cached_property
    def base(self) -> str:
        """The name without subscripts: ``population[Region]`` → ``population``."""
        return split_subscripts(self.name)[0]

    @cached_property
    def subscripts(self) -> tuple[str, ...]:
        """What it ranges over, or the element it is: ``("Region",)``; empty for a single value."""
        return split_subscripts(self.name)[1]

    @property
    def kind(self) -> str:
        """What the field calls such a part."""
        return type(self).__name__.lower()

    @property
    def where(self) -> str:
        """How an error names the part: ``flow 'cooling'``."""
        return f"{self.kind} '{brief(self.name)}'"


@dataclass(frozen=True)
class Stock(Part):
    """What gathers and drains: it changes only through its flows.

    Attributes
    ----------
    initial : str
        The equation of its first value.
    non_negative : bool
        Outflows are held back so that they never take it below zero.
    between : (low, high) or None
        The range of a slider for its first value.
    """

    initial: str = "0"
    tree: Tree | None = field(default=None, compare=False)
    non_negative: bool = False
    between: Range | None = None


@dataclass(frozen=True)
class Flow(Part):
    """What fills or drains stocks, per unit of time.

    Attributes
    ----------
    out_of, into : str or None
        The stocks at its ends; ``None`` is the world outside the model, drawn as a cloud.
    non_negative : bool
        It never runs backwards.
    """

    equation: str = "0"
    tree: Tree | None = field(default=None, compare=False)
    out_of: str | None = None
    into: str | None = None
    non_negative: bool = False


@dataclass(frozen=True)
class Auxiliary(Part):
    """What is computed anew at every instant from other parts."""

    equation: str = "0"
    tree: Tree | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Constant(Part):
    """A number that stays the same through a run and may differ between runs.

    Attributes
    ----------
    between : (low, high) or None
        The range of its slider.
    """

    value: float = 0.0
    between: Range | None = None


@dataclass(frozen=True)
class Lookup(Part):
    """A relation drawn as points ``(x, y)``.

    Attributes
    ----------
    mode : str
        How it goes between and beyond its points; see :class:`cstools.engine.program.Table`.
    """

    points: tuple[tuple[float, float], ...] = ()
    mode: str = "interpolate"


AnyPart = Stock | Flow | Auxiliary | Constant | Lookup
