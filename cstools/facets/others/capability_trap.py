"""The capability trap: time taken from getting better at something, for doing more of it."""

from __future__ import annotations

from cstools.stock_flow.model import StockFlow

WEEKLY, SHARE = "things/week", "share"


def capability_trap() -> StockFlow:
    """Return what a team can do, and the time it keeps for getting better at it.

    Story
    -----
    The team of a primary school keeps a part of its time for itself: they sit in on each other's
    lessons, mend what does not work, agree on how a class is handed over. Then comes yet another
    thing, a small one. Nobody does away with the afternoon; it is only needed for something else
    today, and next week again.

    Behaviour over time
    -------------------
    At once more gets done, for an hour of doing is an hour of doing. What the team can do wears
    away with a time constant of 12 months, so for months nobody sees the other half. Then less
    gets done, what is missing takes more of the time, and so it goes on down.

    Without the pressure it can be worked out. Who cuts the time for improving from 0.3 to 0.1 at
    one blow gets 28.6 % more done at first and 57.1 % less in the long run; the two ways of
    working are even after 12·ln 1.5 = 4.87 months. Who raises it to 0.4 gets 14.3 % less done at
    first, is even after 12·ln 2 = 8.32 months, and has 14.3 % more in the long run.

    Where to intervene
    ------------------
    At what is asked, above all by whoever asks. At the rule by which the time is given up, which
    is a habit and can be another one. At how long what was learned lasts. To ask for more effort
    is to push what already pushes.

    How it can mislead
    ------------------
    Improving always works here; in life an afternoon can be wasted too. More is not better than
    0.5, where half the time improves what the other half uses. Nobody tires and nobody leaves.
    And not everything that is asked of a school can be counted, or should be done.

    References
    ----------
    The structure after [RepenningSterman2001]_, who found it in firms, not in schools; these
    equations, much simpler than theirs, and all numbers are this project's own.
    """
    model = StockFlow(
        "The capability trap",
        stop=60,
        dt=1 / 32,
        time_units="month",
        evidence="illustrative",
        doc="What a team can do, and the time that it keeps for getting better at it.",
    )
    _doing(model)
    _improving(model)
    _answering(model)
    return model


def _doing(model: StockFlow) -> None:
    """Add what gets done, and what is asked."""
    why = "What would get done in a week in which all the time went into doing."
    model.stock("capability", 90, WEEKLY, why)
    doing = "capability * (1 - time for improving)"
    model.auxiliary("things done", doing, WEEKLY, "What gets done in a week.")
    asked = "asked so far + step(yet another thing, month it comes)"
    model.auxiliary("things asked", asked, WEEKLY, "What is to be done in a week.")
    model.constant("asked so far", 63, WEEKLY, "What was asked before: just what gets done.")
    why = "What is asked on top; less than nothing is something crossed off."
    model.constant("yet another thing", 7, WEEKLY, why, between=(-7, 14))
    model.constant("month it comes", 6, "month", "When it comes.")


def _improving(model: StockFlow) -> None:
    """Add how a team comes by what it can do, and how that is lost."""
    why = "What is learned, mended and agreed in the time that is kept for it."
    gaining = "gain from improving * time for improving"
    model.flow("getting better", gaining, into="capability", units="things/week/month", doc=why)
    why = "People move on, things break, agreements are forgotten."
    fading = "capability / how long it lasts"
    model.flow("wearing away", fading, out_of="capability", units="things/week/month", doc=why)
    why = "What a month would bring in which all the time went into improving."
    model.constant("gain from improving", 25, "things/week/month", why)
    why = "The time constant of the wear: after so long a third is left, if nobody does anything."
    model.constant("how long it lasts", 12, "month", why, between=(6, 24))


def _answering(model: StockFlow) -> None:
    """Add the time for improving, which gives way to pressure and comes back with slack."""
    why = "What part of the time is kept for getting better."
    model.stock("time for improving", 0.3, SHARE, why, between=(0.1, 0.5))
    why = "What part of what was asked is left undone; less than nothing is slack."
    model.auxiliary("pressure", "1 - things done / things asked", SHARE, why)
    giving = (
        "readiness to give it up * max(0, pressure) * max(0, time for improving - time left alone)"
    )
    why = "Something else has to be done today."
    model.flow("giving up time", giving, "time for improving", units="share/month", doc=why)
    taking = (
        "readiness to give it up * max(0, -pressure) * max(0, time wished for - time for improving)"
    )
    why = "With slack, the time comes back."
    model.flow("taking time back", taking, into="time for improving", units="share/month", doc=why)
    why = "How quickly the time answers to pressure; at 0 it is kept, come what may."
    model.constant("readiness to give it up", 4, "1/month", why, between=(0, 8))
    model.constant("time left alone", 0.1, SHARE, "The little that nobody takes away.")
    why = "The part that they would keep if nothing pressed."
    model.constant("time wished for", 0.3, SHARE, why, between=(0.3, 0.5))
