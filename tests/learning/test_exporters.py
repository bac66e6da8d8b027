"""The real nbconvert, with the setting that an installation brings, leaves private cells out."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

nbconvert = pytest.importorskip("nbconvert")
from nbconvert.exporters import get_exporter  # noqa: E402
from nbconvert.nbconvertapp import NbConvertApp  # noqa: E402
from traitlets.config import JSONFileConfigLoader  # noqa: E402

from cstools.learning.nbconvert_private import WithoutPrivateCells  # noqa: E402

from . import secrets_of_a_notebook as made  # noqa: E402

SHIPPED = Path(__file__).parents[2] / "cstools" / "data" / "lab"
SETTING = "jupyter_config.json"

# Without pandoc or TeX: those that need them are asked for their preprocessing alone, below.
WRITTEN = ("html", "markdown", "notebook", "python", "script", "slides")
OTHERS = ("asciidoc", "latex", "pdf", "qtpdf", "qtpng", "rst", "webpdf")


@pytest.fixture
def notebook(tmp_path):
    book = made.notebook(made.own_words([" Private "]), made.own_code(["private"]))
    path = tmp_path / "here" / "mine.ipynb"
    path.parent.mkdir()
    path.write_text(json.dumps(book), encoding="utf-8")
    return path


@pytest.fixture
def convert(monkeypatch, tmp_path):
    """Run nbconvert's own program in this process, with no setting but the one that is shipped."""
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / SETTING).write_bytes((SHIPPED / SETTING).read_bytes())
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(tmp_path / "etc"))
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "none"))

    def run(path, *options):
        NbConvertApp.clear_instance()
        app = NbConvertApp.instance()
        app.initialize([str(path), "--log-level=ERROR", *options])
        app.start()
        NbConvertApp.clear_instance()

    return run


def found(folder):
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return {secret for path in files for secret in made.secrets_in(path.read_bytes())}


@pytest.mark.filterwarnings("ignore")  # nbconvert's own, about what it uses
@pytest.mark.parametrize("form", WRITTEN)
def test_no_form_that_nbconvert_writes_has_a_private_cell(notebook, convert, tmp_path, form):
    out = tmp_path / "out"
    convert(notebook, f"--to={form}", f"--output-dir={out}")
    assert found(out) == set()


@pytest.mark.filterwarnings("ignore")
def test_what_is_public_is_there(notebook, convert, tmp_path):
    convert(notebook, "--to=markdown", f"--output-dir={tmp_path / 'out'}")
    text = (tmp_path / "out" / "mine.md").read_text("utf-8")
    assert "# A week" in text
    assert "1 + 1" in text
    [drawn] = (tmp_path / "out").rglob("*.png")
    assert b"everybody may see this" in drawn.read_bytes()


@pytest.mark.filterwarnings("ignore")
def test_without_the_setting_the_search_finds_them(notebook, convert, tmp_path):
    (tmp_path / "etc" / SETTING).unlink()
    convert(
        notebook, "--to=markdown", f"--output-dir={tmp_path / 'out'}", "--Exporter.preprocessors=[]"
    )
    secrets = found(tmp_path / "out")
    assert {"zebra-in-a-text", "zebra-in-a-picture", "zebra-in-an-attachment"} <= secrets


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("form", OTHERS)
def test_forms_that_need_other_programs_get_no_private_cell_to_print(notebook, form):
    config = JSONFileConfigLoader(SETTING, path=str(SHIPPED)).load_config()
    try:
        exporter = get_exporter(form)(config=config)
    except Exception as error:  # a form that this nbconvert does not have
        pytest.skip(f"{form}: {error}")
    assert any(isinstance(one, WithoutPrivateCells) for one in exporter._preprocessors)


def size_of(path):
    return len(json.loads(path.read_text("utf-8"))["cells"])


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "options",
    [
        ["--inplace"],
        ["--clear-output"],
        ["--to=notebook", "--output=mine"],
        ["--to=notebook", "--output=mine.ipynb"],
    ],
)
def test_a_notebook_written_over_itself_keeps_its_private_cells(notebook, convert, options):
    before = size_of(notebook)
    convert(notebook, *options)
    assert size_of(notebook) == before
    assert "zebra-in-a-text" in found(notebook.parent)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "options",
    [
        ["--inplace", "--output=other"],
        ["--clear-output", "--output=other"],
        ["--to=notebook"],
        ["--to=notebook", "--output-dir=OUT"],
        ["--to=notebook", "--output-dir=OUT", "--output=mine"],
    ],
)
def test_a_copy_has_none(notebook, convert, tmp_path, options):
    out = tmp_path / "out"
    convert(notebook, *(option.replace("OUT", str(out)) for option in options))
    [_, *copies] = sorted(
        [path for path in tmp_path.rglob("*") if path.suffix in (".ipynb", ".md")],
        key=lambda path: path != notebook,
    )
    assert copies
    assert {secret for path in copies for secret in made.secrets_in(path.read_bytes())} == set()


@pytest.mark.filterwarnings("ignore")
def test_the_output_that_goes_to_another_program_has_none(notebook, convert, capsys):
    convert(notebook, "--inplace", "--stdout")
    said = capsys.readouterr().out
    assert made.PUBLIC in said
    assert made.secrets_in(said) == set()


def test_private_cells_run_before_they_are_left_out(tmp_path, convert):
    """What a private cell defines is there for the cells after it."""
    cell = made.code("mine = 20 + 1", "own")
    cell["metadata"] = {"tags": ["private"]}
    book = made.notebook() | {"cells": [cell, made.code("print(2 * mine)", "sum")]}
    path = tmp_path / "mine.ipynb"
    path.write_text(json.dumps(book), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "nbconvert", "mine.ipynb", "--to=notebook", "--execute", "--stdout"],
        cwd=tmp_path,
        env={**os.environ, "JUPYTER_CONFIG_PATH": str(tmp_path / "etc")},
        capture_output=True,
        text=True,
        check=True,
    )
    [left] = json.loads(run.stdout)["cells"]
    assert left["outputs"][0]["text"] == ["42\n"]
