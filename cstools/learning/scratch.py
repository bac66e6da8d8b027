"""A scratch folder whose contents nobody vouches for: measured and removed whatever is in it.

Code that runs in a folder can nest folders thousands deep, which breaks whatever walks down them by
recursion or by their path. Nothing here does: measuring stops at a depth, and removing first moves
what lies deep up to the top, so that no path is ever long.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

_DEEPEST = 40
_MOST_ENTRIES = 20_000


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Lend a new folder among the temporary ones, and remove it with all that is in it then."""
    folder = Path(tempfile.mkdtemp())
    try:
        yield folder
    finally:
        remove(folder)


def size(folder: Path) -> int | None:
    """Return the bytes of all files below a folder, or ``None`` where they are beyond measuring.

    Beyond measuring are more than 20,000 files and folders, and folders more than 40 deep. Links
    are not followed; what vanishes meanwhile, or cannot be looked into, does not count.
    """
    total, seen, waiting = 0, 0, [(str(folder), 0)]
    while waiting:
        here, depth = waiting.pop()
        for child in _children(here):
            seen += 1
            if seen > _MOST_ENTRIES or depth > _DEEPEST:
                return None
            with suppress(OSError, AttributeError):  # Windows counts no blocks
                if child.is_dir(follow_symlinks=False):
                    waiting.append((child.path, depth + 1))
                else:
                    total += child.stat(follow_symlinks=False).st_blocks * 512
    return total


def remove(folder: Path) -> None:
    """Remove a folder and all that is in it; what the system refuses stays, and nothing is raised.

    No process may be left that works in it.
    """
    if os.name == "posix":
        _remove_level_by_level(folder)
    with suppress(RecursionError):
        shutil.rmtree(folder, ignore_errors=True)


def _remove_level_by_level(folder: Path) -> None:
    """Empty each folder, its own folders moved up to the top, where they wait for their turn."""
    numbers, waiting = count(), [str(folder)]
    while waiting:
        here = waiting.pop()
        for child in _children(here):
            with suppress(OSError):
                if not child.is_dir(follow_symlinks=False):
                    os.unlink(child.path)  # noqa: PTH108 — a path's own text, as it was listed
                    continue
                Path(child.path).chmod(0o700)
                above = folder / f"{next(numbers)}.waiting"
                Path(child.path).rename(above)
                waiting.append(str(above))
        with suppress(OSError):
            Path(here).rmdir()


def _children(folder: str) -> list[os.DirEntry[str]]:
    """Return what is in a folder; nothing, where it cannot be looked into."""
    try:
        with os.scandir(folder) as found:
            return list(found)
    except OSError:
        return []
