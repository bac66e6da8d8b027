"""What the same share of each parameter does to a result: two bars each, with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill

from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from cstools.plotting import style
from cstools.plotting.bars import Estimate
from cstools.plotting.picture import Picture
from cstools.plotting.words import number

_LOOKS = (
    {"facecolor": style.PALETTE[1], "edgecolor": "white", "hatch": "////"},
    {"facecolor": style.PALETTE[0], "edgecolor": "white"},
)
_HALF, _TITLE, _NAME = 0.36, 62, 24


def levers(
    labels: Sequence[str],
    raised: Sequence[Estimate],
    lowered: Sequence[Estimate],
    said: tuple[str, str],
    axis: str,
    title: str,
    sentence: str,
) -> Picture:
    """Return the picture of how far a result moves with each parameter, the first one on top.

    Parameters
    ----------
    raised, lowered
        The change of the result when the parameter is more, and when it is less.
    said
        How these two are called in the key: ``("10% more of it", "10% less of it")``.
    axis
        What moves, with its units.
    """
    page, panel = style.figure(7.0, 1.9 + 0.55 * len(labels))
    page.suptitle(
        fill(title, _TITLE), x=0.01, ha="left", fontsize=12, color=style.INK, fontweight="bold"
    )
    panel.grid(visible=False, axis="y")
    panel.spines["left"].set_visible(False)
    places = [float(place) for place in range(len(labels))][::-1]
    unsure = False
    for side, shift, look in ((raised, _HALF / 2, _LOOKS[0]), (lowered, -_HALF / 2, _LOOKS[1])):
        at = [place + shift for place in places]
        panel.barh(at, [e.value for e in side], _HALF, **look)  # type: ignore[arg-type]
        wide = [(y, e) for y, e in zip(at, side, strict=True) if e.high > e.low]
        unsure = unsure or bool(wide)
        panel.hlines(
            [y for y, _ in wide], [e.low for _, e in wide], [e.high for _, e in wide],
            color=style.INK, lw=1.3,
        )  # fmt: skip
    panel.axvline(0, color=style.INK, lw=1.0)
    panel.set_yticks(places, [fill(label, _NAME) for label in labels])
    panel.tick_params(axis="y", length=0, labelsize=10, labelcolor=style.INK)
    panel.set_ylim(-0.6, len(labels) - 0.4)
    panel.margins(x=0.06)
    panel.set_xlabel(fill(axis, _TITLE), color=style.QUIET)
    panel.xaxis.set_major_locator(MaxNLocator(6))
    panel.xaxis.set_major_formatter(FuncFormatter(lambda x, _: number(x).replace("-", "−")))
    key: list[Patch | Line2D] = [
        Patch(label=word, **look)  # type: ignore[arg-type]
        for word, look in zip(said, _LOOKS, strict=True)
    ]
    if unsure:
        key.append(Line2D([], [], color=style.INK, lw=1.3, label="nine draws of ten"))
    panel.legend(
        handles=key, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, frameon=False,
        fontsize=9.5, borderaxespad=0.2, labelcolor=style.INK,
    )  # fmt: skip
    return Picture(page, sentence)
