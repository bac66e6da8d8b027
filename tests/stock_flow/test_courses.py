"""A constant that follows points over time: the same in every engine, in a file, and in a page."""

from __future__ import annotations

import json
import shutil
import subprocess

import numpy as np
import pytest

from cstools import read_model
from cstools.errors import ModelError, UnknownNameError
from cstools.stock_flow.courses import courses
from cstools.stock_flow.model import StockFlow
from tests.conftest import missing

FALLING = [(2025, 40), (2045, 20)]


@pytest.fixture
def air() -> StockFlow:
    model = StockFlow("Air", start=2020, stop=2060, dt=1, time_units="year")
    model.stock("carbon", 800, "GtC")
    model.flow("release", "emissions", into="carbon", units="GtC/year")
    model.flow("uptake", "carbon * rate", out_of="carbon", units="GtC/year")
    model.constant("emissions", 10, "GtC/year", "What is let out.", between=(0, 80))
    model.constant("rate", 0.01, "1/year")
    return model


def test_between_two_points_the_way_is_straight_and_beyond_them_level(air: StockFlow) -> None:
    run = air.with_course("emissions", FALLING).run()
    at = dict(zip(run.time, run["emissions"], strict=True))
    assert [at[t] for t in (2020, 2025, 2035, 2045, 2060)] == [40, 40, 30, 20, 20]


def test_in_steps_each_value_holds_until_the_next(air: StockFlow) -> None:
    run = air.with_course("emissions", FALLING, steps=True).run()
    at = dict(zip(run.time, run["emissions"], strict=True))
    assert [at[t] for t in (2020, 2025, 2044, 2045, 2060)] == [40, 40, 40, 20, 20]


def test_one_point_alone_is_a_level_course(air: StockFlow) -> None:
    level = air.with_course("emissions", [(2030, 10)]).run()
    np.testing.assert_array_equal(level["carbon"], air.run()["carbon"])


def test_the_model_itself_stays_as_it_was(air: StockFlow) -> None:
    before = air.parts
    air.with_course("emissions", FALLING)
    assert air.parts == before


def test_units_and_words_stay(air: StockFlow) -> None:
    part = air.with_course("emissions", FALLING)["emissions"]
    assert (part.kind, part.units, part.doc) == ("auxiliary", "GtC/year", "What is let out.")


def test_another_course_takes_the_place_of_the_first(air: StockFlow) -> None:
    twice = air.with_course("emissions", [(2020, 1), (2021, 2)], steps=True)
    twice = twice.with_course("emissions", FALLING)
    assert twice.parts == air.with_course("emissions", FALLING).parts


def test_a_run_can_be_given_a_course_as_well(air: StockFlow) -> None:
    given = air.run({"emissions": FALLING, "rate": 0.02})
    made = air.with_course("emissions", FALLING).run({"rate": 0.02})
    np.testing.assert_array_equal(given["carbon"], made["carbon"])


def test_a_run_that_is_given_one_number_for_a_course_holds_it_level(air: StockFlow) -> None:
    level = air.with_course("emissions", FALLING).run({"emissions": 10})
    np.testing.assert_array_equal(level["carbon"], air.run()["carbon"])


def test_scenarios_may_be_courses(air: StockFlow) -> None:
    both = air.scenarios({"as it is": {}, "falling": {"emissions": FALLING}})
    made = air.with_course("emissions", FALLING).run()
    np.testing.assert_array_equal(both["falling"]["carbon"], made["carbon"])


def test_a_run_keeps_the_steps_of_the_model_it_is_given_to(air: StockFlow) -> None:
    stepped = air.with_course("emissions", [(2020, 1)], steps=True)
    run = stepped.run({"emissions": FALLING})
    assert run["emissions"][24] == 40  # 2044


def test_what_a_course_lets_in_is_the_area_under_its_points() -> None:
    # Without uptake a stock holds the area under the course; heun's rule is the trapezium, which
    # is exact for straight lines between whole steps: 20 × 30 + 15 × 20 + 5 × 40 = 1100.
    bath = StockFlow("Area", start=2020, stop=2060, dt=1, method="heun")
    bath.stock("carbon", 0)
    bath.flow("release", "emissions", into="carbon")
    bath.constant("emissions", 0)
    run = bath.with_course("emissions", FALLING).run()
    assert run["carbon"][-1] == pytest.approx(1100, rel=1e-12)


@pytest.mark.parametrize("steps", [False, True])
@pytest.mark.parametrize("engine", ["fast", "pysd"])
# Importing PySD brings chardet's own notice that one of its modules has moved.
@pytest.mark.filterwarnings("ignore:chardet")
def test_every_engine_follows_it(air: StockFlow, engine: str, steps: bool) -> None:
    model = air.with_course("emissions", FALLING, steps)
    ours, theirs = model.run(), model.run(engine=engine)
    for name in ("emissions", "carbon"):
        # The same sums in binary64; 1e-12 leaves room for another order of adding.
        np.testing.assert_allclose(theirs[name], ours[name], rtol=1e-12)


