"""A small table in which a learner scores how goals act on each other, and sees what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

import traitlets

from cstools.facets.world.goal_interactions import GOALS, SCALE, Interactions, scored
from cstools.widgets.assets import script, style
from cstools.widgets.page import write_page
from cstools.widgets.part import LivePart, html_of

MOST = 6
_CELL = "border:1px solid #8a96a3;padding:4px 8px;text-align:center"
_NOT_YET = "A table of goals to score: choose two to six of the seventeen, then score each pair."


def goal_table(first: Interactions | Sequence[int | str] = ()) -> GoalTable:
    """Return a table of scores from −3 to +3, to be the last line of a cell.

    Parameters
    ----------
    first
        What it begins with: goals, by number or title, or a whole table of interactions. Six
        goals at most; the learner may choose others.

    Raises
    ------
    DataError, UnknownNameError
        When there are no such goals, or only one is given.
    """
    if not isinstance(first, Interactions):
        first = scored(first) if first else Interactions((), ())
    return GoalTable(first)


class GoalTable(LivePart):
    """Goals chosen out of seventeen, and a score for each pair of them.

    Attributes
    ----------
    goals : list of int
        The goals that are chosen, by number, in their order.
    scores : dict
        ``"4,13"`` → the score of goal 4 on goal 13. Scores of goals that are no longer chosen are
        kept, and come back with them.
    told : dict
        What follows from both, for the page: sentences, and the map.
    """

    _esm = script("goal_table/goal_table.js")
    _css = style("goal_table/goal_table.css")
    payload = traitlets.Dict().tag(sync=True)
    goals = traitlets.List(traitlets.Int()).tag(sync=True)
    scores = traitlets.Dict().tag(sync=True)
    told = traitlets.Dict().tag(sync=True)

    def __init__(self, first: Interactions) -> None:
        pairs = _pairs(first)
        super().__init__(
            payload={
                "titles": {str(number): title for number, title in GOALS.items()},
                "scale": [[score, *words] for score, words in SCALE.items()],
                "most": MOST,
            },
            goals=list(first.goals)[:MOST],
            scores={f"{a},{b}": score for (a, b), score in pairs.items()},
        )
        self._tell()
        self.observe(lambda _: self._tell(), ["goals", "scores"])

    @traitlets.validate("goals")  # type: ignore[untyped-decorator]
    def _check_goals(self, proposal: Mapping[str, Any]) -> list[int]:
        return sorted({goal for goal in proposal["value"] if goal in GOALS})[:MOST]

    @traitlets.validate("scores")  # type: ignore[untyped-decorator]
    def _check_scores(self, proposal: Mapping[str, Any]) -> dict[str, int]:
        return {pair: score for pair, score in proposal["value"].items() if _fits(pair, score)}

    @property
    def interactions(self) -> Interactions | None:
        """The table as it stands, to compute with; ``None`` while fewer than two are chosen."""
        if len(self.goals) < 2:
            return None
        inside = {pair: s for pair, s in self._by_pair().items() if {*pair} <= {*self.goals}}
        return scored(self.goals, inside)

    def sentence(self) -> str:
        """Return what the table says: who gives and gets most, the loops, what turns."""
        found = self.interactions
        return found.describe() if found else _NOT_YET

    def still(self) -> str:
        """Return the table and its map; an empty one can be printed and filled in."""
        found = self.interactions
        if not found:
            listed = "".join(f"<li>{escape(title)}</li>" for title in GOALS.values())
            return f"<p>{_NOT_YET}</p><ol>{listed}</ol>"
        return f"{_table(found)}<p>{escape(self.sentence())}</p>{_map(found)}"

    def save(self, path: str | Path) -> Path:
        """Write the table to an HTML file in which others can score theirs."""
        return write_page(self, path, "How goals act on each other")

    def _by_pair(self) -> dict[tuple[int, int], int]:
        split = {pair: pair.split(",") for pair in self.scores}
        return {(int(a), int(b)): self.scores[pair] for pair, (a, b) in split.items()}

    def _tell(self) -> None:
        found = self.interactions
        self.told = {
            "of": _key(self.goals, self.scores),
            "sentence": self.sentence(),
            "map": _map(found) if found else "",
        }


def _fits(pair: object, score: object) -> bool:
    """Say whether a pair with its score is one that the table can hold."""
    numbers = str(pair).split(",")
    known = len(numbers) == 2 and all(n.isdecimal() and int(n) in GOALS for n in numbers)
    return known and numbers[0] != numbers[1] and type(score) is int and score in SCALE


def _key(goals: Sequence[int], scores: Mapping[str, int]) -> str:
    """Return what sentences and map belong to, in the words of the page."""
    inside = [f"{a},{b}:{scores.get(f'{a},{b}', 0)}" for a in goals for b in goals if a != b]
    return " ".join([*map(str, goals), "|", *inside])


def _pairs(table: Interactions) -> dict[tuple[int, int], int]:
    return {
        (a, b): score
        for a, row in zip(table.goals, table.table, strict=True)
        for b, score in zip(table.goals, row, strict=True)
        if score
    }


@lru_cache(maxsize=64)
def _map(table: Interactions) -> str:
    """Return the map, where anything is scored; its words say which loops there are.

    Laying it out takes a second or more, so that a table which comes again is not drawn again.
    """
    return html_of(table.diagram()) if _pairs(table) else ""


def _table(table: Interactions) -> str:
    """Return the scores and sums as a plain HTML table."""
    gives, gets = table.gives(), table.gets()
    head = "".join(f'<th scope="col" style="{_CELL}">on {goal}</th>' for goal in table.goals)
    rows = []
    for goal, row in zip(table.goals, table.table, strict=True):
        cells = "".join(
            f'<td style="{_CELL}">{"" if other == goal else signed(score)}</td>'
            for other, score in zip(table.goals, row, strict=True)
        )
        title = f'<th scope="row" style="{_CELL};text-align:left">{goal} {escape(GOALS[goal])}</th>'
        rows.append(f'<tr>{title}{cells}<td style="{_CELL}">{signed(gives[goal])}</td></tr>')
    last = "".join(f'<td style="{_CELL}">{signed(gets[goal])}</td>' for goal in table.goals)
    return (
        '<table style="border-collapse:collapse"><caption>What more of the goal in a row does to '
        f'the goal in a column</caption><thead><tr><td style="{_CELL}"></td>{head}'
        f'<th scope="col" style="{_CELL}">gives</th></tr></thead><tbody>{"".join(rows)}'
        f'<tr><th scope="row" style="{_CELL};text-align:left">gets</th>{last}'
        f'<td style="{_CELL}"></td></tr></tbody></table>'
    )


def signed(score: int) -> str:
    """Return a score with its sign, as print has it: +2, −1, 0."""
    return f"{score:+d}".replace("-", "−") if score else "0"
