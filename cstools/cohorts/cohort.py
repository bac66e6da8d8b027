"""A cohort is a value: each step gives a new one, and the same steps give the same cohort."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from cstools.cohorts.buddies import Buddy, Explanation, explain
from cstools.cohorts.columns import folded
from cstools.cohorts.eligibility import Verdict, spoken_priorities, verdict
from cstools.cohorts.hours import reference_mondays, week_bits
from cstools.cohorts.people import Application, Participant, codes, lot, natural_key
from cstools.cohorts.programme import Programme
from cstools.cohorts.roster import roster_rows
from cstools.cohorts.selection import Candidate, choose
from cstools.cohorts.spreadsheet import write_rows
from cstools.cohorts.tables import Table, table
from cstools.cohorts.trios import best_groups
from cstools.cohorts.year import undecided, year_events
from cstools.cohorts.year_calendar import Calendar
from cstools.errors import DataError, unknown_name

Outcome = Literal["accepted", "waiting", "needs a ruling", "refused"]
OUTCOMES: tuple[Outcome, ...] = ("accepted", "waiting", "needs a ruling", "refused")


@dataclass(frozen=True)
class Decision:
    """What became of one application, and why; ``place`` counts the waiting list from 1."""

    code: str
    outcome: Outcome
    reason: str
    place: int = 0


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

    def enrol(self, applications: Iterable[Application]) -> Cohort:
        """Return the cohort with these applications added; the same ones again change nothing.

        A person is known by the e-mail. Somebody who applies with new answers has them replaced,
        and selection and buddies are then open again.
        """
        merged = {
            natural_key(person.application.email): person.application for person in self.people
        }
        for application in applications:
            known = merged.get(natural_key(application.email))
            if known is None or known != application:
                merged[natural_key(application.email)] = application
        given = codes((application.email for application in merged.values()), self.secret)
        people = (Participant(given[key], application) for key, application in merged.items())
        enrolled = tuple(sorted(people, key=lambda person: person.code))
        if enrolled == self.people:
            return self
        return replace(self, people=enrolled, decisions=(), buddies=())

    def eligibility(self) -> Table:
        """Return for each person whether a seat is possible, which priorities are met, and why."""
        rows = [
            (code, given.answer, self._spoken(given), given.reason)
            for code, given in self._verdicts().items()
        ]
        counts = Counter(row[1] for row in rows)
        note = ", ".join(f"{count} {answer}" for answer, count in sorted(counts.items()))
        return table(
            f"{self.name}: who may have a seat", ("code", "answer", "meets", "why"), rows, [note]
        )

    def select(
        self,
        seats: int | None = None,
        *,
        seed: int = 0,
        teams_whole: bool = True,
        rulings: Mapping[str, Literal["eligible", "not eligible"]] | None = None,
    ) -> Cohort:
        """Return the cohort with seats given out, and a reason for each person.

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
            Your decision, by code, for people whom the documents leave open.

        Raises
        ------
        DataError
            When nobody is enrolled, or more seats are asked for than the programme states.
        UnknownNameError
            When a ruling names a code that nobody has.
        """
        limit = self._seats(seats)
        ruled = self._ruled(rulings or {})
        able = [person for person in self.people if ruled[person.code].answer == "eligible"]
        candidates = [Candidate(p.code, folded(p.team), ruled[p.code].priorities) for p in able]
        open_seats = len(able) if limit is None else limit
        chosen = choose(candidates, open_seats, seed, teams_whole=teams_whole)
        waiting = sorted(
            (c for c in candidates if c.code not in chosen),
            key=lambda c: (
                tuple(not met for met in c.priorities),
                -lot(seed, c.code, bits=24),
                c.code,
            ),
        )
        places = {person.code: place for place, person in enumerate(waiting, start=1)}
        decisions = tuple(
            self._decision(person, ruled[person.code], limit, places.get(person.code, 0))
            for person in self.people
        )
        return replace(self, seats=limit, decisions=decisions, buddies=())

    def pair_buddies(self, seed: int = 0) -> Cohort:
        """Return the cohort with buddies across sites for everybody who has a seat.

        The same people in any order of rows, with the same seed, get the same buddies.

        Raises
        ------
        DataError
            When nobody has a seat yet, or the programme states no dates: which hours two people
            share depends on when their clocks change.
        """
        people = self._buddies()
        return replace(self, buddies=explain(people, best_groups(people, seed)))

    def calendar(self) -> Calendar:
        """Return the year's calendar; what nobody has decided yet is drawn as a proposal."""
        shown = self.accepted or self.people
        zones = Counter(person.time_zone for person in shown)
        return Calendar(
            f"{self.name} calendar",
            year_events(self.programme, self.name),
            undecided(self.programme),
            tuple(sorted(zones.items())),
        )

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

    def team_flags(self) -> tuple[str, ...]:
        """Return what in the teams does not fit what the programme states, in sentences."""
        rules = self.programme.facts.teams
        teams: dict[str, list[Participant]] = {}
        for person in self.people:
            teams.setdefault(person.team, []).append(person)
        flags = []
        for name, members in sorted(teams.items()):
            if (
                name
                and rules.least
                and rules.most
                and not rules.least <= len(members) <= rules.most
            ):
                size = f"team '{name}' has {len(members)} member{'s' * (len(members) > 1)}"
                flags.append(f"{size}; the programme states {rules.least} to {rules.most}")
            if name and rules.champions_least and not any(m.application.champion for m in members):
                flags.append(f"team '{name}' names no executive champion; a member may be one")
        return tuple(flags)

    def decisions_table(self) -> Table:
        """Return what became of each application, accepted people first, and why."""
        order = {outcome: k for k, outcome in enumerate(OUTCOMES)}
        sites = {person.code: person.site for person in self.people}
        ranked = sorted(self.decisions, key=lambda d: (order[d.outcome], d.place, d.code))
        rows = [
            (d.code, d.outcome + (f" {d.place}" if d.place else ""), sites[d.code], d.reason)
            for d in ranked
        ]
        notes = [self._counts()]
        if asked := next((d.code for d in ranked if d.outcome == "needs a ruling"), ""):
            notes.append(
                "Whoever needs a ruling gets it from you: write "
                f'select(rulings={{"{asked}": "eligible"}}), or "not eligible", with every code.'
            )
        return table(f"{self.name}: seats", ("code", "outcome", "site", "why"), rows, notes)

    def buddies_table(self) -> Table:
        """Return each person's buddies, and how they were found."""
        sites = {person.code: person.site for person in self.people}
        rows = [
            (e.code, sites[e.code], ", ".join(e.buddies) or "none", e.reason) for e in self.buddies
        ]
        alone = sum(not e.buddies for e in self.buddies)
        note = f"{len(self.buddies)} people, {alone} without a buddy."
        columns = ("code", "site", "buddies", "how they were found")
        return table(f"{self.name}: buddies across sites", columns, rows, [note])

    def _spoken(self, given: Verdict) -> str:
        return spoken_priorities(self.programme.facts, given.priorities)

    def _verdicts(self) -> dict[str, Verdict]:
        return {p.code: verdict(self.programme.facts, p.application) for p in self.people}

    def _ruled(
        self, rulings: Mapping[str, Literal["eligible", "not eligible"]]
    ) -> dict[str, Verdict]:
        verdicts = self._verdicts()
        for code, answer in rulings.items():
            if code not in verdicts:
                raise unknown_name(code, verdicts, "rulings")
            if answer not in ("eligible", "not eligible"):
                raise DataError(
                    f"the ruling for {code} is {answer!r}; write 'eligible' or 'not eligible'"
                )
            reason = f"ruled {answer} by the coordinator; {verdicts[code].reason}"
            verdicts[code] = replace(verdicts[code], answer=answer, reason=reason)
        return verdicts

    def _seats(self, asked: int | None) -> int | None:
        if not self.people:
            raise DataError(
                f"'{self.name}' has nobody to choose from; enrol the applications first"
            )
        stated = self.programme.facts.capacity.most
        if asked is not None and (not isinstance(asked, int) or asked < 0):
            raise DataError(f"{asked!r} seats cannot be given out; write a whole number, as 25")
        if asked is not None and stated is not None and asked > stated:
            raise DataError(
                f"{asked} seats are more than the {stated} that the programme states; ask for "
                f"{stated} at most, or state another number under [capacity] in an overlay"
            )
        return stated if asked is None else asked

    def _decision(
        self, person: Participant, given: Verdict, seats: int | None, place: int
    ) -> Decision:
        if given.answer == "not eligible":
            return Decision(person.code, "refused", given.reason)
        if given.answer == "needs a ruling":
            return Decision(person.code, "needs a ruling", given.reason)
        why = f"{self._spoken(given)}; {given.reason}"
        if place:
            full = f"the {seats} seats went to people before in the order of priorities and lots"
            whole = ", or would have broken a team" if person.team else ""
            return Decision(person.code, "waiting", f"{why}; {full}{whole}", place)
        if seats is None:
            why += "; no number of seats is stated or given, so everybody eligible has one"
        return Decision(person.code, "accepted", why)

    def _buddies(self) -> list[Buddy]:
        if not self.accepted:
            raise DataError(
                f"'{self.name}' has nobody with a seat yet; select() comes before buddies"
            )
        first, last = self.programme.first_day, self.programme.last_day
        if not first or not last:
            raise DataError(
                f"'{self.programme.id}' states no dates, and which hours people share depends on "
                "when their clocks change; state starts and ends under [dates] in an overlay"
            )
        mondays = reference_mondays(first, last)
        return [
            Buddy(
                person.code,
                folded(person.site),
                frozenset(person.application.languages),
                tuple(week_bits(person.application.free, person.time_zone, day) for day in mondays),
            )
            for person in self.accepted
        ]

    def _counts(self) -> str:
        counts = Counter(decision.outcome for decision in self.decisions)
        return ", ".join(f"{counts[name]} {name}" for name in OUTCOMES if counts[name])

    def _paired(self, sizes: Counter[int]) -> str:
        alone = sum(not told.buddies for told in self.buddies)
        counts = ((sizes[2], "pair"), (sizes[3], "trio"), (alone, "alone"))
        words = (
            f"{count} {name}{'s' * (count > 1 and name != 'alone')}"
            for count, name in counts
            if count
        )
        return ", ".join(words)

    def _table(self) -> Table:
        groups = {frozenset((e.code, *e.buddies)) for e in self.buddies if e.buddies}
        sizes = Counter(len(group) for group in groups)
        rows = [
            ("programme", self.programme.title),
            ("enrolled", len(self.people)),
            ("seats", "not stated, no number given" if self.seats is None else self.seats),
            ("decided", self._counts() or "not yet"),
            ("buddies", self._paired(sizes) if self.buddies else "not yet"),
            ("time zones", len({person.time_zone for person in self.people})),
        ]
        notes = self.team_flags()
        return table(f"Cohort: {self.name}", ("what", "how it stands"), rows, notes)

    def __repr__(self) -> str:
        return repr(self._table())

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        return self._table()._repr_mimebundle_()
