"""Pólya's urn against chances on paper, and many hats against their spread."""

from fractions import Fraction
from math import comb, sqrt

import numpy as np
import pytest

from cstools.errors import ModelError
from cstools.facets.others import polya_urn

HATS, DRAWS = 4000, 60


def beta(a, b):
    """The beta function of whole numbers, as a fraction."""
    return Fraction(1, (a + b - 1) * comb(a + b - 2, a - 1))


def on_paper(red, other, draws):
    """The chances of 0, 1, … times the first kind: C(n,k)·B(a+k, b+n-k)/B(a, b)."""
    return [
        float(comb(draws, k) * beta(red + k, other + draws - k) / beta(red, other))
        for k in range(draws + 1)
    ]


@pytest.mark.parametrize("draws", [1, 2, 9, 200])
def test_from_one_card_each_every_count_is_as_likely_as_every_other(draws):
    chances = polya_urn().chances(draws)
    np.testing.assert_allclose(chances, 1 / (draws + 1), rtol=1e-11)  # 200 roundings


@pytest.mark.parametrize(("first", "second"), [(2, 1), (3, 5), (10, 10)])
def test_from_other_hats_the_chances_are_those_of_the_formula(first, second):
    chances = polya_urn(first, second).chances(40)
    np.testing.assert_allclose(chances, on_paper(first, second, 40), rtol=1e-11)


def test_many_hats_end_as_evenly_as_chance_allows():
    ends = polya_urn().histories(HATS, DRAWS, seed=2026)[:, -1]
    counts = np.rint(ends * (DRAWS + 2)).astype(int) - 1
    found = np.bincount(counts, minlength=DRAWS + 1) / HATS
    # The largest gap of two distribution functions is below 1.95/√n in 999 of 1,000 samples
    # (Kolmogorov); for whole numbers in more still.
    gap = np.max(np.abs(np.cumsum(found) - np.cumsum(polya_urn().chances(DRAWS))))
    assert gap < 1.95 / sqrt(HATS)


def test_what_is_expected_of_a_hat_never_changes():
    histories = polya_urn().histories(HATS, DRAWS, seed=1)
    # The mean of shares that spread by at most √(1/12): four standard errors.
    np.testing.assert_allclose(histories.mean(axis=0), 0.5, atol=4 * sqrt(1 / 12 / HATS))


def test_a_hat_moves_ever_less():
    histories = polya_urn().histories(HATS, DRAWS, seed=1)
    steps = np.abs(np.diff(histories, axis=1)).max(axis=0)
    assert (steps <= 1 / (np.arange(DRAWS) + 3)).all()  # one card among n + 3


def test_a_seed_gives_the_same_hats_again():
    urn = polya_urn()
    np.testing.assert_array_equal(urn.histories(5, 20, seed=3), urn.histories(5, 20, seed=3))
    assert (urn.histories(5, 20, seed=3) != urn.histories(5, 20, seed=4)).any()


def test_more_cards_at_the_start_keep_the_hats_together():
    spread = [polya_urn(n, n).histories(HATS, DRAWS)[:, -1].std() for n in (1, 10)]
    # The ends of hats with n cards each vary by about 1/(4·(2n + 1)) of variance at most.
    assert spread[1] < sqrt(1 / 84) < spread[0]


def test_the_picture_says_where_the_hats_end():
    picture = polya_urn().plot(many=1000, draws=100, seed=5)
    ends = polya_urn().histories(1000, 100, seed=5)[:, -1]
    low, high = np.mean(ends < 0.2), np.mean(ends >= 0.8)
    assert f"less than a fifth of the cards in {100 * low:.0f} % of the hats" in picture.sentence
    assert f"four fifths or more in {100 * high:.0f} %" in picture.sentence
    named = polya_urn().plot(many=10, draws=5, of="the morning choir").sentence
    assert named.startswith("10 hats after 5 draws: the morning choir has less than a fifth")
    over_time, bars = picture.figure.axes
    assert len(over_time.lines) == 40
    assert sum(bar.get_width() for bar in bars.patches) == 1000


@pytest.mark.parametrize("cards", [0, 1.5, 2000])
def test_a_hat_begins_with_whole_cards(cards):
    with pytest.raises(ModelError) as caught:
        polya_urn(1, cards)
    assert str(caught.value) == (
        f"the hat begins with {cards} cards of a kind; give a whole number from 1 to 1,000"
    )


def test_nobody_draws_without_end():
    with pytest.raises(ModelError) as caught:
        polya_urn().chances(5000)
    assert str(caught.value) == "5000 draws cannot be worked out; ask for 1 to 2,000"
