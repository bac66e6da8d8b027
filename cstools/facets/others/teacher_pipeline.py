"""The teacher pipeline: who comes, who stays long enough to be experienced, who leaves."""

from __future__ import annotations

from cstools.stock_flow.model import StockFlow

PEOPLE, YEARLY, SHARE = "teachers", "teachers/year", "1/year"


def teacher_pipeline() -> StockFlow:
    """Return the newcomers and the experienced teachers of many schools.

    Story
    -----
    All the schools of a city together hire 120 teachers a year, and it is never enough. So the
    office asks how to find more. Somebody asks where the others have gone.

    Behaviour over time
    -------------------
    Of the newcomers, one in five becomes experienced each year and 0.12 leave, so that in the end
    0.2 / 0.32 = 62.5 % of them ever become experienced. Each group settles where as many come as
    go: newcomers at 120 / 0.32 = 375, the experienced at 75 / 0.06 = 1250. The newcomers get
    there within some years (a time constant of 3 years), the experienced within decades (17
    years).

    Where to intervene
    ------------------
    At hiring, which fills the first years, and after them the ranks of those who leave. At what
    makes people leave: thirty a year who stay are as many as thirty who come, and there again
    next year. At how long it takes to become experienced, and who helps with it.

    How it can mislead
    ------------------
    Five years do not make a good teacher by themselves. Everybody leaves at the same rate,
    whatever their school is like; in life that differs from school to school, and it is there
    that something can be done. Nobody who left comes back, and newcomers do not need the
    experienced here, as they do in a staffroom.

    References
    ----------
    The rates are illustrative, made for round numbers. That schools are short of teachers less
    because too few come than because so many leave again, and mostly not to retire, was found in
    surveys of the United States, [Ingersoll2001]_.
    """
    model = StockFlow(
        "The teacher pipeline",
        stop=40,
        dt=1 / 16,
        time_units="year",
        evidence="illustrative",
        doc="Teachers who come, become experienced, and leave.",
    )
    why = "Teachers in their first years."
    model.stock("newcomers", 375, PEOPLE, why, between=(100, 800))
    why = "Teachers who have been there for years."
    model.stock("experienced", 1250, PEOPLE, why, between=(500, 2000))
    model.flow("hiring", "hires a year", into="newcomers", units=YEARLY, doc="Who comes.")
    model.flow(
        "becoming experienced",
        "newcomers / years to experience",
        out_of="newcomers",
        into="experienced",
        units=YEARLY,
        doc="Who has stayed long enough.",
    )
    leaving = "newcomers * newcomers leave"
    model.flow("leaving early", leaving, "newcomers", units=YEARLY, doc="Who goes again soon.")
    leaving = "experienced * experienced leave"
    model.flow("leaving later", leaving, "experienced", units=YEARLY, doc="Who goes later on.")
    why = "How many experienced teachers there are for each newcomer."
    model.auxiliary("experienced to each newcomer", "experienced / newcomers", "ratio", why)
    model.constant("hires a year", 120, YEARLY, "How many are hired.", between=(60, 240))
    model.constant("years to experience", 5, "year", "How long it takes.", between=(2, 10))
    why = "What part of the newcomers leaves each year."
    model.constant("newcomers leave", 0.12, SHARE, why, between=(0.02, 0.3))
    why = "What part of the experienced leaves each year."
    model.constant("experienced leave", 0.06, SHARE, why, between=(0.02, 0.15))
    return model
