"""``cstools plan``, as it is typed."""

import argparse

import icalendar
import pytest

from cstools.cohorts.basics.spreadsheet import read_rows
from cstools.cohorts.command import register, run
from cstools.cohorts.made_up.synthetic import write_synthetic
from cstools.errors import DataError, UnknownNameError

MAPPING = """
date_order = "month first"
duplicates = "keep the last"
[columns]
site = "Where do you work?"
[spellings.site]
"Example Fjord Scool" = "Example Fjord School"
[spellings.time_zone]
"Europe/Copenhagn" = "Europe/Copenhagen"
"""


def plan(*words):
    parser = argparse.ArgumentParser()
    register(parser.add_subparsers())
    chosen = parser.parse_args(["plan", *map(str, words)])
    assert chosen.run is run
    return run(chosen)


@pytest.fixture
def form(tmp_path):
    (tmp_path / "mapping.toml").write_text(MAPPING, encoding="utf-8")
    return write_synthetic(tmp_path / "form.csv")


@pytest.fixture
def asked(form, tmp_path):
    words = ["cohort", "--programme", "master-practitioners-2026", "--applications", form]
    return [*words, "--mapping", tmp_path / "mapping.toml", "--out", tmp_path / "out"]


def test_the_runs_are_listed(capsys):
    assert plan("programmes") == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "master-practitioners-2026   Compassionate Systems Master Practitioners, Class of 2026–2027"
    )


def test_the_facts_of_a_run_are_printed(capsys):
    assert plan("facts", "california-associates-1") == 0
    assert 'S4 l.243 "$8,500"' in capsys.readouterr().out


def test_an_unknown_run_is_told():
    with pytest.raises(UnknownNameError, match="did you mean 'california-associates-1'"):
        plan("facts", "california-associate-1")


def test_a_form_is_checked(form, tmp_path, capsys):
    loose = tmp_path / "mapping.toml"
    assert plan("check", form, "--mapping", loose) == 0
    loose.write_text(MAPPING.replace("duplicates", "# duplicates"), encoding="utf-8")
    assert plan("check", form, "--mapping", loose) == 1
    assert "form.csv: 42 rows, not ready yet" in capsys.readouterr().out


def test_a_cohort_is_written_by_code(asked, tmp_path, capsys):
    assert plan(*asked, "--seats", "24", "--seed", "7") == 0
    out = tmp_path / "out"
    assert sorted(path.name for path in out.iterdir()) == [
        "buddies.csv",
        "calendar.ics",
        "roster.xlsx",
    ]
    rows = read_rows(out / "roster.xlsx")
    assert len(rows) == 41
    assert rows[0][1][:3] == ("code", "outcome", "reason")
    assert sum(row[1] == "accepted" for _, row in rows) <= 24
    written = "".join(cell for _, row in rows for cell in row)
    assert "Synthetic-" not in written
    assert "@" not in written
    assert (
        len(icalendar.Calendar.from_ical((out / "calendar.ics").read_text()).walk("VEVENT")) == 16
    )
    assert "wrote " in capsys.readouterr().out


def test_the_same_command_again_writes_the_same(asked, tmp_path):
    plan(*asked, "--seats", "24")
    first = [read_rows(tmp_path / "out" / name) for name in ("roster.xlsx", "buddies.csv")]
    plan(*asked, "--seats", "24")
    assert [read_rows(tmp_path / "out" / name) for name in ("roster.xlsx", "buddies.csv")] == first


def test_names_are_written_only_for_a_reason(asked, tmp_path, capsys, caplog):
    plan(*asked, "--names-for", "letters of admission", "--planner", tmp_path / "kept")
    rows = [row for _, row in read_rows(tmp_path / "out" / "roster.xlsx")]
    assert rows[0][-2:] == ("name", "e-mail")
    assert sum("@example.org" in row[-1].lower() for row in rows) == 40
    assert caplog.messages == ["a private text was revealed: letters of admission (80 texts)"]
    shown = capsys.readouterr().out
    assert "roster.xlsx holds names and e-mails" in shown
    assert "rows added" in shown


def test_a_form_with_faults_writes_nothing(form, tmp_path):
    words = ["cohort", "--programme", "master-practitioners-2026", "--applications", form]
    with pytest.raises(DataError, match="the column is missing"):
        plan(*words, "--out", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_cells_to_look_at_are_counted_beside_the_cohort(asked, capsys):
    plan(*asked, "--seats", "24")
    shown = capsys.readouterr().out
    assert "cells to look at: 1; 'cstools plan check' lists them" in shown.splitlines()


def test_a_changed_calendar_is_numbered_after_the_one_that_was_kept(asked, tmp_path):
    ours = tmp_path / "ours.toml"
    kept = ("--planner", tmp_path / "kept", "--overlay", ours)
    for hour, number in (("09:00:00", 0), ("10:00:00", 1), ("10:00:00", 1)):
        ours.write_text(f'[[calls]]\nname = "monthly call"\nstart = {hour}\n', encoding="utf-8")
        assert plan(*asked, *kept) == 0
        text = (tmp_path / "out" / "calendar.ics").read_text(encoding="utf-8")
        events = icalendar.Calendar.from_ical(text).walk("VEVENT")
        calls = [event for event in events if "monthly call" in event["summary"]]
        assert {int(event["sequence"]) for event in calls} == {number}
