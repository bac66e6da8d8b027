"""Following the year: one door to everything that is noted about a cohort after its selection.

Each step gives a new cohort, and doing one again changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cstools.cohorts.basics.asked import as_choice, as_day, as_mapping_of, as_text, person_of
from cstools.cohorts.basics.files import place_of
from cstools.cohorts.basics.no_rubbish import no_rubbish
from cstools.cohorts.basics.overruling import Overruling, with_costs, with_overruling
from cstools.cohorts.basics.progress import Progress
from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.basics.taking_back import taken_back_notes
from cstools.cohorts.basics.wall_clock import DateOrder
from cstools.cohorts.basics.ways import by_diary
from cstools.cohorts.following import attendance, guests, noting
from cstools.cohorts.following.attendance import call_name, called, settled_calls
from cstools.cohorts.following.following import Entry, as_counting
from cstools.cohorts.following.held import notes_on_lost, notes_on_times
from cstools.cohorts.following.notes_file import read_notes
from cstools.cohorts.following.owed import Owed, owed
from cstools.cohorts.following.reminders import Reminders, reminders
from cstools.cohorts.following.taken_back import NOTED, reports_taken_back
from cstools.cohorts.following.zoom import digest_of, read_zoom_report
from cstools.cohorts.following.zoom_people import Mails
from cstools.cohorts.selection import seat_days
from cstools.cohorts.selection.seat_days import seated_on
from cstools.errors import FileError

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

Day = date | str
NO_REPORT = "–"
NO_RULE = (
    "From which share of a call on somebody was there is not stated "
    f"{by_diary('counting with share')}. Until then, part of a call is open."
)
NOT_YET_IN = "not in yet"
SEVERAL_DEVICES = (
    "Of several devices in a report without times the longest counts, up to all of them together: "
    "nobody knows whether they were there at once. Where that is open, you can decide it "
    f"{by_diary('count as')}."
)
NO_COST = ("changes what is known of these people and of nobody else", ())


@dataclass(frozen=True, repr=False)
class Following:
    """What may be noted and asked in the course of a cohort's year."""

    cohort: Cohort

    def attend(
        self,
        path: str | Path,
        zone: str = "",
        call: str = "",
        *,
        date_order: DateOrder | None = None,
        instead: bool = False,
        progress: Progress | None = None,
    ) -> Cohort:
        """Return the cohort with a participant report of Zoom taken.

        The same report again changes nothing, a corrected one takes the place of the first. One
        that was taken back is not taken again from a folder, unless its call is said.

        Parameters
        ----------
        path
            The CSV file as Zoom wrote it, or a folder of such files; of a folder all are taken
            or none.
        zone
            The time zone of the Zoom account; a report without times needs none.
        call
            Which call it was, as ``2026-09-08`` or ``monthly call 2026-09-08``, where the times
            do not tell.
        date_order
            ``month first`` or ``day first``, where neither the dates nor the calls tell, nor the
            other reports of the folder.
        instead
            Put it in the place of everything known about that call.
        progress
            Is called with how many files are read, and of how many.

        Raises
        ------
        FileError, DataError
            When the report, its call or its people cannot be told. Nothing is taken then.
        """
        zone = as_text(zone, "the zone", "America/New_York") if zone != "" else ""
        call = as_text(call, "the call", "2026-09-08") if call != "" else ""
        desk, mails = attendance.desk_of(self.cohort), Mails()
        near = tuple(desk.windows.values())
        files = report_files(path)
        again = bool(call) or instead or files == (Path(path),)
        gone = () if again else reports_taken_back(self.cohort)
        taking = attendance.Taking(self.cohort.followed, desk, instead=instead, taken_back=gone)
        with no_rubbish():
            for done, file in enumerate(files, start=1):
                if call or instead or not (file.is_file() and taking.has(digest_of(file))):
                    report = read_zoom_report(file, zone, date_order, near, mails, files)
                    taking.take(report, call)
                if progress is not None:
                    progress(done, len(files))
            followed = taking.result()
        return self.cohort.with_followed(followed)

    def counting(
        self,
        *,
        share: float | str | None = None,
        team: int | str | None = None,
        check_ins: int | str | None = None,
    ) -> Cohort:
        """Return the cohort with rules of yours where the documents are silent.

        Parameters
        ----------
        share
            From which share of a call's time on somebody was there, as ``0.75``.
        team
            How many of a team must be there for the team to be there: 2, or ``everybody``.
        check_ins
            After how many days at the latest the next check-in is due.
        """
        rules = as_counting(share, team, check_ins, self.cohort.followed.counting)
        return self.cohort.with_followed(replace(self.cohort.followed, counting=rules))

    def count_as(self, code: str, call: str, *, there: bool, by: str, why: str) -> Cohort:
        """Return the cohort with a person counted as there, or not, on a call, as you decide.

        ``by`` is your role and ``why`` the reason; the decision is kept with the other decisions.
        """
        person_of(code, self.cohort.people, f"people of '{self.cohort.name}'")
        event = called(settled_calls(self.cohort), as_text(call, "the call", "2026-09-08"))
        kinds = (attendance.COUNTS_NOT, attendance.COUNTS)
        wish = kinds[as_choice(there, "there")]
        new = Overruling(attendance.STEP, wish, (code,), by, why, (call_name(event), event.uid))
        held = with_overruling(self.cohort.overruled, new, self.cohort.people, _on_a_call)
        return self._overruled(held, attendance.STEP)

    def counts_from(self, code: str, day: Day, *, by: str, why: str) -> Cohort:
        """Return the cohort with another day on which somebody came in, as you decide.

        What was before that day is not asked of the person. The day that is kept with the seat
        has no force then; ``by`` is your role and ``why`` the reason, kept with the decisions.
        """
        person_of(code, self.cohort.people, f"people of '{self.cohort.name}'")
        told = Overruling(
            seat_days.STEP, seat_days.COUNTS_FROM, (code,), by, why, (f"{as_day(day)}",)
        )
        held = seat_days.counted_from(self.cohort.overruled, told, self.cohort.people)
        return replace(self.cohort, overruled=held)

    def guests(self) -> Table:
        """Return whom no e-mail matches, by mark, and what was answered."""
        return guests.guests_table(self.cohort)

    def write_guests(self, path: str | Path, names_for: str) -> Path:
        """Write the guests who wait for an answer, with names, for the reason that you give."""
        return guests.write_guests(self.cohort, path, names_for)

    def answer_guests(self, answers: str | Path | Mapping[str, str]) -> Cohort:
        """Return the cohort with guests answered: a code, ``nobody``, or ``open`` to ask again.

        ``answers`` is the file of :meth:`write_guests`, filled, or ``{"G-…": "P-…"}``.
        """
        codes = [person.code for person in self.cohort.people]
        told = guests.as_answers(answers)
        return self.cohort.with_followed(attendance.answered(self.cohort.followed, told, codes))

    def attendance(self, on: Day) -> Table:
        """Return the minutes of each participant on each call until a day, and what they count."""
        return attendance_table(self.cohort, as_day(on))

    def note(self, path: str | Path) -> Cohort:
        """Return the cohort with a sheet of notes taken, all of its rows or none.

        The columns are ``day``, ``who``, ``what``, ``value`` and ``approved by``. What was taken
        back stays so, also while its row stands in the sheet.
        """
        return read_notes(self.cohort, path)

    def check_in(self, *who: str, day: Day) -> Cohort:
        """Return the cohort with a check-in of buddies, by code, or of a team, by name."""
        return self._with([noting.check_in(self.cohort, who, as_day(day))])

    def practised(self, code: str, count: str, *, day: Day) -> Cohort:
        """Return the cohort with a participant's own count, ``12 of 21 days``; never what."""
        return self._with([noting.practised(self.cohort, code, count, as_day(day))])

    def project(
        self, who: str, state: str, *, day: Day, approved_by: str = "", by: str = "", why: str = ""
    ) -> Cohort:
        """Return the cohort with a project's next state.

        With your role in ``by`` and a reason in ``why`` a state is taken out of its turn, and the
        decision is kept.
        """
        cohort = self.cohort
        if by or why:
            people = (who,) if who in {p.code for p in cohort.people} else ()
            things = (state,) if people else (who, state)
            new = Overruling(noting.STEP, noting.ANYWAY, people, by, why, things)
            held = with_overruling(cohort.overruled, new, cohort.people)
            cohort = self._overruled(held, noting.STEP)
        step = noting.project_step(cohort, who, state, as_day(day), approved_by)
        return cohort.following._with([step])

    def portfolio(self, who: str, file: str | Path, *, day: Day) -> Cohort:
        """Return the cohort with a portfolio handed in; the hash of its file is kept."""
        return self._with([noting.handed_in(self.cohort, who, file, as_day(day))])

    def at_workshop(
        self, workshop: str, except_for: Mapping[str, Iterable[Day]] | None = None
    ) -> Cohort:
        """Return the cohort with everybody noted as there on all days of a workshop.

        ``except_for`` names, by code, the days of those who were there on some days or on none.
        Whoever is noted with days of their own already keeps them, if not named there.
        """
        example = "{'P-ABCDEF': ['2020-06-28', '2020-06-29']}"
        told = as_mapping_of(except_for or {}, "days at a workshop", example)
        days = {code: [as_day(d) for d in _several(given)] for code, given in told.items()}
        return self._with(noting.at_workshop(self.cohort, workshop, days))

    def owed(self, on: Day) -> Owed:
        """Return what each participant, each team and the cohort still owe, seen on a day."""
        return owed(self.cohort, as_day(on))

    def reminders(self, on: Day) -> Reminders:
        """Return a draft for everybody who owes something on a day; nothing is sent."""
        return reminders(self.cohort, as_day(on))

    def _with(self, entries: Iterable[Entry]) -> Cohort:
        return self.cohort.with_followed(self.cohort.followed.with_entries(entries))

    def _overruled(self, overruled: tuple[Overruling, ...], step: str) -> Cohort:
        count = sum(held.step == step and not held.taken_back for held in overruled)
        return replace(self.cohort, overruled=with_costs(overruled, step, [NO_COST] * count))

    def __repr__(self) -> str:
        return repr(self._table())

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        return self._table()._repr_mimebundle_()

    def _table(self) -> Table:
        known = self.cohort.followed
        waiting = sum(not answer for answer in attendance.answers_of(self.cohort).values())
        counting = known.counting
        rows = (
            ("calls with a report", len({meeting.call for meeting in known.meetings})),
            ("guests who wait for an answer", waiting),
            ("other notes", len(known.entries)),
            *_taken_back(self.cohort),
            ("there from which share of a call on", counting.share or "not stated"),
            ("how many of a team are the team", counting.team or "not stated"),
            ("days from check-in to check-in", counting.check_ins or "not stated"),
        )
        return table(f"{self.cohort.name}: the year so far", ("what", "how it stands"), rows)


