"""What an exercise expects of a model: one property a sentence, looked for in its runs.

An expectation never compares equations: two models that behave alike are equally right. It holds,
nearly holds, or fails; ``says`` is what the learner is then told, a question rather than a verdict.

How it can mislead: a model can have every property asked for and be wrong in one not asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from cstools.errors import DataError, did_you_mean
from cstools.learning.kinds.sketch import features
from cstools.names import key

if TYPE_CHECKING:
    import numpy as np

    from cstools.stock_flow.model import StockFlow
    from cstools.stock_flow.run import Run


class Holds(IntEnum):
    """How far an expectation is met."""

    NO = 0
    NEARLY = 1
    YES = 2


@dataclass(frozen=True)
class Expectation:
    """A property of a model.

    Attributes
    ----------
    test : str
        A key of :data:`TESTS`: ``"ends"``, ``"goes"``, ``"stays"`` …
    value : object
        What the test compares with.
    says : str
        What a learner is told whose model does not have it.
    of : str
        The variable it is about; empty for the whole model.
    when : mapping
        Constants, and first values of stocks, that its run sets, by name.
    within, near : float
        How far off a number may be, and how far to be near.
    at : float or None
        The time at which ``"ends"`` looks, the end of the run if not said.
    """

    test: str
    value: Any
    says: str
    of: str = ""
    when: Mapping[str, float] = field(default_factory=dict)
    within: float = 0.0
    near: float = 0.0
    at: float | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The variables that a model must have for this to be looked at."""
        listed = self.value if self.test == "conserved" else ()
        return tuple(filter(None, (self.of, *listed, *self.when)))

    def __post_init__(self) -> None:
        if self.test not in TESTS:
            known = ", ".join(TESTS)
            near = did_you_mean(self.test, TESTS) or f"; it is one of {known}"
            raise DataError(f"nothing is expected as '{self.test}'{near}")
        if self.test not in _OF_THE_WHOLE and not self.of:
            raise DataError(f"'{self.test}' needs 'of', the variable that it is about")


class Look:
    """A model as its expectations look at it: by the names of the source, each run made once."""

    def __init__(self, model: StockFlow, names: Mapping[str, str]) -> None:
        self.model, self.names = model, names
        self._runs: dict[tuple[tuple[str, float], ...], Run] = {}

    def name(self, asked: str) -> str:
        """Return the model's own name for a variable of the source."""
        return self.names.get(key(asked), asked)

    def run(self, when: Mapping[str, float]) -> Run:
        """Return the run with some values set."""
        settings = {self.name(name): float(value) for name, value in when.items()}
        known = tuple(sorted(settings.items()))
        if known not in self._runs:
            self._runs[known] = self.model.run(settings)
        return self._runs[known]

    @property
    def trouble(self) -> str:
        """The first thing that went wrong in a run, as a sentence; empty where nothing did."""
        return next((run.trouble for run in self._runs.values() if run.trouble), "")

    def curve(self, expected: Expectation) -> np.ndarray:
        """Return the values that an expectation is about, ``(times,)``."""
        return self.run(expected.when)[self.name(expected.of)]


def met(expected: Expectation, look: Look, right: Look) -> Holds:
    """Say how far the model in ``look`` meets an expectation; ``right`` looks at a right one."""
    return TESTS[expected.test](expected, look, right)


def _off(distance: float, expected: Expectation) -> Holds:
    """Compare a distance with what is allowed; the last digits of a run never count."""
    if not distance <= max(expected.within, 1e-9):
        return Holds.NEARLY if distance <= expected.near else Holds.NO
    return Holds.YES


def _is(expected: Expectation, look: Look, _: Look) -> Holds:
    return _yes(look.model[look.name(expected.of)].kind == expected.value)


def _ends(expected: Expectation, look: Look, _: Look) -> Holds:
    import numpy as np

    curve, time = look.curve(expected), look.run(expected.when).time
    at = time[-1] if expected.at is None else expected.at
    return _off(abs(float(np.interp(at, time, curve)) - expected.value), expected)


def _goes(expected: Expectation, look: Look, _: Look) -> Holds:
    """Compare the stretches up and down as in a sketch; a ripple in the last digits is level."""
    curve, time = look.curve(expected).tolist(), look.run(expected.when).time.tolist()
    least = 1e-6 * max(map(abs, curve))
    shown = features(list(zip(time, curve, strict=True)), least).directions
    return _yes(list(shown) == [way for way in expected.value if way != "level"])


def _stays(expected: Expectation, look: Look, _: Look) -> Holds:
    low, high = expected.value
    curve = look.curve(expected)
    return _off(max(low - float(curve.min()), float(curve.max()) - high, 0.0), expected)


def _behaves(expected: Expectation, look: Look, _: Look) -> Holds:
    modes = [expected.value] if isinstance(expected.value, str) else expected.value
    return _yes(look.run(expected.when).behaviour(look.name(expected.of)).mode in modes)


def _period(expected: Expectation, look: Look, _: Look) -> Holds:
    period = look.run(expected.when).behaviour(look.name(expected.of)).period
    return Holds.NO if period is None else _off(abs(period - expected.value), expected)


def _follows(expected: Expectation, look: Look, right: Look) -> Holds:
    if not expected.value:
        raise DataError("'follows' is true, or it is left out")
    return _off(float(abs(look.curve(expected) - right.curve(expected)).max()), expected)


def _conserved(expected: Expectation, look: Look, _: Look) -> Holds:
    """Add up stocks: what leaves one must enter another, to the last digits of the sum."""
    import numpy as np

    run = look.run(expected.when)
    total = np.sum([run[look.name(name)] for name in expected.value], axis=0)
    spread, size = float(np.ptp(total)), float(np.abs(total).max())
    return _yes(spread <= max(expected.within, 1e-9 * size))


def _units(expected: Expectation, look: Look, _: Look) -> Holds:
    report = look.model.check_units()
    said = bool(report.said) and (expected.value != "said" or not report.unsaid)
    return _yes(report.consistent and said)


def _loop(expected: Expectation, look: Look, _: Look) -> Holds:
    """Look for a loop of that kind through the variable, in the map made from the equations."""
    name = key(look.name(expected.of))
    loops = look.model.causal_loops().loops(seconds=1.0)
    found = (loop for loop in loops if loop.polarity == expected.value)
    return _yes(any(name in map(key, loop.variables) for loop in found))


def _yes(holds: bool) -> Holds:
    return Holds.YES if holds else Holds.NO


#: How each test is called in a source, and what looks for it.
TESTS: Mapping[str, Callable[[Expectation, Look, Look], Holds]] = {
    "is": _is,
    "ends": _ends,
    "goes": _goes,
    "stays": _stays,
    "behaves": _behaves,
    "period": _period,
    "follows": _follows,
    "conserved": _conserved,
    "units": _units,
    "loop": _loop,
}
#: Tests that look at a variable's values over time: what a misconception is recognised by.
OVER_TIME = frozenset({"ends", "goes", "stays", "behaves", "period", "follows"})
_OF_THE_WHOLE = frozenset({"conserved", "units"})
