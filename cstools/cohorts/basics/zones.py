"""The world's clocks come from the packaged, recorded tzdata, never from the machine's own files.

``zoneinfo`` looks into the system's zone files before the ``tzdata`` package, so two computers
with one roster could give two calendars. Here each zone is read straight from the package; the
rest of the process keeps whatever search path it has.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from importlib import resources
from zoneinfo import ZoneInfo

import tzdata  # type: ignore[import-untyped]

from cstools.cohorts.basics.spelling import folded
from cstools.errors import DataError, brief, did_you_mean, shown

VERSION: str = tzdata.IANA_VERSION
"""The edition of the zone database that every time of this process was worked out with."""
_NO_PLACE = frozenset(
    "CET CST6CDT EET EST EST5EDT Factory GMT GMT+0 GMT-0 GMT0 Greenwich HST MET MST MST7MDT "
    "PST8PDT UCT UTC Universal WET Zulu".split()
)
_OFFSET = re.compile(r"^(?:[A-Z]{1,4}T|UTC|GMT|Z)?\s*(?:[+\-−]\s*\d{1,2}(?:[:.]?\d\d)?)?$")

_WRITE_A_PLACE = "write a part of the world and a city in it, such as 'Europe/Copenhagen'"
# What people in the United States call their clocks; asked about, never taken for the place.
_AMERICAN = {
    "eastern": "America/New_York",
    "central": "America/Chicago",
    "mountain": "America/Denver",
    "pacific": "America/Los_Angeles",
    "alaska": "America/Anchorage",
    "hawaii": "Pacific/Honolulu",
}
_SAID_OF_ANY = frozenset("time zone standard daylight us usa".split())


@lru_cache(maxsize=1)
def zone_names() -> tuple[str, ...]:
    """Return every zone id of the packaged database, as ``Europe/Copenhagen``."""
    text = resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8")
    return tuple(text.split())


@lru_cache(maxsize=1)
def _by_lower_case() -> dict[str, str]:
    return {name.casefold(): name for name in zone_names()}


def canonical(name: str) -> str:
    """Return a zone id in the database's own spelling of capitals.

    Raises
    ------
    DataError
        When there is no such zone; the nearest ones are named.
    """
    if not isinstance(name, str):
        raise DataError(f"{shown(name)} is no time zone; write it as 'Europe/Copenhagen'")
    found = _by_lower_case().get(name.strip().replace(" ", "_").casefold())
    if found is None:
        known = _candidates(name)
        hint = f"; did you mean '{known[0]}'?" if len(known) == 1 else did_you_mean(name, known)
        raise DataError(f"'{brief(name)}' is no time zone{hint or f'; {_WRITE_A_PLACE}'}")
    return found


def of_a_place(name: str) -> str:
    """Return the id of the zone of a place, in the database's own spelling.

    ``EST``, ``GMT+1`` and ``Etc/GMT-1`` are refused. The database has some of them, but as clocks
    that no place keeps all year, and its ``Etc/GMT+1`` stands one hour *behind* UTC.

    Raises
    ------
    DataError
        When it is no zone, or an abbreviation or an offset.
    """
    written = name.strip() if isinstance(name, str) else canonical(name)
    known = _by_lower_case().get(written.replace(" ", "_").casefold(), "")
    if known.startswith("Etc/") or (known in _NO_PLACE if known else _OFFSET.match(written)):
        raise DataError(
            f"'{brief(name)}' names no place, and clocks change place by place; {_WRITE_A_PLACE}, "
            "here or under [spellings.time_zone] in a mapping file"
        )
    return canonical(name)


def _candidates(name: str) -> list[str]:
    """Return the ids worth suggesting: by city alone where a bare city was written."""
    by_word = " ".join(word for word in folded(name).split() if word not in _SAID_OF_ANY)
    if by_word in _AMERICAN:
        return [_AMERICAN[by_word]]
    if "/" in name:
        return [zone for zone in zone_names() if not zone.startswith("Etc/")]
    city = name.strip().replace(" ", "_").casefold()
    return [
        zone
        for zone in zone_names()
        if zone.rpartition("/")[2].casefold() == city and not zone.startswith("Etc/")
    ][:1]


def zone(name: str) -> ZoneInfo:
    """Return the clock of a zone from the packaged database, the same object for the same zone."""
    return _clock(canonical(name))


@cache
def _clock(known: str) -> ZoneInfo:
    with resources.files("tzdata").joinpath("zoneinfo", *known.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=known)


def at(wall: datetime, name: str) -> datetime:
    """Return a wall-clock time as a moment in a zone.

    An hour that the clocks repeat in autumn means its first passing.

    Raises
    ------
    DataError
        When the clocks skip this hour in spring.
    """
    moment = wall.replace(tzinfo=zone(name))
    there_and_back = moment.astimezone(UTC).astimezone(zone(name))
    if there_and_back.replace(tzinfo=None) != wall:
        raise DataError(
            f"{wall:%H:%M} on {wall:%d %B %Y} does not exist in {name}: the clocks go forward "
            "over it; choose another hour"
        )
    return moment


def offset(moment: datetime) -> timedelta:
    """Return how far a moment's clock stands ahead of UTC."""
    ahead = moment.utcoffset()
    if ahead is None:
        raise DataError(f"{moment} has no time zone")
    return ahead
