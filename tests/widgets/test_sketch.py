"""What somebody expects is a handful of points, and nothing else."""

from __future__ import annotations

import pytest

from cstools.errors import DataError
from cstools.widgets.sketch import sketch


def test_a_new_sketch_has_no_points_and_says_so() -> None:
    empty = sketch("water in the tub", start=0, stop=16, low=0, high=300)
    assert empty.points == []
    assert repr(empty) == "Sketch of water in the tub: no points drawn yet"


@pytest.mark.parametrize(
    ("stop", "times"),
    [
        (12, [0, 2, 4, 6, 8, 10, 12]),
        (16, [0, 2, 4, 6, 8, 10, 12, 14, 16]),
        (10, [0, 2, 4, 6, 8, 10]),
        (1, [0, 0.2, 0.4, 0.6, 0.8, 1]),
    ],
)
def test_the_moments_are_about_seven_and_round(stop: float, times: list[float]) -> None:
    assert sketch("water", stop=stop).payload["times"] == times


def test_a_count_that_is_said_is_kept() -> None:
    assert sketch("water", stop=16, count=5).payload["times"] == [0, 4, 8, 12, 16]


def test_points_can_be_given_in_code() -> None:
    typed = sketch("water", units="litre", time_units="minute", points=[(8, 90), (0, 40)])
    assert typed.points == [[0.0, 40.0], [8.0, 90.0]]
    assert repr(typed) == "Sketch of water: 40 litre at minute 0, 90 litre at minute 8"


def test_what_is_known_at_the_start_is_given() -> None:
    pad = sketch("water", stop=16, high=300, units="litre", time_units="minute", begins=100)
    assert pad.points == [[0, 100]]
    assert len(pad.grid()["times"]) > 5
    assert pad.kept == [[0, 100]]  # nobody drew it
    both = sketch("water", stop=16, high=300, begins=100, points=[(8, 50)])
    assert (both.points, both.grid()["times"]) == ([[0, 100], [8, 50]], [0, 8])
    with pytest.raises(DataError) as error:
        sketch("water", begins=120)
    assert str(error.value) == (
        "sketch of 'water': the point (0, 120) lies outside the grid, "
        "which goes from time 0 to 10 and from 0 to 100"
    )


def test_a_grid_without_height_is_refused() -> None:
    with pytest.raises(DataError) as error:
        sketch("water", low=10, high=10)
    assert str(error.value) == (
        "sketch of 'water': start must be before stop and low below high; "
        "this has time 0 to 10 and values 10 to 10"
    )


def test_a_single_point_is_no_curve() -> None:
    with pytest.raises(DataError) as error:
        sketch("water", count=1)
    assert str(error.value) == "sketch of 'water': a curve needs at least 2 points, not 1"


def test_a_point_outside_the_grid_is_refused() -> None:
    with pytest.raises(DataError) as error:
        sketch("water", points=[(4, 120)])
    assert str(error.value) == (
        "sketch of 'water': the point (4, 120) lies outside the grid, "
        "which goes from time 0 to 10 and from 0 to 100"
    )


@pytest.mark.parametrize(
    ("points", "fault"),
    [
        (
            [(3, 50)],
            "time 3 lies between the moments of this grid, which are 0, 2, 4, 6, 8, 10; "
            "for others, begin a new sketch with points=",
        ),
        (
            [(2, 120)],
            "the point (2, 120) lies outside the grid, which goes from time 0 to 10 "
            "and from 0 to 100",
        ),
        ([5, 6], "points are pairs of a time and a value: [(0, 10), (5, 40)]"),
        (["ab"], "points are pairs of a time and a value: [(0, 10), (5, 40)]"),
    ],
)
def test_points_that_are_set_later_lie_on_the_grid(points: list[object], fault: str) -> None:
    mine = sketch("water")
    with pytest.raises(DataError) as error:
        mine.points = points
    assert str(error.value) == f"sketch of 'water': {fault}"
    assert mine.points == []
    mine.points = [(10, 5), (0, 7)]
    assert mine.points == [[0.0, 7.0], [10.0, 5.0]]
