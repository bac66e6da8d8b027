"""Where each participant and team stands with each commitment on a day, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from cstools.cohorts.basics.spelling import folded
from cstools.cohorts.basics.ways import by_diary
from cstools.cohorts.calendar.year import Event
from cstools.cohorts.following.attendance import There
from cstools.cohorts.following.commitments import Commitment, commitments_of
from cstools.cohorts.following.following import CheckIn, Practice, Stay
from cstools.cohorts.following.scene import Scene
from cstools.cohorts.following.work import portfolio, project, review
from cstools.cohorts.programmes.facts import ProgrammeFacts, Workshop
from cstools.cohorts.programmes.stays import counted, whole
from cstools.cohorts.teams.days import as_formed, champions_on, fits, site_of, team_names
from cstools.cohorts.teams.groups import Team

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

State = Literal["kept", "coming", "open", "owed", "missed"]
STATE_WORDS: dict[State, str] = {
    "kept": "nothing is owed so far",
    "coming": "its time has not come",
    "open": "the coordinator has to note or decide something first",
    "owed": "something is to be done",
    "missed": "something was missed and cannot be done again; the faculty say what helps",
}
NO_SHARE = (
    "from which share of a call on somebody was there is not stated "
    f"{by_diary('counting with share')}"
)
NO_TEAM = f"how many of a team must be there is not stated {by_diary('counting with team')}"
NO_RHYTHM = f"how often, in days, is not stated {by_diary('counting with check_ins')}"
NO_BUDDY, NO_PAIRS = "no buddy", "not paired"
FIND_BUDDY = f"no buddy is found yet {by_diary('pair buddies or pair again')}"
TOO_SHORT = "the meeting met too little of the call's time to tell"
DEVICES = (
    "in a report without times several devices may have been there at once, or in turn "
    f"{by_diary('count as')}"
)
NO_ANSWER = f"a guest of that call waits for an answer {by_diary('answer guests')}"


@dataclass(frozen=True)
class Standing:
    """How one commitment of one participant or team stands.

    ``short`` fits a cell, ``told`` is a sentence, ``by`` is the day until which the next thing is
    due, where one is stated.
    """

    who: str
    commitment: Commitment
    state: State
    short: str
    told: str
    by: date | None = None


def standings(cohort: Cohort, on: date) -> tuple[Standing, ...]:
    """Return every standing: participants by code, then teams by name, in order of promises."""
    scene = Scene(cohort, on)
    found = commitments_of(cohort.programme.facts)
    own = [c for c in found if c.unit == "person"]
    shared = [c for c in found if c.unit == "team"]
    teams = team_names(cohort, on) if shared else ()
    rows = [standing(scene, who, each) for who in scene.codes for each in own]
    return (*rows, *(standing(scene, team, each) for team in teams for each in shared))


def standing(scene: Scene, who: str, commitment: Commitment) -> Standing:
    """Return how one commitment of one participant or team stands."""
    state, short, told, by = _BY_KIND[commitment.kind](scene, who, commitment)
    since = scene.since(who)
    if since and by and by <= since:
        told, by = f"{told}; {by} was before the seat, so by when is for people to say", None
    if since and commitment.kind in _COUNTED:
        told = f"{told}; {_counted(scene.seats[who].lost_on, since)}"
    return Standing(who, commitment, state, short, told, by)


def _counted(lost_on: date | None, since: date) -> str:
    if lost_on:
        return f"counted until {lost_on} and from {since}, the days of the seat"
    return f"counted from {since}, the day of coming in"


Told = tuple[State, str, str, date | None]


def _calls(scene: Scene, who: str, commitment: Commitment) -> Told:
    every, coming = scene.calls_of(commitment.calls)
    past = [event for event in every if scene.asked_on(who, event.day)]
    if not every and not coming:
        return "open", "no day", "no call has a decided day, hour, zone and length", None
    held = [(event, _there(scene, who, event)) for event in past]
    there, missed, unclear, silent = (
        [event for event, counts in held if counts == kind]
        for kind in ("there", "not there", "open", "no report")
    )
    told = [f"there on {len(there)} of {len(past)} so far"]
    told += [f"missed: {_days(missed)}"] if missed else []
    why = _why(scene, who, commitment, unclear)
    told += [f"not settled: {_days(unclear)} ({why})"] if unclear else []
    told += [f"no report yet: {_days(silent)}"] if silent else []
    by = coming[0].day if coming else None
    told += [f"next on {by:%Y-%m-%d}, {len(coming)} to come"] if by else []
    short = f"{len(there)} of {len(past)}"
    if not past:
        return "coming", f"0 of {len(coming)}", told[-1] if by else "no call so far", by
    state: State = "missed" if missed else "open" if unclear or silent else "kept"
    return state, short, "; ".join(told), by


def _days(events: Iterable[Event]) -> str:
    return ", ".join(f"{event.day:%Y-%m-%d}" for event in events)


def _why(scene: Scene, who: str, commitment: Commitment, unclear: Iterable[Event]) -> str:
    counting = scene.cohort.followed.counting
    silent = [] if counting.share else [NO_SHARE]
    if commitment.unit == "team" and not counting.team:
        silent.append(NO_TEAM)
    if not silent and any(event.uid in scene.short_calls for event in unclear):
        return TOO_SHORT
    if not silent and any(scene.several_devices(who, event) for event in unclear):
        return DEVICES
    return "; ".join(silent) or NO_ANSWER


def _there(scene: Scene, who: str, event: Event) -> There:
    if who in scene.seats:
        return scene.counts[event.uid, who]
    members = scene.members(who, event.day)
    counts = [scene.counts[event.uid, code] for code in members]
    if not counts or "no report" in counts:
        return "no report"
    return team_there(counts, scene.cohort.followed.counting.team)


def team_there(counts: list[There], rule: str) -> There:
    """Return whether a team was there, from what its members' calls count as.

    Without a rule it was there for sure only when everybody was, and was not when nobody was.
    """
    yes, no = counts.count("there"), counts.count("not there")
    if not rule:
        return "there" if yes == len(counts) else "not there" if no == len(counts) else "open"
    least = len(counts) if rule == "everybody" else min(int(rule), len(counts))
    if yes >= least:
        return "there"
    return "not there" if len(counts) - no < least else "open"


def _workshops(scene: Scene, who: str, commitment: Commitment) -> Told:
    facts = scene.cohort.programme.facts
    dated = [w for w in facts.workshops if w.starts and w.ends]
    stays = {s.workshop: s for s in scene.noted[Stay, who] if isinstance(s, Stay)}
    before = [w for w in dated if _before_the_seat(scene, who, w) and w.name not in stays]
    due = [w for w in dated if w not in before]
    over = [w for w in due if w.ends and w.ends.date() <= scene.on]
    stated = (facts.in_person.meetings or len(facts.workshops)) - len(before)
    state, told = _over(over, stays, facts)
    if not over and stated:
        state = "coming"
    coming = [w.starts.date() for w in due if w.starts and w.starts.date() > scene.on]
    undated = stated - len(due)
    told += [f"{len(coming)} to come, the next on {min(coming):%Y-%m-%d}"] if coming else []
    some = f"{undated} workshop" + ("s" if undated > 1 else "")
    told += [f"the days of {some} are not stated"] if undated > 0 else []
    told += [f"before the seat: {', '.join(w.name for w in before)}"] if before else []
    kept = sum(w.name in stays and whole(w, stays[w.name].days) for w in over)
    short = f"{kept} of {len(over)}" if over else f"0 of {stated}"
    return state, short, "; ".join(told) or "no workshop is stated", min(coming, default=None)


def _before_the_seat(scene: Scene, who: str, workshop: Workshop) -> bool:
    since, starts = scene.since(who), workshop.starts.date() if workshop.starts else None
    return bool(since and starts and starts < since and not scene.asked_on(who, starts))


def _over(
    over: Iterable[Workshop], stays: Mapping[str, Stay], facts: ProgrammeFacts
) -> tuple[State, list[str]]:
    """Return how the workshops stand that are over, and what is told of each."""
    state: State = "kept"
    told = []
    for workshop in over:
        stay = stays.get(workshop.name)
        if stay is None:
            told.append(f"{workshop.name}: nobody noted who was there")
            state = "open" if state != "missed" else state
            continue
        told.append(f"{workshop.name}: {counted(workshop, stay.days, facts)}")
        if not whole(workshop, stay.days):
            state = "missed"
    return state, told


def _check_ins(scene: Scene, who: str, commitment: Commitment) -> Told:
    every = [c for c in scene.noted[CheckIn, who] if isinstance(c, CheckIn)]
    noted = [c.day for c in every if scene.counts_for(who, c)]
    told = f"{len(noted)} noted" + (f", the last on {max(noted):%Y-%m-%d}" if noted else "")
    if others := len(every) - len(noted):
        told += f"; {others} more with nobody who is a buddy, or was one before the last pairing"
    if "buddy" in folded(commitment.wording).split() and not scene.has_buddy(who):
        return "open", NO_BUDDY if scene.paired else NO_PAIRS, f"{told}; {FIND_BUDDY}", None
    rhythm, first = scene.cohort.followed.counting.check_ins, scene.first_day(who)
    if not rhythm:
        return "open", str(len(noted)), f"{told}; {NO_RHYTHM}", None
    if not first:
        return "open", str(len(noted)), f"{told}; when the year begins is not stated", None
    last = scene.cohort.programme.last_day
    due = max([first, *noted]) + timedelta(int(rhythm))
    told = f"{told}; one is due every {rhythm} days"
    if last and due > last:
        told = f"{len(noted)} noted, and the year ends before the next"
        return "kept", str(len(noted)), told, None
    if scene.on < first:
        return "coming", str(len(noted)), told, due
    if scene.on <= due:
        return "kept", str(len(noted)), told, due
    # who was a buddy two pairings ago is not known any more: that a person has to say
    with_others = max([first, *(c.day for c in every)]) + timedelta(int(rhythm))
    return ("open" if scene.on <= with_others else "owed"), str(len(noted)), told, due


def _practice(scene: Scene, who: str, commitment: Commitment) -> Told:
    noted = [p for p in scene.noted[Practice, who] if isinstance(p, Practice)]
    first, since = scene.first_day(who), scene.since(who)
    if not noted:
        if since == scene.on:
            return "coming", "–", "no count told yet", None
        if first and scene.on < first:
            return "coming", "–", "the year has not begun", None
        return "owed", "none told", "no count told yet: how many of how many days, never what", None
    last = max(noted, key=lambda each: each.day)
    short = f"{last.done} of {last.days}"
    told = f"{short} days by the person's own count, told on {last.day:%Y-%m-%d}"
    return "kept", short, told, None


def _team_and_site(scene: Scene, who: str, commitment: Commitment) -> Told:
    members, site = scene.members(who, scene.on), site_of(scene.cohort, who, scene.on)
    if not members or not site:
        missing = "no one site is named" if members else "nobody in it has a seat"
        return "owed", "no site" if members else "nobody", missing, None
    people = "1 person" if len(members) == 1 else f"{len(members)} people"
    lacks = _lacks(scene, who, len(members))
    told = "; ".join([f"{people} with a seat, at {site}", *lacks])
    return "owed" if lacks else "kept", people, told, None


def _lacks(scene: Scene, team: str, size: int) -> list[str]:
    """Return what a team has too little or too much of, by what the programme states."""
    cohort, rules = scene.cohort, scene.cohort.programme.facts.teams
    held = next((each for each in as_formed(cohort).teams if each.name == team), Team(team))
    lacks = [] if fits(cohort, size) else [f"a team has {rules.least} to {rules.most}"]
    if len(champions_on(cohort, held, scene.on)) < (rules.champions_least or 0):
        lacks.append("no executive champion is named")
    return lacks


def _other(scene: Scene, who: str, commitment: Commitment) -> Told:
    return "open", "not counted", "nothing here counts this; look after it by hand", None


_COUNTED = ("calls", "check-ins", "practice")
_BY_KIND = {
    "calls": _calls,
    "workshops": _workshops,
    "check-ins": _check_ins,
    "practice": _practice,
    "project": project,
    "portfolio": portfolio,
    "review": review,
    "team and site": _team_and_site,
    "other": _other,
}
