"""``cstools plan``, as it is typed."""

import argparse
import os
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import date

import icalendar
import pytest

from cstools.__main__ import main
from cstools.cohorts import Programme, faculty, open_planner
from cstools.cohorts.basics.spreadsheet import read_rows
from cstools.cohorts.command import register, run
from cstools.cohorts.command.shown import tables_of
from cstools.cohorts.made_up.synthetic import write_synthetic
from cstools.errors import DataError, UnknownNameError
from tests.cohorts.people import somebody

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
    plan(*asked, "--names-for", "letters of admission")
    rows = [row for _, row in read_rows(tmp_path / "out" / "roster.xlsx")]
    assert rows[0][-2:] == ("name", "e-mail")
    assert sum("@example.org" in row[-1].lower() for row in rows) == 40
    assert caplog.messages == ["a private text was revealed: letters of admission (80 texts)"]
    assert "roster.xlsx holds names and e-mails" in capsys.readouterr().out


def test_where_there_is_a_planner_its_log_keeps_the_reason(asked, tmp_path, capsys, caplog):
    kept = ("--planner", tmp_path / "kept")
    plan(*asked, "--names-for", "letters of admission", *kept)
    assert "rows added" in capsys.readouterr().out
    plan("roster", "--out", tmp_path / "roster.csv", "--names-for", "a list for the door", *kept)
    assert caplog.messages == []
    said = [row[3] for row in open_planner(tmp_path / "kept").log().rows if row[2] == "reveal"]
    assert said == [
        "a private text was revealed: letters of admission (80 texts)",
        "a private text was revealed: a list for the door (80 texts)",
    ]


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


@pytest.fixture
def kept(tmp_path, paired):
    """A planner with one cohort, in the folder where it is looked for."""
    open_planner(tmp_path / "planner").save(paired)
    return tmp_path / "planner"


@pytest.fixture
def here(kept, monkeypatch):
    monkeypatch.chdir(kept.parent)
    monkeypatch.delenv("CSTOOLS_PLANNER", raising=False)
    return kept


@pytest.fixture
def told(capsys):
    """Type a command; return its exit code, what it answered, and what went wrong."""

    def typed(*words):
        code = main(["plan", *map(str, words)])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return typed


def test_the_planner_is_found_here_by_the_environment_or_by_name(here, told, monkeypatch, tmp_path):
    listed = told("list")
    assert listed[0] == 0
    assert "Class of 2026-2027  master-practitioners-2026  40" in listed[1]
    monkeypatch.chdir(tmp_path.parent)
    assert told("list")[0] == 2
    monkeypatch.setenv("CSTOOLS_PLANNER", str(here))
    assert told("list")[1].splitlines()[1:] == listed[1].splitlines()[1:]
    monkeypatch.setenv("CSTOOLS_PLANNER", str(tmp_path / "elsewhere"))
    assert told("list", "--planner", here)[0] == 0


def test_of_several_cohorts_one_is_asked_for_by_name(here, told, paired):
    open_planner(here).save(replace(paired, name="Class of 2027-2028"))
    assert told("seats") == (
        2,
        "",
        "the planner 'planner' keeps 'Class of 2026-2027', 'Class of 2027-2028'; say which with "
        "--cohort and its name\n",
    )
    assert told("seats", "--cohort", "Class of 2027-2028")[0] == 0
    assert told("--cohort", "Class of 2027-2028", "show")[1].startswith(
        "Cohort: Class of 2027-2028\n"
    )
    assert "did you mean 'Class of 2027-2028'" in told("seats", "--cohort", "Clas of 2027-2028")[2]


def test_who_comes_in_in_the_year_has_the_day_that_was_typed(here, told, paired):
    one = paired.accepted[0].code
    assert told("withdraw", one, "--why", "a new post", "--on", "2026-08-20")[0] == 0
    assert "is not stated, so that the whole year is asked" in told("fill", "--dry-run")[1]
    assert "2026-08-21" in told("fill", "--on", "2026-08-21")[1]
    by_hand = paired.withdraw(one, "a new post", on="2026-08-20").fill(on="2026-08-21")
    assert open_planner(here).load(paired.name) == by_hand
    late = next(d.code for d in by_hand.decisions if d.valid_from)
    said = {"by": "coordinator", "why": "the day of the letter"}
    words = ("--by", said["by"], "--why", said["why"])
    assert "2026-08-15 (overruling" in told("seats", "from", late, "2026-08-15", *words)[1]
    kept = open_planner(here).load(paired.name)
    assert kept == by_hand.following.counts_from(late, "2026-08-15", **said)
    assert told("select", "25", "--on", "2026-09-01")[0] == 0


