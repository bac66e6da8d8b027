"""What is written as XMILE: the words of the file, and how other programs take it."""

from __future__ import annotations

import warnings
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstools import CstoolsError, StockFlow, read_model
from cstools.engine.many_runs import evaluate
from cstools.equations.functions import FUNCTIONS
from cstools.equations.tree import Apply, Number, Tree, walk
from cstools.stock_flow.quiet_pysd import pysd
from cstools.stock_flow.xmile import writing
from cstools.stock_flow.xmile.portable import portable
from tests.stock_flow.test_xmile_roundtrip import again, check_same

NAMESPACE = "{http://docs.oasis-open.org/xmile/ns/XMILE/v1.0}"


def written(model: StockFlow, folder: Path) -> str:
    """Return the text of a model's file, without its picture."""
    file = writing.write(model, folder / "model.xmile", picture=False)
    return file.read_text(encoding="utf-8")


def equations(model: StockFlow, folder: Path) -> dict[str, str]:
    """Return the equation of each variable of a model's file, by name."""
    root = ET.fromstring(written(model, folder))
    return {
        element.get("name", ""): element.findtext(f"{NAMESPACE}eqn", "")
        for element in root.iter()
        if element.find(f"{NAMESPACE}eqn") is not None
    }


# --- letter for letter --------------------------------------------------------------------------


def test_a_written_model_is_read_back_as_it_was(two_tubs: StockFlow, tmp_path: Path) -> None:
    copy = read_model(two_tubs.write(tmp_path / "tubs.xmile"))
    assert copy.parts == two_tubs.parts
    assert copy.clock == two_tubs.clock
    np.testing.assert_array_equal(copy.run()["lower"], two_tubs.run()["lower"])


@pytest.mark.parametrize(
    "equation",
    ["(upper+  2)/ 3 * 0.5", "MAX(upper, 2) * 0.01", "IF upper > 5 THEN 1 ELSE 0", "upper^1.0e-2"],
)
def test_equation_text_is_written_letter_for_letter(
    two_tubs: StockFlow, tmp_path: Path, equation: str
) -> None:
    two_tubs.flow("draining", equation, out_of="upper", into="lower")
    copy = read_model(two_tubs.write(tmp_path / "tubs.xmile"))
    assert copy["draining"] == two_tubs["draining"]


def test_words_that_stand_together_are_spelled_as_xmile_asks(
    coffee: StockFlow, tmp_path: Path
) -> None:
    assert (
        equations(coffee, tmp_path)["cooling"] == "(temperature - room_temperature) / cooling_time"
    )


def test_a_slider_comes_back_from_a_file(coffee: StockFlow, tmp_path: Path) -> None:
    coffee.stock("temperature", 90, units="degC", between=(0, 100))
    copy = again(coffee, tmp_path)
    assert [(part.name, part.between) for part in copy.sliders()] == [
        ("temperature", (0, 100)),
        ("cooling time", (1, 30)),
    ]


def test_a_model_that_cannot_run_is_not_written(coffee: StockFlow, tmp_path: Path) -> None:
    coffee.flow("leak", "unheard of", out_of="temperature")
    with pytest.raises(CstoolsError, match="nothing in this model is called 'unheard of'"):
        coffee.write(tmp_path / "coffee.xmile")
    assert list(tmp_path.iterdir()) == []


def test_an_unwritable_place_leaves_nothing_behind(coffee: StockFlow, tmp_path: Path) -> None:
    place = tmp_path / "not there" / "coffee.xmile"
    with pytest.raises(CstoolsError) as found:
        coffee.write(place)
    assert str(found.value) == f"'{place}' cannot be written: No such file or directory"


# --- functions that XMILE does not have -----------------------------------------------------------

CLOCK = {"time": np.array([3.0]), "dt": np.array([0.25])}
some_number = st.integers(-40, 40).map(lambda n: n / 4) | st.floats(-1e6, 1e6)
OTHERS = {
    "integer": 1, "modulo": 2, "quantum": 2, "xidz": 3, "during": 2, "pulse_train": 4, "ramp": 3,
    "log": 2, "choose": 6, "sum": 5, "prod": 5, "mean": 5, "stddev": 5, "min": 5, "max": 5,
}  # fmt: skip


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("name", OTHERS)
@settings(max_examples=30)
@given(numbers=st.lists(some_number, min_size=6, max_size=6))
def test_a_function_of_ours_is_said_in_functions_of_xmile(name: str, numbers: list[float]) -> None:
    ours = Apply(name, tuple(map(Number, numbers[: OTHERS[name]])))
    theirs = portable(ours)
    told, expected = (float(np.ravel(evaluate(t, CLOCK, {}))[0]) for t in (theirs, ours))
    size = max(1.0, *map(abs, numbers)) ** (5 if name == "prod" else 1)
    # A sum may be added in another order, each step of it rounded.
    assert told == pytest.approx(expected, rel=1e-12, abs=1e-14 * size, nan_ok=True)
    assert all(len(call.arguments) < 3 or call.function == "if" for call in _calls(theirs))


