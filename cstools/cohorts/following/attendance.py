"""Who was on which call: a report finds its call and its people; a share makes it attendance.

A report finds its call by the time they share. People are found by e-mail, then by what the
coordinator confirmed; everybody else waits in a queue as a guest. Nobody is matched by a name.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from fractions import Fraction
from itertools import chain, starmap
from typing import TYPE_CHECKING, Literal

from cstools.cohorts.basics.overruling import of_step
from cstools.cohorts.basics.people import Private, natural_key
from cstools.cohorts.basics.spans import Span, overlap, seconds_within, united
from cstools.cohorts.basics.spelling import folded, tidy
from cstools.cohorts.calendar.year import Event
from cstools.cohorts.following.following import NOBODY, Followed, Guest, Meeting, Presence
from cstools.cohorts.following.zoom import ZoomReport
from cstools.errors import DataError, did_you_mean, unknown_name

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

There = Literal["there", "not there", "open", "no report"]
STEP = "attendance"
COUNTS, COUNTS_NOT = "counts as there", "counts as not there"


@dataclass(frozen=True)
class Attended:
    """One person and one call: the seconds within the call's time, and what they count as."""

    code: str
    call: str
    seconds: int
    counts: There


def call_name(event: Event) -> str:
    """Return a call by its name and day, as ``monthly call 2026-09-08``."""
    return f"{event.name} {event.day.isoformat()}"


def window(event: Event) -> Span:
    """Return when a call is, as seconds since 1970 in UTC."""
    start = int(event.utc.timestamp())
    return start, start + 60 * event.minutes


def settled_calls(cohort: Cohort) -> tuple[Event, ...]:
    """Return the calls whose day, hour, zone and length are decided."""
    return tuple(event for event in cohort.calendar().calls if not event.proposed)


@dataclass(frozen=True)
class Desk:
    """What reports are held against, worked out once for many: calls, people's e-mails, secret.

    ``windows`` has when each call is, by its uid; ``codes`` has people by e-mail, in order of code.
    """

    cohort: str
    calls: tuple[Event, ...]
    windows: Mapping[str, Span]
    codes: Mapping[str, str]
    secret: str


def desk_of(cohort: Cohort) -> Desk:
    """Return a cohort's desk.

    Raises
    ------
    DataError
        When the cohort came without its names: nobody could be found in a report.
    """
    people = sorted(cohort.people, key=lambda person: person.code)
    codes = {natural_key(person.application.email): person.code for person in people}
    if cohort.people and not any(codes):
        raise DataError(
            "people are found in a report by their e-mail, and this cohort came without the file "
            "people.sqlite; open the planner where that file is"
        )
    calls = settled_calls(cohort)
    windows = {event.uid: window(event) for event in calls}
    return Desk(cohort.name, calls, windows, codes, cohort.secret)


class Taking:
    """What is known, while report after report is taken.

    The same report again changes nothing. A report of the same meeting (its times meet those of
    one that is kept, or one of the two has none) takes the other's place: it was corrected. One
    whose times lie apart is a second part, since the meeting was opened again; with ``instead``
    it takes the place of everything known about the call.
    """

    def __init__(self, known: Followed, desk: Desk, *, instead: bool = False) -> None:
        self._known, self._desk, self._instead = known, desk, instead
        self._of_call: dict[str, list[Meeting]] = defaultdict(list)
        for held in known.meetings:
            self._of_call[held.call].append(held)
        self._guests = {guest.id: guest for guest in known.guests}
        self._changed = self._replaced = False

    def has(self, digest: str) -> bool:
        """Say whether the report with this hash is known at this moment."""
        return any(held.digest == digest for here in self._of_call.values() for held in here)

    def take(self, report: ZoomReport, call: str = "") -> None:
        """Take one report more.

        Raises
        ------
        DataError
            When the call cannot be told.
        """
        event = _call_of(self._desk, report, call)
        here = self._of_call[event.uid]
        if not self._instead and any(held.digest == report.digest for held in here):
            return
        presences, guests = _matched(self._desk, report, event.uid)
        new = Meeting(event.uid, report.digest, presences, report.meeting)
        kept = [held for held in here if not (self._instead or _same_meeting(held, new))]
        self._of_call[event.uid] = [*kept, new]
        for guest in guests:
            self._guests.setdefault(guest.id, guest)
        self._changed, self._replaced = True, self._replaced or len(kept) < len(here)

    def result(self) -> Followed:
        """Return what is known now; guests of whom no report tells any more are gone."""
        if not self._changed:
            return self._known
        meetings = sorted(
            chain(*self._of_call.values()), key=lambda held: (held.call, held.went or (0, 0))
        )
        used: Collection[str] = self._guests
        if self._replaced:
            used = {presence.who for held in meetings for presence in held.presences}
        guests = tuple(self._guests[mark] for mark in sorted(self._guests) if mark in used)
        return replace(self._known, meetings=tuple(meetings), guests=guests)


