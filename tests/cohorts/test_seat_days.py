"""Whoever comes in later owes nothing of before, and whoever leaves nothing after."""

from dataclasses import replace
from datetime import date

import pytest

from cstools.cohorts import Programme, open_planner
from cstools.cohorts.basics.spreadsheet import read_rows
from cstools.cohorts.command.words import in_commands
from cstools.cohorts.following.attendance import attended
from cstools.cohorts.selection.seat_days import seats_of
from cstools.errors import DataError, UnknownNameError
from tests.cohorts.conftest import ROOT
from tests.cohorts.people import somebody

OVERLAY = ROOT / "notebooks" / "5-planner" / "our-run-2026.toml"
ROLE = {"by": "coordinator", "why": "the letter went out a week before"}
IN = "2026-08-21"


@pytest.fixture(scope="module")
def chosen():
    """Three people on two seats, of a run with calls on 14 July, 11 August and 8 September.

    The two have found each other as buddies before the year began.
    """
    programme = Programme.load("master-practitioners-2026", overlay=OVERLAY)
    enrolled = programme.plan("Class", secret="a phrase").enrol(somebody(k) for k in range(3))
    two = enrolled.select(2, on="2026-05-18").following.counting(check_ins=21)
    return two.following.check_in(*(person.code for person in two.accepted), day="2026-05-20")


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


def test_who_came_in_later_and_leaves_had_the_seat_between_the_two_days(autumn, waits):
    gone = autumn.withdraw(waits, "a new post", on="2026-10-01")
    days = ("2026-08-20", IN, "2026-09-30", "2026-10-01")
    assert [stands(gone, day, waits) != {} for day in days] == [False, True, True, False]
    row = next(row for row in gone.decisions_table().rows if row[0] == waits)
    assert row[2:4] == (IN, "2026-10-01")


def test_calls_before_the_seat_are_told_apart_from_calls_without_a_report(autumn, waits):
    rows = {row[0]: row[1:] for row in autumn.following.attendance("2026-09-08").rows}
    assert rows[waits] == ("not in yet", "not in yet", "–")
    asked = {each.code for each in attended(autumn, date(2026, 8, 11))}
    assert asked == {d.code for d in autumn.decisions if d.code != waits}


def test_a_seat_that_is_left_in_the_year_has_the_day_said(chosen, leaves):
    """Without it, what everybody knows of the person's calls would be as if it had never been."""
    before = chosen.withdraw(leaves, "a new post")
    assert leaves not in {person.code for person in before.accepted}
    other = next(person.code for person in before.accepted)
    year = chosen.following.check_in(leaves, other, day="2026-08-03")
    with pytest.raises(DataError) as caught:
        year.withdraw(leaves, "a new post")
    assert str(caught.value) == (
        f"{leaves} has a seat, and something is known of the year already; say from which day on "
        'the seat is free, as withdraw(…, on="2026-12-20"), or the year\'s first day, if '
        "they were never there"
    )
    assert "say from which day on the seat is free, as --on 2026-12-20, or" in in_commands(
        str(caught.value)
    )
    gone = year.withdraw(leaves, "a new post", on="2026-08-20")
    assert stands(gone, "2026-08-19", leaves) == stands(year, "2026-08-19", leaves) != {}
    never = year.withdraw(leaves, "never came", on=year.programme.first_day)
    assert stands(never, "2026-08-19", leaves) == {}
    waiting = code_with(chosen, "waiting")
    assert year.withdraw(waiting, "a new post").decisions != year.decisions  # had no seat


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
        "if it had begun, say from when on (in the diary: 'counts from')."
    ) in undated.decisions_table().notes
    told = undated.following.counts_from(waits, IN, **ROLE)
    assert stands(told, "2026-09-01", waits)["calls"].short == "0 of 10"
    assert not [note for note in told.decisions_table().notes if "not stated" in note]


def test_seats_given_anew_without_a_day_say_so_of_whoever_came_in(chosen, waits, store):
    anew = chosen.select(3)
    told = f"From which day {waits} came in is not stated"
    planner = open_planner(store)
    planner.save(anew)
    for cohort in (anew, anew.select(3), planner.load(anew.name)):
        assert cohort == anew
        assert any(note.startswith(told) for note in cohort.decisions_table().notes)
    assert stands(anew, "2026-09-01", waits)["calls"].short == "0 of 2"
    for dated in (chosen.select(3, on="2026-06-01"), chosen.select(3, on=IN)):
        assert told not in repr(dated.decisions_table())
    said = anew.following.counts_from(waits, IN, **ROLE)
    assert told not in repr(said.decisions_table())
    assert "not stated" not in repr(chosen.decisions_table())


