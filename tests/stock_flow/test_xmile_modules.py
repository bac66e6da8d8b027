"""Modules and macros: models inside a model, and functions that a file defines."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from cstools import CstoolsError, read_model
from tests.stock_flow.xmile_files import REGIONS, aux, over, read, xmile


def model(name: str, variables: str, more: str = "") -> str:
    """Return a model that a module stands for."""
    return f'<model name="{name}">{more}<variables>{variables}</variables></model>'


def module(name: str, **inputs: str) -> str:
    """Return a module and what it takes from where."""
    taken = "".join(f'<connect to="{to}" from="{source}"/>' for to, source in inputs.items())
    return f'<module name="{name}">{taken}</module>'


FILLING = (
    '<stock name="water"><eqn>1</eqn><inflow>filling</inflow></stock>'
    '<flow name="filling"><eqn>tap * 2</eqn></flow>'
    '<aux name="tap" access="input"><eqn>{said outside}</eqn><units>litre</units></aux>'
)


# --- modules --------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["xmile", "stmx"])
def test_hares_and_lynxes_run_in_their_modules(test_models: Path, ending: str) -> None:
    found = read_model(test_models / f"samples/bpowers-hares_and_lynxes_modules/model.{ending}")
    assert found["hares.births"].into == "hares.hares"  # type: ignore[union-attr]
    assert found["lynxes.hare density"].equation == '"hares.hare density"'  # type: ignore[union-attr]


def test_a_module_takes_its_inputs_from_the_model_around_it(tmp_path: Path) -> None:
    text = xmile(aux("hot", "TIME") + module("tub", tap=".hot"), model("tub", FILLING))
    found = read(tmp_path, text)
    assert list(found.run()["tub.water"]) == [1, 1, 3, 7, 13]
    assert found["tub.tap"].units == "litre"


def test_a_module_gives_what_another_takes_and_what_the_main_model_reads(tmp_path: Path) -> None:
    text = xmile(
        module("one") + module("two", tap="one.out") + aux("seen", "two.water + one.out"),
        model("one", aux("out", "3")) + model("two", FILLING),
    )
    assert list(read(tmp_path, text).run()["seen"]) == [4, 10, 16, 22, 28]


def test_a_module_stands_inside_a_module(tmp_path: Path) -> None:
    outer = aux("warm", "2") + module("tub", tap="house.warm") + aux("level", "tub.water")
    text = xmile(module("house") + aux("seen", "house.level"),
                 model("house", outer) + model("tub", FILLING))  # fmt: skip
    found = read(tmp_path, text)
    assert list(found.run()["seen"]) == [1, 5, 9, 13, 17]
    assert "house.tub.water" in found.names


def test_a_name_that_begins_with_a_point_is_the_main_models(tmp_path: Path) -> None:
    inside = aux("x", "1") + aux("y", "x + .x * .5 {.x} + &quot;.x&quot; * 0")
    text = xmile(aux("x", "10") + module("m"), model("m", inside))
    assert read(tmp_path, text).run()["m.y"][0] == 6


def test_names_in_quotes_go_from_module_to_module(tmp_path: Path) -> None:
    taken = "<connect to='m.&quot;in/put&quot;' from='n.&quot;out/put&quot;'/>"
    text = xmile(
        f'<module name="m">{taken}</module>'
        + module("n")
        + aux("seen", "m.&quot;in/put&quot; + 1"),
        model("m", aux("in/put", "0")) + model("n", aux("out/put", "5")),
    )
    assert read(tmp_path, text).run()["seen"][0] == 6


def test_a_module_gives_a_value_to_the_model_around_it(tmp_path: Path) -> None:
    text = xmile(
        '<aux name="in" access="input"/><module name="m"><connect to=".in" from="m.out"/></module>'
        + aux("twice", "2 * in"),
        model("m", aux("out", "4")),
    )
    assert read(tmp_path, text).run()["twice"][0] == 8


def test_the_same_names_in_two_modules_are_two_variables(tmp_path: Path) -> None:
    text = xmile(
        aux("a", "1") + aux("b", "2") + module("first", tap=".a") + module("second", tap=".b"),
        model("first", FILLING) + model("second", FILLING),
    )
    run = read(tmp_path, text).run()
    assert (run["first.water"][1], run["second.water"][1]) == (3, 5)


def test_an_array_goes_into_a_module_as_an_array(tmp_path: Path) -> None:
    inside = f'<aux name="in">{over("Region")}<eqn>0</eqn></aux>' + aux(
        "out", "in * 2", over("Region")
    )
    text = xmile(
        aux("x", "Region", over("Region")) + module("m", **{"in": ".x"}),
        REGIONS + model("m", inside),
    )
    assert read(tmp_path, text).run()["m.out"][0].tolist() == [2, 4]


def test_a_model_of_any_name_may_stand_alone(tmp_path: Path) -> None:
    text = xmile(aux("x", "1")).replace("<model>", '<model name="default">')
    assert read(tmp_path, text).names == ("x",)


OTHER_CLOCK = "<sim_specs><start>0</start><stop>4</stop><dt>0.5</dt></sim_specs>"
BROKEN_MODULES = {
    "no model": (module("m"), "", "module 'm': no model in the file has this name"),
    "kept elsewhere": (
        '<module name="m" resource="m.xmile"/>',
        "",
        "module 'm' is kept in another file, 'm.xmile'; save both as one file",
    ),
    "inside itself": (
        module("m"),
        model("m", aux("x", "1") + module("m")),
        "module 'm' stands inside itself; it would never end",
    ),
    "another clock": (
        module("m"),
        model("m", aux("x", "1"), OTHER_CLOCK),
        "module 'm' has a clock of its own, which cannot be run here",
    ),
    "no source": (
        module("m", tap=".hot"),
        model("m", FILLING),
        "module 'm' takes its 'tap' from '.hot', and no variable is called so",
    ),
    "in no module": (
        aux("x", "1"),
        model("left over", aux("x", "1")),
        "its model 'left over' stands in no module; a file holds one model and the modules in it",
    ),
    "an input that nothing feeds": (
        module("m"),
        model("m", FILLING),
        "auxiliary 'm.tap': the equation is empty; write what it is computed from",
    ),
}


@pytest.mark.parametrize("fault", BROKEN_MODULES)
def test_a_module_without_its_place_is_told(tmp_path: Path, fault: str) -> None:
    variables, models, told = BROKEN_MODULES[fault]
    with pytest.raises(CstoolsError) as found:
        read(tmp_path, xmile(variables, models))
    assert str(found.value) == f"'model.xmile': {told}"


def test_a_module_sees_no_variable_of_the_main_model_by_its_bare_name(tmp_path: Path) -> None:
    text = xmile(aux("x", "1") + module("m"), model("m", aux("y", "x")))
    with pytest.raises(CstoolsError, match=r"nothing in this model is called 'm\.x'"):
        read(tmp_path, text).run()


# --- macros ---------------------------------------------------------------------------------------


def macro(name: str, parameters: str, equation: str, more: str = "") -> str:
    """Return a macro; a parameter with a default is written ``name=default``."""
    said = ""
    for parameter in filter(None, parameters.split(", ")):
        word, _, default = parameter.partition("=")
        said += f'<parm default="{default}">{word}</parm>' if default else f"<parm>{word}</parm>"
    return f'<macro name="{name}">{said}<eqn>{equation}</eqn>{more}</macro>'


SMOOTHING = macro(
    "Following", "input, time to, initial=input", "reached",
    "<variables><stock name='reached'><eqn>initial</eqn><inflow>change</inflow></stock>"
    "<flow name='change'><eqn>(input - reached) / time_to</eqn></flow></variables>",
)  # fmt: skip


def test_a_macro_is_the_equation_that_it_stands_for(tmp_path: Path) -> None:
    text = xmile(aux("x", "1 + LOGTO(8, 2)"), macro("LOGTO", "x, base", "LN(x)/LN(base)"))
    # Logarithms are rounded, each by half a unit in its last place.
    assert read(tmp_path, text).run()["x"][0] == pytest.approx(4, rel=1e-15)


def test_a_macro_may_call_a_macro_and_leave_out_what_has_a_default(tmp_path: Path) -> None:
    text = xmile(
        aux("x", "outer(5)") + aux("y", "outer(5, 1)"),
        macro("outer", "a, b=2*a", "inner(a) + b") + macro("inner", "a", "a^2"),
    )
    run = read(tmp_path, text).run()
    assert (run["x"][0], run["y"][0]) == (35, 26)


def test_one_name_may_stand_for_macros_with_different_numbers_of_arguments(tmp_path: Path) -> None:
    text = xmile(aux("x", "f(3) + f(3, 4)"), macro("f", "a", "a") + macro("f", "a, b", "a * b"))
    assert read(tmp_path, text).run()["x"][0] == 15


def test_each_call_of_a_macro_has_stocks_of_its_own(tmp_path: Path) -> None:
    text = xmile(
        aux("goal", "STEP(10, 1)")
        + aux("slow", "following(goal, 4)")
        + aux("fast", "following(goal * 1, 1) + 100 * following(goal, 2, 5)"),
        SMOOTHING,
    )
    found = read(tmp_path, text)
    run = found.run()
    as_built_in = read(tmp_path, xmile(
        aux("goal", "STEP(10, 1)") + aux("slow", "SMTH1(goal, 4)")
        + aux("fast", "SMTH1(goal, 1) + 100 * SMTH1(goal, 2, 5)"),
    )).run()  # fmt: skip
    np.testing.assert_allclose(run["slow"], as_built_in["slow"], rtol=1e-14)
    np.testing.assert_allclose(run["fast"], as_built_in["fast"], rtol=1e-14)
    assert found["slow.Following.reached"].kind == "stock"
    assert found["fast.Following 2.reached"].kind == "stock"


def test_a_macro_in_the_equation_of_an_array_is_an_array(tmp_path: Path) -> None:
    text = xmile(
        aux("goal", "Region * 10", over("Region"))
        + aux("seen", "following(goal, 2, 0)", over("Region")),
        REGIONS + SMOOTHING,
    )
    assert read(tmp_path, text).run()["seen"][1].tolist() == [5, 10]


def test_what_a_macro_names_is_its_own(tmp_path: Path) -> None:
    text = xmile(aux("a", "7") + aux("x", "f(1)"), macro("f", "a", "a + 1"))
    assert read(tmp_path, text).run()["x"][0] == 2


def test_a_macro_that_nothing_calls_does_no_harm(tmp_path: Path) -> None:
    stub = "<macro/>" + macro("FACT", "x", "x * FACT(x - 1)")
    assert read(tmp_path, xmile(aux("x", "1"), stub)).run()["x"][0] == 1


LOOP = macro("FACT", "x", "x * FACT(x - 1)")
BROKEN_MACROS = {
    "calls itself": (
        aux("x", "FACT(3)"),
        LOOP,
        "macro 'FACT' calls itself, which cannot be run here",
    ),
    "runs by itself": (
        aux("x", "f(3)"),
        macro("f", "a", "a", "<sim_specs><stop>3</stop></sim_specs><variables/>"),
        "macro 'f' has a clock of its own, which cannot be run here",
    ),
    "too few arguments": (
        aux("x", "f(3)"),
        macro("f", "a, b", "a"),
        "aux 'x': the macro 'f' takes 2 arguments, not 1",
    ),
    "a filter": (
        aux("x", "1"),
        '<macro name="rounded" filter="stock"><eqn>1</eqn></macro>',
        "macro 'rounded' changes how every stock behaves, which cannot be run here",
    ),
    "an equation that does not parse": (
        aux("x", "f(3)"),
        macro("f", "a", "a +"),
        "macro 'f': something is missing after '+'\n    a +\n       ^",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", BROKEN_MACROS)
def test_a_macro_that_cannot_be_written_out_is_told(tmp_path: Path, fault: str) -> None:
    variables, macros, told = BROKEN_MACROS[fault]
    with pytest.raises(CstoolsError) as found:
        read(tmp_path, xmile(variables, macros))
    assert str(found.value) == f"'model.xmile': {told}"
