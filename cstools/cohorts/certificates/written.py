"""Certificates as files; where these lie is shown without the names that their names may hold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cstools.errors import FileError


class Written(tuple[Path, ...]):
    """The paths of the certificates that were written; shows how many, and in which folder.

    A cell of a notebook shows its last value, and a notebook that is saved is to hold no name.
    """

    def __repr__(self) -> str:
        if not self:
            return "no certificates"
        many = "1 certificate" if len(self) == 1 else f"{len(self)} certificates"
        return f"{many} in '{self[0].parent.name or self[0].parent}'"


def written(
    folder: Path, ids: Sequence[str], names: Sequence[str], pages: Sequence[bytes]
) -> Written:
    """Write each certificate into a file of its own, named by its id and by a name, if any.

    Raises
    ------
    FileError
        When the folder or a file cannot be written.
    """
    paths = [folder / _file_name(id, name) for id, name in zip(ids, names, strict=True)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, content in zip(paths, pages, strict=True):
            path.write_bytes(content)
    except OSError as error:
        raise FileError(
            f"the certificates cannot be written in '{folder.name}': {error.strerror}; choose "
            "another folder, or close the files in other programs"
        ) from None
    return Written(paths)


def _file_name(id: str, name: str) -> str:
    plain = "-".join("".join(c if c.isalnum() else " " for c in name).split())
    return f"certificate-{id}{'-' * bool(plain)}{plain[:60]}.pdf"
