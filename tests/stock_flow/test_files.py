"""Model files: real ones from the field, what is written back, and files that are broken."""

from __future__ import annotations

import csv
import shutil
import warnings
from pathlib import Path

import numpy as np
import pytest

from cstools import CstoolsError, StockFlow, read_model
from cstools.names import key
from cstools.stock_flow.quiet_pysd import pysd

# The expected files hold six digits of runs in single precision; the rule of the field's shared
# collection allows for that.
SHARE, SHARE_OF_LARGEST = 1e-4, 1e-5


def expected(path: Path) -> dict[str, np.ndarray]:
    """Return the columns of a table of expected output, by key."""
    text = path.read_text(encoding="utf-8-sig")
    rows = list(csv.reader(text.splitlines(), delimiter="\t" if "\t" in text else ","))
    table = np.array([[float(cell) for cell in row] for row in rows[1:] if row])
    return {key(name): table[:, column] for column, name in enumerate(rows[0])}


SAMPLES = ["teacup/teacup.xmile", "teacup/teacup.stmx", "teacup/teacup_w_diagram.xmile",
           "teacup/teacup.mdl", "SIR/SIR.xmile", "SIR/SIR.stmx", "SIR/SIR.mdl",
           "SIR/SIR_reciprocal-dt.xmile"]  # fmt: skip


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_file_runs_to_the_numbers_its_authors_published(test_models: Path, sample: str) -> None:
    path = test_models / "samples" / sample
    model = read_model(path)
    run, table = model.run(), expected(path.parent / "output.csv")
    compared = 0
    for name, column in table.items():
        if name != "time" and name in run.values:
            rows = np.rint((table["time"] - model.start) / model.dt).astype(int)
            slack = SHARE_OF_LARGEST * np.abs(column).max()
            np.testing.assert_allclose(run[name][rows], column, rtol=SHARE, atol=slack)
            compared += 1
    assert compared >= 4


