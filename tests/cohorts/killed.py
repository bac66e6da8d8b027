"""A nursery of processes for the tests of faults: each works on a store until it is killed.

Python and the planner are loaded once; each order is done in a fork of its own, which begins at
once. An order is a line of JSON on standard input; the answer is the number of the process.
"""

from __future__ import annotations

import json
import os
import sys
from itertools import cycle

from cstools.cohorts import open_planner


def save(folder: str, told: int, cohorts: list[tuple[str, str]]) -> None:
    """Save cohorts one after the other, again and again; say which is done."""
    known = [open_planner(source).load(name) for source, name in cohorts]
    os.write(told, b"ready\n")
    planner = open_planner(folder)
    for number in cycle(range(len(known))):
        planner.publish(known[number])
        os.write(told, f"saved {number}\n".encode())


def open_only(folder: str, told: int) -> None:
    """Open a planner: a new one is made, an old one gets the new tables."""
    os.write(told, b"ready\n")
    open_planner(folder)
    os.write(told, b"opened\n")


def main() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        if "wait" in order:
            os.waitpid(order["wait"], 0)
            print("gone", flush=True)
            continue
        process = os.fork()
        if process == 0:
            told = os.open(order.pop("told"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            {"save": save, "open": open_only}[order.pop("task")](told=told, **order)
            os._exit(0)
        print(process, flush=True)


if __name__ == "__main__":
    main()
