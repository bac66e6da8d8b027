"""A page alone says numbers and moments as Python does."""

from __future__ import annotations

import random
from pathlib import Path

from cstools.plotting.words import amount, moment, number
from tests.widgets.javascript import in_node

NUMBERS = [0, -0.0, 1, 12, 0.5, 2.345, 1.125, 1.135, 99.95, 999.4, 999.5, 1000.5, 1001.5, 1234567]
NUMBERS += [1e6 - 0.5, 999_999.4, 3.4e9, 2.5e12, 1e15, 7e21, 1e-4, 9.99e-5, 3e-12, -45.678, -1e6]
UNITS = ["", "year", "Years", "week", "days", "school days", "min", "s", "mass"]


def test_numbers_are_said_as_in_python(tmp_path: Path) -> None:
    drawn = random.Random(2026)
    numbers = [*NUMBERS, *(drawn.choice([-1, 1]) * 10 ** drawn.uniform(-6, 16) for _ in range(500))]
    said = in_node(tmp_path, "shared/said.js", "saidNumber", "given[0].map(saidNumber)", numbers)
    assert said == [number(value) for value in numbers]


def test_amounts_and_moments_are_said_as_in_python(tmp_path: Path) -> None:
    pairs = [(value, units) for value in (1, 40, 2026, 3.5, 12345) for units in [*UNITS, "%"]]
    asked = "given[0].map(([v, u]) => [saidAmount(v, u), saidMoment(v, u)])"
    said = in_node(tmp_path, "shared/said.js", "saidAmount, saidMoment", asked, pairs)
    assert said == [[amount(value, units), moment(value, units)] for value, units in pairs]


def test_a_curve_is_told_in_short_by_its_ends_and_its_turns(tmp_path: Path) -> None:
    result = {"time": [0, 1, 2, 3], "columns": [[10, 40, 5, 20], [1, 2, 3, 4]]}
    chosen = [
        {"label": "fish", "units": "tonne", "place": 0},
        {"label": "pH", "units": "", "place": 1},
    ]
    asked = 'inShort(given[0], given[1], "year")'
    assert in_node(tmp_path, "shared/said.js", "inShort", asked, result, chosen) == (
        "Fish goes from 10 to 20 tonne by year 3, highest 40 at year 1, lowest 5 at year 2. "
        "pH goes from 1 to 4 by year 3."
    )


def test_the_numbers_of_one_axis_differ(tmp_path: Path) -> None:
    pairs = [[1e6, 500], [1_000_500, 500], [1.5e6, 5e5], [2e6, 5e5], [2.5e9, 5e8], [0, 1e-7]]
    pairs += [[1e-7, 1e-7], [1.2e-7, 2e-8], [5e-5, 5e-5], [-2.5e15, 5e14], [1e70, 5e69], [0.5, 0.5]]
    said = in_node(
        tmp_path, "shared/axes.js", "written", "given[0].map(([v, s]) => written(v, s))", pairs
    )
    assert said == [
        *("1,000,000", "1,000,500", "1.5 million", "2 million", "2.5 billion", "0"),
        *("1 × 10⁻⁷", "1.2 × 10⁻⁷", "0.00005", "−2.5 × 10¹⁵", "1.0 × 10⁷⁰", "0.5"),
    ]
    alone = in_node(
        tmp_path, "shared/axes.js", "written", "given[0].map((v) => written(v))", [1.5e6, 3e-7]
    )
    assert alone == ["1.5 million", "3 × 10⁻⁷"]


def test_readings_under_the_cursor_stand_apart_and_inside_their_panel(tmp_path: Path) -> None:
    asked = "given.map(([wanted, walls]) => apart(wanted, walls))"
    piles = ([[50, 52, 51], [0, 200]], [[190, 195, 198], [0, 200]], [[-40, 10], [0, 200]])
    said = in_node(tmp_path, "shared/chart_cursor.js", "apart", asked, *piles)
    assert said == [[50, 66, 82], [168, 184, 200], [0, 16]]


def test_curves_that_have_the_same_under_the_cursor_share_one_reading(tmp_path: Path) -> None:
    lines = [
        {"values": [481.93], "color": "blue", "letter": "C"},
        {"values": [481.91], "color": "blue", "letter": "B"},
        {"values": [300], "color": "blue", "letter": "A"},
        {"values": [481.9], "color": "red"},
        {"values": [300], "color": "blue"},
        {"values": [1], "color": "blue", "faint": True},
    ]
    asked = "readingsOf(given[0], 0).map(({ text, color }) => [text, color])"
    said = in_node(tmp_path, "shared/chart_cursor.js", "readingsOf", asked, lines)
    assert said == [["B, C 481.9", "blue"], ["481.9", "red"], ["now, A 300", "blue"]]
