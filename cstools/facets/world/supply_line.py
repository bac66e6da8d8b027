"""The supply line: four stages that pass on orders, each with a shelf and a delay."""

from __future__ import annotations

from cstools.stock_flow.model import StockFlow

SACKS, WEEKLY, WEEKS, SHARE = "sacks", "sacks/week", "week", "out of 1"
STAGES = ("kitchen", "depot", "warehouse", "mill")


def supply_line() -> StockFlow:
    """Return a kitchen, a depot, a warehouse and a mill, each of which orders from the next.

    Story
    -----
    A school kitchen bakes the bread of the school meal. It orders sacks of flour from a depot,
    the depot from a warehouse, the warehouse from a mill. An order takes a week, sacks take two.
    In week 5 the meal is given to more classes: the kitchen needs eight sacks a week instead of
    four, from then on. Each stage sees its own shelf and the orders that reach it.

    Behaviour over time
    -------------------
    With four sacks a week nothing moves, and 36 weeks cost 0.5 × 12 × 4 × 36 = 864 coins. One
    step from four to eight, and the shelves run empty and then overfull: the kitchen orders up to
    11 sacks a week, the depot 17, the warehouse 26, the mill 31. Where all that is on order is
    counted, they order 9, 10, 10 and 11 at most, and the whole costs about a third.

    Where to intervene
    ------------------
    At what is counted: what is on order is as real as what is on the shelf. At the delays. At
    what a stage gets to know: the mill sees orders, never a plate. And at the habit of looking
    for whoever is to blame.

    How it can mislead
    ------------------
    The weights are means of people who played such a line once; each had their own, and here all
    four have the same. Real stages ring each other up, cancel, and run out of money. What is usual
    on order stays what it was at four sacks, as in the rule that was fitted: so those who count
    all of it end with an empty shelf at eight, and no rule here is the best.

    References
    ----------
    The chain, its costs, the rule of ordering and the means of its weights: [Sterman1989]_; the
    story is made for teaching. Two things are our own: a week's orders count at once in what is
    expected, and the shelf wanted is 12 in every stage, so that the line begins at rest. With what
    is usual on order, times his mean weight, that makes 16; the mean that he found is 17.
    """
    line = _line("The supply line")
    line.doc = "Four stages between a mill and a kitchen, each of which orders from the next."
    for below, stage, above in zip(("", *STAGES), STAGES, (*STAGES[1:], ""), strict=False):
        asked = f"delay({below} ordering, order time, needed at first)" if below else "needed"
        sent = f"{above} sending" if above else f"{stage} ordering"
        arriving = f"delay({sent}, road time, needed at first)"
        _stage(line, stage, asked, arriving, "order time + road time" if above else "road time")
        _sending(line, stage)
    _cost(line)
    return line


def kitchen_alone() -> StockFlow:
    """Return the kitchen by itself, with a supplier that always delivers what was ordered.

    Story
    -----
    The same kitchen, with a supplier that has enough: whatever is ordered comes, and takes as long
    as before. Nobody else can be to blame now.

    Behaviour over time
    -------------------
    The shelf still runs empty, fills, and comes back a little: the kitchen's own delay and its own
    rule are enough for that. It settles at shelf wanted − attention × 12 sacks, since the rule does
    not learn that more is on order now.

    Where to intervene
    ------------------
    At what is counted: here one slider decides between a swing and a smooth way.

    How it can mislead
    ------------------
    A supplier that always delivers is rare.

    References
    ----------
    The rule of ordering and the means of its weights: [Sterman1989]_.
    """
    line = _line("The kitchen alone")
    line.doc = "A kitchen that orders flour, with a supplier that always delivers."
    arriving = "delay(kitchen ordering, order time + road time, needed at first)"
    _stage(line, "kitchen", "needed", arriving, "order time + road time")
    return line


