"""Sessions that fall on a public holiday of somebody's country: said, and never moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from cstools.cohorts.basics.countries import country_code
from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.basics.zones import zone
from cstools.cohorts.calendar.events import Event
from cstools.errors import MissingPartError

Home = tuple[str, str, int]
"""A country as written, a zone id, and how many people live there."""
NONE = "No call and no workshop meets a public holiday that is known of."
COLUMNS = ("date there", "what", "holiday", "country", "zone", "people")


def holiday_table(title: str, events: Iterable[Event], homes: Sequence[Home]) -> Table:
    """Return each call and workshop that meets a public holiday where somebody lives.

    The day is the one on the person's own clock. It can mislead: only holidays of a whole country
    are known, not those of a state, a province, a faith or a school; days that follow the moon
    may be estimates, which their names then say.

    Raises
    ------
    MissingPartError
        When the library of holidays is not installed.
    """
    held = [e for e in events if e.kind in ("call", "workshop") and not e.cancelled]
    years = sorted({day.year + k for e in held for day in (e.day, e.last_day) for k in (-1, 0, 1)})
    known = {code: _holidays(code, years) for code in sorted({_code(h) for h in homes} - {""})}
    found: set[tuple[date, str, str, str, str]] = set()
    for event in held:
        for country, zone_id, _ in homes:
            days = known.get(country_code(country)) or {}
            for day in _days_there(event, zone_id):
                if day in days:
                    found.add((day, event.name, days[day], country, zone_id))
    people = {(country, zone_id): count for country, zone_id, count in homes}
    rows = [(f"{f[0]:%a %d %b %Y}", *f[1:], people[f[3:]]) for f in sorted(found)]
    none = [NONE] if not rows and any(known.values()) else []
    return table(title, COLUMNS, rows, [*none, *_notes(homes, known)])


def _code(home: Home) -> str:
    return country_code(home[0])


def _days_there(event: Event, zone_id: str) -> list[date]:
    """Return the days that a session touches on a zone's clock."""
    if not isinstance(event.starts, datetime):
        return [event.day]
    first = event.utc.astimezone(zone(zone_id)).date()
    last = (event.finish - timedelta(seconds=1)).astimezone(zone(zone_id)).date()
    return [first + timedelta(k) for k in range((last - first).days + 1)]


def _holidays(code: str, years: Sequence[int]) -> Mapping[date, str] | None:
    """Return a country's public holidays by day, ``None`` where the library has none."""
    try:
        import holidays
    except ModuleNotFoundError:
        raise MissingPartError(
            "'holidays' is not installed, and the warnings about public holidays need it; "
            "install it with: pip install 'cstools[planner]'"
        ) from None
    if not years or code not in holidays.list_supported_countries():
        return None
    return dict(holidays.country_holidays(code, years=years, language="en_US"))


def _notes(homes: Sequence[Home], known: Mapping[str, object]) -> list[str]:
    told = ["Warnings only: nothing is moved. Holidays of a state, a faith or a school are not in."]
    unread = Counter[str]()
    for country, _, count in homes:
        if not known.get(country_code(country)):
            unread[country or "no country stated"] += count
    if unread:
        named = ", ".join(f"{country} ({count})" for country, count in sorted(unread.items()))
        told.append(f"Not looked at, since their holidays are not known: {named}.")
    return told