def test_a_dry_run_shows_what_would_change_and_saves_nothing(here, told, paired):
    one = paired.accepted[0].code
    words = ("withdraw", one, "--why", "a new post")
    code, shown, _ = told(*words, "--dry-run")
    assert code == 0
    assert "Would change in 'Class of 2026-2027'" in shown
    assert shown.endswith("Nothing was saved, since --dry-run was asked for.\n")
    assert open_planner(here).load(paired.name) == paired
    code, shown, _ = told(*words)
    assert "\nChanged in 'Class of 2026-2027'\n" in shown
    assert "'Class of 2026-2027' saved: " in shown
    assert open_planner(here).load(paired.name) == paired.withdraw(one, "a new post")


def test_a_step_is_saved_before_it_is_shown_to_whoever_may_have_had_enough(here, paired):
    read, write = os.pipe()
    os.close(read)
    with pytest.raises(BrokenPipeError), os.fdopen(write, "w") as gone, redirect_stdout(gone):
        plan("select", "12", "--seed", "3")
    assert len(open_planner(here).load(paired.name).accepted) == 12


def test_whoever_opens_the_seats_is_told_what_gives_them(here, told, paired):
    who = paired.accepted[0].code
    words = ("overrule", "hold-a-seat", who, "--by", "director", "--why", "agreed in May")
    assert "The seats are open again; 'cstools plan select' gives them anew." in told(*words)[1]


def test_the_same_step_again_changes_nothing(here, told, paired):
    assert told("fill") == (
        0,
        f"{paired.decisions_table()!r}\n\n"
        "'Class of 2026-2027' was already saved like this; nothing changed\n",
        "",
    )
    assert told("select")[0] == 0  # as many seats, and the same seed
    assert open_planner(here).load(paired.name).decisions == paired.decisions


def test_what_cannot_be_done_saves_nothing_and_speaks_of_commands(here, told, paired):
    log = len(open_planner(here).log())
    assert told("certificates", "issue", "--on", "2027-07-12") == (
        2,
        "",
        "'Class of 2026-2027': nobody is certified yet; both kinds of faculty sign first, with "
        "'review sign'\n",
    )
    assert told("owed", "--on", "tomorrow")[2] == "'tomorrow' is no day; write it as 2026-10-05\n"
    assert len(open_planner(here).log()) == log


def test_a_new_cohort_takes_no_name_that_is_kept(here, told, form, tmp_path):
    run = ("--programme", "master-practitioners-2026")
    assert told("new", "Class of 2026-2027", *run) == (
        2,
        "",
        "the planner 'planner' keeps 'Class of 2026-2027' already; 'cstools plan enrol' adds "
        "applications to it, or give the new one another name\n",
    )
    code, shown, _ = told("new", "Another class", *run, "--planner", tmp_path / "another")
    assert code == 0
    assert "whoever knows an e-mail address can work out its code" in shown
    assert repr(open_planner(tmp_path / "another").load("Another class").people) == "()"


def test_which_file_was_read_is_kept_by_its_hash(form, told, tmp_path):
    words = ("new", "A class", "--programme", "master-practitioners-2026", "--applications", form)
    words = (*words, "--mapping", tmp_path / "mapping.toml", "--planner", tmp_path / "kept")
    assert told(*words)[0] == 0
    again = told(
        "enrol", form, "--mapping", tmp_path / "mapping.toml", "--planner", tmp_path / "kept"
    )
    assert "nothing changed" in again[1]


def test_all_at_once_goes_on_with_a_cohort_that_is_kept(asked, told, tmp_path):
    words = (*asked, "--name", "A class", "--secret", "ours", "--planner", tmp_path / "kept")
    assert told(*words)[0] == 0
    planner = open_planner(tmp_path / "kept")
    who = planner.load("A class").accepted[0].code
    assert told("tuition", "fund", "100.00", "--planner", tmp_path / "kept")[0] == 0
    assert told(*words)[0] == 0
    went_on = open_planner(tmp_path / "kept").load("A class")
    assert str(went_on.tuition.fund) == "100.00"
    assert who in {person.code for person in went_on.accepted}
    assert told(
        *asked, "--name", "A class", "--secret", "other", "--planner", tmp_path / "kept"
    ) == (
        2,
        "",
        "'A class' is kept here with another phrase, and its people have codes made with that "
        "one; leave --secret out, or give another --name\n",
    )


