"""The JavaScript of the live parts says its types in comments, and TypeScript reads them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cstools.widgets.assets import script
from tests.conftest import ROOT, missing

TYPESCRIPT = "typescript@5"
WIDGETS = ROOT / "cstools" / "widgets"
ENTRIES = sorted(
    str(file.relative_to(WIDGETS))
    for file in WIDGETS.rglob("*.js")
    if "\nexport default " in file.read_text("utf-8")
)


@pytest.fixture(scope="module")
def tsc() -> Path:
    """TypeScript's own checker, installed beside Python's packages when it is not there yet."""
    place = Path(sys.prefix, "javascript")
    program = place / "node_modules" / ".bin" / "tsc"
    if not program.exists():
        npm = shutil.which("npm")
        if npm is None:
            missing("no npm on this machine (on Debian: apt install npm)")
        quiet = ["--no-fund", "--no-audit", "--no-save", "--no-package-lock"]
        place.mkdir(exist_ok=True)
        subprocess.run([str(npm), "install", *quiet, "--prefix", place, TYPESCRIPT], check=True)
    return program


def test_the_types_of_the_javascript_hold(tsc: Path) -> None:
    checked = subprocess.run(
        [tsc, "-p", ROOT / "cstools" / "widgets" / "jsconfig.json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.stdout == ""
    assert checked.returncode == 0


def test_the_checker_would_find_a_fault(tsc: Path, tmp_path: Path) -> None:
    settings = (ROOT / "cstools" / "widgets" / "jsconfig.json").read_text("utf-8")
    (tmp_path / "jsconfig.json").write_text(settings)
    (tmp_path / "wrong.js").write_text("/** @type {number} */\nexport const many = 'few';\n")
    checked = subprocess.run(
        [tsc, "-p", tmp_path / "jsconfig.json"], capture_output=True, text=True, check=False
    )
    assert "wrong.js(2,14)" in checked.stdout


def refused(module: Path) -> str:
    """Return what node says against a module, without running it; empty for nothing."""
    node = shutil.which("node")
    if node is None:
        missing("no node on this machine (on Debian: apt install nodejs)")
    checked = subprocess.run(
        [str(node), "--check", module], capture_output=True, text=True, check=False
    )
    return checked.stderr


@pytest.mark.parametrize("entry", ENTRIES)
def test_no_two_files_that_are_joined_declare_one_name(entry: str, tmp_path: Path) -> None:
    module = tmp_path / "joined.mjs"
    module.write_text(script(entry), "utf-8")
    assert refused(module) == ""


def test_a_name_that_is_declared_twice_would_be_found(tmp_path: Path) -> None:
    module = tmp_path / "joined.mjs"
    module.write_text("const EDGE = 4;\nconst EDGE = 5;\n", "utf-8")
    assert "Identifier 'EDGE' has already been declared" in refused(module)
