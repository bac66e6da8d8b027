"""How much of a change each cause brought about: published examples, and what follows from them."""

from __future__ import annotations

import numpy as np
import pytest

from cstools import StockFlow

# The examples have one division each, so that only its rounding is between the two.
ROUNDING = 1e-12


def a_step(equation: str, **values: tuple[float, float]) -> StockFlow:
    """Return a model of one step, in which some variables go from one value to another."""
    model = StockFlow("A step", stop=1)
    model.stock("clockwork", 0)
    model.flow("ticking", "z * 0", into="clockwork")
    model.auxiliary("z", equation)
    for name, (before, now) in values.items():
        model.auxiliary(name, f"{before} + ({now - before}) * time")
    return model


def scores(model: StockFlow, effect: str, *causes: str) -> list[float]:
    links = model.run().loop_scores().links
    return [float(links[cause, effect][1]) for cause in causes]


def test_a_sum_shares_its_change_out_among_its_terms() -> None:
    # Of the change 19 - 14 = 5, twice the step of x is 4 and the step of y is 1.
    model = a_step("2 * x + y", x=(5, 7), y=(4, 5))
    assert scores(model, "z", "x", "y") == pytest.approx([0.8, 0.2], abs=ROUNDING)


def test_causes_that_pull_against_each_other_can_each_exceed_the_change() -> None:
    # z goes from 3 to 2.8, a change of -0.2; alone, w would add 1, x would add 2/3, and y would
    # take away 1.2. The scores are these over 0.2, with the signs of the links.
    model = a_step("(w + x) / y", w=(7, 10), x=(2, 4), y=(3, 5))
    assert scores(model, "z", "w", "x", "y") == pytest.approx([5, 10 / 3, -6], abs=1e-11)


def test_flows_are_measured_against_the_change_of_the_net_flow() -> None:
    # [SchoenbergHaywardEberlein2023]_: in from 5 to 10 and out from 4 to 5; the net flow by 4.
    model = StockFlow("Two flows", stop=1)
    model.stock("tub", 100)
    model.flow("tap", "5 + 5 * time", into="tub")
    model.flow("drain", "4 + time", out_of="tub")
    assert scores(model, "tub", "tap", "drain") == pytest.approx([1.25, -0.25], abs=ROUNDING)


def test_what_does_not_move_moves_nothing() -> None:
    model = a_step("x + y", x=(5, 7), y=(4, 4))
    assert scores(model, "z", "x", "y") == [1, 0]
    still = a_step("x - y", x=(5, 7), y=(4, 6))  # moved by both, and stays
    assert scores(still, "z", "x", "y") == [0, 0]


def test_the_only_cause_has_all_of_the_change_and_the_sign_of_its_link() -> None:
    falling = a_step("exp(-x)", x=(1, 3))
    assert scores(falling, "z", "x") == [-1]
    lookup = a_step("effect(x)", x=(1, 3))
    lookup.lookup("effect", [(0, 0), (2, 5), (4, 1)])
    assert scores(lookup, "z", "x") == [1]  # from 2.5 to 3


def test_a_limit_that_holds_lets_its_other_side_through_only() -> None:
    model = a_step("min(x, y)", x=(1, 2), y=(5, 9))
    assert scores(model, "z", "x", "y") == [1, 0]


def test_a_branch_not_taken_has_no_score() -> None:
    model = a_step("if time > 5 then x else y", x=(1, 2), y=(5, 9))
    assert scores(model, "z", "x", "y") == [0, 1]


def test_a_link_that_is_cut_in_two_has_the_product_of_its_halves() -> None:
    """The chain rule of [SchoenbergDavidsenEberlein2020]_, appendix B."""
    whole = a_step("(w + x) / y", w=(7, 10), x=(2, 4), y=(3, 5))
    halves = a_step("sum of both / y", w=(7, 10), x=(2, 4), y=(3, 5))
    halves.auxiliary("sum of both", "w + x")
    [first] = scores(halves, "sum of both", "x")
    [second] = scores(halves, "z", "sum of both")
    assert first * second == pytest.approx(scores(whole, "z", "x")[0], abs=1e-11)


def test_one_net_flow_or_two_flows_give_the_same_score() -> None:
    apart = StockFlow("Apart", stop=20, dt=0.5)
    apart.stock("people", 100)
    apart.flow("births", "0.3 * people", into="people")
    apart.flow("deaths", "people * people / 2000", out_of="people")
    net = StockFlow("Net", stop=20, dt=0.5)
    net.stock("people", 100)
    net.flow("change", "births - deaths", into="people")
    net.auxiliary("births", "0.3 * people")
    net.auxiliary("deaths", "people * people / 2000")
    ours, theirs = apart.run().loop_scores(), net.run().loop_scores()
    # Near the turn from faster to slower the net flow changes by little, and rounding grows.
    np.testing.assert_allclose(ours["R1"], theirs["R1"], atol=1e-9)
    np.testing.assert_allclose(ours["B1"], theirs["B1"], atol=1e-9)


def test_the_score_of_a_step_stands_where_the_step_ends() -> None:
    model = a_step("x", x=(5, 7))
    np.testing.assert_array_equal(model.run().loop_scores().links["x", "z"], [0, 1])


def test_rows_saved_now_and_then_have_the_score_of_the_last_step() -> None:
    model = StockFlow("Rare", stop=8, dt=0.25)
    model.stock("people", 100)
    model.flow("births", "0.3 * people", into="people")
    model.flow("deaths", "people * people / 2000", out_of="people")
    every = model.run().loop_scores().relative
    rare = StockFlow("Rare", stop=8, dt=0.25, saveper=1)
    for part in model.parts.values():
        rare._add(part)
    np.testing.assert_array_equal(rare.run().loop_scores().relative, every[::4])


