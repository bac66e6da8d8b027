"""What the tests of faults share: processes that are killed, and the look at what they left."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from cstools.cohorts import Cohort, Planner, Programme, open_planner

ROOT = Path(__file__).resolve().parents[2]
OTHER_HOUR = "[[calls]]\nname = 'monthly call'\nstart = 17:00:00\nzone = 'America/New_York'\n"
Started = tuple[int, Path]


class Nursery:
    """Starts processes that work on a store, and kills them."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self.process, self.folder, self.count = process, folder, 0

    def start(self, task: str, place: object, **order: object) -> Started:
        """Start a process with an order of ``killed.py``; it has begun when this returns."""
        self.count += 1
        told = self.folder / f"told{self.count}"
        number = int(self._answer(order | {"task": task, "place": str(place), "told": str(told)}))
        while not (told.exists() and "\n" in told.read_text()):
            time.sleep(0.001)
        return number, told

    def kill(self, started: Started) -> list[str]:
        """Kill a process, whatever it is doing, and return the lines that it had told by then."""
        os.kill(started[0], signal.SIGKILL)
        return self.ended(started)

    def ended(self, started: Started) -> list[str]:
        """Wait until a process has ended, and return the lines that it had told."""
        number, told = started
        assert self._answer({"wait": number}) == "gone\n"
        return told.read_text().splitlines()

    def _answer(self, order: object) -> str:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline()


@contextmanager
def nursery_in(folder: Path) -> Iterator[Nursery]:
    """Keep a nursery as long as the block lasts; what its processes tell stands in the folder."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.cohorts.killed"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Nursery(process, folder)


def three_states(cohort: Cohort, folder: Path) -> tuple[Cohort, ...]:
    """Return three states of a cohort; rows of both files and the calendar tell them apart."""
    overlay = folder / "other-hour.toml"
    overlay.write_text(OTHER_HOUR, encoding="utf-8")
    later = Programme.load("master-practitioners-2026", overlay=overlay)
    fewer = later.plan(cohort.name, secret="a phrase")
    fewer = fewer.enrol(person.application for person in cohort.people[:20]).select(10)
    return (cohort, fewer, cohort.select(12, seed=3))


def kept_apart(states: Sequence[Cohort], folder: Path) -> list[tuple[str, str]]:
    """Save each state in a planner of its own, where another process finds it."""
    for number, state in enumerate(states):
        open_planner(folder / str(number)).save(state)
    return [(str(folder / str(number)), state.name) for number, state in enumerate(states)]


def typical(
    nursery: Nursery, task: str, place: object, lines: int, **order: object
) -> tuple[float, list[str]]:
    """Return how long a process takes until it has told so many lines, and what it told."""
    started = nursery.start(task, place, **order)
    begin, told = time.perf_counter(), [""]
    while len(told) < lines and told[-1] != "ended":
        time.sleep(0.001)
        told = started[1].read_text().splitlines()
    assert len(told) >= lines, told
    return time.perf_counter() - begin, nursery.kill(started)


def looked_over(place: object) -> Planner:
    """Assert that a store is whole, both files and the log, and return the planner."""
    planner = open_planner(str(place))
    if planner.place.folder is not None:
        for name in ("people", "runs"):
            with closing(sqlite3.connect(planner.folder / f"{name}.sqlite")) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert planner.log().notes == ("The chain is whole.",)
    return planner


def found_whole(
    place: object, states: Sequence[Cohort], told: Sequence[str], last: int, first: int = 0
) -> int:
    """Assert that a store holds the state last told or the one after it; return which it is.

    ``last`` is the state from before the process began, ``first`` the one that it saves first.
    The published calendar is that of the state: to publish it again changes nothing.
    """
    planner = looked_over(place)
    name = states[0].name
    with planner.place.writing(f"{planner.organisation}/{name}"):
        pass  # on a server, what a killed process had begun there ends first
    saved = [int(line.removeprefix("saved ")) for line in told if line.startswith("saved ")]
    done = saved[-1] if saved else last
    following = (saved[-1] + 1) % len(states) if saved else first
    kept = planner.load(name)
    assert kept in (states[done], states[following])
    lines = len(planner.log())
    planner.publish(kept)
    assert len(planner.log()) == lines
    return following if kept == states[following] else done


def killed_again_and_again(
    nursery: Nursery,
    place: object,
    states: Sequence[Cohort],
    sources: Sequence[tuple[str, str]],
    kills: int,
    draw: random.Random,
) -> None:
    """Kill processes that save without a pause, at random moments, and look at what each left."""
    longest, told = typical(nursery, "save", place, 1 + len(states), cohorts=sources)
    last = found_whole(place, states, told, 0)
    for _ in range(kills):
        started = nursery.start("save", place, cohorts=sources)
        time.sleep(draw.uniform(0, longest))
        last = found_whole(place, states, nursery.kill(started), last)
