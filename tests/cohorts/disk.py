"""Between SQLite and the system: a process that dies at exactly one of its calls to the disk.

SQLite lets a test exchange the system calls that it makes (``xSetSystemCall`` in its own words).
"""

from __future__ import annotations

import _sqlite3
import ctypes
import os
import signal
from collections.abc import Callable, Iterable
from ctypes import c_char_p, c_int, c_int64, c_size_t, c_void_p

WRITES = ("write", "pwrite", "pwrite64")
_KINDS = {
    "write": ctypes.CFUNCTYPE(c_size_t, c_int, c_void_p, c_size_t),
    "pwrite": ctypes.CFUNCTYPE(c_size_t, c_int, c_void_p, c_size_t, c_int64),
    "pwrite64": ctypes.CFUNCTYPE(c_size_t, c_int, c_void_p, c_size_t, c_int64),
    "ftruncate": ctypes.CFUNCTYPE(c_int, c_int, c_int64),
    "unlink": ctypes.CFUNCTYPE(c_int, c_char_p),
}
_SET = ctypes.CFUNCTYPE(c_int, c_void_p, c_char_p, c_void_p)
_GET = ctypes.CFUNCTYPE(c_void_p, c_void_p, c_char_p)
_kept: list[object] = []  # what SQLite calls must outlive the function that made it


class _System(ctypes.Structure):
    """The head of SQLite's ``sqlite3_vfs`` (https://sqlite.org/c3ref/vfs.html), version 3."""

    _fields_ = (
        ("version", c_int),
        ("size_of_file", c_int),
        ("longest_path", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("others", c_void_p * 13),
        ("set_call", _SET),
        ("get_call", _GET),
    )


def die_at(calls: Iterable[str], at: int) -> Callable[[], int]:
    """Let this process die before the call of that number (from 1); return what counts them.

    Of a write half the bytes still come to the disk.
    """
    library = ctypes.CDLL(getattr(_sqlite3, "__file__", None))
    library.sqlite3_vfs_find.restype = ctypes.POINTER(_System)
    system = library.sqlite3_vfs_find(None)
    count = 0

    def counted(name: str) -> None:
        address = system.contents.get_call(system, name.encode())
        if not address:  # this SQLite was built without it
            return
        real = _KINDS[name](address)

        def instead(*given: int) -> int:
            nonlocal count
            count += 1
            if count == at:
                if name in WRITES:
                    real(*given[:2], given[2] // 2, *given[3:])
                os.kill(os.getpid(), signal.SIGKILL)
            return int(real(*given))

        exchanged = _KINDS[name](instead)
        _kept.extend((real, exchanged))
        system.contents.set_call(system, name.encode(), ctypes.cast(exchanged, c_void_p))

    for name in calls:
        counted(name)
    return lambda: count
