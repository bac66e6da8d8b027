"""Emotional contagion: a lasting mood that comes by itself, comes through others, and fades."""

from __future__ import annotations

from cstools.stock_flow.model import StockFlow


def emotional_contagion() -> StockFlow:
    """Return the share of people in a community who are content, over forty years.

    Story
    -----
    Some people become content by themselves, some because people around them are, and a content
    time ends for everybody now and then. How much of a community's mood comes through others?

    Behaviour over time
    -------------------
    From few content people the share rises ever more slowly to a level at which as many become
    content as cease to be: the positive root of a quadratic. With no content contact at all it is
    ``a / (a + g)``, about 0.672; with three contacts 0.717, with five 0.743. Contacts lift the
    level, and most of it is there without them.

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
    model.stock("content", 0.2, "share", "Content people, as a share of all.", between=(0, 1))
    model.auxiliary("the others", "1 - content", "share", "Those who are not content.")
    model.flow(
        "content by themselves",
        "spontaneous rate * the others",
        into="content",
        units="share/year",
        doc="Those who become content for reasons of their own.",
    )
    model.flow(
        "content through others",
        "rate per contact * contacts * content * the others",
        into="content",
        units="share/year",
        doc="The more content people somebody meets, the likelier.",
    )
    model.flow(
        "fading",
        "fading rate * content",
        out_of="content",
        units="share/year",
        doc="A content time ends, after eleven years on average.",
    )
    model.constant("spontaneous rate", 0.18, "1/year", "Whoever they know.", between=(0.02, 0.4))
    model.constant(
        "rate per contact", 0.02, "1/year/person", "For each content contact.", between=(0, 0.1)
    )
    model.constant(
        "contacts", 3, "person", "How many people each one is close to.", between=(0, 10)
    )
    model.constant("fading rate", 0.088, "1/year", "Whoever they know.", between=(0.02, 0.4))
    return model
