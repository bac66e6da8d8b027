"""Five ways to move one map beside each other: what is said of where they agree and where not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cstools.causal_loops.motion.endings import HIGHER, LOWER, MEANING, SAME, SWINGS, UNTOLD
from cstools.causal_loops.motion.press import Press
from cstools.causal_loops.motion.together import ALL, DIFFER, HELD, NONE, SOME, Motions
from cstools.plotting.tables import listed
from cstools.widgets.loop_player.ways import WAYS

_VERDICTS = {
    ALL: "all ways agree on",
    SOME: "those that can tell agree on",
    DIFFER: "they disagree on",
    NONE: "none can tell of",
}
ARROW = {HIGHER: 1.0, LOWER: -1.0}


def compared(motions: Motions) -> dict[str, Any]:
    """Return the ways side by side as plain values: what is said, a table, and the map's badges."""
    rows, badges = [], []
    for row, (name, verdict) in enumerate(zip(motions.variables, motions.verdicts, strict=True)):
        marks = [own[row] for own in motions.answers.values()]
        agreed = _agreed_mark(marks)
        rows.append([name, f"{verdict}: {MEANING[agreed]}" if agreed else verdict,
                     *(cell(mark) for mark in marks)])  # fmt: skip
        badges.append([ARROW.get(agreed, 0.0), "≠" if verdict == DIFFER else agreed or "?"])
    heads = ["Variable", "Together", *(WAYS[way].label for way in motions.answers)]
    terms = ["", "", *(WAYS[way].term for way in motions.answers)]
    return {
        "lines": _said(motions), "heads": heads, "terms": terms, "rows": rows, "badges": badges,
    }  # fmt: skip


def cell(mark: str) -> str:
    """Return what stands in a table for a mark."""
    return "held by hand" if mark == HELD else f"{mark} {MEANING[mark]}"


def capital(text: str) -> str:
    """Return a text as a sentence begins."""
    return text[:1].upper() + text[1:]


def _said(motions: Motions) -> list[str]:
    lines = [
        _in_numbers(motions),
        _agreement(motions, ALL, "All agree"),
        _agreement(motions, SOME, "Those that can tell agree"),
        *(_dispute(motions, name) for name in motions.disagreed),
        _untold(motions),
        _swings(motions),
        motions.doubt,
        *_of_the_press(motions),
    ]
    return [line for line in lines if line]


def _in_numbers(motions: Motions) -> str:
    """Return on how many variables the ways agree, as the first thing to say."""
    count = {verdict: motions.verdicts.count(verdict) for verdict in (ALL, SOME, DIFFER, NONE)}
    told = [f"{word} {count[verdict]}" for verdict, word in _VERDICTS.items() if count[verdict]]
    many = len(motions.variables)
    told[0] += f" of {many} variable{'s' * (many != 1)}"
    return f"{capital(motions.pressed)}: {'; '.join(told)}."


def _agreement(motions: Motions, verdict: str, beginning: str) -> str:
    groups: dict[str, list[str]] = {}
    for name in _with(motions, verdict):
        groups.setdefault(_agreed_mark(_marks(motions, name).values()), []).append(name)
    told = [f"{listed(groups[mark])} {MEANING[mark]}" for mark in MEANING if mark in groups]
    return f"{beginning}: {'; '.join(told)}." if told else ""


def _dispute(motions: Motions, name: str) -> str:
    groups: dict[str, list[str]] = {}
    for way, mark in _marks(motions, name).items():
        if mark not in (UNTOLD, SWINGS, HELD):
            groups.setdefault(mark, []).append(f"“{WAYS[way].label}”")
    told = [f"{MEANING[mark]} in {listed(groups[mark])}" for mark in MEANING if mark in groups]
    return f"They disagree on {name}: {'; '.join(told)}."


def _untold(motions: Motions) -> str:
    names = _with(motions, NONE)
    return f"None can tell: {listed(names)}." if names else ""


def _swings(motions: Motions) -> str:
    """Return what an answer counts as that is on both sides; empty where there is none."""
    some = any(SWINGS in marks for marks in motions.answers.values())
    return f"A way that says “{MEANING[SWINGS]}” ({SWINGS}) counts as one that cannot tell." * some


def _of_the_press(motions: Motions) -> list[str]:
    """Return what has to be known about the push that lasts."""
    found = motions.results.get("press")
    if not isinstance(found, Press):
        return []
    label = f"“{WAYS['press'].label}”"
    limits = f"In {label}, whatever the map lets grow freely is taken to fall back by itself."
    told = f"{label}: {found.note}" if found.obstacle or not found.complete else ""
    return [limits if found.self_limited else "", told]


def _with(motions: Motions, verdict: str) -> list[str]:
    pairs = zip(motions.variables, motions.verdicts, strict=True)
    return [name for name, own in pairs if own == verdict]


def _marks(motions: Motions, name: str) -> dict[str, str]:
    row = motions.variables.index(name)
    return {way: marks[row] for way, marks in motions.answers.items()}


def _agreed_mark(marks: Iterable[str]) -> str:
    """Return the one side that is named; empty where none is, or more than one."""
    definite = {mark for mark in marks if mark in (HIGHER, LOWER, SAME)}
    return definite.pop() if len(definite) == 1 else ""
