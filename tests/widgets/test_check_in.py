"""A check-in asks, and Python hears nothing."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import anywidget
import pytest

from cstools.errors import DataError
from cstools.widgets.assets import script
from cstools.widgets.check_in import check_in
from cstools.widgets.part import LivePart, held
from cstools.widgets.practice_log import practice_log

SECRET = "xq7-what-nobody-reads"
PRIVATE = [check_in(), practice_log()]
# What a page could send, store or hand to another page with.
WAYS_OUT = re.compile(
    r"save_changes|model\.(?:set|send)|localStorage|sessionStorage|indexedDB|\bcaches\b|cookie"
    r"|\bfetch\b|XMLHttpRequest|WebSocket|EventSource|sendBeacon|postMessage|BroadcastChannel"
    r"|\bhistory\b|\blocation\b|window\.name|new Image|console\."
)


def test_a_check_in_says_what_it_is() -> None:
    assert repr(check_in()) == (
        "A check-in. What you enter stays in this page and is gone when you leave it."
    )


@pytest.mark.parametrize("part", PRIVATE, ids=["check-in", "practice-log"])
def test_the_page_and_the_kernel_share_the_words_and_nothing_else(part: LivePart) -> None:
    own = set(part.trait_names()) - set(anywidget.AnyWidget.class_trait_names())
    assert {name for name in own if not name.startswith("_")} == {"payload"}
    assert set(held(part)) == {"payload"}


@pytest.mark.parametrize("make", [check_in, practice_log])
@pytest.mark.parametrize("name", ["payload", "answers", "own", "value", "tooltip2"])
def test_what_a_page_would_send_is_not_taken(make: Any, name: str) -> None:
    part = make()
    before = json.dumps(held(part))
    part._handle_msg(
        {"content": {"data": {"method": "update", "state": {name: SECRET}, "buffer_paths": []}}}
        | {"buffers": []}
    )
    part._handle_msg({"content": {"data": {"method": "custom", "content": SECRET}}, "buffers": []})
    assert json.dumps(held(part)) == before
    assert SECRET not in repr(vars(part))


@pytest.mark.parametrize("name", ["check_in/check_in.js", "practice_log/practice_log.js"])
def test_the_script_knows_no_way_out_of_the_page(name: str) -> None:
    assert WAYS_OUT.findall(script(name)) == []


def test_the_search_for_ways_out_would_find_one() -> None:
    assert {"model.set", "save_changes"} <= set(WAYS_OUT.findall(script("sketch/sketch.js")))


def test_the_questions_stand_on_paper() -> None:
    still = check_in("A room I walked into <today>").still()
    asked = [
        "Where in your body do you notice something just now?",
        "If your mood were weather, what would it be?",
        "Where is your attention just now?",
        "A few breaths, if you like",
        "A room I walked into &lt;today&gt;",
        "hard to say",
        "turn to someone you trust",
    ]
    assert [question for question in asked if question not in still] == []
    assert "<script" not in still
    assert 'aria-label="The outline of a person, to draw on"' in still


def test_a_school_can_say_where_help_is() -> None:
    here = check_in(support="The counsellor is in room 12 until three.")
    assert here.payload["signpost"].endswith(
        "how you are. The counsellor is in room 12 until three."
    )
    assert "room 12" in here.still()


def test_no_question_has_a_number_for_an_answer() -> None:
    steps = check_in().payload["steps"]
    words = [option["word"] for step in steps for option in step["options"]]
    assert words
    assert [word for word in words if re.search(r"\d", word)] == []
    for step in steps:
        assert not step["options"] or step["options"][-1]["word"] == "hard to say"


def test_only_an_empty_check_in_is_saved(tmp_path: Path) -> None:
    page = check_in().save(tmp_path / "arrive.html").read_text("utf-8")
    state = json.loads(page.split('id="held">')[1].split("</script>")[0])
    assert state == held(check_in())


@pytest.mark.parametrize(
    ("wrong", "lesson"),
    [
        (
            {"prompt": 7},
            'this needs words, and got 7; write it like check_in("A room I walked into today")',
        ),
        (
            {"support": "x" * 201},
            "these words are 201 characters long, and 200 fit; write them shorter, like "
            'check_in(support="The counsellor is in room 12 until three.")',
        ),
    ],
)
def test_what_an_author_gives_are_a_few_words(wrong: dict[str, Any], lesson: str) -> None:
    with pytest.raises(DataError) as error:
        check_in(**wrong)
    assert str(error.value) == lesson
