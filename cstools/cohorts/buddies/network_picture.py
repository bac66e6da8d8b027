"""The buddy network on its sites, drawn: sites in two columns, and groups as lines between people.

A pair is a line, a trio a filled triangle; whoever is alone has a hollow dot and the word. What
people decided has a letter on it. For many people the sites alone are drawn, with a line as thick
as there are groups between two of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise
from textwrap import wrap
from typing import TYPE_CHECKING

from cstools.cohorts.basics.drawing import (
    BLUE,
    GREEN,
    INK,
    ORANGE,
    PAPER,
    QUIET,
    Picture,
    shortened,
    svg,
    text,
)
from cstools.cohorts.basics.ways import by_diary
from cstools.cohorts.buddies.network import (
    FROZEN,
    WISHED,
    Network,
    Site,
    Tie,
    by_clock,
    clock_told,
    groups_table,
    links_table,
    network,
    told,
)
from cstools.cohorts.buddies.network_layout import Heights, Places, placed

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

MOST_PEOPLE, MOST_SITES = 120, 60
_MANY = 60  # people, above whom rows stand closer
_TEXT, _MIDDLE, _PAD = 148, 220, 8
_LEFT, _RIGHT = _TEXT, _TEXT + _MIDDLE
_WIDTH = _RIGHT + _TEXT
_TOP, _LINE, _NAME = 40, 14, 17  # the title's height, a line of a site's name, its characters
_MARKS = {FROZEN: "f", WISHED: "w"}
_THICKEST = 10
_WEST = "west at the top, east at the bottom"
# Where the mouse rests, a group stands out of the others.
_HOVER = "<style>.cst-tie:hover path{stroke-width:4.5px}</style>"
Point = tuple[float, float]


def buddies_picture(cohort: Cohort) -> Picture:
    """Return a cohort's buddies as a network of its sites, with the same as a table."""
    found = network(cohort)
    if not found.ties:
        return Picture(f"{found.title}: nobody has a buddy yet {by_diary('pair buddies')}.", "")
    if len(found.home) > MOST_PEOPLE:
        return _of_sites(found)
    return _of_people(found)


def _of_people(found: Network) -> Picture:
    """Return the picture of a class: a dot for each person, under the name of the site."""
    row = 15.0 if len(found.home) > _MANY else 17.0
    names = [_lines(site.name) for site in found.sites]
    places = placed(found, Heights(lambda k: _LINE * len(names[k]) + 3, row, 12), _TOP)
    points = _points(found, places)
    body = [_HOVER, text(0, 18, shortened(found.title, 56), 15)]
    body += [_tie(tie, [points[code] for code in tie.people]) for tie in found.ties]
    for k, site in enumerate(found.sites):
        body += _head(names[k], places.column[k], places.heads[k], _site_told(found, k))
        body += [part for c in site.people for part in _person(c, points[c], found)]
    legend, height = _legend(_kinds(found), places.bottom + 20)
    said = told(found)
    drawn = svg(_WIDTH, int(height), said, [*body, *legend], 380, 700)
    return Picture(said, drawn, groups_table(found))


def _of_sites(whole: Network) -> Picture:
    """Return the picture of many people: a dot for each site, and thicker lines for more groups."""
    many = len(whole.sites) > MOST_SITES
    found = by_clock(whole) if many else whole
    dots = _as_dots(found)
    places = placed(dots, Heights(lambda k: 0.0, 2 * _LINE, 4), _TOP)
    points = _points(dots, places)
    links = {pair: count for pair, count in sorted(found.links().items()) if pair[0] != pair[1]}
    most = max(links.values(), default=1)
    body = [_HOVER, text(0, 18, shortened(found.title, 56), 15)]
    body += [
        _link(found, pair, count, [points[str(k)] for k in pair], most)
        for pair, count in links.items()
    ]
    for k in range(len(found.sites)):
        body += _dot_of_site(found, k, points[str(k)])
    kinds = [("thick", f"the thickest: {most} groups"), ("", _WEST)]
    legend, height = _legend(kinds, places.bottom + 24)
    said = told(whole)
    drawn = svg(_WIDTH, int(height), said, [*body, *legend], 380, 700)
    return Picture(said, drawn, links_table(found, "clock" if many else "site"))


def _as_dots(found: Network) -> Network:
    """Return the network with one person for each site, called by its place, for the layout."""
    sites = tuple(Site(site.name, site.clock, (str(k),)) for k, site in enumerate(found.sites))
    ties = tuple(
        Tie((str(one), str(other)), "")
        for (one, other), count in sorted(found.links().items())
        for _ in range(count if one != other else 0)
    )
    return Network(found.title, sites, ties, (), ())


