"""What a diary may hold, as a table for whoever writes one."""

from __future__ import annotations

from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.basics.ways import WAYS
from cstools.cohorts.decided.steps import STEPS
from cstools.cohorts.decided.taking_back import NOTED


def diary_steps() -> Table:
    """Return every step that a diary may hold, with what is told of it.

    A diary is a TOML file; ``[[decided]]`` stands before each entry, with ``on`` (its day),
    ``what`` (its step) and the keys that are told here. :meth:`Cohort.decide` does what it says.
    Beside each step stands what does the same in Python and on the command line.
    """
    rows = []
    for name, step in STEPS.items():
        asked = [key for key in step.keys if key not in step.may]
        told = (", ".join(asked) or "–", ", ".join(step.may) or "–")
        rows.append((name, *told, f"{WAYS[name].method}()", WAYS[name].command))
    notes = [
        'Every entry has its day and its step: on = 2026-05-19, what = "give seats".',
        "by is the role of whoever decides, why the reason; people stand by code: person is one, "
        'people are several, as people = ["P-…", "P-…"]. day is from when it holds, where that '
        "is another day than on.",
        "take back is told with number, or with wish and people. For what was noted by mistake it "
        f"is told with note ({', '.join(NOTED)}), and with about: its team and who, its id, or who "
        "it was of; day is that of the note, where it has one.",
    ]
    columns = ("what", "told with it", "and, where wanted", "in Python", "after cstools plan")
    return table("Steps of a diary", columns, rows, notes)
