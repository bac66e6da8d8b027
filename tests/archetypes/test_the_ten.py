"""Each archetype keeps what all promise, and its model does what its story says."""

import numpy as np
import pytest

from cstools import archetypes, facets
from tests.archetypes.every_archetype import ArchetypeTests


def near(run, when):
    return int(np.argmin(np.abs(run.time - when)))


class TestLimitsToGrowth(ArchetypeTests):
    archetype = archetypes.limits_to_growth

    def test_it_grows_fastest_half_way_and_stops_where_as_many_leave_as_come(self):
        run = self.archetype.model().run()
        members = run["members"]
        # Logistic growth: its level is seats × invited / leaving when full = 60, and it is
        # steepest at half of that. After 24 months e^(−12) of the way is left; a step of 1/32
        # month moves the members by 7.5/32 at most.
        assert members[-1] == pytest.approx(60, rel=1e-3)
        assert members[int(np.argmax(np.diff(members)))] == pytest.approx(30, abs=0.25)

    def test_pushing_the_growth_moves_the_end_as_far_as_widening_the_room_and_fills_it(self):
        model = self.archetype.model()
        pushed, widened = model.run({"invited": 1}), model.run({"seats": 120})
        # In both the level is twice as high; only in the wider room it is not twice as crowded.
        assert pushed["crowding"][-1] == pytest.approx(2, rel=1e-3)
        assert widened["crowding"][-1] == pytest.approx(1, rel=1e-3)


class TestShiftingTheBurden(ArchetypeTests):
    archetype = archetypes.shifting_the_burden

    def test_relief_comes_at_once_and_the_symptom_creeps_back_while_the_cure_wastes_away(self):
        run = self.archetype.model().run()
        low = int(np.argmin(run["shortage"]))
        assert run.time[low] < 12
        assert run["shortage"][low] < run["shortage"][0] / 4
        assert (np.diff(run["shortage"][near(run, 24) :]) > 0).all()
        assert (np.diff(run["tanker water"]) > 0).all()
        assert run["leaks"][-1] > 1.5 * run["leaks"][0]
        assert run["repairs begun"][-1] < run["repairs begun"][0] / 5

    def test_without_tankers_the_pipes_are_mended(self):
        run = self.archetype.model().run({"readiness to order": 0})
        # At rest repairs make up for ageing: 0.1 × shortage = 1.5, so 15 m³ a day.
        assert run["leaks"][-1] == pytest.approx(15, abs=1)


class TestFixesThatFail(ArchetypeTests):
    archetype = archetypes.fixes_that_fail

    def test_the_pile_shrinks_and_comes_back_higher(self):
        run = self.archetype.model().run()
        letters = run["letters waiting"]
        low = int(np.argmin(letters))
        assert letters[low] < letters[0] / 2
        assert run.time[low] < 8
        assert letters[-1] > 2 * letters[0]

    def test_without_the_fix_the_pile_stays_as_it_is(self):
        run = self.archetype.model().run({"eagerness": 0})
        assert (run["letters waiting"] == 100).all()

    def test_a_fix_without_that_consequence_holds(self):
        run = self.archetype.model().run({"mistakes": 0})
        assert (np.diff(run["letters waiting"]) < 0).all()
        assert run["letters waiting"][-1] < 1e-9


class TestDriftingGoals(ArchetypeTests):
    archetype = archetypes.drifting_goals

    def test_the_gap_settles_and_goal_and_state_sink_together(self):
        run = self.archetype.model().run()
        # A steady gap closes at both ends as fast as waste opens it: gap × (1/5 + 1/20) = 1, so
        # 4 points; both then sink by 4/20 = 0.2 points a month. What is left of the beginning
        # after five years is far below a ten-thousandth.
        half = near(run, 60)
        assert run["gap"][half:] == pytest.approx(np.full(len(run.time) - half, 4), rel=1e-4)
        for name in ("target", "cleanliness"):
            assert run[name][-1] - run[name][half] == pytest.approx(-0.2 * 60, rel=1e-3)

    def test_a_goal_that_is_held_keeps_the_water_clean(self):
        run = self.archetype.model().run({"time to give way": 1000})
        assert run["cleanliness"][-1] > 84

    def test_it_is_in_creative_tension(self):
        assert facets.self.creative_tension().causal_loops().archetypes()["drifting goals"]


class TestSuccessToTheSuccessful(ArchetypeTests):
    archetype = archetypes.success_to_the_successful

    def test_a_small_lead_becomes_everything(self):
        run = self.archetype.model().run()
        ahead = run["hours for the Kites"]
        assert ahead[0] < 0.55
        assert ahead[-1] > 0.99
        assert run["skill of the Herons"][-1] < 0.1 < 11 < run["skill of the Kites"][-1]

    def test_whoever_begins_ahead_wins_and_from_a_tie_nobody_does(self):
        model = self.archetype.model()
        tie = model.run({"skill of the Kites": 10})
        other = model.run({"skill of the Kites": 9.9})
        assert (tie["hours for the Kites"] == 0.5).all()
        assert other["hours for the Kites"][-1] < 0.1


