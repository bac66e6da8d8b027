"""Thresholds: people who join when enough others have, and crowds that tip or do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cstools.errors import ModelError, shown
from cstools.facets.others.listening import person_at
from cstools.facets.others.networks import Network, network
from cstools.floors import upstairs
from cstools.on_demand import numpy as np

if TYPE_CHECKING:
    from cstools.plotting.picture import Picture

_NEEDS = 30  # per cent, in a network where nobody says what it takes


@dataclass(frozen=True, eq=False)
class Thresholds:
    """People who join when enough others have; see :func:`thresholds`.

    Attributes
    ----------
    network : Network
        Who sees whom, and where each stands in a picture.
    needs : tuple of int
        What each person waits for: how many others have joined where everybody sees everybody,
        otherwise how many in a hundred of those whom they see.
    """

    network: Network
    needs: tuple[int, ...]
    evidence: str = "published, illustrative"
    kind: str = "thresholds"

    @cached_property
    def rounds(self) -> np.ndarray:
        """Who has joined, round by round, ``(rounds + 1, people)``, 0 or 1; row 0 is nobody.

        The last row is the first after which nobody new would join.
        """
        joined = [0] * self.network.people
        rows = [joined]
        while (after := self._after(joined)) != joined:
            rows.append(joined := after)
        return np.array(rows, dtype=np.int8)

    @property
    def joined(self) -> int:
        """How many have joined when nobody new joins any more."""
        return int(self.rounds[-1].sum())

    @property
    def unit(self) -> str:
        """What thresholds are counted in."""
        return "people" if self.network.everybody else "%"

    def with_person(self, person: int, needs: int) -> Thresholds:
        """Return the same people, one of them with another threshold; counted from 1."""
        place = person_at(person, self.network.people)
        return self.needing([*self.needs[:place], needs, *self.needs[place + 1 :]])

    def needing(self, needs: Sequence[int]) -> Thresholds:
        """Return the same people with other thresholds, one for each."""
        return replace(self, needs=_checked(needs, self.network))

    def said(self, round_: int) -> str:
        """Return in a sentence how many have joined after some rounds."""
        people, count = self.network.people, int(self.rounds[round_].sum())
        if round_ == 0:
            return "At first nobody has joined."
        have = f"{count} of {people} {'has' if count == 1 else 'have'} joined"
        return f"After {round_} round{'' if round_ == 1 else 's'} {have}."

    def outlook(self) -> str:
        """Return in a sentence or two where it ends, and what the next person waits for."""
        people, count = self.network.people, self.joined
        if count == people:
            return f"In the end all {people} join."
        if count == 0:
            return f"In the end nobody joins: nobody goes first. {self._waiting()}"
        return f"It stops at {count} of {people}. {self._waiting()}"

    def _waiting(self) -> str:
        """Return what the person who is nearest to joining waits for."""
        joined = [int(one) for one in self.rounds[-1]]
        short = [
            (self._short(person, joined), person) for person, one in enumerate(joined) if not one
        ]
        _, person = min(short)
        if self.network.everybody:
            need = self.needs[person]
            return f"The next one waits until {need} {'has' if need == 1 else 'have'} joined."
        seen = self.network.hears[person]
        share = (100 * sum(joined[other] for other in seen)) // len(seen) if seen else 0
        return (
            f"The next one, person {person + 1}, waits for {self.needs[person]} % of those they "
            f"see, and sees {share} %."
        )

    def describe(self) -> str:
        """Return in a few sentences how many join, and where it stops."""
        first = int(self.rounds[min(1, len(self.rounds) - 1)].sum())
        begins = {0: "Nobody begins", 1: "1 person begins"}.get(first, f"{first} people begin")
        return f"Of {self.network.people} people, {begins[0].lower()}{begins[1:]}. {self.outlook()}"

    def plot(self, round_: int | None = None) -> Picture:
        """Return a picture: the people after some rounds, and how many had joined by when."""
        from cstools.facets.others.crowd_pictures import joined_drawn

        return joined_drawn(self, len(self.rounds) - 1 if round_ is None else round_)

    def watch(self, sketch: Any = None) -> Any:
        """Return the crowd as a picture that moves, round by round, and can be changed by hand.

        A sketch, made by :func:`~cstools.widgets.sketch.sketch`, is laid over the curve.
        """
        return upstairs("widgets.crowd").crowd(self, sketch)

    def __repr__(self) -> str:
        return self.describe()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return self.plot()._repr_mimebundle_()

    def _after(self, joined: Sequence[int]) -> list[int]:
        """Return who has joined one round later; whoever has joined stays."""
        if self.network.everybody:
            count = sum(joined)
            return [int(one or need <= count) for one, need in zip(joined, self.needs, strict=True)]
        return [int(one or self._short(person, joined) <= 0) for person, one in enumerate(joined)]

    def _short(self, person: int, joined: Sequence[int]) -> int:
        """Return how much is missing until a person joins, in whole numbers; 0 or less is enough.

        Where everybody sees everybody, in people; otherwise in hundredths of a person.
        """
        if self.network.everybody:
            return self.needs[person] - sum(joined)
        seen = self.network.hears[person]
        return self.needs[person] * max(1, len(seen)) - 100 * sum(joined[other] for other in seen)


def thresholds(
    who: Any = "everybody",
    people: int | None = None,
    needs: int | Sequence[int] | None = None,
    begin: Sequence[int] = (),
) -> Thresholds:
    """Return people who join when enough others have: hands that go up, or stay down.

    Story
    -----
    A hundred people are asked who will help on Saturday. One would do it alone. One would if
    somebody else does, one if two others do, and so on: each has a number. All of them would like
    the work to be done. Will the hands go up?

    Behaviour over time
    -------------------
    With the thresholds 0, 1, 2 … 99 each hand that goes up is the one that the next was waiting
    for: one more in each round, until all hundred are up. Let the one who waited for one other wait
    for two: a single hand goes up, and it stays the only one. The average threshold has changed by
    a hundredth; what happens, by ninety-nine people.

    Where to intervene
    ------------------
    At the first few, not at the many: who goes second? At what people can see of each other: hands
    raised one by one, or all at once, or slips of paper. At the thresholds: what would make it safe
    to be early?

    How it can mislead
    ------------------
    Nobody's threshold is known, and people do not have just one: it depends on the question, the
    day, and on whose hand it is. Here whoever has joined stays, and everybody looks at the same
    moment. The model does not say why a room stays silent. It says that a silent room may want
    what a willing one wants.

    Parameters
    ----------
    who
        ``"everybody"``, where each sees all others; or another network's name, or a networkx graph
        (see :func:`~cstools.facets.others.networks.network`).
    people
        How many there are, where the network is given by its name; 100 of everybody.
    needs
        The thresholds, one for each person, or one for all. Where everybody sees everybody, how
        many others must have joined, if not said 0, 1, 2 and so on. Elsewhere it is how many in a
        hundred of those whom one sees, if not said 30.
    begin
        Persons, counted from 1, who begin by themselves: their threshold is 0.

    Raises
    ------
    ModelError
        When a threshold is no whole number, or out of reach.
    UnknownNameError
        When no network is called so.

    References
    ----------
    The model and the crowd of a hundred: [Granovetter1978]_, who thought of a riot. The share of
    those one sees, in a network: [Watts2002]_. The numbers are theirs or made up; they were
    measured on nobody. Only the karate club was observed [Zachary1977]_.
    """
    net = network(who, people)
    if needs is None:
        needs = list(range(net.people)) if net.everybody else _NEEDS
    wanted = _for_each(needs, net.people)
    for person in begin:
        wanted[person_at(person, net.people)] = 0
    return Thresholds(net, _checked(wanted, net))


def _checked(needs: Sequence[Any], net: Network) -> tuple[int, ...]:
    """Return thresholds, each a whole number that can be reached, or never quite."""
    if len(needs) != net.people:
        raise ModelError(f"there are {net.people} people and {len(needs)} thresholds")
    most, what = (
        (net.people, "people") if net.everybody else (100, "in a hundred of those they see")
    )
    for person, need in enumerate(needs, 1):
        if isinstance(need, bool) or not isinstance(need, int) or not 0 <= need <= most:
            raise ModelError(
                f"person {person}: a threshold is a whole number from 0 to {most} ({what}), "
                f"not {shown(need)}"
            )
    return tuple(needs)


def _for_each(needs: Any, people: int) -> list[Any]:
    """Return a threshold for each person, as given or the same for all."""
    if isinstance(needs, int):
        return [needs] * people
    if isinstance(needs, Sequence) and not isinstance(needs, str):
        return list(needs)
    asked = "needs is a whole number, or a list of them, one for each person"
    raise ModelError(f"{asked}, not {shown(needs)}")
