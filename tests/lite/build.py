"""Build the course as a site that needs no server: ``make lite``.

The site is JupyterLite with the Pyodide kernel: Python runs in the reader's own browser. Any web
server that hands out files can offer the folder dist/lite; on this machine::

    python -m http.server --directory dist/lite

Pyodide's core comes from npm, what is pure Python from PyPI. numpy and matplotlib are compiled for
the page by Pyodide's project, and the page fetches them from there when a notebook first imports
cstools. With ``--alone`` they are left out and the page asks no other site for anything: maps,
exercises, sketches and the sliders of a model work, pictures that numpy lays out do not.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tarfile
import venv
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SITE = ROOT / "dist" / "lite"
PLACE = ROOT / ".venv-lite"  # tools, and what was fetched: made once
TOOLS, WHEELS = HERE / "tools.txt", HERE / "wheels.txt"

PYODIDE = "314.0.6"  # the one that the kernel in tools.txt is made for
PYTHON = "3.14"
DISTRIBUTION = f"https://cdn.jsdelivr.net/pyodide/v{PYODIDE}/full/"
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"

# The browser's side of these is part of the site; the kernel needs no file of theirs.
IN_THE_PAGE = {"jupyterlab-widgets", "widgetsnbextension"}
# What cstools is given of its own dependencies. The others are large, and few notebooks ask for
# them: a cell that says `import scipy` first brings it.
COMPILED = {"matplotlib", "numpy"}
NOT_FOR_LEARNERS = ("*.faculty.md", "*.solution.ipynb", "5-planner", "conftest.py", ".*", "__*")


# --- what has to be there -------------------------------------------------------------------------


def python() -> Path:
    """Return the Python of the tools' own environment; make it when tools.txt has changed."""
    own, done = PLACE / "bin" / "python", PLACE / "installed.txt"
    if not done.is_file() or done.read_text("utf-8") != TOOLS.read_text("utf-8"):
        venv.create(PLACE, with_pip=True)
        run(own, "-m", "pip", "install", "--quiet", "--requirement", TOOLS)
        shutil.copy(TOOLS, done)
    return own


def run(*command: str | Path, cwd: Path = ROOT, **more: Any) -> None:
    subprocess.run([str(word) for word in command], cwd=cwd, check=True, **more)


def pyodide() -> Path:
    """Return the folder of Pyodide's core, as npm has it."""
    folder = PLACE / f"pyodide-{PYODIDE}"
    if not folder.is_dir():
        run("npm", "pack", "--silent", f"pyodide@{PYODIDE}", cwd=PLACE, stdout=subprocess.DEVNULL)
        with tarfile.open(PLACE / f"pyodide-{PYODIDE}.tgz") as packed:
            packed.extractall(PLACE, filter="data")
        (PLACE / "package").rename(folder)
    return folder


def wheels() -> Path:
    """Return the folder of the wheels that wheels.txt names."""
    folder = PLACE / f"wheels-{sha256(WHEELS.read_bytes()).hexdigest()[:12]}"
    if not folder.is_dir():
        new = folder.with_suffix(".new")
        shutil.rmtree(new, ignore_errors=True)
        for_page = ("--python-version", PYTHON, "--implementation", "py", "--abi", "none")
        run(
            *(python(), "-m", "pip", "download", "--quiet", "--no-deps"),
            *("--only-binary", ":all:", "--platform", "any", *for_page),
            *("--dest", new, "--requirement", WHEELS),
        )
        new.rename(folder)
    return folder


def own_wheel(folder: Path) -> Path:
    """Return the wheel of cstools as its files are now."""
    run(
        python(), "-m", "hatchling", "build", "-t", "wheel", "-d", folder, stdout=subprocess.DEVNULL
    )
    [wheel] = folder.glob("cstools-*.whl")
    return wheel


# --- what the page knows of packages --------------------------------------------------------------


def lock(folder: Path, alone: bool) -> dict[str, Any]:
    """Return what Pyodide may load, by name: the wheels in ``folder``, and what is elsewhere.

    Raises
    ------
    ValueError
        When a wheel needs another that is neither here nor in Pyodide's distribution.
    """
    known = json.loads((pyodide() / "pyodide-lock.json").read_text("utf-8"))
    elsewhere = {} if alone else known["packages"]
    for package in elsewhere.values():
        package["file_name"] = DISTRIBUTION + package["file_name"]
    here = dict(map(_entry, sorted(folder.glob("*.whl"))))
    for name, entry in here.items():
        wanted = set(entry["depends"]) - IN_THE_PAGE
        if name == "cstools":
            wanted &= {*here, *COMPILED} & {*here, *elsewhere}
        if missing := wanted - {*here, *elsewhere}:
            raise ValueError(f"{name} needs {', '.join(sorted(missing))}: name it in {WHEELS.name}")
        entry["depends"] = sorted(wanted)
    return {"info": known["info"], "packages": elsewhere | here}


