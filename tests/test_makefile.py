"""``make lab`` and ``make test`` before anything is installed: which Python, what is said, when."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="this machine has no make")

# A Python that only says what it was asked, and "makes" an environment by copying itself.
PRETENDED = """#!/bin/sh
case "$*" in
  --version) echo Python 3.12.4; exit;;
  "-m venv"*) mkdir -p .venv/bin && cp "$0" .venv/bin/python; exit;;
  -c*) {answer};;
esac
echo "$*" >> asked
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder, with a space in its name, that holds what the Makefile reads."""
    folder = tmp_path / "a project"
    for name in ("Makefile", "pyproject.toml", "cstools/data/lab/default_setting_overrides.json"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """Return the folder of programs of a machine that has a shell and no Python yet."""
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("cat", "cksum", "cp", "make", "mkdir", "rm", "sh"):
        (programs / name).symlink_to(shutil.which(name) or name)
    return programs


def add_python(machine: Path, name: str, answer: str) -> None:
    program = machine / name
    program.write_text(PRETENDED.format(answer=answer))
    program.chmod(0o755)


def make(target: str, project: Path, machine: Path) -> subprocess.CompletedProcess[str]:
    surroundings = {"PATH": str(machine), "LC_ALL": "C", "HOME": os.environ.get("HOME", "")}
    command = ["make", target]
    return subprocess.run(
        command, cwd=project, env=surroundings, capture_output=True, text=True, check=False
    )


def said(done: subprocess.CompletedProcess[str]) -> str:
    """Return the message without make's own last line."""
    return "".join(line for line in done.stderr.splitlines(True) if "***" not in line)


def asked(project: Path) -> list[str]:
    return (project / "asked").read_text().splitlines()


INSTALL_LAB = "-m pip install --quiet --quiet --editable .[lab,planner]"
INSTALL_TEST = "-m pip install --quiet --quiet --editable .[test]"


@pytest.mark.parametrize("old", [True, False])
def test_a_machine_without_a_new_enough_python_is_told_what_to_install(old, project, machine):
    if old:
        add_python(machine, "python3", answer="exit 1")
    done = make("lab", project, machine)
    assert done.returncode != 0
    assert said(done) == (
        "No Python 3.11 or later was found. Install one (on Debian or Ubuntu: sudo apt install\n"
        "python3 python3-venv), or name yours: make lab PYTHON=/path/to/python3\n"
    )


def test_a_python_that_cannot_make_an_environment_is_told_what_it_lacks(project, machine):
    add_python(machine, "python3", answer='case "$2" in *ensurepip*) exit 1;; esac; exit')
    done = make("test", project, machine)
    assert done.returncode != 0
    assert said(done) == (
        "Python 3.12.4 is here, but it cannot make a virtual environment: its parts venv and\n"
        "ensurepip are missing. On Debian or Ubuntu: sudo apt install python3-venv\n"
    )
    assert not (project / ".venv").exists()


def test_the_lab_installs_once_and_then_only_opens(project, machine):
    add_python(machine, "python3", answer="exit")
    assert make("lab", project, machine).returncode == 0
    assert make("lab", project, machine).returncode == 0
    assert asked(project) == [INSTALL_LAB, "-m cstools lab", "-m cstools lab"]


def test_the_checks_install_their_own_parts(project, machine):
    add_python(machine, "python3", answer="exit")
    assert make("test", project, machine).returncode == 0
    assert asked(project) == [INSTALL_TEST, "tests/every_check.py"]


def test_what_the_checks_installed_is_enough_for_the_lab(project, machine):
    add_python(machine, "python3", answer="exit")
    make("test", project, machine)
    make("lab", project, machine)
    assert asked(project) == [INSTALL_TEST, "tests/every_check.py", "-m cstools lab"]


def test_a_changed_list_of_packages_is_installed_again(project, machine):
    add_python(machine, "python3", answer="exit")
    make("lab", project, machine)
    with (project / "pyproject.toml").open("a") as file:
        file.write("# one more\n")
    make("lab", project, machine)
    assert asked(project).count(INSTALL_LAB) == 2


def test_a_moved_folder_is_installed_again(project, machine):
    add_python(machine, "python3", answer="exit")
    make("lab", project, machine)
    moved = project.rename(project.with_name("another name"))
    make("lab", moved, machine)
    assert asked(moved).count(INSTALL_LAB) == 2


def test_a_failed_installation_is_tried_again_the_next_time(project, machine):
    add_python(machine, "python3", answer="exit")
    fails = machine / "python3"
    fails.write_text(fails.read_text() + "exit 1\n")
    assert make("lab", project, machine).returncode != 0
    assert make("lab", project, machine).returncode != 0
    assert asked(project) == [INSTALL_LAB, INSTALL_LAB]
