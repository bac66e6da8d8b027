from __future__ import annotations

from cstools.widgets.check_in import check_in
from cstools.widgets.part import LivePart
from cstools.widgets.practice_log import practice_log


def arriving() -> LivePart:
    return check_in()


def asked_by_a_notebook() -> LivePart:
    return check_in(
        "A room I walked into today: what was in it, and what was in me?",
        support="The counsellor is in room 12 until three.",
    )


def log() -> LivePart:
    return practice_log("three breaths before class")


PARTS = {"check-in": arriving, "check-in-support": asked_by_a_notebook, "practice-log": log}