def test_nobody_loses_a_seat_in_the_year_without_its_day(chosen, autumn, waits, leaves):
    assert code_with(chosen.select(1), "accepted")  # nothing is known of the year yet
    noted = chosen.following.practised(leaves, "3 of 9 days", day="2026-08-01")
    for cohort in (autumn, noted):
        lost = next(
            p.code for p in cohort.accepted if p not in cohort.select(1, on="2026-10-01").accepted
        )
        with pytest.raises(DataError) as caught:
            cohort.select(1)
        assert str(caught.value) == (
            f"{lost} would lose the seat in the course of the year, and on which day is not said; "
            'say it, as select(…, on="2026-12-20"), or let withdraw() and fill() move nobody else'
        )
    assert noted.select(3).accepted  # nobody loses one


def test_a_seat_does_not_end_before_it_begins(autumn, waits):
    since = f"{waits} has the seat from 2026-08-21 on, and it cannot end before, on 2026-08-01; "
    since += "write a later day, or first correct from when on it counts "
    since += "(in the diary: 'counts from')"
    for end in (
        lambda: autumn.withdraw(waits, "a new post", on="2026-08-01"),
        lambda: autumn.overrule("not eligible", waits, **ROLE).select(2, on="2026-08-01"),
    ):
        with pytest.raises(DataError) as caught:
            end()
        assert str(caught.value) == since
    corrected = autumn.following.counts_from(waits, "2026-07-01", **ROLE)
    assert corrected.withdraw(waits, "a new post", on="2026-08-01")
    same = autumn.withdraw(waits, "a new post", on=IN)  # it was never taken up
    assert stands(same, IN, waits) == {}


def test_a_seat_that_was_lost_and_regained_is_asked_of_where_it_was_had(chosen, leaves, store):
    """July and November are asked, and of August to October nothing; by both ways back."""
    lost = chosen.overrule("not eligible", leaves, **ROLE).select(3, on="2026-08-01")
    again = lost.overrule("eligible", leaves, **ROLE).select(3, on="2026-11-01")
    fewer = chosen.select(1, on="2026-08-01")
    left = fewer.withdraw(code_with(fewer, "accepted"), "a new post", on="2026-10-20")
    filled = left.fill(on="2026-11-01")
    back = code_with(filled, "accepted")
    planner = open_planner(store)
    planner.save(again)
    assert planner.load(again.name) == again
    for cohort, who in ((again, leaves), (again.select(3), leaves), (filled, back)):
        calls = stands(cohort, "2026-12-20", who)["calls"]
        assert calls.short == "0 of 3"
        assert "no report yet: 2026-07-14, 2026-11-10, 2026-12-08;" in calls.told
        assert calls.told.endswith(
            "counted until 2026-08-01 and from 2026-11-01, the days of the seat"
        )
        row = next(row for row in cohort.following.attendance("2026-12-20").rows if row[0] == who)
        assert row[1:] == ("–", *["not in yet"] * 3, "–", "–")
        days = next(row for row in cohort.decisions_table().rows if row[0] == who)[2:4]
        assert days == ("2026-11-01 (and until 2026-08-01)", "")
    at_once = lost.overrule("eligible", leaves, **ROLE).select(3, on="2026-08-01")
    assert {(d.valid_from, d.valid_to) for d in at_once.decisions if d.code == leaves} == {
        (None, None)
    }


def test_whoever_leaves_again_had_the_seat_in_both_stretches(chosen, leaves, store):
    lost = chosen.overrule("not eligible", leaves, **ROLE).select(3, on="2026-08-01")
    again = lost.overrule("eligible", leaves, **ROLE).select(3, on="2026-11-01")
    withdrawn = again.withdraw(leaves, "a new post", on="2026-12-01")
    twice = again.overrule("not eligible", leaves, **ROLE).select(3, on="2026-12-01")
    for gone in (withdrawn, twice):
        seat = seats_of(gone)[leaves]
        had = [seat.holds_on(date(2026, month, 10)) for month in range(7, 13)]
        assert had == [True, False, False, False, True, False]
        assert stands(gone, "2026-12-01", leaves) == {}
        open_planner(store).save(gone, going_back=True)
        assert open_planner(store).load(gone.name) == gone
    never = again.withdraw(leaves, "never came back", on="2026-11-01")
    assert seats_of(never)[leaves].holds_on(date(2026, 7, 10))
    back = withdrawn.take_back(len(withdrawn.overruled), **ROLE).select(3, on="2026-12-10")
    assert seats_of(back)[leaves] == seats_of(again)[leaves]


