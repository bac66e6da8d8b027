"""How much is done for a picture: a reader waits a moment, not a minute, however large the map.

Small maps are drawn several times over; the larger a map, the fewer pictures are looked at, and
the very large ones are only spread out on the page. What is given up is beauty: the larger maps
have more lines that cross, and in the very large ones links run through words.
"""

from __future__ import annotations

from dataclasses import dataclass

Rounds = tuple[tuple[float, float], ...]

# How far a word may move, and how much worse a picture may get on the way to a better one.
_ROUNDS: Rounds = (
    *((130, 6.0), (110, 4.5), (95, 3.0), (80, 2.0), (60, 1.0)),
    *((40, 0.5), (30, 0.0)),
)
_LAST_ROUNDS: Rounds = ((24, 0.0), (12, 0.0))


@dataclass(frozen=True)
class Effort:
    """What is done for one map.

    Attributes
    ----------
    tries, most : int
        Layouts that are drawn in any case, and at most: while words cannot be read or things lie
        upon each other.
    repairs : int
        Drawings with a small change that are looked at to get things off each other.
    starts, searches : int
        First guesses, and those of them that are followed, side by side.
    rounds, last : Rounds
        The rounds of moves before and after the bows are chosen; none only spreads words out.
    """

    tries: int = 1
    most: int = 1
    repairs: int = 0
    starts: int = 14
    searches: int = 3
    rounds: Rounds = _ROUNDS
    last: Rounds = _LAST_ROUNDS


# Up to so much work, as :func:`effort_for` reckons it:
_EFFORTS = {
    250: Effort(tries=2, most=4, repairs=24),
    1_500: Effort(most=2, repairs=8),
    8_000: Effort(most=2, repairs=24),
    24_000: Effort(searches=2, rounds=_ROUNDS[::2], repairs=4),
    80_000: Effort(searches=1, starts=6, rounds=((60, 1.0), (30, 0.0)), last=((12, 0.0),)),
}
_LEAST = Effort(searches=1, starts=2, rounds=(), last=())


def effort_for(words: int, links: int) -> Effort:
    """Return what is done for a map, or for a part of one, of this size."""
    # Every word is moved with its links, of which each is compared with the links that are near:
    # in a dense map, with nearly all of them.
    dense = max(1.0, links / (2 * max(words, 1)))
    work = links * (links + words) * dense
    return next((effort for most, effort in _EFFORTS.items() if work <= most), _LEAST)
