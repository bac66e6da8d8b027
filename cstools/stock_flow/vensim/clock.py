"""When a Vensim model starts and stops, and other numbers that must be known before it runs.

The file says them as equations like any other. They are worked out for the start of the run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cstools.engine.program import Clock
from cstools.equations.functions import FUNCTIONS
from cstools.equations.printing import to_text
from cstools.equations.tree import Apply, Name, Number, Tree, substitute, walk
from cstools.errors import CstoolsError, FileError
from cstools.names import with_subscripts
from cstools.stock_flow.checked import as_clock, fitting
from cstools.stock_flow.model import StockFlow
from cstools.stock_flow.vensim.draft import Draft, Drafts
from cstools.stock_flow.vensim.ranges import Ranges

TIME_STEP_MOVES = (
    "its TIME STEP changes during the run, which can be run here only where it stays a whole "
    "number of the shortest step, and nothing gathers or remembers"
)
_ROUNDING = 1e-9
_WORDS = {"starttime": "initial_time", "stoptime": "final_time", "dt": "time_step"}


class Start:
    """Works out numbers as they are when a run begins.

    Parameters
    ----------
    controls
        Key of a control variable, ``final_time`` … → its equation.
    """

    def __init__(self, controls: Mapping[str, Tree], drafts: Drafts, ranges: Ranges) -> None:
        self.controls, self.drafts, self.ranges = dict(controls), drafts, ranges
        for word in ("final_time", "time_step"):
            if word not in self.controls:
                raise FileError(f"it does not say its {word.replace('_', ' ').upper()}")
        self.controls.setdefault("initial_time", Number(0.0))
        self.start = 0.0
        self.start = self.number(self.controls["initial_time"], "INITIAL TIME")

    def model(self, name: str, time_units: str, method: str) -> StockFlow:
        """Return a model without parts that runs when the file says."""
        step = self._step()
        saved = self.controls.get("saveper", Number(step))
        stop = self.number(self.controls["final_time"], "FINAL TIME")
        every = None if self.moves(saved) else fitting(self.number(saved, "SAVEPER"), step)
        return StockFlow(name, self.start, stop, step, time_units, method, every)

    def _step(self) -> float:
        """Return the time step; of one that changes, the shortest up to the first FINAL TIME.

        Steps may change only where that changes no number: where nothing gathers or remembers.
        """
        tree = self.controls["time_step"]
        first = self.number(tree, "TIME STEP")
        if not self.moves(tree):
            return first
        stop = self.number(self.controls["final_time"], "FINAL TIME")
        nodes = [node for draft in self.drafts.all for node in walk(draft.tree)]
        if any(draft.kind == "stock" for draft in self.drafts.all) or any(map(_minds_steps, nodes)):
            raise FileError(TIME_STEP_MOVES)
        scratch = self._scratch(tree)
        scratch.clock = as_clock("start", self.start, stop, first, None)
        return float(scratch.run()["wanted"].min())

    def number(self, tree: Tree, name: str) -> float:
        """Return the number that an equation comes to at the start."""
        return self.numbers(tree, name)[0]

    def numbers(self, tree: Tree, name: str, over: tuple[str, ...] = ()) -> list[float]:
        """Return the numbers that an equation comes to at the start, one for each element."""
        if isinstance(tree, Number):
            return [tree.value]
        try:
            run = self._scratch(tree, over).run()
        except CstoolsError as error:
            raise FileError(f"'{name}' cannot be worked out before the run: {error}") from None
        wanted = [k for k in run.values if k.partition("[")[0] == "wanted"]
        return [float(run.values[k][0]) for k in wanted]

    def moves(self, tree: Tree) -> bool:
        """Say whether an equation can come to another number later."""
        if isinstance(tree, Number):
            return False
        program = self._scratch(tree).program()
        return any(equation.key == "wanted" for equation in program.each_step)

    def told(self, tree: Tree) -> Tree:
        """Return an equation with the clock's words replaced by what the file says of them."""
        for _ in _WORDS:  # one control variable may name another
            told = {word: self.controls[name] for word, name in _WORDS.items()}
            tree = substitute(tree, told)
        return tree

    def _scratch(self, tree: Tree, over: tuple[str, ...] = ()) -> StockFlow:
        """Return a model of an equation and all that it needs, called ``wanted``."""
        scratch = StockFlow("start", self.start, self.start + 1)
        for dimension in self.ranges.dimensions.values():
            scratch.dimension(dimension.name, dimension.elements, dimension.maps)
        spelling = self.drafts.spelling() | self.ranges.names
        for draft in self._needed(tree):
            draft.say(scratch, spelling)
        name = with_subscripts("wanted", over) if over else "wanted"
        scratch.auxiliary(name, to_text(self.told(tree), spelling))
        return scratch

    def _needed(self, tree: Tree) -> list[Draft]:
        """Return the parts that an equation needs, directly or not, each by its first value."""
        pieces: dict[str, list[Draft]] = {}
        for draft in self.drafts.all:
            pieces.setdefault(draft.key, []).append(draft)
        pending, found = [self.told(tree)], dict[str, list[Draft]]()
        while pending:
            for name in _named(pending.pop()):
                if name in pieces and name not in found:
                    found[name] = [self._at_start(draft) for draft in pieces[name]]
                    pending += [draft.tree for draft in found[name]]
        return [draft for drafts in found.values() for draft in drafts]

    def _at_start(self, draft: Draft) -> Draft:
        if draft.kind == "stock":
            return replace(draft, kind="auxiliary", tree=self.told(draft.first))
        kind = "auxiliary" if draft.kind == "flow" else draft.kind
        return replace(draft, kind=kind, tree=self.told(draft.tree))


def on_the_clock(points: list[tuple[float, float]], clock: Clock) -> list[tuple[float, float]]:
    """Return data with their times as the run's own, where they differ by rounding alone.

    Data that hold from a point on would else be a step late: ten steps of 0.57 are not quite 5.7.
    """
    result = []
    for x, y in points:
        moment = clock.start + round((x - clock.start) / clock.dt) * clock.dt
        result.append((moment if abs(moment - x) < _ROUNDING * clock.dt else x, y))
    return result


def _minds_steps(node: Tree) -> bool:
    """Say whether a node of a tree comes to another number when steps are of another length."""
    if isinstance(node, Apply) and node.function in FUNCTIONS:
        return FUNCTIONS[node.function].watches
    return isinstance(node, Name) and node.key == "dt"


def _named(tree: Tree) -> set[str]:
    nodes = walk(tree)
    return {
        n.function if isinstance(n, Apply) else n.key for n in nodes if not isinstance(n, Number)
    }
