"""Seats: who has one and why, who waits, who withdrew, and what people decided about it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cstools.cohorts.command.task import SEED, Option, Task, decided, names_for, option, out, word

if TYPE_CHECKING:
    from cstools.cohorts.basics.tables import Table
    from cstools.cohorts.cohort import Cohort
    from cstools.cohorts.command.desk import Desk


def decisions(cohort: Cohort) -> Table:
    """Return the table that a step on seats shows."""
    return cohort.decisions_table()


def holds(checked: Table) -> bool:
    """Say whether every rule of a checked table holds, those that are not asked left out."""
    from cstools.cohorts.selection.check import UNASKED

    return all(row[1] in ("holds", "kept", *UNASKED.values()) for row in checked.rows)


def _select(desk: Desk) -> int:
    given, held = desk.given, desk.cohort
    seats = held.seats if given.seats is None else given.seats
    whole = held.draw.teams_whole if given.teams_whole is None else given.teams_whole
    return desk.step(
        lambda cohort: cohort.select(seats, seed=desk.seed, teams_whole=whole, on=given.on),
        decisions,
        doing="giving out seats",
    )


def _seats(desk: Desk) -> int:
    return desk.show(desk.cohort.decisions_table())


def _eligible(desk: Desk) -> int:
    return desk.show(desk.cohort.eligibility())


def _check(desk: Desk) -> int:
    with desk.working("checking the seats"):
        checked = desk.cohort.verify()
    desk.show(checked)
    return 0 if holds(checked) else 1


def _overrule(desk: Desk) -> int:
    given = desk.given
    wish = given.wish.replace("-", " ")
    return desk.step(
        lambda cohort: cohort.overrule(wish, *given.codes, by=given.by, why=given.why),
        lambda cohort: cohort.overruled_table(),
    )


def _take_back(desk: Desk) -> int:
    given = desk.given
    what = int(given.what) if given.what.isdecimal() else given.what
    return desk.step(
        lambda cohort: cohort.take_back(
            what, *given.about, day=given.on, by=given.by, why=given.why
        ),
        lambda cohort: cohort.overruled_table(),
    )


def _withdraw(desk: Desk) -> int:
    given = desk.given
    return desk.step(
        lambda cohort: cohort.withdraw(given.code, given.why, by=given.by, on=given.on), decisions
    )


def _fill(desk: Desk) -> int:
    return desk.step(
        lambda cohort: cohort.fill(on=desk.given.on), decisions, doing="filling free seats"
    )


def _counts_from(desk: Desk) -> int:
    given = desk.given
    return desk.step(
        lambda cohort: cohort.following.counts_from(
            given.code, given.day, by=given.by, why=given.why
        ),
        decisions,
    )


def _decide(desk: Desk) -> int:
    given = desk.given
    return desk.step(
        lambda cohort: cohort.decide(given.diary, since=given.since, until=given.until),
        lambda cohort: cohort.overruled_table(),
        doing="doing what was decided",
    )


def _decisions(desk: Desk) -> int:
    return desk.show(desk.cohort.overruled_table())


def _letters(desk: Desk) -> int:
    given, cohort = desk.given, desk.cohort
    desk.show(cohort.letters())
    if not given.out:
        return 0
    return desk.wrote(cohort.write_letters(Path(given.out), desk.reason()), given.names_for)


def _on(what: str) -> Option:
    """Return the option of a day that nobody assumes: without one the whole year counts."""
    return option("--on", metavar="DAY", help=f"{what}, as 2026-08-21")


_WISHES = "eligible, not-eligible, hold-a-seat, keep-together or split-the-team"
TASKS = (
    Task(
        "select",
        "give out the seats, with a reason for everybody",
        "select 25 --seed 2026",
        _select,
        options=(
            word("seats", nargs="?", type=int, metavar="SEATS", help="how many (as before)"),
            SEED,
            option(
                "--split-teams",
                dest="teams_whole",
                action="store_const",
                const=False,
                help="let a team come in part",
            ),
            option(
                "--whole-teams",
                dest="teams_whole",
                action="store_const",
                const=True,
                help="a team comes whole or not at all (the usual)",
            ),
            _on("from which day they hold, once the year has begun"),
        ),
        about="Without a number the seats are as many as last time, and at first as many as the "
        "programme states. What was decided by people is respected. Buddies are open again, unless "
        "the same people have seats.",
    ),
    Task(
        "seats",
        "who has a seat, who waits, and why",
        "seats",
        _seats,
        "cohort",
        tasks=(
            Task("eligible", "who may have a seat at all", "seats eligible", _eligible, "cohort"),
            Task("check", "every rule checked again, plainly", "seats check", _check, "cohort"),
            Task(
                "from",
                "from which day on the year is asked of somebody, as you decide",
                'seats from P-M4PRGW 2026-08-21 --by coordinator --why "the day of the letter"',
                _counts_from,
                options=(
                    word("code", metavar="CODE"),
                    word("day", metavar="DAY", help="as 2026-08-21"),
                    *decided(),
                ),
                about="Calls, check-ins and whatever else was before that day are not owed.",
            ),
        ),
    ),
    Task(
        "overrule",
        "decide about a seat yourself, with a reason",
        'overrule hold-a-seat P-XDSG6U --by "programme director" --why "a second voice"',
        _overrule,
        options=(
            word("wish", metavar="WISH", help=_WISHES),
            word("codes", nargs="+", metavar="CODE", help="whom it is about"),
            *decided(),
        ),
        about="'select' comes next. Buddies, mentors, panels and calls have decisions of their "
        "own under their tasks.",
    ),
    Task(
        "take-back",
        "take back one of your decisions, or what was noted by mistake",
        'take-back 2 --by "programme director" --why "they would rather come singly"',
        _take_back,
        options=(
            word("what", metavar="WHAT", help="a number, as 'decisions' shows it, or a kind"),
            word("about", nargs="*", metavar="ABOUT", help="of a note: what it is about"),
            option("--on", metavar="DAY", help="of a note: its day, where it has one"),
            *decided(),
        ),
        about="Kinds of notes, and what they are about: champion TEAM WHO; mentor ID; faculty ID; "
        "conflict ID WHO; check-in WHO WHO, or TEAM, --on DAY; practice WHO --on DAY; portfolio "
        "WHO --on DAY; project WHO STATE; workshop WHO WORKSHOP; report CALL, or FILE. What was "
        "taken back stands in 'decisions', with why; its row in a sheet, or its file in the folder "
        "of reports, brings it back no more.",
    ),
    Task(
        "decide",
        "do what a diary of decisions tells, day by day",
        "decide decided.toml --until 2026-09-01",
        _decide,
        options=(
            word("diary", metavar="FILE", help="a TOML file with [[decided]] before each entry"),
            option("--since", metavar="DAY", help="only from this day on"),
            option("--until", metavar="DAY", help="only up to this day"),
        ),
        about="Each entry has its day (on), its step (what), and what the step is told. An entry "
        "that was done before is not done again; all entries are done or none.",
    ),
    Task("decisions", "everything that people decided", "decisions", _decisions, "cohort"),
    Task(
        "withdraw",
        "somebody cannot come",
        'withdraw P-PK4PIH --why "a new post from September" --on 2026-09-01',
        _withdraw,
        options=(
            word("code", metavar="CODE"),
            option("--why", required=True, metavar="REASON", help="the reason, in a sentence"),
            option("--by", default="participant", metavar="ROLE", help="who says so"),
            _on("the first day without the seat"),
        ),
        about="Nobody else is moved; the seat stays free until 'fill'. Once something is known of "
        "the year, the day is asked for.",
    ),
    Task(
        "fill",
        "offer free seats along the waiting list",
        "fill --on 2026-08-21",
        _fill,
        options=(_on("from which day whoever comes in has the seat"),),
        about="What was before that day is not asked of them; without it, the whole year is.",
    ),
    Task(
        "letters",
        "what to write to everybody; nothing is sent",
        'letters --out letters.xlsx --names-for "letters of admission"',
        _letters,
        "cohort",
        (out("an XLSX or CSV file for a mail merge", required=False), names_for()),
    ),
)
