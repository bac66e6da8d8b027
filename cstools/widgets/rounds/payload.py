"""What a page needs to play a model: who decides what, who sees what, and the worlds beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

from cstools.engine import javascript
from cstools.errors import DataError, ModelError, brief, unknown_name
from cstools.names import key
from cstools.plotting import style
from cstools.stock_flow.by_rounds import ByRounds, Round, by_rounds, plain_name
from cstools.stock_flow.checked import as_number, as_range, as_whole
from cstools.stock_flow.lowering import parameters
from cstools.stock_flow.parts import AnyPart, Constant, Lookup, Stock
from cstools.widgets.explorer.payload import dash_in_pixels

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow

_MOST_ROWS = 4000
_FEW = 3  # so many stocks are told apart in the picture of the end; others can be ticked there


@dataclass(frozen=True)
class Rules:
    """A game: the model as people wrote it, the model as it is played, and the players' names."""

    model: StockFlow
    game: ByRounds
    players: tuple[str, ...]

    def name(self, said: str) -> str:
        """Return how the model that is played spells a variable that has a value at each time."""
        name = plain_name(self.model, self.game.model, str(said))
        part = self.game.model[name]
        if isinstance(part, Lookup):
            raise ModelError(f"{part.where} is a relation, and has no values over time")
        return name

    def seats(self, by_hand: Sequence[str] | None, begun: Sequence[Round]) -> list[bool]:
        """Return who decides by hand: as a game was begun, as was said, or all."""
        if begun:
            return [value is not None for value in begun[0]]
        if by_hand is None:
            return [True] * len(self.players)
        chosen = {key(self._player(name)) for name in by_hand}
        return [key(player) in chosen for player in self.players]

    def page(self, **said: Any) -> dict[str, Any]:
        """Return what the page is given, as plain values; see :func:`.rounds` for what is said."""
        game, model = self.game, self.game.model
        sees = self._sees(said["sees"])
        score = [self.name(name) for name in said["score"]]
        decided = [part.name for part in game.decided]
        seen = list(dict.fromkeys(name for names in sees for name in names))
        stocks = [name for name in seen if isinstance(model[name], Stock)]
        shows = [*(stocks if len(stocks) <= _FEW else []), *decided]
        if said["shows"] is not None:
            shows = [self.name(name) for name in said["shows"]]
        names = list(dict.fromkeys([*score, *shows, *seen, *decided]))
        program, clock = model.program(), model.clock
        return {
            "name": self.model.name,
            "timeUnits": model.time_units or "time",
            "called": str(said["called"]),
            "source": javascript.source(program, [model[name].key for name in names]),
            "start": clock.start,
            "dt": clock.dt,
            "rounds": game.rounds,
            "steps": game.steps,
            "every": _divisor(game.steps, game.rounds),
            "seed": as_whole(said["seed"], "seed="),
            "times": game.times(),
            "parameters": [parameters(model.scalars)[k] for k in program.parameters],
            "columns": [self._column(name) for name in names],
            "decisions": [
                self._decision(place, said["between"], said["step"])
                for place in range(len(self.players))
            ],
            "sees": [[names.index(name) for name in own] for own in sees],
            "score": [names.index(name) for name in score],
            "shows": [names.index(name) for name in dict.fromkeys([*score[:1], *shows])],
            "together": bool(said["together"]),
            "worlds": self._worlds(said["against"]),
            "palette": list(style.PALETTE),
            "dashes": [dash_in_pixels(pattern) for pattern in style.DASHES],
        }

    def _player(self, said: object) -> str:
        for player in self.players:
            if key(player) == key(str(said)):
                return player
        raise unknown_name(str(said), self.players, "the players")

    def _sees(self, said: Any) -> list[list[str]]:
        """Return what each player sees."""
        if said is None:
            said = [part.name for part in self.game.model.parts.values() if isinstance(part, Stock)]
        if isinstance(said, str):
            said = [said]
        if not isinstance(said, Mapping):
            return [[self.name(name) for name in said]] * len(self.players)
        own = {self._player(player): names for player, names in said.items()}
        for player in self.players:
            if player not in own:
                raise DataError(
                    f"sees= does not say what '{brief(player)}' may see; give every player a list "
                    "of variables, [] for nothing, or one list for all"
                )
        return [[self.name(name) for name in own[player]] for player in self.players]

    def _column(self, name: str) -> dict[str, Any]:
        part = self.game.model[name]
        return {
            "key": part.name,
            "label": part.name,
            "units": part.units,
            "kind": part.kind,
            "doc": part.doc,
            "late": part.key in self.game.late,
        }

    def _decision(self, place: int, between: Any, step: float | None) -> dict[str, Any]:
        decided, player = self.game.decided[place], self.players[place]
        where = f"'{brief(player)}' decides '{brief(decided.name)}'"
        own = _for_player(between, player, self.players)
        ends = as_range(own, f"{where}, between=") or decided.between
        if ends is None:
            raise ModelError(
                f"{where}, which has no range; say between which values: between=(0, 100)"
            )
        fine = None if step is None else as_number(step, f"{where}, step=")
        if fine is not None and not 0 < fine <= ends[1] - ends[0]:
            raise ModelError(f"{where}, step=: choose a step above 0 that fits into the range")
        return {
            "player": player,
            "key": decided.name,
            "label": decided.name,
            "units": decided.units,
            "doc": decided.doc,
            "own": decided.own,
            "low": float(min(ends[0], decided.own)),
            "high": float(max(ends[1], decided.own)),
            "step": fine,
            "table": decided.table,
            "hand": decided.hand,
        }

    def _worlds(self, against: Any) -> list[dict[str, Any]]:
        """Return the worlds beside the game: their parameters, and what is decided in them."""
        ruled = any(decided.hand for decided in self.game.decided)
        title = "left to the rule" if ruled else "as the model has it"
        own: dict[str, dict[str, float]] = {title: {}}
        return [
            self._world(str(name), values)
            for name, values in (own if against is None else against).items()
        ]

    def _world(self, name: str, values: Mapping[str, float]) -> dict[str, Any]:
        model, where = self.game.model, f"against='{brief(name)}'"
        places = {key(decided.name): place for place, decided in enumerate(self.game.decided)}
        decisions: list[float | None] = [None] * len(places)
        set_to: dict[str, float] = {}
        for said, value in values.items():
            own = self.name(said)
            if key(own) in places:
                decisions[places[key(own)]] = as_number(value, where)
            elif isinstance(model[own], (Constant, Stock)):
                set_to[own] = as_number(value, where)
            else:
                raise ModelError(
                    f"{where}: {model[own].where} is computed by an equation; a world can set "
                    "constants, first values of stocks, and what the players decide"
                )
        own_values = parameters(model.scalars)
        changed = {_parameter(model[n]): value for n, value in set_to.items()}
        numbers = [changed.get(k, own_values[k]) for k in model.program().parameters]
        return {"name": name, "parameters": numbers, "decisions": decisions, "set": set_to}


