"""Model files: real ones from the field, what is written back, and files that are broken."""

from __future__ import annotations

import csv
import shutil
import warnings
from pathlib import Path

import numpy as np
import pytest

from cstools import CstoolsError, StockFlow, read_model
from cstools.names import key
from cstools.stock_flow.quiet_pysd import pysd

# The expected files hold six digits of runs in single precision; the rule of the field's shared
# collection allows for that.
SHARE, SHARE_OF_LARGEST = 1e-4, 1e-5


def expected(path: Path) -> dict[str, np.ndarray]:
    """Return the columns of a table of expected output, by key."""
    text = path.read_text(encoding="utf-8-sig")
    rows = list(csv.reader(text.splitlines(), delimiter="\t" if "\t" in text else ","))
    table = np.array([[float(cell) for cell in row] for row in rows[1:] if row])
    return {key(name): table[:, column] for column, name in enumerate(rows[0])}


SAMPLES = ["teacup/teacup.xmile", "teacup/teacup.stmx", "teacup/teacup_w_diagram.xmile",
           "teacup/teacup.mdl", "SIR/SIR.xmile", "SIR/SIR.stmx", "SIR/SIR.mdl",
           "SIR/SIR_reciprocal-dt.xmile"]  # fmt: skip


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_file_runs_to_the_numbers_its_authors_published(test_models: Path, sample: str) -> None:
    path = test_models / "samples" / sample
    model = read_model(path)
    run, table = model.run(), expected(path.parent / "output.csv")
    compared = 0
    for name, column in table.items():
        if name != "time" and name in run.values:
            rows = np.rint((table["time"] - model.start) / model.dt).astype(int)
            slack = SHARE_OF_LARGEST * np.abs(column).max()
            np.testing.assert_allclose(run[name][rows], column, rtol=SHARE, atol=slack)
            compared += 1
    assert compared >= 4


@pytest.mark.parametrize("sample", [s for s in SAMPLES if s.endswith(("e", "l"))])
def test_pysd_agrees_at_every_step(test_models: Path, sample: str) -> None:
    model = read_model(test_models / "samples" / sample)
    ours, theirs = model.run(), model.run(engine="pysd")
    for name in ours.names:
        np.testing.assert_allclose(ours[name], theirs[name], rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("sample", ["teacup/teacup.mdl", "SIR/SIR.mdl"])
def test_pysd_agrees_when_it_reads_the_file_itself(
    test_models: Path, tmp_path: Path, sample: str
) -> None:
    # PySD writes its translation beside the file, and the shared files are not ours to write to.
    path = Path(shutil.copy(test_models / "samples" / sample, tmp_path))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # PySD's own, about pandas
        theirs = pysd.read_vensim(str(path)).run()
    ours = read_model(path).run()
    for column in theirs.columns:
        if key(column) in ours.values:
            np.testing.assert_allclose(ours[column], theirs[column], rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("settings", [{"cooling time": 4.0}, {"temperature": 40.0}])
def test_the_second_opinion_runs_with_the_same_settings(
    coffee: StockFlow, settings: dict[str, float]
) -> None:
    ours, theirs = coffee.run(settings), coffee.run(settings, engine="pysd")
    np.testing.assert_allclose(ours["temperature"], theirs["temperature"], rtol=1e-9)
    again = coffee.run(engine="pysd")
    np.testing.assert_allclose(coffee.run()["temperature"], again["temperature"], rtol=1e-9)


@pytest.mark.parametrize("word", ["mod", "MOD", "Mod"])
def test_the_second_opinion_reads_every_spelling_of_a_word(coffee: StockFlow, word: str) -> None:
    coffee.auxiliary("turn", f"if time {word} 8 < 4 then 75 else 25")
    ours, theirs = coffee.run()["turn"], coffee.run(engine="pysd")["turn"]
    np.testing.assert_array_equal(ours, theirs)


def test_a_model_that_pysd_does_not_know_is_told(coffee: StockFlow) -> None:
    coffee.auxiliary("warm", "sample_if_true(temperature > 50, temperature, 0)")
    with pytest.raises(CstoolsError) as found:
        coffee.run(engine="pysd")
    told = "PySD cannot run this model: Not implemented function 'sample_if_true'"
    assert str(found.value) == told


def test_the_second_opinion_makes_nothing_out_of_an_empty_stock() -> None:
    model = StockFlow("pantry", stop=4)
    model.stock("bread", 6, non_negative=True)
    model.stock("eaten", 0)
    model.flow("breakfast", 4, out_of="bread", into="eaten")
    ours, theirs = model.run(), model.run(engine="pysd")
    for name in ours.names:
        np.testing.assert_allclose(ours[name], theirs[name], rtol=1e-12)
    assert ours["eaten"][-1] == 6


def test_the_second_opinion_keeps_as_many_rows() -> None:
    model = StockFlow("sparse", stop=8, dt=0.5, saveper=2)
    model.stock("count", 0)
    model.flow("one", 1, into="count")
    np.testing.assert_array_equal(model.run(engine="pysd")["count"], model.run()["count"])


def test_the_second_opinion_knows_one_method(coffee: StockFlow) -> None:
    with pytest.raises(CstoolsError) as found:
        coffee.run(engine="pysd", method="rk4")
    assert str(found.value) == "PySD runs Euler's method only, not 'rk4'"


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    for ending in ("xmile", "mdl"):
        path = tmp_path / f"nothing.{ending}"
        with pytest.raises(CstoolsError) as found:
            read_model(path)
        assert str(found.value) == (
            f"'{path}': there is no such file; is the name spelt as it is on the disk?"
        )


def test_a_file_of_another_kind_is_told(tmp_path: Path) -> None:
    with pytest.raises(CstoolsError) as found:
        read_model(tmp_path / "budget.xlsx")
    assert str(found.value) == (
        "'budget.xlsx': a model is read from .xmile, .stmx or Vensim's .mdl, not from '.xlsx'"
    )


def test_an_error_about_a_part_from_a_file_names_the_file(tmp_path: Path) -> None:
    told = StockFlow("coffee")
    told.stock("temperature", 90)
    model = read_model(told.write(tmp_path / "coffee.xmile"))
    with pytest.raises(CstoolsError) as caught:
        model.constant("temperature", 3)
    assert str(caught.value) == (
        "'temperature' is a stock already (in 'coffee.xmile') and cannot be a constant as well; "
        "give one of them another name"
    )
