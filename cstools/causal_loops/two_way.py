"""The two-way test of a link: asked once for more of the cause and once for less.

A sign that was only thought through upwards is often wrong downwards: more births make more
people, and fewer births do not make fewer, only fewer than there would have been
[Sterman2000]_. The test asks both, in words, and says what the two answers mean for the sign.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from cstools.causal_loops.parts import shown
from cstools.errors import ModelError, brief
from cstools.plotting.tables import html
from cstools.plotting.words import verb

Answer = bool | str | None
_ANSWERS = {"yes": True, "y": True, "no": False, "n": False, "": None, "not sure": None}


@dataclass(frozen=True)
class Verdict:
    """What two answers mean for a link.

    ``holds`` is whether the sign stood the test, or ``None`` when it cannot be told yet.
    ``sign`` is the one the answers speak for: ``"+"``, ``"-"`` or ``"?"``.
    """

    holds: bool | None
    sign: str
    text: str

    def __repr__(self) -> str:
        return self.text


@dataclass(frozen=True, repr=False)
class TwoWay:
    """The two sentences that test a link, and the place for the answers.

    ``sign`` is the one that is tested: that of the map, or ``"+"`` where the map leaves it open;
    ``marked`` is what the map says, ``"?"`` where it is open or has both signs.
    """

    cause: str
    effect: str
    marked: str

    @property
    def sign(self) -> str:
        """The sign that the sentences speak for."""
        return "-" if self.marked == "-" else "+"

    @property
    def more(self) -> str:
        """The sentence for more of the cause."""
        return self._sentence("rise", "higher" if self.sign == "+" else "lower")

    @property
    def less(self) -> str:
        """The sentence for less of the cause."""
        return self._sentence("fall", "lower" if self.sign == "+" else "higher")

    def answer(self, more: Answer = None, less: Answer = None) -> Verdict:
        """Return what the answers to the two sentences mean: ``answer("yes", "no")``.

        An answer is ``"yes"`` or ``True``, ``"no"`` or ``False``; ``None`` or ``"not sure"``
        leaves it open.

        Raises
        ------
        ModelError
            When an answer is something else.
        """
        answers = _checked(more), _checked(less)
        if None in answers:
            return Verdict(None, "?", self._open(*answers))
        if answers == (True, True):
            return Verdict(True, self.sign, self._agreed())
        if answers == (False, False):
            return Verdict(False, "?", self._refused())
        return Verdict(False, "?", self._one_way(bool(answers[0])))

    def __repr__(self) -> str:
        return f"{self._heading()}\n1. {self.more}\n2. {self.less}\n{_HOW_TO_ANSWER}"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        rows = [("1. more", self.more), ("2. less", self.less)]
        page = html(self._heading(), ("Ask for", "Yes or no?"), rows, _HOW_TO_ANSWER)
        return {"text/plain": repr(self), "text/html": page}

    def _heading(self) -> str:
        told = "its sign is open, + is tried" if self.marked == "?" else shown(self.marked)
        return f"{self._link} ({told}), all else unchanged:"

    @property
    def _link(self) -> str:
        return f"{self.cause} → {self.effect}"

    def _sentence(self, moves: str, ends: str) -> str:
        become = verb(self.effect, "become")
        it = "it" if become == "becomes" else "they"
        return (
            f"If {self.cause} {verb(self.cause, moves)}, {self.effect} {become} {ends} "
            f"than {it} would have been."
        )

    def _agreed(self) -> str:
        if self.marked == "?":
            return f"Both ways hold: {self._link} is {shown(self.sign)}. Write it on the map."
        return f"The sign holds both ways: {self._link} is {shown(self.sign)}."

    def _refused(self) -> str:
        other = shown("-" if self.sign == "+" else "+")
        return (
            f"Neither way holds, so {shown(self.sign)} is not the sign of {self._link}. Is it "
            f"{other}: ask both ways again. If that fails too, there may be no link, or a step "
            "is missing between the two."
        )

    def _one_way(self, up: bool) -> str:
        held, failed = ("rise", "fall") if up else ("fall", "rise")
        it = "they" if verb(self.cause, "rise") == "rise" else "it"
        return (
            f"It holds when {self.cause} {verb(self.cause, held)} and not when "
            f"{it} {verb(self.cause, failed)}. Did you ask for “than it would have been”, and not "
            "“than before”? If one way still fails, something else acts as well, or the link is "
            "two: name the step between, and leave the sign at ? until then."
        )

    def _open(self, more: bool | None, less: bool | None) -> str:
        asked = [self.more] * (more is None) + [self.less] * (less is None)
        return f"Not decided yet. Whom could you ask: {' '.join(asked)}"


_HOW_TO_ANSWER = 'Answer yes or no to each: .answer("yes", "no").'


def two_way(cause: str, effect: str, signs: Collection[str], where: str) -> TwoWay:
    """Return the test of the link from a cause to an effect that carries these signs.

    Raises
    ------
    ModelError
        When there is no sign, which is to say no link.
    """
    if not signs:
        raise ModelError(
            f"{where}: there is no link '{cause}' → '{effect}' to test; "
            f"draw it first: link('{cause}', '{effect}')"
        )
    return TwoWay(cause, effect, next(iter(signs)) if len(signs) == 1 else "?")


def _checked(answer: Answer) -> bool | None:
    if answer is None or isinstance(answer, bool):
        return answer
    said = answer.strip().lower() if isinstance(answer, str) else None
    if said not in _ANSWERS:
        raise ModelError(f"'{brief(answer)}' is no answer here; answer 'yes', 'no' or 'not sure'")
    return _ANSWERS[said]
