"""The steps that a diary may hold: what each is called, what is told with it, and which door it is.

To add one: a line in :data:`STEPS`, one in ``basics/ways.py`` that says what it is called
elsewhere, and a kind in ``kinds.py`` for a key that is new.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cstools.cohorts.basics.ways import WAYS
from cstools.cohorts.review.values import faculty
from cstools.errors import DataError, unknown_name

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

Told = Mapping[str, Any]
Does = Callable[["Cohort", Told], "Cohort"]


@dataclass(frozen=True)
class Step:
    """One step of a diary.

    Parameters
    ----------
    does
        The door of the cohort: a cohort and what is told, and a new cohort.
    needs, may
        The keys that must be there, and those that can be. A role and a reason are asked for by
        the door itself.
    overrules
        Whether it is a decision that stands in ``overruled_table()``; one that stands there
        already is not taken again.
    """

    does: Does
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    overrules: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key that may be told with it, the needed ones first."""
        return (*self.needs, *(("by", "why") if self.overrules else ()), *self.may)


def _some(told: Told, *keys: str) -> dict[str, Any]:
    """Return those of the keys that are told, as a door takes them."""
    return {key: told[key] for key in keys if key in told}


def _decision(told: Told) -> dict[str, str]:
    """Return who decided and why; where one is missing, the door says so."""
    return {"by": told.get("by", ""), "why": told.get("why", "")}


def _from(told: Told) -> Any:
    """Return the day from which something holds: its own, or the day of the entry."""
    return told.get("day", told["on"])


def _wish(name: str) -> Step:
    def does(cohort: Cohort, told: Told) -> Cohort:
        return cohort.overrule(name, *told["people"], **_decision(told))

    return Step(does, ("people",), overrules=True)


def _take_back(cohort: Cohort, told: Told) -> Cohort:
    if "note" in told:
        about, day = told.get("about", ()), told.get("day")
        return cohort.take_back(told["note"], *about, day=day, **_decision(told))
    number = told["number"] if "number" in told else _number_of(cohort, told)
    return cohort.take_back(number, **_decision(told))


def _number_of(cohort: Cohort, told: Told) -> int:
    """Return the number of the decision that a wish and its people mean: the last in force."""
    if "wish" not in told:
        raise DataError(
            "say which decision is taken back: its wish and its people, or its number in the list "
            "of what people decided; or which note, and what it is about"
        )
    about = sorted(told.get("people", ()))
    numbered = [
        (number, held)
        for number, held in enumerate(cohort.overruled, start=1)
        if not held.taken_back
    ]
    for number, held in reversed(numbered):
        if held.wish == told["wish"] and (sorted(held.people) == about or not about):
            return number
    known = dict.fromkeys(held.wish for _, held in numbered)
    if told["wish"] not in known:
        raise unknown_name(told["wish"], known, "decisions in force")
    raise DataError(f"no '{told['wish']}' in force is about {', '.join(about)} and nobody else")


def _two(cohort: Cohort, told: Told) -> tuple[str, str]:
    if len(told["people"]) != 2:
        raise DataError(f"it is about two people, and {len(told['people'])} stand in 'people'")
    one, other = told["people"]
    return one, other


def _pair(cohort: Cohort, told: Told) -> Cohort:
    return cohort.pairing.wish(*_two(cohort, told), **_decision(told))


def _never_pair(cohort: Cohort, told: Told) -> Cohort:
    return cohort.pairing.forbid(*_two(cohort, told), **_decision(told))


def _freeze(cohort: Cohort, told: Told) -> Cohort:
    return cohort.pairing.freeze(*told.get("people", ()), **_decision(told))


def _withdraw(cohort: Cohort, told: Told) -> Cohort:
    why = told.get("why", "")
    return cohort.withdraw(told["person"], why, on=_from(told), **_some(told, "by"))


def _give_seats(cohort: Cohort, told: Told) -> Cohort:
    return cohort.select(**_some(told, "seats", "seed", "teams_whole"), on=_from(told))


def _counts_from(cohort: Cohort, told: Told) -> Cohort:
    return cohort.following.counts_from(told["person"], told["day"], **_decision(told))


def _mentor(cohort: Cohort, told: Told) -> Cohort:
    keys = ("site", "languages", "time_zone", "free", "most")
    return cohort.teams.mentor(told["id"], **_some(told, *keys))


def _faculty(cohort: Cohort, told: Told) -> Cohort:
    keys = ("sites", "person", "mentors", "most", "free", "time_zone")
    return cohort.reviewing.with_faculty(faculty(told["id"], told["kind"], **_some(told, *keys)))


def _assign_mentors(cohort: Cohort, told: Told) -> Cohort:
    day = {"on": told["day"]} if "day" in told else {}
    return cohort.teams.assign(**_some(told, "own_site", "seed"), **day)


def _answer_guests(cohort: Cohort, told: Told) -> Cohort:
    marks: tuple[str, ...] = told["guest"]
    who: str = told["who"]
    return cohort.following.answer_guests(dict.fromkeys(marks, who))


def _count_as(cohort: Cohort, told: Told) -> Cohort:
    said = _decision(told)
    return cohort.following.count_as(told["person"], told["call"], there=told["there"], **said)


def _project(cohort: Cohort, told: Told) -> Cohort:
    keys = ("approved_by", "by", "why")
    return cohort.following.project(
        told["who"], told["state"], day=_from(told), **_some(told, *keys)
    )


def _reissue(cohort: Cohort, told: Told) -> Cohort:
    held = {each.code: each.id for each in cohort.certificates.valid()}
    if told["person"] not in held:
        raise unknown_name(told["person"], held, "people with a certificate")
    why = told.get("why", "")
    return cohort.certificates.reissue(
        held[told["person"]], on=_from(told), why=why, **_some(told, "title")
    )


