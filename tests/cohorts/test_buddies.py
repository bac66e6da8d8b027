"""Buddies: the rules hold, the choice is the best there is, rows have no say, all is explained."""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstools.cohorts import Programme
from cstools.cohorts.basics.hours import (
    QUARTERS,
    WHOLE_WEEK,
    FreeTime,
    common_quarters,
    parse_free_hours,
    reference_mondays,
    week_bits,
)
from cstools.cohorts.basics.hours import share_an_hour as share_every_week
from cstools.cohorts.basics.zones import zone
from cstools.cohorts.buddies.buddies import Buddy, best_pairs, broken_rule, possible_pairs, score
from cstools.cohorts.buddies.trios import best_groups
from cstools.errors import DataError
from tests.cohorts.people import somebody


def hours_as_bits(hours):
    return sum(0b1111 << (4 * hour) for hour in hours)


hours = st.sets(st.integers(0, 5), max_size=4).map(hours_as_bits)
someone = st.builds(
    Buddy,
    code=st.integers(0, 10**6).map(lambda number: f"P-{number:07d}"),
    site=st.sampled_from(["hill", "lake", "wood", "sea"]),
    languages=st.sets(st.sampled_from(["Danish", "English", "Hindi"]), min_size=1).map(frozenset),
    weeks=st.tuples(hours, hours),
)
people = st.lists(someone, max_size=7, unique_by=lambda person: person.code)


def groupings(left):
    """Give every way to put people alone, in pairs or in trios."""
    if not left:
        yield ()
        return
    first, *others = left
    for size in (0, 1, 2):
        for rest in combinations(others, size):
            remaining = [person for person in others if person not in rest]
            for more in groupings(remaining):
                yield ((first, *rest), *more)


def worth(groups):
    made = [group for group in groups if len(group) > 1]
    return (
        sum(len(group) for group in made),
        -sum(len(group) == 3 for group in made),
        sum(score(group) for group in made),
    )


# No deadline: the first call loads the solver, and how long that takes says nothing here.
@settings(max_examples=60, deadline=None)
@given(people)
def test_nobody_finds_better_groups_by_trying_them_all(group):
    by_code = {person.code: person for person in group}
    found = [tuple(by_code[code] for code in members) for members in best_groups(group, 5)]
    possible = (
        way
        for way in groupings(group)
        if not any(len(members) > 1 and broken_rule(members) for members in way)
    )
    assert worth(found) == max(worth(way) for way in possible)


