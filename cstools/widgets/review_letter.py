"""A letter about somebody's portfolio: a few questions, and the answers as one kind, definite page.

What is written stays in the page and in the kernel's memory; it is neither kept nor sent. Whoever
wrote it takes it along as a text, reads it once more, and gives it to whom it is for.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

import ipywidgets

from cstools.widgets.shown import show

_WIDE = ipywidgets.Layout(width="98%")
_SENTENCE = (
    "A letter about a portfolio. What you enter stays in this page and is gone when you leave it."
)
_ADVICE = (
    "Write to the person, not about them. What you leave empty is left out. There are no marks and "
    "no points."
)
_AS_A_BUTTON = "display:inline-block;padding:6px 14px;border:1px solid;border-radius:6px"


@dataclass(frozen=True)
class Prompt:
    """A question to the reader, and how an answer to it begins in the letter."""

    key: str
    title: str
    asks: str
    begins: str


#: What the programme's documents look at when a year ends, in questions of our own.
PROMPTS = (
    Prompt("stayed", "What stayed with me", "Which piece stayed with me, and which place in it?",
           "What stayed with me:"),
    Prompt("project", "The application project",
           "Your project: where do I see it in your daily work, and what is different there now?",
           "Of your project I saw:"),
    Prompt("others", "Others who learn",
           "Other people: where does somebody learn something with you, or from you?",
           "Who learns with you:"),
    Prompt("inside", "What you noticed in yourself",
           "You yourself: where do I hear what you noticed? Only what you chose to show.",
           "What I heard of you yourself:"),
    Prompt("fields", "The four fields of the mandala",
           "Practice, research, capacity building, community building: which do I see least?",
           "The field I saw least of:"),
    Prompt("suggestion", "One suggestion",
           "Small and definite: what, on which page, so that what becomes clearer?",
           "One thing you could try:"),
    Prompt("question", "One question", "And what am I truly curious about?", "And I wonder:"),
)  # fmt: skip


class ReviewLetter(ipywidgets.VBox):  # type: ignore[misc]
    """Questions about a portfolio, and the letter that comes of the answers.

    Attributes
    ----------
    fields : dict of str to ipywidgets.Textarea
        The answers, by the key of the prompt.
    """

    def __init__(self) -> None:
        self.name = ipywidgets.Text(description="Dear", placeholder="a first name", layout=_WIDE)
        self.fields = {one.key: _area(one) for one in PROMPTS}
        self.write = ipywidgets.Button(
            description="Make the letter", layout=ipywidgets.Layout(width="max-content")
        )
        self.shown, self.link = ipywidgets.HTML(), ipywidgets.HTML()
        parts: list[Any] = [ipywidgets.HTML(escape(_ADVICE)), self.name]
        for one in PROMPTS:
            parts += [_asked(one), self.fields[one.key]]
        parts += [self.write, self.shown, self.link]
        super().__init__(parts, layout=ipywidgets.Layout(max_width="760px"))
        self.write.on_click(lambda _: self.refresh())
        self._changed(lambda _: self._forget())

    def letter(self) -> str:
        """Return the letter as plain text; empty where nothing is answered."""
        said = [
            f"{one.begins}\n{self.fields[one.key].value.strip()}"
            for one in PROMPTS
            if self.fields[one.key].value.strip()
        ]
        if not said:
            return ""
        name = " ".join(self.name.value.split())
        return "\n\n".join([f"Dear {name}," if name else "Dear colleague,", *said]) + "\n"

    def refresh(self) -> None:
        """Show the letter, and a link to take it along."""
        text = self.letter()
        if not text:
            self._forget()
            self.shown.value = '<p role="status">Answer one of the questions first.</p>'
            return
        self.shown.value = (
            '<div role="status"><p>Read it once more, as the one who gets it.</p>'
            f'<blockquote style="white-space:pre-wrap">{escape(text)}</blockquote></div>'
        )
        data = b64encode(text.encode()).decode()
        self.link.value = (
            f'<a download="letter.txt" href="data:text/plain;charset=utf-8;base64,{data}" '
            f'style="{_AS_A_BUTTON}">Take the letter along</a>'
        )

    def __repr__(self) -> str:
        return _SENTENCE

    def _ipython_display_(self, **options: Any) -> None:
        still = f"<p>{escape(_SENTENCE)}</p>"
        show(self._repr_mimebundle_(**options), _SENTENCE, still, private=True)

    def _changed(self, call: Callable[[Any], None]) -> None:
        for field in (self.name, *self.fields.values()):
            field.observe(call, names="value")

    def _forget(self) -> None:
        """Take the old letter away: it no longer says what is written."""
        self.shown.value = self.link.value = ""


def review_letter() -> ReviewLetter:
    """Return a form for a letter about somebody's portfolio; nothing of it is kept."""
    return ReviewLetter()


def _area(prompt: Prompt) -> ipywidgets.Textarea:
    """Return a box with its label above it, so that the label is read aloud with it."""
    above = ipywidgets.Layout(width="98%", flex_flow="column", height="auto")
    return ipywidgets.Textarea(
        description=prompt.title, rows=2, layout=above, style={"description_width": "initial"}
    )


def _asked(prompt: Prompt) -> ipywidgets.HTML:
    return ipywidgets.HTML(f"<strong>{escape(prompt.asks)}</strong>")
