"""Models that tests of several targets share: an epidemic, and any number drawn at random."""

import numpy as np
from hypothesis import strategies as st

from cstools import StockFlow

# The same float64 operations in the same order; exp, sin and their like may differ by an ulp
# between C libraries, and eight units of time multiply that a little.
SAME = 1e-12


def agree(one: np.ndarray, other: np.ndarray) -> bool:
    """Say whether two series are the same, or broken in the same places."""
    scale = np.maximum(np.abs(one), 1.0)
    both_broken = ~np.isfinite(one) & ~np.isfinite(other)
    with np.errstate(invalid="ignore"):  # infinity less infinity, where both are broken
        return bool((both_broken | (np.abs(one - other) <= SAME * scale)).all())


def sir() -> StockFlow:
    model = StockFlow("SIR", stop=100, dt=0.25, time_units="day")
    model.stock("susceptible", "population - infectious", units="people")
    model.stock("infectious", 5, units="people")
    model.stock("recovered", 0, units="people")
    model.flow(
        "catching", "susceptible * infectious / population * contacts", "susceptible", "infectious"
    )
    model.flow("recovering", "infectious / duration", "infectious", "recovered")
    model.constant("population", 1000, units="people")
    model.constant("contacts", 0.3)
    model.constant("duration", 5, units="day")
    return model


NUMBERS = st.sampled_from(["0.5", "2", "3", "0.1", "7"])
ONE = ["abs({})", "exp(-abs({}))", "sqrt(abs({}))", "sin({})", "int({})", "ln(1 + abs({}))"]
LATE = ["smooth1({}, 2)", "delay3({}, 3)", "delay({}, 1, 0)", "previous({}, 0)", "trend({}, 4)"]
ARRAYS = [
    "sum(herd[*])",
    "max(herd[*] * ({}))",
    "mean(herd) - min({}, herd[big])",
    "herd[2]",
    "herd[1 + abs({})]",
    "stddev(herd)",
    "lookup_step(curve, {})",
    "lookup_forward(curve, {})",
    "lookup_extrapolate(curve, {})",
]
DRAWN = ["uniform(0, 1)", "normal(0, 1)", "exponential(2)", "poisson(3)"]
TWO = [
    "{} + {}",
    "{} - {}",
    "({}) * ({})",
    "({}) / (1 + abs({}))",
    "min({}, {})",
    "max({}, {})",
    "safediv({}, {})",
    "quantum({}, {})",
]
CHOICE = "if {} > {} and not {} < 1 then {} else {}"


def expressions(names: list[str]) -> st.SearchStrategy[str]:
    """Draw the text of an equation over some names."""
    leaves = st.sampled_from(names) | NUMBERS
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(str.format, st.sampled_from(ONE), inner),
            st.builds(str.format, st.sampled_from(TWO), inner, inner),
            st.builds(CHOICE.format, inner, inner, inner, inner, inner).map("({})".format),
            st.builds("step({}, 3)".format, inner),
            st.builds("curve({})".format, inner),
            st.builds(str.format, st.sampled_from(ARRAYS), inner),
            st.builds(str.format, st.sampled_from(LATE), inner),
            st.sampled_from(DRAWN),
        ),
        max_leaves=6,
    )


@st.composite
def models(draw: st.DrawFn) -> StockFlow:
    """Draw a model of one to three stocks that runs for eight steps of time."""
    model = StockFlow("random", stop=8, dt=draw(st.sampled_from([0.25, 0.5, 1.0])))
    stocks = [f"stock {letter}" for letter in "abc"[: draw(st.integers(1, 3))]]
    names = [*stocks, "constant", "time"]
    model.constant("constant", draw(st.floats(-3, 3, width=16)))
    model.lookup("curve", [(-2, -1), (0, 0.5), (1, 2), (5, 2.5)])
    model.dimension("Size", ["small", "big"])
    model.stock("herd[Size]", [draw(st.floats(-2, 2, width=16)), 1])
    model.flow("growth[Size]", "herd / 10 * (Size - 1)", into="herd[Size]")
    for stock in stocks:
        model.stock(stock, draw(st.floats(-5, 5, width=16)))
    for number in range(draw(st.integers(0, 2))):
        model.auxiliary(f"auxiliary {number}", draw(expressions(names)))
        names.append(f"auxiliary {number}")
    for number, stock in enumerate(stocks):
        # Divided, so that most models stay finite for their eight units of time.
        text = f"({draw(expressions(names))}) / 10"
        into = draw(st.sampled_from([*stocks, None]))
        model.flow(f"flow {number}", text, out_of=stock, into=into if into != stock else None)
    return model
