"""A map as a matrix of signs, with its unknown signs kept apart: what every engine starts from."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cstools.causal_loops.checked import as_whole, by_link, is_number
from cstools.causal_loops.parts import Link
from cstools.errors import ModelError, shown, unknown_name
from cstools.names import key
from cstools.on_demand import numpy as np
from cstools.plotting.tables import listed
from cstools.plotting.words import more_or_less

Pressed = str | Mapping[str, float]
Strengths = Mapping[tuple[str, str], float]
_MOST_READINGS, _MOST_STEPS, _MOST_VARIABLES = 64, 10_000, 300
_MOST_CELLS = 1_000_000  # of all readings together: a few seconds for some hundred steps
_PRESS_LESSON = "press a variable by its name, 'stress', or {'stress': -1} for less of it"


@dataclass(frozen=True, eq=False)
class SignedMap:
    """The links of a map between its variables.

    Attributes
    ----------
    variables : tuple of str
        Their names, in the order of rows and columns.
    known : array (variables, variables)
        1, −1 or 0; the row is the effect, the column the cause. 0 also where the sign is unknown.
    unknown : array (variables, variables) of bool
        Where the sign is ``?``, or where one link says + and another −.
    """

    variables: tuple[str, ...]
    known: np.ndarray
    unknown: np.ndarray

    def place(self, name: str) -> int:
        """Return the row of a variable, in whatever spelling.

        Raises
        ------
        UnknownNameError
            When nothing on the map is called so; the nearest names are given.
        """
        keys = [key(variable) for variable in self.variables]
        if key(name) not in keys:
            raise unknown_name(name, self.variables, "this map")
        return keys.index(key(name))

    @property
    def doubtful(self) -> tuple[str, ...]:
        """The links whose sign is not known, as one says them: ``a → b``."""
        pairs = zip(*np.nonzero(self.unknown.T), strict=True)
        return tuple(
            f"{self.variables[cause]} → {self.variables[effect]}" for cause, effect in pairs
        )


def signed_map(variables: Sequence[str], links: Iterable[Link]) -> SignedMap:
    """Return the signs between some variables.

    Raises
    ------
    ModelError
        When there are no variables, or more than can be moved.
    """
    if not variables:
        raise ModelError("nothing moves on an empty map; write a link first: 'cause -> effect: +'")
    if len(variables) > _MOST_VARIABLES:
        raise ModelError(
            f"a map of {len(variables):,} variables is too large to be set in motion; "
            f"{_MOST_VARIABLES:,} are the most: move a part of it"
        )
    places = {key(name): place for place, name in enumerate(variables)}
    said: dict[tuple[int, int], set[str]] = {}
    for link in links:
        said.setdefault((places[key(link.effect)], places[key(link.cause)]), set()).add(
            link.polarity
        )
    known = np.zeros((len(variables),) * 2, dtype=np.int64)
    unknown = np.zeros(known.shape, dtype=bool)
    for pair, signs in said.items():
        unknown[pair] = len(signs) > 1 or "?" in signs
        known[pair] = 0 if unknown[pair] else (-1 if "-" in signs else 1)
    return SignedMap(tuple(variables), known, unknown)


def readings(map_: SignedMap) -> np.ndarray:
    """Return every way of reading the unknown signs, ``(readings, effects, causes)``.

    In the first, each of them is +. Beyond six unknown signs, or fewer on a large map, it is not
    every way but some of them: the first, and others drawn at random, always the same ones.
    """
    count, most = int(map_.unknown.sum()), _most_readings(map_)
    if 2**count <= most:
        signs = 1 - 2 * (np.arange(2**count)[:, None] >> np.arange(count) & 1)
    else:
        signs = np.random.default_rng(0).choice([1, -1], size=(most, count))
        signs[0] = 1
    matrices = np.repeat(map_.known[None], len(signs), axis=0)
    matrices[:, map_.unknown] = signs
    return matrices


def _most_readings(map_: SignedMap) -> int:
    return min(_MOST_READINGS, _MOST_CELLS // map_.known.size)


def weighted(map_: SignedMap, strengths: Strengths | None) -> np.ndarray:
    """Return the readings with each link as strong as said; 1 where nothing is said.

    Raises
    ------
    ModelError
        When a strength is not above 0 and up to 1, or there is no such link.
    """
    matrices = readings(map_).astype(float)
    for cause, effect, strength in by_link(strengths, "strengths"):
        pair = map_.place(effect), map_.place(cause)
        said = f"'{map_.variables[pair[1]]}' → '{map_.variables[pair[0]]}'"
        if not matrices[0][pair]:
            raise ModelError(f"there is no link {said} to give a strength to")
        if not (is_number(strength) and 0 < strength <= 1):
            raise ModelError(
                f"the strength of {said} is a number above 0 and up to 1, not {shown(strength)}; "
                "its sign stands on the map"
            )
        matrices[:, pair[0], pair[1]] *= strength
    return matrices


def acted_on(matrices: np.ndarray, levels: np.ndarray) -> np.ndarray:
    """Return what all causes together do, ``(readings, variables)``, in every reading."""
    return np.asarray((matrices @ levels[:, :, None])[:, :, 0])


def pushes(map_: SignedMap, pressed: Pressed) -> np.ndarray:
    """Return how each variable is pressed, ``(variables,)``: mostly 0.

    Raises
    ------
    ModelError
        When nothing is pressed, or with something that is no number.
    UnknownNameError
        When nothing on the map is called so.
    """
    if isinstance(pressed, str):
        pressed = {pressed: 1.0}
    if not isinstance(pressed, Mapping):
        raise ModelError(f"{_PRESS_LESSON}; this is {shown(pressed)}")
    push = np.zeros(len(map_.variables))
    for name, amount in pressed.items():
        place = map_.place(name)
        if not is_number(amount) or not math.isfinite(amount):
            raise ModelError(f"'{name}' is pressed by a number, 1 or -1, not {shown(amount)}")
        push[place] = amount
    if not push.any():
        raise ModelError(f"nothing is pressed; {_PRESS_LESSON}")
    return push


def pressed_words(map_: SignedMap, push: np.ndarray) -> str:
    """Return what is pressed, as one says it: ``more stress and less sleep``."""
    words = [quantity(map_.variables[i], push[i] > 0) for i in np.nonzero(push)[0]]
    return listed(words)


def quantity(name: str, more: bool | None) -> str:
    """Return ``more stress``, ``fewer mistakes``, ``lower price``; for ``None``, both ways."""
    return more_or_less(name, more)


def doubt(map_: SignedMap) -> str:
    """Return the sentence about the links of unknown sign, or an empty string."""
    links = map_.doubtful
    if not links:
        return ""
    if len(links) == 1:
        return f"The sign of {links[0]} is not known; both were tried."
    told = listed([*links[:3], f"{len(links) - 3} more"] if len(links) > 4 else links)
    if 2 ** len(links) <= _most_readings(map_):
        return f"The signs of {told} are not known; every combination was tried."
    return (
        f"The signs of {told} are not known; {_most_readings(map_)} of the {2 ** len(links):,} "
        "combinations were tried."
    )


def checked_steps(steps: int) -> int:
    """Return a number of steps, or raise a lesson about it."""
    return as_whole(steps, "steps", 1, _MOST_STEPS)
