"""What a programme file may say: a strict model that refuses an unknown key.

Every key may be absent, and absent means that the documents are silent. Nothing has a default:
``None`` here is shown as *not stated* and never as a number.
"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from cstools.cohorts.basics.zones import canonical

Item = TypeVar("Item")
Many = Annotated[tuple[Item, ...], Field(strict=False)]
Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Count = Annotated[int, Field(ge=0)]
Zone = Annotated[str, AfterValidator(canonical)]
Priority = Literal["alumni", "team", "local work", "existing site"]


def _money(value: object) -> object:
    """Read money from text, so that no cent passes through a binary fraction."""
    if not isinstance(value, str):
        return value
    try:
        return Decimal(value)
    except InvalidOperation:
        raise ValueError("write money as text with its cents, as '14000.00'") from None


Money = Annotated[Decimal, BeforeValidator(_money), Field(ge=0, decimal_places=2)]


class Part(BaseModel):
    """A frozen part of a programme file; a key that is not declared here is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Dates(Part):
    """When the year begins and ends; by day, or by month where only months are stated."""

    starts: date | None = None
    ends: date | None = None
    first_month: Month | None = None
    last_month: Month | None = None
    length_months: Count | None = None


class Deadlines(Part):
    """The last days on which something may be handed in."""

    application: date | None = None
    early_bird: date | None = None


class InPerson(Part):
    """The meetings in one room, as a whole.

    ``days_counting`` says how "15 days" is meant; no document does. For three modules shaped like
    module 1 of 2020, nights (or weekdays) give 15 and calendar days give 18.
    """

    meetings: Count | None = None
    days_total: Count | None = None
    days_each: Count | None = None
    length_each: str | None = None
    days_counting: Literal["nights", "weekdays", "calendar days"] | None = None
    where: str | None = None


class Workshop(Part):
    """One meeting in one room; its times are the wall clock of ``zone``."""

    name: str
    theme: str | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    zone: Zone | None = None
    place: str | None = None

    @property
    def hours(self) -> float | None:
        """How long it lasts, in hours of the wall clock."""
        if self.starts is None or self.ends is None:
            return None
        return (self.ends - self.starts).total_seconds() / 3600

    @property
    def nights(self) -> int | None:
        """How many nights lie in it."""
        if self.starts is None or self.ends is None:
            return None
        return (self.ends.date() - self.starts.date()).days

    @property
    def calendar_days(self) -> int | None:
        """How many days of the calendar it touches, the first and the last included."""
        return None if self.nights is None else self.nights + 1


class Call(Part):
    """A series of calls. ``day`` is the rule that picks their days, as ``second Tuesday``."""

    name: str
    every: Literal["month", "two weeks"] | None = None
    day: str | None = None
    start: time | None = None
    zone: Zone | None = None
    zone_wording: str | None = None
    minutes: Annotated[int, Field(gt=0, le=1440)] | None = None
    attended_by: Literal["person", "team"] | None = None
    theme: bool | None = None
    prework: bool | None = None
    guests: bool | None = None
    led_by: Many[str] | None = None


class Session(Part):
    """One call of a series as the coordinator decides it; no document goes so far.

    ``which`` is the call's month, as ``2026-10``, its number in a series every two weeks, as
    ``call 5``, or its planned day. ``day``, ``start`` and ``minutes`` move it.
    """

    call: str
    which: str | date
    day: date | None = None
    start: time | None = None
    minutes: Annotated[int, Field(gt=0, le=1440)] | None = None
    cancelled: bool | None = None
    theme: str | None = None
    speaker: str | None = None
    prework: str | None = None
    why: str | None = None

    @property
    def name(self) -> str:
        """What it is called in a message: the series and which of its calls."""
        return f"{self.call} {self.which}"


class Milestone(Part):
    """A day of the coordinator's own in the year."""

    name: str
    day: date
    note: str | None = None


class Capacity(Part):
    """How many people the programme says it takes."""

    least: Count | None = None
    most: Count | None = None
    wording: str | None = None


class Eligibility(Part):
    """Who may apply. ``ruling`` stands where the documents contradict themselves.

    ``priorities`` count in the order in which they stand; documents that name several without an
    order stand in ours, which an overlay replaces.
    """

    alumni: Literal["required", "prioritised", "ruling"] | None = None
    priorities: Many[Priority] | None = None


class Teams(Part):
    """What a team is."""

    least: Count | None = None
    most: Count | None = None
    champions_least: Count | None = None
    champion_may_be_member: bool | None = None
    site: str | None = None
    clusters: str | None = None
    wording: str | None = None


class Support(Part):
    """Who helps a participant through the year."""

    buddies: Literal["across sites"] | None = None
    check_ins: str | None = None
    mentors: str | None = None


class Project(Part):
    """The project in one's own work; ``reviewed`` and ``finalised`` in the documents' words."""

    form: str | None = None
    reviewed: str | None = None
    reviewed_by: date | None = None
    finalised: str | None = None
    finalised_by: date | None = None
    approved_by: str | None = None


class Portfolio(Part):
    """The body of work; ``unit`` says whose it is."""

    unit: Literal["person", "team"] | None = None
    form: str | None = None
    due: date | None = None
    assessed: str | None = None
    review_on: date | None = None


class Commitments(Part):
    """What participants promise."""

    promised: Many[str] | None = None


class Qualification(Part):
    """How the year is judged; ``unit`` says who passes, ``title`` what they then are."""

    unit: Literal["person", "team"] | None = None
    evidence: Many[str] | None = None
    decided_by: str | None = None
    outcomes: Many[str] | None = None
    title: str | None = None


class Afterwards(Part):
    """What those who are certified do next."""

    certified: str | None = None
    when_ready: str | None = None


class Price(Part):
    """What a place costs; money is decimal, in ``currency``."""

    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    participant: Money | None = None
    student_percent: Annotated[int, Field(ge=0, le=100)] | None = None
    early_bird: Money | None = None
    scholarships: str | None = None
    not_included: str | None = None


class Faculty(Part):
    """Who leads and whom to ask, in the spelling of the run's own document."""

    facilitators: Many[str] | None = None
    contemplative: Many[str] | None = None
    coordinator: str | None = None
    questions_to: str | None = None
    staff: Many[str] | None = None
    guests: Many[str] | None = None


class ProgrammeFacts(Part):
    """Everything the documents say about one run of one programme."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    title: str
    dates: Dates = Dates()
    deadlines: Deadlines = Deadlines()
    in_person: InPerson = InPerson()
    workshops: Many[Workshop] = ()
    calls: Many[Call] = ()
    sessions: Many[Session] = ()
    milestones: Many[Milestone] = ()
    capacity: Capacity = Capacity()
    eligibility: Eligibility = Eligibility()
    teams: Teams = Teams()
    support: Support = Support()
    project: Project = Project()
    portfolio: Portfolio = Portfolio()
    commitments: Commitments = Commitments()
    qualification: Qualification = Qualification()
    afterwards: Afterwards = Afterwards()
    price: Price = Price()
    faculty: Faculty = Faculty()

    @property
    def in_teams(self) -> bool:
        """Whether the work of the year is a team's: the portfolio is, or a team is judged."""
        return "team" in (self.portfolio.unit, self.qualification.unit)
