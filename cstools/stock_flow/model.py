"""The model a person writes: stocks, flows, auxiliaries, constants and lookups, by name."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cstools.engine import generate, javascript
from cstools.engine.integrate import method_named
from cstools.engine.program import Program
from cstools.equations.functions import CLOCK, is_function
from cstools.equations.text import parse
from cstools.errors import ModelError, unknown_name
from cstools.floors import upstairs
from cstools.names import key
from cstools.stock_flow import running
from cstools.stock_flow.checked import as_clock, as_number, as_points, as_range, as_text
from cstools.stock_flow.links import causal_loops
from cstools.stock_flow.lowering import lower
from cstools.stock_flow.parts import AnyPart, Auxiliary, Constant, Flow, Lookup, Range, Stock
from cstools.stock_flow.printed import Code, Equations
from cstools.stock_flow.run import Run
from cstools.stock_flow.xmile import writing

if TYPE_CHECKING:
    from cstools.causal_loops.diagram import CausalLoopDiagram


class StockFlow:
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
        self.name, self.time_units, self.doc, self.evidence = name, time_units, doc, evidence
        self.method = method_named(method).name
        self.clock = as_clock(name, start, stop, dt, saveper)
        self._parts: dict[str, AnyPart] = {}
        self._program: Program | None = None

    # --- saying what the model is -------------------------------------------------------------

    def stock(
        self,
        name: str,
        initial: float | str,
        units: str = "",
        doc: str = "",
        non_negative: bool = False,
        between: Range | None = None,
    ) -> None:
        """Add a stock: what gathers and drains, and changes only through its flows.

        Parameters
        ----------
        initial
            Its first value: a number, or an equation over constants and other parts.
        non_negative
            Hold back its outflows so that they never take it below zero.
        between
            ``(low, high)``: give its first value a slider.
        """
        where = f"stock '{name}'"
        text = as_text(initial, where)
        tree = parse(text, where)
        checked = as_range(between, where)
        self._add(Stock(name, units, doc, _line(), text, tree, non_negative, checked))

    def flow(
        self,
        name: str,
        equation: float | str,
        out_of: str | None = None,
        into: str | None = None,
        units: str = "",
        doc: str = "",
        non_negative: bool = False,
    ) -> None:
        """Add a flow: what leaves one stock enters the other; an end unsaid is the outside world.

        Parameters
        ----------
        equation
            How much flows per unit of time.
        out_of, into
            The stocks at its ends; at least one.
        non_negative
            Never let it run backwards.
        """
        where = f"flow '{name}'"
        text = as_text(equation, where)
        tree = parse(text, where)
        self._add(Flow(name, units, doc, _line(), text, tree, out_of, into, non_negative))

    def auxiliary(self, name: str, equation: float | str, units: str = "", doc: str = "") -> None:
        """Add an auxiliary: what is computed anew at every instant from other parts."""
        where = f"auxiliary '{name}'"
        text = as_text(equation, where)
        self._add(Auxiliary(name, units, doc, _line(), text, parse(text, where)))

    def constant(
        self,
        name: str,
        value: float,
        units: str = "",
        doc: str = "",
        between: Range | None = None,
    ) -> None:
        """Add a constant: the same through a run, free to differ between runs.

        Parameters
        ----------
        between
            ``(low, high)``: give it a slider.
        """
        where = f"constant '{name}'"
        checked = as_number(value, where)
        self._add(Constant(name, units, doc, _line(), checked, as_range(between, where)))

    def lookup(
        self, name: str, points: Iterable[tuple[float, float]], units: str = "", doc: str = ""
    ) -> None:
        """Add a lookup: a relation drawn as points ``(x, y)``, used as ``name(x)``.

        Between the points lie straight lines; beyond the first and the last it stays level.
        """
        self._add(Lookup(name, units, doc, _line(), as_points(points, f"lookup '{name}'")))

    def copy(self, name: str | None = None) -> StockFlow:
        """Return a model with the same parts, to change without changing this one."""
        twin = StockFlow(name or self.name, method=self.method, time_units=self.time_units)
        twin.clock, twin.doc, twin.evidence = self.clock, self.doc, self.evidence
        twin._parts = dict(self._parts)
        return twin

    def __copy__(self) -> StockFlow:
        return self.copy()

    def _add(self, part: AnyPart) -> None:
        if not part.key:
            raise ModelError(f"a {part.kind} needs a name")
        if part.key in CLOCK:
            raise ModelError(f"{part.where}: '{part.name}' is the clock's own name; choose another")
        if isinstance(part, Lookup) and is_function(part.name):
            raise ModelError(
                f"{part.where}: '{part.name}' is a function of the language; "
                "give the lookup another name"
            )
        there = self._parts.get(part.key)
        if there is not None and there.kind != part.kind:
            raise ModelError(
                f"'{part.name}' is a {there.kind} already ({there.line}) and cannot be "
                f"a {part.kind} as well; give one of them another name"
            )
        self._parts[part.key] = part
        self._program = None

    # --- what it holds ------------------------------------------------------------------------

    @property
    def parts(self) -> Mapping[str, AnyPart]:
        """Key → part, in the order in which they were said."""
        return dict(self._parts)

    def __getitem__(self, name: str) -> AnyPart:
        """Return a part by its name; an unknown name says what is near."""
        if key(name) not in self._parts:
            raise unknown_name(name, self.names, f"model '{self.name}'")
        return self._parts[key(name)]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, as spelled."""
        return tuple(part.name for part in self._parts.values())

    @property
    def spelling(self) -> dict[str, str]:
        """Key → name as spelled."""
        return {k: part.name for k, part in self._parts.items()}

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

    def program(self) -> Program:
        """Return the model as ordered equations, made at first use and after every change.

        Raises
        ------
        ModelError, UnknownNameError, EquationError
            When something is missing or contradicts itself.
        """
        if self._program is None:
            if not self._parts:
                raise ModelError(
                    f"model '{self.name}' is empty; begin with .stock(name, first value)"
                )
            self._program = lower(self._parts)
        return self._program

    # --- running it ---------------------------------------------------------------------------

    def run(
        self,
        values: Mapping[str, float] | None = None,
        engine: str = "cstools",
        method: str | None = None,
        seed: int = 0,
    ) -> Run:
        """Return a run of the model; the model itself does not change.

        Parameters
        ----------
        values
            Constants, and first values of stocks, that differ in this run, by name.
        engine
            ``"cstools"``, or ``"pysd"`` for the second opinion.
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
        return running.run(self, values or {}, engine, method, seed)

    def ensemble(
        self,
        inputs: Any,
        executor: Executor | None = None,
        save: Sequence[str] | None = None,
        seed: int = 0,
    ) -> Any:
        """Return many runs at once, as an xarray ``Dataset`` with dimensions ``run`` and ``time``.

        Parameters
        ----------
        inputs
            A table: a DataFrame, or a mapping name → values, one value for each run.
        executor
            A :class:`concurrent.futures.Executor` that computes chunks of runs.
        save
            The variables to keep; the stocks, if not said. Memory grows with them.
        seed
            Of the first run, for models that draw random numbers; the next run has the next one.
        """
        return running.ensemble(self, inputs, executor, save, seed)

    # --- showing it ---------------------------------------------------------------------------

    def equations(self) -> Equations:
        """Return the equations in print, grouped by kind: a cell shows them as a table."""
        return Equations(self.name, tuple(self._parts.values()), self.spelling)

    def code(self, method: str | None = None) -> Code:
        """Return the Python that runs: the equations in order, and the step from now to next."""
        chosen = method_named(method or self.method)
        return Code(generate.python_source(self.program(), chosen))

    def causal_loops(self) -> CausalLoopDiagram:
        """Return the model's causal loop diagram, with signs read off its equations.

        Notes
        -----
        Where the rules of signs cannot tell, the sign is the one seen along the model's own run;
        it may differ for other values. Where it changes along the run, it is ``?``.
        """
        return causal_loops(self)

    def sliders(self) -> tuple[Constant | Stock, ...]:
        """Return the parts that have a range: each is a slider in the explorer."""
        found = (p for p in self._parts.values() if isinstance(p, (Constant, Stock)))
        return tuple(part for part in found if part.between)

    def javascript(self, names: Sequence[str] = ()) -> str:
        """Return ``function simulate(parameters, start, dt, steps, every)`` as JavaScript.

        ``names`` are the variables whose values it returns; without them, all that move.
        """
        keys = [self[name].key for name in names] or self.moving()
        return javascript.source(self.program(), keys, method_named(self.method))

    def moving(self) -> list[str]:
        """Return the keys of everything that can change during a run, stocks first."""
        program = self.program()
        keys = [*(s.key for s in program.states), *(e.key for e in program.each_step)]
        return [key for key in keys if key in self._parts]

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

    def write(self, path: str | Path) -> Path:
        """Write the model to an XMILE file, which Stella, PySD and others read.

        An equation that is XMILE already is written letter for letter.
        """
        return writing.write(self, path)

    def __repr__(self) -> str:
        return repr(self.equations())

    def _repr_html_(self) -> str:
        return self.equations()._repr_html_()


def _line() -> str:
    """Return the line of the caller's caller: the one that said the part."""
    return f"line {sys._getframe(2).f_lineno}"
