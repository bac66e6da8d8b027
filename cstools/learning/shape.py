"""Every notebook has one shape, so that a learner who knows one knows them all.

For authors
-----------
The name begins with two digits, ``01-bathtub.ipynb``; beside it stand the facilitator notes,
``01-bathtub.faculty.md``. A notebook has at most 35 cells, 1,100 words and 30 minutes.

*The first cell* is markdown, the title and this list (goals: two to four)::

    # Behaviour over time and the bathtub

    - Goals:
      - say when a stock is at its highest, from its flows alone
      - sketch a stock from a graph of its flows
    - Minutes: 30
    - Facet: tools
    - Module: 1
    - Evidence: published, illustrative

Facet is one of tools, self, others, world, practice; module is 1, 2 or 3 (or ``2, 3``);
evidence is any of measured, published, illustrative.

*The headings*, all at level 2, in this order (words may follow after a colon)::

    ## Check-in                        ## Tweak · Twiddle · Frob
    ## Story                               ### Tweak  ### Twiddle  ### Frob
    ## Predict                         ## In my own system
    ## Run                             ## Evidence and limits
    ## Explain                         ## Check-out and portfolio note

Notebooks 00, 50 to 54 (the planner) and 60 onwards (demonstrations for faculty) are freer: a title,
goals, minutes, at most 35 cells, and the rules about stored results below.

*Cells*

- Code before *Twiddle* is folded, so that nobody has to read it: in the cell's metadata,
  ``"jupyter": {"source_hidden": true}``. A set-up cell may stand anywhere before *Story* ends.
- Nothing before *Frob* waits for code: no ``...``, no ``____`` to fill in.
- Nothing shows an equation before the first picture, which is the first code cell of *Run*.
- A function or class defined in a cell has at most five lines.
- Code cells of *Check-in* are tagged ``private`` and ``nbval-ignore-output``; they store the
  sentence that says what a check-in is, and nothing else.
- A cell that shows a live part (``.explore()``, ``.play()``, a sketch, a board, …) is tagged
  ``nbval-ignore-output``, and stores the part's still picture; the next code cell prints the
  sentence that says what it shows. An exercise question, shown as the last line of a cell, has a
  stable text and needs no tag. No other tag or comment takes a cell out of the comparison.
- Name a reference by its key, ``[Senge1990]``, and end *Evidence and limits* with
  ``cite("Senge1990", ...)``, which prints the list.

- Where a word of the glossary is first set apart, in italics or bold, it is a link to the page of
  the glossary, ``[**balancing**](../90-glossary.ipynb#balancing-loop)``
  (:mod:`cstools.learning.terms`).

*In another language.* ``01-bathtub.es.ipynb`` is built from ``01-bathtub.ipynb`` (``cstools
translate``) and has its shape, with the headings and the title block in the words of the catalogue
``package.po``, at most 1,300 words, and the facilitator notes of the English one.

*What is stored.* ``python -m cstools.learning.refresh notebooks/...`` runs a notebook in a clean
kernel and keeps text, counts and stable ids, and of each live part a picture with its sentence,
which is all that GitHub, or a page made by nbconvert, can show of it. Other pictures, pages and
widget states are drawn anew whenever a cell runs. Strict nbval compares kind by kind and fails
when a run brings a kind that the file does not store ("Unexpected output fields", seen with nbval
0.11.0), so ``notebooks/conftest.py`` tells it to leave pictures and pages out. The text of a
picture is then its sentence: end a cell with an object whose plain form says what it shows, never
with a bare ``Figure`` or ``HTML``. At least three cells must have such a text.

To check one: ``python -m cstools.learning.shape notebooks/0-tools/01-bathtub.ipynb``.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from cstools.errors import FileError
from cstools.languages import catalogue
from cstools.learning.notebook import (
    KEPT_MIMETYPES,
    LEFT_BY_LIVE_PARTS,
    Cell,
    Notebook,
    headings,
    language_of,
    read_notebook,
    words,
)
from cstools.learning.terms import unlinked
from cstools.learning.translation.prose import SHAPE, in_english

HEADINGS = (
    "Check-in",
    "Story",
    "Predict",
    "Run",
    "Explain",
    "Tweak · Twiddle · Frob",
    "In my own system",
    "Evidence and limits",
    "Check-out and portfolio note",
)
TIERS = ("Tweak", "Twiddle", "Frob")
FACETS = ("tools", "self", "others", "world", "practice")
EVIDENCE = ("measured", "published", "illustrative")
#: Some languages need more words than English for the same.
MOST_WORDS_TRANSLATED = 1300
MOST_CELLS, MOST_WORDS, MOST_MINUTES, MOST_HELPER_LINES, FEWEST_COMPARED = 35, 1100, 30, 5, 3

_BEFORE_PICTURE = ("", "Check-in", "Story", "Predict")
_BEFORE_TIERS = (*_BEFORE_PICTURE, "Run", "Explain")
_EQUATION = re.compile(r"\$\$|\$[^$\s][^$\n]*\$|\\begin\{|\\\(|\\\[|\.equations\b|\.latex\b|Math\(")
_LIVE = re.compile(
    r"\.(?:explore|edit|play|play_rounds|present|watch)\("
    r"|\b(?:check_in|goal_table|iceberg|ladder|mandala|practice_log|sketch(?:_pad)?)\("
    r"|\binteract(?:ive)?\(|\bSlider\("
)
_HAS_A_STILL = re.compile(
    r"\.(?:explore|edit|play|play_rounds|present|watch)\("
    r"|\b(?:goal_table|iceberg|ladder|mandala|practice_log|sketch)\("
)
_TO_FILL = re.compile(r"_{3,}|^\s*\.\.\.\s*$|=\s*\.\.\.\s*$|\binput\(|your code", re.M | re.I)
_SKIPPING = frozenset({"nbval-skip", "nbval-raises-exception", "raises-exception"})
_MARKER = re.compile(r"^\s*#+\s*(?:NBVAL|PYTEST_VALIDATE)_", re.M)
_MACHINE = re.compile(r"/(?:home|tmp|root|Users|private|opt|srv)/\w|\b[A-Za-z]:\\\w|0x[0-9a-f]{6,}")


def problems(notebook_path: str | Path) -> list[str]:
    """Return what keeps a notebook from the shape, one sentence each; an empty list is good.

    A file that is no notebook gives one sentence, not an error.
    """
    try:
        book = _read(Path(notebook_path))
    except FileError as error:
        return [str(error)]
    rules: tuple[Callable[[Notebook], Iterable[str]], ...] = (*_EVERY, *(_SHAPED * is_shaped(book)))
    return [f"{book.path.name}: {sentence}" for rule in rules for sentence in rule(book)]


def _read(path: Path) -> Notebook:
    """Return a notebook; one that is translated, with the shape's own words in English."""
    said = catalogue(language_of(path) or "en", "package")
    english = {words: word for (context, word), words in said.items() if context == SHAPE}
    return read_notebook(path, lambda source: in_english(source, english))