def rules_of(model: StockFlow, players: Any, every: float, rounds: object) -> Rules:
    """Return the rules of a game, its players and what they decide."""
    if not isinstance(players, Mapping) or not players:
        raise DataError(
            "players= says who decides what, such as {'Boat 1': 'days of boat 1'}: a name, and a "
            "constant of the model, or a variable whose equation is the rule without a player"
        )
    game = by_rounds(model, [str(name) for name in players.values()], every, rounds)
    return Rules(model, game, tuple(str(player) for player in players))


def _parameter(part: AnyPart) -> str:
    return f"{part.key} at_start" if isinstance(part, Stock) else part.key


def _for_player(said: Any, player: str, players: Sequence[str]) -> Any:
    """Return what was said for one player, of what was said for all or by name."""
    if not isinstance(said, Mapping):
        return said
    for name in said:
        if key(str(name)) not in map(key, players):
            raise unknown_name(str(name), players, "the players, between=")
    return next((value for name, value in said.items() if key(str(name)) == key(player)), None)


def _divisor(steps: int, rounds: int) -> int:
    """Return every how many steps a row is kept: a part of a round, few enough to draw."""
    least = ceil(steps * rounds / _MOST_ROWS)
    return next(every for every in range(max(1, least), steps + 1) if steps % every == 0)
