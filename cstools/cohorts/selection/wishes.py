"""What a coordinator may decide against the selection's own rules, and what is in force of it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace

from cstools.cohorts.basics.asked import as_mapping_of
from cstools.cohorts.basics.overruling import Overruling, of_step, with_overrulings
from cstools.cohorts.basics.people import Participant
from cstools.cohorts.selection.eligibility import Answer, Verdict
from cstools.errors import DataError, brief, shown, unknown_name

STEP = "selection"
ELIGIBLE, NOT_ELIGIBLE = "eligible", "not eligible"
HOLD, TOGETHER, SPLIT = "hold a seat", "keep together", "split the team"
WITHDRAWN = "has withdrawn"
FREES = "it frees a seat, or a place on the waiting list"
# Each wish, and the fewest people whom it is about.
WISHES = {ELIGIBLE: 1, NOT_ELIGIBLE: 1, HOLD: 1, TOGETHER: 2, SPLIT: 1}


@dataclass(frozen=True)
class Wishes:
    """What is in force: everything by code, with the number of the overruling behind it."""

    ruled: Mapping[str, tuple[Answer, int]]
    held: Mapping[str, int]
    split: Mapping[str, int]
    together: tuple[tuple[tuple[str, ...], int], ...]
    withdrawn: Mapping[str, int]


def wish(name: str, codes: tuple[str, ...], by: str, why: str) -> Overruling:
    """Return one wish for the selection as it is recorded.

    Raises
    ------
    UnknownNameError
        When the selection knows no such wish.
    DataError
        When it is about too few people, or the role or the reason is missing.
    """
    if not isinstance(name, str) or name not in WISHES:
        raise unknown_name(name, WISHES, "wishes for the selection")
    if odd := [code for code in codes if not isinstance(code, str)]:
        raise DataError(
            f"selection: '{name}' is about people, and {shown(odd[0])} is no code; write the codes "
            "one after the other"
        )
    about = tuple(sorted(set(codes)))
    if len(about) < WISHES[name]:
        fewest = "two people or more" if WISHES[name] > 1 else "somebody"
        raise DataError(f"selection: '{name}' is about {fewest}; write the codes after it")
    return Overruling(STEP, name, about, by, why)


def ruling(code: str, answer: str, by: str, why: str) -> Overruling:
    """Return a ruling on one person as it is recorded.

    Raises
    ------
    DataError
        When it is neither of the two answers, or has no reason.
    """
    if answer not in (ELIGIBLE, NOT_ELIGIBLE):
        told = "write 'eligible' or 'not eligible'"
        raise DataError(f"the ruling for {brief(code)} is {shown(answer)}; {told}")
    return wish(answer, (code,), by, why)


def rulings_of(answers: Mapping[str, str] | None, by: str, why: str) -> list[Overruling]:
    """Return rulings on several people as they are recorded, in order of code."""
    example = "{'P-ABCDEF': 'eligible'}"
    given = as_mapping_of(answers or {}, "the rulings", example)
    return [ruling(code, answer, by, why) for code, answer in sorted(given.items())]


def withdrawal(code: str, by: str, why: str) -> Overruling:
    """Return that a person has withdrawn, as it is recorded."""
    return Overruling(STEP, WITHDRAWN, (code,), by, why, cost=FREES)


def decided(
    overruled: tuple[Overruling, ...], new: Iterable[Overruling], people: Iterable[Participant]
) -> tuple[Overruling, ...]:
    """Return the overrulings with some more of the selection; the newest ruling on a person counts.

    Raises
    ------
    UnknownNameError, DataError
        As :func:`with_overrulings`.
    """
    return with_overrulings(overruled, new, people, _ruled_on)


def _ruled_on(held: Overruling) -> Iterable[Hashable]:
    return held.people if held.wish in (ELIGIBLE, NOT_ELIGIBLE) else ()


def in_force(overruled: Iterable[Overruling]) -> Wishes:
    """Return what the selection has to respect; of two rulings on one person the later counts."""
    numbered = [
        (held, n)
        for n, held in enumerate(overruled, start=1)
        if held.step == STEP and not held.taken_back
    ]

    def named(name: str) -> dict[str, int]:
        return {code: n for held, n in numbered if held.wish == name for code in held.people}

    ruled: dict[str, tuple[Answer, int]] = {}
    for held, number in numbered:
        for code in held.people:
            if held.wish == ELIGIBLE:
                ruled[code] = ("eligible", number)
            elif held.wish == NOT_ELIGIBLE:
                ruled[code] = ("not eligible", number)
    together = tuple((held.people, n) for held, n in numbered if held.wish == TOGETHER)
    return Wishes(ruled, named(HOLD), named(SPLIT), together, named(WITHDRAWN))


def ruled(verdicts: Mapping[str, Verdict], wishes: Wishes) -> dict[str, Verdict]:
    """Return the verdicts with the coordinator's rulings in place of the documents' answers."""
    given = dict(verdicts)
    for code, (answer, number) in wishes.ruled.items():
        reason = f"ruled {answer} by decision (overruling {number}); {given[code].reason}"
        given[code] = replace(given[code], answer=answer, reason=reason)
    return given


def without(overruled: tuple[Overruling, ...], one: Overruling) -> tuple[Overruling, ...]:
    """Return the overrulings in force if one of them had not been given; the numbers stay."""
    void = Overruling("", "", (), one.by, one.why)
    return tuple(void if held is one else held for held in overruled)


def selections(overruled: tuple[Overruling, ...]) -> tuple[Overruling, ...]:
    """Return the overrulings of the selection."""
    return of_step(overruled, STEP)
