"""A JupyterLab of the tests' own, and a notebook run in it from top to bottom."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import nbformat
from ipykernel.kernelspec import get_kernel_dict
from playwright.sync_api import ConsoleMessage, Error, Page

from . import kernel_nursery
from .kernel_nursery import NAME

NURSERY = str(kernel_nursery.__file__)
LINUX = sys.platform == "linux"  # elsewhere a process with threads is not forked safely
SHIPPED = Path(__file__).parents[2] / "cstools" / "data" / "lab" / "jupyter_config.json"
QUIET = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync"
SILENT = "--disable-background-networking --disable-component-update"
FLAGS = f"{QUIET} {SILENT}".split()

# What JupyterLab itself says says nothing about a notebook; "isRunning" is its table of contents,
# which up to 4.4 stumbles over a result with a heading in it (jupyterlab #16401).
_NOT_OURS = ("favicon", "ResizeObserver loop", "isRunning")
_READY = """() => { const panel = jupyterapp.shell.currentWidget;
  return panel?.context?.isReady && panel.sessionContext?.isReady
    && panel.sessionContext.session?.kernel?.status === 'idle'; }"""
# Every cell with code has been run, or one has failed and ended the rest; none is running.
_DONE = """() => { const panel = jupyterapp.shell.currentWidget;
  const cells = panel.content.model.sharedModel.cells.filter(c => c.cell_type === 'code');
  const failed = cells.some(c => (c.outputs || []).some(o => o.output_type === 'error'));
  return panel.sessionContext.session.kernel.status === 'idle'
    && (failed || cells.every(c => c.execution_count !== null || !c.source.trim())); }"""
# Scroll to the first cell, and say where the last one ends.
_LENGTH = """() => {
  const notebook = document.querySelector('.jp-NotebookPanel-notebook');
  const cells = [...notebook.querySelectorAll('.jp-Cell')];
  for (const part of [notebook, ...notebook.querySelectorAll('.jp-WindowedPanel-outer')])
    part.scrollTop = 0;
  return cells.at(-1).getBoundingClientRect().bottom; }"""
HIDE_FILES = """() => { if (!jupyterapp.shell.leftCollapsed)
  jupyterapp.commands.execute('application:toggle-left-area'); }"""
# Closed as it is: nobody is asked whether to save it.
_ANOTHER = """async (path) => {
  const { shell, commands } = jupyterapp;
  for (const open of [...shell.widgets('main')]) open.dispose();
  if (document.body.dataset.jpThemeLight === 'false')
    await commands.execute('apputils:change-theme', { theme: 'JupyterLab Light' });
  await commands.execute('docmanager:open', { path }); }"""
# Milliseconds between two looks. Without it a page looks before every frame, and draws frames only
# for that, while the kernel waits for its turn.
_OFTEN = 100
_ERRORS = """() => jupyterapp.shell.currentWidget.content.model.sharedModel.cells
  .flatMap(c => c.outputs || []).filter(o => o.output_type === 'error')
  .map(o => `${o.ename}: ${o.evalue}`)"""


@dataclass
class Lab:
    """A running server: its address, its folder of notebooks, its token."""

    address: str
    folder: Path
    token: str

    def write(self, name: str, cells: Sequence[str]) -> str:
        """Write a notebook of code cells; return its name."""
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
        nbformat.write(notebook, self.folder / name)
        return name

    def copy(self, notebook: Path, root: Path) -> str:
        """Copy a notebook, and the files beside it, to the place it has under ``root``."""
        place = notebook.relative_to(root)
        shutil.copytree(notebook.parent, self.folder / place.parent, dirs_exist_ok=True)
        return place.as_posix()


@dataclass
class OpenNotebook:
    """A notebook in the browser, and what the browser complained about."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def run_all(self, seconds: float = 120) -> None:
        """Run every cell, until each has a number and the kernel rests, or one has failed."""
        command = "name => { jupyterapp.commands.execute(name) }"
        self.page.evaluate(command, "notebook:clear-all-cell-outputs")
        self.page.evaluate(command, "notebook:run-all-cells")
        self.page.wait_for_function(_DONE, timeout=1000 * seconds, polling=_OFTEN)

    def show_all(self) -> None:
        """Make the window as high as the notebook, with no list of files beside it."""
        self.page.evaluate(HIDE_FILES)
        self.page.wait_for_function("() => jupyterapp.shell.leftCollapsed")
        for _ in range(2):  # a wider notebook is a shorter one
            long = self.page.evaluate(_LENGTH)
            self.page.set_viewport_size({"width": 1280, "height": min(int(long) + 60, 16_000)})

    def errors(self) -> list[str]:
        """Return the errors that cells ended with."""
        return self.page.evaluate(_ERRORS)  # type: ignore[no-any-return]