def _same_meeting(held: Meeting, new: Meeting) -> bool:
    if held.went is None or new.went is None:
        return True
    return overlap(held.went, new.went) >= 0


def _call_of(desk: Desk, report: ZoomReport, call: str) -> Event:
    calls = desk.calls
    if not calls:
        raise DataError(
            f"'{desk.cohort}' has no call whose day, hour, zone and length are all decided, so no "
            "report can find its call; state them under [[calls]] in an overlay"
        )
    if call:
        return called(calls, call)
    if report.meeting is None:
        dated = [event for event in calls if event.day.isoformat() in report.file]
        if len(dated) == 1:
            return dated[0]
        raise DataError(
            f"{report.file}: it has no times, so it cannot find its call; put the call's day into "
            f"the file's name, as 'call-{calls[0].day}.csv', or say call='{call_name(calls[0])}' "
            "with the call's own day"
        )
    went = report.meeting
    best = max(calls, key=lambda event: (overlap(desk.windows[event.uid], went), event.uid))
    if overlap(desk.windows[best.uid], went) <= 0:
        raise DataError(
            f"{report.file}: the meeting went {_spoken(went)} UTC, and no call is then; the "
            f"nearest is '{call_name(best)}', {_spoken(window(best))} UTC. Is zone="
            f"'{report.zone}' the clock of the account that made the report? If so, say which "
            f"call it was: call='{call_name(best)}'"
        )
    return best


def called(calls: Sequence[Event], name: str) -> Event:
    """Return the call with a name, a day, or both.

    Raises
    ------
    UnknownNameError
        When there is none; the nearest are named.
    DataError
        When there are several.
    """
    found = [event for event in calls if name.strip() in (event.uid, call_name(event))]
    found = found or [event for event in calls if name.strip() == event.day.isoformat()]
    if len(found) == 1:
        return found[0]
    if found:
        told = " or ".join(f"'{call_name(event)}'" for event in found)
        raise DataError(f"'{name}' is the day of {len(found)} calls; write {told}")
    raise unknown_name(name, [call_name(event) for event in calls], "calls")


def _spoken(span: Span) -> str:
    start, stop = (datetime.fromtimestamp(moment, UTC) for moment in span)
    return f"{start.day} {start:%B %Y, %H:%M} to {stop:%H:%M}"


def _matched(
    desk: Desk, report: ZoomReport, uid: str
) -> tuple[tuple[Presence, ...], tuple[Guest, ...]]:
    """Return presences by code or guest, in order, and the guests among them."""
    held = report.people
    timed = report.layout != "minutes added up"
    found = [(code, held[mark]) for mark, code in desk.codes.items() if mark in held]
    guests: dict[str, Guest] = {}
    if len(found) < len(held):
        spans_of: dict[str, tuple[Span, ...]] = defaultdict(tuple)
        for mark, (email, name) in report.written.people(held.keys() - desk.codes.keys()).items():
            guest = _guest(desk.secret, name, email, uid)
            guests[guest.id] = guest
            spans_of[guest.id] += held[mark]
        found += [(who, united(spans) if timed else spans) for who, spans in spans_of.items()]
        found.sort()  # by code, that is: nobody is in it twice
    if timed:
        return tuple(starmap(Presence, found)), tuple(guests.values())
    presences = (Presence(who, (), sum(s[1] for s in spans)) for who, spans in found)
    return tuple(presences), tuple(guests.values())


def _guest(secret: str, name: str, email: str, uid: str) -> Guest:
    key = natural_key(Private(email))
    words = f"mail {key}" if key else f"name {uid} {folded(tidy(name))}"
    raw = hmac.new(secret.encode(), words.encode(), hashlib.sha256).digest()
    mark = f"G-{base64.b32encode(raw).decode()[:8]}"
    return Guest(mark, Private(name), Private(email), "" if key else uid)


