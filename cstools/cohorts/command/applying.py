"""Beginning a cohort, its applications, and how it stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cstools.cohorts.command.before import MAPPING, OVERLAY, SECRET, stands
from cstools.cohorts.command.desk import USUAL
from cstools.cohorts.command.task import Task, names_for, option, out, word
from cstools.errors import DataError, FileError

if TYPE_CHECKING:
    from cstools.cohorts.basics.people import Application
    from cstools.cohorts.cohort import Cohort
    from cstools.cohorts.command.desk import Desk
    from cstools.cohorts.programmes.programme import Programme
    from cstools.cohorts.store.planner import Planner

_NO_PHRASE = (
    "No phrase was given with --secret: whoever knows an e-mail address can work out its code."
)


def _new(desk: Desk) -> int:
    from cstools.cohorts import Programme

    given = desk.given
    programme = Programme.load(given.programme, overlay=given.overlay)
    name = given.name or programme.title
    cohort = programme.plan(name, secret=given.secret)
    if given.applications:
        cohort = cohort.enrol(_read(desk, given.applications))
    desk.planner = _planner_for_new(desk)
    if name in desk.names_in(desk.planner):
        raise DataError(
            f"the planner '{desk.planner.place.title}' keeps '{name}' already; 'cstools plan "
            "enrol' adds applications to it, or give the new one another name"
        )
    desk.show(stands(cohort))
    if not given.secret:
        desk.say(_NO_PHRASE)
    return desk.keep(cohort, given.applications, given.mapping if given.applications else None)


def _planner_for_new(desk: Desk) -> Planner:
    try:
        place = desk.place()
    except FileError:
        place = USUAL
    return desk.planner_at(place, new=True)


def _enrol(desk: Desk) -> int:
    given = desk.given
    people = _read(desk, given.applications)
    return desk.step(
        lambda cohort: cohort.enrol(people),
        stands,
        read_from=given.applications,
        mapping=given.mapping,
    )


def _read(desk: Desk, path: str) -> tuple[Application, ...]:
    from cstools.cohorts import read_applications

    with desk.working("reading the applications"):
        applications = read_applications(path, desk.given.mapping)
    desk.show(applications)
    return applications.people


def _overlay(desk: Desk) -> int:
    from cstools.cohorts import Programme
    from cstools.cohorts.programmes.sheet import fact_sheet

    def sheet(cohort: Cohort) -> object:
        return fact_sheet(cohort.programme.facts, cohort.programme.sources)

    if not desk.given.overlay:
        return desk.show(sheet(desk.cohort))
    programme = Programme.load(desk.cohort.programme.id, overlay=desk.given.overlay)
    return desk.step(lambda cohort: _under(cohort, programme), sheet)


def _under(cohort: Cohort, programme: Programme) -> Cohort:
    """Return a cohort under another file's facts; a year that these cannot draw is told now."""
    changed = replace(cohort, programme=programme)
    changed.calendar()
    return changed


def _show(desk: Desk) -> int:
    return desk.show(stands(desk.cohort))


def _roster(desk: Desk) -> int:
    given = desk.given
    return desk.wrote(desk.cohort.write(Path(given.out), desk.reason()), given.names_for)


TASKS = (
    Task(
        "new",
        "begin a cohort, and keep it in a planner",
        'new "Class of 2026-2027" --programme master-practitioners-2026 '
        '--applications applications.csv --secret "any words of your own"',
        _new,
        "step",
        (
            word("name", nargs="?", default="", metavar="NAME"),
            option("--programme", required=True, metavar="ID", help="'programmes' lists them"),
            option("--applications", metavar="FILE", help="CSV or XLSX"),
            OVERLAY,
            MAPPING,
            SECRET,
        ),
        about="The phrase is kept with the names, and so are the overlay's facts: no later task "
        "asks for them. Without --planner the folder 'planner' is made here.",
    ),
    Task(
        "enrol",
        "add applications to the cohort",
        "enrol late.csv --mapping form.toml",
        _enrol,
        options=(word("applications", metavar="FILE"), MAPPING),
        about="The same file again changes nothing. New answers of somebody take the place of the "
        "old ones (what the file has no column for stays as it was answered), and what was decided "
        "on those (seats and buddies, or buddies alone) is then open again; a corrected name opens "
        "nothing.",
    ),
    Task(
        "overlay",
        "put your own file over the programme's documents",
        "overlay ours.toml",
        _overlay,
        options=(word("overlay", nargs="?", metavar="FILE"),),
        about="Without a file it shows the facts that the cohort is planned with. What was decided "
        "stays; seats are given out anew only by 'select'.",
    ),
    Task("show", "how the cohort stands", "show", _show, "cohort"),
    Task(
        "roster",
        "write the list of everybody, by code",
        "roster --out roster.xlsx",
        _roster,
        "cohort",
        (out("an XLSX or CSV file"), names_for()),
    ),
)