@settings(max_examples=60, deadline=None)
@given(people)
def test_pairs_are_as_many_as_there_can_be_and_then_the_best(group):
    pairs = possible_pairs(group)
    found = best_pairs(pairs, 5)
    best = (0, 0)
    for count in range(len(group) // 2 + 1):
        for chosen in combinations(pairs, count):
            if len({code for pair in chosen for code in pair}) == 2 * count:
                best = max(best, (count, sum(pairs[pair] for pair in chosen)))
    assert (len(found), sum(pairs[tuple(sorted(pair))] for pair in found)) == best


@settings(max_examples=60, deadline=None)
@given(people, st.randoms())
def test_the_order_of_the_rows_pairs_nobody(group, order):
    shuffled = list(group)
    order.shuffle(shuffled)
    assert best_groups(shuffled, 5) == best_groups(group, 5)


def test_a_whole_cohort_from_shuffled_rows_has_the_same_buddies(paired, applications):
    again = paired.programme.plan(paired.name, secret="a phrase")
    again = again.enrol(tuple(reversed(applications.people))).select(25, seed=3)
    assert again.pair_buddies(seed=2026).buddies == paired.buddies


def test_another_seed_draws_other_lots():
    equal = [
        Buddy(f"P-{k}", f"site {k}", frozenset({"English"}), (hours_as_bits({1, 2}),))
        for k in range(8)
    ]
    assert len({best_groups(equal, seed) for seed in range(6)}) > 1


def is_free(application, moment):
    """Say by the wall clock alone, with no bits, whether somebody is free at a moment."""
    there = moment.astimezone(zone(application.time_zone))
    minute = there.hour * 60 + there.minute
    return any(
        (span.day == there.weekday() and span.start <= minute < span.stop)
        or ((span.day + 1) % 7 == there.weekday() and minute < span.stop - 1440)
        for span in application.free
    )


def share_an_hour(members, monday):
    start = datetime.combine(monday, datetime.min.time(), tzinfo=UTC)
    free = [
        all(is_free(p, start + timedelta(minutes=m)) for p in members for m in (k, k + 14))
        for k in range(0, 15 * (7 * 96 + 3), 15)
    ]
    return any(all(free[k : k + 4]) for k in range(7 * 96))


@pytest.mark.parametrize("seats", [9, 25, None])
def test_a_plain_checker_finds_every_rule_kept(enrolled, seats):
    cohort = enrolled.select(seats, seed=3).pair_buddies(seed=2026)
    by_code = {person.code: person.application for person in cohort.people}
    assert {told.code for told in cohort.buddies} == {person.code for person in cohort.accepted}
    year = cohort.programme.first_day, cohort.programme.last_day
    mondays = reference_mondays(*year, [person.time_zone for person in cohort.people])
    for told in cohort.buddies:
        members = [by_code[code] for code in (told.code, *told.buddies)]
        if len(members) == 1:
            continue
        assert len(members) in (2, 3)
        assert len({person.site for person in members}) == len(members)
        assert set.intersection(*(set(person.languages) for person in members))
        assert all(share_an_hour(members, monday) for monday in mondays[::4])


def test_buddies_are_mutual(paired):
    buddies = {told.code: set(told.buddies) for told in paired.buddies}
    assert all(code in buddies[other] for code, others in buddies.items() for other in others)


def person(code, site="hill", languages=("English",), hours=(1, 2)):
    return Buddy(code, site, frozenset(languages), (hours_as_bits(hours),))


def test_each_person_hears_what_each_rule_took_away(paired):
    for told in paired.buddies:
        assert told.candidates == len(paired.accepted) - 1
        assert sum(count for _, count in told.removed) + told.left == told.candidates


def test_the_explanation_says_who_was_taken_away_by_what():
    from cstools.cohorts.buddies.buddies import explain

    group = [
        person("a"),
        person("b"),
        person("c", site="lake", languages=("Danish",)),
        person("d", site="wood", hours=(4,)),
        person("e", site="sea"),
    ]
    told = {each.code: each.reason for each in explain(group, best_groups(group, 1))}
    removed = "same site 1, no common language 1, no common free hour 1; 1 left"
    assert told["c"] == ("no buddy: of 4 candidates, removed: no common language 4; 0 left")
    with_buddy = f"2 h a week in common, in English; of 4 candidates, removed: {removed}"
    without = f"no buddy: of 4 candidates, removed: {removed}, all of them with others"
    assert {told["a"], told["b"]} == {with_buddy, without}


def test_an_odd_one_makes_a_trio_that_shares_one_hour():
    group = [
        person("a", site="hill", hours=(1, 2)),
        person("b", site="lake", hours=(1, 3)),
        person("c", site="wood", hours=(1, 4)),
    ]
    assert best_groups(group, 1) == {frozenset("abc")}


def test_three_who_share_hours_only_two_by_two_make_no_trio():
    group = [
        person("a", site="hill", hours=(1, 2)),
        person("b", site="lake", hours=(2, 3)),
        person("c", site="wood", hours=(3, 1)),
    ]
    assert {len(members) for members in best_groups(group, 1)} == {2}


def test_an_hour_that_the_clocks_take_away_in_winter_is_no_common_hour():
    evening = parse_free_hours("Mon 18-19")
    dark = parse_free_hours("Mon 12-13")  # Copenhagen is 6 h ahead of New York, 5 h for some weeks
    weeks = [date(2026, 7, 6), date(2026, 10, 26)]
    here = [week_bits(evening, "Europe/Copenhagen", monday) for monday in weeks]
    there = [week_bits(dark, "America/New_York", monday) for monday in weeks]
    assert common_quarters([here[:1], there[:1]]) == 4
    assert common_quarters([here, there]) == 0


@pytest.mark.parametrize(
    ("one", "other", "zone", "together"),
    [
        ("Mon 10:50-11:50", "Mon 11:00-12:00", "America/New_York", False),  # 50 minutes
        ("Mon 11:10-12:10", "Mon 11:00-12:00", "America/New_York", False),
        ("Mon 10:40-12:10", "Mon 11:00-12:00", "America/New_York", True),
        ("Mon 9-10", "Mon 15-16", "Europe/Copenhagen", False),  # five hours ahead for some weeks
        ("Mon 9-10", "Mon 14-16", "Europe/Copenhagen", True),
        ("Sun 9-10", "Sun 14-16", "Europe/Copenhagen", True),
        ("Sun 2-3", "Sun 6-8", "Africa/Accra", True),  # the clocks skip it once; then the next is
    ],
)
def test_buddies_share_a_whole_free_hour_in_every_week_of_the_year(one, other, zone, together):
    here = somebody(0, free=parse_free_hours(one), time_zone="America/New_York", site="Example A")
    there = somebody(1, free=parse_free_hours(other), time_zone=zone, site="Example B")
    cohort = Programme.load("master-practitioners-2026").plan("Two", secret="a phrase")
    paired = cohort.enrol([here, there]).select(2).pair_buddies()
    assert [bool(told.buddies) for told in paired.buddies] == [together] * 2


def test_a_week_that_begins_before_the_clocks_change_is_a_week_of_its_own():
    """Tehran's went forward as Monday, 22 March 2021, began; its Monday is on UTC's Sunday."""
    tehran = parse_free_hours("Mon 0-1; Wed 1-2")  # Mon meets Accra in summer, Wed in winter
    accra = parse_free_hours("Sun 19:30-20:30; Tue 21:30-22:30")
    here = somebody(0, free=tehran, time_zone="Asia/Tehran", site="Example A")
    there = somebody(1, free=accra, time_zone="Africa/Accra", site="Example B")
    cohort = Programme.load("master-practitioners-2020").plan("Two", secret="a phrase")
    paired = cohort.enrol([here, there]).select(2).pair_buddies()
    assert [told.buddies for told in paired.buddies] == [(), ()]


def test_zones_at_odd_quarters_meet_exactly():
    kathmandu = week_bits(parse_free_hours("Wed 18-20"), "Asia/Kathmandu", date(2026, 7, 6))
    london = week_bits(parse_free_hours("Wed 13-14:30"), "Europe/London", date(2026, 7, 6))
    # 18:00 in Kathmandu is 12:15 UTC, 13:00 in London in July is 12:00 UTC
    assert common_quarters([[kathmandu], [london]]) == 5


def test_a_free_night_runs_over_midnight_and_over_the_end_of_the_week():
    night = week_bits(parse_free_hours("Sun 22-2"), "UTC", date(2026, 7, 6))
    monday = week_bits(parse_free_hours("Mon 0-2"), "UTC", date(2026, 7, 6))
    assert common_quarters([[night], [monday]]) == 8


def test_free_hours_are_read_as_people_write_them():
    assert parse_free_hours("Mon-Wed 16–18; friday 9:30 - 11") == (
        FreeTime(0, 960, 1080),
        FreeTime(1, 960, 1080),
        FreeTime(2, 960, 1080),
        FreeTime(4, 570, 660),
    )
    with pytest.raises(DataError) as caught:
        parse_free_hours("Mon 16-25")
    assert str(caught.value) == "'Mon 16-25' has an hour that no day has; hours go from 0 to 24"


def test_pairing_before_selecting_says_what_comes_first(enrolled):
    with pytest.raises(DataError) as caught:
        enrolled.pair_buddies()
    assert str(caught.value) == (
        "'Class of 2026-2027' has nobody with a seat yet; select() comes before buddies"
    )


def test_pairing_in_a_run_without_dates_says_which_are_missing(applications):
    cohort = Programme.load("master-practitioners-first").plan("First").enrol(applications)
    with pytest.raises(DataError) as caught:
        cohort.select().pair_buddies()
    assert str(caught.value) == (
        "'master-practitioners-first' states no dates, and which hours people share depends on "
        "when their clocks change; state starts and ends under [dates] in an overlay"
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, WHOLE_WEEK)] * 3), min_size=2, max_size=3), st.data())
def test_common_hours_are_those_found_quarter_by_quarter(weeks, data):
    free = data.draw(st.integers(0, WHOLE_WEEK)) | 0b1111 << data.draw(st.integers(0, 668))
    weeks = [tuple(week | free for week in person) for person in weeks]
    counts = []
    for same_week in zip(*weeks, strict=True):
        bits = [all(week >> q & 1 for week in same_week) for q in range(QUARTERS)]
        hours = [q for q in range(QUARTERS) if all(bits[(q + k) % QUARTERS] for k in range(4))]
        counts.append(len({(q + k) % QUARTERS for q in hours for k in range(4)}))
    assert common_quarters(weeks) == min(counts)
    assert share_every_week(weeks) == (min(counts) > 0)
