"""What an XMILE file says of single variables, flows and the clock."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from cstools import CstoolsError, read_model
from tests.stock_flow.xmile_files import REGIONS, aux, graph, over, read, xmile

HALF = "<sim_specs><start>0</start><stop>2</stop><dt>0.5</dt></sim_specs>"


# --- graphical functions --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attributes", "values"),
    [
        ("", [1, 1, 2, 3, 3]),
        ('type="continuous"', [1, 1, 2, 3, 3]),
        ('type="extrapolate"', [0, 1, 2, 3, 4]),
        ('type="Discrete"', [1, 1, 1, 3, 3]),
        ('discrete="true"', [1, 1, 1, 3, 3]),  # as Stella had it before XMILE 1.0
        ('discrete="false"', [1, 1, 2, 3, 3]),
    ],
)
def test_a_graph_goes_between_and_beyond_its_points_as_its_type_says(
    tmp_path: Path, attributes: str, values: list[float]
) -> None:
    text = xmile(aux("x", "TIME", graph({1: 1, 3: 3}, attributes)))
    assert list(read(tmp_path, text).run()["x"]) == values


def test_a_graph_may_have_a_scale_instead_of_points(tmp_path: Path) -> None:
    inside = '<gf><xscale min="0" max="4"/><ypts sep=";">0;10;0</ypts></gf>'
    run = read(tmp_path, xmile(aux("x", "TIME", inside))).run()
    assert list(run["x"]) == [0, 5, 10, 5, 0]


def test_a_named_graph_is_called_and_pointed_to(tmp_path: Path) -> None:
    named = graph({0: 0, 4: 8}, 'name="rising"')
    text = xmile(
        named + aux("called", "rising(TIME)") + aux("pointed", "TIME", '<gf name="rising"/>')
    )
    run = read(tmp_path, text).run()
    assert list(run["called"]) == list(run["pointed"]) == [0, 2, 4, 6, 8]


def test_the_graph_inside_a_variable_is_called_by_that_variables_name(tmp_path: Path) -> None:
    text = xmile(
        aux("effect", "TIME", graph({0: 0, 4: 8}))
        + aux("value", "effect + 1")
        + aux("by name", "effect(1)")
        + aux("looked up", "LOOKUP(effect, 3)")
    )
    run = read(tmp_path, text).run()
    assert [run[name][4] for name in ("value", "by name", "looked up")] == [9, 2, 6]


def test_a_graph_that_is_only_called_is_a_lookup_whatever_its_equation(tmp_path: Path) -> None:
    text = xmile(aux("effect", "0", graph({0: 0, 4: 8})) + aux("y", "LOOKUP(effect, TIME)"))
    model = read(tmp_path, text)
    assert model["effect"].kind == "lookup"
    assert model["y"].equation == "LOOKUP(effect, TIME)"  # type: ignore[union-attr]
    assert list(model.run()["y"]) == [0, 2, 4, 6, 8]


def test_a_made_up_name_never_takes_the_place_of_a_real_one(tmp_path: Path) -> None:
    text = xmile(
        aux("x", "TIME", graph({0: 1, 1: 1}))
        + graph({0: 4, 1: 4}, 'name="x lookup"')
        + aux("y", "x_lookup(TIME) + x")
    )
    assert read(tmp_path, text).run()["y"][0] == 5


# --- the language ---------------------------------------------------------------------------------


def test_comments_line_breaks_and_quotes_in_an_equation_are_read(tmp_path: Path) -> None:
    text = xmile(
        aux(r"two\nlines", "3")
        + aux("sum", "{first} two_lines + &quot;two\\nlines&quot;\n  * {then} &quot;a-b&quot;")
        + aux("a-b", "2")
    )
    assert read(tmp_path, text).run()["sum"][0] == 9


def test_int_and_mod_are_floored_as_the_standard_has_them(tmp_path: Path) -> None:
    text = xmile(aux("down", "INT(-1.5)") + aux("left", "-7 MOD 3"))
    run = read(tmp_path, text).run()
    assert (run["down"][0], run["left"][0]) == (-2, 2)


def test_int_and_mod_in_a_file_of_vensims_go_towards_zero(tmp_path: Path) -> None:
    header = "<header><vendor>Ventana Systems, xmutil</vendor></header>"
    text = xmile(aux("down", "INT(-1.5)") + aux("left", "-7 MOD 3"), header=header)
    run = read(tmp_path, text).run()
    assert (run["down"][0], run["left"][0]) == (-1, -1)


def test_self_means_the_variable_whose_equation_it_stands_in(tmp_path: Path) -> None:
    text = xmile(aux("highest", "MAX(TIME * (4 - TIME), PREVIOUS(SELF, 0))"))
    assert list(read(tmp_path, text).run()["highest"]) == [0, 3, 4, 4, 4]


def test_a_second_equation_says_how_a_variable_begins(tmp_path: Path) -> None:
    text = xmile('<aux name="x"><eqn>TIME + 1</eqn><init_eqn>9</init_eqn></aux>'
                 '<stock name="s"><eqn>x</eqn></stock>')  # fmt: skip
    run = read(tmp_path, text).run()
    assert (run["s"][0], run["x"][0]) == (9, 1)


EVERY_FUNCTION = """
    ABS(-1) | ARCCOS(1) | ARCSIN(0) | ARCTAN(0) | COS(0) | EXP(1) | INT(1.5) | LN(2) | LOG10(10)
    MAX(1, 2) | MIN(1, 2) | PI | SIN(0) | SQRT(4) | TAN(0)
    EXPRND(8) | EXPRND(8, 1) | LOGNORMAL(10, 1) | LOGNORMAL(10, 1, 7) | NORMAL(100, 5)
    NORMAL(100, 5, 7) | POISSON(3) | POISSON(3, 7) | RANDOM(1, 100) | RANDOM(1, 100, 7)
    DELAY(s, 2) | DELAY(s, 2, 1) | DELAY1(s, 2) | DELAY1(s, 2, 1) | DELAY3(s, 2) | DELAY3(s, 2, 1)
    DELAYN(s, 2, 10) | DELAYN(s, 2, 10, 1) | FORCST(s, 5, 10) | FORCST(s, 5, 10, 1)
    SMTH1(s, 2) | SMTH1(s, 2, 1) | SMTH3(s, 2) | SMTH3(s, 2, 1) | SMTHN(s, 2, 10)
    SMTHN(s, 2, 10, 1) | TREND(s, 5) | TREND(s, 5, 1)
    PULSE(20, 12) | PULSE(20, 12, 5) | RAMP(2, 5) | STEP(6, 3)
    DT | STARTTIME | STOPTIME | TIME | INIT(s) | PREVIOUS(s, 0) | PREVIOUS(SELF, 0)
    MAX(a) | MAX(a, 0) | MEAN(a) | MIN(a) | MIN(a, 0) | RANK(a, 1) | SIZE(a) | STDDEV(a) | SUM(a)
    IF s > 1 AND NOT (s = 2) OR s &lt;&gt; 3 THEN 1 ELSE 0
    if_then_else(s >= 1, 2, 3) | 7 MOD 2 ^ 2
