"""Whoever comes in later owes nothing of before, and whoever leaves nothing after."""

from dataclasses import replace
from datetime import date

import pytest

from cstools.cohorts import Programme, open_planner
from cstools.cohorts.basics.spreadsheet import read_rows
from cstools.cohorts.following.attendance import attended
from cstools.errors import DataError, UnknownNameError
from tests.cohorts.conftest import ROOT
from tests.cohorts.people import somebody

OVERLAY = ROOT / "notebooks" / "5-planner" / "our-run-2026.toml"
ROLE = {"by": "coordinator", "why": "the letter went out a week before"}
IN = "2026-08-21"


@pytest.fixture(scope="module")
def chosen():
    """Three people on two seats, of a run with calls on 14 July, 11 August and 8 September."""
    programme = Programme.load("master-practitioners-2026", overlay=OVERLAY)
    enrolled = programme.plan("Class", secret="a phrase").enrol(somebody(k) for k in range(3))
    return enrolled.select(2, on="2026-05-18").following.counting(check_ins=21)


def code_with(cohort, outcome):
    return next(d.code for d in cohort.decisions if d.outcome == outcome)


@pytest.fixture(scope="module")
def waits(chosen):
    return code_with(chosen, "waiting")


@pytest.fixture(scope="module")
def leaves(chosen):
    return code_with(chosen, "accepted")


@pytest.fixture(scope="module")
def autumn(chosen, leaves):
    """One has left on 20 August, and who waited has come in on the day after."""
    return chosen.withdraw(leaves, "a new post", on="2026-08-20").fill(on=IN)


def stands(cohort, on, who):
    return {s.commitment.label: s for s in cohort.owed(on).standings if s.who == who}


def test_nothing_is_owed_of_what_was_before_somebody_came_in(chosen, autumn, waits):
    late, whole = (stands(each, "2026-09-01", waits) for each in (autumn, chosen.select(3)))
    assert (late["calls"].short, whole["calls"].short) == ("0 of 10", "0 of 2")
    assert late["calls"].told == (
        "next on 2026-09-08, 10 to come; counted from 2026-08-21, the day of coming in"
    )
    assert (late["check-ins"].state, late["check-ins"].by) == ("kept", date(2026, 9, 11))
    assert (whole["check-ins"].state, whole["check-ins"].by) == ("owed", date(2026, 7, 13))
    assert stands(autumn, IN, waits)["practice"].state == "coming"
    assert late["practice"].state == "owed"
    assert stands(autumn, "2026-08-20", waits) == {}


def test_a_reminder_and_the_picture_count_from_the_same_day(chosen, autumn, waits):
    def text_of(cohort):
        drafts = cohort.following.reminders("2026-09-12").drafts
        return next(draft.text for draft in drafts if draft.about == waits)

    assert "one is due every 21 days; counted from 21 August 2026" in text_of(autumn)
    assert "(by 11 September 2026)" in text_of(autumn)
    assert "(by 13 July 2026)" in text_of(chosen.select(3))
    assert "counted from 2026-08-21" in autumn.owed("2026-09-12").picture().svg


def test_who_has_left_owes_nothing_and_the_days_before_stay_true(chosen, autumn, leaves):
    assert stands(autumn, "2026-08-20", leaves) == {}
    assert stands(autumn, "2026-08-19", leaves) == stands(chosen, "2026-08-19", leaves) != {}
    told = [draft.about for draft in autumn.following.reminders("2026-12-01").drafts]
    assert leaves not in told
    rows = {row[0]: row[1:] for row in autumn.following.attendance("2026-09-08").rows}
    assert leaves not in rows


def test_calls_before_the_seat_are_told_apart_from_calls_without_a_report(autumn, waits):
    rows = {row[0]: row[1:] for row in autumn.following.attendance("2026-09-08").rows}
    assert rows[waits] == ("not in yet", "not in yet", "–")
    asked = {each.code for each in attended(autumn, date(2026, 8, 11))}
    assert asked == {d.code for d in autumn.decisions if d.code != waits}


