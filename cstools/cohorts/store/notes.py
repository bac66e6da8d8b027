"""What people decided and noted, as the rows of the store tell of it.

A note is known again by what it is about: by its day, its call, its people. What else it says may
be corrected, and it is the same note still.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from typing import Any, NamedTuple

from cstools.cohorts.following.rows import TEAM
from cstools.cohorts.review.rows import OTHER
from cstools.cohorts.store.differences import Marks
from cstools.cohorts.store.taken_back import Token, notes_in

Row = Mapping[str, Any]
Say = Callable[[str], str]
"""Returns a person's code by the random id, and every other mark as people write it."""
_IDENTITY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_FOLLOWED = {
    "CheckIn": "check-in{}",
    "Practice": "practice count{}",
    "ProjectStep": "project state{}",
    "HandedIn": "portfolio{} handed in",
    "Stay": "stay{} at a workshop",
}


class Note(NamedTuple):
    """One note: its kind in words, what marks it, and how it is told of in an example.

    ``rank`` grows where a note says more than before: a decision that was taken back, an answer
    of a later day. ``taken_back`` is what its taking back would be known by.
    """

    kind: str
    mark: tuple[Any, ...]
    example: str
    rank: str = ""
    taken_back: tuple[Token, ...] = ()


def notes_of(table: str, rows: Mapping[Marks, Row], say: Say, stay: Set[object]) -> list[Note]:
    """Return the notes that a table's rows tell of; none where it has none.

    Where a row's subject (its team, its site, its guest) is not among those that stay, what was
    decided about it alone is not told.
    """
    tell = _OF_TABLE.get(table, _nothing)
    told = (tell(marks, row, say, not marks or marks[0] in stay) for marks, row in rows.items())
    notes = [note for each in told for note in each]
    # whoever moves leaves one team and comes into another on that day, and it is one change
    return list(dict.fromkeys(notes)) if table == "memberships" else notes


def has_notes(table: str) -> bool:
    """Say whether a table's rows tell of notes."""
    return table in _OF_TABLE


def _nothing(marks: Marks, row: Row, say: Say, stays: bool) -> Iterator[Note]:
    return iter(())


def _decision(marks: Marks, row: Row, say: Say, stays: bool) -> Iterator[Note]:
    people, things = json.loads(row["people"]), json.loads(row["things"])
    # older ones have a call by its name and day alone, newer ones its lasting identity as well
    spoken = tuple(thing for thing in things if not _IDENTITY.fullmatch(thing)) or tuple(things)
    about = ", ".join([*map(say, people), *spoken])
    example = f"'{row['wish']}'" + f" about {about}" * bool(about)
    mark = (row["step"], row["wish"], tuple(people), spoken)
    gone = bool(row["taken_back"])
    yield Note("decision{} of people", mark, example + ", taken back" * gone, str(int(gone)))


def _step(marks: Marks, row: Row, say: Say, stays: bool) -> Iterator[Note]:
    day, _, what = row["entry"].partition(" ")
    # begun again with a corrected reason or day, it is the same step: its effects are looked at too
    yield Note("step{} of a diary", (_without_hash(what),), f"'{_without_hash(what)}' of {day}")


def _without_hash(what: str) -> str:
    return re.sub(r" [0-9a-f]{24}( \d+)?$", "", what)


def _report(marks: Marks, row: Row, say: Say, stays: bool) -> Iterator[Note]:
    """Give a report by its call: one that was corrected is another file of the same call."""
    call, digest = marks[:2]
    gone = notes_in("attendance", (call, digest), {})
    yield Note("attendance report{}", (call,), f"'{say(call)}'", taken_back=gone)


def _answer(marks: Marks, row: Row, say: Say, stays: bool) -> Iterator[Note]:
    if row["answer"] and stays:
        yield Note("answer{} about guests", marks, str(marks[0]))


def _followed(marks: Marks, row: Row, say: Say, stays: bool) -> Iterator[Note]:
    kind, content = row["kind"], json.loads(row["content"])
    about = content.get("state") or content.get("workshop") or row["day"]
    example = f"'{about}'" if about != row["day"] else f"of {about}"
    mark = (kind, *json.loads(row["who"]), about)
    gone = notes_in("followed", marks, row)
    yield Note(_FOLLOWED.get(kind, "note{} of the year"), mark, example, taken_back=gone)


def _rule(marks: Marks, row: Row, say: Say, stays: bool) -> Iterator[Note]:
    for name in ("share", "team", "check_ins"):
        if row[name]:
            yield Note("rule{} of counting", (name,), name.replace("_", "-"))


def _district(marks: Marks, row: Row, say: Say, stays: bool) -> Iterator[Note]:
    if row["cluster"] and stays:
        yield Note("district{} of a site", marks, f"'{marks[0]}'")


