"""The review of a cohort's work: panels, what was handed in, who signed what.

Reached as ``cohort.reviewing``; each step gives a new cohort.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cstools.cohorts.basics.asked import as_choice, as_day, as_seed, person_of
from cstools.cohorts.basics.naming import named_in, refuse_names
from cstools.cohorts.basics.overruling import Overruling, with_overruling
from cstools.cohorts.basics.spelling import folded
from cstools.cohorts.basics.tables import Table
from cstools.cohorts.review.check import checked_panels
from cstools.cohorts.review.conflicts import KEEP_OFF, PUT_ON, STEP, pairs_of
from cstools.cohorts.review.fingerprint import fingerprint
from cstools.cohorts.review.noted import read_review
from cstools.cohorts.review.signing import may_sign
from cstools.cohorts.review.steps import Terms, assigned, judged_units, opened_again, unit_of
from cstools.cohorts.review.tables import panels_table, review_table
from cstools.cohorts.review.values import (
    CERTIFIED,
    FURTHER_WORK,
    Attempt,
    Conflict,
    Consent,
    Faculty,
    Kind,
    Review,
    Signature,
    Unit,
    standing,
)
from cstools.errors import DataError, shown, unknown_name

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

ROLES = ("mentor", "assistant", "reviewer", "co-host")
LARGEST = 20  # faculty of one kind on a panel


@dataclass(frozen=True, repr=False)
class Reviewing:
    """What can be done in the review of one cohort; shows how it stands."""

    cohort: Cohort

    def with_faculty(self, *faculty: Faculty) -> Cohort:
        """Return the cohort with these faculty named; the same id again replaces the earlier.

        The panels are then open again, but for those whose review has begun.
        """
        for each in faculty:
            if not isinstance(each, Faculty):
                raise DataError(f"{shown(each)} is none of the faculty; write faculty('F-1', …)")
            for words in (each.person, *each.sites, *each.mentors):
                refuse_names(words, self.cohort.people, f"what {each.id} is told by", "{} in place")
        known = {each.id: each for each in (*self._review.faculty, *faculty)}
        named = tuple(known[id] for id in sorted(known))
        if named == self._review.faculty:
            return self.cohort
        return self._with(faculty=named, panels=opened_again(self.cohort))

    def declare(self, id: str, *about: str) -> Cohort:
        """Return the cohort with a conflict of interest that one of the faculty declared.

        ``about`` are codes or team names. The panels are then open again.
        """
        self._review.of_faculty(id)
        new = {Conflict(id, self._somebody(each)) for each in about}
        declared = tuple(sorted({*self._review.declared, *new}))
        if declared == self._review.declared:
            return self.cohort
        return self._with(declared=declared, panels=opened_again(self.cohort))

    def assign_panels(
        self,
        *,
        programme: int = 1,
        outside: int = 1,
        unit: Unit | None = None,
        week: date | str | None = None,
        seed: int = 0,
    ) -> Cohort:
        """Return the cohort with a panel for everybody who has a seat, and a reason for each.

        There is always an answer: where a rule cannot hold, the panel says what it lacks.

        Parameters
        ----------
        programme, outside
            How many faculty of each kind a panel has, at least one.
        unit
            Whose work is judged, where the documents do not say: ``person`` or ``team``.
        week
            A day of the week in which panels meet, if faculty gave their free hours; without it
            that of the programme's last day.
        seed
            Decides between panels that are equally good.

        Raises
        ------
        DataError
            When nobody has a seat, or nothing says whose work is judged.
        """
        for kind, count in (("programme", programme), ("outside", outside)):
            whole = isinstance(count, int) and not isinstance(count, bool)
            if not whole or not 1 <= count <= LARGEST:
                raise DataError(
                    f"{shown(count)} {kind} faculty on a panel: both kinds decide together, so "
                    f"write 1 or more, and {LARGEST} at most"
                )
        each: dict[Kind, int] = {"programme": programme, "outside": outside}
        day = None if week is None else as_day(week)
        terms = Terms(each, unit_of(self.cohort, unit), day, as_seed(seed))
        return assigned(self.cohort, terms)

    def put_on_panel(self, about: str, id: str, *, by: str, why: str) -> Cohort:
        """Return the cohort with your decision that one of the faculty sits on a panel.

        It holds against a conflict of interest too, and the panel's reason says so;
        :meth:`assign_panels` comes next.
        """
        return self._overruled(PUT_ON, about, id, by, why)

    def keep_off_panel(self, about: str, id: str, *, by: str, why: str) -> Cohort:
        """Return the cohort with your decision that one of the faculty is not on a panel."""
        return self._overruled(KEEP_OFF, about, id, by, why)

    def hand_in(self, about: str, portfolio: str | Path, *, on: date | str) -> Cohort:
        """Return the cohort after a person or team handed in a portfolio, frozen by its hash.

        The same portfolio again, while it is being reviewed, changes nothing.

        Parameters
        ----------
        about
            A code, or the name of a team.
        portfolio
            The folder that was handed in, or one file of it.
        on
            The day.

        Raises
        ------
        DataError
            When an earlier portfolio is still with the panel, or was certified.
        """
        on = as_day(on)
        of, members = self._unit(about, on)
        found = fingerprint(portfolio)
        last = self._review.last_attempt(of)
        if last is not None:
            decided = standing(last, self._review.signatures)
            if decided.outcome != FURTHER_WORK:
                if last.portfolio == found.digest:
                    return self.cohort
                raise DataError(_NO_MORE[decided.outcome == CERTIFIED].format(of, last.number))
            if decided.day and on < decided.day:
                raise DataError(
                    f"{of}: attempt {last.number + 1} of {on} lies before the decision on attempt "
                    f"{last.number} of {decided.day}; write the day on which it was handed in"
                )
        number = last.number + 1 if last else 1
        new = Attempt(of, number, on, found.digest, found.files, members)
        return self._with(attempts=_in_order((*self._review.attempts, new)))

    def compare(self, about: str, portfolio: str | Path) -> str:
        """Return in a sentence which attempt a portfolio is, unchanged, or that it is none."""
        of, found = self._judged(about), fingerprint(portfolio)
        same = [a for a in self._review.attempts if (a.of, a.portfolio) == (of, found.digest)]
        if not same:
            return f"{of}: this is no portfolio that was handed in; something in it is different"
        numbers = " and ".join(f"{a.number} of {a.day}" for a in same)
        return f"{of}: unchanged since attempt {numbers}"

    def sign(
        self, about: str, id: str, outcome: str, *, on: date | str, slip: bool = False
    ) -> Cohort:
        """Return the cohort after one of the panel signed an outcome of the last attempt.

        An attempt is decided as soon as both kinds of faculty have signed and all who signed say
        the same. Whoever changes their mind before that signs again; both signatures are kept. What
        one of the faculty said last on a day changes nothing when it is signed again.

        Parameters
        ----------
        about
            A code, or the name of a team.
        id
            The faculty id of the one who signs.
        outcome
            ``certified`` (or the title that the documents give to it) or ``further work``.
        on
            The day.
        slip
            ``True``: the last signature of the same one was a slip of the pen. What it decided is
            then open again, until all say the same; both signatures are kept. Once a certificate
            was issued or another portfolio handed in, it stays.

        Raises
        ------
        UnknownNameError
            When there is no such outcome, faculty, person or team.
        DataError
            When nothing was handed in, the one who signs is not on the panel, the day lies before
            the portfolio, or the attempt is decided.
        """
        of = self._judged(about)
        signer, said = self._review.of_faculty(id), self._outcome(outcome)
        attempt = self._review.last_attempt(of)
        if attempt is None:
            raise DataError(f"{of} has handed in no portfolio yet; hand_in() comes before sign()")
        new = Signature(of, attempt.number, id, signer.kind, said, as_day(on))
        that_day = [s for s in self._review.signatures if replace(s, outcome=said) == new]
        if that_day[-1:] == [new]:
            return self.cohort
        may_sign(self._review, new, attempt, slip=as_choice(slip, "slip"))
        return self._with(signatures=(*self._review.signatures, new))

    def consent(self, code: str, *roles: str, on: date | str) -> Cohort:
        """Return the cohort with what somebody agreed to do in a next run; no role is a no.

        Roles are ``mentor``, ``assistant``, ``reviewer`` and ``co-host``. The last answer counts.
        """
        person_of(code, self.cohort.people, f"'{self.cohort.name}'")
        for role in roles:
            if role not in ROLES:
                raise unknown_name(role, ROLES, "roles in the next run")
        new = Consent(code, tuple(sorted(set(roles))), as_day(on))
        others = tuple(held for held in self._review.consents if held.code != code)
        return self._with(consents=tuple(sorted((*others, new), key=lambda held: held.code)))

    def note(self, path: str | Path, *, folder: str | Path | None = None) -> Cohort:
        """Return the cohort with a sheet of the review taken, all of its rows or none.

        The columns are ``day``, ``who`` (a code or a team), ``what``, ``faculty`` and ``value``.
        ``what`` is ``portfolio`` (the value: its file or folder), ``signature`` (who of the
        faculty; the outcome) or ``consent`` (the roles in the next run, or ``no``). Portfolios
        are looked for beside the sheet, or in ``folder``. The same sheet again changes nothing; an
        answer that goes back to an earlier one of its day stands in it below both of them.

        Raises
        ------
        FileError, DataError
            When the sheet cannot be read or a row is wrong; the row is named.
        """
        return read_review(self.cohort, path, folder)

    def panels(self) -> Table:
        """Return each panel, what it lacks, and why it is as it is."""
        return panels_table(self.cohort)

    def check(self) -> Table:
        """Return every rule of the panels, checked again without the solver."""
        return checked_panels(self.cohort)

    @property
    def _review(self) -> Review:
        return self.cohort.review

    def _with(self, **changed: object) -> Cohort:
        return replace(self.cohort, review=replace(self._review, **changed))  # type: ignore[arg-type]

    def _judged(self, about: str) -> str:
        """Return a unit in its own spelling, also one that has left since it handed in."""
        begun = {folded(attempt.of): attempt.of for attempt in self._review.attempts}
        known = begun.get(folded(about)) if isinstance(about, str) else None
        return known or self._unit(about)[0]

    def _unit(self, about: str, day: date | None = None) -> tuple[str, tuple[str, ...]]:
        """Return a unit in its own spelling, with its members on a day, or now."""
        one = any(person.code == about for person in self.cohort.people)
        stated = self._review.unit or self.cohort.programme.facts.qualification.unit
        judged = judged_units(self.cohort, stated or ("person" if one else "team"), day)
        found = next((of for of in judged if folded(of) == folded(about)), None)
        if found is None:
            where = f"who is reviewed in '{self.cohort.name}'"
            if isinstance(about, str) and named_in(f"of {about}", self.cohort.people):
                person_of(about, self.cohort.people, where)
            raise unknown_name(about, judged, where)
        return found, judged[found]

    def _somebody(self, about: str) -> str:
        people = {person.code: person.code for person in self.cohort.people}
        named = [team.name for team in self.cohort.groups.teams]
        named += [person.team for person in self.cohort.people if folded(person.team)]
        teams = {folded(name): name for name in reversed(named)}
        text = about if isinstance(about, str) else ""
        found = people.get(text) or teams.get(folded(text))
        if found is None:
            known = [*people, *teams.values()]
            raise unknown_name(about, known, f"people and teams of '{self.cohort.name}'")
        return found

    def _overruled(self, wish: str, about: str, id: str, by: str, why: str) -> Cohort:
        self._review.of_faculty(id)
        of, members = self._unit(about)
        people, things = ((of,), (id,)) if members == (of,) else ((), (id, of))
        new = Overruling(STEP, wish, people, by=by, why=why, things=things)
        held = with_overruling(self.cohort.overruled, new, self.cohort.people, pairs_of)
        review = replace(self._review, panels=opened_again(self.cohort))
        return replace(self.cohort, overruled=held, review=review)

    def _outcome(self, said: str) -> str:
        stated = self.cohort.programme.facts.qualification.outcomes or ()
        known = {CERTIFIED: CERTIFIED, FURTHER_WORK: FURTHER_WORK}
        known |= {word: CERTIFIED for word in stated if word not in known}
        if not isinstance(said, str) or said not in known:
            raise unknown_name(said, known, "outcomes of a review")
        return known[said]

    def __repr__(self) -> str:
        return repr(review_table(self.cohort))

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        return review_table(self.cohort)._repr_mimebundle_()


def _in_order(attempts: Iterable[Attempt]) -> tuple[Attempt, ...]:
    return tuple(sorted(attempts, key=lambda attempt: (attempt.of, attempt.number)))


_NO_MORE = (
    "{0}: attempt {1} is still with the panel, and another portfolio cannot take its place; wait "
    "until both kinds of faculty have signed",
    "{0}: attempt {1} was certified; there is nothing more to hand in",
)
