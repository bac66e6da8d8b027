"""Accidental adversaries: partners whose own repairs hurt each other."""

from __future__ import annotations

from cstools.archetypes.archetype import Archetype
from cstools.stock_flow.model import StockFlow


def _partners() -> StockFlow:
    both = StockFlow("A school and a farm", stop=96, dt=1 / 16, time_units="month")
    both.evidence, both.doc = "illustrative", "Two partners who help, and who look after their own."
    unit, monthly = "points", "points/month"
    pairs = (("school", "farm"), ("farm", "school"))
    for own, first in (("school", 36), ("farm", 33)):
        why = "How well it does, of a hundred points."
        both.stock(f"success of {own}", first, unit, why, between=(20, 60))
    for own, other in pairs:
        mine, theirs = f"success of {own}", f"success of {other}"
        help_of, why = f"helpfulness * {mine}", "Who does well can help."
        both.auxiliary(f"help from {own}", help_of, monthly, why)
        fix = f"impatience * smooth1(wish - {mine}, patience, 0)"
        why = "Who does badly for long looks after its own."
        both.auxiliary(f"fix by {own}", fix, monthly, why)
        why = "What the other's help brings."
        both.flow(f"{own} is helped", f"help from {other}", into=mine, units=monthly, doc=why)
        repairs = f"own work + use of a fix * fix by {own}"
        why = "What it does for itself."
        both.flow(f"{own} works", repairs, into=mine, units=monthly, doc=why)
        harm, why = f"harm of a fix * fix by {own}", "What the partner did not mean."
        both.flow(f"{other} is hindered", harm, out_of=theirs, units=monthly, doc=why)
        why, fading = "What is not kept up is lost.", f"{mine} / time to fade"
        both.flow(f"{own} fades", fading, out_of=mine, units=monthly, doc=why)
    both.constant("helpfulness", 0.2, "1/month", "How much one helps.", (0.1, 0.25))
    both.constant("impatience", 0.1, "1/month", "How readily one fixes one's own.", (0, 0.1))
    why = "How long one waits for the other's help to show."
    both.constant("patience", 12, "months", why, (2, 24))
    both.constant("wish", 60, unit, "How well each wants to do.", (50, 80))
    both.constant("own work", 5, monthly, "What each does in any case.", (4, 8))
    both.constant("use of a fix", 0.3, "points/point", "What a fix brings oneself.", (0.1, 1))
    both.constant("harm of a fix", 1, "points/point", "What it costs the other.", (0, 1))
    both.constant("time to fade", 10 / 3, "months", "How long success lasts.", (2, 3.5))
    return both


_SIDE = """
        success of {0} -> help from {0}: +
        help from {0} -> success of {1}: +
        success of {0} -> fix by {0}: -
        fix by {0} -> success of {0}: +
        fix by {0} -> success of {1}: -
"""

#: The archetype; what each part of it means is said at :class:`Archetype`.
accidental_adversaries = Archetype(
    name="Accidental adversaries",
    story=(
        "A school and a farm in Kerala work together: children learn on the fields, the kitchen "
        "buys the harvest. In a lean year the school moves lessons at short notice, and the farm "
        "sells elsewhere. Each saves itself, each finds the other unreliable."
    ),
    behaviour="Both do well together, then worse and worse, each sure that the other changed.",
    intervene=(
        "At the conversation: let each say what its fix solves, and hear what it costs the other.",
        "At the fixes: look for one that does not hurt the partner.",
        "At the help, which both have stopped noticing.",
    ),
    misleads="Some partners have interests that differ; not every quarrel is an accident.",
    sources=("Braun2002",),
    links=_SIDE.format("A", "B") + _SIDE.format("B", "A"),
    build=_partners,
    watch=("success of school", "success of farm"),
)
