"""Errors that teach: which part, what is wrong, where, and what to do.

Every error of this package is a :class:`CstoolsError`, and at the same time one of Python's own
kinds, so that ``except ValueError`` and ``except KeyError`` keep working.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from traceback import extract_tb

from cstools.names import key

_PACKAGE = Path(__file__).parent


class CstoolsError(Exception):
    """Something a person can put right; the message says how."""

    def __str__(self) -> str:
        """Return the message as written (a ``KeyError`` would put it in quotes)."""
        return "\n".join(str(part) for part in self.args)

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook shows instead of the way through the package: line and lesson.

        IPython asks for it by this name. The line is the last one outside the package; the first
        frame is IPython's own. A script still ends with the whole way.
        """
        frames = extract_tb(self.__traceback__)[1:]
        outside = [frame for frame in frames if _PACKAGE not in Path(frame.filename).parents]
        lines = [f"Line {frame.lineno}:  {frame.line}\n" for frame in outside[-1:]]
        return [*lines, str(self)]


class EquationError(CstoolsError, ValueError):
    """An equation that cannot be read, or that means nothing."""


class UnknownNameError(CstoolsError, KeyError):
    """A name that nothing in the model, map or run has."""


class ModelError(CstoolsError, ValueError):
    """A model or map that contradicts itself or is not finished."""


class PlaceError(CstoolsError, IndexError):
    """A place in a list at which nothing stands."""


class FileError(CstoolsError, ValueError):
    """A file that cannot be read or written."""


class DataError(CstoolsError, ValueError):
    """A table of people, applications or answers with something wrong in it."""


class MissingPartError(CstoolsError, ImportError):
    """An optional part of the installation is not there."""


def brief(name: object, widest: int = 60) -> str:
    """Return a name as an error shows it: on one line, and never long."""
    text = " ".join(str(name).split())
    if text.startswith("<") and not isinstance(name, str):
        text = type(name).__name__
    text = "".join(c if c.isprintable() else "�" for c in text)
    return text if len(text) <= widest else f"{text[: widest - 1]}…"


def shown(value: object, widest: int = 60) -> str:
    """Return a value as an error shows it: as it would be typed, on one line, and never long."""
    try:
        text = " ".join(repr(value).split())
    except ValueError:  # Python prints no whole number of thousands of digits
        return "a number of thousands of digits"
    if text.startswith("<"):
        return f"a '{type(value).__name__}'"
    return text if len(text) <= widest else f"{text[: widest - 2]}…{text[-1]}"


def did_you_mean(word: str, known: Iterable[str], most: int = 3) -> str:
    """Return ``"; did you mean 'x'?"`` for the nearest known names, or an empty string.

    Names are compared without regard to case, spaces and underscores, and offered in their
    own spelling, at most ``most`` of them.
    """
    spelling = {key(name): name for name in known}
    near = [spelling[k] for k in get_close_matches(key(word), spelling, n=most, cutoff=0.6)]
    if not near:
        return ""
    return "; did you mean " + " or ".join(f"'{brief(name)}'" for name in near) + "?"


def unknown_name(word: str, known: Iterable[str], where: str) -> UnknownNameError:
    """Return the error for a name that is not there: what was asked, what is near or known."""
    names = list(known)
    hint = did_you_mean(word, names)
    if not hint and names:
        hint = f"; there {'is' if len(names) == 1 else 'are'} {_listed(names, most=8)}"
    return UnknownNameError(f"{where}: nothing is called '{brief(word)}'{hint}")


def _listed(names: list[str], most: int) -> str:
    """Return ``'a', 'b' and 'c'``, or the first of them and how many more there are."""
    told = [f"'{brief(name, 40)}'" for name in names[:most]]
    if len(names) > most:
        told.append(f"{len(names) - most} more")
    return " and ".join(filter(None, (", ".join(told[:-1]), told[-1])))
