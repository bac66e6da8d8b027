"""Equations find their order; what cannot be ordered says why."""

import pytest

from cstools.engine.program import Clock, build, in_order
from cstools.equations.text import parse
from cstools.errors import ModelError


def test_an_equation_comes_after_those_it_needs() -> None:
    ordered = in_order({"c": parse("a + b"), "b": parse("a * 2"), "a": parse("1")}, {})
    assert [equation.key for equation in ordered] == ["a", "b", "c"]


def test_a_circle_is_shown_and_the_way_out_said() -> None:
    equations = {
        "price": parse("demand * 2"),
        "demand": parse("income / price"),
        "income": parse("3"),
    }
    with pytest.raises(ModelError) as found:
        in_order(equations, {})
    assert str(found.value) == (
        "price → demand → price need each other in the same instant; "
        "a feedback loop must pass through a stock"
    )


def test_a_chain_of_five_thousand_equations_is_no_circle() -> None:
    chain = {f"v{i}": parse(f"v{i + 1} + 1") for i in range(5000)} | {"v5000": parse("0")}
    assert in_order(chain, {})[0].key == "v5000"


def test_what_depends_on_parameters_alone_is_computed_once() -> None:
    program = build(
        ["rate"],
        {"double": parse("rate * 2"), "inflow": parse("double * s")},
        {"s": (parse("1"), parse("inflow"))},
        {},
        {},
    )
    assert [e.key for e in program.fixed] == ["double"]
    assert [e.key for e in program.each_step] == ["inflow"]


@pytest.mark.parametrize(
    ("span", "dt", "steps"), [(0.3, 0.1, 3), (1.0, 0.3, 3), (100.0, 0.125, 800), (7.0, 0.1, 70)]
)
def test_the_clock_counts_whole_steps(span: float, dt: float, steps: int) -> None:
    assert Clock(0.0, span, dt).steps == steps
