"""Buddies: paired, paired again, wished, kept apart, accepted, and explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstools.cohorts.command.seats import holds
from cstools.cohorts.command.task import SEED, Task, decided, option, out, word
from cstools.errors import unknown_name

if TYPE_CHECKING:
    from cstools.cohorts.basics.tables import Table
    from cstools.cohorts.cohort import Cohort
    from cstools.cohorts.command.desk import Desk


def _table(cohort: Cohort) -> Table:
    return cohort.buddies_table()


def _decisions(cohort: Cohort) -> Table:
    return cohort.overruled_table()


def _buddies(desk: Desk) -> int:
    return desk.show(desk.cohort.buddies_table())


def _pair(desk: Desk) -> int:
    return desk.step(
        lambda cohort: cohort.pair_buddies(seed=desk.seed, progress=desk.progress),
        _table,
        doing="pairing buddies",
    )


def _again(desk: Desk) -> int:
    return desk.step(
        lambda cohort: cohort.pairing.again(seed=desk.seed), _table, doing="pairing buddies again"
    )


def _wish(desk: Desk) -> int:
    given = desk.given
    return desk.step(
        lambda cohort: cohort.pairing.wish(given.one, given.other, by=given.by, why=given.why),
        _decisions,
    )


def _forbid(desk: Desk) -> int:
    given = desk.given
    return desk.step(
        lambda cohort: cohort.pairing.forbid(given.one, given.other, by=given.by, why=given.why),
        _decisions,
    )


def _freeze(desk: Desk) -> int:
    given = desk.given
    return desk.step(
        lambda cohort: cohort.pairing.freeze(*given.codes, by=given.by, why=given.why),
        _decisions,
    )


def _not_again(desk: Desk) -> int:
    given = desk.given
    planner = desk.planner_at(given.kept_in) if given.kept_in else desk.planner
    earlier = planner.load(given.earlier)

    def counted(cohort: Cohort) -> str:
        pairs = len(cohort.groups.earlier)
        return f"{pairs} pairs of earlier runs are not to be buddies again; 'buddies pair' is next"

    return desk.step(lambda cohort: cohort.pairing.not_again(earlier), counted)


def _price(desk: Desk) -> int:
    given = desk.given
    with desk.working("pairing with and without it"):
        price = desk.cohort.pairing.price(given.one, given.other, seed=desk.seed)
    return desk.show(price)


def _why(desk: Desk) -> int:
    from dataclasses import replace

    shown = desk.cohort.buddies_table()
    mine = [row for row in shown.rows if row[0] == desk.given.code]
    if not mine:
        known = [row[0] for row in shown.rows]
        raise unknown_name(desk.given.code, known, f"buddies of '{desk.cohort.name}'")
    return desk.show(replace(shown, rows=tuple(mine), notes=()))


def _picture(desk: Desk) -> int:
    return desk.draw(desk.cohort.buddies_picture())


def _quality(desk: Desk) -> int:
    with desk.working("pairing buddies"):
        told = desk.cohort.pairing.quality(desk.seed)
    desk.say(told)
    return 0


def _check(desk: Desk) -> int:
    with desk.working("checking the buddies"):
        checked = desk.cohort.pairing.verify()
    desk.show(checked)
    return 0 if holds(checked) else 1


_TWO = (word("one", metavar="CODE"), word("other", metavar="CODE"))
_UNDER = (
    Task(
        "pair",
        "pair everybody who has a seat",
        "buddies pair --seed 2026",
        _pair,
        options=(SEED,),
        about="Across sites, with a common language and hour; what people decided is respected.",
    ),
    Task(
        "again",
        "pair again after somebody left or came, changing as few as possible",
        "buddies again",
        _again,
        options=(SEED,),
    ),
    Task(
        "wish",
        "two people are to be paired, whatever the rules say",
        'buddies wish P-BFI7Z7 P-PGS5RH --by "programme director" --why "they write one paper"',
        _wish,
        options=(*_TWO, *decided()),
        about="'buddies pair' comes next.",
    ),
    Task(
        "forbid",
        "two people are not to be paired",
        'buddies forbid P-5OFFH2 P-GG7HZ5 --by "programme director" --why "both asked for it"',
        _forbid,
        options=(*_TWO, *decided()),
        about="'buddies pair' comes next.",
    ),
    Task(
        "freeze",
        "accept groups as they are: theirs, or without a code all",
        'buddies freeze P-37HVJR --by "programme director" --why "they have begun to meet"',
        _freeze,
        options=(word("codes", nargs="*", metavar="CODE"), *decided()),
    ),
    Task(
        "not-again",
        "buddies of an earlier run are not to be buddies again",
        'buddies not-again "Class of 2025-2026"',
        _not_again,
        options=(
            word("earlier", metavar="COHORT", help="the name of the earlier cohort"),
            option("--kept-in", metavar="PLACE", help="another planner that it is kept in"),
        ),
    ),
    Task(
        "price",
        "what pairing two people would change; nothing is done",
        "buddies price P-BFI7Z7 P-PGS5RH",
        _price,
        "cohort",
        (*_TWO, SEED),
    ),
    Task(
        "why",
        "how somebody's buddies were found",
        "buddies why P-37HVJR",
        _why,
        "cohort",
        (word("code", metavar="CODE"),),
    ),
    Task(
        "quality",
        "what is proven of these buddies",
        "buddies quality",
        _quality,
        "cohort",
        (SEED,),
    ),
    Task(
        "picture",
        "the network of buddies on their sites",
        "buddies picture --out buddies.svg",
        _picture,
        "cohort",
        (out("an SVG file; without it the picture is told in words", required=False),),
    ),
    Task("check", "every rule looked at again, plainly", "buddies check", _check, "cohort"),
)
TASKS = (Task("buddies", "who is whose buddy, and why", "buddies", _buddies, "cohort", (), _UNDER),)