def test_a_copy_without_names_can_be_read_and_not_added_to(here, told, paired, tmp_path):
    code, shown, _ = told("share", "for-research")
    assert code == 0
    assert shown.endswith("for-research/runs.sqlite; it holds no name and no e-mail\n")
    assert [file.name for file in (tmp_path / "for-research").iterdir()] == ["runs.sqlite"]
    held = (tmp_path / "for-research" / "runs.sqlite").read_bytes()
    people = [person.application for person in paired.people]
    private = [text._text for each in people for text in (each.name, each.email)]
    assert [text for text in private if text.strip().encode() in held] == []
    code, shown, _ = told("seats", "--planner", "for-research")
    assert code == 0
    assert "  R-" in shown
    assert "holds no people.sqlite" in told("select", "--planner", "for-research")[2]
    assert "is not empty" in told("share", "for-research")[2]


def test_a_copy_in_which_a_team_has_somebodys_name_is_not_called_one_without(here, told, paired):
    one, other = (person.code for person in paired.people[:2])
    whose = paired.people[5].application.name._text
    answers = {one: {"team": f"{whose}'s team"}, other: {"site": f"ask {whose}", "role": whose}}
    people = tuple(
        replace(each, application=replace(each.application, **answers.get(each.code, {})))
        for each in paired.people
    )
    planner = open_planner(here)
    planner.load(paired.name)
    planner.save(replace(paired, people=people), going_back=True)
    code, shown, _ = told("share", "for-research")
    assert code == 1
    assert shown.split("runs.sqlite; ")[1].splitlines() == [
        "people's names stand in it",
        f"'{paired.name}': the team of {one}, with somebody's name or address; look at it before "
        "you pass the copy on",
        f"'{paired.name}': the role and the site of {other}, with somebody's name or address; "
        "look at it before you pass the copy on",
    ]
    assert whose not in shown


def test_a_name_is_looked_up_for_a_reason_into_a_file(here, told, paired):
    one = paired.accepted[0]
    words = ("reveal", one.code, "--out", "whom.csv", "--names-for", "not heard from for a month")
    code, shown, _ = told(*words)
    assert code == 0
    row = read_rows(here.parent / "whom.csv")[1][1]
    assert row[0] == one.code
    assert one.application.email._text in row[1]
    assert one.application.email._text not in shown
    code, shown, _ = told("history")
    assert code == 0
    assert "not heard from for a month" in " ".join(shown.split())
    assert "The chain is whole." in shown


def test_a_table_is_written_for_a_spreadsheet_too(here, told, paired):
    assert told("seats", "--table", "seats.xlsx")[0] == 0
    rows = [row for _, row in read_rows(here.parent / "seats.xlsx")]
    assert rows[0] == ("code", "outcome", "site", "why")
    assert rows[1:] == list(paired.decisions_table().rows)


def test_all_tables_of_a_task_are_written_one_below_the_other(here, told):
    cohort = Programme.load("master-practitioners-2020").plan("A class", secret="a phrase")
    cohort = cohort.enrol(map(somebody, range(3)))
    open_planner(here).save(cohort)
    asked = ("--cohort", "A class", "--on", "2020-12-01", "--table", "owed.csv")
    assert told("owed", *asked)[0] == 0
    rows = [row for _, row in read_rows(here.parent / "owed.csv")]
    shown = tables_of(cohort.owed("2020-12-01"))
    assert len(shown) > 1
    assert rows == [row for table in shown for row in (table.columns, *table.rows)]


def test_a_rule_that_does_not_hold_ends_with_one(here, told, paired):
    assert told("seats", "check")[0] == 0
    unjust = replace(paired, decisions=paired.decisions[1:])
    open_planner(here).save(unjust)
    code, shown, _ = told("seats", "check")
    assert code == 1
    assert f"{paired.decisions[0].code} has no decision" in shown


def test_a_diary_is_done_whole_or_not_at_all(here, told, paired):
    first, second = (person.code for person in paired.accepted[:2])
    entry = '[[decided]]\non = 2026-06-0{day}\nwhat = "withdraw"\nperson = "{who}"\nwhy = "ill"\n'
    diary = here.parent / "decided.toml"
    diary.write_text(entry.format(day=1, who=first) + entry.format(day=2, who="P-NOBODY"), "utf-8")
    code, _, error = told("decide", diary)
    assert code == 2
    assert error.startswith("entry 2 ('withdraw', 2026-06-02) in decided.toml: ")
    assert open_planner(here).load(paired.name) == paired
    diary.write_text(entry.format(day=1, who=first) + entry.format(day=2, who=second), "utf-8")
    assert told("decide", diary, "--until", "2026-06-01")[0] == 0
    assert told("decide", diary)[0] == 0
    assert "nothing changed" in told("decide", diary)[1]
    assert open_planner(here).load(paired.name) == paired.decide(diary)


