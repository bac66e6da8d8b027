"""The attractiveness principle: nothing stays attractive in every way at once."""

from __future__ import annotations

from cstools.archetypes.archetype import Archetype
from cstools.stock_flow.model import StockFlow


def _camp() -> StockFlow:
    camp = StockFlow("The summer camp", stop=40, dt=1 / 32, time_units="year")
    camp.evidence, camp.doc = "illustrative", "A camp that fills up until it is no longer special."
    people, yearly = "families", "families/year"
    camp.stock("families", 10, people, "Who comes each summer.", between=(5, 100))
    why = "What families tell their friends."
    camp.auxiliary("recommending", "word of mouth * families", yearly, why)
    camp.flow("joining", "recommending", into="families", units=yearly, doc="Friends who come.")
    camp.auxiliary("queues at meals", "families / tables", "share", "How long one stands.")
    camp.auxiliary("noise at the lake", "families / shore", "share", "How far quiet is.")
    appeal = "1 / (1 + queues at meals + noise at the lake)"
    camp.auxiliary("appeal", appeal, "share", "One, when there is neither.")
    leaving = "leaving rate * families / appeal"
    why = "The less appeal, the more try another place."
    camp.flow("leaving", leaving, out_of="families", units=yearly, doc=why)
    camp.constant("word of mouth", 0.6, "1/year", "Whom each family brings.", (0.3, 0.8))
    camp.constant("leaving rate", 0.2, "1/year", "Who leaves the best of camps.", (0.1, 0.25))
    camp.constant("tables", 50, people, "Whom the kitchen serves at once.", (20, 500))
    camp.constant("shore", 50, people, "Whom the lake gives quiet.", (20, 500))
    return camp


#: The archetype; what each part of it means is said at :class:`Archetype`.
attractiveness_principle = Archetype(
    name="Attractiveness principle",
    story=(
        "A summer camp on a Finnish lake is cheap, quiet and well fed. Word goes round. Soon "
        "there are queues at meals and shouting on the shore. The camp builds a second kitchen; "
        "more families come, until the shore is so loud that the better meals do not matter."
    ),
    behaviour=(
        "Growth that several drawbacks stop together. To lift one of them brings some growth, "
        "which strengthens the others."
    ),
    intervene=(
        "At the choice: decide which drawback to live with, rather than let it happen.",
        "At the drawbacks that depend on each other, before the one that is easiest to lift.",
        "At the growth, so that what makes the place special is not used up.",
    ),
    misleads="One number stands for appeal; people differ in what draws them, and who leaves.",
    sources=("Braun2002",),
    links="""
        growing action -> results: +
        results -> growing action: +
        results -> first drawback: +
        results -> second drawback: +
        first drawback -> attractiveness: -
        second drawback -> attractiveness: -
        attractiveness -> results: +
    """,
    build=_camp,
    watch=("families", "appeal"),
)
