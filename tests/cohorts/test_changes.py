"""Nobody is moved unseen: a second draw says whom it moves, and states can be compared."""

from dataclasses import replace

import pytest

from cstools.cohorts import Programme, open_planner
from cstools.cohorts.basics.overruling import overruled_table
from cstools.cohorts.buddies.check import groups_of
from cstools.errors import DataError

ROLE = {"by": "programme director", "why": "runs the first project at a new site"}


@pytest.fixture(scope="module")
def chosen(applications):
    """Forty made-up people on 25 seats, none of them late."""
    people = [replace(each, submitted=None) for each in applications]
    cohort = Programme.load("master-practitioners-2020").plan("Second", secret="a phrase")
    return cohort.enrol(people).select(25, seed=3)


def outcomes(cohort):
    return {d.code: d.outcome for d in cohort.decisions}


def notes_with(shown, words):
    return [note for note in shown.notes if note.startswith(words)]


def test_a_second_draw_names_whom_it_moves_and_a_first_names_nobody(chosen):
    assert notes_with(chosen.decisions_table(), "Moved") == []
    last = max(chosen.decisions, key=lambda d: d.place).code
    held = chosen.overrule("hold a seat", last, **ROLE).select(25, seed=3)
    before, now = outcomes(chosen), outcomes(held)
    moved = [f"{c}: {before[c]} → {now[c]}" for c in sorted(now) if before[c] != now[c]]
    assert any(each == f"{last}: waiting → accepted" for each in moved)
    (told,) = notes_with(held.decisions_table(), "Moved")
    assert told == f"Moved since the last decisions: {'; '.join(moved)}."
    assert notes_with(held.decisions_table(), "Another place on the waiting list")


def test_the_same_draw_again_moves_nobody_and_is_an_equal_cohort(chosen):
    again = chosen.select(25, seed=3)
    assert again == chosen
    assert notes_with(again.decisions_table(), "Moved") == []


def test_many_who_are_moved_are_counted_beside_the_first(chosen):
    other = chosen.select(12, seed=99)
    (told,) = notes_with(other.decisions_table(), "Moved")
    assert told.count("→") == 8
    rows = [r for r in other.changes_since(chosen).rows if r[1] == "seat"]
    moved = [r for r in rows if r[2].split()[0] != r[3].split()[0]]
    assert told.endswith(f"and {len(moved) - 8} more, among the changes since.")


def test_the_last_decisions_are_known_after_the_planner_has_kept_them(chosen, tmp_path):
    planner = open_planner(tmp_path / "planner")
    planner.save(chosen)
    loaded = planner.load("Second")
    last = max(loaded.decisions, key=lambda d: d.place).code
    held = loaded.overrule("hold a seat", last, **ROLE).select(25, seed=3)
    assert f"{last}: waiting → accepted" in repr(held.decisions_table())
    rows = {(row[0], row[1]): row[2:] for row in held.changes_since(planner.load("Second")).rows}
    assert rows[last, "seat"][1] == "accepted"


def test_new_applicants_move_nobody_unseen(chosen, applications):
    fewer = replace(chosen, people=chosen.people[:-1]).select(20, seed=3)
    more = fewer.enrol([chosen.people[-1].application]).select(24, seed=3)
    before, now = outcomes(fewer), outcomes(more)
    moved = [c for c in before if before[c] != now[c]]
    assert len(moved) > 0
    (told,) = notes_with(more.decisions_table(), "Moved")
    assert all(code in told for code in sorted(moved)[:8])


def test_withdrawing_and_filling_move_nobody_else(chosen):
    leaves = min(outcomes(chosen), key=lambda code: outcomes(chosen)[code] != "accepted")
    filled = chosen.withdraw(leaves, "a new post").fill()
    changed = {row[0]: row[2:] for row in filled.changes_since(chosen).rows if row[1] == "seat"}
    assert changed.pop(leaves) == ("accepted", "withdrawn")
    assert {now for _, now in changed.values() if not now.startswith("waiting")} == {"accepted"}


