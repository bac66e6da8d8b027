"""Every reference that is named is listed, and what is listed is whole."""

import re
import unicodedata
from pathlib import Path

import pytest

from cstools.errors import UnknownNameError
from cstools.learning import cite, load_set, reference, term
from cstools.learning.notebook import read_notebook
from cstools.learning.references import glossary, keys_in_words, references

ROOT = Path(__file__).parents[2]
IN_DOCSTRINGS = re.compile(r"\[([A-Z][A-Za-z]+\d{4}[a-z]?)\]_")
IN_NOTEBOOKS = re.compile(r"\[([A-Z][A-Za-z]+\d{4}[a-z]?)\]|[\"']([A-Z][A-Za-z]+\d{4}[a-z]?)[\"']")


def named():
    for path in sorted((ROOT / "cstools").rglob("*.py")):
        for key in IN_DOCSTRINGS.findall(path.read_text(encoding="utf-8")):
            yield path.name, key
    for path in sorted((ROOT / "notebooks").rglob("*.ipynb")):
        for cell in read_notebook(path).cells:
            for bare, quoted in IN_NOTEBOOKS.findall(cell.source):
                yield path.name, bare or quoted
    for source in sorted((ROOT / "exercises").glob("*/source.toml")):
        for key in load_set(source).references:
            yield source.parent.name, key


def test_every_reference_that_is_listed_is_named():
    """In the package, a notebook or its notes, a set of exercises, or a test."""
    places = (("cstools", "*.py"), ("notebooks", "*.ipynb"), ("notebooks", "*.md"))
    files = [path for room, kind in places for path in (ROOT / room).rglob(kind)]
    files += [*(ROOT / "exercises").glob("*/source.toml"), *(ROOT / "tests").rglob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    words = set(re.findall(r"\w+", text))
    assert sorted(set(references()) - words) == []


def test_every_reference_that_is_named_is_listed():
    missing = sorted({f"{where}: {key}" for where, key in named() if key not in references()})
    assert missing == []


def test_a_notebook_that_names_a_reference_is_seen():
    found = IN_NOTEBOOKS.findall('as in [Senge1990], and cite("Gordon1954")')
    assert [bare or quoted for bare, quoted in found] == ["Senge1990", "Gordon1954"]


@pytest.mark.parametrize("key", references())
def test_a_reference_is_whole(key):
    entry = references()[key]
    plain = (unicodedata.normalize("NFD", name) for name in entry.authors)  # é is e and its accent
    names = "".join(re.sub(r",.*|[^A-Za-zøØ]", "", name) for name in plain)
    assert key == f"{names}{entry.year}".replace("ø", "o")
    assert entry.title
    assert entry.venue
    assert re.fullmatch(r"(10\.\d{4,9}/\S+)?", entry.doi)
    assert re.fullmatch(r"(https://\S+)?", entry.url)


def test_a_reference_is_printed_as_a_bibliography_prints_it():
    assert str(reference("BoothSweeneySterman2000")) == (
        "Booth Sweeney, L. & Sterman, J. D. (2000). Bathtub dynamics: initial results of a "
        "systems thinking inventory. System Dynamics Review 16(4), 249–286. "
        "https://doi.org/10.1002/sdr.198"
    )


def test_a_title_that_asks_keeps_its_question_mark_and_gets_no_full_stop():
    assert "soil microclimates? International" in str(
        reference("IlerWalwemaSteltzerBlazquezCastro2021")
    )


def test_a_list_is_in_order_and_names_each_once():
    listed = cite("Senge1990", "Gordon1954", "Senge1990").text.splitlines()
    assert [line.split(",")[0] for line in listed] == ["- Gordon", "- Senge"]


def test_a_key_that_is_not_there_gets_the_nearest():
    with pytest.raises(UnknownNameError) as error:
        cite("GordonScott1954")
    assert str(error.value) == (
        "references: nothing is called 'GordonScott1954'; did you mean 'Gordon1954'?"
    )


def test_a_term_is_found_in_any_spelling_and_its_neighbours_exist():
    assert term("Net_Flow").name == "net flow"
    for entry in glossary().values():
        assert entry.means.endswith(".")
        assert all(neighbour in glossary() for neighbour in entry.see), entry.name


def test_a_notebook_sets_a_term_as_prose_and_a_console_breaks_it_between_words():
    shown = term("stock")._repr_mimebundle_()
    assert shown["text/markdown"].startswith("**stock**: What is there at a moment")
    assert max(map(len, shown["text/plain"].splitlines())) <= 88


def test_a_term_that_is_not_there_gets_the_nearest():
    with pytest.raises(UnknownNameError) as error:
        term("stok")
    assert str(error.value) == "glossary: nothing is called 'stok'; did you mean 'stock'?"


def test_a_key_is_read_aloud_as_author_and_year():
    said = keys_in_words(
        "They kept them [Ostrom1990]; see [OberleSchonertReichl2016], [Nobody1900]."
    )
    assert said == (
        "They kept them (Ostrom, 1990); see (Oberle and Schonert-Reichl, 2016), [Nobody1900]."
    )
