"""Tragedy of the commons: each one gains, and what all depend on wears out."""

from __future__ import annotations

from cstools.archetypes.archetype import Archetype
from cstools.stock_flow.model import StockFlow


def _bay() -> StockFlow:
    bay = StockFlow("Two villages and one bay", stop=60, dt=1 / 32, time_units="year")
    bay.evidence, bay.doc = "illustrative", "Two villages that fish one bay and build boats."
    fish, yearly = "tonnes", "tonnes/year"
    villages, boats = ("East", "West"), "boats/year"
    why = "What lives in the bay."
    bay.stock("fish", 1000, fish, why, non_negative=True, between=(200, 1000))
    bay.auxiliary("room left", "1 - fish / room", "share", "How much of the bay is free.")
    growing = "growth rate * fish * room left"
    bay.flow("new fish", growing, into="fish", units=yearly, doc="Young beyond deaths.")
    for village, first in zip(villages, (5, 4), strict=True):
        why = "Boats that go out."
        bay.stock(f"boats of {village}", first, "boats", why, between=(1, 20))
    everybody = "boats of East + boats of West"
    bay.auxiliary("all boats", everybody, "boats", "Boats of both villages.")
    caught = "share a boat catches * all boats * fish"
    bay.flow("caught", caught, out_of="fish", units=yearly, doc="What both bring home.")
    per_boat = "share a boat catches * fish"
    bay.auxiliary("catch of a boat", per_boat, "tonnes/boat/year", "What one boat finds.")
    for village in villages:
        gain, end = f"boats of {village} * catch of a boat", f"boats of {village}"
        bay.auxiliary(f"catch of {village}", gain, yearly, "What the village brings home.")
        building = f"boats from a tonne * catch of {village}"
        why = "A good catch pays for boats."
        bay.flow(f"{village} builds", building, into=end, units=boats, doc=why)
        why = "Boats grow old."
        wear = f"boats of {village} / life of a boat"
        bay.flow(f"{village} scraps", wear, out_of=end, units=boats, doc=why)
    bay.constant("growth rate", 0.4, "1/year", "How fast a few fish increase.", (0.2, 0.8))
    bay.constant("room", 1000, fish, "The most that the bay can feed.", (500, 2000))
    bay.constant("share a boat catches", 0.01, "1/year/boat", "Of all the fish.", (0.002, 0.015))
    bay.constant("boats from a tonne", 0.05, "boats/tonne", "What a tonne pays for.", (0.01, 0.06))
    bay.constant("life of a boat", 10, "years", "How long a boat lasts.", (5, 20))
    return bay


_SIDE = """
        activity of {0} -> gain of {0}: +
        gain of {0} -> activity of {0}: +
        activity of {0} -> total activity: +
        return on activity -> gain of {0}: +
"""

#: The archetype; what each part of it means is said at :class:`Archetype`.
tragedy_of_the_commons = Archetype(
    name="Tragedy of the commons",
    story=(
        "Two villages in the Philippines fish one bay. A good year pays for another boat, here "
        "and there. No family takes much. In the second decade the nets come up light for all."
    ),
    behaviour="Everybody gains for a while; then the return on each activity falls, for all.",
    intervene=(
        "At how the users decide together: rules that they make, watch and keep themselves.",
        "By letting each one feel what the activity costs the commons.",
        "At the commons: protect it, let it recover, and show how much of it is left.",
    ),
    misleads="The map leaves out talking. Many commons are kept well by those who use them.",
    sources=("Hardin1968", "Ostrom1990", "Senge1990", "KimAnderson1998"),
    links=_SIDE.format("A") + _SIDE.format("B") + "total activity -> return on activity: - delayed",
    build=_bay,
    watch=("fish", "catch of East", "catch of West"),
)
