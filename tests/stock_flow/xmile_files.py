"""XMILE files for tests: the variables are what matters, the rest is always the same."""

from __future__ import annotations

from pathlib import Path

from cstools import StockFlow, read_model

SPECS = "<sim_specs><start>0</start><stop>4</stop><dt>1</dt></sim_specs>"
REGIONS = (
    '<dimensions><dim name="Region"><elem name="North"/><elem name="South"/></dim>'
    '<dim name="Age" size="2"/></dimensions>'
)


def xmile(variables: str, more: str = "", specs: str = SPECS, header: str = "") -> str:
    """Return a file with one model; ``more`` stands beside it: dimensions, models, macros."""
    return (
        f'<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">'
        f"{header}{specs}{more}<model><variables>{variables}</variables></model></xmile>"
    )


def aux(name: str, equation: str, inside: str = "") -> str:
    """Return an auxiliary."""
    return f'<aux name="{name}">{inside}<eqn>{equation}</eqn></aux>'


def over(*dimensions: str) -> str:
    """Return what a variable ranges over."""
    named = "".join(f'<dim name="{dimension}"/>' for dimension in dimensions)
    return f"<dimensions>{named}</dimensions>"


def graph(points: dict[float, float], attributes: str = "") -> str:
    """Return a graphical function."""
    xs, ys = (",".join(map(str, side)) for side in (points.keys(), points.values()))
    return f"<gf {attributes}><xpts>{xs}</xpts><ypts>{ys}</ypts></gf>"


def read(folder: Path, text: str) -> StockFlow:
    """Return the model in a file of this text."""
    path = folder / "model.xmile"
    path.write_text(text, encoding="utf-8")
    return read_model(path)
