"""Who is enrolled: one person for each e-mail, and codes that name one person only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cstools.cohorts.basics.people import Application, Participant, codes, natural_key
from cstools.errors import DataError, shown


def as_applications(given: object) -> tuple[Application, ...]:
    """Return applications as they are to be enrolled.

    Raises
    ------
    DataError
        When something else is given.
    """
    several = tuple(given) if isinstance(given, Iterable) else (given,)
    for each in several:
        if not isinstance(each, Application):
            raise DataError(
                f"{shown(each)} is no application; read the form's file first, as "
                'enrol(read_applications("applications.xlsx"))'
            )
    return several


def enrolled(
    people: tuple[Participant, ...], applications: Iterable[Application], secret: str
) -> tuple[tuple[Participant, ...], dict[str, str]]:
    """Return the people with these applications added, and the new code of whoever's has grown.

    New answers take the place of old ones; the same ones again change nothing. What the new form
    did not ask stays as it was answered, and whoever corrects an answer later has applied on the
    first day all the same.
    """
    merged = {natural_key(person.application.email): person.application for person in people}
    for application in applications:
        known = merged.get(natural_key(application.email))
        new = application if known is None else _corrected(known, application)
        if known != new:
            merged[natural_key(application.email)] = new
    given = codes((application.email for application in merged.values()), secret)
    after = (Participant(given[key], application) for key, application in merged.items())
    before = {person.code: given[natural_key(person.application.email)] for person in people}
    longer = {old: new for old, new in before.items() if old != new}
    return tuple(sorted(after, key=lambda person: person.code)), longer


def _corrected(known: Application, application: Application) -> Application:
    """Return an application with what it was not asked, and with the first day of applying."""
    unasked = (name for name in application.unasked if not getattr(application, name))
    stays = {name: getattr(known, name) for name in unasked}
    sent = [each.submitted for each in (known, application) if each.submitted]
    stays["submitted"] = min(sent, default=None)
    return replace(application, **stays, unasked=known.unasked & application.unasked)
