"""Emotional contagion against the root of its quadratic."""

from math import e, exp, sqrt

import numpy as np
import pytest

from cstools.facets.others import emotional_contagion
from tests.facets.teaching_model import TeachingModel

ALONE, EACH, FADING = 0.18, 0.02, 0.088
# What is left of the way to the level after 40 years. The slowest way is without contacts, at
# 0.268 a year; the way is never longer than 80 people.
LEFT_AT_THE_END = 80 * exp(-(ALONE + FADING) * 40)


def level(contacts):
    """A hundred times the positive root of a(1 - x) + bkx(1 - x) - gx = 0."""
    catching = EACH * contacts
    if catching == 0:
        return 100 * ALONE / (ALONE + FADING)
    half = ALONE + FADING - catching
    return 100 * (sqrt(half**2 + 4 * catching * ALONE) - half) / (2 * catching)


class TestEmotionalContagion(TeachingModel):
    model = staticmethod(emotional_contagion)
    # Near its level it goes like e^(-kt), k at most 0.35 a year for three contacts; Euler errs
    # on that by at most k·dt/(2e) of its height, and halving dt removes half of that.
    halving_dt = 0.35 / 52 / (4 * e)


@pytest.mark.parametrize(("contacts", "published"), [(0, 0.6716), (3, 0.7171), (5, 0.7429)])
def test_the_number_settles_at_the_root_of_the_quadratic(contacts, published):
    assert level(contacts) / 100 == pytest.approx(published, abs=5e-5)  # the published digits
    run = emotional_contagion().run({"contacts": contacts})
    assert run["content"][-1] == pytest.approx(level(contacts), abs=LEFT_AT_THE_END)


@pytest.mark.parametrize("start", [0, 50, 100])
def test_where_it_starts_does_not_matter_in_the_end(start):
    run = emotional_contagion().run({"content": start})
    assert run["content"][-1] == pytest.approx(level(3), abs=LEFT_AT_THE_END)


def test_at_its_level_as_many_become_content_as_cease_to_be():
    run = emotional_contagion().run({"content": level(3)})
    arriving = run["content by themselves"] + run["content through others"]
    np.testing.assert_allclose(arriving, run["fading"], rtol=1e-9)  # rounding only
    np.testing.assert_allclose(run["content"], level(3), rtol=1e-9)


def test_without_anybody_content_by_themselves_a_mood_needs_enough_contacts():
    # Then it is the classic epidemic: below b·k = g, 4.4 contacts, it dies out.
    alone = {"spontaneous rate": 0.0}
    few = emotional_contagion().run({**alone, "contacts": 2, "content": 90})
    many = emotional_contagion().run({**alone, "contacts": 40, "content": 10})
    # With two contacts it falls by at least 0.048 a year: 90·e^(-1.92) is 13.2.
    assert few["content"][-1] < 13.3
    assert many["content"][-1] == pytest.approx(100 - 100 * FADING / (EACH * 40), abs=1e-4)


def test_contacts_move_the_level_less_than_the_other_two():
    def moved(name):
        model = emotional_contagion()
        settings = {name: 1.1 * model[name].value}
        return abs(model.run(settings)["content"][-1] - model.run()["content"][-1])

    assert moved("contacts") < moved("spontaneous rate")
    assert moved("contacts") < moved("fading rate")


def test_company_makes_the_only_reinforcing_loop():
    loops = emotional_contagion().causal_loops().loops()
    reinforcing = [loop.variables for loop in loops if loop.polarity == "R"]
    assert reinforcing == [("content", "content contacts", "content through others")]
