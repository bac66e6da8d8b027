"""A slip of the pen in the line of a check gets a sentence, where Python would give a traceback.

``question.check(b)``, where ``check("b")`` is meant, never reaches the check: Python stops at the
name. In a notebook a kernel lets us say something kinder about it. Errors anywhere else are shown
as ever, and outside a notebook nothing is changed.
"""

from __future__ import annotations

import linecache
import sys
from traceback import extract_tb
from types import TracebackType
from typing import Any

from cstools.learning.checks import Feedback, Outcome, feedback

_SLIPS = (NameError, SyntaxError, TypeError)
_CHECK = ".check("


def listen() -> None:
    """Answer slips in the kernel that this runs in, if it is one and nobody else answers there."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is not None and not shell.custom_exceptions:
        shell.set_custom_exc(_SLIPS, _answer)


def sentence(error: BaseException, source: str) -> Feedback | None:
    """Return what to say about an error in a cell, or nothing when it is not about a check."""
    if _CHECK not in source:
        return None
    if isinstance(error, NameError) and error.name:
        return feedback(
            Outcome.NOT_ATTEMPTED,
            f"Python does not know the name '{error.name}'. If it is your answer, put it in "
            f'quotation marks: check("{error.name}"). If a cell above gives it, run that cell '
            "first.",
        )
    if isinstance(error, SyntaxError):
        return feedback(
            Outcome.NOT_ATTEMPTED,
            "Python cannot read this line. Put the answer in quotation marks, as in "
            'check("125 tonnes per year"), and look whether every bracket has its partner.',
        )
    if isinstance(error, TypeError) and "check()" in str(error):
        return feedback(
            Outcome.NOT_ATTEMPTED,
            'Hand over the answer alone, without a name or an "=": check("b"), or check(25).',
        )
    return None


def _answer(
    shell: Any,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
    tb_offset: int | None = None,
) -> list[str]:
    """Say the sentence, or show the error as a kernel does without us."""
    said = sentence(error, _cell(error, trace))
    if said is None:
        shell.showtraceback((kind, error, trace), tb_offset=tb_offset)
        return []
    from IPython.display import display

    display(said)
    return []


def _cell(error: BaseException, trace: TracebackType | None) -> str:
    """Return the source of the cell in which an error ended, as far as it is known."""
    if isinstance(error, SyntaxError):
        return f"{error.text or ''}\n{''.join(linecache.getlines(error.filename or ''))}"
    frames = extract_tb(trace)
    return "".join(linecache.getlines(frames[-1].filename)) if frames else ""
