"""What people decide in this made-up year, written with codes that stand in the tables seen.

Each function takes tables as they were read off a page (a list of rows, a row by its heads) and
returns the entries that a coordinator then adds to the diary.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from .sheets import decided, entry

Rows = Sequence[dict[str, str]]
Entries = list[dict[str, Any]]
LATE = "the form stood open a day longer at their school"


def codes(seats: Rows, outcome: str) -> list[str]:
    """Return the codes with an outcome that begins so, in order of the table."""
    return [row["code"] for row in seats if row["outcome"].startswith(outcome)]


def alone(seats: Rows) -> list[str]:
    """Return whoever waits and belongs to no team that comes whole."""
    return [
        row["code"]
        for row in seats
        if row["outcome"].startswith("waiting") and "together" not in row["why"]
    ]


def by_the_rules() -> Entries:
    """Return the first entry: seats by the rules."""
    return [entry("2026-05-18", "give seats", seed=2026)]


def of_may(seats: Rows) -> Entries:
    """Return rulings, a held seat, a wish and its end, a withdrawal, and the money."""
    late, waiting, single = codes(seats, "needs a ruling"), codes(seats, "waiting"), alone(seats)
    two = [single[0], waiting[0]]
    goes, held = codes(seats, "accepted")[0], single[-1]
    return [
        decided("2026-05-19", "eligible", LATE, people=late[:1]),
        decided("2026-05-19", "not eligible", "nobody else was told so", people=late[1:]),
        decided("2026-05-19", "hold a seat", "a voice from a small site", people=[held]),
        decided("2026-05-19", "keep together", "the two share one post", people=two),
        entry("2026-05-19", "give seats", seed=2026),
        decided("2026-05-20", "take back", "they saw its price", wish="keep together"),
        entry("2026-05-20", "give seats", seed=2026),
        entry("2026-05-21", "withdraw", person=goes, why="a new post from September"),
        entry("2026-05-21", "fill"),
        entry("2026-05-22", "reductions in order", order=["early bird", "student", "scholarship"]),
        entry("2026-05-22", "fund", amount="5000.00"),
        entry("2026-05-22", "scholarship", person=held, amount="1500.00"),
    ]


MENTORS = (
    ("M-lake", "Europe/Berlin", ["English", "German"], "Mon 6-23; Tue 6-23; Wed 6-23"),
    (
        "M-hill",
        "America/New_York",
        ["English", "Spanish"],
        "Mon 6-23; Wed 6-23; Sun 6-23",
    ),
    ("M-shore", "Asia/Tokyo", ["English", "Japanese"], "Thu 6-23; Sat 6-23; Sun 6-23"),
)


def to_ask_in_june() -> Entries:
    """Return the first pairs and the teams, so that they can be looked at before anything else."""
    return [entry("2026-06-01", "pair buddies", seed=2026), entry("2026-06-08", "form teams")]


def of_june(groups: Rows, teams: Rows) -> Entries:
    """Return buddies with two wishes and one pair that stays, teams, and three mentors."""
    first, second, third, fourth, begun, *_ = paired(groups)
    largest = max(teams, key=lambda row: row["members"].count(","))["team"]
    mentors = [
        entry("2026-06-08", "mentor", id=i, time_zone=zone, languages=spoken, free=free, most=3)
        for i, zone, spoken, free in MENTORS
    ]
    asked, formed = to_ask_in_june()
    return [
        asked,
        decided("2026-06-03", "pair", "they write one paper", people=[first[0], second[0]]),
        decided("2026-06-03", "never pair", "both asked for it", people=[third[0], fourth[0]]),
        decided("2026-06-03", "freeze", "they have begun to meet", people=begun),
        entry("2026-06-04", "pair buddies", seed=2026),
        formed,
        *mentors,
        entry("2026-06-08", "assign mentors", seed=2026),
        decided("2026-06-09", "give mentor", "in two halves", team=largest, mentor="M-lake"),
        entry("2026-06-09", "assign mentors", seed=2026),
    ]


def of_august(leaving: str) -> Entries:
    """Return what the summer brings: somebody goes, the next comes, buddies are paired again."""
    return [
        entry("2026-08-20", "withdraw", person=leaving, why="a move abroad"),
        entry("2026-08-20", "leave", person=leaving),
        entry("2026-08-21", "fill"),
        entry("2026-08-24", "pair again", seed=2026),
    ]


def of_december(guests: Iterable[str], known: str, whom: str, call: str) -> Entries:
    """Return how calls are counted, who the guests were, and one person counted as there."""
    rest = [guest for guest in guests if guest != known]
    return [
        entry("2026-12-01", "counting", share="0.75", check_ins=21),
        entry("2026-12-01", "answer guests", guest=[known], who=whom),
        entry("2026-12-01", "answer guests", guest=rest, who="nobody"),
        decided("2026-12-01", "count as", "the power failed", person=whom, call=call, there=True),
    ]


FACULTY = (
    ("F-1", "programme"),
    ("F-2", "programme"),
    ("F-3", "outside"),
    ("F-4", "outside"),
    ("F-5", "outside"),
)


def of_june_after(about: str) -> Entries:
    """Return who reviews, one conflict of interest, and the panels."""
    named = [entry("2027-06-01", "faculty", id=each, kind=kind) for each, kind in FACULTY]
    return [
        *named,
        entry("2027-06-01", "declare", faculty="F-3", about=[about]),
        entry("2027-06-02", "assign panels", unit="person", seed=2026),
    ]


def of_july_after(anew: str) -> Entries:
    """Return the certificates, and one that is issued anew."""
    return [
        entry("2027-07-12", "issue certificates"),
        entry("2027-08-02", "reissue", person=anew, title="Master of Systems", why="shorter"),
    ]


def paired(groups: Rows) -> list[list[str]]:
    """Return the pairs and trios of a table of buddies on their sites, in order of the table."""
    return [row["group"].split(", ") for row in groups if row["kind"] in ("pair", "trio")]
