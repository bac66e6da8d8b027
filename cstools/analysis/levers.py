"""Levers, as found: parameters by what the same share of each does to a result, told and drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cstools.analysis.outcomes import Outcome
from cstools.analysis.tables import html, listed, percent
from cstools.errors import unknown_name
from cstools.names import same
from cstools.plotting.bars import Estimate
from cstools.plotting.levers import levers
from cstools.plotting.picture import Picture
from cstools.plotting.words import amount, number

_MOST_BARS, _MOST_TOLD = 12, 3
# An effect below this share of the largest one is said to hardly move the result.
_HARDLY = 0.02
# In so many of the draws an order, or a direction, has to hold to be called sure.
_SURE = 0.9
CAUTION = (
    "The same share is not the same effort in life, and numbers are the weakest places to "
    "intervene (Meadows 1999): what a loop, a rule or a goal would do does not show here."
)


@dataclass(frozen=True)
class Lever:
    """One parameter and what the same share of it does to the result.

    Attributes
    ----------
    name, units : str
    value : float
        As the model has it.
    raised, lowered : Estimate
        The change of the result with that share more, and less: the median of the draws, and
        where nine in ten of them lie.
    size : Estimate
        How far the result moves, the mean of both ways, never below 0.
    rises : float
        In what share of the draws, of those in which it moves the result, more of it means more.
    first : float
        In what share of the draws nothing else moves the result as far.
    """

    name: str
    units: str
    value: float
    raised: Estimate
    lowered: Estimate
    size: Estimate
    rises: float
    first: float

    @property
    def direction(self) -> str:
        """Which way the result goes when the parameter rises, in words."""
        if self.rises >= _SURE:
            return "up with it"
        if self.rises <= 1 - _SURE:
            return "down as it rises"
        return "now up, now down"


@dataclass(frozen=True, repr=False, eq=False)
class Leverage:
    """The parameters of a model by what the same share of each does to a result.

    How it can mislead: the same share is not the same effort. A tenth of a price may be a
    signature, a tenth of a birth rate a century. A share says nothing of a parameter that is 0,
    nor of one whose zero is arbitrary, such as a temperature in degC. And parameters are the
    weakest of the places to intervene in a system [Meadows1999]_: what new loops, rules or goals
    would do is in no such list, and a person who looks only here stays with the numbers.

    Attributes
    ----------
    title : str
        The model's name.
    outcome : Outcome
        The number that each run comes to.
    share : float
        By what part of itself each parameter is moved.
    levers : tuple of Lever
        The farthest reaching first.
    middle : float
        The result of the model as it is.
    unsaid : tuple of str
        Parameters left out because they are 0: a share of nothing is nothing.
    ranged : tuple of str
        The parameters that were drawn; without any, the order's sureness is unknown.
    draws : int
    """

    title: str
    outcome: Outcome
    share: float
    levers: tuple[Lever, ...]
    middle: float
    unsaid: tuple[str, ...]
    ranged: tuple[str, ...]
    draws: int

    def __getitem__(self, name: str) -> Lever:
        """Return a lever by its name."""
        for lever in self.levers:
            if same(lever.name, name):
                return lever
        raise unknown_name(name, [lever.name for lever in self.levers], "these levers")

    def plot(self) -> Picture:
        """Return the picture: two bars for each parameter, the twelve that reach farthest."""
        top = self.levers[:_MOST_BARS]
        said, units = self.outcome.said, self.outcome.units
        more = f"{percent(self.share)} more of it", f"{percent(self.share)} less of it"
        return levers(
            [lever.name for lever in top],
            [lever.raised for lever in top],
            [lever.lowered for lever in top],
            more,
            f"change of {said}" + (f" ({units})" if units else ""),
            f"{self.title}: {more[0].removesuffix(' of it')} or less of each parameter",
            self.describe(),
        )

    def describe(self) -> str:
        """Return in sentences what moves the result most, how sure that is, and what it hides."""
        begin = (
            f"As the model is, {self.outcome.said} is {amount(self.middle, self.outcome.units)}. "
            f"Each parameter moved by {percent(self.share)}, up and down:"
        )
        if not self._moving:
            return f"{begin} none moves it. {CAUTION}"
        told = [self._told(lever, place) for place, lever in enumerate(self._moving[:_MOST_TOLD])]
        return " ".join([begin, f"{'; '.join(told)}.", *self._rest(), self._sureness(), CAUTION])

    @property
    def _moving(self) -> list[Lever]:
        # By the far end: what matters in some of the draws does not hardly matter.
        least = _HARDLY * max(lever.size.high for lever in self.levers)
        return [lever for lever in self.levers if lever.size.high > least]

    def _told(self, lever: Lever, place: int) -> str:
        size, units = lever.size, self.outcome.units
        reach = f" ({number(size.low)} to {number(size.high)})" if size.high > size.low else ""
        what = "moves it most" if place == 0 else "comes next" if place == 1 else "then"
        what = f"'{lever.name}' {what}" if place < 2 else f"then '{lever.name}'"
        return f"{what}, by {amount(size.value, units)}{reach}, {lever.direction}"

    def _rest(self) -> list[str]:
        moving = self._moving
        still = [f"'{lever.name}'" for lever in self.levers if lever not in moving]
        told = []
        if still:
            told.append(f"{listed(still)} hardly move{'s' * (len(still) == 1)} it.")
        if self.unsaid:
            zero = listed([f"'{name}'" for name in self.unsaid])
            told.append(f"{zero} {'are' if len(self.unsaid) > 1 else 'is'} 0, and left out.")
        return told

    def _sureness(self) -> str:
        if not self.ranged:
            return (
                "Nothing has a range, so how sure this order is cannot be said; give what is "
                "uncertain one, between=(low, high)."
            )
        first = self.levers[0]
        where = f"'{first.name}' is first in {percent(first.first)} of {self.draws} draws"
        if first.first >= _SURE:
            return f"{where} from the ranges."
        other = max(self.levers[1:], key=lambda lever: lever.first)
        return (
            f"{where} from the ranges, '{other.name}' in {percent(other.first)}: which is first "
            "is not sure."
        )

    def to_frame(self) -> Any:
        """Return a pandas ``DataFrame``: a row for each parameter, the farthest reaching first."""
        import pandas as pd

        rows = {
            lever.name: {
                "value": lever.value,
                "raised": lever.raised.value,
                "lowered": lever.lowered.value,
                "size": lever.size.value,
                "size low": lever.size.low,
                "size high": lever.size.high,
                "rises": lever.rises,
                "first": lever.first,
            }
            for lever in self.levers
        }
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis("parameter")

    def __repr__(self) -> str:
        return self.describe()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        heads = ("Parameter", "As it is", "Moves the result by", "Nine draws of ten", "Which way",
                 "First in")  # fmt: skip
        rows = [
            (
                lever.name,
                amount(lever.value, lever.units),
                amount(lever.size.value, self.outcome.units),
                f"{number(lever.size.low)} to {number(lever.size.high)}" if self.ranged else "—",
                lever.direction if lever.size.high else "—",
                percent(lever.first) if self.ranged else "—",
            )
            for lever in self.levers
        ]
        title = f"{self.title}: {percent(self.share)} of each parameter, and {self.outcome.said}"
        told = self.describe()
        return {"text/plain": told, "text/html": html(title, heads, rows, told)}
