"""What a person decided against or beside an automatic step, who it was, and why.

Every step of the planner may be overruled, and every overruling is kept: the step, the wish, whom
it is about, the role that decided, the reason, and what it costs whom. When it was kept is the
store's to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from cstools.cohorts.basics.asked import in_words, person_of
from cstools.cohorts.basics.naming import named_in
from cstools.cohorts.basics.people import Participant
from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.basics.ways import by_diary
from cstools.errors import DataError, shown

NOTES = "notes"  # the step of a note that was taken back, see ``taking_back``
# What is worked out once and then kept; where a decision on it was taken back, this is told.
STAYS_UNTIL = {
    "buddies": "Taken back about buddies: they stay as they are until they are paired again "
    f"{by_diary('pair buddies or pair again')}.",
    "mentors": "Taken back about mentors: they stay as they are until they are assigned again "
    f"{by_diary('assign mentors')}.",
    "panels": "Taken back about panels: they stay as they are until they are made again "
    f"{by_diary('assign panels')}.",
    "project": "Taken back about projects: a state that was noted by it stays noted until it is "
    f"taken back itself {by_diary('take back')}.",
    NOTES: "Where the taking back of a note was taken back: the note comes back when it is noted "
    "again, or when its sheet or its report is read again.",
}
_IDENTITY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Overruling:
    """One decision of a person, beside what a step would have done by itself.

    Parameters
    ----------
    step
        The step that is overruled, in one word: ``selection``, ``buddies``, ``mentors``.
    wish
        What is wished, in the words that the step knows: ``hold a seat``.
    people
        The codes of those whom it is about; names never stand here.
    by
        The role that decided, as ``programme director``: never a name.
    why
        The reason, in a sentence. It may be about a person and is kept with the names.
    things
        What else it is about: a team, a faculty id, a number, as text; of a call the name with
        its day, and its lasting identity in the calendar.
    cost
        What it changes, in a sentence without codes; the step writes it.
    pays
        The codes of those who stand worse by it; the step writes them.
    taken_back
        Who took it back and why; an overruling that was taken back stays in the list, without
        force.

    Raises
    ------
    DataError
        When the role or the reason is missing.
    """

    step: str
    wish: str
    people: tuple[str, ...]
    by: str
    why: str
    things: tuple[str, ...] = ()
    cost: str = ""
    pays: tuple[str, ...] = ()
    taken_back: str = ""

    def __post_init__(self) -> None:
        for name in ("by", "why"):
            object.__setattr__(self, name, in_words(getattr(self, name)))
        if not self.why:
            raise DataError(
                f"{self.step}: '{self.wish}' needs a reason; write it as why=\"…\" in a sentence"
            )
        if not self.by or "@" in self.by:
            raise DataError(
                f"{self.step}: '{self.wish}' needs the role of whoever decides, never a name or "
                'an address; write by="programme director"'
            )


# What an overruling answers, where another one may answer the same in another way.
Questions = Callable[[Overruling], Iterable[Hashable]]


def asks_nothing(held: Overruling) -> Iterable[Hashable]:
    """Return no question: whatever else is wished, this wish stands beside it."""
    return ()


def with_overruling(
    overruled: tuple[Overruling, ...],
    new: Overruling,
    people: Iterable[Participant],
    questions: Questions = asks_nothing,
) -> tuple[Overruling, ...]:
    """Return the overrulings with one more; the same wish again takes the place of the earlier.

    Unless another answer to the same question came between the two: of several answers the last
    in the list counts, and so the wish stands there once more. The list only grows, so that the
    numbers in it, counted from 1, stay true.

    Raises
    ------
    UnknownNameError
        When it is about a code that nobody has.
    DataError
        When the role or the reason has the name or the e-mail of somebody enrolled.
    """
    return with_overrulings(overruled, (new,), people, questions)


def with_overrulings(
    overruled: tuple[Overruling, ...],
    several: Iterable[Overruling],
    people: Iterable[Participant],
    questions: Questions = asks_nothing,
) -> tuple[Overruling, ...]:
    """Return the overrulings with several more, as :func:`with_overruling` adds one."""
    enrolled, added = tuple(people), tuple(several)
    known = {person.code for person in enrolled}
    for new in added:
        for code in new.people:
            if not isinstance(code, str) or code not in known:
                person_of(code, enrolled, f"{new.step}, '{new.wish}'")
    for new in {(new.by, new.why): new for new in added}.values():
        _no_names(new, enrolled)
    return _listed(overruled, added, questions)


def _listed(
    overruled: tuple[Overruling, ...], added: tuple[Overruling, ...], questions: Questions
) -> tuple[Overruling, ...]:
    """Return the list with more in it: each in the place of the same wish, or behind all."""
    result = list(overruled)
    place = {_mark(held): k for k, held in enumerate(result) if not held.taken_back}
    steps = {new.step for new in added}
    newest = {
        asked: k
        for k, held in enumerate(result)
        if held.step in steps and not held.taken_back
        for asked in questions(held)
    }
    for new in added:
        k = place.get(_mark(new), len(result))
        if any(newest.get(asked, k) > k for asked in questions(new)):
            k = len(result)
        result[k : k + 1] = [new]
        place[_mark(new)] = k
        newest |= dict.fromkeys(questions(new), k)
    return tuple(result)


def taken_back(
    overruled: tuple[Overruling, ...],
    number: int,
    by: str,
    why: str,
    people: Iterable[Participant],
) -> tuple[Overruling, ...]:
    """Return the overrulings with one of them out of force; it stays in the list with the reason.

    What is taken back already stays so; the same role may say another reason.

    Raises
    ------
    DataError
        When there is no such number, another role took it back, or the role or the reason is
        missing or names a person.
    """
    whole = isinstance(number, int) and not isinstance(number, bool)
    if not whole or number not in range(1, len(overruled) + 1):
        there = f"there are numbers 1 to {len(overruled)}" if overruled else "there is none"
        raise DataError(f"no overruling has the number {shown(number)}; {there}")
    old = overruled[number - 1]
    told = replace(old, by=by, why=why, wish="take back")
    _no_names(told, tuple(people))
    if old.taken_back and not old.taken_back.startswith(f"{told.by}: "):
        raise DataError(
            f"{old.step}, '{old.wish}': number {number} is taken back already, by another role; "
            "leave that as it is, or take back what was decided anew"
        )
    gone = replace(old, taken_back=f"{told.by}: {told.why}", cost="", pays=())
    return (*overruled[: number - 1], gone, *overruled[number:])


def of_step(overruled: Iterable[Overruling], step: str) -> tuple[Overruling, ...]:
    """Return the overrulings of one step that are in force, in the order they were given."""
    return tuple(held for held in overruled if _in_force(held, step))


def with_costs(
    overruled: tuple[Overruling, ...], step: str, costs: Iterable[tuple[str, tuple[str, ...]]]
) -> tuple[Overruling, ...]:
    """Return the overrulings with a step's costs: a sentence and who pays, one for each of its."""
    told = iter(costs)
    return tuple(
        _costing(held, *next(told)) if _in_force(held, step) else held for held in overruled
    )


