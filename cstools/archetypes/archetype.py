"""What every archetype is: a story, a map, a model that runs, and where to intervene."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from cstools.archetypes.matching import Pattern, pattern_of
from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.stock_flow.model import StockFlow

if TYPE_CHECKING:
    from cstools.plotting.picture import Picture

_PROSE = "max-width:44em;line-height:1.45"


@dataclass(frozen=True, repr=False)
class Archetype:
    """A structure that recurs in very different places, and tends to behave in the same way.

    Attributes
    ----------
    name : str
        What the field calls it.
    story : str
        A place where it was at work.
    behaviour : str
        What it tends to do over time; what its model did is told by :meth:`describe_run`.
    intervene : tuple of str
        Where people have found it worth intervening, the usual first.
    misleads : str
        What finding it in a map does not say.
    sources : tuple of str
        Keys of the bibliography.
    links : str
        Its map, as text, with roles for variables.
    build : function
        Makes its model: illustrative numbers, the same structure.
    watch : tuple of str
        The variables of the model in which the behaviour is seen.
    late : tuple of tuple of str
        Paths of roles on which a map has to have a delay somewhere for the archetype to be found
        there. A delay that the map of the archetype shows beyond these is usual and not required.

    Notes
    -----
    An archetype is a lens, not a diagnosis. It suggests a question to ask in the place itself.
    """

    name: str
    story: str
    behaviour: str
    intervene: tuple[str, ...]
    misleads: str
    sources: tuple[str, ...]
    links: str
    build: Callable[[], StockFlow]
    watch: tuple[str, ...]
    late: tuple[tuple[str, ...], ...] = ()

    @property
    def template(self) -> CausalLoopDiagram:
        """The map of the archetype, a new one each time: change it as you like."""
        return CausalLoopDiagram(self.links, self.name)

    @property
    def roles(self) -> tuple[str, ...]:
        """The variables of its map."""
        return self.template.variables

    @property
    def pattern(self) -> Pattern:
        """The map as it is looked for in others; see :mod:`cstools.archetypes.matching`."""
        template = self.template
        return pattern_of(template.variables, template.links, self.late)

    def model(self) -> StockFlow:
        """Return its stock-flow model, a new one each time: run it, explore it, change it.

        Its numbers are illustrative: they show the behaviour, and are measured nowhere.
        """
        return self.build()

    def plot(self) -> Picture:
        """Return what its model does over time, drawn for print."""
        return self.model().run().plot(*self.watch, panels="units")

    def describe_run(self) -> str:
        """Return in words what its model did, made from the numbers of the run."""
        return self.model().run().describe(*self.watch)

    def describe(self) -> str:
        """Return the archetype in a few lines of text."""
        places = " ".join(f"({number}) {place}" for number, place in enumerate(self.intervene, 1))
        return "\n".join(
            [
                f"{self.name}: {self.story}",
                f"Over time: {self.behaviour}",
                f"Where to intervene: {places}",
                f"How it can mislead: {self.misleads}",
                f"Sources: {self._cited()}",
            ]
        )

    def _cited(self) -> str:
        """Return the sources by names and year; ``cite(*sources)`` gives them in full."""
        told = [(re.findall("[A-Z][a-z]+", source), source[-4:]) for source in self.sources]
        return "; ".join(f"{' & '.join(names)} {year}" for names, year in told)

    def __repr__(self) -> str:
        return self.describe()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        drawn = self.template._repr_mimebundle_()["text/html"]
        places = "".join(f"<li>{escape(place)}</li>" for place in self.intervene)
        paragraphs = [
            f"<h4>{escape(self.name)}</h4><p>{escape(self.story)}</p>{drawn}",
            f"<p><b>Over time.</b> {escape(self.behaviour)}</p>",
            f"<p><b>Its model</b> (illustrative numbers). {escape(self.describe_run())}</p>",
            f"<p><b>Where to intervene</b></p><ol>{places}</ol>",
            f"<p><b>How it can mislead.</b> {escape(self.misleads)}</p>",
            f"<p><small>Sources: {escape(self._cited())}</small></p>",
        ]
        html = f'<div style="{_PROSE}">{"".join(paragraphs)}</div>'
        return {"text/plain": repr(self), "text/html": html}
