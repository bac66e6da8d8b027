"""Panels of both kinds of faculty: no conflict, fewest empty seats, even load, always an answer."""

from dataclasses import replace
from datetime import date
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstools.cohorts.basics.hours import WHOLE_WEEK, parse_free_hours
from cstools.cohorts.review.check import faults
from cstools.cohorts.review.panels import Question, Reviewer, best_panels, measures
from cstools.cohorts.review.values import Faculty, faculty
from cstools.cohorts.teams.groups import Groups, Mentoring
from cstools.errors import DataError, UnknownNameError

HOURS = [0b1111, 0b1111 << 8, 0b1111 | 0b1111 << 8, WHOLE_WEEK]
FOUR = (
    faculty("F-1", "programme", sites="Example Fjord School"),
    faculty("F-2", "programme"),
    faculty("F-3", "outside", most=4),
    faculty("F-4", "outside"),
)


@pytest.fixture
def cohort(paired):
    return paired.reviewing.with_faculty(*FOUR)


def panel_of(cohort, code):
    return next(panel for panel in cohort.review.panels if panel.of == code)


def assigned(cohort, **terms):
    return cohort.reviewing.assign_panels(unit="person", **terms)


@st.composite
def questions(draw):
    """Small enough that every possible answer can be listed."""
    count = draw(st.integers(1, 3))
    reviewers = tuple(
        Reviewer(
            f"F-{k}", kind, draw(st.sampled_from([None, 0, 1, 2])), draw(st.sampled_from(HOURS))
        )
        for k, kind in enumerate(
            draw(st.lists(st.sampled_from(["programme", "outside"]), max_size=4))
        )
    )
    pairs = [(f"P-{k}", each.id) for k in range(count) for each in reviewers]
    some = st.frozensets(st.sampled_from(pairs), max_size=4) if pairs else st.just(frozenset())
    forced = st.frozensets(st.sampled_from(pairs), max_size=1) if pairs else st.just(frozenset())
    each = {"programme": draw(st.integers(1, 2)), "outside": 1}
    weeks = {f"P-{k}": draw(st.sampled_from(HOURS)) for k in range(count)}
    return Question(weeks, reviewers, draw(some), draw(forced), each, draw(st.integers(0, 3)))


def every_answer(question):
    """List every set of panels that breaks no rule, without a solver."""
    choices = [list(possible_panels(question, of)) for of in question.weeks]
    for members in product(*choices):
        panels = dict(zip(question.weeks, members, strict=True))
        loads = {r: sum(r.id in panel for panel in members) for r in question.reviewers}
        if all(load <= question.limit(reviewer) for reviewer, load in loads.items()):
            yield panels


def possible_panels(question, of):
    forced = {id for who, id in question.forced if who == of}
    able = [r for r in question.reviewers if (of, r.id) not in question.barred or r.id in forced]
    for size in range(len(able) + 1):
        for chosen in combinations(able, size):
            ids = {r.id for r in chosen}
            kinds = [r.kind for r in chosen]
            if forced <= ids and all(kinds.count(k) <= question.wanted(of, k) for k in set(kinds)):
                yield tuple(sorted(ids))


@settings(max_examples=80, deadline=None)
@given(questions())
def test_no_other_panels_are_better_than_the_chosen_ones(question):
    chosen = best_panels(question)
    answers = list(every_answer(question))
    assert chosen in answers
    assert measures(question, chosen) == min(measures(question, answer) for answer in answers)


@settings(max_examples=25, deadline=None)
@given(questions(), st.randoms(use_true_random=False))
def test_the_same_rows_in_any_order_give_the_same_panels(question, draw):
    weeks, reviewers = list(question.weeks.items()), list(question.reviewers)
    draw.shuffle(weeks)
    draw.shuffle(reviewers)
    turned = replace(question, weeks=dict(weeks), reviewers=tuple(reviewers))
    assert best_panels(turned) == best_panels(question)


def test_the_load_of_a_year_is_even():
    weeks = {f"P-{k:02d}": WHOLE_WEEK for k in range(40)}
    reviewers = tuple(
        Reviewer(f"F-{k}", "programme" if k < 4 else "outside", None) for k in range(9)
    )
    panels = best_panels(Question(weeks, reviewers))
    loads = sorted(sum(r.id in members for members in panels.values()) for r in reviewers)
    assert loads == [8, 8, 8, 8, 8, 10, 10, 10, 10]  # 40 over 5 outside and 4 programme faculty


def test_another_seed_draws_another_lot():
    weeks = {f"P-{k:02d}": WHOLE_WEEK for k in range(12)}
    reviewers = tuple(Reviewer(f"F-{k}", "programme", None) for k in range(3))
    one = Question(weeks, reviewers)
    assert best_panels(one) != best_panels(replace(one, seed=1))