def is_shaped(book: Notebook) -> bool:
    """Say whether the full shape applies: to 01–43, the numbered lessons, and not to the rest."""
    return book.number == "" or 1 <= int(book.number) <= 43


def _opening(book: Notebook) -> Iterator[str]:
    block = book.title_block
    if not book.number:
        yield "the file's name begins with no number; call it like '01-bathtub.ipynb'"
    if not block.title:
        yield "the first cell has no title; begin it with '# ' and the title"
    if not 2 <= len(block.goals) <= 4:
        yield f"the first cell lists {_count(len(block.goals), 'goal')}; give two to four"
    if not block.minutes.isdecimal():
        yield "the first cell gives no time; add a line '- Minutes: 30'"


def _promises(book: Notebook) -> Iterator[str]:
    block = book.title_block
    if block.facet not in FACETS:
        yield f"the facet is '{block.facet}'; it is one of {', '.join(FACETS)}"
    if not re.fullmatch(r"[123](?:\s*[,–-]\s*[123])?", block.module):
        yield f"the module is '{block.module}'; it is 1, 2 or 3, or two of them, '2, 3'"
    wrong = [word for word in block.evidence if word not in EVIDENCE]
    if wrong or not block.evidence:
        yield f"the evidence is '{', '.join(wrong)}'; it is one or more of {', '.join(EVIDENCE)}"
    if block.minutes.isdecimal() and int(block.minutes) > MOST_MINUTES:
        yield f"it takes {block.minutes} minutes; at most {MOST_MINUTES}"


