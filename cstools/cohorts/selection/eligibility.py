"""Who may have a seat: the programme's rules applied to one application, with the reason.

Rules are data. Where the documents contradict themselves, or say nothing about a case that has
come up, the answer is that a person must rule, never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cstools.cohorts.basics.people import Application
from cstools.cohorts.programmes.facts import Priority, ProgrammeFacts

Answer = Literal["eligible", "not eligible", "needs a ruling"]
LEFT_OPEN = "; the documents "  # so does a reason begin to tell the coordinator what to rule on
UNSAID = "does not say whether the introductory workshop was taken"


@dataclass(frozen=True)
class Verdict:
    """Whether one person may have a seat, why, and which priorities the person meets.

    ``priorities`` follows the programme's declared order; true where the person meets it.
    """

    answer: Answer
    reason: str
    priorities: tuple[bool, ...] = ()


def verdict(facts: ProgrammeFacts, application: Application) -> Verdict:
    """Return whether an application may have a seat, with the first reason that decides."""
    met = tuple(meets(priority, application) for priority in facts.eligibility.priorities or ())
    answer, reason = _alumni(facts, application)
    closes, sent = facts.deadlines.application, application.submitted
    if answer == "eligible" and closes and sent and sent.date() > closes:
        what = f"received after the deadline of {closes.day} {closes:%B %Y}"
        return Verdict("needs a ruling", f"{what}{LEFT_OPEN}do not say what follows", met)
    return Verdict(answer, reason, met)


def _alumni(facts: ProgrammeFacts, application: Application) -> tuple[Answer, str]:
    rule = facts.eligibility.alumni
    if application.alumni:
        return "eligible", "has taken the introductory workshop"
    if application.alumni is None and rule is not None:
        return _unsaid(rule)
    if rule == "required":
        return "not eligible", "has not taken the introductory workshop, which this run requires"
    if rule == "ruling":
        what = f"has not taken the introductory workshop{LEFT_OPEN}say both that alumni are "
        return "needs a ruling", what + "offered the program and that they have priority"
    if rule == "prioritised":
        what = "has not taken the introductory workshop, so stands behind those who have"
        return "eligible", what
    return "eligible", "the documents state no rule on who may apply"


def _unsaid(rule: str) -> tuple[Answer, str]:
    """Return the answer where the form leaves open whether somebody took the workshop."""
    if rule == "prioritised":
        return "eligible", f"{UNSAID}, so stands behind those who have taken it"
    return "needs a ruling", UNSAID


def meets(priority: Priority, application: Application) -> bool:
    """Say whether an application meets one priority."""
    if priority == "alumni":
        return bool(application.alumni)
    if priority == "team":
        return bool(application.team)
    return bool(application.local_work)


def spoken_priorities(facts: ProgrammeFacts, met: tuple[bool, ...]) -> str:
    """Return the priorities a person meets, in words."""
    names = [name for name, yes in zip(facts.eligibility.priorities or (), met, strict=True) if yes]
    return "priority: " + ", ".join(names) if names else "no declared priority"
