"""Teams, sites and mentors: the past stays true, loads are even, what is wrong is flagged."""

from collections import Counter
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstools.cohorts.buddies.buddies import Buddy
from cstools.cohorts.programmes.programme import Programme
from cstools.cohorts.teams.days import members_on, team_names
from cstools.cohorts.teams.groups import Groups
from cstools.cohorts.teams.mentoring import Loads, best_mentors, possible
from cstools.cohorts.teams.rows import groups_from_rows, groups_to_rows
from cstools.errors import DataError, UnknownNameError
from tests.cohorts.people import somebody

OPEN = "Mon-Sun 0-24"


@pytest.fixture(scope="module")
def formed(paired):
    return paired.teams.form()


@pytest.fixture
def two_teams(formed):
    """Two teams, and somebody in the first of them."""
    names = [team.name for team in formed.groups.teams if len(formed.teams.members(team.name)) > 1]
    return names[0], names[1], formed.teams.members(names[0])[0]


def test_before_teams_are_formed_the_ones_people_applied_with_count(paired):
    person = next(person for person in paired.people if person.team)
    assert paired.groups == Groups()
    assert person.code in members_on(paired, person.team, date(2026, 9, 1))


def test_forming_teams_twice_changes_nothing_and_moves_nobody(formed, paired):
    assert formed.teams.form() == formed
    for team in formed.groups.teams:
        applied = {person.code for person in paired.accepted if person.team == team.name}
        assert set(formed.teams.members(team.name)) == applied


def test_who_was_in_which_team_on_a_past_call_stays_true_after_moves(formed, two_teams):
    first, second, code = two_teams
    moved = formed.teams.move(code, second, on="2026-10-05")
    gone = moved.teams.leave(code, on="2027-02-01")
    asked = [date(2026, 10, 4), date(2026, 10, 5), date(2027, 1, 31), date(2027, 2, 1)]
    assert [gone.teams.of(code, on=day) for day in asked] == [first, second, second, ""]
    assert code in members_on(gone, first, asked[0])
    assert code not in members_on(gone, first, asked[1])
    assert first in team_names(gone, asked[0])
    assert gone.teams.form() == gone
    assert moved.teams.move(code, second, on="2026-10-05") == moved


def test_a_move_before_a_known_one_is_refused(formed, two_teams):
    _, second, code = two_teams
    moved = formed.teams.move(code, second, on="2026-10-05")
    with pytest.raises(DataError) as caught:
        moved.teams.leave(code, on="2026-09-01")
    assert str(caught.value) == (
        f"{code} cannot change teams on 2026-09-01: a change on 2026-10-05 is already known; give "
        "a day from then on"
    )


def spans(cohort, code):
    own = (m for m in cohort.groups.memberships if m.code == code)
    return [(m.team, *(str(day or "") for day in (m.valid_from, m.valid_to))) for m in own]


@pytest.mark.parametrize("day", ["2026-09-15", "2026-11-01"])
def test_the_same_change_of_teams_on_another_day_corrects_the_day(formed, two_teams, day):
    first, second, code = two_teams
    moved = formed.teams.move(code, second, on="2026-10-05")
    corrected = moved.teams.move(code, second, on=day)
    assert spans(corrected, code) == [(first, "", day), (second, day, "")]
    gone = moved.teams.leave(code, on="2027-02-01")
    assert gone.teams.leave(code, on="2027-01-10") == moved.teams.leave(code, on="2027-01-10")
    assert gone.teams.leave(code, on="2027-03-10") == moved.teams.leave(code, on="2027-03-10")
    with pytest.raises(DataError, match="a change on 2026-10-05 is already known"):
        gone.teams.leave(code, on="2026-09-01")


def test_a_second_change_of_teams_on_one_day_takes_the_place_of_the_first(formed, two_teams):
    first, second, code = two_teams
    moved = formed.teams.move(code, second, on="2026-10-05")
    assert spans(moved.teams.leave(code, on="2026-10-05"), code) == [(first, "", "2026-10-05")]


