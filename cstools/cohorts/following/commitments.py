"""What participants of a programme promised, as its documents word it, and what each is counted by.

Only what is promised is counted. Where a document is silent, nothing is owed, and that is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cstools.cohorts.basics.spelling import folded
from cstools.cohorts.programmes.facts import ProgrammeFacts

Unit = Literal["person", "team"]
Kind = Literal[
    "team and site",
    "workshops",
    "calls",
    "check-ins",
    "project",
    "portfolio",
    "practice",
    "review",
    "other",
]
_BY_WORD: tuple[tuple[str, Kind], ...] = (
    ("workshop", "workshops"),
    ("review", "review"),
    ("call", "calls"),
    ("check in", "check-ins"),
    ("project", "project"),
    ("portfolio", "portfolio"),
    ("practice", "practice"),
    ("site", "team and site"),
)
_OF_TEAMS = ("check-ins", "project", "portfolio", "team and site")


@dataclass(frozen=True)
class Commitment:
    """One thing that is promised: whose promise it is, and for calls, which series.

    ``wording`` is the promise as the programme's file has it.
    """

    kind: Kind
    label: str
    unit: Unit
    wording: str
    calls: tuple[str, ...] = ()


def commitments_of(facts: ProgrammeFacts) -> tuple[Commitment, ...]:
    """Return the commitments of a programme in the order of its document; none where it is silent.

    A promise with words of two things ("both workshops and the review") is two commitments. One
    that nothing here counts is kept by its wording.
    """
    found: list[Commitment] = []
    for wording in facts.commitments.promised or ():
        words = folded(wording)
        kinds = [kind for word, kind in _BY_WORD if word in words]
        if "project" in kinds or "portfolio" in kinds:
            kinds = [kind for kind in kinds if kind != "team and site"]
        found += [_commitment(kind, wording, words, facts) for kind in kinds or ["other"]]
    return tuple(dict.fromkeys(found))


def _commitment(kind: Kind, wording: str, words: str, facts: ProgrammeFacts) -> Commitment:
    unit: Unit = "team" if kind in _OF_TEAMS and "team" in words.split() else "person"
    if kind == "portfolio" and facts.portfolio.unit:
        unit = facts.portfolio.unit
    if kind != "calls":
        return Commitment(kind, wording if kind == "other" else kind, unit, wording)
    named = [call for call in facts.calls if _named(call.name, words)] or list(facts.calls)
    if named and all(call.attended_by == "team" for call in named):
        unit = "team"
    label = f"{named[0].name}s" if len(named) == 1 < len(facts.calls) else "calls"
    return Commitment("calls", label, unit, wording, tuple(call.name for call in named))


def _named(name: str, words: str) -> bool:
    """Say whether a promise names a series: all words of its name but *call* stand in it."""
    own = set(folded(name).split()) - {"call", "calls"}
    return bool(own) and own <= set(words.split())
