"""The cohort planner: from a form's answers to a cohort, its buddies and its calendar.

The wing has floors of its own; a folder imports from the floors below it only:

======  ==============================================================
floor   rooms
======  ==============================================================
0       ``basics``
1       ``programmes``
2       ``applying`` ``tuition`` ``calendar``
3       ``selection`` ``buddies`` ``made_up``
4       ``teams``
5       ``following`` ``review``
6       ``certificates`` ``cohort_changes``
7       ``cohort_tables`` ``decided``
8       ``cohort``
9       ``store``
10      ``command``
======  ==============================================================

``cohort`` is the value that people hold, ``store`` keeps it. What a room does with a whole cohort
is typed with it, and its functions are given one.

The names are fetched when they are asked for, so that this door opens without the planner's
libraries; what needs one of them says which is missing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cstools.errors import MissingPartError

if TYPE_CHECKING:
    from cstools.cohorts.applying.applications import (
        Applications,
        check_applications,
        read_applications,
    )
    from cstools.cohorts.basics.silence import NOT_STATED
    from cstools.cohorts.calendar.year_calendar import Calendar
    from cstools.cohorts.certificates.words import CertificateWords
    from cstools.cohorts.cohort import Cohort
    from cstools.cohorts.decided.reference import diary_steps
    from cstools.cohorts.programmes.programme import Programme
    from cstools.cohorts.review.values import faculty
    from cstools.cohorts.store.planner import Planner, open_planner
    from cstools.cohorts.store.verifying import verify_certificate

__all__ = [
    "NOT_STATED",
    "Applications",
    "Calendar",
    "CertificateWords",
    "Cohort",
    "Planner",
    "Programme",
    "check_applications",
    "diary_steps",
    "faculty",
    "open_planner",
    "read_applications",
    "verify_certificate",
]

_ROOMS = {
    "NOT_STATED": "basics.silence",
    "Applications": "applying.applications",
    "Calendar": "calendar.year_calendar",
    "CertificateWords": "certificates.words",
    "Cohort": "cohort",
    "Planner": "store.planner",
    "Programme": "programmes.programme",
    "check_applications": "applying.applications",
    "diary_steps": "decided.reference",
    "faculty": "review.values",
    "open_planner": "store.planner",
    "read_applications": "applying.applications",
    "verify_certificate": "store.verifying",
}


def __getattr__(name: str) -> Any:
    """Return a public name of the wing from the file that holds it."""
    if name not in _ROOMS:
        raise AttributeError(f"module 'cstools.cohorts' has no attribute '{name}'")
    try:
        return getattr(import_module(f"cstools.cohorts.{_ROOMS[name]}"), name)
    except ModuleNotFoundError as error:
        library = (error.name or "").partition(".")[0]
        if library == "cstools":
            raise  # a mistake of ours stays visible
        raise MissingPartError(
            f"'{library}' is not installed, and the cohort planner needs it; "
            "install it with: pip install 'cstools[planner]'"
        ) from error


def __dir__() -> list[str]:
    return sorted(__all__)
