"""Only what is wanted is computed, and it comes out the same."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cstools import StockFlow
from cstools.engine.integrate import EULER, METHODS
from cstools.engine.many_runs import run_many
from cstools.engine.trimmed import trimmed
from cstools.stock_flow.running import given as parameters_of
from tests.engine.random_models import models, sir


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(models(), st.data())
def test_a_variable_alone_comes_out_as_among_all(model: StockFlow, data: st.DataObject) -> None:
    program = model.program()
    key = data.draw(st.sampled_from(program.columns))
    method = data.draw(st.sampled_from(sorted(METHODS)))
    start = {k: np.array([value, value]) for k, value in parameters_of(model, {}).items()}
    whole = run_many(program, model.clock, start, program.columns, METHODS[method], seed=2)
    alone = run_many(program, model.clock, start, [key], METHODS[method], seed=2)
    np.testing.assert_array_equal(alone[key], whole[key])


def test_what_nothing_depends_on_is_left_out() -> None:
    program = trimmed(sir().program(), ["infectious"])
    assert [state.key for state in program.states] == ["susceptible", "infectious"]
    assert [equation.key for equation in program.each_step] == ["catching", "recovering"]


def test_a_delay_is_kept_with_all_that_it_begins_from() -> None:
    model = StockFlow("pipe", stop=6)
    model.auxiliary("input", "time + first")
    model.auxiliary("first", "later * 2")
    model.constant("later", 3)
    model.auxiliary("output", "delay(input, later, first)")
    model.auxiliary("other", "delay(time, 1)")
    part = trimmed(model.program(), ["output"])
    assert len(part.pipelines) == 1
    start = {k: np.array([v]) for k, v in parameters_of(model, {}).items()}
    alone = run_many(model.program(), model.clock, start, ["output"], EULER)["output"][0]
    np.testing.assert_array_equal(alone, [6, 6, 6, 6, 7, 8, 9])