def test_a_team_founded_without_a_day_has_who_left_another_since_then(formed, two_teams):
    first, second, code = two_teams
    left = formed.teams.leave(code, on="2026-09-01")
    founded = left.teams.found("New team", code)
    assert spans(founded, code) == [(first, "", "2026-09-01"), ("New team", "2026-09-01", "")]
    twice = formed.teams.move(code, second, on="2026-09-01").teams.leave(code, on="2026-11-01")
    last = spans(twice.teams.found("New team", code), code)[-1]
    assert last == ("New team", "2026-11-01", "")
    assert spans(formed.teams.found("New team", code), code) == [("New team", "", "")]


def test_a_day_that_is_none_and_a_team_that_nobody_has_are_told(formed, two_teams):
    first, _, code = two_teams
    with pytest.raises(DataError) as caught:
        formed.teams.leave(code, on="next Monday")
    assert str(caught.value) == "'next Monday' is no day; write it as '2026-11-30'"
    with pytest.raises(UnknownNameError, match=f"did you mean '{first}'"):
        formed.teams.move(code, first.lower().replace(" ", "  "), on="2026-10-05")


@pytest.fixture(scope="module")
def california(applications):
    cohort = Programme.load("california-associates-1").plan("California", secret="a phrase")
    cohort = cohort.enrol(applications)
    unsure = {person.code: "eligible" for person in cohort.people}
    return cohort.select(45, rulings=unsure, why="alumni by their own word").teams.form()


def test_a_team_of_one_or_six_or_without_a_champion_is_flagged(california):
    single = california.accepted[0].code
    alone = california.teams.found("Example lone team", single)
    assert (
        "team 'Example lone team' has 1 member; the programme states 2 to 5" in alone.teams.flags()
    )
    six = [person.code for person in california.accepted if not person.application.champion][:6]
    many = california.teams.found("Example large team", *six)
    flags = many.teams.flags()
    assert "team 'Example large team' has 6 members; the programme states 2 to 5" in flags
    for size in (2, 5):
        right = california.teams.found("Example right team", *six[:size]).teams.flags()
        assert not [flag for flag in right if f"'Example right team' has {size}" in flag]
    no_champion = "team 'Example large team' names no executive champion; a member may be one"
    assert no_champion in flags
    named = many.teams.champion("Example large team", "superintendent")
    assert no_champion not in named.teams.flags()
    assert no_champion not in many.teams.champion("Example large team", six[0]).teams.flags()


def test_two_teams_that_differ_only_in_their_spelling_are_flagged():
    plan = Programme.load("master-practitioners-2026").plan("Two", secret="a phrase")
    formed = plan.enrol([somebody(0, "Hill"), somebody(1, "hill")]).select(2).teams.form()
    assert formed.teams.flags() == ("teams 'Hill' and 'hill' differ only in their spelling",)


def test_a_team_over_several_sites_states_one_and_sites_stand_in_a_county(california):
    several = california.teams.found(
        "Example wide team", *(p.code for p in california.accepted[:4])
    )
    flag = (
        "team 'Example wide team' has members of several sites and states none of its own; name "
        "one (in the diary: 'work on')"
    )
    assert flag in several.teams.flags()
    settled = several.teams.work_on("Example wide team", "Example Fjord School")
    assert flag not in settled.teams.flags()
    placed = settled.teams.cluster("Example County", "Example Fjord School")
    row = next(row for row in placed.teams.table().rows if row[0] == "Example wide team")
    assert row[1:3] == ("Example County", "Example Fjord School")


def test_no_name_of_anybody_enrolled_becomes_a_champion_or_a_mentor(formed, two_teams):
    person = formed.people[0]
    name = person.application.name.reveal("a test of what is refused", log=lambda _: None)
    with pytest.raises(DataError) as caught:
        formed.teams.champion(two_teams[0], name)
    assert name not in str(caught.value)
    assert person.code in str(caught.value)


