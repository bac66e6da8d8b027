"""A cell that is tagged private stays with its owner, whatever way out is tried."""

import json
from pathlib import Path

import pytest

from cstools.errors import FileError
from cstools.learning import Portfolio, read_portfolio
from cstools.learning.notebook import read_notebook
from cstools.learning.private_cells import is_private, without_private

from . import secrets_of_a_notebook as made

SHIPPED = sorted((Path(__file__).parents[2] / "notebooks").glob("[0-9]*/[0-9]*.ipynb"))
TAGS = pytest.mark.parametrize("tags", made.TAGS.values(), ids=made.TAGS)


def told(content):
    return made.secrets_in(json.dumps(content))


def written(folder: Path, content, name="mine.ipynb"):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@TAGS
def test_a_tag_is_read_however_it_is_written(tags):
    assert is_private({"metadata": {"tags": tags}})


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        {"tags": []},
        {"tags": ["portfolio"]},
        {"tags": None},
        {"name": "private"},
        None,
        {"tags": 3},
        {"tags": ["semiprivate"]},
    ],
)
def test_other_cells_are_not_private(metadata):
    assert not is_private({"metadata": metadata})


def test_a_tag_counts_wherever_a_program_puts_it():
    assert is_private({"metadata": {"jupyter": {"tags": ["private"]}}})
    assert is_private({"metadata": {"my_program": {"cell": {"tag": "private"}}}})


def test_the_search_finds_each_secret():
    """Without a tag everything is public; so each place of a secret is one that is searched."""
    book = made.notebook(made.own_words([]), made.own_code([]))
    assert without_private(book) == book
    assert len(told(book)) == 16


@TAGS
def test_nothing_of_a_private_cell_is_left(tags):
    left = without_private(made.notebook(made.own_words(tags), made.own_code(tags)))
    assert told(left) == set()
    assert [cell["id"] for cell in left["cells"]] == ["title", "run", "public", "sum"]
    assert made.PUBLIC in json.dumps(left)


def test_a_copy_that_has_lost_its_tag_stays_as_well():
    text, cell = made.own_words(["private"]), made.own_code(["private"])
    book = made.notebook(text, made.copies(text), made.copies(cell), cell)
    assert told(without_private(book)) == set()


def test_a_private_cell_stays_wherever_it_is_moved_and_however_it_is_named():
    text, cell = made.own_words(["private"]), made.own_code(["private"])
    book = made.notebook()
    for place in range(len(book["cells"]) + 1):
        cells = list(book["cells"])
        moved = [{**text, "id": f"a-{place}"}, {**cell, "id": f"b-{place}"}, cell]
        cells[place:place] = moved
        assert told(without_private({**book, "cells": cells})) == set()


def test_sources_and_results_may_be_texts_or_lists_of_lines():
    def in_lines(value):
        if isinstance(value, dict):
            return {name: in_lines(said) for name, said in value.items()}
        if isinstance(value, list):
            return [in_lines(one) for one in value]
        return value.splitlines(keepends=True) if "\n" in str(value) else value

    book = made.notebook(made.own_words(["private"]), made.own_code(["private"]))
    assert told(without_private(in_lines(book))) == set()


def test_what_is_left_is_a_copy():
    book = made.notebook(made.own_words(["private"]), made.own_code(["private"]))
    before = json.dumps(book)
    without_private(book)["cells"][0]["source"] = "another"
    assert json.dumps(book) == before


def test_an_error_keeps_its_kind_and_message():
    left = without_private(made.notebook(made.own_code(["private"])))
    [error] = [
        output
        for cell in left["cells"]
        for output in cell.get("outputs", ())
        if output["output_type"] == "error"
    ]
    assert error["traceback"] == ["ValueError: no"]


def test_a_notebook_knows_its_private_cells(tmp_path):
    book = read_notebook(written(tmp_path, made.notebook(made.own_code("Private"))))
    assert [cell.identity for cell in book.cells if cell.private] == ["feeling"]


# What says again what a private cell says

MOTHER = "My mother is ill.\nI drink wine each night"
FEELING = 'feeling = "anxious"\nnote = "zebra, a long line about my mother"'


def own(cell):
    return {**cell, "metadata": {"tags": ["private"]}}


BOTH = (made.code(FEELING, "own"), made.markdown(MOTHER, "text"))


def left_of(*public, private=BOTH):
    book = made.notebook() | {"cells": [*map(own, private), *public], "metadata": {}}
    return without_private(book)["cells"]


