"""The project's own files agree with each other and say nothing about one machine."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest
import yaml
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT = PYPROJECT["project"]
SETTING = "etc/jupyter/labconfig/default_setting_overrides.json"
PRIVATE = "etc/jupyter/jupyter_config.json"


def read_yaml(name: str) -> dict:
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


def ranges(lines: list[str]) -> dict[str, SpecifierSet]:
    needs = map(Requirement, lines)
    return {need.name: need.specifier for need in needs}


# Binder and conda


def test_binder_installs_what_the_project_says_a_learner_needs():
    stated = ranges([*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["lab"]])
    lines = [line for line in read_yaml("environment.yml")["dependencies"] if line != "pip"]
    python = [line for line in lines if line.startswith("python=")]
    assert ranges([line for line in lines if line not in python]) == stated
    version = python[0].removeprefix("python=")
    assert version in SpecifierSet(PROJECT["requires-python"])


def test_the_environment_has_a_name_and_one_channel():
    environment = read_yaml("environment.yml")
    assert environment["name"] == "cstools"
    assert environment["channels"] == ["conda-forge"]


def test_post_build_adds_the_package_and_nothing_else():
    lines = (ROOT / "postBuild").read_text("utf-8").splitlines()
    commands = [line for line in lines if line and not line.startswith(("#", "set "))]
    assert commands == ["python -m pip install --no-deps ."]


@pytest.mark.parametrize("name", ["postBuild", ".ci/run"])
def test_what_a_machine_starts_can_be_started(name):
    assert os.access(ROOT / name, os.X_OK)
    assert (ROOT / name).read_text("utf-8").startswith("#!")


# The package


def test_every_dependency_says_why_it_is_there():
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    lines = re.findall(r'^  "[\w.-]+(?:\[.*\])?[<>=~!].*$', text, re.MULTILINE)
    extras = PROJECT["optional-dependencies"].values()
    stated = [*PROJECT["dependencies"], *(need for extra in extras for need in extra)]
    assert len(lines) == len([need for need in stated if not need.startswith("cstools[")])
    assert [line for line in lines if not re.search(r'",\s+# \S', line)] == []


# A library that another one, which is stated, is built on and hands to whoever uses it.
BUILT_ON = {
    "ipykernel": "jupyterlab",
    "ipython": "ipywidgets",
    "jupyter-server": "jupyterlab",
    "nbformat": "nbclient",
    "python-dateutil": "icalendar",
    "traitlets": "ipywidgets",
}


def statements(path: Path) -> Iterator[ast.AST]:
    """Yield every statement of a file, however deep, without what it is made of."""
    found: list[ast.AST] = [ast.parse(path.read_text("utf-8"))]
    for node in found:  # it grows while it is read
        yield node
        for place in ("body", "orelse", "finalbody", "handlers", "cases"):
            found += getattr(node, place, ())


def imported_libraries() -> set[str]:
    """Return the distributions behind every outside module that our Python files import."""
    sources = [path for path in tracked_files() if path.suffix == ".py"]
    modules = set()
    for node in (node for path in sources for node in statements(path)):
        if isinstance(node, ast.Import):
            modules |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            modules.add(node.module)
    owners = packages_distributions()
    tops = {module.partition(".")[0] for module in modules}
    outside = tops - sys.stdlib_module_names - {"benchmarks", "cstools", "tests"}
    return {canonicalize_name(owners[top][0]) for top in outside if top in owners}


def test_every_library_that_is_imported_is_stated():
    extras = PROJECT["optional-dependencies"].values()
    stated = {
        *ranges(PROJECT["dependencies"]),
        *(name for extra in extras for name in ranges(extra)),
    }
    libraries = imported_libraries()
    assert "numpy" in libraries
    assert {BUILT_ON.get(name, name) for name in libraries} - stated == set()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    [built] = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    return ZipFile(built)


def test_the_wheel_fits_every_machine(wheel):
    assert wheel.filename.endswith("-py3-none-any.whl")


def test_the_wheel_holds_every_file_of_the_package(wheel):
    here = (path for path in (ROOT / "cstools").rglob("*") if path.is_file())
    kept = (path for path in here if "__pycache__" not in path.parts and path.name[0] != ".")
    wanted = {path.relative_to(ROOT).as_posix() for path in kept}
    assert wanted - set(wheel.namelist()) == set()


def test_the_wheel_puts_the_lab_setting_where_jupyterlab_reads_it(wheel):
    [name] = [name for name in wheel.namelist() if name.endswith(f".data/data/{SETTING}")]
    shipped = ROOT / "cstools/data/lab/default_setting_overrides.json"
    assert wheel.read(name) == shipped.read_bytes()


def test_the_wheel_puts_the_setting_that_keeps_private_cells_where_jupyter_reads_it(wheel):
    [name] = [name for name in wheel.namelist() if name.endswith(f".data/data/{PRIVATE}")]
    assert wheel.read(name) == (ROOT / "cstools/data/lab/jupyter_config.json").read_bytes()


def test_the_setting_is_installed_here():
    installed = json.loads(Path(sys.prefix, SETTING).read_text("utf-8"))
    shipped = ROOT / "cstools/data/lab/default_setting_overrides.json"
    assert installed == json.loads(shipped.read_text("utf-8"))


def test_jupyterlab_knows_each_setting_and_its_value():
    settings = json.loads(Path(sys.prefix, SETTING).read_text("utf-8"))
    for plugin, values in settings.items():
        package, name = plugin.split(":")
        schema = Path(sys.prefix, "share/jupyter/lab/schemas", package, f"{name}.json")
        properties = json.loads(schema.read_text("utf-8"))["properties"]
        for key, value in values.items():
            assert value in [option["const"] for option in properties[key]["oneOf"]]


# Licence and citation


def test_the_licence_file_holds_both_licences():
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert PROJECT["license"] == "BSD-3-Clause AND CC-BY-4.0"
    assert "Redistribution and use in source and binary forms" in text
    assert "https://creativecommons.org/licenses/by/4.0/legalcode" in text


def test_the_citation_is_complete_and_of_this_version():
    citation = read_yaml("CITATION.cff")
    assert {"cff-version", "message", "title", "type", "authors"} <= set(citation)
    assert citation["version"] == PROJECT["version"]
    assert citation["authors"] == [{"name": PROJECT["authors"][0]["name"]}]
    assert " AND ".join(citation["license"]) == PROJECT["license"]


# Before a commit


def test_the_hooks_are_valid_and_need_no_network():
    command = [sys.executable, "-m", "pre_commit", "validate-config"]
    subprocess.run(command, cwd=ROOT, check=True)
    [source] = read_yaml(".pre-commit-config.yaml")["repos"]
    assert source["repo"] == "local"
    assert {hook["language"] for hook in source["hooks"]} == {"system"}


def test_the_hooks_name_files_that_exist():
    text = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
    named = re.findall(r"tests/\S+\.py", text)
    assert named
    assert [name for name in named if not (ROOT / name).is_file()] == []


# Nothing about one machine


def tracked_files() -> list[Path]:
    command = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this copy of the project is not a git repository")
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


@cache
def registry_hosts() -> frozenset[str]:
    """Return the hosts that pip, npm and apt ask here, by their settings or their own defaults."""
    pip = [sys.executable, "-m", "pip"]
    said = [printed(*pip, "config", "list"), printed(*pip, "install", "--help")]
    if shutil.which("npm"):
        said.append(printed("npm", "config", "get", "registry"))
    for file in (*Path("/etc/apt").glob("*.list"), *Path("/etc/apt").glob("*.d/*.[ls]*")):
        said += re.findall(r"^(?:deb|URIs:).*$", file.read_text("utf-8"), re.MULTILINE)
    hosts = {urlsplit(url).hostname for url in re.findall(r"https?://[^\s'\")]+", " ".join(said))}
    return frozenset(host for host in hosts if host and "." in host)


def printed(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def machine_paths() -> set[str]:
    """Return the folders of this machine that no file may name."""
    return {f"{path}/" for path in (ROOT, Path.home()) if path != Path("/")}


def texts(paths: list[Path]) -> dict[str, str]:
    found = {}
    for path in paths:
        data = path.read_bytes()
        if b"\0" not in data:
            found[path.relative_to(ROOT).as_posix()] = data.decode("utf-8", "replace")
    return found


def test_no_file_names_a_registry_or_a_folder_of_this_machine():
    forbidden = registry_hosts() | machine_paths()
    somebody = re.compile(r"/(?:home|Users)/[a-z]\w+/|[A-Z]:\\Users\\", re.ASCII)
    wrong = {
        name: [*filter(text.__contains__, forbidden), *somebody.findall(text)]
        for name, text in texts(tracked_files()).items()
    }
    assert {name: found for name, found in wrong.items() if found} == {}


def test_registry_hosts_are_found_on_any_machine():
    assert registry_hosts()