def _entry(wheel: Path) -> tuple[str, dict[str, Any]]:
    """Return the name of a wheel and what Pyodide has to know of it."""
    with ZipFile(wheel) as packed:
        names = packed.namelist()
        [facts] = (name for name in names if name.endswith(".dist-info/METADATA"))
        text = packed.read(facts).decode()
    fields = [line.split(": ", 1) for line in text.split("\n\n")[0].splitlines() if ": " in line]
    own = {field: value for field, value in fields if field in ("Name", "Version")}
    name = canonicalize_name(own["Name"])
    return name, {
        "name": name,
        "version": own["Version"],
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": sha256(wheel.read_bytes()).hexdigest(),
        "package_type": "package",
        "imports": sorted({top.removesuffix(".py") for top in _tops(names)}),
        "depends": [
            need for line in fields if line[0] == "Requires-Dist" for need in _need(line[1])
        ],
        "unvendored_tests": False,
    }


def _tops(names: list[str]) -> Iterator[str]:
    for name in names:
        top, _, rest = name.partition("/")
        if (rest == "__init__.py") or (not rest and top.endswith(".py")):
            yield top


def _need(line: str) -> Iterator[str]:
    """Yield the name of what a wheel requires, where it is required in a page."""
    need = Requirement(line)
    page = {
        "sys_platform": "emscripten",
        "platform_system": "Emscripten",
        "os_name": "posix",
        "python_version": PYTHON,
        "python_full_version": f"{PYTHON}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "extra": "",
    }
    if need.marker is None or need.marker.evaluate(page):
        yield canonicalize_name(need.name)


# --- the site -------------------------------------------------------------------------------------


def build(site: Path, alone: bool = False, extra: Path | None = None) -> Path:
    """Write the site to a folder, which is emptied first, and return it.

    Parameters
    ----------
    alone
        Whether the page is to ask no other site for anything.
    extra
        A folder whose files are put beside the course.
    """
    python()  # makes the place where everything is kept
    work = PLACE / "work"
    shutil.rmtree(work, ignore_errors=True)
    core = work / "static" / "pyodide"
    shutil.copytree(pyodide(), core, ignore=shutil.ignore_patterns("*.map", "*.d.ts", "*.html"))
    shutil.copytree(wheels(), core, dirs_exist_ok=True)
    own_wheel(core)
    (core / "pyodide-lock.json").write_text(json.dumps(lock(core, alone)), "utf-8")
    _settings(work)
    _contents(work / "contents", extra)
    shutil.rmtree(site, ignore_errors=True)
    build_site = (python(), "-m", "jupyterlite_core", "build", "--apps", "lab")
    lean = ("--no-unused-shared-packages", "--no-sourcemaps", "--log-level=ERROR")
    run(
        *(*build_site, *lean, "--lite-dir", work),
        *("--contents", work / "contents", "--output-dir", site),
        cwd=work,
        env={**os.environ, "JUPYTER_PLATFORM_DIRS": "1", "PYTHONWARNINGS": "ignore"},
        stdout=subprocess.DEVNULL,
    )
    return site


def _settings(work: Path) -> None:
    kernel = {"disablePyPIFallback": True, "loadPyodideOptions": {"packages": []}}
    data = {
        "appName": "cstools",
        "exposeAppInBrowser": True,
        "litePluginSettings": {KERNEL: kernel},
    }
    (work / "jupyter-lite.json").write_text(
        json.dumps({"jupyter-lite-schema-version": 0, "jupyter-config-data": data}), "utf-8"
    )


def _contents(place: Path, extra: Path | None) -> None:
    """Put the notebooks and exercises where learners find them in the project."""
    for folder in ("notebooks", "exercises"):
        shutil.copytree(
            ROOT / folder, place / folder, ignore=shutil.ignore_patterns(*NOT_FOR_LEARNERS)
        )
    if extra is not None:
        shutil.copytree(extra, place, dirs_exist_ok=True)


def main() -> int:
    """Build the site and say where it is."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--alone", action="store_true", help="ask no other site for anything")
    parser.add_argument("--out", type=Path, default=SITE, help="the folder of the site")
    chosen = parser.parse_args()
    site = build(chosen.out.resolve(), chosen.alone)
    size = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
    print(f"The site is in {site}: {size / 1e6:.0f} MB.")
    print(f"To look at it: {Path(sys.executable).name} -m http.server --directory {chosen.out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
