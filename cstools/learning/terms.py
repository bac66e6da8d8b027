"""Words of the glossary in a notebook's prose: linked where they are first set apart.

::

    Both loops are [**balancing**](../90-glossary.ipynb#balancing-loop).

A word is set apart in *italics* or **bold**. It counts as the term in any capitals, in the plural,
with a full stop, and, of a term that ends in *loop*, as its first word alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cstools.learning.references import glossary

#: The file, in the folder of notebooks, that has a heading for each term.
PAGE = "90-glossary.ipynb"

_LINK = rf"\[(?P<words>[^\]]+)\]\([^)\s]*{re.escape(PAGE)}(?P<anchor>#[^)\s]*)?\)"
_SET_APART = r"(?<![\w*\\])(?P<mark>\*{1,2})(?=[^\s*])(?P<apart>[^*\n]*[^\s*])(?P=mark)(?!\*)"
_FOUND = re.compile(f"{_LINK}|{_SET_APART}")


def anchor(name: str) -> str:
    """Return the last part of the address of a term, as JupyterLab makes it of a heading."""
    return name.replace(" ", "-")


def unlinked(prose: Iterable[tuple[int, str]]) -> Iterator[str]:
    """Yield a sentence for each term that is set apart before it is linked, and each dead link.

    ``prose`` is the markdown of a notebook, with the position of each cell.
    """
    anchors = {anchor(name) for name in glossary()}
    linked: set[str] = set()
    for position, text in prose:
        for found in _FOUND.finditer(text):
            if found["words"]:
                goal = (found["anchor"] or "#").removeprefix("#")
                linked.add(goal)
                if goal and goal not in anchors:
                    yield f"cell {position} links to '{goal}', which is no word of the glossary"
            elif (name := named(found["apart"])) and anchor(name) not in linked:
                linked.add(anchor(name))
                mark = found["mark"]
                yield (
                    f"cell {position} sets '{found['apart']}' apart, a word of the glossary; link "
                    f"it: [{mark}{found['apart']}{mark}](../{PAGE}#{anchor(name)})"
                )


def named(words: str) -> str:
    """Return the term that some words are, or an empty string."""
    plain = " ".join(words.casefold().split()).strip(" .,:;!?")
    return _forms().get(plain, "")


def _forms() -> dict[str, str]:
    forms: dict[str, str] = {}
    for name in glossary():
        short = name.removesuffix(" loop")
        spelt = (name, f"{name}s", short if short != "feedback" else name)
        for form in spelt:
            forms.setdefault(form, name)
    return forms
