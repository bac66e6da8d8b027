"""A file appears whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from cstools.errors import FileError


def write_whole(path: Path, content: str | bytes) -> Path:
    """Write text or bytes beside its place and move it there, so that nobody meets half of it.

    Raises
    ------
    FileError
        When the place cannot be written; whatever stood there stays as it was.
    """
    try:
        handle, beside = tempfile.mkstemp(dir=path.parent, suffix=path.suffix)
    except OSError as error:
        raise FileError(f"'{path}' cannot be written: {error.strerror}") from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode("utf-8") if isinstance(content, str) else content)
        Path(beside).chmod(0o644)  # a temporary file is its owner's alone
        Path(beside).replace(path)
    except OSError as error:
        Path(beside).unlink(missing_ok=True)
        raise FileError(f"'{path}' cannot be written: {error.strerror}") from None
    return path