class TestEscalation(ArchetypeTests):
    archetype = archetypes.escalation

    def test_the_lead_melts_away_and_both_rise_by_the_same_part_each_step(self):
        run = self.archetype.model().run()
        north, south = run["spending of North"], run["spending of South"]
        step = np.arange(len(run.time))
        # Together they add (1.2 − 1) × their spending / 4 months; the lead loses (1.2 + 1) × it.
        # 1,152 steps, each rounded to one part in 10^16; the lead is small beside what it is of.
        np.testing.assert_allclose(north + south, 16 * (1 + 0.2 / 4 / 32) ** step, rtol=1e-12)
        np.testing.assert_allclose(north - south, 4 * (1 - 2.2 / 4 / 32) ** step, atol=1e-10)

    def test_it_ends_when_each_wants_less_than_the_other_has(self):
        run = self.archetype.model().run({"aim": 0.8})
        assert run["spending of North"][-1] < 2


class TestTragedyOfTheCommons(ArchetypeTests):
    archetype = archetypes.tragedy_of_the_commons

    def test_both_gain_at_first_and_both_lose_in_the_end(self):
        run = self.archetype.model().run()
        for village in ("East", "West"):
            catch = run[f"catch of {village}"]
            assert catch.max() > 1.5 * catch[0]
            assert run.time[int(np.argmax(catch))] < 15
            assert catch[-1] < catch[0]
        assert run["fish"].min() < 0.1 * run["fish"][0]

    def test_the_bay_is_spared_when_few_boats_are_built(self):
        run = self.archetype.model().run({"boats from a tonne": 0.01})
        # Boats last while a tonne pays for them: at rest 0.01 × 0.01 × fish = 1/10, 1000 tonnes,
        # the whole bay: there the fleet shrinks instead of the fish.
        assert run["fish"][-1] > 900


class TestGrowthAndUnderinvestment(ArchetypeTests):
    archetype = archetypes.growth_and_underinvestment

    def test_growth_spoils_the_service_and_then_turns_while_capacity_follows_late(self):
        run = self.archetype.model().run()
        peak = int(np.argmax(run["learners"]))
        assert run["learners"][peak] > 3 * run["learners"][0]
        assert 12 < run.time[peak] < 36
        assert run["learners"][peak:].min() < 0.9 * run["learners"][peak]
        assert run["time for each"][peak] < 0.5 * run["time for each"][0]
        assert run["teaching hours"][peak] < 1.1 * run["teaching hours"][0]

    def test_who_invests_more_ends_with_more_learners_and_better_taught(self):
        model = self.archetype.model()
        little, much = model.run(), model.run({"hiring per need": 10, "time to hire": 2})
        for name in ("learners", "time for each"):
            assert much[name].mean() > 1.2 * little[name].mean()


class TestAccidentalAdversaries(ArchetypeTests):
    archetype = archetypes.accidental_adversaries

    def test_both_do_well_together_and_end_lower_than_they_began(self):
        run = self.archetype.model().run()
        for partner in ("school", "farm"):
            success = run[f"success of {partner}"]
            assert 9 < run.time[success.argmax()] < 18
            assert success.max() > success[0] + 3 > success[0] > success[-1] + 1

    @pytest.mark.parametrize("without", ["impatience", "harm of a fix"])
    def test_without_the_fixes_or_their_harm_the_partnership_holds(self, without):
        run = self.archetype.model().run({without: 0})
        for partner in ("school", "farm"):
            # Without fixes both go to own work / (fading − help) = 5 / (0.3 − 0.2) = 50, which
            # they near as e^(−0.1 t): after 96 months 16 × e^(−9.6) = 0.001 is missing.
            assert run[f"success of {partner}"][-1] > 49.9


class TestAttractivenessPrinciple(ArchetypeTests):
    archetype = archetypes.attractiveness_principle

    @pytest.mark.parametrize(("tables", "families"), [(50, 50), (500, 1000 / 11)])
    def test_it_stops_where_all_drawbacks_together_equal_what_word_of_mouth_brings(
        self, tables, families
    ):
        run = self.archetype.model().run({"tables": tables})
        # At rest 0.6 = 0.2 × (1 + n/tables + n/50); the rest is reached as e^(−0.4 t), so that
        # after 40 years less than one part in a million is missing.
        assert run["families"][-1] == pytest.approx(families, rel=1e-4)

    def test_lifting_one_drawback_strengthens_the_other_and_leaves_the_appeal_as_it_was(self):
        model = self.archetype.model()
        before, after = model.run(), model.run({"tables": 500})
        assert after["noise at the lake"][-1] > 1.5 * before["noise at the lake"][-1]
        assert after["appeal"][-1] == pytest.approx(before["appeal"][-1], rel=1e-3)


def test_every_archetype_of_the_catalogue_is_tested_here():
    tested = [case.archetype for case in ArchetypeTests.__subclasses__()]
    assert sorted(a.name for a in tested) == sorted(a.name for a in archetypes.ARCHETYPES)
    assert len(tested) == 10
