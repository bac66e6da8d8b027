"""Small Vensim files, written by tests: equations with what every model needs around them."""

from __future__ import annotations

from pathlib import Path

from cstools import StockFlow, read_model

CLOCK = """
FINAL TIME = {stop} ~ Month ~ |
INITIAL TIME = 0 ~ Month ~ |
TIME STEP = {dt} ~ Month ~ |
SAVEPER = TIME STEP ~ Month ~ |
"""


def entries(text: str) -> str:
    """Return equations, one a line, as entries of a file; a line with a bar is one already."""
    lines = [line.strip() for line in text.strip().splitlines()]
    return "\n".join(line if not line or line.endswith("|") else f"{line} ~ ~ |" for line in lines)


def written(folder: Path, text: str, stop: float = 10, dt: float = 1) -> Path:
    """Write a Vensim file of some equations and return its path."""
    path = folder / "model.mdl"
    clock = CLOCK.format(stop=f"{stop:g}", dt=f"{dt:g}")
    path.write_text("{UTF-8}\n" + entries(text) + clock, encoding="utf-8")
    return path


def read(folder: Path, text: str, stop: float = 10, dt: float = 1) -> StockFlow:
    """Write a Vensim file of some equations, and read it."""
    return read_model(written(folder, text, stop, dt))
