"""Money: what everybody pays, scholarships, and what it comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstools.cohorts.command.task import Task, out, word

if TYPE_CHECKING:
    from cstools.cohorts.basics.tables import Table
    from cstools.cohorts.cohort import Cohort
    from cstools.cohorts.command.desk import Desk


def _bills(cohort: Cohort) -> Table:
    return cohort.paying.table()


def _tuition(desk: Desk) -> int:
    return desk.show(_bills(desk.cohort))


def _fund(desk: Desk) -> int:
    return desk.step(lambda cohort: cohort.paying.fund(desk.given.amount), _bills)


def _order(desk: Desk) -> int:
    names = [name.replace("-", " ") for name in desk.given.reductions]
    return desk.step(lambda cohort: cohort.paying.in_order(*names), _bills)


def _grant(desk: Desk) -> int:
    code, amount = desk.given.code, desk.given.amount
    if amount.endswith("%"):
        share = amount.removesuffix("%").strip()
        return desk.step(lambda cohort: cohort.paying.grant(code, percent=share), _bills)
    return desk.step(lambda cohort: cohort.paying.grant(code, amount), _bills)


def _budget(desk: Desk) -> int:
    made = desk.cohort.budget()
    desk.show(made.table())
    return desk.draw(made.picture()) if desk.given.out else 0


TASKS = (
    Task(
        "tuition",
        "what everybody pays, and how it comes about",
        "tuition",
        _tuition,
        "cohort",
        tasks=(
            Task(
                "fund",
                "how much all scholarships may come to",
                "tuition fund 20000.00",
                _fund,
                options=(word("amount", metavar="AMOUNT"),),
            ),
            Task(
                "order",
                "in which order reductions of one person are taken",
                "tuition order early-bird student scholarship",
                _order,
                options=(
                    word(
                        "reductions",
                        nargs="+",
                        metavar="REDUCTION",
                        help="early-bird, student, scholarship",
                    ),
                ),
            ),
            Task(
                "grant",
                "give somebody a scholarship",
                "tuition grant P-APWHTQ 4500.00",
                _grant,
                options=(
                    word("code", metavar="CODE"),
                    word("amount", metavar="AMOUNT", help="4500.00, or 50%% of the price"),
                ),
                about="An amount of 0 takes it back.",
            ),
        ),
    ),
    Task(
        "budget",
        "what the cohort's money and seats come to",
        "budget --out budget.svg",
        _budget,
        "cohort",
        (out("a picture of it, an SVG file", required=False),),
    ),
)
