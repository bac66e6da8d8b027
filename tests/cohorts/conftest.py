"""Made-up people for every test of the planner; nobody in them exists."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cstools.cohorts.applying.applications import Applications, read_applications
from cstools.cohorts.cohort import Cohort
from cstools.cohorts.made_up.synthetic import mapping_for_faults, write_synthetic
from cstools.cohorts.programmes.programme import Programme
from tests.cohorts import postgres
from tests.cohorts.nursery import Nursery, kept_apart, nursery_in, three_states

ROOT = Path(__file__).resolve().parents[2]
HEAD = "Full name,Email Address,Time zone,Languages,Site,Introductory workshop taken,Free hours"
GOOD = "Ada Synthetic,ada@example.org,Europe/Copenhagen,Danish,Example Hill School,Yes,Mon 16-18"


@pytest.fixture(scope="session")
def seeds() -> dict[str, list[str]]:
    """The programme documents by their short names, as lists of lines."""
    folder = ROOT.parent / "shared" / "seeds"
    if not folder.is_dir():
        told = "the programme documents are not beside this project, in shared/seeds"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(f"{told}; in CI nothing is skipped")
        pytest.skip(told)
    files = sorted(folder.glob("*.txt"))
    return {f"S{k}": path.read_text(encoding="utf-8").split("\n") for k, path in enumerate(files)}


@pytest.fixture(scope="session")
def roster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty made-up applications with the faults of real forms."""
    return write_synthetic(tmp_path_factory.mktemp("roster") / "applications.csv")


@pytest.fixture(scope="session")
def applications(roster: Path) -> Applications:
    return read_applications(roster, mapping_for_faults())


@pytest.fixture(scope="session")
def enrolled(applications: Applications) -> Cohort:
    programme = Programme.load("master-practitioners-2026")
    return programme.plan("Class of 2026-2027", secret="a phrase").enrol(applications)


@pytest.fixture(scope="session")
def paired(enrolled: Cohort) -> Cohort:
    return enrolled.select(25, seed=3).pair_buddies(seed=2026)


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A PostgreSQL server that is there for the tests alone."""
    programs = postgres.programs()
    if programs is None:
        told = "PostgreSQL is not installed here (on Debian or Ubuntu: the package postgresql)"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(f"{told}; in CI nothing is skipped")
        pytest.skip(told)
    with postgres.server(programs) as running:
        yield running


@pytest.fixture(scope="session")
def new_database(server: postgres.Server) -> Callable[[], str]:
    """Make a new PostgreSQL database at each call, and return its address."""
    return server.new_database


@pytest.fixture(params=["files", "server"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a planner may be: in a folder, and in a database on a server."""
    if request.param == "files":
        return str(tmp_path / "cohorts.db")
    return request.getfixturevalue("new_database")()


@pytest.fixture(scope="session")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    """Processes that work on a store until they are killed."""
    with nursery_in(tmp_path_factory.mktemp("told")) as kept:
        yield kept


@pytest.fixture(scope="session")
def states(paired: Cohort, tmp_path_factory: pytest.TempPathFactory) -> tuple[Cohort, ...]:
    """Three states of one cohort."""
    return three_states(paired, tmp_path_factory.mktemp("overlay"))


@pytest.fixture(scope="session")
def sources(
    states: tuple[Cohort, ...], tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[str, str]]:
    """The states by themselves, each in a planner where another process finds it."""
    return kept_apart(states, tmp_path_factory.mktemp("states"))


@pytest.fixture
def copied(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], str]:
    """Copy a store, a folder or a database, and return where the copy is."""

    def made(place: str) -> str:
        if "://" in place:
            server: postgres.Server = request.getfixturevalue("server")
            return server.new_database(like=place.rpartition("/")[2])
        return str(shutil.copytree(place, tmp_path_factory.mktemp("copy") / "cohorts.db"))

    return made


@pytest.fixture
def form(tmp_path: Path) -> Callable[..., Path]:
    """Write a small form file with a head and rows and return its path."""

    def written(*rows: str, head: str = HEAD, name: str = "form.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
        return path

    return written
