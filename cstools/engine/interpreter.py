"""The register machine: compiled once for an installation, it runs every program.

The loops below take :class:`cstools.engine.instructions.Instructions` as data, so that a model
that was edited a second ago runs at once. The arithmetic is that of :mod:`cstools.engine.words`,
in the same order.

All of it is in one file, because numba looks at this file alone to see whether what it compiled
before is still right.

A new operation is a code, a line in :func:`_rare`, and a row in :mod:`cstools.engine.registers`;
one that most models use deserves a line of its own in :func:`_execute` and :func:`_execute_many`
as well.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeVar

import numba
import numpy as np

from cstools.engine.instructions import DT, TIME, Code, Instructions

_Function = TypeVar("_Function", bound=Callable[..., Any])
_OPTIONS = {"error_model": "numpy", "nogil": True}  # a division by zero gives infinity
_called: Callable[[_Function], _Function] = numba.njit(**_OPTIONS)
# To hand a function its arrays takes as long as several operations: these are not called.
_inlined: Callable[[_Function], _Function] = numba.njit(forceinline=True, **_OPTIONS)
_entered: Callable[[_Function], _Function] = numba.njit(cache=True, **_OPTIONS)


HELD = 8  # rows of float64 that fill a line of memory
_MASK = np.uint64(0xFFFFFFFF)
_GOLDEN = np.uint64(0x9E3779B9)
_ALMOST_ZERO = 1e-6


# --- operations on plain values -------------------------------------------------------------------


@_called
def _mixed(x: Any) -> Any:
    x = ((x ^ (x >> np.uint64(16))) * np.uint64(0x7FEB352D)) & _MASK
    x = ((x ^ (x >> np.uint64(15))) * np.uint64(0x846CA68B)) & _MASK
    return x ^ (x >> np.uint64(16))


@_called
def _noise(stream: float, seed: Any, step: int) -> float:
    here = _mixed(((np.uint64(stream) * _GOLDEN) & _MASK) ^ _mixed(np.uint64(step)))
    place = _mixed(np.uint64(seed) ^ here)
    high = _mixed((place + _GOLDEN) & _MASK) >> np.uint64(5)
    low = _mixed((place + np.uint64(2) * _GOLDEN) & _MASK) >> np.uint64(6)
    return np.float64(high * np.uint64(67108864) + low) / 9007199254740992.0


@_called
def _poisson(mean: float, share: float) -> float:
    chance = math.exp(-mean)
    if not chance > 0:
        return math.nan
    count, reached = 0.0, chance
    while share > reached and chance > 0:
        count += 1.0
        chance *= mean / count
        reached += chance
    return count


@_inlined
def _least(a: float, b: float) -> float:
    return a if a < b or a != a else b


@_inlined
def _greatest(a: float, b: float) -> float:
    return a if a > b or a != a else b


@_called
def _pulse(time: float, dt: float, amount: float, first: float, every: float) -> float:
    turn = max(np.floor((time - first) / every + 0.5), 0.0) if every > 0 else 0.0
    return amount / dt if abs(time - first - turn * every) < dt / 2 else 0.0


@_called
def _during(time: float, dt: float, start: float, length: float) -> float:
    middle = time + dt / 2
    return 1.0 if start < middle and middle < start + _greatest(length, dt) else 0.0


@_called
def _train(time: float, dt: float, start: float, length: float, every: float, end: float) -> float:
    middle = time + dt / 2
    into = (middle - start) % every if every > 0 else middle - start
    on = into < _greatest(length, dt)
    return 1.0 if start < middle and middle < end and on else 0.0


@_called
def _rare(
    code: int,
    a: float,
    b: float,
    c: float,
    d: float,
    time: float,
    dt: float,
    seed: Any,
    step: int,
) -> float:
    """Return the value of an operation that has no line of its own in the loops."""
    if code == Code.EXP:
        return math.exp(a)
    if code == Code.LN:
        return math.log(a)
    if code == Code.LOG10:
        return math.log10(a)
    if code == Code.SQRT:
        return math.sqrt(a)
    if code == Code.ABSOLUTE:
        return abs(a)
    if code == Code.POWER:
        return math.pow(a, b)
    if code == Code.MODULO:
        left = float(np.fmod(a, b))
        return left + b if left != 0 and (left < 0) != (b < 0) else left
    if code == Code.REMAINDER:
        return float(np.fmod(a, b))
    if code == Code.TRUNCATE:
        return float(np.trunc(a))
    if code == Code.FLOOR:
        return float(np.floor(a))
    if code == Code.SIN:
        return math.sin(a)
    if code == Code.COS:
        return math.cos(a)
    if code == Code.TAN:
        return math.tan(a)
    if code == Code.SINH:
        return math.sinh(a)
    if code == Code.COSH:
        return math.cosh(a)
    if code == Code.TANH:
        return math.tanh(a)
    if code == Code.ARCSIN:
        return math.asin(a)
    if code == Code.ARCCOS:
        return math.acos(a)
    if code == Code.ARCTAN:
        return math.atan(a)
    if code == Code.LOGARITHM:
        return math.log(a) / math.log(b)
    if code == Code.SAFEDIV:
        return c if b == 0 else a / b
    if code == Code.XIDZ:
        return c if abs(b) < _ALMOST_ZERO else a / b
    if code == Code.QUANTUM:
        return b * float(np.trunc(a / b)) if b > 0 else a
    if code == Code.NOISE:
        return _noise(a, seed, step)
    if code == Code.POISSON:
        return _poisson(a, b)
    if code == Code.STEP:
        return a if time + dt / 2 > b else 0.0
    if code == Code.RAMP:
        return a * _greatest(_least(time, c) - b, 0.0)
    if code == Code.PULSE:
        return _pulse(time, dt, a, b, c)
    if code == Code.DURING:
        return _during(time, dt, a, b)
    if code == Code.TRAIN:
        return _train(time, dt, a, b, c, d)
    return math.nan


@_inlined
def _on_line(x: float, origin: float, height: float, slope: float) -> float:
    """Return the value of a lookup on one of its lines; a level one has no origin."""
    if origin != origin:
        return height if x == x else x
    return slope * (x - origin) + height


@_called
def _waits(duration: float, dt: float, steps: int) -> int:
    """Return how many steps a pipeline takes; no more than the run has, and one."""
    wait = np.floor(duration / dt + 0.5)
    if not math.isfinite(wait):
        return 1
    return int(max(1.0, min(wait, steps + 1.0)))


# --- one run --------------------------------------------------------------------------------------


@_inlined
def _execute(
    work: Instructions, registers: Any, begin: Any, end: Any, seed: Any, step: int
) -> None:
    code, lists, lines = work.code, work.lists, work.lines
    heads, ends, guesses = work.heads, work.ends, work.guesses
    for at in range(begin, end):
        what, out = code[at, 0], code[at, 1]
        a, b = registers[code[at, 2]], registers[code[at, 3]]
        if what == Code.ADD:
            registers[out] = a + b
        elif what == Code.SUBTRACT:
            registers[out] = a - b
        elif what == Code.MULTIPLY:
            registers[out] = a * b
        elif what == Code.DIVIDE:
            registers[out] = a / b
        elif what == Code.MOVE:
            registers[out] = a
        elif what == Code.NEGATE:
            registers[out] = -a
        elif what == Code.LEAST:
            registers[out] = _least(a, b)
        elif what == Code.GREATEST:
            registers[out] = _greatest(a, b)
        elif what == Code.CHOICE:
            registers[out] = b if a != 0 else registers[code[at, 4]]
        elif what == Code.LESS:
            registers[out] = 1.0 if a < b else 0.0
        elif what == Code.LESS_EQUAL:
            registers[out] = 1.0 if a <= b else 0.0
        elif what == Code.EQUAL:
            registers[out] = 1.0 if a == b else 0.0
        elif what == Code.NOT_EQUAL:
            registers[out] = 1.0 if a != b else 0.0
        elif what == Code.BOTH:
            registers[out] = 1.0 if a != 0 and b != 0 else 0.0
        elif what == Code.EITHER:
            registers[out] = 1.0 if a != 0 or b != 0 else 0.0
        elif what == Code.NOT:
            registers[out] = 1.0 if a == 0 else 0.0
        elif what == Code.LOOKUP:
            lookup = code[at, 4]
            line, last, guess = heads[lookup, 0], heads[lookup, 1], heads[lookup, 2]
            if a >= ends[lookup, 1]:
                line = last
            elif a > ends[lookup, 0]:
                line = guesses[guess + np.uint32((a - ends[lookup, 0]) * ends[lookup, 2])]
                while lines[line + np.uint32(1), 0] <= a:
                    line += np.uint32(1)
            registers[out] = _on_line(a, lines[line, 1], lines[line, 2], lines[line, 3])
        elif what == Code.CHOOSE:
            chosen = 0.0
            if a >= 1 and a < code[at, 5] + 1.0:
                chosen = registers[lists[code[at, 4] + np.uint32(a) - np.uint32(1)]]
            registers[out] = chosen
        else:
            c, d = registers[code[at, 4]], registers[code[at, 5]]
            registers[out] = _rare(what, a, b, c, d, registers[TIME], registers[DT], seed, step)


@_entered
def run_one(
    arrays: Any, registers: Any, clock: tuple[float, float, int, int], seed: Any, saved: Any
) -> None:
    """Walk through a run whose ``clock`` is ``(start, dt, steps, every)``.

    ``arrays`` are those of the instructions (a plain tuple: numba takes it twice as quickly), and
    ``saved`` is ``(columns, rows)``. A stretch of instructions is done at one place only, or this
    function would be three times as long: in step -1 what comes before the first step, in stage 0
    the step itself, and in the further stages the places within it.
    """
    work = Instructions(*arrays)
    before, inner, whole = work.marks[0], work.marks[1], work.marks[2]
    states, kept, pipes, columns = work.states, work.kept, work.pipes, work.columns
    moving, stages, (start, dt, steps, every) = np.int64(work.marks[3]), len(work.weights), clock
    base, rates = np.empty(len(states)), np.empty((stages, len(states)))
    waits, past = np.ones(len(pipes), dtype=np.int64), np.empty((0, 0))
    registers[TIME], registers[DT] = start, dt
    begin, end = np.uint64(0), before
    step, stage, row, next_row = -1, 0, 0, 0
    while step <= steps:
        _execute(work, registers, begin, end, seed, max(step, 0))
        if step < 0:
            for p in range(len(pipes)):
                waits[p] = _waits(registers[pipes[p, 2]], dt, steps)
            past, begin = np.empty((len(pipes), waits.max() if len(pipes) else 0)), before
        else:
            if stage == 0:
                if step == next_row:
                    for c in range(moving):
                        saved[c, row] = registers[columns[c]]
                    row, next_row = row + 1, next_row + every
                for p in range(len(pipes)):
                    past[p, step % waits[p]] = registers[pipes[p, 3]]
            if stages == 1:
                for s in range(len(states)):
                    registers[states[s, 0]] += dt * registers[states[s, 1]]
            else:
                stage = _next_stage(work, registers, base, rates, dt, stage)
                if stage > 0:
                    registers[TIME] = start + step * dt + work.shares[stage - 1] * dt
                    end = inner
                    continue
            for k in range(len(kept)):
                registers[kept[k, 0]] = registers[kept[k, 1]]
        step, end = step + 1, whole
        registers[TIME] = start + step * dt
        for p in range(len(pipes)):
            late, first = step >= waits[p], registers[pipes[p, 1]]
            registers[pipes[p, 0]] = past[p, step % waits[p]] if late else first
    for c in range(moving, len(columns)):
        saved[c] = registers[columns[c]]


@_called
def _next_stage(
    work: Instructions, registers: Any, base: Any, rates: Any, dt: float, stage: int
) -> int:
    """Note the rates of a stage, and move the states to the next place, or to the next step.

    Return the number of the next stage, 0 for a new step.
    """
    following = stage + 1 if stage < len(work.shares) else 0
    for s in range(len(work.states)):
        rates[stage, s] = registers[work.states[s, 1]]
        if stage == 0:
            base[s] = registers[work.states[s, 0]]
    for s in range(len(work.states)):
        if following:
            moved = base[s] + work.shares[stage] * dt * rates[stage, s]
        else:
            mean = work.weights[0] * rates[0, s]
            for other in range(1, stage + 1):
                mean += work.weights[other] * rates[other, s]
            moved = base[s] + dt * mean
        registers[work.states[s, 0]] = moved
    return following


# --- many runs, side by side ----------------------------------------------------------------------


@_inlined
def _execute_many(
    work: Instructions, registers: Any, begin: Any, end: Any, seeds: Any, step: int
) -> None:
    """Do what :func:`_execute` does, for registers ``(registers, runs)``.

    No instruction writes a register that it reads, so each loop becomes instructions on vectors.
    """
    code, lists, lines, runs = work.code, work.lists, work.lines, registers.shape[1]
    heads, ends, guesses = work.heads, work.ends, work.guesses
    for at in range(begin, end):
        what, out, x, y = code[at, 0], code[at, 1], code[at, 2], code[at, 3]
        if what == Code.ADD:
            for r in range(runs):
                registers[out, r] = registers[x, r] + registers[y, r]
        elif what == Code.SUBTRACT:
            for r in range(runs):
                registers[out, r] = registers[x, r] - registers[y, r]
        elif what == Code.MULTIPLY:
            for r in range(runs):
                registers[out, r] = registers[x, r] * registers[y, r]
        elif what == Code.DIVIDE:
            for r in range(runs):
                registers[out, r] = registers[x, r] / registers[y, r]
        elif what == Code.MOVE:
            for r in range(runs):
                registers[out, r] = registers[x, r]
        elif what == Code.NEGATE:
            for r in range(runs):
                registers[out, r] = -registers[x, r]
        elif what == Code.LEAST:
            for r in range(runs):
                registers[out, r] = _least(registers[x, r], registers[y, r])
        elif what == Code.GREATEST:
            for r in range(runs):
                registers[out, r] = _greatest(registers[x, r], registers[y, r])
        elif what == Code.CHOICE:
            z = code[at, 4]
            for r in range(runs):
                b, c = registers[y, r], registers[z, r]
                registers[out, r] = b if registers[x, r] != 0 else c
        elif what == Code.LESS:
            for r in range(runs):
                registers[out, r] = 1.0 if registers[x, r] < registers[y, r] else 0.0
        elif what == Code.LESS_EQUAL:
            for r in range(runs):
                registers[out, r] = 1.0 if registers[x, r] <= registers[y, r] else 0.0
        elif what == Code.EQUAL:
            for r in range(runs):
                registers[out, r] = 1.0 if registers[x, r] == registers[y, r] else 0.0
        elif what == Code.NOT_EQUAL:
            for r in range(runs):
                registers[out, r] = 1.0 if registers[x, r] != registers[y, r] else 0.0
        elif what == Code.BOTH:
            for r in range(runs):
                registers[out, r] = 1.0 if (registers[x, r] != 0) & (registers[y, r] != 0) else 0.0
        elif what == Code.EITHER:
            for r in range(runs):
                registers[out, r] = 1.0 if (registers[x, r] != 0) | (registers[y, r] != 0) else 0.0
        elif what == Code.NOT:
            for r in range(runs):
                registers[out, r] = 1.0 if registers[x, r] == 0 else 0.0
        elif what == Code.LOOKUP:
            lookup = code[at, 4]
            first, last, guess = heads[lookup, 0], heads[lookup, 1], heads[lookup, 2]
            left, right, scale = ends[lookup, 0], ends[lookup, 1], ends[lookup, 2]
            for r in range(runs):
                a, line = registers[x, r], first
                if a >= right:
                    line = last
                elif a > left:
                    line = guesses[guess + np.uint32((a - left) * scale)]
                    while lines[line + np.uint32(1), 0] <= a:
                        line += np.uint32(1)
                registers[out, r] = _on_line(a, lines[line, 1], lines[line, 2], lines[line, 3])
        elif what == Code.CHOOSE:
            count = code[at, 5] + 1.0
            for r in range(runs):
                a, chosen = registers[x, r], 0.0
                if a >= 1 and a < count:
                    chosen = registers[lists[code[at, 4] + np.uint32(a) - np.uint32(1)], r]
                registers[out, r] = chosen
        else:
            z, w = code[at, 4], code[at, 5]
            for r in range(runs):
                a, b, c, d = registers[x, r], registers[y, r], registers[z, r], registers[w, r]
                time, dt = registers[TIME, r], registers[DT, r]
                registers[out, r] = _rare(what, a, b, c, d, time, dt, seeds[r], step)


@_entered
def run_many(
    arrays: Any,
    registers: Any,
    clock: tuple[float, float, int, int],
    seeds: Any,
    saved: Any,
    first_run: int,
) -> None:
    """Walk through many runs as :func:`run_one` walks through one.

    ``registers`` is ``(registers, runs)``; the values of these runs go to ``saved`` ``(columns,
    all runs, rows)`` from the first run on.
    """
    work = Instructions(*arrays)
    before, inner, whole = work.marks[0], work.marks[1], work.marks[2]
    states, kept, pipes, columns = work.states, work.kept, work.pipes, work.columns
    moving, stages, (start, dt, steps, every) = np.int64(work.marks[3]), len(work.weights), clock
    runs, rows = registers.shape[1], saved.shape[2]
    base, rates = np.empty((len(states), runs)), np.empty((stages, len(states), runs))
    held, held_from = np.empty((moving, HELD, runs)), 0
    waits, past = np.ones((len(pipes), runs), dtype=np.int64), np.empty((0, 0))
    begins = np.zeros(len(pipes) + 1, dtype=np.int64)
    registers[TIME], registers[DT] = start, dt
    begin, end = np.uint64(0), before
    step, stage, row, next_row = -1, 0, 0, 0
    while step <= steps:
        _execute_many(work, registers, begin, end, seeds, max(step, 0))
        if step < 0:
            for p in range(len(pipes)):
                for r in range(runs):
                    waits[p, r] = _waits(registers[pipes[p, 2], r], dt, steps)
                begins[p + 1] = begins[p] + waits[p].max()
            past, begin = np.empty((begins[len(pipes)], runs)), before
        else:
            if stage == 0:
                if step == next_row:
                    for c in range(moving):
                        for r in range(runs):
                            held[c, row - held_from, r] = registers[columns[c], r]
                    row, next_row = row + 1, next_row + every
                    if row - held_from == HELD or row == rows:
                        _flush(held, saved, first_run, held_from, row)
                        held_from = row
                for p in range(len(pipes)):
                    place = begins[p] + step % (begins[p + 1] - begins[p])
                    for r in range(runs):
                        past[place, r] = registers[pipes[p, 3], r]
            if stages == 1:
                for s in range(len(states)):
                    own, rate = states[s, 0], states[s, 1]
                    for r in range(runs):
                        registers[own, r] = registers[own, r] + dt * registers[rate, r]
            else:
                stage = _next_stage_of_many(work, registers, base, rates, dt, stage)
                if stage > 0:
                    for r in range(runs):
                        registers[TIME, r] = start + step * dt + work.shares[stage - 1] * dt
                    end = inner
                    continue
            for k in range(len(kept)):
                for r in range(runs):
                    registers[kept[k, 0], r] = registers[kept[k, 1], r]
        step, end = step + 1, whole
        for r in range(runs):
            registers[TIME, r] = start + step * dt
        for p in range(len(pipes)):
            size = begins[p + 1] - begins[p]
            for r in range(runs):
                late, first = step >= waits[p, r], registers[pipes[p, 1], r]
                place = begins[p] + (step - waits[p, r]) % size if late else 0
                registers[pipes[p, 0], r] = past[place, r] if late else first
    for c in range(moving, len(columns)):
        for r in range(runs):
            saved[c, first_run + r, :] = registers[columns[c], r]


@_called
def _next_stage_of_many(
    work: Instructions, registers: Any, base: Any, rates: Any, dt: float, stage: int
) -> int:
    """Do what :func:`_next_stage` does, for registers ``(registers, runs)``."""
    runs, weights = registers.shape[1], work.weights
    following = stage + 1 if stage < len(work.shares) else 0
    for s in range(len(work.states)):
        own, rate = work.states[s, 0], work.states[s, 1]
        for r in range(runs):
            rates[stage, s, r] = registers[rate, r]
            if stage == 0:
                base[s, r] = registers[own, r]
    for s in range(len(work.states)):
        own = work.states[s, 0]
        for r in range(runs):
            if following:
                registers[own, r] = base[s, r] + work.shares[stage] * dt * rates[stage, s, r]
            else:
                mean = weights[0] * rates[0, s, r]
                for other in range(1, stage + 1):
                    mean += weights[other] * rates[other, s, r]
                registers[own, r] = base[s, r] + dt * mean
    return following


@_called
def _flush(held: Any, saved: Any, first: int, begin: int, end: int) -> None:
    """Write the rows that were held: a whole line of memory at a time costs least."""
    for c in range(held.shape[0]):
        for r in range(held.shape[2]):
            for row in range(begin, end):
                saved[c, first + r, row] = held[c, row - begin, r]
