"""What may come of anything that a person does: a result, or a short lesson; and soon."""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from hypothesis import settings

from cstools.errors import CstoolsError

# A busy machine is slow; an equation that is written out twice for each level is slower than that.
SECONDS = 20

# What a program says to itself, and never to a teacher.
_OF_A_PROGRAM = re.compile(
    r"NoneType|Traceback|object has no|object is not|not subscriptable|not iterable|unhashable"
    r"|index out of|out of range|<class|<function|<object| at 0x|recursion|positional argument"
    r"|invalid literal|could not convert|\bdtype\b|\b[A-Z]\w+Error\b|\b[A-Z]\w+Exception\b"
    r"|\b(Apply|Indexed|Number|Name|Token|Program|StockFlow|Space|Element)\("
)
_LONGEST = 600
_SENTENCES = 3


def lesson(call: Callable[[], Any], *about: str) -> CstoolsError | None:
    """Do something; return the lesson that came of it, if one did.

    ``about`` are the things of which the lesson has to name one.
    """
    with soon():
        try:
            call()
        except CstoolsError as error:
            check(str(error), about)
            return error
    return None


def check(text: str, about: tuple[str, ...] = ()) -> None:
    """Hold a message against what a lesson is."""
    assert text.strip() == text
    assert text, "an empty message"
    assert len(text) <= _LONGEST, f"{len(text)} characters"
    problem, *shown = text.split("\n")
    assert not (found := _OF_A_PROGRAM.search(problem)), f"a program's words: {found}"
    # A file's place in an equation is shown in two lines of their own.
    assert len(shown) in (0, 2) or not shown[0].startswith("    "), "half a picture of the place"
    assert re.search(r"[=|\w)\]}'\"?.!…^*%+-]$", text), f"ends in the middle: {text[-20:]!r}"
    plain = re.sub(r"'.*?'|\".*?\"|“.*?”", "", problem)
    assert len(re.findall(r"[.?!](?:\s|$)", plain.rstrip(".?!"))) < _SENTENCES, "too many sentences"
    assert not about or any(name in text for name in about), f"names none of {about}"


@contextmanager
def soon(seconds: float = SECONDS) -> Iterator[None]:
    """Stop what takes longer than this, of the processor's time or ten times of the clock's."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(
        signal, "setitimer"
    ):
        yield
        return

    def late(*_: object) -> None:
        raise AssertionError(f"no result and no lesson within {seconds:g} s")

    timers = {
        signal.SIGPROF: (signal.ITIMER_PROF, seconds),
        signal.SIGALRM: (signal.ITIMER_REAL, 10 * seconds),  # it waits, or the machine is busy
    }
    before = {sent: signal.signal(sent, late) for sent in timers}
    for timer, most in timers.values():
        signal.setitimer(timer, most)
    try:
        yield
    finally:
        for sent, (timer, _) in timers.items():
            signal.setitimer(timer, 0)
            signal.signal(sent, before[sent])


def cases(share: float) -> Callable[[Any], Any]:
    """Give a test its share of the cases: 1 is a hundred in CI and 6,000 in the long run."""
    return settings(max_examples=max(1, int(settings.default.max_examples * share)), deadline=None)