@pytest.mark.parametrize(
    "source",
    [
        "My mother is ill. I drink wine each night",
        "As I said: MY MOTHER IS ILL.   I drink\n\nwine each night, says I",
        "only this: i drink wine\neach night",
        "hidden <!-- zebra, a long line about my mother --> here",
        "in another writing: zebra -- a **long** line about my mother",
    ],
)
def test_a_text_that_repeats_private_words_stays_however_it_is_broken_or_written(source):
    assert left_of(made.markdown(source, "copy")) == []


@pytest.mark.parametrize(
    "source",
    [
        'note2 = "zebra, a long line about my mother"',
        '# feeling = "anxious"',
        "mood('Anxious')",
        FEELING.splitlines()[1].upper(),
    ],
)
def test_code_that_repeats_a_private_line_or_quotes_its_word_stays(source):
    assert left_of(made.code(source, "copy")) == []


@pytest.mark.parametrize(
    "output",
    [
        made.shown(text_plain="'anxious'"),
        made.shown(text_plain="'ZEBRA, A LONG LINE ABOUT MY MOTHER'"),
        made.shown(text_html="<td>anxious</td>"),
        made.shown(text_html='<img alt="I am anxious" src="">'),
        made.printed("feeling   str   anxious\n"),
        made.printed("zebra, a lo ng line about my mother"),
        made.printed(repr(list("zebra, a long line about my mother"))),
        {"output_type": "error", "ename": "E", "evalue": "anxious", "traceback": []},
        {"output_type": "error", "ename": "E", "evalue": "no wine", "traceback": []},
    ],
)
def test_a_result_that_tells_a_private_word_stays(output):
    [cell] = left_of(made.code("1 + 1", "sum", output))
    assert cell["outputs"] == []


def test_what_only_looks_like_a_private_word_is_left():
    private = made.code('import matplotlib.pyplot\nlog["drawn line"] = colour("blue")', "own")
    public = [
        made.code("import matplotlib.pyplot", "import"),
        made.code('table["drawn line"]', "key", made.printed("bluest")),
        made.code("run", "page", made.shown(text_html='<b class="blue" style="color: blue">1</b>')),
    ]
    assert left_of(*public, private=[private]) == public


def test_a_word_of_the_notebook_itself_takes_nothing_with_it_but_where_it_is_quoted():
    private = made.code('mine = "week"', "own")
    told = made.code("mine", "mine", made.shown(text_plain="'week'"))
    public = [
        made.markdown("How was my week?", "text"),
        made.code('run(unit="week")', "run", made.printed("In week 12: 3 hours")),
    ]
    assert left_of(*public, told, private=[private]) == [*public, {**told, "outputs": []}]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_nothing_public_of_a_shipped_notebook_is_lost(path):
    book = json.loads(path.read_text("utf-8"))
    public = [cell for cell in book["cells"] if not is_private(cell)]
    assert without_private(book)["cells"] == public


# The portfolio


def everything(*places: Path):
    files = [f for place in places for f in ([place] if place.is_file() else place.rglob("*"))]
    return {
        secret
        for file in files
        if file.is_file()
        for secret in made.secrets_in(file.read_bytes()) | made.secrets_in(file.name)
    }


@TAGS
def test_nothing_private_is_in_a_portfolio(tmp_path, tags):
    text, cell = made.own_words(tags), made.own_code(tags)
    book = made.notebook(text, cell, made.copies(text), made.copies(cell))
    source = written(tmp_path, book)
    written(tmp_path, made.notebook(text), ".ipynb_checkpoints/mine-checkpoint.ipynb")
    mine = Portfolio("My systems").add_notebook(source)
    page, folder = mine.save(tmp_path / "mine.html"), mine.save(tmp_path / "folder")
    assert everything(page, folder) == set()
    assert made.PUBLIC in page.read_text("utf-8")
    again = read_portfolio(page)
    assert made.secrets_in(repr(again.pieces) + repr(again)) == set()


def test_the_same_notebook_without_its_tag_shows_what_the_search_would_find(tmp_path):
    book = made.notebook(made.own_words([]), made.own_code([]))
    mine = Portfolio("My systems").add_notebook(written(tmp_path, book))
    assert everything(mine.save(tmp_path / "mine.html")) >= {
        "zebra-in-a-text",
        "zebra-in-a-picture",
        "zebra-in-html",
        "zebra-in-a-drawing",
    }


@pytest.mark.parametrize(
    "name", [".ipynb_checkpoints/mine-checkpoint.ipynb", "mine-checkpoint.ipynb"]
)
def test_an_old_copy_is_not_taken(tmp_path, name):
    path = written(tmp_path, made.notebook(made.own_words([])), name)
    with pytest.raises(FileError) as error:
        Portfolio().add_notebook(path)
    assert str(error.value) == (
        "'mine-checkpoint.ipynb' is an old copy that JupyterLab keeps; a cell that is private "
        "today may not be so in it. Add the notebook itself."
    )