def test_what_was_due_before_the_seat_has_no_day_any_more(autumn, waits):
    """It is still to be done; from which day on it is late nobody has said."""
    facts = autumn.programme.facts
    project = facts.project.model_copy(update={"reviewed_by": date(2026, 6, 22)})
    known = replace(autumn.programme, facts=facts.model_copy(update={"project": project}))
    dated = replace(autumn, programme=known).following.project(waits, "proposed", day=IN)
    owed = stands(dated, "2026-09-01", waits)["project"]
    assert (owed.state, owed.by) == ("owed", None)
    assert owed.told.endswith("2026-06-22 was before the seat, so by when is for people to say")


def test_a_workshop_before_the_seat_is_neither_missed_nor_noted_as_kept():
    programme = Programme.load("master-practitioners-2020")
    cohort = programme.plan("Second", secret="a phrase").enrol(somebody(k) for k in range(3))
    cohort = cohort.select(2)
    gone, late = code_with(cohort, "accepted"), code_with(cohort, "waiting")
    cohort = cohort.withdraw(gone, "a new post", on="2020-08-01").fill(on="2020-08-02")
    noted = cohort.following.at_workshop("Module 1")
    there = {entry.who for entry in noted.followed.entries}
    assert there == {person.code for person in cohort.people} - {late}
    told = stands(noted, "2020-09-01", late)["workshops"]
    assert told.state == "coming"
    assert told.told == "the days of 2 workshops are not stated; before the seat: Module 1"
    guest = noted.following.at_workshop("Module 1", {late: ["2020-06-28"]})
    assert stands(guest, "2020-09-01", late)["workshops"].state == "missed"


def test_a_team_is_asked_for_those_who_had_a_seat_on_the_day(tmp_path):
    path = tmp_path / "ours.toml"
    path.write_text(
        '[[calls]]\nname = "community call"\nday = "Tuesday"\nstart = 15:00:00\n'
        'zone = "America/Los_Angeles"\n',
        encoding="utf-8",
    )
    programme = Programme.load("california-associates-1", overlay=path)
    people = [somebody(k, "Hill team") for k in range(3)]
    cohort = programme.plan("Cycle", secret="a phrase").enrol(people)
    codes = [person.code for person in cohort.people]
    cohort = cohort.select(rulings=dict.fromkeys(codes, "eligible"), why="all have been there")
    gone = cohort.withdraw(codes[0], "a new post", on="2021-12-01")

    def members(on):
        return stands(gone, on, "Hill team")["team and site"].short

    assert (members("2021-11-30"), members("2021-12-01")) == ("3 people", "2 people")
    portfolio = tmp_path / "portfolio.html"
    portfolio.write_text("A made-up portfolio.", encoding="utf-8")
    for on, those in (("2021-11-30", codes), ("2021-12-01", codes[1:])):
        handed_in = gone.reviewing.hand_in("Hill team", portfolio, on=on)
        assert handed_in.review.attempts[0].members == tuple(those)
    ruled = gone.following.counting(check_ins=14)
    (draft,) = (d for d in ruled.following.reminders("2021-12-15").drafts if d.about == "Hill team")
    assert draft.to == tuple(sorted(codes[1:]))


def test_the_days_stand_in_the_tables(autumn, waits, leaves, tmp_path):
    shown = autumn.decisions_table()
    assert shown.columns == ("code", "outcome", "seat from", "seat until", "site", "why")
    days = {row[0]: row[2:4] for row in shown.rows}
    assert days[waits] == (IN, "")
    assert days[leaves] == ("", "2026-08-20")
    (_, head), *rows = read_rows(autumn.write(tmp_path / "roster.csv"))
    roster = {row[0]: dict(zip(head, row, strict=True)) for _, row in rows}
    assert roster[waits]["seat from"] == IN
    assert roster[leaves]["seat until"] == "2026-08-20"


def test_where_nobody_has_a_day_the_tables_are_as_they_were(chosen):
    assert chosen.decisions_table().columns == ("code", "outcome", "site", "why")


def test_without_a_day_the_whole_year_is_asked_and_the_table_says_so(chosen, leaves, waits):
    undated = chosen.withdraw(leaves, "a new post").fill()
    assert stands(undated, "2026-09-01", waits)["calls"].short == "0 of 2"
    assert (
        f"From which day {waits} came in is not stated, so that the whole year is asked of them; "
        "say from when on (in the diary: 'counts from')."
    ) in undated.decisions_table().notes
    told = undated.following.counts_from(waits, IN, **ROLE)
    assert stands(told, "2026-09-01", waits)["calls"].short == "0 of 10"
    assert not [note for note in told.decisions_table().notes if "not stated" in note]


