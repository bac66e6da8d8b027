"""Interruptions: open things that first spur one on and then get in one another's way."""

from __future__ import annotations

from cstools.stock_flow.model import StockFlow

THINGS, HOURLY = "things", "things/hour"


def interruptions() -> StockFlow:
    """Return the open things on a desk: what comes in, what gets done, and one burst of more.

    Story
    -----
    A school secretary meets seven small things an hour: a key, a phone call, a child with a
    nosebleed. She clears them as they come. In the tenth working hour of the week a bus breaks
    down, and fifteen more arrive at once. Will the desk be clear again tomorrow?

    Behaviour over time
    -------------------
    A few open things spur one on; many get in one another's way, and each takes longer. Most gets
    done with ten open, ten an hour. So for seven coming in there are two levels at which as much
    gets done as comes: 3.745, to which the desk returns, and 20.973, from which the slightest more
    runs away. Fifteen extra things are cleared in a day, slowly at first. Eighteen are not:
    nothing else has changed, and from then on the pile grows, at last by all that comes in.

    The two levels are ten times the solutions of ``x · e^(1 − x) = load``, where the load is what
    comes in as a share of the most that can be done: ``-W(-load / e)`` with the two branches of
    Lambert's function, 0.3745 and 2.0973 for a load of 0.7. A heavier load brings them together; at
    1 they meet, and beyond it no desk holds.

    Where to intervene
    ------------------
    Before the tip: at what comes in, at how many open things a person can bear, at what can be
    put aside unlooked at. Beyond it only less coming in for a while, or a second pair of hands,
    leads back; waiting does not.

    How it can mislead
    ------------------
    All things are alike and nobody ranks them; real desks drop what matters least. That people do
    best under a middling load is a rule of thumb, and the height of this curve is made up. Beyond
    the tip the pile grows without end: there the model has left its ground, as somebody helps, or
    goes home. The tip belongs to the desk and its load, and is no measure of a person.

    References
    ----------
    The idea, and that a pile of small and familiar things can tip a sound organisation:
    [RudolphRepenning2002]_. That most gets done in the middle: after [YerkesDodson1908]_, who
    trained mice. The closed form and its numbers are this project's own. Euler's step of 1/64 hour
    moves the curve by less than half a percent of its height; the two levels do not depend on it.
    """
    model = StockFlow(
        "When one more thing tips",
        stop=40,
        dt=1 / 64,
        time_units="hour",
        evidence="illustrative",
        doc="Open things that first spur one on and then get in one another's way.",
    )
    why = "What has been begun, or asked, and is not done."
    model.stock("open things", 4, THINGS, why, between=(0, 30))
    why = "What comes in on any day: a key, a call, a question."
    model.flow("coming in", "things an hour", into="open things", units=HOURLY, doc=why)
    why = "What comes in besides, all at once."
    burst = "pulse(one burst more, hour of the burst)"
    model.flow("bursting in", burst, into="open things", units=HOURLY, doc=why)
    why = "What gets done: more with a spur, less with a crowded head."
    doing = "most an hour * spur * clear head"
    model.flow("getting done", doing, out_of="open things", units=HOURLY, doc=why)
    why = "How many things are open, as a share of how many are best: they push one on."
    model.auxiliary("spur", "open things / best number open", "ratio", why)
    why = "1 at the best number of open things, and less the more there are: they distract."
    model.auxiliary("clear head", "exp(1 - open things / best number open)", "ratio", why)
    model.constant("things an hour", 7, HOURLY, "How much comes in on any day.", between=(0, 11))
    why = "How many more come at once, one time."
    model.constant("one burst more", 15, THINGS, why, between=(0, 25))
    model.constant("hour of the burst", 10, "hour", "When they come.")
    model.constant("most an hour", 10, HOURLY, "The most that can get done.", between=(7, 14))
    why = "How many things are open when most gets done."
    model.constant("best number open", 10, THINGS, why, between=(6, 14))
    return model
