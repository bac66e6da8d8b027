from __future__ import annotations

from cstools import CausalLoopDiagram
from cstools.widgets.part import LivePart

REWORK = """
    schedule pressure -> overtime: +
    overtime          -> work done: +
    work done         -> work remaining: -
    work remaining    -> schedule pressure: +
    overtime          -> tiredness: + delayed     # weeks later
    tiredness         -> mistakes: +
    mistakes          -> work remaining: +
"""


def rework() -> CausalLoopDiagram:
    return CausalLoopDiagram(REWORK, name="Rework").name_loop(
        ["overtime", "tiredness", "mistakes", "work remaining", "schedule pressure"],
        "haste makes waste",
    )


def beginning() -> LivePart:
    return rework().play()


def back_home() -> LivePart:
    player = rework().play("haste makes waste", begin="overtime")
    player.step = 5
    return player


def pulse() -> LivePart:
    player = rework().play()
    player.way, player.pressed, player.step = "one pulse", "overtime", 4
    return player


def compared() -> LivePart:
    player = rework().play()
    player.way, player.pressed = "compare", "overtime"
    return player


def words() -> LivePart:
    player = rework().play()
    player.way, player.pressed, player.pressed_up, player.step = "in words", "mistakes", False, 3
    return player


def draws() -> LivePart:
    player = rework().play()
    player.way, player.pressed = "random strengths", "overtime"
    return player


def open_sign() -> LivePart:
    text = "praise -> effort: +\neffort -> results: ?\nresults -> praise: +"
    player = CausalLoopDiagram(text, name="Does praise help?").play()
    player.step = 2
    return player


def no_loop() -> LivePart:
    return CausalLoopDiagram("rain -> river: +\nriver -> bridge use: -").play()


def large() -> LivePart:
    """Fifteen variables, twenty-five links, and more loops than get a mark."""
    names = (
        "class size, noise, stress, sleep, patience, mistakes, marking time, planning time, "
        "lesson quality, pupils' interest, disruption, sick days, supply teachers, parents' trust, "
        "head's support"
    ).split(", ")
    map_ = CausalLoopDiagram(name="A school in spring")
    for step, sign in enumerate("+" * 2 + "-+" + "-++-" + "++-+-++"):
        map_.link(names[step], names[(step + 1) % 15], sign, delayed=step % 5 == 3)
    for cause, effect, sign in (
        (2, 11, "+"), (11, 12, "+"), (12, 8, "-"), (9, 10, "-"), (10, 1, "+"), (14, 2, "-"),
        (6, 3, "-"), (4, 8, "+"), (8, 13, "+"), (5, 6, "+"), (10, 2, "+"),
    ):  # fmt: skip
        map_.link(names[cause], names[effect], sign)
    player = map_.play()
    player.step = 1
    return player


PARTS = {
    "player": beginning,
    "player-home": back_home,
    "player-pulse": pulse,
    "player-compare": compared,
    "player-words": words,
    "player-draws": draws,
    "player-open-sign": open_sign,
    "player-no-loop": no_loop,
    "player-large": large,
}
