"""How far long work is, on standard error: seen on a terminal, and never mixed into the answer."""

from __future__ import annotations

import sys
import threading
import time
from types import TracebackType

PATIENCE = 1.0  # seconds of silence; what is done sooner says nothing
_OFTEN, _SELDOM = 0.5, 10.0  # seconds between two words on a terminal, and in a file


class Progress:
    """Says what is done and how far it is, for as long as it is held open.

    On a terminal one line is written again and again, and taken away at the end. Elsewhere
    nothing is said, or, with ``verbose``, now and then a line of its own.
    """

    def __init__(self, what: str, *, verbose: bool = False) -> None:
        self.what = what
        self._terminal = sys.stderr.isatty()
        self._speaks = self._terminal or verbose
        self._counted = ""
        self._began = time.monotonic()
        self._said = False
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._tell, daemon=True)

    def __call__(self, done: int, of: int) -> None:
        """Take note that so many of so many are done; of one, that is no news."""
        if of > 1:
            self._counted = f": {done:,} of {of:,}"

    def __enter__(self) -> Progress:
        if self._speaks:
            self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        if self._speaks:
            self._thread.join()
        if self._said and self._terminal:
            sys.stderr.write("\r\x1b[K")
        elif self._said:
            sys.stderr.write(f"{self.what}{self._counted}, {'stopped' if error else 'done'}\n")
        sys.stderr.flush()

    def _tell(self) -> None:
        wait = PATIENCE
        while not self._ended.wait(wait):
            line = f"{self.what}{self._counted}, {time.monotonic() - self._began:.0f} s"
            sys.stderr.write(f"\r\x1b[K{line}" if self._terminal else f"{line}\n")
            sys.stderr.flush()
            self._said = True
            wait = _OFTEN if self._terminal else _SELDOM
