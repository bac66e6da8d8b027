"""The inside of the fence: a process puts the fences around itself, then begins its task.

Landlock is Linux's own way for a process to give up rights for good, itself and all that it will
start; no right of an administrator is needed (the manual page is landlock(7)). The numbers below
are those of its interface.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
import sysconfig
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from cstools.learning.fenced import end_descendants

Say = Callable[[Mapping[str, Any]], None]

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446
_NO_NEW_RIGHTS, _DROP_BOUND, _INHERIT_ORPHANS = 38, 24, 36
_READ_FILE, _READ_FOLDER, _EXECUTE, _WRITE_FILE, _TRUNCATE = 1 << 2, 1 << 3, 1, 1 << 1, 1 << 14
_OF_A_FILE = _READ_FILE | _WRITE_FILE | _EXECUTE | _TRUNCATE
#: Programs and libraries; of the machine's settings only what a program needs to begin.
_SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/sbin")
_SETTINGS = tuple(
    f"/etc/{name}"
    for name in ("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime", "mime.types", "fonts")
)
_DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")
#: Rights on files that each version of the interface knows; ours is the largest that is there.
_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}


def begin(told: Mapping[str, Any]) -> None:
    """Put up the fences, do the task, and say that it is done.

    The report takes the place of what would be printed; what is printed goes nowhere.
    """
    seconds, memory, disk = told["limits"]
    if told["supervised"]:
        _supervise()
    say = _reporter(os.dup(1))
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    _limit(seconds, memory, disk, told["own_namespace"])
    if told["files"]:
        _give_up_rights()
        fence_files(Path(told["folder"]))
    _task(told["task"])(told["work"], say)
    say({"done": True})


def _supervise() -> None:
    """Stay behind as the one who inherits what the task leaves running, and ends it.

    The task goes on in a child, within the fences; from there it can send no signal to here.
    """
    ctypes.CDLL(None).prctl(_INHERIT_ORPHANS, 1, 0, 0, 0)
    child = os.fork()
    if child == 0:
        return
    os.waitpid(child, 0)
    end_descendants(os.getpid())
    os._exit(0)


def _task(name: str) -> Callable[[Mapping[str, Any], Say], None]:
    """Return what is done inside; each brings only what it needs."""
    if name == "run":
        from cstools.learning.submission import run

        return run
    if name == "judge":
        from cstools.learning.judging import judge

        return judge
    return reach_over


def reach_over(work: Mapping[str, Any], say: Say) -> None:
    """Try to do what the fences forbid, and report what could be done."""
    touched = []
    for attempt in (
        lambda: Path(work["precious"]).read_text(encoding="utf-8"),
        lambda: Path(work["precious"]).unlink(),
        lambda: Path(work["precious"]).with_name("new").write_text("x", encoding="utf-8"),
    ):
        try:
            attempt()
            touched.append(True)
        except OSError:
            continue
    Path("own").write_text("x", encoding="utf-8")
    import cstools.learning  # what the tasks need must be within reach

    say({"touched": bool(touched), "course": cstools.learning.__name__})


def _reporter(report: int) -> Say:
    def say(line: Mapping[str, Any]) -> None:
        left = json.dumps(line).encode() + b"\n"
        while left:
            left = left[os.write(report, left) :]

    return say


def _limit(seconds: float, memory: int, disk: int, own_namespace: bool) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    limits = {
        "RLIMIT_CPU": int(seconds) + 5,
        "RLIMIT_AS": memory * 1_000_000,
        "RLIMIT_FSIZE": disk * 1_000_000,
        "RLIMIT_CORE": 0,
        "RLIMIT_NOFILE": 256,
    }
    if own_namespace:  # elsewhere the processes of the whole user would count
        limits["RLIMIT_NPROC"] = 64
    for name, most in limits.items():
        try:
            resource.setrlimit(getattr(resource, name), (most, most))
        except (OSError, ValueError, AttributeError):
            continue  # macOS has no limit on memory that holds


def _give_up_rights() -> None:
    """Give up an administrator's rights, and the way to gain any."""
    system = ctypes.CDLL(None, use_errno=True)
    for right in range(64):
        if system.prctl(_DROP_BOUND, right, 0, 0, 0):
            break
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    system.capset(header, (ctypes.c_uint32 * 6)())
    if system.prctl(_NO_NEW_RIGHTS, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "rights cannot be given up")


def fence_files(folder: Path) -> None:
    """Give up every file but those in a folder, for good; what is needed can still be read.

    Raises
    ------
    OSError
        When the system has no such fence.
    """
    system = ctypes.CDLL(None, use_errno=True)
    version = system.syscall(_CREATE, None, ctypes.c_size_t(0), 1)
    if version < 1:
        raise OSError(ctypes.get_errno(), "there is no Landlock")
    every = (1 << _RIGHTS.get(version, 16)) - 1
    # Rights on files; connecting and listening; signals to processes outside.
    asked = (ctypes.c_uint64 * 3)(every, 3, 3)
    size = 8 if version < 4 else 16 if version < 6 else 24
    rules = system.syscall(_CREATE, ctypes.byref(asked), ctypes.c_size_t(size), 0)
    if rules < 0:
        raise OSError(ctypes.get_errno(), "the fence cannot be made")
    read = _READ_FILE | _READ_FOLDER | _EXECUTE
    _allow(system, rules, [str(folder)], every)
    _allow(system, rules, _needed(), read)
    _allow(system, rules, _looked_through(), _READ_FOLDER)
    _allow(system, rules, _DEVICES, (_READ_FILE | _WRITE_FILE | _TRUNCATE) & every)
    if system.syscall(_RESTRICT, rules, 0):
        raise OSError(ctypes.get_errno(), "the fence cannot be closed")
    os.close(rules)


def _needed() -> list[str]:
    """Return what Python and the course need to read, and no more of the project."""
    package = Path(__file__).parents[1]
    python = [sys.base_prefix, sys.prefix, *sysconfig.get_paths().values()]
    shelves = [str(package.parent / "exercises")]
    elsewhere = [path for path in sys.path if Path(path) != package.parent]
    return [*_SYSTEM, *_SETTINGS, *python, *elsewhere, str(package), *shelves]


def _looked_through() -> list[str]:
    """Return folders whose names of files are needed, to find a package in them."""
    return [path for path in sys.path if path]


def _allow(system: Any, rules: int, paths: Iterable[str], rights: int) -> None:
    for path in dict.fromkeys(paths):
        try:
            there = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue
        of_it = rights if Path(path).is_dir() else rights & _OF_A_FILE
        rule = of_it.to_bytes(8, sys.byteorder) + there.to_bytes(4, sys.byteorder)
        if system.syscall(_ADD_RULE, rules, 1, ctypes.c_char_p(rule), 0):
            raise OSError(ctypes.get_errno(), path)
        os.close(there)
