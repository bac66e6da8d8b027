"""A file that is not there is answered with the folder that was looked in, and what is near."""

from __future__ import annotations

from pathlib import Path

from cstools.errors import FileError, did_you_mean


def not_there(what: str, path: Path) -> FileError:
    """Return the error for a file that is not there: where it was looked for, what is near."""
    folder = path.resolve().parent
    if not folder.is_dir():
        return FileError(f"{what} is not there, and there is no folder '{folder.name}'")
    names = [entry.name for entry in folder.iterdir() if not entry.name.startswith(".")]
    hint = did_you_mean(path.name, names) or "; put it there, or write its name as it is there"
    return FileError(f"{what} is not there; looked in the folder '{folder.name}'{hint}")
