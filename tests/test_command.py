"""The ``cstools`` command, as a person types it."""

import builtins
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPResponse
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from cstools.__main__ import main
from cstools.errors import DataError, MissingPartError
from cstools.floors import upstairs
from cstools.lab import options

EMPTY_NOTEBOOK = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Return a course folder with a space in its name and an empty start notebook."""
    folder = tmp_path / "our course"
    (folder / "notebooks").mkdir(parents=True)
    (folder / "notebooks/00-start-here.ipynb").write_text(json.dumps(EMPTY_NOTEBOOK))
    return folder


@pytest.fixture
def without(monkeypatch):
    """Return a way to make one library look as if it were not installed."""

    def hide(name: str) -> None:
        real = builtins.__import__

        def import_or_miss(module, *rest):
            if module.partition(".")[0] == name:
                raise ModuleNotFoundError(f"No module named {name!r}", name=name)
            return real(module, *rest)

        for module in [module for module in sys.modules if module.partition(".")[0] == name]:
            monkeypatch.delitem(sys.modules, module)
        monkeypatch.setattr(builtins, "__import__", import_or_miss)

    return hide


def test_no_command_shows_what_there_is(capsys):
    with pytest.raises(SystemExit) as ended:
        main([])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert re.findall(r"^    (\w+)  ", shown, re.MULTILINE) == ["lab", "check", "models", "plan"]


def test_the_lab_says_where_to_start_when_there_is_no_course(tmp_path, capsys):
    assert main(["lab", str(tmp_path)]) == 2
    assert capsys.readouterr().err == (
        f"cstools lab: there is no notebooks/00-start-here.ipynb in '{tmp_path}'; "
        "go to the folder of the course first, or name it: cstools lab FOLDER\n"
    )


def test_the_lab_says_how_to_get_jupyterlab(course, capsys, without):
    without("jupyterlab")
    assert main(["lab", str(course)]) == 2
    assert capsys.readouterr().err == (
        "cstools lab: JupyterLab is not installed; "
        'install it with: python -m pip install "jupyterlab>=4.4"\n'
    )


def test_only_the_administrator_gets_the_option_that_allows_it(course, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    assert "--allow-root" not in options(course, None, browser=True)
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    assert "--allow-root" in options(course, None, browser=True)


def test_the_planner_says_which_part_is_missing():
    hide = "import sys; sys.modules['pydantic'] = None"
    run = "from cstools.__main__ import main; sys.exit(main(['plan', 'programmes']))"
    done = subprocess.run(
        [sys.executable, "-c", f"{hide}\n{run}"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith("'pydantic' is not installed, and the cohort planner needs it; ")
    assert "Traceback" not in done.stderr


def test_the_command_that_only_lists_itself_loads_no_planner():
    run = "import sys, cstools.__main__ as c; c._parser(); print('pydantic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_an_error_of_ours_is_a_sentence_and_not_a_traceback(capsys, monkeypatch):
    def findings():
        raise DataError("row 3: the e-mail address is missing")

    monkeypatch.setattr("cstools.__main__.findings", findings)
    assert main(["check"]) == 2
    assert capsys.readouterr().err == "row 3: the e-mail address is missing\n"


def test_a_room_without_its_library_says_how_to_get_it(monkeypatch):
    def import_nothing(name):
        raise ModuleNotFoundError(name="anywidget")

    monkeypatch.setattr("cstools.floors.import_module", import_nothing)
    with pytest.raises(MissingPartError) as raised:
        upstairs("widgets.explorer")
    assert str(raised.value) == (
        "'anywidget' is not installed, and widgets needs it; "
        "to see what is missing and how to install it: cstools check"
    )


def test_a_room_that_does_not_exist_is_a_mistake_of_ours():
    with pytest.raises(ModuleNotFoundError, match=r"cstools\.attic"):
        upstairs("attic.chest")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture
def address(course):
    """Start ``cstools lab`` in the course and yield the address that it prints."""
    command = [sys.executable, "-m", "cstools", "lab", "--no-browser", "--port", str(free_port())]
    lab = subprocess.Popen(
        command, cwd=course, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        said = []
        for line in lab.stdout:
            said.append(line)
            if found := re.search(r"http://127\.0\.0\.1\S+", line):
                yield found[0]
                return
        pytest.fail("".join(said))
    finally:
        lab.send_signal(signal.SIGTERM)
        lab.communicate(timeout=20)


def answer(url: str) -> HTTPResponse:
    """Ask the server, which begins to listen a moment after it prints its address."""
    for _ in range(200):
        try:
            return urlopen(url, timeout=20)
        except URLError as error:
            if not isinstance(error.reason, ConnectionRefusedError):
                raise
            time.sleep(0.1)
    return pytest.fail(f"nothing answers at {url}")


def test_the_lab_opens_on_the_start_notebook_with_our_setting(address):
    place, _, token = address.partition("?")
    assert place.endswith("/lab/tree/notebooks/00-start-here.ipynb")
    server = place.removesuffix("/lab/tree/notebooks/00-start-here.ipynb")
    assert answer(address).status == 200
    plugin = "@jupyterlab/apputils-extension:kernels-settings"
    schema = json.load(answer(f"{server}/lab/api/settings/{plugin}?{token}"))["schema"]
    assert schema["properties"]["commsOverSubshells"]["default"] == "disabled"
