"""What variables do when one is pressed for good, and how sure that is, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cstools.causal_loops.motion.endings import HIGHER, LOWER, SAME, UNTOLD
from cstools.causal_loops.motion.signed import quantity
from cstools.plotting.tables import html, listed
from cstools.plotting.words import verb

SURE, LIKELY, CANNOT, NOTHING = "sure", "likely", "cannot be told from the diagram", "no change"
CERTAINTIES = (SURE, LIKELY, NOTHING, CANNOT)


@dataclass(frozen=True)
class Response:
    """What one variable does when another is pressed upwards for good.

    ``sign`` is 1, −1 or 0, ``certainty`` is ``"sure"``, ``"likely"``, ``"cannot be told from the
    diagram"`` or ``"no change"``. Where it cannot be told, the sign is 0.
    """

    who: str
    pressed: str
    sign: int
    certainty: str

    @property
    def mark(self) -> str:
        """How it stands in a table."""
        if self.certainty == NOTHING:
            return SAME
        if self.certainty == CANNOT:
            return UNTOLD
        return f"{HIGHER if self.sign > 0 else LOWER} {self.certainty}"

    def __str__(self) -> str:
        """Say it as a clause: ``sleep falls for sure``."""
        return _clause([self.who], self.sign, self.certainty)


@dataclass(frozen=True, repr=False, eq=False)
class Responses:
    """What every variable does when one is pressed; shown as a sentence and a table."""

    pressed: str
    up: bool
    responses: tuple[Response, ...]

    def __iter__(self) -> Iterator[Response]:
        return iter(self.responses)

    def __repr__(self) -> str:
        groups: dict[tuple[int, str], list[str]] = {}
        for response in self.responses:
            groups.setdefault((-response.sign, response.certainty), []).append(response.who)
        ranked = sorted(groups, key=lambda group: (CERTAINTIES.index(group[1]), group[0]))
        told = [_clause(groups[group], -group[0], group[1]) for group in ranked]
        return f"With {quantity(self.pressed, self.up)}, kept up: {'; '.join(told)}."

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        rows = [(response.who, response.mark) for response in self.responses]
        title = f"With {quantity(self.pressed, self.up)}, kept up"
        return {"text/plain": repr(self), "text/html": html(title, ("Variable", "Answer"), rows)}


def _clause(who: Sequence[str], sign: int, certainty: str) -> str:
    """Return what some variables do: ``sleep and mood fall for sure``."""
    names = listed(who)

    def going(word: str) -> str:
        return verb(who[0], word) if len(who) == 1 else word

    if certainty == NOTHING:
        return f"{names} {going('stay')} as before"
    if certainty == CANNOT:
        return f"of {names} it cannot be told from the diagram"
    moving = going("rise" if sign > 0 else "fall")
    return f"{names} {moving} for sure" if certainty == SURE else f"{names} likely {moving}"
