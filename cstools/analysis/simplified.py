"""The map of only what matters: strong loops, without the variables that they only pass through.

After [SchoenbergEberlein2020]_:

1. A loop is kept if its mean share is at least a threshold.
2. A variable is kept if it is a stock, or a flow of one, in a loop that is kept; or if the share of
   some link into it varies over the run by at least a second threshold. A variable that no such
   link leads to passes on what it gets, or stands still.
3. Each kept loop is told by its kept variables. Loops that are told alike are one, and its share is
   the sum of theirs, with their signs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cstools.analysis.loop_dominance import mean_shares, polarity
from cstools.analysis.scored import ScoredLinks
from cstools.analysis.tables import listed, percent
from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.causal_loops.parts import Link, Loop
from cstools.causal_loops.picture import pins_at
from cstools.errors import ModelError
from cstools.names import key
from cstools.on_demand import numpy as np
from cstools.plotting.drawing import too_large
from cstools.plotting.drawing_parts import LoopMark, SignedEdge
from cstools.plotting.lit_diagram import Light, LitDiagram, lit_diagram

Way = tuple[str, ...]
_MOST_MARKS = 12


@dataclass(frozen=True)
class SimplifiedLoop:
    """A loop of the simplified map.

    Attributes
    ----------
    name, polarity : str
        The name is that of the strongest loop that it stands for, with a plus if there are others.
    variables : tuple of str
        Those that are kept, in order.
    stands_for : tuple of str
        The names of the run's loops that are told by it, the strongest first.
    share : float
        The mean share of these together, from 0 to 1; where they pull against each other they
        count against each other.
    """

    name: str
    polarity: str
    variables: Way
    stands_for: tuple[str, ...]
    share: float

    def __str__(self) -> str:
        """Tell the loop in one line, back to where it began."""
        way = " → ".join((*self.variables, self.variables[0]))
        return f"{self.name} ({percent(self.share)}, stands for {listed(self.stands_for)}): {way}"


@dataclass(frozen=True, repr=False, eq=False)
class Simplified:
    """A map of the loops that matter most in a run.

    Attributes
    ----------
    loops : tuple of SimplifiedLoop
        The strongest first.
    links : tuple of Link
        From each kept variable of a loop to the next; the sign is ``"?"`` where ways of both signs
        are told by one link: a lower threshold for links tells them apart.
    explained : float
        How much of what the run's loops did the map still tells, from 0 to 1.
    """

    title: str
    loops: tuple[SimplifiedLoop, ...]
    links: tuple[Link, ...]
    explained: float
    of: int

    @property
    def diagram(self) -> CausalLoopDiagram:
        """The map as a causal loop diagram to go on with.

        It can close loops that are not among ``loops``: ways that share a variable here need not
        have shared one in the model.
        """
        made = CausalLoopDiagram(name=self.title)
        for link in self.links:
            made.link(link.cause, link.effect, link.polarity, link.delayed)
        return made

    def describe(self) -> str:
        """Return in words what is shown, and how much of the run it tells."""
        if not self.loops:
            return (
                f"No loop of '{self.title}' reaches this threshold; lower it: "
                "simplified(loops=0.01)"
            )
        many = len(self.loops)
        variables = {name for loop in self.loops for name in loop.variables}
        meant = sum(len(loop.stands_for) for loop in self.loops)
        one = "s" if many == 1 else ""
        return (
            f"{many} loop{'s' * (many > 1)} of {len(variables)} variables stand{one} for {meant} "
            f"of the {self.of} loops of '{self.title}', and tell{one} {percent(self.explained)} "
            "of what they did."
        )

    def picture(self, positions: Mapping[str, tuple[float, float]] | None = None) -> LitDiagram:
        """Return the map drawn; each link is as strong as the strongest loop through it.

        ``positions`` are places by name, such as ``map_.positions`` of the whole map; variables
        without one are arranged around the others.
        """
        strength: dict[tuple[str, str], float] = {}
        for loop in self.loops:
            for ends in _around(tuple(map(key, loop.variables))):
                strength[ends] = max(strength.get(ends, 0.0), loop.share)
        marked = self.loops[:_MOST_MARKS]
        labels = {key(name): name for link in self.links for name in (link.cause, link.effect)}
        pins = {name: at for name, at in pins_at(positions or {}).items() if name in labels}
        return lit_diagram(
            labels,
            [SignedEdge(key(a.cause), key(a.effect), a.polarity, a.delayed) for a in self.links],
            [
                LoopMark(a.name, a.polarity.replace("U", "?"), tuple(map(key, a.variables)))
                for a in marked
            ],
            [Light("", strength, {loop.name: percent(loop.share) for loop in marked})],
            self.describe(),
            pins,
        )

    def __repr__(self) -> str:
        return "\n".join([self.describe(), *map(str, self.loops)])

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        variables = {name for loop in self.loops for name in loop.variables}
        if not self.loops or too_large(len(variables), len(self.links)):
            return {"text/plain": repr(self)}
        return {**self.picture()._repr_mimebundle_(), "text/plain": repr(self)}


def simplified(
    title: str,
    loops: Sequence[Loop],
    shares: np.ndarray,
    links: ScoredLinks,
    stocks: Sequence[str],
    least_loop: float,
    least_link: float,
    flows: bool,
) -> Simplified:
    """Return the map of the loops that matter; see :meth:`.loop_scores.LoopScores.simplified`.

    Parameters
    ----------
    shares : array (times, loops)
    stocks
        The names of what carries something on; every loop holds one.
    """
    for word, value in (("loops", least_loop), ("links", least_link)):
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not value >= 0:
            raise ModelError(f"simplified({word}=…) takes a share from 0 to 1, such as 0.05")
    mean = mean_shares(shares)
    strong = [n for n in range(len(loops)) if mean[n] >= least_loop and mean[n] > 0]
    kept = _kept([loops[n] for n in strong], links, stocks, least_link, flows)
    ways: dict[Way, list[int]] = {}
    for n in strong:
        ways.setdefault(_in_standing_order(loops[n].variables, kept), []).append(n)
    told = [_told(way, own, loops, shares, mean) for way, own in ways.items()]
    told.sort(key=lambda loop: -loop.share)
    total = np.abs(shares).sum()
    together = sum(np.abs(shares[:, own].sum(axis=1)).sum() for own in ways.values())
    explained = float(together / total) if total > 0 else 0.0
    drawn = _links(ways, kept, loops, mean)
    return Simplified(title, tuple(told), drawn, explained, len(loops))


def _kept(
    loops: Sequence[Loop],
    links: ScoredLinks,
    stocks: Sequence[str],
    least_link: float,
    flows: bool,
) -> frozenset[str]:
    """Return the variables that are shown."""
    through = {name for loop in loops for name in loop.variables}
    own = through & {*stocks}
    kept = set(own)
    variance = _variation(links)
    for number, link in enumerate(links.links):
        if link.effect in through and variance[number] >= least_link:
            kept.add(link.effect)
        if flows and link.effect in own and link.cause in through:
            kept.add(link.cause)
    return frozenset(kept)


def _variation(links: ScoredLinks) -> np.ndarray:
    """Return by how much the share of each link varies while its effect moves, ``(links,)``."""
    size = np.abs(links.relative[1:])
    if not len(size):
        return np.zeros(len(links))
    effects = [link.effect for link in links.links]
    moving = {
        effect: size[:, [n for n, other in enumerate(effects) if other == effect]].any(axis=1)
        for effect in set(effects)
    }
    rows = np.stack([moving[effect] for effect in effects], axis=1)
    least = np.where(rows, size, 1.0).min(axis=0)
    return np.asarray(np.maximum(size.max(axis=0) - least, 0.0))


def _in_standing_order(variables: Sequence[str], kept: frozenset[str]) -> Way:
    """Return the kept variables of a loop, from the first by name on."""
    way = [name for name in variables if name in kept]
    first = way.index(min(way, key=key))
    return (*way[first:], *way[:first])


def _told(
    way: Way, own: Sequence[int], loops: Sequence[Loop], shares: np.ndarray, mean: np.ndarray
) -> SimplifiedLoop:
    own = sorted(own, key=lambda n: -mean[n])
    together = shares[:, own].sum(axis=1)
    kind = {"+": "R", "-": "B"}.get(polarity(together), "U")
    share = float(mean_shares(together[:, np.newaxis])[0])
    name = f"{loops[own[0]].name}{'+' * (len(own) > 1)}"
    return SimplifiedLoop(name, kind, way, tuple(loops[n].name for n in own), share)


def _links(
    ways: Mapping[Way, Sequence[int]],
    kept: frozenset[str],
    loops: Sequence[Loop],
    mean: np.ndarray,
) -> tuple[Link, ...]:
    """Return the links from each kept variable of the loops to the next, each with its sign."""
    weights: dict[tuple[str, str], dict[str, float]] = {}
    late: dict[tuple[str, str], bool] = {}
    for n in (n for own in ways.values() for n in own):
        for ends, sign, delayed in _stretches(loops[n].links, kept):
            signs = weights.setdefault(ends, {})
            signs[sign] = signs.get(sign, 0.0) + float(mean[n])
            late[ends] = late.get(ends, True) and delayed
    return tuple(
        Link(*ends, next(iter(signs)) if len(signs) == 1 else "?", late[ends])
        for ends, signs in weights.items()
    )


def _stretches(
    links: Sequence[Link], kept: frozenset[str]
) -> list[tuple[tuple[str, str], str, bool]]:
    """Return the ways between kept variables on a loop: ends, sign, and whether it is late."""
    first = next(n for n, link in enumerate(links) if link.cause in kept)
    found = []
    cause, signs, delayed = links[first].cause, "", False
    for link in (*links[first:], *links[:first]):
        signs += link.polarity
        delayed |= link.delayed
        if link.effect in kept:
            sign = "?" if "?" in signs else "-" if signs.count("-") % 2 else "+"
            found.append(((cause, link.effect), sign, delayed))
            cause, signs, delayed = link.effect, "", False
    return found


def _around(way: Way) -> list[tuple[str, str]]:
    return list(zip(way, (*way[1:], way[0]), strict=True))
