"""How one cohort is written into the two files and read back: only what differs is touched."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from cstools.cohorts.cohort import Cohort
from cstools.cohorts.facts import ProgrammeFacts
from cstools.cohorts.people import Participant, natural_key
from cstools.cohorts.programme import Programme
from cstools.cohorts.rows import (
    answers_text,
    application,
    buddy_row,
    decision,
    decision_row,
    explanation,
)
from cstools.cohorts.tables_of_store import (
    buddies,
    code_phrases,
    decisions,
    participants,
    people,
    runs,
)
from cstools.cohorts.zones import VERSION

Key = tuple[str, str]
Rows = dict[tuple[str, ...], dict[str, Any]]


def write_cohort(connection: Connection, key: Key, cohort: Cohort) -> tuple[int, int, int]:
    """Bring both files to a cohort's state; return the rows added, changed and removed."""
    ids = _person_ids(connection, key, cohort)
    by_code = {person.code: ids[natural_key(person.application.email)] for person in cohort.people}
    run = {
        "name": cohort.name,
        "programme": cohort.programme.id,
        "facts": cohort.programme.facts.model_dump_json(exclude_none=True),
        "sources": json.dumps(dict(cohort.programme.sources), sort_keys=True, ensure_ascii=False),
        "seats": cohort.seats,
        "tzdata": VERSION,
    }
    wanted: list[tuple[Table, tuple[str, ...], Rows]] = [
        (runs, (), {(): run}),
        (code_phrases, (), {(): {"phrase": cohort.secret}}),
        (people, ("person_id",), {(by_code[p.code],): _person(p) for p in cohort.people}),
        (
            participants,
            ("person_id",),
            {(by_code[p.code],): {"answers": answers_text(p)} for p in cohort.people},
        ),
        (
            decisions,
            ("person_id",),
            {(by_code[d.code],): decision_row(d) for d in cohort.decisions},
        ),
        (
            buddies,
            ("person_id",),
            {(by_code[e.code],): buddy_row(e, by_code) for e in cohort.buddies},
        ),
    ]
    counts = [bring(connection, place, key, names, rows) for place, names, rows in wanted]
    added, changed, removed = (sum(column) for column in zip(*counts, strict=True))
    return added, changed, removed


def _person_ids(connection: Connection, key: Key, cohort: Cohort) -> dict[str, str]:
    """Return a random id for each person: the one in the file, or a new one made here."""
    known = connection.execute(
        select(people.c.natural_key, people.c.person_id).where(*mine(people, key))
    )
    ids = {row.natural_key: row.person_id for row in known}
    emails = (natural_key(person.application.email) for person in cohort.people)
    return {email: ids.get(email) or str(uuid.uuid4()) for email in emails}


def _person(person: Participant) -> dict[str, Any]:
    written = person.application
    return {
        "natural_key": natural_key(written.email),
        "code": person.code,
        "name": written.name._text,
        "email": written.email._text,
        "postcode": written.postcode._text,
    }


def mine(place: Table, key: Key) -> tuple[Any, Any]:
    """Return the conditions that pick one run's rows of a table."""
    return place.c.org_id == key[0], place.c.run_id == key[1]


def bring(
    connection: Connection,
    place: Table,
    key: Key,
    names: tuple[str, ...],
    wanted: Rows,
) -> tuple[int, int, int]:
    """Bring one table's rows of one run to what is wanted; return added, changed and removed."""
    rows = connection.execute(select(place).where(*mine(place, key))).mappings().all()
    there = {tuple(row[name] for name in names): row for row in rows}
    gone = [marks for marks in there if marks not in wanted]
    new = [marks for marks in wanted if marks not in there]
    other = [
        m for m in wanted if m in there and any(there[m][k] != v for k, v in wanted[m].items())
    ]
    for marks in gone:
        connection.execute(delete(place).where(*mine(place, key), *_marked(place, names, marks)))
    for marks in other:
        where = (*mine(place, key), *_marked(place, names, marks))
        connection.execute(update(place).where(*where).values(**wanted[marks]))
    owner = {"org_id": key[0], "run_id": key[1]}
    if new:
        values = [{**owner, **dict(zip(names, m, strict=True)), **wanted[m]} for m in new]
        connection.execute(insert(place), values)
    return len(new), len(other), len(gone)


def _marked(place: Table, names: Iterable[str], marks: Iterable[str]) -> list[Any]:
    return [place.c[name] == mark for name, mark in zip(names, marks, strict=True)]


def read_cohort(connection: Connection, key: Key, *, with_people: bool) -> Cohort:
    """Return the cohort that was written; without the names, by codes from random ids."""
    run = connection.execute(select(runs).where(*mine(runs, key))).mappings().one()
    named = _named(connection, key) if with_people else {}
    rows = connection.execute(select(participants).where(*mine(participants, key))).mappings().all()
    code_of = {row["person_id"]: _code(row["person_id"], named) for row in rows}
    enrolled = [
        Participant(
            code_of[row["person_id"]], application(row["answers"], named.get(row["person_id"]))
        )
        for row in rows
    ]
    decided = connection.execute(select(decisions).where(*mine(decisions, key))).mappings().all()
    paired = connection.execute(select(buddies).where(*mine(buddies, key))).mappings().all()
    return Cohort(
        programme=Programme(
            ProgrammeFacts.model_validate_json(run["facts"]),
            MappingProxyType(json.loads(run["sources"])),
        ),
        name=run["name"],
        secret=_phrase(connection, key) if with_people else "",
        people=tuple(sorted(enrolled, key=lambda person: person.code)),
        seats=run["seats"],
        decisions=tuple(
            sorted((decision(dict(row), code_of) for row in decided), key=lambda d: d.code)
        ),
        buddies=tuple(
            sorted((explanation(dict(row), code_of) for row in paired), key=lambda e: e.code)
        ),
    )


def _named(connection: Connection, key: Key) -> dict[str, Any]:
    rows = connection.execute(select(people).where(*mine(people, key))).mappings().all()
    return {row["person_id"]: row for row in rows}


def _code(person_id: str, named: dict[str, Any]) -> str:
    return str(named[person_id]["code"]) if person_id in named else f"R-{person_id[:8].upper()}"


def _phrase(connection: Connection, key: Key) -> str:
    return str(
        connection.execute(
            select(code_phrases.c.phrase).where(*mine(code_phrases, key))
        ).scalar_one()
    )
