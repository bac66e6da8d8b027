"""The register machine does the same arithmetic as the other targets, for every model alike."""

from __future__ import annotations

import importlib.util
import math
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cstools import CstoolsError, StockFlow
from cstools.engine import machine
from cstools.engine.integrate import EULER, METHODS
from cstools.engine.many_runs import run_many
from cstools.engine.program import Clock, Program, Table, build
from cstools.engine.single import run_once
from cstools.equations import vectors
from cstools.equations.functions import FUNCTIONS
from cstools.equations.text import parse
from cstools.equations.tree import Apply, Name, Number
from cstools.stock_flow.running import given as parameters_of
from tests.engine.random_models import SAME, agree, models, sir
from tests.fuzz.lessons import cases

RELAXED = settings(cases(0.25), suppress_health_check=[HealthCheck.too_slow])
NOT_YET = {row.name for row in vectors.ROWS if row.python}  # they sort, invert and share out


@RELAXED
@given(models())
def test_the_machine_agrees_with_python_on_random_models(model: StockFlow) -> None:
    program, start = model.program(), parameters_of(model, {})
    for method in METHODS.values():
        fast = machine.run_once(program, model.clock, start, method, seed=3)
        plain = run_once(program, model.clock, start, method, seed=3)
        for key in program.columns:
            assert agree(fast[key], plain[key]), (key, model.code(method.name))


@RELAXED
@given(models())
def test_a_run_of_many_is_the_run_alone(model: StockFlow) -> None:
    program, start = model.program(), parameters_of(model, {})
    many = {key: value + np.array([0.0, 0.5, 1.0]) for key, value in start.items()}
    for method in METHODS.values():
        together = machine.run_many(program, model.clock, many, program.columns, method, seed=5)
        for run in range(3):
            own = {key: values[run] for key, values in many.items()}
            alone = machine.run_once(program, model.clock, own, method, seed=5 + run)
            for key in program.columns:
                np.testing.assert_array_equal(together[key][run], alone[key])


def test_a_model_runs_in_the_fast_engine_as_in_the_other() -> None:
    fast, plain = (sir().run({"contacts": 0.5}, engine=engine) for engine in ("fast", "cstools"))
    for name in ("susceptible", "catching", "population"):
        np.testing.assert_array_equal(fast[name], plain[name])


def test_more_runs_than_are_walked_abreast_all_come_back() -> None:
    model = sir()
    contacts = np.linspace(0.05, 0.9, 150)
    start = {k: np.full(150, v) for k, v in parameters_of(model, {}).items()}
    keys = ("population", "catching", "infectious")
    given = start | {"contacts": contacts}
    fast = machine.run_many(model.program(), model.clock, given, keys)
    plain = run_many(model.program(), model.clock, given, keys)
    for key in keys:
        np.testing.assert_allclose(fast[key], plain[key], rtol=SAME)


def test_rows_are_saved_as_often_as_is_asked() -> None:
    program, start = sir().program(), parameters_of(sir(), {})
    every, third = Clock(0.0, 25.0, 0.25), Clock(0.0, 25.0, 0.25, every=3)
    whole = machine.run_once(program, every, start)["infectious"]
    one = {key: np.array([value]) for key, value in start.items()}
    np.testing.assert_array_equal(machine.run_once(program, third, start)["infectious"], whole[::3])
    together = machine.run_many(program, third, one, ["infectious"])["infectious"]
    np.testing.assert_array_equal(together, [whole[::3]])


# --- functions and lookups ------------------------------------------------------------------------


def at_steps(equation: Apply, tables: dict[str, Table] | None = None) -> Program:
    return build([], {"result": equation}, {}, tables or {}, {})


FEWEST = {"pulse": 2, "choose": 2}  # one argument alone means nothing to them in any target


def known() -> list[tuple[str, int]]:
    """Return every function that a target has a form for, with each number of arguments."""
    return [
        (row.name, count)
        for row in FUNCTIONS.values()
        if row.python and row.name not in NOT_YET
        for count in range(FEWEST.get(row.name, row.fewest), min(row.most, 5) + 1)
        if (row.name, count) != ("pulse", 1)
    ]


