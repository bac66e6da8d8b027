"""The press question with strengths drawn at random."""

import numpy as np

from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.causal_loops.motion.draws import ASSUMES
from tests.causal_loops.motion.maps import of_matrix


def test_the_same_seed_draws_the_same_maps():
    press = CausalLoopDiagram("a -> b: ?\nb -> a: +").press(self_limiting=True)
    one, same, other = press.simulate(seed=1), press.simulate(seed=1), press.simulate(seed=2)
    assert (one.kept, one.rising.tolist()) == (same.kept, same.rising.tolist())
    assert one.rising.tolist() != other.rising.tolist()


def test_draws_without_a_balance_are_left_out_and_counted():
    # a ⇄ b with self-limits: it holds where the product of the limits is the larger one, in half.
    press = CausalLoopDiagram("a -> b: +\nb -> a: +").press(self_limiting=True)
    draws = press.simulate(draws=4000)
    # The standard deviation of a share of 4000 draws is 0.008; five of them.
    assert abs(draws.kept / draws.draws - 0.5) < 0.04
    assert (draws.rising == 1).all()


def test_swings_that_never_die_down_are_no_balance():
    rings = "a -> b: +\nb -> a: -\nc -> d: +\nd -> c: -\nb -> c: +"
    assert CausalLoopDiagram(rings).press().simulate(draws=300).kept == 0


def test_a_coin_is_tossed_for_an_unknown_sign():
    draws = CausalLoopDiagram("a -> b: ?").press(self_limiting=True).simulate(draws=4000)
    # Five standard deviations of a share of 4000.
    assert abs(draws.rising[1, 0] - 0.5) < 0.04
    assert draws.rising[1, 0] + draws.falling[1, 0] == 1


def test_what_no_path_reaches_does_not_move_by_rounding():
    chain = -np.eye(8, dtype=int) + np.eye(8, k=-1, dtype=int)
    draws = of_matrix(chain).press().simulate()
    assert (draws.rising + draws.falling == np.tril(np.ones((8, 8)))).all()


def test_it_says_how_many_were_kept():
    press = CausalLoopDiagram("a -> b: +").press(self_limiting=True)
    assert repr(press.simulate(draws=100)) == (
        f"100 maps were drawn; 100 were kept, as they return to their balance. {ASSUMES}"
    )
    assert repr(press.simulate(draws=1)) == (
        "1 maps were drawn; 1 was kept, as it returns to its balance. Few were kept: read the "
        f"shares with care. {ASSUMES}"
    )
    free = CausalLoopDiagram("a -> b: +").press().simulate(draws=100)
    assert repr(free) == (
        "100 maps were drawn; none of them returns to its balance, so there is no answer; "
        f"press(self_limiting=True) lets each variable fall back by itself. {ASSUMES}"
    )
    assert np.isnan(free.rising).all()


def test_a_search_that_runs_out_of_time_says_so():
    press = CausalLoopDiagram("a -> b: +").press(self_limiting=True)
    draws = press.simulate(draws=10_000, seconds=1e-9)
    assert draws.draws == 100
    assert "100 maps were drawn (of 10,000 asked for; the time ran out)" in repr(draws)