def test_certificates_take_their_words_from_a_file(here, told):
    words = here.parent / "words.toml"
    words.write_text('isuer = "Example Centre"\n', encoding="utf-8")
    assert told("certificates", "proof", "--words", words)[2] == (
        "words.toml: 'isuer' stands on no certificate; did you mean 'issuer'?\n"
    )
    words.write_text('signers = ["A", "B"]\n', encoding="utf-8")
    assert told("certificates", "proof", "--words", words)[2] == (
        'words.toml: write signers as [["name in print", "role"], …]\n'
    )
    words.write_text('issuer = "Example Centre"\nsigners = [["A", "B"]]\n', encoding="utf-8")
    assert told("certificates", "proof", "--words", words)[0] == 0


def sequences(path):
    events = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    return {int(event["sequence"]) for event in events if "monthly call" in event["summary"]}


def test_a_calendar_is_kept_only_when_it_is_published(here, told, tmp_path):
    ours = tmp_path / "ours.toml"
    for hour, before in (("09:00:00", {0}), ("10:00:00", {1})):
        ours.write_text(f'[[calls]]\nname = "monthly call"\nstart = {hour}\n', encoding="utf-8")
        assert told("overlay", ours)[0] == 0
        log = len(open_planner(here).log())
        code, shown, _ = told("publish", "--dry-run")
        assert code == 0
        assert f"{hour[:5]}–" in shown
        assert told("calendar", "ics", "--out", "look.ics")[0] == 0
        assert sequences(tmp_path / "look.ics") == before
        assert len(open_planner(here).log()) == log
        assert told("publish", "--out", "calendar.ics")[0] == 0
        assert sequences(tmp_path / "calendar.ics") == before
        assert len(open_planner(here).log()) == log + 1


def test_an_overlay_that_breaks_the_year_is_not_kept(here, told, paired, tmp_path):
    (tmp_path / "ours.toml").write_text('[[calls]]\nname = "monthly call"\nday = "often"\n')
    assert told("overlay", tmp_path / "ours.toml") == (
        2,
        "",
        "'monthly call': 'often' names no day for a call; write it as 'second Tuesday' or 'last "
        "Friday'\n",
    )
    assert open_planner(here).load(paired.name) == paired


def certified(cohort, folder):
    """Return the cohort after its first person was certified and agreed to be a mentor."""
    named = cohort.reviewing.with_faculty(faculty("F-1", "programme"), faculty("F-2", "outside"))
    year = named.reviewing.assign_panels(unit="person")
    one, day = year.accepted[0].code, date(2027, 6, 21)
    (folder / "portfolio.txt").write_text("a portfolio", encoding="utf-8")
    year = year.reviewing.hand_in(one, folder / "portfolio.txt", on=day)
    for id in ("F-1", "F-2"):
        year = year.reviewing.sign(one, id, "certified", on=day)
    return year.reviewing.consent(one, "mentor", on=day)


def test_the_next_run_has_the_helpers_of_this_one_and_none_of_its_pairs(
    here, told, paired, tmp_path
):
    earlier = certified(paired, tmp_path)
    later = replace(paired, name="Class of 2027-2028", buddies=())
    open_planner(here).save(earlier)
    open_planner(tmp_path / "next").save(later)
    elsewhere = ("--planner", tmp_path / "next")
    asked = ("mentors", "from", paired.name, "--kept-in", here, "--most", 3, *elsewhere)
    (helper,) = earlier.helpers().people  # who takes part again, and would have the own team
    code, _, error = told(*asked)
    assert code == 2
    assert "so leave them out with '--without' and their codes" in error
    assert told(*asked, "--without", helper.code)[0] == 0
    assert open_planner(tmp_path / "next").load(later.name).groups.mentors == ()
    assert told("withdraw", helper.code, "--why", "is a mentor this year", *elsewhere)[0] == 0
    assert told(*asked)[0] == 0
    later = later.withdraw(helper.code, "is a mentor this year")
    assert told("buddies", "not-again", paired.name, "--kept-in", here, *elsewhere)[0] == 0
    assert told("buddies", "pair", *elsewhere)[0] == 0
    found = open_planner(tmp_path / "next").load(later.name)
    assert found.groups.mentors == later.teams.invite(earlier.helpers(), most=3).groups.mentors
    before, now = (
        {frozenset((e.code, b)) for e in each.buddies for b in e.buddies}
        for each in (paired, found)
    )
    assert now
    assert before & now == set()
    open_planner(tmp_path / "next").save(replace(found, name=paired.name))
    code, shown, _ = told("changes", here, "--cohort", paired.name, *elsewhere)
    assert code == 0
    assert f"{paired.name}: what has changed" in shown


