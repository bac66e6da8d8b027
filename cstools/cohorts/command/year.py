"""Following the year: attendance, guests, notes, what is owed, reminders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cstools.cohorts.command.task import Task, decided, names_for, on, option, out, word
from cstools.errors import DataError

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort
    from cstools.cohorts.command.desk import Desk


def _year(cohort: Cohort) -> object:
    return cohort.following


def _attend(desk: Desk) -> int:
    given = desk.given
    return desk.step(
        lambda cohort: cohort.following.attend(
            given.reports,
            given.zone,
            given.call,
            date_order=given.date_order,
            instead=given.instead,
            progress=desk.progress,
        ),
        _year,
        doing="reading the reports",
    )


def _attendance(desk: Desk) -> int:
    with desk.working("counting"):
        told = desk.cohort.following.attendance(desk.day())
    return desk.show(told)


def _rules(desk: Desk) -> int:
    given = desk.given
    return desk.step(
        lambda cohort: cohort.following.counting(
            share=given.share, team=given.team, check_ins=given.check_ins
        ),
        _year,
    )


def _count_as(desk: Desk) -> int:
    given = desk.given
    return desk.step(
        lambda cohort: cohort.following.count_as(
            given.code, given.call, there=given.there, by=given.by, why=given.why
        ),
        lambda cohort: cohort.overruled_table(),
    )


def _guests(desk: Desk) -> int:
    return desk.show(desk.cohort.following.guests())


def _write_guests(desk: Desk) -> int:
    given = desk.given
    path = desk.cohort.following.write_guests(Path(given.out), desk.reason())
    return desk.wrote(path, given.names_for)


def _answer_guests(desk: Desk) -> int:
    file = Path(desk.given.answers)
    return desk.step(
        lambda cohort: cohort.following.answer_guests(file),
        lambda cohort: cohort.following.guests(),
    )


def _note(desk: Desk) -> int:
    return desk.step(
        lambda cohort: cohort.following.note(desk.given.sheet), _year, doing="reading the notes"
    )


def _project(desk: Desk) -> int:
    given = desk.given
    return desk.step(
        lambda cohort: cohort.following.project(
            given.who,
            given.state,
            day=desk.day(),
            approved_by=given.approved_by,
            by=given.by,
            why=given.why,
        ),
        _year,
    )


def _workshop(desk: Desk) -> int:
    apart = dict(_days_of(text) for text in desk.given.but)
    return desk.step(lambda cohort: cohort.following.at_workshop(desk.given.workshop, apart), _year)


def _days_of(text: str) -> tuple[str, list[str]]:
    """Return a code and the days after it, of ``P-ABCDEF=2026-06-22,2026-06-23``."""
    code, sign, days = text.partition("=")
    if not sign:
        raise DataError(f"--but '{text}': write a code, = and its days: P-ABCDEF=2026-06-22")
    return code.strip(), [day.strip() for day in days.split(",") if day.strip()]


def _owed(desk: Desk) -> int:
    given = desk.given
    with desk.working("counting"):
        view = desk.cohort.owed(desk.day())
    if given.of:
        return desk.show(view.of(given.of))
    desk.show(view.by_when() if given.by_when else view)
    return desk.draw(view.picture()) if given.out else 0


def _reminders(desk: Desk) -> int:
    given = desk.given
    with desk.working("drafting"):
        drafts = desk.cohort.following.reminders(desk.day())
    desk.show(drafts)
    if not given.out:
        return 0
    return desk.wrote(drafts.write(Path(given.out), desk.reason()), given.names_for)


_DAY = on("as seen on this day")
_ATTENDANCE = (
    Task(
        "rules",
        "how you count where the documents are silent",
        "attendance rules --share 0.75 --check-ins 21",
        _rules,
        options=(
            option("--share", metavar="SHARE", help="there from which share of a call on"),
            option("--team", metavar="N", help="how many of a team are the team, or everybody"),
            option(
                "--check-ins", metavar="DAYS", help="when the next check-in is due at the latest"
            ),
        ),
    ),
    Task(
        "count-as",
        "count somebody as there, or not, as you decide",
        'attendance count-as P-5OFFH2 2026-07-14 --there --by "programme director" '
        '--why "the power failed for a whole town"',
        _count_as,
        options=(
            word("code", metavar="CODE"),
            word("call", metavar="CALL", help="as 2026-07-14"),
            option("--there", action="store_true", default=None, help="was there"),
            option("--not-there", dest="there", action="store_false", help="was not"),
            *decided(),
        ),
    ),
)
_GUESTS = (
    Task(
        "write",
        "write them with their names, for you to answer",
        'guests write --out guests.xlsx --names-for "who was on the September call"',
        _write_guests,
        "cohort",
        (out("an XLSX or CSV file"), names_for(required=True)),
    ),
    Task(
        "answer",
        "read your answers",
        "guests answer guests.xlsx",
        _answer_guests,
        options=(word("answers", metavar="FILE", help="the file of 'guests write', filled"),),
    ),
)
TASKS = (
    Task(
        "attend",
        "take the participant reports of calls",
        "attend zoom-reports --zone America/New_York",
        _attend,
        options=(
            word("reports", metavar="REPORTS", help="a CSV or XLSX file, or a folder of them"),
            option("--zone", default="", metavar="ZONE", help="the time zone of the account"),
            option(
                "--call", default="", metavar="CALL", help="which call, where times do not tell"
            ),
            option(
                "--date-order",
                choices=("month first", "day first"),
                metavar="ORDER",
                help="'month first' or 'day first', where nothing else tells",
            ),
            option("--instead", action="store_true", help="in place of all that is known of it"),
        ),
        about="Of a folder all reports are taken or none; the same report again changes nothing.",
    ),
    Task(
        "attendance",
        "the minutes of each on each call, and what they count",
        "attendance --on 2026-12-01",
        _attendance,
        "cohort",
        (_DAY,),
        _ATTENDANCE,
    ),
    Task("guests", "whom no e-mail matches, by mark", "guests", _guests, "cohort", (), _GUESTS),
    Task(
        "note",
        "take a sheet of check-ins, practice, projects, portfolios, workshops",
        "note notes.csv",
        _note,
        options=(word("sheet", metavar="FILE", help="CSV or XLSX"),),
        about="Its columns are day, who, what, value, approved by. All rows are taken or none.",
    ),
    Task(
        "project",
        "a project's next state, out of its turn if you say why",
        'project P-PK4PIH reviewed --on 2026-08-20 --approved-by "programme faculty"',
        _project,
        options=(
            word("who", metavar="WHO", help="a code or a team"),
            word("state", metavar="STATE", help="proposed, reviewed or finalised"),
            on("the day"),
            option("--approved-by", default="", metavar="ROLE", help="who approved it"),
            option("--by", default="", metavar="ROLE", help="your role, to take it out of turn"),
            option("--why", default="", metavar="REASON", help="the reason for that"),
        ),
    ),
    Task(
        "workshop",
        "everybody was at a workshop, but for some",
        'workshop "Module 1" --but P-PK4PIH=2020-06-28,2020-06-29',
        _workshop,
        options=(
            word("workshop", metavar="WORKSHOP"),
            option(
                "--but",
                action="append",
                default=[],
                metavar="CODE=DAYS",
                help="the days on which somebody was there, perhaps none; once for each",
            ),
        ),
    ),
    Task(
        "owed",
        "what each participant, each team and the cohort still owe",
        "owed --on 2026-12-01",
        _owed,
        "cohort",
        (
            _DAY,
            option("--of", default="", metavar="WHO", help="one participant or team, in sentences"),
            option("--by-when", action="store_true", help="in order of the day it is due"),
            out("a picture of it, an SVG file", required=False),
        ),
    ),
    Task(
        "reminders",
        "drafts for everybody who owes something; nothing is sent",
        "reminders --on 2026-12-01 --out reminders.xlsx",
        _reminders,
        "cohort",
        (_DAY, out("an XLSX or CSV file", required=False), names_for()),
    ),
)
