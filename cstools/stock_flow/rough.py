"""A first model of a map that runs: every variable from 0 to 100, and 50 is as usual.

The guided way (:mod:`cstools.stock_flow.guided`) leaves every equation to a person. Here each link
gets the plainest one there is, so that somebody who writes no equations can still see what the
arrows of a map may add up to:

1. 50 is as usual. Where everything is as usual, nothing moves.
2. What is no stock lies above or below 50 by what its causes do, each times the strength of its
   arrow; it ends at 0 and at 100.
3. A stock rises or falls by what its causes lie above or below 50, each times its arrow's strength,
   and times a pace of the stock's own. It may leave the range; what it does to others does not.
4. An arrow with a delay passes on what was, smoothed over a time.

Every strength, pace and delay is a slider. Nothing here is measured.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cstools.causal_loops.parts import Link, Loop
from cstools.errors import ModelError, brief
from cstools.names import key, label
from cstools.plotting.tables import listed
from cstools.stock_flow.drafting import Draft
from cstools.stock_flow.guided import guided
from cstools.stock_flow.model import StockFlow
from cstools.stock_flow.parts import Flow, Stock

if TYPE_CHECKING:
    from cstools.causal_loops.diagram import CausalLoopDiagram

USUAL, _RANGE = 50.0, (0.0, 100.0)
_POINTS, _STRONGEST = "points", 2.0


def rough_model(
    diagram: CausalLoopDiagram,
    stocks: Iterable[str],
    begin: Mapping[str, float] | None = None,
    stop: float = 24,
    time_units: str = "month",
) -> StockFlow:
    """Return a first model of a map, with a slider for every arrow, pace, delay and first value.

    Parameters
    ----------
    diagram
        The map; every link has a sign.
    stocks
        What would still be there if time stopped. Every loop holds one.
    begin
        Where stocks begin, and at what level what nothing acts on lies; 50 is as usual. Where
        nothing is said, the first stock begins at 60, so that something moves.
    stop, time_units
        How long, and in what it is counted.

    Raises
    ------
    ModelError
        When no stock is said, a loop holds none, or a link has no sign.

    Notes
    -----
    It misleads where a person would not add: half the helpers with no room at all are of no use,
    and here they count. Numbers are made up by whoever moves the sliders; what can be trusted is,
    at the most, the shape: which way it goes, whether it turns, and which arrow decides that.
    """
    unsure = [link for link in diagram.links if link.polarity not in ("+", "-")]
    if unsure:
        raise ModelError(
            f"The arrow from '{brief(unsure[0].cause)}' to '{brief(unsure[0].effect)}' has no "
            "sign yet: does more of the one mean more of the other (+), or less (-)?"
        )
    guide = guided(diagram, stocks, ())
    model = guide.skeleton(stop=stop, dt=stop / 384, time_units=time_units)
    model.evidence = "illustrative"
    first = {key(guide.stocks[0]): 60.0} if begin is None else {}
    said = first | {key(name): float(value) for name, value in (begin or {}).items()}
    _Writer(model, time_units, stop, said).write(guide.drafts)
    return model


@dataclass(frozen=True)
class _Writer:
    model: StockFlow
    unit: str
    stop: float
    begin: Mapping[str, float]

    def write(self, drafts: Iterable[Draft]) -> None:
        for draft in drafts:
            part, at = draft.part, self.begin.get(draft.part.key, USUAL)
            if isinstance(part, Stock):
                self.model.stock(part.name, at, _POINTS, _usual(part.name),
                                 between=_RANGE)  # fmt: skip
                self.model.constant(f"pace of {part.name}", round(3 / self.stop, 3),
                                    f"1/{self.unit}", f"How fast {part.name} can change.",
                                    (0, round(12 / self.stop, 3)))  # fmt: skip
            elif isinstance(part, Flow):
                end = part.into or part.out_of or ""
                self.model.flow(part.name, f"{label(f'pace of {end}')} * ({self._sum(draft)})",
                                part.out_of, part.into, f"{_POINTS}/{self.unit}",
                                f"What changes {end}.")  # fmt: skip
            elif draft.links:
                equation = f"MIN(MAX({label(USUAL_NAME)} + {self._sum(draft)}, 0), 100)"
                self.model.auxiliary(part.name, equation, _POINTS, _usual(part.name))
            else:
                self.model.constant(part.name, at, _POINTS, "Nothing on the map acts on it.",
                                    _RANGE)  # fmt: skip
        self.model.constant(USUAL_NAME, USUAL, _POINTS, "Where nothing moves.")

    def _sum(self, draft: Draft) -> str:
        terms = [self._term(link, draft.part) for link in draft.links]
        return " ".join(terms).removeprefix("+ ")

    def _term(self, link: Link, part: Any) -> str:
        end = (part.into or part.out_of) if isinstance(part, Flow) else part.name
        strength = f"{link.cause} on {end}"
        self.model.constant(strength, 1, "", f"How strong the arrow is: {link.cause} → {end}.",
                            (0, _STRONGEST))  # fmt: skip
        seen = label(link.cause)
        if link.delayed:
            late = f"delay of {strength}"
            why = f"How late it comes: {link.cause} → {end}."
            self.model.constant(late, self.stop / 8, self.unit, why,
                                (self.stop / 96, self.stop / 2))  # fmt: skip
            seen = f"SMTH1({seen}, {label(late)})"
        inside = f"MIN(MAX({seen}, 0), 100)"
        return f"{link.polarity} {label(strength)} * ({inside} - {label(USUAL_NAME)})"


USUAL_NAME = "as usual"


def _usual(name: str) -> str:
    return f"{name[:1].upper()}{name[1:]}; 50 is as usual."


@dataclass(frozen=True)
class LoopsChecked:
    """Whether the loops of a model are those of the map that it came from.

    Attributes
    ----------
    both, only_map, only_model : tuple of tuple of str
        Loops as their variables in the words of the map, each with its polarity in front.
    """

    both: tuple[tuple[str, ...], ...]
    only_map: tuple[tuple[str, ...], ...]
    only_model: tuple[tuple[str, ...], ...]

    @property
    def same(self) -> bool:
        """Whether neither has a loop that the other lacks."""
        return not self.only_map and not self.only_model

    def describe(self) -> str:
        """Return in sentences which loops both have, and which only one of them."""
        count = len(self.both)
        if self.same:
            if not count:
                return "Neither the map nor the model has a loop."
            many = "The map has one loop, and the model has the same"
            if count > 1:
                many = f"The map has {count} loops, and the model has the same {count}"
            return f"{many}: {listed([_told(loop) for loop in self.both])}."
        told = [f"{count} loops are in both." if count != 1 else "One loop is in both."]
        for loops, where in ((self.only_map, "map"), (self.only_model, "model")):
            if loops:
                told.append(f"Only in the {where}: {listed([_told(loop) for loop in loops])}.")
        return " ".join(told)

    def __repr__(self) -> str:
        return self.describe()


def check_loops(diagram: CausalLoopDiagram, model: StockFlow) -> LoopsChecked:
    """Return whether a model has the loops of a map, each with its polarity.

    What the model has between the words of the map, such as its flows, is passed over.
    """
    words = {key(name): name for name in diagram.variables}
    wanted = {_turned(loop, words) for loop in diagram.loops()}
    found = {_turned(loop, words) for loop in model.causal_loops().loops()} - {("?",)}
    order = sorted(wanted | found, key=lambda loop: (len(loop), loop))
    return LoopsChecked(
        tuple(loop for loop in order if loop in wanted & found),
        tuple(loop for loop in order if loop in wanted - found),
        tuple(loop for loop in order if loop in found - wanted),
    )


def _turned(loop: Loop, words: Mapping[str, str]) -> tuple[str, ...]:
    """Return a loop's polarity and its variables that are on the map, from the first by name."""
    on_map = [words[key(name)] for name in loop.variables if key(name) in words]
    if not on_map:
        return ("?",)
    start = on_map.index(min(on_map))
    return (loop.polarity, *on_map[start:], *on_map[:start])


def _told(loop: tuple[str, ...]) -> str:
    kind = {"R": "reinforcing", "B": "balancing"}.get(loop[0], "unsure")
    return f"{' → '.join((*loop[1:], loop[1]))} ({kind})"
