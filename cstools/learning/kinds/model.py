"""A model to build or to change, judged by what it does when it runs.

An answer is a :class:`cstools.StockFlow`, lines as in :mod:`cstools.learning.kinds.model_text`, or
values by name, ``{"quota": 100}``, which change the model that was given. The check runs it with
the clock of the exercise, whatever its own, and looks for the properties expected
(:mod:`cstools.learning.kinds.expected`). Names may be spelt in any case, with an article and with
synonyms; where only one stock is looked for and only one is there, its name does not matter.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cstools.errors import CstoolsError, DataError
from cstools.languages import spoken
from cstools.learning.checks import Feedback, Outcome, feedback
from cstools.learning.kinds.expected import OVER_TIME, Expectation, Holds, Look, met
from cstools.learning.kinds.kind import Kind, Misconception, called
from cstools.learning.kinds.model_text import named_alike, read_model_text
from cstools.names import key

if TYPE_CHECKING:
    from cstools.engine.program import Clock as EngineClock
    from cstools.stock_flow.model import StockFlow

#: What a name of the source was taken for, and what kind of part that is.
Taken = tuple[tuple[str, str], ...]

_MOST_PARTS, _MOST_STEPS = 300, 50_000
#: Two runs are one when they are this close, as a share of the height of the right one.
_SAME_RUN = 0.02


@dataclass(frozen=True)
class Clock:
    """When a run of an exercise begins and ends; ``None`` is as in the model that was given."""

    start: float | None = None
    stop: float | None = None
    dt: float | None = None
    time_units: str = ""

    def over(self, own: EngineClock) -> EngineClock:
        """Return a clock with what is said here in place of its own."""
        start = own.start if self.start is None else self.start
        stop = own.stop if self.stop is None else self.stop
        return replace(own, start=start, stop=stop, dt=own.dt if self.dt is None else self.dt)


@dataclass(frozen=True)
class Model(Kind):
    """A model that has some properties.

    ``text`` is a right model: lines, said over the given one. ``given`` is the model to begin
    with, as lines or as the name of a teaching model, ``"facets.world.shared_pond"``; empty where
    the learner begins with nothing. ``synonyms`` gives other words for variables;
    ``missing_allowed`` is how many expectations a close answer may fail.
    """

    text: str
    expects: tuple[Expectation, ...]
    given: str = ""
    clock: Clock = Clock()
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    missing_allowed: int = 1
    name = "model"
    light = False
    picky = False

    @property
    def how(self) -> str:
        """Say how a model is written."""
        if self.given:
            return spoken(
                "Answer with lines that change the model, such as '{example}', "
                "or with a model that you changed in code.",
                example=self.example,
            )
        return spoken(
            "Answer with one part a line, such as '{example}' and 'flow filling into water "
            "= 75 [litres/minute]', or with a model that you built in code.",
            example=self.example,
        )

    @property
    def example(self) -> str:
        """A line as an example; it is not part of the answer."""
        if self.given:
            return spoken("the name of a constant = 5")
        return "stock water = 100 [litres]"

    @property
    def solution(self) -> str:
        """The lines of a right model."""
        return self.text.strip()

    @property
    def shown_solution(self) -> str:
        """The lines of a right model, below each other."""
        lines = "\n".join(f"    {line.strip()}" for line in self.text.strip().splitlines())
        return f"\n\n{lines}"

    def given_model(self) -> StockFlow:
        """Return the model to begin with, to change in code; without parts if none was given.

        Raises
        ------
        DataError
            When ``given`` names no teaching model, or there is no clock to run by.
        """
        from cstools.stock_flow.model import StockFlow

        teaching = self.given.startswith("facets.")
        base = _teaching_model(self.given) if teaching else StockFlow("model")
        base.clock = self.clock.over(base.clock)
        base.time_units = self.clock.time_units or base.time_units
        if not 0 < base.clock.steps <= _MOST_STEPS:
            raise DataError(
                f"a run for a check has from one to {_MOST_STEPS:,} steps; look at start, stop, dt"
            )
        return read_model_text("" if teaching else self.given, base)

    # --- judging ------------------------------------------------------------------------------

    def judge(self, answer: Any, misconceptions: Iterable[Misconception]) -> Feedback:
        """Run the model and look for what is expected, in the order of the source."""
        try:
            import numpy  # noqa: F401
        except ImportError:
            return feedback(Outcome.NOT_ATTEMPTED, _no_numpy())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                model = self.model(answer)
            except CstoolsError as error:
                words = spoken("I cannot read this model:")
                return feedback(Outcome.INCORRECT, f"{words}\n\n{_quoted(error)}")
            if model is None:
                return feedback(Outcome.INCORRECT, f"{_not_a_model(answer)} {self.how}")
            return self._judged(model, misconceptions)

    def model(self, answer: Any) -> StockFlow | None:
        """Return the model that an answer is, by the clock of the exercise; ``None`` for none."""
        from cstools.stock_flow.model import StockFlow

        given = self.given_model()
        if isinstance(answer, StockFlow):
            twin = answer.copy()
            twin.clock = given.clock
            return twin
        if isinstance(answer, Mapping):
            answer = "\n".join(f"{name} = {value}" for name, value in answer.items())
        return read_model_text(answer, given) if isinstance(answer, str) else None

    def _judged(self, model: StockFlow, misconceptions: Iterable[Misconception]) -> Feedback:
        if not model.parts:
            return feedback(Outcome.NOT_ATTEMPTED, f"{spoken('It has no parts yet.')} {self.how}")
        if model.parts == self.given_model().parts:
            still = spoken("This is still the model that you began with.")
            return feedback(Outcome.NOT_ATTEMPTED, f"{still} {self.how}")
        if words := self._refused(model):
            return feedback(Outcome.INCORRECT, words)
        names, missing, taken = self._found(model)
        if missing:
            return feedback(Outcome.INCORRECT, self._looked_for(missing[0]))
        look = Look(model, names)
        try:
            verdicts = self._verdicts(look)
            trouble = look.trouble
        except CstoolsError as error:
            words = spoken("I cannot run this model:")
            return feedback(Outcome.INCORRECT, f"{words}\n\n{_quoted(error)}")
        if trouble:
            words = spoken("It runs, but not to the end:")
            return feedback(Outcome.INCORRECT, f"{words}\n\n    {trouble}")
        for one in misconceptions if min(verdicts) < Holds.YES else ():
            if any(self._alike(look, verdicts, wrong) for wrong in one.answers):
                return one.feedback()
        if min(verdicts) < Holds.YES and (words := self._outside(model)):
            return feedback(Outcome.INCORRECT, words)
        return self._told(look, verdicts, taken)

    def _refused(self, model: StockFlow) -> str:
        """Say why a model is not run at all: it is very large, or counts time otherwise."""
        if len(model.parts) > _MOST_PARTS or len(model.scalars) > _MOST_PARTS:
            return spoken(
                "This model has more than {most} parts. A few will do here.", most=_MOST_PARTS
            )
        asked = self._right.model.time_units
        if not asked or not model.time_units or _same_units(asked, model.time_units):
            return self._outside(model, below_zero=True)
        return spoken(
            'Time is counted in another unit here: write time_units="{unit}" in your model.',
            unit=asked,
        )

    def _outside(self, model: StockFlow, below_zero: bool = False) -> str:
        """Say which constant of the given model has a value that it cannot have.

        A right answer may go past the end of a slider; none goes below nothing.
        """
        for part in self.given_model().parts.values():
            own = model.parts.get(part.key)
            if part.kind != "constant" or own is None or own.kind != "constant":
                continue
            low, high = getattr(part, "between", None) or (-math.inf, math.inf)
            value = getattr(own, "value", 0.0)
            if own.units and not _same_units(own.units, part.units):
                continue
            if value < 0 <= low or (not below_zero and not low <= value <= high):
                return spoken(
                    "'{name}' lies between {low} and {high} here, and you say {value}.",
                    name=part.name,
                    low=f"{low:g}",
                    high=f"{high:g}",
                    value=f"{value:g}",
                )
        return ""

    def _verdicts(self, look: Look) -> tuple[Holds, ...]:
        return tuple(met(one, look, self._right) for one in self.expects)

    def _told(self, look: Look, verdicts: tuple[Holds, ...], taken: Taken) -> Feedback:
        aside = "".join(
            " " + spoken("I took your {kind} for '{name}'.", kind=kind, name=name)
            for name, kind in taken
        )
        if min(verdicts) is Holds.YES:
            return feedback(Outcome.CORRECT, aside.strip())
        failed = sum(verdict is Holds.NO for verdict in verdicts)
        held = sum(verdict is Holds.YES for verdict in verdicts)
        near = failed == 0 or (failed <= self.missing_allowed and held > 0)
        worst = verdicts.index(min(verdicts))
        count = spoken("Of {all} things asked for, it does {held}.", all=len(verdicts), held=held)
        close = spoken("You are near.")
        before = f"{count} " * (len(verdicts) > 1) + f"{close} " * (failed == 0)
        says = f"{before}{' '.join(self.expects[worst].says.split())}{aside}"
        wrong = look.model.check_units().wrong if self.expects[worst].test == "units" else ()
        says += f"\n\n{_quoted(wrong[0])}" if wrong else ""
        return feedback(Outcome.CLOSE if near else Outcome.INCORRECT, says)

    def _alike(self, look: Look, verdicts: tuple[Holds, ...], wrong: str) -> bool:
        """Say whether a model behaves as that of a misconception, in all that is looked at."""
        other = self._look(wrong)
        if other is None or self._verdicts(other) != verdicts:
            return False
        looked_at = [one for one in self.expects if one.test in OVER_TIME]
        return all(
            _close(look.curve(one), other.curve(one), self._right.curve(one)) for one in looked_at
        )

    # --- names --------------------------------------------------------------------------------

    def _found(self, model: StockFlow) -> tuple[dict[str, str], list[str], Taken]:
        """Return the model's names for those looked for, those not found, and the ones taken.

        1. By their own names; 2. by synonyms; 3. where one thing of a kind is still looked for,
        and one of that kind is left over, it is that.
        """
        asked = list(dict.fromkeys(name for one in self.expects for name in one.names))
        names = {key(name): self._spelt(name, model) for name in asked}
        names = {name: own for name, own in names.items() if own}
        taken = []
        for kind in ("stock", "flow", "constant", "auxiliary"):
            open_ = [n for n in asked if key(n) not in names and self._kind(n) == kind]
            parts = [p for p in model.parts.values() if p.kind == kind]
            left = [p.name for p in parts if p.name not in names.values()]
            if len(open_) == 1 == len(left):
                names[key(open_[0])] = left[0]
                taken.append((open_[0], kind))
        return names, [name for name in asked if key(name) not in names], tuple(taken)

    def _spelt(self, name: str, model: StockFlow) -> str:
        words = (name, *self.synonyms.get(name, ()))
        exact = (model[word].name for word in words if key(word) in model.parts)
        own = [part.name for part in model.parts.values()]
        return next(exact, "") or next(filter(None, (named_alike(w, own) for w in words)), "")

    def _kind(self, name: str) -> str:
        return self._right.model[name].kind

    def _looked_for(self, name: str) -> str:
        others = ", ".join(f"'{word}'" for word in self.synonyms.get(name, ())[:2])
        also = f" ({spoken('or {others}', others=others)})" if others else ""
        return spoken(
            "I look for the {kind} '{name}'{others} and do not find it. Call it so.",
            kind=self._kind(name),
            name=name,
            others=also,
        )

    @cached_property
    def _right(self) -> Look:
        look = self._look(self.text)
        if look is None:
            raise DataError("the right model lacks a variable that is expected")
        return look

    def _look(self, text: str) -> Look | None:
        """Return one of the source's own models as expectations see it."""
        model = read_model_text(text, self.given_model())
        asked = {name for one in self.expects for name in one.names}
        names = {key(name): self._spelt(name, model) for name in asked}
        return Look(model, names) if all(names.values()) else None