def _line(name: str) -> StockFlow:
    """Return a model with what all stages share: the need, the delays, the weights of the rule."""
    line = StockFlow(name, stop=36, dt=1, time_units="week", evidence="published")
    needed = "needed at first + step(needed more, week of the change)"
    line.auxiliary("needed", needed, WEEKLY, "What the kitchen bakes in a week.")
    line.constant("needed at first", 4, WEEKLY, "What the kitchen needs in the first weeks.")
    why = "How much more it needs from the change on."
    line.constant("needed more", 4, WEEKLY, why, between=(0, 8))
    line.constant("week of the change", 5, WEEKS, "When the meal is given to more classes.")
    line.constant("order time", 1, WEEKS, "How long an order is on its way.")
    line.constant("road time", 2, WEEKS, "How long the sacks are on the road.")
    line.constant("a week", 1, WEEKS, "From one order to the next.")
    line.constant("shelf wanted", 12, SACKS, "How many sacks each stage wants to have.")
    why = "How much the newest order counts in what a stage expects."
    line.constant("weight of the newest order", 0.36, SHARE, why, between=(0, 1))
    why = "What part of the sacks that seem to be missing is ordered this week."
    line.constant("share of a gap ordered", 0.26, SHARE, why, between=(0, 1))
    why = "How much of what is ordered and not yet here is counted as if it were: 1 is all of it."
    line.constant("attention to what is on order", 0.34, SHARE, why, between=(0, 1))
    return line


def _stage(line: StockFlow, stage: str, asked: str, arriving: str, lead: str) -> None:
    """Add a stage: what it has, what it is asked for, what it has on order, and how it orders."""
    why = "The sacks that are there; below zero, the sacks that are owed."
    line.stock(f"{stage} shelf", "shelf wanted", SACKS, why)
    usual = f"({lead}) * needed at first"
    why = "What was ordered and is not here yet, wherever it is."
    line.stock(f"{stage} on order", usual, SACKS, why)
    way = f"{stage} on order", f"{stage} shelf"
    line.flow(f"{stage} arriving", arriving, *way, units=WEEKLY, doc="What comes in.")
    why = "The orders that arrive from below; what is not there will be owed."
    line.flow(f"{stage} asked for", asked, out_of=f"{stage} shelf", units=WEEKLY, doc=why)
    uncounted = f"attention to what is on order * ({usual} - {stage} on order)"
    why = "How many sacks seem to be missing."
    line.auxiliary(f"{stage} gap", f"shelf wanted - {stage} shelf + {uncounted}", SACKS, why)
    rule = f"max(0, {stage} expects + share of a gap ordered * {stage} gap / a week)"
    why = "What is ordered, never less than none."
    line.flow(f"{stage} ordering", rule, into=f"{stage} on order", units=WEEKLY, doc=why)
    why = "The weekly orders that the stage has come to expect."
    line.stock(f"{stage} expects", "needed at first", WEEKLY, why)
    learning = f"weight of the newest order * ({stage} asked for - {stage} expects) / a week"
    why = "What it expects moves towards what it was just asked for."
    units = "sacks/week/week"
    line.flow(f"{stage} learning", learning, into=f"{stage} expects", units=units, doc=why)


def _sending(line: StockFlow, stage: str) -> None:
    """Add what a stage has, what it owes, and what it can send on."""
    line.auxiliary(f"{stage} keeps", f"max(0, {stage} shelf)", SACKS, "The sacks that are there.")
    line.auxiliary(f"{stage} owes", f"max(0, -{stage} shelf)", SACKS, "The sacks that are owed.")
    there = f"{stage} keeps / a week + {stage} arriving"
    due = f"{stage} owes / a week + {stage} asked for"
    why = "What leaves: all that is asked for or owed, as far as it is there."
    line.auxiliary(f"{stage} sending", f"min({there}, {due})", WEEKLY, why)


def _cost(line: StockFlow) -> None:
    """Add what the stages cost together: half a coin for a sack kept, a coin for one owed."""
    line.stock("cost so far", 0, "coins", "What the stages have cost together.")
    terms = " + ".join(
        f"cost of keeping * {stage} keeps + cost of owing * {stage} owes" for stage in STAGES
    )
    why = "A sack that is kept costs half of one that is owed."
    line.flow("cost", terms, into="cost so far", units="coins/week", doc=why)
    each = "coins/sack/week"
    line.constant("cost of keeping", 0.5, each, "What a sack costs on the shelf, each week.")
    line.constant("cost of owing", 1, each, "What a sack costs that is owed, each week.")
