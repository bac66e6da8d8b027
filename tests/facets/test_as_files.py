"""Every teaching model lies in ``notebooks/models`` as a file, and other programs read it alike."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from cstools import read_model
from cstools.__main__ import main
from cstools.errors import FileError
from cstools.facets import as_files
from cstools.stock_flow.parts import Lookup

FOLDER = Path(__file__).parents[2] / "notebooks" / "models"
MODELS = as_files.models()
NAMESPACE = "{http://docs.oasis-open.org/xmile/ns/XMILE/v1.0}"

#: What is set for PySD. Where a stock runs dry, PySD cuts it off at zero and shows the outflow
#: that was wanted, not the one that happened; so these are compared where nothing runs dry.
SET_FOR_PYSD: dict[str, dict[str, float]] = {"pond_with_quota": {"quota": 120}}
#: In this one all of a stock goes over at once, by a flow that only the empty stock ends. PySD lets
#: it go on, into infinity, unless what ends it is written out, as our second opinion does.
WRITTEN_OUT_FOR_PYSD = {"two_process_sleep"}


def on_disk(name: str) -> Path:
    return FOLDER / f"{name}.xmile"


def test_every_model_of_the_facets_lies_in_the_folder_and_nothing_else():
    """On a difference: python -m cstools models --out notebooks/models."""
    names = {path.name for path in FOLDER.iterdir() if not path.name.startswith(".")}
    assert names == {as_files.PAGE, *(f"{name}.xmile" for name in MODELS)}
    assert len(MODELS) > 20


@pytest.mark.parametrize("name", MODELS)
def test_a_file_is_up_to_date(name):
    """On a difference: python -m cstools models --out notebooks/models."""
    _, make = MODELS[name]
    written = on_disk(name).read_text(encoding="utf-8")
    assert as_files.without_picture(written) == as_files.file_of(name, make, picture=False)
    assert "<views>" in written


def test_the_page_is_up_to_date():
    """On a difference: python -m cstools models --out notebooks/models."""
    said = (FOLDER / as_files.PAGE).read_text(encoding="utf-8")
    assert said == as_files.page(as_files.met_in(FOLDER.parent))


@pytest.mark.parametrize("name", MODELS)
def test_a_file_read_again_runs_the_same(name):
    _, make = MODELS[name]
    ours, again = make().run(), read_model(on_disk(name)).run()
    assert again.names == ours.names
    for variable in ours.names:
        np.testing.assert_array_equal(again[variable], ours[variable], err_msg=variable)


# Importing PySD brings chardet's own notice that one of its modules has moved.
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", sorted({*MODELS} - WRITTEN_OUT_FOR_PYSD))
def test_pysd_runs_a_file_to_the_same_numbers(name, tmp_path):
    """The file as it is shipped, read by the real PySD: no help from our own second opinion."""
    pysd = pytest.importorskip("pysd")
    _, make = MODELS[name]
    model, settings = make(), SET_FOR_PYSD.get(name, {})
    ours = model.run(settings, method="euler")
    loaded = pysd.read_xmile(shutil.copy(on_disk(name), tmp_path))  # it writes beside the file
    known = {told.casefold().replace("_", " "): found for told, found in loaded.namespace.items()}
    parts = [part for part in model.scalars.values() if not isinstance(part, Lookup)]
    columns = {part.name: known[part.name.casefold()] for part in parts}
    theirs = loaded.run(
        params={known[key.casefold()]: value for key, value in settings.items()},
        return_columns=list(columns.values()),
        return_timestamps=ours.time,
    )
    for variable, column in columns.items():
        expected = ours[variable] if variable in ours.names else np.full(1, model[variable].value)
        size = max(1.0, float(np.max(np.abs(expected))))
        # Both add up the same terms in binary64; 1e-9 leaves room for another order of adding.
        np.testing.assert_allclose(
            theirs[column].to_numpy(dtype=float), expected, rtol=0, atol=1e-9 * size,
            err_msg=variable,
        )  # fmt: skip


# Importing PySD brings chardet's own notice that one of its modules has moved.
@pytest.mark.filterwarnings("ignore:chardet")
@pytest.mark.parametrize("name", sorted(WRITTEN_OUT_FOR_PYSD))
def test_pysd_runs_the_rest_with_what_holds_a_flow_back_written_out(name):
    model = read_model(on_disk(name))
    ours, theirs = model.run(method="euler"), model.run(engine="pysd", method="euler")
    for variable in ours.names:
        size = max(1.0, float(np.max(np.abs(ours[variable]))))  # tolerance: as above
        np.testing.assert_allclose(theirs[variable], ours[variable], rtol=0, atol=1e-9 * size)


def test_the_page_names_the_files_that_pysd_reads_differently():
    said = (FOLDER / as_files.PAGE).read_text(encoding="utf-8")
    for name in (*SET_FOR_PYSD, *WRITTEN_OUT_FOR_PYSD):
        assert f"`{name}.xmile`" in said


#: What the schema of XMILE 1.0 (OASIS, 14 December 2015) lets stand inside what.
ALLOWED = {
    "xmile": {"header", "sim_specs", "model_units", "dimensions", "model"},
    "header": {"vendor", "name", "product", "options"},
    # The schema has no save_step, which Vensim's and Stella's files do know in their own words.
    "sim_specs": {"start", "stop", "dt", "save_step"},
    "model": {"variables", "views"},
    "variables": {"stock", "flow", "aux", "gf"},
    "stock": {"eqn", "units", "doc", "range", "inflow", "outflow", "non_negative", "dimensions",
              "element"},
    "flow": {"eqn", "units", "doc", "range", "gf", "non_negative", "dimensions", "element"},
    "aux": {"eqn", "units", "doc", "range", "gf", "dimensions", "element"},
    "gf": {"xscale", "yscale", "xpts", "ypts"},
    "views": {"view"},
    "view": {"stock", "flow", "aux", "connector", "alias"},
}  # fmt: skip


@pytest.mark.parametrize("name", MODELS)
def test_a_file_has_the_shape_of_the_standard(name):
    root = ET.parse(on_disk(name)).getroot()
    assert root.tag == f"{NAMESPACE}xmile"
    assert root.get("version") == "1.0"
    assert next(child.tag for child in root) == f"{NAMESPACE}header"
    assert root.find(f"{NAMESPACE}header/{NAMESPACE}product").get("version")
    view = root.find(f"{NAMESPACE}model/{NAMESPACE}views/{NAMESPACE}view")
    drawn = {id(element) for element in view.iter()} - {id(view)}
    for element in root.iter():
        tag = element.tag.removeprefix(NAMESPACE)
        if tag in ALLOWED and id(element) not in drawn:
            inside = {child.tag.removeprefix(NAMESPACE) for child in element}
            assert inside <= ALLOWED[tag], tag


@pytest.mark.parametrize("name", MODELS)
def test_a_diagram_shows_every_variable_once(name):
    root = ET.parse(on_disk(name)).getroot()
    variables, view = f".//{NAMESPACE}variables", f".//{NAMESPACE}view"

    def named(place: str) -> list[str]:
        kinds = {f"{NAMESPACE}{kind}" for kind in ("stock", "flow", "aux")}
        found: Any = root.find(place)
        return sorted(child.get("name").replace(" ", "_") for child in found if child.tag in kinds)

    assert named(view) == named(variables)


def test_a_comment_says_what_the_numbers_stand_on():
    for name, (_, make) in MODELS.items():
        second = on_disk(name).read_text(encoding="utf-8").split("\n")[1]
        assert f"Evidence: {make().evidence}." in second
        assert second.count("--") == 2  # XML allows none inside


def test_the_command_writes_what_has_changed_and_leaves_the_rest(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(as_files, "models", lambda: {"bathtub": MODELS["bathtub"]})
    folder = tmp_path / "my models"
    assert main(["models", "--out", str(folder)]) == 0
    assert capsys.readouterr().out == "bathtub.xmile: written\nREADME.md: written\n"
    assert main(["models", "--out", str(folder)]) == 0
    assert capsys.readouterr().out == "All files are up to date.\n"
    file = folder / "bathtub.xmile"
    file.write_text(file.read_text("utf-8").replace("<eqn>100</eqn>", "<eqn>90</eqn>"), "utf-8")
    assert main(["models", "--out", str(folder)]) == 0
    assert capsys.readouterr().out == "bathtub.xmile: written\n"


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "models").write_text("a file stands here", encoding="utf-8")
    with pytest.raises(FileError) as error:
        as_files.write(tmp_path / "models")
    assert str(error.value) == f"'{tmp_path / 'models'}' cannot be made: File exists"
