"""The shared pond as a game: a few boats, each with its own days at sea."""

from __future__ import annotations

from cstools.errors import ModelError
from cstools.facets.world.shared_pond import YEARLY, fish_that_grow
from cstools.stock_flow.model import StockFlow

_FEWEST, _MOST = 1, 8


def shared_pond_boats(boats: int = 4) -> StockFlow:
    """Return a pond with a few boats, whose days at sea are decided one by one.

    Story
    -----
    Four families fish one pond, each with one boat. Every season each family decides for how many
    days its boat goes out. A day costs what it costs; what it brings depends on how many fish are
    there, and so on what all the others do.

    Behaviour over time
    -------------------
    With E days of all boats together the fish settle at room × (1 − share × E / growth rate), and
    a day then brings less the larger E is. The families earn most together with half of the days
    at which nobody earns anything: 120 of 240, which is 30 for each of four boats. But whoever
    asks only what is best for their own boat, given the others' days, goes out for 48: n boats
    then take n/(n+1) of the 240 days, half for one boat alone and nearly all for many.

    Where to intervene
    ------------------
    At who decides about the sum: the families themselves, when they meet. At what a day costs or
    brings. At what each of them can see of the others, and of the fish.

    How it can mislead
    ------------------
    48 days are no forecast: they are what arithmetic says of people who never talk and think of
    nothing but a long row of equal seasons. In the last season of a game, going out more costs
    nobody a later catch; a pond that is handed on has no last season. Who shares a water often
    makes rules and keeps them [Ostrom1990]_.

    References
    ----------
    Growth and catch: [Schaefer1954]_. A day's earnings, and their end: [Gordon1954]_. The best
    reply of one boat to the others is arithmetic, and so are the numbers, made for teaching.

    Raises
    ------
    ModelError
        When ``boats`` is no whole number from 1 to 8.
    """
    if boats not in range(_FEWEST, _MOST + 1):
        raise ModelError(f"boats= is a whole number from {_FEWEST} to {_MOST}, not {boats}")
    pond = fish_that_grow("The pond with boats", stop=10, at_first=500)
    pond.doc = "Fish in one pond, and boats whose days at sea are decided one by one."
    for boat in range(1, int(boats) + 1):
        _add_boat(pond, f"boat {boat}")
    every = " + ".join(f"earned by boat {boat}" for boat in range(1, int(boats) + 1))
    pond.auxiliary("earned by all", every, "coins", "What all boats have earned so far.")
    why = "What part of the fish a boat catches on one day."
    pond.constant("share a day catches", 0.00125, "share/day", why, (0.0005, 0.003))
    pond.constant("price", 100, "coins/tonne", "What a tonne of fish brings.", (20, 300))
    why = "What a day at sea needs, the living of the people included."
    pond.constant("cost of a day", 50, "coins/day", why, (0, 150))
    return pond


def _add_boat(pond: StockFlow, boat: str) -> None:
    caught = f"share a day catches * days of {boat} * fish"
    pond.flow(f"catch of {boat}", caught, out_of="fish", units=YEARLY, doc="What it brings home.")
    pond.stock(f"earned by {boat}", 0, "coins", "What it has earned so far, beyond its costs.")
    earning = f"price * catch of {boat} - cost of a day * days of {boat}"
    why = "What it earns in a year, beyond its costs."
    pond.flow(f"income of {boat}", earning, into=f"earned by {boat}", units="coins/year", doc=why)
    why = "For how many days of the year it goes out."
    pond.constant(f"days of {boat}", 20, "days/year", why, (0, 100))
