"""The mood fold: a mood that holds itself, and two places at which it gives way."""

from __future__ import annotations

from math import tau

from cstools.stock_flow.model import StockFlow

POINTS, DAILY = "points", "points/day"


def mood_fold() -> StockFlow:
    """Return a mood that holds itself while circumstances slowly worsen and get better again.

    Story
    -----
    Over the autumn things become harder for a teacher, a little each week, and her good spirits
    hold. Then, in a week hardly worse than the one before, they are gone. By spring things are as
    they were in October, when she was still fine. Why is she not?

    Behaviour over time
    -------------------
    A good mood brings what feeds it: company, sleep, attempts that succeed. A low one does the
    same downwards. So between two levels of circumstances, the folds, a good and a low mood can
    both last. The mood follows circumstances slowly, falls quickly where the lower fold is passed,
    and comes back only beyond the upper one. The folds lie at ``±2 (r/3)^1.5``, r being how
    strongly the mood holds itself: ±0.385 for r = 1. For r below zero there are none, and the mood
    is where circumstances put it.

    Where to intervene
    ------------------
    At what makes moods hold themselves: company that stays, sleep that is kept. And early, as more
    is needed to come back than would have been needed to stay.

    How it can mislead
    ------------------
    It is the simplest curve with a fold and was fitted to nobody. Its points are on no scale, and
    it cannot tell a low mood from an illness. A real low mood is never a matter of one number.
    Whoever has been low for two weeks should talk to somebody who knows about it; that is care,
    and no failure. Nobody should look for their own fold.

    References
    ----------
    The equation and its folds: [Strogatz1994]_, on imperfect bifurcations. The story, and that a
    mood may be like it, are only an illustration. A fall magnifies what each step errs, so it runs
    by the method of Runge and Kutta; for loop scores, run it with ``method="euler"``.
    """
    model = StockFlow(
        "A mood that holds itself",
        stop=240,
        dt=1 / 16,
        time_units="day",
        method="rk4",
        evidence="illustrative",
        doc="A mood that holds itself, and two places at which it gives way.",
    )
    model.stock("mood", 1.2, POINTS, "Above 0 good, below 0 low.", between=(-1.5, 1.5))
    why = "What each day brings from outside."
    model.flow("daily weather", "circumstances", into="mood", units=DAILY, doc=why)
    why = "A good mood brings what feeds it, and so does a low one."
    model.flow("holding itself", "hold * mood", into="mood", units=DAILY, doc=why)
    why = "The farther from the middle, the harder it is to go on."
    model.flow("settling", "settling rate * mood ^ 3", "mood", units=DAILY, doc=why)
    slow = "steady part + swing * cos(full circle * time / time of a swing)"
    model.auxiliary("circumstances", slow, DAILY, "How kind the days are; below 0, unkind.")
    model.constant("hold", 1, "1/day", "How strongly a mood holds itself.", between=(-0.5, 1.5))
    why = "How kind the days are on average."
    model.constant("steady part", 0, DAILY, why, between=(-0.6, 0.6))
    why = "By how much the days become kinder and unkinder than that."
    model.constant("swing", 0.6, DAILY, why, between=(0, 0.8))
    model.constant("time of a swing", 240, "day", "From the kindest days to the next such.")
    model.constant("settling rate", 1, "1/points^2/day", "How strongly extremes settle.")
    model.constant("full circle", tau, "radian", "Once round, in the measure of a cosine.")
    return model
