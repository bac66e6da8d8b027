"""Made-up applications for trying the planner: no person in them exists, and each name says so.

The file has the faults that real forms have, at known places. The same seed gives the same file.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Sequence
from pathlib import Path

from cstools.cohorts.applying.columns import COLUMNS

Row = list[str]
_PLACES = (
    (
        "United States",
        "America/New_York",
        ("English", "Spanish"),
        "Example Harbour School",
        "02139",
    ),
    (
        "United States",
        "America/Los_Angeles",
        ("English", "Spanish"),
        "Example Redwood District",
        "95060",
    ),
    (
        "Canada",
        "America/Vancouver",
        ("English", "French"),
        "Example Cedar Learning Centre",
        "V5K 0A1",
    ),
    ("Denmark", "Europe/Copenhagen", ("Danish", "English"), "Example Fjord School", "8000"),
    ("Ireland", "Europe/Dublin", ("English",), "Example Meadow College", "D02 X285"),
    ("Namibia", "Africa/Windhoek", ("English", "German"), "Example Dune Academy", "NA"),
    ("India", "Asia/Kolkata", ("English", "Hindi"), "Example Banyan School", "560001"),
    ("Japan", "Asia/Tokyo", ("Japanese", "English"), "Example Maple School", "100-0001"),
    ("Chile", "America/Santiago", ("Spanish", "English"), "Example Andes School", "8320000"),
    ("Australia", "Australia/Sydney", ("English",), "Example Gumtree College", "2000"),
)
_STARTS = ("Ba", "Do", "Fe", "Ga", "Ki", "Lu", "Mo", "Na", "Pe", "Ri", "Sa", "To", "Vi", "Zé")
_ENDS = ("bira", "dano", "fika", "lani", "moro", "neva", "rilo", "sumi", "tavi", "zola")
_LOCAL_EVENINGS = ("17-22", "18-22", "16-21")
NOT_ASKED = ("role", "district", "access_needs")  # this form is older than these questions
_LOCAL_MORNINGS = ("7-10", "8-11", "6-10")


def synthetic_applications(people: int = 40, seed: int = 2026, *, faults: bool = True) -> list[Row]:
    """Return made-up applications as rows of text, the head first.

    With ``faults`` there are also two repeated rows, blanks around cells, two spellings of a
    site, a renamed head, dates in two orders, a formula in place of a name, a postal code with a
    leading zero and one that reads ``NA``.
    """
    draw = random.Random(seed)
    rows = [_person(number, draw) for number in range(1, people + 1)]
    head = [column.title for column in COLUMNS if column.field not in NOT_ASKED]
    return [head, *rows] if not faults else _with_faults(head, rows, draw)


def write_synthetic(path: str | Path, people: int = 40, seed: int = 2026) -> Path:
    """Write made-up applications as a CSV file with a byte-order mark, as Excel saves them."""
    text = io.StringIO()
    csv.writer(text).writerows(synthetic_applications(people, seed))
    place = Path(path)
    place.write_bytes(text.getvalue().encode("utf-8-sig"))
    return place


def _person(number: int, draw: random.Random) -> Row:
    country, zone, languages, site, postcode = _PLACES[draw.randrange(len(_PLACES))]
    name = f"{draw.choice(_STARTS)}{draw.choice(_ENDS)} Synthetic-{number:02d}"
    in_team = draw.random() < 0.6
    spoken = languages if draw.random() < 0.6 else languages[:1]
    yes = [draw.random() < share for share in (0.15, 0.85, 0.5, 0.1)]
    champion, alumni, local_work, student = ("Yes" if each else "No" for each in yes)
    return [
        f"{draw.randrange(2, 5)}/{draw.randrange(13, 28)}/2026 {draw.randrange(7, 22)}:05:00",
        name,
        f"person{number:02d}@example.org",
        country,
        postcode,
        zone,
        "; ".join(spoken),
        site,
        f"{site.split()[1]} team" if in_team else "",
        champion if in_team else "No",
        alumni,
        local_work,
        student,
        free_week(draw),
    ]


def free_week(draw: random.Random) -> str:
    """Return free mornings and evenings of four days, as a person writes them."""
    days = draw.sample(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), 4)
    spans = [draw.choice(_LOCAL_EVENINGS), draw.choice(_LOCAL_MORNINGS), "18-22", "7-11"]
    return "; ".join(f"{day} {span}" for day, span in zip(days, spans, strict=True))


def _with_faults(head: Row, rows: list[Row], draw: random.Random) -> list[Row]:
    """Put the faults of real forms into good rows, at places that do not depend on the seed."""
    places = {name: k for k, name in enumerate(head)}
    last = len(rows) - 1

    def spoil(row: int, column: str, text: str) -> None:
        rows[min(row, last)][places[column]] = text

    spoil(2, "Full name", rows[min(2, last)][places["Full name"]] + "  ")
    spoil(4, "Time zone", " " + rows[min(4, last)][places["Time zone"]].lower())
    spoil(6, "Site", "Example Fjord Scool")
    spoil(8, "Site", rows[min(8, last)][places["Site"]].upper())
    spoil(10, "Full name", "=1+1")
    spoil(12, "Timestamp", "25/3/2026 9:30:00")
    spoil(13, "Timestamp", "4/3/2026 21:10:00")
    spoil(15, "Email Address", rows[min(15, last)][places["Email Address"]].upper())
    spoil(17, "Time zone", "Europe/Copenhagn")
    return [_renamed(head), *_repeated(rows, places, draw)]


def _renamed(head: Row) -> Row:
    return ["Where do you work?" if name == "Site" else name for name in head]


def _repeated(rows: list[Row], places: dict[str, int], draw: random.Random) -> list[Row]:
    """Add a row that was sent twice, and a person who applied again with another spelling."""
    twice, again = list(rows[0]), list(rows[min(3, len(rows) - 1)])
    again[places["Full name"]] = again[places["Full name"]].upper()
    again[places["Team"]] = ""
    middle = draw.randrange(len(rows) // 2, len(rows)) if len(rows) > 1 else 1
    return [*rows[:middle], twice, *rows[middle:], again]


def mapping_for_faults() -> dict[str, object]:
    """Return the mapping that answers every question the made-up faults raise."""
    return {
        "date_order": "month first",
        "duplicates": "keep the last",
        "columns": {"site": "Where do you work?"},
        "spellings": {
            "site": {"Example Fjord Scool": "Example Fjord School"},
            "time_zone": {"Europe/Copenhagn": "Europe/Copenhagen"},
        },
    }


__all__: Sequence[str] = ("mapping_for_faults", "synthetic_applications", "write_synthetic")