def _length(book: Notebook) -> Iterator[str]:
    if len(book.cells) > MOST_CELLS:
        yield f"it has {len(book.cells)} cells; at most {MOST_CELLS}"


def _wordiness(book: Notebook) -> Iterator[str]:
    total = sum(words(cell.source) for cell in book.cells if cell.kind == "markdown")
    most = MOST_WORDS_TRANSLATED if book.language else MOST_WORDS
    if total > most:
        yield f"it has {total} words; at most {most}"


def _headings_in_order(book: Notebook) -> Iterator[str]:
    found = [name for name, level in _all_headings(book) if level == 2]
    plain = [name.split(":")[0].strip() for name in found]
    unknown = [name for name in plain if name not in HEADINGS]
    if unknown:
        yield f"the heading '{unknown[0]}' is not one of the shape's; put it at level 3"
    missing = [name for name in HEADINGS if name not in plain]
    if missing:
        yield f"the heading '{missing[0]}' is missing; add '## {missing[0]}'"
    known = [name for name in plain if name in HEADINGS]
    for before, after in pairwise(known):
        if HEADINGS.index(after) <= HEADINGS.index(before):
            yield f"the heading '{after}' comes after '{before}'; it belongs before it"


def _tiers_in_order(book: Notebook) -> Iterator[str]:
    section, tiers = "", []
    for name, level in _all_headings(book):
        plain = name.split(":")[0].strip()
        section = plain if level == 2 else section
        if level == 3 and section == HEADINGS[5]:
            tiers.append(plain)
    if tuple(tiers) != TIERS:
        yield "the tiers are not '### Tweak', '### Twiddle', '### Frob', in this order"


def _no_equation_first(book: Notebook) -> Iterator[str]:
    for cell in book.cells:
        if cell.kind == "code" and cell.section.startswith("Run"):
            return
        if _EQUATION.search(cell.source):
            yield f"cell {cell.position} shows an equation; the first picture, in Run, comes before"


def _no_code_needed(book: Notebook) -> Iterator[str]:
    for cell in book.code:
        early = _section(cell) in _BEFORE_TIERS or cell.part.startswith("Tweak")
        if early and not cell.folded:
            yield f'cell {cell.position} shows its code before Twiddle; fold it ("source_hidden")'
        if (early or cell.part.startswith("Twiddle")) and _TO_FILL.search(cell.source):
            yield f"cell {cell.position} waits for code before Frob; give it something that runs"


def _private_check_in(book: Notebook) -> Iterator[str]:
    for cell in book.code:
        if _section(cell) == "Check-in" and not cell.private:
            yield f"cell {cell.position} is part of the check-in; tag it 'private'"


def _private_stays_private(book: Notebook) -> Iterator[str]:
    for cell in book.code:
        if cell.private and cell.outputs and not cell.stills:
            yield f"cell {cell.position} is private and stores a result; refresh the notebook"
        if cell.private and "nbval-ignore-output" not in cell.tags:
            yield f"cell {cell.position} is private; tag it 'nbval-ignore-output' as well"


def _short_helpers(book: Notebook) -> Iterator[str]:
    for cell in book.code:
        try:
            tree = ast.parse(cell.source)
        except SyntaxError:
            yield f"cell {cell.position} is not plain Python (a magic, or a slip of the pen)"
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > MOST_HELPER_LINES:
                    yield (
                        f"cell {cell.position} defines '{node.name}' in {lines} lines; "
                        f"at most {MOST_HELPER_LINES}, the rest belongs in cstools"
                    )


def _live_parts_told(book: Notebook) -> Iterator[str]:
    code = book.code
    for position, cell in enumerate(code):
        live = bool(_LIVE.search(cell.source)) or any("widget-view" in m for m in cell.mimetypes)
        ignored = "nbval-ignore-output" in cell.tags
        if live and not ignored:
            yield f"cell {cell.position} shows a live part; tag it 'nbval-ignore-output'"
        if ignored and _HAS_A_STILL.search(cell.source) and not cell.stills:
            yield f"cell {cell.position} stores no picture of its live part; refresh the notebook"
        told = position + 1 < len(code) and code[position + 1].compared
        if ignored and not cell.private and not told:
            yield (
                f"cell {cell.position} is not compared; "
                "let the next code cell print the sentence that says what it shows"
            )


