"""What the review shows: the panels, and how each attempt stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.basics.ways import by_diary
from cstools.cohorts.review.conflicts import STEP
from cstools.cohorts.review.steps import unit_of, units, without_team
from cstools.cohorts.review.values import FURTHER_WORK, KINDS, Panel, Review, standing

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

NO_PANELS = (
    f"No panels yet: name the faculty, then make panels {by_diary('faculty', 'assign panels')}."
)


def panels_table(cohort: Cohort) -> Table:
    """Return each panel, what it lacks, and why it is as it is; the load in a note."""
    review = cohort.review
    kinds = {each.id: each.kind for each in review.faculty}
    meet = any(panel.hours for panel in review.panels)
    rows = [
        (
            panel.of,
            *(_members(panel, kinds, kind) for kind in KINDS),
            "; ".join(panel.missing) or "–",
            *((panel.hours.removesuffix(" UTC") or "–",) if meet else ()),
            panel.reason,
        )
        for panel in review.panels
    ]
    meeting = ("can meet (UTC)",) if meet else ()
    head = (review.unit or "of", "programme", "outside", "missing", *meeting, "why")
    title = f"{cohort.name}: review panels"
    return table(title, head, rows, _panel_notes(cohort))


def review_table(cohort: Cohort) -> Table:
    """Return for everybody who is judged the last attempt and who signed what."""
    review = cohort.review
    unit = unit_of(cohort) if review.panels or review.attempts else None
    judged = list(units(cohort, unit)) if unit else []
    judged += [a.of for a in review.attempts if a.of not in judged]  # a team may be no more
    waiting = _not_with_the_panel(cohort)
    rows = [_attempt_row(review, of, waiting.get(of)) for of in dict.fromkeys(judged)]
    counts = Counter(row[1].partition(":")[0] for row in rows)
    note = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items()))
    notes = [note or NO_PANELS]
    columns = (unit or "of", "how it stands", "attempt", "handed in", "portfolio", "signed")
    notes += _only_noted(waiting)
    return table(f"{cohort.name}: review", columns, rows, [*notes, *_teamless(cohort)])


def _not_with_the_panel(cohort: Cohort) -> dict[str, date]:
    """Return by person or team the day of a portfolio that is noted in the year and not here."""
    review, found = cohort.review, {}
    for who, day in sorted(cohort.followed.portfolios.items()):
        mine = [a for a in review.attempts if who == a.of or who in a.members]
        last = review.standing_of(mine[-1]) if mine else None
        again = last and last.outcome == FURTHER_WORK and last.day and last.day < day
        if not mine or again:
            found[who] = day
    return found


def _only_noted(waiting: Mapping[str, date]) -> list[str]:
    if not waiting:
        return []
    told = ", ".join(f"{who} ({day})" for who, day in waiting.items())
    return [
        f"Noted in the year as handed in, and not with the panel: {told}. A panel reads what is "
        "handed in to the review: write it as a row 'portfolio' into the review's sheet too."
    ]


def _attempt_row(review: Review, of: str, noted: date | None) -> tuple[str, ...]:
    attempt = review.last_attempt(of)
    if attempt is None:
        told = f"not with the panel: noted in the year on {noted}" if noted else "nothing handed in"
        return (of, told, "–", "–", "–", "–")
    found = standing(attempt, review.signatures)
    told = found.outcome
    if noted:
        told += f": another portfolio is noted in the year on {noted}, and not with the panel"
    if found.waits_for:
        told += f": waits for {' and '.join(found.waits_for)} faculty"
    elif found.outcome == "not agreed":
        told += ": those who signed differ; talk, and let them sign again"
    ours = [s for s in review.signatures if (s.of, s.attempt) == (of, attempt.number)]
    signed = "; ".join(f"{s.faculty} ({s.kind}) {s.outcome}, {s.day}" for s in ours)
    digest = f"{attempt.portfolio[:8]}…"
    if any(
        a.portfolio == attempt.portfolio and a.number < attempt.number
        for a in review.attempts
        if a.of == of
    ):
        digest += ", the same files as before"
    return (of, told, str(attempt.number), str(attempt.day), digest, signed or "–")


def _members(panel: Panel, kinds: Mapping[str, str], kind: str) -> str:
    return ", ".join(id for id in panel.members if kinds[id] == kind) or "–"


def _panel_notes(cohort: Cohort) -> list[str]:
    review = cohort.review
    if not review.panels:
        return [NO_PANELS]
    loads = Counter(id for panel in review.panels for id in panel.members)
    told = ", ".join(f"{each.id} {loads[each.id]}" for each in review.faculty)
    notes = [f"Panels each sits on: {told}."] if told else []
    if short := [panel for panel in review.panels if panel.missing]:
        for lack, count in sorted(Counter(m for p in short for m in p.missing).items()):
            who = ", ".join(p.of for p in short if lack in p.missing)
            notes.append(f"{count} panel{'s' * (count > 1)}: {lack} ({who}).")
    notes += [
        f"Overruling {number}: {held.wish}, decided by the {held.by}; it costs {held.cost}."
        for number, held in enumerate(cohort.overruled, start=1)
        if held.step == STEP and held.cost and not held.taken_back
    ]
    return notes + _teamless(cohort)


def _teamless(cohort: Cohort) -> list[str]:
    left = without_team(cohort, cohort.review.unit) if cohort.review.unit else ()
    if not left:
        return []
    return [f"Teams are judged, and in no team are: {', '.join(left)}; give them a team."]
