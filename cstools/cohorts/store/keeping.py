"""How one cohort is written into the store and read back, section by section."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Table, select

from cstools.cohorts.basics.long_table import LongTable
from cstools.cohorts.basics.no_rubbish import no_rubbish
from cstools.cohorts.basics.people import PRIVATE, Participant, natural_key
from cstools.cohorts.basics.zones import VERSION
from cstools.cohorts.cohort import Cohort
from cstools.cohorts.following.by_call import with_lasting_calls
from cstools.cohorts.programmes.facts import ProgrammeFacts
from cstools.cohorts.programmes.programme import Programme
from cstools.cohorts.store.differences import (
    Difference,
    Key,
    Rows,
    compare,
    held,
    mine,
    part_held,
    parts_held,
    values_of,
)
from cstools.cohorts.store.rooms import ROOMS, Room
from cstools.cohorts.store.rows import answers_text, application
from cstools.cohorts.store.tables_of_rooms import LONG
from cstools.cohorts.store.tables_of_store import code_phrases, participants, people, runs
from cstools.errors import DataError


@no_rubbish()
def differences(
    connection: Connection, key: Key, cohort: Cohort
) -> tuple[list[Difference], dict[str, str]]:
    """Return what brings the store to a cohort's state, table by table, and ids by code.

    Raises
    ------
    DataError
        When the store holds something lasting (a signature, a certificate) that the cohort lacks.
    """
    id_of = _ids(connection, key, cohort)
    wanted = [*_trunk(cohort, id_of)]
    for room in ROOMS:
        given = room.to_rows(getattr(cohort, room.field), id_of)
        wanted += [(place, given.get(place.name, {})) for place in room.tables]
    found = [compare(connection, place, key, rows) for place, rows in wanted]
    for difference in found:
        _refuse_to_take_back(cohort.name, difference)
    return found, id_of


def _refuse_to_take_back(name: str, difference: Difference) -> None:
    """Of what lasts (a signature, a certificate) no row goes, and none says something else."""
    table, touched = difference.place.name, (*difference.gone, *difference.other)
    if touched and any(table in room.lasting for room in ROOMS):
        rows = f"{len(touched)} row{'s' * (len(touched) > 1)} of {table.replace('_', ' ')}"
        raise DataError(
            f"'{name}' as it is kept holds {rows} that the cohort to be saved lacks or tells "
            "differently, and those last; load it again, do your last steps on that, and save"
        )


def known_codes(connection: Connection, key: Key) -> dict[str, str]:
    """Return the code of everybody who is kept in a run, by random id."""
    return {marks[0]: row["code"] for marks, row in _rows(connection, key, people).items()}


def _trunk(cohort: Cohort, id_of: Mapping[str, str]) -> list[tuple[Table, Rows]]:
    """Return the rows that all others hang on: the run, its people and their answers."""
    run = {
        "name": cohort.name,
        "programme": cohort.programme.id,
        "facts": cohort.programme.facts.model_dump_json(exclude_none=True),
        "sources": json.dumps(dict(cohort.programme.sources), sort_keys=True, ensure_ascii=False),
        "seats": cohort.seats,
        "tzdata": VERSION,
    }
    answers = {(id_of[p.code],): {"answers": answers_text(p)} for p in cohort.people}
    return [
        (runs, {(): run}),
        (code_phrases, {(): {"phrase": cohort.secret}}),
        (people, {(id_of[p.code],): _person(p) for p in cohort.people}),
        (participants, answers),
    ]


def _ids(connection: Connection, key: Key, cohort: Cohort) -> dict[str, str]:
    """Return a random id by each person's code: the one in the store, or a new one made here."""
    known = connection.execute(
        select(people.c.natural_key, people.c.person_id).where(*mine(people, key))
    )
    ids = {row.natural_key: row.person_id for row in known}
    return _Ids(
        (person.code, ids.get(natural_key(person.application.email)) or str(uuid.uuid4()))
        for person in cohort.people
    )


class _Ids(dict[str, str]):
    """Ids by code; asked for somebody who is not in the cohort, it says so in words."""

    def __missing__(self, code: str) -> str:
        raise DataError(
            f"the cohort speaks of {code}, and nobody in it has that code; enrol everybody again "
            "from the same file with the same phrase, and repeat the steps after it"
        )


def _person(person: Participant) -> dict[str, Any]:
    written = person.application
    return {
        "natural_key": natural_key(written.email),
        "code": person.code,
        **{field: getattr(written, field)._text for field in PRIVATE},
    }


@no_rubbish()
def read_cohort(connection: Connection, key: Key, *, with_people: bool) -> Cohort:
    """Return the cohort that was written; without the names, by codes from random ids."""
    run = _rows(connection, key, runs)[()]
    named = _rows(connection, key, people) if with_people else {}
    answered = _rows(connection, key, participants)
    code_of = {person_id: _code(person_id, named) for (person_id,) in answered}
    enrolled = [
        Participant(code_of[marks[0]], application(row["answers"], named.get(marks)))
        for marks, row in answered.items()
    ]
    cohort = Cohort(
        programme=Programme(
            ProgrammeFacts.model_validate_json(run["facts"]),
            MappingProxyType(json.loads(run["sources"])),
        ),
        name=run["name"],
        secret=_rows(connection, key, code_phrases)[()]["phrase"] if with_people else "",
        people=tuple(sorted(enrolled, key=lambda person: person.code)),
        seats=run["seats"],
        **{
            room.field: _value(connection, key, room, code_of, with_people=with_people)
            for room in ROOMS
        },
    )
    return with_lasting_calls(cohort)


def _value(
    connection: Connection,
    key: Key,
    room: Room,
    code_of: Mapping[str, str],
    *,
    with_people: bool,
) -> Any:
    """Return what a room holds; a table of names that is not here is an empty one."""
    tables: dict[str, Rows] = {
        place.name: _rows(connection, key, place) if with_people or place.schema is None else {}
        for place in room.tables
        if place.name not in LONG
    }
    for place in room.tables:
        if place.name in LONG:
            tables[place.name] = _parts(connection, key, place)
    return room.from_rows(tables, code_of)


def _parts(connection: Connection, key: Key, place: Table) -> LongTable:
    parts = parts_held(connection, place, key)
    return LongTable(
        tuple(values_of(place)), {part: part_held(connection, place, key, part) for part in parts}
    )


def _rows(connection: Connection, key: Key, place: Table) -> dict[tuple[Any, ...], dict[str, Any]]:
    names = values_of(place)
    return {
        marks: dict(zip(names, values, strict=True))
        for marks, values in held(connection, place, key).items()
    }


def _code(person_id: str, named: Mapping[tuple[Any, ...], Mapping[str, Any]]) -> str:
    known = named.get((person_id,))
    return str(known["code"]) if known else f"R-{person_id[:8].upper()}"
