"""Daisyworld: light flowers and dark ones, which change the warmth that they grow in."""

from __future__ import annotations

from cstools.stock_flow.model import StockFlow

SHARE, DEGREES, YEARLY = "share", "degrees", "share/year"


def daisyworld() -> StockFlow:
    """Return a planet with white and black daisies, under a sun that brightens slowly.

    Story
    -----
    On a planet grow two kinds of daisies. Both like 22.5 degrees best, and neither knows about
    the other. The white ones throw light back, so it is cooler where they stand; the black ones
    keep it, and it is warmer. Their sun grows brighter, century after century.

    Behaviour over time
    -------------------
    Without life the planet would warm steadily. With it, black daisies come up first and warm the
    cold planet by many degrees within decades; then white ones take over, year by year, as the
    sun brightens. While both live, the ground is 17.5 degrees under the white and 27.5 under the
    black, 32.666 % of it is bare, and the planet *cools* a little under the brighter sun. At last
    there are only white ones, no cooling is left to gain, and they die all at once: the planet
    jumps to the warmth that it would have had long before.

    Where to intervene
    ------------------
    Nobody steers this planet; what holds its warmth is that both kinds answer to it, in opposite
    ways. So the places are the variety (without one of the kinds most of it is lost) and how much
    is already spent: near its end nothing shows but how few black ones there still are.

    How it can mislead
    ------------------
    The Earth is no Daisyworld, and the model proves nothing about it. Here every kind that does
    well at a warmth also pulls it towards what it likes; change that, and the same loops drive
    the planet away from where life can be. Holding is no aim of the daisies, nor kindness of a
    planet. And that it has held for long says little about tomorrow.

    References
    ----------
    Equations and numbers: [WatsonLovelock1983]_; what has been learnt from them since:
    [WoodAcklandDykeWilliamsLenton2008]_. Their time has no unit and their sun is held still until
    all is at rest; the years are ours, and so is the sun that brightens by itself, behind which the
    daisies lag by a few tenths of a degree. Their least share of 0.01 for either kind is here a
    hundredth that lies in the ground as seed. Both jumps magnify what a step errs, so it runs by
    the method of Runge and Kutta; for loop scores, run it with ``method="euler"``: the jumps then
    move by some years.
    """
    world = StockFlow(
        "Daisyworld",
        stop=2000,
        dt=1 / 2,
        time_units="year",
        method="rk4",
        evidence="published",
        doc="White and black daisies, which change the warmth that they grow in.",
    )
    for kind in ("white", "black"):
        _daisies(world, kind)
    _warmth(world)
    return world


def _daisies(world: StockFlow, kind: str) -> None:
    """Add one kind: what it covers, how it spreads, and what it makes of the warmth about it."""
    why = f"What part of the planet {kind} daisies cover."
    world.stock(f"{kind} daisies", 0.01, SHARE, why, non_negative=True, between=(0, 0.5))
    spread = f"max({kind} daisies, seed in the ground) * bare ground * {kind} growth"
    why = "They spread where there is room, the quicker the better the warmth suits them."
    world.flow(f"{kind} spreading", spread, into=f"{kind} daisies", units=YEARLY, doc=why)
    wither = f"withering * {kind} daisies"
    why = "What withers and leaves bare ground."
    world.flow(f"{kind} withering", wither, out_of=f"{kind} daisies", units=YEARLY, doc=why)
    why = "1 in the warmth that suits them best, 0 where it is far too cold or too warm."
    suits = f"max(0, best growth - how choosy * ({kind} too cold ^ 2 + {kind} too warm ^ 2))"
    world.auxiliary(f"{kind} growth", suits, "1/year", why)
    cold, warm = f"max(0, best warmth - {kind} warmth)", f"max(0, {kind} warmth - best warmth)"
    world.auxiliary(f"{kind} too cold", cold, DEGREES, "How many degrees are missing.")
    world.auxiliary(f"{kind} too warm", warm, DEGREES, "How many degrees are too many.")


def _warmth(world: StockFlow) -> None:
    """Add the light that is thrown back, and the warmth of the planet and of each place."""
    lighter = "white daisies * (white reflects - bare reflects)"
    darker = "black daisies * (bare reflects - black reflects)"
    why = "What part of the light the planet throws back."
    world.auxiliary("light thrown back", f"bare reflects + {lighter} - {darker}", SHARE, why)
    why = "How warm the planet is on average, so that it gives off as much as it takes in."
    taken = "sunlight * brightness * (1 - light thrown back)"
    planet = f"({taken} / radiation) ^ 0.25 - freezing point"
    world.auxiliary("planet warmth", planet, DEGREES, why)
    why = "The same planet, if nothing grew on it."
    bare = "(sunlight * brightness * (1 - bare reflects) / radiation) ^ 0.25 - freezing point"
    world.auxiliary("warmth without life", bare, DEGREES, why)
    cooler = "planet warmth - cooler where white"
    world.auxiliary("white warmth", cooler, DEGREES, "How warm it is where white daisies stand.")
    warmer = "planet warmth + warmer where black"
    world.auxiliary("black warmth", warmer, DEGREES, "How warm it is where black daisies stand.")
    why = "By how much it is cooler among white daisies than on average."
    cooling = "local difference * (white reflects - light thrown back)"
    world.auxiliary("cooler where white", cooling, DEGREES, why)
    why = "By how much it is warmer among black daisies than on average."
    warming = "local difference * (light thrown back - black reflects)"
    world.auxiliary("warmer where black", warming, DEGREES, why)
    left = "1 - white daisies - black daisies"
    world.auxiliary("bare ground", left, SHARE, "What part of the planet nothing covers.")
    sun = "brightness at first + brightening * time"
    world.auxiliary("brightness", sun, "suns", "How bright the sun is; 1 is the usual.")
    why = "How bright the sun is in the first year."
    world.constant("brightness at first", 0.6, "suns", why, between=(0.5, 1.7))
    why = "By how much it brightens in a year; 0 is a sun that stays as it is."
    world.constant("brightening", 0.0005, "suns/year", why, between=(0, 0.001))
    why = "What part of the light white daisies throw back."
    world.constant("white reflects", 0.75, SHARE, why, between=(0.5, 0.9))
    why = "What part of the light black daisies throw back."
    world.constant("black reflects", 0.25, SHARE, why, between=(0.1, 0.5))
    world.constant("bare reflects", 0.5, SHARE, "What part of the light bare ground throws back.")
    world.constant("withering", 0.3, "1/year", "What part of them withers in a year.", (0.05, 0.6))
    why = "What part of the planet the seed would cover that always lies in the ground."
    world.constant("seed in the ground", 0.01, SHARE, why)
    world.constant("best growth", 1, "1/year", "How fast they spread where all suits them.")
    world.constant("best warmth", 22.5, DEGREES, "The warmth in which both grow best.")
    why = "How quickly growth fails away from the best warmth: to nothing 17.5 degrees off."
    world.constant("how choosy", 0.003265, "1/degrees^2/year", why)
    why = "How much warmer a place would be that kept all light than one that kept none."
    world.constant("local difference", 20, DEGREES, why)
    world.constant("sunlight", 917, "watt/m^2/sun", "What reaches the planet from the usual sun.")
    why = "Stefan's and Boltzmann's number: what a warm body gives off."
    world.constant("radiation", 5.67e-8, "watt/m^2/degrees^4", why)
    world.constant("freezing point", 273, DEGREES, "Where the count from the coldest begins.")