"""


@pytest.mark.parametrize(
    "equation",
    [
        said
        for line in EVERY_FUNCTION.splitlines()
        for said in map(str.strip, line.split("|"))
        if said
    ],
)
def test_every_function_of_the_standard_runs(tmp_path: Path, equation: str) -> None:
    """As in its sections 3.3 and 3.5, and 3.7.1.3 for arrays."""
    text = xmile(
        '<stock name="s"><eqn>1</eqn></stock>'
        + aux("a", "Region * 2", over("Region"))
        + aux("x", equation),
        REGIONS,
    )
    run = read(tmp_path, text).run()
    assert np.isfinite(run["x"]).all()


def test_the_rank_of_an_array_is_where_an_element_stands_in_order(tmp_path: Path) -> None:
    text = xmile(
        aux("a", "30, 10", over("Region"))
        + aux("least", "RANK(a, 1)")
        + aux("most", "a[RANK(a, SIZE(a))]"),
        REGIONS,
    )
    run = read(tmp_path, text).run()
    assert (run["least"][0], run["most"][0]) == (2, 30)


def test_infinity_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(CstoolsError) as found:
        read(tmp_path, xmile(aux("x", "MIN(3, INF)")))
    assert str(found.value) == (
        "'model.xmile': aux 'x' uses INF, which is infinite; write a number that is large enough"
    )


# --- flows ----------------------------------------------------------------------------------------


def test_a_flow_that_leaves_two_stocks_leaves_each_as_far_as_it_can(tmp_path: Path) -> None:
    text = xmile(
        '<flow name="out"><eqn>2</eqn></flow>'
        '<stock name="a"><eqn>9</eqn><outflow>out</outflow></stock>'
        '<stock name="b"><eqn>3</eqn><outflow>out</outflow><non_negative/></stock>'
    )
    run = read(tmp_path, text).run()
    assert list(run["a"]) == [9, 7, 5, 3, 1]
    assert list(run["b"]) == [3, 1, 0, 0, 0]
    assert list(run["out out of b"]) == [2, 1, 0, 0, 0]
    assert list(run["out"]) == [2, 2, 2, 2, 2]


def test_the_outflow_whose_tag_comes_first_is_served_first(tmp_path: Path) -> None:
    text = xmile(
        '<flow name="a"><eqn>8</eqn></flow><flow name="b"><eqn>8</eqn></flow>'
        '<stock name="s"><eqn>10</eqn><outflow>b</outflow><outflow>a</outflow>'
        "<non_negative/></stock>"
    )
    run = read(tmp_path, text).run()
    assert (run["b"][0], run["a"][0]) == (8, 2)


def test_a_multiplier_changes_units_where_a_flow_arrives(tmp_path: Path) -> None:
    text = xmile(
        '<flow name="baking"><eqn>2</eqn><multiplier>per_bag * 2</multiplier></flow>'
        '<stock name="bags"><eqn>3</eqn><outflow>baking</outflow><non_negative/></stock>'
        '<stock name="loaves"><eqn>0</eqn><inflow>baking</inflow></stock>' + aux("per bag", "5")
    )
    run = read(tmp_path, text).run()
    assert list(run["bags"]) == [3, 1, 0, 0, 0]
    assert list(run["loaves"]) == [0, 20, 30, 30, 30]


def test_a_flow_between_clouds_is_what_its_equation_says(tmp_path: Path) -> None:
    text = xmile('<flow name="rain"><eqn>TIME - 2</eqn><non_negative/></flow>')
    assert list(read(tmp_path, text).run()["rain"]) == [0, 0, 0, 1, 2]


RULE = "<behavior>{}<non_negative/>{}</behavior>"


@pytest.mark.parametrize(
    ("file", "model", "own", "kept"),
    [
        ("", "", "", False),
        ("", "", "<non_negative/>", True),
        (RULE.format("", ""), "", "", True),
        (RULE.format("<stock>", "</stock>"), "", "", True),
        (RULE.format("<flow>", "</flow>"), "", "", False),
        (RULE.format("", ""), "", "<non_negative>False</non_negative>", False),
        (RULE.format("", ""), "<behavior><non_negative>false</non_negative></behavior>", "", False),
        ("", RULE.format("<stock>", "</stock>"), "", True),
    ],
)
def test_the_nearest_rule_says_whether_a_stock_may_be_negative(
    tmp_path: Path, file: str, model: str, own: str, kept: bool
) -> None:
    stock = f'<stock name="s"><eqn>1</eqn><outflow>o</outflow>{own}</stock>'
    text = xmile(stock + '<flow name="o"><eqn>1</eqn></flow>', more=file)
    run = read(tmp_path, text.replace("<model>", f"<model>{model}")).run()
    assert run["s"][-1] == (0 if kept else -3)


def test_a_group_is_no_variable(tmp_path: Path) -> None:
    group = '<group name="Sector"><doc>all of it</doc><entity name="x"/></group>'
    assert read(tmp_path, xmile(group + aux("x", "1"))).names == ("x",)


# --- the clock ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "name"),
    [("Euler", "euler"), ("RK2", "heun"), ("rk4", "rk4"), ("gear, RK4", "rk4"), ("", "euler")],
)
def test_a_method_is_found_by_its_name_or_by_what_it_falls_back_to(
    tmp_path: Path, method: str, name: str
) -> None:
    text = xmile(aux("x", "1")).replace("<sim_specs>", f'<sim_specs method="{method}">')
    assert read(tmp_path, text).method == name


def test_isees_own_attribute_says_how_often_a_row_is_kept(tmp_path: Path) -> None:
    text = xmile(aux("x", "TIME"), specs=HALF).replace(
        "<sim_specs>", '<sim_specs isee:save_interval="1">'
    )
    assert list(read(tmp_path, text).run().time) == [0, 1, 2]


def test_the_clock_may_stand_in_the_model(tmp_path: Path) -> None:
    text = xmile(aux("x", "1"), specs="").replace("<model>", f"<model>{HALF}")
    assert read(tmp_path, text).dt == 0.5


def test_a_step_may_be_said_as_one_over_a_number(tmp_path: Path) -> None:
    specs = '<sim_specs><stop>3</stop><dt reciprocal="true">3</dt></sim_specs>'
    run = read(tmp_path, xmile(aux("x", "TIME"), specs=specs)).run()
    # A third is no binary fraction: nine steps of it are three all the same.
    np.testing.assert_allclose(run.time[-1], 3, rtol=1e-15)
    assert len(run.time) == 10


# --- the shared collection ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sample", "told"),
    [
        (
            "subscript_1d_arrays/test_subscript_1d_arrays.xmile",
            "auxiliary 'Rate A[One Dimensional Subscript]' has ??? for an equation: the program "
            "that wrote the file could not write the real one",
        ),
        (
            "subscript_mixed_assembly/test_subscript_mixed_assembly.stmx",
            "aux 'mixed assembly': 'Dim2' has no element called 'A'",
        ),
        (
            "logicals/test_logicals.stmx",
            "auxiliary 'NOT output': an IF needs a THEN: IF condition THEN value ELSE value",
        ),
        (
            "macro_stock/test_macro_stock.xmile",
            "auxiliary 'macro output': there is no function or lookup called 'expression_macro'; "
            "if 'expression_macro' times something, write *",
        ),
    ],
)
def test_what_a_converter_left_broken_is_told_by_part_and_construct(
    test_models: Path, sample: str, told: str
) -> None:
    path = test_models / "tests" / sample
    with pytest.raises(CstoolsError) as found:
        read_model(path).run()
    assert str(found.value).splitlines()[0].removeprefix(f"'{path.name}': ") == told


def test_a_files_own_units_are_known_to_the_check(tmp_path: Path) -> None:
    units = (
        '<model_units><unit name="Rabbits"><alias>Bunnies</alias></unit>'
        '<unit name="speed"><eqn>metres/second</eqn></unit>'
        '<unit name="odd"><eqn>((</eqn></unit>'
        '<unit name="off" disabled="true"><alias>on</alias></unit></model_units>'
    )
    text = xmile(
        '<stock name="warren"><eqn>1</eqn><units>Rabbits</units></stock>'
        '<aux name="seen"><eqn>warren</eqn><units>Bunnies</units></aux>',
        units,
    ).replace("<sim_specs>", '<sim_specs time_units="day">')
    model = read(tmp_path, text)
    assert model.same_units == {"Bunnies": "Rabbits", "speed": "metres/second"}
    assert model.check_units().findings == ()
    copy = read_model(model.write(tmp_path / "again.xmile"))
    assert copy.same_units == model.same_units
