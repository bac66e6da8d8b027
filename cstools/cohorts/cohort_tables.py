"""What a cohort shows: who may have a seat, who has one, the buddies, and how it stands."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.cohort_changes import buddies_moved, seats_moved
from cstools.cohorts.selection.decisions import OUTCOMES
from cstools.cohorts.selection.eligibility import spoken_priorities

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

GUESSABLE = (
    "The codes are made without a phrase of your own: whoever knows an e-mail address can work out "
    "its code."
)


def eligibility_table(cohort: Cohort) -> Table:
    """Return for each person whether a seat is possible, which priorities are met, and why."""
    facts = cohort.programme.facts
    rows = [
        (code, given.answer, spoken_priorities(facts, given.priorities), given.reason)
        for code, given in cohort.hall.verdicts().items()
    ]
    counts = Counter(row[1] for row in rows)
    note = ", ".join(f"{count} {answer}" for answer, count in sorted(counts.items()))
    title = f"{cohort.name}: who may have a seat"
    return table(title, ("code", "answer", "meets", "why"), rows, [note])


def decisions_table(cohort: Cohort) -> Table:
    """Return what became of each application, accepted people first, and why."""
    order = {outcome: k for k, outcome in enumerate(OUTCOMES)}
    sites = {person.code: person.site for person in cohort.people}
    ranked = sorted(cohort.decisions, key=lambda d: (order[d.outcome], d.place, d.code))
    rows = [
        (d.code, d.outcome + (f" {d.place}" if d.place else ""), sites[d.code], d.reason)
        for d in ranked
    ]
    return table(
        f"{cohort.name}: seats", ("code", "outcome", "site", "why"), rows, _seat_notes(cohort)
    )


def _seat_notes(cohort: Cohort) -> list[str]:
    notes = [counted(cohort), *seats_moved(cohort)]
    if any(d.place for d in cohort.decisions):
        notes.append(
            "Whoever waits is offered a seat in this order: by the priorities, then by lot; a team "
            "by its share of people who meet them, whole, and passed over while too few are free."
        )
    asked = [d for d in cohort.decisions if d.outcome == "needs a ruling"]
    if ruling := next((d.code for d in asked if "cannot be placed" not in d.reason), ""):
        notes.append(
            f'Whoever needs a ruling gets it from you: write overrule("eligible", "{ruling}", '
            'by="your role", why="your reason"), or "not eligible", with every code; then select.'
        )
    overruled = [
        f"Overruling {number}: {held.wish}, decided by the {held.by}: {held.why}"
        for number, held in enumerate(cohort.overruled, start=1)
        if held.step == "selection" and not held.taken_back
    ]
    return notes + overruled


def buddies_table(cohort: Cohort) -> Table:
    """Return each person's buddies, and how they were found."""
    sites = {person.code: person.site for person in cohort.people}
    rows = [
        (e.code, sites[e.code], ", ".join(e.buddies) or "none", e.reason) for e in cohort.buddies
    ]
    alone = sum(not e.buddies for e in cohort.buddies)
    note = f"{len(cohort.buddies)} people, {alone} without a buddy."
    columns = ("code", "site", "buddies", "how they were found")
    notes = [note, *buddies_moved(cohort)]
    return table(f"{cohort.name}: buddies across sites", columns, rows, notes)


def overview(cohort: Cohort) -> Table:
    """Return how the cohort stands."""
    rows: list[tuple[str, object]] = [
        ("programme", cohort.programme.title),
        ("enrolled", len(cohort.people)),
        ("seats", "not stated, no number given" if cohort.seats is None else cohort.seats),
        ("decided", counted(cohort) or "not yet"),
        ("buddies", _paired(cohort) if cohort.buddies else "not yet"),
        ("time zones", len({person.time_zone for person in cohort.people})),
    ]
    if given := len(cohort.overruled):
        rows.append(("decided by people", f"{given}; overruled_table() shows them"))
    notes = (*cohort.teams.flags(), *_guessable(cohort))
    return table(f"Cohort: {cohort.name}", ("what", "how it stands"), rows, notes)


def counted(cohort: Cohort) -> str:
    """Return how many of each outcome there are, in words."""
    counts = Counter(decision.outcome for decision in cohort.decisions)
    return ", ".join(f"{counts[name]} {name}" for name in OUTCOMES if counts[name])


def _guessable(cohort: Cohort) -> tuple[str, ...]:
    """Say that codes made without a phrase can be worked out from an e-mail."""
    known = any(person.application.email for person in cohort.people)
    return (GUESSABLE,) if known and not cohort.secret.strip() else ()


def _paired(cohort: Cohort) -> str:
    groups = {frozenset((e.code, *e.buddies)) for e in cohort.buddies if e.buddies}
    sizes = Counter(len(group) for group in groups)
    alone = sum(not told.buddies for told in cohort.buddies)
    counts = ((sizes[2], "pair"), (sizes[3], "trio"), (alone, "alone"))
    words = (
        f"{count} {name}{'s' * (count > 1 and name != 'alone')}" for count, name in counts if count
    )
    return ", ".join(words)
