"""Habit: something done each day that asks ever less of one; and the same with days missed."""

from __future__ import annotations

from cstools.stock_flow.model import StockFlow

POINTS = "points"


def habit() -> StockFlow:
    """Return how automatic a daily practice becomes, smoothly, over nine months.

    Story
    -----
    A teacher decides to stand still at the classroom door for one breath before she goes in. On
    the first morning she remembers because of a note on the handle. When will the door itself be
    reminder enough?

    Behaviour over time
    -------------------
    It rises fast at first and then ever more slowly, to the most it comes to. The time to 95 % of
    that is said: 66 days, the median of the study. Half the way then takes 15 days, and on day 21,
    by which popular advice says it is over, the person in the middle has come 61.4 % of the way.

    Where to intervene
    ------------------
    At what makes the time long: a simple act, a clear cue, the same cue each time. And at what one
    expects: people who count on three weeks stop when it still asks something of them.

    How it can mislead
    ------------------
    66 days are the middle of a range from 18 to 254: it says when half of some people were there,
    and not when somebody will be. Such a smooth rise fitted well for 39 of 82 people, and the
    middle is theirs. Times beyond the twelve weeks of the study were reckoned, not watched. What
    volunteers chose to eat, drink or do for their health is not every habit.

    References
    ----------
    The curve, the median and the range: [LallyvanJaarsveldPottsWardle2010]_. That a rise by an
    equal share of what is missing gives ``1 - e^(-kt)``, with ``k = ln 20 / 66`` for 95 % in 66
    days, is arithmetic. The scale of 100 points is ours. Euler's step of an eighth of a day is
    ahead of the curve by at most 0.11 points.
    """
    model = _practice("A practice takes root", dt=1 / 8)
    model.doc = "How automatic a daily practice becomes, smoothly."
    growing = "ln(20) / days to 95 percent * still to grow"
    why = "Each day brings an equal share of what is still to grow."
    model.flow("growing", growing, into="automaticity", units="points/day", doc=why)
    return model


def habit_with_missed_days() -> StockFlow:
    """Return the same practice day by day, with some days in a row on which it is missed.

    Story
    -----
    In the third week a field trip, then a fever: no door, no breath. Back in class, the teacher
    thinks that she has to start all over again. Has she?

    Behaviour over time
    -------------------
    Steps, one a day, that become smaller, on the same curve as without missed days. A missed day
    is a flat step: nothing grows and nothing is lost, so that everything after it comes one day
    later. Three missed days delay the 95 % by three days. That is all.

    Where to intervene
    ------------------
    At the day after. The missed day costs a day; giving up costs the rest.

    How it can mislead
    ------------------
    That a missed day loses nothing is assumed here. The study found that one missed occasion
    made no material difference; it does not say so of long breaks, in which a practice may well
    fade. Set 60 missed days and the model still loses nothing: that is its limit, not a finding.

    References
    ----------
    The curve, the times and the missed occasions: [LallyvanJaarsveldPottsWardle2010]_. The steps
    are ours: each practised day takes ``1 - e^(-k)`` of what is missing, which meets the smooth
    curve at the end of each day without an error, as long as a step of the run is a day.
    """
    model = _practice("A practice with missed days", dt=1)
    model.doc = "How automatic a daily practice becomes, day by day, with days missed."
    share = "(1 - exp(-ln(20) * one day / days to 95 percent))"
    growing = f"practised * {share} * still to grow / one day"
    why = "Each practised day brings an equal share of what is still to grow."
    model.flow("growing", growing, into="automaticity", units="points/day", doc=why)
    practised = (
        "if time >= first missed day and time < first missed day + missed days then 0 else 1"
    )
    model.auxiliary("practised", practised, "ratio", "1 on a day with the practice, 0 without.")
    why = "How many days have passed when the first one is missed."
    model.constant("first missed day", 20, "day", why, between=(0, 120))
    model.constant("missed days", 3, "day", "How many in a row are missed.", between=(0, 60))
    model.constant("one day", 1, "day", "The step from one practice to the next.")
    return model


def _practice(name: str, dt: float) -> StockFlow:
    model = StockFlow(name, stop=270, dt=dt, time_units="day", evidence="published")
    why = "How far it goes by itself: 0 not at all, 100 without a thought."
    model.stock("automaticity", 0, POINTS, why, between=(0, 60))
    model.auxiliary("still to grow", "most - automaticity", POINTS, "What is missing to the most.")
    why = "How automatic this practice becomes at last."
    model.constant("most", 100, POINTS, why, between=(60, 100))
    why = "How long it takes to 95 % of the most; some took 18 days, some 254."
    model.constant("days to 95 percent", 66, "day", why, between=(18, 254))
    return model
