"""Fuzzy cognitive maps: every variable has a level between two ends and weighs all its causes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from cstools.causal_loops.checked import is_number
from cstools.causal_loops.motion.course import beginning, grouped, picture
from cstools.causal_loops.motion.endings import (
    MEANING,
    UNTOLD,
    Ending,
    agreed,
    ending,
    side,
)
from cstools.causal_loops.motion.signed import (
    Pressed,
    SignedMap,
    Strengths,
    acted_on,
    checked_steps,
    doubt,
    pressed_words,
    pushes,
    weighted,
)
from cstools.errors import ModelError, did_you_mean, shown
from cstools.on_demand import numpy as np

if TYPE_CHECKING:
    from cstools.plotting.picture import Picture

ASSUMES = (
    "A fuzzy cognitive map takes for granted that all links act at once and in step, that effects "
    "add up, and that a squeezing curve keeps every level between its two ends; levels compare "
    "variables with themselves, not with each other."
)
RULES = ("kosko", "modified", "rescaled")
_SMALL = 1e-4
_SHOWN = 12


@dataclass(frozen=True)
class Squash:
    """A curve that keeps levels between two ends: its ends, its middle, and itself."""

    low: float
    middle: float
    high: float
    curve: Callable[[np.ndarray, float], np.ndarray]


def _sigmoid(x: np.ndarray, steepness: float) -> np.ndarray:
    return np.asarray(0.5 * (1 + np.tanh(0.5 * steepness * x)))  # no exp, which overflows


SQUASHES: Mapping[str, Squash] = MappingProxyType(
    {
        "sigmoid": Squash(0.0, 0.5, 1.0, _sigmoid),
        "tanh": Squash(-1.0, 0.0, 1.0, lambda x, steepness: np.tanh(steepness * x)),
        "bivalent": Squash(0.0, 0.0, 1.0, lambda x, _: (x > 0).astype(float)),
        "trivalent": Squash(-1.0, 0.0, 1.0, lambda x, _: np.sign(x)),
    }
)


@dataclass(frozen=True, repr=False, eq=False)
class FuzzyMap:
    """The levels of a map at rest, and what they do when one of them is held up or down.

    Attributes
    ----------
    variables : tuple of str
        The names of the columns.
    pressed : str
        What is held, in words.
    rule, squash : str
        How levels are made; see :func:`fuzzy`.
    time : array (steps,)
        0, 1, 2 …; at 0 the levels without the push, from 1 on what is pressed is held.
    values : array (steps, variables)
        The levels; the unknown signs are read as +.
    before : array (variables,)
        The levels without the push, at the end of a run that began in the middle.
    sides : tuple of str
        Where each variable ends: ``"↑"`` higher than before, ``"↓"`` lower, ``"="`` the same,
        ``"↕"`` in a cycle now higher and now lower, ``"?"`` where unknown signs, or runs that have
        not ended, leave it open.
    ending, ending_before : Ending
        Fixed point, limit cycle or neither, with the push and without.

    Notes
    -----
    It misleads in two ways above all. A level of 0.66 is no amount: with another squeezing curve
    it is another number, and even which of two variables ends higher can turn round. And a limit
    cycle may come from everything acting in step rather than from the map.
    """

    variables: tuple[str, ...]
    pressed: str
    rule: str
    squash: str
    time: np.ndarray
    values: np.ndarray
    before: np.ndarray
    sides: tuple[str, ...]
    ending: Ending
    ending_before: Ending
    doubt: str

    def describe(self) -> str:
        """Return where the levels end, compared with before, and what was taken for granted."""
        where = grouped(self.variables, self.sides, MEANING)
        parts = [
            f"Fuzzy cognitive map ({self.rule}, {self.squash}), {self.pressed}, held so.",
            beginning(self.doubt, self.ending.told()),
            "" if self.ending_before.kind == "fixed point" else "Before the push it did not rest.",
            f"Compared with before: {where}.",
            self.doubt,
            ASSUMES,
        ]
        return " ".join(filter(None, parts))

    def plot(self) -> Picture:
        """Return the picture of the levels over the steps, up to shortly after they settle."""
        last = self.ending.since + max(2 * self.ending.period, 3)
        title = f"Fuzzy cognitive map: {self.pressed}, held so"
        values = self.values[: max(_SHOWN, last + 1)]
        return picture(self.variables, values, title, self.describe())

    def __repr__(self) -> str:
        return self.describe()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return self.plot()._repr_mimebundle_()


def fuzzy(
    map_: SignedMap,
    pressed: Pressed,
    rule: str = "kosko",
    squash: str = "sigmoid",
    steepness: float = 1.0,
    steps: int = 300,
    strengths: Strengths | None = None,
) -> FuzzyMap:
    """Return the levels of a map at rest and with some variables held at an end.

    Parameters
    ----------
    pressed
        A variable's name, or a mapping from names to 1 (held at the upper end) and −1 (at the
        lower end); numbers between them hold it part of the way from the middle.
    rule
        ``"kosko"``: x′ = f(Wᵀx) [Kosko1986]_. ``"modified"``: x′ = f(Wᵀx + x), a variable
        remembers its own level [StyliosGroumpos2004]_. ``"rescaled"``: x′ = f(Wᵀ(2x−1) + 2x−1), so
        that a sigmoid's middle, 0.5, says "nothing known" and not "half" [Papageorgiou2011]_.
    squash
        f: ``"sigmoid"`` (0 … 1), ``"tanh"`` (−1 … 1), ``"bivalent"`` (0 or 1, 0 where nothing
        acts), ``"trivalent"`` (−1, 0 or 1).
    steepness
        How steep the sigmoid or tanh is. Steep curves jump, and give cycles sooner.
    strengths
        How strong a link is, ``("a", "b")`` → 0 to 1; 1 where nothing is said.

    Raises
    ------
    ModelError, UnknownNameError
        When the rule or curve is not one of these or they do not go together, nothing is pressed,
        a number is out of range, or a name is not on the map.
    """
    push = pushes(map_, pressed)
    curve = _checked(rule, squash, steepness)
    matrices = weighted(map_, strengths)
    most = checked_steps(steps)

    def step(levels: np.ndarray) -> np.ndarray:
        seen = 2 * levels - 1 if rule == "rescaled" else levels
        acting = acted_on(matrices, seen)
        return curve.curve(acting if rule == "kosko" else acting + seen, steepness)

    start = np.full((len(matrices), len(push)), curve.middle)
    free = np.zeros(len(push), dtype=bool)
    rest = _run(step, start, start, free, most)
    held_at = _held(curve, np.clip(push, -1, 1), rest[:, -1])
    moved = _run(step, rest[:, -1], held_at, push != 0, most - 1)
    moved = np.concatenate([rest[:, -1:], moved], axis=1)
    endings = [(ending(one), ending(two)) for one, two in zip(rest, moved, strict=True)]
    sides = [_side(one, two, *ends) for one, two, ends in zip(rest, moved, endings, strict=True)]
    return FuzzyMap(
        map_.variables, pressed_words(map_, push), rule, squash, np.arange(most + 1), moved[0],
        rest[0, -1], agreed(sides), endings[0][1], endings[0][0], doubt(map_),
    )  # fmt: skip


def _run(
    step: Callable[[np.ndarray], np.ndarray],
    start: np.ndarray,
    held_at: np.ndarray,
    held: np.ndarray,
    steps: int,
) -> np.ndarray:
    """Return the levels of every reading, ``(readings, steps, variables)``."""
    levels = [np.where(held, held_at, start)]
    for _ in range(steps):
        levels.append(np.where(held, held_at, step(levels[-1])))
    return np.stack(levels, axis=1)


def _held(curve: Squash, push: np.ndarray, rest: np.ndarray) -> np.ndarray:
    """Return where what is pressed is held: part of the way from its rest to an end."""
    end = np.where(push > 0, curve.high, curve.low)
    return np.asarray(rest + np.abs(push) * (end - rest))


def _side(rest: np.ndarray, moved: np.ndarray, before: Ending, after: Ending) -> tuple[str, ...]:
    """Say on which side of their rest the levels end, in one reading."""
    if not before.period or not after.period:
        return (UNTOLD,) * int(rest.shape[1])
    # Against a cycle, its mean stands for the rest.
    level = rest[-before.period :].mean(axis=0)
    return side(moved[-after.period :], level, _SMALL)


def _checked(rule: str, squash: str, steepness: float) -> Squash:
    if not isinstance(rule, str) or rule not in RULES:
        raise ModelError(
            f"a fuzzy map's rule is 'kosko', 'modified' or 'rescaled', not {shown(rule)}"
            f"{did_you_mean(str(rule), RULES)}"
        )
    if not isinstance(squash, str) or squash not in SQUASHES:
        raise ModelError(
            "a fuzzy map's curve is 'sigmoid', 'tanh', 'bivalent' or 'trivalent', not "
            f"{shown(squash)}{did_you_mean(str(squash), SQUASHES)}"
        )
    if rule == "rescaled" and squash != "sigmoid":
        raise ModelError(
            "the rescaled rule is made for the sigmoid, whose middle is 0.5; "
            f"with '{squash}' take 'kosko' or 'modified'"
        )
    if not (is_number(steepness) and 0 < steepness < 1e6):
        raise ModelError(f"steepness is a number above 0, mostly 1, not {shown(steepness)}")
    return SQUASHES[squash]
