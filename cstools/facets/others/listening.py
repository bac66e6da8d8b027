"""Listening: opinions that move towards those one hears, round after round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import floor, log
from typing import TYPE_CHECKING, Any

from cstools.errors import ModelError, shown
from cstools.facets.others.networks import Network, network
from cstools.floors import upstairs
from cstools.on_demand import numpy as np

if TYPE_CHECKING:
    from cstools.plotting.picture import Picture

MOST_ROUNDS = 1000
_ROUNDING = 1e-9  # of what the weights of one person add up to
_DUST = 1e-7
_SAME = 1e-9  # shares of an agreement that differ by less than this are the same


@dataclass(frozen=True, eq=False)
class Listening:
    """People with opinions who hear each other; see :func:`listening`.

    Attributes
    ----------
    network : Network
        Who hears whom, and where each stands in a picture.
    weights : numpy.ndarray
        How much each counts for each, ``(people, people)``: a row for who listens, a column for who
        is heard. Each row adds up to 1.
    first : tuple of float
        The opinions at the beginning.
    last_round : int
        How many rounds are worked out.
    between : (float, float)
        The ends of the scale of opinions.
    units : str
        What the opinions are counted in.
    """

    network: Network
    weights: np.ndarray
    first: tuple[float, ...]
    last_round: int
    between: tuple[float, float]
    units: str
    evidence: str = "published, illustrative"
    kind: str = "listening"

    @cached_property
    def rounds(self) -> np.ndarray:
        """The opinions round by round, ``(rounds + 1, people)``; row 0 is the beginning."""
        rows = [np.array(self.first)]
        for _ in range(self.last_round):
            rows.append(self.weights @ rows[-1])
        return np.array(rows)

    @cached_property
    def groups(self) -> list[list[int]]:
        """Groups that hear nobody outside themselves, each as people counted from 0."""
        import networkx as nx

        graph = self._heard()
        parts = [sorted(part) for part in nx.strongly_connected_components(graph)]
        return sorted(p for p in parts if all(j in p for i in p for j in graph[i]))

    @cached_property
    def influence(self) -> np.ndarray | None:
        """How much each first opinion counts in what all will agree on, ``(people,)``; 1 in all.

        ``None`` where they do not come to agree: where two groups hear nobody outside themselves,
        or where opinions only go round.
        """
        import networkx as nx

        [group, *others] = self.groups
        inside = self.weights[np.ix_(group, group)]
        if others or not nx.is_aperiodic(self._heard().subgraph(group)):
            return None
        # The shares that one more round of listening leaves as they are, adding up to 1.
        balance = np.vstack([inside.T - np.eye(len(group)), np.ones(len(group))])
        shares = np.zeros(self.network.people)
        shares[group] = np.linalg.lstsq(balance, np.eye(len(group) + 1)[-1], rcond=None)[0]
        return shares

    @property
    def agreement(self) -> float | None:
        """What all would come to if they went on for ever; ``None`` where they do not agree."""
        return None if self.influence is None else float(self.influence @ np.array(self.first))

    @cached_property
    def left_after_a_round(self) -> float:
        """What share of the most stubborn difference a round leaves: the second eigenvalue."""
        sizes = np.sort(np.abs(np.linalg.eigvals(self.weights)))
        return float(sizes[-2])

    def with_person(self, person: int, first: float) -> Listening:
        """Return the same people, one of them with another first opinion; counted from 1."""
        opinions = list(self.first)
        opinions[person_at(person, len(opinions))] = first
        return self.starting(opinions)

    def starting(self, first: Sequence[float]) -> Listening:
        """Return the same people with other first opinions, one for each."""
        return replace(self, first=_opinions(first, self.network.people, self.between))

    def said(self, round_: int) -> str:
        """Return in a sentence how far apart the opinions are after some rounds."""
        low, high = (float(end(self.rounds[round_])) for end in (np.min, np.max))
        when = "At first" if round_ == 0 else f"After {_rounds(round_)}"
        if told(low) == told(high):
            return f"{when} all opinions are at about {told(low)}{self._unit()}."
        return f"{when} the opinions lie between {told(low)} and {told(high)}{self._unit()}."

    def outlook(self) -> str:
        """Return in a sentence or two where it leads, and who counts how much in it."""
        if self.agreement is None:
            return self.apart()
        return f"If they go on, all come to {told(self.agreement)}{self._unit()}. {self.counting()}"

    def counting(self) -> str:
        """Return in a sentence who counts how much in what they agree on."""
        shares = self.influence
        if shares is None:
            return self.apart()
        most = [i + 1 for i, share in enumerate(shares) if share > shares.max() - _SAME]
        share = f"{told(100 * float(shares.max()))} %"
        if len(most) == len(shares):
            return f"Everybody counts the same in it: {share}."
        if len(most) == 1:
            return f"Person {most[0]} counts most in it, with {share}."
        if len(most) == 2:
            return f"Persons {most[0]} and {most[1]} count most in it, with {share} each."
        return f"{len(most)} people count most in it, with {share} each."

    def apart(self) -> str:
        """Return why they do not agree; an empty text where they do."""
        if self.influence is not None:
            return ""
        if len(self.groups) > 1:
            return f"They need not agree: {len(self.groups)} groups hear nobody but themselves."
        return "They need not settle: nobody holds on to an opinion, so that opinions go round."

    def describe(self) -> str:
        """Return in a few sentences how the opinions move, and where that leads."""
        return f"{self.said(0)} {self.said(self.last_round)} {self.outlook()}"

    def plot(self, round_: int | None = None) -> Picture:
        """Return a picture: the people after some rounds, and their opinions over all of them."""
        from cstools.facets.others.crowd_pictures import opinions_drawn

        return opinions_drawn(self, self.last_round if round_ is None else round_)

    def watch(self) -> Any:
        """Return the people as a picture that moves, round by round, and can be changed by hand."""
        return upstairs("widgets.crowd").crowd(self)

    def __repr__(self) -> str:
        return self.describe()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return self.plot()._repr_mimebundle_()

    def _heard(self) -> Any:
        """Return who hears whom as a graph of networkx, oneself included."""
        import networkx as nx

        return nx.from_numpy_array(self.weights > 0, create_using=nx.DiGraph)

    def _unit(self) -> str:
        return f" {self.units}" if self.units else ""


def listening(
    who: Any = "row",
    people: int | None = None,
    first: Sequence[float] | None = None,
    own: float = 0.5,
    rounds: int = 30,
    between: tuple[float, float] = (0, 10),
    units: str = "",
) -> Listening:
    """Return people who move their opinions towards those they hear, round after round.

    Story
    -----
    Three colleagues talk in breaks. One talks with both others, who seldom meet. In each round
    each takes for a new opinion a mixture of their own and what they heard. Nobody argues better,
    nobody gives an order. What will they agree on, and whose opinion is it?

    Behaviour over time
    -------------------
    The opinions draw together, quickly at first, then ever more slowly. In a row of three who
    hold on to their own opinion by a half, the one in the middle counts for a half of what comes
    out, the others for a quarter each; each round leaves a half of the most stubborn difference.
    Where some hear nobody outside their group, groups agree within and stay apart. Everybody who
    listens half to themselves and half to all they hear, all the same, counts in proportion to
    how many they hear.

    Where to intervene
    ------------------
    At who hears whom: one new link between two groups moves more than ten good arguments within
    one. At how much somebody counts who is heard by all. At the beginning, before anybody has
    heard the first speaker.

    How it can mislead
    ------------------
    To agree is not to be right: the most heard counts most, right or wrong. People also argue,
    look things up, dig in, and move away from some they hear; here nobody does. Weights that never
    change, a whole round at one stroke and opinions on one line are inventions. It says where an
    average goes, not what a meeting will decide.

    Parameters
    ----------
    who
        A network's name, a networkx graph (see :func:`~cstools.facets.others.networks.network`), or
        a table of weights: for each person a row that says how much each counts for them.
    people
        How many people there are, where a network is given by its name.
    first
        The opinions at the beginning; if not said, evenly spread from one end of the scale to the
        other, from the first person to the last.
    own
        How much of each new opinion is one's own old one; the rest is shared evenly among those one
        hears. Somebody who hears nobody stays with their own.
    rounds
        How many rounds to work out, up to 1,000.
    between, units
        The ends of the scale, and what it counts.

    Raises
    ------
    ModelError
        When weights do not add up to 1, or a number is none, or lies outside its range.
    UnknownNameError
        When no network is called so.

    References
    ----------
    The rule, and when it leads to agreement: [DeGroot1974]_. When such crowds are right, and when
    they are wrong: [GolubJackson2010]_. Experiments in which averaging described
    many people, and many not: [ChandrasekharLarreguyXandri2020]_. Opinions, scale and networks are
    illustrative; only the karate club was observed [Zachary1977]_.
    """
    low, high = _scale(between)
    if not isinstance(own, int | float) or not 0 <= own <= 1:
        raise ModelError(f"own is a share from 0 to 1, not {shown(own)}")
    if isinstance(rounds, bool) or not isinstance(rounds, int) or not 1 <= rounds <= MOST_ROUNDS:
        raise ModelError(f"rounds is a whole number from 1 to 1,000, not {shown(rounds)}")
    if isinstance(who, str) or hasattr(who, "adjacency") or not hasattr(who, "__len__"):
        net = network(who, people)
        weights = _evenly(net, float(own))
    else:
        weights = _table(who)
        net = _heard_in(weights)
    begun = _spread(net.people, low, high) if first is None else first
    begun = _opinions(begun, net.people, (low, high))
    return Listening(net, weights, begun, rounds, (low, high), units)


def told(value: float) -> str:
    """Return an opinion or a share with at most two decimals: ``3.13`` for 3.125.

    The page writes the same figures, so the rule is one that both can follow to the digit: a half
    goes up, and so does what the dust of binary fractions left a little below a half.
    """
    rounded = floor(value * 100 + 0.5 + _DUST) / 100
    return f"{rounded:.2f}".rstrip("0").rstrip(".").replace("-", "−")


def person_at(person: object, people: int) -> int:
    """Return the place of a person who is counted from 1."""
    if isinstance(person, bool) or not isinstance(person, int) or not 1 <= person <= people:
        raise ModelError(
            f"people are counted from 1 to {people}; there is no person {shown(person)}"
        )
    return person - 1


def halving(left: float) -> float:
    """Return how many rounds it takes until half of a difference is left."""
    return log(0.5) / log(left)


def _rounds(count: int) -> str:
    return f"{count} round{'' if count == 1 else 's'}"


def _scale(between: Any) -> tuple[float, float]:
    try:
        low, high = (float(end) for end in between)
    except (TypeError, ValueError):
        low = high = 0.0
    if not -1e9 <= low < high <= 1e9:
        raise ModelError(f"between is the two ends of a scale, (0, 10), not {shown(between)}")
    return low, high


def _opinions(
    first: Sequence[float], people: int, between: tuple[float, float]
) -> tuple[float, ...]:
    if len(first) != people:
        raise ModelError(f"there are {people} people and {len(first)} first opinions")
    return tuple(_opinion(value, between, person) for person, value in enumerate(first, 1))


def _opinion(value: Any, between: tuple[float, float], person: int) -> float:
    low, high = between
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        ends = f"{told(low)} to {told(high)}"
        raise ModelError(f"person {person}: an opinion is a number from {ends}, not {shown(value)}")
    return float(value)


def _spread(people: int, low: float, high: float) -> list[float]:
    """Return opinions from one end of the scale to the other, in whole hundredths of it."""
    shares = [round(position / (people - 1), 2) for position in range(people)]
    return [round(low + (high - low) * share, 9) for share in shares]


def _evenly(net: Network, own: float) -> np.ndarray:
    weights = np.zeros((net.people, net.people))
    for listener, heard in enumerate(net.hears):
        weights[listener, listener] = own if heard else 1.0
        for other in heard:
            weights[listener, other] = (1 - own) / len(heard)
    return weights


def _table(rows: Any) -> np.ndarray:
    try:
        weights = np.array(rows, dtype=float)
    except (TypeError, ValueError):
        weights = np.zeros(0)
    if weights.ndim != 2 or weights.shape[0] != weights.shape[1] or len(weights) < 2:
        raise ModelError("weights are a table with as many rows as columns, one for each person")
    for person, row in enumerate(weights, 1):
        if not (row >= 0).all() or abs(row.sum() - 1) > _ROUNDING:
            raise ModelError(
                f"person {person}: weights are 0 or more and add up to 1, not to {row.sum():.3g}"
            )
    return weights


def _heard_in(weights: np.ndarray) -> Network:
    import networkx as nx

    from cstools.facets.others.networks import from_graph

    graph = nx.from_numpy_array(weights > 0, create_using=nx.DiGraph)
    people = len(weights)
    places = tuple((float(i), 0.0) for i in range(people)) if people <= 3 else ()
    return from_graph(graph, "network", places)
