"""The estimators of Sobol' indices, against functions whose indices are known."""

from __future__ import annotations

import numpy as np
import pytest

from cstools.analysis.sobol import indices, tables
from cstools.stock_flow.spreads import spread

POINTS = 4096
# Plain Monte Carlo would be good to about 1 / √4096 = 0.016 of what is averaged, whose own spread
# is up to 2; Sobol's points do some times better.
NEAR = 0.02


def ishigami(x: np.ndarray, a: float = 7.0, b: float = 0.1) -> np.ndarray:
    """The function of [IshigamiHomma1990], the field's usual yardstick."""
    return np.sin(x[0]) + a * np.sin(x[1]) ** 2 + b * x[2] ** 4 * np.sin(x[0])


def ishigami_indices(a: float = 7.0, b: float = 0.1) -> tuple[list[float], list[float]]:
    """Its indices, by integrating the function's parts over the cube from −π to π."""
    pi4 = np.pi**4
    first = 0.5 * (1 + b * pi4 / 5) ** 2
    second = a**2 / 8
    together = b**2 * pi4**2 * (1 / 18 - 1 / 50)
    total = first + second + together
    alone = [first / total, second / total, 0.0]
    return alone, [(first + together) / total, second / total, together / total]


def estimated(function, ranges, points=POINTS, seed=0):
    spreads = [spread("x", said) for said in ranges]
    first, total = indices(function(tables(spreads, points, seed)), len(ranges), seed)
    return first, total


@pytest.mark.parametrize("seed", range(3))
def test_the_indices_of_ishigamis_function_are_found(seed: int) -> None:
    first, total = estimated(ishigami, [(-np.pi, np.pi)] * 3, seed=seed)
    alone, together = ishigami_indices()
    assert [share.value for share in first] == pytest.approx(alone, abs=NEAR)
    assert [share.value for share in total] == pytest.approx(together, abs=NEAR)


def test_a_sum_has_shares_that_are_its_variances_and_nothing_together() -> None:
    # Variances 1, 4 and 9 of 14, whatever the distributions; 1000 more changes nothing.
    ranges = [("normal", 0, 1), (-2 * np.sqrt(3), 2 * np.sqrt(3)), ("normal", 0, 3)]
    first, total = estimated(lambda x: 1000 + x.sum(axis=0), ranges)
    for shares in (first, total):
        assert [share.value for share in shares] == pytest.approx(
            [1 / 14, 4 / 14, 9 / 14], abs=NEAR
        )


def test_a_product_about_zero_works_only_together() -> None:
    first, total = estimated(lambda x: x[0] * x[1], [(-1, 1), (-1, 1)])
    assert [share.value for share in first] == pytest.approx([0, 0], abs=NEAR)
    assert [share.value for share in total] == pytest.approx([1, 1], abs=2 * NEAR)


def test_shares_do_not_depend_on_the_units_of_the_result() -> None:
    plain = estimated(ishigami, [(-3, 3)] * 3, 256)
    scaled = estimated(lambda x: 1e6 * ishigami(x), [(-3, 3)] * 3, 256)
    for one, other in zip(plain[0] + plain[1], scaled[0] + scaled[1], strict=True):
        assert one.value == pytest.approx(other.value, rel=1e-9)  # rounding


def test_an_interval_narrows_with_the_points_and_holds_the_truth() -> None:
    alone, together = ishigami_indices()
    few, many = (estimated(ishigami, [(-np.pi, np.pi)] * 3, points) for points in (128, 4096))
    for less, more in zip(few[0] + few[1], many[0] + many[1], strict=True):
        assert more.spread < less.spread / 3  # √32 = 5.7, if each were exact
    for share, truth in zip(many[0] + many[1], alone + together, strict=True):
        assert share.low <= truth <= share.high


def test_the_crossed_tables_differ_from_the_first_in_one_input_each() -> None:
    values = tables([spread("x", (0, 1))] * 3, 8, 0).reshape(3, 5, 8)
    a, b, *crossed = (values[:, number] for number in range(5))
    for position, table in enumerate(crossed):
        np.testing.assert_array_equal(table[position], b[position])
        others = np.arange(3) != position
        np.testing.assert_array_equal(table[others], a[others])
