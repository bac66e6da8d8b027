"""Searches for a layout that go on side by side, each with the picture it is at and its best."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cstools.on_demand import numpy as np
from cstools.plotting.arcs import Points, Reals, Truths
from cstools.plotting.layout_plan import Ground, Plan
from cstools.plotting.layout_score import faults_on

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Search:
    """Where the searches are, ``(searches, words)``, and the best that each has seen."""

    places: Points
    bows: Reals  # (1, links), the same for all
    score: Reals  # (searches,)
    ground: Ground
    sides: Reals  # (searches, links)
    best: Points
    least: Reals
    fine: bool  # whether every word is seen that a link runs through

    @staticmethod
    def of(plan: Plan, places: Points, bows: Reals, fine: bool) -> Search:
        """Return searches that begin at some layouts, with bows ``(links,)`` that stay."""
        ground = plan.ground(places, bows, fine)
        score = faults_on(plan, places, ground).total
        bows = np.atleast_2d(bows)
        return Search(places, bows, score, ground, plan.sides(places), places, score, fine)

    def best_alone(self, plan: Plan) -> Search:
        """Return the most successful search, back at the best that it has seen."""
        return Search.of(plan, self.best[[int(np.argmin(self.least))]], self.bows, self.fine)

    def after(self, plan: Plan, word: int, tried: Points, luck: Reals, worse: float) -> Search:
        """Return the searches with a word moved to the best of the layouts tried by each.

        ``tried`` are ``(searches, layouts, words)``, as it is first, and differ only in the word,
        or in another that has changed places with it; ``luck`` makes layouts look better than
        they are; what is more than ``worse`` above the score now is not taken.
        """
        searches, count, words = tried.shape
        scope = plan.around[word]
        layouts = tried.reshape(-1, words)
        drawn = plan.ground_within(layouts, self.bows, scope, self.ground)
        scores = faults_on(plan, layouts, drawn, scope).total.reshape(searches, count)
        pick = np.argmin(scores - luck, axis=1)
        if not pick.any():
            return self
        every = np.arange(searches)
        there, new = tried[every, pick], drawn.chosen(every * count + pick)
        whole, sides = self.score + scores[every, pick] - scores[:, 0], plan.sides(there)
        anew = (pick > 0) & self._elsewhere(there, sides, word, scope.links)
        if anew.any():
            ground = plan.ground(there[anew], self.bows, self.fine)
            whole[anew] = faults_on(plan, there[anew], ground).total
            new = new.with_layouts(np.flatnonzero(anew), ground)
        taken = (pick > 0) & (whole < self.score + worse)
        return self._having(taken, there, whole, sides, new)

    def _elsewhere(self, there: Points, sides: Reals, word: int, links: NDArray[np.intp]) -> Truths:
        """Say where more has changed than a word and its links: other words, or others' bows."""
        moved = there != self.places
        moved[:, word] = False
        turned = sides != self.sides
        turned[:, links] = False
        return np.asarray(moved.any(axis=1) | turned.any(axis=1))

    def _having(
        self, taken: Truths, places: Points, score: Reals, sides: Reals, ground: Ground
    ) -> Search:
        if not taken.any():
            return self
        now = np.flatnonzero(taken)
        at = replace(
            self,
            places=np.where(taken[:, None], places, self.places),
            score=np.where(taken, score, self.score),
            sides=np.where(taken[:, None], sides, self.sides),
            ground=self.ground.with_layouts(now, ground.chosen(now)),
        )
        better = at.score < at.least
        return replace(
            at,
            best=np.where(better[:, None], at.places, at.best),
            least=np.where(better, at.score, at.least),
        )