def _calls(tree: Tree) -> list[Apply]:
    return [node for node in walk(tree) if isinstance(node, Apply) and node.function in FUNCTIONS]


def test_what_vensim_alone_has_is_written_in_xmile(coffee: StockFlow, tmp_path: Path) -> None:
    coffee.auxiliary("half", "zidz(temperature, 2)")
    coffee.auxiliary("begun", "active_initial(temperature, 3)")
    coffee.auxiliary("warm", "if temperature > 30 then 1 else 0")
    told = equations(coffee, tmp_path)
    # PySD and Simlin both read 1e-06.
    assert told["half"] == "(IF ABS(2) < 1e-06 THEN 0 ELSE temperature / 2)"
    assert told["warm"] == "(IF temperature > 30 THEN 1 ELSE 0)"
    assert "<init_eqn>3</init_eqn>" in written(coffee, tmp_path)
    check_same(again(coffee, tmp_path).run(), coffee.run())


# --- lookups --------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["interpolate", "extrapolate", "step", "forward"])
def test_a_lookup_keeps_its_mode(coffee: StockFlow, tmp_path: Path, mode: str) -> None:
    coffee.lookup("effect", [(0, 1), (20, 3), (30, 2)], mode=mode)
    coffee.auxiliary("felt", "effect(time) + lookup_extrapolate(effect, time)")
    coffee.auxiliary("seen", "effect(time / 2)")
    copy = again(coffee, tmp_path)
    assert copy["effect"] == coffee["effect"]
    check_same(copy.run(), coffee.run())


def test_a_lookup_that_one_variable_alone_calls_stands_inside_it(
    coffee: StockFlow, tmp_path: Path
) -> None:
    coffee.lookup("effect", [(0, 1), (20, 3)])
    coffee.auxiliary("felt", "effect(temperature)")
    root = ET.fromstring(written(coffee, tmp_path))
    holder = next(e for e in root.iter(f"{NAMESPACE}aux") if e.get("name") == "felt")
    graph = holder.find(f"{NAMESPACE}gf")
    assert graph is not None
    assert graph.get("name") == "effect"
    assert holder.findtext(f"{NAMESPACE}eqn") == "temperature"
    copy = again(coffee, tmp_path)
    assert (copy["felt"], copy["effect"]) == (coffee["felt"], coffee["effect"])


# --- arrays ---------------------------------------------------------------------------------------


@pytest.fixture
def regions() -> StockFlow:
    model = StockFlow("Regions", stop=5)
    model.dimension("Region", ["North Bay", "South"])
    model.dimension("Age", 2)
    model.stock("people[Region, Age]", [[1, 2], [3, 4]], units="people")
    model.flow("births[Region]", "sum(people[Region, *]) * rate[Region]", into="people[Region, 1]")
    model.constant("rate[Region]", {"North Bay": 0.5, "South": 1})
    model.auxiliary("share[Region, Age]", "people / sum(people)")
    model.auxiliary("place[Region]", "Region")
    model.auxiliary("place[South]", "10")
    return model


def test_arrays_run_to_the_same_numbers(regions: StockFlow, tmp_path: Path) -> None:
    copy = again(regions, tmp_path)
    check_same(copy.run(), regions.run())
    assert copy.dimensions == regions.dimensions


def test_an_equation_of_a_whole_array_is_written_once(regions: StockFlow, tmp_path: Path) -> None:
    told = equations(regions, tmp_path)
    assert told["share"] == "people / sum(people)"
    assert told["births"] == "sum(people[Region, *]) * rate[Region]"


def test_a_flow_into_a_part_of_an_array_keeps_a_stock_above_zero(tmp_path: Path) -> None:
    model = StockFlow("tanks", stop=6)
    model.dimension("Tank", ["a", "b"])
    model.stock("water[Tank]", [9, 1], non_negative=True)
    model.flow("leak", 2, out_of="water[a]", into="water[b]")
    model.flow("spill", 5, out_of="water[b]")
    copy = again(model, tmp_path)
    check_same(copy.run(), model.run())
    assert model.run()["water[b]"].min() == 0


