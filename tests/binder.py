"""Run the browser tests once with what Binder brings: ``make binder``.

The packages go into an environment of their own, .venv-binder, so that the one at hand stays as
it is. Names of tests can be given: ``python tests/binder.py tests/browser/test_editor_lab.py``.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from every_check import ROOT, surroundings

PINS = ROOT / "tests" / "binder_pins.txt"
PLACE = ROOT / ".venv-binder"


def python() -> Path:
    """Return the Python of that environment; make it, if it is not there."""
    if not PLACE.exists():
        venv.create(PLACE, with_pip=True)
    return PLACE / "bin" / "python"


def main(tests: list[str]) -> int:
    own = str(python())
    install = [own, "-m", "pip", "install", "--quiet", "--requirement", str(PINS)]
    subprocess.run([*install, "--editable", ".[test]"], cwd=ROOT, check=True)
    run = [own, "-m", "pytest", "-q", "-m", "browser", *(tests or ["tests/browser"])]
    with tempfile.TemporaryDirectory() as folder:
        return subprocess.run(run, cwd=ROOT, env=surroundings(folder), check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
