"""``cstools check``: what is there, what is not, and what to do about it."""

from importlib.metadata import PackageNotFoundError

import numpy as np
import pytest
from jupyter_server.services.config.manager import ConfigManager

from cstools import installation
from cstools.__main__ import main
from cstools.installation import CHECKS, Finding, report


@pytest.fixture
def versions(monkeypatch):
    """Return a table of what is installed instead of what is; None stands for missing."""
    changed = {}
    real = installation.version

    def version(name):
        if changed.get(name, "") is None:
            raise PackageNotFoundError(name)
        return changed.get(name) or real(name)

    monkeypatch.setattr(installation, "version", version)
    return changed


def wrong(findings):
    return [str(finding) for finding in findings if finding.good is False]


def test_a_whole_installation_says_so(capsys):
    assert main(["check"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "This installation is whole."
    assert all(line.startswith("✓ ") for line in lines[:-2])


def test_the_check_names_every_library_that_the_user_named():
    said = " ".join(finding.found for finding in installation.packages())
    for name in "jupyterlab networkx numpy matplotlib ipywidgets pysd nbval anywidget".split():
        assert f"{name} " in said


def test_a_missing_library_comes_with_its_command(versions):
    versions["anywidget"] = None
    assert wrong(installation.packages()) == [
        '✗ anywidget is missing\n  → python -m pip install "anywidget>=0.9.13"'
    ]


def test_an_old_library_comes_with_its_command(versions):
    versions["networkx"] = "2.8"
    assert wrong(installation.packages()) == [
        '✗ networkx 2.8 is too old\n  → python -m pip install "networkx>=3.2"'
    ]


def test_a_folder_that_was_never_installed_is_told_how(monkeypatch):
    def requires(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr(installation, "requires", requires)
    assert wrong([*installation.packages(), *installation.planner()]) == [
        "✗ cstools is not installed, only its folder is here\n"
        '  → in the folder of cstools: python -m pip install --editable ".[lab]"'
    ]


def test_a_learner_does_without_the_planner(versions):
    versions.update({"alembic": None, "icalendar": None})
    [finding] = installation.planner()
    assert str(finding) == (
        "– the cohort planner is not installed (only coordinators need it): no alembic, icalendar\n"
        '  → if you plan cohorts: python -m pip install "alembic>=1.13" "icalendar>=6.0"'
    )
    assert report([finding])[1]


def test_a_lab_without_our_setting_is_told_what_it_risks(monkeypatch):
    monkeypatch.setattr(ConfigManager, "get", lambda manager, name: {})
    assert wrong(installation.lab_setting()) == [
        "✗ JupyterLab lets widgets answer all at once: pictures may stay half drawn\n"
        "  → in the folder of cstools: python -m pip install --force-reinstall --no-deps ."
    ]


def test_an_old_python_is_named(monkeypatch):
    monkeypatch.setattr(installation, "NEEDED_PYTHON", (99, 0))
    monkeypatch.setattr(installation.platform, "python_version", lambda: "3.9.1")
    assert wrong(installation.python()) == [
        "✗ Python 3.9.1 is too old\n  → install Python 3.11 or later"
    ]


def test_wrong_products_are_noticed(monkeypatch):
    class OneOff(np.ndarray):
        def __matmul__(self, other):
            product = np.asarray(self) @ np.asarray(other)
            product[-1, -1] += 1
            return product

    real = np.array
    monkeypatch.setattr(installation.np, "array", lambda *a, **k: real(*a, **k).view(OneOff))
    assert wrong(installation.arithmetic()) == [
        "✗ numpy gives wrong products on this machine\n"
        '  → python -m pip install --force-reinstall "numpy"'
    ]


@pytest.mark.parametrize(
    ("count", "last"),
    [
        (0, "This installation is whole."),
        (1, "One thing needs attention: see →."),
        (2, "2 things need attention: see →."),
    ],
)
def test_the_report_ends_with_what_matters(count, last):
    text, whole = report([Finding(True, "fine"), *[Finding(False, "broken", "mend it")] * count])
    assert text == "\n".join(["✓ fine", *["✗ broken\n  → mend it"] * count, "", last])
    assert whole == (count == 0)


def test_every_check_answers_with_findings():
    assert all(isinstance(finding, Finding) for check in CHECKS for finding in check())
