"""Every lesson comes once, in its order, whatever the year looks like."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from cstools.cohorts import Programme
from cstools.errors import DataError
from cstools.learning.reading_order import (
    Lesson,
    Sitting,
    calls,
    days,
    deal,
    lessons,
    retreat,
    three_workshops,
)

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
FORMS = {
    "fifteen days": three_workshops(15, 5),
    "retreat": retreat(2, 5, 10),
    "online": calls(1, 13),
    "a single day": days("Day", 1),
    "more sittings than lessons": calls(1, 100),
}


def book(number, module, minutes=30):
    return Lesson(number, f"About {number}", module, minutes)


SIX = [
    *(book(n, 1) for n in ("01", "02")),
    *(book(n, 2) for n in ("20", "30", "31")),
    book("42", 3),
]


@pytest.mark.parametrize("sittings", FORMS.values(), ids=FORMS)
def test_every_notebook_of_the_course_comes_exactly_once_and_in_order(sittings):
    course = lessons(NOTEBOOKS)
    assert deal("a year", course, sittings).lessons == course


def test_the_course_is_all_numbered_lessons_and_no_translation():
    files = (path.name for path in NOTEBOOKS.rglob("[0-4]*.ipynb"))
    own = {name[:2] for name in files if not re.search(r"\.[a-z]{2}\.ipynb$", name)}
    numbers = [one.number for one in lessons(NOTEBOOKS)]
    assert numbers == sorted(own)


def test_in_a_year_of_three_workshops_each_module_has_its_place():
    order = deal("a year", lessons(NOTEBOOKS), three_workshops(15, 5))
    for sitting, read in order.sittings:
        assert {one.module for one in read} <= set(sitting.modules)
    places = [(one.module, i) for i, (_, read) in enumerate(order.sittings) for one in read]
    last = {module: max(i for found, i in places if found == module) for module in (1, 2, 3)}
    assert last[1] < last[2] < last[3]


def test_no_sitting_has_more_than_its_share():
    order = deal("online", lessons(NOTEBOOKS), calls(1, 12))
    counts = [len(read) for _, read in order.sittings]
    assert max(counts) - min(counts) <= 1


def test_facets_come_from_self_to_others_to_world_to_practice():
    tens = [
        int(one.number) // 10 for one in deal("online", lessons(NOTEBOOKS), calls(1, 13)).lessons
    ]
    assert all(before <= after for before, after in pairwise(tens))


def test_lessons_are_dealt_by_weight():
    order = deal(
        "two days", SIX, [Sitting("long", "in person", 2.0), Sitting("short", "in person")]
    )
    assert [len(read) for _, read in order.sittings] == [4, 2]


def test_six_lessons_over_two_workshops_and_a_call_by_hand():
    order = deal(
        "short", SIX, [*days("First", 2, (1,)), *calls(1, 1, (2,)), *days("Last", 1, (2, 3))]
    )
    told = [[one.number for one in read] for _, read in order.sittings]
    # Module 1 has two days and two lessons; module 2 a call and a day for three, of which the
    # middle one falls to the call; module 3 has what is left of the last day.
    assert told == [["01"], ["02"], ["20", "30"], ["31", "42"]]
    assert (order.minutes("in person"), order.minutes("beforehand")) == (120, 60)


def test_it_is_told_in_a_table_and_a_sentence():
    order = deal("Short", SIX[:2], [*days("First", 1), *calls(1, 1)])
    assert order.table() == (
        "| When | How | Notebooks | Minutes |\n|--|--|--|--|\n"
        "| First, day 1 | in person | 01 About 01 | 30 |\n"
        "| Call 1 | beforehand | 02 About 02 | 30 |"
    )
    assert order.describe() == (
        "Short: 2 notebooks, 30 minutes in person and 30 beforehand, at most 30 for one sitting."
    )


def test_a_module_without_a_sitting_is_told():
    with pytest.raises(DataError) as raised:
        deal("Half a year", SIX, calls(1, 5, (1, 2)))
    assert str(raised.value) == "Half a year: module 3 has notebooks and no sitting"


def test_a_folder_without_lessons_is_told(tmp_path):
    with pytest.raises(DataError) as raised:
        lessons(tmp_path)
    assert str(raised.value) == f"no lesson, 00 to 43, in '{tmp_path.name}'"


def test_the_sittings_are_those_that_the_programmes_say():
    year = Programme.load("master-practitioners-2020").facts
    assert (year.in_person.meetings, year.in_person.days_total) == (3, 15)
    assert sum(one.how == "in person" for one in three_workshops(15, 5)) == 15
    online = Programme.load("california-associates-1").facts
    assert online.calls[0].every == "two weeks"


def test_what_jupyterlab_keeps_beside_a_lesson_is_no_lesson(tmp_path):
    lesson = next(NOTEBOOKS.rglob("01-*.ipynb"))
    beside = tmp_path / ".ipynb_checkpoints"
    beside.mkdir()
    for place, name in ((tmp_path, lesson.name), (beside, "02-one.da-checkpoint.ipynb")):
        (place / name).write_bytes(lesson.read_bytes())
    (beside / "03-none-checkpoint.ipynb").write_text('{"cells": []}', encoding="utf-8")
    assert [found.number for found in lessons(tmp_path)] == ["01"]
