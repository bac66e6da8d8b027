"""A note of the year or a report of a call, taken back: which is meant, and what is without it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from cstools.cohorts.basics.asked import person_of
from cstools.cohorts.basics.naming import named_in
from cstools.cohorts.basics.overruling import NOTES, of_step
from cstools.cohorts.basics.taking_back import (
    NOTHING_ELSE,
    Found,
    Gone,
    Note,
    about_of,
    on_a_day,
    taken_back_notes,
    without_day,
)
from cstools.cohorts.following.attendance import MARK, call_name, called, settled_calls
from cstools.cohorts.following.following import (
    STATES,
    CheckIn,
    Entry,
    Followed,
    HandedIn,
    Meeting,
    Practice,
    ProjectStep,
    Stay,
)
from cstools.cohorts.following.held import spoken
from cstools.cohorts.following.zoom import digest_of
from cstools.errors import CstoolsError, DataError, unknown_name

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

_LOST = "a call that is in the calendar no more"
_KINDS: dict[type, str] = {
    CheckIn: "check-in",
    Practice: "practice",
    ProjectStep: "project",
    HandedIn: "portfolio",
    Stay: "workshop",
}


def note_of(entry: Entry, is_person: Callable[[str], bool]) -> Note:
    """Return an entry as the list tells of it: people by code, a team among the things."""
    who = entry.who if isinstance(entry, CheckIn) else (entry.who,)
    people = tuple(each for each in who if is_person(each))
    teams = tuple(each for each in who if not is_person(each))
    key, content = _marks(entry)
    return Note(_KINDS[type(entry)], people, (*teams, *key), content)


def _marks(entry: Entry) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what tells an entry from others of the same people, and what else it says."""
    if isinstance(entry, Stay):
        return (entry.workshop,), tuple(str(day) for day in entry.days)
    day = str(entry.day)
    if isinstance(entry, ProjectStep):
        return (entry.state,), (day,)
    if isinstance(entry, Practice):
        return (day,), (f"{entry.done} of {entry.days} days",)
    return (day,), (entry.digest[:MARK],) if isinstance(entry, HandedIn) else ()


def report_note(name: str, call: str, digest: str, cost: str = NOTHING_ELSE) -> Note:
    """Return the report of a call as the list tells of it."""
    return Note("report", (), (name, f"report {digest[:MARK]}", call), (), cost)


