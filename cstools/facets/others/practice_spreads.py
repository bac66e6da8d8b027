"""A practice spreads among colleagues, and what is left of it when the project ends."""

from __future__ import annotations

from cstools.stock_flow.model import StockFlow

_PEOPLE, _MONTHLY = "people", "people/month"


def practice_spreads() -> StockFlow:
    """Return a staff among whom a practice is carried by one project, and by one another.

    Story
    -----
    For a year somebody brings a practice to colleagues: a quiet start to the meeting, a way to
    listen. Some take it up from her; some from one another; some let it go again, the sooner the
    more it is one thing more on a full plate. Then the project is over.

    Behaviour over time
    -------------------
    While the project runs, those who keep the practice rise towards a level. Afterwards there are
    two endings. Where one who keeps it brings more colleagues to it than let it go,
    passing on > letting go, a share 1 − letting go / passing on stays, without anybody's project.
    Where not, it fades to nothing, however high it stood. With 0.2 and 0.1 a month half of the 40
    keep it; as an extra on top, letting go is 0.3, and nobody does.

    Where to intervene
    ------------------
    At how it is passed on between colleagues, and at whether it is part of the work or comes on
    top. More introductions by the project itself raise the level only as long as it runs.

    How it can mislead
    ------------------
    Everybody meets everybody, nobody leaves, and nobody says no for a good reason. It also says
    nothing about whether the practice does any good; that has to be looked at by itself.

    References
    ----------
    That ideas are taken up from a campaign and from one another: [Bass1969]_. With letting go
    beside it, it has the shape of [HillRandNowakChristakis2010]_. All numbers are made for
    teaching.
    """
    staff = StockFlow("A practice spreads", stop=48, dt=0.125, time_units="month",
                      evidence="illustrative")  # fmt: skip
    staff.doc = "Colleagues who keep a practice, during a project and after it."
    staff.stock("others", 38, _PEOPLE, "Colleagues who do not keep it, or no longer.")
    staff.stock("keepers", 2, _PEOPLE, "Colleagues who keep the practice.")
    bringing = "IF time < project_ends THEN introductions ELSE 0"
    staff.auxiliary("by the project", f"others * ({bringing})", _MONTHLY,
                    "Who takes it up from the project.")  # fmt: skip
    meeting = "passing_on * keepers * others / everybody"
    staff.auxiliary("from a colleague", meeting, _MONTHLY, "Who takes it up from one another.")
    staff.flow("taking it up", "by_the_project + from_a_colleague", "others", "keepers",
               _MONTHLY, "Who begins to keep it.")  # fmt: skip
    staff.flow("letting it go", "(letting_go + on_top) * keepers", "keepers", "others",
               _MONTHLY, "Who stops keeping it.")  # fmt: skip
    staff.constant("everybody", 40, _PEOPLE, "The whole staff.")
    for name, value, units, doc, between in (
        ("introductions", 0.03, "1/month", "The part of the others it reaches.", (0, 0.1)),
        ("project ends", 12, "month", "When nobody brings it any longer.", (0, 48)),
        ("passing on", 0.2, "1/month", "How many colleagues a keeper brings.", (0, 0.4)),
        ("letting go", 0.1, "1/month", "The part of the keepers that stops.", (0.05, 0.4)),
        ("on top", 0, "1/month", "How many more stop because it is an extra.", (0, 0.3)),
    ):
        staff.constant(name, value, units, doc, between)
    return staff