@contextmanager
def running_lab(folder: Path, *, warm: bool = False) -> Iterator[Lab]:
    """Start JupyterLab on a free port with settings of its own; stop it at the end.

    With ``warm`` its kernels are forked from a process that has imported what kernels import.
    """
    notebooks = folder / "notebooks"
    notebooks.mkdir()
    lab = Lab(f"http://127.0.0.1:{free_port()}", notebooks, secrets.token_hex(16))
    environment = surroundings(folder)
    with (
        (folder / "log.txt").open("w") as log,
        warm_kernels(folder, environment, log) if warm and LINUX else nullcontext(),
    ):
        server = subprocess.Popen(
            _command(lab), env=environment, stdout=log, stderr=log, cwd=notebooks
        )
        try:
            status = f"{lab.address}/api/status?token={lab.token}"
            wait_for(status, server, folder / "log.txt")
            yield lab
        finally:
            _end(server)


@contextmanager
def warm_kernels(folder: Path, environment: dict[str, str], log: IO[str]) -> Iterator[None]:
    """Let JupyterLab with these surroundings ask a nursery for its kernels."""
    environment[NAME] = f"cstools-{secrets.token_hex(16)}"
    spec = folder / "warm" / "kernels" / "python3"
    spec.mkdir(parents=True)
    environment["JUPYTER_PATH"] = str(folder / "warm")  # is looked in first
    ask = [sys.executable, "-I", "-S", NURSERY, "ask", "-f", "{connection_file}"]
    told = get_kernel_dict() | {"argv": ask, "interrupt_mode": "message"}
    (spec / "kernel.json").write_text(json.dumps(told))
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("\0" + environment[NAME])
        listener.listen()
        at = listener.fileno()
        lend = [sys.executable, "-P", NURSERY, "lend", str(at)]
        nursery = subprocess.Popen(
            lend, env=environment, pass_fds=[at], stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
    try:
        yield
    finally:
        _end(nursery)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def open_notebook(
    page: Page, lab: Lab, name: str, fragment: str = "", *, reload: bool = False
) -> Iterator[OpenNotebook]:
    """Open a notebook and wait for its kernel; shut the kernel down at the end.

    A page that shows JupyterLab already opens the notebook in the place of the others, in the
    light theme; with ``reload``, or with a ``fragment`` (what a link has behind the address of the
    notebook, with its ``#``), JupyterLab is loaded anew.
    """
    notebook = OpenNotebook(page)

    def complain(text: str) -> None:
        if not any(word in text for word in _NOT_OURS):
            notebook.complaints.append(text)

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            complain(message.text)

    def stumble(error: Error) -> None:
        complain(str(error))

    if reload or fragment or not page.evaluate("() => Boolean(window.jupyterapp)"):
        page.goto(f"{lab.address}/lab/tree/{name}?reset&token={lab.token}{fragment}")
        page.wait_for_function("() => window.jupyterapp?.restored", timeout=60_000, polling=_OFTEN)
        page.evaluate("() => window.jupyterapp.restored")
    else:
        page.evaluate(_ANOTHER, name)
    page.wait_for_function(_READY, timeout=60_000, polling=_OFTEN)
    # From here on: what JupyterLab says while it loads is its own affair.
    # Said to the class: what is taken back in the end does not mark the page.
    Page.on(page, "console", hear)
    Page.on(page, "pageerror", stumble)
    try:
        yield notebook
    finally:
        page.remove_listener("console", hear)
        page.remove_listener("pageerror", stumble)
        page.evaluate("() => jupyterapp.shell.currentWidget.sessionContext.shutdown()")


def _command(lab: Lab) -> list[str]:
    port = lab.address.rsplit(":", 1)[1]
    return [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
        *("--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"),
        f"--IdentityProvider.token={lab.token}",
        f"--ServerApp.root_dir={lab.folder}",
        "--LabApp.expose_app_in_browser=True",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--ServerApp.terminals_enabled=False",
    ]


def surroundings(folder: Path) -> dict[str, str]:
    """Return an environment in which nothing of the person's own Jupyter is read or written.

    Cells outside the window are drawn as well (windowing mode none). Widget messages go through
    kernel subshells, JupyterLab's default, although this project turns them off: it is the
    harder case, and pictures must come out whole in it too. What an installation has of this
    project, so that nothing made of a notebook has its private cells, is there.
    """
    settings = folder / "settings" / "overrides"
    overrides = {
        "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false"},
        "@jupyterlab/apputils-extension:kernels-settings": {"commsOverSubshells": "perCommTarget"},
    }
    config = folder / "config" / "labconfig"
    config.mkdir(parents=True)
    (config / "default_setting_overrides.json").write_text(json.dumps(overrides))
    etc = folder / "etc"
    etc.mkdir()
    shutil.copy(SHIPPED, etc)
    own = {
        "JUPYTER_CONFIG_PATH": "etc",
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
    }
    settings.mkdir(parents=True)
    return os.environ | {name: str(folder / place) for name, place in own.items()}


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a server answers at an address, for at most five minutes."""
    patience = time.monotonic() + 300
    while time.monotonic() < patience and server.poll() is None:
        try:
            with urlopen(url, timeout=5):
                return
        except HTTPError:  # a "no" is an answer
            return
        except (URLError, OSError):
            time.sleep(0.25)
    raise RuntimeError(f"the server did not start:\n{log.read_text()[-3000:]}")