def test_an_array_of_lookups_and_a_mapped_dimension_are_written_out(tmp_path: Path) -> None:
    model = StockFlow("mapped", stop=5)
    model.dimension("Region", ["North", "South"])
    model.dimension("City", ["Oslo", "Rome"], maps={"Region": ["South", "North"]})
    model.stock("level", 0)
    model.flow("rising", "sum(seen[*])", into="level")
    model.lookup("effect[Region]", [(0, 0), (5, 10)])
    model.lookup("effect[South]", [(0, 5), (5, 5)])
    model.constant("height[Region]", [1, 2])
    model.auxiliary("seen[City]", "height[Region] + effect[Region](time) * effect[Region](1)")
    check_same(again(model, tmp_path).run(), model.run())


# --- modules --------------------------------------------------------------------------------------


def test_a_name_with_a_point_is_one_name_in_the_file_and_comes_back(tmp_path: Path) -> None:
    model = StockFlow("modules", stop=3)
    model.stock("tub.water", 1)
    model.flow("tub.filling", "tub.tap * 2", into="tub.water")
    model.constant("tub.tap", 3)
    model.constant("tub_tap", 4)
    told = written(model, tmp_path)
    assert 'name="tub_water"' in told
    assert "<inflow>tub_filling</inflow>" in told
    copy = again(model, tmp_path)
    assert copy.parts.keys() == model.parts.keys()
    check_same(copy.run(), model.run())


# --- other programs -------------------------------------------------------------------------------


def test_a_file_is_opened_with_its_picture(coffee: StockFlow, tmp_path: Path) -> None:
    root = ET.parse(coffee.write(tmp_path / "coffee.xmile")).getroot()
    view = root.find(f"{NAMESPACE}model/{NAMESPACE}views/{NAMESPACE}view")
    assert view is not None
    shown = {element.get("name") for element in view} - {None}
    assert shown == {"temperature", "cooling", "room_temperature", "cooling_time"}


def _in_pysd(file: Path) -> dict[str, np.ndarray]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # PySD's own, about pandas
        frame = pysd.read_xmile(str(file)).run()
    return {name: frame[name].to_numpy() for name in frame.columns}


def test_pysd_runs_what_is_written(tmp_path: Path) -> None:
    model = StockFlow("both", stop=6)
    model.dimension("Region", ["North", "South"])
    model.stock("people[Region]", 20)
    model.flow("births[Region]", "people * rate[Region] * effect", into="people")
    model.constant("rate[Region]", [0.1, 0.2])
    model.lookup("crowding", [(0, 1), (40, 0)])
    model.auxiliary("effect", "crowding(people[North])")
    model.auxiliary("grown", "if people[South] > 30 then 1 else integer(-people[North] / 4)")
    run = model.run()
    found = _in_pysd(model.write(tmp_path / "both.xmile"))
    for name, column in (("people[North]", "people[North]"), ("people[South]", "people[South]")):
        np.testing.assert_allclose(found[column], run[name], rtol=1e-12)
    np.testing.assert_allclose(found["grown"], run["grown"])


def test_simlin_runs_what_is_written(two_tubs: StockFlow, tmp_path: Path) -> None:
    simlin = pytest.importorskip("simlin")
    run = two_tubs.run()
    simulation = simlin.load(two_tubs.write(tmp_path / "tubs.xmile")).simulate()
    simulation.run_to_end()
    for name in ("upper", "lower", "draining"):
        np.testing.assert_allclose(simulation.get_series(name), run[name], rtol=1e-12)


def test_pysd_rounds_towards_zero_where_the_standard_rounds_down(coffee: StockFlow) -> None:
    """PySD 3.14 gives XMILE's INT the meaning of Vensim's INTEGER."""
    coffee.auxiliary("down", "int(-1.5)")
    coffee.auxiliary("nearer", "integer(-1.5)")
    ours, theirs = coffee.run(), coffee.run(engine="pysd")
    assert (ours["down"][0], theirs["down"][0]) == (-2, -1)
    assert ours["nearer"][0] == theirs["nearer"][0] == -1


def test_functions_inside_one_another_that_xmile_lacks_end_in_a_sentence(tmp_path: Path) -> None:
    model = StockFlow("nested")
    model.stock("heap", 1)
    model.auxiliary("deep", "modulo(" * 20 + "heap" + ", 7)" * 20)
    with pytest.raises(CstoolsError) as caught:
        model.write(tmp_path / "nested.xmile")
    assert str(caught.value) == (
        "auxiliary 'deep': in the functions that XMILE has, this equation would be too long to "
        "read; give the inner part a name of its own, as an auxiliary"
    )
