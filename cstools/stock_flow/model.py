"""The model a person writes: stocks, flows, auxiliaries, constants and lookups, by name.

What draws, writes or checks a model is imported when it is asked for: a notebook that only runs
one begins sooner.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, final

from cstools.engine import generate, javascript
from cstools.engine.integrate import method_named
from cstools.errors import brief
from cstools.floors import upstairs
from cstools.stock_flow import courses, running
from cstools.stock_flow.asked import Asked
from cstools.stock_flow.checked import as_clock, as_list, as_words
from cstools.stock_flow.links import causal_loops
from cstools.stock_flow.parts import AnyPart, Constant, Stock
from cstools.stock_flow.printed import Code, Equations
from cstools.stock_flow.run import Run
from cstools.stock_flow.said import Said
from cstools.stock_flow.written_out import plain_names, written_out

if TYPE_CHECKING:
    from cstools.causal_loops.diagram import CausalLoopDiagram
    from cstools.stock_flow.diagram import Diagram
    from cstools.stock_flow.unit_report import UnitReport


@final
class StockFlow(Said, Asked):
    """A stock-flow model.

    Parts are added by name, in any order; names may have several words, and case, spaces and
    underscores do not count. An equation is text, kept word for word. Saying a part again
    redefines it, so that a notebook cell can be run twice.

    Parameters
    ----------
    name
        What the model is called.
    start, stop, dt
        When a run begins and ends and how long its steps are, in ``time_units``.
    method
        ``"euler"`` (the field's usual one), ``"heun"`` or ``"rk4"``.
    saveper
        How often a row is kept; every step, if not said.
    evidence
        ``"measured"``, ``"published"`` or ``"illustrative"``: what the numbers stand on.

    Examples
    --------
    >>> coffee = StockFlow("Coffee cooling", stop=60, dt=0.25, time_units="minute")
    >>> coffee.stock("temperature", 90, units="degC")
    >>> coffee.flow("cooling", "(temperature - room temperature) / cooling time",
    ...             out_of="temperature")
    >>> coffee.constant("room temperature", 20, units="degC")
    >>> coffee.constant("cooling time", 10, units="minute", between=(1, 30))
    >>> coffee.run().describe()
    'Temperature falls from 90 to 20.2 degC by minute 60, ever more slowly.'
    """

    def __init__(
        self,
        name: str = "model",
        start: float = 0.0,
        stop: float = 100.0,
        dt: float = 1.0,
        time_units: str = "",
        method: str = "euler",
        saveper: float | None = None,
        doc: str = "",
        evidence: str = "",
    ) -> None:
        super().__init__(as_words(name, "a model", "its name"))
        where = f"model '{brief(name)}'"
        self.time_units = as_words(time_units, where, "time_units=")
        self.doc = as_words(doc, where, "doc=")
        self.evidence = as_words(evidence, where, "evidence=")
        self.method = method_named(method).name
        self.clock = as_clock(name, start, stop, dt, saveper)
        self.same_units: dict[str, str] = {}  # a word for units → what it stands for, as in a file

    def copy(self, name: str | None = None) -> StockFlow:
        """Return a model with the same parts, to change without changing this one."""
        called = self.name if name is None else name
        twin = StockFlow(called, method=self.method, time_units=self.time_units)
        twin.clock, twin.doc, twin.evidence = self.clock, self.doc, self.evidence
        twin._parts, twin._dimensions = dict(self._parts), dict(self._dimensions)
        twin.same_units = dict(self.same_units)
        return twin

    def with_course(
        self, name: str, points: Iterable[Sequence[float]], steps: bool = False
    ) -> StockFlow:
        """Return a copy in which a constant follows points over time, such as emissions by year.

        Parameters
        ----------
        name
            The constant; or what follows a course already, and then follows this one.
        points
            ``[(2025, 40), (2050, 20)]``, by rising time, or what somebody drew: a widget made by
            :func:`cstools.widgets.sketch.sketch`. Before the first and after the last the value
            is level.
        steps
            Whether each value holds until the next one; without it, the way between two points is
            straight.

        Raises
        ------
        UnknownNameError, ModelError
            When the name is unknown or no constant, or the points are none or out of order.

        Notes
        -----
        Units, words and links stay; the slider is gone, as it has no single value any more. With
        ``steps``, a time that is no whole number of steps of ``dt`` counts from the next one on.
        """
        return courses.with_course(self, name, points, bool(steps))

    def with_parts(self, parts: Iterable[AnyPart]) -> StockFlow:
        """Return a copy with some parts put in the place of those of the same name, or added."""
        twin = self.copy()
        twin._parts |= {part.key: part for part in parts}
        return twin

    def without_arrays(self) -> StockFlow:
        """Return the same model with every element a part of its own: ``population North``."""
        twin = self.copy()
        twin._parts = written_out(self.scalars, plain_names(self.scalars))
        twin._dimensions = {}
        twin._changed()
        return twin

    def __copy__(self) -> StockFlow:
        return self.copy()

    @property
    def start(self) -> float:
        """When a run begins."""
        return self.clock.start

    @property
    def stop(self) -> float:
        """When a run ends."""
        return self.clock.stop

    @property
    def dt(self) -> float:
        """How long a step is."""
        return self.clock.dt

    # --- running it ---------------------------------------------------------------------------

    def run(
        self,
        values: Mapping[str, Any] | None = None,
        engine: str = "cstools",
        method: str | None = None,
        seed: int = 0,
    ) -> Run:
        """Return a run of the model; the model itself does not change.

        Parameters
        ----------
        values
            Constants, and first values of stocks, that differ in this run, by name. A constant
            that is given points ``[(time, value), …]`` follows them; see :meth:`with_course`.
        engine
            ``"cstools"``; ``"fast"`` for compiled code, of the extra ``fast``; or ``"pysd"`` for
            the second opinion.
        method
            ``"euler"``, ``"heun"`` or ``"rk4"``; the model's own, if not said.
        seed
            Of the random numbers, if the model draws any: the same seed, the same run.

        Raises
        ------
        UnknownNameError
            When a name in ``values`` is not in the model.
        ModelError
            When it is computed by an equation, or the engine or method is unknown.

        Notes
        -----
        Halve ``dt`` and run again before trusting a number: a step that is too long bends
        curves, and can make a steady model swing.
        """
        model, numbers = courses.laid(self, {} if values is None else values)
        return running.run(model, numbers, engine, method, seed)

    # --- showing it ---------------------------------------------------------------------------

    def equations(self) -> Equations:
        """Return the equations in print, grouped by kind: a cell shows them as a table."""
        return Equations(self.name, tuple(self._parts.values()), self.spelling, self._dimensions)

    def code(self, method: str | None = None) -> Code:
        """Return the Python that runs: the equations in order, and the step from now to next."""
        chosen = method_named(self.method if method is None else method)
        return Code(generate.python_source(self.program(), chosen))

    def causal_loops(self) -> CausalLoopDiagram:
        """Return the model's causal loop diagram, with signs read off its equations.

        Notes
        -----
        Where the rules of signs cannot tell, the sign is the one seen along the model's own run;
        it may differ for other values. Where it changes along the run, it is ``?``.
        """
        return causal_loops(self)

    def diagram(
        self,
        constants: bool = True,
        positions: Mapping[str, tuple[float, float]] | None = None,
        signs: bool = False,
    ) -> Diagram:
        """Return the model's stock-flow diagram: boxes, pipes with valves, clouds, links.

        An array is drawn once, whatever its elements; a stock that is one is a double box.

        Parameters
        ----------
        constants
            Whether constants are shown.
        positions
            Where some parts stand, by name, in pixels from the left and from the top: the middle
            of a stock or a name, the valve of a flow.
        signs
            Whether each link shows its sign, as :meth:`causal_loops` has it; that takes a run.

        Raises
        ------
        UnknownNameError, ModelError
            When ``positions`` names what is not in the diagram, or gives no two numbers.

        Notes
        -----
        The same model is always drawn the same way, but a part more may move all others;
        ``diagram().positions()`` holds them still. A link that would have to run through other
        things begins at a ghost, the cause's name in angle brackets beside what it acts on.
        """
        from cstools.stock_flow.diagram import diagram

        return diagram(self, constants, positions, signs)

    def sliders(self) -> tuple[Constant | Stock, ...]:
        """Return the parts that have a range: each is a slider in the explorer."""
        found = (p for p in self.scalars.values() if isinstance(p, (Constant, Stock)))
        return tuple(part for part in found if part.between)

    def javascript(self, names: Sequence[str] = ()) -> str:
        """Return ``function simulate(parameters, start, dt, steps, every)`` as JavaScript.

        ``names`` are the variables whose values it returns; without them, all that move. Two more
        arguments may follow: the seed, and lookups by key whose points are others in this run; see
        :func:`cstools.engine.javascript.source`.
        """
        listed = as_list(names, f"model '{brief(self.name)}'", "names are a list")
        keys = [p.key for name in listed for p in self.single_values(name)] or self.moving()
        return javascript.source(self.program(), keys, method_named(self.method))

    def moving(self) -> list[str]:
        """Return the keys of everything that can change during a run, stocks first."""
        program = self.program()
        keys = [*(s.key for s in program.states), *(e.key for e in program.each_step)]
        return [key for key in keys if key in self.scalars]

    def explore(self, *names: str, **options: Any) -> Any:
        """Open the live explorer: sliders, curves redrawn while they move, the loops beside them.

        Parameters
        ----------
        names
            The variables to draw; the stocks, if not said.
        options
            See :func:`cstools.widgets.explorer.explore`.
        """
        return upstairs("widgets.explorer").explore(self, *names, **options)

    def present(
        self,
        steps: Sequence[Any] | None = None,
        scenarios: Mapping[str, Mapping[str, float]] | None = None,
        notes: str = "",
    ) -> Any:
        """Present the model to a room: predict, reveal, loops, discuss; large and without code.

        Parameters
        ----------
        steps, scenarios, notes
            See :func:`cstools.widgets.presenter.present`; made from the model, if not said.
        """
        return upstairs("widgets.presenter").present(self, steps, scenarios, notes)

    def play_rounds(self, players: Mapping[str, str], *, every: float, **options: Any) -> Any:
        """Play the model round by round: people decide, it runs on, and they decide again.

        Parameters
        ----------
        players
            Who decides what: ``{"Boat 1": "days of boat 1"}``, a constant, or a variable whose
            equation is the rule that decides where nobody does.
        every
            How long a round is, in the model's time.
        options
            See :func:`cstools.widgets.rounds.rounds`.
        """
        return upstairs("widgets.rounds").rounds(self, players, every=every, **options)

    def check_units(self, same_as: Mapping[str, str] | None = None) -> UnitReport:
        """Return whether the units of the parts fit the equations, and what does not fit.

        A cell shows it as sentences, or as a table: both sides named, and what to do. Units that
        are not said are no mistake; where the rest of the model tells what they have to be, they
        are offered.

        Parameters
        ----------
        same_as
            Words that mean the same here, or stand for other units:
            ``{"pupils": "people", "N": "kg*m/s^2"}``.

        Notes
        -----
        ``people/day + people`` is found; a forgotten factor of 1000 is not, as units here have no
        size. Units that fit do not make an equation right.
        """
        from cstools.stock_flow.unit_check import check_units

        return check_units(self, same_as)

    def write(self, path: str | Path) -> Path:
        """Write the model to an XMILE file, which Stella, PySD and others read.

        An equation that is XMILE already is written letter for letter.
        """
        from cstools.stock_flow.xmile import writing

        return writing.write(self, path)

    def __repr__(self) -> str:
        return repr(self.equations())

    def _repr_html_(self) -> str:
        return self.equations()._repr_html_()
