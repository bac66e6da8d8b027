"""What is told when a format cannot say all of a map, or a map all of a file."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Sequence

from cstools.causal_loops.formats.said import MapSaid

_SHOWN_AT_ONCE = 3
KEPT_AS_TEXT = frozenset({"delays", "reasons", "sources", "lenses", "titles"})


def lost(said: MapSaid, keeps: Collection[str], program: str) -> tuple[str, ...]:
    """Return what a format that keeps only some things leaves out of a map, in sentences."""
    counts = {
        "delays": ("delay mark", sum(link.delayed for link in said.links)),
        "reasons": ("reason", sum(bool(link.reason) for link in said.links)),
        "sources": ("source", sum(bool(link.source) for link in said.links)),
        "lenses": ("lens", sum(bool(variable.lens) for variable in said.variables)),
        "titles": ("loop name", len(said.titles)),
        "places": ("pinned place", len(said.places)),
    }
    return tuple(
        f"{program} has no room for {_counted(word, count)}"
        for what, (word, count) in counts.items()
        if count and what not in keeps
    )


def tell(file: str, sentences: Sequence[str], stacklevel: int) -> None:
    """Warn of what was lost, the first few things by name; ``stacklevel`` as in ``warnings``."""
    if not sentences:
        return
    more = len(sentences) - _SHOWN_AT_ONCE
    told = "; ".join(sentences[:_SHOWN_AT_ONCE])
    rest = f"; and {more} more like these" if more > 0 else ""
    warnings.warn(f"'{file}': {told}{rest}", stacklevel=stacklevel + 1)


def _counted(word: str, count: int) -> str:
    many = {"lens": "lenses"}.get(word, f"{word}s")
    return f"its {word}" if count == 1 else f"its {count} {many}"
