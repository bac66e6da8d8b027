"""A curve over time, drawn with a few points and judged by its features.

Three features count: which way it goes, stretch by stretch; when it turns; where it ends. Exact
values do not. A sketch can be right in all three and still bend differently from the model.

Which way it goes is read as people read a hand-drawn line: a wobble smaller than a sixth of the
whole height is not a turn.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any

from cstools.languages import spoken
from cstools.learning.checks import Feedback, Outcome, feedback
from cstools.learning.kinds.kind import Kind, Misconception

Point = tuple[float, float]

#: A turn is a reversal of at least this part of the whole height.
_WOBBLE = 1 / 6
#: Two curves have one shape when, each scaled to its own height, they are on average this close.
_SAME_SHAPE = 0.12
#: Where between two points they are compared: never at a point, where a curve may jump.
_WITHIN = (1 / 6, 1 / 2, 5 / 6)
_FEWEST = 3
_MOST = 10_000


@dataclass(frozen=True)
class Features:
    """What a sketch shows: ``directions`` are ``"up"`` and ``"down"``, ``turns`` are times."""

    directions: tuple[str, ...]
    turns: tuple[float, ...]
    end: float


@dataclass(frozen=True)
class Sketch(Kind):
    """A sketch against time.

    ``points`` are (time, level) of a right sketch; ``turn_within`` is how far a turn may be off
    in time, ``level_within`` how far the last level may be off, in ``unit``. A grid to draw on
    goes up to ``highest`` and has ``count`` points.
    """

    points: tuple[Point, ...]
    turn_within: float
    level_within: float
    time: str = "time"
    level: str = "level"
    unit: str = ""
    highest: float = 0.0
    count: int = 9
    name = "sketch"

    @property
    def how(self) -> str:
        """Say how points are written."""
        return spoken(
            "Answer with five to seven points ({time}, {level}), "
            "for example [(0, 10), (5, 30), (10, 20)].",
            time=self.time,
            level=self.unit or self.level,
        )

    @property
    def solution(self) -> list[Point]:
        """The points of a right sketch."""
        return list(self.points)

    @property
    def shown_solution(self) -> str:
        """The points, and what they show."""
        points = ", ".join(f"({time:g}, {level:g})" for time, level in self.points)
        return f"{points}: {describe(features(self.points))}"

    def judge(self, answer: Any, misconceptions: Iterable[Misconception]) -> Feedback:
        """Compare features; a sketch in the shape of a misconception gets its feedback."""
        drawn = read_points(answer)
        if len(drawn) < _FEWEST:
            return feedback(Outcome.INCORRECT, _unreadable())
        shown, right = features(drawn), features(self.points)
        if shown.directions == right.directions:
            return self._details(shown, right)
        for one in misconceptions:
            if any(same_shape(drawn, curve) for curve in one.answers):
                return one.feedback()
        return feedback(
            Outcome.INCORRECT,
            spoken(
                "Your sketch {shape}. Go through it stretch by stretch: "
                "in each, does more come in than goes out, or less?",
                shape=describe(shown),
            ),
        )

    def _details(self, shown: Features, right: Features) -> Feedback:
        """Every stretch goes the right way: look at the turns and at the end."""
        pairs = zip(shown.turns, right.turns, strict=True)
        if any(abs(one - other) > self.turn_within for one, other in pairs):
            return feedback(
                Outcome.CLOSE,
                spoken(
                    "Every stretch goes the right way. Look again at the {time} at which it turns.",
                    time=self.time,
                ),
            )
        if abs(shown.end - right.end) > self.level_within:
            return feedback(
                Outcome.CLOSE,
                spoken(
                    "It goes the right way and turns at the right times. Look again at how high "
                    "it ends: add up what came in, take away what went out."
                ),
            )
        return feedback(Outcome.CORRECT, "")


def read_points(answer: Any) -> tuple[Point, ...]:
    """Return the points of a sketch in the order of time; points that are not numbers are left out.

    Reads a list of pairs, a dict from time to level, or anything with ``points``; a text is read
    as the numbers in it, two by two.
    """
    given = getattr(answer, "points", answer)
    if isinstance(given, str):
        given = _points_in_text(given)
    if isinstance(given, Mapping) or (hasattr(given, "items") and hasattr(given, "index")):
        given = given.items()  # a Series of pandas has its times as index
    points = []
    for pair in islice(given, _MOST):
        time, level = (float(value) for value in pair)
        if math.isfinite(time) and math.isfinite(level):
            points.append((time, level))
    return tuple(sorted(points, key=lambda point: point[0]))


def features(points: Sequence[Point], least: float = 0.0) -> Features:
    """Return the directions, turns and end of a curve; wobbles do not count.

    1. Take the height of the whole curve; a sixth of it is what a turn needs, and at least
       ``least``: beside a curve that is much taller, a ripple is level.
    2. Walk along, keeping the farthest point in the present direction.
    3. When the curve comes back from it by that much, the farthest point was a turn.
    """
    levels = [level for _, level in points]
    needed = max((max(levels) - min(levels)) * _WOBBLE, least)
    directions: list[str] = []
    turns: list[float] = []
    low = high = points[0]
    for point in points:
        direction = directions[-1] if directions else ""
        low = point if point[1] < low[1] or (direction == "down" and point[1] == low[1]) else low
        high = point if point[1] > high[1] or (direction == "up" and point[1] == high[1]) else high
        if direction != "up" and point[1] - low[1] > needed:
            turns += [low[0]] * bool(directions)
            directions.append("up")
            high = point
        elif direction != "down" and high[1] - point[1] > needed:
            turns += [high[0]] * bool(directions)
            directions.append("down")
            low = point
    return Features(tuple(directions), tuple(turns), points[-1][1])


def describe(shown: Features) -> str:
    """Say in words what a sketch does: ``rises, then falls``."""
    if not shown.directions:
        return spoken("stays level")
    ways = {"up": spoken("rises"), "down": spoken("falls")}
    return spoken(", then ").join(ways[way] for way in shown.directions)


def same_shape(one: Sequence[Point], other: Sequence[Point]) -> bool:
    """Say whether two curves, each scaled to its own height, run close to each other."""
    times = sorted({time for time, _ in (*one, *other)})
    between = [left + (right - left) * part for left, right in pairwise(times) for part in _WITHIN]
    if not between:
        return False
    gaps = [abs(_scaled(one, time) - _scaled(other, time)) for time in between]
    return sum(gaps) / len(gaps) < _SAME_SHAPE


def _scaled(points: Sequence[Point], time: float) -> float:
    """Return the level at a time, 0 at the lowest point of the curve and 1 at the highest."""
    levels = [level for _, level in points]
    height = max(levels) - min(levels)
    if not height:
        return 0.5
    return (level_at(points, time) - min(levels)) / height


def level_at(points: Sequence[Point], time: float) -> float:
    """Return the level at a time, on straight lines between points and flat beyond them."""
    if time <= points[0][0]:
        return points[0][1]
    for (start, low), (end, high) in pairwise(points):
        if start <= time <= end and end > start:
            return low + (high - low) * (time - start) / (end - start)
    return points[-1][1]


def _points_in_text(text: str) -> list[list[float]]:
    """Read ``0:100, 4:200``, ``(0, 100) (4, 200)``, ``(0; 1,5) (4; 2,5)``, two numbers by two.

    A comma between digits is a point only where semicolons stand between the numbers.
    """
    point = "[.,]" if ";" in text else r"\."
    found = re.findall(rf"-?\d+(?:{point}\d+)?", text.replace("−", "-"))
    numbers = [float(number.replace(",", ".")) for number in found]
    return [numbers[i : i + 2] for i in range(0, len(numbers) - 1, 2)]


def _unreadable() -> str:
    return spoken(
        "I cannot read a curve in this answer. Give at least three points, each a pair of numbers: "
        "[(0, 10), (5, 30), (10, 20)]."
    )
