"""Shifting the burden: relief comes quickly, and the cure is put off."""

from __future__ import annotations

from cstools.archetypes.archetype import Archetype
from cstools.stock_flow.model import StockFlow


def _town() -> StockFlow:
    town = StockFlow("Tankers and pipes", stop=60, dt=1 / 16, time_units="month")
    town.evidence, town.doc = "illustrative", "A town that buys water because its pipes leak."
    water, monthly = "m3/day", "m3/day/month"
    why = "Water that seeps away."
    town.stock("leaks", 40, water, why, between=(10, 80))
    town.stock("tanker water", 0, water, "Water that is bought.")
    town.flow("new leaks", "ageing of pipes", into="leaks", units=monthly, doc="Pipes age.")
    town.auxiliary("shortage", "leaks - tanker water", water, "What is missing at the tap.")
    ordering = "readiness to order * shortage"
    town.flow("ordering", ordering, into="tanker water", units=monthly, doc="More tankers come.")
    ending = "tanker water / length of a contract"
    town.flow("ending", ending, out_of="tanker water", units=monthly, doc="Contracts run out.")
    cost = "price of water * tanker water"
    town.auxiliary("spent on tankers", cost, "coins/day", "Money that repairs do not get.")
    wanted = "readiness to repair * shortage * max(1 - spent on tankers / budget, 0)"
    town.auxiliary("repairs begun", wanted, monthly, "Trenches that are dug, as money allows.")
    done = "smooth1(repairs begun, time of a repair, 0)"
    town.flow("repairs", done, out_of="leaks", units=monthly, doc="Pipes that hold again.")
    town.constant("ageing of pipes", 1.5, monthly, "What a month adds.", (0, 3))
    town.constant("readiness to order", 0.5, "1/month", "How readily tankers come.", (0, 1))
    town.constant("length of a contract", 12, "months", "How long a tanker comes.", (3, 24))
    town.constant("price of water", 1, "coins/m3", "What a tanker takes.", (0.2, 1))
    town.constant("readiness to repair", 0.1, "1/month", "How much a dry tap moves.", (0, 0.3))
    town.constant("budget", 160, "coins/day", "All that the town has for water.", (150, 400))
    town.constant("time of a repair", 6, "months", "From the trench to a dry street.", (1, 12))
    return town


#: The archetype; what each part of it means is said at :class:`Archetype`.
shifting_the_burden = Archetype(
    name="Shifting the burden",
    story=(
        "In a hill town in Jordan the taps run dry because the pipes leak. Tankers bring relief "
        "within a week. With water at the door there is no hurry to dig, and what the tankers "
        "cost is missing for the pipes. Each year the town needs more tankers."
    ),
    behaviour=(
        "The symptom eases at once and creeps back; the quick fix grows; the means for the cure "
        "waste away."
    ),
    intervene=(
        "At the cure: protect its time and money while the quick fix gives relief.",
        "At the quick fix: say how long it lasts, and what has to be mended by then.",
        "At the side effect that eats the cure.",
    ),
    misleads="Relief is not wrong: it can buy the time that a cure takes. The order matters.",
    sources=("Senge1990", "KimAnderson1998"),
    links="""
        problem symptom -> quick fix: +
        quick fix -> problem symptom: -
        problem symptom -> fundamental solution: +
        fundamental solution -> problem symptom: - delayed
        quick fix -> side effect: +
        side effect -> fundamental solution: -
    """,
    build=_town,
    watch=("shortage", "tanker water", "leaks"),
    late=(("problem symptom", "fundamental solution", "problem symptom"),),
)
