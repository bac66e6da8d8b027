"""What the end of a year leaves on paper: faculty, panels, attempts, signatures, certificates.

Plain values. Participants stand here by code, faculty by an id such as ``F-1``; what is private
about either stays outside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from cstools.cohorts.basics.asked import as_most, as_text, as_texts
from cstools.cohorts.basics.hours import FreeTime, parse_free_hours
from cstools.cohorts.basics.people import Private
from cstools.cohorts.basics.zones import canonical
from cstools.errors import DataError, brief, shown, unknown_name

Kind = Literal["programme", "outside"]
Unit = Literal["person", "team"]
KINDS: tuple[Kind, ...] = ("programme", "outside")
CERTIFIED, FURTHER_WORK = "certified", "further work"
OUTCOMES = (CERTIFIED, FURTHER_WORK)
_FACULTY_ID = re.compile(r"^F-[A-Z0-9]{1,12}$")


@dataclass(frozen=True)
class Faculty:
    """Somebody who may sit on review panels, by an id of your own and never by name.

    Parameters
    ----------
    id
        ``F-`` and capitals or digits: ``F-1``. The list of who is who stays with you.
    kind
        ``programme`` or ``outside``.
    sites
        Where they work; nobody reviews the work of an own site.
    person
        The code that they have among participants, mentors or helpers, if any: who is somebody's
        buddy, mentor or team-mate does not review that person.
    mentors
        The codes or team names whom they accompany as a mentor.
    most
        The most panels they take; ``None`` is as many as it needs.
    free
        When they can meet, as ``Mon 16-18; Wed 9-11`` in their own wall clock; empty is not given.
    time_zone
        The zone of that wall clock.

    Raises
    ------
    DataError
        When the id is none, the kind is neither of the two, or hours come without a zone.
    """

    id: str
    kind: Kind
    sites: tuple[str, ...] = ()
    person: str = ""
    mentors: tuple[str, ...] = ()
    most: int | None = None
    free: tuple[FreeTime, ...] = ()
    time_zone: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.id, str) or not _FACULTY_ID.match(self.id):
            raise DataError(
                f"faculty {shown(self.id)}: write an id as 'F-1', never a name; keep the list of "
                "who is who beside it"
            )
        if self.kind not in KINDS:
            raise DataError(
                f"{self.id}: kind is {shown(self.kind)}; write 'programme' or 'outside'"
            )
        as_most(self.most, self.id)
        if self.free and not self.time_zone:
            raise DataError(
                f"{self.id}: the free hours need the zone of their clock; write "
                "time_zone='America/New_York'"
            )


def faculty(
    id: str,
    kind: Kind,
    *,
    sites: str | Iterable[str] = (),
    person: str = "",
    mentors: str | Iterable[str] = (),
    most: int | None = None,
    free: str = "",
    time_zone: str = "",
) -> Faculty:
    """Return one of the faculty from what a coordinator writes: one site, hours as text.

    Raises
    ------
    DataError
        As :class:`Faculty`, and when an hour or a zone cannot be read.
    """
    return Faculty(
        id,
        kind,
        () if sites == "" else as_texts(sites, f"a site of {brief(id)}", "Example Hill School"),
        person if person == "" else as_text(person, f"the code of {brief(id)}", "P-ABCDEF"),
        () if mentors == "" else as_texts(mentors, f"whom {brief(id)} accompanies", "P-ABCDEF"),
        most,
        parse_free_hours(free),
        canonical(time_zone) if time_zone != "" else "",
    )


@dataclass(frozen=True, order=True)
class Conflict:
    """A conflict of interest that somebody declared: this faculty and that code or team."""

    faculty: str
    about: str


@dataclass(frozen=True)
class Panel:
    """Who reviews one person's or one team's work.

    ``missing`` says in sentences what the panel lacks; a panel that lacks nothing is complete.
    ``hours`` is an hour that all can meet in, by the clock of UTC, or an empty text.
    """

    of: str
    members: tuple[str, ...]
    missing: tuple[str, ...] = ()
    reason: str = ""
    hours: str = ""


@dataclass(frozen=True)
class Attempt:
    """A portfolio was handed in for review; nothing changes it afterwards.

    ``portfolio`` is the SHA-256 of what was handed in, ``members`` who is judged by it on that
    day: the person, or the team as it then was.
    """

    of: str
    number: int
    day: date
    portfolio: str
    files: int
    members: tuple[str, ...]


@dataclass(frozen=True)
class Signature:
    """One of the faculty signed an outcome for one attempt, on a day."""

    of: str
    attempt: int
    faculty: str
    kind: Kind
    outcome: str
    day: date


@dataclass(frozen=True)
class Certificate:
    """One certificate as it was issued; a later one may supersede it.

    ``name`` is what stands on it, ``why`` the reason of a re-issue; both are kept with the names.
    """

    id: str
    code: str
    of: str
    attempt: int
    title: str
    day: date
    supersedes: str = ""
    name: Private = field(default=Private(""), repr=False)
    why: str = field(default="", repr=False)


@dataclass(frozen=True)
class Consent:
    """A certified person said on a day which roles are welcome in the next run; none is a no."""

    code: str
    roles: tuple[str, ...]
    day: date


@dataclass(frozen=True)
class Review:
    """Everything about panels, decisions and certificates of one run.

    Attempts, signatures and certificates are only ever added to.
    """

    faculty: tuple[Faculty, ...] = ()
    declared: tuple[Conflict, ...] = ()
    unit: Unit | None = None
    panels: tuple[Panel, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    signatures: tuple[Signature, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    consents: tuple[Consent, ...] = ()

    def of_faculty(self, id: str) -> Faculty:
        """Return one of the faculty by id.

        Raises
        ------
        UnknownNameError
            When nobody has it; the nearest is named.
        """
        found = {each.id: each for each in self.faculty}
        if not isinstance(id, str) or id not in found:
            raise unknown_name(id, found, "the faculty of this run")
        return found[id]

    def last_attempt(self, of: str) -> Attempt | None:
        """Return the last portfolio that a person or a team handed in, if there is one."""
        return next((a for a in reversed(self.attempts) if a.of == of), None)

    def standing_of(self, attempt: Attempt, on: date | None = None) -> Standing:
        """Return how an attempt stands by what was signed, until a day where one is given."""
        return standing(attempt, (s for s in self.signatures if on is None or s.day <= on))


NOTHING_REVIEWED = Review()


@dataclass(frozen=True)
class Standing:
    """How one attempt stands: ``certified``, ``further work``, ``open`` or ``not agreed``.

    ``waits_for`` names the kinds of faculty that have not signed yet; ``day`` is that of the last
    signature that made the decision.
    """

    outcome: str
    waits_for: tuple[Kind, ...] = ()
    day: date | None = None


def standing(attempt: Attempt, signatures: Iterable[Signature]) -> Standing:
    """Return how an attempt stands: decided where both kinds signed and all signed the same.

    Whoever signed twice is counted by the signature of the later day, whenever it was noted; of
    two of one day by the one noted last.
    """
    last = {
        each.faculty: each
        for each in sorted(signatures, key=lambda each: each.day)
        if (each.of, each.attempt) == (attempt.of, attempt.number)
    }
    signed = {each.kind for each in last.values()}
    waits = tuple(kind for kind in KINDS if kind not in signed)
    said = {each.outcome for each in last.values()}
    if len(said) > 1:
        return Standing("not agreed", waits)
    if waits:
        return Standing("open", waits)
    return Standing(said.pop(), (), max(each.day for each in last.values()))
