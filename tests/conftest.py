"""What tests of every room may ask for: the shared models, the outside results, a browser."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from cstools.languages import speak

# What every model of a kind is held to says why it failed, as a test written there would.
pytest.register_assert_rewrite("tests.facets.teaching_model", "tests.archetypes.every_archetype")

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
IN_CI = os.environ.get("CI", "").lower() == "true"
CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)

# A busy machine is no fault of what is tested; in CI, Hypothesis has the same rule of its own.
if not IN_CI:
    settings.register_profile("patient", deadline=None)
    settings.load_profile("patient")


# Twelve thousand tests and what they import stay until the end. To look through them again and
# again for what can be thrown away takes a quarter as long as to collect them.
gc.disable()


def pytest_collection_finish() -> None:
    """From here on only what tests make is looked through."""
    gc.freeze()
    gc.enable()


def missing(what: str) -> None:
    """Skip on a person's machine; fail where everything has to be there."""
    if IN_CI:
        pytest.fail(f"{what}; in CI nothing is skipped")
    pytest.skip(what)


def shared_folder(name: str) -> Path:
    folder = SHARED / name
    if not folder.is_dir():
        missing(f"the folder shared/{name} is not beside this project")
    return folder


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """What a test speaks, it speaks alone."""
    yield
    speak("en")


@pytest.fixture(scope="session")
def test_models() -> Path:
    """Model files with expected outputs, from the field's shared collection."""
    return shared_folder("test-models")


@pytest.fixture(scope="session")
def goldens() -> Path:
    """Results that another program computed."""
    return shared_folder("goldens")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a Chromium on this machine; the environment variable CHROMIUM names another."""
    if CHROMIUM is None:
        missing("no Chromium on this machine (on Debian: apt install chromium)")
    return str(CHROMIUM)
