from __future__ import annotations

from cstools import StockFlow, facets
from cstools.widgets.part import LivePart
from cstools.widgets.rounds.live import LiveRounds

DAYS = {f"Boat {boat}": f"days of boat {boat}" for boat in (1, 2, 3, 4)}
WORLDS = {
    "everybody 30 days": {f"days of boat {boat}": 30 for boat in (1, 2, 3, 4)},
    "everybody 48 days": {f"days of boat {boat}": 48 for boat in (1, 2, 3, 4)},
}
PLAYED = {
    "Boat 1": [20, 25, 30, 30, 35, 40, 40, 45, 50, 60],
    "Boat 2": [20, 30, 40, 50, 60, 60, 60, 60, 60, 60],
    "Boat 3": [20, 20, 20, 20, 20, 20, 20, 20, 20, 20],
    "Boat 4": [30, 35, 35, 30, 30, 25, 25, 30, 30, 50],
}


def pond(**changes: object) -> LiveRounds:
    """Four families at one screen, a slider for each."""
    options = {
        "every": 1,
        "called": "season",
        "score": ["earned by all", *(f"earned by boat {boat}" for boat in (1, 2, 3, 4))],
        "sees": ["fish", "earned by all"],
        "together": True,
        "against": WORLDS,
    }
    game: LiveRounds = facets.world.shared_pond_boats().play_rounds(DAYS, **(options | changes))
    return game


def begun() -> LivePart:
    return pond(game={player: days[:4] for player, days in PLAYED.items()})


def over() -> LivePart:
    return pond(game=PLAYED)


def bread_line() -> StockFlow:
    """A kitchen and a bakery, each of which orders by a rule of its own."""
    line = StockFlow("Bread for the school", stop=20, dt=1, time_units="week")
    asked = {"kitchen": "if time < 4 then 4 else 8", "bakery": "orders of the kitchen"}
    for place, needed in asked.items():
        weekly = "loaves/week"
        line.stock(f"bread in the {place}", 12, "loaves", f"What lies in the {place}.")
        line.auxiliary(f"asked of the {place}", needed, weekly, "What is asked for this week.")
        line.flow(f"sent by the {place}", f"asked of the {place}", f"bread in the {place}")
        rule = f"max(0, asked of the {place} + 0.5 * (12 - bread in the {place}))"
        line.auxiliary(f"orders of the {place}", rule, weekly, "What is ordered this week.")
        line.flow(f"coming to the {place}", f"orders of the {place}", None, f"bread in the {place}")
        line.stock(f"cost of the {place}", 0, "coins", "What it has cost so far.")
        cost = f"0.5 * max(bread in the {place}, 0) + max(-bread in the {place}, 0)"
        line.flow(f"costs in the {place}", cost, None, f"cost of the {place}")
    line.auxiliary("cost of all", "cost of the kitchen + cost of the bakery", "coins", "Of both.")
    return line


def bread(**changes: object) -> LiveRounds:
    """A line in which nobody sees what the other sees."""
    options = {
        "every": 1,
        "called": "week",
        "score": "cost of all",
        "sees": {
            "Kitchen": ["bread in the kitchen", "asked of the kitchen"],
            "Bakery": ["bread in the bakery", "asked of the bakery"],
        },
        "between": (0, 40),
        "step": 1,
    }
    decided = {"Kitchen": "orders of the kitchen", "Bakery": "orders of the bakery"}
    game: LiveRounds = bread_line().play_rounds(decided, **(options | changes))
    return game


def passed_on() -> LivePart:
    part = bread(game={"Kitchen": [4, 4, 5, 5, 9], "Bakery": [4, 4, 5, 6, 10]})
    part.pending = [10]
    return part


def alone() -> LivePart:
    return bread(game={"Kitchen": [4, 4, 5, 5, 9, 12, 12]})


def line_over() -> LivePart:
    orders = [4, 4, 4, 4, 6, 8, 12, 14, 12, 10, 8, 8, 6, 6, 8, 8, 8, 8, 8, 8]
    return bread(game={"Kitchen": orders})


PARTS = {
    "rounds": pond,
    "rounds-begun": begun,
    "rounds-over": over,
    "rounds-passed-on": passed_on,
    "rounds-alone": alone,
    "rounds-line-over": line_over,
}
