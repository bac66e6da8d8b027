"""A check-in before the analysis: two minutes of noticing, private by construction.

It asks about body, heart and attention, offers a breath and a line for oneself, and every one of
them can be skipped. There is no score, and nothing in Python that could hold an answer.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from cstools.languages import spoken
from cstools.widgets.assets import script, style
from cstools.widgets.check_in.words import FIGURE, PACES, Step, lead, signpost, steps, told
from cstools.widgets.page import write_page
from cstools.widgets.private import PrivatePart, paper, words_of


def check_in(prompt: str = "", support: str = "") -> CheckIn:
    """Return a check-in, to be the last line of a cell.

    What is entered never reaches Python: it is in the memory of the page, and gone with it. The
    two texts given here are the author's, and stand in the notebook like the rest of its code.

    Parameters
    ----------
    prompt
        The notebook's own question, for the line at the end.
    support
        Where people can turn to at this school or place, in a sentence or two; it is added to
        the line that says that nobody need carry a hard day alone.

    Raises
    ------
    DataError
        When one of them is no text, or a long one.
    """
    question = words_of(prompt, 'check_in("A room I walked into today")')
    where = words_of(support, 'check_in(support="The counsellor is in room 12 until three.")')
    return CheckIn(question, where)


class CheckIn(PrivatePart):
    """A few gentle questions, a breath and a line for oneself; no attribute holds an answer."""

    _esm = script("check_in/check_in.js")
    _css = style("check_in/check_in.css")

    def __init__(self, prompt: str = "", support: str = "") -> None:
        self._asked = steps(prompt)
        self._support = support
        super().__init__(payload=told(prompt, support))

    def sentence(self) -> str:
        """Return what it is, and where what one enters stays."""
        return spoken(
            "A check-in. What you enter stays in this page and is gone when you leave it."
        )

    def still(self) -> str:
        """Return the questions as text and a figure to draw on, for paper."""
        asked = "".join(_on_paper(step) for step in self._asked)
        last = f"{signpost()} {self._support}".strip()
        body = (
            f'<p style="margin:0 0 6px">{escape(lead())}</p><ol style="margin:0;padding-left:22px">'
            f'{asked}</ol><p style="margin:10px 0 0">{escape(last)}</p>'
        )
        paper_is_yours = spoken("On paper, it is yours to keep or to tear up.")
        return paper(spoken("Check-in"), body, f"{self.sentence()} {paper_is_yours}")

    def save(self, path: str | Path) -> Path:
        """Write an empty check-in to an HTML file; what somebody entered here is not in it."""
        return write_page(self, path, spoken("Check-in"))


def _on_paper(step: Step) -> str:
    words = " · ".join(option.word for option in step.options)
    if step.look == "breath":
        words = " · ".join(
            spoken("in while you count to {count}, out to {more}", count=into, more=out)
            for into, out in PACES
        )
    choices = f"<br>{escape(words)}" if words else ""
    figure = _figure() if step.look == "figure" else ""
    return (
        f'<li style="margin:8px 0"><strong>{escape(step.question)}</strong><br>'
        f"{escape(step.hint)}{choices}{figure}</li>"
    )


def _figure() -> str:
    """Return the outline of a person to draw on."""
    parts = "".join(
        f'<path d="{path}" fill="none" stroke="#d3dbe2" stroke-width="{width}" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
        if width
        else f'<path d="{path}" fill="#d3dbe2"/>'
        for path, width in FIGURE
    )
    outline = spoken("The outline of a person, to draw on")
    return (
        '<br><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 232" width="96" height="186" '
        f'role="img" aria-label="{escape(outline)}">{parts}</svg>'
    )
