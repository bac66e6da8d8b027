"""Projects, portfolios and reviews by their stated days; what was handed in is owed no more."""

from dataclasses import replace
from datetime import date

import pytest

from cstools.cohorts import Programme, faculty
from tests.cohorts.people import somebody

OUR_YEAR = """
[dates]
ends = 2021-06-30
[project]
reviewed_by = 2020-06-10
finalised_by = 2020-08-01
[portfolio]
due = 2021-05-20
review_on = 2021-06-15
"""
ROLE = "programme faculty"


def planned(overlay=None, run="master-practitioners-2020"):
    programme = Programme.load(run, overlay=overlay).plan("Second", secret="a phrase")
    people = [somebody(k, "Hill team" if k < 2 else "Lake team") for k in range(4)]
    cohort = programme.enrol(people)
    codes = [person.code for person in cohort.people]
    return cohort.select(rulings=dict.fromkeys(codes, "eligible"), why="all took the workshop")


@pytest.fixture(scope="module")
def silent():
    """Four people of 2020–21, as its documents state the year."""
    return planned()


@pytest.fixture(scope="module")
def stated(tmp_path_factory):
    """The same, with the days that a coordinator decides."""
    path = tmp_path_factory.mktemp("overlay") / "ours.toml"
    path.write_text(OUR_YEAR, encoding="utf-8")
    return planned(path)


def test_after_a_state_taken_out_of_its_turn_comes_the_one_behind_it(stated):
    who = stated.accepted[0].code
    held = stated.following.project(
        who, "reviewed", day="2020-06-09", approved_by=ROLE, by="coordinator", why="came late"
    )
    project = stands(held, "2020-06-20", who, "project")
    assert (project.state, project.short, project.by) == ("kept", "reviewed", date(2020, 8, 1))
    assert project.told == "reviewed; next it is to be finalised (after the first workshop)"


def test_what_those_who_are_certified_still_owe_is_told_where_the_year_was_noted(stated, portfolio):
    who, other, *_ = (person.code for person in stated.accepted)
    named = stated.reviewing.with_faculty(faculty("F-1", "programme"), faculty("F-2", "outside"))
    handed = named.reviewing.assign_panels(unit="person").reviewing.hand_in(
        who, portfolio, on="2021-05-20"
    )
    for id in ("F-1", "F-2"):
        handed = handed.reviewing.sign(who, id, "certified", on="2021-06-15")
    certified = handed.certificates.issue(on="2021-06-20")
    assert "still owed" not in repr(certified.certificates)
    noted = certified.following.practised(other, "12 of 21 days", day="2020-08-01")
    told = f"Certified, and by what is noted still owed on 2021-06-20: project: {who}; practice: "
    assert f"{told}{who}." in noted.certificates.table().notes
    done = noted.following.practised(who, "20 of 21 days", day="2020-08-01")
    assert f"{told.removesuffix('; practice: ')}." in done.certificates.table().notes


@pytest.fixture
def portfolio(tmp_path):
    path = tmp_path / "portfolio.html"
    path.write_text("made up", encoding="utf-8")
    return path


def stands(cohort, on, who, label):
    (held,) = (s for s in cohort.owed(on).standings if (s.who, s.commitment.label) == (who, label))
    return held


def test_the_steps_of_a_project_are_due_on_the_days_that_are_stated(stated, silent):
    who = stated.accepted[0].code
    assert stands(silent, "2020-06-01", who, "project").by == date(2020, 6, 27)
    drawn = {event.name: event.starts for event in silent.calendar().events}
    assert drawn["Project reviewed, at the latest"] == date(2020, 6, 27)  # and in the calendar
    told = stands(stated, "2020-06-01", who, "project")
    assert (told.state, told.by) == ("coming", date(2020, 6, 10))
    assert stands(stated, "2020-06-12", who, "project").state == "owed"
    held = stated.following.project(who, "proposed", day="2020-06-01")
    held = held.following.project(who, "reviewed", day="2020-06-09", approved_by=ROLE)
    told = stands(held, "2020-07-01", who, "project")
    assert (told.state, told.by) == ("kept", date(2020, 8, 1))
    told = stands(held, "2020-07-10", who, "project")
    assert (told.state, told.by) == ("owed", date(2020, 8, 1))


def test_a_stated_day_stands_above_a_milestone_and_a_milestone_above_the_words(silent, stated):
    milestone = {"milestones": ({"name": "Project reviewed", "day": date(2020, 6, 20)},)}
    for cohort, day in ((silent, date(2020, 6, 20)), (stated, date(2020, 6, 10))):
        facts = cohort.programme.facts
        more = type(facts).model_validate({**facts.model_dump(exclude_none=True), **milestone})
        ours = replace(cohort, programme=replace(cohort.programme, facts=more))
        held = ours.following.project(ours.accepted[0].code, "proposed", day="2020-06-01")
        assert stands(held, "2020-06-05", ours.accepted[0].code, "project").by == day


