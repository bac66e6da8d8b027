"""Whether a map comes back to its balance after a push."""

import numpy as np
from hypothesis import assume, given

from cstools.causal_loops.diagram import CausalLoopDiagram
from tests.causal_loops.motion.maps import matrices, of_matrix


@given(matrices(1, 6))
def test_it_is_stable_exactly_when_every_eigenvalue_has_a_negative_real_part(matrix):
    largest = np.linalg.eigvals(matrix).real.max()
    # At the border itself numpy's eigenvalues are rounded, up to the sixth root of 1e-16.
    assume(abs(largest) > 0.01)
    assert of_matrix(matrix).press().stability.stable == (largest < 0)


@given(matrices(1, 6))
def test_the_coefficients_are_those_of_the_characteristic_polynomial(matrix):
    found = of_matrix(matrix).press().stability.coefficients
    # numpy multiplies out rounded roots; the coefficients are whole numbers of some hundreds.
    assert np.allclose(found, np.poly(matrix), atol=1e-6)


def test_the_hurwitz_determinants_of_a_cubic_are_the_textbook_ones():
    stability = of_matrix([[-1, -1, 0], [1, 0, -1], [0, 1, -1]]).press().stability
    one, c1, c2, c3 = stability.coefficients
    assert one == 1
    assert stability.hurwitz == (c1, c1 * c2 - c3, c3 * (c1 * c2 - c3))


def test_swings_that_grow_are_told_from_running_away():
    def told(text):
        return repr(CausalLoopDiagram(text).press(self_limiting=True).stability)

    assert told("a -> b: +\nb -> a: -") == (
        "With all links equally strong, the map returns to its balance after a push."
    )
    # A cycle of three with one minus has the eigenvalues −1 + the cube roots of −1: real part −½.
    assert told("a -> b: +\nb -> c: +\nc -> a: -").endswith("to its balance after a push.")
    # Two minuses' worth of such a cycle, doubled: +1 and −1 reach the border at two such loops.
    swings = CausalLoopDiagram("a -> b: +\nb -> c: +\nc -> a: -\na -> a: ?").press()
    assert repr(swings.stability) == (
        "With all links equally strong, the map does not return to its balance: nothing pulls it "
        "back (the feedback of the variables on themselves is not negative)."
    )
    assert told("a -> b: +\nb -> a: +\na -> c: +\nc -> a: +").endswith(
        "it runs away (the feedback of 3 variables is not negative)."
    )


def test_swings_that_do_not_die_down_are_told():
    # One self-limit and a long balancing loop: all coefficients are positive, a determinant is not.
    matrix = [[-1, 0, 0, -1], [1, -1, 0, 0], [0, 1, -1, 0], [0, 0, 1, -1]]
    longer = [[-1, -1, 0, 0], [1, 0, 0, -1], [0, 1, -1, 0], [0, 0, 1, 0]]
    assert of_matrix(matrix).press().stability.stable
    stability = of_matrix(longer).press().stability
    assert min(stability.coefficients) > 0
    assert min(stability.hurwitz) <= 0
    assert repr(stability) == (
        "With all links equally strong, the map does not return to its balance: its swings do not "
        "die down."
    )
