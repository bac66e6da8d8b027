"""The wing's door: it opens without its libraries, and what it shows names nobody."""

import logging
import re
import subprocess
import sys

import pytest

from cstools.cohorts import Programme, open_planner, read_applications
from cstools.cohorts.basics.people import Private
from cstools.cohorts.basics.spreadsheet import write_rows
from cstools.cohorts.basics.tables import PAGE, table
from cstools.cohorts.made_up.synthetic import synthetic_applications
from cstools.errors import DataError, MissingPartError

LIBRARIES = ("pydantic", "sqlalchemy", "alembic", "icalendar", "tzdata", "python_calamine")


def in_a_fresh_python(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_the_house_does_not_wake_the_wing():
    shown = in_a_fresh_python(
        "import sys, cstools; print([m for m in sys.modules if 'cohorts' in m])"
    )
    assert shown.stdout.strip() == "[]"


def test_the_door_and_the_command_open_without_the_libraries():
    blocked = "".join(f"sys.modules['{name}'] = None\n" for name in LIBRARIES)
    shown = in_a_fresh_python(
        f"import sys\n{blocked}import cstools.cohorts, cstools.cohorts.command\nprint('open')"
    )
    assert shown.stdout == "open\n", shown.stderr


@pytest.mark.parametrize(
    ("library", "name"),
    [
        ("pydantic", "Programme"),
        ("python_calamine", "read_applications"),
        ("alembic", "open_planner"),
    ],
)
def test_a_missing_library_is_told_in_a_sentence(library, name):
    code = (
        f"import sys\nsys.modules['{library}'] = None\n"
        f"from cstools.errors import CstoolsError\n"
        f"try:\n    from cstools.cohorts import {name}\nexcept CstoolsError as error:\n"
        f"    print(type(error).__name__, error)"
    )
    shown = in_a_fresh_python(code)
    assert shown.stdout == (
        f"{MissingPartError.__name__} '{library}' is not installed, and the cohort planner needs "
        "it; install it with: pip install 'cstools[planner]'\n"
    ), shown.stderr


def test_three_lines_plan_a_cohort_and_doing_it_again_changes_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_rows(tmp_path / "applications.xlsx", synthetic_applications(faults=False))

    def plan():
        autumn = Programme.load("master-practitioners-2026").plan("Class of 2026-2027")
        autumn = autumn.enrol(read_applications("applications.xlsx")).select()
        autumn = autumn.pair_buddies(seed=2026)
        return autumn, open_planner("cohorts.db").save(autumn)

    first, saved = plan()
    again, nothing = plan()
    assert again == first
    assert saved
    assert not nothing
    assert first.write("roster.xlsx").read_bytes() == again.write("again.xlsx").read_bytes()


def test_a_private_text_shows_as_dots():
    name = Private("Somebody")
    assert f"{name} {name!r} {name!s:>5}" == "••• •••   •••"


def test_a_private_text_is_revealed_for_a_reason_and_logged(caplog):
    with caplog.at_level(logging.WARNING):
        assert Private("Somebody").reveal("a letter") == "Somebody"
    assert caplog.messages == ["a private text was revealed: a letter"]
    with pytest.raises(DataError):
        Private("Somebody").reveal("")


def test_nothing_that_a_cell_can_end_with_names_anybody(paired):
    calendar = paired.calendar()
    shown = [
        paired,
        paired.eligibility(),
        paired.decisions_table(),
        paired.buddies_table(),
        paired.people,
        paired.decisions,
        paired.programme,
        calendar,
        calendar.in_each_zone(),
        calendar.in_zone("Asia/Tokyo"),
        calendar.timeline(),
        calendar.who_meets_when(),
    ]
    printed = "".join(
        repr(each) + str(getattr(each, "_repr_mimebundle_", dict)()) for each in shown
    ).casefold()
    rows = synthetic_applications()[1:]
    known = {row[1].strip().casefold() for row in rows} | {row[2].casefold() for row in rows}
    assert [text for text in known - {"=1+1"} if text in printed] == []


def test_a_table_is_text_for_the_ear_and_html_for_the_eye():
    shown = table("Two towns", ("town", "people"), [("Hill & Lake", 3)], ["A note."])
    assert repr(shown) == (
        "Two towns\n  town         people\n  -----------  ------\n  Hill & Lake  3\nA note."
    )
    html = shown._repr_mimebundle_()["text/html"]
    assert "<caption>Two towns</caption>" in html
    assert '<th scope="row">Hill &amp; Lake</th><td>3</td>' in html


def test_no_code_and_no_day_of_a_sentence_is_broken_over_two_lines():
    shown = table("t", ("who", "why"), [("P-AB2CD3", "P-XY9ZZ8 & P-1 came on 2026-07-14, not 2")])
    html = shown._repr_mimebundle_()["text/html"]
    whole = re.findall(r'<span class="cst-code">(.*?)</span>', html)
    assert whole == ["P-AB2CD3", "P-XY9ZZ8", "P-1", "2026-07-14"]


@pytest.mark.parametrize(("columns", "parts"), [(2, 1), (5, 1), (30, 6)])
def test_a_long_line_of_a_table_goes_on_under_itself_and_its_last_columns_under_the_first(
    columns, parts
):
    words = [f"word{number}" for number in range(24)]
    heads = ["row", *(f"head{k}" for k in range(columns))]
    shown = repr(table("A title", heads, [["first", *[" ".join(words)] * columns]]))
    assert all(shown.split().count(word) == columns for word in words)
    assert [shown.split().count(head) for head in heads] == [parts, *[1] * columns]
    assert shown.split().count("first") == parts
    assert max(map(len, shown.splitlines())) <= PAGE


def test_a_table_with_sentences_keeps_its_heads_where_a_phone_tells_it_row_by_row():
    sentence = "alumni first, and the team came in whole with them"
    told = table("t", ("who", "seat", "why"), [("P-1", "accepted", sentence)])
    html = told._repr_mimebundle_()["text/html"]
    assert f'<td role="cell" data-head="why" class="cst-long">{sentence}</td>' in html
    for heads, row in (
        (("who", "seat"), ("P-1", "accepted")),
        (("who", "was", "is"), ("P-ABC", "in", "out")),
    ):
        short = table("t", heads, [row])._repr_mimebundle_()["text/html"]
        assert 'data-head="' not in short


@pytest.mark.parametrize(
    ("heads", "row"),
    [
        (("code or team", "before", "now"), ("P-67SS2A", "accepted", "withdrawn")),
        (("what", "as it is", "with P-2QKGNV and P-6DNQQY"), ("trios", "0", "0")),
        (("code", "2022-04-05 (60 min)", "2022-04-19 (60 min)"), ("P-67SS2A", "20", "–")),
    ],
)
def test_short_cells_under_wide_heads_are_told_row_by_row_too(heads, row):
    """A phone leaves room for about thirty letters; the heads count as well."""
    html = table("t", heads, [row])._repr_mimebundle_()["text/html"]
    assert f'data-head="{heads[-1]}"' in html


def test_a_box_that_may_scroll_can_be_reached_by_keyboard_and_has_a_name():
    html = table("Who & when", ("who", "why", "when"), [("P-1", "a" * 40, "–")])._repr_mimebundle_()
    box = '<div class="cst-wide" tabindex="0" role="group" aria-label="Who &amp; when"><table'
    assert box in html["text/html"]
