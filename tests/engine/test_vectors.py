"""Functions whose result is an array: the same in Python, in NumPy and in JavaScript."""

from __future__ import annotations

import json
import math
import subprocess
from collections.abc import Callable
from itertools import pairwise
from shutil import which

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstools.engine import vectors

NUMBERS = st.lists(st.floats(-100, 100), min_size=1, max_size=6)
REQUESTS = st.lists(st.floats(0, 100), min_size=1, max_size=6)


def each(word: Callable[..., float], count: int, *arguments: float) -> list[float]:
    """Return a word's value at every position."""
    return [word(float(position + 1), *arguments) for position in range(count)]


@given(values=NUMBERS)
def test_a_sort_order_sorts(values: list[float]) -> None:
    order = each(vectors.order_at, len(values), 1.0, *values)
    assert [values[int(place)] for place in order] == sorted(values)


@given(values=NUMBERS, direction=st.sampled_from([1.0, -1.0]))
def test_a_rank_is_a_place_in_the_order(values: list[float], direction: float) -> None:
    order = each(vectors.order_at, len(values), direction, *values)
    ranks = each(vectors.rank_at, len(values), direction, *values)
    assert [ranks[int(place)] for place in order] == list(range(1, len(values) + 1))


@given(requests=REQUESTS, available=st.floats(0, 700), kind=st.sampled_from([1.0, 2.0, 3.0, 4.0]))
def test_allocation_gives_what_there_is_and_no_more_than_was_asked(
    requests: list[float], available: float, kind: float
) -> None:
    count = len(requests)
    middles = [float(place) for place in range(count)]
    numbers = (*requests, *[kind] * count, *middles, *[2.0] * count)
    got = each(vectors.allocated_at, count, available, *numbers)
    total = sum(requests)
    # The search ends where halving ends; what is left is the rounding of a few sums.
    assert sum(got) == pytest.approx(min(available, total), rel=1e-9, abs=1e-9 * total)
    assert all(-1e-9 * total <= g <= r * (1 + 2e-5) for g, r in zip(got, requests, strict=True))


@given(requests=REQUESTS, available=st.floats(0, 700), width=st.floats(0.1, 5))
def test_who_comes_before_never_gets_a_smaller_share(
    requests: list[float], available: float, width: float
) -> None:
    count = len(requests)
    priorities = [float(place) for place in range(count)]
    got = each(vectors.prioritised_at, count, width, available, *requests, *priorities)
    assert sum(got) == pytest.approx(min(available, sum(requests)), rel=1e-9, abs=1e-9)
    shares = [g / r for g, r in zip(got, requests, strict=True) if r > 1e-3]
    # Of a request that is almost met the last trillionth is rounded up.
    assert all(later >= before - 1e-9 for before, later in pairwise(shares))


def test_an_inverse_that_is_not_there_is_no_number() -> None:
    assert math.isnan(vectors.inverse_at(1, 1, 1.0, 2.0, 2.0, 4.0))


def test_the_normal_curve_is_off_by_no_more_than_is_said() -> None:
    away = np.linspace(0, 8, 200)
    exact = [0.5 * math.erfc(x / math.sqrt(2)) for x in away]
    found = [vectors._normal_tail(x) for x in away]
    # Its source gives 0.00001, rounded.
    np.testing.assert_allclose(found, exact, rtol=0, atol=1.2e-5)


TAKERS = ((50.0, 30.0, 75.0), (5.0, 7.0, 3.0), (2.0, 4.0, 1.0))
CALLS = [
    ("order_at", (2.0, -1.0, 3.0, 1.0, 2.0)),
    ("rank_at", (2.0, 1.0, 3.0, 1.0, 2.0)),
    ("inverse_at", (2.0, 1.0, 0.0, 2.0, 1.0, 3.0, -1.0, 4.0, 1.0, 5.0, 9.0)),
    *(
        ("vector_selected", (float(action), -1.0, 2.0, 0.0, 3.0, 4.0, 5.0, 0.5))
        for action in range(11)
    ),
    ("vector_selected", (0.0, -1.0, 0.0, 5.0)),
    *(
        ("allocated_at", (2.0, there, *TAKERS[0], kind, 3.0, kind, *TAKERS[1], *TAKERS[2]))
        for kind in (1.0, 2.0, 3.0, 4.0)
        for there in (0.0, 20.0, 90.0, 200.0)
    ),
    *(("prioritised_at", (2.0, 3.0, there, 8.0, 1.0, 3.0, 5.0, 3.0, 4.0)) for there in (2.0, 9.0)),
]


def test_many_runs_at_once_are_as_each_alone() -> None:
    for word, arguments in CALLS:
        alone = vectors.PYTHON[word](*arguments)
        columns = [np.full(3, value) for value in arguments]
        np.testing.assert_array_equal(vectors.numpy_words()[word](*columns), np.full(3, alone))


def test_what_python_cannot_work_out_is_no_number_among_many_runs() -> None:
    found = vectors.numpy_words()["order_at"](np.array([1.0, 9.0]), 1.0, 5.0, 4.0)
    np.testing.assert_array_equal(found, [1.0, np.nan])


@pytest.mark.skipif(which("node") is None, reason="needs Node to run JavaScript")
def test_javascript_agrees() -> None:
    calls = ", ".join(f"{word}({', '.join(map(repr, arguments))})" for word, arguments in CALLS)
    script = f"{vectors.JAVASCRIPT}\nconsole.log(JSON.stringify([{calls}]));"
    done = subprocess.run(["node", "-e", script], capture_output=True, text=True, check=True)
    expected = [vectors.PYTHON[word](*arguments) for word, arguments in CALLS]
    # exp and pow may differ in their last digit between languages.
    np.testing.assert_allclose(json.loads(done.stdout), expected, rtol=1e-12)
