"""The lint sees each way in which a notebook can leave the shape, and says so whole."""

import pytest

from cstools.learning.notebook import read_notebook, read_title_block, words
from cstools.learning.shape import main, problems
from cstools.learning.stays import marked

from .conftest import TITLE, code, good_cells, markdown


def changed(position, **changes):
    cells = good_cells()
    cells[position] |= changes
    return cells


def still(html, words, private=False):
    data = {"text/html": marked(html, private), "text/plain": words}
    return {"output_type": "display_data", "metadata": {}, "data": data}


def test_a_notebook_with_the_shape_has_no_problems(written):
    assert problems(written(good_cells())) == []


def test_what_live_parts_leave_may_be_stored(written):
    cells = changed(7, source="bath.explore()", outputs=[still("<img>", "Water rises.")])
    cells[2] |= {"outputs": [still("<p>A check-in.</p>", "A check-in.", private=True)]}
    assert problems(written(cells)) == []


def test_the_start_page_and_the_planner_are_freer(written):
    cells = [
        markdown("# Start here\n- Goals:\n  - see the doors\n  - choose one\n- Minutes: 40"),
        *(code(f"print({n})", f"{n}\n", folded=False) for n in range(3)),
    ]
    assert problems(written(cells, "00-start-here.ipynb", notes=False)) == []
    assert problems(written(cells, "50-plan-a-cohort.ipynb", notes=False)) == []
    assert problems(written(cells, "10-tension.ipynb", notes=False)) != []


TITLES = {
    "- Facet: tools": ("- Facet: tool", "the facet is 'tool'; it is one of "
        "tools, self, others, world, practice"),
    "- Module: 1": ("- Module: 4", "the module is '4'; it is 1, 2 or 3, or two of them, '2, 3'"),
    "published, illustrative": ("proven", "the evidence is 'proven'; it is one or more of "
        "measured, published, illustrative"),
    "- Minutes: 30": ("- Minutes: 45", "it takes 45 minutes; at most 30"),
    "30": ("half an hour", "the first cell gives no time; add a line '- Minutes: 30'"),
    "  - sketch a stock from its flows\n": ("", "the first cell lists 1 goal; give two to four"),
    "# The bath that fills": ("The bath", "the first cell has no title; begin it with '# ' "
        "and the title"),
}  # fmt: skip


@pytest.mark.parametrize("old", TITLES)
def test_a_promise_that_is_missing_or_wrong_is_named(written, old):
    new, sentence = TITLES[old]
    path = written(changed(0, source=TITLE.replace(old, new)))
    assert problems(path) == [f"01-bath.ipynb: {sentence}"]


