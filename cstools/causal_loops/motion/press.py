"""Press prediction: where the balance of a map shifts when one variable is pressed for good."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cstools.causal_loops.checked import as_switch
from cstools.causal_loops.loops import clock
from cstools.causal_loops.motion.blocks import cleared, pieces, reach, reckoned
from cstools.causal_loops.motion.endings import SAME, UNTOLD
from cstools.causal_loops.motion.responses import (
    CANNOT,
    CERTAINTIES,
    LIKELY,
    NOTHING,
    SURE,
    Response,
    Responses,
)
from cstools.causal_loops.motion.signed import Pressed, SignedMap, pushes
from cstools.causal_loops.motion.stability import Stability, characteristic
from cstools.errors import ModelError
from cstools.on_demand import numpy as np
from cstools.plotting.tables import html, listed

if TYPE_CHECKING:
    from cstools.causal_loops.motion.draws import Draws

ASSUMES = (
    "Press prediction takes for granted that the map is near a balance to which it returns, that "
    "the push is small and lasts, and that every link keeps its strength."
)
_OBSTACLES = {
    "no balance": (
        "This map has no balance that could shift: its links close no set of separate loops that "
        "holds every variable."
    ),
    "never holds": (
        "The balance of this map holds with no strengths: pushed, the map runs away, so nothing "
        "is predicted."
    ),
}
_TRY_LIMITS = " press(self_limiting=True) lets each variable fall back by itself."
_UNDRAWN = (
    " Nothing limits itself among {}, so as drawn they never come to rest; the answers take for "
    "granted that something does which is not drawn. press(self_limiting=True) puts it there."
)
_LIKELY_FROM = 0.5
_MOST_WORK = 2e7  # products of large whole numbers: some ten seconds
_MOST_TOLD = 6


@dataclass(frozen=True, repr=False, eq=False)
class Press:
    """How the balance of a map shifts under a lasting push on each variable in turn.

    Rows are who responds, columns who is pressed; both in the order of ``variables``.

    Attributes
    ----------
    variables : tuple of str
        The names of rows and columns.
    adjoint : array (variables, variables) of int
        The adjoint of −A, where A holds the signs with the row as the effect: the ways in which
        the push raises the variable, less those in which it lowers it, each way being a path
        together with the separate loops beside it. Ways over a link of unknown sign do not count.
        Divided by the determinant it is the shift itself, with all links equally strong.
    weights : array (variables, variables)
        The sign of the response times |adjoint| / total: 1 or −1 where every way agrees, 0 where
        as many speak for as against, or where there are none. Ways over unknown signs are all
        reckoned against the answer. ``nan`` where the ways could not all be counted.
    total : array (variables, variables)
        How many ways there are, by a permanent; ``nan`` where they could not all be counted.
    certainty : array (variables, variables)
        The weights of that part of the map alone that lies between the two: pieces beside it
        cannot change the answer where the balance holds. Answers are told from these.
    determinant : int
        Of −A. A balance that is stable has it above 0.
    stability : Stability
        Whether the map returns to its balance when all links are equally strong.
    self_limited : tuple of str
        The variables to which a link that damps them was added, because that was asked for.
    doubtful : tuple of str
        The links of unknown sign.
    complete : bool
        Whether the ways were all counted in the time given.
    obstacle : str
        Why nothing is predicted: ``"no balance"`` where the determinant has no terms,
        ``"never holds"`` where that of some piece of the map is below 0 whatever the strengths;
        mostly empty.
    unlimited : tuple of str
        Variables that all feed back on each other with none that limits itself: as drawn, they
        never come to rest.
    matrix : SignedMap
        What was reckoned with, added self-limits included.

    Notes
    -----
    After [Levins1974]_ and [DambacherLiRossignol2002]_. An answer is *sure* where every way has
    the same sign, *likely* where |certainty| is 0.5 or more, and otherwise cannot be told from the
    diagram. In random draws of strengths, answers of 0.5 and more mostly have the sign said
    [DambacherLiRossignol2003]_; in the map at hand they need not.

    It can mislead. "Sure" means: whatever the strengths, *if* the signs are right, no link is
    missing and there is a balance that holds. It says where the balance goes, not how fast, nor
    whether it swings on the way. A variable that nothing limits may have no balance at all;
    ``self_limiting=True`` says that each of these falls back by itself, which is a claim about
    the world and not on the map.
    """

    variables: tuple[str, ...]
    adjoint: np.ndarray
    weights: np.ndarray
    total: np.ndarray
    certainty: np.ndarray
    determinant: int
    stability: Stability
    self_limited: tuple[str, ...]
    doubtful: tuple[str, ...]
    complete: bool
    obstacle: str
    unlimited: tuple[str, ...]
    matrix: SignedMap

    def response(self, who: str, pressed: str) -> Response:
        """Return what one variable does when another is pressed upwards."""
        return self._response(self.matrix.place(who), self.matrix.place(pressed))

    def of(self, pressed: str, up: bool = True) -> Responses:
        """Return what every variable does when one is pressed, up or down."""
        column, up = self.matrix.place(pressed), as_switch(up, "up")
        found = (self._response(row, column, up) for row in range(len(self.variables)))
        return Responses(self.variables[column], up, tuple(found))

    def marks(self, pressed: Pressed) -> tuple[str, ...]:
        """Return ``"↑"``, ``"↓"``, ``"="`` or ``"?"`` for each variable under one or more pushes.

        Of several pushes, those that agree are added, and those that do not cannot be told.
        """
        push = pushes(self.matrix, pressed)
        columns = [
            [self._response(row, int(j), push[j] > 0).mark[0] for j in np.nonzero(push)[0]]
            for row in range(len(self.variables))
        ]
        return tuple(_together(marks) for marks in columns)

    def simulate(self, draws: int = 500, seed: int = 0, seconds: float = 5.0) -> Draws:
        """Return the responses with strengths drawn at random, kept where the balance is stable.

        See :class:`cstools.causal_loops.motion.draws.Draws`.
        """
        from cstools.causal_loops.motion.draws import drawn

        return drawn(self.matrix, draws, seed, seconds)

    def describe(self) -> str:
        """Return what can be told from the diagram, what not, and what was taken for granted."""
        parts = [*self._answers(), self.note, self._limits(), self._doubt(), ASSUMES]
        return "\n".join(filter(None, parts))

    @property
    def note(self) -> str:
        """What stands in the way of an answer; empty when nothing does."""
        if self.obstacle:
            return f"{_OBSTACLES[self.obstacle]}{'' if self.self_limited else _TRY_LIMITS}"
        told = self.stability.told()
        if self.doubtful:
            told = told.replace("strong,", "strong and those of unknown sign left out,", 1)
        if not self.complete:
            told += (
                " There are too many ways to count in the time given, so nothing is called sure "
                "or likely; more time: press(seconds=60), and random strengths: .simulate()."
            )
        return told + (_UNDRAWN.format(_some(self.unlimited)) if self.unlimited else "")

    def _answers(self) -> list[str]:
        n = len(self.variables)
        if self.obstacle or not self.complete:
            return [f"Press prediction of {n} variable{'s' * (n != 1)}."]
        if n <= _MOST_TOLD:
            return [repr(self.of(name)) for name in self.variables]
        counts = dict.fromkeys(CERTAINTIES, 0)
        for row in range(n):
            for column in range(n):
                counts[self._response(row, column).certainty] += 1
        return [
            f"Of the {n * n} answers to pressing each of {n} variables, {counts[SURE]} are sure, "
            f"{counts[LIKELY]} likely, {counts[NOTHING]} say 'no change', and {counts[CANNOT]} "
            f"cannot be told from the diagram. Ask for one: .of('{self.variables[0]}')."
        ]

    def _limits(self) -> str:
        if not self.self_limited:
            return ""
        return (
            "Each variable that the map lets run free was taken to fall back by itself: "
            f"{_some(self.self_limited)}."
        )

    def _doubt(self) -> str:
        if not self.doubtful:
            return ""
        one = len(self.doubtful) == 1
        return (
            f"The sign{'s' * (not one)} of {_some(self.doubtful)} {'is' if one else 'are'} not "
            "known; an answer stands only if it holds with either sign."
        )

    def _response(self, row: int, column: int, up: bool = True) -> Response:
        who, pressed = self.variables[row], self.variables[column]
        total, weight = self.total[row, column], self.certainty[row, column]
        if self.obstacle or total != total:
            return Response(who, pressed, 0, CANNOT)
        if not total:
            return Response(who, pressed, 0, NOTHING)
        if abs(weight) < _LIKELY_FROM:
            return Response(who, pressed, 0, CANNOT)
        sign = int(np.sign(weight)) * (1 if up else -1)
        return Response(who, pressed, sign, SURE if abs(weight) == 1 else LIKELY)

    def __repr__(self) -> str:
        return self.describe()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        n = range(len(self.variables))
        rows = [
            (who, *(self._response(row, column).mark for column in n))
            for row, who in enumerate(self.variables)
        ]
        title = "Who responds (rows) when one variable is pushed up and kept up (columns)"
        key = "↑ rises, ↓ falls, = stays as before, ? cannot be told from the diagram."
        below = " ".join(filter(None, [key, self.note, self._limits(), self._doubt(), ASSUMES]))
        table = html(title, ("", *self.variables), rows, below)
        return {"text/plain": repr(self), "text/html": table}


def press(map_: SignedMap, self_limiting: bool = False, seconds: float = 2.0) -> Press:
    """Return how the balance shifts under a lasting push on each variable.

    Steps, after [DambacherLiRossignol2002]_:

    1. where asked for, let each variable that has no link to itself fall back by itself;
    2. the adjoint of −A, exactly, from the signs that are known;
    3. the number of ways behind each entry, by permanents, with and without the unknown signs;
    4. the weight: the adjoint, less the ways that could turn it, over the number of ways;
    5. the certainty: the same for the part of the map between the two, see
       :mod:`cstools.causal_loops.motion.blocks`.

    Raises
    ------
    ModelError
        When the map is too large for exact numbers (100 variables with twenty links each), or
        ``seconds`` is no time.
    """
    asked = as_switch(self_limiting, "self_limiting")
    limited, names = _self_limited(map_) if asked else (map_, ())
    n, links = len(map_.variables), int(np.count_nonzero(limited.known))
    if n * n * links > _MOST_WORK:
        raise ModelError(
            f"press prediction is exact, and too slow for {n:,} variables and {links:,} links; "
            "press a part of the map"
        )
    stop = clock(seconds)
    whole = reckoned(limited.known, limited.unknown, stop)
    certainty, obstacle = cleared(limited.known, limited.unknown, whole, stop)
    reached = reach(limited.known.astype(bool) | limited.unknown)
    return Press(
        variables=map_.variables,
        adjoint=_whole_numbers(whole.adjoint),
        weights=np.where(reached, whole.weights(), 0.0),
        total=whole.totals(reached),
        certainty=certainty,
        determinant=whole.determinant,
        stability=characteristic(whole.coefficients),
        self_limited=names,
        doubtful=map_.doubtful,
        complete=whole.ways is not None,
        obstacle=obstacle,
        unlimited=_unlimited(limited, pieces(reached)),
        matrix=limited,
    )


def _unlimited(map_: SignedMap, parts: Iterable[np.ndarray]) -> tuple[str, ...]:
    """Return the variables of the first piece in which nothing limits itself; mostly none."""
    own = np.diag(map_.known).astype(bool) | np.diag(map_.unknown)
    for part in parts:
        if len(part) > 1 and not own[part].any():
            return tuple(map_.variables[i] for i in part)
    return ()


def _self_limited(map_: SignedMap) -> tuple[SignedMap, tuple[str, ...]]:
    known = map_.known.copy()
    free = np.nonzero((np.diag(known) == 0) & ~np.diag(map_.unknown))[0]
    known[free, free] = -1
    return SignedMap(map_.variables, known, map_.unknown), tuple(map_.variables[i] for i in free)


def _whole_numbers(rows: Sequence[Sequence[int]]) -> np.ndarray:
    """Return whole numbers as an array; those beyond 64 bits stay Python's own."""
    largest = max((abs(value) for row in rows for value in row), default=0)
    return np.array(rows, dtype=np.int64 if largest < 2**63 else object)


def _together(marks: Sequence[str]) -> str:
    moving = {mark for mark in marks if mark != SAME}
    if not moving:
        return SAME
    return moving.pop() if len(moving) == 1 else UNTOLD


def _some(names: Sequence[str]) -> str:
    return listed([*names[:5], f"{len(names) - 5} more"] if len(names) > 6 else names)
