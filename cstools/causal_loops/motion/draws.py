"""The press question with strengths drawn at random: what happens in those maps that hold."""

from __future__ import annotations

from dataclasses import dataclass

from cstools.causal_loops.checked import as_whole
from cstools.causal_loops.loops import clock
from cstools.causal_loops.motion.endings import HIGHER, LOWER, SAME, UNTOLD
from cstools.causal_loops.motion.signed import SignedMap
from cstools.on_demand import numpy as np
from cstools.plotting.tables import html, percent

ASSUMES = (
    "Random strengths take every strength between 0 and 1 for as likely as every other, and the "
    "unknown signs for a toss of a coin; shares are of the draws, not chances in the world."
)
_AT_ONCE, _UP_TO = 100, 60  # maps between two looks at the clock, up to so many variables
_MOST_DRAWS, _LARGEST_SEED = 100_000, 2**53
_SURE_FROM = 0.95
FEWEST_KEPT = 20
_ROUNDING = 1e-9


@dataclass(frozen=True, repr=False, eq=False)
class Draws:
    """Responses to lasting pushes over many random strengths of the same map.

    Rows are who responds, columns who is pressed.

    Attributes
    ----------
    variables : tuple of str
        The names of rows and columns.
    draws, kept : int
        How many maps were drawn, and how many of them return to their balance; the others have no
        answer and are left out.
    rising, falling : array (variables, variables)
        The share of the kept draws in which the variable rises, and in which it falls, when the
        other is pressed upwards; ``nan`` when none was kept.
    asked : int
        How many draws were asked for; fewer are made when the time runs out.

    Notes
    -----
    As in [DambacherLiRossignol2003]_ the signs are given numbers at random; here magnitudes
    uniform between 0 and 1, and a draw is kept when every eigenvalue has a negative real part. It
    can mislead: the kept draws are not like all draws (strong self-limits are over-represented),
    and a share of 80% says how many of *these* draws agree, not how likely it is that your school
    does.
    """

    variables: tuple[str, ...]
    draws: int
    kept: int
    rising: np.ndarray
    falling: np.ndarray
    asked: int

    def marks(self, push: np.ndarray) -> tuple[str, ...]:
        """Return ``"↑"``, ``"↓"``, ``"="`` or ``"?"`` for each variable when one is pressed.

        An arrow stands where 95% of the kept draws have it. ``push`` is ``(variables,)``; with
        more than one pressed, or fewer than 20 draws kept, nothing is told.
        """
        (columns,) = np.nonzero(push)
        if len(columns) != 1 or self.kept < FEWEST_KEPT:
            return (UNTOLD,) * len(self.variables)
        up, down = self.rising[:, columns[0]], self.falling[:, columns[0]]
        if push[columns[0]] < 0:
            up, down = down, up
        return tuple(map(_mark, up, down))

    def describe(self) -> str:
        """Return how many draws were kept, and what was taken for granted."""
        fewer = f" (of {self.asked:,} asked for; the time ran out)" * (self.draws < self.asked)
        told = f"{self.draws:,} maps were drawn{fewer}; {self._kept()}"
        return f"{told} {ASSUMES}"

    def _kept(self) -> str:
        if not self.kept:
            return (
                "none of them returns to its balance, so there is no answer; "
                "press(self_limiting=True) lets each variable fall back by itself."
            )
        few = " Few were kept: read the shares with care." * (self.kept < FEWEST_KEPT)
        name = "was kept, as it returns" if self.kept == 1 else "were kept, as they return"
        return f"{self.kept:,} {name} to {'its' if self.kept == 1 else 'their'} balance.{few}"

    def __repr__(self) -> str:
        return self.describe()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        if not self.kept:
            return {"text/plain": repr(self)}
        n = range(len(self.variables))
        rows = [
            (who, *(_share(self.rising[row, column], self.falling[row, column]) for column in n))
            for row, who in enumerate(self.variables)
        ]
        title = "Who responds (rows) when one variable is pushed up and kept up (columns)"
        below = f"Shares of the kept draws: ↑ rises, ↓ falls, = stays as before. {self!r}"
        table = html(title, ("", *self.variables), rows, below)
        return {"text/plain": repr(self), "text/html": table}


def drawn(map_: SignedMap, draws: int, seed: int, seconds: float) -> Draws:
    """Return the responses of ``draws`` random maps; the same seed gives the same maps.

    Up to a hundred are made at once. When ``seconds`` are over, no more are begun.

    Raises
    ------
    ModelError
        When ``draws`` is not a whole number from 1 to 100,000, ``seed`` none from 0 on, or
        ``seconds`` is no time.
    """
    draws, over = as_whole(draws, "draws", 1, _MOST_DRAWS), clock(seconds)
    random = np.random.default_rng(as_whole(seed, "seed", 0, _LARGEST_SEED))
    n, made, kept = len(map_.variables), 0, 0
    up, down = np.zeros((n, n)), np.zeros((n, n))
    while made < draws and (not made or not over()):
        count = min(_at_once(n), draws - made)
        shift = _shifts(map_, count, random)
        made, kept = made + count, kept + len(shift)
        up += (shift > 0).sum(axis=0)
        down += (shift < 0).sum(axis=0)
    with np.errstate(invalid="ignore"):
        return Draws(map_.variables, made, kept, up / kept if kept else up * np.nan,
                     down / kept if kept else down * np.nan, draws)  # fmt: skip


def _at_once(n: int) -> int:
    """Return how many maps are drawn between two looks at the clock: fewer of a large one."""
    return max(1, min(_AT_ONCE, _AT_ONCE * _UP_TO**3 // n**3))


def _shifts(map_: SignedMap, count: int, random: np.random.Generator) -> np.ndarray:
    """Return the shifts −A⁻¹ of the draws that hold, ``(kept, who, pressed)``."""
    n = len(map_.variables)
    signs = np.repeat(map_.known[None].astype(float), count, axis=0)
    signs += map_.unknown * random.choice([-1.0, 1.0], size=(count, n, n))
    matrices = signs * random.uniform(size=(count, n, n))
    # Swings that neither grow nor die down come out of the rounding a little to either side.
    holds = (np.linalg.eigvals(matrices).real < -_ROUNDING).all(axis=1)
    shift = -np.linalg.inv(matrices[holds])
    # What no path reaches is exactly 0; rounding must not give it a sign.
    largest = np.abs(shift).max(axis=(1, 2), keepdims=True) if len(shift) else 0.0
    return np.where(np.abs(shift) <= 1e-12 * largest, 0.0, shift)


def _mark(up: float, down: float) -> str:
    if up >= _SURE_FROM:
        return HIGHER
    if down >= _SURE_FROM:
        return LOWER
    return SAME if up + down == 0 else UNTOLD


def _share(up: float, down: float) -> str:
    if up + down == 0:
        return SAME
    return f"↑ {percent(up)}" if up >= down else f"↓ {percent(down)}"
