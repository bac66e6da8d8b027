"""Panels, signatures and certificates as rows: by random id, the names on certificates apart."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from cstools.cohorts.basics.hours import FreeTime
from cstools.cohorts.basics.people import Private
from cstools.cohorts.review.values import (
    Attempt,
    Certificate,
    Conflict,
    Consent,
    Faculty,
    Panel,
    Review,
    Signature,
)

Tables = Mapping[str, Mapping[tuple[Any, ...], Mapping[str, Any]]]
Rows = Mapping[tuple[Any, ...], Mapping[str, Any]]
Words = Callable[[str], str]
OTHER = "other:"  # before what is nobody's code: a team's name, a helper of another run
_CODE = re.compile(r"^P-[A-Z2-7]{6,}$")
_TOLD = ("kind", "sites", "most", "free", "time_zone")


def review_to_rows(review: Review, id_of: Mapping[str, str]) -> Tables:
    """Return the review as rows of five tables; a run without any has none."""

    def mark(who: str) -> str:
        return id_of[who] if _CODE.match(who) else OTHER + who

    def known(who: str) -> str:  # a team may be called like a code, and another run has its own
        return id_of[who] if who in id_of else OTHER + who

    numbered = enumerate(review.signatures, start=1)
    issued = list(enumerate(review.certificates, start=1))
    return {
        "review_terms": {(k,): row for k, row in enumerate(_terms(review, mark, known), start=1)},
        "attempts": {(known(a.of), a.number): _attempt_row(a, mark) for a in review.attempts},
        "signatures": {(number,): _signature_row(each, known) for number, each in numbered},
        "certificates": {(each.id,): _certificate_row(k, each, mark, known) for k, each in issued},
        "certificate_names": {
            (each.id,): {"name": each.name._text, "why": each.why} for _, each in issued
        },
    }


def review_from_rows(tables: Tables, code_of: Mapping[str, str]) -> Review:
    """Return the review again; without the names its certificates have none."""

    def who(mark: str) -> str:
        return mark.removeprefix(OTHER) if mark.startswith(OTHER) else code_of[mark]

    terms = [row for _, row in sorted(tables.get("review_terms", {}).items())]
    unit = next((_content(row)["unit"] for row in terms if row["kind"] == "unit"), None)
    return Review(
        faculty=tuple(_faculty(row, who) for row in terms if row["kind"] == "faculty"),
        declared=tuple(_conflict(row, who) for row in terms if row["kind"] == "conflict"),
        unit=unit,
        panels=tuple(_panel(row, who) for row in terms if row["kind"] == "panel"),
        attempts=_attempts(tables.get("attempts", {}), who),
        signatures=tuple(
            _signature(row, who) for _, row in sorted(tables.get("signatures", {}).items())
        ),
        certificates=_certificates(tables, who),
        consents=tuple(_consent(row, who) for row in terms if row["kind"] == "consent"),
    )


def _terms(review: Review, mark: Words, known: Words) -> Iterable[dict[str, str]]:
    if review.unit:
        yield _term("unit", [], {"unit": review.unit})
    for each in review.faculty:
        told = {name: getattr(each, name) for name in _TOLD} | {"id": each.id}
        told["free"] = [[span.day, span.start, span.stop] for span in each.free]
        yield _term("faculty", map(known, (each.person, *each.mentors)), told)
    for held in review.declared:
        yield _term("conflict", [known(held.about)], {"faculty": held.faculty})
    for panel in review.panels:
        parts = ("members", "missing", "reason", "hours")
        yield _term("panel", [known(panel.of)], {part: getattr(panel, part) for part in parts})
    for said in review.consents:
        yield _term("consent", [mark(said.code)], {"roles": said.roles, "day": str(said.day)})


def _term(kind: str, who: Iterable[str], content: Mapping[str, Any]) -> dict[str, str]:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return {"kind": kind, "who": json.dumps(list(who), ensure_ascii=False), "content": text}


def _content(row: Mapping[str, Any]) -> dict[str, Any]:
    return dict(json.loads(row["content"]))


def _who(row: Mapping[str, Any], who: Words) -> list[str]:
    return [who(mark) for mark in json.loads(row["who"])]


def _faculty(row: Mapping[str, Any], who: Words) -> Faculty:
    told, (person, *mentors) = _content(row), _who(row, who)
    return Faculty(
        told["id"],
        told["kind"],
        tuple(told["sites"]),
        person,
        tuple(mentors),
        told["most"],
        tuple(FreeTime(*span) for span in told["free"]),
        told["time_zone"],
    )


def _conflict(row: Mapping[str, Any], who: Words) -> Conflict:
    return Conflict(_content(row)["faculty"], _who(row, who)[0])


def _panel(row: Mapping[str, Any], who: Words) -> Panel:
    told = _content(row)
    members, missing = tuple(told["members"]), tuple(told["missing"])
    return Panel(_who(row, who)[0], members, missing, told["reason"], told["hours"])


def _consent(row: Mapping[str, Any], who: Words) -> Consent:
    told = _content(row)
    return Consent(_who(row, who)[0], tuple(told["roles"]), date.fromisoformat(told["day"]))


def _attempt_row(attempt: Attempt, mark: Words) -> dict[str, Any]:
    return {
        "day": str(attempt.day),
        "portfolio": attempt.portfolio,
        "members": json.dumps([mark(code) for code in attempt.members]),
        "files": attempt.files,
    }


def _attempts(rows: Rows, who: Words) -> tuple[Attempt, ...]:
    found = [
        Attempt(
            who(unit),
            number,
            date.fromisoformat(row["day"]),
            row["portfolio"],
            row["files"],
            tuple(who(mark) for mark in json.loads(row["members"])),
        )
        for (unit, number), row in rows.items()
    ]
    return tuple(sorted(found, key=lambda a: (a.of, a.number)))


def _signature_row(signed: Signature, known: Words) -> dict[str, Any]:
    told = {part: getattr(signed, part) for part in ("faculty", "kind", "outcome", "attempt")}
    return {"unit": known(signed.of), "day": str(signed.day), **told}


def _signature(row: Mapping[str, Any], who: Words) -> Signature:
    day = date.fromisoformat(row["day"])
    return Signature(
        who(row["unit"]), row["attempt"], row["faculty"], row["kind"], row["outcome"], day
    )


def _certificate_row(
    position: int, issued: Certificate, mark: Words, known: Words
) -> dict[str, Any]:
    told = {part: getattr(issued, part) for part in ("title", "supersedes", "attempt")}
    days = {"day": str(issued.day), "position": position}
    return {"unit": known(issued.of), "who": mark(issued.code), **told, **days}


def _certificates(tables: Tables, who: Words) -> tuple[Certificate, ...]:
    names = tables.get("certificate_names", {})
    rows = sorted(tables.get("certificates", {}).items(), key=lambda item: item[1]["position"])
    return tuple(_certificate(marks[0], row, names.get(marks), who) for marks, row in rows)


def _certificate(
    id: str, row: Mapping[str, Any], named: Mapping[str, Any] | None, who: Words
) -> Certificate:
    return Certificate(
        id,
        who(row["who"]),
        who(row["unit"]),
        row["attempt"],
        row["title"],
        date.fromisoformat(row["day"]),
        row["supersedes"],
        Private(named["name"] if named else ""),
        named["why"] if named else "",
    )
