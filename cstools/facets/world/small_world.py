"""A small world: people, workshops, ore, waste and land, of which none grows for ever."""

from __future__ import annotations

from cstools.stock_flow.model import StockFlow

PEOPLE, TONNES, LAND, SHARE = "people", "tonnes", "hectares", "share"
YEARLY, TONNES_YEARLY, LAND_YEARLY = "1/year", "tonnes/year", "hectares/year"


def small_world() -> StockFlow:
    """Return an island on which people, workshops, ore, waste and land act on one another.

    Story
    -----
    A hill on an island holds ore. Of the ore people make tools, and of some of the tools more
    workshops. Tools bring larger harvests; so there are more people, who want more tools. The
    ore lies ever deeper, waste trickles into the one spring, the soil tires. Each of these says
    stop. None of them says it soon.

    Behaviour over time
    -------------------
    For two generations everything grows. People are at their most in the 84th year, goods in the
    106th, workshops only in the 117th: they go on being built while each gives less. They turn
    where the goods that go into new ones just replace the old ones, with
    ``hard to reach / (share built on × goods of a workshop × life of a workshop - 1)`` tonnes of
    ore left, 1,087 of 4,000, however quickly it came to that. Waste is at its most later still.
    Then all but the land go down, and the land comes back slowly. With twice the ore more is
    built, more is wasted, and the fall is *deeper*: the next limit is met at a greater speed.

    Where to intervene
    ------------------
    At no single limit, since behind each stands another. At what drives them all: how much is
    enough to build; together with how much ore and waste there is in a tool. And early: what is
    built, wasted and worn is there for decades.

    How it can mislead
    ------------------
    The numbers were chosen so that the story can be seen. No island was measured, nobody trades,
    invents, shares or goes away, nothing has a price, and one person is like another; in the real
    world who uses much and who is hungry are seldom the same. It is neither World3 nor a
    reduction of it, and it is no forecast for anybody.

    References
    ----------
    That growth with late answers goes past its limits, and that moving one limit leads to the
    next: [MeadowsMeadowsRandersBehrens1972]_, with equations in
    [MeadowsBehrensMeadowsNaillRandersZahn1974]_. The equations and numbers here are this
    project's own. Euler's step of a quarter of a year moves the curves by less than the width of
    their lines.
    """
    world = StockFlow(
        "A small world",
        stop=240,
        dt=1 / 4,
        time_units="year",
        evidence="illustrative",
        doc="People, workshops, ore, waste and land, of which none grows for ever.",
    )
    _workshops(world)
    _water_and_land(world)
    _people(world)
    return world


def _workshops(world: StockFlow) -> None:
    """Add the ore, and the workshops that live on it and make more of their kind."""
    why = "What is left in the hill."
    world.stock("ore", 4000, TONNES, why, non_negative=True, between=(1000, 8000))
    world.constant("hard to reach", 1000, TONNES, "The ore at which digging takes twice the work.")
    why = "What is dug up for the goods."
    digging = "goods made * ore in goods"
    world.flow("digging", digging, out_of="ore", units=TONNES_YEARLY, doc=why)
    why = "How many tonnes of ore go into a tonne of goods."
    world.constant("ore in goods", 1, SHARE, why, between=(0.2, 1))
    why = "1 while there is plenty; less, the deeper the rest lies."
    world.auxiliary("ease of digging", "ore / (ore + hard to reach)", SHARE, why)
    why = "What the workshops make in a year."
    made = "workshops * goods of a workshop * ease of digging"
    world.auxiliary("goods made", made, TONNES_YEARLY, why)
    why = "What a workshop makes in a year while ore is easy to dig."
    world.constant("goods of a workshop", 1, "tonnes/workshop/year", why)
    world.stock("workshops", 4, "workshops", "Where the goods are made.", non_negative=True)
    why = "Goods that go into new workshops."
    building = "goods made * share built on / goods in a workshop"
    world.flow("building", building, into="workshops", units="workshops/year", doc=why)
    why = "What part of the goods goes into more workshops."
    world.constant("share built on", 0.12, SHARE, why, between=(0.06, 0.18))
    world.constant("goods in a workshop", 1, "tonnes/workshop", "What it takes to build one.")
    old = "workshops / life of a workshop"
    why = "Roofs and bellows that give out."
    world.flow("falling in", old, out_of="workshops", units="workshops/year", doc=why)
    world.constant("life of a workshop", 16, "year", "How long one lasts.")


