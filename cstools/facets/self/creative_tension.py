"""Creative tension: two ways to close the gap between what is and what is wanted."""

from __future__ import annotations

from cstools.stock_flow.model import StockFlow


def creative_tension() -> StockFlow:
    """Return a reality that rises towards a vision, and a vision that sinks towards reality.

    Story
    -----
    A teacher wants every school day to begin with a circle in which each child is heard. Twenty
    days in a hundred do so now. The gap between the two pulls like a stretched band. It can be
    eased at either end: by changing the days, or by wanting a little less.

    Behaviour over time
    -------------------
    Reality rises and the vision slips, both fast at first and then ever more slowly, until they
    meet. Where they meet is settled by the two times alone: here at 80, three quarters of the way
    up, because the vision takes three times as long to slip as reality takes to move. The gap
    loses half of itself every ``ln 2 / (1/6 + 1/18)``, about 3.12 months.

    Where to intervene
    ------------------
    At the time in which the vision slips: held for ever, reality arrives at the vision as it was
    at the beginning. At the time in which reality moves: help, practice, fewer obstacles. Pushing
    the vision higher widens the gap, and both loops work on a wider gap.

    How it can mislead
    ------------------
    Both numbers are days in a hundred, as if a vision were one number and slipped by itself. To
    let a vision go can be wise; the model knows no wisdom, and no cost of holding on.

    References
    ----------
    The idea of creative tension: [Senge1990]_, after [Fritz1989]_. The equations and numbers are
    this project's own, made to show the idea. Euler's step of 1/128 month shortens the half-life
    by about ``dt/2 · (1/6 + 1/18)``, less than 0.1 %; where the two meet does not depend on it.
    """
    model = StockFlow(
        "Creative tension",
        stop=36,
        dt=1 / 128,
        time_units="month",
        evidence="illustrative",
        doc="A gap between vision and reality that is closed from both ends.",
    )
    unit = "days in 100"
    model.stock("reality", 20, unit, "How many days in a hundred are as wanted.", between=(0, 100))
    model.stock("vision", 100, unit, "How many days in a hundred are wanted.", between=(0, 100))
    model.auxiliary("gap", "vision - reality", unit, "What is wanted and not yet so.")
    model.flow(
        "improving",
        "gap / time for reality to move",
        into="reality",
        units=f"{unit}/month",
        doc="The wider the gap, the more is done about it.",
    )
    model.flow(
        "letting go",
        "gap / time for the vision to slip",
        out_of="vision",
        units=f"{unit}/month",
        doc="The wider the gap, the harder it is to go on wanting that much.",
    )
    model.constant(
        "time for reality to move", 6, "month", "How slowly days change.", between=(2, 24)
    )
    model.constant(
        "time for the vision to slip", 18, "month", "How long one can hold on.", between=(2, 120)
    )
    return model
