"""Drifting goals: a gap is closed by wanting less."""

from __future__ import annotations

from cstools.archetypes.archetype import Archetype
from cstools.stock_flow.model import StockFlow


def _river() -> StockFlow:
    river = StockFlow("The river and its target", stop=120, dt=1 / 16, time_units="month")
    river.evidence, river.doc = (
        "illustrative",
        "A target for clean water that slips with the water.",
    )
    unit, monthly = "points", "points/month"
    why = "How clean it is, of a hundred points."
    river.stock("cleanliness", 80, unit, why, between=(50, 90))
    river.stock("target", 90, unit, "How clean it is meant to be.", between=(60, 100))
    river.auxiliary("gap", "target - cleanliness", unit, "What is missing.")
    effort = "smooth1(gap, time to organise) / time to clear"
    river.auxiliary("clearing effort", effort, monthly, "Nets, filters, fines: what is done.")
    why = "What the effort brings."
    river.flow("clearing", "clearing effort", into="cleanliness", units=monthly, doc=why)
    river.flow("fouling", "waste", out_of="cleanliness", units=monthly, doc="What drains in.")
    pressure = "gap / time to give way"
    why = "Voices that call the target unrealistic."
    river.auxiliary("pressure to lower", pressure, monthly, why)
    why = "What they achieve."
    river.flow("lowering", "pressure to lower", out_of="target", units=monthly, doc=why)
    river.constant("time to organise", 2, "months", "Until something is done.", (0.5, 6))
    river.constant("time to clear", 5, "months", "How slowly water clears.", (3, 20))
    river.constant("time to give way", 20, "months", "How long one can hold on.", (10, 1000))
    river.constant("waste", 1, monthly, "What a month fouls.", (0, 2))
    return river


#: The archetype; what each part of it means is said at :class:`Archetype`.
drifting_goals = Archetype(
    name="Drifting goals",
    story=(
        "A town on a river in Colombia wants water of ninety points out of a hundred. It has "
        "eighty. Clearing takes money and months; a new table of targets takes an evening. "
        "Nobody ever decides to live with a dirty river, and each table asks a little less."
    ),
    behaviour="The gap soon looks steady. Goal and reality sink together, slowly and for long.",
    intervene=(
        "At the goal: tie it to something that does not move with the day's results.",
        "At the effort: make it quicker, so that the gap hurts for a shorter time.",
        "At the pressure: let it be heard as a question about the effort.",
    ),
    misleads="To lower a wrong goal is to learn. The map does not know who set it, or why.",
    sources=("Senge1990", "KimAnderson1998"),
    links="""
        goal -> gap: +
        state -> gap: -
        gap -> corrective action: +
        corrective action -> state: + delayed
        gap -> pressure to lower the goal: +
        pressure to lower the goal -> goal: -
    """,
    build=_river,
    watch=("cleanliness", "target"),
)
