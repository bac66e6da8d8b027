"""Which loops dominate when, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cstools.analysis.loop_dominance import Period
from cstools.analysis.tables import listed, percent
from cstools.causal_loops.parts import Loop
from cstools.errors import ModelError
from cstools.on_demand import numpy as np
from cstools.plotting.words import moment, number

_MOST_PERIODS = 5
_MOST_PARTS = 3


def told(
    title: str,
    time: np.ndarray,
    units: str,
    periods: Sequence[Sequence[Period]],
    components: Sequence[Sequence[int]],
    loops: Sequence[Loop],
    notes: Sequence[str] = (),
    complete: bool = True,
) -> str:
    """Return the sentences that say which loops dominate a run, and when.

    Parameters
    ----------
    periods, components
        Of each component, its periods of dominance and its loops.
    notes
        Sentences that are said at the end.
    complete
        Whether these are all the loops.
    """
    if not loops:
        return " ".join([f"{_called(title)} has no feedback loops.", *filter(None, notes)])
    # Where not all are told, what looks alone need not be.
    alone = [loops[own[0]] for own in components if complete and len(own) == 1]
    shared = [n for n, own in enumerate(components) if not complete or len(own) > 1]
    shared.sort(key=lambda n: -len(components[n]))
    lines = []
    for n in shared[:_MOST_PARTS]:
        where = f"{around(components[n], loops)}: " if len(shared) > 1 else ""
        lines.append(where + _told_of_one(time, units, periods[n]))
    if len(shared) > _MOST_PARTS:
        lines.append(f"{len(shared) - _MOST_PARTS} more groups of loops stand apart from these.")
    if alone:
        lines.append(_told_alone(alone))
    many = _counted(loops)
    counted = f"{_called(title)} has {many}."
    if not complete:
        counted = f"Of {_called(title)}, {many}, {'is' if len(loops) == 1 else 'are'} told."
    return " ".join([counted, *lines, *filter(None, notes)])


def row(time: np.ndarray, at: object) -> int:
    """Return the row of the saved time that is nearest; a time outside the run is an error."""
    if isinstance(at, bool) or not isinstance(at, (int, float, np.integer, np.floating)):
        raise ModelError(f"at= is a time of the run, a number, not {type(at).__name__}")
    slack = (time[-1] - time[0]) * 1e-9
    if not time[0] - slack <= at <= time[-1] + slack:
        raise ModelError(
            f"the run goes from {number(time[0])} to {number(time[-1])}; at={at:g} is outside it"
        )
    return int(np.abs(time - at).argmin())


def _called(title: str) -> str:
    return f"'{title}'" if title else "This model"


def _counted(loops: Sequence[Loop]) -> str:
    words = {"R": "reinforcing", "B": "balancing", "U": "of changing or unknown polarity"}
    kinds = Counter(loop.polarity for loop in loops)
    if len(loops) == 1:
        return f"one feedback loop, {words[loops[0].polarity]}"
    parts = [f"{kinds[kind]:,} {word}" for kind, word in words.items() if kinds[kind]]
    return f"{len(loops):,} feedback loops, {listed(parts)}"


def around(columns: Sequence[int], loops: Sequence[Loop]) -> str:
    """Return how a component is called: by the first of its stocks."""
    names = list(dict.fromkeys(loops[n].variables[0] for n in columns))
    return f"Round {listed(names if len(names) <= 2 else [*names[:2], 'others'])}"


def _told_of_one(time: np.ndarray, units: str, periods: Sequence[Period]) -> str:
    ruled = [period for period in periods if period.loops]
    if not ruled:
        return "Nothing changes in this run, so that no loop acts."
    if len(periods) == 1:
        verb = "dominate" if len(ruled[0].loops) > 1 else "dominates"
        return f"{_ruler(ruled[0])} {verb} throughout ({percent(ruled[0].share)})."
    if len(periods) > _MOST_PERIODS:
        return _summed_up(time, periods)
    clauses = []
    for period in periods:
        share = f"{_ruler(period)} ({percent(period.share)})"
        said = share if period.loops else "none, as nothing changes"
        last = period is periods[-1]
        when = "from then on" if last else f"up to {moment(period.stop, units)}"
        clauses.append(f"{when} {said}")
    first, *others = clauses
    return f"What dominates: {listed([first, *others])}."


def _ruler(period: Period) -> str:
    names = list(period.loops)
    return listed(names if len(names) <= 4 else [*names[:3], f"{len(names) - 3} more"])


def _summed_up(time: np.ndarray, periods: Sequence[Period]) -> str:
    lasted: dict[str, float] = {}
    for period in periods:
        ruler = _ruler(period) if period.loops else ""
        lasted[ruler] = lasted.get(ruler, 0.0) + period.stop - period.start
    whole = time[-1] - time[0]
    most = [
        f"{ruler or 'none, as nothing changes'} ({percent(length / whole)} of the time)"
        for ruler, length in sorted(lasted.items(), key=lambda item: -item[1])[:3]
    ]
    changes = len(periods) - 1
    return f"Which of them dominate changes {changes} times; most often it is {listed(most)}."


def _told_alone(alone: Sequence[Loop]) -> str:
    names = [loop.name for loop in alone]
    if len(names) == 1:
        return f"{names[0]} has no other loop beside it, and so explains all that its stocks do."
    shown = listed(names if len(names) <= 4 else [*names[:3], f"{len(names) - 3} more"])
    return f"{shown} have no other loop beside them, and so explain all that their stocks do."