def test_every_panel_has_both_kinds_and_nobody_reviews_an_own_site(cohort):
    done = assigned(cohort)
    sites = {person.code: person.site for person in done.accepted}
    assert not any(faults(done).values())
    for panel in done.review.panels:
        kinds = {done.review.of_faculty(id).kind for id in panel.members}
        assert kinds == {"programme", "outside"}
        assert not ("F-1" in panel.members and sites[panel.of] == "Example Fjord School")
    assert sum("F-3" in panel.members for panel in done.review.panels) == 4


def test_assigning_again_changes_nothing(cohort):
    done = assigned(cohort)
    assert assigned(done) == done


def test_what_a_panel_lacks_is_said_by_name_and_the_others_are_complete(paired):
    code = paired.accepted[0].code
    few = paired.reviewing.with_faculty(FOUR[1], Faculty("F-9", "outside"))
    done = assigned(few.reviewing.declare("F-9", code))
    short = [panel.of for panel in done.review.panels if panel.missing]
    assert short == [code]
    assert panel_of(done, code).missing == ("no outside faculty without conflict",)
    assert f"1 panel: no outside faculty without conflict ({code})" in repr(done.reviewing.panels())


def test_faculty_who_take_no_more_are_named_as_the_reason(paired):
    few = paired.reviewing.with_faculty(FOUR[1], Faculty("F-9", "outside", most=3))
    done = assigned(few)
    lacks = {panel.missing for panel in done.review.panels if panel.missing}
    assert lacks == {("no outside faculty without conflict who takes another panel",)}
    assert sum(bool(panel.missing) for panel in done.review.panels) == len(done.accepted) - 3


def test_without_faculty_there_is_still_an_answer(paired):
    done = assigned(paired)
    assert {panel.missing for panel in done.review.panels} == {
        ("no programme faculty is named yet", "no outside faculty is named yet")
    }


@pytest.mark.parametrize("rule", ["mentor of", "mentor in groups", "buddy", "team-mate"])
def test_nobody_reviews_whom_they_accompany_or_work_with(paired, rule):
    by_code = {person.code: person for person in paired.accepted}
    told = next(t for t in paired.buddies if t.buddies and by_code[t.code].team)
    code, team = told.code, by_code[told.code].team
    mate = next((p.code for p in paired.people if p.team == team and p.code != code), "")
    held = {
        "mentor of": (paired, Faculty("F-9", "outside", mentors=(team,)), "own mentor"),
        "mentor in groups": (
            replace(paired, groups=Groups(mentoring=(Mentoring(team, "M-1"),))),
            Faculty("F-9", "outside", person="M-1"),
            "own mentor",
        ),
        "buddy": (paired, Faculty("F-9", "outside", person=told.buddies[0]), "buddy"),
        "team-mate": (paired, Faculty("F-9", "outside", person=mate), "team-mate"),
    }
    start, one, word = held[rule]
    panel = panel_of(assigned(start.reviewing.with_faculty(one, FOUR[1])), code)
    assert "F-9" not in panel.members
    assert word in panel.reason.partition("F-9 ")[2]


@pytest.mark.parametrize("since", ["hours are told anew", "buddies are paired again"])
def test_a_buddy_from_before_is_on_no_panel_and_the_check_sees_one_who_is(paired, since):
    told = next(told for told in paired.buddies if len(told.buddies) == 1)
    code, buddy = told.code, told.buddies[0]
    if since == "hours are told anew":
        answers = next(person.application for person in paired.people if person.code == code)
        later = paired.enrol([replace(answers, free=parse_free_hours("Mon 8-21"))])
        assert later.accepted
        assert not later.buddies
    else:
        apart = paired.pairing.forbid(code, buddy, by="programme director", why="Both asked")
        later = apart.pairing.again()
        assert buddy not in next(held.buddies for held in later.buddies if held.code == code)
    done = assigned(later.reviewing.with_faculty(Faculty("F-9", "outside", person=buddy), FOUR[1]))
    panel = panel_of(done, code)
    assert "F-9" not in panel.members
    assert "F-9 buddy" in panel.reason
    spoiled = replace(
        done,
        review=replace(
            done.review,
            panels=tuple(
                replace(held, members=(*held.members, "F-9")) if held is panel else held
                for held in done.review.panels
            ),
        ),
    )
    assert f"F-9 for {code} (buddy)" in repr(spoiled.reviewing.check())


def test_a_decision_of_a_person_holds_against_a_conflict_and_is_recorded(cohort):
    code = next(p.code for p in cohort.accepted if p.site == "Example Fjord School")
    wish = cohort.reviewing.put_on_panel(
        code, "F-1", by="programme director", why="Nobody else reads the language"
    )
    done = assigned(wish)
    assert "F-1" in panel_of(done, code).members
    assert "F-1 on it by overruling 1 against: own site" in panel_of(done, code).reason
    assert done.overruled[0].cost
    assert not any(faults(done).values())
    back = done.take_back(1, by="programme director", why="Somebody was found")
    assert "F-1" not in panel_of(assigned(back), code).members


