"""Classroom coupling: tension that is passed to and fro between a teacher and a class."""

from __future__ import annotations

from cstools.stock_flow.model import StockFlow


def classroom_coupling() -> StockFlow:
    """Return the tension of a teacher and of a class who answer to each other.

    Story
    -----
    Something steady weighs on a teacher: a timetable, a form, an illness at home. The tension
    shows. The class answers to it, the teacher answers to the class, and each also settles again
    by itself. How much of what is in the room came in from outside, and how much went round?

    Behaviour over time
    -------------------
    From a calm start both rise, the class after the teacher, and level off, as long as what goes
    round in one turn is less than what settles: ``a·b < rT·rS``, where a and b are how strongly the
    teacher and the class answer, rT and rS how quickly they settle. The teacher then carries
    ``1 / (1 - a·b / (rT·rS))`` times what the load alone would do: 1.923 times here, 0.7692
    instead of 0.4, and the class 0.6154. The closer to the edge, the higher it goes, and the
    longer it takes. Beyond the edge it grows without end.

    Where to intervene
    ------------------
    At the load, which is seldom the teacher's own doing. At either recovery. At either passing-on:
    as the loop is a product, to weaken one of its links weakens the whole of it.

    How it can mislead
    ------------------
    Its units are made up and so are its numbers; nobody has measured such rates. One number stands
    for a class of many children. Nothing in it says that a teacher harms a class: it shows what
    would follow if each answered to the other. A run without end means that the model has left
    its ground; in a real room somebody opens a door.

    References
    ----------
    Illustrative; motivated by [OberleSchonertReichl2016]_, who found an association between
    teachers' burnout and children's morning cortisol, at one time and without showing which came
    first. Euler's step of 1/64 school day bends the curves by less than 0.1 % of their range; the
    levels at which they settle do not depend on it.
    """
    model = StockFlow(
        "Classroom coupling",
        stop=60,
        dt=1 / 64,
        time_units="school day",
        evidence="illustrative",
        doc="Tension that is passed to and fro between a teacher and a class.",
    )
    rate, flow = "1/school day", "points/school day"
    model.stock("teacher tension", 0, "points", "Zero is a calm day.", between=(0, 2))
    model.stock("class tension", 0, "points", "Zero is a calm day.", between=(0, 2))
    model.flow("load", "daily load", into="teacher tension", units=flow, doc="From outside.")
    model.flow(
        "teacher takes on",
        "from class to teacher * class tension",
        into="teacher tension",
        units=flow,
        doc="The teacher answers to the class.",
    )
    model.flow(
        "teacher settles",
        "teacher recovery * teacher tension",
        out_of="teacher tension",
        units=flow,
        doc="What rest, breath and colleagues take away.",
    )
    model.flow(
        "class takes on",
        "from teacher to class * teacher tension",
        into="class tension",
        units=flow,
        doc="The class answers to the teacher.",
    )
    model.flow(
        "class settles",
        "class recovery * class tension",
        out_of="class tension",
        units=flow,
        doc="What play, friends and routine take away.",
    )
    model.constant("daily load", 0.2, flow, "What weighs on the teacher.", between=(0, 0.5))
    model.constant(
        "from class to teacher", 0.3, rate, "How strongly the teacher answers.", between=(0, 0.6)
    )
    model.constant(
        "from teacher to class", 0.4, rate, "How strongly the class answers.", between=(0, 0.6)
    )
    model.constant(
        "teacher recovery", 0.5, rate, "How quickly the teacher settles.", between=(0.2, 1)
    )
    model.constant("class recovery", 0.5, rate, "How quickly the class settles.", between=(0.2, 1))
    return model
