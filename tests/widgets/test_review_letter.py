"""A letter about a portfolio is written without code, and kept nowhere."""

import base64
import re

import pytest

from cstools.widgets.review_letter import PROMPTS, review_letter


@pytest.fixture
def form():
    return review_letter()


def test_what_is_answered_becomes_a_letter_and_the_rest_is_left_out(form):
    form.name.value = "  Ana "
    form.fields["stayed"].value = "The map on page 2: the arrow that you drew last."
    form.fields["question"].value = "Who drew it with you?"
    assert form.letter() == (
        "Dear Ana,\n\n"
        "What stayed with me:\nThe map on page 2: the arrow that you drew last.\n\n"
        "And I wonder:\nWho drew it with you?\n"
    )


def test_the_letter_is_shown_and_taken_along_as_it_is(form):
    form.fields["suggestion"].value = "Add a date under the photograph <on page 4>."
    form.write.click()
    assert "&lt;on page 4&gt;" in form.shown.value
    taken = base64.b64decode(re.search('base64,([^"]+)', form.link.value)[1]).decode()
    assert taken == form.letter()
    assert taken.startswith("Dear colleague,")


def test_without_an_answer_there_is_no_letter(form):
    form.name.value = "Ana"
    form.write.click()
    assert form.letter() == ""
    assert form.link.value == ""
    assert "Answer one of the questions first." in form.shown.value


def test_after_a_change_the_old_letter_cannot_be_taken_by_mistake(form):
    form.fields["stayed"].value = "The map."
    form.write.click()
    form.fields["stayed"].value = "The map, and your question about it."
    assert form.link.value == form.shown.value == ""


def test_what_stays_in_the_notebook_says_nothing_of_the_letter(form):
    form.fields["stayed"].value = "The map."
    assert repr(form) == (
        "A letter about a portfolio. What you enter stays in this page and is gone when you leave "
        "it."
    )
    assert "map" not in repr(form)


def test_the_questions_ask_for_no_mark_and_no_health():
    asked = " ".join(f"{one.title} {one.asks}" for one in PROMPTS).lower()
    assert not [word for word in ("score", "mark", "grade", "health", "rate") if word in asked]
