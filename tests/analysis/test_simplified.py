"""The map of only what matters: which loops and variables stay, and what is said of the rest."""

from __future__ import annotations

import numpy as np
import pytest

from cstools import CstoolsError, StockFlow
from cstools.analysis.loop_scores import LoopScores


@pytest.fixture(scope="module")
def race() -> LoopScores:
    model = StockFlow("Arms race", stop=50, dt=0.125, time_units="year")
    for own, other, first in (("ours", "theirs", 10), ("theirs", "ours", 0)):
        model.stock(own, first)
        model.auxiliary(f"wanted by {own}", f"1.2 * {other}")
        model.flow(f"building {own}", f"(wanted by {own} - {own}) / 5", into=own)
    return model.run().loop_scores()


@pytest.fixture(scope="module")
def pond() -> LoopScores:
    """Births and two ways to die, of which one passes through a variable of its own."""
    model = StockFlow("Pond", stop=40, dt=0.25)
    model.stock("fish", 10)
    model.flow("births", "0.5 * fish", into="fish")
    model.flow("deaths", "0.1 * fish + fish * crowding", out_of="fish")
    model.auxiliary("crowding", "0.4 * fish / 1000")
    return model.run().loop_scores()


def test_with_nothing_left_out_it_is_the_whole_map(race: LoopScores) -> None:
    whole = race.simplified(loops=0, links=0)
    assert whole.explained == pytest.approx(1)
    ours = {frozenset(loop.variables) for loop in whole.loops}
    assert ours == {frozenset(loop.variables) for loop in race.loops}
    assert len(whole.links) == len(race.links)


def test_a_variable_that_passes_on_what_it_gets_is_left_out(race: LoopScores) -> None:
    assert repr(race.simplified()) == (
        "3 loops of 4 variables stand for 3 of the 3 loops of 'Arms race', and tell 100% of what "
        "they did.\n"
        "R1 (69%, stands for R1): building ours → ours → building theirs → theirs → building ours\n"
        "B2 (19%, stands for B2): building theirs → theirs → building theirs\n"
        "B1 (11%, stands for B1): building ours → ours → building ours"
    )


def test_weak_loops_are_left_out_and_the_rest_says_how_much_it_tells(race: LoopScores) -> None:
    strong = race.simplified(loops=0.5)
    assert [loop.name for loop in strong.loops] == ["R1"]
    share = np.abs(race["R1"]).sum() / np.abs(race.relative).sum()
    assert strong.explained == pytest.approx(share)


def test_without_flows_only_stocks_stay(race: LoopScores) -> None:
    bare = race.simplified(links=2, flows=False)
    assert {name for loop in bare.loops for name in loop.variables} == {"ours", "theirs"}
    signs = {(link.cause, link.effect): link.polarity for link in bare.links}
    assert signs == {
        ("ours", "ours"): "-",
        ("theirs", "theirs"): "-",
        ("ours", "theirs"): "+",
        ("theirs", "ours"): "+",
    }


def test_loops_that_are_told_alike_are_one_with_the_sum_of_their_shares(pond: LoopScores) -> None:
    deaths = [loop.name for loop in pond.loops if "deaths" in loop.variables]
    told = pond.simplified(loops=0, links=2)
    [merged] = [loop for loop in told.loops if "deaths" in loop.variables]
    assert merged.name == "B1+"
    assert {*merged.stands_for} == {*deaths}
    assert merged.share == pytest.approx(np.abs(sum(pond[name] for name in deaths))[1:].mean())


def test_loops_that_pull_against_each_other_make_a_link_of_unknown_sign(pond: LoopScores) -> None:
    told = pond.simplified(loops=0, links=2, flows=False)
    [link] = told.links
    assert (link.cause, link.effect, link.polarity) == ("fish", "fish", "?")
    [loop] = told.loops
    assert loop.polarity == "U"
    assert told.explained < 1


def test_the_map_goes_on_as_a_causal_loop_diagram(race: LoopScores) -> None:
    diagram = race.simplified().diagram
    assert diagram.name == "Arms race"
    assert [loop.polarity for loop in diagram.loops()] == ["B", "B", "R"]


def test_a_threshold_that_nothing_reaches_says_so(race: LoopScores) -> None:
    nothing = race.simplified(loops=0.99)
    assert nothing.loops == ()
    assert repr(nothing) == (
        "No loop of 'Arms race' reaches this threshold; lower it: simplified(loops=0.01)"
    )
    assert nothing._repr_mimebundle_() == {"text/plain": repr(nothing)}


@pytest.mark.parametrize("word", ["loops", "links"])
@pytest.mark.parametrize("value", [-0.1, "much", None, True, float("nan")])
def test_a_threshold_is_a_share(race: LoopScores, word: str, value: object) -> None:
    with pytest.raises(CstoolsError) as error:
        race.simplified(**{word: value})  # type: ignore[arg-type]
    assert str(error.value) == f"simplified({word}=…) takes a share from 0 to 1, such as 0.05"