def _points(found: Network, places: Places) -> dict[str, Point]:
    """Return where each person's dot stands."""
    return {
        code: ((_LEFT, _RIGHT)[places.column[k]], places.people[code])
        for k, site in enumerate(found.sites)
        for code in site.people
    }


def _lines(name: str) -> list[str]:
    """Return a site's name in one or two lines."""
    lines = wrap(name, _NAME) or ["no site"]
    if len(lines) < 3 and all(len(line) <= _NAME for line in lines):
        return lines
    return [lines[0], shortened(f"{' '.join(lines[1:])}", _NAME)]


def _site_told(found: Network, place: int) -> str:
    site = found.sites[place]
    people = len(site.people)
    return (
        f"{site.name}, {people} {'person' if people == 1 else 'people'}, {clock_told(site.clock)}"
    )


def _beside(x: float) -> tuple[float, str]:
    """Return where words beside a dot stand: outside, on the left or on the right."""
    return (x - _PAD - 4, "end") if x == _LEFT else (x + _PAD + 4, "start")


def _head(lines: Sequence[str], column: int, y: float, title: str) -> list[str]:
    x, anchor = _beside((_LEFT, _RIGHT)[column])
    words = "".join(
        text(x, y + _LINE * (k + 1) - 3, line, 11, anchor) for k, line in enumerate(lines)
    )
    return [f"<g font-weight='600'><title>{escape(title)}</title>{words}</g>"]


def _person(code: str, point: Point, found: Network) -> list[str]:
    """Draw somebody's dot and code: hollow for who is alone, crossed for who has left."""
    x, y = point
    place, anchor = _beside(x)
    if code in found.gone:
        cross = f"<path d='M{x - 4} {y - 4}l8 8m0 -8l-8 8' stroke='{ORANGE}' stroke-width='2'/>"
        return [cross, text(place, y + 4, f"{code} left", 11, anchor)]
    if code in found.alone:
        ring = f"fill='{PAPER}' stroke='{ORANGE}' stroke-width='2.2'"
        dot = f"<circle cx='{x}' cy='{y:.1f}' r='5.5' {ring}/>"
        return [dot, text(place, y + 4, f"{code} alone", 11, anchor)]
    dot = f"<circle cx='{x}' cy='{y:.1f}' r='4' fill='{INK}'/>"
    return [dot, text(place, y + 4, code, 11, anchor, QUIET)]


def _dot_of_site(found: Network, place: int, point: Point) -> list[str]:
    x, y = point
    site = found.sites[place]
    alone = len(set(site.people) & set(found.alone))
    where, anchor = _beside(x)
    people = f"{len(site.people)} people" if len(site.people) > 1 else "1 person"
    within = found.links()[place, place]
    here = f"{within} group{'s' * (within > 1)} here"
    told_of = [people, *([f"{alone} alone"] * bool(alone)), *([here] * bool(within))]
    ring = f"fill='{PAPER}' stroke='{ORANGE}' stroke-width='2.2'" if alone else f"fill='{INK}'"
    words = text(where, y - 1, shortened(site.name, _NAME + 1), 11, anchor)
    return [
        f"<circle cx='{x}' cy='{y:.1f}' r='5' {ring}/>",
        f"<g><title>{escape(_site_told(found, place))}</title>{words}</g>",
        text(where, y + 11, ", ".join(told_of), 10, anchor, QUIET),
    ]


def _curve(one: Point, other: Point) -> tuple[Point, Point]:
    """Return the two points that bend a line: into the middle between the columns."""
    (x1, y1), (x2, y2) = one, other
    reach = 0.42 * _MIDDLE if x1 != x2 else min(0.72 * _MIDDLE, 22 + 0.55 * abs(y2 - y1))
    return _inward(x1, y1, reach), _inward(x2, y2, reach)


def _inward(x: float, y: float, reach: float) -> Point:
    return (x + reach if x == _LEFT else x - reach, y)


def _path(points: Sequence[Point], *, closed: bool) -> str:
    """Return the path over these points, bent line by line."""
    x, y = points[0]
    steps = [f"M{x:.1f} {y:.1f}"]
    for one, other in pairwise([*points, points[0]] if closed else points):
        (x1, y1), (x2, y2) = _curve(one, other)
        steps.append(f"C{x1:.1f} {y1:.1f} {x2:.1f} {y2:.1f} {other[0]:.1f} {other[1]:.1f}")
    return "".join(steps) + "Z" * closed


