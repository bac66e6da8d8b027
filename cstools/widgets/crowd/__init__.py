"""A crowd as a picture that moves: people who listen or join, round by round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import traitlets

from cstools.causal_loops.checked import as_whole
from cstools.errors import ModelError, shown
from cstools.facets.others.crowd_pictures import person_size
from cstools.facets.others.listening import Listening
from cstools.facets.others.thresholds import Thresholds
from cstools.on_demand import numpy as np
from cstools.widgets.assets import script, style
from cstools.widgets.page import write_page
from cstools.widgets.part import LivePart, html_of

MOST_PEOPLE = 300


class LiveCrowd(LivePart):
    """People who change round by round, to be watched, stepped through and changed by hand.

    Attributes
    ----------
    values : list
        What each person begins with: a first opinion, or a threshold. The page changes it, and so
        can Python.
    round : int
        The round that is shown.
    chosen : int
        The person who is looked at, counted from 1; 0 is nobody.
    sketched : list of [round, value]
        What was drawn beforehand; it lies over the curve, and follows the sketch.
    """

    _esm = script("crowd/crowd.js")
    _css = style(
        *("explorer/explorer.css", "explorer/parts.css"),
        *("loop_player/loop_player.css", "crowd/crowd.css"),
    )
    payload = traitlets.Dict().tag(sync=True)
    values = traitlets.List().tag(sync=True)
    round = traitlets.Int(0).tag(sync=True)
    chosen = traitlets.Int(0).tag(sync=True)
    sketched = traitlets.List().tag(sync=True)

    def __init__(self, crowd: Listening | Thresholds, page: Mapping[str, Any]) -> None:
        self._begun = crowd
        super().__init__(payload=dict(page), values=_values(crowd))

    @property
    def crowd(self) -> Listening | Thresholds:
        """The people as they are now, with whatever was changed by hand."""
        begun, values = self._begun, list(self.values)
        if isinstance(begun, Listening):
            return begun.starting(values)
        return begun.needing(values)

    def sentence(self) -> str:
        """Return what has happened by the round that is shown, and where it ends."""
        crowd = self.crowd
        return f"{crowd.said(self._shown(crowd))} {crowd.outlook()}"

    def still(self) -> str:
        """Return the people and their curve in the round that is shown."""
        crowd = self.crowd
        return html_of(crowd.plot(self._shown(crowd)))

    def save(self, path: str | Path) -> Path:
        """Write the crowd to an HTML file that moves and can be changed without a kernel."""
        return write_page(self, path, str(self.payload["name"]))

    def _shown(self, crowd: Listening | Thresholds) -> int:
        return min(int(self.round), len(crowd.rounds) - 1)

    @traitlets.validate("values")  # type: ignore[untyped-decorator]
    def _known_values(self, proposal: Mapping[str, Any]) -> list[float]:
        values = list(proposal["value"])
        if isinstance(self._begun, Listening):
            return list(self._begun.starting(values).first)
        return list(self._begun.needing(values).needs)

    @traitlets.validate("round")  # type: ignore[untyped-decorator]
    def _known_round(self, proposal: Mapping[str, Any]) -> int:
        return as_whole(proposal["value"], "round", 0, 10_000)

    @traitlets.validate("chosen")  # type: ignore[untyped-decorator]
    def _known_person(self, proposal: Mapping[str, Any]) -> int:
        return as_whole(proposal["value"], "chosen", 0, self._begun.network.people)


def crowd(people: Any, sketch: Any = None) -> LiveCrowd:
    """Return people who listen, or who join, as a picture that moves; see :class:`LiveCrowd`.

    Parameters
    ----------
    people
        What :func:`cstools.facets.others.listening` or :func:`cstools.facets.others.thresholds`
        returns.
    sketch
        A sketch of how many will have joined by which round, to lie over the curve.

    Raises
    ------
    ModelError
        When it is something else, or there are more than 300 people: a picture of them would show
        nobody.

    Notes
    -----
    It can mislead like every moving picture: rounds look like moments, and a circle like a person.
    """
    if not isinstance(people, Listening | Thresholds):
        known = "facets.others.listening() or facets.others.thresholds()"
        raise ModelError(f"a crowd is made by {known}; this is {shown(people)}")
    if people.network.people > MOST_PEOPLE:
        raise ModelError(
            f"there are {people.network.people} people, and a moving picture shows at most "
            f"{MOST_PEOPLE}; what happens is in .rounds and .describe()"
        )
    part = LiveCrowd(people, _page_of(people, sketch))
    if hasattr(sketch, "points"):
        part.sketched = _points(sketch.points)
    if hasattr(sketch, "observe"):
        sketch.observe(lambda change: setattr(part, "sketched", _points(change["new"])), "points")
    return part


def _points(drawn: Sequence[Sequence[float]]) -> list[list[float]]:
    return [[float(time), float(value)] for time, value in drawn]


def _values(crowd: Listening | Thresholds) -> list[float]:
    return list(crowd.first if isinstance(crowd, Listening) else crowd.needs)


def _page_of(crowd: Listening | Thresholds, sketch: Any) -> dict[str, Any]:
    """Return what the page is told of a crowd, as plain values."""
    net = crowd.network
    both = {
        "kind": crowd.kind,
        "hears": [] if net.everybody else [list(heard) for heard in net.hears],
        "people": net.people,
        "everybody": net.everybody,
        "places": [[round(x, 4), round(y, 4)] for x, y in net.places],
        "size": round(person_size(np.array(net.places)), 4),
        "links": [] if net.everybody else [[i, j, both] for i, j, both in net.links],
        "first": _values(crowd),
        "sketchStop": float(sketch.grid()["stop"]) if hasattr(sketch, "grid") else 0.0,
    }
    if isinstance(crowd, Thresholds):
        ends = [0, net.people if net.everybody else 100]
        return {
            **both,
            "name": f"Who joins? {net.people} people, {_where(net.name)}",
            "between": ends,
            "units": crowd.unit,
            "horizon": len(crowd.rounds) - 1,
        }
    influence = crowd.influence
    return {
        **both,
        "name": f"Listening: {net.people} people, {_where(net.name)}",
        "between": list(crowd.between),
        "units": crowd.units,
        "horizon": crowd.last_round,
        "weights": [
            [[int(j), float(row[j])] for j in np.flatnonzero(row)] for row in crowd.weights
        ],
        "influence": None if influence is None else [float(share) for share in influence],
        "tail": crowd.counting(),
    }


_WHERE: Mapping[str, str] = {
    "everybody": "each sees all others",
    "two camps": "two camps",
    "karate club": "a karate club",
    "network": "a network",
}


def _where(name: str) -> str:
    return _WHERE.get(name, f"a {name}")


__all__: Sequence[str] = ["LiveCrowd", "crowd"]
