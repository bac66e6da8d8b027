"""Questions to a model that take more than one run: each door leads to a room that answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from typing import TYPE_CHECKING, Any, cast

from cstools.floors import upstairs
from cstools.stock_flow import ensemble as ensembles

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow


class Asked:
    """The questions that a model answers; :class:`cstools.StockFlow` is what people use."""

    def ensemble(
        self,
        inputs: Any = None,
        executor: Executor | None = None,
        save: Sequence[str] | None = None,
        runs: int | None = None,
        seed: int = 0,
        sampling: str = "latin hypercube",
        progress: bool | Callable[[int, int], None] | None = None,
        cancel: Any = None,
        workers: int | None = None,
        engine: str = "cstools",
    ) -> Any:
        """Return many runs at once, as an xarray ``Dataset`` with dimensions ``run`` and ``time``.

        An array has its own dimensions after these. The inputs stand beside the runs as
        coordinates, units as attributes.

        Parameters
        ----------
        inputs
            A table: a DataFrame, or a mapping name → values, one value for each run. Or
            distributions: a mapping name → ``(low, high)``, ``("normal", mean, spread)``,
            ``("triangular", low, mode, high)``, ``("loguniform", low, high)``, or a distribution
            of ``scipy.stats``. Or names of parts that have a range, ``between=``; all of these,
            if nothing is said.
        executor
            Any :class:`concurrent.futures.Executor`, which computes chunks of runs: threads,
            processes, or other machines by ``client.get_executor()`` of ``dask.distributed``.
        save
            The variables to keep; the stocks, if not said. Memory grows with them.
        runs
            How many are drawn from distributions; 200, if not said.
        seed
            Of what is drawn, and of the first run of a model that draws random numbers itself;
            the next run has the next one.
        sampling
            ``"latin hypercube"``, ``"sobol"`` (in powers of two) or ``"random"``.
        progress
            ``True`` for a bar, or a function of ``(done, total)``.
        cancel
            A function that returns ``True`` to stop, or a ``threading.Event``. The chunk under
            way is finished. The stop button of a notebook stops as well, at once.
        workers
            How many chunks the executor computes at a time; to be said for a cluster.
        engine
            ``"cstools"``, or ``"fast"`` for compiled code, of the extra ``fast``.

        Returns
        -------
        xarray.Dataset
            Of a stopped ensemble, the runs that are done, a warning, and the attribute
            ``stopped``.

        Raises
        ------
        DataError
            When the inputs are no table and no distributions.
        ModelError, UnknownNameError
            When a name is not in the model, or is computed by an equation.

        Notes
        -----
        Inputs are drawn independently of each other. Where in life two go together, such as the
        size of a family and of its house, an ensemble shows combinations that do not occur.
        """
        model = cast("StockFlow", self)
        return ensembles.ensemble(
            model, inputs, executor, save, runs, seed, sampling, progress, cancel, workers, engine
        )

    def sensitivity(
        self,
        inputs: Any = None,
        of: str | None = None,
        at: Any = None,
        runs: int = 4096,
        seed: int = 0,
        executor: Executor | None = None,
        progress: bool | Callable[[int, int], None] | None = None,
        engine: str = "cstools",
    ) -> Any:
        """Return what moves a result: which inputs, alone and together, and how far.

        Parameters
        ----------
        inputs
            Distributions or names, as :meth:`ensemble` takes them; all parts with a range, if not
            said.
        of
            The variable that it is about; the first stock, if not said.
        at
            Which number of a run: ``"final"`` (if not said), ``"max"``, ``"min"``, ``"mean"``, a
            time, or a function of the saved times and one run's values.
        runs
            At most so many; more of them give surer shares.
        seed
            Of the points; and of every run, for models that draw random numbers.
        executor, progress, engine
            As in :meth:`ensemble`.

        Returns
        -------
        cstools.analysis.sensitivity.Sensitivity
            With ``.tornado()``, ``.shares()``, ``.fan()``, ``.describe()`` and ``.to_frame()``.

        Raises
        ------
        DataError
            When the runs are too few, or some come to no number.
        ModelError, UnknownNameError
            When the model has no such input, variable or moment.

        Notes
        -----
        The answer is about the ranges as much as about the model: an input with a wide range moves
        more. And an input that moves nothing here may rule where the ranges do not reach.
        """
        return upstairs("analysis.sensitivity").sensitivity(
            self, inputs, of, at, runs, seed, executor, progress, engine
        )

    def leverage(
        self,
        of: str | None = None,
        at: Any = None,
        share: float = 0.1,
        inputs: Any = None,
        draws: int = 100,
        seed: int = 0,
        executor: Executor | None = None,
        engine: str = "cstools",
    ) -> Any:
        """Return what the same share of each parameter does to a result, the strongest first.

        Parameters
        ----------
        of, at
            The result, as in :meth:`sensitivity`.
        share
            By what part of itself each parameter is moved, up and down, one at a time.
        inputs
            Names, or a mapping name → distribution, as :meth:`ensemble` takes it; all constants,
            if not said. A parameter without a range stays as it is while others are drawn.
        draws
            How many models, as the ranges allow, the comparison is made in.
        seed
            Of these draws; and of the runs, for models that draw random numbers.
        executor, engine
            As in :meth:`ensemble`.

        Returns
        -------
        cstools.analysis.leverage.Leverage
            With ``.levers``, ``.plot()``, ``.describe()`` and ``.to_frame()``.

        Raises
        ------
        DataError
            When ``share`` is no part of one, or some runs come to no number.
        ModelError, UnknownNameError
            When the model has no such parameter, variable or moment, or none that is not 0.

        Notes
        -----
        The same share is not the same effort, and parameters are the weakest of the places to
        intervene [Meadows1999]_. Unlike :meth:`sensitivity`, a wide range moves nothing more here:
        it only makes the order less sure.
        """
        return upstairs("analysis.leverage").leverage(
            self, of, at, share, inputs, draws, seed, executor, engine
        )

    def scenarios(
        self,
        values: Mapping[str, Mapping[str, float]],
        engine: str = "cstools",
        method: str | None = None,
        seed: int = 0,
    ) -> Any:
        """Return runs side by side: ``{"as it is": {}, "longer delay": {"delay": 5}}``.

        Parameters
        ----------
        values
            Name of each scenario → what it sets, as :meth:`run` takes it. The first one is what the
            others are compared with.
        engine, method, seed
            As in :meth:`run`; the same for all.

        Returns
        -------
        cstools.analysis.scenarios.Scenarios
            With ``.runs``, ``.plot(…)``, ``.table(…)`` and ``.describe(…)``.

        Raises
        ------
        ModelError, UnknownNameError
            As :meth:`run` does; the message begins with the scenario's name.

        Notes
        -----
        A scenario says what would follow from its values in this model. It is no forecast, and two
        scenarios are not the two ends of what may come.
        """
        return upstairs("analysis.scenarios").scenarios(self, values, engine, method, seed)

    def calibrate(
        self,
        data: Any,
        inputs: Any = None,
        seed: int = 0,
        weights: Mapping[str, float] | None = None,
        generations: int = 200,
        progress: bool | Callable[[int, int], None] | None = None,
        engine: str = "cstools",
    ) -> Any:
        """Return the values under which the model comes nearest to data, and how sure they are.

        Parameters
        ----------
        data
            What was observed: a DataFrame whose index is the time (or that has a column of it), a
            mapping ``{"time": […], "fish": […]}``, or ``{"fish": [(time, value), …]}`` where each
            variable has its own times. Gaps are allowed; between saved times the run is taken as
            straight.
        inputs
            What may be moved, and how far: ``{"growth rate": (0.1, 2)}``; all parts with a range,
            if not said.
        seed
            Of the search.
        weights
            Name of a variable → how much its misses count; 1 if not said. Misses are measured
            against the spread of the variable's own data, so that units do not matter.
        generations
            How long to search at most.
        progress
            As in :meth:`ensemble`; it counts generations.
        engine
            As in :meth:`ensemble`; ``"fast"`` pays where runs are long and inputs few.

        Returns
        -------
        cstools.analysis.calibration.Calibration
            With ``.values``, ``.intervals``, ``.run``, ``.residuals``, ``.plot()``,
            ``.describe()`` and ``.to_frame()``.

        Raises
        ------
        DataError
            When the data have no times, no numbers, or too few of them.
        ModelError, UnknownNameError
            When the model has no such variable or input.

        Notes
        -----
        A good fit is no proof: other models, and often other values in this one, fit as well. The
        result says which values the data cannot tell apart.
        """
        return upstairs("analysis.calibration").calibrate(
            self, data, inputs, seed, weights, generations, progress, engine
        )

    def equilibrium(
        self, values: Mapping[str, float] | None = None, starts: int = 20, seed: int = 0
    ) -> Any:
        """Return the states in which all net flows vanish, and what a push does to each.

        Parameters
        ----------
        values
            Constants that differ, and first values of stocks, from which the search begins too.
        starts
            From how many states to search: where the run begins and ends, and others within and
            around what it passes through.
        seed
            Of these others.

        Returns
        -------
        cstools.analysis.equilibrium.Equilibria
            A sequence, which may be empty, with ``.describe()``.

        Raises
        ------
        ModelError, UnknownNameError
            As :meth:`run` does; and when the model draws random numbers, and so never rests.

        Notes
        -----
        That none was found is no proof that there is none. Whether a state is stable is said for
        small pushes and very short steps: a long ``dt`` can swing away from a stable one.
        """
        return upstairs("analysis.equilibrium").equilibrium(self, values or {}, starts, seed)