def test_a_file_has_it_as_a_graphical_function_of_time(air: StockFlow, tmp_path) -> None:
    model = air.with_course("emissions", FALLING)
    file = model.write(tmp_path / "air.xmile")
    text = " ".join(file.read_text("utf-8").split())
    assert "<xpts>2025,2045</xpts> <ypts>40,20</ypts> </gf> <eqn>TIME</eqn>" in text
    again = read_model(file)
    np.testing.assert_array_equal(again.run()["carbon"], model.run()["carbon"])
    assert [c.points for c in courses(again)] == [c.points for c in courses(model)]


@pytest.mark.filterwarnings("ignore")  # PySD's own notices
def test_pysd_opens_that_file(air: StockFlow, tmp_path) -> None:
    from cstools.stock_flow.quiet_pysd import pysd

    model = air.with_course("emissions", FALLING)
    loaded = pysd.read_xmile(str(model.write(tmp_path / "air.xmile")))
    theirs = loaded.run(return_columns=["carbon"])["carbon"].to_numpy()
    np.testing.assert_allclose(theirs, model.run()["carbon"], rtol=1e-12)  # another order of adding


def test_the_loops_of_the_map_are_the_same(air: StockFlow) -> None:
    plain, follows = air.causal_loops(), air.with_course("emissions", FALLING).causal_loops()
    loops = [{(loop.polarity, *loop.variables) for loop in d.loops()} for d in (plain, follows)]
    assert loops[0] == loops[1] == {("B", "carbon", "uptake")}
    links = {(link.cause, link.effect, link.polarity) for link in follows.links}
    assert ("emissions", "release", "+") in links


def test_an_array_follows_one_course_or_one_for_an_element(air: StockFlow) -> None:
    pond = StockFlow("Two ponds", stop=3)
    pond.dimension("Pond", ["North", "South"])
    pond.stock("water[Pond]", 1)
    pond.flow("rain[Pond]", "shower[Pond]", into="water")
    pond.constant("shower[Pond]", [1, 2])
    north = pond.with_course("shower[North]", [(0, 1), (3, 4)]).run()
    assert north["water[North]"].tolist() == [1, 2, 4, 7]
    assert north["water[South]"].tolist() == [1, 3, 5, 7]
    both = pond.with_course("shower", [(0, 1), (3, 4)]).run()
    assert both["water"].tolist() == [[1, 1], [2, 2], [4, 4], [7, 7]]


@pytest.mark.parametrize(
    ("points", "lesson"),
    [
        ([], "a course needs at least one point (time, value): [(2025, 40), (2050, 20)]"),
        (
            [(2030, 1), (2025, 2)],
            "the times of a course rise from point to point, and 2025 comes after 2030; put its "
            "points in order, each time once",
        ),
        (
            [(2025, float("nan"))],
            "nan is not a number; write the number alone, and its unit as units=",
        ),
        (
            [(2025, 1, 2)],
            "a course is a list of points (time, value), such as [(2025, 40), (2050, 20)]; "
            "(2025, 1, 2) has 3 numbers",
        ),
        (
            40,
            "a course is a list of points (time, value), such as [(2025, 40), (2050, 20)]; 40 is "
            "no list",
        ),
    ],
)
def test_what_is_no_course_is_a_lesson(air: StockFlow, points: object, lesson: str) -> None:
    with pytest.raises(ModelError) as error:
        air.with_course("emissions", points)
    assert str(error.value) == f"constant 'emissions': {lesson}"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("carbon", "stock 'carbon' changes through its flows"),
        ("uptake", "flow 'uptake' is computed by an equation"),
        ("course of rate", "lookup 'course of rate' is a relation"),
    ],
)
def test_only_a_constant_can_follow_a_course(air: StockFlow, name: str, why: str) -> None:
    with pytest.raises(ModelError) as error:
        air.with_course("rate", [(2020, 0.01)]).with_course(name, FALLING)
    assert str(error.value) == (
        f"{why}; only a constant can follow a course. Give the equation a constant, and let that "
        "follow it"
    )


def test_an_unknown_name_offers_the_nearest(air: StockFlow) -> None:
    with pytest.raises(UnknownNameError) as error:
        air.with_course("emision", FALLING)
    assert str(error.value) == (
        "model 'Air': nothing is called 'emision'; did you mean 'emissions'?"
    )


def test_a_page_runs_it_with_other_points_and_no_new_code(air: StockFlow, tmp_path) -> None:
    node = shutil.which("node")
    if node is None:
        missing("no Node.js on this machine (on Debian: apt install nodejs)")
    model = air.with_course("emissions", [(2020, 10)], steps=True)
    (course,) = courses(model)
    own = [800, 0.01]  # the program's parameters: the first value, and the rate
    tables = {course.table: [[2025, 2045], [40, 20], course.mode]}
    ask = f"""{model.javascript(["carbon"])}
    const ran = (tables) => [...simulate({own}, 2020, 1, 40, 1, 0, tables).columns[0]];
    console.log(JSON.stringify([ran(), ran({json.dumps(tables)})]));"""
    (tmp_path / "ask.js").write_text(ask, "utf-8")
    told = subprocess.run([node, str(tmp_path / "ask.js")], capture_output=True, check=True)
    plain, drawn = json.loads(told.stdout)
    assert plain == model.run()["carbon"].tolist()
    assert drawn == model.run({"emissions": FALLING})["carbon"].tolist()
