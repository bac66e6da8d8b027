"""What every teaching model promises; the tests of each model inherit it.

::

    from tests.facets.teaching_model import TeachingModel

    class TestBathtub(TeachingModel):
        model = staticmethod(bathtub)
        halving_dt = 1e-12   # the flows are level between the steps, so that Euler is exact
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import ClassVar

import numpy as np
import pytest

from cstools import StockFlow, read_model
from cstools.learning.references import references
from cstools.stock_flow.links import signed_links
from cstools.stock_flow.parts import Constant, Lookup, Stock
from cstools.stock_flow.run import Run

EVIDENCE = ("measured", "published", "illustrative")
HEADINGS = (
    "Story",
    "Behaviour over time",
    "Where to intervene",
    "How it can mislead",
    "References",
)


def with_step(model: StockFlow, dt: float) -> StockFlow:
    """Return the model with another step, which keeps a row at the same times as before."""
    twin = model.copy()
    every = round(model.clock.every * model.dt / dt)
    twin.clock = replace(model.clock, dt=dt, every=every)
    return twin


def largest_change(one: Run, other: Run, leaving_out: Collection[str] = ()) -> float:
    """Return the largest difference of any stock, as a share of the most that it ever held."""
    return max(
        float(np.max(np.abs(one[name] - other[name])) / np.max(np.abs(one[name])))
        for name in one.stocks
        if name not in leaving_out
    )


class TeachingModel:
    """The tests that a model of a facet inherits."""

    #: The function that makes the model, as ``staticmethod(bathtub)``.
    model: ClassVar[Callable[[], StockFlow]]
    #: How much a stock may change when dt is halved, as a share of the most that it ever holds;
    #: say beside the number why it is enough.
    halving_dt: ClassVar[float]
    #: Stocks that are either full or empty: a moment that moves by a step changes all of them, so
    #: the model's own tests say by how much the moments may move.
    either_or: ClassVar[Collection[str]] = ()
    #: What is set for the comparison with PySD, where a stock would otherwise run dry: PySD then
    #: shows the outflow that was wanted, this package the one that happened.
    set_for_pysd: ClassVar[Mapping[str, float]] = {}

    def test_it_runs_from_beginning_to_end(self):
        model = self.model()
        run = model.run()
        assert run.trouble == ""
        assert run.time[-1] == model.stop
        assert all(np.isfinite(run[name]).all() for name in run.names)

    def test_it_says_what_its_numbers_stand_on(self):
        assert self.model().evidence in EVIDENCE

    def test_its_docstring_tells_the_story_the_behaviour_and_the_sources(self):
        lines = [line.strip() for line in (self.model.__doc__ or "").splitlines()]
        assert [line for line in lines if line in HEADINGS] == list(HEADINGS)

    def test_every_source_that_it_names_is_in_the_bibliography(self):
        named = re.findall(r"\[(\w+)\]_", self.model.__doc__ or "")
        assert named, "it names no source: [Key2000]_"
        assert [key for key in named if key not in references()] == []

    def test_it_can_be_made_twice_and_is_the_same(self):
        assert self.model().parts == self.model().parts

    def test_every_part_has_a_unit_and_says_what_it_is(self):
        parts = self.model().parts.values()
        assert [part.where for part in parts if not part.units] == []
        assert [part.where for part in parts if not part.doc] == []
        assert self.model().doc
        assert self.model().time_units

    def test_its_map_comes_from_its_equations_and_is_sure_of_every_sign(self):
        model = self.model()
        diagram = model.causal_loops()
        stocks = [part.name for part in model.parts.values() if isinstance(part, Stock)]
        assert set(stocks) <= set(diagram.variables)
        doubtful = [(link.cause, link.effect) for link in diagram.links if link.polarity == "?"]
        assert doubtful == []

    def test_its_map_is_written_as_maps_are(self):
        assert list(self.model().causal_loops().lint()) == []

    def test_its_sliders_hold_its_own_values_and_run_from_end_to_end(self):
        model = self.model()
        assert model.sliders()
        for part in model.sliders():
            low, high = part.between
            own = part.value if isinstance(part, Constant) else float(part.initial)
            assert low <= own <= high, part.where
            for end in (low, high):
                assert model.run({part.name: end}).trouble == "", f"{part.where} at {end}"

    def test_a_file_of_it_runs_the_same(self, tmp_path):
        model = self.model()
        again = read_model(model.write(tmp_path / "model.xmile"))
        first, second = model.run(), again.run()
        for name in first.names:
            np.testing.assert_array_equal(second[name], first[name], err_msg=name)

    # Importing PySD brings chardet's own notice that one of its modules has moved.
    @pytest.mark.filterwarnings("ignore:chardet")
    def test_pysd_runs_it_to_the_same_numbers(self):
        # Both add up the same terms in binary64; 1e-9 leaves room for another order of adding.
        model = self.model()
        ours = model.run(self.set_for_pysd, method="euler")
        theirs = model.run(self.set_for_pysd, engine="pysd", method="euler")
        for name in ours.names:
            size = max(1.0, float(np.max(np.abs(ours[name]))))
            np.testing.assert_allclose(theirs[name], ours[name], rtol=0, atol=1e-9 * size)

    def test_halving_dt_changes_little(self):
        model = self.model()
        finer = with_step(model, model.dt / 2)
        change = largest_change(model.run(), finer.run(), self.either_or)
        assert change <= self.halving_dt

    def test_nothing_is_said_that_is_not_used(self):
        model = self.model()
        parts = model.parts.values()
        used = {link.cause for link in signed_links(model)}
        firsts = " ".join(part.initial for part in parts if isinstance(part, Stock))
        idle = [p.where for p in parts if isinstance(p, Constant) and p.key not in used]
        assert [where for where in idle if where.split("'")[1] not in firsts] == []
        equations = " ".join(getattr(part, "equation", "") for part in parts)
        lookups = [part.name for part in parts if isinstance(part, Lookup)]
        assert [name for name in lookups if name not in equations] == []
