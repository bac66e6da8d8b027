"""Run every check, one after the other, and say at the end which failed: ``make test``.

A failing check does not stop the ones after it, so that one run reports everything.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = (sys.executable, "-m")
PYTEST = (*PYTHON, "pytest", "-q")

# "worksteal" keeps neighbours together, since they share what is made once, until a worker has
# nothing to do.
TESTS = (*PYTEST, "-p", "no:nbval", "-n", "2", "--dist")

# Notebooks keep their order of cells and one worker each: random order and loose scheduling
# would run cells before those they depend on. Warnings of Jupyter's own parts are not ours.
NOTEBOOKS = (
    *PYTEST,
    *("--nbval", "--nbval-current-env", "--nbval-cell-timeout=60"),
    *("--nbval-sanitize-with", "tests/notebook_outputs.cfg"),
    *("-n", "2", "--dist", "loadscope", "-p", "no:randomly", "-W", "default"),
)

# Together they have every kind of question. A test holds the solutions of all sets to what their
# cells give, without a kernel for each, which takes longer to start than all that it then runs.
SOLUTIONS = [
    f"exercises/{name}/{name}.solution.ipynb" for name in ("01-bathtub", "10-creative-tension")
]

CHECKS: dict[str, tuple[str, ...]] = {
    "Style": (*PYTHON, "ruff", "check"),
    "Format": (*PYTHON, "ruff", "format", "--check"),
    "Types": (*PYTHON, "mypy"),
    "Behaviour": (*TESTS, "worksteal", "--ignore=tests/browser", "tests"),
    "Notebooks print what they promise": (*NOTEBOOKS, "notebooks", *SOLUTIONS),
    # One Chromium and one JupyterLab for each worker; what looks at one long walk stays together.
    "In the browser": (*TESTS, "loadfile", "tests/browser"),
}


def surroundings(folder: str) -> dict[str, str]:
    """Return the environment without the person's own Jupyter, IPython and Python settings.

    Python keeps what it compiled, or each of the many kernels and commands that tests start would
    take three times as long to begin.
    """
    own = {name: str(Path(folder, name)) for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR")}
    own |= {"JUPYTER_PLATFORM_DIRS": "1", "PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": ""}
    return {**os.environ, **own}


def run(heading: str, command: tuple[str, ...], environment: dict[str, str]) -> bool:
    print(f"\n━━ {heading} " + "━" * (76 - len(heading)), flush=True)
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0


def main() -> int:
    report = []
    with tempfile.TemporaryDirectory() as folder:
        for heading, command in CHECKS.items():
            start = time.monotonic()
            good = run(heading, command, surroundings(folder))
            report.append((heading, good, time.monotonic() - start))
    print("\n━━ All checks " + "━" * 66)
    for heading, good, seconds in report:
        print(f"{'✓' if good else '✗'} {heading:<40} {seconds:7.0f} s")
    return 0 if all(good for _, good, _ in report) else 1


if __name__ == "__main__":
    raise SystemExit(main())
