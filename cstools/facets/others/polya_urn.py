"""Pólya's urn: what was drawn once is likelier to be drawn again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cstools.errors import ModelError
from cstools.on_demand import numpy as np

if TYPE_CHECKING:
    from cstools.plotting.picture import Picture

_MOST_CARDS, _MOST_DRAWS = 1000, 2000


def polya_urn(first: int = 1, second: int = 1) -> PolyaUrn:
    """Return a hat with a card for each of two choirs, to which every draw adds another.

    Story
    -----
    After the quarrel about applause the music room is given by lot: two cards in a hat, one for
    each choir. Each week one card is drawn, that choir gets the Saturday, and the card goes back
    with another like it, because whoever has begun something should be able to go on with it.
    Nobody decides, nobody is better.

    Behaviour over time
    -------------------
    The share of the cards moves a great deal in the first weeks and hardly at all later; it finds
    a level and stays there. Which level, nothing in the rule says: from one card each, every
    number of draws for the first choir is as likely as every other, and so is every share in the
    end, nearly all and nearly nothing included.

    Where to intervene
    ------------------
    Early: each card in the hat weighs less, the more there are. With more cards at the start, with
    draws that add none, or with a new hat every year.

    How it can mislead
    ------------------
    Looked at from the end, a hat looks like talent. The same ends come about in other ways, and
    no single history can say which it was. Chance is not fate either: a school can look at the
    sum and divide anew.

    References
    ----------
    The urn: [EggenbergerPolya1923]_. The hat is ours.
    """
    return PolyaUrn(first, second)


@dataclass(frozen=True)
class PolyaUrn:
    """A hat with cards of two kinds; a drawn card goes back with another of its kind.

    Attributes
    ----------
    first, second : int
        How many cards of each kind there are at the beginning.

    Raises
    ------
    ModelError
        When one is no whole number from 1 to 1,000.
    """

    first: int = 1
    second: int = 1

    def __post_init__(self) -> None:
        for cards in (self.first, self.second):
            if not (isinstance(cards, int) and 1 <= cards <= _MOST_CARDS):
                raise ModelError(
                    f"the hat begins with {cards} cards of a kind; give a whole number from 1 to "
                    "1,000"
                )

    def chances(self, draws: int) -> np.ndarray:
        """Return how likely it is, exactly, that the first kind is drawn 0, 1, … ``draws`` times.

        An array (draws + 1,), worked out forwards, draw by draw. With one card of each kind all are
        equally likely.
        """
        chances = np.ones(1)
        for done in range(_checked(draws)):
            cards = self.first + np.arange(done + 1)
            drawn = cards / (self.first + self.second + done)
            chances = np.append(chances * (1 - drawn), 0) + np.append(0, chances * drawn)
        return chances

    def histories(self, many: int, draws: int, seed: int = 0) -> np.ndarray:
        """Return the first kind's share of the cards in many hats: (many, draws + 1)."""
        luck = np.random.default_rng(seed).random((_checked(draws), many))
        cards = np.full((len(luck) + 1, many), float(self.first))
        for done, drawn in enumerate(luck):
            share = cards[done] / (self.first + self.second + done)
            cards[done + 1] = cards[done] + (drawn < share)
        totals = self.first + self.second + np.arange(len(luck) + 1)
        return (cards / totals[:, None]).T

    def plot(
        self, many: int = 1000, draws: int = 200, seed: int = 0, of: str = "the first kind"
    ) -> Picture:
        """Return the picture of many hats: some of their histories, and where all of them ended.

        ``of`` is whose share it is, for the sentence: ``"the morning choir"``.
        """
        from cstools.facets.others.urn_picture import picture

        return picture(self.histories(many, draws, seed), of)


def _checked(draws: int) -> int:
    if not 1 <= draws <= _MOST_DRAWS:
        raise ModelError(f"{draws} draws cannot be worked out; ask for 1 to 2,000")
    return draws
