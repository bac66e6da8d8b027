"""A cohort is a value: each step gives a new one, and the same steps give the same cohort."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

from cstools.cohorts.applying.enrolling import as_applications, enrolled
from cstools.cohorts.basics.asked import as_choice, as_day_or_none, as_seed
from cstools.cohorts.basics.before import Before, before_opening
from cstools.cohorts.basics.drawing import Picture
from cstools.cohorts.basics.overruling import Overruling, overruled_table, recoded
from cstools.cohorts.basics.people import Application, Participant
from cstools.cohorts.basics.progress import Progress
from cstools.cohorts.basics.spreadsheet import write_rows
from cstools.cohorts.basics.tables import Table
from cstools.cohorts.buddies.buddies import Explanation
from cstools.cohorts.buddies.network_picture import buddies_picture
from cstools.cohorts.buddies.pairing import Pairing
from cstools.cohorts.calendar.of_cohort import calendar_of
from cstools.cohorts.calendar.year_calendar import Calendar
from cstools.cohorts.certificates.certificates import Certificates
from cstools.cohorts.cohort_changes import changes_table, opened_by
from cstools.cohorts.cohort_tables import (
    buddies_table,
    decisions_table,
    eligibility_table,
    overview,
)
from cstools.cohorts.decided.deciding import decide
from cstools.cohorts.decided.taking_back import take_back
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
from cstools.cohorts.selection.seating import Hall
from cstools.cohorts.selection.selecting import filled_up, selected, withdrawn
from cstools.cohorts.selection.wishes import decided, rulings_of, wish
from cstools.cohorts.teams.grouping import Grouping
from cstools.cohorts.teams.groups import Groups
from cstools.cohorts.tuition.budget import Budget, budget
from cstools.cohorts.tuition.paying import Paying
from cstools.cohorts.tuition.tuition import Tuition

# Rooms that hold codes and outlast a new application; a code that grows longer grows in them.
KEPT_ON_ENROLLING = ("overruled", "tuition", "followed", "groups", "review", "before")


@dataclass(frozen=True)
class Cohort:
    """The people of one run of a programme, on their way from application to buddies.

    Frozen: each step gives a new cohort, and doing it again an equal one. It prints codes, counts
    and places, never a name. By ``kept_at`` a planner knows from which saved state it was made.
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
    diary: tuple[str, ...] = ()
    before: Before = field(default_factory=Before, compare=False, repr=False)
    kept_at: str = field(default="", compare=False, repr=False)

    def enrol(self, applications: Iterable[Application]) -> Cohort:
        """Return the cohort with these applications added; the same ones again change nothing.

        A person is known by the e-mail. Somebody who applies with new answers has them replaced,
        what the new form did not ask and the day of the first application stay, and what the new
        answers decide is then open again: seats and buddies, or buddies alone. Until seats are
        given anew, whoever had one has it in the year's calls and commitments.
        """
        people, longer = enrolled(self.people, as_applications(applications), self.secret)
        if people == self.people:
            return self
        opened = opened_by(self, replace(self, people=people))
        kept = {room: recoded(getattr(opened, room), longer) for room in KEPT_ON_ENROLLING}
        return replace(opened, **kept)

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
        on: date | str | None = None,
    ) -> Cohort:
        """Return the cohort with seats given out, and a reason for each person.

        What was overruled before (:meth:`overrule`) is respected, and what it costs is written
        beside it. All seats are given anew: whom that moves since the last decisions stands under
        :meth:`decisions_table`. After letters are out, :meth:`withdraw` and :meth:`fill` move
        nobody else. Where the same people have seats again, they keep their buddies.

        Parameters
        ----------
        seats
            How many there are. Without a number the programme's stated capacity holds; where
            none is stated, everybody eligible gets a seat, and each reason says so.
        seed
            Decides the lot between people whom no priority tells apart.
        teams_whole
            A team comes in whole or not at all; documents only give teams priority.
        rulings
            Your decision, by code, for people whom the documents leave open: the short form of
            :meth:`overrule`, with ``by`` and ``why`` for all of them.
        on
            The day from which the seats hold; who comes in during the year owes nothing before,
            and without it nobody loses a seat then.

        Raises
        ------
        DataError
            When nobody is enrolled, more seats are asked for than the programme states, a ruling
            has no reason, or a seat is held for somebody who can have none.
        UnknownNameError
            When a ruling names a code that nobody has.
        """
        draw = Draw(as_seed(seed), as_choice(teams_whole, "teams_whole"))
        rules = rulings_of(rulings, by, why)
        return selected(self, seats, draw, rules, as_day_or_none(on))

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
        new = decided(self.overruled, [wish(name, codes, by, why)], self.people)
        return replace(self._opened(), overruled=new)

    def take_back(
        self, what: int | str, *about: str, day: date | str | None = None, by: str, why: str
    ) -> Cohort:
        """Return the cohort with one overruling out of force, or without a note; the list says why.

        An overruling is meant by its number. Seats are open again then; buddies, mentors and panels
        stay until they are worked out anew. A note is meant by its kind and what it is about:
        ``champion`` (team, who), ``mentor``, ``faculty``, ``conflict`` (faculty, whom), ``project``
        (who, state), ``workshop`` (who, which), ``report`` (a call, or the file), and with its
        ``day``: ``check-in``, ``practice``, ``portfolio`` (who).
        """
        return take_back(self, what, about, day, by, why)

    def withdraw(
        self, code: str, why: str, *, by: str = "participant", on: date | str | None = None
    ) -> Cohort:
        """Return the cohort after somebody has withdrawn; nobody else is moved.

        The seat stays free until :meth:`fill`; on the waiting list those behind move up. Until
        the day in ``on`` the person had the seat, and a team that is formed has the person;
        without a day a team goes on to, and says so, until ``teams.leave()`` gives one. Once
        something is known of the year, the day is asked for. Another day corrects it.
        """
        return withdrawn(self, code, by, why, as_day_or_none(on))

    def fill(self, *, on: date | str | None = None) -> Cohort:
        """Return the cohort with the free seats offered along the waiting list.

        Nobody who has a seat is moved. A team comes whole: while too few seats are free it is
        passed over and keeps its place. Who comes in owes what is from the day in ``on``, and
        without a day what is from the first day of the year.
        """
        return filled_up(self, as_day_or_none(on))

    def decide(
        self, file: str | Path, *, since: date | str | None = None, until: date | str | None = None
    ) -> Cohort:
        """Return the cohort after what people decided, as a diary tells it, day by day.

        The file is TOML: ``[[decided]]`` before each entry, with its day (``on``), its step
        (``what``), and what the step is told. What was done before is not done again.

        Parameters
        ----------
        since, until
            Only what was decided from a day on, or up to a day and on it.

        Raises
        ------
        FileError, DataError
            When the file, an entry or its step is wrong; the entry is named, nothing is decided.
        """
        return decide(self, file, since, until)

    def verify(self) -> Table:
        """Return every rule of the selection, checked again without the solver."""
        return checked_table(self)

    def letters(self) -> Table:
        """Return what to write to each person, by code; nothing is sent."""
        return letters_table(self)

    def write_letters(self, path: str | Path, names_for: str = "") -> Path:
        """Write the letters for a mail merge, by code; a reason adds names and e-mails, logged."""
        return write_rows(path, letter_rows(self, names_for))

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

    def pair_buddies(self, seed: int = 0, progress: Progress | None = None) -> Cohort:
        """Return the cohort with buddies across sites for everybody who has a seat.

        The same people in any order of rows, with the same seed, get the same buddies. For what
        each wish costs all are paired once more; ``progress`` hears how often, of how many times.

        Raises
        ------
        DataError
            When nobody has a seat yet, or the programme states no dates (clocks change with them).
        """
        return self.pairing.paired(seed, progress)

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
        return calendar_of(self)

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
        """Write the roster to an XLSX or CSV file by code; a reason adds names, which is logged."""
        return write_rows(path, roster_rows(self, names_for))

    def decisions_table(self) -> Table:
        """Return what became of each application, accepted people first, and why."""
        return decisions_table(self)

    def buddies_table(self) -> Table:
        """Return each person's buddies, and how they were found."""
        return buddies_table(self)

    def changes_since(self, earlier: Cohort) -> Table:
        """Return each seat, buddy, team, mentor and panel that is another than in an earlier state.

        The earlier cohort may be any from which this one was made, or what the planner kept:
        ``changes_since(planner.load("Class of 2026"))``.
        """
        return changes_table(self, earlier)

    def buddies_picture(self) -> Picture:
        """Return a picture of who is whose buddy: sites, groups as lines, and who is alone."""
        return buddies_picture(self)

    def _opened(self) -> Cohort:
        """Return the cohort with seats and buddies open again, and what stood before."""
        return replace(self, decisions=(), buddies=(), before=before_opening(self))

    def __repr__(self) -> str:
        return repr(overview(self))

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        return overview(self)._repr_mimebundle_()
