"""Arrays in XMILE files: one equation for all, one for each, lists of numbers, graphs."""

from __future__ import annotations

from pathlib import Path

import pytest

from cstools import CstoolsError, read_model
from tests.stock_flow.test_xmile_roundtrip import again, check_same
from tests.stock_flow.xmile_files import REGIONS, aux, graph, over, read, xmile


def each(**equations: str) -> str:
    """Return an equation for each element; an underscore stands for the comma between two."""
    return "".join(
        f'<element subscript="{name.replace("_", ", ")}"><eqn>{equation}</eqn></element>'
        for name, equation in equations.items()
    )


def test_one_equation_holds_for_every_element(tmp_path: Path) -> None:
    text = xmile(
        aux("rate", "Region * 10 + Age", over("Region", "Age"))
        + aux("double", "2 * rate", over("Region", "Age"))
        + aux("turned", "rate[Region, Age]", over("Age", "Region"))
        + aux("first", "rate[Region, 1]", over("Region"))
        + aux("total", "SUM(rate[*, 2])"),
        REGIONS,
    )
    run = read(tmp_path, text).run()
    assert run["double"][0].tolist() == [[22, 24], [42, 44]]
    assert run["turned"][0].tolist() == [[11, 21], [12, 22]]
    assert run["first"][0].tolist() == [11, 21]
    assert run["total"][0] == 12 + 22


def test_each_element_has_an_equation_of_its_own(tmp_path: Path) -> None:
    said = over("Region", "Age") + each(North_1="1", North_2="TIME", South_1="3", South_2="4")
    run = read(tmp_path, xmile(f'<aux name="x">{said}</aux>', REGIONS)).run()
    assert run["x"][2].tolist() == [[1, 2], [3, 4]]


def test_an_element_may_be_said_by_its_position(tmp_path: Path) -> None:
    said = over("Region") + '<element subscript="2"><eqn>7</eqn></element>' + each(North="5")
    run = read(tmp_path, xmile(f'<aux name="x">{said}</aux>', REGIONS)).run()
    assert run["x"][0].tolist() == [5, 7]


def test_an_element_that_says_nothing_has_the_equation_of_all(tmp_path: Path) -> None:
    said = over("Region") + "<eqn>1</eqn>" + each(South="7")
    run = read(tmp_path, xmile(f'<aux name="x">{said}</aux>', REGIONS)).run()
    assert run["x"][0].tolist() == [1, 7]


@pytest.mark.parametrize(
    "equations",
    ["<eqn>1, 2; 3, 4;</eqn>", "<eqn>1,2,3,4</eqn>", "<eqn>1</eqn><eqn>2</eqn>" * 2],
)
def test_numbers_in_a_row_fill_an_array_the_last_dimension_fastest(
    tmp_path: Path, equations: str
) -> None:
    text = xmile(f'<aux name="x">{over("Region", "Age")}{equations}</aux>', REGIONS)
    values = [1, 2, 1, 2] if "<eqn>1</eqn>" in equations else [1, 2, 3, 4]
    assert read(tmp_path, text).run()["x"][0].ravel().tolist() == values


def test_a_stock_and_its_flows_are_arrays_together(tmp_path: Path) -> None:
    text = xmile(
        f'<stock name="people">{over("Region")}<eqn>10</eqn>'
        "<inflow>births</inflow><outflow>moving</outflow><non_negative/></stock>"
        f'<stock name="city">{over("Region")}<eqn>0</eqn><inflow>moving</inflow></stock>'
        f'<flow name="births">{over("Region")}<eqn>0</eqn></flow>'
        f'<flow name="moving">{over("Region")}{each(North="3", South="6")}</flow>',
        REGIONS,
    )
    run = read(tmp_path, text).run()
    assert run["people"][-1].tolist() == [0, 0]
    assert run["city"][:, 0].tolist() == [0, 3, 6, 9, 10]
    assert run["city"][:, 1].tolist() == [0, 6, 10, 10, 10]