# --- what an equation remembers -----------------------------------------------------------------


def thermostat(feeling: str) -> StockFlow:
    model = StockFlow("Thermostat", stop=30, dt=0.25, time_units="minute")
    model.stock("warmth", 10)
    model.flow("heating", "(21 - felt) / 8", into="warmth")
    model.flow("cooling", "warmth / 20", out_of="warmth")
    model.auxiliary("felt", feeling)
    return model


def by_hand() -> StockFlow:
    """The thermostat with the stock of its smooth in the open."""
    model = thermostat("inside")
    model.stock("inside", 10)
    model.flow("adjusting", "(warmth - inside) / 3", into="inside")
    return model


def test_a_link_through_a_smooth_has_the_score_of_the_way_through_its_stock() -> None:
    hidden, opened = thermostat("smooth1(warmth, 3)").run(), by_hand().run()
    shown, whole = hidden.loop_scores().links, opened.loop_scores().links
    through = whole["warmth", "adjusting"] * whole["adjusting", "inside"] * whole["inside", "felt"]
    np.testing.assert_allclose(shown["warmth", "felt"], through, rtol=1e-12)
    [link] = [link for link in shown.links if link.effect == "felt"]
    assert link.delayed


def test_a_loop_inside_a_smooth_is_not_told() -> None:
    hidden, opened = thermostat("smooth1(warmth, 3)").run(), by_hand().run()
    assert len(opened.loop_scores().loops) == len(hidden.loop_scores().loops) + 1
    ways = [set(loop.variables) for loop in hidden.loop_scores().loops]
    assert ways == [{"warmth", "cooling"}, {"warmth", "felt", "heating"}]


def test_of_the_ways_through_a_delay_the_strongest_counts_at_each_time() -> None:
    """A delay time acts on what flows out of each stage; each way round passes a flow once."""
    model = StockFlow("Ways", stop=30, dt=0.25)
    model.stock("load", 10)
    model.flow("coming", "delay3(5 + 0.1 * load, wait)", into="load")
    model.flow("going", "load / 4", out_of="load")
    model.auxiliary("wait", "3 + load / 10")
    shown = model.run().loop_scores().links["wait", "coming"]
    whole = delay_written_out().run().loop_scores().links
    last = whole["second", "third stage"] * whole["third stage", "coming"]
    middle = whole["first", "second stage"] * whole["second stage", "second"]
    ways = np.array([
        whole["wait", "coming"],
        whole["wait", "second"] * last,
        whole["wait", "first"] * middle * last,
    ])  # fmt: skip
    strongest = np.abs(ways).argmax(axis=0)
    assert {*strongest[1:]} == {0, 2}  # the last stage alone, and all three
    expected = np.take_along_axis(ways, strongest[np.newaxis], axis=0)[0]
    # Near a turn of the delayed flow its change is a rest of rounding, and scores are large.
    np.testing.assert_allclose(shown, expected, rtol=1e-6, atol=1e-9)


def delay_written_out() -> StockFlow:
    """The same delay as three stocks and their flows, each stage for a third of the time."""
    model = StockFlow("Written out", stop=30, dt=0.25)
    model.stock("load", 10)
    model.flow("going", "load / 4", out_of="load")
    model.auxiliary("wait", "3 + load / 10")
    for stage in ("first", "second", "third"):
        model.stock(f"{stage} stage", "6 * wait / 3")  # the input at the start for its time
    model.flow("entering", "5 + 0.1 * load", into="first stage")
    model.flow("first", "first stage / (wait / 3)", "first stage", "second stage")
    model.flow("second", "second stage / (wait / 3)", "second stage", "third stage")
    model.flow("coming", "third stage / (wait / 3)", "third stage", "load")
    return model


@pytest.mark.parametrize("memory", ["delay(warmth, 2)", "previous(warmth)", "init(21) + warmth"])
def test_a_loop_through_a_memory_acts_when_its_input_moves(memory: str) -> None:
    scores = thermostat(memory).run().loop_scores()
    assert [set(loop.variables) for loop in scores.loops] == [
        {"warmth", "cooling"},
        {"warmth", "felt", "heating"},
    ]
    np.testing.assert_allclose(np.abs(scores.relative[12:]).sum(axis=1), 1)
    assert (scores.relative[12:] < 0).all()


def test_draws_are_causes_from_outside_that_no_score_is_mistaken_for() -> None:
    model = StockFlow("Noise", stop=20)
    model.stock("people", 100)
    model.flow("births", "0.1 * people * uniform(0.5, 1.5)", into="people")
    run = model.run(seed=3)
    people, births = run["people"], run["births"]
    rate = births / people  # as it was drawn
    alone = rate[:-1] * people[1:] - births[:-1]
    expected = np.abs(alone / np.diff(births))
    np.testing.assert_allclose(run.loop_scores().links["people", "births"][1:], expected, rtol=1e-9)


def test_a_stock_that_cannot_go_below_zero_acts_only_where_it_comes_to_that() -> None:
    model = StockFlow("Tank", stop=10)
    model.stock("water", 20, non_negative=True)
    model.flow("demand", "3", out_of="water")
    model.flow("rain", "0.1 * time", into="water")
    assert [str(loop) for loop in model.run().loop_scores().loops] == [
        "B1 (balancing): water → demand → water"
    ]
    assert len(model.run({"water": 200}).loop_scores().loops) == 0
