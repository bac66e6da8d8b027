"""Escalation: each side answers the other, and both call it defence."""

from __future__ import annotations

from cstools.archetypes.archetype import Archetype
from cstools.stock_flow.model import StockFlow


def _schools() -> StockFlow:
    schools = StockFlow("Two schools and their brochures", stop=36, dt=1 / 32, time_units="month")
    schools.evidence = "illustrative"
    schools.doc = "Two schools that want to be seen a little more than the other."
    unit, monthly = "coins/month", "coins/month/month"
    pairs = (("North", "South"), ("South", "North"))
    for (own, _), first in zip(pairs, (10, 6), strict=True):
        why = "What it spends on being seen."
        schools.stock(f"spending of {own}", first, unit, why, between=(1, 30))
    for own, other in pairs:
        lacking = f"aim * spending of {other} - spending of {own}"
        why = "How far it sees itself behind."
        schools.auxiliary(f"threat to {own}", lacking, unit, why)
        adding, end = f"threat to {own} / time to answer", f"spending of {own}"
        why = "It answers what it sees."
        schools.flow(f"{own} adds", adding, into=end, units=monthly, doc=why)
    why = "How much each wants to have, for one coin of the other."
    schools.constant("aim", 1.2, "coins/coin", why, (0.8, 1.5))
    schools.constant("time to answer", 4, "months", "Until the next brochure.", (2, 12))
    return schools


#: The archetype; what each part of it means is said at :class:`Archetype`.
escalation = Archetype(
    name="Escalation",
    story=(
        "Two schools in a Dutch town print brochures. Each wants to be seen just a little more "
        "than the other, and each remembers that the other began. After three years both have "
        "glossy paper, and neither has more children."
    ),
    behaviour="Both rise, ever faster, until one is exhausted or something outside stops them.",
    intervene=(
        "At the aim: who wants only as much as the other, or less, ends it.",
        "At the comparison: another measure of doing well than the other's activity.",
        "By one side's first step down, announced and kept to, or by an agreement of both.",
    ),
    misleads="Growing side by side is not yet escalation: ask whether each answers the other.",
    sources=("Senge1990", "KimAnderson1998"),
    links="""
        activity of A -> threat to A: -
        threat to A -> activity of A: +
        activity of B -> threat to B: -
        threat to B -> activity of B: +
        activity of A -> threat to B: +
        activity of B -> threat to A: +
    """,
    build=_schools,
    watch=("spending of North", "spending of South"),
)
