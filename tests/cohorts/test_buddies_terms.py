"""Buddies on a coordinator's terms: wished, forbidden, frozen, not again, and priced."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstools.cohorts import Programme
from cstools.cohorts.basics.hours import parse_free_hours
from cstools.cohorts.buddies.buddies import Buddy, broken_rule, in_order, score
from cstools.cohorts.buddies.check import broken, groups_of
from cstools.cohorts.buddies.trios import Terms, found_groups
from cstools.errors import DataError, UnknownNameError
from tests.cohorts.people import somebody
from tests.cohorts.test_buddies import groupings, people, worth

ROLE = {"by": "programme director", "why": "both of them asked for it"}


@settings(max_examples=80, deadline=None)
@given(people.filter(lambda group: len(group) > 3), st.data())
def test_on_any_terms_nobody_finds_better_groups_by_trying_them_all(group, data):
    codes = sorted(person.code for person in group)
    pairs = list(combinations(codes, 2))
    wished = frozenset(data.draw(st.sampled_from(pairs)))
    apart = data.draw(st.sets(st.sampled_from(pairs), max_size=4)) - {in_order(*sorted(wished))}
    terms = Terms(together=frozenset({wished}), apart=dict.fromkeys(apart, "buddies before"))
    by_code = {person.code: person for person in group}

    def allowed(way):
        made = [frozenset(p.code for p in members) for members in way if len(members) > 1]
        if not any(wished <= members for members in made):
            return False
        for members in made:
            if members != wished and broken_rule([by_code[c] for c in sorted(members)]):
                return False
            if any(frozenset(pair) <= members for pair in apart):
                return False
        return True

    found = found_groups(group, 5, terms).groups
    assert not any(broken(group, found, terms).values())
    best = max(worth(way) for way in groupings(group) if allowed(way))
    assert worth([tuple(by_code[c] for c in sorted(members)) for members in found]) == best


def test_where_most_are_at_one_site_that_is_said_and_a_pair_within_it_changes_nobody_else():
    free = parse_free_hours("Mon-Fri 8-18")
    at = ["Hill", "Hill", "Hill", "Hill", "Lake"]
    asked = [somebody(k, site=site, free=free) for k, site in enumerate(at)]
    cohort = Programme.load("master-practitioners-2026").plan("Few", secret="x").enrol(asked)
    cohort = cohort.select(5).pair_buddies()
    told = (
        "4 of 5 people are at 'Hill', so that at most 2 can have a buddy at another site. Two of "
        "the 3 who are alone there can be buddies if you wish them as a pair within the site; "
        "whoever has a buddy keeps theirs (in the diary: 'pair', then 'pair again')."
    )
    assert cohort.buddies_table().notes[1] == told
    had = {each.code: each.buddies for each in cohort.buddies if each.buddies}
    one, other, _ = (each.code for each in cohort.buddies if not each.buddies)
    wished = cohort.pairing.wish(one, other, **ROLE).pairing.again()
    now = {each.code: each.buddies for each in wished.buddies if each.buddies}
    assert now == {**had, one: (other,), other: (one,)}
    assert "within the site" not in repr(wished.buddies_table())
    here = cohort.enrol([replace(each, site="Hill") for each in asked]).select(5).pair_buddies()
    assert "so that nobody can have a buddy at another site" in repr(here.buddies_table())


def test_trios_that_would_score_more_are_not_made_where_pairs_place_as_many():
    """Two trios and a pair score 318 together, four pairs 244; one more fits with nobody."""
    free = {"a": {0}, "b": {0}, "c": {0, 3}, "p": {2, 3}, "q": {2, 4}, "d": {1, 4}, "e": {1}}
    free |= {"f": {1}, "x": {6}}

    def week(code):  # ten hours of a whole day, or the one hour after them
        days = free[code]
        return sum(
            ((1 << 40) - 1) << 96 * day if day < 3 else 0b1111 << (96 * day + 40) for day in days
        )

    group = [Buddy(code, code, frozenset({"English"}), (week(code),)) for code in free]
    found = found_groups(group, 0)
    assert found.groups == {frozenset(pair) for pair in ("ab", "cp", "qd", "ef")}
    by_code = {person.code: person for person in group}
    trios = [[by_code[code] for code in members] for members in ("abc", "def", "pq")]
    assert not any(broken_rule(members) for members in trios)
    assert sum(map(score, trios)) > sum(
        score([by_code[code] for code in members]) for members in found.groups
    )
    assert found.quality == (
        "no choice leaves fewer than 1 without a buddy, and of those that leave no more and have "
        "as few trios, none scores more"
    )


def two_of_different_pairs(cohort):
    one, other = sorted(sorted(group) for group in groups_of(cohort.buddies))[:2]
    return one[0], other[0]


def test_a_wished_pair_is_made_and_its_price_is_told(paired):
    one, other = two_of_different_pairs(paired)
    told = paired.pairing.price(one, other)
    assert told.notes[-1].startswith("The score says how well all groups fit: for each, ten points")
    price = {row[0]: (int(row[1]), int(row[2])) for row in told.rows}
    wished = paired.pairing.wish(one, other, **ROLE).pair_buddies(2026)
    assert any({one, other} <= group for group in groups_of(wished.buddies))
    assert price["people with a buddy"][1] == sum(bool(told.buddies) for told in wished.buddies)
    assert price["people with a buddy"][1] <= price["people with a buddy"][0]
    assert wished.overruled[0].cost not in ("", "not yet known")
    assert all(row[1] == "kept" for row in wished.pairing.verify().rows)


def test_a_wish_opens_the_groups_of_its_two_when_pairing_again(paired):
    one, other = two_of_different_pairs(paired)
    again = paired.pairing.wish(one, other, **ROLE).pairing.again()
    assert any({one, other} <= group for group in groups_of(again.buddies))


def test_two_who_are_kept_apart_are_no_buddies_and_the_reason_counts_them(paired):
    one, other = sorted(sorted(groups_of(paired.buddies))[0])[:2]
    apart = paired.pairing.forbid(other, one, **ROLE).pair_buddies(2026)
    assert not any({one, other} <= group for group in groups_of(apart.buddies))
    told = next(told for told in apart.buddies if told.code == one)
    assert dict(told.removed)["kept apart by a person"] == 1
    assert "kept apart by a person 1" in told.reason


def test_wishing_and_forbidding_the_same_two_asks_for_one_of_them(paired):
    one, other = sorted(two_of_different_pairs(paired))
    wished = paired.pairing.wish(one, other, **ROLE)
    with pytest.raises(DataError) as caught:
        wished.pairing.forbid(one, other, **ROLE)
    assert str(caught.value) == (
        f"{one} and {other} are to be paired and to be kept apart; take one of the two back"
    )


def test_two_of_a_frozen_group_are_not_kept_apart_and_two_kept_apart_are_not_frozen(paired):
    one, other = sorted(sorted(groups_of(paired.buddies), key=sorted)[0])[:2]
    told = (
        f"{one} and {other} are to be in one frozen group and to be kept apart; take one of the "
        "two back"
    )
    frozen = paired.pairing.freeze(one, **ROLE)
    with pytest.raises(DataError) as caught:
        frozen.pairing.forbid(other, one, **ROLE)
    assert str(caught.value) == told
    apart = paired.pairing.forbid(other, one, **ROLE)
    with pytest.raises(DataError) as caught:
        apart.pairing.freeze(**ROLE)
    assert str(caught.value) == told
    free = frozen.take_back(1, **ROLE).pairing.forbid(other, one, **ROLE).pairing.again()
    assert not any({one, other} <= group for group in groups_of(free.buddies))


def test_two_whom_two_wishes_put_into_one_group_are_not_kept_apart(paired):
    a, b, c = sorted(person.code for person in paired.accepted[:3])
    wished = paired.pairing.wish(a, b, **ROLE).pairing.wish(b, c, **ROLE)
    with pytest.raises(DataError) as caught:
        wished.pairing.forbid(a, c, **ROLE)
    assert str(caught.value) == (
        f"{a} and {c} are to be in one group by two wishes and to be kept apart; take one of the "
        "two back"
    )


def test_a_third_is_kept_apart_from_one_of_a_wished_pair(paired):
    one, other, third = sorted(person.code for person in paired.accepted[:3])
    wished = paired.pairing.wish(one, other, **ROLE).pairing.wish(other, third, **ROLE)
    trio = wished.pair_buddies(2026).take_back(2, **ROLE)
    assert {one, other, third} in groups_of(trio.pairing.again().buddies)
    apart = trio.pairing.forbid(other, third, **ROLE)
    faults = dict(apart.pairing.verify().rows)
    assert faults["nobody together whom a person keeps apart"] == f"{one} and {other} and {third}"
    again = apart.pairing.again()
    assert not any({other, third} <= group for group in groups_of(again.buddies))
    assert any({one, other} <= group for group in groups_of(again.buddies))
    assert all(row[1] == "kept" for row in again.pairing.verify().rows)


def test_frozen_groups_stay_whatever_the_seed(paired):
    frozen = paired.pairing.freeze(**ROLE)
    assert groups_of(frozen.pair_buddies(77).buddies) >= groups_of(paired.buddies)


def test_a_wish_that_would_open_a_frozen_group_asks_for_one_of_the_two(paired):
    one, other = sorted(two_of_different_pairs(paired))
    frozen = paired.pairing.freeze(one, **ROLE)
    with pytest.raises(DataError) as caught:
        frozen.pairing.wish(one, other, **ROLE)
    assert str(caught.value) == (
        f"{one} and {other} are to be paired, and somebody of them is in a frozen group; take the "
        "wish or the freezing back"
    )


def test_after_somebody_has_left_only_those_around_them_change(paired):
    before = groups_of(paired.buddies)
    gone = min(code for group in before if len(group) == 2 for code in group)
    left = paired.withdraw(gone, "moved abroad").pairing.again()
    after = groups_of(left.buddies)
    untouched = {group for group in before if gone not in group}
    changed = untouched - after
    assert all(any(group < trio for trio in after) for group in changed)
    assert len(changed) <= 1 + sum(not told.buddies for told in paired.buddies)
    assert gone not in {code for group in after for code in group}
    assert all(row[1] == "kept" for row in left.pairing.verify().rows)


def test_of_those_who_came_later_as_many_as_can_join_a_pair_also_where_that_scores_less():
    """The fifth shares ten hours with the first pair and one with the second; the sixth has one."""
    first, second = "Mon 8-18; Tue 8-9", "Wed 8-18; Thu 8-9"
    free = [first, first, second, second, "Mon 8-18; Thu 8-9", "Tue 8-9"]
    asked = [
        somebody(k, site=f"site {min(k, 4)}", free=parse_free_hours(text))
        for k, text in enumerate(free)
    ]
    plan = Programme.load("master-practitioners-2026").plan("Six", secret="x")
    four = plan.enrol(asked[:4]).select(4).pair_buddies()
    six = four.enrol(asked[4:]).select(6).pairing.again()
    now = groups_of(six.buddies)
    assert sorted(map(len, now)) == [3, 3]
    assert all(any(pair < trio for trio in now) for pair in groups_of(four.buddies))


def test_last_years_buddies_are_not_buddies_again(paired):
    again = paired.pairing.not_again(paired).pair_buddies(2026)
    pairs = {p for group in groups_of(paired.buddies) for p in combinations(sorted(group), 2)}
    assert not any({*pair} <= group for pair in pairs for group in groups_of(again.buddies))
    assert all(row[1] == "kept" for row in again.pairing.verify().rows)
    assert paired.pairing.not_again(groups_of(paired.buddies)) == paired.pairing.not_again(paired)


def test_people_of_an_earlier_run_are_known_by_their_e_mails(paired):
    other_phrase = paired.programme.plan("Before", secret="another phrase")
    earlier = other_phrase.enrol(person.application for person in paired.people)
    earlier = earlier.select(25, seed=3).pair_buddies(2026)
    by_mail = paired.pairing.not_again(earlier)
    assert len(by_mail.groups.earlier) >= len(groups_of(earlier.buddies))


def test_the_checker_names_a_group_that_breaks_a_rule(paired):
    first, second = (sorted(group) for group in sorted(map(sorted, groups_of(paired.buddies)))[:2])
    told = {told.code: told for told in paired.buddies}
    told[first[0]] = replace(told[first[0]], buddies=(*first[1:], *second))
    spoiled = replace(paired, buddies=tuple(told.values()))
    faults = {row[0]: row[1] for row in spoiled.pairing.verify().rows}
    assert faults["two or three, each once, with a seat"] != "kept"


def test_nobody_is_wished_to_somebody_unknown_or_to_themselves(paired):
    code = paired.accepted[0].code
    with pytest.raises(UnknownNameError, match="people with a seat in 'Class of 2026-2027'"):
        paired.pairing.wish(code, "P-NOBODY", **ROLE)
    with pytest.raises(DataError) as caught:
        paired.pairing.wish(code, code, **ROLE)
    assert str(caught.value) == f"{code} cannot be a buddy of their own; write two codes"


def test_four_people_are_not_wished_into_one_group(paired):
    a, b, c, d = (person.code for person in paired.accepted[:4])
    wished = paired.pairing.wish(a, b, **ROLE).pairing.wish(b, c, **ROLE)
    with pytest.raises(DataError) as caught:
        wished.pairing.wish(c, d, **ROLE)
    assert str(caught.value) == (
        f"{a}, {b}, {c}, {d} are all wished into one group, and a group is two or three; take a "
        "wish back"
    )