def _team(marks: Marks, row: Row, say: Say, stays: bool) -> Iterator[Note]:
    (name,) = marks
    yield Note("team{}", marks, f"'{name}'")
    if row["site"] and stays:
        yield Note("site{} of a team", marks, f"'{name}'")
    for kind, who in json.loads(row["champions"]) if stays else ():
        alone = {**row, "champions": json.dumps([[kind, who]], ensure_ascii=False)}
        gone = notes_in("teams", marks, alone)
        example = f"{say(who)} of '{name}'" if kind == "person" else f"a role in '{name}'"
        yield Note("champion{} of a team", (name, kind, who), example, taken_back=gone)


def _change(marks: Marks, row: Row, say: Say, stays: bool) -> Iterator[Note]:
    """Give the days on which somebody came into a team or left it."""
    for day in sorted({row["valid_from"], row["valid_to"]} - {"", None}) if stays else ():
        yield Note("change{} of teams", (marks[0], day), f"{say(marks[0])} on {day}")


def _mentor(marks: Marks, row: Row, say: Say, stays: bool) -> Iterator[Note]:
    yield Note("mentor{}", marks, str(marks[0]), taken_back=notes_in("mentors", marks, row))


def _end(marks: Marks, row: Row, say: Say, stays: bool) -> Iterator[Note]:
    """Give the day on which a mentor stopped to accompany a team."""
    (team, _), mentor, day = marks, row["mentor"], row["valid_to"]
    if day:
        gone = notes_in("mentors", (mentor,), {})
        yield Note("end{} of mentoring", (team, mentor, day), f"{mentor} on {day}", taken_back=gone)


def _pair(marks: Marks, row: Row, say: Say, stays: bool) -> Iterator[Note]:
    pair = tuple(sorted(marks))
    yield Note("earlier pair{} of buddies", pair, " and ".join(sorted(map(say, pair))))


def _money(marks: Marks, row: Row, say: Say, stays: bool) -> Iterator[Note]:
    terms = json.loads(row["terms"])
    if terms["fund"] is not None:
        yield Note("fund{} for scholarships", (), terms["fund"])
    if terms["order"]:
        yield Note("order{} of reductions", (), ", ".join(terms["order"]))


def _scholarship(marks: Marks, row: Row, say: Say, stays: bool) -> Iterator[Note]:
    yield Note("scholarship{}", marks, f"of {say(marks[0])}")


def _term(marks: Marks, row: Row, say: Say, stays: bool) -> Iterator[Note]:
    kind, content, who = row["kind"], json.loads(row["content"]), json.loads(row["who"])
    gone = notes_in("review_terms", marks, row)
    if kind == "faculty":
        yield Note("member{} of the faculty", (content["id"],), content["id"], taken_back=gone)
    elif kind == "conflict":
        mark, example = (content["faculty"], *who), f"of {content['faculty']}"
        yield Note("conflict{} of interest", mark, example, taken_back=gone)
    elif kind == "consent":
        example = f"{say(who[0])} on {content['day']}"
        helping = "answer{} about helping the next run"
        yield Note(helping, tuple(who), example, content["day"])


_OF_TABLE: dict[str, Callable[[Marks, Row, Say, bool], Iterator[Note]]] = {
    "overrulings": _decision,
    "diary": _step,
    "attendance": _report,
    "attendance_guests": _answer,
    "followed": _followed,
    "counting": _rule,
    "sites": _district,
    "teams": _team,
    "memberships": _change,
    "mentors": _mentor,
    "mentorings": _end,
    "earlier_pairs": _pair,
    "tuition": _money,
    "scholarships": _scholarship,
    "review_terms": _term,
}


def missing(kept: Iterable[Note], wanted: Iterable[Note]) -> list[Note]:
    """Return the notes that are kept and not wanted, each as often as it is missing.

    Of several with one mark, those that say most are held against those that say most.
    """
    there = _by_mark(wanted)
    return [
        note
        for mark, notes in _by_mark(kept).items()
        for place, note in enumerate(notes)
        if place >= len(there.get(mark, ())) or there[mark][place].rank < note.rank
    ]


def _by_mark(notes: Iterable[Note]) -> dict[tuple[str, tuple[Any, ...]], list[Note]]:
    found: dict[tuple[str, tuple[Any, ...]], list[Note]] = {}
    for note in notes:
        found.setdefault((note.kind, note.mark), []).append(note)
    return {mark: sorted(held, key=lambda note: note.rank)[::-1] for mark, held in found.items()}


def saying(code_of: Mapping[str, str], calls: Mapping[str, str]) -> Say:
    """Return what says a mark of the store: a person's code, a call's name and day, a team."""

    def say(mark: str) -> str:
        plain = mark.removeprefix(TEAM).removeprefix(OTHER)
        return code_of.get(plain) or calls.get(plain, plain)

    return say