def test_a_mentors_site_that_is_nobody_elses_is_told_with_the_nearest(formed):
    site = formed.people[0].site
    asked = {"languages": ["English"], "time_zone": "Europe/Copenhagen", "free": OPEN}
    named = formed.teams.mentor("M-1", site=site.upper(), **asked)
    named = named.teams.mentor("M-2", site=f"{site}s", **asked).teams.mentor("M-3", **asked)
    named = named.teams.mentor("M-4", site="Q", **asked)
    slip, none = named.teams.loads_table().notes
    assert slip.startswith(
        f"M-2 works at '{site}s', where nobody else here does, so that no team counts as one of "
        f"M-2's own site; did you mean '{site}'"
    )
    assert none == (
        "M-4 works at 'Q', where nobody else here does, so that no team counts as one of M-4's own "
        "site."
    )


def with_mentors(cohort, site="", **most):
    for id in ("M-1", "M-2", "M-3"):
        cohort = cohort.teams.mentor(
            id,
            site=site,
            languages=["English", "Spanish", "Danish"],
            time_zone="Europe/Copenhagen",
            free=OPEN,
            most=most.get(id.replace("-", "")),
        )
    return cohort


def test_mentors_have_even_loads_and_each_keeps_to_what_they_take(formed):
    cohort = with_mentors(formed).teams.assign()
    loads = Counter(held.mentor for held in cohort.groups.mentoring)
    assert max(loads.values()) - min(loads[id] for id in ("M-1", "M-2", "M-3")) <= 1
    limited = with_mentors(formed, M1=1).teams.assign()
    assert Counter(held.mentor for held in limited.groups.mentoring)["M-1"] == 1
    assert cohort.teams.assign() == cohort


def test_a_mentor_given_by_a_person_is_kept_and_its_cost_is_told(formed, two_teams):
    team = two_teams[0]
    cohort = with_mentors(formed, M1=0)
    given_one = cohort.teams.give_mentor(
        team, "M-1", by="programme director", why="they know the site"
    )
    done = given_one.teams.assign()
    assert [held.mentor for held in done.groups.mentoring if held.team == team] == ["M-1"]
    assert done.overruled[0].cost == "no team without a mentor and no fuller mentor"
    assert "fixed by a person" in next(m.reason for m in done.groups.mentoring if m.team == team)


def test_the_mentor_given_last_is_the_one_that_a_team_gets(formed, two_teams):
    cohort, why = with_mentors(formed), {"by": "programme director", "why": "asked for"}
    for mentor in ("M-1", "M-2", "M-1"):
        cohort = cohort.teams.give_mentor(two_teams[0], mentor, **why)
    done = cohort.teams.assign()
    assert [m.mentor for m in done.groups.mentoring if m.team == two_teams[0]] == ["M-1"]
    assert [held.things[1] for held in done.overruled] == ["M-1", "M-2", "M-1"]
    assert done.overruled[1].cost == "nothing, since the team was given another mentor later"


def test_when_a_mentor_stops_only_their_teams_get_another(formed):
    before = with_mentors(formed).teams.assign()
    after = before.teams.end_mentoring("M-2", on="2026-11-02").teams.assign(on="2026-11-02")
    theirs = {held.team for held in before.groups.mentoring if held.mentor == "M-2"}
    new = {held.team for held in after.groups.mentoring if held.valid_from}
    assert new == theirs
    assert {m.mentor for m in after.groups.mentoring if m.valid_to} == {"M-2"}


@pytest.fixture
def one_mentored(formed):
    """Return a team that any of the mentors may accompany."""
    return with_mentors(formed).teams.assign().groups.mentoring[0].team


def mentors_of(cohort, team):
    held = (m for m in cohort.groups.mentoring if m.team == team)
    return [(m.mentor, *(str(day or "") for day in (m.valid_from, m.valid_to))) for m in held]


