"""A nursery of processes for the tests of faults: each works on a store until it is killed.

Python, the planner and the cohorts are loaded once; each order is done in a fork of its own, which
begins at once. An order is a line of JSON on standard input; the answer is the number of the
process.
"""

from __future__ import annotations

import json
import os
import sys
from functools import cache
from itertools import cycle
from pathlib import Path

from cstools.cohorts import Cohort, open_planner
from cstools.errors import CstoolsError
from tests.cohorts import disk


@cache
def held(source: str, name: str) -> Cohort:
    return open_planner(source).load(name)


def save(place: str, told: int, cohorts: list[tuple[str, str]]) -> None:
    """Save cohorts and publish their calendars, one after the other, again and again."""
    known = [held(*cohort) for cohort in cohorts]
    os.write(told, b"ready\n")
    planner = open_planner(place)
    for number in cycle(range(len(known))):
        planner.publish(known[number])
        os.write(told, f"saved {number}\n".encode())


def attend(place: str, told: int, name: str, reports: str) -> None:
    """Read a folder of Zoom's reports, and save what they say."""
    os.write(told, b"ready\n")
    planner = open_planner(place)
    planner.save(planner.load(name).following.attend(Path(reports), "America/New_York"))
    os.write(told, b"saved 1\n")


def open_only(place: str, told: int) -> None:
    """Open a planner: a new one is made, an old one gets the new tables."""
    os.write(told, b"ready\n")
    open_planner(place)
    os.write(told, b"opened\n")


def save_until(
    place: str, told: int, cohorts: list[tuple[str, str]], calls: list[str], at: int
) -> None:
    """Save a cohort, and die before the system does the call of that number; else count them."""
    cohort = held(*cohorts[0])
    planner = open_planner(place)
    planner.load(cohort.name)
    count = disk.die_at(calls, at)
    os.write(told, b"ready\n")
    planner.publish(cohort)
    os.write(told, f"calls {count()}\n".encode())


TASKS = {"save": save, "attend": attend, "open": open_only, "save until": save_until}


def work(order: dict[str, str]) -> None:
    """Do an order, and write down how it ended: by itself, or with a sentence."""
    told = os.open(order.pop("told"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    try:
        TASKS[order.pop("task")](told=told, **order)
    except CstoolsError as error:
        os.write(told, f"refused {error}\n".encode())
    finally:  # nobody waits for more; who is killed says nothing
        os.write(told, b"ended\n")


def main() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        if "wait" in order:
            os.waitpid(order["wait"], 0)
            print("gone", flush=True)
            continue
        for cohort in order.get("cohorts", ()):
            held(*cohort)
        process = os.fork()
        if process == 0:
            work(order)
            os._exit(0)
        print(process, flush=True)


if __name__ == "__main__":
    main()
