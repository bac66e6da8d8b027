"""What is said of a model and cannot be taken in: each mistake is told with what to do."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from cstools import StockFlow
from cstools.errors import CstoolsError


def pond() -> StockFlow:
    model = StockFlow("a pond", stop=3)
    model.dimension("Size", ["small", "big"])
    model.constant("rate", 0.5, between=(0, 1))
    model.stock("fish", 1)
    model.flow("births", "rate * fish", into="fish")
    return model


Mistake = tuple[Callable[[StockFlow], object], str]
LONG = "x" * 400

MISTAKES: dict[str, Mistake] = {
    "a name of nothing": (lambda m: m.stock("_", 1), "a stock needs a name"),
    "a name that is a number": (
        lambda m: m.stock(3, 1),
        "a stock needs a name, as text; 3 is none",
    ),
    "a name without end": (
        lambda m: m.constant(LONG, 1),
        f"constant '{'x' * 59}…': a name of 400 characters is too long; tell the rest in doc=",
    ),
    "a name with half a bracket": (
        lambda m: m.stock("fish[Size", 1),
        "stock 'fish[Size': brackets in a name hold what it ranges over: population[Region]",
    ),
    "a name with a character nobody sees": (
        lambda m: m.stock("fi\x00sh", 1),
        (
            "stock 'fi�sh': its name has an invisible character (U+0000); delete it and write "
            "this place again"
        ),
    ),
    "units that are a number": (
        lambda m: m.stock("frogs", 1, units=5),
        "stock 'frogs': units= is text in quotes, not 5",
    ),
    "a flow into a number": (
        lambda m: m.flow("deaths", "1", into=5),
        "flow 'deaths': into= is text in quotes, not 5",
    ),
    "a slider of one number": (
        lambda m: m.constant("rate", 1, between=3),
        "constant 'rate': between= takes two numbers, (low, high); 3 is no list",
    ),
    "a slider of three numbers": (
        lambda m: m.constant("rate", 1, between=(1, 2, 3)),
        "constant 'rate': between= takes two numbers, (low, high)",
    ),
    "points that are a number": (
        lambda m: m.lookup("effect", 3),
        "lookup 'effect': its points are a list of (x, y); 3 is no list",
    ),
    "points of one number each": (
        lambda m: m.lookup("effect", [1, 2]),
        "lookup 'effect': its points are a list of (x, y); 1 is no list",
    ),
    "a point of three numbers": (
        lambda m: m.lookup("effect", [(0, 0), (1, 2, 3)]),
        "lookup 'effect': its points are a list of (x, y); (1, 2, 3) has 3 numbers",
    ),
    "a lookup of one point": (
        lambda m: m.lookup("effect", [(0, 0)]),
        "lookup 'effect': needs at least two points (x, y)",
    ),
    "a lookup of two points above each other": (
        lambda m: m.lookup("effect", [(0, 0), (0, 1)]),
        "lookup 'effect': the x of each point must be larger than the one before",
    ),
    "a mode that is a number": (
        lambda m: m.lookup("effect", [(0, 0), (1, 1)], mode=3),
        (
            "lookup 'effect': there is no mode '3'; choose 'interpolate' or 'extrapolate' or "
            "'step' or 'forward'"
        ),
    ),
    "elements that are a number with a point": (
        lambda m: m.dimension("Place", 2.5),
        "dimension 'Place': its elements are a list of names; 2.5 is no list",
    ),
    "an element with a sign of subscripts": (
        lambda m: m.dimension("Place", ["a", "b[c"]),
        (
            "dimension 'Place': the element 'b[c' has a sign in its name that means something in "
            "subscripts"
        ),
    ),
    "a dimension of a dimension": (
        lambda m: m.dimension("Place[Size]", 2),
        "dimension 'Place[Size]': a dimension ranges over nothing; its name has no brackets",
    ),
    "maps without names": (
        lambda m: m.dimension("Place", 2, maps=["small", "big"]),
        (
            "dimension 'Place': maps= names another dimension and its elements, "
            "{'Region': ['North', 'South']}; ['small', 'big'] does not"
        ),
    ),
    "a run of a number": (
        lambda m: m.run(5),
        "model 'a pond': values are set by name, {'cooling time': 5}; 5 has no names",
    ),
    "a run by a number": (
        lambda m: m.run(method=5),
        "there is no integration method '5'; choose 'euler', 'heun' or 'rk4'",
    ),
    "a run on a number": (
        lambda m: m.run(engine=5),
        "there is no engine '5'; choose 'cstools', 'fast' or 'pysd'",
    ),
    "half a seed": (
        lambda m: m.run(seed=0.5),
        "model 'a pond', seed=: 0.5 is not a whole number from 0 on",
    ),
    "a seed below zero": (
        lambda m: m.ensemble(seed=-1),
        "the ensemble of 'a pond', seed=: -1 is not a whole number from 0 on",
    ),
    "a seed too large to hold": (
        lambda m: m.ensemble(seed=1e20),
        "the ensemble of 'a pond', seed=: 1e+20 is too large; 9,007,199,254,740,992 is the largest",
    ),
    "as many runs as grains of sand": (
        lambda m: m.ensemble(runs=10**9),
        (
            "the ensemble of 'a pond' would keep 4 billion numbers, more than a computer holds; "
            "ask for fewer runs, fewer variables (save=) or fewer rows (saveper=)"
        ),
    ),
    "names that are a number": (
        lambda m: m.ensemble(save=5),
        "the ensemble of 'a pond': save= is a list of names; 5 is no list",
    ),
    "code of a number": (
        lambda m: m.javascript(5),
        "model 'a pond': names are a list; 5 is no list",
    ),
    "the part called by a number": (
        lambda m: m[5],
        "model 'a pond': nothing is called '5'; there are 'rate', 'fish' and 'births'",
    ),
}


@pytest.mark.parametrize("what", MISTAKES)
def test_what_cannot_be_taken_in_is_told(what: str) -> None:
    say, told = MISTAKES[what]
    with pytest.raises(CstoolsError) as caught:
        say(pond())
    assert str(caught.value) == told


def test_a_run_sets_every_element_of_an_array() -> None:
    model = pond()
    model.stock("frogs[Size]", 1)
    model.constant("growth[Size]", [1, 2])
    model.flow("spawn[Size]", "growth", into="frogs[Size]")
    assert model.run({"frogs": 5})["frogs"][0].tolist() == [5, 5]
    assert model.run({"frogs[Size]": 6, "growth": 0})["frogs"][-1].tolist() == [6, 6]
    assert model.run({"frogs[big]": 7})["frogs"][0].tolist() == [1, 7]


def test_a_function_with_too_few_arguments_is_shown_as_it_was_written() -> None:
    model = pond()
    model.auxiliary("odd", "if then else(rate) + min()")
    assert "odd = if(rate) + min()" in repr(model)


@pytest.mark.parametrize("number", [np.int64(2), 2, True + True])
def test_a_dimension_may_be_counted_by_any_whole_number(number: int) -> None:
    model = StockFlow()
    model.dimension("Place", number)
    assert model.dimensions["place"].elements == ("1", "2")


def test_a_run_of_very_many_stocks_tells_of_the_first() -> None:
    model = StockFlow("many", stop=2)
    for count in range(40):
        model.stock(f"stock {count}", count)
    assert model.run().describe().endswith("10 more are not told here; ask for them by name.")


def test_a_run_of_more_rows_than_fit_is_told() -> None:
    model = StockFlow("a day", stop=86_400, dt=0.001)
    for count in range(3):
        model.stock(f"stock {count}", 0)
    with pytest.raises(CstoolsError) as caught:
        model.run()
    assert str(caught.value) == (
        "a run of 'a day' would keep 518 million numbers, more than a computer holds; keep fewer "
        "rows with saveper="
    )


def shared_out(outflows: int) -> StockFlow:
    model = StockFlow("a tub", stop=2)
    model.stock("water", 5, non_negative=True)
    for count in range(outflows):
        model.flow(f"outflow {count}", "1", out_of="water")
    return model


def test_of_very_many_outflows_the_first_are_served() -> None:
    run = shared_out(200).run()
    assert run["water"].tolist() == [5, 0, 0]
    assert [run[f"outflow {count}"][0] for count in (0, 4, 5, 199)] == [1, 1, 0, 0]


def test_more_outflows_than_can_wait_for_each_other_are_told() -> None:
    with pytest.raises(CstoolsError) as caught:
        shared_out(301).run()
    assert str(caught.value) == (
        "stock 'water' is non-negative and has more than 300 flows, each of which waits for the "
        "others; gather some of them into one"
    )
