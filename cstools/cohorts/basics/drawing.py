"""What all the planner's pictures are drawn with: plain SVG in the page's light or dark colours.

Text stays text: it can be searched, copied and read aloud. Nothing is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from cstools.cohorts.basics.tables import STYLE, Table, card, html_table, scrolling
from cstools.plotting import colours

# JupyterLab's own colours, with those of the house where the page has none.
INK = f"var(--jp-ui-font-color1,{colours.INK})"
QUIET = f"var(--jp-ui-font-color2,{colours.QUIET})"
LINE = f"var(--jp-border-color2,{colours.GRID})"
PAPER = f"var(--jp-layout-color1,{colours.PAPER})"
# From the palette of Okabe and Ito, as all curves of this package; each can be seen on light paper
# and on dark.
BLUE, GREEN, ORANGE, PINK = "#0072B2", "#009E73", "#D55E00", "#CC79A7"
FONT = "font-family='system-ui,-apple-system,Segoe UI,Helvetica,Arial,sans-serif'"


@dataclass(frozen=True)
class Picture:
    """A picture with its text alternative: the text is what prints and what is read aloud.

    ``table`` may hold the same, thing by thing; a page shows it folded under the picture.
    """

    description: str
    svg: str
    table: Table | None = None

    @property
    def html(self) -> str:
        """The picture as a page shows it: one wider than the page is scrolled.

        Where there is nothing to draw, the page says so.
        """
        if not self.svg:
            return card(f"<p>{escape(self.description)}</p>")
        box = scrolling(self.svg, "a picture, which scrolls where it is wider than the page")
        drawn = f'{STYLE}<div style="max-width:60rem">{box}</div>'
        if self.table is None:
            return drawn
        return (
            f'{drawn}<details class="cst-card"><summary style="cursor:pointer">'
            f"The same as a table</summary>{html_table(self.table)}</details>"
        )

    def __repr__(self) -> str:
        return self.description

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        return {"text/plain": self.description, "text/html": self.html}


def svg(
    width: int, height: int, description: str, body: Sequence[str], least: int, most: int = 0
) -> str:
    """Return a drawing as wide as the page, between ``least`` and ``most`` pixels."""
    widest = f"max-width:{most}px;" if most else ""
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' {FONT} "
        f"style='width:100%;min-width:{least}px;{widest}height:auto' "
        f"role='img' aria-label='{escape(description, quote=True)}'>"
        f"{''.join(body)}</svg>"
    )


def text(
    x: float, y: float, words: str, size: float = 12, anchor: str = "start", fill: str = INK
) -> str:
    """Return words whose line stands on ``y``."""
    return (
        f"<text x='{x:.1f}' y='{y:.1f}' font-size='{size:g}' text-anchor='{anchor}' "
        f"fill='{fill}'>{escape(words)}</text>"
    )


def shortened(words: str, most: int) -> str:
    """Return words cut to so many characters; the last is then an ellipsis."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
