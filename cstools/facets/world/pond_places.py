"""Twelve places to intervene at the shared pond, and what the same effort does at ten of them."""

from __future__ import annotations

from cstools.analysis.outcomes import At
from cstools.analysis.places import Place, Places, same_effort
from cstools.facets.world.pond_council import pond_council

POND_PLACES = (
    Place(12, "nets with wider meshes", "wider meshes"),
    Place(11, "plant reeds: more room to live", "more reeds"),
    Place(10, "corners where no net comes", "hiding places"),
    Place(9, "boats answer sooner", "sooner"),
    Place(8, "boats stop more readily", "quicker to stop"),
    Place(7, "boats start more slowly", "slower to start"),
    Place(6, "see and count the neighbours' loss", "neighbours counted"),
    Place(5, "fewer boats, agreed on", "boats given up"),
    Place(4, "revise the number every year", "rule revised"),
    Place(3, "call a little more enough", "enough"),
    Place(2, "see the pond in another way"),
    Place(1, "hold every way of seeing lightly"),
)
#: What nobody knows about a pond to better than a fifth.
POND_UNCERTAIN = {
    "growth rate": (0.4, 0.6),
    "room": (800, 1200),
    "price": (80, 120),
    "cost of a boat": (160, 240),
}


def pond_places(
    share: float = 0.2, of: str = "earned together", at: At = None, draws: int = 100
) -> Places:
    """Return what the same share of effort does at each place of the pond with a council.

    Parameters
    ----------
    share
        The effort: wider meshes by a fifth, a fifth fewer boats, a fifth of the neighbours' loss
        counted, and so on. That these are the same effort is our own choice.
    of, at
        The result: what all boats earn together in the last year, if not said.
    draws
        How many ponds are drawn, each with growth, room, price and cost anywhere within a fifth.
    """
    return same_effort(pond_council(), POND_PLACES, of, at, share, POND_UNCERTAIN, draws)
