"""A programme that grows through those it certifies, and the mentors that growth needs."""

from __future__ import annotations

from cstools.stock_flow.model import StockFlow

PEOPLE, YEARLY, SHARE = "people", "people/year", "share"


def programme_growth() -> StockFlow:
    """Return a programme across its cycles: who asks, takes part, is certified, and mentors.

    Story
    -----
    A year-long programme for people who work in schools goes well. Those who were certified begin
    something where they work, others see it there and ask for a seat, and every year more of them
    are let in: who would turn anybody away? Each newcomer is promised a mentor. Mentors come from
    the same certified people, but it takes years until somebody is ready to be one.

    Behaviour over time
    -------------------
    Two loops drive the same growth, and one of them is slower. Seats can be opened within months;
    mentors follow years behind. For a year nobody sees it. Then each mentor has too many, fewer
    are certified, what is told of the programme is less good, and mentors stop sooner, so that
    those who stay have more still. There it remains: after 30 years 87 people are in the year,
    and 66 of 100 have a mentor with time for them.

    With three let in for each mentor, which is what a mentor carries, everybody has one. For ten
    years fewer are in the year than without the rule; after 30 they are 231.

    Without a word from the sites it can be worked out. Of 30 people who ask in a year 24 are
    certified; in the end 24 / (0.04 + 0.25) = 82.8 of them are in touch, and of those there are
    0.04 · 82.8 · 5 = 16.6 mentors.

    Where to intervene
    ------------------
    At how many are let in for each mentor: the rule that feels hard, and keeps a promise. At how
    many of the certified become mentors, and how soon they are asked. At what a mentor is spared.
    Least at what is told: it follows.

    How it can mislead
    ------------------
    Nobody measured any of it, for no programme. Everybody here is alike, every mentor carries the
    same, and money is no stock. Who waits for years does not wait gladly, and here the wait has no
    price but patience. What people learn in a year is not a share that falls by a rule. And
    nothing says that a programme has to grow: one that stays small is no failure, whatever the
    curve looks like.

    References
    ----------
    After the archetype of growth and underinvestment, [Senge1990]_, with mentors in place of
    machines; these equations and all numbers are this project's own.
    """
    model = StockFlow(
        "A programme that grows",
        stop=30,
        dt=1 / 32,
        time_units="year",
        evidence="illustrative",
        doc="Who asks for a seat, takes part, is certified and mentors, cycle after cycle.",
    )
    _asking(model)
    _taking_part(model)
    _mentoring(model)
    _word_going_round(model)
    return model


def _asking(model: StockFlow) -> None:
    """Add those who ask for a seat, and how many are let in."""
    model.stock("applicants", 15, PEOPLE, "Who has asked and has no answer yet.")
    asking = "(heard of it elsewhere + asking at each site * sites) * reputation"
    model.flow("asking", asking, into="applicants", units=YEARLY, doc="Who asks for a seat.")
    entering = "min(applicants / time to answer, seats)"
    why = "Who begins: whoever asked, as far as there are seats."
    model.flow("beginning", entering, "applicants", "participants", units=YEARLY, doc=why)
    why = "Who waits for longer than an answer takes, and looks elsewhere in the end."
    leaving = "max(0, applicants - seats * time to answer) / patience"
    model.flow("giving up", leaving, "applicants", units=YEARLY, doc=why)
    seats = "mentors * most for each mentor / length of the year"
    model.auxiliary("seats", seats, YEARLY, "How many may begin in a year.")
    why = "How many are let in for each mentor; at 40 nobody is ever turned away."
    model.constant("most for each mentor", 40, "people/people", why, between=(2, 40))
    model.constant("heard of it elsewhere", 30, YEARLY, "Who asks without knowing a site.")
    why = "How many ask in a year because of one site."
    model.constant("asking at each site", 2, "people/site/year", why, between=(0, 4))
    model.constant("time to answer", 0.5, "year", "How long an answer takes.")
    model.constant("patience", 3, "year", "How long somebody waits for a seat.")


def _taking_part(model: StockFlow) -> None:
    """Add the year itself, and what part of those who finish it is certified."""
    model.stock("participants", 30, PEOPLE, "Who is in the year.")
    finishing = "participants / length of the year * share certified"
    why = "Who finishes the year with a certificate."
    model.flow("certifying", finishing, "participants", "certified", units=YEARLY, doc=why)
    ending = "participants / length of the year * (1 - share certified)"
    why = "Who finishes it without one."
    model.flow("ending without", ending, "participants", units=YEARLY, doc=why)
    model.constant("length of the year", 1, "year", "How long it takes.")
    share = "best share * accompanied"
    model.auxiliary("share certified", share, SHARE, "What part of a year is certified.")
    model.constant("best share", 0.8, SHARE, "What part is, when everybody is accompanied.")
    load = "participants / (mentors * carried by a mentor)"
    why = "How much each mentor has, in what they can carry: above 1 it is too much."
    model.auxiliary("load", load, "ratio", why)
    why = "What part of the participants has a mentor with time for them."
    model.auxiliary("accompanied", "min(1, 1 / load)", SHARE, why)
    why = "How many participants a mentor can really accompany."
    model.constant("carried by a mentor", 3, "people/people", why, between=(2, 8))


def _mentoring(model: StockFlow) -> None:
    """Add the certified, some of whom become mentors, slowly, and stop after some years."""
    model.stock("certified", 80, PEOPLE, "Who was certified, is in touch, and is no mentor.")
    model.stock("mentors", 16, PEOPLE, "Who accompanies participants.")
    becoming = "certified * share becoming mentors"
    why = "Who is ready, was asked, and said yes."
    model.flow("becoming a mentor", becoming, "certified", "mentors", units=YEARLY, doc=why)
    drifting = "certified * share losing touch"
    model.flow("losing touch", drifting, "certified", units=YEARLY, doc="Who is heard of no more.")
    stopping = "mentors / years as a mentor * max(1, load)"
    why = "Who has mentored for long enough, or has had too many for too long."
    model.flow("stopping", stopping, "mentors", units=YEARLY, doc=why)
    why = "What part of them becomes a mentor in a year; it takes years to be ready."
    model.constant("share becoming mentors", 0.04, "1/year", why, between=(0.02, 0.2))
    model.constant("share losing touch", 0.25, "1/year", "What part is lost sight of in a year.")
    model.constant("years as a mentor", 5, "year", "How long somebody mentors.", between=(2, 10))


def _word_going_round(model: StockFlow) -> None:
    """Add the sites where something is under way, and the word that goes round of the programme."""
    model.stock("sites", 12, "site", "Where something goes on that others can see.")
    opening = "certifying * sites for each certified"
    model.flow("opening", opening, into="sites", units="site/year", doc="Where something begins.")
    model.flow(
        "closing", "sites / life of a site", "sites", units="site/year", doc="Where it ends."
    )
    why = "How many places somebody certified begins something at."
    model.constant("sites for each certified", 0.3, "site/person", why)
    model.constant("life of a site", 4, "year", "How long it goes on.")
    why = "What is told of the programme: 1 where everybody was accompanied."
    model.stock("reputation", 1, SHARE, why)
    turning = "(accompanied - reputation) / time of a reputation"
    why = "What is told follows what happened, later."
    model.flow("word changing", turning, into="reputation", units="share/year", doc=why)
    model.constant("time of a reputation", 2, "year", "How long a reputation outlasts its cause.")
