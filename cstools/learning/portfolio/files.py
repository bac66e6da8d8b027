"""A portfolio read from a page or a folder, and the files that a folder of it holds."""

from __future__ import annotations

import json
import re
import unicodedata
from base64 import b64decode
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from cstools.errors import CstoolsError, FileError
from cstools.learning.portfolio.blocks import checked
from cstools.learning.portfolio.page import HELD
from cstools.learning.portfolio.pieces import FORMS, LONGEST_TITLE, Piece, well_formed

#: The form of what a page holds; another number is another form.
FORM = 1
INDEX, FOLDER = "index.html", "pieces"
_NAME = "cstools portfolio"
_LARGEST = 200_000_000  # bytes
_ENDINGS = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg"}


def data_of(title: str, pieces: Sequence[Piece]) -> dict[str, Any]:
    """Return a portfolio as plain values, for JSON."""
    return {_NAME: FORM, "title": title, "pieces": [dict(_plain(piece)) for piece in pieces]}


def page_of(path: Path) -> Path:
    """Return the page that a path means: itself, or the first page of a folder."""
    return path / INDEX if is_folder(path) else path


def is_folder(path: Path) -> bool:
    """Say whether a portfolio goes into a folder of that name."""
    return path.is_dir() or path.suffix == ""


def read(path: Path) -> tuple[str, tuple[Piece, ...], tuple[str, ...]]:
    """Return a portfolio's title, its pieces, and what could not be read.

    Raises
    ------
    FileError
        When the file is missing, no page of a portfolio, or far too large.
    """
    page = page_of(path)
    if not page.is_file():
        raise FileError(
            f"'{page}': there is no such file; a portfolio is a page (.html), or a folder with "
            f"a page {INDEX} in it"
        )
    data = _held(page)
    title, listed = data.get("title"), data.get("pieces")
    if not isinstance(title, str) or not isinstance(listed, list):
        raise FileError(_no_portfolio(page))
    read_pieces = [_piece(one) for one in listed]
    lost = [n for n, piece in enumerate(read_pieces, start=1) if piece is None]
    told = tuple(f"Piece {n} of '{page.name}' could not be read." for n in lost)
    return title, tuple(piece for piece in read_pieces if piece is not None), told


def files_of(pieces: Sequence[Piece]) -> dict[str, bytes]:
    """Return what lies beside the page in a folder, by name: pictures, and what they come from.

    The same pieces give the same files, byte for byte.
    """
    files: dict[str, bytes] = {}
    for number, piece in enumerate(pieces, start=1):
        stem = f"{number:02d}-{file_name(piece.title)}"
        pictures = [one["picture"] for one in piece.shown if one["as"] == "picture"]
        for count, address in enumerate(pictures, start=1):
            kind, _, data = address.removeprefix("data:").partition(";base64,")
            ending = f"{f'-{count}' if count > 1 else ''}.{_ENDINGS[kind]}"
            with suppress(ValueError):
                files[f"{stem}{ending}"] = b64decode(data)
        files |= {f"{stem}{ending}": content for ending, content in _made_from(piece)}
    return files


def _made_from(piece: Piece) -> list[tuple[str, bytes]]:
    """Return what a piece is made from in the form that its own reader reads, with its ending."""
    if piece.form == "note":
        return [(".txt", f"{piece.thing()}\n".encode())]
    if piece.source is None:
        return []
    if piece.form == "board":
        whole = json.dumps(piece.source, ensure_ascii=False, indent=1)
        return [(".board.json", f"{whole}\n".encode())]
    if piece.form == "progress":
        return [(".progress.json", piece.thing().encode())]
    if piece.form == "model" and isinstance(piece.source.get("xmile"), str):
        return [(".xmile", piece.source["xmile"].encode())]
    return [(".txt", text) for text in _map_text(piece)] if piece.form == "map" else []


def _map_text(piece: Piece) -> Iterator[bytes]:
    """Yield a map as the text that ``read_diagram`` reads, if it can be made again."""
    with suppress(CstoolsError):
        yield f"{piece.thing().to_text()}\n".encode()


def _plain(piece: Piece) -> list[tuple[str, Any]]:
    return [
        ("form", piece.form),
        ("title", piece.title),
        ("sentence", piece.sentence),
        ("reflection", piece.reflection),
        ("added", piece.added),
        ("shown", list(piece.shown)),
        ("source", piece.source),
    ]


def _held(page: Path) -> dict[str, Any]:
    """Return what a page holds; whatever else it shows is not looked at."""
    if page.stat().st_size > _LARGEST:
        raise FileError(
            f"'{page.name}' has more than {_LARGEST // 10**6} MB, which is no portfolio"
        )
    try:
        text = page.read_text("utf-8")
        start = text.rindex(HELD) + len(HELD)
        data = json.loads(text[start : text.index("</script>", start)], parse_constant=_refuse)
        data = json.loads(well_formed(json.dumps(data, ensure_ascii=False)))
        if data[_NAME] != FORM:
            raise ValueError
    except OSError as error:
        raise FileError(f"'{page.name}' cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise FileError(_no_portfolio(page)) from None
    return dict(data)


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is no number")


def _no_portfolio(page: Path) -> str:
    return f"'{page.name}' is no portfolio, or not all of one; was the file saved whole?"


def _piece(data: Any) -> Piece | None:
    """Return a piece that a page holds; nothing where it is none."""
    if not isinstance(data, dict) or data.get("form") not in FORMS:
        return None
    words = [data.get(name, "") for name in ("title", "sentence", "reflection", "added")]
    source, listed = data.get("source"), data.get("shown", [])
    if not all(isinstance(word, str) for word in words) or not isinstance(listed, list):
        return None
    if source is not None and not isinstance(source, dict):
        return None
    title, sentence, reflection, added = words
    blocks = [checked(one) for one in listed]
    shown = tuple(one for one in blocks if one is not None)
    whole = title[:LONGEST_TITLE] or FORMS[data["form"]]
    return Piece(data["form"], whole, sentence, reflection, shown, source, added)


def file_name(title: str) -> str:
    """Return a title as the name of a file on every machine."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "piece"
