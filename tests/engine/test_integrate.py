"""Halving the step divides the error as the order of the method says."""

import math

import numpy as np
import pytest

from cstools.engine.integrate import METHODS, Method, method_named
from cstools.engine.program import Clock, Program, build
from cstools.engine.single import run_once
from cstools.equations.text import parse
from cstools.errors import ModelError

# y' = −y + sin(t), y(0) = 1 has the solution below; it depends on time as well as on the state,
# so that a method that forgets to move the clock within a step shows its lower order.
EXACT = 1.5 * math.exp(-4) + 0.5 * (math.sin(4) - math.cos(4))


def forced_decay() -> Program:
    rate = parse("sin(time) - y")
    return build([], {"rate": rate}, {"y": (parse("1"), parse("rate"))}, {}, {})


def error(method: Method, dt: float) -> float:
    run = run_once(forced_decay(), Clock(0.0, 4.0, dt), {}, method)
    return abs(float(run["y"][-1]) - EXACT)


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda m: m.name)
def test_the_error_shrinks_with_the_order_of_the_method(method: Method) -> None:
    steps = np.array([1 / 8, 1 / 16, 1 / 32, 1 / 64])
    errors = [error(method, float(dt)) for dt in steps]
    slope = np.polyfit(np.log(steps), np.log(errors), 1)[0]
    # The slope reaches the order only as dt goes to 0; at these steps it is within 0.1 of it.
    assert slope == pytest.approx(method.order, abs=0.1)


def test_an_unknown_method_is_named_with_the_ones_there_are() -> None:
    with pytest.raises(ModelError) as found:
        method_named("runge")
    assert str(found.value) == (
        "there is no integration method 'runge'; choose 'euler', 'heun' or 'rk4'"
    )
