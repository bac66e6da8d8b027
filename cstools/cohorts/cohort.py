"""A cohort is a value: each step gives a new one, and the same steps give the same cohort."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

from cstools.cohorts.applying.enrolling import enrolled
from cstools.cohorts.basics.overruling import (
    Overruling,
    overruled_table,
    recoded,
    taken_back,
    with_overruling,
)
from cstools.cohorts.basics.people import Application, Participant
from cstools.cohorts.basics.spreadsheet import write_rows
from cstools.cohorts.basics.tables import Table
from cstools.cohorts.buddies.buddies import Explanation
from cstools.cohorts.buddies.pairing import Pairing
from cstools.cohorts.calendar.moved import worked_out
from cstools.cohorts.calendar.year import undecided, year_events
from cstools.cohorts.calendar.year_calendar import Calendar
from cstools.cohorts.certificates.certificates import Certificates
from cstools.cohorts.cohort_tables import (
    buddies_table,
    decisions_table,
    eligibility_table,
    overview,
)
from cstools.cohorts.following.follow import Following
from cstools.cohorts.following.following import Followed
from cstools.cohorts.following.owed import Owed
from cstools.cohorts.programmes.programme import Programme
from cstools.cohorts.review.helpers import Helpers, helpers_of
from cstools.cohorts.review.reviewing import Reviewing
from cstools.cohorts.review.values import NOTHING_REVIEWED, Review
from cstools.cohorts.selection.check import checked_table
from cstools.cohorts.selection.decisions import Decision, Draw
from cstools.cohorts.selection.letters import letter_rows, letters_table
from cstools.cohorts.selection.roster import roster_rows
from cstools.cohorts.selection.seating import Hall, filled, gone, priced, seated, seats_to_give
from cstools.cohorts.selection.wishes import in_force, ruling, wish, withdrawal
from cstools.cohorts.teams.grouping import Grouping
from cstools.cohorts.teams.groups import Groups
from cstools.cohorts.tuition.budget import Budget, budget
from cstools.cohorts.tuition.paying import Paying
from cstools.cohorts.tuition.tuition import Tuition
from cstools.errors import DataError

# Rooms that hold codes and outlast a new application; a code that grows longer grows in them.
KEPT_ON_ENROLLING = ("overruled", "tuition", "followed", "groups", "review")


@dataclass(frozen=True)
class Cohort:
    """The people of one run of a programme, on their way from application to buddies.

    Frozen: :meth:`enrol`, :meth:`select` and :meth:`pair_buddies` each give a new cohort. Doing
    one of them again gives an equal cohort. It prints codes, counts and places, never a name.
    """

    programme: Programme
    name: str
    secret: str = field(default="", repr=False)
    people: tuple[Participant, ...] = ()
    seats: int | None = None
    decisions: tuple[Decision, ...] = ()
    buddies: tuple[Explanation, ...] = ()
    draw: Draw = field(default_factory=Draw)
    overruled: tuple[Overruling, ...] = ()
    review: Review = NOTHING_REVIEWED
    tuition: Tuition = field(default_factory=Tuition)
    followed: Followed = field(default_factory=Followed)
    groups: Groups = field(default_factory=Groups)

    def enrol(self, applications: Iterable[Application]) -> Cohort:
        """Return the cohort with these applications added; the same ones again change nothing.

        A person is known by the e-mail. Somebody who applies with new answers has them replaced,
        and selection and buddies are then open again.
        """
        people, longer = enrolled(self.people, applications, self.secret)
        if people == self.people:
            return self
        kept = {room: recoded(getattr(self, room), longer) for room in KEPT_ON_ENROLLING}
        return replace(self, people=people, decisions=(), buddies=(), **kept)

    def eligibility(self) -> Table:
        """Return for each person whether a seat is possible, which priorities are met, and why."""
        return eligibility_table(self)

    def select(
        self,
        seats: int | None = None,
        *,
        seed: int = 0,
        teams_whole: bool = True,
        rulings: Mapping[str, Literal["eligible", "not eligible"]] | None = None,
        by: str = "coordinator",
        why: str = "",
    ) -> Cohort:
        """Return the cohort with seats given out, and a reason for each person.

        What was overruled before (:meth:`overrule`) is respected, and what it costs is written
        beside it.

        Parameters
        ----------
        seats
            How many there are. Without a number the programme's stated capacity holds; where
            none is stated, everybody eligible gets a seat, and each reason says so.
        seed
            Decides the lot between people whom no priority tells apart.
        teams_whole
            A team comes in whole or not at all. The documents only give teams priority, so this
            is yours to switch off.
        rulings
            Your decision, by code, for people whom the documents leave open: the short form of
            :meth:`overrule`, with ``by`` and ``why`` for all of them.

        Raises
        ------
        DataError
            When nobody is enrolled, more seats are asked for than the programme states, a ruling
            has no reason, or a seat is held for somebody who can have none.
        UnknownNameError
            When a ruling names a code that nobody has.
        """
        limit = seats_to_give(self.programme, self.name, self.people, seats)
        overruled = self.overruled
        for code, answer in sorted((rulings or {}).items()):
            overruled = with_overruling(overruled, ruling(code, answer, by, why), self.people)
        hall = Hall(self.programme, self.people, limit, Draw(seed, teams_whole), overruled)
        decisions = seated(hall)
        return replace(
            self,
            seats=limit,
            draw=hall.draw,
            overruled=priced(hall, decisions),
            decisions=decisions,
            buddies=(),
        )

    def overrule(self, name: str, *codes: str, by: str, why: str) -> Cohort:
        """Return the cohort with one of your own decisions on its seats; :meth:`select` comes next.

        Parameters
        ----------
        name
            ``eligible`` or ``not eligible`` (a ruling), ``hold a seat``, ``keep together`` (never
            one without the other), ``split the team`` (these come in or stay out singly).
        codes
            Whom it is about.
        by
            The role that decides, as ``programme director``; never a name.
        why
            The reason, in a sentence. It is kept with the names, apart from everything else.

        Raises
        ------
        UnknownNameError, DataError
            When there is no such wish or code, or the role or the reason is missing.
        """
        new = with_overruling(self.overruled, wish(name, codes, by, why), self.people)
        return replace(self, overruled=new, decisions=(), buddies=())

    def take_back(self, number: int, *, by: str, why: str) -> Cohort:
        """Return the cohort with one overruling out of force; it stays in the list, with why.

        After a decision on seats, selection and buddies are open again.
        """
        left = taken_back(self.overruled, number, by, why, self.people)
        if left[number - 1].step != "selection":
            return replace(self, overruled=left)
        return replace(self, overruled=left, decisions=(), buddies=())

    def withdraw(self, code: str, why: str, *, by: str = "participant") -> Cohort:
        """Return the cohort after somebody has withdrawn; nobody else is moved.

        The seat stays free until :meth:`fill`; on the waiting list those behind move up.
        """
        new = with_overruling(self.overruled, withdrawal(code, by, why), self.people)
        number = in_force(new).withdrawn[code]
        decisions = gone(self.decisions, code, number) if self.decisions else ()
        return replace(self, overruled=new, decisions=decisions)

    def fill(self) -> Cohort:
        """Return the cohort with the free seats offered along the waiting list.

        Nobody who has a seat is moved. A team comes whole: while too few seats are free it is
        passed over and keeps its place.
        """
        if not self.decisions:
            raise DataError(f"'{self.name}' has decided nothing yet; select() comes before fill()")
        return replace(self, decisions=filled(self.hall, self.decisions))

    def verify(self) -> Table:
        """Return every rule of the selection, checked again without the solver."""
        return checked_table(self)

    def letters(self) -> Table:
        """Return what to write to each person, by code; nothing is sent."""
        return letters_table(self)

    def write_letters(self, path: str | Path, names_for: str = "") -> Path:
        """Write the letters for a mail merge, by code; a reason adds names and e-mails, logged."""
        return write_rows(Path(path), letter_rows(self, names_for))

    @property
    def paying(self) -> Paying:
        """The fund, the order of reductions, and scholarships; it shows what everybody pays."""
        return Paying(self)

    def budget(self) -> Budget:
        """Return the numbers of the cohort's money and seats."""
        return budget(self)

    def overruled_table(self) -> Table:
        """Return every decision of people against or beside a step: who, why, at what cost."""
        return overruled_table(self.name, self.overruled)

    @property
    def reviewing(self) -> Reviewing:
        """Panels, portfolios handed in, and who signed what; it shows how the review stands."""
        return Reviewing(self)

    @property
    def certificates(self) -> Certificates:
        """The certificates: issue, write and re-issue them, and check an id."""
        return Certificates(self)

    def helpers(self) -> Helpers:
        """Return who was certified and agreed to help the next run, as mentor or otherwise."""
        return helpers_of(self)

    @property
    def hall(self) -> Hall:
        """Everything that decides who has a seat."""
        return Hall(self.programme, self.people, self.seats, self.draw, self.overruled)

    def pair_buddies(self, seed: int = 0) -> Cohort:
        """Return the cohort with buddies across sites for everybody who has a seat.

        The same people in any order of rows, with the same seed, get the same buddies.

        Raises
        ------
        DataError
            When nobody has a seat yet, or the programme states no dates: which hours two people
            share depends on when their clocks change.
        """
        return self.pairing.paired(seed)

    @property
    def pairing(self) -> Pairing:
        """What may be decided and asked about buddies: wishes, freezing, prices, pairing again."""
        return Pairing(self)

    @property
    def teams(self) -> Grouping:
        """What may be decided and asked about teams, sites and mentors."""
        return Grouping(self)

    def calendar(self) -> Calendar:
        """Return the year's calendar; what nobody has decided yet is drawn as a proposal."""
        shown = self.accepted or self.people
        zones = Counter(person.time_zone for person in shown)
        homes = Counter((person.application.country, person.time_zone) for person in shown)
        return Calendar(
            f"{self.name} calendar",
            worked_out(year_events(self.programme, self.name), sorted(zones)),
            undecided(self.programme),
            tuple(sorted(zones.items())),
            tuple(sorted((*home, count) for home, count in homes.items())),
        )

    @property
    def following(self) -> Following:
        """The year after selection: attendance, notes, what is owed, reminders."""
        return Following(self)

    def with_followed(self, followed: Followed) -> Cohort:
        """Return the cohort with this known of its year; the cohort itself where nothing is new."""
        return self if followed == self.followed else replace(self, followed=followed)

    def owed(self, on: date | str) -> Owed:
        """Return what each participant, each team and the cohort still owe, seen on a day."""
        return self.following.owed(on)

    @property
    def accepted(self) -> tuple[Participant, ...]:
        """The people who have a seat, in order of code."""
        inside = {d.code for d in self.decisions if d.outcome == "accepted"}
        return tuple(person for person in self.people if person.code in inside)

    def write(self, path: str | Path, names_for: str = "") -> Path:
        """Write the roster to an XLSX or CSV file, by code, and return its path.

        With a reason in ``names_for`` the roster has names and e-mails too, which is logged.
        """
        return write_rows(Path(path), roster_rows(self, names_for))

    def decisions_table(self) -> Table:
        """Return what became of each application, accepted people first, and why."""
        return decisions_table(self)

    def buddies_table(self) -> Table:
        """Return each person's buddies, and how they were found."""
        return buddies_table(self)

    def __repr__(self) -> str:
        return repr(overview(self))

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        return overview(self)._repr_mimebundle_()
