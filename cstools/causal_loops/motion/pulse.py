"""The pulse process: one push travels along the links, and each change causes the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cstools.causal_loops.motion.course import grouped, picture
from cstools.causal_loops.motion.endings import (
    HIGHER,
    LOWER,
    SAME,
    SWINGS,
    UNTOLD,
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
from cstools.on_demand import numpy as np
from cstools.plotting.words import number

if TYPE_CHECKING:
    from cstools.plotting.picture import Picture

ASSUMES = (
    "A pulse process takes for granted that every link takes one step, delayed or not, that each "
    "hands on the whole of a change, and that nothing has a limit; a map that runs away here may "
    "only show that."
)
_SIDES = {
    HIGHER: "never below where they began",
    LOWER: "never above where they began",
    SWINGS: "now above, now below",
    SAME: "not reached",
    UNTOLD: "cannot be told, as it hangs on a sign that is not known",
}
_LARGEST = 2.0**53  # beyond it, a float is no longer an exact whole number
_SMALL, _MOST_LOOKED = 1e-9, 2000


@dataclass(frozen=True, repr=False, eq=False)
class PulseProcess:
    """A push and what it sets going, step by step [RobertsBrown1975]_.

    Attributes
    ----------
    variables : tuple of str
        The names of the columns.
    pressed : str
        What was pushed, in words.
    time : array (steps,)
        0, 1, 2 …
    pulses, values : array (steps, variables)
        The change that arrives in each step, and the value it has added up to, from 0; the
        unknown signs are read as +.
    sides : tuple of str
        For each variable ``"↑"`` never below its beginning, ``"↓"`` never above, ``"↕"`` both,
        ``"="`` not reached, ``"?"`` where unknown signs make the difference; over these steps.
    fate : str
        ``"dies out"``; ``"returns"``, where everything is again as at the beginning; ``"cycles"``,
        where it is so from some step on; ``"drifts"``, where the same pulses come again and leave
        the values farther along; ``"grows"``; ``"goes on"``, where it is none of these; or
        ``"open"``, where it hangs on signs that are not known.
    period : int
        After how many steps the same pulses come again; 0 where they do not.
    growth : float
        In the long run, by what each step multiplies the pulses; 0 where they die out. The
        unknown signs are read as +.

    Notes
    -----
    p(t+1) = A·p(t) and v(t+1) = v(t) + p(t+1), where A has the effect in the row; written with
    rows for causes, as in the paper, p is multiplied from the left. Values are not levels of
    anything: they count pushes. It misleads where loops are long or many: pulses that would wear
    off in the world go round for ever, and reinforcing loops grow without end.
    """

    variables: tuple[str, ...]
    pressed: str
    time: np.ndarray
    pulses: np.ndarray
    values: np.ndarray
    sides: tuple[str, ...]
    fate: str
    period: int
    growth: float
    doubt: str
    stopped: bool

    def describe(self) -> str:
        """Return what the push does, and what was taken for granted."""
        told = f"One push, {self.pressed}: {self._fated()}"
        where = grouped(self.variables, self.sides, _SIDES)
        return " ".join(filter(None, [told, f"{_capital(where)}.", self.doubt, ASSUMES]))

    def plot(self) -> Picture:
        """Return the picture of the values over the steps."""
        title = f"Pulse process: one push, {self.pressed}"
        return picture(self.variables, self.values, title, self.describe())

    def _fated(self) -> str:
        again, last = _steps(self.period), int(self.time[-1])
        ended = f" The numbers became too large after step {last}." if self.stopped else ""
        return {
            "dies out": "it travels to its end and dies out.",
            "returns": f"everything comes back to where it began, every {again}.",
            "cycles": f"after a while everything goes round, the same again every {again}.",
            "drifts": (
                f"the same pulses come again every {again}, and each time the values end up "
                "farther along."
            ),
            "grows": (
                "the pulses grow without end, in the long run to "
                f"{number(self.growth)} times as much each step.{ended}"
            ),
            "open": "what becomes of it hangs on the signs that are not known.",
            "goes on": f"it neither dies out nor comes back exactly.{ended}",
        }[self.fate]

    def __repr__(self) -> str:
        return self.describe()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return self.plot()._repr_mimebundle_()


def pulse(
    map_: SignedMap,
    pressed: Pressed,
    steps: int | None = None,
    strengths: Strengths | None = None,
) -> PulseProcess:
    """Return what one push sets going over some steps.

    ``pressed`` is a variable's name, or a mapping from names to the size of the push;
    ``strengths`` says how much of a change a link hands on (``("a", "b")`` → 0 to 1), 1 where
    nothing is said. ``steps`` is 24 where it is not said, or two for each variable.

    Raises
    ------
    ModelError, UnknownNameError
        When nothing is pressed, a strength is out of range, or a name is not on the map.
    """
    push = pushes(map_, pressed)
    shown = max(24, 2 * len(push)) if steps is None else checked_steps(steps)
    matrices = weighted(map_, strengths)
    # Longer than is shown: a loop with an odd number of minuses comes back after twice its length.
    pulses, stopped = _travel(matrices, push, max(shown, min(6 * len(push), _MOST_LOOKED)))
    values = pulses[:, : shown + 1].cumsum(axis=1)
    sides = agreed([side(own, np.zeros(len(push)), _SMALL) for own in values])
    growth = _growth(matrices[0], push)
    fates = {_fate(own, way, push) for own, way in zip(pulses, matrices, strict=True)}
    fate, period = fates.pop() if len(fates) == 1 else ("open", 0)
    return PulseProcess(
        map_.variables, pressed_words(map_, push), np.arange(values.shape[1]),
        pulses[0, : shown + 1], values[0], sides, fate, period, growth, doubt(map_),
        stopped and pulses.shape[1] <= shown,
    )  # fmt: skip


def _travel(matrices: np.ndarray, push: np.ndarray, steps: int) -> tuple[np.ndarray, bool]:
    """Return the pulses of every reading, ``(readings, steps, variables)``."""
    pulses = [np.repeat(push[None], len(matrices), axis=0)]
    total = pulses[0]
    for _ in range(steps):
        following = acted_on(matrices, pulses[-1])
        total = total + following
        if max(np.abs(following).max(), np.abs(total).max()) > _LARGEST:
            return np.stack(pulses, axis=1), True
        pulses.append(following)
    return np.stack(pulses, axis=1), False


def _growth(matrix: np.ndarray, push: np.ndarray) -> float:
    """Return the largest size of an eigenvalue of that part of the map which the push reaches."""
    reached = push != 0
    while True:
        more = reached | (np.abs(matrix) @ reached > 0)
        if (more == reached).all():
            break
        reached = more
    return float(np.abs(np.linalg.eigvals(matrix[np.ix_(reached, reached)])).max())


def _fate(pulses: np.ndarray, matrix: np.ndarray, push: np.ndarray) -> tuple[str, int]:
    if not np.abs(pulses[-1]).max() > _SMALL:
        return "dies out", 0
    last = ending(pulses, _SMALL)
    if last.period:
        moved = np.abs(pulses[-last.period :].sum(axis=0)).max() > _SMALL
        return "drifts" if moved else "returns" if not last.since else "cycles", last.period
    # An eigenvalue of 1 that comes several times is only found to about the root of a rounding.
    return "grows" if _growth(matrix, push) > 1 + 1e-4 else "goes on", 0


def _steps(count: int) -> str:
    return "step" if count == 1 else f"{count} steps"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
