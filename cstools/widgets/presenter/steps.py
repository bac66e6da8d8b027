"""The steps of a presentation as values: tell, predict, reveal, loops, discuss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cstools.errors import ModelError, did_you_mean, shown

if TYPE_CHECKING:
    from cstools.causal_loops.diagram import CausalLoopDiagram


@dataclass(frozen=True, kw_only=True)
class Step:
    """What every step has; abstract.

    Attributes
    ----------
    title : str
        What stands above it; each kind has its own word, if nothing is said.
    minutes : float
        How long it is meant to take; 0 where that is not said.
    notes : str
        For whoever presents, and never on the stage. Paragraphs are parted by an empty line; lines
        that begin with ``- `` are a list.
    """

    title: str = ""
    minutes: float = 0
    notes: str = ""


@dataclass(frozen=True)
class Tell(Step):
    """A few words to begin with, or between.

    Attributes
    ----------
    text : str
        Paragraphs, parted by an empty line.
    """

    text: str = ""


@dataclass(frozen=True)
class Predict(Step):
    """A question, and a grid on which the group draws what it expects; nothing runs yet.

    Attributes
    ----------
    question : str
        What is asked; about the variable, if not said.
    of : str
        The variable that is drawn; that of the next reveal, or the first stock, if not said.
    scenario : str
        The settings that are asked about, by the name of a scenario; the model's own, if not said.
    low, high : float
        What the grid covers; more than the run needs, if not said, so that it tells nothing.
    """

    question: str = ""
    of: str = ""
    scenario: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Reveal(Step):
    """The run, drawn over what the group drew; then its sentence.

    Attributes
    ----------
    show : str or list of str
        The variables; the one that was predicted last, if not said.
    scenario : str
        The settings, by the name of a scenario; the model's own, if not said.
    text : str
        What to look for while it is drawn.
    slowly : bool
        Whether the curve takes some seconds. For whoever has asked their machine for little
        movement it is there at once.
    """

    show: str | Sequence[str] = ()
    scenario: str = ""
    text: str = ""
    slowly: bool = True


@dataclass(frozen=True)
class Loops(Step):
    """The causal loop diagram, one loop more at a time.

    Attributes
    ----------
    loops : list of str
        Which loops, by name or title, in this order; as the map tells itself, if not said.
    diagram : CausalLoopDiagram or None
        A map of your own, or the model's with loops that you named; the model's, if not said.
    """

    loops: str | Sequence[str] = ()
    diagram: CausalLoopDiagram | None = None


@dataclass(frozen=True)
class Discuss(Step):
    """Questions that come one by one, beside the run or the map, and the sentence of the run.

    Attributes
    ----------
    questions : str or list of str
        What is asked; three questions that fit any model, if nothing is said.
    show, scenario : see :class:`Reveal`
    map : bool or CausalLoopDiagram
        What stands beside the questions. ``False``, the default: the run. ``True``: the model's
        own map, all of it at once. A map of your own, with loops that you named: that one. With a
        map there are no scenarios and no sliders on this step; the sentence of the run still
        comes after the last question.

    Examples
    --------
    >>> Discuss("Where on this map is nobody's name?", map=True).map
    True
    """

    questions: str | Sequence[str] = ()
    show: str | Sequence[str] = ()
    scenario: str = ""
    map: bool | CausalLoopDiagram = False


KINDS: Mapping[str, type[Step]] = {
    "tell": Tell,
    "predict": Predict,
    "reveal": Reveal,
    "loops": Loops,
    "discuss": Discuss,
}
_FIRST_WORDS = {"tell": "text", "predict": "question", "reveal": "text", "loops": "title"}


def as_steps(given: Any) -> list[Step]:
    """Return steps from steps or from plain words: ``["predict", "discuss: What surprised you?"]``.

    Raises
    ------
    ModelError
        When there is none, or one is no step.
    """
    listed = [given] if isinstance(given, (str, Step)) else given
    try:
        steps = [_as_step(one) for one in listed]
    except TypeError:
        raise ModelError(f"steps are a list, {_EXAMPLE}; this is {shown(given)}") from None
    if not steps:
        raise ModelError(f"a presentation needs at least one step: {_EXAMPLE}")
    return steps


_EXAMPLE = "['predict', 'reveal', 'loops', 'discuss: What surprised you?']"


def _as_step(given: Any) -> Step:
    if isinstance(given, Step) and type(given) is not Step:
        return _checked(given)
    if not isinstance(given, str):
        raise ModelError(f"a step is Predict(…) or plain words, {_EXAMPLE}; this is {shown(given)}")
    word, _, rest = (part.strip() for part in given.partition(":"))
    kind = word.casefold()
    if kind not in KINDS:
        raise ModelError(
            f"a step begins with one of {', '.join(KINDS)}; {shown(given)} does not"
            f"{did_you_mean(kind, KINDS)}"
        )
    if not rest:
        return KINDS[kind]()
    if kind == "discuss":
        return Discuss((rest,))
    said: dict[str, Any] = {_FIRST_WORDS[kind]: rest}
    return KINDS[kind](**said)


def _checked(step: Step) -> Step:
    """Return a step whose texts are texts and whose time is one."""
    kind = type(step).__name__
    for name in ("title", "notes", "text", "question", "of", "scenario"):
        said = getattr(step, name, "")
        if not isinstance(said, str):
            raise ModelError(f"{kind}: {name}= is a text in quotation marks, not {shown(said)}")
    minutes: Any = step.minutes
    if isinstance(minutes, bool) or not isinstance(minutes, (int, float)) or not 0 <= minutes < 600:
        raise ModelError(f"{kind}: minutes= is a number from 0 on, not {shown(minutes)}")
    return step


def texts(given: Any, where: str) -> list[str]:
    """Return one text or several as a list.

    Raises
    ------
    ModelError
        When something else is among them.
    """
    listed = list(given) if isinstance(given, (list, tuple)) else [given]
    for one in listed:
        if not isinstance(one, str):
            raise ModelError(f"{where}= is a text, or a list of texts, not {shown(one)}")
    return listed
