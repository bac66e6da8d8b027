"""The commitments heat map: who stands how, as words on shades that follow the page's colours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

from cstools.cohorts.basics.drawing import INK, LINE, PAPER, QUIET, Picture, shortened, svg, text
from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.following.standing import Standing, State

# From the palette of Okabe and Ito; a lightness of its own for each, and a word beside it. What is
# open has dashes round it, since its yellow is near the orange of what is owed on a dark page.
_SHADES: dict[State, tuple[str, float]] = {
    "kept": ("#0072B2", 0.16),
    "coming": ("#888888", 0.08),
    "open": ("#F0E442", 0.2),
    "owed": ("#E69F00", 0.55),
    "missed": ("#D55E00", 0.65),
}
_ORDER: tuple[State, ...] = ("owed", "missed", "open", "coming", "kept")
_LEFT, _CELL, _ROW, _TOP = 118, 118, 26, 84
_WIDEST = 17  # characters of a cell


def heat_map(title: str, standings: Sequence[Standing]) -> Picture:
    """Return a grid of people and teams against commitments.

    Each cell says how it stands; its shade is darker the more there is to do. The sentence counts
    the cells and names what is owed and missed most.
    """
    if not standings:
        return Picture(f"{title}: nothing is promised, or nobody has a seat.", "")
    units = [unit for unit in ("person", "team") if any(_unit(s) == unit for s in standings)]
    body, y, widest = [text(0, 18, title, 15), *_legend(40)], _TOP, 0
    for unit in units:
        part = [each for each in standings if _unit(each) == unit]
        columns = list(dict.fromkeys(each.commitment.label for each in part))
        body += _heads(columns, y - 8)
        for who in dict.fromkeys(each.who for each in part):
            body += _row(who, [each for each in part if each.who == who], columns, y)
            y += _ROW
        y += 44
        widest = max(widest, len(columns))
    width, height = max(_LEFT + _CELL * widest + 4, 560), y - 30
    told = told_in_words(title, standings)
    return Picture(told, svg(width, height, told, body, width * 4 // 5), _same(title, standings))


def _same(title: str, standings: Sequence[Standing]) -> Table:
    """Return the cells one by one, each with its whole sentence."""
    rows = [(s.who, s.commitment.label, s.state, s.told) for s in standings]
    return table(title, ("who", "commitment", "state", "how it stands"), rows)


def told_in_words(title: str, standings: Sequence[Standing]) -> str:
    """Say how many cells stand how, and where most is owed or missed."""
    counts = Counter(each.state for each in standings)
    parts = [f"{counts[state]} {state}" for state in _ORDER if counts[state]]
    told = f"{title}: of {len(standings)} commitments, {', '.join(parts)}."
    for state in ("owed", "missed"):
        labels = Counter(each.commitment.label for each in standings if each.state == state)
        if labels:
            most = min(labels, key=lambda label: (-labels[label], label))
            told += f" Most is {state} in {most}: {labels[most]}."
    return told


def _unit(each: Standing) -> str:
    return each.commitment.unit


def _legend(y: float) -> list[str]:
    parts, x = [], 0.0
    for state in _ORDER:
        parts.append(_box(x, y - 10, 14, 14, state))
        parts.append(text(x + 20, y + 1, state, 11, fill=QUIET))
        x += 34 + 6.4 * len(state)
    return parts


def _heads(columns: Sequence[str], y: float) -> list[str]:
    return [
        text(_LEFT + _CELL * (k + 0.5), y, shortened(name, _WIDEST), 11, "middle", QUIET)
        for k, name in enumerate(columns)
    ]


def _row(who: str, standings: Sequence[Standing], columns: Sequence[str], y: float) -> list[str]:
    parts = [text(0, y + 17, shortened(who, _WIDEST), 12)]
    for each in standings:
        x = _LEFT + _CELL * columns.index(each.commitment.label)
        told = f"{who}, {each.commitment.label}: {each.state}; {each.told}"
        words = each.short if each.state in ("kept", "coming") else _marked(each)
        parts.append(f"<g><title>{escape(told)}</title>{_box(x, y, _CELL, _ROW, each.state)}")
        parts.append(f"{text(x + _CELL / 2, y + 17, shortened(words, _WIDEST), 11, 'middle')}</g>")
    return parts


def _marked(each: Standing) -> str:
    """Return a cell's words with its state, where both fit."""
    both = f"{each.short}, {each.state}"
    return both if len(both) <= _WIDEST else each.state


def _box(x: float, y: float, width: float, height: float, state: State) -> str:
    fill, strength = _SHADES[state]
    place = f"x='{x + 1:.1f}' y='{y + 1:.1f}' width='{width - 2:.1f}' height='{height - 2:.1f}'"
    frame = f"<rect {place} rx='3' fill='{PAPER}' stroke='{LINE}'/>"
    dashes = f" stroke='{INK}' stroke-dasharray='3 3'" if state == "open" else ""
    return f"{frame}<rect {place} rx='3' fill='{fill}' fill-opacity='{strength}'{dashes}/>"
