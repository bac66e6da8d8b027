"""Colours, line styles and type: readable in print, on a projector, and without colour vision.

The palette is Okabe and Ito's [OkabeIto2008]_; every series also has a line style and every sign
a shape, so that nothing is told by colour alone. Figures are drawn on
:class:`matplotlib.figure.Figure` objects, never through pyplot, which is not safe in the second
thread where JupyterLab runs widget callbacks.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from html import escape
from threading import Lock
from typing import TYPE_CHECKING

from cstools.plotting.colours import BALANCING as BALANCING
from cstools.plotting.colours import GRID as GRID
from cstools.plotting.colours import INK as INK
from cstools.plotting.colours import PAPER as PAPER
from cstools.plotting.colours import QUIET as QUIET
from cstools.plotting.colours import REINFORCING as REINFORCING

# Who wants colours only, as the live parts do, does without matplotlib.
if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PALETTE = ("#0072B2", "#D55E00", "#009E73", "#AA4499", "#806600", "#56B4E9", "#000000")
DASHES = ("solid", (0, (5, 2)), (0, (1, 1.2)), (0, (6, 2, 1, 2)), (0, (3, 1, 1, 1, 1, 1)))
SANS = ("DejaVu Sans",)

# matplotlib's settings are one for the whole program: two threads that each put them back as they
# found them would leave ours behind.
_SETTINGS = Lock()


@dataclass(frozen=True)
class SeriesStyle:
    """How one curve is told from the others: by colour and by dash pattern."""

    color: str
    linestyle: str | tuple[float, tuple[float, ...]]


def series(position: int) -> SeriesStyle:
    """Return the style of the curve at a position, counted from 0."""
    return SeriesStyle(PALETTE[position % len(PALETTE)], DASHES[position % len(DASHES)])


def figure(width: float = 7.0, height: float = 3.6) -> tuple[Figure, Axes]:
    """Return a new figure with one pair of axes; sizes in inches."""
    from matplotlib.figure import Figure

    page = Figure(figsize=(width, height), facecolor=PAPER, layout="constrained")
    return page, dress(page.add_subplot())


def dress(axes: Axes) -> Axes:
    """Give a pair of axes the look of the house: two spines, a light grid, quiet ticks."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(QUIET)
    axes.tick_params(colors=QUIET, labelsize=9)
    axes.grid(visible=True, color=GRID, linewidth=0.6)
    axes.set_axisbelow(True)
    return axes


def settle(page: Figure) -> None:
    """Lay a figure out once and for all.

    Laid out anew at every drawing, as is matplotlib's way, its parts would shift a little each
    time, and the same picture would never be the same file.
    """
    page.draw_without_rendering()
    page.set_layout_engine("none")


def svg(page: Figure, description: str) -> str:
    """Return a figure as inline SVG that a screen reader can name by ``description``.

    The same figure, once settled, always gives the same text: ids are salted with a fixed word
    and no date is written, so that a picture in a notebook changes only when what it shows does.
    """
    from matplotlib import rc_context
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    text = io.StringIO()
    with _SETTINGS, rc_context({"svg.hashsalt": "cstools", "svg.fonttype": "path"}):
        FigureCanvasSVG(page).print_svg(  # type: ignore[no-untyped-call]
            # No block of facts about the file: where a page strips the picture, its words stay.
            text,
            metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")),
        )
    picture = text.getvalue()
    picture = picture[picture.index("<svg") :]
    label = escape(description, quote=True)
    return picture.replace("<svg", f'<svg role="img" aria-label="{label}"', 1)
