"""The shared pond: many separate decisions, one stock; and the same pond under a fixed quota."""

from __future__ import annotations

from cstools.stock_flow.model import StockFlow

TONNES, YEARLY = "tonnes", "tonnes/year"


def shared_pond() -> StockFlow:
    """Return a pond in which anyone may fish, and boats come as long as a boat pays.

    Story
    -----
    Some families fish one pond. Whoever sees that a boat earns more than it costs sends one more;
    whoever loses money stops. Each decision is sensible, and nobody decides the sum.

    Behaviour over time
    -------------------
    Good years call boats, and the boats outlast the fish they came for. So the fish fall too far,
    boats leave, and both swing ever less until they settle where a boat earns exactly its cost:
    fish = cost / (price × share a boat catches) = 400 tonnes, with 60 boats and 120 tonnes a year.
    The pond could give most, growth rate × room / 4 = 125 tonnes a year, with 500 tonnes in it
    and 50 boats, each of which would then earn something.

    Where to intervene
    ------------------
    At what a boat costs or brings (a fee, a price), at how many boats there are, at the rule by
    which the sum of the catches comes about, and at who makes that rule.

    How it can mislead
    ------------------
    Arithmetic is no fate: people who share a water often make rules and keep them [Ostrom1990]_.
    One kind of fish, no weather, no neighbours who talk to each other.

    References
    ----------
    Open access: [Gordon1954]_. Growth and catch: [Schaefer1954]_. The numbers are made for
    teaching.
    """
    pond = fish_that_grow("The shared pond", stop=80, at_first=1000)
    pond.doc = "Fish that anyone may catch, and boats that come as long as a boat pays."
    pond.stock("fleet", 5, "boats", "How many boats go out.", between=(1, 150))
    caught = "share a boat catches * fleet * fish"
    pond.flow("catch", caught, out_of="fish", units=YEARLY, doc="What the boats bring home.")
    joining = "boats follow * max(profit per boat, 0) * fleet"
    why = "More boats go out while a boat pays."
    pond.flow("boats joining", joining, into="fleet", units="boats/year", doc=why)
    leaving = "boats follow * max(-profit per boat, 0) * fleet"
    why = "Some boats stop while a boat loses money."
    pond.flow("boats leaving", leaving, out_of="fleet", units="boats/year", doc=why)
    profit = "price * share a boat catches * fish - cost of a boat"
    why = "What a boat earns in a year beyond its cost."
    pond.auxiliary("profit per boat", profit, "coins/boat/year", why)
    why = "What part of the fish one boat catches in a year."
    pond.constant("share a boat catches", 0.005, "share/boat/year", why, (0.001, 0.01))
    pond.constant("price", 100, "coins/tonne", "What a tonne of fish brings.", (20, 300))
    why = "What a boat needs in a year, the living of its people included."
    pond.constant("cost of a boat", 200, "coins/boat/year", why, (50, 600))
    why = "How readily boats come and go when a boat earns or loses a coin."
    pond.constant("boats follow", 0.001, "boats/coin", why, (0, 0.005))
    return pond


def pond_with_quota() -> StockFlow:
    """Return the pond under a fixed catch: so many tonnes a year, whatever it holds.

    Story
    -----
    The families have fished the pond down to half and agree on a quota, a little above the most
    that the pond can replace. The difference looks small.

    Behaviour over time
    -------------------
    Up to growth rate × room / 4 = 125 tonnes a year there are two levels at which growth equals
    the quota, room × (1 ± √(1 − quota / 125)) / 2. From above the lower one the fish find the
    upper one; from below it they vanish. Above 125 there is no such level: the fish fall slowly,
    then ever faster, until none are left.

    Where to intervene
    ------------------
    At the quota, and more surely at its blindness: a catch that shrinks with the fish is a brake.

    How it can mislead
    ------------------
    No people watch a pond for years without changing their rule. And where years differ, a quota
    just below 125, which holds here, fails.

    References
    ----------
    Growth and catch: [Schaefer1954]_. The levels are arithmetic; the numbers are made for teaching.
    """
    pond = fish_that_grow("The pond with a quota", stop=40, at_first=500)
    pond.doc = "Fish of which so many tonnes are taken every year, whatever the pond holds."
    why = "What is taken, as long as there is any."
    pond.flow("catch", "quota", out_of="fish", units=YEARLY, doc=why)
    pond.constant("quota", 140, YEARLY, "The catch agreed on.", (0, 200))
    return pond


def fish_that_grow(name: str, stop: float, at_first: float) -> StockFlow:
    """Return a pond in which fish grow, fastest when it is half full."""
    pond = StockFlow(name, stop=stop, dt=0.0625, time_units="year", evidence="illustrative")
    why = "What lives in the pond."
    pond.stock("fish", at_first, TONNES, why, non_negative=True, between=(50, 1000))
    growing = "growth rate * fish * room left"
    pond.flow("new fish", growing, into="fish", units=YEARLY, doc="Young beyond deaths.")
    pond.auxiliary("room left", "1 - fish / room", "share", "How much of the pond is free.")
    why = "How fast a few fish increase in an empty pond."
    pond.constant("growth rate", 0.5, "1/year", why)
    pond.constant("room", 1000, TONNES, "The most that the pond can feed.")
    return pond
