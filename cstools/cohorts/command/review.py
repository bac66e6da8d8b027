"""Review and certificates: faculty, panels, what was handed in and signed, and what is issued."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstools.cohorts.command.seats import holds
from cstools.cohorts.command.task import SEED, Option, Task, decided, on, option, word

if TYPE_CHECKING:
    from cstools.cohorts.basics.tables import Table
    from cstools.cohorts.cohort import Cohort
    from cstools.cohorts.command.desk import Desk


def _stands(cohort: Cohort) -> Table:
    from cstools.cohorts.review.tables import review_table

    return review_table(cohort)


def _panels_of(cohort: Cohort) -> Table:
    return cohort.reviewing.panels()


# --- faculty ---


def _table(cohort: Cohort) -> Table:
    from cstools.cohorts.basics.tables import table

    review = cohort.review
    about = {each.id: [] for each in review.faculty}  # type: dict[str, list[str]]
    for conflict in review.declared:
        about.setdefault(conflict.faculty, []).append(conflict.about)
    rows = [
        (
            each.id,
            each.kind,
            ", ".join(each.sites) or "–",
            "any" if each.most is None else each.most,
            ", ".join(each.mentors) or "–",
            ", ".join(about[each.id]) or "–",
        )
        for each in review.faculty
    ]
    columns = ("id", "kind", "sites", "most panels", "mentors", "declared a conflict about")
    return table(f"{cohort.name}: faculty", columns, rows)


def _faculty(desk: Desk) -> int:
    return desk.show(_table(desk.cohort))


def _add(desk: Desk) -> int:
    from cstools.cohorts import faculty

    given = desk.given
    new = faculty(
        given.id,
        given.kind,
        sites=given.site,
        person=given.person,
        mentors=given.mentors,
        most=given.most,
        free=given.free,
        time_zone=given.zone,
    )
    return desk.step(lambda cohort: cohort.reviewing.with_faculty(new), _table)


def _declare(desk: Desk) -> int:
    given = desk.given
    return desk.step(lambda cohort: cohort.reviewing.declare(given.id, *given.about), _table)


# --- panels ---


def _panels(desk: Desk) -> int:
    return desk.show(desk.cohort.reviewing.panels())


def _assign(desk: Desk) -> int:
    given = desk.given
    week = desk.day(given.week) if given.week else None
    return desk.step(
        lambda cohort: cohort.reviewing.assign_panels(
            programme=given.programme,
            outside=given.outside,
            unit=given.unit,
            week=week,
            seed=desk.seed,
        ),
        _panels_of,
        doing="finding panels",
    )


def _put_on(desk: Desk) -> int:
    return _decide(desk, "put_on_panel")


def _keep_off(desk: Desk) -> int:
    return _decide(desk, "keep_off_panel")


def _decide(desk: Desk, how: str) -> int:
    given = desk.given

    def change(cohort: Cohort) -> Cohort:
        decide: Any = getattr(cohort.reviewing, how)
        changed: Cohort = decide(given.about, given.id, by=given.by, why=given.why)
        return changed

    return desk.step(change, lambda cohort: cohort.overruled_table())


def _check(desk: Desk) -> int:
    checked = desk.cohort.reviewing.check()
    desk.show(checked)
    return 0 if holds(checked) else 1


# --- what is handed in and signed ---


def _review(desk: Desk) -> int:
    return desk.show(_stands(desk.cohort))


def _note(desk: Desk) -> int:
    given = desk.given
    return desk.step(
        lambda cohort: cohort.reviewing.note(given.sheet, folder=given.folder),
        _stands,
        doing="reading the sheet",
    )


def _hand_in(desk: Desk) -> int:
    given = desk.given
    return desk.step(
        lambda cohort: cohort.reviewing.hand_in(given.who, given.portfolio, on=desk.day()), _stands
    )


def _sign(desk: Desk) -> int:
    given = desk.given
    outcome = given.outcome.replace("further-work", "further work")
    return desk.step(
        lambda cohort: cohort.reviewing.sign(
            given.who, given.id, outcome, on=desk.day(), slip=given.slip
        ),
        _stands,
    )


def _consent(desk: Desk) -> int:
    given = desk.given
    return desk.step(
        lambda cohort: cohort.reviewing.consent(given.code, *given.roles, on=desk.day()),
        lambda cohort: cohort.helpers(),
    )


def _compare(desk: Desk) -> int:
    given = desk.given
    desk.say(desk.cohort.reviewing.compare(given.who, given.portfolio))
    return 0


def _helpers(desk: Desk) -> int:
    return desk.show(desk.cohort.helpers())


_WHO = word("who", metavar="WHO", help="a code or a team")
_ID = word("id", metavar="ID", help="the id of one of the faculty, as F-1")
_ABOUT: tuple[Option, ...] = (word("about", metavar="WHO", help="a code or a team"), _ID)
_FACULTY = (
    Task(
        "add",
        "one of the faculty, by an id of your own",
        'faculty add F-1 programme --site "Example Fjord School" --most 14',
        _add,
        options=(
            _ID,
            word(
                "kind",
                choices=("programme", "outside"),
                metavar="KIND",
                help="programme or outside",
            ),
            option(
                "--site",
                action="append",
                default=[],
                metavar="SITE",
                help="where they work; once for each",
            ),
            option(
                "--mentors",
                action="append",
                default=[],
                metavar="WHO",
                help="a code or team whom they accompany; once for each",
            ),
            option("--person", default="", metavar="CODE", help="their own code, if they have one"),
            option("--most", type=int, metavar="N", help="the most panels they take"),
            option("--free", default="", metavar="HOURS", help="as 'Mon 16-18; Wed 9-11'"),
            option("--zone", default="", metavar="ZONE", help="the zone of those hours"),
        ),
    ),
    Task(
        "declare",
        "a conflict of interest that one of them declared",
        "faculty declare F-4 P-GALNCO",
        _declare,
        options=(
            _ID,
            word("about", nargs="+", metavar="WHO", help="codes or teams"),
        ),
    ),
)
_PANELS = (
    Task(
        "assign",
        "a panel for everybody who has a seat",
        "panels assign --unit person --seed 2026",
        _assign,
        options=(
            option("--unit", choices=("person", "team"), help="whose work is judged"),
            option(
                "--programme",
                type=int,
                default=1,
                metavar="N",
                help="programme faculty on each panel (1)",
            ),
            option(
                "--outside",
                type=int,
                default=1,
                metavar="N",
                help="outside faculty on each panel (1)",
            ),
            option("--week", metavar="DAY", help="a day of the week in which panels meet"),
            SEED,
        ),
    ),
    Task(
        "put-on",
        "one of the faculty sits on a panel, as you decide",
        'panels put-on P-NZDH7W F-2 --by "programme director" --why "asked for by both"',
        _put_on,
        options=(*_ABOUT, *decided()),
        about="'panels assign' comes next.",
    ),
    Task(
        "keep-off",
        "one of the faculty is not on a panel, as you decide",
        'panels keep-off P-NZDH7W F-1 --by "programme director" --why "they worked together"',
        _keep_off,
        options=(*_ABOUT, *decided()),
        about="'panels assign' comes next.",
    ),
    Task("check", "every rule checked again, plainly", "panels check", _check, "cohort"),
)
_REVIEW = (
    Task(
        "note",
        "take a sheet of portfolios, signatures and consents",
        "review note review.csv",
        _note,
        options=(
            word("sheet", metavar="FILE", help="CSV or XLSX"),
            option("--folder", metavar="FOLDER", help="where the portfolios are (beside it)"),
        ),
        about="Its columns are day, who, what (portfolio, signature, consent), faculty, value: "
        "the portfolio's file, the outcome, or the roles. All rows are taken or none.",
    ),
    Task(
        "hand-in",
        "a person or a team hands in a portfolio",
        "review hand-in P-GALNCO portfolios/P-GALNCO.html --on 2027-06-07",
        _hand_in,
        options=(
            _WHO,
            word("portfolio", metavar="PORTFOLIO", help="a file or folder"),
            on("the day"),
        ),
        about="The hash of its files is kept, not the files.",
    ),
    Task(
        "sign",
        "one of a panel signs an outcome",
        "review sign P-GALNCO F-1 further-work --on 2027-06-29",
        _sign,
        options=(
            _WHO,
            _ID,
            word("outcome", metavar="OUTCOME", help="certified or further-work"),
            on("the day"),
            option(
                "--slip",
                action="store_true",
                help="what the same one signed before was a slip of the pen",
            ),
        ),
        about="Both kinds of faculty must sign the same.",
    ),
    Task(
        "consent",
        "what somebody agreed to do in a next run; no role is a no",
        "review consent P-RPPWCB assistant mentor --on 2027-07-12",
        _consent,
        options=(
            word("code", metavar="CODE"),
            word("roles", nargs="*", metavar="ROLE", help="mentor, assistant, reviewer, co-host"),
            on("the day"),
        ),
    ),
    Task(
        "compare",
        "which attempt a portfolio is, unchanged",
        "review compare P-GALNCO portfolios/P-GALNCO.html",
        _compare,
        "cohort",
        (_WHO, word("portfolio", metavar="PORTFOLIO")),
    ),
)
TASKS = (
    Task("faculty", "who may sit on panels, by id", "faculty", _faculty, "cohort", (), _FACULTY),
    Task("panels", "who reviews whose work, and why", "panels", _panels, "cohort", (), _PANELS),
    Task(
        "review",
        "what was handed in, and who signed what",
        "review",
        _review,
        "cohort",
        (),
        _REVIEW,
    ),
)
HELPERS = Task(
    "helpers", "who was certified and agreed to help the next run", "helpers", _helpers, "cohort"
)
