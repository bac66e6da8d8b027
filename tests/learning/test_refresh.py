"""A refreshed notebook holds texts and what live parts leave; a comparison passes and can fail."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from cstools.errors import FileError
from cstools.learning.refresh import main, refresh, tidied, tidy

from .conftest import code, markdown

CONFTEST = Path(__file__).parent.parent.parent / "notebooks" / "conftest.py"
IGNORED, PRIVATE = ["nbval-ignore-output"], ["nbval-ignore-output", "private"]
CHECK_IN = "A check-in. What you enter stays in this page and is gone when you leave it."
PICTURE = """class Picture:
    def _repr_mimebundle_(self, include=None, exclude=None):
        from random import random
        page = f"<b>{random()}</b>"
        return {"text/plain": "Water rises.", "image/svg+xml": page, "text/html": page}
Picture()"""


def strict(folder, *options):
    arguments = ["--nbval", "-q", "--color=no", "-p", "no:cacheprovider", *options, str(folder)]
    run = [sys.executable, "-m", "pytest", "-c", "/dev/null", "--rootdir", str(folder), *arguments]
    return subprocess.run(run, capture_output=True, text=True, timeout=120, check=False).stdout


def counting(number):
    return [markdown("# One"), code(PICTURE), code(f"x = {number}"), *(
        code("x += 1\nx") for _ in range(3)
    ), code("print('a')\nPicture()")]  # fmt: skip


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory):
    path = tmp_path_factory.mktemp("refreshed") / "01-bath.ipynb"
    path.write_text(json.dumps({"cells": counting(5), "nbformat": 4, "nbformat_minor": 5}))
    refresh(path)
    return path


def test_strict_comparison_passes_as_refreshed_shuffled_or_not_and_fails_on_another_sentence(
    refreshed, tmp_path
):
    """Cells run in the order of their page, although the order of tests is random."""
    shutil.copy(CONFTEST, tmp_path)
    shutil.copy(refreshed, tmp_path / "01-bath.ipynb")
    other = Path(shutil.copy(refreshed, tmp_path / "02-bath.ipynb"))
    other.write_text(other.read_text().replace('"Water rises."\n', '"Water falls."\n', 1))
    said = strict(tmp_path, "-p", "randomly", "-p", "no:xdist")
    assert "1 failed, 11 passed" in said
    assert "'Water falls.' == 'Water rises.'" in said


def test_strict_comparison_alone_would_trip_over_pictures(refreshed, tmp_path):
    """The reason for notebooks/conftest.py; when this fails, that file can go."""
    shutil.copy(refreshed, tmp_path)
    assert "Unexpected output fields from running code" in strict(tmp_path)


def test_refreshing_again_changes_nothing(refreshed, tmp_path):
    path = Path(shutil.copy(refreshed, tmp_path))
    refresh(path)
    assert path.read_bytes() == refreshed.read_bytes()
    tidy(path)
    assert path.read_bytes() == refreshed.read_bytes()
    nbformat.validate(nbformat.read(path, as_version=4))


def test_only_text_is_stored(refreshed):
    stored = json.loads(refreshed.read_text())
    outputs = [output for cell in stored["cells"] for output in cell.get("outputs", ())]
    assert {kind for output in outputs for kind in output.get("data", {})} == {"text/plain"}
    assert stored["metadata"] == {
        "kernelspec": {
            "display_name": "Python 3 (ipykernel)",
            "language": "python",
            "name": "python3",
        },
        "language_info": {"name": "python"},
    }


def test_private_and_uncompared_cells_store_nothing(written):
    path = written([
        markdown("# One"),
        code("print('weary')\nprint({'text/html': 'weary'})", tags=PRIVATE),
        code("import ipywidgets\nipywidgets.IntSlider()", tags=IGNORED),
        code("from cstools.widgets.sketch import sketch\nsketch('water', stop=4)", tags=PRIVATE),
    ])  # fmt: skip
    refresh(path)
    assert [cell["outputs"] for cell in json.loads(path.read_text())["cells"][1:]] == [[], [], []]


@pytest.fixture(scope="module")
def with_parts(tmp_path_factory):
    """Return the path of a refreshed notebook that ends its cells with live parts."""
    path = tmp_path_factory.mktemp("parts") / "01-bath.ipynb"
    doors = "from cstools.widgets.sketch import sketch\nfrom cstools.learning import check_in\n"
    cells = [
        code(f"{doors}sketch('water', stop=4, points=[(0, 1), (4, 3)])", tags=IGNORED),
        code("check_in('How full is my bath?')", tags=PRIVATE),
        code("check_in('How full is my bath?')", tags=IGNORED),
        code("sketch('water', stop=4)"),
    ]
    path.write_text(json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5}))
    refresh(path)
    return path


def shown(path):
    cells = json.loads(path.read_text())["cells"]
    return [[output["data"] for output in cell["outputs"]] for cell in cells]


def test_a_live_part_leaves_its_picture_and_its_sentence(with_parts):
    [data] = shown(with_parts)[0]
    html = "".join(data["text/html"])
    assert data["text/plain"] == ["Sketch of water: 1 at time 0, 3 at time 4"]
    assert html.startswith('<div class="cs-still"><figure')
    assert html.count('<img alt="Sketch of water: 1 at time 0, 3 at time 4" width="672"') == 1
    assert 'src="data:image/svg+xml;base64,' in html
    assert "<svg" not in html  # GitHub would take it away, and JupyterLab as well
    assert "<style" not in html


def test_a_private_part_leaves_nothing_but_its_sentence(with_parts):
    """Whether or not its author has thought of the tag."""
    for data in shown(with_parts)[1:3]:
        assert data == [{
            "text/html": [f'<div class="cs-still cs-private"><p>{CHECK_IN}</p></div>'],
            "text/plain": [CHECK_IN],
        }]  # fmt: skip


def test_a_live_part_in_a_cell_that_is_compared_leaves_its_sentence(with_parts):
    assert shown(with_parts)[3] == [{"text/plain": ["Sketch of water: no points drawn yet"]}]


def test_what_live_parts_leave_is_the_same_every_time(with_parts, tmp_path):
    path = Path(shutil.copy(with_parts, tmp_path))
    refresh(path)
    assert path.read_bytes() == with_parts.read_bytes()
    tidy(path)
    assert path.read_bytes() == with_parts.read_bytes()
    text = path.read_text()
    assert "widget" not in text.replace("cstools.widgets", "")
    nbformat.validate(nbformat.read(path, as_version=4))


def test_strict_comparison_passes_with_what_live_parts_leave(with_parts, tmp_path):
    shutil.copy(CONFTEST, tmp_path)
    shutil.copy(with_parts, tmp_path)
    assert "4 passed" in strict(tmp_path)


def test_a_cell_that_fails_leaves_the_file_as_it_was(written):
    path = written([markdown("# One"), code("1 / 0")])
    before = path.read_bytes()
    with pytest.raises(FileError) as error:
        refresh(path)
    assert str(error.value) == (
        "01-bath.ipynb: cell 2 fails with ZeroDivisionError: division by zero"
    )
    assert path.read_bytes() == before


def test_ids_are_kept_made_from_the_words_and_never_double():
    cells = [{**markdown("a"), "id": "mine"}, {**markdown("b"), "id": "mine"}, markdown("b")]
    made = [cell["id"] for cell in tidied({"cells": cells})["cells"]]
    assert made[0] == "mine"
    assert len(set(made)) == 3
    assert made == [cell["id"] for cell in tidied({"cells": cells})["cells"]]


def test_the_command_says_what_it_did(written, tmp_path, capsys):
    path = written([markdown("# One"), code("1")])
    assert main(["--tidy", str(path)]) == 0
    assert main([str(tmp_path / "none.ipynb")]) == 1
    said = capsys.readouterr()
    assert said.out == "01-bath.ipynb: tidied\n"
    assert said.err == ("none.ipynb: the notebook cannot be opened (No such file or directory)\n")
