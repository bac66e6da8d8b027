"""Vensim files run here and in PySD, which reads them for itself: the same numbers at every step.

Each file stands for something that the two could read differently. Where PySD is known to be
wrong, a test in the other files says what is right.
"""

from __future__ import annotations

import shutil
import warnings
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cstools import read_model
from cstools.names import key
from cstools.stock_flow.quiet_pysd import pysd

SAMPLES = [
    "tests/arithmetics_exp/test_arithmetics_exp.mdl",
    "tests/delays/test_delays.mdl",
    "tests/except_multiple/test_except_multiple.mdl",
    "tests/subscript_mapping_simple/test_subscript_mapping_simple.mdl",
    "tests/subscripted_smooth/test_subscripted_smooth.mdl",
    "tests/subscript_switching/subscript_switching.mdl",
    "samples/pendulum/Single_Pendulum.mdl",
]


def columns(frame: Any) -> dict[str, np.ndarray]:
    """Return what PySD computed, by key; an array has a column for each of its elements."""
    found: dict[str, np.ndarray] = {}
    for name in frame.columns:
        values = frame[name].values
        if values.dtype != object:
            found[key(name)] = values.astype(float)
            continue
        sides = [values[0].coords[dimension].values for dimension in values[0].dims]
        for place in product(*(range(len(side)) for side in sides)):
            words = [str(side[at]) for side, at in zip(sides, place, strict=True)]
            found[key(f"{name}[{','.join(words)}]")] = np.array([float(v[place]) for v in values])
    return found


@pytest.mark.parametrize("sample", SAMPLES)
def test_pysd_agrees_when_it_reads_the_file_itself(
    test_models: Path, tmp_path: Path, sample: str
) -> None:
    # PySD writes its translation beside the file, and the shared files are not ours to write to.
    path = Path(shutil.copy(test_models / sample, tmp_path))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # PySD's own
        frame = pysd.read_vensim(str(path)).run()
    run = read_model(path).run()
    rows = np.rint((frame.index.values - run.time[0]) / (run.time[1] - run.time[0])).astype(int)
    theirs = columns(frame)
    compared = [name for name in run.values if name in theirs]
    assert compared
    for name in compared:
        # Both add up in float64, in another order here and there.
        slack = 1e-9 * max(1.0, float(np.nanmax(np.abs(theirs[name]))))
        np.testing.assert_allclose(run.values[name][rows], theirs[name], rtol=1e-9, atol=slack)