def test_buddies_paired_anew_are_named_beside_the_earlier(paired):
    pair = sorted(min(groups_of(paired.buddies), key=sorted))[:2]
    other = paired.pairing.forbid(*pair, **ROLE).pair_buddies(seed=2026)
    assert notes_with(paired.buddies_table(), "Other buddies") == []
    (told,) = notes_with(other.buddies_table(), "Other buddies")
    rows = [row for row in other.changes_since(paired).rows if row[1] == "buddies"]
    assert set(pair) <= {row[0] for row in rows}
    assert f"{rows[0][0]}: {rows[0][2]} → {rows[0][3]}" in told


def test_teams_and_mentors_that_differ_are_listed(paired):
    formed = paired.teams.form()
    team = formed.groups.teams[0].name
    code = formed.teams.members(team)[0]
    gone = formed.teams.leave(code, on="2026-10-05")
    gone = gone.teams.mentor(
        "M-1", languages="English", time_zone="Asia/Tokyo", free="Mon-Sun 0-24"
    )
    gone = gone.teams.give_mentor(team, "M-1", **ROLE).teams.assign()
    rows = {row[:2]: row[2:] for row in gone.changes_since(formed).rows}
    assert rows[code, "team"] == (team, "none")
    assert rows[team, "mentor"] == ("none", "M-1")


def test_what_is_no_earlier_state_of_the_cohort_is_told(paired, chosen):
    assert repr(paired.changes_since(paired)).endswith("\n0 changes.")
    with pytest.raises(DataError) as caught:
        paired.changes_since("Second")
    assert str(caught.value) == (
        "'Second' is no cohort; keep the earlier one under a name of its own, or load it from the "
        "planner, and write changes_since(earlier)"
    )
    other = paired.programme.plan("Other", secret="another").enrol(
        [person.application for person in paired.people]
    )
    with pytest.raises(DataError) as caught:
        paired.changes_since(other)
    assert str(caught.value) == (
        "nobody in 'Class of 2026-2027' has a code that somebody in 'Other' has; compare two "
        "states of one cohort, with one phrase for the codes"
    )


def test_freezing_tells_its_cost_at_once(paired):
    frozen = paired.pairing.freeze(**ROLE)
    assert len(frozen.overruled) == len(groups_of(paired.buddies))
    costs = {held.cost for held in frozen.overruled}
    assert costs == {"the group stays whenever buddies are paired again"}
    assert "not yet known" not in repr(frozen.overruled_table())


def test_pairing_again_tells_what_each_decision_costs(paired):
    one, other = (sorted(group)[0] for group in sorted(groups_of(paired.buddies), key=sorted)[:2])
    forbidden = paired.pairing.forbid(*sorted(next(iter(groups_of(paired.buddies))))[:2], **ROLE)
    wished = forbidden.pairing.wish(one, other, **ROLE)
    assert [held.cost for held in wished.overruled] == ["", ""]
    again = wished.pairing.again(seed=1)
    assert all(held.cost for held in again.overruled)
    assert any({one, other} <= group for group in groups_of(again.buddies))


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("buddies", "paired again (in the diary: 'pair buddies' or 'pair again')."),
        ("mentors", "assigned again (in the diary: 'assign mentors')."),
        ("panels", "made again (in the diary: 'assign panels')."),
    ],
)
def test_what_was_taken_back_says_from_when_it_has_no_force(paired, step, told):
    doors = {
        "buddies": lambda: paired.pairing.freeze(**ROLE),
        "mentors": lambda: mentored(paired),
        "panels": lambda: reviewed(paired),
    }
    decided = doors[step]()
    assert len(decided.overruled_table().notes) == 1
    back = decided.take_back(1, by="coordinator", why="no longer needed")
    assert back.overruled_table().notes[1] == (
        f"Taken back about {step}: they stay as they are until they are {told}"
    )
    assert overruled_table("x", back.overruled).notes == back.overruled_table().notes


def mentored(cohort):
    formed = cohort.teams.form().teams.mentor(
        "M-1", languages="English", time_zone="Asia/Tokyo", free="Mon-Sun 0-24"
    )
    return formed.teams.give_mentor(formed.groups.teams[0].name, "M-1", **ROLE)


