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
from datetime import date
from fractions import Fraction
from itertools import chain, compress, repeat
from typing import TYPE_CHECKING, Literal

from cstools.cohorts.basics.naming import unquoted
from cstools.cohorts.basics.overruling import of_step
from cstools.cohorts.basics.people import Private, natural_key
from cstools.cohorts.basics.spans import (
    Span,
    overlap,
    seconds_within,
    spans_from_texts,
    spans_text,
    united,
)
from cstools.cohorts.basics.spelling import folded, tidy
from cstools.cohorts.calendar.year import Event
from cstools.cohorts.following.by_call import COUNTS as COUNTS
from cstools.cohorts.following.by_call import COUNTS_NOT as COUNTS_NOT
from cstools.cohorts.following.by_call import STEP as STEP
from cstools.cohorts.following.by_call import by_lasting_call
from cstools.cohorts.following.following import NOBODY, Followed, Guest, Meeting
from cstools.cohorts.following.held import counted_times, too_short, window
from cstools.cohorts.following.presences import Presences
from cstools.cohorts.following.which_call import call_name as call_name
from cstools.cohorts.following.which_call import call_of
from cstools.cohorts.following.which_call import called as called
from cstools.cohorts.following.zoom import ZoomReport
from cstools.cohorts.selection.seat_days import seats_of
from cstools.errors import DataError, UnknownNameError, did_you_mean, unknown_name

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

There = Literal["there", "not there", "open", "no report"]
MARK = 8  # letters of a report's hash, by which people know it


@dataclass(frozen=True)
class Attended:
    """One person and one call: the seconds within the call's time, and what they count as.

    Of several devices in a report without times the longest is sure; all together are ``most``.
    """

    code: str
    call: str
    seconds: int
    counts: There
    most: int


def settled_calls(cohort: Cohort) -> tuple[Event, ...]:
    """Return the calls whose day, hour, zone and length are decided."""
    return tuple(event for event in cohort.calendar().calls if not event.proposed)


def planned_times(cohort: Cohort) -> dict[str, Span]:
    """Return when each settled call is planned, by its uid."""
    return {event.uid: window(event) for event in settled_calls(cohort)}


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
    return Desk(cohort.name, calls, planned_times(cohort), codes, cohort.secret)


class Taking:
    """What is known, while report after report is taken.

    The same report again changes nothing. A report of the same meeting (its times meet those of
    one that is kept, or one of the two has none) takes the other's place: it was corrected. One
    whose times lie apart is a second part, since the meeting was opened again; with ``instead``
    it takes the place of everything known about the call. Of those in ``taken_back``, by call and
    mark, none is taken.
    """

    def __init__(
        self,
        known: Followed,
        desk: Desk,
        *,
        instead: bool = False,
        taken_back: Collection[tuple[str, str]] = (),
    ) -> None:
        self._known, self._desk, self._instead = known, desk, instead
        self._taken_back = taken_back
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
        event = call_of(self._desk, report, call)
        here = self._of_call[event.uid]
        if not self._instead and any(held.digest == report.digest for held in here):
            return
        if (event.uid, report.digest[:MARK]) in self._taken_back:
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
            used = set(chain.from_iterable(held.presences.who for held in meetings))
        guests = tuple(self._guests[mark] for mark in sorted(self._guests) if mark in used)
        return replace(self._known, meetings=tuple(meetings), guests=guests)


def _same_meeting(held: Meeting, new: Meeting) -> bool:
    if held.went is None or new.went is None:
        return True
    return overlap(held.went, new.went) >= 0


def _matched(desk: Desk, report: ZoomReport, uid: str) -> tuple[Presences, tuple[Guest, ...]]:
    """Return presences by code or guest, in order, and the guests among them."""
    there = list(map(report.spans.__contains__, desk.codes))
    marks = list(compress(desk.codes, there))
    known = Presences(
        tuple(compress(desk.codes.values(), there)),
        tuple(map(report.spans.__getitem__, marks)),
        tuple(map(report.minutes.get, marks, repeat(0))),
    )
    if len(known) == len(report.spans):
        return known, ()
    strangers = report.written.people(report.spans.keys() - desk.codes.keys())
    guests: dict[str, Guest] = {}
    marks_of: dict[str, list[str]] = defaultdict(list)
    for mark, (email, name) in strangers.items():
        guest = _guest(desk.secret, name, email, uid)
        guests[guest.id] = guest
        marks_of[guest.id].append(mark)
    lines = [(who, *_in_all(report, held)) for who, held in marks_of.items()]
    return known.with_others(Presences.of_lines(lines)), tuple(guests.values())


def _in_all(report: ZoomReport, marks: Sequence[str]) -> tuple[str, int]:
    """Return the spans, as text, and the minutes of one guest who is written in several ways."""
    spans = united(chain.from_iterable(spans_from_texts([report.spans[mark] for mark in marks])))
    return spans_text(spans), sum(report.minutes.get(mark, 0) for mark in marks)


