"""A Vensim file becomes a model: its equations are read one by one, and then put together."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from cstools.equations.functions import CLOCK
from cstools.equations.printing import to_text
from cstools.equations.tree import Name, Tree, walk
from cstools.errors import CstoolsError, FileError
from cstools.names import key
from cstools.stock_flow.checked import as_clock
from cstools.stock_flow.model import StockFlow
from cstools.stock_flow.vensim import data, delays, exceptions, flows
from cstools.stock_flow.vensim.clock import TIME_STEP_MOVES, Start, on_the_clock
from cstools.stock_flow.vensim.draft import Draft, Drafts
from cstools.stock_flow.vensim.expressions import CONTROLS, Expressions
from cstools.stock_flow.vensim.pieces import Pieces
from cstools.stock_flow.vensim.text import Said, Section, method, same_units, sections

_CONTROLS = ("initial_time", "final_time", "time_step", "saveper")
_MOST_STEPS = 100_000


def read(path: str | Path) -> StockFlow:
    """Return the model in a Vensim file (``.mdl``).

    Raises
    ------
    FileError
        When the file is missing, empty or damaged, or holds something this package cannot run;
        the message names the part and the construct.

    Notes
    -----
    When a run starts and stops, the length of its steps, and how many stages a ``DELAY N`` or a
    ``SMOOTH N`` has, are worked out here once; a run that sets other constants keeps them. Vensim
    computes in single precision unless told otherwise, so that its last digits differ, and chaotic
    models part ways. Its streams of random numbers are not these.
    """
    path = Path(path)
    if not path.is_file():
        raise FileError(f"'{path}': there is no such file; is the name spelt as it is on the disk?")
    if not path.read_bytes().strip():
        raise FileError(f"'{path.name}' is empty")
    try:
        main, *macros = sections(path)
        return _model(main, tuple(macros), path)
    except CstoolsError as error:
        raise FileError(f"'{path.name}': {error}") from None
    finally:
        data.forget()


def _model(main: Section, macros: tuple[Section, ...], path: Path) -> StockFlow:
    pieces = Pieces(main, macros, path)
    for said in main.said:
        pieces.ranges.check_size(said.subscripts, said.name)
    for said in exceptions.without(main.said, pieces.ranges):
        if said.key not in _CONTROLS and not _is_the_clock(said):
            pieces.add(said)
    controls = {said.key: _control(said, pieces) for said in main.said if said.key in _CONTROLS}
    drafts = pieces.drafts
    _add_saveper(drafts, controls)
    start = Start(controls, drafts, pieces.ranges)
    units = next((said.units for said in main.said if said.key == "time_step"), "")
    model = start.model(path.stem, units, method(path))
    delays.settle(drafts, start, model.dt)
    flows.find(drafts, pieces.ranges)
    for draft in drafts.all:
        if draft.over_time:
            draft.points = on_the_clock(draft.points, model.clock)
    model.same_units = same_units(path)
    _say(model, pieces)
    spelling = drafts.spelling() | pieces.ranges.names
    if start.moves(controls["final_time"]):
        _stop_when_told(model, controls["final_time"], spelling)
    if start.moves(controls["time_step"]):
        _check_steps(model, controls["time_step"], spelling)
    return model


def _is_the_clock(said: Said) -> bool:
    """Say whether a variable is the clock's own, as ``dt = TIME STEP`` is; another is an error."""
    if said.key not in CLOCK:
        return False
    if CONTROLS.get(key(said.text)) == CLOCK[said.key]:
        return True
    raise FileError(
        f"'{said.name}' means the clock's own {CLOCK[said.key].upper()} here; "
        "give the variable another name in the file"
    )


def _control(said: Said, pieces: Pieces) -> Tree:
    """Return the equation of one of the file's control variables."""
    draft = Draft("auxiliary", said.name)
    return Expressions(draft, pieces).whole(pieces.structure(said, said.name))


def _add_saveper(drafts: Drafts, controls: dict[str, Tree]) -> None:
    """Add how often a row is kept, where an equation asks for it."""
    trees = [tree for draft in drafts.all for tree in (draft.tree, draft.first)]
    named = {node.key for tree in trees for node in walk(tree) if isinstance(node, Name)}
    if "saveper" in named and "saveper" in controls:
        drafts.add(Draft("auxiliary", "SAVEPER", tree=controls["saveper"]))


def _say(model: StockFlow, pieces: Pieces) -> None:
    """Add every dimension and part to a model."""
    spelling = pieces.drafts.spelling() | pieces.ranges.names
    for dimension in pieces.ranges.dimensions.values():
        spelling[key(dimension.name)] = dimension.name
        model.dimension(dimension.name, dimension.elements, dimension.maps)
    for draft in pieces.drafts.all:
        draft.say(model, spelling)


def _stop_when_told(model: StockFlow, tree: Tree, spelling: dict[str, str]) -> None:
    """Let a model stop at the first step at which its FINAL TIME has come.

    The end is looked for once, with the file's own numbers; a run that sets others ends then too.
    """
    scratch = model.copy()
    scratch.auxiliary("final time as told", to_text(tree, spelling))
    span = model.stop - model.start
    while span / model.dt <= _MOST_STEPS:
        stop = model.start + span
        scratch.clock = as_clock(model.name, model.start, stop, model.dt, model.dt)
        run = scratch.run()
        come = np.flatnonzero(run.time >= run["final time as told"])
        if come.size:
            saved = model.clock.every * model.dt
            stop = float(run.time[come[0]])
            model.clock = as_clock(model.name, model.start, stop, model.dt, saved)
            return
        span *= 2  # what comes later changes nothing before it
    raise FileError(f"its FINAL TIME has not come after {_MOST_STEPS:,} steps; give it a number")


def _check_steps(model: StockFlow, tree: Tree, spelling: dict[str, str]) -> None:
    """Refuse a model whose TIME STEP becomes other than whole steps of the one it runs with."""
    scratch = model.copy()
    scratch.auxiliary("time step as told", to_text(tree, spelling))
    scratch.clock = as_clock(model.name, model.start, model.stop, model.dt, model.dt)
    steps = scratch.run()["time step as told"] / model.dt
    if not np.allclose(steps, np.rint(steps), rtol=0, atol=1e-9) or steps.min() < 0.5:
        raise FileError(TIME_STEP_MOVES)