def still_noted(cohort: Cohort, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return entries of a sheet without those that were taken back: it may be read again."""
    gone = taken_back_notes(cohort.overruled)
    if not gone:
        return tuple(entries)
    is_person = _codes(cohort).__contains__
    return tuple(entry for entry in entries if note_of(entry, is_person).told not in gone)


def reports_taken_back(cohort: Cohort) -> frozenset[tuple[str, str]]:
    """Return the call and the mark of every report that was taken back."""
    held = (each for each in of_step(cohort.overruled, NOTES) if each.wish == "take back report")
    return frozenset((each.things[-1], each.things[-2].removeprefix("report ")) for each in held)


# --- entries of a sheet ---


def check_in(cohort: Cohort, about: tuple[str, ...], day: date | None) -> Found | Gone:
    """Find a check-in by who it was of, and its day."""
    who = about_of(about, "check-in", "the codes of both, or their team", 1, 99)
    return _entry(cohort, CheckIn(tuple(sorted(dict.fromkeys(who))), on_a_day("check-in", day)))


def practice(cohort: Cohort, about: tuple[str, ...], day: date | None) -> Found | Gone:
    """Find a practice count by whose it is, and its day."""
    (who,) = about_of(about, "practice", "the code of one person", 1, 1)
    return _entry(cohort, Practice(who, on_a_day("practice", day), 0, 0))


def portfolio(cohort: Cohort, about: tuple[str, ...], day: date | None) -> Found | Gone:
    """Find a portfolio that was noted as handed in, by whose it is, and its day."""
    (who,) = about_of(about, "portfolio", "a code or a team", 1, 1)
    return _entry(cohort, HandedIn(who, on_a_day("portfolio", day), ""))


def workshop(cohort: Cohort, about: tuple[str, ...], day: date | None) -> Found | Gone:
    """Find the days of a person at a workshop."""
    who, name = about_of(about, "workshop", "a code and the workshop", 2, 2)
    without_day("workshop", day)
    return _entry(cohort, Stay(who, name, ()))


def project(cohort: Cohort, about: tuple[str, ...], day: date | None) -> Found | Gone:
    """Find a state of a project; while a later one is noted, that goes first."""
    who, said = about_of(about, "project", "a code or a team, and the state", 2, 2)
    without_day("project", day)
    state = next((known for known in STATES if known == said.casefold()), None)
    if state is None:
        raise unknown_name(said, STATES, "states of a project")
    held = (e for e in cohort.followed.entries if isinstance(e, ProjectStep) and e.who == who)
    for each in held:
        if STATES.index(each.state) > STATES.index(state):
            raise DataError(
                f"project of {who}: it was {each.state} on {each.day}; take that state back first"
            )
    return _entry(cohort, ProjectStep(who, state, date.min))


def _entry(cohort: Cohort, like: Entry) -> Found | Gone:
    """Return the entry that has the same marks, or that there is none."""
    is_person = _codes(cohort).__contains__
    wanted = note_of(like, is_person)
    for entry in cohort.followed.entries:
        note = note_of(entry, is_person)
        if (note.kind, note.people, note.key) == (wanted.kind, wanted.people, wanted.key):
            others = tuple(each for each in cohort.followed.entries if each is not entry)
            return Found((note,), {"followed": replace(cohort.followed, entries=others)})
    return Gone(replace(wanted, content=()), _nothing_noted(cohort, like))


def _nothing_noted(cohort: Cohort, like: Entry) -> CstoolsError:
    """Return what to say of an entry that is not there: what there is of the same people."""
    kind = _KINDS[type(like)]
    who = like.who if isinstance(like, CheckIn) else (like.who,)
    for name in who:
        if name not in _codes(cohort) and named_in(f"of {name}", cohort.people):
            person_of(name, cohort.people, "people")
    of, is_person = ", ".join(who), _codes(cohort).__contains__
    same = (entry for entry in cohort.followed.entries if type(entry) is type(like))
    there = [_marks(entry)[0][0] for entry in same if (entry.who == like.who)]
    if there:
        return unknown_name(_marks(like)[0][0], there, f"{kind} of {of}")
    known = [note_of(e, is_person) for e in cohort.followed.entries if type(e) is type(like)]
    names = sorted({", ".join((*note.people, *note.key[:-1])) for note in known})
    return unknown_name(of, names, f"of whom a {kind} is noted")


# --- reports of calls ---


def report(cohort: Cohort, about: tuple[str, ...], day: date | None) -> Found | Gone:
    """Find a report by its call, its file or its mark, or by two of them."""
    words = about_of(about, "report", "a call, as 2026-09-08, or the file of the report", 1, 2)
    without_day("report", day)
    names = {event.uid: call_name(event) for event in settled_calls(cohort)}
    known = {(held.call, held.digest[:MARK]): held for held in cohort.followed.meetings}
    chosen = _meant(cohort, words, known)
    if not chosen:
        before = sorted(_meant(cohort, words, reports_taken_back(cohort)))
        if not before:
            return Gone(Note("report", (), words), _no_report(cohort, words[0], names))
        call, mark = before[0]
        return Gone(_as_told(cohort, call, mark), _no_report(cohort, words[0], names))
    if len(chosen) > 1:
        raise _several([known[each] for each in sorted(chosen)], words[0], names)
    held = known[chosen.pop()]
    followed, cost = _without(cohort.followed, held)
    note = report_note(names.get(held.call, _LOST), held.call, held.digest, cost)
    return Found((note,), {"followed": followed})


def _meant(
    cohort: Cohort, words: Iterable[str], known: Iterable[tuple[str, str]]
) -> set[tuple[str, str]]:
    """Return the calls and marks that all words mean."""
    found = set(known)
    for word in words:
        file = Path(word)
        digest = digest_of(file) if len(word) < 256 and file.is_file() else word.casefold()
        by_mark = {(call, mark) for call, mark in found if digest.startswith(mark)}
        found = by_mark or {each for each in found if each[0] == _call(cohort, word)}
    return found


def _call(cohort: Cohort, word: str) -> str:
    """Return the identity of the call that a word means, or the word."""
    try:
        return called(settled_calls(cohort), word).uid
    except DataError:
        raise  # the day of two calls
    except CstoolsError:
        return word


def _as_told(cohort: Cohort, call: str, mark: str) -> Note:
    held = reversed(of_step(cohort.overruled, NOTES))
    things = next(each.things for each in held if each.things[-2:] == (f"report {mark}", call))
    return Note("report", (), things)


def _no_report(cohort: Cohort, word: str, names: dict[str, str]) -> CstoolsError:
    """Return what to say of a report that is not there; a lost call is named by its report."""
    there = {names.get(held.call, held.digest[:MARK]) for held in cohort.followed.meetings}
    return unknown_name(word, sorted(there), "calls with a report")


def _several(meetings: Iterable[Meeting], word: str, names: dict[str, str]) -> DataError:
    """Return the refusal to choose between reports: each with its call, its time and its mark."""
    told = [
        f"'{names.get(held.call, _LOST)}', {held.digest[:MARK]}"
        + (f", {spoken(held.went)} UTC" if held.went else "")
        for held in meetings
    ]
    return DataError(
        f"'{word}' has {len(told)} reports: {'; '.join(told)}; write the call, and the mark of the "
        "one after it"
    )


def _without(followed: Followed, gone: Meeting) -> tuple[Followed, str]:
    """Return what is known without a report, and what else goes: guests whom no other tells of."""
    meetings = tuple(held for held in followed.meetings if held is not gone)
    used = set(chain.from_iterable(held.presences.who for held in meetings))
    guests = tuple(guest for guest in followed.guests if guest.id in used)
    fewer = len(followed.guests) - len(guests)
    told = [
        "leaves the call without a report"
        if all(held.call != gone.call for held in meetings)
        else "",
        f"forgets {fewer} guest{'s' * (fewer > 1)}" if fewer else "",
    ]
    cost = " and ".join(filter(None, told)) or NOTHING_ELSE
    return replace(followed, meetings=meetings, guests=guests), cost


def _codes(cohort: Cohort) -> frozenset[str]:
    return frozenset(person.code for person in cohort.people)


NOTED = {
    "check-in": check_in,
    "practice": practice,
    "project": project,
    "portfolio": portfolio,
    "workshop": workshop,
    "report": report,
}