def test_the_newest_decision_about_a_seat_on_a_panel_counts(cohort):
    code, on = cohort.accepted[0].code, {"by": "programme director", "why": "Asked for"}
    once = cohort.reviewing.put_on_panel(code, "F-1", **on)
    off = once.reviewing.keep_off_panel(code, "F-1", **on)
    assert "F-1" not in panel_of(assigned(off), code).members
    again = assigned(off.reviewing.put_on_panel(code, "F-1", **on))
    assert "F-1" in panel_of(again, code).members
    assert "F-1 on it by overruling 3" in panel_of(again, code).reason


def test_keeping_somebody_off_costs_what_the_record_says(paired):
    code = paired.accepted[0].code
    few = paired.reviewing.with_faculty(FOUR[1], Faculty("F-9", "outside"))
    off = few.reviewing.keep_off_panel(code, "F-9", by="programme director", why="Asked for")
    done = assigned(off)
    assert done.overruled[0].cost == "1 empty seat more, 1 panel short of somebody more"
    assert done.overruled[0].pays == (code,)
    assert "F-9 overruling 1" in panel_of(done, code).reason


def test_teams_are_judged_as_teams_where_the_documents_say_so(applications):
    from cstools.cohorts import Programme

    plan = Programme.load("california-associates-1").plan("Cycle 1", secret="a phrase")
    cohort = plan.enrol(applications)
    rulings = {person.code: "eligible" for person in cohort.people}
    cohort = cohort.select(20, rulings=rulings, why="Every site is in California")
    done = cohort.reviewing.with_faculty(*FOUR).reviewing.assign_panels()
    teams = {person.team for person in done.accepted if person.team}
    assert {panel.of for panel in done.review.panels} == teams
    alone = [person.code for person in done.accepted if not person.team]
    assert all(code in repr(done.reviewing) for code in alone)


def test_free_hours_decide_where_they_are_given(paired):
    early = faculty("F-5", "outside", free="Sun 3-4", time_zone="Pacific/Kiritimati")
    done = assigned(paired.reviewing.with_faculty(FOUR[1], early, FOUR[3]))
    apart = [panel for panel in done.review.panels if "no free hour" in "".join(panel.missing)]
    assert not apart
    alone = assigned(paired.reviewing.with_faculty(FOUR[1], early))
    assert any("no free hour that all of them share" in p.missing for p in alone.review.panels)


MESSAGES = [
    (
        lambda c: c.reviewing.assign_panels(),
        "'master-practitioners-2026' does not state whether a person or a team is judged; write "
        "assign_panels(unit='person'), or state unit under [qualification] in an overlay",
    ),
    (
        lambda c: c.reviewing.assign_panels(unit="person", outside=0),
        "0 outside faculty on a panel: both kinds decide together, so write 1 or more, "
        "and 20 at most",
    ),
    (
        lambda c: replace(c, decisions=()).reviewing.assign_panels(unit="person"),
        "'Class of 2026-2027' has nobody to review: panels are for persons with a seat; select() "
        "comes before panels",
    ),
    (
        lambda c: faculty("Anna", "outside"),
        "faculty 'Anna': write an id as 'F-1', never a name; keep the list of who is who beside it",
    ),
    (
        lambda c: faculty("F-1", "guest"),
        "F-1: kind is 'guest'; write 'programme' or 'outside'",
    ),
    (
        lambda c: faculty("F-1", "outside", most=-1),
        "F-1 takes at most -1; write a whole number from 0, as 6",
    ),
    (
        lambda c: faculty("F-1", "outside", free="Mon 9-11"),
        "F-1: the free hours need the zone of their clock; write time_zone='America/New_York'",
    ),
]


@pytest.mark.parametrize(("step", "message"), MESSAGES)
def test_what_cannot_be_asked_is_answered_with_a_lesson(paired, step, message):
    with pytest.raises(DataError) as told:
        step(paired)
    assert str(told.value) == message


def test_an_unknown_faculty_id_is_answered_with_the_nearest(cohort):
    with pytest.raises(UnknownNameError) as told:
        cohort.reviewing.declare("F-33", cohort.accepted[0].code)
    assert str(told.value) == (
        "the faculty of this run: nothing is called 'F-33'; did you mean 'F-3'?"
    )


def test_hours_need_a_week_where_the_programme_states_no_dates(paired):
    from cstools.cohorts import Programme

    undated = replace(paired, programme=Programme.load("master-practitioners-first"))
    free = faculty("F-5", "outside", free="Mon 9-20", time_zone="Europe/Dublin")
    start = undated.reviewing.with_faculty(FOUR[1], free)
    with pytest.raises(DataError) as told:
        start.reviewing.assign_panels(unit="person")
    assert str(told.value) == (
        "'master-practitioners-first' states no dates, and which hours people share depends on "
        "the week; write the review's week as assign_panels(week=date(2027, 7, 5))"
    )
    assert assigned(start, week=date(2027, 7, 5)).review.panels
