"""The repeated dilemma against conditions on paper, an exact best reply and played meetings."""

from itertools import product

import numpy as np
import pytest

from cstools.errors import DataError, ModelError
from cstools.facets.others import repeated_dilemma
from cstools.facets.others.repeated_dilemma import STRATEGIES, Strategy, generous

T, R, P, S = 5, 3, 1, 0
EDGE = max((T - R) / (R - S), (T - R) / (T - P))
JUST = 1e-6


def best_against_tit_for_tat(w):
    """The most that anybody can earn a meeting against tit for tat, by trying every plan.

    It remembers only one's last move, so the best plan is one of four: what to do while it shares,
    and while it keeps.
    """
    best = -np.inf
    for while_shares, while_keeps in product((True, False), repeat=2):
        # V(shares), V(keeps) of a plan: two linear equations.
        gains = [R if while_shares else T, S if while_keeps else P]
        moves = [while_shares, while_keeps]
        chain = np.array([[1.0, 0.0] if shares else [0.0, 1.0] for shares in moves])
        values = np.linalg.solve(np.eye(2) - w * chain, gains)
        best = max(best, (1 - w) * values[0])
    return best


def test_tit_for_tat_withstands_from_two_thirds_on():
    assert pytest.approx(2 / 3) == EDGE
    assert repeated_dilemma(EDGE + JUST).withstands("tit for tat")
    assert not repeated_dilemma(EDGE - JUST).withstands("tit for tat")


@pytest.mark.parametrize("w", [0.0, 0.3, 0.6, 0.66, 0.67, 0.9, 0.99])
def test_the_verdict_is_that_of_the_best_reply_of_all(w):
    among_equals = repeated_dilemma(w).points("tit for tat", "tit for tat")
    assert among_equals == pytest.approx(R)
    bettered = best_against_tit_for_tat(w) > among_equals + 1e-9  # rounding
    assert repeated_dilemma(w).withstands("tit for tat") is not bettered


def test_below_the_edge_it_is_keeping_every_other_time_that_does_better():
    dilemma = repeated_dilemma(0.6)
    points = {name: dilemma.points(name, "tit for tat") for name in STRATEGIES}
    assert max(points, key=points.get) == "every other time"
    assert points["every other time"] == pytest.approx((T + 0.6 * S) / (1 + 0.6))
    assert points["always keep"] == pytest.approx((1 - 0.6) * T + 0.6 * P)


@pytest.mark.parametrize("forgiving", [0.0, 0.1, 0.25, 0.3])
def test_how_generous_one_can_be_follows_from_the_chance_to_meet_again(forgiving):
    # To keep once and then share again gains T - R and loses R - S, w·(1 - f) times.
    edge = (T - R) / (R - S) / (1 - forgiving)
    assert repeated_dilemma(edge + JUST).withstands(generous(forgiving))
    assert not repeated_dilemma(edge - JUST).withstands(generous(forgiving))


def test_nobody_can_forgive_more_than_a_third_however_surely_they_meet_again():
    # Nowak and Sigmund's bound: min(1 - (T - R)/(R - S), (R - P)/(T - P)).
    bound = min(1 - (T - R) / (R - S), (R - P) / (T - P))
    assert bound == pytest.approx(1 / 3)
    nearly_sure = repeated_dilemma(0.999_999)
    assert nearly_sure.withstands(generous(bound - 1e-5))
    assert not nearly_sure.withstands(generous(bound + 1e-5))


def test_always_to_keep_can_be_bettered_by_nobody():
    assert all(repeated_dilemma(w).withstands("always keep") for w in (0, 0.5, 0.99))
    assert not any(repeated_dilemma(w).withstands("always share") for w in (0, 0.5, 0.99))


@pytest.mark.parametrize(("one", "other"), [("tit for tat", "generous"), ("generous", "generous")])
def test_the_points_are_those_of_meetings_played_one_by_one(one, other):
    dilemma = repeated_dilemma(0.8, slips=0.1)
    mine, theirs = STRATEGIES[one], STRATEGIES[other]
    luck = np.random.default_rng(7)
    pairs, total = 40_000, 0.0
    wants = np.full((2, pairs), [[mine.first], [theirs.first]])
    for meeting in range(60):  # 0.8^60 is 2e-6
        meant = luck.random((2, pairs)) < wants
        mine_shares, theirs_shares = meant ^ (luck.random((2, pairs)) < 0.1)
        points = np.select(
            [mine_shares & theirs_shares, mine_shares, theirs_shares], [R, S, T], default=P
        )
        total += 0.2 * 0.8**meeting * points.mean()
        mine_last = np.select(
            [mine_shares & theirs_shares, mine_shares, theirs_shares], [0, 1, 2], default=3
        )
        theirs_last = np.array([0, 2, 1, 3])[mine_last]
        wants = np.array([np.take(mine.after, mine_last), np.take(theirs.after, theirs_last)])
    # One pair's weighted mean spreads by less than 1.5 points; five times 1.5/√40,000.
    assert total == pytest.approx(dilemma.points(one, other), abs=0.04)


