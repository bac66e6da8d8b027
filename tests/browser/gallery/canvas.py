from __future__ import annotations

from collections.abc import Callable

from cstools import CausalLoopDiagram, StockFlow
from cstools.widgets.canvas import Canvas, iceberg, ladder, mandala
from cstools.widgets.part import LivePart
from cstools.widgets.sketch import sketch

HOMEWORK = CausalLoopDiagram(
    """
    homework on one day -> evenings without rest: +
    evenings without rest -> homework handed in: - delayed
    homework handed in -> reminders and sanctions: -
    reminders and sanctions -> homework on one day: +
    """,
    name="Tuesday's homework",
)


def pile() -> StockFlow:
    model = StockFlow("The pile", stop=12, time_units="week")
    model.stock("tasks left open", 4, units="task")
    model.flow("set", 6, into="tasks left open", units="task/week")
    model.flow("done", "tasks left open / 2", out_of="tasks left open", units="task/week")
    return model


def filled_iceberg() -> Canvas:
    missing = sketch(
        "homework missing on Tuesdays",
        stop=12,
        high=20,
        units="pupils",
        time_units="week",
        points=[(0, 3), (2, 4), (4, 4), (6, 7), (8, 9), (10, 14), (12, 13)],
    )
    board = iceberg("Homework that never comes on Tuesdays")
    board.add(
        "events",
        "Tuesday: four pupils had no homework. I sent two of them out.",
        "One of them cried in the corridor.",
    )
    board.add(
        "patterns",
        "More each week since the clubs moved to Monday afternoon.",
        "It eases after every holiday, and comes back within three weeks.",
    )
    board.add(
        "structures",
        "Six subjects set homework for Tuesday; nobody sees the sum.",
        "Marks count homework, so a bad week cannot be made good.",
        "The library closes at three.",
    )
    board.add(
        "mental models",
        "Whoever cares about school gets it done.",
        "More reminders will help.",
    )
    return board.put("patterns", missing).put("structures", HOMEWORK).put("structures", pile())


def filled_ladder() -> Canvas:
    board = ladder("The boy at the window")
    board.add("data", "Last lesson, rain, twenty-six pupils; three questions, one hand up.")
    board.add("selected", "The boy looked out of the window while I spoke.", "He did not answer.")
    board.add("meanings", "He was bored, and he showed it.")
    board.add("assumptions", "Whoever is interested looks up.")
    board.add("conclusions", "He has no respect for me.")
    board.add("beliefs", "Some pupils do not want to be reached.")
    return board.add("actions", "I moved him to the front.", "I stopped calling on him.")


def filled_mandala() -> Canvas:
    board = mandala("Nobody manages a hard week alone")
    board.add("centre", "That every pupil and every colleague has one person who asks.")
    board.add(
        "practice", "Five quiet minutes open each staff meeting.", "I walk the yard on Mondays."
    )
    board.add("practice", "A check-in round before the first lesson.")
    board.add("research", "Whom do pupils turn to? The same three questions in autumn and spring.")
    board.add(
        "capacity building",
        "Two colleagues from each year learn to lead a listening circle.",
        "The student council runs its own.",
    )
    return board.add(
        "community building",
        "A supper once a term: pupils cook, families and the caretaker are guests.",
        "The nurse and the youth club join our planning day.",
    )


def crowded() -> Canvas:
    board = iceberg("مدرسة 🏫 " + "Donaudampfschifffahrtsgesellschaftskapitän" * 4)
    board.add(
        "events", "تأخر ثلاثة تلاميذ صباح اليوم.", "👩🏽‍🏫 → 😴", '<b>not bold</b> & "quoted"'
    )
    board.add("patterns", *(f"Note number {n}: it happened again." for n in range(1, 61)))
    board.add("structures", "x" * 400, "One line\nand another")
    return board


PARTS: dict[str, Callable[[], LivePart]] = {
    "iceberg-empty": iceberg,
    "iceberg": filled_iceberg,
    "iceberg-crowded": crowded,
    "ladder-empty": ladder,
    "ladder": filled_ladder,
    "mandala-empty": mandala,
    "mandala": filled_mandala,
}
