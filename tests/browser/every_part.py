"""One notebook with every live part that has a door, each in a cell as a person would write it."""

from __future__ import annotations

BEGIN = '''\
from cstools import CausalLoopDiagram, facets
from cstools.learning import load_set
from cstools.widgets.canvas import iceberg, ladder, mandala
from cstools.widgets.check_in import check_in
from cstools.widgets.goal_table import goal_table
from cstools.widgets.practice_log import practice_log
from cstools.widgets.sketch import sketch

pond = facets.world.shared_pond()
nights = CausalLoopDiagram("""
    stress -> sleep: -
    sleep -> stress: -
""", name="Nights")'''

SKETCH = """\
sketch("fish", stop=80, high=1000, units="tonnes", time_units="year",
       points=[(0, 900), (40, 500), (80, 100)])"""

#: Name → its cell, and where the page shows it.
PARTS = {
    "explorer": ("live = pond.explore()\nlive", ".cs-explorer"),
    "sketch": (SKETCH, ".cs-sketch"),
    "editor": ("nights.edit()", ".cs-editor"),
    "player": ("nights.play()", ".cs-player"),
    "iceberg": ('iceberg("Late again").add("events", "Monday: three late.")', ".cs-canvas"),
    "ladder": ('ladder("The boy at the window")', ".cs-canvas"),
    "mandala": ('mandala("Nobody manages a hard week alone")', ".cs-canvas"),
    "crowd": ('facets.others.listening("ring").watch()', ".cs-crowd"),
    "goals": ("goal_table([4, 13])", ".cs-goals"),
    "presenter": ("talk = pond.present()\ntalk", ".cs-presenter"),
    "notes": ("talk.notes", ".cs-notes-for-presenter"),
    "check-in": ("check_in()", ".cs-check-in"),
    "practice log": ('practice_log("three breaths")', ".cs-practice"),
    "rounds": ('pond.play_rounds({"Council": "cost of a boat"}, every=8)', ".cs-rounds"),
    "question": ('load_set("01-bathtub")["fullest"]', ".cs-question"),
}

CELLS = [BEGIN, *(cell for cell, _ in PARTS.values())]
WHERE = [where for _, where in PARTS.values()]