def test_a_slip_of_the_pen_is_signed_anew(here, told, paired, tmp_path):
    year = certified(paired, tmp_path)
    open_planner(here).save(year)
    sign = ("review", "sign", year.accepted[0].code, "F-2", "further-work", "--on", "2027-06-29")
    code, _, error = told(*sign)
    assert code == 2
    assert "but for a slip of the pen: 'review sign' with --slip" in error
    code, shown, _ = told(*sign, "--slip")
    assert code == 0
    assert "not agreed" in shown


def test_the_same_command_in_mid_year_changes_nothing(asked, tmp_path, capsys):
    place = tmp_path / "kept"
    words = [*asked, "--name", "Class", "--seats", "24", "--seed", "7", "--planner", place]
    assert plan(*words) == 0
    planner = open_planner(place)
    year = begun = planner.load("Class")
    for person in begun.accepted[:3]:
        year = year.withdraw(person.code, "a new post", on="2026-10-01")
    year = year.fill(on="2026-10-02").pairing.again()
    assert year.accepted != begun.select(24, seed=7).accepted
    planner.save(year)
    capsys.readouterr()
    assert plan(*words) == 0
    assert "already saved like this; nothing changed" in capsys.readouterr().out
    assert open_planner(place).load("Class") == year


def test_a_late_application_moves_nobody_unseen(form, told, tmp_path):
    first, late = (tmp_path / f"{name}.csv" for name in ("first", "late"))
    for path, people in ((first, range(3)), (late, [9])):
        answers = [f"Somebody {k},p{k}@example.org,Europe/Oslo,English,S{k}" for k in people]
        more = ",Team,Yes,Yes,Mon 8-20" if path is late else ",,Yes,No,Mon 8-20"
        head = "Full name,Email Address,Time zone,Languages,Site,Team,"
        head += "Introductory workshop taken,Local work under way,Free hours\n"
        path.write_text(head + "".join(f"{row}{more}\n" for row in answers), encoding="utf-8")
    place = ("--planner", tmp_path / "kept")
    run = ("cohort", "--programme", "master-practitioners-2026", "--name", "Class", *place)
    run = (*run, "--out", tmp_path / "out", "--secret", "ours", "--applications")
    code, shown, _ = told(*run, first, "--seats", "3")
    assert (code, "Moved since" in shown) == (0, False)
    planner = open_planner(tmp_path / "kept")
    before = planner.load("Class")
    who = before.accepted[0].code
    before = before.following.practised(who, "3 of 9 days", day="2026-08-01")
    planner.save(before)
    code, shown, wrong = told(*run, late)
    lost = wrong.split()[0]
    assert (code, wrong) == (
        2,
        f"{lost} would lose the seat in the course of the year, and on which day is not said; say "
        "it, as --on 2026-12-20, or let 'withdraw' and 'fill' move nobody else\n",
    )
    assert open_planner(tmp_path / "kept").load("Class") == before
    code, shown, _ = told(*run, late, "--on", "2026-09-01")
    assert code == 0
    assert f"Moved since the last decisions: {lost}: accepted → waiting." in shown
    now = {d.code: d for d in open_planner(tmp_path / "kept").load("Class").decisions}
    (came,) = now.keys() - {person.code for person in before.people}
    assert str(now[came].valid_from) == str(now[lost].valid_to) == "2026-09-01"
    assert "Moved since" not in told(*run, late, "--on", "2026-09-01")[1]


def test_the_same_command_with_another_number_gives_seats_anew(asked, tmp_path):
    words = [*asked, "--name", "Class", "--planner", tmp_path / "kept"]
    for options, seats in ((["--seats", "24"], 24), ([], 24), (["--seats", "20"], 20)):
        assert plan(*words, *options) == 0
        found = open_planner(tmp_path / "kept").load("Class")
        assert found.seats == seats
        assert {e.code for e in found.buddies} == {p.code for p in found.accepted}
