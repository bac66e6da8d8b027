"""Which format a file has: by its name where that is clear, and else by what stands in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from cstools.causal_loops.formats import (
    dot,
    graphml,
    kumu,
    loopy,
    matrix,
    sdjson,
    tables,
    vensim_sketch,
    vensim_written,
    workbook,
    xmile_view,
)
from cstools.causal_loops.formats.said import MapSaid
from cstools.causal_loops.formats.told import lost
from cstools.errors import FileError, brief, did_you_mean


@dataclass(frozen=True)
class Format:
    """A way to write a map: how it is called, the endings of its files, and what it can say.

    ``keeps`` names what survives beside variables, links and signs: ``delays``, ``reasons``,
    ``sources``, ``lenses``, ``titles``, ``places``. One that is not ``usual`` is written only
    when it is asked for by name. A workbook is bytes where the others are text.
    """

    name: str
    program: str
    endings: tuple[str, ...]
    read: Callable[[Any], MapSaid]
    write: Callable[[MapSaid], str | bytes]
    recognises: Callable[[str], bool]
    keeps: frozenset[str]
    usual: bool = True


_ALL = frozenset({"delays", "reasons", "sources", "lenses", "titles", "places"})
FORMATS = (
    Format(
        "vensim",
        "a Vensim sketch",
        (".mdl",),
        vensim_sketch.read,
        vensim_written.write,
        vensim_sketch.recognises,
        frozenset({"delays", "titles", "places"}),
    ),
    Format("kumu", "Kumu", (".json",), kumu.read, kumu.write, kumu.recognises, _ALL),
    Format(
        "loopy",
        "LOOPY",
        (".loopy", ".json"),
        loopy.read,
        loopy.write,
        loopy.recognises,
        frozenset({"places"}),
    ),
    Format(
        "loopy2",
        "LOOPY",
        (".json",),
        loopy.read,
        loopy.write_readable,
        loopy.recognises_readable,
        frozenset({"places"}),
        usual=False,
    ),
    Format(
        "sd-json",
        "SD-JSON",
        (".json",),
        sdjson.read,
        sdjson.write,
        sdjson.recognises,
        _ALL - {"titles", "places"},
    ),
    Format(
        "csv",
        "a table",
        (".csv", ".tsv"),
        tables.read,
        tables.write,
        tables.recognises,
        frozenset({"delays", "reasons", "sources"}),
    ),
    Format(
        "matrix",
        "a matrix",
        (".csv", ".tsv", ".txt"),
        matrix.read,
        matrix.write,
        matrix.recognises,
        frozenset({"delays"}),
        usual=False,
    ),
    Format("kumu", "Kumu", (".xlsx",), workbook.read, workbook.write, lambda _: False, _ALL),
    Format(
        "graphml",
        "GraphML",
        (".graphml",),
        graphml.read,
        graphml.write,
        graphml.recognises,
        _ALL,
    ),
    Format(
        "xmile",
        "XMILE",
        (".xmile", ".stmx", ".itmx", ".xml"),
        xmile_view.read,
        xmile_view.write,
        xmile_view.recognises,
        _ALL,
    ),
    Format("dot", "DOT", (".dot", ".gv"), dot.read, dot.write, dot.recognises, _ALL),
)
_NAMES = ("text", *dict.fromkeys(form.name for form in FORMATS))


def formats_named(name: str) -> list[Format]:
    """Return the formats of that name, or raise the lesson that lists them all."""
    named = [form for form in FORMATS if form.name == str(name).strip().lower()]
    if named:
        return named
    known = ", ".join(f"'{known}'" for known in _NAMES)
    hint = did_you_mean(str(name), _NAMES)
    raise FileError(f"'{brief(name)}' is no format of maps{hint or f'; there are {known}'}")


def format_of(path: PurePath, text: str) -> Format:
    """Return the format in which a file is written, by its ending and its text."""
    own = [form for form in FORMATS if path.name.lower().endswith(form.endings)]
    if not own:
        raise FileError(f"a map is read from {_endings()}; save it as one of them")
    found = [form for form in own if form.recognises(text)]
    return (found or own)[0]


def format_to_write(path: PurePath, name: str | None) -> Format:
    """Return the format in which a map is written to a file of that name."""
    if name is not None:
        named = formats_named(name)
        for form in named:
            if path.name.lower().endswith(form.endings):
                return form
        endings = " or ".join(ending for form in named for ending in form.endings)
        raise FileError(f"'{path.name}': {named[0].program} is written as {endings}")
    own = [form for form in FORMATS if form.usual and path.name.lower().endswith(form.endings)]
    if not own:
        raise FileError(f"'{path.name}': a map is written as {_endings()}")
    if len(own) > 1:
        choices = " or ".join(f"format='{form.name}'" for form in own)
        raise FileError(f"'{path.name}' may hold a map in several formats; say {choices}")
    return own[0]


def written(said: MapSaid, form: Format) -> tuple[str | bytes, tuple[str, ...]]:
    """Return the content of a file, and in sentences what the format could not say."""
    return form.write(said), lost(said, form.keeps, form.program)


def _endings() -> str:
    every = [".txt", *(ending for form in FORMATS for ending in form.endings)]
    known = [*dict.fromkeys(every)]
    return f"{', '.join(known[:-1])} or {known[-1]}"
