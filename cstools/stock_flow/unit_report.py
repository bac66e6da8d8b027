"""What a check of units found: a list to read, and to count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from textwrap import shorten

from cstools.equations.tokens import show

UNREADABLE, CLASH, BARE, UNSAID = "unreadable", "does not fit", "bare number", "not said"
_CELL = "text-align:left;vertical-align:top;padding:.25em .8em .25em 0"
_CAPTION = "text-align:left;padding-bottom:.5em"
_HERE = re.compile(r"\w+|.", re.DOTALL)
_MOST_UNSAID, _WIDEST = 12, 100


@dataclass(frozen=True)
class Finding:
    """What is the matter with the units of one part: its first cause, and what to do.

    Attributes
    ----------
    part : str
        The part's name; the model's, where it is the time.
    kind : str
        ``"stock"``, ``"flow"`` …, or ``"model"``.
    what : str
        ``"does not fit"``, ``"unreadable"``, ``"bare number"`` for a number without units that is
        added to something that has some, or ``"not said"``, which is no mistake.
    problem, advice : str
        What is the matter, with both sides named, and what to do.
    equation : str
        The text in which it is; empty when it is in none.
    at : int or None
        Where in that text; ``None`` for the whole of it.
    inferred : str
        For units not said: what they have to be, where the rest of the model tells.
    """

    part: str
    kind: str
    what: str
    problem: str
    advice: str
    equation: str = ""
    at: int | None = None
    inferred: str = ""

    def __str__(self) -> str:
        where, lesson = f"{self.kind} '{self.part}'", f"{self.problem}; {self.advice}"
        if self.equation and self.at is not None:
            return str(show(where, lesson, self.equation, self.at))
        text = shorten(self.equation, _WIDEST, placeholder=" …")
        return f"{where}: {lesson}" + (f"\n    {text}" if text else "")


@dataclass(frozen=True, repr=False)
class UnitReport:
    """The units of a model, held against its equations.

    Attributes
    ----------
    title : str
        The model's name.
    findings : tuple of Finding
        One for each part that has one, in the order of the parts.
    said : int
        How many parts say their units.

    Notes
    -----
    Units that fit do not make an equation right, and a missing factor of 1000 is not found.
    """

    title: str
    findings: tuple[Finding, ...]
    said: int

    @property
    def consistent(self) -> bool:
        """Whether nothing is wrong with the units that are said; some may be left unsaid."""
        return not self.wrong

    @property
    def wrong(self) -> tuple[Finding, ...]:
        """What does not fit, cannot be read, or is a bare number."""
        return tuple(finding for finding in self.findings if finding.what != UNSAID)

    @property
    def unsaid(self) -> tuple[Finding, ...]:
        """The parts that do not say their units."""
        return tuple(finding for finding in self.findings if finding.what == UNSAID)

    def summary(self) -> str:
        """Return the result in one sentence."""
        if not self.said:
            return (
                f"No part of '{self.title}' says its units, so there is nothing to compare; "
                "say them as units='people'."
            )
        if not self.wrong:
            fit = "fit together" if self.said > 1 else "are said by one part alone"
            return f"The units of '{self.title}' {fit}{self._but_unsaid()}."
        count = len(self.wrong)
        if all(finding.what == BARE for finding in self.wrong):
            adds = "one part adds a number" if count == 1 else f"{count} parts add numbers"
            return f"The units of '{self.title}' fit together, but {adds} without units."
        parts = "one part does" if count == 1 else f"{count} parts do"
        return f"The units of '{self.title}' do not fit together yet: {parts} not fit."

    def _but_unsaid(self) -> str:
        count = len(self.unsaid)
        if not count:
            return ""
        return "; one part does not say any" if count == 1 else f"; {count} parts do not say any"

    def not_said(self) -> str:
        """Return the parts that do not say their units in one sentence, or an empty string."""
        told = [
            ("its time" if f.kind == "model" else f"'{f.part}'")
            + (f" ({_would_be(f.inferred)})" if f.inferred else "")
            for f in self.unsaid[:_MOST_UNSAID]
        ]
        if len(self.unsaid) > _MOST_UNSAID:
            told.append(f"{len(self.unsaid) - _MOST_UNSAID} more")
        return f"Units not said: {', '.join(told)}." if told and self.said else ""

    def __repr__(self) -> str:
        told = [self.summary(), *map(str, self.wrong), self.not_said()]
        return "\n\n".join(filter(None, told))

    def _repr_html_(self) -> str:
        summary, rest = escape(self.summary()), escape(self.not_said())
        head = _table(summary, self.wrong) if self.wrong else f"<p>{summary}</p>"
        return head + (f"<p>{rest}</p>" if rest else "")


def _would_be(inferred: str) -> str:
    return "a plain number" if inferred == "1" else f"{inferred} would fit"


def _table(caption: str, findings: tuple[Finding, ...]) -> str:
    heads = ("Part", "What does not fit", "What to do")
    head = "".join(f'<th scope="col" style="{_CELL}">{word}</th>' for word in heads)
    return (
        f'<table style="border-collapse:collapse"><caption style="{_CAPTION}">{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(map(_row, findings))}</tbody></table>"
    )


def _row(finding: Finding) -> str:
    problem = f"{escape(_sentence(finding.problem))}<br><code>{_marked(finding)}</code>"
    return (
        f'<tr><th scope="row" style="{_CELL};font-weight:normal">'
        f"{escape(finding.kind)} <b>{escape(finding.part)}</b></th>"
        f'<td style="{_CELL}">{problem if finding.equation else escape(_sentence(finding.problem))}'
        f'</td><td style="{_CELL}">{escape(_sentence(finding.advice))}</td></tr>'
    )


def _marked(finding: Finding) -> str:
    """Return the equation with the sign or word that does not fit marked."""
    text, at = finding.equation, finding.at
    here = _HERE.match(text, at) if at is not None else None
    if here is None:
        return escape(text)
    before, after = text[: here.start()], text[here.end() :]
    return f"{escape(before)}<mark>{escape(here.group())}</mark>{escape(after)}"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