def test_a_day_can_be_overruled_again_and_taken_back(autumn, waits):
    earlier = autumn.following.counts_from(waits, "2026-08-10", **ROLE)
    assert stands(earlier, "2026-09-01", waits)["calls"].short == "0 of 1"
    assert earlier.decisions == autumn.decisions
    row = next(row for row in earlier.decisions_table().rows if row[0] == waits)
    assert row[2] == f"2026-08-10 (overruling {len(earlier.overruled)})"
    later = earlier.following.counts_from(waits, "2026-09-01", **ROLE)
    assert stands(later, "2026-09-08", waits)["calls"].short == "0 of 1"
    again = later.following.counts_from(waits, "2026-08-10", **ROLE)
    assert stands(again, "2026-09-01", waits) == stands(earlier, "2026-09-01", waits)
    assert again.following.counts_from(waits, "2026-08-10", **ROLE) == again
    back = again.take_back(len(again.overruled), by="coordinator", why="it was right at first")
    assert back.decisions == autumn.decisions
    assert stands(back, "2026-09-01", waits) == stands(autumn, "2026-09-01", waits)
    with pytest.raises(UnknownNameError):
        autumn.following.counts_from("P-NOBODY", IN, **ROLE)
    with pytest.raises(DataError, match="is no day"):
        autumn.following.counts_from(waits, "in August", **ROLE)
    with pytest.raises(DataError, match="needs a reason"):
        autumn.following.counts_from(waits, IN, by="coordinator", why="")


def test_seats_given_anew_in_the_year_have_their_day_and_others_keep_theirs(autumn, waits, leaves):
    stayed = next(d.code for d in autumn.decisions if d.outcome == "accepted" and d.code != waits)
    new = autumn.enrol([somebody(9)])
    code = ({person.code for person in new.people} - {p.code for p in autumn.people}).pop()
    drawn = new.select(3, on="2026-10-01")
    days = {d.code: (d.valid_from, d.valid_to) for d in drawn.decisions}
    assert days[code] == (date(2026, 10, 1), None)
    assert days[waits] == (date.fromisoformat(IN), None)
    assert days[stayed] == (None, None)
    assert days[leaves] == (None, date(2026, 8, 20))
    assert drawn.select(3, on="2026-10-01") == drawn
    fewer = drawn.select(1, on="2026-11-01")
    lost = next(d for d in fewer.decisions if d.outcome == "waiting")
    assert lost.valid_to == date(2026, 11, 1)
    assert stands(fewer, "2026-10-31", lost.code) != {}
    assert stands(fewer, "2026-11-01", lost.code) == {}


def test_seats_that_are_given_before_the_year_hold_from_its_beginning(chosen):
    wider = chosen.select(3, on="2026-06-01")
    assert {(d.valid_from, d.valid_to) for d in wider.decisions} == {(None, None)}


def test_the_day_of_a_diary_is_the_day_of_the_seat(chosen, autumn, waits, leaves, tmp_path):
    path = tmp_path / "decided.toml"
    path.write_text(
        f'[[decided]]\non = 2026-08-20\nwhat = "withdraw"\nperson = "{leaves}"\n'
        'why = "a new post"\n'
        '[[decided]]\non = 2026-08-21\nwhat = "fill"\n'
        f'[[decided]]\non = 2026-09-01\nwhat = "counts from"\nperson = "{waits}"\n'
        f'day = 2026-08-10\nby = "{ROLE["by"]}"\nwhy = "{ROLE["why"]}"\n',
        encoding="utf-8",
    )
    decided = chosen.decide(path)
    assert replace(decided, diary=()) == autumn.following.counts_from(waits, "2026-08-10", **ROLE)


def test_the_days_are_kept(autumn, waits, store):
    planner = open_planner(store)
    told = autumn.following.counts_from(waits, "2026-08-10", **ROLE)
    planner.save(told)
    loaded = open_planner(store).load(told.name)
    assert loaded == told
    assert loaded.owed("2026-09-01").standings == told.owed("2026-09-01").standings
    opened = told.overrule("not eligible", waits, **ROLE)
    planner.save(opened)
    again = planner.load(told.name)
    assert again.select(2, on="2026-10-01") == opened.select(2, on="2026-10-01")
