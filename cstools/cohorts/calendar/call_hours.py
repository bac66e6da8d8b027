"""The burden of call hours shown: a table for each zone, and a picture of the same numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cstools.cohorts.basics.drawing import BLUE, GREEN, INK, LINE, QUIET, Picture, svg, text
from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.calendar.burden import (
    Choice,
    Weighed,
    hours_told,
    no_lighter_than,
    summary,
)

DEFINITION = (
    "Burden of a mean call: each hour outside 8:00 to 18:00 on one's own clock counts 1, each "
    "between 22:00 and 7:00 counts 3. This weighting is a choice of this package, not a finding."
)
NOT_WEIGHED = (
    "Two sittings hold each call twice and part the cohort; a rotation is harder to remember. "
    "Neither is weighed here: the faculty decide."
)
NO_FACULTY = (
    "The faculty's own hours are not in; put their zones in, as "
    "call_hours(faculty=['America/New_York'])."
)


@dataclass(frozen=True)
class CallHours:
    """Fixed hour, rotation and two sittings beside each other, zone by zone."""

    title: str
    weighed: Weighed

    def table(self) -> Table:
        """Return the burden of each way in each zone, and what it is on the whole."""
        choices, people = self.weighed.choices, self.weighed.people
        rows: list[tuple[object, ...]] = [
            (name, people[place][1], *(_cell(choice, place, self.weighed) for choice in choices))
            for place, name in enumerate(_names(self.weighed))
        ]
        sums = [summary(choice, people) for choice in choices]
        everybody = sum(count for _, count in people)
        rows.append(("heaviest zone", "", *(f"{heaviest:.2f}" for heaviest, _ in sums)))
        rows.append(("a person in the mean", everybody, *(f"{mean:.2f}" for _, mean in sums)))
        columns = ("zone", "people", *(choice.name for choice in choices))
        return table(self.title, columns, rows, self._notes())

    def _notes(self) -> tuple[str, ...]:
        told = [
            f"{choice.name.capitalize()}: {_way(choice, self.weighed, clock=True)}."
            for choice in self.weighed.choices
            if choice.hours
        ]
        silent = () if self.weighed.faculty else (NO_FACULTY,)
        return (DEFINITION, *told, *silent, NOT_WEIGHED)

    def picture(self) -> Picture:
        """Return a bar for each zone and way; night-heavy hours make the long ones."""
        return replace(_bars(self.title, self.weighed), table=self.table())

    def __repr__(self) -> str:
        return repr(self.table())

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        shown = self.table()._repr_mimebundle_()
        drawn = _bars(self.title, self.weighed)
        return {**shown, "text/html": shown["text/html"] + drawn.html}


def _names(weighed: Weighed) -> list[str]:
    """Return what each row is called; the faculty's rows say so."""
    participants = len(weighed.people) - weighed.faculty
    return [
        name if place < participants else f"{name}, faculty"
        for place, (name, _) in enumerate(weighed.people)
    ]


def _way(choice: Choice, weighed: Weighed, *, clock: bool = False) -> str:
    """Return a way's hours, or that nothing is gained by it."""
    if lighter := no_lighter_than(choice, weighed):
        return f"no lighter than {lighter}"
    told = hours_told(choice)
    return f"{told} on the clock of {weighed.clock}" if clock else told


def _cell(choice: Choice, place: int, weighed: Weighed) -> str:
    if not choice.sitting or no_lighter_than(choice, weighed):
        return f"{choice.burden[place]:.2f}"
    own = place < len(choice.sitting)
    return (
        f"{choice.burden[place]:.2f} (at {choice.sitting[place]}:00)"
        if own
        else (f"{choice.burden[place]:.2f} (at both)")
    )


def _bars(title: str, weighed: Weighed) -> Picture:
    left, cell, row, top = 214, 172, 30, 82
    width = left + cell * len(weighed.choices) + 10
    height = top + row * len(weighed.people) + 26
    most = max(max(choice.burden) for choice in weighed.choices) or 1.0
    body = [text(0, 18, title, 15)]
    for column, choice in enumerate(weighed.choices):
        x = left + cell * column
        body.append(text(x, top - 32, choice.name, 12))
        body.append(text(x, top - 16, _way(choice, weighed), 10.5, fill=QUIET))
        body.append(f"<line x1='{x}' x2='{x}' y1='{top - 8}' y2='{height - 24}' stroke='{LINE}'/>")
        for place, value in enumerate(choice.burden):
            y, long = top + row * place, value / most * (cell - 60)
            fill = BLUE if column == 0 else GREEN
            body.append(
                f"<rect x='{x}' y='{y}' width='{long:.1f}' height='18' rx='2' fill='{fill}'/>"
            )
            body.append(text(x + long + 6, y + 14, f"{value:.2f}", 11, fill=INK))
    for place, name in enumerate(_names(weighed)):
        body.append(text(0, top + row * place + 14, f"{name} ({weighed.people[place][1]})", 12))
    told = f"hours of burden in a mean call · clock of {weighed.clock} · the faculty decide"
    body.append(text(left, height - 6, told, 11, fill=QUIET))
    description = _told(title, weighed)
    return Picture(description, svg(width, height, description, body, width * 3 // 4))


def _told(title: str, weighed: Weighed) -> str:
    parts = []
    for choice in weighed.choices:
        heaviest, mean = summary(choice, weighed.people)
        zone = _names(weighed)[choice.burden.index(heaviest)]
        hours = f" ({_way(choice, weighed)})" if choice.hours else ""
        parts.append(
            f"{choice.name}{hours}: {mean:.2f} for a person in the mean, {heaviest:.2f} at most, "
            f"in {zone}"
        )
    return f"{title}. " + "; ".join(parts) + ". The faculty decide."