def overruled_table(title: str, overruled: Iterable[Overruling]) -> Table:
    """Return every overruling by its number, with who, why and what it costs."""
    held_by_number = tuple(overruled)
    rows = [
        (
            str(number),
            held.step,
            held.wish,
            ", ".join([*held.people, *_spoken_things(held)]) or "everybody",
            held.by,
            held.why,
            _spoken_cost(held),
        )
        for number, held in enumerate(held_by_number, start=1)
    ]
    columns = ("number", "step", "wish", "about", "decided by", "why", "what it costs")
    notes = ["Nothing was overruled." if not rows else "Each was decided by a person."]
    stays = dict.fromkeys(held.step for held in held_by_number if held.taken_back)
    notes += [STAYS_UNTIL[step] for step in stays if step in STAYS_UNTIL]
    return table(f"{title}: decided by people", columns, rows, notes)


def recoded(value: Any, new: dict[str, str]) -> Any:
    """Return a value with each code in it replaced by the person's new code.

    Codes grow longer when two people's starts meet; what was decided about a person follows.
    Looks into tuples, sets, mappings and frozen dataclasses; a code inside a sentence is replaced
    as well.
    """
    if not new:
        return value
    if isinstance(value, str):
        return new.get(value) or _words_recoded(value, new)
    if isinstance(value, tuple | frozenset):
        return type(value)(recoded(item, new) for item in value)
    if isinstance(value, Mapping):
        return {recoded(key, new): recoded(item, new) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: recoded(getattr(value, f.name), new) for f in fields(value) if f.init}
        return replace(value, **changed)
    return value


def _words_recoded(text: str, new: dict[str, str]) -> str:
    if "P-" not in text:
        return text
    for old, code in new.items():
        text = text.replace(old, code)
    return text


def _mark(held: Overruling) -> tuple[object, ...]:
    """Return what two overrulings about the same wish for the same people have in common."""
    return held.step, held.wish, held.people, held.things


def _in_force(held: Overruling, step: str) -> bool:
    return held.step == step and not held.taken_back


def _costing(held: Overruling, cost: str, pays: tuple[str, ...]) -> Overruling:
    return replace(held, cost=cost, pays=pays)


def _spoken_things(held: Overruling) -> list[str]:
    """Return what else it is about; the identity of a call stands behind its name and day."""
    return [thing for thing in held.things if not _IDENTITY.fullmatch(thing)]


def _spoken_cost(held: Overruling) -> str:
    if held.taken_back:
        return f"taken back by the {held.taken_back}"
    return f"{held.cost}: {', '.join(held.pays)}" if held.pays else held.cost or "not yet known"


def _no_names(new: Overruling, people: tuple[Participant, ...]) -> None:
    for what, text in (("role", new.by), ("reason", new.why)):
        if code := named_in(text, people):
            raise DataError(
                f"{new.step}, '{new.wish}': the {what} names {code}; write the code instead, since "
                "reasons stand in tables that are kept in notebooks"
            )