def test_a_portfolio_is_due_on_the_stated_day_or_at_the_end_of_the_year(stated, silent):
    who = stated.accepted[0].code
    assert stands(silent, "2020-12-01", who, "portfolio").told == (
        "not handed in yet; assessed: at the end of the year"
    )
    told = stands(stated, "2021-05-20", who, "portfolio")
    assert (told.state, told.by) == ("coming", date(2021, 5, 20))
    assert told.told == "not handed in yet; due on 2021-05-20"
    assert stands(stated, "2021-05-21", who, "portfolio").state == "owed"


def test_a_portfolio_that_was_given_to_the_review_is_owed_no_more(stated, portfolio):
    who = stated.accepted[0].code
    held = stated.reviewing.hand_in(who, portfolio, on="2021-05-18")
    digest = held.review.attempts[0].portfolio[:8]
    assert stands(held, "2021-05-17", who, "portfolio").short == "not yet"
    told = stands(held, "2021-06-01", who, "portfolio")
    assert (told.state, told.short) == ("kept", "handed in")
    assert told.told == f"handed in on 2021-05-18 for review, attempt 1, hash {digest}"
    asked = {draft.about: draft.asked for draft in held.following.reminders("2021-06-01").drafts}
    assert "portfolio" not in asked[who]
    assert all("portfolio owed" in asked[p.code] for p in held.accepted[1:])


def signed(cohort, who, outcome, on):
    cohort = cohort.reviewing.with_faculty(faculty("F-1", "programme"), faculty("F-2", "outside"))
    cohort = cohort.reviewing.assign_panels()
    for id in ("F-1", "F-2"):
        cohort = cohort.reviewing.sign(who, id, outcome, on=on)
    return cohort


def test_after_further_work_a_portfolio_is_to_be_handed_in_again(stated, portfolio):
    who = stated.accepted[0].code
    held = stated.reviewing.hand_in(who, portfolio, on="2021-05-18")
    held = signed(held, who, "further work", "2021-06-15")
    assert stands(held, "2021-06-14", who, "portfolio").state == "kept"
    told = stands(held, "2021-06-15", who, "portfolio")
    assert (told.state, told.short) == ("owed", "again")
    assert told.told.endswith("; further work was decided on 2021-06-15, and by when is not stated")
    again = held.reviewing.hand_in(who, portfolio, on="2021-09-01")
    assert stands(again, "2021-09-01", who, "portfolio").state == "kept"
    for day in ("2021-05-18", "2021-05-19", "2021-06-15"):  # what was judged, noted beside it
        noted = held.following.portfolio(who, portfolio, day=day)
        assert stands(noted, "2021-06-20", who, "portfolio") == told
        drafts = {d.about: d.asked for d in noted.following.reminders("2021-06-20").drafts}
        assert "portfolio owed" in drafts[who]
    noted = held.following.portfolio(who, portfolio, day="2021-08-01")
    assert stands(noted, "2021-09-01", who, "portfolio").told.startswith("handed in on 2021-08-01,")


def test_a_team_of_california_hands_in_together_and_its_review_day_is_not_stated(portfolio):
    california = planned(run="california-associates-1")
    who = california.accepted[0].code
    told = stands(california, "2022-03-01", who, "review")
    assert (told.state, told.short) == ("open", "not stated")
    assert told.told == (
        "the day of the review is not stated; write review_on under [portfolio] in an overlay"
    )
    team = next(p.team for p in california.accepted if p.code == who)
    held = california.reviewing.hand_in(team, portfolio, on="2022-03-01")
    assert stands(held, "2022-03-02", team, "portfolio").state == "kept"
    held = signed(held, team, "certified", "2022-03-20")
    told = stands(held, "2022-03-20", who, "review")
    assert (told.state, told.short) == ("kept", "certified")
    assert told.told == "attempt 1 was decided on 2022-03-20: certified"


def test_a_review_on_a_stated_day_is_coming_and_then_waits_for_signatures(tmp_path):
    path = tmp_path / "ours.toml"
    path.write_text("[portfolio]\nreview_on = 2022-03-25\n", encoding="utf-8")
    cohort = planned(path, "california-associates-1")
    who = cohort.accepted[0].code
    told = stands(cohort, "2022-03-24", who, "review")
    assert (told.state, told.told, told.by) == (
        "coming",
        "the review is on 2022-03-25",
        date(2022, 3, 25),
    )
    told = stands(cohort, "2022-03-26", who, "review")
    assert (told.state, told.told) == (
        "open",
        "the review was on 2022-03-25, and no decision is signed yet",
    )
