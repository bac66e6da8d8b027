"""Every file that loads is written, read again, and runs to the same numbers, on each engine."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from cstools import CstoolsError, StockFlow, read_model
from cstools.stock_flow.run import Run
from cstools.stock_flow.xmile import writing
from tests.conftest import SHARED

_COLLECTION = SHARED / "test-models"
FILES = sorted(
    path.relative_to(_COLLECTION).as_posix()
    for path in _COLLECTION.rglob("*.*")
    if path.suffix in (".mdl", ".xmile", ".stmx")
)


def check_same(again: Run, run: Run) -> None:
    """Every value is there again, and the same: to 1e-12, for a sum may be added otherwise."""
    np.testing.assert_array_equal(again.time, run.time)
    assert run.values.keys() <= again.values.keys()
    for name, values in run.values.items():
        size = np.nanmax(np.abs(values[np.isfinite(values)]), initial=0)
        np.testing.assert_allclose(
            again.values[name], values, rtol=1e-12, atol=1e-12 * size, err_msg=name
        )


def again(model: StockFlow, folder: Path) -> StockFlow:
    """Return a model as it is read from the file that it was written to, without its picture."""
    return read_model(writing.write(model, folder / "again.xmile", picture=False))


@pytest.mark.filterwarnings("ignore:overflow:RuntimeWarning")
@pytest.mark.parametrize("file", FILES)
def test_a_file_runs_to_the_same_numbers_after_a_round_trip(file: str, tmp_path: Path) -> None:
    try:
        model = read_model(_COLLECTION / file)
        run = model.run()
    except CstoolsError:
        return  # what cannot be run is another test's
    copy = again(model, tmp_path)
    check_same(copy.run(), run)
    assert (copy.clock, copy.method, copy.time_units) == (
        model.clock,
        model.method,
        model.time_units,
    )


def not_for_the_machine(model: StockFlow) -> str:
    """Return why the register machine does not run a model; empty where it does."""
    try:
        model.run(engine="fast")
    except CstoolsError as error:
        return str(error)
    return ""


@pytest.mark.filterwarnings("ignore:overflow:RuntimeWarning")
@pytest.mark.parametrize("file", FILES)
def test_the_register_machine_runs_a_file_to_the_same_numbers_or_says_why_not(file: str) -> None:
    try:
        model = read_model(_COLLECTION / file)
        run = model.run()
    except CstoolsError:
        return
    if refused := not_for_the_machine(model):
        assert "engine='cstools' can" in refused
    else:
        check_same(model.run(engine="fast"), run)


@pytest.mark.parametrize("file", [file for file in FILES if "/SIR/SIR." in file])
def test_a_second_round_trip_changes_no_letter(file: str, tmp_path: Path) -> None:
    once = writing.write(read_model(_COLLECTION / file), tmp_path / "once.xmile", picture=False)
    twice = writing.write(read_model(once), tmp_path / "twice.xmile", picture=False)
    assert once.read_text(encoding="utf-8") == twice.read_text(encoding="utf-8")


PARTS_KEPT = [
    file
    for file in FILES
    if file.startswith(("samples/SIR/", "samples/teacup/", "tests/delay_xmile/"))
    and not file.endswith(".mdl")
]


@pytest.mark.parametrize("file", PARTS_KEPT)
def test_a_file_from_elsewhere_keeps_its_parts_word_for_word(file: str, tmp_path: Path) -> None:
    model = read_model(_COLLECTION / file)
    assert again(model, tmp_path).parts == model.parts