def report_files(path: str | Path) -> tuple[Path, ...]:
    """Return the file, or every CSV and XLSX file of a folder in order of their names.

    Raises
    ------
    FileError
        When a folder has none.
    """
    place = place_of(path)
    if not place.is_dir():
        return (place,)
    kinds = (".csv", ".xlsx")
    found = (f for f in place.iterdir() if f.suffix.lower() in kinds and f.name[0] not in ".~")
    if not (files := tuple(sorted(found))):
        raise FileError(f"the folder '{place.name}' has no CSV or XLSX file; put the reports there")
    return files


def _taken_back(cohort: Cohort) -> list[tuple[str, int]]:
    """Return how many reports and notes of the year were taken back, where any were."""
    kinds = {f"take back {kind}" for kind in NOTED}
    count = sum(wish in kinds for wish, *_ in taken_back_notes(cohort.overruled))
    return [("reports and notes taken back", count)] * bool(count)


def _on_a_call(held: Overruling) -> list[tuple[object, ...]]:
    return [(held.people, held.things[-1])]


def _several(given: Iterable[Day]) -> Iterable[Day]:
    """Return days as they were written: several, or one alone."""
    return given if isinstance(given, list | tuple | set | frozenset) else (given,)


def _in_minutes(each: attendance.Attended) -> str:
    if each.counts == "no report":
        return NO_REPORT
    least, most = each.seconds // 60, each.most // 60
    return f"{least} to {most}, {each.counts}" if least < most else f"{least}, {each.counts}"


