"""Burnout: longer weeks for an expectation that follows one's own best, and a limit to them."""

from __future__ import annotations

from cstools.stock_flow.model import StockFlow

SHARE, TASKS, WEEK, PER_WEEK = "out of 1", "tasks/week", "hours/week", "1/week"


def burnout() -> StockFlow:
    """Return the energy, the working hours and the expectations of somebody who drives themselves.

    Story
    -----
    A head teacher expects sixty things of each week: visits, letters, the timetable, a word with
    everybody. When fewer get done, the evenings grow longer. When enough get done, the list
    grows. Nobody asked for more; the only boss in this story is the head teacher.

    Behaviour over time
    -------------------
    Nothing stops the hours but the 168 that a week has. They climb, energy falls, less gets done
    in each hour, and so the hours climb further, until there is no strength left for more. A year
    and a half of tired weeks follows, seventy hours long, in which little gets done and
    expectations sink. When they have sunk far enough the hours fall too, energy returns, and the
    list grows again: a cycle of about 155.5 weeks, three years, in which 20.2 tasks a week get
    done on average.

    With a limit of 44 hours the same person settles after some months and does 40.6 tasks a week,
    twice as much. With a limit of 70 to 80 there is no cycle and no recovery either: tired for
    good, doing less than the cycle does. A limit helps when it is low enough to recover under.

    Where to intervene
    ------------------
    At the limit, which works only if it holds in the weeks in which it seems least affordable.
    At the list: expectations that rise more slowly, or count what was done. At what falling short
    feels like. And at whoever hands out the sixty things, who is not in this model.

    How it can mislead
    ------------------
    It tells the story of one driven person, and leaves out the employer, the pay, the class, the
    illness at home. Read as advice it says "work less", which not everybody can choose. Before
    the fall the hours pass a hundred a week, which few people do. No number here was measured on
    anybody: 44 is no recommendation, and years in a model are no prognosis. Worn-out people need
    people, not a model.

    References
    ----------
    A teaching reduction of Homer's structure, after [Homer1985]_; not Homer's model. He showed a
    cycle, and a work limit at which most gets done; the equations and numbers here are this
    project's own, and are not to be cited as his. Long cycles add up what each step errs, so it
    runs by the method of Runge and Kutta. For loop scores, run it with ``method="euler"``: the
    cycle is then half a percent longer. Energy stays above 0.01 and expectations above 5 wherever
    the sliders go, so these bounds of the first version are not written out.
    """
    model = StockFlow(
        "Burnout and the work limit",
        stop=520,
        dt=1 / 16,
        time_units="week",
        method="rk4",
        evidence="illustrative",
        doc="Longer weeks for an expectation that follows one's own best, and a limit to them.",
    )
    _energy(model)
    _hours(model)
    _expectations(model)
    return model


def _energy(model: StockFlow) -> None:
    """Add what is spent by long weeks, sooner when they seem in vain, and comes back with rest."""
    why = "What there is to give: 1 is well rested, near 0 is burnt out."
    model.stock("energy", 0.9, SHARE, why, between=(0.1, 1))
    rest = "(1 - energy) / time to recover * max(0, 1 - hours / week without rest)"
    why = "The more is missing, and the shorter the week, the more comes back."
    model.flow("recovering", rest, into="energy", units="out of 1/week", doc=why)
    strain = "wear of a long week * max(0, hours - easy week) / easy week * energy * frustration"
    why = "Hours beyond an easy week wear, more so when they seem in vain."
    model.flow("wearing out", strain, out_of="energy", units="out of 1/week", doc=why)
    why = "How much more a long week wears when less gets done than expected."
    falling_short = "1 + sting of falling short * max(0, 1 - expectations met)"
    model.auxiliary("frustration", falling_short, "ratio", why)
    why = "How long most of what is missing takes to come back, if one did nothing else."
    model.constant("time to recover", 5, "week", why, between=(3, 10))
    model.constant("week without rest", 90, WEEK, "A week so long that nothing comes back.")
    model.constant("easy week", 40, WEEK, "A week that does not wear.")
    why = "What part of the energy each week takes that is twice as long as an easy one."
    model.constant("wear of a long week", 0.16, PER_WEEK, why, between=(0.05, 0.25))
    why = "How much falling short adds to the wear of a long week."
    model.constant("sting of falling short", 1.9, "ratio", why, between=(0, 3))


def _hours(model: StockFlow) -> None:
    """Add the week that is worked, which follows what seems needed, up to the limit."""
    model.stock("hours", 50, WEEK, "How long the working week is.")
    adjusting = "(hours wanted - hours) / time to change hours"
    why = "The week becomes as long as it has to be, within some weeks."
    model.flow("changing hours", adjusting, into="hours", units="hours/week/week", doc=why)
    wanted = "max(shortest week, min(work limit, hours * pressure) * strength left)"
    model.auxiliary("hours wanted", wanted, WEEK, "The week that seems needed and can be borne.")
    why = "How many times as long the week would have to be, at most twice, at least half."
    model.auxiliary("pressure", "min(2, max(0.5, 1 / expectations met))", "ratio", why)
    why = "1 as long as one can work the hours one wants; less when too tired to."
    model.auxiliary("strength left", "min(1, energy / too tired below)", SHARE, why)
    why = "The longest week that is worked, whatever is left undone; 168 is no limit at all."
    model.constant("work limit", 168, WEEK, why, between=(36, 168))
    model.constant("shortest week", 5, WEEK, "What is worked even in the worst week.")
    model.constant("too tired below", 0.25, SHARE, "Energy below which hours cannot be kept up.")
    model.constant("time to change hours", 2.6, "week", "How slowly the week becomes another.")


def _expectations(model: StockFlow) -> None:
    """Add what is expected of a week, which follows what is done: up soon, down slowly."""
    model.stock("expectations", 60, TASKS, "How much one expects of oneself.")
    pace = "best pace * energy ^ 2 / (energy ^ 2 + energy at a middling pace ^ 2)"
    model.auxiliary("pace", pace, "tasks/hour", "How much gets done in an hour, with this energy.")
    model.auxiliary("work done", "hours * pace", TASKS, "How much gets done in a week.")
    why = "What gets done, as a share of what was expected; 1 is all of it."
    model.auxiliary("expectations met", "work done / expectations", SHARE, why)
    above = "expectations * how fast they rise * min(1, max(0, expectations met - enough))"
    why = "When enough is done, more is expected."
    model.flow("raising the bar", above, into="expectations", units="tasks/week/week", doc=why)
    below = "expectations * how fast they fall * max(0, enough - expectations met)"
    why = "When too little is done, less is expected, in time."
    model.flow("lowering the bar", below, out_of="expectations", units="tasks/week/week", doc=why)
    model.constant("best pace", 1.25, "tasks/hour", "A pace that boundless energy would give.")
    why = "The energy at which one works at half the best pace."
    model.constant("energy at a middling pace", 0.5, SHARE, why)
    model.constant("enough", 0.88, SHARE, "The share done at which expectations stand still.")
    why = "How quickly the list grows when all of it, and more, gets done."
    model.constant("how fast they rise", 0.16, PER_WEEK, why, between=(0.02, 0.24))
    model.constant("how fast they fall", 0.04, PER_WEEK, "How slowly expectations come down.")
