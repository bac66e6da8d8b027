"""Fitness and fatigue: the same training fills two stocks, which empty at different speeds."""

from __future__ import annotations

from cstools.stock_flow.model import StockFlow

POINTS, DAILY = "points", "points/day"


def fitness_fatigue() -> StockFlow:
    """Return the form of somebody who trains daily, and rests before the day of the run.

    Story
    -----
    The staff of a school train for a ten-kilometre run in the park. In the last weeks the keenest
    of them trains on to the evening before and feels heavy. Another has stopped, with a bad
    conscience. Who will have the better day?

    Behaviour over time
    -------------------
    Training fills two stocks at once. Fitness lasts, fatigue passes sooner, and it weighs more
    while it is there: form at first falls below where it began, and rises above it later. With
    steady training form levels off at what fitness leaves beyond fatigue, 15 times a day's
    training here. After a stop, fatigue leaves first: form rises for ``22.5 · ln 2``, 15.6 days, by
    two fifths, before fitness has faded too.

    Where to intervene
    ------------------
    At when one rests, more than at how much one does. The two stocks cannot be seen apart: only
    the form is felt, and it looks worst when most has been put in.

    How it can mislead
    ------------------
    Everything adds up here, so that twice the training would do twice as much, without end and
    without injuries. Its times and weights differ from person to person and were set for the
    story. It knows nothing of joy, illness or age, and it is no training plan.

    References
    ----------
    The structure, two stocks that fade at two speeds: [MortonFitzClarkeBanister1990]_. The
    numbers here, 45 and 15 days and a double weight, are for illustration. Euler's step of 1/16
    day bends the curves by less than 0.2 % of their range.
    """
    model = StockFlow(
        "Fitness and fatigue",
        stop=240,
        dt=1 / 16,
        time_units="day",
        evidence="illustrative",
        doc="The same training fills two stocks, which empty at different speeds.",
    )
    model.stock("fitness", 0, POINTS, "What training leaves that lasts.", between=(0, 60))
    model.stock("fatigue", 0, POINTS, "What training leaves that passes.", between=(0, 20))
    why = "How good one would be today, beyond where one began."
    model.auxiliary("form", "fitness - weight of fatigue * fatigue", POINTS, why)
    why = "What is trained today; nothing from the day of rest on."
    trained = "training a day - step(training a day, rest from)"
    model.auxiliary("training", trained, DAILY, why)
    model.flow("getting fit", "training", into="fitness", units=DAILY, doc="What it builds.")
    model.flow("getting tired", "training", into="fatigue", units=DAILY, doc="What it costs.")
    lost = "fitness / time to lose fitness"
    model.flow("losing fitness", lost, "fitness", units=DAILY, doc="What is not used fades.")
    rested = "fatigue / time to rest"
    model.flow("resting", rested, "fatigue", units=DAILY, doc="What sleep and quiet days take.")
    model.constant("training a day", 1, DAILY, "How much is trained on a day.", between=(0, 2))
    why = "The day from which training stops."
    model.constant("rest from", 180, "day", why, between=(10, 240))
    why = "How long fitness lasts."
    model.constant("time to lose fitness", 45, "day", why, between=(30, 60))
    model.constant("time to rest", 15, "day", "How long fatigue lasts.", between=(5, 25))
    why = "How much more a point of fatigue takes from form than a point of fitness gives."
    model.constant("weight of fatigue", 2, "ratio", why, between=(1, 3))
    return model
