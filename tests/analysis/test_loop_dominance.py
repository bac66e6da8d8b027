"""Which loops rule: rules on plain arrays of scores."""

from __future__ import annotations

import numpy as np
import pytest

from cstools.analysis.loop_dominance import (
    Period,
    dominant,
    mean_shares,
    periods,
    polarity,
    relative,
)


def test_shares_are_taken_within_each_component() -> None:
    raw = np.array([[0, 0, 0], [2, -1, -7], [0, 0, 5]])
    shares = relative(raw, [0, 0, 1])
    np.testing.assert_allclose(shares, [[0, 0, 0], [2 / 3, -1 / 3, -1], [0, 0, 1]])


def test_loops_that_are_not_told_still_take_their_share() -> None:
    shares = relative(np.array([[2.0, -1.0]]), [0, 0], np.array([[1.0]]))
    np.testing.assert_allclose(shares, [[0.5, -0.25]])


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ([0.6, -0.4], (0,)),
        ([0.24, -0.42, -0.34], (1, 2)),  # neither of the two explains half by itself
        ([0.45, -0.43, -0.12], (1, 2)),  # the strongest loop is on the weaker side
        ([0.1, 0.3, 0.3, -0.3], (1, 2)),  # the fewest that explain more than half
        ([0.5, -0.5], (0,)),
        ([0.0, 0.0], ()),
        ([-1.0], (0,)),
    ],
)
def test_loops_of_one_side_dominate_together(
    shares: list[float], expected: tuple[int, ...]
) -> None:
    assert dominant(np.array(shares)) == expected


def test_a_period_stops_where_the_next_one_starts() -> None:
    time = np.array([0.0, 1, 2, 3, 4])
    shares = np.array([[0, 0], [0.8, -0.2], [0.6, -0.4], [0.2, -0.8], [0.1, -0.9]])
    assert periods(time, shares, ["R1", "B1"]) == (
        Period(0, 3, ("R1",), pytest.approx(0.7)),
        Period(3, 4, ("B1",), pytest.approx(0.85)),
    )


def test_a_run_of_one_row_has_no_period() -> None:
    assert periods(np.array([0.0]), np.zeros((1, 1)), ["R1"]) == ()


def test_a_mean_share_begins_where_the_loop_does() -> None:
    shares = np.array([[0, 0], [0, -1], [0.5, -0.5], [1, 0]])
    np.testing.assert_allclose(mean_shares(shares), [0.75, 0.5])


def test_a_sign_that_hardly_ever_shows_does_not_count() -> None:
    column = np.full(1000, 0.5)
    assert polarity(column) == "+"
    column[7] = -0.5
    assert polarity(column) == "+"  # a thousandth of the weight
    column[:100] = -0.5
    assert polarity(column) == "?"
    assert polarity(-np.ones(3)) == "-"
    assert polarity(np.zeros(3)) == "?"