def _nothing_left_out(book: Notebook) -> Iterator[str]:
    for cell in book.code:
        if cell.tags & _SKIPPING or _MARKER.search(cell.source):
            yield (
                f"cell {cell.position} is left out of the comparison; "
                "only the tag 'nbval-ignore-output' may do that"
            )


def _no_pictures_pasted(book: Notebook) -> Iterator[str]:
    for cell in book.cells:
        if cell.attachments or "data:image/" in cell.source:
            yield f"cell {cell.position} has a picture pasted in; let a cell draw it"


def _clean_results(book: Notebook) -> Iterator[str]:
    for cell in book.code:
        if cell.execution_count is None:
            yield f"cell {cell.position} was never run; refresh the notebook"
        still = cell.stills and "nbval-ignore-output" in cell.tags
        allowed = LEFT_BY_LIVE_PARTS if still else KEPT_MIMETYPES
        if others := sorted(cell.mimetypes - allowed):
            yield f"cell {cell.position} stores {', '.join(others)}; only text is stored"
        if any(output.get("output_type") == "error" for output in cell.outputs):
            yield f"cell {cell.position} ended in an error; put it right and refresh"
        if any(output.get("name") == "stderr" for output in cell.outputs):
            yield f"cell {cell.position} printed a warning or an error line; put its cause right"
        if any(_MACHINE.search(text) for text in cell.texts):
            yield f"cell {cell.position} printed a path or an address of one machine"
    counts = [cell.execution_count for cell in book.code]
    if None not in counts and counts != list(range(1, len(counts) + 1)):
        yield "its cells were not run from top to bottom in a fresh kernel; refresh the notebook"


def _enough_compared(book: Notebook) -> Iterator[str]:
    compared = sum(cell.compared for cell in book.code)
    if compared < FEWEST_COMPARED:
        yield f"{_count(compared, 'cell')} printed a text to compare; at least {FEWEST_COMPARED}"


def _stable_metadata(book: Notebook) -> Iterator[str]:
    if book.metadata.get("kernelspec", {}).get("name") != "python3":
        yield "its kernel is not 'python3'; refresh the notebook"
    if "widgets" in book.metadata:
        yield "it stores the state of widgets; refresh the notebook"
    identities = [cell.identity for cell in book.cells]
    if not all(identities) or len(set(identities)) < len(identities):
        yield "its cells have no ids, or one id twice; refresh the notebook"


def _terms_linked(book: Notebook) -> Iterator[str]:
    """For the lessons and the start page; what is set apart elsewhere is not taught there."""
    if not book.number.isdecimal() or int(book.number) < 50:
        yield from unlinked(
            (cell.position, cell.source) for cell in book.cells if cell.kind == "markdown"
        )


def _faculty_notes(book: Notebook) -> Iterator[str]:
    name = book.path.name.removesuffix(f".{book.language}.ipynb").removesuffix(".ipynb")
    notes = book.path.with_name(f"{name}.faculty.md")
    if not notes.exists():
        yield f"the facilitator notes are missing; write '{notes.name}' beside it"


def _section(cell: Cell) -> str:
    return cell.section.split(":")[0].strip()


def _all_headings(book: Notebook) -> Iterator[tuple[str, int]]:
    for cell in book.cells:
        if cell.kind == "markdown":
            for level, name in headings(cell.source):
                yield name, level


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


_EVERY = (
    _opening,
    _length,
    _private_stays_private,
    _short_helpers,
    _live_parts_told,
    _nothing_left_out,
    _no_pictures_pasted,
    _clean_results,
    _enough_compared,
    _stable_metadata,
    _terms_linked,
)
_SHAPED = (
    _promises,
    _wordiness,
    _headings_in_order,
    _tiers_in_order,
    _no_equation_first,
    _no_code_needed,
    _private_check_in,
    _faculty_notes,
)


def main(paths: Iterable[str]) -> int:
    """Print the problems of each notebook; the exit code is 1 when there is one."""
    found = [sentence for path in paths for sentence in problems(path)]
    for sentence in found:
        print(sentence)
    return min(len(found), 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
