"""How far long work has come is told to whoever asks: how many are done, and of how many."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

Progress = Callable[[int, int], None]
Given = ParamSpec("Given")
Made = TypeVar("Made")


def adding_up(progress: Progress | None, of: int) -> Callable[[int], None]:
    """Return what is told how many more are done; it tells on how many there are, of so many."""
    done = 0

    def more(number: int) -> None:
        nonlocal done
        done += number
        if progress is not None:
            progress(done, of)

    return more


def telling(
    work: Callable[Given, Made], times: int, progress: Progress | None
) -> Callable[Given, Made]:
    """Return a piece of work that tells how often it was done, of so many times; 0 at once."""
    if progress is None:
        return work
    done = 0
    progress(done, times)

    def told(*args: Given.args, **kwargs: Given.kwargs) -> Made:
        nonlocal done
        made = work(*args, **kwargs)
        done += 1
        progress(done, times)
        return made

    return told
