"""Whether this installation is whole: what is there, what is missing, what to do about it.

Every check returns a :class:`Finding`; ``CHECKS`` lists them in the order in which a person reads
them. To add one, write a function that returns findings and put it in that list.
"""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files

from packaging.requirements import Requirement

from cstools.errors import MissingPartError
from cstools.on_demand import numpy as np

NEEDED_PYTHON = (3, 11)
SETTING_FILE = "default_setting_overrides"
COMMS_PLUGIN = "@jupyterlab/apputils-extension:kernels-settings"


@dataclass(frozen=True)
class Finding:
    """One line of the report: what was found and, where something is wrong, what to do.

    ``good`` is None for a part that may be left out and is.
    """

    good: bool | None
    found: str
    to_do: str = ""

    def __str__(self) -> str:
        """Return the line as a person reads it, with the way out below it."""
        mark = {True: "✓", False: "✗", None: "–"}[self.good]
        return f"{mark} {self.found}" + (f"\n  → {self.to_do}" if self.to_do else "")


def report(findings: Iterable[Finding]) -> tuple[str, bool]:
    """Return the report as text, and whether nothing that is needed is wrong."""
    found = list(findings)
    wrong = sum(finding.good is False for finding in found)
    last = {0: "This installation is whole.", 1: "One thing needs attention: see →."}.get(
        wrong, f"{wrong} things need attention: see →."
    )
    return "\n".join([*map(str, found), "", last]), wrong == 0


def findings() -> Iterable[Finding]:
    """Yield what every check finds, in order."""
    for check in CHECKS:
        yield from check()


def python() -> list[Finding]:
    """Find whether this Python is one that cstools runs on."""
    here = f"Python {platform.python_version()}"
    if sys.version_info >= NEEDED_PYTHON:
        return [Finding(True, here)]
    return [Finding(False, f"{here} is too old", "install Python 3.11 or later")]


def packages() -> list[Finding]:
    """Find the libraries that the lessons need, each with its version."""
    try:
        needed = [*requirements(), *requirements("lab")]
    except PackageNotFoundError:
        install = 'in the folder of cstools: python -m pip install --editable ".[lab]"'
        return [Finding(False, "cstools is not installed, only its folder is here", install)]
    return [Finding(True, f"cstools {version('cstools')}"), *map(library, needed)]


def requirements(extra: str = "") -> list[Requirement]:
    """Return what cstools itself, or one of its extras, says that it needs."""
    stated = [Requirement(line) for line in requires("cstools") or ()]
    if not extra:
        return [need for need in stated if need.marker is None or need.marker.evaluate()]
    return [
        need
        for need in stated
        if need.marker and not need.marker.evaluate() and need.marker.evaluate({"extra": extra})
    ]


def library(need: Requirement) -> Finding:
    """Find one library: there, too old, or missing."""
    install = f'python -m pip install "{need.name}{need.specifier}"'
    try:
        there = version(need.name)
    except PackageNotFoundError:
        return Finding(False, f"{need.name} is missing", install)
    if need.specifier.contains(there, prereleases=True):
        return Finding(True, f"{need.name} {there}")
    return Finding(False, f"{need.name} {there} is too old", install)


def planner() -> list[Finding]:
    """Find whether the cohort planner can work; a learner does without it."""
    try:
        missing = [need for need in requirements("planner") if not library(need).good]
    except PackageNotFoundError:
        return []  # said already, by the check before
    if not missing:
        return [Finding(True, "the cohort planner has all its parts")]
    names = ", ".join(need.name for need in missing)
    wanted = " ".join(f'"{need.name}{need.specifier}"' for need in missing)
    says = f"the cohort planner is not installed (only coordinators need it): no {names}"
    return [Finding(None, says, f"if you plan cohorts: python -m pip install {wanted}")]


def lab_setting() -> list[Finding]:
    """Find whether JupyterLab will let widgets answer one at a time.

    Otherwise it runs them on a second thread, and pictures may stay blank or half drawn.
    """
    try:
        from jupyter_server.services.config.manager import ConfigManager
    except ImportError:
        return []  # JupyterLab is missing, and its line says so
    seen = ConfigManager(config_dir_name="labconfig").get(SETTING_FILE)  # type: ignore[no-untyped-call]
    if seen.get(COMMS_PLUGIN) == shipped_setting()[COMMS_PLUGIN]:
        return [Finding(True, "JupyterLab lets widgets answer one at a time")]
    says = "JupyterLab lets widgets answer all at once: pictures may stay half drawn"
    again = "in the folder of cstools: python -m pip install --force-reinstall --no-deps ."
    return [Finding(False, says, again)]


def shipped_setting() -> dict[str, dict[str, str]]:
    """Return the settings for JupyterLab that cstools brings along."""
    text = files("cstools.data").joinpath("lab", f"{SETTING_FILE}.json").read_text("utf-8")
    settings: dict[str, dict[str, str]] = json.loads(text)
    return settings


def arithmetic() -> list[Finding]:
    """Find whether numpy multiplies matrices exactly as Python does.

    A numerical library built for another processor can give wrong products and no error.
    """
    size = 48
    left = [[(7 * row + 3 * column) % 11 for column in range(size)] for row in range(size)]
    right = [[(5 * row - 2 * column) % 13 for column in range(size)] for row in range(size)]
    columns = list(zip(*right, strict=True))
    exact = [[sum(a * b for a, b in zip(r, c, strict=True)) for c in columns] for r in left]
    try:
        product = np.array(left, dtype=float) @ np.array(right, dtype=float)
    except MissingPartError:
        return []  # numpy is missing, and its line says so
    if np.array_equal(product, exact):  # whole numbers far below 2**53: no rounding
        return [Finding(True, "numpy calculates correctly on this machine")]
    again = 'python -m pip install --force-reinstall "numpy"'
    return [Finding(False, "numpy gives wrong products on this machine", again)]


CHECKS: list[Callable[[], list[Finding]]] = [python, packages, planner, lab_setting, arithmetic]
