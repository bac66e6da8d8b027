"""Semi-quantitative relations: links said in words, levels as shares of the way to an extreme."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from cstools.causal_loops.checked import as_place, by_link
from cstools.causal_loops.motion.course import beginning, grouped, picture
from cstools.causal_loops.motion.endings import (
    MEANING,
    SWINGS,
    UNTOLD,
    Ending,
    agreed,
    ending,
    side,
)
from cstools.causal_loops.motion.signed import (
    Pressed,
    SignedMap,
    acted_on,
    checked_steps,
    doubt,
    pressed_words,
    pushes,
    readings,
)
from cstools.causal_loops.parts import Link
from cstools.errors import ModelError, brief, did_you_mean
from cstools.names import key
from cstools.on_demand import numpy as np
from cstools.plotting.tables import html

if TYPE_CHECKING:
    from cstools.plotting.picture import Picture

ASSUMES = (
    "Relations in words take for granted that a variable goes to the average of what its causes "
    "say, one step later, and that nothing goes beyond its extremes; the curves behind the words "
    "are a choice, the same for every link with that word."
)
Words = Mapping[tuple[str, str], str]
_SMALL = 1e-3
_BEND = 4.0
_FIRST_SHOWN = 12


def _more_and_more(level: np.ndarray) -> np.ndarray:
    return np.asarray((_BEND**level - 1) / (_BEND - 1))


RELATIONS: Mapping[str, Callable[[np.ndarray], np.ndarray]] = MappingProxyType(
    {
        "about the same": lambda level: level,
        "a lot": lambda level: np.clip(2 * level, -1, 1),
        "a little": lambda level: level / 2,
        "more and more": _more_and_more,
        "less and less": lambda level: -_more_and_more(-level),
    }
)
_LEVELS = (
    (0.75, "far"),
    (0.4, "clearly"),
    (0.1, "a little"),
    (_SMALL, "a very little"),
)


@dataclass(frozen=True, repr=False, eq=False)
class Relations:
    """The levels of a map whose links are said in words, while something is held up or down.

    Attributes
    ----------
    variables : tuple of str
        The names of the columns.
    pressed : str
        What is held, in words.
    time : array (steps,)
        0, 1, 2 …; at 0 everything is as usual, from 1 on what is pressed is held.
    values : array (steps, variables)
        From −1, the lowest that one can think of, over 0, as usual, to 1, the highest; the
        unknown signs are read as +.
    sides : tuple of str
        Where each variable ends: ``"↑"``, ``"↓"``, ``"="``, ``"↕"`` or ``"?"``.
    ending : Ending
        Fixed point, limit cycle or neither.
    said : mapping
        For each link ``(cause, effect)``, the words that were taken for it.

    Notes
    -----
    In the manner of classroom tools such as SageModeler; the curves are this package's own. It
    misleads where it looks exact: "a little" is half in every link, and an average of causes lets
    one link of five do no more than a fifth.
    """

    variables: tuple[str, ...]
    pressed: str
    time: np.ndarray
    values: np.ndarray
    sides: tuple[str, ...]
    ending: Ending
    said: Mapping[tuple[str, str], str]
    doubt: str

    def words(self, step: int = -1) -> dict[str, str]:
        """Return the level of each variable at a step in words: ``a little above the usual``."""
        levels = self.values[as_place(step, len(self.values), "step")]
        return {
            name: level_words(float(value))
            for name, value in zip(self.variables, levels, strict=True)
        }

    def describe(self) -> str:
        """Return where the levels end, in words, and what was taken for granted."""
        parts = [
            f"Relations in words, {self.pressed}, held so.",
            beginning(self.doubt, self.ending.told()),
            self._end(),
            self.doubt,
            ASSUMES,
        ]
        return " ".join(filter(None, parts))

    def plot(self) -> Picture:
        """Return the picture of the levels over the steps, up to shortly after they settle."""
        last = self.ending.since + max(2 * self.ending.period, 3)
        title = f"Relations in words: {self.pressed}, held so (0 is as usual)"
        values = self.values[: max(_FIRST_SHOWN, last + 1)]
        return picture(self.variables, values, title, self.describe())

    def _end(self) -> str:
        if UNTOLD in self.sides or SWINGS in self.sides or self.ending.period != 1:
            return f"Compared with the usual: {grouped(self.variables, self.sides, MEANING)}."
        groups: dict[str, list[str]] = {}
        for name, said in self.words().items():
            groups.setdefault(said, []).append(name)
        told = [f"{', '.join(names)}: {said}" for said, names in groups.items()]
        return f"At the end, {'; '.join(told)}."

    def __repr__(self) -> str:
        return self.describe()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        rows = [(f"{cause} → {effect}", said) for (cause, effect), said in self.said.items()]
        shown = self.plot()._repr_mimebundle_()
        table = html("The words taken for each link", ("Link", "When the cause rises"), rows)
        return {**shown, "text/html": shown["text/html"] + table}


def level_words(level: float) -> str:
    """Return a level in words: ``as usual``, ``clearly above the usual``."""
    for least, word in _LEVELS:
        if abs(level) >= least:
            return f"{word} {'above' if level > 0 else 'below'} the usual"
    return "as usual"


def relations(
    map_: SignedMap,
    links: Iterable[Link],
    pressed: Pressed,
    words: Words | None = None,
    steps: int = 200,
) -> Relations:
    """Return the levels of a map whose links are said in words.

    A link's words are looked for in ``words``, by ``(cause, effect)``, then at the beginning of
    the reason that stands beside it on the map (``a -> b: +  # a lot; we counted``); where there
    are none it is "about the same".

    ==================  =============================================================
    about the same      the effect goes as far as the cause
    a lot               twice as far, until its extreme
    a little            half as far
    more and more       little at first, then ever more steeply as the cause rises
    less and less       steeply at first, then ever less
    ==================  =============================================================

    A level is −1 … 1, 0 as usual; a variable goes, one step later, to the average of what its
    causes say. What is pressed is held: 1 at its highest, −1 at its lowest.

    Raises
    ------
    ModelError, UnknownNameError
        When words are none of these or belong to no link, nothing is pressed, or a name is not
        on the map.
    """
    push = pushes(map_, pressed)
    said = _said(map_, links, words)
    history = _run(readings(map_), said, push, checked_steps(steps))
    endings = [ending(own, _SMALL / 100) for own in history]
    usual = np.zeros(len(push))
    sides = [
        side(own[-last.period :], usual, _SMALL) if last.period else (UNTOLD,) * len(push)
        for own, last in zip(history, endings, strict=True)
    ]
    names = map_.variables
    told = MappingProxyType({(names[j], names[i]): word for (i, j), word in said.items()})
    return Relations(
        names, pressed_words(map_, push), np.arange(history.shape[1]), history[0],
        agreed(sides), endings[0], told, doubt(map_),
    )  # fmt: skip


def _said(
    map_: SignedMap, links: Iterable[Link], words: Words | None
) -> dict[tuple[int, int], str]:
    """Return the words of every link, by its row and column."""
    said: dict[tuple[int, int], str] = {}
    for link in links:
        pair = map_.place(link.effect), map_.place(link.cause)
        if said.get(pair, "about the same") == "about the same":
            said[pair] = _in_reason(link.reason)
    for cause, effect, word in by_link(words, "words"):
        pair = map_.place(effect), map_.place(cause)
        link_said = f"'{map_.variables[pair[1]]}' → '{map_.variables[pair[0]]}'"
        if pair not in said:
            raise ModelError(f"there is no link {link_said} to say in words")
        said[pair] = _known_word(str(word), link_said)
    return said


def _in_reason(reason: str) -> str:
    begin = key(reason)
    return next((word for word in RELATIONS if _begins(begin, key(word))), "about the same")


def _begins(text: str, word: str) -> bool:
    return text.startswith(word) and not text[len(word) :].lstrip("_")[:1].isalnum()


def _known_word(word: str, where: str) -> str:
    for known in RELATIONS:
        if key(known) == key(word):
            return known
    raise ModelError(
        f"{where}: '{brief(word)}' is not one of the words for a link, which are "
        f"{', '.join(repr(known) for known in RELATIONS)}{did_you_mean(word, RELATIONS)}"
    )


def _run(
    matrices: np.ndarray, said: Mapping[tuple[int, int], str], push: np.ndarray, steps: int
) -> np.ndarray:
    """Return the levels of every reading, ``(readings, steps, variables)``."""
    causes = np.maximum(np.abs(matrices[0]).sum(axis=1), 1)
    by_word = {word: np.zeros(matrices.shape[1:]) for word in RELATIONS}
    for pair, word in said.items():
        by_word[word][pair] = 1
    used = {word: mask * matrices for word, mask in by_word.items() if mask.any()}
    held, at = push != 0, np.clip(push, -1, 1)
    levels = [np.zeros((len(matrices), len(push)))]
    for _ in range(steps):
        heard = np.zeros_like(levels[0])
        for word, signs in used.items():
            heard += acted_on(signs, RELATIONS[word](levels[-1]))
        levels.append(np.where(held, at, heard / causes))
    return np.stack(levels, axis=1)
