"""The methods of integration, each as its table of coefficients.

A method looks at the rates of change at a few places within a step and moves the state by their
weighted mean. ``places[i]`` says how far into the step the place ``i`` lies, ``from_earlier[i]``
how the state there is guessed from the earlier rates, ``weights`` the mean (Butcher's tableau,
[HairerNorsettWanner1993]_, section II.1). The code that runs is generated from these numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

from cstools.errors import ModelError, brief, did_you_mean


@dataclass(frozen=True)
class Method:
    """A Runge–Kutta method whose every stage needs only the stage before it.

    Attributes
    ----------
    name : str
        ``"euler"``, ``"heun"`` or ``"rk4"``.
    order : int
        Halving ``dt`` divides the error of a smooth model by about ``2 ** order``.
    places : tuple of float
        How far into the step, as a share of it, each later stage lies; it is also the share of
        the stage before that carries the state there.
    weights : tuple of float
        The weight of each stage's rate, first stage included.
    """

    name: str
    order: int
    places: tuple[float, ...]
    weights: tuple[float, ...]


EULER = Method("euler", 1, (), (1.0,))
HEUN = Method("heun", 2, (1.0,), (1 / 2, 1 / 2))
RK4 = Method("rk4", 4, (1 / 2, 1 / 2, 1.0), (1 / 6, 1 / 3, 1 / 3, 1 / 6))

METHODS = {method.name: method for method in (EULER, HEUN, RK4)}


def method_named(name: str) -> Method:
    """Return the method of a name, in any spelling; an unknown one is a :class:`ModelError`."""
    found = METHODS.get(str(name).strip().casefold())
    if found is None:
        raise ModelError(
            f"there is no integration method '{brief(name)}'"
            + (did_you_mean(name, METHODS) or "; choose 'euler', 'heun' or 'rk4'")
        )
    return found
