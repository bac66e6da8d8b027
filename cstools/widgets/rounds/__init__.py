"""A model played round by round: people decide, the model runs on, and they decide again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cstools.errors import MissingPartError
from cstools.widgets.assets import live_side
from cstools.widgets.rounds.payload import rules_of
from cstools.widgets.rounds.played import rows_of

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow

Range = tuple[float, float]


def rounds(
    model: StockFlow,
    players: Mapping[str, str],
    *,
    every: float,
    rounds: int | None = None,
    called: str = "round",
    sees: Sequence[str] | Mapping[str, Sequence[str]] | None = None,
    score: str | Sequence[str] = (),
    shows: Sequence[str] | None = None,
    between: Range | Mapping[str, Range] | None = None,
    step: float | None = None,
    together: bool = False,
    played_by_hand: Sequence[str] | None = None,
    against: Mapping[str, Mapping[str, float]] | None = None,
    seed: int = 0,
    game: object = None,
) -> Any:
    """Return a game on a model, which shows itself at the end of a cell.

    In every round each player decides one value; the model then runs to the end of the round, in
    the page. At the end stands what came of it, beside the same world left to the model.

    Parameters
    ----------
    players
        Who decides what: ``{"Boat 1": "days of boat 1"}``. A constant; or a flow or an auxiliary,
        whose equation is the rule that decides where nobody does.
    every
        How long a round is, in the model's time: whole steps of ``dt``.
    rounds
        How many; as many as fit into the model's time, if not said.
    called
        What a round is: ``"season"``, ``"week"``.
    sees
        The variables that may be seen while deciding: for all, or for each player by name. The
        stocks, if not said. Of what depends at once on a decision, the newest value is the one of
        the step before.
    score
        What is told at the end, and of every world; one variable or a few.
    shows
        What is drawn at the end besides the first score; the stocks that anybody saw, if they are
        few, and the decisions, if not said. The others can be ticked.
    between, step
        The range of the decisions, for all or by player, and how finely they are made; a
        constant's own range, and a hundredth of it, if not said.
    together
        Whether all decide at once, on one page, instead of passing it on.
    played_by_hand
        Who decides at first, by name: the others are left to the model until someone ticks them;
        all decide, if not said.
    against
        Worlds beside which the game is shown at the end: name → constants, and decisions that
        are the same in every round. ``{}`` is the model untouched, the only one if not said.
    seed
        Of the random numbers, if the model draws any.
    game
        Decisions to begin with: ``widget.played``, ``widget.state``, or the text of a saved file.

    Returns
    -------
    widget
        Its ``played`` are the decisions by player, and ``run()`` is the model's run with them.

    Raises
    ------
    UnknownNameError, ModelError, DataError
        When a name is unknown, a decision has no range, or rounds do not fit the model's steps.
    MissingPartError
        Where anywidget is not installed.
    """
    rules = rules_of(model, players, every, rounds)
    page = rules.page(
        called=called,
        sees=sees,
        score=[score] if isinstance(score, str) else list(score),
        shows=shows,
        between=between,
        step=step,
        together=together,
        against=against,
        seed=seed,
    )
    live = live_side("rounds")
    if live is None:
        raise MissingPartError(
            "'anywidget' is not installed, and a game needs it; to see what is missing and how to "
            "install it: cstools check"
        )
    begun = rows_of(game, page) if game is not None else []
    return live.LiveRounds(rules, page, begun, rules.seats(played_by_hand, begun))
