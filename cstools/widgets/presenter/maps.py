"""The maps of a presentation: told loop by loop, or whole beside the questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.causal_loops.motion.signals import ASSUMES, story
from cstools.errors import CstoolsError, ModelError, shown
from cstools.widgets.presenter.steps import Discuss, Loops, Step, texts

if TYPE_CHECKING:
    from cstools.causal_loops.reveal import Reveal, Stage
    from cstools.stock_flow.model import StockFlow


@dataclass(frozen=True)
class Maps:
    """The maps of some steps; each is laid out once, so it stands where it stood before."""

    model: StockFlow
    steps: Sequence[Step]
    _laid_out: dict[tuple[int, tuple[str, ...]], Reveal] = field(default_factory=dict)

    @cached_property
    def _own(self) -> CausalLoopDiagram:
        return self.model.causal_loops()

    def told(self, place: int, where: str) -> dict[str, Any]:
        """Return the stages of a step that tells loops.

        Raises
        ------
        CstoolsError
            When it names a loop that the map does not have; the message begins with ``where``.
        """
        step = self.steps[place]
        assert isinstance(step, Loops)
        named = texts(step.loops, f"{where}: loops")
        try:
            revealed = self._revealed(step.diagram, named)
        except CstoolsError as error:
            raise type(error)(f"{where}: {error}") from error
        return {"stages": list(_stages_told(revealed)), "rest": revealed.note}

    def beside(self, place: int, where: str) -> dict[str, Any]:
        """Return the whole map, in full ink, where a step that asks questions wants it.

        Raises
        ------
        ModelError
            When what it wants is no map.
        """
        step = self.steps[place]
        assert isinstance(step, Discuss)
        if step.map is False:
            return {}
        if step.map is not True and not isinstance(step.map, CausalLoopDiagram):
            raise ModelError(
                f"{where}: map= is True, or a causal loop diagram, not {shown(step.map)}"
            )
        diagram = None if step.map is True else step.map
        before = (
            texts(one.loops, "loops")
            for one in self.steps[:place]
            if isinstance(one, Loops) and one.diagram is diagram
        )
        last = self._revealed(diagram, next(before, []))[-1]
        # The last stage stands on the page of the others; of no loop, nothing of it is faint.
        return {"map": replace(last, loop=None, new=(), sentence="The whole map.").svg()}

    def _revealed(self, diagram: CausalLoopDiagram | None, named: Sequence[str]) -> Reveal:
        map_ = self._own if diagram is None else diagram
        asked = id(map_), tuple(filter(None, named))
        if asked not in self._laid_out:
            self._laid_out[asked] = map_.reveal(list(asked[1]) or None)
        return self._laid_out[asked]


def _stages_told(stages: Sequence[Stage]) -> Iterator[dict[str, Any]]:
    """Return each stage with its loop as a chain of steps, from where it joins the others."""
    before: set[str] = set()
    for stage in stages:
        if stage.loop is None:
            yield {"title": stage.title, "chain": [], "said": stage.sentence, "svg": stage.svg()}
            continue
        around = stage.loop.variables
        told = story(stage.loop, next((name for name in around if name in before), ""))
        chain = told.describe().removeprefix(f"{told.title}: ").removesuffix(f" {ASSUMES}")
        chain = chain.removesuffix(told.moral).rstrip(". ")
        before.update(around)
        yield {
            "title": told.title,
            "chain": chain.split(" → "),
            "said": told.moral,
            "svg": stage.svg(),
        }
