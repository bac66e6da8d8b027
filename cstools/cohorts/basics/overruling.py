"""What a person decided against or beside an automatic step, who it was, and why.

Every step of the planner may be overruled, and every overruling is kept: the step, the wish, whom
it is about, the role that decided, the reason, and what it costs whom. When it was kept is the
store's to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from cstools.cohorts.basics.people import Participant
from cstools.cohorts.basics.tables import Table, table
from cstools.errors import DataError, shown, unknown_name


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
        What else it is about: a team, a faculty id, a number, as text.
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
        if not self.why.strip():
            raise DataError(
                f"{self.step}: '{self.wish}' needs a reason; write it as why=\"…\" in a sentence"
            )
        if not self.by.strip() or "@" in self.by:
            raise DataError(
                f"{self.step}: '{self.wish}' needs the role of whoever decides, never a name or "
                'an address; write by="programme director"'
            )

    def same_wish(self, other: Overruling) -> bool:
        """Say whether two are about the same wish for the same people."""
        mine = (self.step, self.wish, self.people, self.things)
        return mine == (other.step, other.wish, other.people, other.things)


def with_overruling(
    overruled: tuple[Overruling, ...], new: Overruling, people: Iterable[Participant]
) -> tuple[Overruling, ...]:
    """Return the overrulings with one more; the same wish again takes the place of the earlier.

    The list only grows, so that the numbers in it, counted from 1, stay true.

    Raises
    ------
    UnknownNameError
        When it is about a code that nobody has.
    DataError
        When the role or the reason has the name or the e-mail of somebody enrolled.
    """
    enrolled = tuple(people)
    known = {person.code for person in enrolled}
    for code in new.people:
        if code not in known:
            raise unknown_name(code, sorted(known), f"{new.step}, '{new.wish}'")
    _no_names(new, enrolled)
    if not any(new.same_wish(held) and not held.taken_back for held in overruled):
        return (*overruled, new)
    return tuple(new if new.same_wish(held) and not held.taken_back else held for held in overruled)


def taken_back(
    overruled: tuple[Overruling, ...],
    number: int,
    by: str,
    why: str,
    people: Iterable[Participant],
) -> tuple[Overruling, ...]:
    """Return the overrulings with one of them out of force; it stays in the list with the reason.

    Raises
    ------
    DataError
        When there is no such number, or the role or the reason is missing or names a person.
    """
    if isinstance(number, bool) or number not in range(1, len(overruled) + 1):
        there = f"there are numbers 1 to {len(overruled)}" if overruled else "there is none"
        raise DataError(f"no overruling has the number {shown(number)}; {there}")
    old = overruled[number - 1]
    _no_names(replace(old, by=by, why=why, wish="take back"), tuple(people))
    gone = replace(old, taken_back=f"{by.strip()}: {why.strip()}", cost="", pays=())
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
    rows = [
        (
            str(number),
            held.step,
            held.wish,
            ", ".join([*held.people, *held.things]) or "everybody",
            held.by,
            held.why,
            _spoken_cost(held),
        )
        for number, held in enumerate(overruled, start=1)
    ]
    columns = ("number", "step", "wish", "about", "decided by", "why", "what it costs")
    note = "Nothing was overruled." if not rows else "Each was decided by a person."
    return table(f"{title}: decided by people", columns, rows, [note])


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


def _in_force(held: Overruling, step: str) -> bool:
    return held.step == step and not held.taken_back


def _costing(held: Overruling, cost: str, pays: tuple[str, ...]) -> Overruling:
    return replace(held, cost=cost, pays=pays)


def _spoken_cost(held: Overruling) -> str:
    if held.taken_back:
        return f"taken back by the {held.taken_back}"
    return f"{held.cost}: {', '.join(held.pays)}" if held.pays else held.cost or "not yet known"


def _no_names(new: Overruling, people: tuple[Participant, ...]) -> None:
    words = f"{new.by} {new.why}"
    for person in people:
        written = person.application
        if _stands_in(written.name._text, words) or _stands_in(written.email._text, words):
            raise DataError(
                f"{new.step}, '{new.wish}': the role or the reason names a person; "
                f"write the code {person.code} in place of the name or the e-mail"
            )


def _stands_in(private: str, words: str) -> bool:
    """Say whether a name stands in a text as words of its own.

    A name of one word is looked for with its capital, since "May" may be a name and a word.
    """
    name = " ".join(private.split())
    several = re.IGNORECASE if " " in name or "@" in name else 0
    return bool(name) and bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words, several))
