"""From verdicts and wishes to a decision for each person, with its reason.

The steps: who is able, who comes in together, what can never fit, the exact choice, the order in
which the others wait; and later, seats that come free, offered in that order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from cstools.cohorts.basics.overruling import Overruling, with_costs
from cstools.cohorts.basics.people import Participant
from cstools.cohorts.basics.spelling import folded
from cstools.cohorts.basics.ways import by_diary
from cstools.cohorts.programmes.programme import Programme
from cstools.cohorts.selection.decisions import Decision, Draw
from cstools.cohorts.selection.eligibility import Verdict, spoken_priorities, verdict
from cstools.cohorts.selection.seat_days import FROM_THE_LIST, came_in
from cstools.cohorts.selection.selection import Candidate, Unit, choose, units_of, waiting_order
from cstools.cohorts.selection.wishes import (
    FREES,
    STEP,
    WITHDRAWN,
    Wishes,
    in_force,
    ruled,
    selections,
    without,
)
from cstools.errors import DataError, shown

WITH_THE_WHOLE_TEAM = "comes in with the whole team"  # so does a letter find it in a reason


@dataclass(frozen=True)
class Hall:
    """Everything that decides who has a seat: the people, the rules, the wishes and the draw.

    ``seats`` is ``None`` where no number is stated or given.
    """

    programme: Programme
    people: tuple[Participant, ...]
    seats: int | None
    draw: Draw
    overruled: tuple[Overruling, ...]

    @property
    def wishes(self) -> Wishes:
        """What the coordinator has decided."""
        return in_force(self.overruled)

    def verdicts(self) -> dict[str, Verdict]:
        """Return by code whether a seat is possible, the coordinator's rulings counted."""
        facts = self.programme.facts
        return ruled({p.code: verdict(facts, p.application) for p in self.people}, self.wishes)

    def able(self, verdicts: Mapping[str, Verdict]) -> list[Candidate]:
        """Return who may have a seat and has not withdrawn."""
        gone = self.wishes.withdrawn
        return [
            Candidate(p.code, folded(p.team), verdicts[p.code].priorities)
            for p in self.people
            if verdicts[p.code].answer == "eligible" and p.code not in gone
        ]

    def units(self, verdicts: Mapping[str, Verdict]) -> tuple[Unit, ...]:
        """Return who comes in or stays out together."""
        return units_of(
            self.able(verdicts),
            teams_whole=self.draw.teams_whole,
            split=self.wishes.split,
            together=[codes for codes, _ in self.wishes.together],
        )


def seated(hall: Hall) -> tuple[Decision, ...]:
    """Return the decision for each person, in order of code.

    Raises
    ------
    DataError
        When a seat is held for somebody who can have none, or more are held than there are.
    """
    verdicts = hall.verdicts()
    units = hall.units(verdicts)
    barred = _barred(hall, units, verdicts)
    _held_can_sit(hall, verdicts, barred)
    placeable = [unit for unit in units if not unit.codes & barred.keys()]
    seats = sum(map(len, placeable)) if hall.seats is None else hall.seats
    chosen = choose(placeable, seats, hall.draw.seed, hall.wishes.held)
    waiting = [unit for unit in placeable if not unit.codes & chosen]
    places = _places(waiting, hall.draw.seed)
    beside = {code: unit.codes for unit in units for code in unit.codes}
    told = _Teller(hall, verdicts, barred, places, beside, _teams(hall), seats - len(chosen))
    return tuple(told.decision(person) for person in hall.people)


def priced(hall: Hall, decisions: tuple[Decision, ...]) -> tuple[Overruling, ...]:
    """Return the overrulings with what each one costs: who would have a seat without it."""
    costs = [_cost(hall, one, decisions) for one in selections(hall.overruled)]
    return with_costs(hall.overruled, STEP, costs)


def filled(
    hall: Hall, decisions: tuple[Decision, ...], on: date | None = None
) -> tuple[Decision, ...]:
    """Return the decisions with free seats offered in the waiting order; nobody else is moved.

    Who comes in then has the seat from the day in ``on``, without a day from the beginning. A team
    that comes whole and is larger than what is free is passed over and keeps its place.
    """
    if hall.seats is None:
        return decisions
    place = {d.code: d.place for d in decisions if d.outcome == "waiting"}
    free = hall.seats - sum(d.outcome == "accepted" for d in decisions)
    called: dict[str, str] = {}
    waiting = [unit for unit in hall.units(hall.verdicts()) if unit.codes <= place.keys()]
    for unit in sorted(waiting, key=lambda unit: min(place[code] for code in unit.codes)):
        if len(unit) <= free:
            free -= len(unit)
            called |= {c: f"{FROM_THE_LIST} {place[c]}, when a seat came free" for c in unit.codes}
    return _closed_up(decisions, called, on)


