"""The queue of guests: a small file with names in it, which the coordinator fills and gives back.

In everything printed a guest is a mark, ``G-ABCDEFGH``; the name stands in the file alone, and
that it was written there is logged.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cstools.cohorts.basics.asked import as_mapping_of, as_text
from cstools.cohorts.basics.files import place_of
from cstools.cohorts.basics.people import reveal_all
from cstools.cohorts.basics.spelling import folded, tidy
from cstools.cohorts.basics.spreadsheet import read_rows, write_rows
from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.basics.ways import by_diary
from cstools.cohorts.following.attendance import answers_of, call_name, settled_calls
from cstools.errors import CstoolsError, DataError

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

OPEN = "open"  # an answer that is taken back
HEAD = ("guest", "name in the report", "e-mail in the report", "call", "perhaps", "who is it")


def guests_table(cohort: Cohort) -> Table:
    """Return the guests by mark: where they were, for how long, and what was answered."""
    minutes, calls, answers = _minutes(cohort), _calls(cohort), answers_of(cohort)
    rows = [
        (
            guest.id,
            "one call" if guest.call else "an e-mail",
            calls.get(guest.call, "any") if guest.call else "any",
            minutes.get(guest.id, 0),
            answers[guest.id] or OPEN,
        )
        for guest in sorted(
            cohort.followed.guests, key=lambda each: (bool(answers[each.id]), each.id)
        )
    ]
    waiting = sum(not answer for answer in answers.values())
    notes = [f"{len(rows)} guests, {waiting} waiting for an answer."]
    if waiting:
        notes.append(
            "With a reason they are written with their names into a file that you fill; or you "
            f"answer mark by mark {by_diary('answer guests')}."
        )
    columns = ("guest", "known by", "call", "minutes in all", "who it is")
    return table(f"{cohort.name}: guests on calls", columns, rows, notes)


def notes_on_guests(cohort: Cohort, unclear: Collection[str]) -> list[str]:
    """Return on which of these calls somebody's presence is open because of a guest, if on any."""
    waiting = {mark for mark, answer in answers_of(cohort).items() if not answer}
    met = {m.call for m in cohort.followed.meetings if waiting.intersection(m.presences.who)}
    names = [call_name(e) for e in settled_calls(cohort) if e.uid in met.intersection(unclear)]
    if not names:
        return []
    return [
        f"Open on {', '.join(names)}, and not absent: a guest of that call waits for an answer and "
        f"may be anybody {by_diary('answer guests')}."
    ]


def write_guests(cohort: Cohort, path: str | Path, names_for: str) -> Path:
    """Write the guests who wait for an answer, with their names, and return the file's path.

    *perhaps* names people whose name in the form is the same, or who were the same name in an
    earlier call. It is a hint and never taken by itself. Answers that stand in the file already
    are written again, so that a cell that is run twice loses none.

    Raises
    ------
    DataError
        When no reason is given, or the cohort came without its names.
    """
    if not isinstance(names_for, str) or not names_for.strip():
        raise DataError(
            "the file of guests has names in it; say what it is for, as "
            "names_for='who was on the September call'"
        )
    answers = answers_of(cohort)
    waiting = [guest for guest in cohort.followed.guests if not answers[guest.id]]
    if waiting and not any(guest.name or guest.email for guest in waiting):
        raise DataError("names are kept in people.sqlite, and this cohort came without that file")
    held = _answers_there(place_of(path))
    private = [text for guest in waiting for text in (guest.name, guest.email)]
    texts = reveal_all(private, names_for) if private else []
    calls, hints = _calls(cohort), _hints(cohort)
    rows = [HEAD]
    for guest, name, email in zip(waiting, texts[::2], texts[1::2], strict=True):
        perhaps = ", ".join(hints.get(folded(tidy(name)), ()))
        rows.append(
            (guest.id, name, email, calls.get(guest.call, "any"), perhaps, held.get(guest.id, ""))
        )
    return write_rows(path, rows)


def _answers_there(file: Path) -> dict[str, str]:
    if not file.exists():
        return {}
    try:
        return read_answers(file)
    except CstoolsError:
        raise DataError(
            f"'{file.name}' is there already and is no file of guests; write another name"
        ) from None


def read_answers(path: str | Path) -> dict[str, str]:
    """Return what a filled file says: an answer by guest; an empty answer is left open.

    Raises
    ------
    FileError
        When the file cannot be read.
    DataError
        When it has no column ``guest`` or ``who is it``, or one guest has two answers.
    """
    file = place_of(path)
    (_, head), *rows = read_rows(file)
    words = [folded(cell) for cell in head]
    for name in (HEAD[0], HEAD[-1]):
        if name not in words:
            raise DataError(f"{file.name}: there is no column '{name}'; take the file as written")
    guest, who = words.index(HEAD[0]), words.index(HEAD[-1])
    answers: dict[str, str] = {}
    for number, row in rows:
        if max(guest, who) >= len(row) or not tidy(row[who]):
            continue
        mark, answer = tidy(row[guest]), _answer(tidy(row[who]))
        if answers.setdefault(mark, answer) != answer:
            raise DataError(f"{file.name}: row {number}, guest {mark} has two answers; keep one")
    return answers


def as_answers(given: str | Path | Mapping[str, str]) -> dict[str, str]:
    """Return answers from a filled file, or from marks and answers as they are."""
    if isinstance(given, Mapping):
        told = as_mapping_of(given, "answers", "{'G-ABCDEFGH': 'P-ABCDEF'}")
        return {mark: _answer(tidy(as_text(a, mark, "nobody"))) for mark, a in told.items()}
    return read_answers(given)


def _answer(text: str) -> str:
    if folded(text) == OPEN:
        return ""
    return text.upper() if text[:2].casefold() == "p-" else text.casefold()


def _calls(cohort: Cohort) -> dict[str, str]:
    return {event.uid: call_name(event) for event in settled_calls(cohort)}


def _minutes(cohort: Cohort) -> dict[str, int]:
    """Return how many minutes each guest was on calls, inside or outside their time."""
    marks = {guest.id for guest in cohort.followed.guests}
    seconds: dict[str, int] = {}
    for meeting in cohort.followed.meetings:
        there = meeting.presences
        for place in (place for place, who in enumerate(there.who) if who in marks):
            who, spans, minutes = there[place]
            spent = sum(stop - start for start, stop in spans) + 60 * minutes
            seconds[who] = seconds.get(who, 0) + spent
    return {mark: spent // 60 for mark, spent in seconds.items()}


def _hints(cohort: Cohort) -> dict[str, tuple[str, ...]]:
    """Return codes by name: of the form, and of guests answered before."""
    found: dict[str, set[str]] = {}
    for person in cohort.people:
        found.setdefault(folded(tidy(person.application.name._text)), set()).add(person.code)
    for guest in cohort.followed.guests:
        if guest.answer:
            found.setdefault(folded(tidy(guest.name._text)), set()).add(guest.answer)
    found.pop("", None)
    return {name: tuple(sorted(codes)) for name, codes in found.items()}
