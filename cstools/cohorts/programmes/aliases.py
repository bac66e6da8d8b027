"""One person of the faculty, several spellings: the documents spell three names in several ways."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from cstools.cohorts.programmes.programme_file import read_toml
from cstools.names import key


@lru_cache(maxsize=1)
def spellings() -> dict[str, tuple[str, ...]]:
    """Return, for each name in its proper form, every spelling that the documents have."""
    entry = resources.files("cstools").joinpath("data", "programmes", "aliases.toml")
    with resources.as_file(entry) as path:
        content, _ = read_toml(path, "table of spellings")
    return {name: tuple(about["spellings"]) for name, about in content.items()}


def proper_name(spelling: str) -> str:
    """Return a faculty name in its proper form; a name that the table lacks stays as it is."""
    found = {key(other): name for name, others in spellings().items() for other in others}
    return found.get(key(spelling), spelling)
