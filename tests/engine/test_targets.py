"""The targets do the same arithmetic: Python for one run, NumPy for many."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from cstools import StockFlow
from cstools.engine.integrate import METHODS
from cstools.engine.many_runs import run_many
from cstools.engine.single import run_once
from cstools.stock_flow.running import given as parameters_of
from tests.engine.random_models import SAME, agree, models, sir
from tests.fuzz.lessons import cases


@settings(cases(0.75), suppress_health_check=[HealthCheck.too_slow])
@given(models())
def test_python_and_numpy_agree_on_random_models(model: StockFlow) -> None:
    program, start = model.program(), parameters_of(model, {})
    for method in METHODS.values():
        alone = run_once(program, model.clock, start, method, seed=1)
        many = {key: np.full(3, value) for key, value in start.items()}
        batch = run_many(program, model.clock, many, program.columns, method)
        for key in program.columns:
            assert agree(alone[key], batch[key][1]), (key, model.code(method.name))


def test_a_run_of_many_is_the_run_alone() -> None:
    model = sir()
    contacts = [0.1, 0.3, 0.9]
    runs = model.ensemble({"contacts": contacts}, save=["infectious", "catching"])
    for number, value in enumerate(contacts):
        alone = model.run({"contacts": value})
        for name in ("infectious", "catching"):
            np.testing.assert_allclose(runs[name][number], alone[name], rtol=SAME)


def test_chunks_of_runs_in_other_processes_give_the_same_numbers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model, contacts = sir(), np.linspace(0.05, 0.9, 40)
    here = model.ensemble({"contacts": contacts})
    monkeypatch.setattr("cstools.engine.chunks._NUMBERS", 10_000)
    with ProcessPoolExecutor(2) as executor:
        there = model.ensemble({"contacts": contacts}, executor=executor)
    np.testing.assert_array_equal(here["infectious"], there["infectious"])


def test_one_run_that_breaks_disturbs_no_other() -> None:
    model = StockFlow("division", stop=3)
    model.stock("heap", 1)
    model.flow("growth", "1 / divisor", into="heap")
    model.constant("divisor", 1)
    runs = model.ensemble({"divisor": [1.0, 0.0, 2.0]})["heap"].to_numpy()
    np.testing.assert_allclose(runs[0], [1, 2, 3, 4])
    np.testing.assert_allclose(runs[2], [1, 1.5, 2, 2.5])
    assert np.isinf(runs[1, 1:]).all()
