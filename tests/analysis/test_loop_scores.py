"""Which loops matter when: an independent program's result, published models, and properties."""

from __future__ import annotations

import json
import re
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from cstools import CstoolsError, StockFlow, read_model
from cstools.analysis.link_scores import step_gap
from cstools.analysis.loop_scores import LoopScores, loop_scores
from cstools.engine.integrate import RK4
from cstools.names import key
from tests.conftest import SHARED, shared_folder
from tests.engine.random_models import models

# The same sums in another order, over hundreds of steps.
AGREED = 1e-9

GOLDENS = sorted(SHARED.glob("goldens/*.json"))
_SERIES = "Percent of Model Behavior Explained by Loop"


# --- the results of another program -------------------------------------------------------------


def told(file: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return content


def as_model(content: dict[str, Any]) -> StockFlow:
    """Return the model that is told in the same file, part by part."""
    specs, parts = content["model"]["specs"], content["model"]["variables"]
    model = StockFlow("Told", specs["startTime"], specs["stopTime"], specs["dt"])
    ends: dict[str, dict[str, str]] = {}
    for part in parts:
        for flow in part.get("inflows") or ():
            ends.setdefault(key(flow), {})["into"] = part["name"]
        for flow in part.get("outflows") or ():
            ends.setdefault(key(flow), {})["out_of"] = part["name"]
    for part in parts:
        points = (part.get("graphicalFunction") or {}).get("points")
        equation = part["equation"]
        if points:
            table = f"{part['name']} table"
            model.lookup(table, [(p["x"], p["y"]) for p in points])
            equation = f'"{table}"({equation})'
        if part["type"] == "stock":
            model.stock(part["name"], equation)
        elif part["type"] == "flow":
            model.flow(part["name"], equation, **ends.get(key(part["name"]), {}))
        else:
            model.auxiliary(part["name"], equation)
    return model


def with_model(file: Path) -> list[StockFlow]:
    """Return the model of a result: as told beside it, and from its own file where there is one."""
    own = [file.with_suffix(ending) for ending in (".stmx", ".xmile")]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what a picture in the file holds
        return [as_model(told(file)), *(read_model(path) for path in own if path.exists())]


def column(scores: LoopScores, loop: dict[str, Any]) -> int:
    """Return the column of a loop that is told by its links."""
    wanted = {(key(link["from"]), key(link["to"])) for link in loop["links"]}
    for place, own in enumerate(scores.loops):
        if {(key(link.cause), key(link.effect)) for link in own.links} == wanted:
            return place
    raise AssertionError(f"no loop {sorted(wanted)} among {scores.loops}")


@pytest.mark.parametrize("file", GOLDENS, ids=lambda file: file.stem)
def test_every_loop_has_the_share_that_another_program_gives_it(file: Path) -> None:
    loops = told(file)["feedback"]["feedbackLoops"]
    for model in with_model(file):
        scores = model.run().loop_scores()
        for loop in loops:
            times, shares = np.array([(p["time"], p["value"]) for p in loop[_SERIES]]).T
            rows = np.searchsorted(scores.time, times - model.dt / 2)
            own = scores.relative[rows, column(scores, loop)]
            np.testing.assert_allclose(np.abs(own), shares / 100, rtol=0, atol=AGREED)
            assert scores.loops[column(scores, loop)].polarity == (
                {"+": "R", "-": "B"}.get(loop["polarity"], "U")
            )


@pytest.mark.parametrize("file", GOLDENS, ids=lambda file: file.stem)
def test_the_periods_of_dominance_are_those_of_another_program(file: Path) -> None:
    content = told(file)
    loops = {loop["identifier"]: loop for loop in content["feedback"]["feedbackLoops"]}
    for model in with_model(file):
        scores = model.run().loop_scores()
        ours = [(p.start, p.stop, {*p.loops}) for p in scores.periods()]
        theirs = [
            (
                period["startTime"],
                period["endTime"],
                {scores.loops[column(scores, loops[n])].name for n in period["dominantLoops"]},
            )
            for period in content["feedback"]["dominantLoopsByPeriod"]
        ]
        assert ours == theirs


def test_the_results_of_another_program_are_there() -> None:
    assert list(shared_folder("goldens").glob("*.json")), "nothing was compared"


# --- models whose shares are known --------------------------------------------------------------


def arms_race() -> StockFlow:
    model = StockFlow("Arms race", stop=50, dt=0.125, time_units="year")
    for own, other, first in (("ours", "theirs", 10), ("theirs", "ours", 0)):
        model.stock(own, first)
        model.auxiliary(f"wanted by {own}", f"1.2 * {other}")
        model.flow(f"building {own}", f"(wanted by {own} - {own}) / 5", into=own)
    return model


def people(life: float, dt: float = 0.25) -> StockFlow:
    model = StockFlow("People", stop=50, dt=dt, time_units="year")
    model.stock("population", 100)
    model.flow("births", "birth rate * population", into="population")
    model.flow("deaths", "population / life", out_of="population")
    model.constant("birth rate", 0.1)
    model.constant("life", life)
    return model


def test_two_parties_arm_each_other() -> None:
    scores = arms_race().run().loop_scores()
    assert scores.loops.names == ("B1", "B2", "R1")
    # Seven digits are published of the shares at year 1. B2 is of the party that begins with 0.
    at_one = scores.relative[scores.time == 1.0][0] * 100
    assert at_one == pytest.approx([-32.10171, -43.63867, 24.25962], abs=5e-6)
    # Where they end: both grow alike, by 0.04 a year, so that a stock's own share is 1 / 0.2 of
    # what it does, and the other's is 1.2 / 0.2; after 50 years this holds to eight digits.
    assert scores.raw[-1] == pytest.approx([-5, -5, 36], rel=1e-7)
    assert scores.relative[-1] == pytest.approx([-2.5 / 23, -2.5 / 23, 18 / 23], rel=1e-7)


def test_births_outweigh_deaths_two_to_one() -> None:
    scores = people(life=20).run().loop_scores()
    # 0.1 against 1 / 20, each over the difference; only rounding is between.
    np.testing.assert_allclose(scores["R1"][1:], 2 / 3, rtol=1e-9)
    np.testing.assert_allclose(scores["B1"][1:], -1 / 3, rtol=1e-9)


def test_at_rest_no_loop_acts_and_each_keeps_its_name() -> None:
    scores = people(life=10).run().loop_scores()
    assert scores.loops.names == ("R1", "B1")  # by the equations, as the run says nothing
    assert not scores.relative.any()
    assert scores.periods()[0].loops == ()
    assert scores.dominant(at=25) == ()
    assert repr(scores) == (
        "'People' has 2 feedback loops, 1 reinforcing and 1 balancing. Nothing changes in this "
        "run, so that no loop acts."
    )


def bath_with_two_drains() -> StockFlow:
    model = StockFlow("Two drains", stop=400, dt=0.25, time_units="minute")
    model.stock("water", 0)
    model.flow("tap", 10, into="water")
    model.flow("wide drain", "water / 5", out_of="water")
    model.flow("narrow drain", "water / 20", out_of="water")
    return model


def test_where_a_curve_has_come_to_rest_no_loop_dominates_any_more() -> None:
    scores = bath_with_two_drains().run().loop_scores()
    ruled, rest = scores.periods()
    assert (len(ruled.loops), rest.loops) == (1, ())
    # Each step changes 1 - 0.25/4 of what the last one did: 322 steps to a billionth.
    assert rest.start == pytest.approx(322 * 0.25, abs=0.5)
    assert scores.dominant(at=390) == ()
    assert repr(scores).endswith(" and from then on none, as nothing changes.")
    assert repr(scores.diagram(at=390)) == "At minute 390 nothing changes, and no loop acts."
    # What the whole run says is what was true while something changed: a fifth of a fourth.
    assert [loop.variables[1] for loop in scores.dominant()] == ["wide drain"]
    wide = scores[ruled.loops[0]][1:300]
    np.testing.assert_allclose(wide, -0.8, rtol=1e-6)  # differences over a millionth of the whole


def test_growth_from_next_to_nothing_is_no_rest() -> None:
    model = StockFlow("Rumour", stop=600)
    model.stock("who heard", 1)
    model.flow("telling", "who heard / 10", into="who heard")
    assert (model.run().loop_scores()["R1"][1:] == 1).all()


def test_a_limit_takes_over_from_growth_where_growth_is_fastest() -> None:
    """In logistic growth the two loops are equal at half the capacity, where growth turns."""
    model = StockFlow("Pond", stop=60, dt=0.0625, time_units="year")
    model.stock("fish", 10)
    model.flow("growth", "0.2 * fish * room left", into="fish")
    model.auxiliary("room left", "1 - fish / 1000")
    run = model.run()
    first, second = run.loop_scores().periods()
    assert (first.loops, second.loops) == (("R1",), ("B1",))
    half = run.time[np.argmax(run["fish"] > 500)]
    # The score belongs to a step, and the step in which it turns is one or the other.
    assert first.stop == pytest.approx(half, abs=2 * model.dt)


# Of the file logistic_growth_ltm/ltm_results.tsv among the tests of Simlin (Apache licence), which
# holds Stella's shares for the model beside it: time, R1 and B1, in percent of three digits. Its
# series stands one step earlier than here.
LOGISTIC = [
    (1, 99.4, -0.56), (10, 98.5, -1.54), (20, 95.4, -4.64), (30, 86.7, -13.3), (40, 67.2, -32.8),
    (46, 50.1, -49.9), (47, 47.1, -52.9), (60, 15.3, -84.7), (80, 1.41, -98.6), (100, 0.11, -99.9),
]  # fmt: skip


def test_logistic_growth_has_the_shares_that_another_program_gives_it() -> None:
    model = StockFlow("Logistic growth", stop=101)
    model.stock("population", 5)
    model.flow("net births", "fractional growth * population", into="population")
    model.auxiliary("fractional growth", "0.12 * (1 - capacity used)")
    model.auxiliary("capacity used", "population / 1000")
    scores = model.run().loop_scores()
    for time, rising, falling in LOGISTIC:
        row = time + 1
        # Half of the last digit that is told.
        assert scores["R1"][row] * 100 == pytest.approx(rising, abs=0.05)
        assert scores["B1"][row] * 100 == pytest.approx(falling, abs=0.05)


def test_loops_that_pass_the_same_flow_are_of_one_component() -> None:
    """Each stock has a way to the other and back, though no loop holds both."""
    model = StockFlow("Leak", stop=10, dt=0.125)
    model.stock("upper", 9)
    model.stock("lower", 3)
    model.flow("exchange", "(upper + lower) / 8", out_of="upper", into="lower")
    model.flow("leak", "lower / 8", out_of="lower")
    scores = model.run().loop_scores()
    assert len(scores.loops) == 3
    assert {*scores.groups} == {0}


def test_three_parties_have_eight_loops_and_the_long_ones_turn_both_ways() -> None:
    scores = three_parties().run().loop_scores()
    assert [len(loop) for loop in scores.loops] == [2, 2, 2, 6, 6, 6, 9, 9]
    long = [loop.variables for loop in scores.loops if len(loop) == 9]
    assert [[v for v in way if len(v) == 1] for way in long] == [["A", "B", "C"], ["A", "C", "B"]]


def three_parties() -> StockFlow:
    """The model of [EberleinSchoenberg2020]_ whose independent loops miss what drives it."""
    model = StockFlow("Three parties", stop=60, dt=0.25)
    targets = {"A": "B + 0.9 * C", "B": "A + 1.1 * C", "C": "1.1 * A + 0.9 * B"}
    for (party, target), first in zip(targets.items(), (50, 100, 150), strict=True):
        model.stock(party, first)
        model.auxiliary(f"target of {party}", target)
        model.flow(f"change of {party}", f"(target of {party} - {party}) / 5", into=party)
    return model


def test_parts_that_no_loop_ties_together_are_compared_among_themselves() -> None:
    model = people(life=20)
    model.stock("coffee", 90)
    model.flow("cooling", "(coffee - 20) / 10", out_of="coffee")
    scores = model.run().loop_scores()
    assert scores.loops.names == ("R1", "B1", "B2")
    assert scores.loops["B1"].variables == ("coffee", "cooling")
    # Rounding in what the coffee still loses at the end, a hundredth of what it lost at first.
    np.testing.assert_allclose(scores.relative[1:], [[2 / 3, -1, -1 / 3]] * 200, rtol=1e-7)
    assert scores.groups == (0, 1, 0)
    assert [loop.name for loop in scores.dominant(at=3)] == ["R1", "B1"]
    assert repr(scores) == (
        "'People' has 3 feedback loops, 1 reinforcing and 2 balancing. R1 dominates throughout "
        "(67%). B1 has no other loop beside it, and so explains all that its stocks do."
    )


def test_a_loop_that_changes_its_polarity_is_told_as_such() -> None:
    model = StockFlow("Crowd", stop=20, dt=0.25)
    model.stock("people", 1)
    model.flow("coming", "draw * 3", into="people")
    model.flow("leaving", "people / 8", out_of="people")
    model.auxiliary("draw", "people * (10 - people) / 25")
    scores = model.run().loop_scores()
    [turning] = [loop for loop in scores.loops if "draw" in loop.variables]
    assert (turning.name, turning.polarity) == ("U1", "U")
    assert str(turning).startswith("U1 (of changing or unknown polarity): people → draw → coming")
    column = scores.polarity[:, scores.loops.place("U1")]
    assert list(dict.fromkeys(column[column != ""])) == ["R", "B"]


def test_elements_of_an_array_are_variables_of_their_own() -> None:
    model = StockFlow("Regions", stop=10)
    model.dimension("Region", ["North", "South"])
    model.stock("people[Region]", 100)
    births = "people[Region] * 0.02 + sum(people[*]) / 1000"
    model.flow("births[Region]", births, into="people[Region]")
    names = {frozenset(loop.variables) for loop in model.run().loop_scores().loops}
    assert {"people[North]", "births[North]"} in names
    assert {"people[North]", "births[South]", "people[South]", "births[North]"} in names
    assert len(names) == 3


# --- properties ---------------------------------------------------------------------------------


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(models())
def test_shares_of_any_model_add_up_to_one_or_to_nothing(model: StockFlow) -> None:
    scores = model.run().loop_scores()
    assert scores.relative.shape == (len(scores.time), len(scores.loops))
    assert not scores.relative[:1].any()
    for group in set(scores.groups):
        own = [n for n, other in enumerate(scores.groups) if other == group]
        total = np.abs(scores.relative[:, own]).sum(axis=1)
        # One division by the sum of what was added up.
        assert ((total == 0) | (np.abs(total - 1) < 1e-9)).all()
        if len(own) == 1:
            assert {*np.abs(total)} <= {0.0, 1.0}
    assert repr(scores)


def test_another_unit_of_measurement_changes_no_share() -> None:
    one, other = people(life=20), people(life=20)
    other.stock("population", 100_000)  # thousands, counted singly
    np.testing.assert_allclose(
        one.run().loop_scores().relative, other.run().loop_scores().relative, atol=1e-9
    )


# --- what a cell shows --------------------------------------------------------------------------


def test_the_sentence_says_which_loops_dominate_when() -> None:
    assert repr(arms_race().run().loop_scores()) == (
        "'Arms race' has 3 feedback loops, 1 reinforcing and 2 balancing. What dominates: up to "
        "year 2.5 B2 and B1 (76%), up to year 6.75 B2 (69%), up to year 7.62 B2 and B1 (57%) and "
        "from then on R1 (77%)."
    )


def test_many_changes_of_dominance_are_summed_up() -> None:
    model = StockFlow("Hunters", stop=120, dt=0.0625, time_units="year")
    model.stock("hares", 50)
    model.stock("lynx", 10)
    model.flow("births", "0.5 * hares", into="hares")
    model.flow("eaten", "0.02 * hares * lynx", out_of="hares")
    model.flow("young lynx", "0.005 * hares * lynx", into="lynx")
    model.flow("deaths", "0.3 * lynx", out_of="lynx")
    told = repr(model.run().loop_scores())
    assert told.startswith("'Hunters' has 5 feedback loops, ")
    assert re.search(r" Which of them dominate changes \d+ times; most often it is .*\.$", told)
    assert told.endswith("% of the time).")


def test_a_model_without_loops_says_so() -> None:
    model = StockFlow("Tub", stop=5)
    model.stock("water", 0)
    model.flow("tap", "2", into="water")
    scores = model.run().loop_scores()
    assert scores.relative.shape == (6, 0)
    assert scores.loops.complete
    assert scores.periods() == ()
    assert repr(scores) == "'Tub' has no feedback loops."
    assert repr(scores.loops) == "no loops"
    assert repr(scores.links) == "no links"
    assert "<figure" in scores._repr_mimebundle_()["text/html"]


def test_a_run_that_breaks_says_so_and_has_scores_until_then() -> None:
    model = StockFlow("Blast", stop=10)
    model.stock("heat", 3)
    model.flow("burning", "heat * heat * heat", into="heat")
    scores = model.run().loop_scores()
    assert repr(scores) == (
        "'Blast' has one feedback loop, reinforcing. R1 has no other loop beside it, and so "
        "explains all that its stocks do. The flow 'burning' is no longer a number at time 5; it "
        "was computed from heat 4.57 × 10¹¹⁹; look for a division by zero or for growth without "
        "limit."
    )
    assert scores["R1"].tolist() == [0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0]
    assert scores._repr_mimebundle_()


def test_a_run_of_which_one_row_is_kept_has_no_scores() -> None:
    model = StockFlow("Short", stop=4, saveper=8)
    model.stock("people", 100)
    model.flow("births", "0.1 * people", into="people")
    scores = model.run().loop_scores()
    assert scores.relative.tolist() == [[0]]
    assert scores.loops.names == ("R1",)
    assert scores._repr_mimebundle_()
    assert scores.diagram()._repr_mimebundle_()


def test_loops_and_links_are_found_by_name_in_any_spelling() -> None:
    scores = people(life=20).run().loop_scores()
    assert scores.loops["r1"].variables == ("population", "births")
    assert scores.loops[0] is scores.loops["R1"]
    np.testing.assert_array_equal(
        scores.links["Population", "Births"], scores.links["population", "births"]
    )
    assert str(scores.loops) == (
        "R1 (reinforcing): population → births → population\n"
        "B1 (balancing): population → deaths → population"
    )
    frame = scores.to_frame()
    assert list(frame.columns) == ["R1", "B1"]
    assert frame.index.name == "year"


def test_the_loops_have_the_names_that_the_map_gives_them() -> None:
    model = three_parties()
    names = {frozenset(loop.variables): loop.name for loop in model.causal_loops().loops()}
    for loop in model.run().loop_scores().loops:
        if len(loop) < 9:  # of the two long ones the variables are the same
            assert names[frozenset(loop.variables)] == loop.name


# --- lessons ------------------------------------------------------------------------------------


def test_another_method_than_eulers_is_a_lesson() -> None:
    with pytest.raises(CstoolsError) as error:
        people(life=20).run(method="rk4").loop_scores()
    assert str(error.value) == (
        "loop scores are defined step by step, for Euler's method, and this run was made by "
        "'rk4'; run the model again with method='euler', and with a dt so short that its curves "
        "look the same"
    )


@pytest.mark.parametrize("method", ["heun", "rk4"])
def test_along_the_short_steps_of_another_method_shares_are_those_of_eulers(method: str) -> None:
    def growing(method: str, dt: float) -> StockFlow:
        model = StockFlow("Pond", stop=20, dt=dt, method=method)
        model.stock("fish", 10)
        model.flow("born", "fish / 2", into="fish")
        model.flow("die", "fish ^ 2 / 200", out_of="fish")
        return model

    every = 64
    own = loop_scores(growing(method, 1 / 16).run(), 1, 10, own_steps=True)
    fine = growing("euler", 1 / (16 * every)).run().loop_scores()
    ways = [loop.variables for loop in own.loops]
    assert ways == [loop.variables for loop in fine.loops]
    # Both are within a step of the limit: of 1/16 and a rate of 1/2, some three hundredths.
    np.testing.assert_allclose(own.relative[2:], fine.relative[::every][2:], atol=0.04)


def test_how_far_steps_are_from_eulers_shrinks_with_the_step() -> None:
    gaps = []
    for dt in (0.25, 0.125):
        recipe = people(life=20, dt=dt).run(method="rk4").recipe
        assert recipe is not None
        gaps.append(step_gap(recipe.program, recipe.clock, recipe.parameters, 0, RK4))
    # To first order the difference of a step is dt/2 times the rate of change of the flow.
    assert gaps[1] == pytest.approx(gaps[0] / 2, rel=0.05)


def test_a_time_outside_the_run_is_a_lesson() -> None:
    scores = people(life=20).run().loop_scores()
    with pytest.raises(CstoolsError) as error:
        scores.dominant(at=80)
    assert str(error.value) == "the run goes from 0 to 50; at=80 is outside it"
    with pytest.raises(CstoolsError) as error:
        scores.dominant(at="late")  # type: ignore[arg-type]
    assert str(error.value) == "at= is a time of the run, a number, not str"


def test_a_map_at_no_time_is_a_lesson() -> None:
    with pytest.raises(CstoolsError) as error:
        people(life=20).run().loop_scores().diagram(at=[])
    assert str(error.value) == ("at=[] holds no time; give one, such as at=[5], or leave at= out")


def test_a_loop_that_never_acted_and_whose_sign_is_not_told_says_so() -> None:
    model = people(life=20)
    model.auxiliary("panic", "if population > 1000000 then population else 0")
    model.flow("flight", "panic / 2", out_of="population")
    assert repr(model.run().loop_scores()) == (
        "'People' has 3 feedback loops, 1 reinforcing, 1 balancing and 1 of changing or unknown "
        "polarity. R1 dominates throughout (67%)."
    )


def test_an_unknown_loop_or_link_offers_the_nearest() -> None:
    scores = people(life=20).run().loop_scores()
    with pytest.raises(CstoolsError) as error:
        scores["R2"]
    assert str(error.value) == "the loops: nothing is called 'R2'; there are 'R1' and 'B1'"
    with pytest.raises(CstoolsError) as error:
        scores.links["population", "birth"]
    assert str(error.value) == (
        "the links of this run: nothing is called 'population → birth'; did you mean "
        "'population → births' or 'population → deaths'?"
    )
