"""A slip in the line of a check, in a real kernel: a sentence in the place of a traceback."""

import json

import pytest

from cstools.learning import load_set
from cstools.learning.checks import Outcome
from cstools.learning.slips import sentence

SET_UP = 'from cstools.learning import load_set\nexercises = load_set("01-bathtub")'


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """Run cells in one kernel; return what each shows."""
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")

    def run(*cells):
        book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
        client = nbclient.NotebookClient(
            book, timeout=120, kernel_name="python3", allow_errors=True,
            resources={"metadata": {"path": str(tmp_path_factory.mktemp("slips"))}},
        )  # fmt: skip
        client.execute()
        return [json.loads(json.dumps(cell["outputs"])) for cell in book["cells"]]

    return run


def test_a_slip_in_a_check_gets_a_sentence_and_other_errors_stay_as_they_are(shown):
    _, name, syntax, named, ours, other, elsewhere = shown(
        SET_UP,
        'exercises["fullest"].check(b)',
        'exercises["after four minutes"].check(125 tonnes)',
        'exercises["fullest"].check(letter="b")',
        'exercises["fulest"].check("b")',
        "nothing_here",
        "1 / 0",
    )
    for outputs, words in ((name, "quotation marks"), (syntax, "cannot read"), (named, "alone")):
        assert [output["output_type"] for output in outputs] == ["display_data"]
        assert outputs[0]["data"]["text/plain"].startswith("Not attempted.\n")
        assert words in outputs[0]["data"]["text/plain"]
    assert "did you mean 'fullest'?" in "".join(ours[0]["traceback"])
    assert (other[0]["ename"], elsewhere[0]["ename"]) == ("NameError", "ZeroDivisionError")


CHECK = 'exercises["fullest"].check(b)'


@pytest.mark.parametrize(
    ("error", "source", "says"),
    [
        (
            NameError("name 'b' is not defined", name="b"),
            CHECK,
            "Python does not know the name 'b'. If it is your answer, put it in quotation marks: "
            'check("b"). If a cell above gives it, run that cell first.',
        ),
        (
            SyntaxError("invalid syntax"),
            CHECK,
            "Python cannot read this line. Put the answer in quotation marks, as in "
            'check("125 tonnes per year"), and look whether every bracket has its partner.',
        ),
        (
            TypeError("Question.check() got an unexpected keyword argument 'a'"),
            CHECK,
            'Hand over the answer alone, without a name or an "=": check("b"), or check(25).',
        ),
    ],
)
def test_what_is_said_about_a_slip(error, source, says):
    assert sentence(error, source).text == f"Not attempted.\n\n{says}"


def test_an_error_that_is_not_about_a_check_is_left_alone():
    assert sentence(NameError("x", name="x"), "x = y") is None
    assert sentence(TypeError("other"), CHECK) is None


def test_a_comma_for_a_point_is_read_without_quotation_marks_too():
    pond = load_set("30-shared-pond")
    assert pond["best catch"].check(125, 0).outcome is Outcome.CORRECT
    assert pond["best catch"].check(125, 4).outcome is Outcome.CORRECT
    assert pond["best catch"].check(1, 2, 3).outcome is Outcome.INCORRECT


def test_points_need_no_list_around_them():
    sketch = load_set("01-bathtub")["sketch"]
    assert sketch.check((0, 100), (4, 200), (8, 100), (12, 200), (16, 100)).outcome == "correct"
