"""What the page of a loop player is told when a variable is pressed: every way to move the map."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

from cstools.causal_loops.motion import draws, fuzzy, press, pulse, relations, signals, together
from cstools.causal_loops.motion.course import grouped
from cstools.causal_loops.motion.draws import Draws
from cstools.causal_loops.motion.endings import HIGHER, LOWER, MEANING, SAME
from cstools.causal_loops.motion.fuzzy import FuzzyMap
from cstools.causal_loops.motion.press import Press
from cstools.causal_loops.motion.pulse import PulseProcess
from cstools.causal_loops.motion.relations import Relations, level_words
from cstools.causal_loops.motion.signed import SignedMap
from cstools.causal_loops.motion.together import ALL, DIFFER, HELD, MORAL, NONE, SOME, Motions
from cstools.causal_loops.parts import Link
from cstools.errors import CstoolsError
from cstools.plotting.tables import percent
from cstools.plotting.words import number

STORY, COMPARE = "story", "compare"
WAYS = MappingProxyType(
    {
        STORY: ("Tell a loop", signals.ASSUMES),
        "one pulse": ("Pulse process: one push travels on", pulse.ASSUMES),
        "fuzzy map": ("Fuzzy map: levels squeezed between two ends", fuzzy.ASSUMES),
        "in words": ("Relations in words: a lot, a little", relations.ASSUMES),
        "press": ("Press prediction: a push that lasts", press.ASSUMES),
        "random strengths": ("Random strengths: drawn many times", draws.ASSUMES),
        COMPARE: ("Compare the ways", "Ways that agree can be wrong together: all of them believe "
                  "the signs, and that no link is missing."),
    }
)  # fmt: skip
_FEWEST_STEPS, _MOST_STEPS = 6, 24
_VERDICTS = {
    ALL: "all ways agree on",
    SOME: "those that can tell agree on",
    DIFFER: "they disagree on",
    NONE: "none can tell of",
}
_ARROW = {HIGHER: 1.0, LOWER: -1.0}


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
    return {**said, "ways": {**ways, COMPARE: _compared(motions)}}


def _compared(motions: Motions) -> dict[str, Any]:
    lines = [line for line in motions.describe().split("\n") if line != MORAL]
    rows, badges = [], []
    for row, (name, verdict) in enumerate(zip(motions.variables, motions.verdicts, strict=True)):
        marks = [own[row] for own in motions.answers.values()]
        definite = {mark for mark in marks if mark in (HIGHER, LOWER, SAME)}
        agreed = definite.pop() if len(definite) == 1 else ""
        rows.append([name, f"{verdict}: {MEANING[agreed]}" if agreed else verdict,
                     *(_cell(mark) for mark in marks)])  # fmt: skip
        badges.append([_ARROW.get(agreed, 0.0), "≠" if verdict == DIFFER else agreed or "?"])
    heads = ["Variable", "Together", *motions.answers]
    return {"lines": [_agreement(motions), *lines[1:]], "heads": heads, "rows": rows,
            "badges": badges}  # fmt: skip


def _agreement(motions: Motions) -> str:
    """Return on how many variables the ways agree, as the first thing to say."""
    count = {verdict: motions.verdicts.count(verdict) for verdict in (ALL, SOME, DIFFER, NONE)}
    told = [f"{word} {count[verdict]}" for verdict, word in _VERDICTS.items() if count[verdict]]
    many = len(motions.variables)
    told[0] += f" of {many} variable{'s' * (many != 1)}"
    return f"{_capital(motions.pressed)}: {'; '.join(told)}."


def _pulse(found: PulseProcess, marks: Sequence[str], *_: Any) -> dict[str, Any]:
    values = found.values[: _MOST_STEPS + 1]
    most = np.maximum.accumulate(np.abs(values).max(axis=1)).clip(1)
    said = found.describe().removesuffix(f" {pulse.ASSUMES}")
    return _course(said, values / most[:, None], values, _signed, marks)


def _fuzzy(found: FuzzyMap, marks: Sequence[str], *_: Any) -> dict[str, Any]:
    values = found.values[: _shown(found.ending.since, found.ending.period)]
    apart = values - found.values[0]
    said = found.describe().removesuffix(f" {fuzzy.ASSUMES}")
    return _course(said, apart / max(np.abs(apart).max(), 1e-9), values, _level, marks)


def _in_words(found: Relations, marks: Sequence[str], *_: Any) -> dict[str, Any]:
    values = found.values[: _shown(found.ending.since, found.ending.period)]
    said = found.describe().removesuffix(f" {relations.ASSUMES}")
    return _course(said, values, values, level_words, marks)


def _press(found: Press, marks: Sequence[str], pressed: str, up: bool) -> dict[str, Any]:
    answers = found.of(pressed, up)
    said = " ".join(filter(None, [repr(answers), found.note]))
    cells = [answer.mark if answer.mark != "?" else _cell("?") for answer in answers]
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
    said = found.describe().removesuffix(f" {draws.ASSUMES}")
    rows = [
        [name, percent(one) if found.kept else "–", percent(two) if found.kept else "–", _cell(m)]
        for name, one, two, m in zip(found.variables, higher, lower, marks, strict=True)
    ]
    heads = ["Variable", "↑ higher in", "↓ lower in", "In 95% of draws"]
    badges = [[_ARROW.get(mark, 0.0), mark] for mark in marks]
    first = f"{_capital(grouped(found.variables, marks, MEANING))}."
    return {"lines": [first, said], "heads": heads, "rows": rows, "badges": badges}


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
        "ends": [_cell(mark) for mark in marks],
    }


def _shown(since: int, period: int) -> int:
    """Return how many rows to show of a course: until shortly after it has settled."""
    return 1 + min(_MOST_STEPS, max(_FEWEST_STEPS, since + max(2 * period, 2)))


def _cell(mark: str) -> str:
    return "held by hand" if mark == HELD else f"{mark} {MEANING[mark]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _signed(value: float) -> str:
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{number(abs(value))}"


def _level(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")
