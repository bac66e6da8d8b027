"""Limits to growth: what made it grow goes on, and something else begins to hold it."""

from __future__ import annotations

from cstools.archetypes.archetype import Archetype
from cstools.stock_flow.model import StockFlow


def _club() -> StockFlow:
    club = StockFlow("The reading club", stop=24, dt=1 / 32, time_units="month")
    club.evidence, club.doc = "illustrative", "A club that grows by invitation in one small room."
    monthly = "children/month"
    why = "Who comes to read."
    club.stock("members", 6, "children", why, between=(1, 200))
    club.auxiliary("invitations", "invited * members", monthly, "Friends who are asked along.")
    club.flow("joining", "invitations", into="members", units=monthly, doc="Those who are asked.")
    club.auxiliary("crowding", "members / seats", "share", "How full the room is.")
    leaving = "leaving when full * crowding * members"
    why = "Those who find no quiet corner stay away."
    club.flow("leaving", leaving, out_of="members", units=monthly, doc=why)
    club.constant("invited", 0.5, "1/month", "Friends whom each one asks.", (0.1, 1))
    club.constant("seats", 60, "children", "Those who can read in peace.", (20, 120))
    why = "What part leaves each month when every seat is taken."
    club.constant("leaving when full", 0.5, "1/month", why, (0.1, 1))
    return club


#: The archetype; what each part of it means is said at :class:`Archetype`.
limits_to_growth = Archetype(
    name="Limits to growth",
    story=(
        "In a library in Nairobi six children read aloud to each other on Saturdays. Each brings "
        "a friend now and then, and friends bring friends. By the end of the year the room hums, "
        "and those who came for the quiet stay at home. The librarian prints more posters."
    ),
    behaviour=(
        "Growth that feeds itself, then ever less of it, then none: an S. Where the limit answers "
        "late, it overshoots first."
    ),
    intervene=(
        "At what limits: find it while growth is still easy, and widen it or accept it.",
        "At the speed of growth, so that it does not outrun what carries it.",
        "Hardly ever at the growing action: pushed against a limit, it pushes back.",
    ),
    misleads="To stop growing may be health. No map says which limit comes first, or when.",
    sources=("Senge1990", "KimAnderson1998"),
    links="""
        growing action -> results: +
        results -> growing action: +
        results -> slowing force: +
        slowing force -> results: -
    """,
    build=_club,
    watch=("members", "joining", "leaving"),
)
