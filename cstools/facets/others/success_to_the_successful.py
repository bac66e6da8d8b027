"""Success to the successful: a share that is divided anew by what the last share achieved."""

from __future__ import annotations

from cstools.stock_flow.model import StockFlow

SHARE = "out of 1"


def success_to_the_successful() -> StockFlow:
    """Return the share of a music room's hours that one of two choirs gets, over 49 weeks.

    Story
    -----
    A school has a morning choir, an afternoon choir and one music room. Hours are divided by how
    well each choir sang, and who has hours sings well. By an accident of the first week the
    morning choir begins with 52 hours in a hundred. A year later everybody knows which of the two
    has the talent.

    Behaviour over time
    -------------------
    What counts is the weight of a lead, γ: by which power of its hours a choir's success is
    counted. Above 1 the half is a tipping point, and from it a share runs to all or to nothing:
    with γ = 1.5 from 0.52 to 0.9986 when r·t = 12.25, as here at the end, and on towards 1. At
    exactly 1 every start stays as it is. Below 1 the shares draw level, wherever they began.

    A better choir can lose. If the afternoon choir gets ``gift`` times as much out of the same
    hours, the tipping point lies where the odds ``x / (1 - x)`` are ``gift^(1 / (γ - 1))``:
    at γ = 1.5 a start of 52 to 48 beats a gift of up to √(52/48) = 1.041.

    Where to intervene
    ------------------
    At the weight of a lead, which somebody wrote into the rule. At the rule itself: turns, need,
    hours that are guaranteed. At the room: with two of them, one choir's gain is no loss to the
    other. At what is called success, and who hears it.

    How it can mislead
    ------------------
    Unequal ends are no proof of such a rule, nor of its absence: gifts differ too, and from the
    end alone the two cannot be told apart. Real choirs tire, and their members change. Nothing
    here says that to reward success is wrong, only what it does when it is done with a power
    above 1 to a thing that makes success.

    References
    ----------
    The archetype: [Senge1990]_. That recognition goes to those who have it, told of scientists:
    [Merton1968]_. This equation, and the numbers, are made for teaching.
    """
    model = StockFlow(
        "Success to the successful",
        stop=49,
        dt=1 / 16,
        time_units="week",
        method="rk4",
        evidence="illustrative",
        doc="Two choirs and the hours of one music room, divided by how well each choir sang.",
    )
    _the_room(model)
    _the_choirs(model)
    return model


def _the_room(model: StockFlow) -> None:
    """Add the share of one choir, which moves towards what the two have earned."""
    why = "What part of the room's hours the morning choir has."
    model.stock("morning hours", 0.52, SHARE, why, between=(0.05, 0.95))
    model.auxiliary("afternoon hours", "1 - morning hours", SHARE, "What is left of the room.")
    earned = "morning success / (morning success + afternoon success)"
    why = "What part of the hours the rule would give it, by how the two sang."
    model.auxiliary("earned by the morning", earned, SHARE, why)
    moving = "pace * (earned by the morning - morning hours)"
    why = "Hours are moved, some every week, to where success is."
    model.flow("hours moved", moving, into="morning hours", units="out of 1/week", doc=why)
    why = "What part of the difference is moved in a week."
    model.constant("pace", 0.25, "1/week", why)


def _the_choirs(model: StockFlow) -> None:
    """Add how well each choir sings with the hours it has."""
    why = "How well it sings: more with more hours."
    singing = "morning hours ^ weight of a lead"
    model.auxiliary("morning success", singing, "share", why)
    singing = "gift of the afternoon * afternoon hours ^ weight of a lead"
    model.auxiliary("afternoon success", singing, "share", why)
    why = "By which power of the hours success counts; 1 is in proportion."
    model.constant("weight of a lead", 1.5, "ratio", why, between=(0.5, 2.5))
    why = "How many times as much the afternoon choir gets out of the same hours."
    model.constant("gift of the afternoon", 1, "ratio", why, between=(0.8, 1.25))
