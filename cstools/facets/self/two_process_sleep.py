"""Two-process sleep: a pressure that grows while one is awake, and a clock that gates it."""

from __future__ import annotations

from math import tau

from cstools.stock_flow.model import StockFlow

SHARE = "out of 1"


def two_process_sleep() -> StockFlow:
    """Return the sleep pressure of somebody whose nights are gated by the body's clock.

    Story
    -----
    A teacher has sat by a sick child's bed until the small hours, and it is half past nine in the
    morning. Something has been filling up since she rose, and only sleep lets it run off. And
    something else keeps the time, whether she slept or not.

    Behaviour over time
    -------------------
    Sleep pressure climbs while one is awake, ever more slowly, and falls faster while one is
    asleep. One falls asleep where it meets an upper line and wakes where it meets a lower one.
    The body's clock lifts both lines by day and lowers them by night. After a few days sleep comes
    at the same hour each evening, here about eleven, and lasts eight hours, wherever the story
    began.

    Without the clock (strength 0) the two lines are level: ``18.2 · ln(0.83/0.33)`` = 16.786 hours
    awake, ``4.2 · ln(0.67/0.17)`` = 5.760 asleep. That is a day of 22.5 hours, and bedtime wanders
    round the clock.

    Where to intervene
    ------------------
    At the clock, which light in the morning and darkness in the evening can shift; at what pushes
    the upper line up, such as lamps, worries and screens; at what a school's first lesson cuts
    off. To sleep in does not shift the clock: here nothing does, as the clock hears nobody.

    How it can mislead
    ------------------
    The thresholds act at once, while people drift off; nobody wakes in the night, no child calls,
    no alarm rings. Its clock keeps 24 hours by itself, whereas real ones are set by light every
    day. The numbers stand for a healthy sleeper of the laboratory and say nothing about the
    reader. Whoever sleeps badly for weeks needs a doctor's ear, not a better slider.

    References
    ----------
    The idea of two processes: [Borbely1982]_. The thresholds and the two rates of this kind of
    model: [DaanBeersmaBorbely1984]_; the clock is a plain sine here, and 9:30 as its zero is set so
    that the sleeper wakes near seven. Two stocks remember whether one is awake or asleep. They
    change within one step, which only Euler's method keeps whole, and moments are true to a few
    steps of half a minute.
    """
    model = StockFlow(
        "Rest: two clocks",
        start=9.5,
        stop=177.5,
        dt=1 / 128,
        time_units="hour",
        evidence="published",
        doc="A pressure to sleep that fills and empties, and a clock that says when.",
    )
    _pressure(model)
    _switch(model)
    return model


def _pressure(model: StockFlow) -> None:
    """Add the pressure to sleep: it fills while one is awake and empties while one is asleep."""
    why = "How strongly the body asks for sleep: 0 not at all, 1 as strongly as it can."
    model.stock("sleep pressure", 0.2, SHARE, why, between=(0.1, 0.7))
    building = "awake * (1 - sleep pressure) / time to build up"
    why = "It fills while one is awake, ever more slowly."
    model.flow("building up", building, into="sleep pressure", units="out of 1/hour", doc=why)
    sleeping_off = "asleep * sleep pressure / time to sleep off"
    why = "It empties while one is asleep, fast at first."
    model.flow("sleeping it off", sleeping_off, "sleep pressure", units="out of 1/hour", doc=why)
    why = "How long two thirds of what is missing to full pressure take to build up."
    model.constant("time to build up", 18.2, "hour", why, between=(14, 24))
    why = "How long it takes to sleep off two thirds of the pressure."
    model.constant("time to sleep off", 4.2, "hour", why, between=(3, 6))


def _switch(model: StockFlow) -> None:
    """Add being awake and being asleep: one person, who is wholly in one of the two."""
    why = "1 while awake, 0 while asleep."
    model.stock("awake", 1, SHARE, why, non_negative=True)
    why = "1 while asleep, 0 while awake."
    model.stock("asleep", 0, SHARE, why, non_negative=True)
    # No more than all there is can leave a stock, so that one step is enough.
    why = "As soon as one is too tired to stay awake."
    tired, unit = "too tired * all at once", "out of 1/hour"
    model.flow("dozing off", tired, out_of="awake", into="asleep", units=unit, doc=why)
    why = "As soon as one is rested enough to wake."
    rested = "rested * all at once"
    model.flow("waking up", rested, out_of="asleep", into="awake", units=unit, doc=why)
    why = "So fast that the change is over at once, whatever the step of the run."
    model.constant("all at once", 1e6, "1/hour", why)
    # The whole number at or below 1 + what is beyond a line: 1 once it is reached, 0 before.
    why = "1 where the pressure has met the upper line, else 0."
    model.auxiliary("too tired", "int(1 + sleep pressure - upper line now)", SHARE, why)
    why = "1 where the pressure has met the lower line, else 0."
    model.auxiliary("rested", "int(1 + lower line now - sleep pressure)", SHARE, why)
    model.auxiliary("upper line now", "upper line + body clock", SHARE, "The upper line now.")
    model.auxiliary("lower line now", "lower line + body clock", SHARE, "The lower line now.")
    wave = "clock strength * sin(full circle * (time - clock turns to day) / length of a day)"
    why = "Above 0 it helps one to stay awake, below 0 to stay asleep."
    model.auxiliary("body clock", wave, SHARE, why)
    why = "How far the clock moves the two lines; 0 is no clock at all."
    model.constant("clock strength", 0.12, SHARE, why, between=(0, 0.15))
    why = "The hour from which the clock helps one to stay awake: early for larks, late for owls."
    model.constant("clock turns to day", 9.5, "hour", why, between=(7, 13))
    model.constant("length of a day", 24, "hour", "How long the clock takes to go round.")
    model.constant("full circle", tau, "radian", "Once round, in the measure that a sine takes.")
    why = "The pressure at which one falls asleep, if the clock did nothing."
    model.constant("upper line", 0.67, SHARE, why, between=(0.5, 0.8))
    why = "The pressure at which one wakes, if the clock did nothing."
    model.constant("lower line", 0.17, SHARE, why, between=(0.16, 0.3))
