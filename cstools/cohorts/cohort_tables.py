"""What a cohort shows: who may have a seat, who has one, the buddies, and how it stands."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.basics.ways import by_diary
from cstools.cohorts.buddies.standing import alone_by_site
from cstools.cohorts.cohort_changes import buddies_moved, seats_moved
from cstools.cohorts.selection.decisions import OUTCOMES
from cstools.cohorts.selection.doubts import about_teams, one_person_twice
from cstools.cohorts.selection.eligibility import spoken_priorities
from cstools.cohorts.selection.seat_days import DAYS, spoken_days, undated_seats

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

GUESSABLE = (
    "The codes are made without a phrase of your own: whoever knows an e-mail address can work out "
    "its code."
)


def eligibility_table(cohort: Cohort) -> Table:
    """Return for each person whether a seat is possible, which priorities are met, and why."""
    facts, verdicts = cohort.programme.facts, cohort.hall.verdicts()
    rows = [
        (code, given.answer, spoken_priorities(facts, given.priorities), given.reason)
        for code, given in verdicts.items()
    ]
    counts = Counter(row[1] for row in rows)
    note = ", ".join(f"{count} {answer}" for answer, count in sorted(counts.items()))
    title = f"{cohort.name}: who may have a seat"
    notes = [note, *about_teams(cohort, verdicts), *one_person_twice(cohort)]
    return table(title, ("code", "answer", "meets", "why"), rows, notes)


def decisions_table(cohort: Cohort) -> Table:
    """Return what became of each application, accepted people first, and why."""
    order = {outcome: k for k, outcome in enumerate(OUTCOMES)}
    sites = {person.code: person.site for person in cohort.people}
    ranked = sorted(cohort.decisions, key=lambda d: (order[d.outcome], d.place, d.code))
    days = spoken_days(ranked, cohort.overruled)
    rows = [
        (
            d.code,
            d.outcome + (f" {d.place}" if d.place else ""),
            *days.get(d.code, ()),
            sites[d.code],
            d.reason,
        )
        for d in ranked
    ]
    columns = ("code", "outcome", *DAYS[: 2 * bool(days)], "site", "why")
    return table(f"{cohort.name}: seats", columns, rows, _seat_notes(cohort))


def _seat_notes(cohort: Cohort) -> list[str]:
    notes = [counted(cohort), *seats_moved(cohort), *one_person_twice(cohort)]
    if any(d.place for d in cohort.decisions):
        notes.append(
            "Whoever waits is offered a seat in this order: by the priorities, then by lot; a team "
            "by its share of people who meet them, whole, and passed over while too few are free."
        )
    asked = [d for d in cohort.decisions if d.outcome == "needs a ruling"]
    if any("cannot be placed" not in d.reason for d in asked):
        notes.append(
            "Whoever needs a ruling gets it from you, by code, with your role and a reason "
            f"{by_diary('eligible or not eligible', 'give seats')}."
        )
    notes += _undated(cohort)
    overruled = [
        f"Overruling {number}: {held.wish}, decided by the {held.by}: {held.why}"
        for number, held in enumerate(cohort.overruled, start=1)
        if held.step == "selection" and not held.taken_back
    ]
    return notes + overruled


def _undated(cohort: Cohort) -> list[str]:
    """Say who came in after others, on a day that nobody stated; none where nobody did."""
    undated = undated_seats(cohort.decisions, cohort.overruled)
    told = f"From which day {', '.join(undated)} came in is not stated, so that the whole year is "
    told += f"asked of them; if it had begun, say from when on {by_diary('counts from')}."
    return [told] if undated else []


def moved_notes(cohort: Cohort) -> list[str]:
    """Return who was moved since the last decisions and buddies, one sentence each."""
    return [*seats_moved(cohort), *_undated(cohort), *buddies_moved(cohort)]


def buddies_table(cohort: Cohort) -> Table:
    """Return each person's buddies, and how they were found."""
    sites = {person.code: person.site for person in cohort.people}
    now = cohort.pairing.standing()
    rows = [(code, sites[code], ", ".join(found) or "none", how) for code, found, how in now]
    alone = sum(not found for _, found, _ in now)
    notes = [f"{len(now)} people, {alone} without a buddy.", *alone_by_site(now, sites)]
    if {code for code, _, _ in now} != {e.code for e in cohort.buddies}:
        notes.append(
            "Somebody has left or come in since; whoever is alone gets a buddy when buddies are "
            f"paired again {by_diary('pair again')}."
        )
    columns = ("code", "site", "buddies", "how they were found")
    notes += buddies_moved(cohort)
    return table(f"{cohort.name}: buddies across sites", columns, rows, notes)


def overview(cohort: Cohort) -> Table:
    """Return how the cohort stands."""
    rows: list[tuple[str, object]] = [
        ("programme", cohort.programme.title),
        ("enrolled", len(cohort.people)),
        ("seats", _seats(cohort)),
        ("decided", counted(cohort) or _open(cohort)),
        ("buddies", _paired(cohort) if cohort.buddies else _unpaired(cohort)),
        ("time zones", len({person.time_zone for person in cohort.people})),
    ]
    if given := len(cohort.overruled):
        rows.append(("decided by people", f"{given}, each with its role and reason"))
    notes = (*one_person_twice(cohort), *cohort.teams.flags(), *_guessable(cohort))
    return table(f"Cohort: {cohort.name}", ("what", "how it stands"), rows, notes)


def _seats(cohort: Cohort) -> str:
    """Say how many seats there are, or how many there may be."""
    most = cohort.programme.facts.capacity.most
    if cohort.seats is not None:
        return str(cohort.seats)
    if most is not None:
        return f"{most} at most, as the programme states; no number given yet"
    return "not stated, no number given"


def counted(cohort: Cohort) -> str:
    """Return how many of each outcome there are, in words."""
    counts = Counter(decision.outcome for decision in cohort.decisions)
    return ", ".join(f"{counts[name]} {name}" for name in OUTCOMES if counts[name])


def _open(cohort: Cohort) -> str:
    """Say that no seats are given, or that they are to be given anew."""
    again = "open again; the last seats count until they are given anew"
    return again if cohort.before.decisions else "not yet"


def _unpaired(cohort: Cohort) -> str:
    """Say that nobody has a buddy, or that buddies are to be paired again."""
    return "open again; not paired yet" if cohort.before.buddies else "not yet"


def _guessable(cohort: Cohort) -> tuple[str, ...]:
    """Say that codes made without a phrase can be worked out from an e-mail."""
    known = any(person.application.email for person in cohort.people)
    return (GUESSABLE,) if known and not cohort.secret.strip() else ()


def _paired(cohort: Cohort) -> str:
    now = cohort.pairing.standing()
    sizes = Counter(len(group) for group in {frozenset((code, *found)) for code, found, _ in now})
    counts = ((sizes[2], "pair"), (sizes[3], "trio"), (sizes[1], "alone"))
    words = (
        f"{count} {name}{'s' * (count > 1 and name != 'alone')}" for count, name in counts if count
    )
    return ", ".join(words)
