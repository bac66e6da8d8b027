"""A process fenced in, for code that nobody vouches for: what it may touch, use and outlive.

:func:`run_fenced` starts a task of :mod:`cstools.learning` in a process of its own and listens to
what it reports, line by line, until it ends or reaches a limit. Fences, where the system has them:

1. *files* (Linux, Landlock): only its own folder can be written or deleted from, and only Python,
   the course and the system's libraries can be read; not the other submissions, nor your own files;
2. *network and processes* (Linux, namespaces): there is no network, and whatever it starts ends
   with it (without namespaces, a process of ours that inherits all it leaves behind sees to that);
3. *limits*: seconds, memory, disk, number of processes, length of the report; what it prints goes
   nowhere; it inherits no environment variables and can gain no rights.

:func:`fences` tries them out and says which are there. Where there are none (Windows, an old
kernel) a copy of a submission is run with a time limit alone, as you would run it by hand.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from cstools.learning import scratch

_PACKAGE = Path(__file__).parents[1]
_BOOT = "import json, sys; a = json.loads(sys.argv[1]); sys.path[:0] = a['path']; {code}"
_START = "from cstools.learning.inside_fence import begin; begin(a)"
_NAMESPACES = (
    ("--user", "--map-root-user", "--pid", "--net", "--ipc", "--fork", "--kill-child"),
    ("--pid", "--net", "--ipc", "--fork", "--kill-child"),
)
_LOOK_EVERY = 0.2
_MOST_REPORTED = 4_000_000
_MOST_PROCESSES = 64


@dataclass(frozen=True)
class Limits:
    """How much a fenced process may use: seconds, and megabytes of memory and of disk."""

    seconds: float = 120.0
    memory: int = 2048
    disk: int = 200


@dataclass(frozen=True)
class Fences:
    """Which fences this machine has; ``namespaces`` are the options that start them."""

    files: bool = False
    namespaces: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return in one sentence what keeps a submission in."""
        if self.files and self.namespaces:
            return (
                "Each runs fenced in: no network, no files but its own, and nothing that it starts "
                "outlives it."
            )
        if self.files:
            return "Each runs fenced in: no files but its own; the network is not closed to it."
        return (
            "This system has no fences for files: each runs on a copy, and your files are compared "
            "afterwards. Run notebooks of people you do not know on a machine that holds nothing "
            "else."
        )


@dataclass(frozen=True)
class Report:
    """What a fenced process reported, and why it ended.

    ``ended`` is ``"done"``, ``"time"``, ``"memory"``, ``"disk"``, ``"files"`` (more of them, or
    deeper, than can be measured), ``"processes"``, ``"report"`` (it reported without end) or
    ``"itself"`` (it ended before its work was done). A process can say ``"done"`` before it is.
    """

    lines: tuple[Mapping[str, Any], ...]
    ended: str
    seconds: float = field(compare=False, default=0.0)


