"""JupyterLab, opened on the start notebook of a course folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from cstools.errors import FileError, MissingPartError

START = Path("notebooks") / "00-start-here.ipynb"


def open_lab(folder: Path, port: int | None = None, browser: bool = True) -> None:
    """Run JupyterLab on the start notebook of ``folder`` until it is stopped.

    Its address is printed; a browser opens where there is a screen to show one.

    Raises
    ------
    FileError
        When the folder has no start notebook.
    MissingPartError
        When JupyterLab is not installed.
    """
    require_start(folder)
    try:
        from jupyterlab.labapp import LabApp
    except ImportError as error:
        raise MissingPartError(
            "cstools lab: JupyterLab is not installed; "
            'install it with: python -m pip install "jupyterlab>=4.4"'
        ) from error
    print(
        f"JupyterLab opens {START.as_posix()}. Leave this window open; Ctrl+C here stops it.",
        flush=True,
    )
    LabApp.launch_instance(options(folder, port, browser and has_screen()))


def require_start(folder: Path) -> None:
    """Make sure that the folder is a course: it has the start notebook."""
    if not (folder / START).is_file():
        raise FileError(
            f"cstools lab: there is no {START.as_posix()} in '{folder.resolve()}'; "
            "go to the folder of the course first, or name it: cstools lab FOLDER"
        )


def options(folder: Path, port: int | None, browser: bool) -> list[str]:
    """Return JupyterLab's options: where it starts, and quietly, so that the address stands out."""
    chosen = [
        f"--ServerApp.root_dir={folder.resolve()}",
        f"--LabApp.default_url=/lab/tree/{START.as_posix()}",
        "--log-level=ERROR",
        "--LabApp.log_level=ERROR",
    ]
    if port is not None:
        chosen.append(f"--port={port}")
    if not browser:
        chosen.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        chosen.append("--allow-root")  # JupyterLab refuses the administrator otherwise
    return chosen


def has_screen() -> bool:
    """Say whether a browser window could open; a text browser would only take the terminal."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
