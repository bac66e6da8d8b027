"""A lit map that moves with time: one drawing, and a slider that goes through its moments."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape

from cstools.plotting.lit_diagram import LitDiagram, glow

_CAPTION = "font:14px/1.45 system-ui,sans-serif;margin:.4em 0 0;max-width:44em;min-height:2.9em"
_SLIDER = "width:min(30em,90%);vertical-align:middle;margin:0 .6em 0 0"

# What the slider does: it lights the links, writes the shares of the loops, and says the sentence.
_MOVE = """
const film = this.closest('figure'), frame = JSON.parse(film.dataset.frames)[this.value];
film.querySelectorAll('g[data-from]').forEach((link, place) => {
  link.setAttribute('class', 'cs-lit-' + frame.links[place][0]);
  link.setAttribute('opacity', frame.links[place][1]);
});
film.querySelectorAll('g[data-loop]').forEach((mark) => {
  const share = mark.querySelectorAll('text')[1];
  if (share) share.textContent = frame.loops[mark.dataset.loop];
});
film.querySelector('output').textContent = frame.heading;
film.querySelector('figcaption').textContent = frame.said;
film.querySelector('svg').setAttribute('aria-label', frame.heading + '. ' + frame.said);
this.setAttribute('aria-valuetext', frame.heading);
"""


@dataclass(frozen=True, repr=False)
class LitFilm:
    """A map at many moments, and a slider that goes through them.

    Where a page runs no scripts, it stays at its first moment.
    """

    diagram: LitDiagram

    def __repr__(self) -> str:
        return self.diagram.sentence

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        first = self.diagram.lights[0]
        last = len(self.diagram.lights) - 1
        html = (
            f'<figure style="margin:0;max-width:100%" data-frames="{self._frames()}">'
            f'<div style="overflow-x:auto">{self.diagram.svg(0)}</div>'
            f'<label style="font:14px/1.45 system-ui,sans-serif"><input type="range" min="0" '
            f'max="{last}" value="0" style="{_SLIDER}" aria-label="time" '
            f'aria-valuetext="{escape(first.heading)}" oninput="{escape(_MOVE, quote=True)}">'
            f"<output>{escape(first.heading)}</output></label>"
            f'<figcaption style="{_CAPTION}" aria-live="polite">{escape(first.said)}</figcaption>'
            "</figure>"
        )
        return {"text/plain": self.diagram.sentence, "text/html": html}

    def _frames(self) -> str:
        edges = [wire.edge for wire in self.diagram.drawing.wires]
        frames = [
            {
                "heading": light.heading,
                "said": light.said,
                "loops": dict(light.loops),
                "links": [glow(light.links.get((e.cause, e.effect), 0.0)) for e in edges],
            }
            for light in self.diagram.lights
        ]
        return escape(json.dumps(frames, ensure_ascii=False), quote=True)
