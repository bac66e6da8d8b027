from __future__ import annotations

from cstools import CausalLoopDiagram
from cstools.widgets.editor import edit
from cstools.widgets.part import LivePart

REWORK = """
schedule pressure -> overtime: +
overtime -> work done: +
work done -> work remaining: -
work remaining -> schedule pressure: +
overtime -> tiredness: + delayed   # weeks later
tiredness -> mistakes: +           # people slow down [source: Lyneis 2007]
mistakes -> work remaining: +
tiredness -> tiredness: -
loop burnout trap: overtime, tiredness, mistakes, work remaining, schedule pressure
self: tiredness
"""


def empty() -> LivePart:
    return edit(CausalLoopDiagram())


def rework() -> LivePart:
    return edit(CausalLoopDiagram(REWORK, name="Rework"))


PARTS = {"editor-empty": empty, "editor": rework}