def test_a_mentor_who_has_stopped_is_not_given_the_team_back(formed, one_mentored):
    team = one_mentored
    given_one = with_mentors(formed).teams.give_mentor(team, "M-1", by="director", why="asked for")
    ended = given_one.teams.assign().teams.end_mentoring("M-1", on="2026-12-01")
    assert ended.overruled_table().rows[0][-1] == "taken back by the mentor: has stopped"
    for filled in (ended.teams.assign(on="2026-12-01"), ended.teams.assign()):
        (first, _, until), (second, since, end) = mentors_of(filled, team)
        assert (first, until, since, end) == ("M-1", "2026-12-01", "2026-12-01", "")
        assert second != "M-1"
    again = ended.teams.give_mentor(team, "M-1", by="director", why="back after all")
    assert mentors_of(again.teams.assign(on="2027-01-10"), team)[-1] == ("M-1", "2027-01-10", "")


def test_whoever_is_assigned_anew_follows_the_last_mentor_who_has_stopped(formed, one_mentored):
    given_one = with_mentors(formed).teams.give_mentor(one_mentored, "M-1", by="head", why="asked")
    first = given_one.teams.assign().teams.end_mentoring("M-1", on="2026-12-01")
    second = first.teams.assign(on="2026-12-01")
    gone = second.teams.end_mentoring(mentors_of(second, one_mentored)[1][0], on="2027-01-10")
    days = [days for _, *days in mentors_of(gone.teams.assign(), one_mentored)]
    assert days == [["", "2026-12-01"], ["2026-12-01", "2027-01-10"], ["2027-01-10", ""]]


@pytest.mark.parametrize("day", ["2026-11-10", "2027-01-15"])
def test_the_day_on_which_a_mentor_stopped_can_be_corrected(formed, one_mentored, day):
    team = one_mentored
    given_one = with_mentors(formed).teams.give_mentor(team, "M-1", by="director", why="asked for")
    begun = given_one.teams.assign()
    ended = begun.teams.end_mentoring("M-1", on="2026-12-01")
    assert ended.teams.end_mentoring("M-1", on=day) == begun.teams.end_mentoring("M-1", on=day)
    followed = ended.teams.assign(on="2026-12-01").teams.end_mentoring("M-1", on=day)
    (_, _, until), (other, since, _) = mentors_of(followed, team)
    assert (until, since) == (day, day)
    assert other != "M-1"


def test_a_mentor_who_stops_before_it_begins_never_accompanies_anybody(formed):
    late = with_mentors(formed).teams.assign(on="2026-10-01")
    ended = late.teams.end_mentoring("M-1", on="2026-09-01")
    assert "M-1" in {m.mentor for m in late.groups.mentoring}
    assert "M-1" not in {m.mentor for m in ended.groups.mentoring}


def test_a_team_of_another_site_than_its_members_has_no_mentor_of_that_site(formed, one_mentored):
    chosen = with_mentors(formed, site="fjord school").teams.work_on(one_mentored, "Fjord School")
    either, others = chosen.teams.assign(), chosen.teams.assign(own_site=False)
    assert len(mentors_of(either, one_mentored)) == 1
    assert mentors_of(others, one_mentored) == []


def test_a_mentor_who_gives_way_on_the_first_day_was_never_the_teams(formed, one_mentored):
    begun = with_mentors(formed).teams.assign(on="2026-10-01")
    ((first, *_),) = mentors_of(begun, one_mentored)
    other = "M-2" if first == "M-1" else "M-1"
    wished = begun.teams.give_mentor(one_mentored, other, by="director", why="asked for")
    at_once, later = (wished.teams.assign(on=day) for day in ("2026-10-01", "2026-11-01"))
    assert mentors_of(at_once, one_mentored) == [(other, "2026-10-01", "")]
    assert mentors_of(later, one_mentored) == [
        (first, "2026-10-01", "2026-11-01"),
        (other, "2026-11-01", ""),
    ]


def test_a_team_has_no_mentor_before_the_day_on_which_one_begins(formed, one_mentored):
    begun, flag = with_mentors(formed).teams.assign(on="2026-10-01"), "has no mentor"
    days = [begun.teams.flags(on=day) for day in ("2026-09-30", "2026-10-01")]
    assert [f"team '{one_mentored}' {flag}" in flags for flags in days] == [True, False]


