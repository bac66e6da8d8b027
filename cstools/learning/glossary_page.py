"""The page of the glossary, ``notebooks/90-glossary.ipynb``, to which notebooks link their words.

``python -m cstools.learning.glossary_page`` writes it from ``cstools/data/glossary.toml``.
"""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path
from typing import Any

from cstools.learning.references import Term, glossary, term
from cstools.learning.refresh import as_text, tidied
from cstools.learning.terms import PAGE, anchor

_OPENING = """# The words, each said once

- Goals:
  - look up a word that a notebook has linked
  - see which words are its neighbours
- Minutes: 5

Where a notebook first sets one of these words apart, it leads here. You need not read them in a
row. To go back, close this page, or choose the notebook above in the row of open pages.

To hear what a word means without leaving a notebook, ask there for `term("stock")`."""
_ASKED = ("stock", "flow", "delay")


def page() -> str:
    """Return the text of the page, as its file holds it."""
    words = sorted(glossary().values(), key=lambda one: one.name.casefold())
    cells = [_markdown(_OPENING)]
    for letter, group in groupby(words, key=lambda one: one.name[0].upper()):
        cells.append(_markdown("\n\n".join([f"## {letter}", *map(_entry, group)])))
    cells.append(_markdown("## Ask for a word\n\nChange the word, and press **Shift + Enter**."))
    cells += [_asked(count, name) for count, name in enumerate(_ASKED, start=1)]
    return as_text(tidied({"cells": cells}))


def _entry(one: Term) -> str:
    further = ", ".join(f"[{name}](#{anchor(name)})" for name in one.see)
    see = f" See also: {further}." if further else ""
    return f"### {one.name}\n\n{one.means}{see}"


def _markdown(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def _asked(count: int, name: str) -> dict[str, Any]:
    """Return a cell that asks for a word, with what it is told."""
    told = term(name)._repr_mimebundle_()
    bring = "from cstools.learning import term\n\n" * (count == 1)
    return {
        "cell_type": "code",
        "metadata": {},
        "source": f'{bring}term("{name}")',
        "execution_count": count,
        "outputs": [
            {
                "output_type": "execute_result",
                "metadata": {},
                "data": told,
                "execution_count": count,
            }
        ],
    }


def main() -> int:
    """Write the page below the folder of the course that this is run in."""
    Path("notebooks", PAGE).write_text(page(), encoding="utf-8")
    print(f"{PAGE}: written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
