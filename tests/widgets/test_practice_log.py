"""Days are counted by hand; the count leaves the page as a line, and comes back as one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cstools.errors import DataError
from cstools.widgets.part import held
from cstools.widgets.practice_log import practice_log
from tests.widgets.javascript import in_node


def test_a_log_says_what_it_is() -> None:
    kept = "What you mark stays in this page and is gone when you leave it."
    assert repr(practice_log()) == f"A practice log. {kept}"
    named = practice_log("three breaths  before class")
    assert repr(named) == f"A practice log for “three breaths before class”. {kept}"


def test_a_log_on_paper_is_four_weeks_of_empty_boxes() -> None:
    still = practice_log("tea & <quiet>").still()
    assert still.count("&nbsp;") == 28
    assert "My practice: tea &amp; &lt;quiet&gt;" in still
    assert "A missed day is only a missed day." in still


def test_only_an_empty_log_is_saved(tmp_path: Path) -> None:
    page = practice_log("tea").save(tmp_path / "log.html").read_text("utf-8")
    state = json.loads(page.split('id="held">')[1].split("</script>")[0])
    assert state == held(practice_log("tea"))


def test_what_the_study_bears_is_said_and_no_more() -> None:
    study = practice_log().payload["study"]
    assert "Missing it once made no real difference to how the habit formed" in study
    assert study.endswith("That is no rule for your practice.")


def test_a_practice_is_words() -> None:
    with pytest.raises(DataError) as error:
        practice_log(21)  # type: ignore[arg-type]
    assert str(error.value) == (
        'this needs words, and got 21; write it like practice_log("three breaths before class")'
    )


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("12 of 21 days", {"practice": "", "count": {"done": 12, "days": 21}}),
        ("  12/21 ", {"practice": "", "count": {"done": 12, "days": 21}}),
        ("1 OF 1 day.", {"practice": "", "count": {"done": 1, "days": 1}}),
        (
            "tea: then quiet: 0 of 3 days",
            {"practice": "tea: then quiet", "count": {"done": 0, "days": 3}},
        ),
        ("", {"lesson": "There is no count in this line. Write it like: 12 of 21 days"}),
        ("twelve", {"lesson": "There is no count in this line. Write it like: 12 of 21 days"}),
        (
            "9 of 4 days",
            {"lesson": "9 of 4 cannot be: more days done than days. Write it like: 12 of 21 days"},
        ),
        (
            "all sorts of words 5 of 3 days",
            {"lesson": "5 of 3 cannot be: more days done than days. Write it like: 12 of 21 days"},
        ),
        (
            "1 of 10000 days",
            {"lesson": "10000 days are more than this log counts. Write it like: 12 of 21 days"},
        ),
    ],
)
def test_a_line_is_read_again(tmp_path: Path, line: str, read: dict[str, Any]) -> None:
    assert (
        in_node(tmp_path, "practice_log/count.js", "countInLine", "countInLine(given[0])", line)
        == read
    )


def test_a_line_taken_along_comes_back_the_same(tmp_path: Path) -> None:
    practices = ["", "three breaths", "tea: green", "7 of 7: a name with numbers", "静かに"]
    count = {"done": 12, "days": 21}
    there_and_back = "given[0].map(name => countInLine(countLine(name, given[1])))"
    names = "countInLine, countLine"
    back = in_node(tmp_path, "practice_log/count.js", names, there_and_back, practices, count)
    assert back == [{"practice": name, "count": count} for name in practices]


def test_a_count_by_hand_never_has_more_done_than_days(tmp_path: Path) -> None:
    steps = [("done", 1), ("done", 1), ("days", -1), ("days", -1), ("days", -1), ("days", 1)]
    walk = """given[0].reduce((all, [which, by]) => [...all,
        countedByHand(all.at(-1), which, by)], [{ done: 0, days: 0 }])"""
    counts = in_node(tmp_path, "practice_log/count.js", "countedByHand", walk, steps)
    assert [(count["done"], count["days"]) for count in counts] == [
        (0, 0), (1, 1), (2, 2), (1, 1), (0, 0), (0, 0), (0, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("today", "span", "ago", "first", "last", "title"),
    [
        ([2026, 10, 26], "week", 0, "2026-11-23", "2026-11-29", "23 to 29 November 2026"),
        ([2026, 10, 29], "week", 0, "2026-11-23", "2026-11-29", "23 to 29 November 2026"),
        ([2027, 0, 1], "week", 0, "2026-12-28", "2027-01-03", "28 December to 3 January 2027"),
        ([2028, 2, 31], "month", 1, "2028-02-01", "2028-02-29", "February 2028"),
        ([2026, 2, 30], "week", 0, "2026-03-30", "2026-04-05", "30 March to 5 April 2026"),
    ],
)
def test_a_week_begins_on_monday_and_a_month_is_whole(
    tmp_path: Path, today: list[int], span: str, ago: int, first: str, last: str, title: str
) -> None:
    asked = """(({ days, title }) => [dayKey(days[0]), dayKey(days.at(-1)), days.length, title])(
        daysShown(new Date(...given[0]), given[1], given[2]))"""
    shown = in_node(tmp_path, "practice_log/days.js", "daysShown, dayKey", asked, today, span, ago)
    assert (shown[0], shown[1], shown[3]) == (first, last, title)
    assert shown[2] == (7 if span == "week" else int(last[-2:]))
