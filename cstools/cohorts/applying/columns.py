"""The columns of an application form: what each is called, and how its cells are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from cstools.cohorts.basics.hours import FreeTime, parse_free_hours
from cstools.cohorts.basics.spelling import folded, tidy
from cstools.cohorts.basics.zones import of_a_place
from cstools.errors import DataError


@dataclass(frozen=True)
class Column:
    """One question of the form. Cells of a ``private`` column are never quoted in a message."""

    field: str
    title: str
    needed: bool = False
    private: bool = False
    also: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every head that is understood as this column."""
        return (self.title, self.field, *self.also)


COLUMNS = (
    Column("submitted", "Timestamp", also=("Submitted", "Date", "Completion time")),
    Column("name", "Full name", needed=True, private=True, also=("Name", "Your name")),
    Column(
        "email",
        "Email Address",
        needed=True,
        private=True,
        also=("Email", "E-mail", "E-mail address", "Your e-mail"),
    ),
    Column("country", "Country", also=("Country of residence",)),
    Column("postcode", "Postal code", private=True, also=("Postcode", "Zip", "ZIP code")),
    Column("time_zone", "Time zone", needed=True, also=("Timezone", "Your time zone")),
    Column("languages", "Languages", needed=True, also=("Language", "Languages you speak")),
    Column("site", "Site", needed=True, also=("School", "Organisation", "Organization")),
    Column("team", "Team", also=("Team name",)),
    Column("champion", "Executive champion", also=("Champion",)),
    Column("alumni", "Introductory workshop taken", needed=True, also=("Alumni", "Alumnus")),
    Column("local_work", "Local work under way", also=("Local work", "Existing site")),
    Column("student", "Student", also=("Are you a student?",)),
    Column("free", "Free hours", needed=True, also=("Free hours (your own clock)",)),
    Column("role", "Role", also=("Your role", "Your role at work", "Position", "Job title")),
    Column("district", "District or county", also=("District", "County", "School district")),
    Column(
        "access_needs",
        "Access needs",
        private=True,
        also=("Accessibility", "Accessibility needs", "Accommodations", "Access requirements"),
    ),
)
BY_FIELD: Mapping[str, Column] = {column.field: column for column in COLUMNS}

_YES = frozenset("yes y true 1 x ja oui si sí sim はい".split())
_NO = frozenset("no n false 0 nej nein non não nao いいえ".split())
# What people write where they have none, compared without capitals, accents and points.
_NONE = frozenset(
    "none,no,nil,na,n a,nothing,not applicable,no team,not in a team,ingen,nej,keine,keins,nein,"
    "aucun,aucune,non,ninguno,ninguna,nenhum,nenhuma,nao,なし".split(",")
)
_STROKES = "-–—_/.?! "
_DATE = re.compile(
    r"^(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})"
    r"(?:[ T]+(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*([AaPp][Mm])?.*)?$"
)
_DAYS_COUNTED = re.compile(r"^[2-7]\d{4}([.,]\d+)?$")  # 1954 to 2119
_FIRST_DAY = {"since 1900": datetime(1899, 12, 30), "since 1904": datetime(1904, 1, 1)}
_EMAIL = re.compile(r"^[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+$")


def yes_or_no(cell: str) -> bool | None:
    """Return yes, no, or ``None`` for an empty cell."""
    word = cell.casefold().rstrip(".!")
    if word in _YES or word in _NO:
        return word in _YES
    if word:
        raise DataError(f"'{cell}' is neither yes nor no; write one of them")
    return None


def or_none(cell: str) -> str:
    """Return a name as it is written, and an empty text for a word or a stroke that says none."""
    return "" if folded(cell) in _NONE or not cell.strip(_STROKES) else cell


def languages(cell: str) -> tuple[str, ...]:
    """Return the languages of a list, each once, with a capital, in alphabetical order."""
    words = {tidy(word) for word in re.split(r"[,;/&\n]|\band\b", cell)}
    return tuple(sorted({word[0].upper() + word[1:].lower() for word in words if word}))


def email_address(cell: str) -> str:
    """Return an e-mail address, or say that it is none, without repeating it."""
    if not _EMAIL.match(cell):
        raise DataError("this is no e-mail address; write one address, as name@example.org")
    return cell


def zone_name(cell: str) -> str:
    """Return the zone id of a place in the database's spelling."""
    return of_a_place(cell)


def free_hours(cell: str) -> tuple[FreeTime, ...]:
    """Return the free spans of a week."""
    return parse_free_hours(cell)


READERS: Mapping[str, Callable[[str], object]] = {
    "email": email_address,
    "time_zone": zone_name,
    "languages": languages,
    "champion": yes_or_no,
    "alumni": yes_or_no,
    "local_work": yes_or_no,
    "student": yes_or_no,
    "free": free_hours,
    "team": or_none,
    "role": or_none,
    "district": or_none,
    "access_needs": or_none,
}


def readings(cell: str, numbers: str | None = None) -> dict[str, datetime]:
    """Return what a typed date can mean: a moment for each order that gives a day of the calendar.

    The orders are ``day first`` and ``month first``. A year in front settles it: both orders then
    give one moment, and so does a count of days as Excel keeps them, where ``numbers`` says from
    which year it counts: ``since 1900`` or ``since 1904``.

    Raises
    ------
    DataError
        When the cell holds no date in any order.
    """
    if _DAYS_COUNTED.match(cell):
        moment = _counted(cell, numbers)
        return {"day first": moment, "month first": moment}
    found = _DATE.match(cell)
    possible = _orders(found) if found else {}
    result = {order: moment for order, moment in possible.items() if moment}
    if not result:
        raise DataError(f"'{cell}' is no date; write it as 2026-04-03")
    return result


def _counted(cell: str, numbers: str | None) -> datetime:
    """Return the moment a count of days means, to the second."""
    if not numbers:
        raise DataError(
            f"'{cell}' is a count of days, as Excel keeps dates; show the column as dates and save "
            'it again, or write dates_as_numbers = "since 1900" in a mapping file'
        )
    first = _FIRST_DAY[numbers]
    return first + timedelta(seconds=round(float(cell.replace(",", ".")) * 86_400))


def _orders(found: re.Match[str]) -> dict[str, datetime | None]:
    one, two, three = (int(found[k]) for k in (1, 2, 3))
    clock = _clock(found)
    if len(found[1]) == 4:
        moment = _moment((one, two, three), clock)
        return {"day first": moment, "month first": moment}
    return {
        "day first": _moment((three, two, one), clock),
        "month first": _moment((three, one, two), clock),
    }


def _clock(found: re.Match[str]) -> tuple[int, int, int]:
    hour = int(found[4] or 0)
    if found[7]:
        hour = hour % 12 + (12 if found[7].lower() == "pm" else 0)
    return hour, int(found[5] or 0), int(found[6] or 0)


def _moment(parts: tuple[int, int, int], clock: tuple[int, int, int]) -> datetime | None:
    try:
        return datetime(*parts, *clock) if parts[0] > 999 else None
    except ValueError:
        return None
