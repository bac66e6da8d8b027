"""Where somebody's own work stands: the project, the portfolio, and the review of both."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from cstools.cohorts.basics.spelling import folded
from cstools.cohorts.calendar.milestones import last_day_of_review
from cstools.cohorts.following.following import STATES, HandedIn, ProjectStep
from cstools.cohorts.following.scene import Scene

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort
    from cstools.cohorts.following.commitments import Commitment
    from cstools.cohorts.following.standing import Told

NO_REVIEW_DAY = (
    "the day of the review is not stated; write review_on under [portfolio] in an overlay"
)


def project(scene: Scene, who: str, commitment: Commitment) -> Told:
    """Return how a project stands: its last state, and by when the next is due."""
    facts, first = scene.cohort.programme.facts.project, scene.cohort.programme.first_day
    noted = {p.state: p for p in scene.noted[ProjectStep, who] if isinstance(p, ProjectStep)}
    done = [state for state in STATES if state in noted]
    if "finalised" in noted:
        return "kept", "finalised", f"finalised on {noted['finalised'].day:%Y-%m-%d}", None
    following = STATES[STATES.index(done[-1]) + 1] if done else STATES[0]  # also out of its turn
    short = done[-1] if done else "nothing yet"
    by, wording = _project_due(scene, following)
    told = f"{short}; next it is to be {following}"
    told += f" ({wording})" if wording else ", by when is not stated"
    opens = first_workshop_end(scene.cohort)
    if following == "finalised" and facts.finalised and opens and scene.on <= opens:
        return "kept", short, told, by
    if following == "finalised" and facts.finalised and not opens and not by:
        return "open", short, told, by
    if by and scene.on < by and first and scene.on < first:
        return "coming", short, told, by
    return "owed", short, told, by


def _project_due(scene: Scene, following: str) -> tuple[date | None, str]:
    """Return until when the next step of a project is due, and how that is worded.

    A day under [project] of the programme or its overlay says it; or else a milestone of the
    coordinator's with *project* and the step in its name; or else the document's words.
    """
    facts = scene.cohort.programme.facts.project
    stated, wording = facts.reviewed_by, facts.reviewed or ""
    if following == "finalised":
        stated, wording = facts.finalised_by, facts.finalised or ""
    if stated:
        return stated, wording
    if milestone := _milestone(scene, "project", following):
        return milestone
    day = None if following == "finalised" else last_day_of_review(scene.cohort.programme)
    return (day, f"to be reviewed {wording}") if day else (None, wording)


def portfolio(scene: Scene, who: str, commitment: Commitment) -> Told:
    """Return whether a portfolio was handed in: noted in the year, or given to the review."""
    noted, reviewed = _noted_portfolios(scene, who), _reviewed_portfolios(scene, who)
    if again := _asked_again(scene, who, noted):
        return "owed", "again", f"{reviewed[-1][1]}; {again}, and by when is not stated", None
    if held := [*noted, *reviewed]:
        return "kept", "handed in", max(held)[1], None
    facts, last = scene.cohort.programme.facts.portfolio, scene.cohort.programme.last_day
    by, wording = last or None, f"assessed: {facts.assessed or 'not stated'}"
    if facts.due:
        by, wording = facts.due, f"due on {facts.due:%Y-%m-%d}"
    elif milestone := _milestone(scene, "portfolio", but="review"):
        by, wording = milestone
    told = f"not handed in yet; {wording}"
    if by is None:
        return "open", "not yet", f"{told}; when the year ends is not stated", None
    return ("owed" if scene.on > by else "coming"), "not yet", told, by


def _noted_portfolios(scene: Scene, who: str) -> list[tuple[date, str]]:
    noted = (h for h in scene.noted[HandedIn, who] if isinstance(h, HandedIn))
    return [(h.day, f"handed in on {h.day:%Y-%m-%d}, hash {h.digest[:8]}") for h in noted]


def _reviewed_portfolios(scene: Scene, who: str) -> list[tuple[date, str]]:
    """Return what was handed in for review, in order of time: its day, and how it is told."""
    return [
        (
            a.day,
            f"handed in on {a.day:%Y-%m-%d} for review, attempt {a.number}, hash {a.portfolio[:8]}",
        )
        for a in scene.attempts_of(who)
    ]


def _asked_again(scene: Scene, who: str, noted: list[tuple[date, str]]) -> str:
    """Return that further work was decided, unless something was handed in after that."""
    for attempt in scene.attempts_of(who)[-1:]:
        decided = scene.cohort.review.standing_of(attempt, scene.on)
        since = decided.day if decided.outcome == "further work" else None
        if since and not any(day > since for day, _ in noted):
            return f"further work was decided on {since}"
    return ""


def review(scene: Scene, who: str, commitment: Commitment) -> Told:
    """Return whether somebody's work was reviewed, and on which day it is to be."""
    for attempt in reversed(scene.attempts_of(who)):
        decided = scene.cohort.review.standing_of(attempt, scene.on)
        if decided.day:
            told = f"attempt {attempt.number} was decided on {decided.day}: {decided.outcome}"
            return "kept", decided.outcome, told, None
    stated = scene.cohort.programme.facts.portfolio.review_on
    milestone = _milestone(scene, "portfolio", "review") or _milestone(scene, "review", "session")
    day = stated or (milestone[0] if milestone else None)
    if day is None:
        return "open", "not stated", NO_REVIEW_DAY, None
    if scene.on < day:
        return "coming", f"{day}", f"the review is on {day}", day
    return "open", "not decided", f"the review was on {day}, and no decision is signed yet", day


def first_workshop_end(cohort: Cohort) -> date | None:
    """Return the day on which the first workshop ends, where it is stated."""
    workshops = cohort.programme.facts.workshops
    ends = workshops[0].ends if workshops else None
    return ends.date() if isinstance(ends, datetime) else None


def _milestone(scene: Scene, *words: str, but: str = "") -> tuple[date, str] | None:
    """Return the first milestone with all these words in its name: its day and its name."""
    found = [
        (each.day, each.name)
        for each in scene.cohort.programme.facts.milestones
        if all(word in folded(each.name) for word in words)
        and not (but and but in folded(each.name))
    ]
    return min(found, default=None)
