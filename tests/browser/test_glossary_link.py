"""A word of the glossary, clicked in a notebook, opens the page on which its meaning stands.

JupyterLab opens a notebook at its top, whatever the link has behind ``#``; the words stand there in
the order of the alphabet.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from .lab import Lab, open_notebook

ROOT = Path(__file__).parents[2]


def test_a_linked_word_opens_the_page_on_which_it_stands(
    page: Page, lab: Lab, picture: Callable[[Page, str], None]
) -> None:
    lab.copy(ROOT / "notebooks/90-glossary.ipynb", ROOT)
    name = lab.copy(ROOT / "notebooks/1-self/11-one-more-thing.ipynb", ROOT)
    with open_notebook(page, lab, name) as notebook:
        page.locator('a[href*="90-glossary"][href$="#reinforcing-loop"]').first.click()
        heading = page.locator("h3", has_text="reinforcing loop")
        expect(heading).to_have_count(1)
        picture(page, "glossary")
        assert notebook.complaints == []
