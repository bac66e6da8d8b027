"""What people write as a file's name; one that is not there is answered with what is near."""

from __future__ import annotations

from pathlib import Path

from cstools.cohorts.basics.naming import is_no_name
from cstools.errors import FileError, did_you_mean, shown

_LONGEST = 255  # bytes of one name in a path; no disk in use takes more


def place_of(given: str | Path) -> Path:
    """Return the path that a person wrote.

    Raises
    ------
    FileError
        When it is no text, an empty one, or none that a disk can have.
    """
    text = str(given) if isinstance(given, str | Path) else ""
    long = any(len(part.encode(errors="replace")) > _LONGEST for part in text.split("/"))
    if not text.strip() or long or not text.isprintable():
        raise FileError(f"{shown(given)} is no file's name; write it as text, as 'ours.xlsx'")
    return Path(given)


def _near(path: Path, names: list[str]) -> str:
    """Offer names that are near without their ends, in which all TOML files are alike."""
    stems = {Path(name).stem: name for name in names}
    near = did_you_mean(path.stem, stems)
    for stem, name in stems.items():
        near = near.replace(f"'{stem}'", f"'{name}'")
    return near


def not_there(what: str, path: Path, *, of_people: bool = False) -> FileError:
    """Return the error for a file that is not there: where it was looked for, what is near.

    With ``of_people`` the files beside it may be called after people, and such are not offered.
    """
    folder = path.resolve().parent
    if not folder.is_dir():
        return FileError(f"{what} is not there, and there is no folder '{folder.name}'")
    names = [entry.name for entry in folder.iterdir() if not entry.name.startswith(".")]
    if of_people:
        names = [name for name in names if is_no_name(Path(name).stem)]
    hint = _near(path, names) or "; put it there, or write its name as it is there"
    return FileError(f"{what} is not there; looked in the folder '{folder.name}'{hint}")
