"""Before there is a cohort: the programmes, a look at a file, and all at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cstools.cohorts.command.task import SEED, Option, Task, names_for, option, out, word
from cstools.errors import DataError, FileError

if TYPE_CHECKING:
    from cstools.cohorts.basics.tables import Table
    from cstools.cohorts.calendar.year_calendar import Calendar
    from cstools.cohorts.cohort import Cohort
    from cstools.cohorts.command.desk import Desk
    from cstools.cohorts.store.planner import Planner

OVERLAY = option("--overlay", metavar="FILE", help="your own TOML file over the documents")
MAPPING = option("--mapping", metavar="FILE", help="how your form's answers are to be read")
HOLDS_FROM = option(
    "--on",
    metavar="DAY",
    help="from which day the seats hold, once the year has begun, as 2026-08-21",
)
SECRET = option(
    "--secret",
    default="",
    metavar="PHRASE",
    help="any words of your own, which people's codes are made with",
)


def stands(cohort: Cohort) -> Table:
    """Return how a cohort stands."""
    from cstools.cohorts.cohort_tables import overview

    return overview(cohort)


def _programmes(desk: Desk) -> int:
    from cstools.cohorts import Programme

    for programme in Programme.ids():
        desk.say(f"{programme:28}{Programme.load(programme).title}")
    return 0


def _facts(desk: Desk) -> int:
    from cstools.cohorts import Programme
    from cstools.cohorts.programmes.sheet import fact_sheet

    programme = Programme.load(desk.given.programme, overlay=desk.given.overlay)
    return desk.show(fact_sheet(programme.facts, programme.sources))


def _check(desk: Desk) -> int:
    from cstools.cohorts import check_applications

    with desk.working("reading the applications"):
        report = check_applications(desk.given.applications, desk.given.mapping)
    desk.show(report)
    return 0 if report.passes else 1


def _cohort(desk: Desk) -> int:
    from cstools.cohorts import read_applications
    from cstools.cohorts.cohort_tables import moved_notes

    given = desk.given
    with desk.working("reading the applications"):
        applications = read_applications(given.applications, given.mapping)
    planner = desk.planner_at(given.planner, new=True) if "planner" in given else None
    held = _begun(desk, planner)
    cohort = _worked_out(desk, held.enrol(applications.people))
    desk.show(stands(cohort))
    for note in moved_notes(cohort) if cohort.before != held.before else ():
        desk.say(note)
    if looks := len(applications.report.of("look")):
        desk.say(f"cells to look at: {looks}; 'cstools plan check' lists them")
    calendar = _kept(desk, planner, cohort) if planner else cohort.calendar()
    _write(desk, cohort, calendar)
    return 0


def _worked_out(desk: Desk, cohort: Cohort) -> Cohort:
    """Return the cohort with seats and buddies; those that stand, asked for alike, stay."""
    from cstools.cohorts.selection.decisions import Draw

    given, drawn = desk.given, cohort.draw
    seats = cohort.seats if given.seats is None else given.seats
    seed = drawn.seed if given.seed is None else given.seed
    whole = drawn.teams_whole and not given.split_teams
    if not cohort.decisions or (seats, Draw(seed, whole)) != (cohort.seats, drawn):
        with desk.working("giving out seats"):
            cohort = cohort.select(seats, seed=seed, teams_whole=whole, on=given.on)
    if cohort.accepted and (seed != drawn.seed or not cohort.buddies):
        with desk.working("pairing buddies") as progress:
            cohort = cohort.pair_buddies(seed=seed, progress=progress)
    return cohort


def _begun(desk: Desk, planner: Planner | None) -> Cohort:
    """Return the cohort to go on with: the one that is kept under this name, or a new one.

    Raises
    ------
    DataError
        When it is kept with another phrase, or for another programme.
    """
    from cstools.cohorts import Programme
    from cstools.cohorts.cohort_changes import opened_by

    given = desk.given
    programme = Programme.load(given.programme, overlay=given.overlay)
    name = given.name or programme.title
    new = programme.plan(name, secret=given.secret)
    if planner is None or name not in desk.names_in(planner):
        return new
    held = planner.load(name)
    if held.programme.id != programme.id:
        raise DataError(f"'{name}' is kept here for '{held.programme.id}'; give another --name")
    if given.secret not in ("", held.secret):
        raise DataError(
            f"'{name}' is kept here with another phrase, and its people have codes made with that "
            "one; leave --secret out, or give another --name"
        )
    return opened_by(held, replace(held, programme=programme))


def _kept(desk: Desk, planner: Planner, cohort: Cohort) -> Calendar:
    """Save the cohort; return its calendar, numbered after the one that people already have."""
    desk.planner = planner
    files = (desk.given.applications, desk.given.mapping)
    with desk.working(f"saving '{cohort.name}'") as progress:
        saved = desk.saving(
            cohort.name,
            lambda: planner.save(cohort, read_from=files[0], mapping=files[1], progress=progress),
        )
        calendar = planner.publish(cohort)
    desk.say(repr(saved))
    return calendar


def _write(desk: Desk, cohort: Cohort, calendar: Calendar) -> None:
    from cstools.cohorts.basics.spreadsheet import write_rows
    from cstools.cohorts.selection.roster import buddy_rows

    folder, names_for = Path(desk.given.out), desk.given.names_for
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(f"the folder '{folder}' cannot be made: {error.strerror}") from None
    if names_for and "planner" in desk.given:
        desk.cohort = cohort
        names_for = desk.reason()
    desk.wrote(cohort.write(folder / "roster.xlsx", names_for), names_for)
    desk.wrote(write_rows(folder / "buddies.csv", buddy_rows(cohort)))
    desk.wrote(calendar.write(folder / "calendar.ics"))
    if calendar.undecided:
        desk.say("\n".join(calendar.undecided))


_PROGRAMME = option("--programme", required=True, metavar="ID", help="'programmes' lists them")
_APPLICATIONS = option("--applications", required=True, metavar="FILE", help="CSV or XLSX")
_ALL_AT_ONCE: tuple[Option, ...] = (
    _PROGRAMME,
    _APPLICATIONS,
    out("where the files are written", metavar="FOLDER"),
    option("--name", default="", help="what the cohort is called"),
    option("--seats", type=int, metavar="N", help="how many seats there are"),
    OVERLAY,
    MAPPING,
    SEED,
    SECRET,
    option("--split-teams", action="store_true", help="let a team come in part"),
    HOLDS_FROM,
    names_for(),
)
TASKS = (
    Task("programmes", "list the programme runs", "programmes", _programmes, "nothing"),
    Task(
        "facts",
        "what a programme's documents state",
        "facts master-practitioners-2026 --overlay ours.toml",
        _facts,
        "nothing",
        (word("programme", metavar="ID"), OVERLAY),
        about="Where the documents are silent it says 'not stated'; an overlay of yours fills it.",
    ),
    Task(
        "check",
        "what is wrong in a file of applications",
        "check applications.csv --mapping form.toml",
        _check,
        "nothing",
        (word("applications", metavar="FILE"), MAPPING),
        about="Nothing is taken from the file, and no name of it is shown.",
    ),
    Task(
        "cohort",
        "all at once: read applications; write roster, buddies and calendar",
        "cohort --programme master-practitioners-2026 --applications applications.csv "
        "--seats 25 --out autumn",
        _cohort,
        "planner",
        _ALL_AT_ONCE,
        about="With --planner the cohort is kept as well; one that is kept there already under "
        "its name is gone on with: seats and buddies stay, unless new answers open them, or "
        "another number, --seed or --split-teams asks for others. Whom that moves is said; from "
        "whom it takes a seat in the course of the year, only with --on.",
    ),
)