@pytest.mark.parametrize("sample", [s for s in SAMPLES if s.endswith(("e", "l"))])
def test_pysd_agrees_at_every_step(test_models: Path, sample: str) -> None:
    model = read_model(test_models / "samples" / sample)
    ours, theirs = model.run(), model.run(engine="pysd")
    for name in ours.names:
        np.testing.assert_allclose(ours[name], theirs[name], rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("sample", ["teacup/teacup.mdl", "SIR/SIR.mdl"])
def test_pysd_agrees_when_it_reads_the_file_itself(
    test_models: Path, tmp_path: Path, sample: str
) -> None:
    # PySD writes its translation beside the file, and the shared files are not ours to write to.
    path = Path(shutil.copy(test_models / "samples" / sample, tmp_path))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # PySD's own, about pandas
        theirs = pysd.read_vensim(str(path)).run()
    ours = read_model(path).run()
    for column in theirs.columns:
        if key(column) in ours.values:
            np.testing.assert_allclose(ours[column], theirs[column], rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("settings", [{"cooling time": 4.0}, {"temperature": 40.0}])
def test_the_second_opinion_runs_with_the_same_settings(
    coffee: StockFlow, settings: dict[str, float]
) -> None:
    ours, theirs = coffee.run(settings), coffee.run(settings, engine="pysd")
    np.testing.assert_allclose(ours["temperature"], theirs["temperature"], rtol=1e-9)
    again = coffee.run(engine="pysd")
    np.testing.assert_allclose(coffee.run()["temperature"], again["temperature"], rtol=1e-9)


@pytest.mark.parametrize("word", ["mod", "MOD", "Mod"])
def test_the_second_opinion_reads_every_spelling_of_a_word(coffee: StockFlow, word: str) -> None:
    coffee.auxiliary("turn", f"if time {word} 8 < 4 then 75 else 25")
    ours, theirs = coffee.run()["turn"], coffee.run(engine="pysd")["turn"]
    np.testing.assert_array_equal(ours, theirs)


def test_a_model_that_pysd_does_not_know_is_told(coffee: StockFlow) -> None:
    coffee.auxiliary("warm", "sample_if_true(temperature > 50, temperature, 0)")
    with pytest.raises(CstoolsError) as found:
        coffee.run(engine="pysd")
    told = "PySD cannot run this model: Not implemented function 'sample_if_true'"
    assert str(found.value) == told


def test_the_second_opinion_makes_nothing_out_of_an_empty_stock() -> None:
    model = StockFlow("pantry", stop=4)
    model.stock("bread", 6, non_negative=True)
    model.stock("eaten", 0)
    model.flow("breakfast", 4, out_of="bread", into="eaten")
    ours, theirs = model.run(), model.run(engine="pysd")
    for name in ours.names:
        np.testing.assert_allclose(ours[name], theirs[name], rtol=1e-12)
    assert ours["eaten"][-1] == 6


def test_the_second_opinion_keeps_as_many_rows() -> None:
    model = StockFlow("sparse", stop=8, dt=0.5, saveper=2)
    model.stock("count", 0)
    model.flow("one", 1, into="count")
    np.testing.assert_array_equal(model.run(engine="pysd")["count"], model.run()["count"])


def test_the_second_opinion_knows_one_method(coffee: StockFlow) -> None:
    with pytest.raises(CstoolsError) as found:
        coffee.run(engine="pysd", method="rk4")
    assert str(found.value) == "PySD runs Euler's method only, not 'rk4'"


def test_a_written_model_is_read_back_as_it_was(two_tubs: StockFlow, tmp_path: Path) -> None:
    again = read_model(two_tubs.write(tmp_path / "tubs.xmile"))
    assert again.parts == two_tubs.parts
    assert again.clock == two_tubs.clock
    np.testing.assert_array_equal(again.run()["lower"], two_tubs.run()["lower"])


@pytest.mark.parametrize(
    "equation",
    ["(upper+  2)/ 3 * 0.5", "MAX(upper, 2) * 0.01", "IF upper > 5 THEN 1 ELSE 0", "upper^1.0e-2"],
)
def test_equation_text_is_written_letter_for_letter(
    two_tubs: StockFlow, tmp_path: Path, equation: str
) -> None:
    two_tubs.flow("draining", equation, out_of="upper", into="lower")
    again = read_model(two_tubs.write(tmp_path / "tubs.xmile"))
    assert again["draining"] == two_tubs["draining"]


def test_words_that_stand_together_are_spelled_as_xmile_asks(
    coffee: StockFlow, tmp_path: Path
) -> None:
    text = coffee.write(tmp_path / "coffee.xmile").read_text(encoding="utf-8")
    assert "<eqn>(temperature - room_temperature) / cooling_time</eqn>" in text


@pytest.mark.parametrize("sample", [s for s in SAMPLES if not s.endswith("mdl")])
def test_a_file_from_elsewhere_survives_a_round_trip(
    test_models: Path, tmp_path: Path, sample: str
) -> None:
    model = read_model(test_models / "samples" / sample)
    again = read_model(model.write(tmp_path / "again.xmile"))
    assert again.parts == model.parts
    run = model.run()
    for name in run.names:
        np.testing.assert_array_equal(again.run()[name], run[name])


def test_a_slider_comes_back_from_a_file(coffee: StockFlow, tmp_path: Path) -> None:
    coffee.stock("temperature", 90, units="degC", between=(0, 100))
    again = read_model(coffee.write(tmp_path / "coffee.xmile"))
    assert [(part.name, part.between) for part in again.sliders()] == [
        ("temperature", (0, 100)),
        ("cooling time", (1, 30)),
    ]


def test_an_unwritable_place_leaves_nothing_behind(coffee: StockFlow, tmp_path: Path) -> None:
    place = tmp_path / "not there" / "coffee.xmile"
    with pytest.raises(CstoolsError) as found:
        coffee.write(place)
    assert str(found.value) == f"'{place}' cannot be written: No such file or directory"


def test_a_model_that_cannot_run_is_not_written(coffee: StockFlow, tmp_path: Path) -> None:
    coffee.flow("leak", "unheard of", out_of="temperature")
    with pytest.raises(CstoolsError, match="nothing in this model is called 'unheard of'"):
        coffee.write(tmp_path / "coffee.xmile")
    assert list(tmp_path.iterdir()) == []


HEAD = '<xmile version="1.0"><sim_specs><stop>1</stop></sim_specs><model><variables>'
TAIL = "</variables></model></xmile>"
BOMB = """<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>
<xmile><model><variables><aux name="&b;"/></variables></model></xmile>"""
OUTSIDE = """<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname">]>
<xmile><model><variables><aux name="&secret;"/></variables></model></xmile>"""
REFUSED = "'broken.xmile' defines or fetches entities, as no model needs to; it is not opened"

BROKEN = {
    "empty": ("", "'broken.xmile' is empty"),
    "not XML": (
        "stock, flow",
        "'broken.xmile' is not XML from line 1, column 1 on; was it saved whole, and as XMILE?",
    ),
    "cut off": (
        HEAD,
        f"'broken.xmile' is not XML from line 1, column {len(HEAD) + 1} on; "
        "was it saved whole, and as XMILE?",
    ),
    "another kind of XML": (
        "<html/>",
        "'broken.xmile' is XML, but no XMILE model: it begins with <html>",
    ),
    "no variables": (HEAD + TAIL, "'broken.xmile': the model in it has no variables"),
    "an entity bomb": (BOMB, REFUSED),
    "an external entity": (OUTSIDE, REFUSED),
    "no equation": (
        HEAD + '<aux name="rate"/>' + TAIL,
        "'broken.xmile': aux 'rate' has no equation",
    ),
    "two variables of one name": (
        HEAD + '<aux name="a b"><eqn>1</eqn></aux><aux name="A_B"><eqn>2</eqn></aux>' + TAIL,
        "'broken.xmile': two variables are called 'a_b'; one of them would be lost",
    ),
    "a flow that nobody describes": (
        HEAD + '<stock name="tub"><eqn>1</eqn><inflow>tap</inflow></stock>' + TAIL,
        "'broken.xmile': stock 'tub' has the inflow 'tap', and no variable is called so",
    ),
    "no end": (
        HEAD.replace("<stop>1</stop>", "") + '<aux name="a"><eqn>1</eqn></aux>' + TAIL,
        "'broken.xmile': <sim_specs> does not say when a run stops",
    ),
    "a factor between two units": (
        HEAD + '<flow name="f"><eqn>1</eqn><multiplier>100</multiplier></flow>' + TAIL,
        "'broken.xmile': flow 'f' uses a factor between the units of its two stocks, "
        "which cannot be run here yet",
    ),
    "a variable with the clock's name": (
        HEAD + '<aux name="pi"><eqn>7</eqn></aux>' + TAIL,
        "'broken.xmile': 'pi' has the name of the clock's own PI and another equation; "
        "give it another name in the file",
    ),
    "an array": (
        HEAD + '<stock name="age"><dimensions/><eqn>1</eqn></stock>' + TAIL,
        "'broken.xmile': stock 'age' uses arrays, which cannot be run here yet",
    ),
    "a number that is none": (
        HEAD.replace("<stop>1<", "<stop>one<") + '<aux name="a"><eqn>1</eqn></aux>' + TAIL,
        "'broken.xmile': <stop> is 'one', which is not a number",
    ),
    "an equation that does not parse": (
        HEAD + '<aux name="a"><eqn>1 +</eqn></aux>' + TAIL,
        "'broken.xmile': auxiliary 'a': something is missing after '+'\n    1 +\n       ^",
    ),
    "a macro": (
        HEAD + '<aux name="a"><eqn>1</eqn></aux>' + TAIL.replace("</xmile>", "<macro/></xmile>"),
        "'broken.xmile': it defines a macro, which cannot be run here yet",
    ),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_file_is_told_with_the_place(tmp_path: Path, fault: str) -> None:
    text, told = BROKEN[fault]
    path = tmp_path / "broken.xmile"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CstoolsError) as found:
        read_model(path)
    assert str(found.value) == told


def test_the_outflow_whose_tag_comes_first_is_served_first(tmp_path: Path) -> None:
    path = tmp_path / "order.xmile"
    path.write_text(
        HEAD
        + '<flow name="a"><eqn>8</eqn></flow><flow name="b"><eqn>8</eqn></flow>'
        + '<stock name="s"><eqn>10</eqn><outflow>b</outflow><outflow>a</outflow>'
        + "<non_negative/></stock>"
        + TAIL,
        encoding="utf-8",
    )
    run = read_model(path).run()
    assert (run["b"][0], run["a"][0]) == (8, 2)


def test_a_made_up_name_never_takes_the_place_of_a_real_one(tmp_path: Path) -> None:
    points = "<gf><xpts>0,1</xpts><ypts>{0},{0}</ypts></gf>"
    path = tmp_path / "names.xmile"
    path.write_text(
        HEAD
        + f'<aux name="x"><eqn>TIME</eqn>{points.format(1)}</aux>'
        + '<gf name="x lookup"><xpts>0,1</xpts><ypts>4,4</ypts></gf>'
        + '<aux name="y"><eqn>x_lookup(TIME) + x</eqn></aux>'
        + TAIL,
        encoding="utf-8",
    )
    assert read_model(path).run()["y"][0] == 5


VENSIM = """{UTF-8}
Pop=INTEG(2*births,1)~~|
Money=INTEG(change in pop,0)~~|
births=1~~|
change in pop=births*Pop/10~~|
f=WITH LOOKUP(Time,([(0,0)-(9,9)],(0,1),(9,1)))+WITH LOOKUP(Time,([(0,0)-(9,9)],(0,5),(9,5)))~~|
FINAL TIME=3~~|
INITIAL TIME=0~~|
TIME STEP=1~~|
SAVEPER=1~~|
"""


def test_the_parts_that_vensim_leaves_unnamed_get_names_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "unnamed.mdl"
    path.write_text(VENSIM, encoding="utf-8")
    run = read_model(path).run()
    assert list(run["Pop"]) == [1, 3, 5, 7]
    np.testing.assert_allclose(run["Money"], [0, 0.1, 0.4, 0.9])
    assert run["f"][0] == 6


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    for ending in ("xmile", "mdl"):
        path = tmp_path / f"nothing.{ending}"
        with pytest.raises(CstoolsError) as found:
            read_model(path)
        assert str(found.value) == (
            f"'{path}': there is no such file; is the name spelt as it is on the disk?"
        )


def test_a_file_of_another_kind_is_told(tmp_path: Path) -> None:
    with pytest.raises(CstoolsError) as found:
        read_model(tmp_path / "budget.xlsx")
    assert str(found.value) == (
        "'budget.xlsx': a model is read from .xmile, .stmx or Vensim's .mdl, not from '.xlsx'"
    )


@pytest.mark.parametrize(
    ("sample", "told"),
    [
        ("subscript_1d_arrays/test_subscript_1d_arrays.mdl", "uses arrays"),
        ("macro_stock/test_macro_stock.mdl", "defines a macro"),
        ("get_data/test_get_data.mdl", "uses GetData"),
        ("exponentiation/exponentiation.mdl", "this power can be read in two ways"),
        ("na/test_na.mdl", "uses :NA:"),
    ],
)
def test_what_cannot_be_run_is_named_never_run_differently(
    test_models: Path, sample: str, told: str
) -> None:
    with pytest.raises(CstoolsError, match=told):
        read_model(test_models / "tests" / sample)


def test_the_flows_of_a_vensim_stock_are_found_again(test_models: Path) -> None:
    model = read_model(test_models / "samples" / "SIR" / "SIR.mdl")
    flow = model["Succumbing"]
    assert (flow.kind, flow.out_of, flow.into) == ("flow", "Susceptible", "Infectious")  # type: ignore[union-attr]
