"""The calendar: on everybody's clock, as a picture, as a file, and numbered when it changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cstools.cohorts.command.task import Task, option, out, word

if TYPE_CHECKING:
    from cstools.cohorts.calendar.year_calendar import Calendar
    from cstools.cohorts.command.desk import Desk


def _now(desk: Desk) -> Calendar:
    """Return the calendar as it would be published now, and keep nothing of it."""
    with desk.working("working out the calendar"):
        return desk.planner.calendar_of(desk.cohort)


def _calendar(desk: Desk) -> int:
    return desk.show(_now(desk))


def _write(desk: Desk) -> int:
    return desk.wrote(_now(desk).write(Path(desk.given.out), utc=desk.given.utc))


def _timeline(desk: Desk) -> int:
    return desk.draw(_now(desk).timeline())


def _who_meets_when(desk: Desk) -> int:
    return desk.draw(_now(desk).who_meets_when())


def _in_zone(desk: Desk) -> int:
    return desk.show(_now(desk).in_zone(desk.given.zone))


def _in_each_zone(desk: Desk) -> int:
    return desk.show(_now(desk).in_each_zone())


def _hours(desk: Desk) -> int:
    given = desk.given
    with desk.working("weighing the hours"):
        hours = _now(desk).call_hours(given.series, given.faculty)
    if given.out:
        desk.show(hours.table())
        return desk.draw(hours.picture())
    return desk.show(hours.table())


def _holidays(desk: Desk) -> int:
    return desk.show(_now(desk).holidays())


def _slots(desk: Desk) -> int:
    return desk.show(_now(desk).guest_slots())


def _moved(desk: Desk) -> int:
    return desk.show(_now(desk).moved_table())


def _cancelled(desk: Desk) -> int:
    place = Path(desk.given.out)
    desk.write_bytes(place, _now(desk).cancellations().encode())
    return desk.wrote(place)


def _publish(desk: Desk) -> int:
    if desk.dry:
        desk.show(_now(desk))
        desk.say("Nothing was saved, since --dry-run was asked for.")
        return 0
    cohort = desk.cohort
    with desk.working("working out the calendar"):
        calendar = desk.saving(cohort.name, lambda: desk.planner.publish(cohort))
    desk.show(calendar)
    if calendar.moved:
        desk.show(calendar.moved_table())
    desk.say(f"The calendar of '{cohort.name}' is kept as published.")
    if not desk.given.out:
        return 0
    return desk.wrote(calendar.write(Path(desk.given.out), utc=desk.given.utc))


_UTC = option("--utc", action="store_true", help="hours in UTC, for programs without zones")
_PICTURE = out("an SVG file; without it the picture is told in words", required=False)
_UNDER = (
    Task(
        "zone",
        "on the clock of one zone",
        "calendar zone Asia/Tokyo",
        _in_zone,
        "cohort",
        (word("zone", metavar="ZONE"),),
    ),
    Task("zones", "when each zone meets", "calendar zones", _in_each_zone, "cohort"),
    Task(
        "timeline",
        "the year on a line of months",
        "calendar timeline --out year.svg",
        _timeline,
        "cohort",
        (_PICTURE,),
    ),
    Task(
        "who-meets-when",
        "the local hour of each call in each zone",
        "calendar who-meets-when --out hours.svg",
        _who_meets_when,
        "cohort",
        (_PICTURE,),
    ),
    Task(
        "hours",
        "what the hour of the calls costs: fixed, rotating, in two sittings",
        "calendar hours --faculty America/New_York",
        _hours,
        "cohort",
        (
            option("--series", default="", metavar="NAME", help="one series of calls"),
            option(
                "--faculty",
                action="append",
                default=[],
                metavar="ZONE",
                help="the zone of one of the faculty; once for each",
            ),
            _PICTURE,
        ),
    ),
    Task(
        "holidays",
        "calls and workshops on a public holiday; warnings only",
        "calendar holidays",
        _holidays,
        "cohort",
    ),
    Task(
        "slots", "what each call is about, and who is its guest", "calendar slots", _slots, "cohort"
    ),
    Task(
        "moved",
        "what stands elsewhere since it was published, by a new zone database",
        "calendar moved",
        _moved,
        "cohort",
    ),
    Task(
        "ics",
        "write it for calendar programs",
        "calendar ics --out calendar.ics",
        _write,
        "cohort",
        (out("an ICS file"), _UTC),
    ),
    Task(
        "cancelled",
        "write what is cancelled, so that programs drop it",
        "calendar cancelled --out cancelled.ics",
        _cancelled,
        "cohort",
        (out("an ICS file"),),
    ),
)
TASKS = (
    Task("calendar", "the year's calendar", "calendar", _calendar, "cohort", (), _UNDER),
    Task(
        "publish",
        "keep the calendar as the one that people have, and write it",
        "publish --out calendar.ics",
        _publish,
        options=(out("an ICS file", required=False), _UTC),
        about="What changed since it was last published gets the next number, so that calendar "
        "programs move what they hold.",
    ),
)
