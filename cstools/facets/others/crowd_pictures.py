"""Crowds as pictures: the people of a network, and beside them what they do over the rounds.

A person is a circle. An opinion fills it from below, as a glass is filled; whoever has joined is a
filled square. So nothing is told by colour alone. What looks the same is drawn in one stroke, which
keeps the files of notebooks small.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from cstools.on_demand import numpy as np
from cstools.plotting.picture import Picture
from cstools.plotting.style import INK, PALETTE, PAPER, QUIET, dress

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from cstools.facets.others.listening import Listening
    from cstools.facets.others.networks import Network
    from cstools.facets.others.thresholds import Thresholds

_MOST_NAMED = 40  # people; in a larger crowd nobody has a number
_FEWEST_ROUNDS = 5  # that the axis of a short story has
_PAGE = (8.4, 3.8)  # inches
_PEOPLE, _CURVES = (0.01, 0.02, 0.45, 0.88), (0.53, 0.14, 0.45, 0.76)  # shares of the page
_FULL = PALETTE[5]  # light enough for a number to be read on it
_POINTS = 72  # in an inch


def opinions_drawn(talk: Listening, round_: int) -> Picture:
    """Return the opinions of a network after some rounds, and over all of them."""
    page, people, curves = _page()
    size, wide = _framed(people, talk.network)
    low, high = talk.between
    _marks(people, talk.network.places, "o", wide, PAPER, INK)
    shares = (talk.rounds[round_] - low) / (high - low)
    _filled(people, zip(talk.network.places, shares, strict=True), size)
    _numbered(people, talk.network, range(1, talk.network.people + 1))
    for values in talk.rounds.T:
        curves.plot(values, color=PALETTE[0], linewidth=1.1, alpha=0.75)
    if talk.agreement is not None:
        curves.axhline(talk.agreement, color=PALETTE[1], linestyle=(0, (5, 2)), linewidth=1.6)
    curves.set_ylim(low, high)
    curves.set_xlim(0, talk.last_round)
    _named(people, curves, round_, talk.units or "opinion")
    return Picture(page, f"{talk.said(round_)} {talk.outlook()}")


def joined_drawn(crowd: Thresholds, round_: int) -> Picture:
    """Return who has joined after some rounds, and how many had by when."""
    page, people, curves = _page()
    _, wide = _framed(people, crowd.network)
    joined = crowd.rounds[round_].astype(bool)
    places = np.array(crowd.network.places)
    _marks(people, places[~joined], "o", 0.85 * wide, PAPER, QUIET)
    _marks(people, places[joined], "s", 0.9 * wide, PALETTE[1], PALETTE[1])
    _numbered(people, crowd.network, crowd.needs, joined)
    counts = joined_by(crowd)
    curves.plot(counts, color=PALETTE[0], linewidth=2, drawstyle="steps-post")
    curves.set_ylim(0, crowd.network.people * 1.03)
    curves.set_xlim(0, len(counts) - 1)
    _named(people, curves, round_, "people who have joined")
    return Picture(page, f"{crowd.said(round_)} {crowd.outlook()}")


def joined_by(crowd: Thresholds) -> np.ndarray:
    """Return how many have joined by each round, held level until an axis has a few rounds."""
    counts = crowd.rounds.sum(axis=1)
    return np.pad(counts, (0, max(0, _FEWEST_ROUNDS + 1 - len(counts))), mode="edge")


def person_size(places: np.ndarray) -> float:
    """Return the radius at which people hardly touch and can still be hit with a finger.

    Where two stand very close, they may overlap: the others would be specks otherwise.
    """
    apart = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    np.fill_diagonal(apart, np.inf)
    wide = float(np.ptp(places, axis=0).max()) or 1.0
    roomy = 0.5 * wide / float(np.sqrt(len(places)))
    return float(min(0.36 * max(float(apart.min()), roomy), 0.09 * wide))


def _page() -> tuple[Figure, Axes, Axes]:
    """Return a page with a place for the people and one for the curves."""
    from matplotlib.figure import Figure

    page = Figure(figsize=_PAGE, facecolor=PAPER)
    people = page.add_axes(_PEOPLE)
    people.axis("off")
    return page, people, dress(page.add_axes(_CURVES))


def _framed(axes: Axes, net: Network) -> tuple[float, float]:
    """Draw who hears whom, in a frame that holds everybody.

    Returns how large a person is: the radius in the network's own measure, and the width in points.
    """
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    places = np.array(net.places)
    size = person_size(places)
    low, high = places.min(axis=0) - 1.6 * size, places.max(axis=0) + 1.6 * size
    inches = np.array([_PAGE[0] * _PEOPLE[2], _PAGE[1] * _PEOPLE[3]])
    scale = float((inches / (high - low)).min())  # inches for one of the network's own measure
    middle, half = (low + high) / 2, inches / scale / 2
    axes.set_xlim(middle[0] - half[0], middle[0] + half[0])
    axes.set_ylim(middle[1] - half[1], middle[1] + half[1])
    if not net.everybody and net.links:
        ends = [place for i, j, _ in net.links for place in (net.places[i], net.places[j])]
        codes = [Path.MOVETO, Path.LINETO] * len(net.links)
        lines = Path(ends, codes)
        axes.add_patch(PathPatch(lines, fill=False, edgecolor=QUIET, alpha=0.6, linewidth=0.9))
    return size, 2 * size * scale * _POINTS


def _marks(
    axes: Axes,
    places: Sequence[tuple[float, float]] | np.ndarray,
    shape: str,
    wide: float,
    inside: str,
    edge: str,
) -> None:
    """Draw one mark for each place, so many points wide."""
    if len(places):
        x, y = np.array(places).T
        axes.scatter(
            x,
            y,
            wide**2,
            marker=shape,
            facecolor=inside,
            edgecolor=edge,
            linewidth=1.1,
            zorder=2,
        )


def _filled(axes: Axes, people: Iterable[tuple[tuple[float, float], float]], size: float) -> None:
    """Fill each circle from below, up to a share of its height."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    outlines = []
    for (x, y), share in people:
        half = np.arccos(np.clip(1 - 2 * share, -1, 1))  # from the lowest point to the surface
        turns = np.linspace(-half, half, 19)
        points = np.column_stack([x + size * np.sin(turns), y - size * np.cos(turns)])
        outlines.append(Path(points, closed=False))
    whole = Path.make_compound_path(*outlines)
    axes.add_patch(PathPatch(whole, facecolor=_FULL, edgecolor="none", zorder=3))


def _numbered(
    axes: Axes, net: Network, numbers: Sequence[int], on_dark: Sequence[bool] | np.ndarray = ()
) -> None:
    """Write a number on each person, as long as there are few."""
    if net.people > _MOST_NAMED:
        return
    for person, (number, (x, y)) in enumerate(zip(numbers, net.places, strict=True)):
        color = PAPER if len(on_dark) and on_dark[person] else INK
        axes.text(x, y, f"{number}", size=7.5, color=color, ha="center", va="center", zorder=5)


def _named(people: Axes, curves: Axes, round_: int, what: str) -> None:
    from matplotlib.ticker import MaxNLocator

    after = f"After {round_} round{'' if round_ == 1 else 's'}"
    people.set_title("At first" if round_ == 0 else after, fontsize=10, color=INK)
    curves.set_xlabel("round", color=INK)
    curves.set_title(what, fontsize=10, loc="left", color=INK)
    curves.axvline(round_, color=QUIET, linewidth=1, linestyle=(0, (1, 1.5)), zorder=0)
    curves.xaxis.set_major_locator(MaxNLocator(integer=True))
