"""The one owner of spelling: ``"Room Temperature"`` and ``room_temperature`` are one name.

The rule is XMILE's: case, spaces, underscores, line breaks and surrounding quotes do not count;
any Unicode letters do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from keyword import iskeyword

_GAPS = re.compile(r"(?:\\[nrt]|[\s_])+", re.IGNORECASE)
_ROUND_SUBSCRIPTS = re.compile(r"_*([\[\],])_*")
_SUBSCRIPTED = re.compile(r"(?P<base>[^\[\]]+)\[(?P<subscripts>[^\[\]]+)\]")


def key(name: str) -> str:
    """Return the form in which names compare: ``"Room  Temperature"`` → ``room_temperature``.

    What is no text has the key of what it prints as, under which nothing is found.
    """
    return _key(str(name))


@lru_cache(maxsize=1 << 16)  # a model asks for the same few keys again and again
def _key(name: str) -> str:
    # Twice, because ignoring case can bring back what the first round put together.
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    joined = _GAPS.sub("_", folded)
    if "[" in joined:  # population[North, Young] is population[north,young]
        joined = _ROUND_SUBSCRIPTS.sub(r"\1", joined)
    return joined.strip('_"')


def label(name: str) -> str:
    """Return the form in which names are shown: ``room_temperature`` → ``room temperature``."""
    plain = unicodedata.normalize("NFC", str(name)).strip().strip('"')
    return _GAPS.sub(" ", plain).strip()


def split_subscripts(name: str) -> tuple[str, tuple[str, ...]]:
    """Return a name without its subscripts, and those: ``"a[b, c]"`` → ``("a", ("b", "c"))``."""
    found = _SUBSCRIPTED.fullmatch(str(name).strip())
    if found is None:
        return name, ()
    return found["base"].strip(), tuple(map(label, found["subscripts"].split(",")))


def with_subscripts(base: str, subscripts: Iterable[str]) -> str:
    """Return a name with its subscripts as they are shown: ``population[North, Young]``."""
    return f"{base}[{', '.join(subscripts)}]"


def same(one: str, other: str) -> bool:
    """Say whether two spellings are one name."""
    return key(one) == key(other)


def identifiers(names: Iterable[str], reserved: Iterable[str] = ()) -> dict[str, str]:
    """Return, for each key, a distinct identifier that Python and JavaScript both accept.

    Letters stay as they are, so that generated code can be read; anything else becomes ``_``. A
    clash with a word of either language, or with another name, gets a number at its end.
    """
    taken = {*reserved, *_JAVASCRIPT_WORDS}
    result: dict[str, str] = {}
    for name in names:
        base = "".join(c if f"_{c}".isidentifier() else "_" for c in name.removesuffix("]"))
        base = base if base.isidentifier() and not iskeyword(base) else f"_{base}"
        candidate, count = base, 2
        while candidate in taken:
            candidate, count = f"{base}_{count}", count + 1
        taken.add(candidate)
        result[name] = candidate
    return result


_JAVASCRIPT_WORDS = frozenset(
    "arguments await break case catch class const continue debugger default delete do else enum "
    "eval export extends false finally for function if implements import in instanceof interface "
    "let new null package private protected public return static super switch this throw true "
    "try typeof undefined var void while with yield Math NaN Infinity".split()
)