def test_without_another_meeting_only_the_first_counts():
    once = repeated_dilemma(0)
    assert once.points("tit for tat", "always keep") == S
    assert once.points("always keep", "tit for tat") == T


def test_between_two_who_give_back_what_they_got_a_slip_goes_to_and_fro():
    rounds = repeated_dilemma().rounds("tit for tat", "tit for tat", meetings=10, slip_at=4)
    assert rounds.keeps == (
        (0, 0, 0, 1, 0, 1, 0, 1, 0, 1),
        (0, 0, 0, 0, 1, 0, 1, 0, 1, 0),
    )
    assert repr(rounds) == (
        "“tit for tat” meets “tit for tat”. The first slips at meeting 4. From then on they keep "
        "in turns, one at every meeting, up to the last, 10. Beside the slip, something is kept 6 "
        "times."
    )


def test_between_two_who_forgive_one_in_four_a_slip_dies_away():
    rounds = repeated_dilemma().rounds("generous", "generous", meetings=10, slip_at=4)
    after = [max(pair) for pair in zip(*rounds.keeps, strict=True)][3:]
    np.testing.assert_allclose(after, 0.75 ** np.arange(7))
    assert repr(rounds) == (
        "“generous” meets “generous”. The first slips at meeting 4. At the next meeting somebody "
        "keeps with a chance of 75 %, at the last, 10, with one of 18 %. Beside the slip, "
        "something is kept 2.5 times on average."
    )


def test_a_slip_is_met_with_silence_or_never_forgiven():
    dilemma = repeated_dilemma()
    assert "Afterwards both share again." in repr(dilemma.rounds("always share", "always share"))
    never = repr(dilemma.rounds("never forgive", "never forgive"))
    assert "Soon both keep, at every meeting up to the last, 12." in never


def test_with_slips_the_generous_do_better_among_themselves():
    dilemma = repeated_dilemma(0.9, slips=0.05)
    among = {name: dilemma.points(name, name) for name in STRATEGIES}
    assert among["generous"] > among["tit for tat"] > among["never forgive"]


def test_a_tournament_says_who_earns_what():
    tournament = repeated_dilemma(0.5).tournament("always share", "always keep")
    assert tournament.points == ((R, S), (T, P))
    assert repr(tournament) == (
        "Points at a meeting, on average over all, with a chance of 0.5 to meet again: always keep "
        "3.00, always share 1.50."
    )
    page = tournament._repr_mimebundle_()["text/html"]
    assert page.index("always keep</th>") < page.index("always share</th>")


def test_slips_are_said_with_the_tournament():
    said = repr(repeated_dilemma(0.5, slips=0.1).tournament("always keep"))
    assert "to meet again and of 0.1 for a slip:" in said


def test_a_picture_has_a_bar_for_each_meeting_of_each_and_its_sentence():
    rounds = repeated_dilemma().rounds("tit for tat", "generous", meetings=8)
    picture = rounds.plot()
    assert [len(panel.patches) for panel in picture.figure.axes] == [8, 8]
    assert picture.sentence == rounds.describe()
    assert rounds._repr_mimebundle_()["text/plain"] == rounds.describe()


def test_a_rule_of_ones_own_can_play():
    sulking = Strategy("sulking", 0, (1, 0, 1, 0))
    assert repeated_dilemma(0.9).points(sulking, "always share") == pytest.approx(0.1 * T + 0.9 * R)


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (
            lambda: repeated_dilemma(1),
            "again is 1; it is the chance of another meeting, from 0 to less than 1, such as 0.9",
        ),
        (
            lambda: repeated_dilemma(0.9, slips=0.7),
            "slips is 0.7; it is the chance of a slip, from 0 to 0.5, such as 0.05",
        ),
        (
            lambda: generous(2),
            "forgiving is 2; it is the chance to forgive a kept thing, from 0 to 1, such as 0.25",
        ),
        (
            lambda: repeated_dilemma().points("tit for tit", "always keep"),
            "there is no rule called 'tit for tit'; did you mean 'tit for tat'?",
        ),
    ],
)
def test_what_cannot_be_is_said(ask, message):
    with pytest.raises(ModelError) as caught:
        ask()
    assert str(caught.value) == message


def test_a_slip_has_to_be_at_one_of_the_meetings():
    with pytest.raises(DataError) as caught:
        repeated_dilemma().rounds("generous", "generous", meetings=5, slip_at=9)
    assert str(caught.value) == (
        "the slip is at meeting 9 of 5; let it be at one of them, and ask for at most 100"
    )


def test_its_docstring_names_its_sources():
    from cstools.learning.references import references

    told = repeated_dilemma.__doc__ or ""
    for key in ("Axelrod1984", "NowakSigmund1992", "WuAxelrod1995"):
        assert f"[{key}]_" in told
        assert key in references()
