"""The exercises come along when the package is installed, and load from there."""

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Return a folder that holds what an installation holds, and nothing of the project."""
    folder = tmp_path_factory.mktemp("wheel")
    [wheel] = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    with ZipFile(wheel) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"


def test_every_set_is_in_the_wheel(installed):
    shipped = installed / "cstools" / "data" / "exercises"
    sources = sorted((ROOT / "exercises").glob("*/source.toml"))
    assert sources
    for source in sources:
        assert (shipped / source.parent.name / "source.toml").read_bytes() == source.read_bytes()


def test_an_installation_without_the_project_loads_its_sets(installed, tmp_path):
    code = (
        "import cstools; from cstools.learning import load_set, cite\n"
        "print(cstools.__file__)\n"
        "print(load_set('30-shared-pond')['best catch'].check(125).outcome)\n"
        "print(cite('Senge1990'))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    where, outcome, reference = run.stdout.splitlines()[:3]
    assert where.startswith(str(installed))
    assert outcome == "correct"
    assert reference.startswith("- Senge, P. M. (1990).")


def test_exercises_need_no_compiled_package():
    """A page in the browser has no numpy; ``import cstools`` itself is another room's affair."""
    code = (
        "import sys, cstools; before = set(sys.modules)\n"
        "from cstools.learning import load_set\n"
        "for name in ('01-bathtub', '30-shared-pond'):\n"
        "    assert all(q.check(q.kind.solution).outcome == 'correct' for q in load_set(name))\n"
        "print(sorted({m.split('.')[0] for m in set(sys.modules) - before}))"
    )
    blocked = "import sys; sys.modules.update(dict.fromkeys(('scipy', 'pandas', 'xarray')));"
    run = subprocess.run(
        [sys.executable, "-c", f"{blocked}{code}"], capture_output=True, text=True, check=True
    )
    assert not {"numpy", "matplotlib", "networkx", "ipywidgets"} & set(eval(run.stdout))
