"""Press Ctrl+C at one moment after the other, in a command that saves; print what was found.

Python and the planner are loaded once; each command is done in a fork of its own, as in
``killed.py``. Arguments: the planner, how often, and the words of the command, in which ``{k}`` is
the number of the attempt. For each attempt a line of JSON: the exit code, what was said, and what
is kept.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import scipy.optimize  # noqa: F401  (loaded once, not in every fork)

from cstools.__main__ import main
from cstools.cohorts import open_planner
from cstools.cohorts.command import every_task, running  # noqa: F401
from cstools.cohorts.store import audit


def forked(work: Callable[[], int], stop_after: float = 0.0) -> tuple[int, float, str, str]:
    """Do some work in a fork; return the exit code, the seconds of work, and what it wrote.

    Ctrl+C is pressed after so many seconds of the processor's work: a busy machine changes
    nothing about where that is.
    """
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, name) for name in ("out", "err")]
        process = os.fork()
        if process == 0:
            for stream, file in zip((1, 2), files, strict=True):
                os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT), stream)
            signal.signal(signal.SIGPROF, lambda *_: os.kill(os.getpid(), signal.SIGINT))
            signal.setitimer(signal.ITIMER_PROF, stop_after)
            code = 0
            with suppress(KeyboardInterrupt):  # when the command had come to its end
                code = work()
                signal.setitimer(signal.ITIMER_PROF, 0)
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
        _, status, used = os.wait4(process, 0)
        out, err = (file.read_text("utf-8") if file.exists() else "" for file in files)
        return os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, out, err


def kept(place: str) -> Callable[[], int]:
    """Return work that prints the seed of the kept cohort, and whether the log is whole."""

    def work() -> int:
        planner = open_planner(place)
        with planner.place.reading() as connection:
            whole = audit.broken_at(connection) is None
        print(json.dumps([planner.load("Class of 2026-2027").draw.seed, whole]))
        return 0

    return work


def main_loop(place: str, times: int, words: list[str]) -> None:
    def command(k: int) -> Callable[[], int]:
        typed = [word.replace("{k}", str(k)) for word in words]
        return lambda: main(["plan", *typed, "--planner", place])

    lasts = min(forked(command(seed))[1] for seed in (1001, 1002, 1))  # the first one loads more
    for k in range(2, times + 2):
        code, _, _, said = forked(command(k), stop_after=lasts * (0.3 + 0.7 * (k - 2) / times))
        _, _, told, _ = forked(kept(place))
        seed, whole = json.loads(told)
        found = {"seed": k, "code": code, "said": said, "kept": seed, "whole": whole}
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main_loop(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
