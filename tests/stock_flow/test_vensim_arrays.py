"""Vensim's subscripts: ranges, mappings, exceptions, and functions over arrays."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.stock_flow.vensim_models import read


def test_an_array_of_numbers_fills_its_last_dimension_first(tmp_path: Path) -> None:
    text = """
        row: A, B
        column: (c1-c3)
        table[row, column] = 1, 2, 3; 4, 5, 6;
        tabbed[row, column] = TABBED ARRAY(1 2 3 4 5 6)
        """
    run = read(tmp_path, text).run()
    for name in ("table", "tabbed"):
        np.testing.assert_array_equal(run[name][0], [[1, 2, 3], [4, 5, 6]])


def test_ranges_are_made_of_ranges_copies_and_numbers(tmp_path: Path) -> None:
    model = read(
        tmp_path,
        """
        all: first, Middle, last
        Middle: (m1-m3)
        same <-> all
        x[all] = ELMCOUNT(Middle)
        y[same] = x[same] + same
        """,
    )
    assert model.dimensions["same"].elements == ("first", "m1", "m2", "m3", "last")
    np.testing.assert_array_equal(model.run()["y"][0], [4, 5, 6, 7, 8])


def test_a_part_of_a_range_counts_as_the_whole_does(tmp_path: Path) -> None:
    text = """
        all: A, B, C
        end: C, B
        place[end] = end
        same[all, end] = IF THEN ELSE(all = end, 1, 0)
        """
    run = read(tmp_path, text).run()
    assert (run["place[B]"][0], run["place[C]"][0]) == (2, 3)
    np.testing.assert_array_equal(run["same"][0], [[0, 0], [0, 1], [1, 0]])


def test_a_mapping_takes_each_element_to_its_own(tmp_path: Path) -> None:
    text = """
        town: Ulm, Köln, Bonn -> (land: south, west, west)
        land: south, west
        coast: x, y, z -> town
        rate[land] = 1, 2
        of town[town] = rate[land]
        people[coast] = 10, 20, 30
        moved[town] = people[coast]
        """
    # The mapping says which land a town lies in; several towns share one.
    run = read(tmp_path, text).run()
    np.testing.assert_array_equal(run["of town"][0], [1, 2, 2])
    np.testing.assert_array_equal(run["moved"][0], [10, 20, 30])


def test_a_mapping_may_lead_to_a_group(tmp_path: Path) -> None:
    text = """
        land: south, west -> (town: southern, western)
        town: Ulm, Köln, Bonn
        southern: Ulm
        western: Köln, Bonn
        rate[land] = 1, 2
        of town[town] = rate[land]
        """
    np.testing.assert_array_equal(read(tmp_path, text).run()["of town"][0], [1, 2, 2])


def test_what_is_excepted_is_left_to_others(tmp_path: Path) -> None:
    text = """
        store: (s1-s3)
        product: (p1-p2)
        x[s2, p2] = 7
        x[store, product] :EXCEPT: [s2, p2] = 1
        """
    np.testing.assert_array_equal(read(tmp_path, text).run()["x"][0], [[1, 1], [1, 7], [1, 1]])


def test_what_is_excepted_and_said_nowhere_is_not_there(tmp_path: Path) -> None:
    text = """
        store: (s1-s3)
        product: (p1-p2)
        x[store, product] :EXCEPT: [s2, p2], [s3, product] = store * 10 + product
        """
    run = read(tmp_path, text).run()
    assert {name: run.values[name][0] for name in run.values} == {
        "x[s1,p1]": 11, "x[s1,p2]": 12, "x[s2,p1]": 21,
    }  # fmt: skip


def test_delays_and_smooths_are_kept_for_each_element(tmp_path: Path) -> None:
    text = """
        d: A, B
        time to come[d] = 2, 4
        input[d] = STEP(10, 2) * d
        x[d] = DELAY3(input[d], time to come[d])
        y[d] = SMOOTH N(input[d], time to come[d], 0, 2)
        b x = DELAY3(input[B], 4)
        b y = SMOOTH N(input[B], 4, 0, 2)
        """
    run = read(tmp_path, text, dt=0.25).run()
    np.testing.assert_array_equal(run["x[B]"], run["b x"])
    np.testing.assert_array_equal(run["y[B]"], run["b y"])


VECTORS = """
    d: (d1-d4)
    e: (e1-e4) -> d
    v[d] = 3, 1, 4, 2
    up[e] = VECTOR SORT ORDER(v[d], 1)
    down[e] = VECTOR SORT ORDER(v[d], -1)
    sorted[e] = VECTOR REORDER(v[d], up[e])
    rank[d] = VECTOR RANK(v[d], 1)
    shifted[d] = VECTOR ELM MAP(v[d1], d)
    which[d] = 1, 0, 2, 0
    weighted = VECTOR SELECT(which[d!], v[d!], -1, 0, 0)
    largest = VECTOR SELECT(which[d!], v[d!], -1, 9, 0)
    none = VECTOR SELECT(which[d!] * 0, v[d!], -1, 0, 0)
    least = VMIN(v[d!])
    """


def test_vectors_are_sorted_ranked_and_chosen_from(tmp_path: Path) -> None:
    run = read(tmp_path, VECTORS).run()
    expected = {
        "up": [1, 3, 0, 2],
        "down": [2, 0, 3, 1],
        "sorted": [1, 2, 3, 4],
        "rank": [3, 1, 4, 2],
        "shifted": [1, 4, 2, -(2.0**109)],  # behind the last there is nothing: Vensim's :NA:
    }
    for name, values in expected.items():
        np.testing.assert_array_equal(run[name][0], values)
    assert [run[name][0] for name in ("weighted", "largest", "none", "least")] == [11, 4, -1, 1]


def test_a_matrix_times_its_inverse_is_one(tmp_path: Path) -> None:
    text = """
        i: A, B, C
        j: D, E, F
        m[i, j] = 0, 2, 1; 3, -1, 4; 1, 5, 9
        n[j, i] = INVERT MATRIX(turned[j, i], 3)
        turned[j, i] = m[i, j]
        inverse[i, j] = INVERT MATRIX(m[i, j], 3)
        """
    run = read(tmp_path, text).run()
    product = run["m"][0] @ run["inverse"][0]
    np.testing.assert_allclose(product, np.eye(3), atol=1e-14)  # rounding of a few sums
    np.testing.assert_allclose(run["n"][0], run["inverse"][0].T, rtol=1e-12)


def test_all_that_is_available_is_allocated(tmp_path: Path) -> None:
    text = """
        taker: A, B, C
        profile: ptype, ppriority, pwidth, pextra
        kind: (k1-k4)
        request[taker] = 500, 300, 750
        curve[kind, taker, ptype] = kind
        curve[kind, A, ppriority] = 5
        curve[kind, B, ppriority] = 7
        curve[kind, C, ppriority] = 3
        curve[kind, taker, pwidth] = 2
        curve[kind, taker, pextra] = 0
        available = 300 * Time
        got[kind, taker] = ALLOCATE AVAILABLE(request[taker], curve[kind, taker, ptype], available)
        """
    run = read(tmp_path, text, stop=8).run()
    got, available = run["got"], np.minimum(300 * np.arange(9), 1550)
    # The last halving leaves no more than the rounding of a sum of three.
    np.testing.assert_allclose(got.sum(axis=2), np.tile(available, (4, 1)).T, rtol=1e-12)
    assert (got[1:6, :, 1] / 300 >= got[1:6, :, 0] / 500).all()  # the higher priority has more


def test_who_comes_first_is_served_first(tmp_path: Path) -> None:
    text = """
        taker: A, B, C
        request[taker] = 10, 6, 4
        near[taker] = 3, 3, 2
        got[taker] = ALLOCATE BY PRIORITY(request[taker], near[taker], ELMCOUNT(taker), 1, Time)
        """
    got = read(tmp_path, text, stop=22).run()["got"]
    np.testing.assert_allclose(got[8], [5, 3, 0], rtol=1e-12)  # equals share by their requests
    np.testing.assert_allclose(got[18], [10, 6, 2], rtol=1e-11)  # what is left goes to the next
    np.testing.assert_allclose(got[22], [10, 6, 4], rtol=1e-11)


@pytest.mark.parametrize("name", ["SUM", "VMAX", "VMIN", "PROD"])
def test_functions_over_arrays_run_through_what_has_a_mark(tmp_path: Path, name: str) -> None:
    text = f"""
        d: d1, d2, d3
        e: e1, e2
        m[d, e] = 1, 2; 3, 4; 5, 6
        x[d] = {name}(m[d, e!])
        y[e] = {name}(m[d!, e])
        """
    run = read(tmp_path, text).run()
    by_hand = {"SUM": np.sum, "VMAX": np.max, "VMIN": np.min, "PROD": np.prod}[name]
    table = np.arange(1, 7).reshape(3, 2)
    np.testing.assert_array_equal(run["x"][0], by_hand(table, axis=1))
    np.testing.assert_array_equal(run["y"][0], by_hand(table, axis=0))
