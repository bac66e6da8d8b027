"""Loops and signs: a causal loop diagram written as text, judged by its links.

The loops follow from the links, so a right set of links gives the right loops. Words may be
spelt in any case and with synonyms; links beyond those asked for are welcome as long as they
close no new loop.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.errors import CstoolsError
from cstools.languages import spoken
from cstools.learning.checks import Feedback, Outcome, feedback
from cstools.learning.kinds.kind import Kind, Misconception
from cstools.names import key

Signs = dict[tuple[str, str], str]


@dataclass(frozen=True)
class LoopsAndSigns(Kind):
    """A map to be drawn.

    ``text`` is a right map; ``synonyms`` gives other words for its variables; ``missing_allowed``
    is how many links a close answer may lack or have with the wrong sign.
    """

    text: str
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    missing_allowed: int = 1
    name = "loops"

    @property
    def how(self) -> str:
        """Say how a link is written, and between which variables."""
        names = ", ".join(CausalLoopDiagram(self.text).variables)
        return spoken(
            "Answer with one link a line, 'cause -> effect: +' or 'cause -> effect: -', "
            "between: {names}.",
            names=names,
        )

    @property
    def solution(self) -> str:
        """The map as text."""
        return self.text.strip()

    @property
    def shown_solution(self) -> str:
        """The links, one a line, and how many loops of each kind they close."""
        links = "\n".join(f"    {line.strip()}" for line in self.text.strip().splitlines())
        return f"\n\n{links}\n\n{self._counted(loops_of(self.signs(self.text)))}"

    def judge(self, answer: Any, misconceptions: Iterable[Misconception]) -> Feedback:
        """Compare links first, then loops: wrong signs are named before missing links."""
        try:
            given, asked = self.signs(answer), self.signs(self.text)
        except CstoolsError as error:
            lines = "\n".join(f"    {line}" for line in str(error).splitlines())
            words = spoken("I cannot read this map:")
            return feedback(Outcome.INCORRECT, f"{words}\n\n{lines}")
        for one in misconceptions:
            wrong = [self.signs(text) for text in one.answers]
            if any(link.items() <= given.items() for link in wrong):
                return one.feedback()
        turned = [pair for pair in asked if pair in given and given[pair] != asked[pair]]
        missing = [pair for pair in asked if pair not in given]
        if not turned and not missing:
            return self._loops(given, asked)
        near = len(turned) + len(missing) <= self.missing_allowed
        outcome = Outcome.CLOSE if near else Outcome.INCORRECT
        return feedback(outcome, self._gaps(turned, missing))

    def signs(self, answer: Any) -> Signs:
        """Return the sign of each link by (cause, effect), in the words of the right map."""
        diagram = answer if hasattr(answer, "links") else CausalLoopDiagram(answer)
        return {
            (self._word(link.cause), self._word(link.effect)): link.polarity
            for link in diagram.links
        }

    def _word(self, name: str) -> str:
        for word, others in self.synonyms.items():
            if key(name) in {key(word), *(key(other) for other in others)}:
                return key(word)
        return key(name)

    def _loops(self, given: Signs, asked: Signs) -> Feedback:
        mine, right = loops_of(given), loops_of(asked)
        if mine == right:
            return feedback(Outcome.CORRECT, self._counted(right))
        words = spoken(
            "All the links asked for are there, with their signs; another link of yours closes "
            "one loop more."
        )
        return feedback(Outcome.CLOSE, f"{words} {self._counted(right)}")

    def _gaps(self, turned: list[tuple[str, str]], missing: list[tuple[str, str]]) -> str:
        """Name one link at a time: the rest is for the learner to find."""
        if turned:
            cause, effect = (self._shown(word) for word in turned[0])
            return spoken(
                "Look at the sign of '{cause}' → '{effect}': if there were more {cause}, "
                "would {effect} end higher than otherwise (+), or lower (-)?",
                cause=cause,
                effect=effect,
            )
        effect = self._shown(missing[0][1])
        if len(missing) == 1:
            return spoken("One link is missing. What else acts on '{effect}'?", effect=effect)
        return spoken(
            "{count} links are missing. What else acts on '{effect}'?",
            count=len(missing),
            effect=effect,
        )

    def _shown(self, word: str) -> str:
        return CausalLoopDiagram(self.text)[word].name

    @staticmethod
    def _counted(loops: frozenset[tuple[frozenset[str], str]]) -> str:
        counts = {sign: sum(polarity == sign for _, polarity in loops) for sign in "RB"}
        if counts["B"] == 1:
            return spoken(
                "These links close {reinforcing} reinforcing and {balancing} balancing loop.",
                reinforcing=counts["R"],
                balancing=1,
            )
        return spoken(
            "These links close {reinforcing} reinforcing and {balancing} balancing loops.",
            reinforcing=counts["R"],
            balancing=counts["B"],
        )


def loops_of(signs: Signs) -> frozenset[tuple[frozenset[str], str]]:
    """Return the loops that links close, as the variables in each and its polarity."""
    diagram = CausalLoopDiagram()
    for (cause, effect), sign in signs.items():
        diagram.link(cause, effect, sign)
    return frozenset((frozenset(loop.variables), loop.polarity) for loop in diagram.loops())
