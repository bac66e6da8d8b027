"""Fixes that fail: what helps today makes tomorrow harder."""

from __future__ import annotations

from cstools.archetypes.archetype import Archetype
from cstools.stock_flow.model import StockFlow


def _office() -> StockFlow:
    office = StockFlow("Letters and late evenings", stop=60, dt=1 / 16, time_units="week")
    office.evidence = "illustrative"
    office.doc = "A school office that answers its letters in the evening."
    weekly, hours = "letters/week", "hours/week"
    why = "What lies unanswered."
    office.stock("letters waiting", 100, "letters", why, between=(20, 200))
    office.flow("arriving", "post", into="letters waiting", units=weekly, doc="The day's post.")
    office.auxiliary("overtime", "eagerness * letters waiting", hours, "Evenings at the desk.")
    answering = "post + pace * overtime"
    why = "By day as many as arrive, in the evening some more."
    office.flow("answering", answering, out_of="letters waiting", units=weekly, doc=why)
    tired = "smooth1(overtime, weeks until it shows, 0)"
    office.auxiliary("weariness", tired, hours, "Evenings that are still felt.")
    again = "mistakes * weariness"
    why = "What was answered wrongly comes back."
    office.flow("coming back", again, into="letters waiting", units=weekly, doc=why)
    office.constant("post", 80, weekly, "What a week brings, and a calm week answers.", (40, 120))
    why = "Hours that each waiting letter costs in the evening."
    office.constant("eagerness", 0.05, "hours/week/letter", why, (0, 0.1))
    office.constant("pace", 10, "letters/hour", "Letters answered in an hour.", (5, 15))
    office.constant("weeks until it shows", 8, "weeks", "How late evenings tell.", (2, 16))
    why = "Letters that come back for each hour of weariness."
    office.constant("mistakes", 15, "letters/hour", why, (0, 20))
    return office


#: The archetype; what each part of it means is said at :class:`Archetype`.
fixes_that_fail = Archetype(
    name="Fixes that fail",
    story=(
        "A school secretary in Lyon stays late to clear a pile of letters. In a fortnight the "
        "pile is half as high. By spring tired answers bring back more letters than an evening "
        "settles, and the pile is higher than it was. So more evenings are added."
    ),
    behaviour="The problem shrinks at once, then returns, later and larger than before.",
    intervene=(
        "At the consequence: look for it before the fix is made, and say when it would show.",
        "At the fix: make it small and short, or choose one without that consequence.",
        "At the cause of the problem, so that no fix is called for.",
    ),
    misleads="Not every fix fails. One whose consequence is weaker than its help is simply a fix.",
    sources=("Senge1990", "KimAnderson1998"),
    links="""
        problem -> fix: +
        fix -> problem: -
        fix -> unintended consequence: + delayed
        unintended consequence -> problem: +
    """,
    build=_office,
    watch=("letters waiting", "overtime"),
    late=(("fix", "unintended consequence", "problem"),),
)
