"""The causal loop diagram that people hold: written as text or link by link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cstools.causal_loops.loops import Loops, Stop, clock, find_loops, steps
from cstools.causal_loops.motion.fuzzy import FuzzyMap, fuzzy
from cstools.causal_loops.motion.press import Press, press
from cstools.causal_loops.motion.pulse import PulseProcess, pulse
from cstools.causal_loops.motion.relations import Relations, Words, relations
from cstools.causal_loops.motion.signals import Story, story
from cstools.causal_loops.motion.signed import Pressed, SignedMap, Strengths, signed_map
from cstools.causal_loops.motion.together import Motions, together
from cstools.causal_loops.notation import LoopTitle, read_text, tidy_reason, write_text
from cstools.causal_loops.parts import Link, Variable, checked_name, checked_sign
from cstools.causal_loops.telling import links_sentence, sentence
from cstools.errors import FileError, ModelError, unknown_name
from cstools.names import key, label
from cstools.whole_files import write_whole

if TYPE_CHECKING:
    from cstools.plotting.picture import Picture


class CausalLoopDiagram:
    """A map of what acts on what: variables joined by links that carry a sign.

    Parameters
    ----------
    text
        One link a line, ``cause -> effect: + delayed  # reason``; see
        :mod:`cstools.causal_loops.notation`. It may be empty.
    name
        What the map is called.

    Raises
    ------
    ModelError
        When a line cannot be read; the message shows the line and the place.

    Notes
    -----
    A diagram does not determine behaviour. It says which loops are there, not which of them is
    strong, nor how fast it turns.
    """

    def __init__(self, text: str = "", name: str = "") -> None:
        if not isinstance(text, str):
            raise ModelError(
                "a causal loop diagram is written as text, one 'cause -> effect: +' a line; "
                f"this is {type(text).__name__}"
            )
        self.name = label(name)
        self._variables: dict[str, Variable] = {}
        self._links: dict[tuple[str, str, str], Link] = {}
        self._titles: dict[tuple[str, ...], str] = {}
        parts = read_text(text)
        for part in parts:
            if isinstance(part, Link):
                self._add(part)
            elif isinstance(part, Variable):
                self.variable(part.name, lens=part.lens)
        # Loops are named last: a line may name one before its links are all there.
        for part in parts:
            if isinstance(part, LoopTitle):
                self._name_loop(part.variables, part.title, part.line)

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the variables, in the order and spelling in which they first came."""
        return tuple(variable.name for variable in self._variables.values())

    @property
    def links(self) -> tuple[Link, ...]:
        """The links, in the order in which they first came."""
        return tuple(self._links.values())

    def __getitem__(self, name: str) -> Variable:
        """Return the variable of that name, in whatever spelling."""
        try:
            return self._variables[key(name)]
        except KeyError:
            raise unknown_name(name, self.variables, self._called()) from None

    def variable(self, name: str, lens: str = "") -> CausalLoopDiagram:
        """Put a variable on the map, or say with which lens one is seen.

        Naming a variable again changes nothing but its lens. ``lens`` is ``"self"``,
        ``"others"``, ``"world"`` or empty (left as it is). Returns the diagram.
        """
        new = Variable(name, lens)
        old = self._variables.setdefault(key(new.name), new)
        if lens:
            self._variables[key(new.name)] = replace(old, lens=lens)
        return self

    def link(
        self,
        cause: str,
        effect: str,
        sign: str = "?",
        delayed: bool = False,
        reason: str = "",
        source: str = "",
    ) -> CausalLoopDiagram:
        """Say that one variable acts on another; return the diagram.

        A link is known by its cause, its effect and its sign. To say the same link again
        replaces its delay, reason and source, so a cell can be run twice. A link with another
        sign stands beside the first as a second path: to correct a sign, :meth:`unlink` first.

        Raises
        ------
        ModelError
            When a name is empty or the sign is none of ``+``, ``-``, ``?``.
        """
        names = checked_name(cause), checked_name(effect)
        sign = checked_sign(sign, f"link '{names[0]}' → '{names[1]}'")
        self._add(Link(*names, sign, bool(delayed), *tidy_reason(reason, source)))
        return self

    def unlink(self, cause: str, effect: str) -> CausalLoopDiagram:
        """Take every link from one variable to another off the map; return the diagram."""
        pair = self[cause], self[effect]
        gone = [k for k in self._links if k[:2] == (key(cause), key(effect))]
        if not gone:
            raise ModelError(
                f"{self._called()}: there is no link '{pair[0].name}' → '{pair[1].name}' "
                "to take away"
            )
        for identity in gone:
            del self._links[identity]
        return self

    def name_loop(self, variables: Sequence[str], title: str) -> CausalLoopDiagram:
        """Give a loop the name it has in your story, shown beside R1 or B1.

        ``variables`` are those of the loop, in its direction, from wherever you like.

        Raises
        ------
        ModelError
            When these variables, in this order, do not close a loop; the missing link is named.
        """
        self._name_loop(variables, checked_name(title), self._called())
        return self

    def loops(self, seconds: float = 2.0, longest: int | None = None) -> Loops:
        """Return every loop, shortest first, or those that were found in the time given.

        ``loops.complete`` says whether it is all of them, and ``loops.note`` why not. Names
        (R1, B1, ?1) go by length and then by the alphabet: they stay when lines are written in
        another order, and when a longer search finds more. They change when a link is added.
        ``longest`` leaves out loops of more links than that. A loop is its sequence of links,
        so A → B → C and A → C → B are two.
        """
        return self._find(clock(seconds), longest)

    def story(self, loop: str, begin: str = "", up: bool = True) -> Story:
        """Return one loop told link by link: more stress, less sleep, and so on.

        ``loop`` is its name or title, ``begin`` the variable with which the story begins, and
        ``up`` whether with more of it. See :mod:`cstools.causal_loops.motion.signals`.
        """
        return story(self._loops_for_a_picture()[loop], begin, up)

    def pulse(
        self, pressed: Pressed, steps: int | None = None, strengths: Strengths | None = None
    ) -> PulseProcess:
        """Return what one push sets going, step by step.

        See :func:`cstools.causal_loops.motion.pulse.pulse`, also for how it can mislead.
        """
        return pulse(self._signed(), pressed, steps, strengths)

    def fuzzy(
        self,
        pressed: Pressed,
        rule: str = "kosko",
        squash: str = "sigmoid",
        steepness: float = 1.0,
        steps: int = 300,
        strengths: Strengths | None = None,
    ) -> FuzzyMap:
        """Return the map as a fuzzy cognitive map, with something held up or down.

        See :func:`cstools.causal_loops.motion.fuzzy.fuzzy`, also for how it can mislead.
        """
        return fuzzy(self._signed(), pressed, rule, squash, steepness, steps, strengths)

    def relations(
        self, pressed: Pressed, words: Words | None = None, steps: int = 200
    ) -> Relations:
        """Return the map with its links said in words (a lot, a little …), something held.

        See :func:`cstools.causal_loops.motion.relations.relations`, also for how it can mislead.
        """
        return relations(self._signed(), self.links, pressed, words, steps)

    def press(self, self_limiting: bool = False, seconds: float = 2.0) -> Press:
        """Return where the balance shifts under a lasting push on each variable, and how surely.

        ``press().adjoint`` and ``press().weights`` have who responds in the rows and who is
        pressed in the columns. With ``self_limiting``, each variable that has no link to itself
        falls back by itself. See :class:`cstools.causal_loops.motion.press.Press`.
        """
        return press(self._signed(), self_limiting, seconds)

    def compare_motions(self, pressed: Pressed, self_limiting: bool = True) -> Motions:
        """Return what the map does when pressed, in several ways, and where they disagree.

        ``pressed`` is a variable's name, or ``{"stress": -1}`` for less of it. See
        :mod:`cstools.causal_loops.motion.together`.
        """
        return together(self._signed(), self.links, pressed, self_limiting)

    def describe(self) -> str:
        """Return in words what the map shows: its size, and how its shortest loops go."""
        return self._told(self._loops_for_a_picture())

    def plot(self) -> Picture:
        """Return the map drawn for print, with the sentence that describes it.

        ``plot().figure`` is a matplotlib figure; ``plot().save("map.pdf")`` writes it. The same
        map is always drawn the same way. Only some loops are marked when there are many.
        """
        from cstools.causal_loops.picture import drawing_of
        from cstools.plotting.diagram_print import drawing_figure
        from cstools.plotting.picture import Picture

        loops = self._loops_for_a_picture()
        drawing = drawing_of(self.variables, self.links, loops)
        return Picture(drawing_figure(drawing), self._told(loops))

    def svg(self) -> str:
        """Return the map as inline SVG in the colours of the page it is put on."""
        return self._drawn(self._loops_for_a_picture())

    def to_text(self) -> str:
        """Return the map as text, which read again gives the same variables, links and titles."""
        titles = [
            LoopTitle(title, tuple(self._variables[key].name for key in keys))
            for keys, title in self._titles.items()
            if self._missing_link(keys) is None
        ]
        return write_text(tuple(self._variables.values()), self.links, titles)

    def write(self, path: str | Path) -> Path:
        """Write the map to a text file (``.txt``), which :func:`cstools.read_diagram` reads."""
        path = Path(path)
        if path.suffix.lower() != ".txt":
            raise FileError(f"'{path.name}': a map is written as .txt")
        return write_whole(path, self.to_text() + "\n")

    def _name_loop(self, variables: Sequence[str], title: str, where: str) -> None:
        for name in variables:
            if key(name) not in self._variables:
                raise unknown_name(name, self.variables, where)
        keys = [key(name) for name in variables]
        if not keys or len(set(keys)) < len(keys):
            raise ModelError(f"{where}: a loop is named by its variables, each of them once")
        missing = self._missing_link(keys)
        if missing:
            raise ModelError(f"{where}: this is no loop, because there is no link {missing}")
        first = keys.index(min(keys))
        self._titles[tuple(keys[first:] + keys[:first])] = title

    def _missing_link(self, keys: Sequence[str]) -> str | None:
        joined = {identity[:2] for identity in self._links}
        for pair in zip(keys, (*keys[1:], keys[0]), strict=True):
            if pair not in joined:
                cause, effect = (self._variables[end].name for end in pair)
                return f"'{cause}' → '{effect}'"
        return None

    def __repr__(self) -> str:
        return self.describe()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        # Inline SVG in HTML: JupyterLab shows image/svg+xml as an <img> without a name, which
        # takes no colours from the page either.
        from cstools.causal_loops.picture import framed

        loops = self._loops_for_a_picture()
        told = self._told(loops)
        return {"text/plain": told, "text/html": framed(self._drawn(loops), told)}

    def _told(self, loops: Loops) -> str:
        return sentence(self.name, self.variables, self.links, loops)

    def _drawn(self, loops: Loops) -> str:
        from cstools.causal_loops.picture import drawing_of
        from cstools.plotting.diagrams import drawing_svg

        drawing = drawing_of(self.variables, self.links, loops)
        return drawing_svg(drawing, f"{self._told(loops)} {links_sentence(self.links)}".strip())

    def _loops_for_a_picture(self) -> Loops:
        # A budget in steps, not seconds: the same map must always give the same picture.
        return self._find(steps(_STEPS_FOR_A_PICTURE))

    def _find(self, stop: Stop, longest: int | None = None) -> Loops:
        titles = dict(self._titles)
        return find_loops(tuple(self._variables), self.links, titles, stop, longest, _MOST_LOOPS)

    def _signed(self) -> SignedMap:
        return signed_map(self.variables, self.links)

    def _add(self, link: Link) -> None:
        cause, effect = (self.variable(name)[name].name for name in (link.cause, link.effect))
        identity = key(cause), key(effect), link.polarity
        self._links[identity] = replace(link, cause=cause, effect=effect)

    def _called(self) -> str:
        return f"the map '{self.name}'" if self.name else "this map"


# A million loops are about 200 MB; no map that people read has so many.
_MOST_LOOPS = 1_000_000
_STEPS_FOR_A_PICTURE = 100_000
