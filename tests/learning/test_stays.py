"""Only what is marked as left by a live part is handed on, and of a private one only its words."""

import pytest

from cstools.learning.stays import handed_on, marked

STILL = {"text/html": marked("<style>p {}</style><p>Rises.</p>"), "text/plain": "Rises."}
PRIVATE = {"text/html": marked("<p>A secret.</p>", private=True), "text/plain": "A <check-in>."}


def test_the_picture_and_the_words_are_handed_on_without_rules():
    assert handed_on(STILL) == {
        "text/html": '<div class="cs-still"><p>Rises.</p></div>',
        "text/plain": "Rises.",
    }


@pytest.mark.parametrize("only_private", [True, False])
def test_of_a_private_part_only_the_words_are_handed_on(only_private):
    assert handed_on(PRIVATE, only_private) == {
        "text/html": '<div class="cs-still cs-private"><p>A &lt;check-in&gt;.</p></div>',
        "text/plain": "A <check-in>.",
    }


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"text/plain": "weary"},
        {"text/html": "<p>weary</p>", "text/plain": "weary"},
        {"text/html": f"<p>weary</p>{marked('')}", "text/plain": "weary"},
    ],
)
def test_nothing_else_is_handed_on(data):
    assert handed_on(data) == handed_on(data, only_private=True) == {}


def test_in_a_private_cell_no_picture_is_handed_on():
    assert handed_on(STILL, only_private=True) == {}


@pytest.mark.parametrize("data", [STILL, PRIVATE])
def test_what_was_handed_on_is_handed_on_as_it_is(data):
    assert handed_on(handed_on(data)) == handed_on(data)
