"""The story of one loop, told link by link: a device for telling, which reckons nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from cstools.causal_loops.checked import as_switch
from cstools.causal_loops.motion.signed import quantity
from cstools.causal_loops.parts import Link, Loop
from cstools.errors import unknown_name
from cstools.names import key

_BEAT, _DELAY = 1, 2
_MORALS = {
    "R": "It comes back as more of the same, so the loop carries on whatever it is given.",
    "B": "It comes back the other way round, so the loop works against the change.",
    "?": "A link on the way has no sign yet, so the story cannot say how it comes back.",
}
_LATE = " It takes a while, so by then one may have pushed too far."
ASSUMES = "A story follows one loop and leaves out everything else on the map."


@dataclass(frozen=True)
class Beat:
    """One moment of the story.

    Attributes
    ----------
    variable : str
        What changes.
    direction : int
        1 more, −1 less, 0 where the sign of a link on the way is not known.
    arrives : int
        In which beat the signal is here: a link takes one beat, a delayed link three.
    link : Link or None
        By which link it came; ``None`` at the beginning.
    """

    variable: str
    direction: int
    arrives: int
    link: Link | None = None

    def __str__(self) -> str:
        """Say it: ``less sleep, after a while``."""
        later = ", after a while" if self.link is not None and self.link.delayed else ""
        more = self.direction > 0 if self.direction else None
        return f"{quantity(self.variable, more)}{later}"


@dataclass(frozen=True, repr=False)
class Story:
    """A signal on its way round one loop, back to where it began.

    The last of the ``beats`` is the first variable again. How it can mislead: it is told as if
    the signal were a thing that moves; in the world all links work at once, other loops join in,
    and nothing says how strong any of it is.
    """

    loop: Loop
    beats: tuple[Beat, ...]

    @property
    def moral(self) -> str:
        """What coming back means for the loop."""
        delayed = any(link.delayed for link in self.loop.links)
        return _MORALS[self.loop.polarity] + _LATE * (delayed and self.loop.polarity == "B")

    @property
    def title(self) -> str:
        """Name and kind of the loop, as the map says them."""
        return str(self.loop).partition(":")[0]

    def describe(self) -> str:
        """Return the story in a line, and what it means."""
        return f"{self.title}: {' → '.join(self._steps())}. {self.moral} {ASSUMES}"

    def _steps(self) -> list[str]:
        told = [str(beat) for beat in self.beats]
        if self.beats[-1].direction == self.beats[0].direction != 0:
            start = self.beats[0]
            told[-1] = told[-1].replace(
                quantity(start.variable, start.direction > 0),
                f"even {quantity(start.variable, start.direction > 0)}",
                1,
            )
        return told

    def __repr__(self) -> str:
        return self.describe()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        marks = {1: "↑", -1: "↓", 0: "?"}
        items = [
            f"<li><b>{marks[beat.direction]}</b> {escape(told)}{_because(beat.link)}</li>"
            for beat, told in zip(self.beats, self._steps(), strict=True)
        ]
        html = (
            f"<p><b>{escape(self.title)}</b></p><ol>{''.join(items)}</ol>"
            f"<p>{escape(self.moral)} {escape(ASSUMES)}</p>"
        )
        return {"text/plain": repr(self), "text/html": html}


def story(loop: Loop, begin: str = "", up: bool = True) -> Story:
    """Return the story of a loop, from one of its variables round to the same one.

    ``begin`` is where it begins, the loop's first variable where nothing is said; ``up`` whether
    it begins with more of it, or with less.

    Raises
    ------
    UnknownNameError
        When nothing in the loop is called so.
    """
    start = _place(loop.variables, begin, loop.name)
    links = loop.links[start:] + loop.links[:start]
    beats = [Beat(loop.variables[start], 1 if as_switch(up, "up") else -1, 0)]
    for link in links:
        before = beats[-1]
        sign = {"+": 1, "-": -1}.get(link.polarity, 0)
        arrives = before.arrives + _BEAT + _DELAY * link.delayed
        beats.append(Beat(link.effect, before.direction * sign, arrives, link))
    return Story(loop, tuple(beats))


def _place(variables: Sequence[str], begin: str, loop: str) -> int:
    keys = [key(name) for name in variables]
    if isinstance(begin, str) and not begin:
        return 0
    if key(begin) not in keys:
        raise unknown_name(begin, variables, f"loop {loop}")
    return keys.index(key(begin))


def _because(link: Link | None) -> str:
    return f" <small>({escape(link.reason)})</small>" if link is not None and link.reason else ""
