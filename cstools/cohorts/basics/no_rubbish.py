"""A million values are made at one go: Python need not look for rubbish meanwhile."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_rubbish() -> Iterator[None]:
    """Let Python look for no rubbish meanwhile; around a function as well, as ``@no_rubbish()``.

    Where very many values are made and none goes, looking through them again and again takes half
    of the time.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