def gone(
    decisions: tuple[Decision, ...], code: str, number: int, on: date | None = None
) -> tuple[Decision, ...]:
    """Return the decisions with one person withdrawn, as overruling ``number`` says.

    A seat that was had is had until the day in ``on``.
    """
    reason = f"has withdrawn (overruling {number})"
    left = (_left(d, reason, on) if d.code == code else d for d in decisions)
    return _closed_up(tuple(left), {})


def _left(d: Decision, reason: str, on: date | None) -> Decision:
    until = d.valid_to
    unsaid = d.outcome == "withdrawn" and d.undated  # a seat was left, and no day was said
    if (d.had_seat and d.outcome in ("accepted", "withdrawn")) or unsaid:
        until = on or until
    unsaid = until is None and (unsaid or (d.outcome == "accepted" and not d.valid_from))
    return Decision(d.code, "withdrawn", reason, 0, *d.ended(until), undated=unsaid)


def _closed_up(
    decisions: tuple[Decision, ...], called: Mapping[str, str], on: date | None = None
) -> tuple[Decision, ...]:
    """Return the decisions with these people called in, and the waiting places without gaps."""
    waiting = sorted(d.place for d in decisions if d.place and d.code not in called)
    place = {old: new for new, old in enumerate(waiting, start=1)}
    moved = []
    for d in decisions:
        if d.code in called:
            why = d.reason.partition("; waits")[0]
            d = came_in(Decision(d.code, "accepted", f"{why}; {called[d.code]}"), d, on)
        moved.append(replace(d, place=place[d.place]) if d.place else d)
    return tuple(moved)


def _places(waiting: list[Unit], seed: int) -> dict[str, int]:
    in_order = (person for unit in waiting_order(waiting, seed) for person in unit.people)
    return {person.code: place for place, person in enumerate(in_order, start=1)}


def _barred(hall: Hall, units: tuple[Unit, ...], verdicts: Mapping[str, Verdict]) -> dict[str, str]:
    """Return by code why somebody who is able can have no seat as things stand."""
    able = {code for unit in units for code in unit.codes}
    why: dict[str, str] = {}
    for unit in units:
        if hall.seats is not None and len(unit) > max(hall.seats, 1):
            what = (
                f"{len(unit)} people come in together and there "
                f"{'is' if hall.seats == 1 else 'are'} {spoken_seats(hall.seats)}; "
                "more seats would let them in, or some of them if the team is split or teams come "
                f"in part {by_diary('split the team or give seats with teams_whole')}"
            )
            why |= dict.fromkeys(unit.codes, what)
    for codes, number in hall.wishes.together:
        if not able.issuperset(codes):
            what = (
                f"is kept together with somebody who can have no seat (overruling {number}); "
                "rule on that person, or take it back"
            )
            why |= {c: what for unit in units if unit.codes & set(codes) for c in unit.codes}
    return why


def _held_can_sit(hall: Hall, verdicts: Mapping[str, Verdict], barred: Mapping[str, str]) -> None:
    for code, number in hall.wishes.held.items():
        if code in hall.wishes.withdrawn:
            continue
        if verdicts[code].answer != "eligible":
            raise DataError(
                f"a seat is held for {code} (overruling {number}), who {verdicts[code].reason}; "
                f'rule first, as overrule("eligible", "{code}", by="…", why="…")'
            )
        if code in barred:
            raise DataError(
                f"a seat is held for {code} (overruling {number}), and cannot be given: "
                f"{barred[code]}"
            )


def _cost(
    hall: Hall, one: Overruling, decisions: tuple[Decision, ...]
) -> tuple[str, tuple[str, ...]]:
    if one.wish == WITHDRAWN:
        return FREES, ()
    try:
        other = seated(replace(hall, overruled=without(hall.overruled, one)))
    except DataError:
        return "another overruling rests on this one", ()
    now, then = _inside(decisions), _inside(other)
    gains, pays = len(now - then), tuple(sorted(then - now))
    if not gains and not pays:
        return "it changes nobody's seat", ()
    return f"gives a seat to {gains}, takes one from {len(pays)}", pays


def _inside(decisions: tuple[Decision, ...]) -> set[str]:
    return {d.code for d in decisions if d.outcome == "accepted"}


