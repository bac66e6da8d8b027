"""The climate bathtub: carbon dioxide in the air as four tubs under one tap, three with drains."""

from __future__ import annotations

from cstools.stock_flow.model import StockFlow

GT, YEARLY = "GtCO2", "GtCO2/year"
# [Joos2013]_, table 5: the share of what is let out that each tub takes, and how slowly it drains.
TUBS = {"slow": (0.2240, 394.4), "middle": (0.2824, 36.54), "quick": (0.2763, 4.304)}
LASTING = 0.2173


def climate_bathtub() -> StockFlow:
    """Return the carbon dioxide that people have added to the air, and what may become of it.

    Story
    -----
    A garden club waters from a rain tank, and asks whether the air is a tank as well. Smoke from
    everywhere goes into one air; sea, soil and plants take some of it out again. If everybody
    stopped letting out more than before, would there stop being more?

    Behaviour over time
    -------------------
    The air holds more every year in which more goes in than comes out. Let out the same every
    year, and it still rises, ever more slowly, as the tubs that drain fill until they lose what
    they gain; one tub has no drain. Let out less than is taken up, and it falls; the quick tub
    first, the slow one over centuries.

    Where to intervene
    ------------------
    At what is let out, from the many places where that is decided; at what is taken out. The
    level itself has no handle: it answers to the difference of the two.

    How it can mislead
    ------------------
    The tubs are no places: four terms fitted to what large models of sea and land do together,
    for a release much smaller than all that has been let out, into air as it was about 2010. The
    models behind the fit differ among themselves. In a warmer sea and a fuller air, less is taken
    up than this says. The tubs begin as if releases had grown by the same share in every year of
    the past. Warmth is not reckoned, and other gases are left out.

    References
    ----------
    The four terms: [Joos2013]_, table 5. What was let out and found in the air in 2024, in the
    air in 1750, and 2.124 GtC to a part per million, 3.664 GtCO2 to a GtC:
    [Friedlingstein2025]_. The task of the level and the flow: [StermanBoothSweeney2007]_.
    """
    air = StockFlow("The climate bathtub", 2025, 2125, 0.125, "year", evidence="published")
    air.doc = (
        "Carbon dioxide that people have let out: four tubs under one tap, three of them drain."
    )
    so_far = "emissions until now * {0} share / (growth until now + 1 / {0} years)"
    lasting = "emissions until now * lasting share / growth until now"
    _four_tubs(air, lasting, {tub: so_far.format(tub) for tub in TUBS})
    for tub in ("lasting", *TUBS):
        why = f"What is let out and falls to the {tub} tub."
        filling = f"{tub} share * emissions"
        air.flow(f"into the {tub} tub", filling, None, f"{tub} tub", YEARLY, why)
    why = "All that people let out in a year, less what they take out of the air on purpose."
    air.constant("emissions", 41.6, YEARLY, why, between=(0, 80))
    air.constant("emissions until now", 41.6, YEARLY, "What was let out in 2024.")
    why = "By what part of itself the release grew each year of the past; made up, and even."
    air.constant("growth until now", 0.02, "1/year", why)
    level = "level before + extra / tonnes to a part"
    why = "How much carbon dioxide is in the air: parts in a million."
    air.auxiliary("concentration", level, "ppm", why)
    air.constant("level before", 277, "ppm", "What the air held in 1750.")
    why = "How much more makes one part in a million more: 2.124 GtC, times 3.664."
    air.constant("tonnes to a part", 2.124 * 3.664, "GtCO2/ppm", why)
    return air


def carbon_pulse() -> StockFlow:
    """Return the same four tubs after a single release, with the tap shut from then on.

    Story
    -----
    "And one breath of smoke," asks a child, "how long does that stay?"

    Behaviour over time
    -------------------
    Of what was let out on one day, six tenths are in the air after 20 years and four tenths after
    100; more than a fifth stays beyond all times that matter to people.

    Where to intervene
    ------------------
    Before the release. Afterwards only sea, soil and plants work on it, each at its pace.

    How it can mislead
    ------------------
    It is not the same smoke that stays: the air trades with sea and leaves all the time. What
    stays is how much more there is. As for the tubs, see ``climate_bathtub``.

    References
    ----------
    [Joos2013]_, table 5 and section 4.1: 0.60 ± 0.14 after 20 years, 0.41 ± 0.13 after 100.
    """
    air = StockFlow("One release", 0, 200, 0.125, "year", evidence="published")
    air.doc = "What is left in the air of a single release of carbon dioxide."
    _four_tubs(air, "let out * lasting share", {tub: f"let out * {tub} share" for tub in TUBS})
    air.constant("let out", 100, GT, "What is let out at the beginning.", between=(10, 500))
    why = "What part of the release is in the air still."
    air.auxiliary("part still there", "extra / let out", "share", why)
    return air


def _four_tubs(air: StockFlow, lasting: str, begins: dict[str, str]) -> None:
    """Add the tubs with their first values, their drains, and what these drain into."""
    air.stock("lasting tub", lasting, GT, "The tub without a drain: what stays for good.")
    for tub, first in begins.items():
        air.stock(f"{tub} tub", first, GT, f"The tub with the {tub} drain.")
        why = f"What sea, soil and plants take out of the {tub} tub."
        drained = f"{tub} tub / {tub} years"
        air.flow(f"out of the {tub} tub", drained, f"{tub} tub", "sea and land", YEARLY, why)
    air.stock("sea and land", 0, GT, "What sea, soil and plants have taken up since the beginning.")
    tubs = " + ".join(f"{tub} tub" for tub in ("lasting", *begins))
    air.auxiliary("extra", tubs, GT, "What people have let out and is in the air still.")
    drains = " + ".join(f"out of the {tub} tub" for tub in begins)
    air.auxiliary("uptake", drains, YEARLY, "What sea, soil and plants take out in a year.")
    air.constant("lasting share", LASTING, "share", "What part of a release stays for good.")
    for tub, (share, years) in TUBS.items():
        air.constant(f"{tub} share", share, "share", f"What part falls to the {tub} tub.")
        why = f"How many years it would take the {tub} tub to drain at its first pace."
        air.constant(f"{tub} years", years, "year", why)