def _halfway(points: Sequence[Point]) -> Point:
    """Return the middle of a line, or the mean of a triangle's middles."""
    ends = [points] if len(points) == 2 else pairwise([*points, points[0]])
    middles = [
        _mean([one, *[bend for bend in _curve(one, other) for _ in range(3)], other])
        for one, other in ends
    ]
    return _mean(middles)


def _mean(points: Sequence[Point]) -> Point:
    return (sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points))


def _tie(tie: Tie, points: Sequence[Point]) -> str:
    """Draw a group: a line or a filled triangle, with a letter where people decided on it."""
    trio = tie.kind == "trio"
    look = (
        f"fill='{GREEN}' fill-opacity='.16' stroke='{GREEN}'"
        if trio
        else f"fill='none' stroke='{BLUE}'"
    )
    dashes = " stroke-dasharray='6 4'" if tie.decided == WISHED else ""
    width = 3 if tie.decided == FROZEN else 1.8
    said = f"{' and '.join(tie.people)}: {tie.kind}, {tie.shared}"
    said += f"; {tie.decided} by people (overruling {tie.number})" if tie.decided else ""
    path = f"<path d='{_path(points, closed=trio)}' {look} stroke-width='{width}'{dashes}/>"
    mark = _mark(_MARKS[tie.decided], *_halfway(points)) if tie.decided else ""
    return f"<g class='cst-tie'><title>{escape(said)}</title>{path}{mark}</g>"


def _mark(letter: str, x: float, y: float) -> str:
    ring = f"<circle cx='{x:.1f}' cy='{y:.1f}' r='8' fill='{PAPER}' stroke='{INK}'/>"
    return ring + text(x, y + 4, letter, 11, "middle")


def _link(
    found: Network, pair: tuple[int, int], count: int, ends: Sequence[Point], most: int
) -> str:
    """Draw how many groups link two sites."""
    one, other = (found.sites[k].name for k in pair)
    said = f"{one} and {other}: {count} group{'s' * (count > 1)}"
    width = max(_THICKEST * count / max(most, _THICKEST / 2), 1.2)
    look = f"fill='none' stroke='{BLUE}' stroke-opacity='.85' stroke-width='{width:.1f}'"
    path = f"<path d='{_path(ends, closed=False)}' {look}/>"
    return f"<g class='cst-tie'><title>{escape(said)}</title>{path}</g>"


def _kinds(found: Network) -> list[tuple[str, str]]:
    """Return what the legend explains: only what is drawn."""
    drawn = {tie.kind for tie in found.ties} | {tie.decided for tie in found.ties}
    drawn |= {"alone"} if found.alone else set()
    drawn |= {"left"} if found.gone else set()
    words = [
        ("pair", "a pair"),
        ("trio", "a trio"),
        (WISHED, "wished by people"),
        (FROZEN, "frozen by people"),
        ("alone", "alone"),
        ("left", "has no seat any more"),
    ]
    return [*((kind, said) for kind, said in words if kind in drawn), ("", _WEST)]


def _legend(kinds: Iterable[tuple[str, str]], y: float) -> tuple[list[str], float]:
    """Draw the legend, in as many lines as it needs; return it and where it ends."""
    parts, x = [], 0.0
    for kind, words in kinds:
        long = (26 if kind else 0) + 5.9 * len(words) + 14
        if x and x + long > _WIDTH:
            x, y = 0.0, y + 18
        parts += [_sample(kind, x, y), text(x + (26 if kind else 0), y, words, 11, fill=QUIET)]
        x += long
    return parts, y + 10


def _sample(kind: str, x: float, y: float) -> str:
    """Draw what the legend explains."""
    line = f"<path d='M{x} {y - 4}h20' fill='none' stroke='{BLUE}'"
    return {
        "": "",
        "pair": f"{line} stroke-width='1.8'/>",
        "trio": f"<path d='M{x + 2} {y}l8 -11l8 11z' fill='{GREEN}' fill-opacity='.16' "
        f"stroke='{GREEN}' stroke-width='1.8'/>",
        WISHED: _mark("w", x + 10, y - 4),
        FROZEN: _mark("f", x + 10, y - 4),
        "alone": f"<circle cx='{x + 10}' cy='{y - 4}' r='5.5' fill='{PAPER}' stroke='{ORANGE}' "
        "stroke-width='2.2'/>",
        "left": f"<path d='M{x + 6} {y - 8}l8 8m0 -8l-8 8' stroke='{ORANGE}' stroke-width='2'/>",
        "thick": f"{line} stroke-opacity='.85' stroke-width='{_THICKEST}'/>",
    }[kind]