def answered(followed: Followed, answers: Mapping[str, str], codes: Iterable[str]) -> Followed:
    """Return what is known with guests answered: a code, ``nobody``, or nothing again.

    Raises
    ------
    UnknownNameError
        When there is no such guest, or no such code.
    """
    known, enrolled = {guest.id: guest for guest in followed.guests}, set(codes)
    for mark, answer in answers.items():
        if mark not in known:
            raise unknown_name(mark, known, "guests")
        if answer and answer != NOBODY and answer not in enrolled:
            hint = did_you_mean(answer, [*enrolled, NOBODY])
            told = f"guest {mark}: '{answer}' is no code of this cohort{hint}"
            raise DataError(told if hint else f"{told}; write a person's code, or 'nobody'")
        known[mark] = replace(known[mark], answer=answer)
    guests = tuple(known[mark] for mark in sorted(known))
    return followed if guests == followed.guests else replace(followed, guests=guests)


def answers_of(cohort: Cohort) -> dict[str, str]:
    """Return who each guest is: as answered, or by the e-mail of somebody enrolled since."""
    keys = {natural_key(person.application.email): person.code for person in cohort.people}
    return {
        guest.id: guest.answer or (keys.get(natural_key(guest.email), "") if guest.email else "")
        for guest in cohort.followed.guests
    }


def attended(cohort: Cohort, on: date) -> tuple[Attended, ...]:
    """Return every person with a seat in every call before a day has ended, in order of time.

    Without a share that the coordinator gives, only the whole call is *there* and no moment of it
    is *not there*; everything between is *open*. An open guest may be anybody, so that nobody is
    *not there* for sure while a guest of that call waits for an answer.
    """
    people = [person.code for person in cohort.accepted or cohort.people]
    seconds, calls_with_report, waiting = _seconds(cohort)
    decided = _decided(cohort)
    result = []
    for event in past_calls(cohort, on):
        for code in people:
            spent = seconds.get((event.uid, code), 0)
            counts: There = "no report"
            if event.uid in calls_with_report:
                counts = counts_as(spent, 60 * event.minutes, cohort.followed.counting.share)
                if counts == "not there" and event.uid in waiting:
                    counts = "open"
            counts = decided.get((event.uid, code), counts)
            result.append(Attended(code, event.uid, spent, counts))
    return tuple(result)


def past_calls(cohort: Cohort, on: date) -> tuple[Event, ...]:
    """Return the calls that were over when a day ended where they are set."""
    return tuple(event for event in settled_calls(cohort) if event.day <= on)


def counts_as(seconds: int, whole: int, share: str) -> There:
    """Return whether so many seconds of a call count as being there, from a share on."""
    if share:
        return "there" if seconds >= Fraction(share) * whole else "not there"
    return "there" if seconds >= whole else "not there" if seconds == 0 else "open"


def _seconds(cohort: Cohort) -> tuple[dict[tuple[str, str], int], set[str], set[str]]:
    """Return seconds by call and code, the calls with a report, and those with open guests."""
    windows = {event.uid: window(event) for event in settled_calls(cohort)}
    answers = answers_of(cohort)
    spans: dict[tuple[str, str], list[Span]] = defaultdict(list)
    added: dict[tuple[str, str], int] = defaultdict(int)
    waiting: set[str] = set()
    for meeting in cohort.followed.meetings:
        for presence in meeting.presences:
            who = answers.get(presence.who, presence.who)
            if not who:
                waiting.add(meeting.call)
            elif who != NOBODY:
                spans[meeting.call, who] += presence.spans
                added[meeting.call, who] += 60 * presence.minutes
    seconds = {}
    for (call, who), held in spans.items():
        if call in windows:
            first, last = windows[call]
            total = seconds_within(held, windows[call]) + added[call, who]
            seconds[call, who] = min(total, last - first)
    return seconds, {meeting.call for meeting in cohort.followed.meetings}, waiting


def _decided(cohort: Cohort) -> dict[tuple[str, str], There]:
    """Return what a person decided about attendance, by call and code."""
    uids = {call_name(event): event.uid for event in settled_calls(cohort)}
    result: dict[tuple[str, str], There] = {}
    for held in of_step(cohort.overruled, STEP):
        for code in held.people:
            for name in held.things:
                told: There = "there" if held.wish == COUNTS else "not there"
                result[uids.get(name, name), code] = told
    return result