@pytest.mark.parametrize(("name", "count"), known())
def test_every_function_means_the_same_to_the_machine(name: str, count: int) -> None:
    # One argument that moves through 0, 1 and whole numbers, at each place in turn.
    clock = Clock(-2.0, 2.0, 0.25)
    for place in range(count):
        others = [Number(float(1 + number) / 2) for number in range(count)]
        arguments = [*others[:place], Name("time"), *others[place + 1 :]]
        if name == "noise":
            arguments = [Number(7.0)]
        program = at_steps(Apply(name, tuple(arguments)))
        fast = machine.run_once(program, clock, {}, seed=11)["result"]
        plain = run_many(program, clock, {}, ["result"], seed=11)["result"][0]
        assert agree(fast, plain), (place, fast, plain)
        # Not a number in the same places, and infinite with the same sign.
        np.testing.assert_allclose(fast, plain, rtol=SAME, atol=SAME)


@pytest.mark.parametrize("name", sorted(NOT_YET))
def test_a_function_that_the_machine_does_not_know_is_named(name: str) -> None:
    numbers = tuple(Number(1.0) for _ in range(FUNCTIONS[name].fewest))
    program = at_steps(Apply(name, (*numbers, Name("time"))))
    with pytest.raises(CstoolsError) as found:
        machine.run_once(program, Clock(0.0, 1.0, 1.0), {})
    if name == "rank_at":
        assert str(found.value) == (
            "the fast engine cannot compute 'rank_at' yet (one element of vector_rank); "
            "engine='cstools' can"
        )
    assert str(found.value).startswith(f"the fast engine cannot compute '{name}' yet (")


@st.composite
def tables(draw: st.DrawFn) -> Table:
    xs = draw(st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=12, unique=True).map(sorted))
    ys = draw(st.lists(st.floats(-10, 10), min_size=len(xs), max_size=len(xs)))
    modes = ["interpolate", "extrapolate", "step", "forward"]
    return Table(tuple(xs), tuple(ys), draw(st.sampled_from(modes)))


@settings(max_examples=60, deadline=None)
@given(tables(), st.lists(st.floats(-2e3, 2e3), max_size=5))
def test_a_lookup_of_any_mode_agrees_at_its_points_and_everywhere_else(
    table: Table, others: list[float]
) -> None:
    beside = [math.nextafter(x, way) for x in table.xs for way in (-math.inf, math.inf)]
    xs = [*table.xs, *beside, *others, math.inf, -math.inf, math.nan]
    program = build(["x"], {"y": Apply("curve", (Name("x"),))}, {}, {"curve": table}, {})
    clock = Clock(0.0, 1.0, 1.0)
    together = machine.run_many(program, clock, {"x": np.array(xs)}, ["y"])["y"]
    for x, one_of_many in zip(xs, together, strict=True):
        fast = machine.run_once(program, clock, {"x": x})["y"]
        plain = run_once(program, clock, {"x": x})["y"]
        np.testing.assert_array_equal(fast, plain)
        np.testing.assert_array_equal(one_of_many, plain)


# --- what is particular to it ---------------------------------------------------------------------


def test_a_run_that_divides_by_zero_disturbs_no_other() -> None:
    model = StockFlow("division", stop=3)
    model.stock("heap", 1)
    model.flow("growth", "1 / divisor", into="heap")
    model.constant("divisor", 1)
    start = {k: np.full(3, v) for k, v in parameters_of(model, {}).items()}
    start["divisor"] = np.array([1.0, 0.0, 2.0])
    heaps = machine.run_many(model.program(), model.clock, start, ["heap"])["heap"]
    np.testing.assert_allclose(heaps, [[1, 2, 3, 4], [1, *[math.inf] * 3], [1, 1.5, 2, 2.5]])


