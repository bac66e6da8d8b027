"""The form of a question does what its buttons say, with the same check that code calls."""

import subprocess
import sys

import pytest

from cstools.learning import load_set
from cstools.learning.kinds.reflection import Reflection
from cstools.learning.question import Question
from cstools.widgets.question import question_form


def press(form, name):
    [button] = [button for button in form.children[2].children if button.description == name]
    button.click()
    return form.said.value


def test_a_number_is_checked_as_code_would_check_it():
    form = question_form(load_set("01-bathtub")["after four minutes"])
    assert "Not attempted." in press(form, "Check")
    form.answer.value = "75"
    assert "75 is what the tap gives in one minute." in press(form, "Check")
    form.answer.value = "200 litres"
    assert "Correct." in press(form, "Check")


def test_nothing_is_chosen_until_somebody_chooses():
    form = question_form(load_set("01-bathtub")["fullest"])
    assert form.answer.value is None
    said = press(form, "Check")
    assert "Not attempted." in said
    assert "Choose one of them, then press Check." in said  # there is no letter to write
    form.answer.value = "b"
    assert "Correct." in press(form, "Check")


def test_an_empty_grid_asks_for_a_line_and_not_for_pairs_of_numbers():
    form = question_form(load_set("01-bathtub")["sketch"])
    said = press(form, "Check")
    assert "Not attempted." in said
    assert "Draw across the grid first, then press Check." in said
    assert "[(0, 10)" not in said


def test_emphasis_is_set_and_nothing_else_of_a_text_becomes_a_page():
    question = Question(
        "q", "Two *or* three", "Is 3 * 4 * 5 **more** than <b>2</b>?", Reflection(),
        hints=("Say `a*b*c`, and see [Sterman](https://example.org/a?b=1&c=2).",),
    )  # fmt: skip
    form = question_form(question)
    asked = form.children[0].value
    assert "<strong>Two <em>or</em> three</strong>" in asked
    assert "Is 3 * 4 * 5 <strong>more</strong> than &lt;b&gt;2&lt;/b&gt;?" in asked
    form.hint()
    assert "Say <code>a*b*c</code>, and see " in form.said.value
    link = '<a href="https://example.org/a?b=1&amp;c=2" target="_blank" rel="noopener">Sterman</a>'
    assert link in form.said.value


def test_a_link_that_runs_something_stays_text():
    form = question_form(Question("q", "A", "[x](javascript:alert(1))", Reflection()))
    assert "[x](javascript:alert(1))" in form.children[0].value


def test_hints_come_one_by_one_and_stay():
    form = question_form(load_set("01-bathtub")["units"])
    first, second = (press(form, "Hint") for _ in range(2))
    assert "Hint 1 of 2." in first
    assert "Hint 2 of 2." not in first
    assert "Hint 1 of 2." in second
    assert "Hint 2 of 2." in second
    assert press(form, "Hint") == second


def test_a_sketch_is_checked_from_what_was_drawn():
    question = load_set("01-bathtub")["sketch"]
    form = question_form(question)
    assert "Not attempted." in press(form, "Check")
    form.answer.points = [list(point) for point in question.kind.points]
    assert "Correct." in press(form, "Check")


def test_a_map_that_cannot_be_read_is_shown_with_its_caret():
    form = question_form(load_set("30-shared-pond")["loops"])
    form.answer.value = "fish -> <b>"
    assert "<b>" not in press(form, "Check")
    form.answer.value = "fish ->"
    assert "<pre>" in press(form, "Check")


def test_a_reflection_is_a_tick_and_nothing_to_write_in():
    form = question_form(load_set("01-bathtub")["my bath"])
    assert form.answer.value is False
    assert [button.description for button in form.children[2].children] == ["Done"]
    assert "Not yet." in press(form, "Done")
    form.answer.value = True
    assert "Complete." in press(form, "Done")


@pytest.mark.parametrize("asked", [True, False])
def test_the_question_stands_above_its_form_unless_it_stands_there_already(asked):
    question = load_set("30-shared-pond")["open access"]
    above = question_form(question, asked=asked).children[0].value
    assert ("A boat costs 200 coins a year." in above) is asked
    assert "Answer with a number, in tonnes." in above


def test_without_ipywidgets_a_question_is_its_text():
    code = (
        "import sys; sys.modules['ipywidgets'] = None\n"
        "from cstools.learning import load_set\n"
        "print(list(load_set('01-bathtub')['units']._repr_mimebundle_()))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "['text/plain', 'text/markdown']\n"
