"""Binder from the files alone: what it would find, do and install, and whether that is enough.

Binder takes the files of the repository, makes an environment from environment.yml, and runs
postBuild in it. The same is done here as far as it goes without conda and without a network: the
files that are in the repository and no others, the package built from them, and a Python that sees
nothing but what environment.yml brings. That the lists of environment.yml and pyproject.toml agree
is in test_project.py.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile

import pytest
import yaml
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests import badges

ROOT = Path(__file__).resolve().parents[1]
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
    "optional-dependencies"
]
# Where one of these stands in a repository, Binder follows it and not environment.yml.
BEFORE_ENVIRONMENT = ("Dockerfile", "binder", ".binder", "Project.toml", "install.R", "runtime.txt")
SETTING = "etc/jupyter/labconfig/default_setting_overrides.json"
README = (ROOT / "README.md").read_text("utf-8")


def environment() -> list[str]:
    """Return the names that environment.yml installs, beside Python and pip themselves."""
    lines = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
    needs = [Requirement(line) for line in lines if not line.startswith("python=")]
    return [canonicalize_name(need.name) for need in needs]


def brought(names: Iterable[str]) -> set[str]:
    """Return what is installed with some packages: they and all that they need, and so on."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in found:
            continue
        try:
            needs = distribution(name).requires or []
        except PackageNotFoundError:
            continue  # for another system
        found.add(name)
        wanted = map(Requirement, needs)
        waiting += [w.name for w in wanted if w.marker is None or w.marker.evaluate({"extra": ""})]
    return found


# What Binder finds


def test_binder_follows_the_environment_and_nothing_else():
    assert [name for name in BEFORE_ENVIRONMENT if (ROOT / name).exists()] == []


def test_the_line_for_python_is_one_that_binder_reads():
    # Binder looks for exactly this form; without it, it takes a Python of its own.
    lines = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
    assert [line for line in lines if re.fullmatch(r"python=3\.\d+", str(line))] == ["python=3.11"]


def test_the_environment_asks_conda_for_everything():
    lines = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
    assert all(isinstance(line, str) for line in lines), "a part for pip is not kept in a layer"


@pytest.mark.parametrize("extra", ["planner", "fast", "scale", "test"])
def test_a_launch_brings_nothing_that_only_others_need(extra):
    light = brought(environment())
    own = {Requirement(line).name for line in EXTRAS[extra] if not line.startswith("cstools[")}
    # pytest comes with nbval, PyYAML and Pillow with JupyterLab and matplotlib; tzdata is pandas'.
    shared = {"pytest", "pyyaml", "pillow", "tzdata", "nbclient", "nbconvert", "python-calamine"}
    assert sorted({canonicalize_name(name) for name in own} & light - shared) == []


# What postBuild does


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the files that are in the repository."""
    command = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"]
    new = ["--others", "--cached", "--exclude-standard"]
    listed = subprocess.run([*command, *new], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this copy of the project is not a git repository")
    folder = tmp_path_factory.mktemp("binder") / "a repository"
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


# The learner's Python begins with this: what environment.yml does not bring is not there.
BLOCKED = """
import sys
class NotBrought:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {names!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, NotBrought())
"""


@pytest.fixture(scope="module")
def learner(repository: Path) -> dict[str, str]:
    """Return the surroundings of a Python as Binder leaves it: the package built, no more."""
    built = repository.parent / "built"
    [wheel] = WheelBuilder(str(repository)).build(directory=str(built), versions=["standard"])
    site = repository.parent / "site"
    with ZipFile(wheel) as packed:
        packed.extractall(site)
    light = brought(environment()) | {"cstools", "pip", "setuptools"}
    owners = packages_distributions()
    outside = {
        top for top, names in owners.items() if not light & {canonicalize_name(n) for n in names}
    }
    kept = {"cstools", "exercises", "tests", *sys.stdlib_module_names}
    names = sorted(outside - kept)
    (site / "sitecustomize.py").write_text(BLOCKED.format(names=names), "utf-8")
    own = {"PYTHONPATH": str(site), "JUPYTER_PLATFORM_DIRS": "1", "IPYTHONDIR": str(built)}
    return {**os.environ, **own}


def say(learner: dict[str, str], folder: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env=learner,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:] or done.stdout[-3000:]
    return done.stdout


def test_the_package_is_built_from_the_files_of_the_repository(learner, repository):
    where = say(learner, repository / "notebooks", "-c", "import cstools; print(cstools.__file__)")
    assert Path(where.strip()).is_relative_to(repository.parent / "site")


def test_the_built_package_puts_its_setting_beside_jupyterlab(learner, repository):
    [placed] = (repository.parent / "site").glob(f"cstools-*.data/data/{SETTING}")
    assert placed.read_bytes() == (ROOT / "cstools/data/lab" / Path(SETTING).name).read_bytes()


def test_what_the_planner_needs_is_really_not_there(learner, repository):
    code = "import sqlalchemy"
    with pytest.raises(AssertionError, match="No module named 'sqlalchemy'"):
        say(learner, repository, "-c", code)


# What a learner then does

SCRIPT = """
import nbformat, sys
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
notebook = nbformat.read(sys.argv[1], as_version=4)
for number, cell in enumerate(notebook.cells):
    if cell.cell_type == "code":
        shell.run_cell(cell.source).raise_error()
"""


@pytest.mark.parametrize(
    "name",
    [
        "notebooks/00-start-here.ipynb",
        "notebooks/1-self/10-creative-tension.ipynb",
        "exercises/30-shared-pond/30-shared-pond.solution.ipynb",
    ],
)
def test_a_notebook_runs_with_what_binder_brings(name, learner, repository):
    path = repository / name
    say(learner, path.parent, "-c", SCRIPT, path.name)


# The badges of the README


def test_every_notebook_for_learners_has_a_badge():
    assert badges.written(README) == README, "python tests/badges.py writes them anew"
    assert "notebooks/00-start-here.ipynb" in badges.learners_notebooks()


def test_a_badge_opens_its_notebook_in_jupyterlab():
    rows = list(badges.ROW.finditer(README))
    assert len({found["repository"] for found in rows}) == 1
    for found in rows:
        address = urlsplit(found["address"])
        assert address.path == f"/v2/gh/{found['repository']}/HEAD"
        assert parse_qs(address.query) == {"urlpath": [f"lab/tree/{found['file']}"]}
