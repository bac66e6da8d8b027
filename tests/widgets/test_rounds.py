"""A game on a model: what is decided, what may be seen, and what is said of it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cstools.errors import CstoolsError
from cstools.widgets.part import held
from cstools.widgets.rounds import rounds
from tests.browser.gallery.rounds import DAYS, PLAYED, bread, bread_line, pond
from tests.widgets.javascript import in_node

HALF = {player: days[:4] for player, days in PLAYED.items()}
ORDERS = [4, 4, 4, 4, 6, 8, 12, 14, 12, 10, 8, 8, 6, 6, 8, 8, 8, 8, 8, 8]
SIMULATE = 'new Function(given[0].source + "; return simulate")()'


def in_page(folder: Path, game: Any) -> dict[str, np.ndarray]:
    """What the page computes of a game, by variable."""
    run = f"(() => {{ const run = runOf({SIMULATE}, given[0], given[1]); return "
    run += "run.columns.map(column => Array.from(column)); })()"
    columns = in_node(folder, "rounds/played.js", "runOf", run, game.payload, game.game)
    names = [column["key"] for column in game.payload["columns"]]
    return {name: np.array(values) for name, values in zip(names, columns, strict=True)}


@pytest.mark.parametrize(
    "make",
    [
        lambda: pond(game=PLAYED),
        lambda: pond(game=HALF),
        lambda: pond(game={"Boat 2": [70.5, 0, 100]}),
        lambda: bread(game={"Kitchen": ORDERS, "Bakery": ORDERS}),
        lambda: bread(game={"Kitchen": ORDERS}),
        lambda: bread(game={"Bakery": [None, 3, None, 7]}),
    ],
)
def test_the_page_and_python_run_to_the_same_numbers(tmp_path: Path, make: Any) -> None:
    game = make()
    here, there = game.run(), in_page(tmp_path, game)
    rows = len(here.time)
    for name, values in there.items():
        # The same additions in the same order.
        np.testing.assert_array_equal(values[:rows], here[name], err_msg=name)


def test_the_worlds_beside_are_the_same_in_the_page(tmp_path: Path) -> None:
    for game in (pond(), bread(against={"no bread at first": {"bread in the kitchen": 0}})):
        for at, (_, run) in enumerate(game.worlds().items()):
            ends = (
                f"worldOf({SIMULATE}, given[0], given[0].worlds[{at}])"
                ".columns.map(column => column.at(-1))"
            )
            there = in_node(tmp_path, "rounds/played.js", "worldOf", ends, game.payload)
            names = [column["key"] for column in game.payload["columns"]]
            assert there == [float(run[name][-1]) for name in names]


def test_a_world_is_left_to_the_rule_if_nothing_else_is_said() -> None:
    run = bread().worlds()["left to the rule"]
    line = bread_line()
    np.testing.assert_array_equal(run["cost of all"], line.run()["cost of all"])
    own = rounds(pond()._rules.model, DAYS, every=1)
    assert [world["name"] for world in own.payload["worlds"]] == ["as the model has it"]


def test_a_game_says_how_far_it_is_and_what_came_of_it() -> None:
    assert repr(pond()) == ("The pond with boats: 10 seasons to play, and nothing is decided yet.")
    game = pond(game={"Boat 1": [30, 30], "Boat 2": [10, 50]}, score="fish")
    fish = game.run()["fish"][-1]
    assert repr(game) == (
        f"The pond with boats: 2 of 10 seasons are played. Fish stands at {fish:.0f} tonnes. "
        "Boat 1: 30 days/year throughout. Boat 2: 10 to 50 days/year, 30 on average. "
        "Boat 3: left to the model. Boat 4: left to the model."
    )


def test_at_the_end_the_first_score_stands_beside_the_worlds() -> None:
    sentence = repr(bread(game={"Kitchen": [8] * 20, "Bakery": [8] * 20}))
    # Eight loaves a week come in, four go out for four weeks: 12, 16, 20, 24, 28, and stay.
    # Half a coin for each loaf and week: 0.5 · (12 + 16 + 20 + 24 + 28 · 16) = 260 in the kitchen;
    # the bakery sends what it bakes, and keeps 12: 0.5 · 12 · 20 = 120.
    # By the rules each keeps its twelve loaves, every week: 2 · 120.
    assert sentence == (
        "Bread for the school: All 20 weeks are played. Cost of all ends at 380 coins (left to "
        "the rule: 240 coins). Kitchen: 8 loaves/week throughout. Bakery: 8 loaves/week "
        "throughout."
    )


@pytest.mark.parametrize(
    "make",
    [
        pond,
        lambda: pond(game=HALF),
        lambda: pond(game=PLAYED),
        lambda: bread(game={"Kitchen": ORDERS}),
        lambda: bread(game={"Kitchen": [3]}),
        lambda: bread(rounds=1, game={"Kitchen": [3], "Bakery": [4]}),
    ],
)
def test_the_page_says_what_python_says(tmp_path: Path, make: Any) -> None:
    game = make()
    page, over = game.payload, len(game.game) >= game.payload["rounds"]
    names = [page["columns"][place]["key"] for place in page["score"]]
    runs = [game.run(), *game.worlds().values()] if game.game else []
    ends = [[float(run[name][-1]) for name in names] for run in runs]
    expression = """[stageTold(given[0], given[1].length), given[1].length
        ? outcomesTold(given[0], given[2], given[3][0], given[3].slice(1)) : "",
        given[1].length ? decidedTold(given[0], given[1]) : ""].filter(Boolean).join(" ")"""
    told = "stageTold, outcomesTold, decidedTold"
    said = in_node(tmp_path, "rounds/told.js", told, expression, page, game.game, over, ends)
    assert f"{page['name']}: {said}" == repr(game)


def test_a_game_is_kept_and_opened_again_here_and_in_the_page(tmp_path: Path) -> None:
    game = bread(game={"Kitchen": [4, 5], "Bakery": [None, None]})
    assert game.played == {"Kitchen": [4, 5], "Bakery": [None, None]}
    for kept in (game.played, game.state, json.loads(game.state)):
        again = bread(game=kept)
        assert again.game == game.game
        assert again.by_hand == [True, False]
    there = "readGame(given[0], given[1]).game"
    assert in_node(tmp_path, "rounds/played.js", "readGame", there, game.payload, game.state) == [
        [4, None],
        [5, None],
    ]
    text = in_node(
        tmp_path, "rounds/played.js", "savedGame", "savedGame(given[0], given[1])",
        game.payload, game.game,
    )  # fmt: skip
    assert bread(game=text).game == game.game


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no game", "This is no saved game: open the file again, or copy it from the first"),
        ("{}", "This game does not fit: here Kitchen, Bakery decide, in 20 weeks."),
        ('{"Butcher": [1]}', "This game does not fit: here Kitchen, Bakery decide"),
        ('{"Kitchen": [1], "Bakery": [1, 2]}', "This game does not fit: here Kitchen"),
        ('{"Kitchen": [99]}', "This game does not fit: a decision in it is no number, or lies"),
        ('{"Kitchen": ["many"]}', "This game does not fit: a decision in it is no number"),
    ],
)
def test_what_is_no_game_changes_nothing_in_the_page(tmp_path: Path, text: str, said: str) -> None:
    read = "readGame(given[0], given[1])"
    found = in_node(tmp_path, "rounds/played.js", "readGame", read, bread().payload, text)
    assert found["game"] is None
    assert found["said"].startswith(said)


def test_who_decides_sees_of_what_answers_at_once_the_step_before(tmp_path: Path) -> None:
    page = bread().payload
    columns = {column["key"]: column for column in page["columns"]}
    assert not columns["asked of the kitchen"]["late"]  # the school asks, whatever is ordered
    assert columns["asked of the bakery"]["late"]  # the kitchen's own decision of this week
    rows = "given[0].columns.map((_, column) => newestRow(given[0], column, 3))"
    newest = in_node(tmp_path, "rounds/played.js", "newestRow", rows, page)
    assert dict(zip(columns, newest, strict=True))["asked of the kitchen"] == 3
    assert dict(zip(columns, newest, strict=True))["asked of the bakery"] == 2


def test_everybody_sees_the_stocks_if_nothing_is_said() -> None:
    game = rounds(bread_line(), {"Kitchen": "orders of the kitchen"}, every=1, between=(0, 9))
    names = [game.payload["columns"][place]["key"] for place in game.payload["sees"][0]]
    stocks = ["bread in the kitchen", "cost of the kitchen", "bread in the bakery"]
    assert names == [*stocks, "cost of the bakery"]


def test_some_can_be_left_to_their_rule_from_the_beginning() -> None:
    assert bread(played_by_hand=["bakery"]).by_hand == [False, True]


def test_a_still_picture_tells_who_plays_and_then_what_was_played() -> None:
    before, after = bread().still(), bread(game={"Kitchen": [8] * 20}).still()
    assert "<td" in before
    assert "bread in the kitchen, asked of the kitchen" in before
    assert "<svg" in after
    assert "Cost of all ends at" in after


def test_a_page_of_a_game_holds_the_game(tmp_path: Path) -> None:
    game = pond(game=HALF)
    text = game.save(tmp_path / "pond.html").read_text("utf-8")
    assert json.loads(text.split('id="held">')[1].split("</script>")[0]) == held(game)


def test_a_game_taken_over_replaces_the_one_before() -> None:
    game = bread(game={"Kitchen": [4] * 20})
    game.take({"Bakery": [3, 3]})
    assert game.played == {"Kitchen": [None, None], "Bakery": [3, 3]}
    assert game.by_hand == [False, True]


LESSONS = {
    "no players": (
        lambda: rounds(bread_line(), {}, every=1),
        "players= says who decides what, such as {'Boat 1': 'days of boat 1'}: a name, and a "
        "constant of the model, or a variable whose equation is the rule without a player",
    ),
    "no range": (
        lambda: bread(between=None),
        "'Kitchen' decides 'orders of the kitchen', which has no range; say between which "
        "values: between=(0, 100)",
    ),
    "a range for nobody": (
        lambda: bread(between={"Cook": (0, 9)}),
        "the players, between=: nothing is called 'Cook'; there are 'Kitchen' and 'Bakery'",
    ),
    "a step that is too long": (
        lambda: bread(step=50),
        "'Kitchen' decides 'orders of the kitchen', step=: choose a step above 0 that fits into "
        "the range",
    ),
    "sees without somebody": (
        lambda: bread(sees={"Kitchen": ["cost of all"]}),
        "sees= does not say what 'Bakery' may see; give every player a list of variables, [] for "
        "nothing, or one list for all",
    ),
    "sees what is not there": (
        lambda: bread(sees=["cost of everybody"]),
        "model 'Bread for the school': nothing is called 'cost of everybody'; did you mean "
        "'cost of the bakery'?",
    ),
    "a world that sets an equation": (
        lambda: bread(against={"cheap": {"cost of all": 0}}),
        "against='cheap': auxiliary 'cost of all' is computed by an equation; a world can set "
        "constants, first values of stocks, and what the players decide",
    ),
    "a stranger plays by hand": (
        lambda: bread(played_by_hand=["Cook"]),
        "the players: nothing is called 'Cook'; there are 'Kitchen' and 'Bakery'",
    ),
    "a game of strangers": (
        lambda: bread(game={"Cook": [1]}),
        "the players: nothing is called 'Cook'; there are 'Kitchen' and 'Bakery'",
    ),
    "no game": (
        lambda: bread(game="nothing"),
        "this is no saved game; game= is what a game gave: widget.played, widget.state, or the "
        "text of a saved file",
    ),
    "a game that is too long": (
        lambda: bread(game={"Kitchen": [1] * 21}),
        "this game has 21 rounds, and here 20 are played",
    ),
    "a game of unequal lengths": (
        lambda: bread(game={"Kitchen": [1], "Bakery": [1, 2]}),
        "this game has more rounds of one player than of another",
    ),
    "a decision beyond its range": (
        lambda: bread(game={"Kitchen": [41]}),
        "'Kitchen' decided 41, which lies outside 0 to 40",
    ),
}


@pytest.mark.parametrize("name", LESSONS)
def test_what_cannot_be_played_is_a_lesson(name: str) -> None:
    do, lesson = LESSONS[name]
    with pytest.raises(CstoolsError) as error:
        do()
    assert str(error.value) == lesson


def test_decisions_set_from_python_are_whole_rounds() -> None:
    game = bread()
    game.game = [[4, None], [5, None]]
    assert game.played["Kitchen"] == [4, 5]
    for wrong, lesson in (
        ([[4]], "game: a round has 2 decisions, and 1 are given"),
        ([[4, 4]] * 21, "game: 21 rounds are given, and 20 are played"),
    ):
        with pytest.raises(CstoolsError) as error:
            game.game = wrong
        assert str(error.value) == lesson
    assert game.played["Kitchen"] == [4, 5]


def test_without_anywidget_a_game_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "anywidget", None)  # importing it fails, as if not installed
    for room in ("rounds.live", "page", "part"):
        monkeypatch.delitem(sys.modules, f"cstools.widgets.{room}", raising=False)
    with pytest.raises(CstoolsError) as error:
        bread_line().play_rounds({"Kitchen": "orders of the kitchen"}, every=1, between=(0, 9))
    assert str(error.value) == (
        "'anywidget' is not installed, and a game needs it; to see what is missing and how to "
        "install it: cstools check"
    )
