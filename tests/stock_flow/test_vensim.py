"""Vensim files: what stands in them, and what becomes of it in a model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from cstools import CstoolsError, read_model
from cstools.stock_flow.parts import Constant, Flow
from tests.stock_flow.vensim_models import read, written


def test_the_parts_that_vensim_leaves_unnamed_get_names_of_their_own(tmp_path: Path) -> None:
    model = read(
        tmp_path,
        """
        Pop = INTEG(2 * births, 1)
        Money = INTEG(change in pop, 0)
        births = 1
        change in pop = births * Pop / 10
        f = WITH LOOKUP(Time, ([(0,0)-(9,9)],(0,1),(9,1))) + WITH LOOKUP(Time, ((0,5),(9,5)))
        """,
        stop=3,
    )
    run = model.run()
    assert list(run["Pop"]) == [1, 3, 5, 7]
    np.testing.assert_allclose(run["Money"], [0, 0.1, 0.4, 0.9], rtol=1e-12)  # float64
    assert run["f"][0] == 6


def test_the_flows_of_a_vensim_stock_are_found_again(test_models: Path) -> None:
    model = read_model(test_models / "samples" / "SIR" / "SIR.mdl")
    flow = model["Succumbing"]
    assert isinstance(flow, Flow)
    assert (flow.out_of, flow.into) == ("Susceptible", "Infectious")


def test_a_variable_that_two_stocks_take_in_is_no_flow(tmp_path: Path) -> None:
    model = read(
        tmp_path,
        """
        rain = 2
        sun = Time
        lake = INTEG(rain + sun, 0)
        pond = INTEG(sun, 0)
        """,
    )
    assert model["sun"].kind == "auxiliary"
    assert model["change in lake"].kind == model["change in pond"].kind == "flow"


def test_an_array_of_stocks_has_arrays_of_flows(tmp_path: Path) -> None:
    model = read(
        tmp_path,
        """
        Region: North, South
        people[Region] = INTEG(births[Region] - deaths[Region], 100)
        births[Region] = 0.1 * people[Region]
        deaths[Region] = 0.02 * people[Region]
        """,
    )
    births, deaths = model["births[Region]"], model["deaths[Region]"]
    assert isinstance(births, Flow)
    assert isinstance(deaths, Flow)
    assert births.into == deaths.out_of == "people[Region]"


def test_units_ranges_and_comments_are_kept(tmp_path: Path) -> None:
    model = read(
        tmp_path,
        """
        birth rate = 0.1 ~ 1/Year [0, 1] ~ Births for each person. |
        people = INTEG(births, 100) ~ people [0, ?] ~ All of them. |
        births = people * birth rate ~ people/Year ~ |
        """,
    )
    rate = model["birth rate"]
    assert isinstance(rate, Constant)
    assert (rate.units, rate.between, rate.doc) == ("1/Year", (0, 1), "Births for each person.")
    assert [part.name for part in model.sliders()] == ["birth rate"]
    assert (model["people"].units, model.time_units) == ("people", "Month")


@pytest.mark.parametrize(
    ("equation", "value"),
    [
        ("-2 ^ 2", -4.0),  # the minus binds less tightly than the power
        ("2 ^ 3 ^ 2", 512.0),  # powers group from the right
        ("2 ^ -2", 0.25),
        ("10 - -3", 13.0),
        ("007", 7.0),
        ("MODULO(-7, 3)", -1.0),
        ("QUANTUM(7.9, 2.5)", 7.5),
        ("INTEGER(-1.5)", -1.0),
        ("POWER(2, 10)", 1024.0),
        ("XIDZ(1, 0, 9) + ZIDZ(1, 0)", 9.0),
        ("IF THEN ELSE(1 = 1 :AND: :NOT: 2 > 3, 5, 6)", 5.0),
        ("{a comment} 3", 3.0),
        ("LOG(8, 2)", 3.0),
        ("GAME(4)", 4.0),
        ("RANDOM 0 1() * 0", 0.0),
        (":NA:", -(2.0**109)),  # Vensim's number for what there is not
    ],
)
def test_an_expression_means_what_it_means_in_vensim(
    tmp_path: Path, equation: str, value: float
) -> None:
    assert read(tmp_path, f"x = {equation}").run()["x"][0] == pytest.approx(value, rel=1e-12)


def test_names_hold_words_that_mean_something_elsewhere(tmp_path: Path) -> None:
    model = read(
        tmp_path,
        """
        births and deaths = 2
        "if, then (or not)" = 3
        sum or else = births and deaths + "if, then (or not)"
        """,
    )
    assert model.run()["sum or else"][0] == 5


def test_a_smooth_does_not_forget_what_follows_the_point(tmp_path: Path) -> None:
    # PySD 3.14 truncates the input where the initial value is an integer, and has 1.0 here.
    run = read(tmp_path, "x = SMOOTHI(1.9, 5, 1)").run()
    assert run["x"][1] == pytest.approx(1.18, rel=1e-12)


def test_a_delay_n_takes_its_number_of_stages_once(tmp_path: Path) -> None:
    text = """
        input = STEP(10, 2)
        order = 2 + STEP(1, 5)
        x = DELAY N(input, 6, 0, order)
        two = DELAY N(input, 6, 0, 2)
        """
    run = read(tmp_path, text, stop=30).run()
    np.testing.assert_array_equal(run["x"], run["two"])
    assert run["x"][-1] == pytest.approx(10, rel=1e-2)  # almost all of it has come through


def test_a_delay_n_that_is_short_has_as_many_stages_as_fit(tmp_path: Path) -> None:
    text = """
        input = STEP(10, 2)
        x = DELAY N(input, 2.5, 0, 3)
        two = DELAY N(input, 2.5, 0, 2)
        """
    run = read(tmp_path, text).run()
    np.testing.assert_array_equal(run["x"], run["two"])


def test_a_delay_n_gives_out_all_that_it_took_in(tmp_path: Path) -> None:
    text = """
        input = STEP(10, 2) - STEP(10, 6)
        time to come = 4 + STEP(3, 4)
        x = DELAY N(input, time to come, 0, 3)
        taken in = INTEG(input, 0)
        given out = INTEG(x, 0)
        """
    run = read(tmp_path, text, stop=200).run()
    # The chain empties by a seventh or more of its last stage each step: e-14 is left of it.
    np.testing.assert_allclose(run["given out"][-1], run["taken in"][-1], rtol=1e-9)


def test_a_final_time_that_moves_ends_the_run_when_it_has_come(tmp_path: Path) -> None:
    path = written(tmp_path, "x = Time * 2")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("= 10 ~", "= IF THEN ELSE(x > 11, Time, 100) ~"), "utf-8")
    assert read_model(path).stop == 6


def test_control_variables_may_be_computed_from_constants(tmp_path: Path) -> None:
    path = written(tmp_path, "years = 3\nmonths = years * 12\nsaved = SAVEPER * 2")
    text = path.read_text(encoding="utf-8")
    text = text.replace("FINAL TIME = 10", "FINAL TIME = INITIAL TIME + months")
    path.write_text(text.replace("= TIME STEP", "= 2 * TIME STEP"), "utf-8")
    model = read_model(path)
    assert (model.start, model.stop, model.dt) == (0, 36, 1)
    assert list(model.run().time[:3]) == [0, 2, 4]
    assert model.run()["saved"][0] == 4


def test_a_variable_for_the_time_step_is_the_time_step(tmp_path: Path) -> None:
    assert read(tmp_path, "dt = TIME STEP\nx = dt * 2", dt=0.5).run()["x"][0] == 1


def test_a_sample_an_initial_and_an_active_initial_remember(tmp_path: Path) -> None:
    text = """
        wave = SIN(Time)
        held = SAMPLE IF TRUE(wave > 0.9, Time, -1)
        first = INITIAL(Time + 5)
        a = ACTIVE INITIAL(level * 2, 7)
        level = INTEG(a - level, a)
        """
    run = read(tmp_path, text).run()
    assert list(run["held"][:4]) == [-1, -1, 2, 2]
    assert set(run["first"]) == {5}
    assert (run["level"][0], run["a"][0]) == (7, 14)


def test_lookups_go_on_beyond_their_ends_as_the_function_says(tmp_path: Path) -> None:
    text = """
        f((0,0),(2,4),(4,5))
        level = f(6)
        beyond = LOOKUP EXTRAPOLATE(f, 6)
        next = LOOKUP FORWARD(f, 2.5)
        before = LOOKUP BACKWARD(f, 2.5)
        back = LOOKUP INVERT(f, 4.5)
        """
    run = read(tmp_path, text).run()
    found = [run[name][0] for name in ("level", "beyond", "next", "before", "back")]
    assert found == [5, 6, 5, 4, 3]


BOTH_READ = ["teacup/teacup.mdl", "SIR/SIR.mdl", "pendulum/Single_Pendulum.mdl"]


@pytest.mark.parametrize("sample", BOTH_READ)
def test_a_model_survives_a_round_trip_through_xmile(
    test_models: Path, tmp_path: Path, sample: str
) -> None:
    model = read_model(test_models / "samples" / sample)
    again = read_model(model.write(tmp_path / "again.xmile"))
    run, twice = model.run(), again.run()
    for name in run.names:
        np.testing.assert_array_equal(twice[name], run[name])


@pytest.mark.parametrize(
    "points",
    [
        "(0,0),(2,4),(4,5)",
        "[(0,0)-(9,9)],(0,0),(2,4),(4,5)",
        "[(0,0)-(9,9),(1,1),(3,3)],(4,5),(0,0),(2,4)",
        "0, 2, 4, 0, 4, 5",  # Vensim's older form: every x, and then every y
    ],
)
def test_points_are_written_in_several_ways(tmp_path: Path, points: str) -> None:
    assert list(read(tmp_path, f"f({points})\nx = f(Time)", 4).run()["x"]) == [0, 2, 4, 4.5, 5]


def test_a_sketch_is_no_part_of_the_model(tmp_path: Path) -> None:
    path = written(tmp_path, "x = 1")
    with path.open("a", encoding="utf-8") as file:
        file.write('\n\\\\\\---/// Sketch information ~ | "\n*View 1\n')
    assert read_model(path).names == ("x",)


@pytest.mark.parametrize(
    ("number", "method"),
    [(0, "euler"), (1, "rk4"), (2, "euler"), (3, "heun"), (4, "heun"), (5, "rk4")],
)
def test_a_file_says_how_it_is_integrated(tmp_path: Path, number: int, method: str) -> None:
    path = written(tmp_path, "x = INTEG(x, 1)")
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n\\\\\\---/// Sketch\n///---\\\\\\\n:L\x7f<%^E!@\n15:0,0,0,{number},0,0\n")
    assert read_model(path).method == method


def test_an_equation_without_a_comment_is_one_as_well(tmp_path: Path) -> None:
    model = read(
        tmp_path, "********************* .Group *************~ Of some parts. |\nx = 1 ~ m |"
    )
    assert [(part.name, part.units) for part in model.parts.values()] == [("x", "m")]


def test_an_older_file_is_read_in_its_own_encoding(tmp_path: Path) -> None:
    path = tmp_path / "old.mdl"
    path.write_bytes(written(tmp_path, "größe = 1").read_text("utf-8")[8:].encode("cp1252"))
    assert read_model(path).names == ("größe",)


def test_nothing_in_a_file_is_evaluated_as_python(tmp_path: Path) -> None:
    touched = tmp_path / "touched"
    harm = f"[__import__('pathlib').Path('{touched}').touch()]"
    text = f"f({harm},(0,0),(1,1))\nx = f(Time) + WITH LOOKUP(Time, ({harm},(0,0),(1,1)))"
    read(tmp_path, text).run()
    assert not touched.exists()


def test_a_damaged_file_is_told_by_its_place(tmp_path: Path) -> None:
    path = written(tmp_path, "x = 1")
    path.write_text(path.read_text(encoding="utf-8")[:-4], encoding="utf-8")
    with pytest.raises(CstoolsError) as found:
        read_model(path)
    assert str(found.value) == (
        "'model.mdl': it breaks off or is damaged from 'SAVEPER = TIME STEP ~ Month' on; "
        "an entry reads equation ~ units ~ comment |"
    )


def test_words_that_a_file_takes_for_one_unit_are_one(tmp_path: Path) -> None:
    text = """
        heap = INTEG(filling, 0) ~ spoon ~ |
        filling = 1 ~ scoops/Month ~ |
        """
    plain = read(tmp_path, text)
    assert not plain.check_units().consistent
    path = written(tmp_path, text)
    settings = (
        "\\\\\\---/// Sketch information\n///---\\\\\\\n:L<%^E!@\n22:spoon,scoops\n15:0,0,0,0,0,0\n"
    )
    path.write_text(path.read_text("utf-8") + settings, "utf-8")
    model = read_model(path)
    assert model.same_units == {"scoops": "spoon"}
    assert model.check_units().consistent