def test_one_graph_serves_a_whole_array(tmp_path: Path) -> None:
    text = xmile(
        aux("x", "Region * 2", over("Region") + graph({0: 0, 4: 40}))
        + aux("y", "LOOKUP(x[North], 1) + x[South](2)"),
        REGIONS,
    )
    run = read(tmp_path, text).run()
    assert run["x"][0].tolist() == [20, 40]
    assert run["y"][0] == 30


def test_each_element_may_have_a_graph_of_its_own(tmp_path: Path) -> None:
    graphs = "".join(
        f'<element subscript="{name}">{graph({0: 0, 4: end})}</element>'
        for name, end in (("North", 4), ("South", 8))
    )
    text = xmile(
        aux("x", "TIME", over("Region") + graphs)
        + aux("y", "x[South](1)")
        + aux("z", "LOOKUP(x[Region], 2)", over("Region")),
        REGIONS,
    )
    run = read(tmp_path, text).run()
    assert run["x"][3].tolist() == [3, 6]
    assert run["y"][0] == 2
    assert run["z"][0].tolist() == [2, 4]


def test_a_file_of_stellas_with_a_graph_for_each_element_runs(test_models: Path) -> None:
    run = read_model(test_models / "samples/arrays/non-a2a/non-a2a-gf.stmx").run()
    assert run["Converter 1"][0].tolist() == [97.3, 2.2]
    assert run["Converter 1"][-1].tolist() == [0, 100]


def test_a_dimension_and_an_element_with_a_point_between_them_are_a_number(
    tmp_path: Path,
) -> None:
    text = xmile(aux("x", "Region.South") + aux("y", "z[Region.South]")
                 + aux("z", "Region", over("Region")), REGIONS)  # fmt: skip
    run = read(tmp_path, text).run()
    assert (run["x"][0], run["y"][0]) == (2, 2)


def test_a_dimension_that_nothing_binds_means_all_of_it_inside_a_sum(tmp_path: Path) -> None:
    text = xmile(
        aux("x", "10 * Region + Age", over("Region", "Age"))
        + aux("all", "SUM(x[Region, Age])")
        + aux("each", "MAX(x[Region, Age])", over("Region"))
        + aux("most", "MAX(x, 0)"),
        REGIONS,
    )
    run = read(tmp_path, text).run()
    assert run["most"][0] == 22
    assert run["all"][0] == 66
    assert run["each"][0].tolist() == [12, 22]


def test_a_dimension_may_stand_twice_in_an_array(tmp_path: Path) -> None:
    said = over("Age", "Age") + "<eqn>11, 12; 21, 22</eqn>"
    text = xmile(
        f'<aux name="square">{said}</aux>'
        + aux("same", "square", over("Age", "Age"))
        + aux("named", "square[Age, Age]", over("Age", "Age"))
        + aux("rows", "SUM(square[Age, *])", over("Age"))
        + aux("diagonal", "square[Age, Age]", over("Age")),
        REGIONS,
    )
    model = read(tmp_path, text)
    run = model.run()
    assert run["same"][0].tolist() == run["named"][0].tolist() == [[11, 12], [21, 22]]
    assert run["rows"][0].tolist() == [23, 43]
    assert run["diagonal"][0].tolist() == [11, 22]
    check_same(again(model, tmp_path).run(), run)


def test_a_part_of_a_dimension_is_summed_as_isee_has_it(tmp_path: Path) -> None:
    coast = REGIONS.replace(
        "</dimensions>", '<dim name="Coast"><elem name="South"/></dim></dimensions>'
    )
    text = xmile(aux("x", "Region * 5", over("Region")) + aux("y", "SUM(x[*:Coast])"), coast)
    assert read(tmp_path, text).run()["y"][0] == 10


