"""A programme is what its documents say about one run, and "not stated" where they are silent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from cstools.cohorts.basics.asked import in_words
from cstools.cohorts.basics.files import place_of
from cstools.cohorts.basics.silence import NOT_STATED, NotStated
from cstools.cohorts.programmes.facts import ProgrammeFacts
from cstools.cohorts.programmes.programme_file import (
    checked,
    merged,
    merged_sources,
    read_toml,
    value_sources,
)
from cstools.cohorts.programmes.sheet import fact_sheet
from cstools.errors import DataError, unknown_name

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

_SHELF = ("data", "programmes")
IDS = (
    "master-practitioners-first",
    "master-practitioners-2020",
    "california-associates-1",
    "california-associates-2",
    "master-practitioners-2023",
    "master-practitioners-2026",
)


@dataclass(frozen=True)
class Programme:
    """One run of one programme, as its documents state it.

    ``facts`` holds the values; ``sources`` says for each dotted key where it stands. A value that
    a coordinator's overlay set has that file as its source, beside what the documents say.
    """

    facts: ProgrammeFacts
    sources: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    @staticmethod
    def ids() -> tuple[str, ...]:
        """Return the ids of the programme runs that come with this package, in order of time."""
        return IDS

    @staticmethod
    def load(programme: str, overlay: str | Path | None = None) -> Programme:
        """Return a programme run by its id.

        Parameters
        ----------
        programme
            Such as ``master-practitioners-2026``; :meth:`ids` lists them.
        overlay
            A coordinator's own TOML file with the same keys, which fills what the documents
            leave open. Where it contradicts them, the fact sheet shows both.

        Raises
        ------
        UnknownNameError
            When there is no such id; the nearest is named.
        FileError, DataError
            When the overlay cannot be read or has a key that no programme has.
        """
        content, text = _read_packaged(programme)
        if overlay is None:
            facts = checked(content, f"programme '{programme}'")
            return Programme(facts, MappingProxyType(value_sources(text)))
        path = place_of(overlay)
        above, _ = read_toml(path, "overlay")
        facts = checked(merged(content, above), f"overlay '{path.name}'")
        return Programme(facts, merged_sources(value_sources(text), above, path.name))

    @property
    def id(self) -> str:
        """The id, such as ``master-practitioners-2026``."""
        return self.facts.id

    @property
    def title(self) -> str:
        """The programme's title."""
        return self.facts.title

    def fact(self, name: str) -> Any:
        """Return one fact by its dotted name, ``price.participant``, or "not stated".

        Items of a list are asked for by their own name: ``calls.monthly call.start``.

        Raises
        ------
        UnknownNameError
            When no programme has such a key; silence of the documents is no error.
        """
        where: Any = self.facts
        for step in name.split("."):
            where = _step(where, step, name)
        return NOT_STATED if where is None or where == () else where

    def price(self, *, student: bool = False) -> Decimal | NotStated:
        """Return the price of a place in the programme's currency, or "not stated".

        Money is decimal. A student's price is stated only where a student's discount is.
        """
        price = self.facts.price
        if price.participant is None or (student and price.student_percent is None):
            return NOT_STATED
        share = Decimal(100 - (price.student_percent or 0)) / 100 if student else Decimal(1)
        return (price.participant * share).quantize(Decimal("0.01"))

    @property
    def first_day(self) -> date | NotStated:
        """The first day of the year, or of the first month where only months are stated."""
        dates = self.facts.dates
        if dates.starts:
            return dates.starts
        return date.fromisoformat(f"{dates.first_month}-01") if dates.first_month else NOT_STATED

    @property
    def last_day(self) -> date | NotStated:
        """The last day: stated, the end of a stated month, or a stated length after the start."""
        dates = self.facts.dates
        if dates.ends:
            return dates.ends
        if dates.last_month:
            return _months_later(date.fromisoformat(f"{dates.last_month}-01"), 1) - timedelta(1)
        if dates.length_months and self.first_day:
            return _months_later(self.first_day, dates.length_months)
        return NOT_STATED

    def plan(self, name: str, *, secret: str = "") -> Cohort:
        """Return an empty cohort of this run.

        Parameters
        ----------
        name
            What the cohort is called, ``Class of 2026-2027``.
        secret
            Any phrase of your own. People's codes are made from it and their e-mail, so that the
            same file gives the same codes. Without one, a person who knows an e-mail address can
            work out its code; keep it as private as the list of names.

        Raises
        ------
        DataError
            When the cohort is given no name: it is kept and found again by it. When the year
            cannot be drawn as an overlay says: better now than after the seats.
        """
        from cstools.cohorts.cohort import Cohort

        if not in_words(name):
            raise DataError("a cohort needs a name to be found by again, as 'Class of 2026-2027'")
        cohort = Cohort(programme=self, name=in_words(name), secret=secret)
        cohort.calendar()
        return cohort

    def __repr__(self) -> str:
        return repr(fact_sheet(self.facts, self.sources))

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        return fact_sheet(self.facts, self.sources)._repr_mimebundle_()


def _read_packaged(programme: str) -> tuple[dict[str, Any], str]:
    if programme not in IDS:
        raise unknown_name(programme, IDS, "programmes")
    entry = resources.files("cstools").joinpath(*_SHELF, f"{programme}.toml")
    with resources.as_file(entry) as path:
        return read_toml(path, "programme")


def _step(where: Any, step: str, name: str) -> Any:
    """Follow one step of a dotted name; from silence, silence follows."""
    if isinstance(where, tuple):
        found = {item.name: item for item in where}
        if step not in found:
            raise unknown_name(step, found, f"'{name}'")
        return found[step]
    known = list(type(where).model_fields) if isinstance(where, BaseModel) else []
    if step not in known:
        raise unknown_name(step, known, f"'{name}'")
    return getattr(where, step)


def _months_later(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first.replace(day=1) + timedelta(day.day - 1), following - timedelta(1))