def test_a_fixed_delay_may_differ_between_runs() -> None:
    model = StockFlow("pipes", stop=6)
    model.stock("heap", 0)
    model.flow("arriving", "delay(time, wait, 0)", into="heap")
    model.constant("wait", 1)
    waits = np.array([1.0, 3.0, 2.0, 1e300, math.inf])
    start = {k: np.full(5, v) for k, v in parameters_of(model, {}).items()} | {"wait": waits}
    together = machine.run_many(model.program(), model.clock, start, ["heap"])["heap"]
    for heap, wait in zip(together, waits, strict=True):
        own = {key: values[0] for key, values in start.items()} | {"wait": wait}
        np.testing.assert_array_equal(heap, run_once(model.program(), model.clock, own)["heap"])


@pytest.mark.parametrize("seed", [0, 7, 2**40])
def test_the_same_seed_draws_the_same_as_in_python(seed: int) -> None:
    model = StockFlow("draws", stop=20)
    model.auxiliary("draw", "uniform(0, 1)")
    np.testing.assert_array_equal(
        model.run(engine="fast", seed=seed)["draw"], model.run(seed=seed)["draw"]
    )


def test_each_run_may_have_a_seed_of_its_own() -> None:
    model = StockFlow("draws", stop=20)
    model.auxiliary("draw", "uniform(0, 1)")
    seeds = np.array([5, 1, 5])
    drawn = machine.run_many(model.program(), model.clock, {}, ["draw"], seed=seeds)["draw"]
    for seed, own in zip(seeds, drawn, strict=True):
        np.testing.assert_array_equal(own, model.run(seed=int(seed))["draw"])


def test_what_is_not_asked_for_and_not_needed_is_not_computed() -> None:
    from cstools.engine.registers import assemble

    program = sir().program()
    whole, part = (assemble(program, keys, EULER) for keys in (program.columns, ["infectious"]))
    assert len(part.instructions.code) < len(whole.instructions.code)
    assert len(part.instructions.states) == 2  # nothing that is infectious depends on the recovered


def test_nothing_is_compiled_for_a_model() -> None:
    from cstools.engine import interpreter

    for equation in ("smooth1(time, 2)", "delay(time, 2)", "uniform(0, 1)", "curve(time)", "2"):
        model = StockFlow("any", stop=4)
        model.lookup("curve", [(0, 1), (2, 5)])
        model.auxiliary("x", equation)
        for method in METHODS:
            model.run(engine="fast", method=method)
    assert len(interpreter.run_one.signatures) == 1


def test_only_what_must_be_compiled_is_announced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    file = tmp_path / "loop.py"
    file.write_text(
        "from numba import njit\n"
        "@njit\ndef half(x):\n    return x / 2\n"
        "@njit(cache=True)\ndef loop(x):\n    half(x)\n"
    )
    said = []
    for _ in range(2):  # the second time as in another session: compiled code lies beside it
        described = importlib.util.spec_from_file_location("loop", file)
        assert described is not None
        assert described.loader is not None
        module = importlib.util.module_from_spec(described)
        described.loader.exec_module(module)
        machine._call(module.loop, 1.0)
        machine._call(module.loop, 2.0)
        said.append(capsys.readouterr().err)
    assert said == [
        "Preparing the fast engine: this is compiled once for an installation and takes about ten "
        "seconds.\n",
        "",
    ]


def test_without_numba_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numba", None)
    monkeypatch.delitem(sys.modules, "cstools.engine.interpreter", raising=False)
    with pytest.raises(CstoolsError) as found:
        sir().run(engine="fast")
    assert isinstance(found.value, ImportError)
    assert str(found.value) == (
        "the fast engine needs numba, which is not installed; "
        'install it with: pip install "cstools[fast]"'
    )


def test_an_unknown_engine_is_told_which_there_are() -> None:
    with pytest.raises(CstoolsError) as found:
        sir().run(engine="turbo")
    assert str(found.value) == ("there is no engine 'turbo'; choose 'cstools', 'fast' or 'pysd'")


def test_a_tree_of_numbers_only_is_computed_before_the_first_step() -> None:
    from cstools.engine.registers import assemble

    program = at_steps(parse("time * (2 + 3 * exp(1))"))  # type: ignore[arg-type]
    work = assemble(program, ["result"], EULER).instructions
    assert len(work.code[int(work.marks[0]) :]) == 1
