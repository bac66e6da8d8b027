"""Numbers that a Vensim model keeps beside itself: spreadsheets, and the table of a data set."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from cstools import CstoolsError, read_model
from tests.stock_flow.vensim_models import read, written

SHEET = [
    ["time", "A", "B", "elements"],
    [0, 1, 10, "wet"],
    [4, 5, 30, "dry"],
    [8, 3, 50, ""],
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a sheet of numbers in it."""
    with (tmp_path / "sheet.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(SHEET)
    return tmp_path


def test_constants_come_from_cells(folder: Path) -> None:
    text = """
        d: A, B
        one = GET DIRECT CONSTANTS('sheet.csv', ',', 'B3')
        along[d] = GET DIRECT CONSTANTS('sheet.csv', ',', 'B2')
        down[d] = GET DIRECT CONSTANTS('sheet.csv', ',', 'B2*')
        """
    run = read(folder, text).run()
    assert run["one"][0] == 5
    np.testing.assert_array_equal(run["along"][0], [1, 10])
    np.testing.assert_array_equal(run["down"][0], [1, 5])


@pytest.mark.parametrize(
    ("keyword", "values"),
    [
        ("", [1, 2, 3, 4, 5, 4.5, 4, 3.5, 3, 3, 3]),
        (":INTERPOLATE:", [1, 2, 3, 4, 5, 4.5, 4, 3.5, 3, 3, 3]),
        (":HOLD BACKWARD:", [1, 1, 1, 1, 5, 5, 5, 5, 3, 3, 3]),
        (":LOOK FORWARD:", [1, 5, 5, 5, 5, 3, 3, 3, 3, 3, 3]),
        (":RAW:", [1, None, None, None, 5, None, None, None, 3, None, None]),
    ],
)
def test_data_go_between_their_points_as_their_keyword_says(
    folder: Path, keyword: str, values: list[float | None]
) -> None:
    text = f"x {keyword}:= GET DIRECT DATA('sheet.csv', ',', 'A', 'B2')"
    nothing = -(2.0**109)  # Vensim's :NA:
    np.testing.assert_allclose(
        read(folder, text).run()["x"], [nothing if v is None else v for v in values], rtol=1e-12
    )


def test_data_and_lookups_over_an_array_have_a_column_for_each(folder: Path) -> None:
    text = """
        d: A, B
        x[d] := GET DIRECT DATA('sheet.csv', ',', 'A', 'B2')
        f[d] = GET DIRECT LOOKUPS('sheet.csv', ',', 'A', 'B2')
        y[d] = f[d](Time)
        """
    run = read(folder, text).run()
    np.testing.assert_array_equal(run["x"][4], [5, 30])
    np.testing.assert_array_equal(run["y"], run["x"])


def test_elements_come_from_cells(folder: Path) -> None:
    text = "d: GET DIRECT SUBSCRIPT('sheet.csv', ',', 'D2', 'D3', 'land ')\nx[d] = d"
    assert read(folder, text).dimensions["d"].elements == ("land wet", "land dry")


def test_a_data_set_is_a_table_beside_the_model(tmp_path: Path) -> None:
    path = written(tmp_path, "d: A, B\nx[d]:HOLD BACKWARD: ~ ~ |\ny[d] = 2 * x[d]")
    (tmp_path / "data.tab").write_text("Time\tx[A]\tx[B]\n0\t1\t\n5\t2\t3\n", "utf-8")
    np.testing.assert_array_equal(read_model(path).run()["y"][[0, 5]], [[2, 6], [4, 6]])


def test_data_are_there_at_their_time_whatever_the_steps(tmp_path: Path) -> None:
    dt = 0.57
    assert 100 * dt < 57  # by rounding: the step that means 57 comes a little before it
    path = written(tmp_path, "x:HOLD BACKWARD: ~ ~ |", stop=60, dt=dt)
    (tmp_path / "data.csv").write_text("Time,x\n0,1\n57,2\n", "utf-8")
    assert read_model(path).run()["x"][100] == 2


FAULTS = {
    "no file": (
        "x = GET XLS CONSTANTS('gone.xlsx', 'Sheet1', 'B3')",
        "'model.mdl': 'x' has its numbers in 'gone.xlsx', and there is no such file beside the "
        "model; put it there",
    ),
    "an empty cell": (
        "x = GET DIRECT CONSTANTS('sheet.csv', ',', 'D4')",
        "'model.mdl': 'x': a cell of 'sheet.csv' that it needs is empty, or no number",
    ),
    "no cell": (
        "x = GET DIRECT CONSTANTS('sheet.csv', ',')",
        "'model.mdl': 'x': it is not said where its numbers are; 3 texts in single quotes are "
        "needed: the file, the sheet, and the cells",
    ),
    "an unknown keyword": (
        "x:GUESS::= GET DIRECT DATA('sheet.csv', ',', 'A', 'B2')",
        "'model.mdl': 'x' has its numbers in 'sheet.csv', where they cannot be read:  The "
        "interpolation method (interp) must be 'raw', 'interpolate', 'look_forward' or "
        "'hold_backward'",
    ),
    "no data set": (
        "x:RAW: ~ ~ |",
        "'model.mdl': 'x' has no equation: its values come with a data set, which no model names; "
        "export it from Vensim as 'data.tab' or 'model_data.tab', and put it beside the model",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_numbers_that_are_not_there_are_told(folder: Path, fault: str) -> None:
    text, told = FAULTS[fault]
    with pytest.raises(CstoolsError) as found:
        read(folder, text)
    assert str(found.value) == told


def test_a_data_set_without_a_column_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, "x:RAW: ~ ~ |")
    (tmp_path / "data.csv").write_text("Time,y\n0,1\n", "utf-8")
    with pytest.raises(CstoolsError) as found:
        read_model(path)
    assert str(found.value) == (
        "'model.mdl': 'x' has no equation, and 'data.csv' has no column of its values"
    )


def test_a_table_that_is_none_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, "x:RAW: ~ ~ |")
    (tmp_path / "data.csv").write_text("x,y\n0,1\n", "utf-8")
    with pytest.raises(CstoolsError) as found:
        read_model(path)
    assert str(found.value) == (
        "'model.mdl': 'data.csv' is no table of values: its first line names the variables, Time "
        "first, and each line after it is a moment"
    )