def run_fenced(
    task: str, folder: Path, limits: Limits, fence: Fences, work: Mapping[str, Any]
) -> Report:
    """Do a task in a folder of its own and return what it reported.

    Parameters
    ----------
    task
        ``"run"`` a submission, ``"judge"`` answers, or ``"reach over"``, which tries the fence.
    folder
        All that it can write to. Nothing in it is to be trusted afterwards.
    """
    started = time.monotonic()
    folder = folder.resolve()  # what a link leads to is what the fence is put around
    told = {
        "path": [str(_PACKAGE.parent)],
        "task": task,
        "folder": str(folder),
        "work": dict(work),
        "files": fence.files,
        "limits": [limits.seconds, limits.memory, limits.disk],
        "own_namespace": "--user" in fence.namespaces,
        "supervised": sys.platform == "linux" and not fence.namespaces,
    }
    command = [sys.executable, "-I", "-B", "-c", _BOOT.format(code=_START), json.dumps(told)]
    before = ["unshare", *fence.namespaces] if fence.namespaces else []
    process = subprocess.Popen(
        [*before, *command],
        cwd=folder,
        env=_environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,  # for the report; what the task prints goes nowhere
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    watched, received = _Watched(process, folder, limits, started), _Received(process)
    try:
        ended = _watch(watched, received)
    finally:
        watched.end()
        received.close()
    lines = tuple(_lines(bytes(received.so_far)))
    if ended == "itself" and lines and lines[-1].get("done") is True:
        ended = "done"
    return Report(lines, ended, time.monotonic() - started)


@lru_cache(maxsize=1)
def fences() -> Fences:
    """Return the fences of this machine, each tried out: it is there when it holds."""
    found = Fences()
    for options in _NAMESPACES if shutil.which("unshare") else ():
        if _holds(Fences(False, options)):
            found = Fences(False, options)
            break
    with_files = Fences(True, found.namespaces)
    return with_files if _holds(with_files) else found


def _holds(fence: Fences) -> bool:
    """Try a fence: a task that reaches over it must fail to, and must still be able to report."""
    with tempfile.TemporaryDirectory() as outside, tempfile.TemporaryDirectory() as inside:
        precious = Path(outside, "precious")
        precious.write_text("kept", encoding="utf-8")
        work = {"precious": str(precious)}
        limits = Limits(seconds=60)
        report = run_fenced("reach over", Path(inside), limits, fence, work)
        reached = report.lines[0].get("touched", True) if report.lines else True
        return report.ended == "done" and not (fence.files and (reached or not precious.exists()))


# --- listening ------------------------------------------------------------------------------------


class _Watched:
    """A process and all that it started, watched for what they use together."""

    def __init__(
        self, process: subprocess.Popen[bytes], folder: Path, limits: Limits, started: float
    ) -> None:
        self.process, self.folder, self.limits = process, folder, limits
        self.deadline = started + limits.seconds
        self._looked = 0.0

    def reason_to_end(self) -> str:
        """Return which limit is reached, if one is."""
        now = time.monotonic()
        if now > self.deadline:
            return "time"
        if now - self._looked < _LOOK_EVERY:
            return ""
        self._looked = now
        processes, memory = self._used()
        if processes > _MOST_PROCESSES:
            return "processes"
        if memory > self.limits.memory * 1_000_000:
            return "memory"
        size = scratch.size(self.folder)
        if size is None:
            return "files"
        return "disk" if size > self.limits.disk * 1_000_000 else ""

    def _used(self) -> tuple[int, int]:
        """Return how many processes there are and what memory they hold, as far as can be seen."""
        page = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
        tree = dict(descendants(self.process.pid))
        return len(tree), sum(tree.values()) * page

    def end(self) -> None:
        """End whatever the process started, and then itself and its group."""
        end_descendants(self.process.pid)
        if os.name == "posix":
            _signal(-self.process.pid, signal.SIGKILL)
        else:
            tree = ["taskkill", "/T", "/F", "/PID", str(self.process.pid)]
            subprocess.run(tree, capture_output=True, check=False)
        self.process.kill()
        self.process.wait()


class _Received:
    """What a process reports, read while it runs, so that it never waits for a reader."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        self.pipe, self.so_far, self.over = process.stdout, bytearray(), False
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        while not self.too_much and (chunk := os.read(self.pipe.fileno(), 1 << 16)):
            self.so_far += chunk
        self.over = True

    @property
    def too_much(self) -> bool:
        """Whether it reported more than an honest notebook could."""
        return len(self.so_far) >= _MOST_REPORTED

    def close(self) -> None:
        """Take what is left, once the process has ended; what left it is not waited for."""
        self._thread.join(timeout=2)
        if self.over:
            self.pipe.close()


def _watch(watched: _Watched, received: _Received) -> str:
    """Wait until a process has ended or reached a limit; say which."""
    while True:
        if received.too_much:
            return "report"
        if reason := watched.reason_to_end():
            return reason
        if watched.process.poll() is not None:
            return "itself"
        time.sleep(0.02)


def _lines(received: bytes) -> Iterator[Mapping[str, Any]]:
    """Yield what was reported; a line that is none, or half of one, does not count."""
    for line in received.split(b"\n"):
        try:
            said = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(said, dict):
            yield said


# --- looking at processes and folders ----------------------------------------------------------


def end_descendants(root: int) -> None:
    """End all that a process started and what those started: stopped first, or they would go on."""
    for _ in range(100):
        below = [pid for pid, _ in descendants(root) if pid != root]
        if not below:
            return
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for pid in below:
                _signal(pid, number)
        time.sleep(0.01)


def _signal(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except (ProcessLookupError, PermissionError):
        return


def descendants(root: int) -> Iterator[tuple[int, int]]:
    """Yield each living process below one, and itself: its number and its pages of memory."""
    stats = dict(_all_processes())
    found, changed = {root}, True
    while changed:
        more = {pid for pid, (parent, _) in stats.items() if parent in found} - found
        found, changed = found | more, bool(more)
    for pid in found & stats.keys():
        yield pid, stats[pid][1]


def _all_processes() -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield number, parent and pages of memory of all processes that can be seen and are alive."""
    try:
        entries = [entry for entry in Path("/proc").iterdir() if entry.name.isdecimal()]
    except OSError:
        return
    for entry in entries:
        try:
            fields = (entry / "stat").read_bytes().rpartition(b")")[2].split()
            if fields[0] != b"Z":
                yield int(entry.name), (int(fields[1]), int(fields[21]))
        except (OSError, IndexError, ValueError):
            continue


def _environment(folder: Path) -> dict[str, str]:
    """Return the few variables that Python needs; none of your own, which may hold secrets."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    here = dict.fromkeys(("HOME", "TMPDIR", "IPYTHONDIR", "MPLCONFIGDIR"), str(folder))
    return {**kept, **one, **here, "MPLBACKEND": "Agg", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
