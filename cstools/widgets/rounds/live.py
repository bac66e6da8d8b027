"""A game as anywidget knows it: the decisions, which the page and the kernel share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import traitlets

from cstools.errors import ModelError
from cstools.stock_flow.by_rounds import Round, with_values
from cstools.stock_flow.run import Run
from cstools.widgets.assets import script, style
from cstools.widgets.page import write_page
from cstools.widgets.part import LivePart, framed, html_of
from cstools.widgets.rounds import played
from cstools.widgets.rounds.payload import Rules

_CELL = "border:1px solid #8a96a3;padding:4px 8px;text-align:left"


class LiveRounds(LivePart):
    """A model that is played in the page, round by round.

    Attributes
    ----------
    game : list of rounds
        The decisions so far, one row for each round and one value for each player; ``None`` is
        left to the model.
    pending : list
        What has been decided in the present round by those whose turn it was.
    by_hand : list of bool
        Which players decide by hand.
    """

    _esm = script("rounds/rounds.js")
    _css = style("explorer/explorer.css", "explorer/parts.css", "rounds/rounds.css")
    payload = traitlets.Dict().tag(sync=True)
    game = traitlets.List().tag(sync=True)
    pending = traitlets.List().tag(sync=True)
    by_hand = traitlets.List().tag(sync=True)

    def __init__(
        self, rules: Rules, page: Mapping[str, Any], game: Sequence[Round], by_hand: Sequence[bool]
    ) -> None:
        self._rules = rules
        super().__init__(
            payload=dict(page), game=[list(row) for row in game], by_hand=list(by_hand)
        )

    @traitlets.validate("game")  # type: ignore[untyped-decorator]
    def _check_game(self, proposal: Mapping[str, Any]) -> list[list[float | None]]:
        rounds = self._rules.game.rounds
        if len(proposal["value"]) > rounds:
            raise ModelError(
                f"game: {len(proposal['value'])} rounds are given, and {rounds} are played"
            )
        return with_values(proposal["value"], len(self._rules.players), "game")

    @property
    def played(self) -> dict[str, list[float | None]]:
        """The decisions so far, by player."""
        return played.by_player(self.game, self.payload)

    @property
    def state(self) -> str:
        """The game as the text of a file, for ``game=`` or *Open* in the page."""
        return played.text_of(self.game, self.payload)

    def take(self, game: object) -> None:
        """Go on from a game that was kept: ``played``, ``state``, or the text of a file."""
        rows = played.rows_of(game, self.payload)
        self.pending = []
        if rows:
            self.by_hand = self._rules.seats(None, rows)
        self.game = rows

    def run(self) -> Run:
        """Return the model's run with the decisions so far, to the end of the last round."""
        return self._rules.game.run(self.game)

    def worlds(self) -> dict[str, Run]:
        """Return the runs beside which the game is shown at the end, by name."""
        rounds = self._rules.game.rounds
        return {
            world["name"]: self._rules.game.run([world["decisions"]] * rounds, world["set"])
            for world in self.payload["worlds"]
        }

    @property
    def _over(self) -> bool:
        return len(self.game) >= int(self.payload["rounds"])

    def sentence(self) -> str:
        """Return how far the game is, where the scores stand, and what was decided."""
        page = self.payload
        said = [f"{page['name']}: {played.stage(len(self.game), page)}"]
        if self.game:
            run = self.run()
            others = list(self.worlds().values()) if self._over else []
            names = [page["columns"][column]["key"] for column in page["score"]]
            ends = [[float(one[name][-1]) for name in names] for one in [run, *others]]
            beside = ends[1:] or [ends[0]] * len(page["worlds"])
            said.append(played.outcomes(page, self._over, ends[0], beside))
            said.append(played.decided(self.game, page))
        return " ".join(part for part in said if part)

    def still(self) -> str:
        """Return the curves of what was played; before that, who decides what and sees what."""
        if not self.game:
            return framed(self._table(), self.sentence())
        names = [self.payload["columns"][place]["key"] for place in self.payload["shows"]]
        beside = list(self.worlds().values()) if self._over else None
        picture = self.run().plot(*names, compare=beside or None)
        return html_of(picture) + framed("", self.sentence())

    def _table(self) -> str:
        page, rows = self.payload, []
        for decision, seen in zip(page["decisions"], page["sees"], strict=True):
            labels = ", ".join(page["columns"][place]["label"] for place in seen) or "nothing"
            cells = (decision["player"], decision["label"], labels)
            rows.append("".join(f'<td style="{_CELL}">{escape(str(cell))}</td>' for cell in cells))
        head = "".join(
            f'<th scope="col" style="{_CELL}">{word}</th>' for word in ("Who", "Decides", "Sees")
        )
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        return (
            '<table style="border-collapse:collapse;font:14px/1.4 system-ui,sans-serif">'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )

    def save(self, path: str | Path) -> Path:
        """Write the game to an HTML file in which it can be played on."""
        return write_page(self, path, str(self.payload["name"]))
