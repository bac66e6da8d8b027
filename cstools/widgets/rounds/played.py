"""What was played: read from a saved game, written to one, and told in a sentence.

The sentences are those of ``told.js`` beside it, word for word; a test holds them together.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from cstools.errors import DataError, brief, unknown_name
from cstools.names import key
from cstools.plotting.words import amount, number
from cstools.stock_flow.by_rounds import Round, with_values

_VERSION = 1
_WRITTEN = "game= is what a game gave: widget.played, widget.state, or the text of a saved file"


def rows_of(game: object, page: Mapping[str, Any]) -> list[list[float | None]]:
    """Return a game as rows, one for each round, from any of the forms in which it is kept.

    Raises
    ------
    DataError, UnknownNameError, ModelError
        When it is none, names somebody who does not play here, or has too many rounds.
    """
    if isinstance(game, (str, bytes)):
        try:
            game = json.loads(game)
        except ValueError:
            raise DataError(f"this is no saved game; {_WRITTEN}") from None
    if isinstance(game, Mapping) and isinstance(game.get("decisions"), Mapping):
        game = game["decisions"]
    if not isinstance(game, Mapping):
        raise DataError(f"this is no saved game; {_WRITTEN}")
    players = [decision["player"] for decision in page["decisions"]]
    given = {key(str(name)): list(values) for name, values in game.items()}
    for name in game:
        if key(str(name)) not in map(key, players):
            raise unknown_name(str(name), players, "the players")
    longest = max((len(values) for values in given.values()), default=0)
    columns = [given.get(key(player), [None] * longest) for player in players]
    if any(len(column) != longest for column in columns):
        raise DataError("this game has more rounds of one player than of another")
    if longest > page["rounds"]:
        raise DataError(f"this game has {longest} rounds, and here {page['rounds']} are played")
    rows = with_values(zip(*columns, strict=True), len(players), "the saved game")
    for decision, column in zip(page["decisions"], zip(*rows, strict=True), strict=False):
        for value in column:
            if value is not None and not decision["low"] <= value <= decision["high"]:
                raise DataError(
                    f"'{brief(decision['player'])}' decided {number(value)}, which lies outside "
                    f"{number(decision['low'])} to {number(decision['high'])}"
                )
    return rows


def by_player(game: Sequence[Round], page: Mapping[str, Any]) -> dict[str, list[float | None]]:
    """Return the decisions by player."""
    return {
        decision["player"]: [row[place] for row in game]
        for place, decision in enumerate(page["decisions"])
    }


def text_of(game: Sequence[Round], page: Mapping[str, Any]) -> str:
    """Return a game as the text of a file, which a page and ``game=`` can open."""
    saved = {"cstools": _VERSION, "game": page["name"], "decisions": by_player(game, page)}
    return json.dumps(saved, ensure_ascii=False)


def stage(played: int, page: Mapping[str, Any]) -> str:
    """Return how far a game is."""
    rounds = _many(page["rounds"], page["called"])
    if played == 0:
        return f"{rounds} to play, and nothing is decided yet."
    if played < page["rounds"]:
        return f"{played} of {rounds} {'is' if played == 1 else 'are'} played."
    return f"All {rounds} are played." if page["rounds"] > 1 else f"{rounds} is played."


def outcomes(
    page: Mapping[str, Any], over: bool, values: Sequence[float], worlds: Sequence[Sequence[float]]
) -> str:
    """Return where the scores stand, and at the end where the worlds beside have the first one.

    ``values`` are the newest of each score, ``worlds`` the same for each world beside.
    """
    told = []
    for place, column in enumerate(page["score"]):
        label, units = page["columns"][column]["label"], page["columns"][column]["units"]
        said = f"{_capital(label)} {'ends' if over else 'stands'} at {amount(values[place], units)}"
        others = [
            f"{world['name']}: {amount(ends[place], units)}"
            for world, ends in zip(page["worlds"], worlds, strict=True)
        ]
        # With the worlds beside every score, a sentence would be a table; the page has one.
        beside = over and others and place == 0
        told.append(f"{said} ({'; '.join(others)})." if beside else f"{said}.")
    return " ".join(told)


def decided(game: Sequence[Round], page: Mapping[str, Any]) -> str:
    """Return what each player decided, from the least to the most."""
    told = []
    for place, decision in enumerate(page["decisions"]):
        made = [row[place] for row in game if row[place] is not None]
        values = [value for value in made if value is not None]
        if not values:
            told.append(f"{decision['player']}: left to the model.")
        elif min(values) == max(values):
            told.append(f"{decision['player']}: {amount(values[0], decision['units'])} throughout.")
        else:
            most = amount(max(values), decision["units"])
            mean = number(sum(values) / len(values))
            told.append(
                f"{decision['player']}: {number(min(values))} to {most}, {mean} on average."
            )
    return " ".join(told)


def _many(count: int, called: str) -> str:
    return f"{count} {called}" if count == 1 else f"{count} {called}s"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
