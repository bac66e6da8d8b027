"""What the page of a loop player is told when a variable is pressed: every way to move the map."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from cstools.causal_loops.motion import fuzzy, pulse, relations, together
from cstools.causal_loops.motion.course import grouped
from cstools.causal_loops.motion.draws import FEWEST_KEPT, Draws
from cstools.causal_loops.motion.endings import MEANING
from cstools.causal_loops.motion.fuzzy import FuzzyMap
from cstools.causal_loops.motion.press import Press
from cstools.causal_loops.motion.pulse import PulseProcess
from cstools.causal_loops.motion.relations import Relations, level_words
from cstools.causal_loops.motion.signed import SignedMap
from cstools.causal_loops.parts import Link
from cstools.errors import CstoolsError
from cstools.on_demand import numpy as np
from cstools.plotting.tables import percent
from cstools.plotting.words import number
from cstools.widgets.loop_player.compared import ARROW, capital, cell, compared
from cstools.widgets.loop_player.ways import COMPARE

_FEWEST_STEPS, _MOST_STEPS = 6, 24


def moved(map_: SignedMap, links: Sequence[Link], pressed: str, up: bool) -> dict[str, Any]:
    """Return what each way says when one variable is pressed, as plain values.

    ``error`` is a sentence, where none of them can be asked; otherwise it is empty.
    """
    said: dict[str, Any] = {"pressed": pressed, "up": up, "error": "", "ways": {}}
    try:
        motions = together.together(map_, links, {pressed: 1 if up else -1})
    except CstoolsError as error:
        return {**said, "error": str(error)}
    ways = {
        way: _TELLING[way](motions.results[way], motions.answers[way], pressed, up)
        for way in motions.answers
    }
    return {**said, "ways": {**ways, COMPARE: compared(motions)}}


def _pulse(found: PulseProcess, marks: Sequence[str], *_: Any) -> dict[str, Any]:
    values = found.values[: _MOST_STEPS + 1]
    most = np.maximum.accumulate(np.abs(values).max(axis=1)).clip(1)
    said = found.describe().removesuffix(f" {pulse.ASSUMES}")
    return _course(said, values / most[:, None], values, _signed, marks)


def _fuzzy(found: FuzzyMap, marks: Sequence[str], *_: Any) -> dict[str, Any]:
    values = found.values[: _shown(found.ending.since, found.ending.period)]
    apart = values - found.values[0]
    head = f"Fuzzy cognitive map ({found.rule}, {found.squash}), {found.pressed}, held so."
    said = _held(found.pressed, found.describe(), head, fuzzy.ASSUMES)
    return _course(said, apart / max(np.abs(apart).max(), 1e-9), values, _level, marks)


def _in_words(found: Relations, marks: Sequence[str], *_: Any) -> dict[str, Any]:
    values = found.values[: _shown(found.ending.since, found.ending.period)]
    head = f"Relations in words, {found.pressed}, held so."
    said = _held(found.pressed, found.describe(), head, relations.ASSUMES)
    return _course(said, values, values, level_words, marks)


def _press(found: Press, marks: Sequence[str], pressed: str, up: bool) -> dict[str, Any]:
    answers = found.of(pressed, up)
    said = " ".join(filter(None, [repr(answers), found.note]))
    cells = [answer.mark if answer.mark != "?" else cell("?") for answer in answers]
    size = {"sure": 1.0, "likely": 0.6}
    badges = [
        [answer.sign * size.get(answer.certainty, 0.0), mark]
        for answer, mark in zip(answers, marks, strict=True)
    ]
    rows = [[answer.who, cell] for answer, cell in zip(answers, cells, strict=True)]
    return {"lines": [said], "heads": ["Variable", "In the end"], "rows": rows, "badges": badges}


def _draws(found: Draws, marks: Sequence[str], pressed: str, up: bool) -> dict[str, Any]:
    column = found.variables.index(pressed)
    shares = found.rising[:, column], found.falling[:, column]
    higher, lower = shares if up else shares[::-1]
    rows = [
        [name, percent(one) if found.kept else "–", percent(two) if found.kept else "–", cell(m)]
        for name, one, two, m in zip(found.variables, higher, lower, marks, strict=True)
    ]
    heads = ["Variable", "↑ higher in", "↓ lower in", "Nearly always (95%)"]
    badges = [[ARROW.get(mark, 0.0), mark] for mark in marks]
    first = f"{capital(grouped(found.variables, marks, MEANING))}."
    return {"lines": [first, _thrown(found)], "heads": heads, "rows": rows, "badges": badges}


def _held(pressed: str, said: str, head: str, assumes: str) -> str:
    """Return what a way says without the name of its engine, and without its small print."""
    rest = said.removeprefix(head).removesuffix(f" {assumes}").strip()
    return f"{capital(pressed)}, and held there. {rest}"


def _thrown(found: Draws) -> str:
    """Return how many maps the dice made, and of how many it is told."""
    late = f" Time ran out before all {found.asked:,} were made." * (found.draws < found.asked)
    made = f"Dice gave the links their strengths, {found.draws:,} times.{late}"
    if not found.kept:
        return f"{made} In none of these maps does the balance hold, so there is no answer."
    few = " Few are left: read the shares with care." * (found.kept < FEWEST_KEPT)
    return f"{made} In {found.kept:,} of these maps the balance holds; only they are counted.{few}"


_TELLING: dict[str, Callable[..., dict[str, Any]]] = {
    "one pulse": _pulse,
    "fuzzy map": _fuzzy,
    "in words": _in_words,
    "press": _press,
    "random strengths": _draws,
}


def _course(
    said: str,
    shares: np.ndarray,
    values: np.ndarray,
    words: Callable[[float], str],
    marks: Sequence[str],
) -> dict[str, Any]:
    """Return a motion step by step: how far each variable stands from its beginning, and in words.

    ``shares`` go from −1 to 1, ``(steps, variables)`` as ``values`` do.
    """
    # Only what is shown can be stepped through; the sentence may tell of later.
    last = len(values) - 1
    if last == _MOST_STEPS:
        said += f" Steps 0 to {last} are shown here."
    return {
        "lines": [said],
        "shares": np.round(shares, 3).tolist(),
        "cells": [[words(float(value)) for value in row] for row in values],
        "ends": [cell(mark) for mark in marks],
    }


def _shown(since: int, period: int) -> int:
    """Return how many rows to show of a course: until shortly after it has settled."""
    return 1 + min(_MOST_STEPS, max(_FEWEST_STEPS, since + max(2 * period, 2)))


def _signed(value: float) -> str:
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{number(abs(value))}"


def _level(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")
