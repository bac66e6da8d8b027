"""A practice log: done or not done, marked by the learner's own hand, and kept by nobody else.

It counts days and nothing about anybody's health. It finds no streak: a missed day is only a
missed day.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from cstools.widgets.assets import script, style
from cstools.widgets.page import write_page
from cstools.widgets.private import PrivatePart, paper, words_of

_NOTHING = "Nothing you mark here is kept. It is gone when you"
_ALONG = (
    "To go on another day, copy the line below, and bring it back then. Whoever "
    "can see your screen can see it too."
)
KEPT = f"{_NOTHING} leave the page or run the cell again. {_ALONG}"
KEPT_ALONE = f"{_NOTHING} close this page or load it again. {_ALONG}"
MISSED = "A missed day is only a missed day."
STUDY = (
    "In one study, 96 volunteers took up a small daily act of eating, drinking or moving. Missing "
    "it once made no real difference to how the habit formed, and people differed widely in how "
    "long it took (Lally and colleagues, 2010). That is no rule for your practice."
)
_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_CELL = "border:1px solid #8a96a3;width:34px;height:30px;text-align:center;padding:0"


def practice_log(practice: str = "") -> PracticeLog:
    """Return a log of days on which a practice was done, to be the last line of a cell.

    The marks never reach Python: they are in the memory of the page, and gone with it. The count
    leaves the page only as a line of text, when the learner copies it or downloads it.

    [LallyvanJaarsveldPottsWardle2010]_ is the source of what the page says about missed days: one
    missed occasion did not materially affect how a habit formed, in 96 volunteers with a daily
    act of eating, drinking or activity, by their own report. It bears nothing beyond that.

    Parameters
    ----------
    practice
        What is practised, ``"three breaths before class"``. It stands in the notebook like all
        code; leave it out to name the practice in the page, where it is private.

    Raises
    ------
    DataError
        When it is no text, or a long one.
    """
    return PracticeLog(words_of(practice, 'practice_log("three breaths before class")'))


class PracticeLog(PrivatePart):
    """Days as marks for a week or a month, and their count; no attribute holds a mark."""

    _esm = script("practice_log/practice_log.js")
    _css = style("practice_log/practice_log.css")

    def __init__(self, practice: str = "") -> None:
        super().__init__(
            payload={
                "practice": practice,
                "kept": KEPT,
                "keptAlone": KEPT_ALONE,
                "missed": MISSED,
                "study": STUDY,
            }
        )

    def sentence(self) -> str:
        """Return what it is, and where the marks stay."""
        practice = self.payload["practice"]
        named = f" for “{practice}”" if practice else ""
        return (
            f"A practice log{named}. What you mark stays in this page and is gone when you "
            "leave it."
        )

    def still(self) -> str:
        """Return four weeks of empty boxes, to be ticked on paper."""
        practice = escape(self.payload["practice"] or "__________________________")
        head = "".join(f'<th scope="col" style="font-weight:400">{day}</th>' for day in _DAYS)
        week = "<tr>" + f'<td style="{_CELL}">&nbsp;</td>' * len(_DAYS) + "</tr>"
        body = (
            f'<p style="margin:0 0 6px">My practice: {practice}</p>'
            '<table style="border-collapse:collapse" aria-label="Four weeks to mark">'
            f"<thead><tr>{head}</tr></thead><tbody>{week * 4}</tbody></table>"
            '<p style="margin:8px 0 0">Done on ____ of ____ days. '
            f"{MISSED}</p>"
        )
        return paper("Practice log", body, self.sentence())

    def save(self, path: str | Path) -> Path:
        """Write an empty log to an HTML file; what somebody marked here is not in it."""
        return write_page(self, path, "Practice log")