@dataclass(frozen=True)
class _Teller:
    """Says for one person what was decided and why."""

    hall: Hall
    verdicts: Mapping[str, Verdict]
    barred: Mapping[str, str]
    places: Mapping[str, int]
    beside: Mapping[str, frozenset[str]]  # by code, all who come in or stay out with somebody
    teams: Mapping[str, set[str]]
    left: int  # how many seats nobody has

    def decision(self, person: Participant) -> Decision:
        code, given = person.code, self.verdicts[person.code]
        if number := self.hall.wishes.withdrawn.get(code):
            return Decision(code, "withdrawn", f"has withdrawn (overruling {number})")
        if given.answer == "not eligible":
            return Decision(code, "refused", given.reason)
        if given.answer == "needs a ruling":
            return Decision(code, "needs a ruling", given.reason)
        if code in self.barred:
            return Decision(code, "needs a ruling", f"cannot be placed: {self.barred[code]}")
        why = f"{spoken_priorities(self.hall.programme.facts, given.priorities)}; {given.reason}"
        if self._alone_in_a_team(person):
            why += "; nobody else applied with the team"
        if place := self.places.get(code):
            return Decision(code, "waiting", f"{why}; {self._waits(code)}", place)
        return Decision(code, "accepted", "; ".join([why, *self._beside(person)]))

    def _alone_in_a_team(self, person: Participant) -> bool:
        """Say whether somebody has the priority of a team that has nobody else."""
        first = "team" in (self.hall.programme.facts.eligibility.priorities or ())
        team = folded(person.team)
        return bool(first and team) and len(self.teams[team]) == 1

    def _waits(self, code: str) -> str:
        seats, left = self.hall.seats or 0, self.left
        before = "somebody" if seats == 1 else "people"
        told = f"the {spoken_seats(seats)} went to {before} before in the order of priorities and "
        told += "lots"
        if left or not seats:
            told = f"{left} of {spoken_seats(seats)} {'is' if left == 1 else 'are'} left"
        together = len(self.beside[code])
        whole = f", and {together} people come in together or not at all" if together > 1 else ""
        return f"waits, since {told}{whole}"

    def _beside(self, person: Participant) -> list[str]:
        """Return what else stands behind a seat: a wish, a whole team, no number of seats."""
        wishes, code = self.hall.wishes, person.code
        told = []
        if number := wishes.held.get(code):
            told.append(f"the seat was held (overruling {number})")
        if number := next((n for codes, n in wishes.together if code in codes), 0):
            told.append(f"comes in together with others (overruling {number})")
        elif len(self.beside[code]) > 1:
            told.append(self._with_the_team(person))
        if self.hall.seats is None:
            told.append("no number of seats is stated or given, so everybody eligible has one")
        return told

    def _with_the_team(self, person: Participant) -> str:
        """Say who comes in beside somebody; a team of which not all do is not called whole."""
        applied, here = self.teams[folded(person.team)], self.beside[person.code]
        if applied == here:
            return f"{WITH_THE_WHOLE_TEAM} of {len(here)}"
        if applied > here:
            return f"comes in with {len(here) - 1} more of the {len(applied)} in the team"
        return f"comes in with {len(here) - 1} more, of the team and beside it"


def _teams(hall: Hall) -> dict[str, set[str]]:
    """Return who applied with each team, whatever became of them."""
    teams: dict[str, set[str]] = {}
    for person in hall.people:
        teams.setdefault(folded(person.team), set()).add(person.code)
    return teams


def spoken_seats(seats: int) -> str:
    """Return a number of seats in words."""
    return "1 seat" if seats == 1 else f"{seats} seats"


def seats_to_give(
    programme: Programme, name: str, people: tuple[Participant, ...], asked: int | None
) -> int | None:
    """Return how many seats there are: asked for, or stated; ``None`` where neither is.

    Raises
    ------
    DataError
        When nobody is enrolled, or the number is none, below nothing, or above what is stated.
    """
    if not people:
        raise DataError(f"'{name}' has nobody to choose from; enrol the applications first")
    stated = programme.facts.capacity.most
    if asked is not None and (not isinstance(asked, int) or isinstance(asked, bool) or asked < 0):
        raise DataError(f"{shown(asked)} seats cannot be given out; write a whole number, as 25")
    if asked is not None and stated is not None and asked > stated:
        raise DataError(
            f"{shown(asked)} seats are more than the {stated} that the programme states; ask for "
            f"{stated} at most, or state another number under [capacity] in an overlay"
        )
    return stated if asked is None else asked
