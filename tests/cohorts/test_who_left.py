"""Whoever leaves: what is certified without them, and what they still are asked and known for."""

from dataclasses import replace

import pytest

from cstools.cohorts.basics.hours import parse_free_hours
from cstools.cohorts.programmes.programme import Programme
from cstools.cohorts.review.values import faculty
from cstools.errors import DataError
from tests.cohorts.people import somebody

FREE = parse_free_hours("Mon 9-17")
FACULTY = (faculty("F-1", "programme"), faculty("F-2", "outside"))
MENTOR = {"languages": "English", "time_zone": "America/Los_Angeles", "free": "Mon 9-17"}


def of_a_team(people, seats=3):
    """Return a cohort of California whose seats are given, and the codes in order of the people."""
    plan = Programme.load("california-associates-1").plan("Cycle 1", secret="a phrase")
    cohort = plan.enrol(people).select(seats)
    by_name = {p.application.name._text: p.code for p in cohort.people}
    return cohort, [by_name[person.name._text] for person in people]


@pytest.fixture(scope="module")
def alpha():
    """Return one team of three with seats, the first of them its champion, and their codes."""
    return of_a_team([somebody(k, "Alpha", free=FREE, champion=k == 0) for k in range(3)])


@pytest.fixture
def page(tmp_path):
    (tmp_path / "page.html").write_text("A made-up portfolio.", encoding="utf-8")
    return tmp_path / "page.html"


@pytest.fixture
def handed_in(alpha, page):
    """Return the cohort in whose review the team handed in on the first of March."""
    named = alpha[0].teams.form().reviewing.with_faculty(*FACULTY).reviewing.assign_panels()
    return named.reviewing.hand_in("Alpha", page, on="2022-03-01")


def signed(cohort, about="Alpha", on="2022-03-10"):
    for id in ("F-1", "F-2"):
        cohort = cohort.reviewing.sign(about, id, "certified", on=on)
    return cohort


def test_who_left_before_the_team_was_certified_has_no_certificate_and_is_named(handed_in, alpha):
    _, (first, second, third) = alpha
    left = handed_in.withdraw(second, "moved away", on="2022-03-05")
    done = signed(left).certificates.issue(on="2022-03-20")
    assert {held.code for held in done.review.certificates} == {first, third}
    assert set(done.helpers().not_asked) == {first, third}
    assert done.certificates.table().notes[-1] == (
        f"Left before the own team was certified, and without one: {second}; if that is wrong, "
        "correct the day of leaving (in the diary: 'withdraw')."
    )
    corrected = done.withdraw(second, "moved away", on="2022-03-15")
    issued = corrected.certificates.issue(on="2022-03-20").review.certificates
    assert {held.code for held in issued} == {first, second, third}


def test_who_leaves_after_the_decision_or_the_last_day_is_certified_with_the_team(handed_in, alpha):
    _, (_, second, _) = alpha
    after = signed(handed_in).withdraw(second, "moved away", on="2022-03-11")
    late = signed(handed_in.withdraw(second, "moved away", on="2022-04-02"), on="2022-04-10")
    for cohort in (after, late):
        issued = cohort.certificates.issue(on="2022-04-20").review.certificates
        assert second in {held.code for held in issued}


def without_its_day(cohort, code):
    """Return the cohort as older planners may hold it: nobody was asked until when the seat was."""
    held = (replace(d, valid_to=None) if d.code == code else d for d in cohort.decisions)
    return replace(cohort, decisions=tuple(held))


def test_a_certificate_that_was_given_stays_also_where_the_day_of_leaving_is_not_known(
    handed_in, alpha
):
    _, (_, second, _) = alpha
    issued = signed(handed_in).certificates.issue(on="2022-03-20")
    gone = without_its_day(issued.withdraw(second, "moved away", on="2022-03-21"), second)
    assert len(gone.certificates.valid()) == 3
    assert second in gone.helpers().not_asked
    assert len(gone.certificates.table().notes) == 1


def test_a_team_of_which_all_have_left_can_still_be_signed(handed_in, page):
    gone = handed_in
    for person in handed_in.accepted:
        gone = gone.teams.leave(person.code, on="2022-03-31")
    again = gone.reviewing.assign_panels(seed=4)
    for cohort in (gone, again):
        done = signed(cohort, on="2022-04-02")
        assert len(done.certificates.issue(on="2022-04-03").review.certificates) == 3
    assert done.reviewing.compare("alpha", page).startswith("Alpha: unchanged since attempt 1")
    assert done.reviewing.sign("Alpha", "F-1", "certified", on="2022-04-02") == done
    assert all(row[1] == "holds" for row in again.reviewing.check().rows)


