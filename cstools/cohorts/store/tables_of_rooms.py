"""The tables of what a run goes through after its buddies: one block for each room of the wing.

What a person writes about people (a reason, a remark) stands with the names, in ``PEOPLE``.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Integer, String, Table, Text

from cstools.cohorts.store.tables_of_store import PEOPLE, RUNS


def _table(name: str, marks: dict[str, Any], *texts: str, **others: Any) -> Table:
    """Return a table in ``runs.sqlite``: owner, marks, then columns of text and of other kinds."""
    return _in(RUNS, name, marks, *texts, **others)


def _private(name: str, marks: dict[str, Any], *texts: str, **others: Any) -> Table:
    """Return a table in ``people.sqlite``."""
    return _in(PEOPLE, name, marks, *texts, **others)


def _in(where: Any, name: str, marks: dict[str, Any], *texts: str, **others: Any) -> Table:
    owner = {"org_id": String(36), "run_id": String(36)}
    keys = [Column(mark, kind, primary_key=True) for mark, kind in (owner | marks).items()]
    rest = [Column(text, Text) for text in texts]
    return Table(name, where, *keys, *rest, *(Column(n, kind) for n, kind in others.items()))


_PERSON = {"person_id": String(36)}
_NUMBER = {"number": Integer}

# Which files a run was read from: hashes of a file and of its mapping, and when it was taken
imports = _table("imports", {"file": String(64), "mapping": String(64)}, "taken")

# Selection, and what the coordinator overruled in any step
draws = _table("draws", {}, "seed", teams_whole=Integer)
overrulings = _table(
    "overrulings",
    _NUMBER,
    "step",
    "wish",
    "people",
    "things",
    "by_role",
    "cost",
    "pays",
    taken_back=Integer,
)
overruling_reasons = _private("overruling_reasons", _NUMBER, "why", "taken_back")

# From which day and until which a seat is had, where that is not the whole year
seat_days = _table("seat_days", _PERSON, "valid_from", "valid_to", "lost_on")

# What stood before the last draw of seats and the last pairing of buddies
decisions_before = _table("decisions_before", _PERSON, "outcome", "reason", place=Integer)
seat_days_before = _table("seat_days_before", _PERSON, "valid_from", "valid_to", "lost_on")
buddies_before = _table("buddies_before", _PERSON, "others", "explanation")
opened = _table("opened", {}, buddies_stand=Integer)

# Which entries of the coordinator's diary a run has been through; the marks are made of reasons
diary = _private("diary", _NUMBER, "entry")

# Tuition
tuition = _table("tuition", {}, "terms")
scholarships = _table("scholarships", _PERSON, "amount", "percent")

# The year: who was where, and what has been done. Attendance may have more than a million rows.
attendance = _table(
    "attendance",
    {"call": Text, "report": Text, "who": Text},
    "spans",
    minutes=Integer,
)
LONG = frozenset({attendance.name})
"""The tables that are written and read part by part, see ``LongTable``."""
attendance_guests = _table("attendance_guests", {"guest": Text}, "call", "answer")
guests = _private("guests", {"guest": Text}, "name", "email")
followed = _table("followed", _NUMBER, "kind", "who", "day", "content")
counting = _table("counting", {}, "share", "team", "check_ins")

# Review, qualification and certificates: what was signed or handed out stays
review_terms = _table("review_terms", _NUMBER, "kind", "who", "content")
attempts = _table(
    "attempts", {"unit": Text, "number": Integer}, "day", "portfolio", "members", files=Integer
)
signatures = _table(
    "signatures", _NUMBER, "unit", "faculty", "kind", "outcome", "day", attempt=Integer
)
certificates = _table(
    "certificates",
    {"certificate": Text},
    *("unit", "who", "title", "day", "supersedes"),
    attempt=Integer,
    position=Integer,
)
certificate_names = _private("certificate_names", {"certificate": Text}, "name", "why")

# Sites, teams and mentors, with the days from which and to which
sites = _table("sites", {"site": Text}, "cluster")
teams = _table("teams", {"team": Text}, "site", "champions")
memberships = _table("memberships", _PERSON | _NUMBER, "team", "valid_from", "valid_to")
mentors = _table("mentors", {"mentor": Text}, "site", "languages", "zone", "free", most=Integer)
mentorings = _table(
    "mentorings", {"team": Text} | _NUMBER, "mentor", "valid_from", "valid_to", "reason"
)
earlier_pairs = _table("earlier_pairs", _PERSON | {"other_id": String(36)})