def _left_out(count: int) -> str:
    """Say how many calls have no column, since there is no report of them."""
    return f" Not shown: {count} call{'s' * (count > 1)} without a report." if count else ""


def attendance_table(cohort: Cohort, on: date) -> Table:
    """Return one row for each participant, one column for each past call: minutes, and a word."""
    calls = attendance.past_calls(cohort, on)
    cells: dict[tuple[str, str], str] = {}
    several_devices, unclear = False, set()
    for each in attendance.attended(cohort, on):
        cells[each.code, each.call] = _in_minutes(each)
        several_devices |= each.most > each.seconds
        unclear |= {each.call} if each.counts == "open" else set()
    told_of = {call for (_, call), words in cells.items() if words != NO_REPORT}
    shown = [event for event in calls if event.uid in told_of] or calls
    rows = [
        (code, *(cells.get((code, event.uid), NOT_YET_IN) for event in shown))
        for code in seated_on(cohort, on)
    ]
    heads = ("code", *(f"{event.day:%Y-%m-%d} ({event.minutes} min)" for event in shown))
    share = cohort.followed.counting.share
    rule = NO_RULE
    if share:
        rule = f"There means at least {float(share) * 100:g} % of a call's time."
    notes = [f"Minutes within the call's own time. {rule}{_left_out(len(calls) - len(shown))}"]
    notes += [SEVERAL_DEVICES] * several_devices
    notes += guests.notes_on_guests(cohort, unclear)
    notes += notes_on_times(calls, cohort.followed.meetings, share)
    notes += notes_on_lost(settled_calls(cohort), cohort.followed.meetings)
    return table(f"{cohort.name}: on calls until {on}", heads, rows if calls else [], notes)
