"""Success to the successful: whoever is ahead gets what it takes to get ahead."""

from __future__ import annotations

from cstools.archetypes.archetype import Archetype
from cstools.stock_flow.model import StockFlow


def _teams() -> StockFlow:
    teams = StockFlow("Two teams and one pitch", stop=104, dt=1 / 16, time_units="week")
    teams.evidence, teams.doc = "illustrative", "Two teams share a pitch by what they have won."
    unit, weekly = "points", "points/week"
    teams.stock("skill of the Kites", 11, unit, "How well they play.", between=(5, 20))
    teams.stock("skill of the Herons", 10, unit, "How well they play.", between=(5, 20))
    share = "skill of the Kites^2 / (skill of the Kites^2 + skill of the Herons^2)"
    why = "A small lead looks large to those who divide the hours."
    teams.auxiliary("hours for the Kites", share, "share", why)
    kites, herons = "gain * hours for the Kites", "gain * (1 - hours for the Kites)"
    into, why = "skill of the Kites", "What they learn on the pitch."
    teams.flow("Kites practise", kites, into=into, units=weekly, doc=why)
    into, why = "skill of the Herons", "What they learn in the rest of the hours."
    teams.flow("Herons practise", herons, into=into, units=weekly, doc=why)
    for team in ("Kites", "Herons"):
        fading = f"skill of the {team} / time to forget"
        end, why = f"skill of the {team}", "What is not practised fades."
        teams.flow(f"{team} forget", fading, out_of=end, units=weekly, doc=why)
    teams.constant("gain", 2, weekly, "What a week of all the hours teaches.", (1, 4))
    teams.constant("time to forget", 10, "weeks", "How long skill lasts.", (5, 30))
    return teams


#: The archetype; what each part of it means is said at :class:`Archetype`.
success_to_the_successful = Archetype(
    name="Success to the successful",
    story=(
        "Two village teams in Ghana share the only pitch. The committee gives more hours to the "
        "team that plays better. In the first week that is hardly a difference. A year on, "
        "everybody knows which team has the talent."
    ),
    behaviour="Two who began nearly alike part: one rises, the other falls, and both for good.",
    intervene=(
        "At the rule that divides: by need, by turns, or by a floor for each.",
        "At the shared means: a second pitch takes the two apart.",
        "At what counts as success, and at who counts it.",
    ),
    misleads="Unequal ends do not prove an unequal rule, nor an equal rule an equal start.",
    sources=("Senge1990", "KimAnderson1998"),
    links="""
        share for A -> success of A: +
        success of A -> share for A: +
        share for A -> success of B: -
        success of B -> share for A: -
    """,
    build=_teams,
    watch=("skill of the Kites", "skill of the Herons"),
)