def _water_and_land(world: StockFlow) -> None:
    """Add the waste in the water and the land, which both answer late."""
    why = "What the workshops have left in the water."
    world.stock("waste in the water", 0, TONNES, why, non_negative=True)
    why = "What trickles down to the spring."
    wasting = "goods made * waste of goods"
    world.flow("wasting", wasting, into="waste in the water", units=TONNES_YEARLY, doc=why)
    why = "How many tonnes of waste there are to a tonne of goods."
    world.constant("waste of goods", 0.5, SHARE, why, between=(0, 1))
    clearing = "waste in the water / time to clear"
    why = "What the water washes out to sea."
    world.flow("clearing", clearing, out_of="waste in the water", units=TONNES_YEARLY, doc=why)
    world.constant("time to clear", 20, "year", "How long waste stays.")
    why = "1 is clean; one half is water that takes half of every harvest."
    clean = "waste that halves / (waste that halves + waste in the water)"
    world.auxiliary("clean water", clean, SHARE, why)
    world.constant("waste that halves", 400, TONNES, "Waste that takes half of every harvest.")
    world.stock("land", 100, LAND, "Soil that bears.", non_negative=True)
    why = "With more tools more is taken out of the soil."
    tiring = "land * wear of tools * help of tools"
    world.flow("tiring", tiring, out_of="land", units=LAND_YEARLY, doc=why)
    world.constant("wear of tools", 0.008, YEARLY, "What part tires where tools double a harvest.")
    why = "Tired soil that comes back."
    healing = "(all land - land) / time to heal"
    world.flow("healing", healing, into="land", units=LAND_YEARLY, doc=why)
    world.constant("all land", 100, LAND, "All that could be good land.")
    world.constant("time to heal", 60, "year", "How long tired soil takes.")


def _people(world: StockFlow) -> None:
    """Add the harvest, and the people who live on it."""
    kept = "goods made * (1 - share built on) / people"
    why = "What is made in a year for each, beside new workshops."
    world.auxiliary("goods each", kept, "tonnes/person/year", why)
    why = "By how much tools add to a harvest; 1 is a doubling."
    helped = "most help * goods each / (goods each + middling goods)"
    world.auxiliary("help of tools", helped, SHARE, why)
    world.constant("most help", 3, SHARE, "What boundless tools would add.")
    why = "Goods that bring half of the most help."
    world.constant("middling goods", 0.1, "tonnes/person/year", why)
    why = "How many people the land feeds well."
    grown = "land * plain harvest * (1 + help of tools) * clean water"
    world.auxiliary("harvest", grown, PEOPLE, why)
    why = "How many people a hectare feeds without tools."
    world.constant("plain harvest", 3, "people/hectare", why)
    why = "1 is enough."
    world.auxiliary("food each", "harvest / people", SHARE, why)
    why = "How much of a full life, and of the births in good years, this food allows."
    world.auxiliary("well fed", "food each / (food each + food for half)", SHARE, why)
    world.constant("food for half", 0.5, SHARE, "Food that halves a life, and the births.")
    world.stock("people", 250, PEOPLE, "Who live there.", non_negative=True, between=(100, 500))
    born = "people * birth rate * well fed"
    world.flow("births", born, into="people", units="people/year", doc="Children born.")
    why = "Children born in a year to each person, in the best of years."
    world.constant("birth rate", 0.034, YEARLY, why, between=(0.02, 0.05))
    died = "people / (longest life * well fed)"
    world.flow("deaths", died, out_of="people", units="people/year", doc="People who die.")
    world.constant("longest life", 70, "year", "An average life in the best of years.")
