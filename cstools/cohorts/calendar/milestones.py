"""The days on which projects and portfolios pass from one state to the next.

The documents state them in words, "before the year begins". Where the words fix a day it is
drawn; where they only bound it, it is drawn as a proposal or as a first possible day, and what
nobody has stated is said. A coordinator sets days under ``[project]`` and ``[portfolio]``, and
any others under ``[[milestones]]``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from cstools.cohorts.programmes.programme import Programme

Milestone = tuple[str, date, str, tuple[str, ...]]
"""Name, day, note, and what of it is only proposed."""
BEFORE, AFTER_FIRST = "before the year begins", "after the first workshop"
CLOSING = ("at the end of the year", "closing review, virtual")
REVIEWED = "Project reviewed, at the latest"
FROM_HERE = "Project can be finalised from here on"
FINALISED = "Project finalised, at the latest"
DUE, ASSESSED = "Portfolio handed in, at the latest", "Portfolio reviewed"


def milestones(programme: Programme) -> Iterator[Milestone]:
    """Return every milestone that has a day."""
    yield from _project(programme)
    yield from _portfolio(programme)
    for own in programme.facts.milestones:
        yield own.name, own.day, own.note or "", ()


def last_day_of_review(programme: Programme) -> date | None:
    """Return the last day on which a project is reviewed in time, where the words fix it."""
    before = BEFORE in (programme.facts.project.reviewed or "")
    return programme.first_day - timedelta(1) if before and programme.first_day else None


def _project(programme: Programme) -> Iterator[Milestone]:
    project = programme.facts.project
    if project.reviewed_by:
        yield REVIEWED, project.reviewed_by, "", ()
    elif day := last_day_of_review(programme):
        yield REVIEWED, day, _said(project.reviewed or ""), ()
    if project.finalised == AFTER_FIRST and (ends := _first_workshop_ends(programme)):
        yield FROM_HERE, ends, _said(project.finalised), ()
    if project.finalised_by:
        yield FINALISED, project.finalised_by, "", ()


def _portfolio(programme: Programme) -> Iterator[Milestone]:
    portfolio, last = programme.facts.portfolio, programme.last_day
    if portfolio.due:
        yield DUE, portfolio.due, "", ()
    if portfolio.review_on:
        yield ASSESSED, portfolio.review_on, "", ()
    elif portfolio.assessed in CLOSING and last:
        yield ASSESSED, last, _said(portfolio.assessed or ""), ("day",)


def _said(words: str) -> str:
    return f"'{words}' in the programme's documents."


def _first_workshop_ends(programme: Programme) -> date | None:
    workshops = programme.facts.workshops
    first = workshops[0] if workshops else None
    return first.ends.date() if first and first.ends else None


def open_milestones(programme: Programme) -> list[str]:
    """Return what the milestones still need, one sentence each."""
    project, portfolio = programme.facts.project, programme.facts.portfolio
    drawn = {name for name, *_ in milestones(programme)}
    told = []
    if project.reviewed and REVIEWED not in drawn:
        told.append(
            f"The day of '{project.reviewed}', when projects are reviewed, is not stated; write "
            "reviewed_by under [project]."
        )
    if project.finalised and not project.finalised_by:
        told.append(
            f"By when a project is finalised is not stated, only '{project.finalised}'; write "
            "finalised_by under [project]."
        )
    if portfolio.assessed and not portfolio.review_on:
        drawn_on = ", and drawn on the year's last day" if ASSESSED in drawn else ""
        told.append(
            f"The day of the portfolio's review, '{portfolio.assessed}', is not stated{drawn_on}; "
            "write review_on under [portfolio]."
        )
    return told