def _teaching_model(name: str) -> StockFlow:
    """Return the teaching model that a dotted name means."""
    from cstools import facets

    found: Any = facets
    for word in name.split(".")[1:]:
        if word not in getattr(found, "__all__", ()):
            raise DataError(f"there is no teaching model '{name}'")
        found = getattr(found, word)
    model: StockFlow = found()
    return model


def _same_units(one: str, other: str) -> bool:
    from cstools.equations.unit_text import parse

    try:
        return parse(one) == parse(other)
    except CstoolsError:
        return key(one) == key(other)


def _close(curve: Any, other: Any, right: Any) -> bool:
    height = float(max(right.max() - right.min(), abs(right).max(), 1e-12))
    return bool(abs(curve - other).max() <= _SAME_RUN * height)


def _quoted(error: object) -> str:
    return "\n".join(f"    {line}" for line in str(error).splitlines()[:8])


def _not_a_model(answer: Any) -> str:
    """Say what was handed over in the place of a model, where that can be told."""
    if hasattr(answer, "links"):
        return spoken("This is a map. A model has stocks, flows and numbers besides.")
    return called(answer) or spoken("I cannot read a model in this answer.")


def _no_numpy() -> str:
    return spoken(
        "This page cannot run models, as a part for calculating is not installed in it. "
        "On Binder, or with the course on your own computer, this check works."
    )