@pytest.mark.parametrize("more", ["", "Q"])
def test_a_mentor_with_the_letters_of_somebody_with_a_seat_is_refused(formed, more):
    """Of two whose codes begin alike, one has a longer code, and a longer id in another run."""
    letters = formed.accepted[0].code.removeprefix("P-") + more
    told = {"languages": "English", "time_zone": "Europe/Copenhagen", "free": OPEN}
    with pytest.raises(DataError, match=f"M-{letters} is {formed.accepted[0].code}"):
        formed.teams.mentor(f"M-{letters}", **told).teams.assign()


@pytest.mark.parametrize("spoken", ["english; DANISH", "Danish, English", ["english", "Danish"]])
def test_the_languages_of_a_mentor_are_read_as_in_an_application(formed, spoken):
    cohort = formed.teams.mentor("M-1", languages=spoken, time_zone="Europe/Copenhagen", free=OPEN)
    assert cohort.groups.mentors[0].languages == ("Danish", "English")


def test_a_team_without_a_mentor_hears_which_rule_left_it_so(formed):
    cohort = formed.teams.mentor(
        "M-1", languages="Klingon", time_zone="Europe/Copenhagen", free=OPEN
    ).teams.assign()
    reasons = {row[2] for row in cohort.teams.why().rows}
    assert reasons == {"no mentor: of 1 mentor, removed: no common language 1; 0 left"}
    assert cohort.groups.mentoring == ()


def someone(code, site, languages, bits):
    return Buddy(code, site, frozenset(languages), (bits,))


weeks = st.sets(st.integers(0, 2), min_size=1).map(lambda h: sum(0b1111 << 4 * k for k in h))
tongues = st.sets(st.sampled_from(["Danish", "English"]), min_size=1)
places = st.sampled_from(["hill", "lake"])
mentor_list = st.lists(st.tuples(places, tongues, weeks), min_size=1, max_size=3)
team_list = st.lists(st.tuples(places, tongues, weeks), min_size=1, max_size=4)


# No deadline: the first call loads the solver, and how long that takes says nothing here.
@settings(max_examples=60, deadline=None)
@given(team_list, mentor_list, st.lists(st.integers(0, 3), min_size=3, max_size=3), st.booleans())
def test_nobody_finds_better_mentors_by_trying_them_all(teams, mentors, most, own_site):
    loads = Loads(
        {f"team {k}": [someone(f"P-{k}", *each)] for k, each in enumerate(teams)},
        [someone(f"M-{k}", *each) for k, each in enumerate(mentors)],
        {f"M-{k}": most[k] for k in range(len(mentors))},
        own_site=own_site,
    )
    hours = possible(loads)

    def worth(chosen):
        count = Counter(chosen.values())
        return (
            len(chosen),
            -sum(k * k for k in count.values()),
            sum(hours[pair] for pair in chosen.items()),
        )

    ways = []
    for picks in product([None, *(m.code for m in loads.mentors)], repeat=len(teams)):
        chosen = {f"team {k}": id for k, id in enumerate(picks) if id}
        busy = Counter(chosen.values())
        if all(pair in hours for pair in chosen.items()) and all(
            busy[id] <= loads.most[id] for id in busy
        ):
            ways.append(worth(chosen))
    found = best_mentors(loads)
    assert all(Counter(found.values())[id] <= loads.most[id] for id in found.values())
    assert worth(found) == max(ways)


def test_groups_come_back_from_their_rows_as_they_were(formed, two_teams):
    first, second, code = two_teams
    cohort = (
        with_mentors(formed).teams.assign(on="2026-07-01").teams.champion(first, "superintendent")
    )
    cohort = cohort.teams.move(code, second, on="2026-10-05").pairing.not_again(formed)
    id_of = {person.code: f"id of {person.code}" for person in cohort.people}
    code_of = {id: code for code, id in id_of.items()}
    rows = groups_to_rows(cohort.groups, id_of)
    assert "P-" not in str(rows).replace("id of P-", "")
    assert groups_from_rows(rows, code_of) == cohort.groups
    assert groups_from_rows(groups_to_rows(Groups(), id_of), code_of) == Groups()
