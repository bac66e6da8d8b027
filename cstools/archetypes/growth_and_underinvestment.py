"""Growth and underinvestment: what carries the growth is built too late, and too little of it."""

from __future__ import annotations

from cstools.archetypes.archetype import Archetype
from cstools.stock_flow.model import StockFlow


def _school() -> StockFlow:
    school = StockFlow("The evening school", stop=60, dt=1 / 32, time_units="month")
    school.evidence, school.doc = "illustrative", "A school whose name grows faster than its staff."
    people, monthly = "learners", "learners/month"
    each = "hours/month/learner"
    school.stock("learners", 40, people, "Who is taught.", between=(20, 100))
    school.stock(
        "teaching hours", 400, "hours/month", "What all teachers give.", between=(200, 800)
    )
    why = "Friends who hear of it and come."
    school.flow("joining", "word of mouth * learners", into="learners", units=monthly, doc=why)
    why = "What each learner gets."
    school.auxiliary("time for each", "teaching hours / learners", each, why)
    known = "smooth1(time for each, time to notice)"
    school.auxiliary("reputation", known, each, "The time that people have heard of.")
    leaving = "leaving rate * learners * good time / reputation"
    why = "The poorer its name, the more leave."
    school.flow("leaving", leaving, out_of="learners", units=monthly, doc=why)
    need = "good time - time for each"
    school.auxiliary("need to invest", need, each, "What the school sees is missing.")
    hiring = "smooth1(need to invest, time to hire) * hiring per need"
    why = "New contracts, long after they were needed."
    school.flow("hiring", hiring, into="teaching hours", units="hours/month/month", doc=why)
    school.constant("word of mouth", 0.15, "1/month", "Whom each one brings.", (0.05, 0.25))
    school.constant("leaving rate", 0.05, "1/month", "Who leaves when time is good.", (0.02, 0.1))
    school.constant("good time", 10, each, "What a learner needs.", (5, 12))
    school.constant("time to hire", 12, "months", "From need to contract.", (2, 18))
    school.constant("time to notice", 6, "months", "How late word gets round.", (1, 12))
    why = "Hours added each month for each hour that a learner lacks."
    school.constant("hiring per need", 0.3, "learners/month", why, (0, 10))
    return school


#: The archetype; what each part of it means is said at :class:`Archetype`.
growth_and_underinvestment = Archetype(
    name="Growth and underinvestment",
    story=(
        "An evening school in São Paulo is praised from ear to ear. Groups grow, and each learner "
        "gets less of a teacher's time. The board waits to see whether the growth will last "
        "before it hires. It does not last, and the board sees that it was right to wait."
    ),
    behaviour=(
        "Growth, then poorer service, then a stand-still or a decline which looks like a lack of "
        "demand, while capacity follows far behind."
    ),
    intervene=(
        "At the investment: build ahead of demand, by a standard that is held.",
        "At the delay between need and capacity.",
        "At the growth: slow it to what can be carried.",
    ),
    misleads="Demand can fall for its own reasons. Ask what those who left were missing.",
    sources=("Senge1990", "KimAnderson1998"),
    links="""
        growing action -> demand: +
        demand -> growing action: +
        demand -> performance: -
        performance -> demand: +
        performance -> need to invest: -
        need to invest -> capacity: + delayed
        capacity -> performance: +
    """,
    build=_school,
    watch=("learners", "time for each", "teaching hours"),
    late=(("performance", "need to invest", "capacity", "performance"),),
)