def test_somebody_who_withdrew_between_two_signatures_can_still_be_signed(page):
    plan = Programme.load("master-practitioners-2026").plan("Class", secret="a phrase")
    cohort = plan.enrol([somebody(k, free=FREE, site=f"Site {k}") for k in range(3)]).select(3)
    code = cohort.accepted[0].code
    named = cohort.reviewing.with_faculty(*FACULTY).reviewing.assign_panels(unit="person")
    half = named.reviewing.hand_in(code, page, on="2027-06-01")
    half = half.reviewing.sign(code, "F-1", "certified", on="2027-06-20")
    left = half.withdraw(code, "a new post", on="2027-06-21")
    for gone in (left, left.reviewing.assign_panels(seed=1)):
        done = gone.reviewing.sign(code, "F-2", "certified", on="2027-06-22")
        issued = done.certificates.issue(on="2027-07-01").review.certificates
        assert [held.code for held in issued] == [code]


def test_who_left_before_teams_were_formed_was_in_the_team_until_that_day(alpha):
    cohort, (first, second, third) = alpha
    left = cohort.withdraw(third, "moved away", on="2022-01-10")
    for gone in (left, left.teams.form(), left.teams.form().teams.form()):
        assert set(gone.teams.form().teams.members("Alpha", "2022-01-09")) == {first, second, third}
    formed = left.teams.form()
    assert set(formed.teams.members("Alpha", "2022-01-10")) == {first, second}
    assert formed == cohort.teams.form().withdraw(third, "moved away", on="2022-01-10")
    before = cohort.withdraw(third, "moved away", on="2021-09-20").teams.form()
    assert set(before.teams.members("Alpha", "2021-09-01")) == {first, second}


def test_a_withdrawal_that_is_taken_back_gives_the_team_back_and_the_certificate(alpha, page):
    cohort, (first, second, third) = alpha
    formed = cohort.teams.form()
    left = formed.withdraw(second, "moved away", on="2021-11-01")
    assert left.teams.of(second) == ""
    assert [(row[0], row[3]) for row in left.changes_since(formed).rows if row[1] == "team"] == [
        (second, "none")
    ]
    back = left.take_back(1, by="coordinator", why="a slip of the hand").select(3)
    assert back.teams.members("Alpha", "2021-12-01") == tuple(sorted((first, second, third)))
    assert back.teams.form() == back
    named = back.reviewing.with_faculty(*FACULTY).reviewing.assign_panels()
    done = signed(named.reviewing.hand_in("Alpha", page, on="2022-03-01"))
    issued = done.certificates.issue(on="2022-03-20").review.certificates
    assert {held.code for held in issued} == {first, second, third}


def test_a_day_of_leaving_that_is_corrected_is_the_teams_too(alpha, page):
    cohort, (_, second, _) = alpha
    early = cohort.teams.form().withdraw(second, "moved away", on="2022-02-01")
    named = early.reviewing.with_faculty(*FACULTY).reviewing.assign_panels()
    done = signed(named.reviewing.hand_in("Alpha", page, on="2022-03-01"))
    assert len(done.certificates.issue(on="2022-03-20").review.certificates) == 2
    late = done.withdraw(second, "moved away", on="2022-03-15")
    assert second in late.teams.members("Alpha", "2022-03-14")
    assert second not in late.teams.members("Alpha", "2022-03-15")
    assert len(late.certificates.issue(on="2022-03-20").review.certificates) == 3
    earlier = late.withdraw(second, "moved away", on="2022-01-10")
    assert second not in earlier.teams.members("Alpha", "2022-01-10")
    with pytest.raises(DataError) as caught:
        earlier.teams.move(second, "Alpha", on="2022-01-10")
    assert str(caught.value) == (
        f"{second} had the seat until 2022-01-10 and is in no team after it; give a day before, or "
        "correct the day of the seat first"
    )


def test_a_champion_who_comes_into_a_formed_team_is_one_and_one_taken_back_stays_so():
    people = [somebody(k, "Alpha", free=FREE, champion=k == 2, alumni=k < 2) for k in range(3)]
    cohort, (*_, third, _) = of_a_team([*people, somebody(3, "Hill", free=FREE)])
    formed = cohort.teams.form()
    none_named = "team 'Alpha' names no executive champion; a member may be one"
    assert none_named in formed.teams.flags()
    ruled = formed.overrule("eligible", third, by="director", why="knows the work").select(4)
    joined = ruled.teams.form()
    assert none_named not in joined.teams.flags()
    moved = joined.teams.move(third, "Hill", on="2021-12-01")
    champions = {team.name: team.champions for team in moved.groups.teams}
    assert champions == {"Alpha": (third,), "Hill": (third,)}
    back = joined.take_back("champion", "Alpha", third, by="director", why="said by mistake")
    assert none_named in back.teams.form().teams.flags()


def test_a_team_whose_champion_has_left_is_flagged_until_it_names_another(alpha):
    cohort, (first, second, _) = alpha
    left = cohort.teams.form().withdraw(first, "moved away", on="2021-11-01")
    flag = (
        f"team 'Alpha' has no executive champion: {first}, named as one, has no seat; name another "
        "(in the diary: 'champion')"
    )
    assert flag in left.teams.flags()
    assert flag in left.teams.flags("2021-11-01")
    assert flag not in left.teams.flags("2021-10-31")
    for another in (second, "superintendent"):
        named = left.teams.champion("Alpha", another).teams.flags()
        assert not any("champion" in told for told in named)


