"""How far a long computation has come: a bar in a notebook, a line elsewhere, or a call."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from cstools.errors import ModelError

Report = Callable[[int, int], None]


def reporter(progress: bool | Report | None) -> Report | None:
    """Return what to call with ``(done, total)`` as runs are finished; ``None`` for silence.

    Parameters
    ----------
    progress
        ``True`` for a bar, or one's own function of ``(done, total)``.
    """
    if progress is None or progress is False:
        return None
    if progress is True:
        return _bar() if _in_notebook() else _line
    if not callable(progress):
        raise ModelError(
            f"progress={progress!r} is neither True nor a function; write progress=True for a "
            "bar, or give a function of (done, total)"
        )
    return progress


def counted(done: int, total: int) -> str:
    """Return how far it has come, in words: ``400 of 1,000 runs``."""
    return f"{done:,} of {total:,} runs"


def _line(done: int, total: int) -> None:
    """Write one line over itself."""
    end = "\n" if done >= total else ""
    sys.stderr.write(f"\r{counted(done, total)}{end}")
    sys.stderr.flush()


def _in_notebook() -> bool:
    """Say whether a kernel shows what we show; IPython is asked only where it runs already."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return getattr(shell, "kernel", None) is not None


def _bar() -> Report:
    """Return the report of a bar, shown below the cell; a line where widgets are missing."""
    try:
        from IPython.display import display
        from ipywidgets import HBox, IntProgress, Label
    except ImportError:
        return _line
    bar, words = IntProgress(value=0, max=1, description="Runs"), Label()
    bar.style.bar_color = "#0b62a4"
    display(HBox([bar, words]))

    def report(done: int, total: int) -> None:
        bar.max, bar.value, words.value = max(total, 1), done, counted(done, total)

    return report


def asked(cancel: Any) -> Callable[[], bool]:
    """Return the question whether to stop: a function, or an event that somebody sets."""
    if cancel is None:
        return lambda: False
    question = getattr(cancel, "is_set", cancel)
    if not callable(question):
        raise ModelError(
            f"cancel={cancel!r} cannot be asked; give a function that returns True to stop, or a "
            "threading.Event"
        )
    return lambda: bool(question())
