"""The supply line against arithmetic, against the board game played box by box, and its source."""

from collections import deque
from itertools import pairwise

import numpy as np
import pytest

from cstools.facets.world import kitchen_alone, supply_line
from cstools.facets.world.supply_line import STAGES
from cstools.stock_flow.parts import Constant
from tests.facets.teaching_model import TeachingModel, with_step

ALL_COUNTED = {"attention to what is on order": 1}
# Sums and differences of a few dozen terms in binary64; none of them is above some thousands.
ROUNDING = 1e-9


class DecidesWeekly(TeachingModel):
    """A step is no approximation here: it is the week between two orders."""

    def test_halving_dt_changes_little(self):
        # Who may order twice a week waits half a week less for each order to be acted on, so the
        # swing is smaller, and it is still the same story: each stage orders more than the last.
        model = self.model()
        weekly, twice = model.run(), with_step(model, 0.5).run()
        orders = [name for name in model.names if name.endswith(" ordering")]
        often = [twice[name].max() for name in orders]
        assert all(twice[name].max() < weekly[name].max() for name in orders)
        assert often == sorted(often)


class TestSupplyLine(DecidesWeekly):
    model = staticmethod(supply_line)


class TestKitchenAlone(DecidesWeekly):
    model = staticmethod(kitchen_alone)


def peaks(run):
    return [run[f"{stage} ordering"].max() for stage in STAGES]


def test_the_weights_are_the_means_that_were_published():
    line = supply_line()
    weights = {part.name: part.value for part in line.parts.values() if isinstance(part, Constant)}
    assert weights["weight of the newest order"] == 0.36
    assert weights["share of a gap ordered"] == 0.26
    assert weights["attention to what is on order"] == 0.34
    # The mean of S' is 17, in whole sacks; ours follows from the shelf of 12 at the beginning.
    on_order = line.run()["kitchen on order"][0]
    assert 12 + 0.34 * on_order == pytest.approx(17, abs=1)


def test_while_the_kitchen_needs_the_same_nothing_changes_and_36_weeks_cost_864_coins():
    run = supply_line().run({"needed more": 0})
    for stage in STAGES:
        np.testing.assert_array_equal(run[f"{stage} shelf"], 12)
        np.testing.assert_array_equal(run[f"{stage} ordering"], 4)
    assert run["cost so far"][-1] == 0.5 * 12 * 4 * 36


@pytest.mark.parametrize("attention", [0, 0.34, 0.7, 1])
def test_whatever_is_counted_nothing_changes_without_a_cause(attention):
    run = supply_line().run({"needed more": 0, "attention to what is on order": attention})
    for stage in STAGES:
        np.testing.assert_allclose(run[f"{stage} shelf"], 12, rtol=0, atol=ROUNDING)


def test_after_the_step_orders_grow_from_stage_to_stage():
    run = supply_line().run()
    orders = peaks(run)
    # One sack a week at least from each stage to the next: no rounding makes such a step.
    assert min(np.diff([run["needed"].max(), *orders])) > 1
    assert orders[-1] > 2 * orders[0]


def test_after_the_step_each_stage_notices_later_than_the_one_before():
    run = supply_line().run()
    first = [int(np.argmax(run[f"{stage} ordering"] > 4 + ROUNDING)) for stage in STAGES]
    # The kitchen sees the change in the week after it; each order is two weeks from hand to hand.
    assert first == [6, 8, 10, 12]


def test_who_counts_all_that_is_on_order_damps_the_line():
    told, counted = supply_line().run(), supply_line().run(ALL_COUNTED)
    for wild, calm in zip(peaks(told), peaks(counted), strict=True):
        assert calm - 8 < (wild - 8) / 3
    assert counted["cost so far"][-1] < told["cost so far"][-1] / 2
    for stage in STAGES:  # nobody is ever left with more than the twelve sacks of the beginning
        assert counted[f"{stage} shelf"].max() == pytest.approx(12, abs=ROUNDING)


def test_who_closes_the_whole_gap_and_counts_all_orders_what_was_asked_for():
    # With shelf and on order together as they should be, an order replaces what left, and adds
    # what is newly expected: ordering(t) = asked for(t−1) + expects(t) − expects(t−1).
    run = supply_line().run({**ALL_COUNTED, "share of a gap ordered": 1})
    for stage in STAGES:
        expects = run[f"{stage} expects"]
        replaced = run[f"{stage} asked for"][:-1] + np.diff(expects)
        np.testing.assert_allclose(run[f"{stage} ordering"][1:], replaced, rtol=0, atol=ROUNDING)


@pytest.mark.parametrize("attention", [0, 0.34, 1])
def test_the_kitchen_alone_settles_where_its_rule_has_no_gap(attention):
    settings = {"attention to what is on order": attention}
    line = kitchen_alone()
    line.clock = type(line.clock)(0, 400, 1, 1)
    run = line.run(settings)
    # At eight a week 24 sacks are on order, 12 more than usual: shelf = 12 − attention × 12. The
    # slowest swing dies out by a tenth a week at least: nothing is left of it after 400 weeks.
    assert run["kitchen on order"][-1] == pytest.approx(24, abs=1e-6)
    assert run["kitchen shelf"][-1] == pytest.approx(12 - attention * 12, abs=1e-6)


