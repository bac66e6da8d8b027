"""Made-up applications for whole programmes: 40, 400 or 4,000 people, and the faults of real files.

No person, school or district here exists, and each name says so. The same seed gives the same
rows. Each fault of :data:`FAULTS` is one thing that happens to real files, with the lines of a
mapping file that answer it.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import cycle
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cstools.cohorts.applying.columns import COLUMNS
from cstools.cohorts.basics.spreadsheet import write_rows
from cstools.cohorts.made_up.synthetic import free_week

Row = tuple[str, ...]
Rows = list[Row]
#: country, a city's clock, languages in the order of how many speak them, how an area is called
_PLACES = (
    ("United States", "America/New_York", ("English", "Spanish"), "county", "02139"),
    ("United States", "America/Chicago", ("English", "Spanish"), "district", "60601"),
    ("United States", "America/Los_Angeles", ("English", "Spanish"), "county", "95060"),
    ("Canada", "America/Vancouver", ("English", "French"), "district", "V5K 0A1"),
    ("Canada", "America/St_Johns", ("English", "French"), "district", "A1A 1A1"),
    ("Mexico", "America/Mexico_City", ("Spanish", "English"), "district", "01000"),
    ("Chile", "America/Santiago", ("Spanish", "English"), "district", "8320000"),
    ("Brazil", "America/Sao_Paulo", ("Portuguese", "English"), "district", "01310-100"),
    ("Ireland", "Europe/Dublin", ("English",), "county", "D02 X285"),
    ("Denmark", "Europe/Copenhagen", ("Danish", "English"), "district", "8000"),
    ("Germany", "Europe/Berlin", ("German", "English"), "district", "01067"),
    ("Namibia", "Africa/Windhoek", ("English", "German"), "district", "NA"),
    ("Kenya", "Africa/Nairobi", ("English", "Swahili"), "county", "00100"),
    ("India", "Asia/Kolkata", ("English", "Hindi"), "district", "560001"),
    ("Nepal", "Asia/Kathmandu", ("Nepali", "English"), "district", "44600"),
    ("Japan", "Asia/Tokyo", ("Japanese", "English"), "district", "100-0001"),
    ("Australia", "Australia/Adelaide", ("English",), "district", "5000"),
    ("New Zealand", "Pacific/Auckland", ("English", "Maori"), "district", "0110"),
)
_ROLES = ("teacher", "administrator", "student", "community partner")
_KINDS = ("School", "College", "Academy", "Learning Centre", "Community House")
_SYLLABLES = "ba do fe ga ki lu mo na pe ri sa to vi zé ny ør ul em ash wen".split()
_PEOPLE_AT_A_SITE = 8


@dataclass(frozen=True)
class MadeUp:
    """A file of made-up applications, and what a coordinator would know besides.

    Attributes
    ----------
    rows
        Rows of text, the head first.
    clusters
        The district or county of each site.
    """

    rows: tuple[Row, ...] = field(repr=False)
    clusters: Mapping[str, str] = field(repr=False)

    def __len__(self) -> int:
        return len(self.rows) - 1

    def write(self, path: str | Path, fault: Fault | None = None) -> Path:
        """Write the rows as CSV or XLSX, with a fault of real files where one is given."""
        place, spoilt = Path(path), fault or Fault("none")
        rows = spoilt.spoil(list(self.rows))
        if place.suffix == ".xlsx":
            return write_rows(place, rows)
        text = io.StringIO()
        csv.writer(text, delimiter=spoilt.delimiter, lineterminator=spoilt.ends).writerows(rows)
        place.write_bytes(text.getvalue().encode(spoilt.encoding))
        return place


def synthetic_cohort(people: int = 400, seed: int = 2026) -> MadeUp:
    """Return made-up applications from many sites, in districts, with teams of two to five."""
    draw = random.Random(seed)
    sites = _sites(max(1, people // _PEOPLE_AT_A_SITE, min(people // 3, 12)), draw)
    share = people // len(sites)
    rows: Rows = []
    while len(rows) < people:
        made = sites[len(rows) * len(sites) // people]
        rows += _of_one_site(*made, draw, len(rows) + 1, max(0, 2 * share - 8))
    rows = rows[:people]
    draw.shuffle(rows)
    head = tuple(column.title for column in COLUMNS)
    known = {site: cluster for site, cluster, _ in sites}
    return MadeUp((head, *rows), MappingProxyType(known))


def _sites(many: int, draw: random.Random) -> list[tuple[str, str, int]]:
    """Return sites with their district and the number of their place; many share districts."""
    names: dict[str, None] = {}
    while len(names) < many:
        names[f"Example {_word(draw)} {draw.choice(_KINDS)}"] = None
    in_turn = cycle(draw.sample(range(len(_PLACES)), len(_PLACES)))
    made = []
    for number, name in enumerate(names):
        if number % (3 if many > 2 * len(_PLACES) else 1) == 0:
            place = next(in_turn)
            area = f"Example {_word(draw)} {_PLACES[place][3]}"
        made.append((name, area, place))
    return made


def _word(draw: random.Random) -> str:
    return "".join(draw.choices(_SYLLABLES, k=4)).capitalize()


def _of_one_site(
    site: str, area: str, place: int, draw: random.Random, first: int, most: int
) -> Rows:
    """Return the people of one site: a team of two to five, and at most so many who come alone."""
    together, alone = draw.randint(2, 5), draw.randint(0, most)
    team = f"{site} team {first}"
    rows = [_person(first + k, site, area, place, team, draw) for k in range(together)]
    led = draw.random() < 0.8
    rows[0] = tuple("Yes" if k == _CHAMPION and led else cell for k, cell in enumerate(rows[0]))
    rows += [_person(first + together + k, site, area, place, "", draw) for k in range(alone)]
    return rows


_ONE_IN, _NEEDS = 40, {7: "a step-free room", 19: "captions on calls", 31: "vegan; no nuts"}
_CHAMPION = next(k for k, column in enumerate(COLUMNS) if column.field == "champion")


def _person(number: int, site: str, area: str, place: int, team: str, draw: random.Random) -> Row:
    country, zone, languages, _, postcode = _PLACES[place]
    role = draw.choices(_ROLES, (6, 2, 1, 1))[0]
    moment = datetime(2026, draw.randrange(2, 5), draw.randrange(1, 28), draw.randrange(7, 22), 5)
    spoken = languages if draw.random() < 0.8 else languages[:1]
    alumni, local_work = ("Yes" if draw.random() < share else "No" for share in (0.85, 0.5))
    return (
        f"{moment.month}/{moment.day}/2026 {moment:%H:%M:%S}",
        f"{_word(draw)} Synthetic-{number:04d}",
        f"person{number:04d}@example.org",
        country,
        postcode,
        zone,
        "; ".join(spoken),
        site,
        team,
        "No",
        alumni,
        local_work,
        "Yes" if role == "student" else "No",
        free_week(draw),
        role,
        area,
        _NEEDS.get(number % _ONE_IN, ""),
    )


# --- what happens to files ------------------------------------------------------------------------

_AT = {column.field: k for k, column in enumerate(COLUMNS)}
_DAY_ZERO = datetime(1899, 12, 30)


def _unspoilt(rows: Rows) -> Rows:
    return rows


@dataclass(frozen=True)
class Fault:
    """One thing that happens to files of applications, and the mapping that answers it."""

    name: str
    spoil: Callable[[Rows], Rows] = _unspoilt
    mapping: Mapping[str, Any] = field(default_factory=dict)
    delimiter: str = ","
    ends: str = "\n"
    encoding: str = "utf-8"


def _cells(name: str, change: Callable[[str, int], str]) -> Callable[[Rows], Rows]:
    """Return what changes the cells of one column; the change is told the row as well."""

    def spoil(rows: Rows) -> Rows:
        head, *people = rows
        place = _AT[name]
        return [
            head,
            *(
                (*row[:place], change(row[place], number), *row[place + 1 :])
                for number, row in enumerate(people)
            ),
        ]

    return spoil


def _renamed(rows: Rows) -> Rows:
    head = tuple("Where do you work?" if name == "Site" else name for name in rows[0])
    return [head, *rows[1:]]


def _under_a_title(rows: Rows) -> Rows:
    """Merge the first rows, as who makes a sheet look good does: one cell is filled, others not."""
    rest = ("",) * (len(rows[0]) - 1)
    return [("Applications, all answers", *rest), ("About you", *rest), *rows]


def _sent_twice(rows: Rows) -> Rows:
    again = rows[2]
    return [*rows, (*again[: _AT["team"]], "", *again[_AT["team"] + 1 :])]


def _under_two_addresses(rows: Rows) -> Rows:
    """Let the first person apply again from another address, with the name in capitals."""
    name, email = _AT["name"], _AT["email"]
    again = list(rows[1])
    again[name], again[email] = again[name].upper(), "again@example.org"
    return [*rows, tuple(again)]


def _two_addresses(rows: Sequence[Row]) -> dict[str, Any]:
    first = rows[1][_AT["email"]]
    return {"duplicates": "keep the last", "spellings": {"email": {"again@example.org": first}}}


def _other_order(cell: str, number: int) -> str:
    month, day, rest = cell.split("/", 2)
    return f"{day}/{month}/{rest}" if number % 2 else cell


def _serial(cell: str, _number: int) -> str:
    passed = datetime.strptime(cell, "%m/%d/%Y %H:%M:%S") - _DAY_ZERO
    return f"{passed.total_seconds() / 86_400:.9f}"


def _with_empty_rows(rows: Rows) -> Rows:
    empty = ("",) * len(rows[0])
    return [part for k, row in enumerate(rows) for part in ((row, empty) if k % 5 == 0 else (row,))]


FAULTS = (
    Fault("blanks", _cells("name", lambda cell, k: f"\u00a0{cell}  " if k % 3 else cell)),
    Fault("capitals", _cells("site", lambda cell, k: cell.upper() if k == 0 else cell)),
    Fault("a formula", _cells("name", lambda cell, k: '=HYPERLINK("x")' if k == 0 else cell)),
    Fault("a renamed column", _renamed, {"columns": {"site": "Where do you work?"}}),
    Fault("merged rows above the head", _under_a_title, {"head_row": 3}),
    Fault("sent twice", _sent_twice, {"duplicates": "keep the last"}),
    Fault("dates in two orders", _cells("submitted", _other_order), {"date_order": "day first"}),
    Fault("dates as numbers", _cells("submitted", _serial), {"dates_as_numbers": "since 1900"}),
    Fault("empty rows", _with_empty_rows),
    Fault("a mark at the beginning", encoding="utf-8-sig"),
    Fault("lines that end as on Windows", ends="\r\n"),
    Fault("lines that end as on old computers", ends="\r"),
    Fault("semicolons", delimiter=";"),
    Fault("tabs", delimiter="\t"),
    Fault("two bytes a letter", delimiter="\t", encoding="utf-16"),
    Fault("Windows-1252", mapping={"encoding": "Windows-1252"}, encoding="cp1252"),
)


def faulty(made: MadeUp, folder: str | Path) -> Iterator[tuple[Fault, Path]]:
    """Write the rows once for each fault into a folder, and give each fault with its file."""
    for number, fault in enumerate(FAULTS):
        yield fault, made.write(Path(folder) / f"fault-{number:02d}.csv", fault)
    twice = Fault("one person, two addresses", _under_two_addresses, _two_addresses(made.rows))
    yield twice, made.write(Path(folder) / "fault-addresses.csv", twice)