def _guest(secret: str, name: str, email: str, uid: str) -> Guest:
    key = natural_key(Private(email))
    words = f"mail {key}" if key else f"name {uid} {folded(tidy(name))}"
    raw = hmac.new(secret.encode(), words.encode(), hashlib.sha256).digest()
    mark = f"G-{base64.b32encode(raw).decode()[:8]}"
    return Guest(mark, Private(name), Private(email), "" if key else uid)


def answered(followed: Followed, answers: Mapping[str, str], codes: Iterable[str]) -> Followed:
    """Return what is known with guests answered: a code, ``nobody``, or nothing: to be asked again.

    Raises
    ------
    UnknownNameError
        When there is no such guest, or no such code.
    """
    known, enrolled = {guest.id: guest for guest in followed.guests}, set(codes)
    for mark, answer in answers.items():
        if mark not in known:
            raise UnknownNameError(unquoted(str(unknown_name(mark, known, "guests")), [mark]))
        if answer and answer != NOBODY and answer not in enrolled:
            # Whoever fills the file may write a name, which an error must not show.
            hint = did_you_mean(answer, [*enrolled, NOBODY])
            told = f"guest {mark}: the answer is no code of this cohort{hint}"
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
    """Return everybody who had a seat then in every call before a day has ended, in order of time.

    Without a share that the coordinator gives, only the whole call is *there* and no moment of it
    is *not there*; everything between is *open*. An open guest may be anybody, so that nobody is
    *not there* for sure while a guest of that call waits for an answer. Nor is anybody who was in
    a meeting that met too little of the call's time for that share. Two devices in a report
    without times were there at once or one after the other: what differs by that is *open*.
    """
    counting, meetings = cohort.followed.counting, cohort.followed.meetings
    seats = seats_of(cohort).values()
    seconds, more, calls_with_report, waiting = _seconds(cohort)
    decided = _decided(cohort)
    short = too_short(planned_times(cohort), meetings, counting.share)
    result = []
    for event in past_calls(cohort, on):
        for code in (seat.code for seat in seats if seat.holds_on(event.day)):
            key, whole = (event.uid, code), 60 * event.minutes
            spent = seconds.get(key, 0)
            most = min(spent + more.get(key, 0), whole)
            counts: There = "no report"
            if event.uid in calls_with_report:
                counts = counts_as(spent, whole, counting.share)
                unsure = event.uid in waiting or (event.uid in short and key in seconds)
                if counts == "not there" and unsure:
                    counts = "open"
                if most > spent and counts_as(most, whole, counting.share) != counts:
                    counts = "open"
            result.append(Attended(code, event.uid, spent, decided.get(key, counts), most))
    return tuple(result)


def past_calls(cohort: Cohort, on: date) -> tuple[Event, ...]:
    """Return the calls that were over when a day ended where they are set."""
    return tuple(event for event in settled_calls(cohort) if event.day <= on)


def counts_as(seconds: int, whole: int, share: str) -> There:
    """Return whether so many seconds of a call count as being there, from a share on."""
    if share:
        return "there" if seconds >= Fraction(share) * whole else "not there"
    return "there" if seconds >= whole else "not there" if seconds == 0 else "open"


Seconds = dict[tuple[str, str], int]


def _seconds(cohort: Cohort) -> tuple[Seconds, Seconds, set[str], set[str]]:
    """Return seconds by call and code, more of them that may be, and calls by their reports.

    These are the calls with a report, and those with open guests.
    """
    windows = planned_times(cohort)
    times = counted_times(windows, cohort.followed.meetings)
    answers = answers_of(cohort)
    spans: dict[tuple[str, str], list[Span]] = defaultdict(list)
    longest: Seconds = defaultdict(int)
    added: Seconds = defaultdict(int)
    waiting: set[str] = set()
    for meeting in cohort.followed.meetings:
        there = meeting.presences
        when = spans_from_texts(there.spans)
        for mark, stayed, minutes in zip(there.who, when, there.minutes, strict=True):
            who = answers.get(mark, mark)
            if not who:
                waiting.add(meeting.call)
            elif who != NOBODY:
                key = meeting.call, who
                spans[key] += stayed
                if minutes:
                    added[key] += 60 * minutes
                    longest[key] = max(longest[key], 60 * minutes)
    seconds = {}
    for (call, who), held in spans.items():
        if call in windows:
            first, last = windows[call]
            sure = sum(seconds_within(held, time) for time in times[call])
            seconds[call, who] = min(sure + longest.get((call, who), 0), last - first)
    more = {key: added[key] - longest[key] for key in added if added[key] > longest[key]}
    return seconds, more, {meeting.call for meeting in cohort.followed.meetings}, waiting


def _decided(cohort: Cohort) -> dict[tuple[str, str], There]:
    """Return what a person decided about attendance, by call and code.

    A decision hangs on the call's lasting identity, its last thing, and so follows a call that is
    moved.
    """
    result: dict[tuple[str, str], There] = {}
    for held in of_step(by_lasting_call(cohort), STEP):
        told: There = "there" if held.wish == COUNTS else "not there"
        result |= {(held.things[-1], code): told for code in held.people}
    return result
