"""The causal loop diagram that people hold: written as text or link by link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, final

from cstools.causal_loops.asked import Asked
from cstools.causal_loops.checked import as_names, as_seconds, as_words
from cstools.causal_loops.compare import Comparison, Sides, compare
from cstools.causal_loops.formats.said import MapSaid
from cstools.causal_loops.formats.told import KEPT_AS_TEXT, lost, tell
from cstools.causal_loops.loops import Loops
from cstools.causal_loops.merge import merge
from cstools.causal_loops.notation import LoopTitle, read_text, write_text
from cstools.causal_loops.parts import Link, Variable
from cstools.causal_loops.telling import links_sentence, sentence
from cstools.errors import MissingPartError, ModelError
from cstools.names import label
from cstools.whole_files import write_whole

if TYPE_CHECKING:
    from cstools.causal_loops.reveal import Reveal
    from cstools.plotting.picture import Picture


@final
class CausalLoopDiagram(Asked):
    """A map of what acts on what: variables joined by links that carry a sign.

    Parameters
    ----------
    text
        One link a line, ``cause -> effect: + delayed  # reason``; see
        :mod:`cstools.causal_loops.notation`. It may be empty.
    name
        What the map is called.

    Raises
    ------
    ModelError
        When a line cannot be read; the message shows the line and the place.

    Notes
    -----
    A diagram does not determine behaviour. It says which loops are there, not which of them is
    strong, nor how fast it turns.
    """

    def __init__(self, text: str = "", name: str = "") -> None:
        if not isinstance(text, str):
            raise ModelError(
                "a causal loop diagram is written as text, one 'cause -> effect: +' a line; "
                f"this is {type(text).__name__}"
            )
        super().__init__(label(as_words(name, "the name of a map")))
        parts = read_text(text)
        for part in parts:
            if isinstance(part, Link):
                self._add(part)
            elif isinstance(part, Variable):
                self.variable(part.name, lens=part.lens)
        # Loops are named last: a line may name one before its links are all there.
        for part in parts:
            if isinstance(part, LoopTitle):
                self._name_loop(part.variables, part.title, part.line)

    def compare(self, other: CausalLoopDiagram, seconds: float = 2.0) -> Comparison:
        """Return what this map and another share, where they differ, and how far apart they are.

        ``element_distance`` compares link by link, ``model_distance`` loop by loop; see
        :mod:`cstools.causal_loops.compare`, also for how they can mislead.
        """
        maps = self, self._other(other, "compare")
        each = as_seconds(seconds) / 2
        sides = (Sides(d.name, d.variables, d.links, d.loops(each)) for d in maps)
        return compare(*sides)

    def merge(self, other: CausalLoopDiagram, name: str = "") -> CausalLoopDiagram:
        """Return a new map with all that this one and another say; neither of them changes.

        A link that they give opposite signs is kept as ``?``, and its source names both maps
        with their signs; see :func:`cstools.causal_loops.merge.merge`.
        """
        name = as_words(name, "the name of a map")
        merged = merge(self._said(), self._other(other, "merge")._said(), name)
        text = write_text(merged.variables, merged.links, merged.titles)
        map_ = CausalLoopDiagram(text, merged.name)
        for variable, (x, y) in merged.places.items():
            map_.place(variable, x, y)
        return map_

    def describe(self) -> str:
        """Return in words what the map shows: its size, and how its shortest loops go."""
        return self._told(self._loops_for_a_picture())

    def plot(self) -> Picture:
        """Return the map drawn for print, with the sentence that describes it.

        ``plot().figure`` is a matplotlib figure; ``plot().save("map.pdf")`` writes it. The same
        map is always drawn the same way. Only some loops are marked when there are many.
        """
        from cstools.causal_loops.picture import drawing_of
        from cstools.plotting.diagram_print import drawing_figure
        from cstools.plotting.picture import Picture

        loops = self._loops_for_a_picture()
        drawing = drawing_of(self.variables, self.links, loops, self.positions)
        return Picture(drawing_figure(drawing), self._told(loops))

    def reveal(
        self, loops: Sequence[str] | None = None, begin: Mapping[str, str] | None = None
    ) -> Reveal:
        """Return the map in stages, each with one loop more and the sentence that tells it.

        ``loops`` are the names or titles of those to be shown, in that order; if not said, the
        ones that the picture marks, each hanging on those before it. Every stage is on the same
        page, so that nothing jumps. ``begin`` says with which variable the story of a loop
        begins, as :meth:`story` does: ``{"R1": "overtime"}``, by the name or title of the loop;
        if not said, where it joins what is there. See :mod:`cstools.causal_loops.reveal`.
        """
        from cstools.causal_loops.reveal import reveal

        if loops is not None:
            loops = as_names(loops, "the loops to reveal")
        found = self._loops_for_a_picture()
        told = self._told(found)
        return reveal(self.variables, self.links, found, loops, told, self.positions, begin)

    def svg(self) -> str:
        """Return the map as inline SVG in the colours of the page it is put on."""
        return self._drawn(self._loops_for_a_picture())

    def to_text(self) -> str:
        """Return the map as text, which read again gives the same variables, links and titles."""
        return write_text(tuple(self._variables.values()), self.links, self._loop_titles())

    def write(self, path: str | Path, format: str | None = None) -> Path:
        """Write the map to a file, which :func:`cstools.read_diagram` reads; return its path.

        A ``.txt`` file holds the text; for other programs see
        :mod:`cstools.causal_loops.formats.choosing`, and :meth:`loopy_address`. ``format`` is
        needed only where the ending of the file does not say it. What a format has no room for
        is told in a warning.

        Raises
        ------
        FileError
            When no format has such a name or ending, or the place cannot be written.
        """
        path = Path(path)
        if format in (None, "text") and path.suffix.lower() == ".txt":
            missing = lost(self._said(), KEPT_AS_TEXT, "the text")
            content: str | bytes = self.to_text() + "\n"
        else:
            # Brings every format, which a notebook that writes none need not wait for.
            from cstools.causal_loops.formats.choosing import format_to_write, written

            content, missing = written(self._said(), format_to_write(path, format))
        write_whole(path, content)
        tell(path.name, missing, stacklevel=2)
        return path

    def loopy_address(self) -> str:
        """Return the address that opens the map in LOOPY, in any browser, with nothing to install.

        The whole map is in the address: who has it has the map. LOOPY shows names, signs and
        places; what it has no room for is told in a warning. :func:`cstools.read_diagram` reads
        the address again.
        """
        from cstools.causal_loops.formats.choosing import formats_named
        from cstools.causal_loops.formats.loopy import address

        tell("LOOPY", lost(self._said(), formats_named("loopy")[0].keeps, "LOOPY"), stacklevel=2)
        return address(self._said())

    def _other(self, other: object, action: str) -> CausalLoopDiagram:
        if isinstance(other, CausalLoopDiagram):
            return other
        raise ModelError(
            f"{self._called()}: {action}(…) needs another causal loop diagram in its brackets; "
            f"this is {type(other).__name__}"
        )

    def _said(self) -> MapSaid:
        variables, titles = tuple(self._variables.values()), tuple(self._loop_titles())
        return MapSaid(variables, self.links, titles, self.positions, self.name)

    def __repr__(self) -> str:
        return self.describe()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        # Inline SVG in HTML: JupyterLab shows image/svg+xml as an <img> without a name, which
        # takes no colours from the page either.
        from cstools.causal_loops.picture import framed, unpictured
        from cstools.plotting.drawing import too_large

        loops = self._loops_for_a_picture()
        told = self._told(loops)
        if note := too_large(len(self.variables), len(self.links)):
            return unpictured(f"{told} {note}")
        try:
            picture = self._drawn(loops)
        except MissingPartError:
            return unpictured(f"{told} Its picture needs numpy, which is not installed here.")
        return {"text/plain": told, "text/html": framed(picture, told)}

    def _told(self, loops: Loops) -> str:
        return sentence(self.name, self.variables, self.links, loops)

    def _drawn(self, loops: Loops) -> str:
        from cstools.causal_loops.picture import drawing_of
        from cstools.plotting.diagrams import drawing_svg

        drawing = drawing_of(self.variables, self.links, loops, self.positions)
        return drawing_svg(drawing, f"{self._told(loops)} {links_sentence(self.links)}".strip())
