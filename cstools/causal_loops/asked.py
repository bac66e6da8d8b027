"""Questions to a map: how it is drawn up, how it hangs together, and what it does when pressed.

Each door imports its room when it is opened: a notebook that asks none of this begins sooner.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from cstools.causal_loops.loops import clock
from cstools.causal_loops.motion.signed import Pressed, Strengths
from cstools.causal_loops.said import Said
from cstools.floors import upstairs
from cstools.names import key

if TYPE_CHECKING:
    from cstools.causal_loops.independent import IndependentLoops
    from cstools.causal_loops.lens import LoopsByLens
    from cstools.causal_loops.lint import Notes
    from cstools.causal_loops.motion.fuzzy import FuzzyMap
    from cstools.causal_loops.motion.press import Press
    from cstools.causal_loops.motion.pulse import PulseProcess
    from cstools.causal_loops.motion.relations import Relations, Words
    from cstools.causal_loops.motion.signals import Story
    from cstools.causal_loops.motion.together import Motions
    from cstools.causal_loops.structure import Removal, Structure
    from cstools.causal_loops.two_way import TwoWay


class Asked(Said):
    """The questions that a map answers; :class:`cstools.CausalLoopDiagram` is what people use."""

    def lint(self) -> Notes:
        """Return what could be said better on the map, as kind notes; see the module ``lint``.

        Names that tell an action or a judgement, two names for one thing, a balancing loop
        without its goal, what is perceived without what is, signs left open, islands. The words
        looked for are English.
        """
        from cstools.causal_loops.lint import lint

        return lint(self.variables, self.links, self._loops_for_a_picture())

    def two_way(self, cause: str, effect: str) -> TwoWay:
        """Return the two sentences that test a link's sign, which can then be answered.

        ``two_way("births", "people").answer("yes", "no")`` says what the answers mean.
        """
        from cstools.causal_loops.two_way import two_way

        names, keys = (self[cause].name, self[effect].name), (key(cause), key(effect))
        signs = [identity[2] for identity in self._links if identity[:2] == keys]
        return two_way(*names, signs, self._called())

    def structure(self, seconds: float = 2.0) -> Structure:
        """Return each variable's links in and out, its kind and its loops, as a table.

        ``structure().loops_through("stress")`` are its loops, and
        ``structure().loops_through("stress", "sleep")`` those through a link.
        """
        from cstools.causal_loops.structure import structure

        return structure(self.variables, self.links, self.loops(seconds), self._called())

    def removal(self, cause: str, effect: str = "", seconds: float = 2.0) -> Removal:
        """Return which loops vanish without a variable, or without a link if two are named.

        The map itself stays as it is. A loop that many things depend on is not yet a strong
        one: a diagram does not say which loop matters when.
        """
        from cstools.causal_loops.structure import removal

        loops = self.loops(seconds)
        return removal(self.variables, self.links, loops, cause, effect, self._called())

    def loops_by_lens(self, seconds: float = 2.0) -> LoopsByLens:
        """Return the loops, those first whose variables are seen with more than one lens."""
        from cstools.causal_loops.lens import loops_by_lens

        lenses = {k: variable.lens for k, variable in self._variables.items()}
        return loops_by_lens(self.loops(seconds), lenses)

    def independent_loops(self, seconds: float = 2.0) -> IndependentLoops:
        """Return a shortest set of loops from which every other can be put together.

        They keep their names in :meth:`loops`. It is also found where the loops are too many to
        list; see :mod:`cstools.causal_loops.independent` for the rule, and for ties.
        """
        from cstools.causal_loops.independent import independent_loops

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

    def story(self, loop: str, begin: str = "", up: bool = True) -> Story:
        """Return one loop told link by link: more stress, less sleep, and so on.

        ``loop`` is its name or title, ``begin`` the variable with which the story begins, and
        ``up`` whether with more of it. See :mod:`cstools.causal_loops.motion.signals`.
        """
        from cstools.causal_loops.motion.signals import story

        return story(self._loops_for_a_picture()[loop], begin, up)

    def play(self, loop: str = "", begin: str = "", up: bool = True) -> Any:
        """Return a player that tells a loop step by step on the map, to be shown by a cell.

        ``loop`` is its name or title, ``begin`` the variable with which the story begins, and
        ``up`` whether with more of it; other loops, and the other ways to let the map move, can
        be chosen in it. ``.save("loops.html")`` writes a page that works without a notebook.
        See :class:`cstools.widgets.loop_player.LoopPlayer`, and :meth:`story` for words alone.
        """
        return upstairs("widgets.loop_player").play(self, loop, begin, up)

    def pulse(
        self, pressed: Pressed, steps: int | None = None, strengths: Strengths | None = None
    ) -> PulseProcess:
        """Return what one push sets going, step by step.

        See :func:`cstools.causal_loops.motion.pulse.pulse`, also for how it can mislead.
        """
        from cstools.causal_loops.motion.pulse import pulse

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
        from cstools.causal_loops.motion.fuzzy import fuzzy

        return fuzzy(self._signed(), pressed, rule, squash, steepness, steps, strengths)

    def relations(
        self, pressed: Pressed, words: Words | None = None, steps: int = 200
    ) -> Relations:
        """Return the map with its links said in words (a lot, a little …), something held.

        See :func:`cstools.causal_loops.motion.relations.relations`, also for how it can mislead.
        """
        from cstools.causal_loops.motion.relations import relations

        return relations(self._signed(), self.links, pressed, words, steps)

    def press(self, self_limiting: bool = False, seconds: float = 2.0) -> Press:
        """Return where the balance shifts under a lasting push on each variable, and how surely.

        ``press().adjoint`` and ``press().weights`` have who responds in the rows and who is
        pressed in the columns. With ``self_limiting``, each variable that has no link to itself
        falls back by itself. See :class:`cstools.causal_loops.motion.press.Press`.
        """
        from cstools.causal_loops.motion.press import press

        return press(self._signed(), self_limiting, seconds)

    def compare_motions(self, pressed: Pressed, self_limiting: bool = True) -> Motions:
        """Return what the map does when pressed, in several ways, and where they disagree.

        ``pressed`` is a variable's name, or ``{"stress": -1}`` for less of it. See
        :mod:`cstools.causal_loops.motion.together`.
        """
        from cstools.causal_loops.motion.together import together

        return together(self._signed(), self.links, pressed, self_limiting)

    def edit(self) -> Any:
        """Return the map as a page on which it is edited: mouse, touch or keys.

        What is done in the page happens to this map at once: ``loops()`` in the next cell knows
        it. What is done to it here shows in the page. ``edit().save("map.html")`` writes a page
        that works without Python. See :class:`cstools.widgets.editor.LiveEditor`.
        """
        return upstairs("widgets.editor").edit(self)

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
