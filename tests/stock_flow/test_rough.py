"""A first model of a map: what it does can be worked out, and its loops are those of the map."""

import numpy as np
import pytest

from cstools import CausalLoopDiagram
from cstools.errors import ModelError
from cstools.stock_flow.rough import check_loops, rough_model
from tests.facets.teaching_model import with_step

READING = """
children -> talk: +
talk -> children: +
children -> time for each: -
time for each -> children: +
children -> helpers: + delayed
helpers -> time for each: +
"""


def reading():
    return CausalLoopDiagram(READING, "The reading hour")


def test_where_everything_is_as_usual_nothing_moves():
    model = rough_model(reading(), ["children", "helpers"], begin={})
    run = model.run()
    for name in run.names:
        if not name.endswith("inflow"):
            np.testing.assert_allclose(run[name], run[name][0], rtol=1e-12)


def test_one_balancing_loop_brings_a_stock_back_as_an_exponential():
    model = rough_model(reading(), ["children"], begin={"children": 60})
    alone = {"talk on children": 0, "helpers on time for each": 0}
    run = with_step(model, model.dt / 4).run(alone, method="rk4")
    # The pace is 3 in the time of the run, 24 months: 10 above usual fall as e^(-t/8).
    np.testing.assert_allclose(run["children"], 50 + 10 * np.exp(-run.time / 8), rtol=1e-8)


def test_a_reinforcing_loop_carries_a_stock_off_the_other_way():
    model = rough_model(reading(), ["children"], begin={"children": 40})
    alone = {"time for each on children": 0}
    run = with_step(model, model.dt / 4).run(alone, method="rk4")
    inside = run["children"] > 0  # what the others feel ends at 0
    formula = 50 - 10 * np.exp(run.time / 8)
    np.testing.assert_allclose(run["children"][inside], formula[inside], rtol=1e-7, atol=1e-6)


def test_a_minus_drains_a_stock_and_is_no_flow_the_wrong_way():
    model = rough_model(CausalLoopDiagram("rest -> tiredness: -"), ["tiredness"], {"rest": 80})
    run = model.run()
    # 30 above usual, at a pace of 1/8 a month, for 24 months: 90 points less, steadily.
    assert run["tiredness"][-1] == pytest.approx(50 - 90)


def test_with_nothing_said_the_first_stock_is_a_little_above_usual():
    model = rough_model(reading(), ["helpers", "children"])
    assert model.run()["children"][0] == 60  # the first in the order of the map
    assert model.run()["helpers"][0] == 50


def test_every_arrow_pace_delay_and_beginning_is_a_slider():
    model = rough_model(reading(), ["children", "helpers"])
    names = {part.name for part in model.sliders()}
    assert len([name for name in names if " on " in name and not name.startswith("delay")]) == 6
    assert {"children", "helpers", "pace of children", "pace of helpers"} <= names
    assert "delay of children on helpers" in names


def test_units_fit_together():
    told = str(rough_model(reading(), ["children", "helpers"]).check_units())
    # An arrow's strength is a plain number, which says no unit.
    assert told.startswith("The units of 'The reading hour' fit together; 6 parts do not say any.")


def test_the_loops_of_the_model_are_those_of_the_map():
    diagram = reading()
    checked = check_loops(diagram, rough_model(diagram, ["children", "helpers"]))
    assert checked.same
    assert checked.describe() == (
        "The map has 3 loops, and the model has the same 3: children → time for each → children "
        "(balancing), children → talk → children (reinforcing) and children → helpers → time for "
        "each → children (reinforcing)."
    )


def test_a_model_that_lost_an_arrow_is_found_out():
    diagram, other = reading(), reading()
    model = rough_model(diagram, ["children", "helpers"])
    other.link("helpers", "talk", "+")
    checked = check_loops(other, model)
    assert not checked.same
    assert checked.describe() == (
        "3 loops are in both. Only in the map: children → helpers → talk → children (reinforcing)."
    )
    again = check_loops(diagram, rough_model(other, ["children", "helpers"]))
    assert again.describe() == (
        "3 loops are in both. "
        "Only in the model: children → helpers → talk → children (reinforcing)."
    )


def test_a_map_without_a_loop_is_told_so():
    diagram = CausalLoopDiagram("rest -> tiredness: -")
    checked = check_loops(diagram, rough_model(diagram, ["tiredness"]))
    assert checked.describe() == "Neither the map nor the model has a loop."


def test_an_arrow_without_a_sign_is_asked_about():
    diagram = CausalLoopDiagram("rest -> work: ?")
    with pytest.raises(ModelError) as raised:
        rough_model(diagram, ["work"])
    assert str(raised.value) == (
        "The arrow from 'rest' to 'work' has no sign yet: does more of the one mean more of the "
        "other (+), or less (-)?"
    )


def test_a_loop_that_holds_no_stock_is_named():
    with pytest.raises(ModelError, match=r"The loop .* holds no stock"):
        rough_model(reading(), ["talk"])