def test_a_mentor_who_stopped_is_known_also_after_all_was_decided_anew(alpha):
    cohort = alpha[0].teams.form().teams.mentor("M-1", **MENTOR).teams.assign()
    cohort = cohort.teams.end_mentoring("M-1", on="2021-12-01").teams.mentor("M-2", **MENTOR)
    anew = cohort.teams.assign()
    held = [(m.mentor, str(m.valid_from), str(m.valid_to)) for m in anew.groups.mentoring]
    assert held == [("M-1", "None", "2021-12-01"), ("M-2", "2021-12-01", "None")]
    assert anew.teams.assign() == anew
    seats = (faculty("F-1", "programme", person="M-1"), faculty("F-2", "outside"))
    (panel,) = anew.reviewing.with_faculty(*seats).reviewing.assign_panels().review.panels
    assert panel.members == ("F-2",)


def helpers_of_last_year(page):
    plan = Programme.load("master-practitioners-2026").plan("Last year", secret="a phrase")
    cohort = plan.enrol([somebody(k, free=FREE, site=f"Site {k}") for k in range(2)]).select(2)
    cohort = cohort.reviewing.with_faculty(*FACULTY).reviewing.assign_panels(unit="person")
    for number, person in enumerate(cohort.accepted, start=1):
        cohort = cohort.reviewing.hand_in(person.code, page, on="2027-06-01")
        cohort = signed(cohort, person.code, on="2027-06-20")
        cohort = cohort.reviewing.consent(person.code, "mentor", on=f"2027-07-0{number}")
    return cohort


def test_nobody_becomes_the_mentor_of_the_own_team(page):
    helpers = helpers_of_last_year(page).helpers()
    team = [somebody(0, "Alpha", free=FREE), somebody(7, "Alpha", free=FREE)]
    cohort, (own, _) = of_a_team(team)
    code = next(h.code for h in helpers.people if h.name._text == team[0].name._text)
    other = next(h.code for h in helpers.people if h.code != code)
    with pytest.raises(DataError) as caught:
        cohort.teams.invite(helpers)
    assert str(caught.value) == (
        "of the helpers from 'Last year', some take part in 'Cycle 1' themselves: "
        f"{code} as {own}; nobody accompanies the own team, so leave them out as "
        f"invite(helpers.without('{code}'))"
    )
    ids = {h.code: mentor.id for h, mentor in helpers.as_mentors(cohort)}
    invited = cohort.teams.invite(helpers.without(code))
    assert [mentor.id for mentor in invited.groups.mentors] == [ids[other]]
    gone = cohort.withdraw(own, "accompanies teams this year", on="2021-10-01")
    assert len(gone.teams.invite(helpers).groups.mentors) == 2


def test_whoever_agrees_later_takes_nobodys_number_as_a_mentor(page):
    both = helpers_of_last_year(page)
    later, earlier = sorted(person.code for person in both.accepted)
    asked = both.reviewing.consent(later, on="2027-07-03")
    asked = asked.reviewing.consent(earlier, "mentor", on="2027-07-05")
    (before,) = [row for row in asked.helpers().table().rows if row[0] == earlier]
    asked = asked.reviewing.consent(later, "mentor", on="2027-07-09")
    (after,) = [row for row in asked.helpers().table().rows if row[0] == earlier]
    assert before[2] == after[2] == f"M-{earlier[2:]}"


def test_whoever_declines_later_leaves_everybody_else_the_own_id(page):
    both = helpers_of_last_year(page)
    first, second = (helper.code for helper in both.helpers().of_role("mentor"))
    ids = {row[0]: row[2] for row in both.helpers().table().rows}
    declined = both.reviewing.consent(first, on="2027-08-01").helpers()
    assert [mentor.id for mentor in declined.mentors()] == [ids[second]]


def test_whoever_applies_after_being_invited_accompanies_no_team_either(page):
    helpers = helpers_of_last_year(page).helpers()
    team = [somebody(0, "Alpha", free=FREE), somebody(7, "Alpha", free=FREE)]
    cohort, (own, _) = of_a_team(team)
    programme, secret = cohort.programme, cohort.secret
    invited = programme.plan(cohort.name, secret=secret).teams.invite(helpers)
    late = invited.enrol(team).select(2).teams.form()
    with pytest.raises(DataError) as caught:
        late.teams.assign()
    assert str(caught.value) == (
        f"mentors of 'Cycle 1' take part in it themselves: M-{own[2:]} is {own}; nobody "
        "accompanies the own team, so take the mentor back (in the diary: 'take back') or let the "
        "participant withdraw (in the diary: 'withdraw')"
    )
    back = late.take_back("mentor", f"M-{own[2:]}", by="director", why="takes part this year")
    assert len(back.teams.assign().groups.mentoring) == 1
    gone = late.withdraw(own, "accompanies teams this year", on="2021-10-01")
    assert gone.teams.assign().groups.mentoring
