"""World3 from a file: it is found, opened, and does what was published of it.

World3 belongs to its authors and is in no folder of this project. To test with a file of it, name
the file in the environment variable WORLD3, or put it into the folder ``world3`` beside the models
that the tests share.
"""

import os
import time
from pathlib import Path

import pytest

from cstools import StockFlow
from cstools.facets.world.published_world import show_world3, world3_beside
from tests.conftest import SHARED

#: People at their most, and when: of 1974 as published by Meadows and others and computed anew by
#: PyWorld3 (7.062e9, 2027.0); of 2003 as Vensim computed it (7.4668e9, 2026.5).
PUBLISHED = {"1974": (7.06e9, 2027), "2003": (7.467e9, 2026.5)}

#: From the run that Vensim stored beside the file of 2003 (scenario 1): year → people.
VENSIM = {
    1950: 2668279296,
    2000: 6006631424,
    2026.5: 7466755072,
    2050: 6452639232,
    2100: 3463445504,
}


def stand_in(folder: Path, name: str = "my-World3.xmile") -> Path:
    """Write a little model with a name from World3 in it; it is ours, and no part of World3."""
    model = StockFlow("A stand-in", stop=2, dt=0.5)
    model.constant("initial nonrenewable resources", 100, units="units")
    model.stock("resources", "initial nonrenewable resources", units="units")
    model.flow("use", "resources / 10", out_of="resources", units="units/year")
    return model.write(folder / name)


def world3_file() -> Path:
    """Return the file of World3 that this machine has, or skip."""
    named = os.environ.get("WORLD3", "")
    there = [Path(named)] if named else sorted((SHARED / "world3").glob("*.*"))
    if not there:
        pytest.skip("no file of World3 here; it belongs to its authors and is not part of this")
    return there[0]


@pytest.fixture(scope="module")
def world3() -> StockFlow:
    world = world3_beside(world3_file().parent)
    assert world is not None, "the file has no name by which World3 is known"
    return world


def version_of(world: StockFlow) -> str:
    """Return which version of World3 it is, told by a name that only the later one has."""
    return "2003" if "human_welfare_index" in world.parts else "1974"


def test_a_folder_without_such_a_file_gives_nothing(tmp_path):
    (tmp_path / "World3 notes.txt").write_text("A text.")
    stand_in(tmp_path, "another.xmile")
    assert world3_beside(tmp_path) is None


@pytest.mark.parametrize("name", ["World3.xmile", "wrld3-03.xmile", "the World3 of 1974.XMILE"])
def test_a_file_that_is_called_so_is_opened(tmp_path, name):
    stand_in(tmp_path, name)
    world = world3_beside(tmp_path)
    assert world.run()["resources"][-1] < 100


def test_what_is_worth_moving_gets_a_slider_around_its_own_value(tmp_path):
    stand_in(tmp_path)
    world = world3_beside(tmp_path)
    assert [(part.name, part.between) for part in world.sliders()] == [
        ("initial nonrenewable resources", (50, 200))
    ]
    assert world.run({"initial nonrenewable resources": 200})["resources"][0] == 200


def test_of_several_files_the_first_in_the_alphabet_is_taken(tmp_path):
    stand_in(tmp_path, "b world3.xmile")
    first = stand_in(tmp_path, "a world3.xmile")
    first.write_text(first.read_text().replace("A stand-in", "The first"))
    assert world3_beside(tmp_path).name == "The first"


def test_without_a_file_there_is_nothing_to_show(tmp_path):
    assert show_world3(tmp_path) is None


def test_with_a_file_it_opens_and_draws_of_the_chosen_variables_those_that_there_are(tmp_path):
    model = StockFlow("A stand-in", stop=2, dt=0.5)
    model.stock("population", 100, units="people")
    model.stock("fish", 100, units="fish")
    model.write(tmp_path / "World3.xmile")
    shown = show_world3(tmp_path)
    assert shown.shown == ["population"]


def test_people_are_at_their_most_when_it_was_published(world3):
    run = world3.run()
    most, year = PUBLISHED[version_of(world3)]
    people = run["population"]
    # Three digits are published of 1974; the year is that of a curve which lies flat on top.
    assert people.max() == pytest.approx(most, rel=1e-3)
    assert run.time[people.argmax()] == pytest.approx(year, abs=1)


def test_it_runs_as_vensim_ran_it(world3):
    if version_of(world3) != "2003":
        pytest.skip("the run that Vensim stored is of the file of 2003")
    run = world3.run()
    for year, people in VENSIM.items():
        # Vensim keeps seven digits, and adds 400 steps with them.
        assert run["population"][run.time == year] == pytest.approx(people, rel=2e-6), year


def test_it_opens_in_the_explorer_quickly(world3):
    began = time.process_time()
    show_world3(world3_file().parent)
    # Reading and drawing take about two seconds of a processor, however busy it is besides.
    assert time.process_time() - began < 5