def test_whoever_lost_a_seat_and_regained_it_was_in_the_team_while_it_was_had():
    programme = Programme.load("master-practitioners-2026", overlay=OVERLAY)
    people = [somebody(k, "Hill") for k in range(3)]
    formed = programme.plan("Class", secret="a phrase").enrol(people).select(3).teams.form()
    who = formed.accepted[0].code
    lost = formed.overrule("not eligible", who, **ROLE)
    lost = lost.select(3, teams_whole=False, on="2026-08-01")
    again = lost.overrule("eligible", who, **ROLE).select(3, on="2026-11-01")
    for cohort in (again, again.teams.form()):
        days = ("2026-07-31", "2026-08-01", "2026-10-31", "2026-11-01")
        inside = [who in cohort.teams.members("Hill", on=day) for day in days]
        assert inside == [True, False, False, True]


def test_a_withdrawal_that_is_taken_back_has_ended_no_seat(chosen, leaves):
    gone = chosen.withdraw(leaves, "a slip", on="2026-08-01")
    back = gone.take_back(len(gone.overruled), by="coordinator", why="it was somebody else")
    assert back.select(2, on="2026-08-20").decisions == chosen.decisions


def test_when_the_last_one_has_left_nobody_owes_anything(chosen):
    gone = chosen
    for person in chosen.accepted:
        gone = gone.withdraw(person.code, "the run is cancelled", on="2026-09-01")
    assert gone.owed("2026-08-31").standings == chosen.owed("2026-08-31").standings
    view = gone.owed("2026-10-20")
    assert view.standings == ()
    assert view.participants().notes == ("Of the participants nobody has a seat on this day.",)
    assert len(gone.following.reminders("2026-10-20")) == 0
    assert gone.calendar().homes == ()
    cycle = Programme.load("california-associates-1").plan("Cycle", secret="a phrase")
    asked = cycle.enrol(somebody(k, "Hill team", alumni=False) for k in range(3)).select(35)
    assert {d.outcome for d in asked.decisions} == {"needs a ruling"}
    assert asked.owed("2022-01-20").standings == ()


def test_a_call_before_the_year_is_not_asked_of_whoever_came_in_after_it(tmp_path):
    path = tmp_path / "ours.toml"
    first_look = '[[sessions]]\ncall = "monthly call"\nwhich = "2026-07"\nday = 2026-06-15\n'
    first_look += 'why = "a first look before the year"\n'
    path.write_text(OVERLAY.read_text(encoding="utf-8") + first_look, encoding="utf-8")
    plan = Programme.load("master-practitioners-2026", overlay=path).plan("Class", secret="x")
    chosen = plan.enrol(somebody(k) for k in range(3)).select(2)
    waits, stays = code_with(chosen, "waiting"), chosen.accepted[1].code
    filled = chosen.withdraw(chosen.accepted[0].code, "a new post", on="2026-06-10")
    filled = filled.fill(on="2026-06-18")
    assert stands(filled, "2026-08-01", waits)["calls"].short == "0 of 11"
    assert stands(filled, "2026-08-01", stays)["calls"].short == "0 of 1"
    assert "not in yet" in repr(filled.following.attendance("2026-08-01"))
    assert len(filled.following.reminders("2026-08-01")) == 2
    told = filled.following.counts_from(stays, "2026-06-20", **ROLE)
    assert stands(told, "2026-08-01", stays)["calls"].short == "0 of 11"
    assert told.owed("2026-08-01").picture().svg


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


def test_a_team_has_its_members_while_they_have_the_seat():
    programme = Programme.load("master-practitioners-2026", overlay=OVERLAY)
    people = [somebody(k, "Hill") for k in range(3)]
    plan = programme.plan("Class", secret="a phrase").enrol(people).select(2, teams_whole=False)
    formed, new = plan.teams.form(), code_with(plan, "waiting")
    gone = code_with(plan, "accepted")
    filled = formed.withdraw(gone, "a new post", on="2026-09-01").fill(on="2026-09-10")
    for cohort in (filled.teams.form(), filled.teams.form().teams.form()):
        days = ("2026-07-20", "2026-08-31", "2026-09-01", "2026-09-09", "2026-09-10")
        members = [cohort.teams.members("Hill", on=day) for day in days]
        assert [gone in each for each in members] == [True, True, False, False, False]
        assert [new in each for each in members] == [False, False, False, False, True]
    assert new not in cohort.teams.table("2026-07-20").rows[0][3]
    earlier = cohort.following.counts_from(new, "2026-09-05", **ROLE)
    assert new in earlier.teams.members("Hill", on="2026-09-05")


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


@pytest.mark.parametrize("day", ["2026-06-01", "2026-06-22"])
def test_seats_that_are_given_before_the_year_hold_from_its_beginning(chosen, day):
    wider = chosen.select(3, on=day)
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
