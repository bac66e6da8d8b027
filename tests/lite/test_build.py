"""How the site of ``make lite`` is put together: quick, and without any network."""

from __future__ import annotations

import json
import tomllib
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement

from tests.lite import build

ROOT = Path(__file__).resolve().parents[2]
# Large, and few notebooks ask for them: a cell that imports one brings it. Pyodide has no PySD.
LEFT_OUT = {"pandas", "pysd", "scipy", "xarray"}


def make_wheel(folder: Path, name: str, version: str = "1.0", needs: tuple[str, ...] = ()) -> Path:
    """Write a wheel with one module and the facts that an installer reads."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}-{version}-py3-none-any.whl"
    lines = [f"Name: {name}", f"Version: {version}", *(f"Requires-Dist: {need}" for need in needs)]
    with ZipFile(path, "w") as packed:
        packed.writestr(f"{name}/__init__.py", "")
        packed.writestr(
            f"{name}-{version}.dist-info/METADATA", "\n".join(lines) + "\n\nRequires: -"
        )
    return path


@pytest.fixture
def wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder for wheels, beside a Pyodide whose distribution has two packages."""
    there = {
        name: {"name": name, "version": "9", "file_name": f"{name}-9.whl", "depends": []}
        for name in ("numpy", "matplotlib")
    }
    core = tmp_path / "core"
    core.mkdir()
    known = {"info": {"python": "3.14.2"}, "packages": there}
    (core / "pyodide-lock.json").write_text(json.dumps(known))
    monkeypatch.setattr(build, "pyodide", lambda: core)
    return tmp_path / "wheels"


def test_a_wheel_beside_the_page_is_known_by_its_name_its_modules_and_its_sum(wheels):
    wheel = make_wheel(wheels, "cstools", "0.1.0")
    entry = build.lock(wheels, alone=True)["packages"]["cstools"]
    assert entry["file_name"] == "cstools-0.1.0-py3-none-any.whl"
    assert entry["imports"] == ["cstools"]
    assert entry["sha256"] == sha256(wheel.read_bytes()).hexdigest()


def test_what_is_needed_only_on_other_systems_is_not_needed_in_a_page(wheels):
    make_wheel(wheels, "helper")
    needs = ("helper", "colorama; sys_platform == 'win32'", "pexpect; sys_platform == 'linux'")
    make_wheel(wheels, "shell", needs=needs)
    assert build.lock(wheels, alone=True)["packages"]["shell"]["depends"] == ["helper"]


def test_a_wheel_that_needs_one_that_is_nowhere_is_told(wheels):
    make_wheel(wheels, "shell", needs=("helper>=2", "numpy"))
    with pytest.raises(ValueError, match=r"^shell needs helper: name it in wheels.txt$"):
        build.lock(wheels, alone=False)
    with pytest.raises(ValueError, match=r"^shell needs helper, numpy: name it in wheels.txt$"):
        build.lock(wheels, alone=True)


def test_what_is_compiled_comes_from_the_public_distribution(wheels):
    make_wheel(wheels, "networkx")
    make_wheel(wheels, "cstools", needs=("numpy>=1.26", "scipy", "networkx", "matplotlib"))
    packages = build.lock(wheels, alone=False)["packages"]
    assert packages["cstools"]["depends"] == ["matplotlib", "networkx", "numpy"]
    assert packages["numpy"]["file_name"] == f"{build.DISTRIBUTION}numpy-9.whl"
    assert packages["networkx"]["file_name"] == "networkx-1.0-py3-none-any.whl"


def test_a_page_that_stands_alone_knows_no_other_address(wheels):
    make_wheel(wheels, "networkx")
    make_wheel(wheels, "cstools", needs=("numpy>=1.26", "scipy", "networkx"))
    known = build.lock(wheels, alone=True)
    assert known["packages"]["cstools"]["depends"] == ["networkx"]
    assert "://" not in json.dumps(known)


def test_every_dependency_is_a_wheel_of_the_page_or_known_to_be_left_out():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    stated = {Requirement(line).name for line in project["dependencies"]}
    lines = build.WHEELS.read_text("utf-8").splitlines()
    pinned = [Requirement(line) for line in lines if not line.startswith("#")]
    assert all(str(need.specifier).startswith("==") for need in pinned)
    assert stated - {need.name for need in pinned} == build.COMPILED | LEFT_OUT


def test_the_site_has_what_learners_read_and_nothing_else(tmp_path):
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "page.ipynb").write_text("{}")
    build._contents(tmp_path / "site", tmp_path / "more")
    names = {p.relative_to(tmp_path / "site").as_posix() for p in (tmp_path / "site").rglob("*.*")}
    assert {"notebooks/00-start-here.ipynb", "notebooks/0-tools/01-bathtub.ipynb"} <= names
    assert {"exercises/01-bathtub/01-bathtub.ipynb", "page.ipynb"} <= names
    hidden = ("faculty", "solution", "5-planner", "checkpoint", "sqlite", "conftest")
    assert [name for name in names if any(word in name for word in hidden)] == []
