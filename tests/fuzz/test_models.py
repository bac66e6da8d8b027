"""Anything said to a model, in any order, is taken in or gets a lesson; so is any question."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cstools import StockFlow
from tests.fuzz import soups
from tests.fuzz.lessons import cases, lesson
from tests.fuzz.models import asked, do, pond, said


@given(said)
@cases(0.7)
def test_anything_said_to_a_model_is_taken_in_or_gets_a_lesson(call):
    model = pond()
    if lesson(lambda: do(model, call)) is None:
        lesson(lambda: model.run().describe())


@given(asked)
@cases(0.6)
def test_anything_asked_of_a_model_is_answered_or_gets_a_lesson(call):
    model = pond()
    lesson(lambda: do(model, call))
    assert model.run()["pond"][-1] > 1  # and the model is none the worse for it


@given(st.lists(said, max_size=8), st.lists(asked, min_size=1, max_size=3))
@cases(0.3)
def test_a_model_said_in_any_way_answers_or_gives_a_lesson(calls, questions):
    model = StockFlow("any", stop=2)
    for call in calls:
        lesson(lambda call=call: do(model, call))
    for question in questions:
        lesson(lambda question=question: do(model, question))


@given(
    st.fixed_dictionaries(
        {},
        optional=dict.fromkeys(
            ("name", "start", "stop", "dt", "saveper", "method", "time_units", "doc"), soups.thing
        ),
    )
)
@cases(0.2)
def test_a_model_begins_with_anything_or_a_lesson(words: dict[str, Any]):
    lesson(lambda: StockFlow(**words))


@given(soups.thing)
@cases(0.2)
def test_a_run_is_asked_for_anything(what):
    run = pond().run()
    lesson(lambda: run[what])
    lesson(lambda: run.describe(what))
