"""Escalation: two sides who answer each other, each with a grievance, each cooling by itself."""

from __future__ import annotations

from cstools.stock_flow.model import StockFlow

CLASSES = ("Walnut", "Vine")
ROUGH, WEEKLY = "points", "points/week"


def escalation() -> StockFlow:
    """Return how roughly two classes meet each other, in the breaks of twenty weeks.

    Story
    -----
    Two parallel classes, Walnut and Vine, share one yard. Each has a grievance of its own. Each
    gives back a part of what it gets, and each also cools by itself. Each says, and believes, that
    the other began. Will it end in a fight, settle at something bearable, or fade?

    Behaviour over time
    -------------------
    From a quiet start both rise ever more slowly and level off, as long as what goes round is less
    than what cools: ``k·l < a·b``, where k and l are how strongly each answers, a and b how quickly
    each cools. With a = b = 1, k = l = 0.5 and grievances g = h = 1 both come to 2, twice what
    either grievance makes alone. In general they come to ``(b·g + k·h) / (a·b - k·l)`` and
    ``(a·h + l·g) / (a·b - k·l)``. Beyond the edge they rise ever faster, whoever began.

    Where to intervene
    ------------------
    At an answer: the edge knows only the product, so that one side alone can take both back from
    it. At a grievance, which lowers where it settles and leaves the edge where it was. At cooling.
    A single good day changes none of these, and is gone within weeks.

    How it can mislead
    ------------------
    It is the story of two sides alike in strength. Where one is stronger and the other cannot get
    away, this is the wrong model: that is bullying [Olweus1993]_, and it takes protection, not a
    smaller answer. The points are made up. A class is no single person. And a run without end
    means that the model has left its ground; in a yard a bell rings, or somebody is hurt.

    References
    ----------
    The two equations, written for the armaments of nations: [Richardson1960]_. Without grievances
    they are those of ``archetypes.escalation``. The yard and its numbers are made up. Euler's step
    of 1/64 week bends the curves by less than 0.2 % of their range; the levels at which they settle
    do not depend on it.
    """
    model = StockFlow(
        "Escalation and repair",
        stop=20,
        dt=1 / 64,
        time_units="week",
        evidence="illustrative",
        doc="Two classes who share a yard and give back a part of what they get.",
    )
    for own in CLASSES:
        what = "How roughly it meets the other; zero is a break without a shove."
        model.stock(f"roughness of {own}", 0, ROUGH, what, between=(0, 10))
    for own, other in zip(CLASSES, reversed(CLASSES), strict=True):
        _one_side(model, own, other)
    return model


def _one_side(model: StockFlow, own: str, other: str) -> None:
    """Add what makes a class rougher, and what cools it."""
    end = f"roughness of {own}"
    why = "It gives back a part of what it gets."
    answering = f"answer of {own} * roughness of {other}"
    model.flow(f"{own} answers", answering, into=end, units=WEEKLY, doc=why)
    why = "What rankles, whatever the other does today."
    model.flow(f"{own} resents", f"grievance of {own}", into=end, units=WEEKLY, doc=why)
    why = "Play, time and a good lunch take some away."
    cooling = f"cooling of {own} * roughness of {own}"
    model.flow(f"{own} cools", cooling, out_of=end, units=WEEKLY, doc=why)
    why = "How strongly it answers each point of the other's roughness."
    model.constant(f"answer of {own}", 0.5, "1/week", why, between=(0, 1.5))
    why = "How much is added every week by something that has not been put right."
    model.constant(f"grievance of {own}", 1, WEEKLY, why, between=(0, 2))
    why = "How quickly it calms down by itself; at 1, mostly within a week."
    model.constant(f"cooling of {own}", 1, "1/week", why, between=(0.5, 2))
