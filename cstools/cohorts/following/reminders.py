"""Reminders, drafted and never sent: where somebody stands, kindly, in plain words.

A draft is about one participant or one team. It names people by code; with a reason, which is
logged, the written file has names and e-mails.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from cstools.cohorts.basics.people import Participant, reveal_all
from cstools.cohorts.basics.spreadsheet import write_rows
from cstools.cohorts.basics.tables import Table, card, table
from cstools.cohorts.following.owed import owed
from cstools.cohorts.following.standing import NO_BUDDY, Standing
from cstools.cohorts.teams.days import seated_members_on
from cstools.errors import DataError

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

HEAD = ("to", "about", "subject", "text")
_ASKED = ("owed", "missed")
_ISO = re.compile(r"\b\d{4}-\d\d-\d\d\b")


@dataclass(frozen=True)
class Reminder:
    """One draft: to whose codes, about which participant or team, and the text.

    ``asked`` says in a few words what it is about: ``project owed, calls missed``.
    """

    to: tuple[str, ...]
    about: str
    asked: str
    subject: str
    text: str


@dataclass(frozen=True)
class Reminders:
    """The drafts of one day. Nothing here sends anything; a person reads, changes and sends."""

    cohort: str
    on: date
    drafts: tuple[Reminder, ...]
    people: tuple[Participant, ...] = field(default=(), repr=False)
    for_you: tuple[str, ...] = ()  # what is the coordinator's to do, and reminds nobody else

    def __len__(self) -> int:
        return len(self.drafts)

    def write(self, path: str | Path, names_for: str = "") -> Path:
        """Write the drafts to an XLSX or CSV file, by code, and return its path.

        With a reason in ``names_for`` names stand in place of codes and an e-mail in *to*, which
        is logged.

        Raises
        ------
        DataError
            When names are asked for, and the cohort was read from a planner without them.
        """
        names, emails = self._named(names_for) if names_for else ({}, {})
        rows = [HEAD]
        for draft in self.drafts:
            to = ", ".join(emails.get(code, code) for code in draft.to)
            about = names.get(draft.about, draft.about)
            words = [_in_names(text, names) for text in (draft.subject, draft.text)]
            rows.append((to, about, words[0], words[1]))
        return write_rows(path, rows)

    def _named(self, reason: str) -> tuple[dict[str, str], dict[str, str]]:
        to = {code for draft in self.drafts for code in draft.to}
        people = [person for person in self.people if person.code in to]
        if people and not any(person.application.email for person in people):
            raise DataError(
                "names are kept in people.sqlite, and this cohort came without that file"
            )
        written = [person.application for person in people]
        texts = reveal_all([t for each in written for t in (each.name, each.email)], reason)
        codes = [person.code for person in people]
        return (
            dict(zip(codes, texts[::2], strict=True)),
            dict(zip(codes, texts[1::2], strict=True)),
        )

    def _table(self) -> Table:
        rows = [(draft.about, ", ".join(draft.to), draft.asked) for draft in self.drafts]
        title = f"{self.cohort}: reminders drafted on {self.on}"
        notes = [self._note(), *self.for_you]
        return table(title, ("about", "to", "what is asked"), rows, notes)

    def _note(self) -> str:
        many = "1 draft" if len(self) == 1 else f"{len(self)} drafts"
        return f"{many}. None is sent: read them, change them, send them yourself."

    def __repr__(self) -> str:
        first = ["", "The first of them:", "", self.drafts[0].text] if self.drafts else []
        return "\n".join([repr(self._table()), *first])

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        title = f"<p><strong>{escape(self.cohort)}: reminders drafted on {self.on}</strong></p>"
        notes = [f'<p class="cst-quiet">{escape(n)}</p>' for n in (self._note(), *self.for_you)]
        blocks = (_block(draft, opened=k == 0) for k, draft in enumerate(self.drafts))
        return {"text/plain": repr(self), "text/html": card(title, *notes, *blocks)}


def _block(draft: Reminder, *, opened: bool) -> str:
    """Return one draft as a part of a page that opens and closes."""
    state = " open" if opened else ""
    return (
        f"<details{state}><summary>{escape(draft.about)}: {escape(draft.asked)}</summary>"
        f'<p style="white-space:pre-line;padding-left:1em">{escape(draft.text)}</p></details>'
    )


def reminders(cohort: Cohort, on: date) -> Reminders:
    """Return a draft for each participant and team that something is owed or was missed by.

    A team's reminder goes to those who are in the team on that day. What waits for the
    coordinator (*open*) reminds nobody else; whoever has no buddy yet is told so in passing.
    """
    view = owed(cohort, on)
    found: dict[str, list[Standing]] = {}
    for each in view.standings:
        found.setdefault(each.who, []).append(each)
    people = {person.code for person in cohort.people}
    drafts = []
    for who, held in found.items():
        if any(each.state in _ASKED for each in held):
            to = (who,) if who in people else seated_members_on(cohort, who, on)
            drafts.append(_draft(cohort.name, on, who, to, held))
    return Reminders(cohort.name, on, tuple(drafts), cohort.people, view.in_no_team)


def _draft(
    cohort: str, on: date, who: str, to: Sequence[str], standings: Sequence[Standing]
) -> Reminder:
    whose = "you stand" if tuple(to) == (who,) else f"team '{who}' stands"
    lines = [f"Dear {_listed(to)},", "", f"This is where {whose} on {on.day} {on:%B %Y}."]
    kept = [each for each in standings if each.state == "kept"]
    if kept:
        lines += [
            "",
            f"In good order: {_listed([each.commitment.label for each in kept])}. Thank you.",
        ]
    asked = [each for each in standings if each.state == "owed"]
    if asked:
        lines += ["", "Still to do:", *(f"• {_asked(each)}" for each in asked)]
    missed = [each for each in standings if each.state == "missed"]
    if missed:
        lines += ["", "Missed, as far as we know:", *(f"• {_asked(each)}" for each in missed)]
        lines += ["A missed day cannot be done again, and we would like to hear how you are."]
    if any(each.short == NO_BUDDY for each in standings):
        lines += ["", "Your buddy is not found yet, and no check-in is asked of you until then."]
    lines += [
        "",
        "If something here is wrong, or hard to do just now, please write to us: we will look at "
        "it together.",
        "",
        f"The team of {cohort}",
    ]
    told = ", ".join(f"{each.commitment.label} {each.state}" for each in (*asked, *missed))
    return Reminder(tuple(to), who, told, f"{cohort}: where {whose}", "\n".join(lines))


def _asked(each: Standing) -> str:
    by = f" (by {each.by})" if each.by and each.state == "owed" else ""
    return _ISO.sub(_in_words, f"{each.commitment.label}: {each.told}{by}")


def _in_words(found: re.Match[str]) -> str:
    """Return a day as people write it in a letter: 8 September 2026."""
    day = date.fromisoformat(found[0])
    return f"{day.day} {day:%B %Y}"


def _listed(words: Sequence[str]) -> str:
    return " and ".join(
        part for part in (", ".join(words[:-1]), words[-1] if words else "") if part
    )


def _in_names(text: str, names: dict[str, str]) -> str:
    for code, name in names.items():
        text = text.replace(code, name)
    return text