_TAKEN_BACK = ("wish", "people", "number", "note", "about", "day", "by", "why")
STEPS: dict[str, Step] = {
    # seats
    "give seats": Step(_give_seats, may=("seats", "seed", "teams_whole", "day")),
    "eligible": _wish("eligible"),
    "not eligible": _wish("not eligible"),
    "hold a seat": _wish("hold a seat"),
    "keep together": _wish("keep together"),
    "split the team": _wish("split the team"),
    "take back": Step(_take_back, may=_TAKEN_BACK),
    "withdraw": Step(_withdraw, ("person",), ("day",), overrules=True),
    "fill": Step(lambda cohort, told: cohort.fill(on=_from(told)), may=("day",)),
    "counts from": Step(_counts_from, ("person", "day"), overrules=True),
    # money
    "reductions in order": Step(
        lambda cohort, told: cohort.paying.in_order(*told["order"]), ("order",)
    ),
    "fund": Step(lambda cohort, told: cohort.paying.fund(told["amount"]), ("amount",)),
    "scholarship": Step(
        lambda cohort, told: cohort.paying.grant(
            told["person"], **_some(told, "amount", "percent")
        ),
        ("person",),
        ("amount", "percent"),
    ),
    # buddies
    "pair buddies": Step(
        lambda cohort, told: cohort.pair_buddies(**_some(told, "seed")), may=("seed",)
    ),
    "pair": Step(_pair, ("people",), overrules=True),
    "never pair": Step(_never_pair, ("people",), overrules=True),
    "freeze": Step(_freeze, may=("people",), overrules=True),
    "pair again": Step(
        lambda cohort, told: cohort.pairing.again(**_some(told, "seed")), may=("seed",)
    ),
    "buddies before": Step(
        lambda cohort, told: cohort.pairing.not_again([told["people"]]), ("people",)
    ),
    # teams, sites and mentors
    "form teams": Step(lambda cohort, told: cohort.teams.form()),
    "found a team": Step(
        lambda cohort, told: cohort.teams.found(told["team"], *told["people"], on=told.get("day")),
        ("team", "people"),
        ("day",),
    ),
    "move": Step(
        lambda cohort, told: cohort.teams.move(told["person"], told["team"], on=_from(told)),
        ("person", "team"),
        ("day",),
    ),
    "leave": Step(
        lambda cohort, told: cohort.teams.leave(told["person"], on=_from(told)),
        ("person",),
        ("day",),
    ),
    "work on": Step(
        lambda cohort, told: cohort.teams.work_on(told["team"], told["site"]), ("team", "site")
    ),
    "champion": Step(
        lambda cohort, told: cohort.teams.champion(told["team"], told["who"]), ("team", "who")
    ),
    "cluster": Step(
        lambda cohort, told: cohort.teams.cluster(told["name"], *told["sites"]), ("name", "sites")
    ),
    "mentor": Step(_mentor, ("id", "languages", "time_zone", "free"), ("site", "most")),
    "give mentor": Step(
        lambda cohort, told: cohort.teams.give_mentor(
            told["team"], told["mentor"], **_decision(told)
        ),
        ("team", "mentor"),
        overrules=True,
    ),
    "assign mentors": Step(_assign_mentors, may=("own_site", "seed", "day")),
    "end mentoring": Step(
        lambda cohort, told: cohort.teams.end_mentoring(told["mentor"], on=_from(told)),
        ("mentor",),
        ("day",),
    ),
    # the year
    "counting": Step(
        lambda cohort, told: cohort.following.counting(**_some(told, "share", "team", "check_ins")),
        may=("share", "team", "check_ins"),
    ),
    "answer guests": Step(_answer_guests, ("guest", "who")),
    "count as": Step(_count_as, ("person", "call", "there"), overrules=True),
    "project": Step(_project, ("who", "state"), ("day", "approved_by", "by", "why")),
    # review and certificates
    "faculty": Step(
        _faculty, ("id", "kind"), ("sites", "person", "mentors", "most", "free", "time_zone")
    ),
    "declare": Step(
        lambda cohort, told: cohort.reviewing.declare(told["faculty"], *told["about"]),
        ("faculty", "about"),
    ),
    "put on panel": Step(
        lambda cohort, told: cohort.reviewing.put_on_panel(
            told["panel"], told["faculty"], **_decision(told)
        ),
        ("panel", "faculty"),
        overrules=True,
    ),
    "keep off panel": Step(
        lambda cohort, told: cohort.reviewing.keep_off_panel(
            told["panel"], told["faculty"], **_decision(told)
        ),
        ("panel", "faculty"),
        overrules=True,
    ),
    "assign panels": Step(
        lambda cohort, told: cohort.reviewing.assign_panels(
            **_some(told, "programme", "outside", "unit", "week", "seed")
        ),
        may=("unit", "programme", "outside", "week", "seed"),
    ),
    "issue certificates": Step(
        lambda cohort, told: cohort.certificates.issue(on=_from(told), **_some(told, "title")),
        may=("day", "title"),
    ),
    "reissue": Step(_reissue, ("person",), ("title", "day", "why")),
}

GIVES_SEATS = "give seats"
OPENS_SEATS = (
    *("eligible", "not eligible", "hold a seat", "keep together", "split the team"),
    "take back",
)

# What the doors are called in messages, and what a diary calls them; one has several steps.
CALLED = {way.method.rpartition(".")[2]: name for name, way in WAYS.items()} | {
    "overrule": "a decision on seats"
}
