"""The same effort at each place, on a model whose effects are plain sums."""

import pytest

from cstools import StockFlow
from cstools.analysis.places import KINDS, Place, same_effort
from cstools.errors import DataError, ModelError


def purse():
    """Return a purse into which 10 a month come: at month 10 it holds 10 · (1 + …) · 10."""
    model = StockFlow("purse", stop=10, dt=0.5, time_units="month")
    model.stock("money", 0, "coins")
    model.flow(
        "pay", "wage * (1 + asked for) * (1 + 3 * shared)", into="money", units="coins/month"
    )
    model.constant("wage", 10, "coins/month")
    for name in ("asked for", "shared", "of no use"):
        model.constant(name, 0, "1", between=(0, 1))
    model.auxiliary("idle", "of_no_use * 0", "1")
    return model


PLACES = (
    Place(12, "ask for more", "asked for"),
    Place(5, "share what comes in", "shared"),
    Place(9, "wait", "of no use"),
    Place(2, "think of money in another way"),
)


def test_each_effect_is_the_difference_to_doing_nothing():
    places = same_effort(purse(), PLACES, share=0.2)
    # 100 coins without anything; 20 % more is 20, three times 20 % more is 60.
    assert places.middle == pytest.approx(100)
    assert places["asked for"].effect.value == pytest.approx(20)
    assert places["shared"].effect.value == pytest.approx(60)
    assert places["of no use"].effect.value == pytest.approx(0, abs=1e-9)


def test_places_are_told_in_the_order_of_the_list_and_computed_ones_by_their_effect():
    places = same_effort(purse(), PLACES)
    assert [one.place.number for one in places.tried] == [12, 9, 5, 2]
    assert [one.place.number for one in places.computed] == [5, 12, 9]
    assert list(places.to_frame().index) == [12, 9, 5, 2]


def test_the_interval_is_that_of_what_is_uncertain_and_the_mark_the_model_as_it_is():
    places = same_effort(purse(), PLACES, inputs={"wage": (5, 15)}, draws=400)
    effect = places["shared"].effect
    assert effect.value == pytest.approx(60)
    # 60 % of ten wages between 5 and 15, evenly: nine in ten lie between 33 and 87; with 400 draws
    # in layers, the end of an interval is off by less than a coin.
    assert effect.low == pytest.approx(33, abs=1)
    assert effect.high == pytest.approx(87, abs=1)
    assert places["shared"].first == 1.0


def test_pairs_that_stand_as_in_the_list_are_counted_by_hand():
    # 5 beats 12 and 9, as listed; 12 beats 9, against the list.
    assert same_effort(purse(), PLACES).in_order() == (2, 3)


def test_it_is_told_in_a_sentence_that_hides_nothing():
    told = same_effort(purse(), PLACES, inputs={"wage": (5, 15)}, draws=20).describe()
    assert told.startswith(
        "20% at each place. When nobody does anything, money at month 10 is 100 coins. "
        "5 rules, shared: +60 (+"
    )
    assert told.endswith(
        "Next to nothing comes of of no use. Of 3 pairs that differ, 2 stand as in the list. "
        "First in 100% of 20 draws: shared. No number for 2 paradigms. The same share is our "
        "measure of effort, and no other; and what nobody can put into an equation has no number "
        "here."
    )


def test_the_picture_has_the_sentence_and_the_table_says_what_is_not_computed():
    places = same_effort(purse(), PLACES)
    assert repr(places.plot()) == places.describe()
    assert "not computed" in places._repr_mimebundle_()["text/html"]


def test_twelve_kinds_are_named():
    assert sorted(KINDS) == list(range(1, 13))


def test_a_place_that_is_not_at_rest_is_refused():
    with pytest.raises(ModelError) as raised:
        same_effort(purse(), [Place(12, "pay more", "wage")])
    assert str(raised.value) == (
        "place 12: 'wage' is not 0 in model 'purse'; a place is a constant that waits at 0"
    )


def test_what_is_no_constant_is_no_place():
    with pytest.raises(ModelError) as raised:
        same_effort(purse(), [Place(12, "hold more", "money")])
    assert str(raised.value) == (
        "'money' of model 'purse' is no constant; places, and what is uncertain beside them, are "
        "constants"
    )


def test_an_effort_that_is_no_part_is_refused():
    with pytest.raises(DataError) as raised:
        same_effort(purse(), PLACES, share=20)
    assert str(raised.value) == "share=20: the effort is a part, between 0 and 1, as in 0.2"


def test_too_few_draws_are_refused():
    with pytest.raises(DataError) as raised:
        same_effort(purse(), PLACES, inputs={"wage": (5, 15)}, draws=3)
    assert str(raised.value) == "draws=3: an interval needs 20 draws at the very least"
