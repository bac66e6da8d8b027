"""Made-up applicants for the tests that need some of a certain kind; nobody is called that."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cstools.cohorts.basics.people import Application, Private


def somebody(number: int, team: str = "", **answers: Any) -> Application:
    """Return an applicant who answered little, and what the test needs besides."""
    written = Application(
        name=Private(f"Somebody Synthetic-{number}"),
        email=Private(f"person{number}@example.org"),
        postcode=Private(""),
        submitted=None,
        country="",
        time_zone="America/Los_Angeles",
        languages=("English",),
        site="Example Redwood District",
        team=team,
        champion=False,
        alumni=True,
        local_work=None,
        student=None,
        free=(),
    )
    return replace(written, **answers)
