"""The fingerprint of a portfolio says whether it is still what was handed in.

SHA-256 over every file of a folder, by its path and its content. A copy has the same
fingerprint; one changed letter gives another.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from cstools.cohorts.basics.files import not_there, place_of
from cstools.errors import FileError

# What an operating system or JupyterLab puts beside one's work, and nobody hands in.
BESIDE = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".ipynb_checkpoints", "__pycache__"})
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Fingerprint:
    """The hash of a portfolio, as 64 hexadecimal digits, and of how many files it is."""

    digest: str
    files: int

    def __repr__(self) -> str:
        count = f"{self.files} file{'s' * (self.files != 1)}"
        return f"{count}, SHA-256 {self.digest[:12]}…"


def fingerprint(path: str | Path) -> Fingerprint:
    """Return the fingerprint of a folder, or of one file such as a portfolio saved as HTML.

    It depends on the files' content and on their paths inside the folder, not on the folder's own
    name, on dates, on who owns them or on the order in which a disk lists them. What
    :data:`BESIDE` names is left out. It can mislead: it says that nothing changed, not who made it.

    Raises
    ------
    FileError
        When nothing is there, the folder is empty, or something in it is a link or unreadable.
    """
    place = place_of(path)
    if not place.exists():
        raise not_there(f"the portfolio '{place.name}'", place, of_people=True)
    try:
        files = [("", place)] if place.is_file() else _files(place)
        if not files:
            raise FileError(f"the portfolio '{place.name}' is an empty folder; nothing to review")
        whole = hashlib.sha256()
        for inside, file in files:
            whole.update(_measured(inside.encode()))
            whole.update(bytes.fromhex(_digest(file)))
    except OSError as error:
        raise FileError(
            f"the portfolio '{place.name}' cannot be read: {error.strerror}; close it in other "
            "programs and hand it in again"
        ) from None
    return Fingerprint(whole.hexdigest(), len(files))


def _files(folder: Path) -> list[tuple[str, Path]]:
    """Return the files of a folder with their paths in it, in one order on every machine."""
    found = []
    for path in folder.rglob("*"):
        inside = path.relative_to(folder)
        if BESIDE.intersection(inside.parts):
            continue
        if path.is_symlink():
            raise FileError(
                f"'{inside.as_posix()}' in the portfolio is a link to another place; put the file "
                "itself in the folder, so that what is reviewed is what was handed in"
            )
        if path.is_file():
            # macOS writes ø and é as letter and accent; the same file has the same path anywhere.
            found.append((unicodedata.normalize("NFC", inside.as_posix()), path))
    return sorted(found)


def _measured(text: bytes) -> bytes:
    """Return a text behind its own length, so that two lists of files never read the same."""
    return len(text).to_bytes(8, "big") + text


def _digest(file: Path) -> str:
    found = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()