def test_the_equation_of_one_element_may_name_its_dimension(tmp_path: Path) -> None:
    said = over("Region") + each(North="2 * y[Region]", South="3 * y[Region]")
    text = xmile(f'<aux name="x">{said}</aux>' + aux("y", "Region", over("Region")), REGIONS)
    assert read(tmp_path, text).run()["x"][0].tolist() == [2, 6]


def test_each_element_may_have_an_equation_and_a_graph(tmp_path: Path) -> None:
    inside = "".join(
        f'<element subscript="{name}"><eqn>{equation}</eqn>{graph({0: 0, 4: 8})}</element>'
        for name, equation in (("North", "TIME"), ("South", "1"))
    )
    tables = inside.replace("TIME", "0").replace("<eqn>1<", "<eqn>0<")
    text = xmile(
        f'<aux name="x">{over("Region")}{inside}</aux>'
        f'<aux name="table">{over("Region")}{tables}</aux>'
        + aux("called", "LOOKUP(table[Region], 3)", over("Region")),
        REGIONS,
    )
    run = read(tmp_path, text).run()
    assert run["x"][2].tolist() == [4, 2]
    assert run["called"][0].tolist() == [6, 6]


BROKEN = {
    "a dimension that is not there": (
        aux("x", "1", over("Regoin")),
        "aux 'x': the file has no dimension called 'Regoin'; did you mean 'Region'?",
    ),
    "an element that is not there": (
        f'<aux name="x">{over("Region")}{each(Nort="1")}</aux>',
        "aux 'x': 'Region' has no element called 'Nort'; did you mean 'North'?",
    ),
    "too few subscripts": (
        f'<aux name="x">{over("Region", "Age")}{each(North="1")}</aux>',
        "aux 'x': the element 'North' has 1 subscripts, and the array 2",
    ),
    "too many numbers": (
        aux("x", "1, 2, 3", over("Region")),
        "aux 'x' has 3 values for 2 elements",
    ),
    "an element without an equation": (
        f'<aux name="x">{over("Region")}<element subscript="North"/></aux>',
        "aux 'x[North]' has no equation",
    ),
    "two equations of a single value": (
        '<aux name="x"><eqn>1</eqn><eqn>2</eqn></aux>',
        "aux 'x' has 2 equations; one of them would be lost",
    ),
    "a bracket in a name": (
        aux("cost [euro]", "1"),
        "'cost [euro]' has a bracket in its name, where subscripts stand; give it another name",
    ),
    "more elements than memory": (
        aux("x", "1", over("Age", "Wide", "Wide")),
        "aux 'x' has more than 100,000 elements",
    ),
}
WIDE = REGIONS.replace("</dimensions>", '<dim name="Wide" size="1000"/></dimensions>')


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_array_is_told(tmp_path: Path, fault: str) -> None:
    variables, told = BROKEN[fault]
    with pytest.raises(CstoolsError) as found:
        read(tmp_path, xmile(variables, WIDE))
    assert str(found.value) == f"'model.xmile': {told}"


@pytest.mark.parametrize(
    ("size", "told"),
    [
        (
            'size="1000000000"',
            "has 1000000000 elements; name them, or say a size from 1 to 100,000",
        ),
        ('size="0"', "has 0 elements; name them, or say a size from 1 to 100,000"),
        ("", "has no elements; name them, or say a size from 1 to 100,000"),
    ],
)
def test_a_dimension_of_no_or_far_too_many_elements_is_told(
    tmp_path: Path, size: str, told: str
) -> None:
    more = f'<dimensions><dim name="N" {size}/></dimensions>'
    with pytest.raises(CstoolsError) as found:
        read(tmp_path, xmile(aux("x", "1"), more))
    assert str(found.value) == f"'model.xmile': dimension 'N' {told}"


def test_numbers_in_a_row_go_through_the_graph_beside_them(tmp_path: Path) -> None:
    text = xmile(aux("x", "1, 2", over("Region") + graph({0: 0, 4: 40})), REGIONS)
    assert read(tmp_path, text).run()["x"][0].tolist() == [10, 20]
