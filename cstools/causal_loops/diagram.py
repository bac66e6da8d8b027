"""The causal loop diagram that people hold: written as text or link by link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import isfinite, nan
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cstools.causal_loops.compare import Comparison, Sides, compare
from cstools.causal_loops.formats.choosing import format_to_write, written
from cstools.causal_loops.formats.said import MapSaid
from cstools.causal_loops.formats.told import KEPT_AS_TEXT, lost, tell
from cstools.causal_loops.independent import IndependentLoops, independent_loops
from cstools.causal_loops.lens import LoopsByLens, loops_by_lens
from cstools.causal_loops.lint import Notes, lint
from cstools.causal_loops.loops import Loops, Stop, clock, find_loops, steps
from cstools.causal_loops.merge import merge
from cstools.causal_loops.motion.fuzzy import FuzzyMap, fuzzy
from cstools.causal_loops.motion.press import Press, press
from cstools.causal_loops.motion.pulse import PulseProcess, pulse
from cstools.causal_loops.motion.relations import Relations, Words, relations
from cstools.causal_loops.motion.signals import Story, story
from cstools.causal_loops.motion.signed import Pressed, SignedMap, Strengths, signed_map
from cstools.causal_loops.motion.together import Motions, together
from cstools.causal_loops.notation import LoopTitle, read_text, tidy_reason, write_text
from cstools.causal_loops.parts import Link, Variable, checked_name, checked_sign
from cstools.causal_loops.structure import Removal, Structure, removal, structure
from cstools.causal_loops.telling import links_sentence, sentence
from cstools.causal_loops.two_way import TwoWay, two_way
from cstools.errors import ModelError, unknown_name
from cstools.floors import upstairs
from cstools.names import key, label
from cstools.whole_files import write_whole

if TYPE_CHECKING:
    from cstools.causal_loops.reveal import Reveal
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
        self._places: dict[str, tuple[float, float]] = {}
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

    @property
    def positions(self) -> dict[str, tuple[float, float]]:
        """Where variables are pinned, by name: x to the right and y down, in pixels.

        A variable that is not here stands where the drawing puts it.
        """
        return {self._variables[k].name: place for k, place in self._places.items()}

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

    def place(self, name: str, x: float, y: float) -> CausalLoopDiagram:
        """Pin a variable to a place, x to the right and y down in pixels; return the diagram.

        Raises
        ------
        ModelError
            When a place is not two finite numbers.
        UnknownNameError
            When the map has no such variable.
        """
        variable = self[name]
        try:
            place = float(x), float(y)
        except (TypeError, ValueError, OverflowError):
            place = nan, nan
        if not all(map(isfinite, place)):
            raise ModelError(f"the place of '{variable.name}' is two numbers, x and y")
        self._places[key(name)] = place
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

    def loops(
        self, seconds: float = 2.0, longest: int | None = None, most: int = 1_000_000
    ) -> Loops:
        """Return every loop, shortest first, or those that were found in the time given.

        ``loops.complete`` says whether it is all of them, and ``loops.note`` why not. Names
        (R1, B1, ?1) go by length and then by the alphabet: they stay when lines are written in
        another order, and when a longer search finds more. They change when a link is added.
        ``longest`` leaves out loops of more links than that, and after ``most`` loops the
        search stops (a million are about 200 MB). A loop is its sequence of links,
        so A → B → C and A → C → B are two.
        """
        return self._find(clock(seconds), longest, most)

    def lint(self) -> Notes:
        """Return what could be said better on the map, as kind notes; see the module ``lint``.

        Names that tell an action or a judgement, two names for one thing, a balancing loop
        without its goal, what is perceived without what is, signs left open, islands. The words
        looked for are English.
        """
        return lint(self.variables, self.links, self._loops_for_a_picture())

    def two_way(self, cause: str, effect: str) -> TwoWay:
        """Return the two sentences that test a link's sign, which can then be answered.

        ``two_way("births", "people").answer("yes", "no")`` says what the answers mean.
        """
        names, keys = (self[cause].name, self[effect].name), (key(cause), key(effect))
        signs = [identity[2] for identity in self._links if identity[:2] == keys]
        return two_way(*names, signs, self._called())

    def structure(self, seconds: float = 2.0) -> Structure:
        """Return each variable's links in and out, its kind and its loops, as a table.

        ``structure().loops_through("stress")`` are its loops, and
        ``structure().loops_through("stress", "sleep")`` those through a link.
        """
        return structure(self.variables, self.links, self.loops(seconds), self._called())

    def removal(self, cause: str, effect: str = "", seconds: float = 2.0) -> Removal:
        """Return which loops vanish without a variable, or without a link if two are named.

        The map itself stays as it is. A loop that many things depend on is not yet a strong
        one: a diagram does not say which loop matters when.
        """
        loops = self.loops(seconds)
        return removal(self.variables, self.links, loops, cause, effect, self._called())

    def loops_by_lens(self, seconds: float = 2.0) -> LoopsByLens:
        """Return the loops, those first whose variables are seen with more than one lens."""
        lenses = {k: variable.lens for k, variable in self._variables.items()}
        return loops_by_lens(self.loops(seconds), lenses)

    def independent_loops(self, seconds: float = 2.0) -> IndependentLoops:
        """Return a shortest set of loops from which every other can be put together.

        They keep their names in :meth:`loops`. It is also found where the loops are too many to
        list; see :mod:`cstools.causal_loops.independent` for the rule, and for ties.
        """
        titles = dict(self._titles)
        return independent_loops(tuple(self._variables), self.links, titles, clock(seconds))

    def archetypes(self, seconds: float = 2.0) -> Any:
        """Return the archetypes in the map, the plainest first: who plays which role, which loops.

        A link of an archetype may be one to three links here, whose signs multiply. ``complete``
        says whether these are all. See :mod:`cstools.archetypes`, also for how they can mislead.
        """
        room = upstairs("archetypes.found")
        loops = self._loops_for_a_picture
        return room.find_archetypes(self.variables, self.links, loops, seconds)

    def compare(self, other: CausalLoopDiagram, seconds: float = 2.0) -> Comparison:
        """Return what this map and another share, where they differ, and how far apart they are.

        ``element_distance`` compares link by link, ``model_distance`` loop by loop; see
        :mod:`cstools.causal_loops.compare`, also for how they can mislead.
        """
        maps = self, self._other(other, "compare")
        sides = (Sides(d.name, d.variables, d.links, d.loops(seconds / 2)) for d in maps)
        return compare(*sides)

    def merge(self, other: CausalLoopDiagram, name: str = "") -> CausalLoopDiagram:
        """Return a new map with all that this one and another say; neither of them changes.

        A link that they give opposite signs is kept as ``?``, and its source names both maps
        with their signs; see :func:`cstools.causal_loops.merge.merge`.
        """
        merged = merge(self._said(), self._other(other, "merge")._said(), name)
        text = write_text(merged.variables, merged.links, merged.titles)
        map_ = CausalLoopDiagram(text, merged.name)
        for variable, (x, y) in merged.places.items():
            map_.place(variable, x, y)
        return map_

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

    def to_model(self, stocks: Iterable[str] = (), flows: Iterable[str] = ()) -> Any:
        """Return the guided way from this map to a model: the next question, or a skeleton.

        Parameters
        ----------
        stocks
            What would still be there if time stopped. Every loop must hold one.
        flows
            What is itself so much per unit of time, and fills or drains a stock.

        Returns
        -------
        cstools.stock_flow.guided.Guide
            With ``.describe()``, ``.without``, the loops that hold no stock yet, and
            ``.skeleton(stop=…)``, a :class:`cstools.StockFlow` whose equations are open.

        Raises
        ------
        UnknownNameError, ModelError
            When a name is not on the map, or a flow cannot be one.

        Notes
        -----
        A map does not determine a model. No number and no equation is made up here, and the
        skeleton does not run until each is said.
        """
        return upstairs("stock_flow.guided").guided(self, stocks, flows)

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

    def reveal(self, loops: Sequence[str] | None = None) -> Reveal:
        """Return the map in stages, each with one loop more and the sentence that tells it.

        ``loops`` are the names or titles of those to be shown, in that order; if not said, the
        ones that the picture marks, each hanging on those before it. Every stage is on the same
        page, so that nothing jumps. See :mod:`cstools.causal_loops.reveal`.
        """
        from cstools.causal_loops.reveal import reveal

        found = self._loops_for_a_picture()
        return reveal(self.variables, self.links, found, loops, self._told(found))

    def svg(self) -> str:
        """Return the map as inline SVG in the colours of the page it is put on."""
        return self._drawn(self._loops_for_a_picture())

    def to_text(self) -> str:
        """Return the map as text, which read again gives the same variables, links and titles."""
        return write_text(tuple(self._variables.values()), self.links, self._loop_titles())

    def write(self, path: str | Path, format: str | None = None) -> Path:
        """Write the map to a file, which :func:`cstools.read_diagram` reads; return its path.

        A ``.txt`` file holds the text; for other programs see
        :mod:`cstools.causal_loops.formats.choosing`. ``format`` is needed only where the ending
        of the file does not say it. What a format has no room for is told in a warning.

        Raises
        ------
        FileError
            When no format has such a name or ending, or the place cannot be written.
        """
        path = Path(path)
        if format in (None, "text") and path.suffix.lower() == ".txt":
            text, missing = self.to_text() + "\n", lost(self._said(), KEPT_AS_TEXT, "the text")
        else:
            text, missing = written(self._said(), format_to_write(path, format))
        write_whole(path, text)
        tell(path.name, missing, stacklevel=2)
        return path

    def _other(self, other: object, action: str) -> CausalLoopDiagram:
        if isinstance(other, CausalLoopDiagram):
            return other
        raise ModelError(
            f"{self._called()}: {action}(…) needs another causal loop diagram in its brackets; "
            f"this is {type(other).__name__}"
        )

    def _said(self) -> MapSaid:
        variables, titles = tuple(self._variables.values()), tuple(self._loop_titles())
        return MapSaid(variables, self.links, titles, self.positions, self.name)

    def _loop_titles(self) -> list[LoopTitle]:
        return [
            LoopTitle(title, tuple(self._variables[key].name for key in keys))
            for keys, title in self._titles.items()
            if self._missing_link(keys) is None
        ]

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

    def _find(self, stop: Stop, longest: int | None = None, most: int = 1_000_000) -> Loops:
        titles = dict(self._titles)
        return find_loops(tuple(self._variables), self.links, titles, stop, longest, most)

    def _signed(self) -> SignedMap:
        return signed_map(self.variables, self.links)

    def _add(self, link: Link) -> None:
        cause, effect = (self.variable(name)[name].name for name in (link.cause, link.effect))
        identity = key(cause), key(effect), link.polarity
        self._links[identity] = replace(link, cause=cause, effect=effect)

    def _called(self) -> str:
        return f"the map '{self.name}'" if self.name else "this map"


_STEPS_FOR_A_PICTURE = 100_000
