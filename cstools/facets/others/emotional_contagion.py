"""Emotional contagion: a lasting mood that comes by itself, comes through others, and fades."""

from __future__ import annotations

from cstools.stock_flow.model import StockFlow


def emotional_contagion() -> StockFlow:
    """Return how many people in a hundred are content, in a community over forty years.

    Story
    -----
    Some people become content by themselves, some because people around them are, and a content
    time ends for everybody now and then. How much of a community's mood comes through others?

    Behaviour over time
    -------------------
    From few content people the number rises ever more slowly to a level at which as many become
    content as cease to be: the positive root of a quadratic. With no contact at all it is the
    spontaneous rate's share of both rates, ``a / (a + g)``, about 67.2 in a hundred; with three
    contacts 71.7, with five 74.3. Contacts lift the level, and most of it is there without them.

    Where to intervene
    ------------------
    At fading, at what makes people content by themselves, or at the contacts. To compare them,
    change each by the same tenth: with these numbers contacts move the level least.

    How it can mislead
    ------------------
    Everybody has the same number of contacts, drawn from everybody alike; real circles are not so
    mixed. The study sorted people into content, neutral and discontent, while here all who are
    not content are one group, so the level is no forecast for any town. To see moods change side
    by side is not proof that they were passed on: friends resemble each other, and share events.

    References
    ----------
    The kind of model and its three rates, for lasting states of adults in the Framingham Heart
    Study: [HillRandNowakChristakis2010]_. Why likeness and passing-on cannot be told apart from
    such data: [ShaliziThomas2011]_. Euler's step of a week bends the curve by at most 0.1 % of
    its range; the level at which it settles does not depend on the step.
    """
    model = StockFlow(
        "Emotional contagion",
        stop=40,
        dt=1 / 52,
        time_units="year",
        evidence="published",
        doc="A lasting mood that comes by itself, comes through others, and fades.",
    )
    unit = "people in 100"
    model.stock("content", 20, unit, "How many in a hundred are content.", between=(0, 100))
    model.auxiliary("the others", "100 - content", unit, "Those who are not content.")
    model.auxiliary(
        "content contacts",
        "contacts * content / 100",
        units="person",
        doc="How many of one's contacts are content, when people mix evenly.",
    )
    model.flow(
        "content by themselves",
        "spontaneous rate * the others",
        into="content",
        units=f"{unit}/year",
        doc="Those who become content for reasons of their own.",
    )
    model.flow(
        "content through others",
        "rate per content contact * content contacts * the others",
        into="content",
        units=f"{unit}/year",
        doc="The more content people somebody is close to, the likelier.",
    )
    model.flow(
        "fading",
        "fading rate * content",
        out_of="content",
        units=f"{unit}/year",
        doc="A content time ends, after eleven years on average.",
    )
    model.constant(
        "spontaneous rate",
        0.18,
        "1/year",
        "How readily people become content by themselves.",
        (0.02, 0.4),
    )
    model.constant(
        "rate per content contact", 0.02, "1/year/person", "How much each of them adds.", (0, 0.1)
    )
    model.constant("contacts", 3, "person", "How many people each one is close to.", (0, 10))
    model.constant("fading rate", 0.088, "1/year", "How readily a content time ends.", (0.02, 0.4))
    return model