def reviewed(cohort):
    from cstools.cohorts import faculty

    named = cohort.reviewing.with_faculty(faculty("F-1", "programme"), faculty("F-2", "outside"))
    return named.reviewing.put_on_panel(cohort.accepted[0].code, "F-1", **ROLE)


def test_whoever_withdraws_on_a_day_leaves_the_team_on_it_and_was_there_before(paired):
    formed = paired.teams.form()
    team = next(t.name for t in formed.groups.teams if len(formed.teams.members(t.name)) > 1)
    code = formed.teams.members(team)[0]
    gone = formed.withdraw(code, "a new post", on="2026-11-02")
    assert [gone.teams.of(code, on=day) for day in ("2026-11-01", "2026-11-02")] == [team, ""]
    assert not any(code in flag for flag in gone.teams.flags())
    assert gone.withdraw(code, "a new post", on="2026-11-02") == gone
    undated = formed.withdraw(code, "a new post")
    assert (
        f"team '{team}' counts {code}, without a seat; say from which day it does no more "
        "(in the diary: 'leave')"
    ) in undated.teams.flags()
    assert paired.withdraw(code, "a new post", on="2026-11-02").groups == paired.groups


def test_who_was_moved_is_still_said_of_a_cohort_that_was_kept_and_loaded(paired, tmp_path):
    planner = open_planner(tmp_path / "planner")
    last = max(paired.decisions, key=lambda d: d.place).code
    opened = paired.overrule("hold a seat", last, **ROLE)
    planner.save(opened)  # seats are open: what stood before is kept beside them
    drawn = planner.load(paired.name).select(25, seed=3).pair_buddies(seed=2026)
    assert f"{last}: waiting → accepted" in repr(drawn.decisions_table())
    planner.save(drawn)
    loaded = planner.load(paired.name)
    assert loaded.before == drawn.before
    assert loaded.decisions_table() == drawn.decisions_table()
    assert loaded.buddies_table() == drawn.buddies_table()
    again = loaded.select(25, seed=3)
    assert again.decisions_table() == drawn.decisions_table()
    assert again.pair_buddies(seed=2026) == drawn


def test_seats_given_again_to_the_same_people_leave_their_buddies_as_they_were(paired):
    assert paired.select(25, seed=3) == paired
    waits = min(paired.decisions, key=lambda d: d.place or 99).code
    ruled = paired.overrule("not eligible", waits, **ROLE)
    assert ruled.buddies == ()
    same = ruled.select(25, seed=3)
    assert same.accepted == paired.accepted
    assert same.buddies == paired.buddies
    assert notes_with(same.buddies_table(), "Other buddies") == []


def test_seats_given_to_others_open_the_buddies(paired):
    assert paired.select(24, seed=3).buddies == ()
    last = max(paired.decisions, key=lambda d: d.place).code
    assert paired.overrule("hold a seat", last, **ROLE).select(25, seed=3).buddies == ()
    fewer = paired.select(24, seed=3).overrule("not eligible", last, **ROLE)
    assert fewer.select(24, seed=3).buddies == ()  # those before were of other people


def test_new_answers_of_somebody_with_a_buddy_open_the_buddies_and_of_others_do_not(paired):
    inside, outside = paired.accepted[0], max(paired.decisions, key=lambda d: d.place).code
    answered = next(p.application for p in paired.people if p.code == outside)
    changed = replace(answered, role="head of a school")
    assert paired.enrol([changed]).select(25, seed=3).buddies == paired.buddies
    changed = replace(inside.application, role="head of a school")
    assert paired.enrol([changed]).select(25, seed=3).buddies == ()


def test_buddies_that_stand_while_seats_are_open_still_do_after_they_were_kept(paired, store):
    planner = open_planner(store)
    waits = min(paired.decisions, key=lambda d: d.place or 99).code
    planner.save(paired.overrule("not eligible", waits, **ROLE))
    drawn = open_planner(store).load(paired.name).select(25, seed=3)
    assert drawn.buddies == paired.buddies