UNTOLD = "cell 8 is not compared; let the next code cell print the sentence that says what it shows"
FAILED = {"output_type": "error", "ename": "E", "evalue": "", "traceback": []}
CHANGES = {
    "a heading that is missing": (
        changed(15, source="Ask your buddy."),
        ["the heading 'In my own system' is missing; add '## In my own system'"],
    ),
    "headings the wrong way round": (
        changed(3, source="## Predict") [:4] + changed(4, source="## Story\nAmina.")[4:],
        ["the heading 'Story' comes after 'Predict'; it belongs before it"],
    ),
    "a heading of its own": (
        changed(9, source="## Explain\n## Interlude"),
        ["the heading 'Interlude' is not one of the shape's; put it at level 3"],
    ),
    "a tier that is missing": (
        changed(13, source="And now?"),
        ["the tiers are not '### Tweak', '### Twiddle', '### Frob', in this order",
         "cell 15 waits for code before Frob; give it something that runs"],
    ),
    "an equation in the story": (
        changed(3, source="## Story\n$$dx/dt = r x$$"),
        ["cell 4 shows an equation; the first picture, in Run, comes before"],
    ),
    "code in the open": (
        changed(8, metadata={}),
        ['cell 9 shows its code before Twiddle; fold it ("source_hidden")'],
    ),
    "code to fill in": (
        changed(12, source="inflow = ____"),
        ["cell 13 waits for code before Frob; give it something that runs"],
    ),
    "a check-in in the open": (
        changed(2, metadata=code("", tags=["nbval-ignore-output"])["metadata"]),
        ["cell 3 is part of the check-in; tag it 'private'"],
    ),
    "a check-in that is stored": (
        changed(2, outputs=code("", "weary")["outputs"]),
        ["cell 3 is private and stores a result; refresh the notebook"],
    ),
    "a private cell that is compared": (
        changed(2, metadata=code("", tags=["private"])["metadata"]),
        ["cell 3 is private; tag it 'nbval-ignore-output' as well"],
    ),
    "a long helper": (
        changed(12, source="def grow(x):\n" + "    x += 1\n" * 5),
        ["cell 13 defines 'grow' in 6 lines; at most 5, the rest belongs in cstools"],
    ),
    "a magic": (
        changed(12, source="%matplotlib inline"),
        ["cell 13 is not plain Python (a magic, or a slip of the pen)"],
    ),
    "a live part that is compared": (
        changed(7, source="bath.explore()", metadata=code("")["metadata"]),
        ["cell 8 shows a live part; tag it 'nbval-ignore-output'"],
    ),
    "a loop that is played and compared": (
        changed(7, source='bath_map.play("B1")', metadata=code("")["metadata"]),
        ["cell 8 shows a live part; tag it 'nbval-ignore-output'"],
    ),
    "an iceberg that is compared": (
        changed(7, source="iceberg()", metadata=code("")["metadata"]),
        ["cell 8 shows a live part; tag it 'nbval-ignore-output'"],
    ),
    "a practice log that is compared": (
        changed(7, source="practice_log()", metadata=code("")["metadata"]),
        ["cell 8 shows a live part; tag it 'nbval-ignore-output'"],
    ),
    "a mandala without its picture": (
        changed(7, source="mandala()"),
        ["cell 8 stores no picture of its live part; refresh the notebook"],
    ),
    "a live part without its picture": (
        changed(7, source="bath.explore()"),
        ["cell 8 stores no picture of its live part; refresh the notebook"],
    ),
    "a picture of something private": (
        changed(2, outputs=[still("<p>Weary.</p>", "Weary.")]),
        ["cell 3 is private and stores a result; refresh the notebook",
         "cell 3 stores text/html; only text is stored"],
    ),
    "a live part without its sentence": (
        changed(8, source="bath = 2", outputs=[]),
        [UNTOLD,
         "2 cells printed a text to compare; at least 3"],
    ),
    "an address": (
        changed(8, outputs=code("", "<Bath object at 0x7f00deadbeef>")["outputs"]),
        [UNTOLD,
         "cell 9 printed a path or an address of one machine",
         "2 cells printed a text to compare; at least 3"],
    ),
    "a warning": (
        changed(12, outputs=[{"output_type": "stream", "name": "stderr", "text": "careful"}]),
        ["cell 13 printed a warning or an error line; put its cause right"],
    ),
    "an error": (
        changed(12, outputs=[FAILED]),
        ["cell 13 ended in an error; put it right and refresh"],
    ),
    "cells run out of order": (
        changed(12, execution_count=7),
        ["its cells were not run from top to bottom in a fresh kernel; refresh the notebook"],
    ),
    "a cell that is skipped": (
        changed(12, metadata={"tags": ["nbval-skip"]}),
        ["cell 13 is left out of the comparison; "
         "only the tag 'nbval-ignore-output' may do that"],
    ),
    "a comment that hides a result": (
        changed(12, source="# NBVAL_IGNORE_OUTPUT\ninflow = 75"),
        ["cell 13 is left out of the comparison; "
         "only the tag 'nbval-ignore-output' may do that"],
    ),
    "a picture pasted in": (
        changed(3, attachments={"bath.png": {"image/png": "x"}}),
        ["cell 4 has a picture pasted in; let a cell draw it"],
    ),
    "a picture written in": (
        changed(3, source="## Story\n![bath](data:image/png;base64,xx)"),
        ["cell 4 has a picture pasted in; let a cell draw it"],
    ),
    "one id twice": (
        changed(12, id="cell-0"),
        ["its cells have no ids, or one id twice; refresh the notebook"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_what_leaves_the_shape_is_named(written, name):
    cells, sentences = CHANGES[name]
    assert problems(written(cells)) == [f"01-bath.ipynb: {sentence}" for sentence in sentences]


def test_a_cell_that_was_never_run_is_named(written):
    path = written(good_cells())
    path.write_text(path.read_text().replace('"execution_count": 5', '"execution_count": null'))
    assert problems(path) == ["01-bath.ipynb: cell 11 was never run; refresh the notebook",
        "01-bath.ipynb: 2 cells printed a text to compare; at least 3"]  # fmt: skip


@pytest.mark.parametrize("kind", ["image/png", "image/svg+xml", "text/html"])
def test_a_stored_picture_is_named(written, kind):
    shown = {
        "output_type": "display_data",
        "metadata": {},
        "data": {kind: "x", "text/plain": "It."},
    }
    path = written(changed(12, outputs=[shown]))
    assert problems(path) == [f"01-bath.ipynb: cell 13 stores {kind}; only text is stored"]


def test_fewer_than_three_compared_results_are_not_enough(written):
    cells = [cell for n, cell in enumerate(good_cells()) if n not in (5, 10)]
    assert problems(written(cells)) == [
        "01-bath.ipynb: 1 cell printed a text to compare; at least 3"
    ]


def test_a_notebook_that_is_too_long_is_named(written):
    cells = [*good_cells(), *(markdown("word " * 60) for _ in range(18))]
    found = problems(written(cells))
    assert found[0] == "01-bath.ipynb: it has 36 cells; at most 35"
    assert found[1].startswith("01-bath.ipynb: it has 11")
    assert found[1].endswith(" words; at most 1100")


def test_the_kernel_the_notes_and_the_widgets_are_looked_at(written):
    path = written(good_cells(), notes=False, metadata={"widgets": {}})
    assert problems(path) == [
        "01-bath.ipynb: its kernel is not 'python3'; refresh the notebook",
        "01-bath.ipynb: it stores the state of widgets; refresh the notebook",
        "01-bath.ipynb: the facilitator notes are missing; write '01-bath.faculty.md' beside it",
    ]


def test_a_name_without_a_number_is_named(written):
    assert problems(written(good_cells(), "bath.ipynb")) == [
        "bath.ipynb: the file's name begins with no number; call it like '01-bathtub.ipynb'"
    ]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "[1]",
        "\x00",
        '{"cells": [], "nbformat": 3}',
        '{"cells": [1], "nbformat": 4}',
        '{"cells": 1, "nbformat": 4}',
        '{"cells": [], "nbformat": 4, "metadata": [1]}',
        '{"cells": [{"metadata": []}], "nbformat": 4}',
    ],
)
def test_a_file_that_is_no_notebook_gets_one_sentence(tmp_path, content):
    path = tmp_path / "01-x.ipynb"
    path.write_text(content)
    assert problems(path) == [
        "01-x.ipynb: this is not a notebook; save it again from JupyterLab as .ipynb"
    ]


def test_a_file_that_is_not_there_gets_one_sentence(tmp_path):
    assert problems(tmp_path / "01-x.ipynb") == [
        "01-x.ipynb: the notebook cannot be opened (No such file or directory)"
    ]


def test_the_title_block_is_read_with_and_without_bold():
    plain = read_title_block(TITLE)
    assert read_title_block(TITLE.replace("Minutes:", "**Minutes:**")) == plain
    assert plain.goals == ("say when a stock is at its highest", "sketch a stock from its flows")
    assert plain.evidence == ("published", "illustrative")


def test_headings_inside_fenced_code_do_not_count(written):
    path = written(changed(3, source="## Story\n```\n## not a heading\n```"))
    assert problems(path) == []
    assert read_notebook(path).cells[3].section == "Story"


def test_words_of_code_and_addresses_do_not_count():
    assert words("One [two](https://a.b/c d) don't\n```\nfour five\n```\n**six**") == 4


def test_the_command_prints_each_problem_and_fails(written, capsys):
    path = written(good_cells(), notes=False)
    assert main([str(path)]) == 1
    assert "facilitator notes" in capsys.readouterr().out
