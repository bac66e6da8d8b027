"""The cohort planner: from a form's answers to a cohort, its buddies and its calendar.

The names are fetched when they are asked for, so that this door opens without the planner's
libraries; what needs one of them says which is missing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cstools.errors import MissingPartError

if TYPE_CHECKING:
    from cstools.cohorts.applications import Applications, check_applications, read_applications
    from cstools.cohorts.certificate_words import CertificateWords
    from cstools.cohorts.cohort import Cohort
    from cstools.cohorts.programme import Programme
    from cstools.cohorts.review_values import faculty
    from cstools.cohorts.silence import NOT_STATED
    from cstools.cohorts.store import Planner, open_planner
    from cstools.cohorts.verifying import verify_certificate
    from cstools.cohorts.year_calendar import Calendar

__all__ = [
    "NOT_STATED",
    "Applications",
    "Calendar",
    "CertificateWords",
    "Cohort",
    "Planner",
    "Programme",
    "check_applications",
    "faculty",
    "open_planner",
    "read_applications",
    "verify_certificate",
]

_ROOMS = {
    "NOT_STATED": "silence",
    "Applications": "applications",
    "Calendar": "year_calendar",
    "CertificateWords": "certificate_words",
    "Cohort": "cohort",
    "Planner": "store",
    "Programme": "programme",
    "check_applications": "applications",
    "faculty": "review_values",
    "open_planner": "store",
    "read_applications": "applications",
    "verify_certificate": "verifying",
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
