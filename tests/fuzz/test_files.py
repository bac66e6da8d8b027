"""Damaged files of every format are read or refused with a lesson, and never take long."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstools import read_model
from cstools.errors import FileError
from tests.fuzz.lessons import cases, lesson

SAMPLES = {
    ".xmile": (
        *("teacup/teacup.xmile", "SIR/SIR.xmile"),
        *("lookups/test_lookups.xmile", "smooth_and_stock/test_smooth_and_stock.xmile"),
        *(
            "subscript_2d_arrays/test_subscript_2d_arrays.xmile",
            "macro_stock/test_macro_stock.xmile",
        ),
    ),
    ".mdl": (
        *("teacup/teacup.mdl", "SIR/SIR.mdl", "lookups/test_lookups.mdl"),
        *("subscript_2d_arrays/test_subscript_2d_arrays.mdl", "delays/test_delays.mdl"),
    ),
}
PIECES = [
    *"()[]*=<>&|~\"',;:-^!\\{}",
    *("\x00", "é", "1e999", "???", "INITIAL(", ":NA:", "<eqn/>", "</eqn>", "&amp;", "&x;"),
    *("<stock name='x'/>", "<!DOCTYPE x>", "<![CDATA[", "<!--", "~~|", ":EXCEPT:"),
]
NUMBERS = ["0", "-1", "1e9", "1e400", "", "nan", "0.0000001", "99999999999"]
share = st.floats(0, 1)


def _cut(data: bytes, at: float, _: float, __: int) -> bytes:
    return data[: int(at * len(data))]


def _bytes(data: bytes, at: float, to: float, what: int) -> bytes:
    one = int(at * (len(data) - 1))
    return data[:one] + bytes([what % 256]) + data[one + 1 + int(to * 3) :]


def _line_gone(data: bytes, at: float, _: float, __: int) -> bytes:
    lines = data.splitlines(keepends=True)
    del lines[int(at * (len(lines) - 1))]
    return b"".join(lines)


def _line_moved(data: bytes, at: float, to: float, _: int) -> bytes:
    lines = data.splitlines(keepends=True)
    last = len(lines) - 1
    lines.insert(int(to * last), lines[int(at * last)])
    return b"".join(lines)


def _piece(data: bytes, at: float, _: float, what: int) -> bytes:
    place = int(at * len(data))
    return data[:place] + PIECES[what % len(PIECES)].encode() + data[place:]


def _number(data: bytes, at: float, _: float, what: int) -> bytes:
    numbers = [*re.finditer(rb"\d+(\.\d+)?", data)]
    if not numbers:
        return data
    found = numbers[int(at * (len(numbers) - 1))]
    return data[: found.start()] + NUMBERS[what % len(NUMBERS)].encode() + data[found.end() :]


def _word(data: bytes, at: float, to: float, _: int) -> bytes:
    words = [*re.finditer(rb"[A-Za-z_]+", data)]
    if not words:
        return data
    one, other = (words[int(share * (len(words) - 1))] for share in (at, to))
    return data[: one.start()] + other.group() + data[one.end() :]


changes = st.tuples(
    st.sampled_from([_cut, _bytes, _line_gone, _line_moved, _piece, _number, _word]),
    share,
    share,
    st.integers(0, 255),
)


@pytest.mark.parametrize("ending", SAMPLES)
@given(which=st.integers(0, 5), hurts=st.lists(changes, min_size=1, max_size=3))
@cases(0.3)
def test_a_damaged_file_is_read_or_refused(ending, test_models, tmp_path_factory, which, hurts):
    samples = [*_paths(test_models, ending)]
    data = samples[which % len(samples)].read_bytes()
    for change, at, to, what in hurts:
        data = change(data, at, to, what) if data else data
    path = tmp_path_factory.getbasetemp() / f"a sample{ending}"
    path.write_bytes(data)

    def read() -> None:
        model = read_model(path)
        repr(model)
        if model.clock.steps * len(model.scalars) < 100_000:
            model.run()

    lesson(read)


def _paths(folder: Path, ending: str) -> list[Path]:
    paths = (Path(folder, room, name) for room in ("samples", "tests") for name in SAMPLES[ending])
    return [path for path in paths if path.is_file()]


@pytest.mark.parametrize("ending", [".xmile", ".stmx", ".xml", ".itmx", ".mdl", ".txt", ""])
@pytest.mark.parametrize(
    "data", [b"", b"\x00" * 50, b"\xff\xfe", b"<xmile>", b"{UTF-8}", b"\n" * 9]
)
def test_a_file_of_nothing_is_refused(ending, data, tmp_path):
    path = tmp_path / f"nothing{ending}"
    path.write_bytes(data)
    refused = lesson(lambda: read_model(path), "nothing")
    assert isinstance(refused, FileError)
