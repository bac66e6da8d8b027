"""What each participant, each team and the cohort still owe, and by when: one view."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from cstools.cohorts.basics.drawing import Picture
from cstools.cohorts.basics.tables import Table, card, html_table, table
from cstools.cohorts.following.commitments import Commitment, commitments_of
from cstools.cohorts.following.heat_map import heat_map
from cstools.cohorts.following.standing import STATE_WORDS, Standing, State, standings
from cstools.cohorts.teams.tables import no_team_flags
from cstools.errors import unknown_name

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

SILENT = (
    "What participants promise is not stated for this programme, so nothing is owed; state "
    "'promised' under [commitments] in an overlay."
)
SILENT_DAY = "not stated"
_STATES: tuple[State, ...] = ("owed", "missed", "open", "coming", "kept")


@dataclass(frozen=True)
class Owed:
    """How every commitment stands on one day: by participant, by team, and for the cohort.

    A missed call is told as missed and never added up into a mark; how much weight it has is for
    people to say.
    """

    name: str
    on: date
    commitments: tuple[Commitment, ...]
    standings: tuple[Standing, ...]
    in_no_team: tuple[str, ...] = ()  # a sentence for the coordinator, where anybody is

    def of(self, who: str) -> Table:
        """Return how each commitment of one participant or team stands, in sentences.

        Raises
        ------
        UnknownNameError
            When nobody with a seat and no team is called so.
        """
        mine = [each for each in self.standings if each.who == who]
        if not mine:
            raise unknown_name(who, dict.fromkeys(s.who for s in self.standings), "owed")
        rows = [(s.commitment.label, s.state, s.told, s.by or "–") for s in mine]
        title = f"{self.name}: {who} on {self.on}"
        return table(title, ("commitment", "state", "how it stands", "next by"), rows)

    def participants(self) -> Table:
        """Return one row for each participant and one column for each own commitment."""
        return self._grid("person", "participants", "code")

    def teams(self) -> Table:
        """Return one row for each team and one column for each commitment of teams."""
        return self._grid("team", "teams", "team")

    def cohort(self) -> Table:
        """Return for each commitment how many stand how, and when the next thing is due."""
        rows = []
        for commitment in self.commitments:
            mine = [each for each in self.standings if each.commitment == commitment]
            counts = Counter(each.state for each in mine)
            days = [each.by for each in mine if each.by and each.by > self.on]
            whose = "each participant" if commitment.unit == "person" else "each team"
            row = [commitment.label, whose, *(counts[state] for state in _STATES)]
            rows.append((*row, min(days) if days else "–"))
        notes = [f"{state}: {STATE_WORDS[state]}." for state in _STATES]
        columns = ("commitment", "whose", *_STATES, "next by")
        title = f"{self.name}: what is owed on {self.on}"
        return table(title, columns, rows, notes if rows else [SILENT])

    def by_when(self) -> Table:
        """Return what is owed or comes next, in order of its day: what, and whose it is."""
        found: dict[tuple[str, str], list[str]] = {}
        for each in self.standings:
            if each.state == "owed" or (each.by and each.by > self.on):
                key = (str(each.by or SILENT_DAY), each.commitment.label)
                found.setdefault(key, []).append(each.who)
        rows = [
            (day, what, self._due(day), len(who), _some(who))
            for (day, what), who in sorted(found.items())
        ]
        columns = ("by", "commitment", "when", "how many", "who")
        return table(f"{self.name}: by when, seen on {self.on}", columns, rows)

    def _due(self, day: str) -> str:
        if day == SILENT_DAY:
            return "to do now"
        return "overdue" if day <= self.on.isoformat() else "to come"

    def picture(self) -> Picture:
        """Return a map of people and teams against commitments: a word and a shade in each cell."""
        return heat_map(f"{self.name}: commitments on {self.on}", self.standings)

    def _grid(self, unit: str, what: str, first: str) -> Table:
        columns = [c for c in self.commitments if c.unit == unit]
        held = {(s.who, s.commitment): s for s in self.standings}
        names = dict.fromkeys(s.who for s in self.standings if s.commitment.unit == unit)
        rows = [
            (who, *(_cell(held[who, each]) for each in columns), _next(held, who, columns))
            for who in names
        ]
        notes = [] if rows else [_nothing(self.commitments, what, asked=bool(columns))]
        notes += self.in_no_team if unit == "team" else ()
        heads = (first, *(each.label for each in columns), "next by")
        return table(f"{self.name}: {what} on {self.on}", heads, rows, notes)

    def __repr__(self) -> str:
        return "\n\n".join(repr(each) for each in self._shown())

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        html = card(*(html_table(each) for each in self._shown()))
        return {"text/plain": repr(self), "text/html": html}

    def _shown(self) -> list[Table]:
        units = {each.unit for each in self.commitments}
        grids = [self.participants()] if "person" in units else []
        grids += [self.teams()] if "team" in units else []
        return [self.cohort(), *grids]


def owed(cohort: Cohort, on: date) -> Owed:
    """Return what a cohort owes on a day, seen when that day has ended."""
    promised = commitments_of(cohort.programme.facts)
    return Owed(cohort.name, on, promised, standings(cohort, on), no_team_flags(cohort, on))


def _cell(each: Standing) -> str:
    return each.short if each.state == "kept" else f"{each.short}, {each.state}"


def _next(held: dict[tuple[str, Commitment], Standing], who: str, columns: list[Commitment]) -> str:
    days = [held[who, each].by for each in columns]
    return str(min(day for day in days if day)) if any(days) else "–"


def _some(who: list[str], most: int = 6) -> str:
    more = [f"and {len(who) - most} more"] if len(who) > most else []
    return ", ".join([*who[:most], *more])


def _nothing(commitments: tuple[Commitment, ...], what: str, *, asked: bool) -> str:
    if asked:
        return f"Of the {what} nobody has a seat on this day."
    return f"Nothing is promised by {what}." if commitments else SILENT
