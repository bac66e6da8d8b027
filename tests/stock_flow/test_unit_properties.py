"""What holds for the units of any model, and that the rules say what the functions do."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstools import CstoolsError, StockFlow, read_model
from cstools.equations import aggregates, arithmetic, timed
from cstools.equations.function import Function
from cstools.equations.functions import is_function
from cstools.equations.unit_rules import filled, rule
from cstools.equations.unit_text import parse
from cstools.equations.units import PLAIN, Units, unit, written
from tests.engine.random_models import models
from tests.stock_flow.unit_models import (
    TEACHING,
    Piece,
    built,
    changed,
    consistent_pieces,
    in_other_units,
    with_units,
)
from tests.stock_flow.unit_models import size as size_of

# Each drawn model is built, put in order and checked a few times; a hundred take some seconds.
some = settings(max_examples=60)


@some
@given(consistent_pieces())
def test_units_that_fit_still_fit_under_other_names(pieces: tuple[Piece, ...]) -> None:
    others = {"person": "frog", "box": "lily", "coin": "box", "week": "year"}
    renamed = tuple(
        Piece(p.kind, p.name, p.equation, _renamed(p.units or PLAIN, others), p.into)
        for p in pieces
    )
    assert built(pieces).check_units().findings == ()
    assert built(renamed, "years").check_units().findings == ()


def _renamed(units: Units, others: dict[str, str]) -> Units:
    return Units.of((others[name], power) for name, power in units.powers)


@some
@given(consistent_pieces(), st.data())
def test_one_part_in_wrong_units_is_found(pieces: tuple[Piece, ...], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(pieces) - 1))
    wrong = data.draw(
        st.sampled_from([unit("shoe"), (pieces[place].units or PLAIN) * unit("week")])
    )
    assert built(changed(pieces, place, wrong)).check_units().wrong


@some
@given(consistent_pieces())
def test_a_wrong_time_is_found(pieces: tuple[Piece, ...]) -> None:
    assert built(pieces, "fortnights").check_units().wrong


@some
@given(consistent_pieces(), st.data())
def test_to_say_less_is_never_wrong_and_what_follows_is_true(
    pieces: tuple[Piece, ...], data: st.DataObject
) -> None:
    said = data.draw(st.sets(st.integers(0, len(pieces) - 1)))
    fewer = pieces
    for place in range(len(pieces)):
        if place not in said:
            fewer = changed(fewer, place, None)
    report = built(fewer, data.draw(st.sampled_from(["weeks", ""]))).check_units()
    assert report.wrong == ()
    true = {piece.name: piece.units for piece in pieces} | {"drawn": unit("week")}
    for finding in report.unsaid:
        assert finding.inferred == "" or parse(finding.inferred) == true[finding.part]


@some
@given(consistent_pieces(), st.data())
def test_one_unit_left_out_is_offered(pieces: tuple[Piece, ...], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(pieces) - 1))
    (finding,) = built(changed(pieces, place, None)).check_units().findings
    assert parse(finding.inferred) == pieces[place].units


WORDS = st.sampled_from(
    ["", "people", "1/week", "people/week", "1", "2", "%", "a b", "week", "(", "^"]
)

# What nobody can see is refused when the part is said.
VISIBLE = st.text(st.characters(categories=["L", "M", "N", "P", "S"]), max_size=8)


@some
@given(models(), st.data())
def test_a_model_that_runs_is_checked_whatever_its_units_say(
    model: StockFlow, data: st.DataObject
) -> None:
    said = {k: data.draw(WORDS | VISIBLE) for k in model.parts}
    report = with_units(model, said, data.draw(WORDS)).check_units()
    assert len(report.findings) <= len(model.parts) + 1
    assert repr(report)
    assert report._repr_html_()


# Powers of two, so that measuring otherwise rounds nothing of its own; exp and its like may differ
# by an ulp, and four weeks multiply that a little.
SIZES = {"person": 4.0, "box": 0.5, "coin": 8.0, "week": 16.0, "year": 32.0, "month": 8.0}
SAME = 1e-9


@some
@given(consistent_pieces())
def test_a_model_whose_units_fit_tells_the_same_in_other_units(pieces: tuple[Piece, ...]) -> None:
    _assert_same_story(built(pieces), SIZES)


@pytest.mark.parametrize("name", TEACHING)
def test_a_teaching_model_tells_the_same_in_other_units(name: str) -> None:
    model = TEACHING[name]()
    sizes = {
        "minute": 2.0,
        "litre": 4.0,
        "tonne": 4.0,
        "boat": 8.0,
        "point": 0.5,
        "school_day": 4.0,
    }
    _assert_same_story(model, {**SIZES, **sizes})


def _assert_same_story(model: StockFlow, sizes: dict[str, float]) -> None:
    one, other = model.run(), in_other_units(model, sizes).run()
    for part in model.parts.values():
        scaled = one[part.name] * size_of(parse(part.units) or PLAIN, sizes)
        np.testing.assert_allclose(other[part.name], scaled, rtol=SAME, atol=1e-12)


# Whole numbers and counts change when the unit does: 1.5 metres are 1 whole metre, and 150 whole
# centimetres. Their rules are what people mean by them.
WHOLE = {"int", "integer", "poisson", "poisson_from"}
ROWS = {
    row.name: row
    for row in (*arithmetic.ROWS, *timed.ROWS, *aggregates.ROWS)
    if row.units not in ("", "power", "product") and row.name not in WHOLE and is_function(row.name)
}
LETTERS = {"a": unit("person"), "b": unit("box"), "time": unit("week")}


@pytest.mark.parametrize("name", ROWS)
def test_a_function_does_to_numbers_what_its_rule_says_of_units(name: str) -> None:
    """Measured otherwise, the arguments give the same result, measured otherwise."""
    model = _calling(ROWS[name])
    assert model.check_units().findings == ()
    _assert_same_story(model, SIZES)


def _calling(row: Function) -> StockFlow:
    """Return a model that calls a function, with arguments in the units of its rule."""
    asked = rule(row.units)
    model = StockFlow("calling", stop=8, dt=0.5, time_units="week")
    model.stock("clock", 0, "week")
    model.flow("passing", 1, into="clock", units="1")
    arguments = []
    for position in range(max(row.fewest, min(row.most, len(asked.takes)))):
        pattern = asked.takes[min(position, len(asked.takes) - 1)]
        arguments.append(_argument(model, row, position, pattern))
    call = f"{row.name}({', '.join(arguments)})"
    if row.infix:
        call = f"{arguments[0]} {row.infix} {arguments[1]}"
    elif row.name in ("neg", "not", "if"):
        call = {"neg": "-{0}", "not": "not {0}", "if": "if {0} then {1} else {2}"}[row.name].format(
            *arguments, ""
        )
    given = PLAIN if asked.gives is None else filled(asked.gives, LETTERS)
    model.auxiliary("result", call, written(given))
    return model


def _argument(model: StockFlow, row: Function, position: int, pattern: Units | None) -> str:
    if row.takes_condition(position):
        return "clock > 3 * dt"
    if pattern is None:
        return "2"
    units = filled(pattern, LETTERS)
    value = [0.75, 2.0, 3.0, 1.5, 0.5][position]
    if pattern == PLAIN:
        return "2" if position else "0.75"  # how many stages; a sine, or a number with a logarithm
    name = f"argument {position}"
    model.constant(name, value, written(units))
    if position or pattern != unit("a"):
        return name
    model.constant("speed", 0.5, written(units / LETTERS["time"]))
    return f"({name} + speed * clock)"


# --- every file -----------------------------------------------------------------------------------


def test_every_model_of_the_shared_collection_can_be_checked(test_models: Path) -> None:
    checked = 0
    for path in sorted(test_models.rglob("*.*")):
        if path.suffix in (".mdl", ".xmile", ".stmx"):
            try:
                model = read_model(path)
                model.program()
            except CstoolsError:
                continue  # what cannot be read or run is told by other tests
            report = model.check_units()
            assert repr(report)
            assert report._repr_html_()
            checked += 1
    assert checked > 140  # as many as could be read when this was written