def test_a_kitchen_that_only_passes_on_its_need_calms_the_line_and_keeps_an_empty_shelf():
    line = supply_line()
    line.flow("kitchen ordering", "needed", into="kitchen on order", units="sacks/week")
    passed_on, told = line.run(), supply_line().run()
    # The twelve sacks of the shelf are now the twelve more that are on order.
    assert passed_on["kitchen shelf"][-1] == pytest.approx(0, abs=ROUNDING)
    assert passed_on["kitchen on order"][-1] == pytest.approx(24, abs=ROUNDING)
    assert peaks(passed_on)[-1] < 0.7 * peaks(told)[-1]
    assert passed_on["cost so far"][-1] < 0.6 * told["cost so far"][-1]


@pytest.mark.parametrize("attention", [0, 0.34, 1])
def test_for_five_weeks_nothing_that_the_kitchen_does_can_help(attention):
    run = supply_line().run({"attention to what is on order": attention})
    np.testing.assert_array_equal(run["kitchen shelf"][5:10], [12, 8, 4, 0, -4])


def test_no_sack_is_lost_or_made_between_two_stages():
    run = supply_line().run()
    for below, above in zip(STAGES, (*STAGES[1:], ""), strict=True):
        ordered, came = run[f"{below} ordering"], run[f"{below} arriving"]
        open_orders = 12 if above else 8  # at the beginning
        left = open_orders + np.cumsum([0, *(ordered - came)[:-1]])
        np.testing.assert_allclose(run[f"{below} on order"], left, rtol=0, atol=ROUNDING)
        sent = run[f"{above} sending"] if above else ordered
        np.testing.assert_allclose(came[2:], sent[:-2], rtol=0, atol=ROUNDING)
        kept, out = run[f"{below} keeps"], run[f"{below} sending"]
        np.testing.assert_allclose(np.diff(kept), (came - out)[:-1], rtol=0, atol=ROUNDING)


def test_what_is_on_order_is_in_the_post_or_owed_or_on_the_road():
    run = supply_line().run()
    for below, above in pairwise(STAGES):
        post = run[f"{below} ordering"][1:-1]
        road = run[f"{above} sending"][1:-1] + run[f"{above} sending"][:-2]
        owed = run[f"{above} owes"][2:]
        on_order = run[f"{below} on order"][2:]
        np.testing.assert_allclose(on_order, post + owed + road, rtol=0, atol=ROUNDING)


def test_the_board_game_played_box_by_box_gives_the_same_numbers():
    board = on_the_board(weeks=36, theta=0.36, alpha=0.26, beta=0.34)
    run = supply_line().run()
    for place, stage in enumerate(STAGES):
        shelves, orders = board[:, 0, place], board[:, 1, place]
        np.testing.assert_allclose(run[f"{stage} shelf"], shelves, rtol=0, atol=ROUNDING)
        np.testing.assert_allclose(run[f"{stage} ordering"], orders, rtol=0, atol=ROUNDING)


def on_the_board(weeks, theta, alpha, beta):
    """Return shelf and order of each stage at the end of each week, from boxes moved by hand."""
    shelf, expects = [12.0] * 4, [4.0] * 4
    slips = [deque([4.0, 4.0]) for _ in range(3)]  # an order placed, an order coming in
    lorries = [deque([4.0, 4.0]) for _ in range(4)]  # nearest first
    usual, history = [12, 12, 12, 8], []
    orders = None
    for week in range(-1, weeks):
        if orders is not None:
            arrived = [lorry.popleft() for lorry in lorries]
            asked = [4 + 4 * (week >= 5), *(slip.popleft() for slip in slips)]
            due = [a + max(0, -s) for a, s in zip(asked, shelf, strict=True)]
            there = [max(0, s) + a for s, a in zip(shelf, arrived, strict=True)]
            sent = [min(d, t) for d, t in zip(due, there, strict=True)]
            shelf = [t - d for t, d in zip(there, due, strict=True)]
            expects = [theta * a + (1 - theta) * e for a, e in zip(asked, expects, strict=True)]
            for lorry, load in zip(lorries, [*sent[1:], orders[3]], strict=True):
                lorry.append(load)
        else:
            slips = [deque([4.0]) for _ in slips]
        owed = [*(max(0, -s) for s in shelf[1:]), 0]
        lines = [sum(lorry) + o for lorry, o in zip(lorries, owed, strict=True)]
        lines = [r + sum(slip) for r, slip in zip(lines, [*slips, []], strict=True)]
        gaps = [12 - s + beta * (u - r) for s, u, r in zip(shelf, usual, lines, strict=True)]
        orders = [max(0, e + alpha * gap) for e, gap in zip(expects, gaps, strict=True)]
        for slip, order in zip(slips, orders, strict=False):
            slip.append(order)
        history.append((shelf, orders))
    return np.array(history)


def test_the_kitchens_own_loops_hold_it_and_come_late():
    loops = kitchen_alone().causal_loops().loops()
    signs = {frozenset(loop.variables): loop.polarity for loop in loops}
    rule = {"kitchen gap", "kitchen ordering"}
    assert signs[frozenset({*rule, "kitchen arriving", "kitchen shelf"})] == "B"
    assert signs[frozenset({*rule, "kitchen on order"})] == "B"
    assert signs[frozenset({*rule, "kitchen arriving", "kitchen on order"})] == "R"
