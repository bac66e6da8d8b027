"""Every word of the glossary is said once, on a page to which notebooks link it."""

from pathlib import Path

import pytest

from cstools.learning.glossary_page import page
from cstools.learning.notebook import headings, read_notebook
from cstools.learning.references import glossary
from cstools.learning.shape import problems
from cstools.learning.terms import PAGE, anchor, named, unlinked

from .conftest import good_cells

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


def told(*texts):
    return list(unlinked(enumerate(texts, start=1)))


def test_the_page_is_as_it_is_made():
    """On a difference: python -m cstools.learning.glossary_page."""
    assert (NOTEBOOKS / PAGE).read_text(encoding="utf-8") == page()


def test_the_page_has_a_heading_for_each_word_once_and_no_other():
    cells = read_notebook(NOTEBOOKS / PAGE).cells
    found = [words for cell in cells for level, words in headings(cell.source) if level == 3]
    assert sorted(found) == sorted(glossary())
    assert len({anchor(name) for name in found}) == len(found)


def test_each_meaning_stands_on_the_page_and_leads_to_its_neighbours():
    text = "\n".join(cell.source for cell in read_notebook(NOTEBOOKS / PAGE).cells)
    for one in glossary().values():
        assert one.means in text
        assert all(f"[{name}](#{anchor(name)})" in text for name in one.see)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("stock", "stock"),
        ("Flows", "flow"),
        ("Illustrative.", "illustrative"),
        ("balancing", "balancing loop"),
        ("Reinforcing loops", "reinforcing loop"),
        ("mental models", "mental model"),
        ("feedback", ""),
        ("stocking", ""),
        ("so", ""),
    ],
)
def test_a_word_counts_in_the_forms_in_which_people_write_it(words, name):
    assert named(words) == name


def test_a_word_set_apart_without_its_link_is_named_once():
    assert told("It *stays*.", "A *stock* and its **flows**; a **stock** again.") == [
        "cell 2 sets 'stock' apart, a word of the glossary; link it: "
        "[*stock*](../90-glossary.ipynb#stock)",
        "cell 2 sets 'flows' apart, a word of the glossary; link it: "
        "[**flows**](../90-glossary.ipynb#flow)",
    ]


def test_a_linked_word_may_be_set_apart_again():
    assert told("[*Stocks*](../90-glossary.ipynb#stock) and a **stock**", "*stock*") == []
    assert told("[the glossary](90-glossary.ipynb), [an address](https://a.org#stock)") == []


def test_a_link_to_no_word_is_named():
    assert told("[*stock*](../90-glossary.ipynb#stok)") == [
        "cell 1 links to 'stok', which is no word of the glossary"
    ]


def test_marks_that_are_no_pair_are_no_words():
    assert told("2 * stock * 3, **+** and **−**, \\*stock*, a*stock*b") == []


def test_the_shape_holds_lessons_to_it_and_demonstrations_not(written):
    cells = good_cells()
    cells[3]["source"] += " A *stock*, it is called."
    sentence = "cell 4 sets 'stock' apart"
    assert any(sentence in one for one in problems(written(cells)))
    assert not any(sentence in one for one in problems(written(cells, "60-demo-bath.ipynb")))
