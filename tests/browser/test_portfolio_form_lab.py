"""A portfolio filled without code, in JupyterLab."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from cstools import CausalLoopDiagram

from .lab import Lab, open_notebook

ROOT = Path(__file__).parents[2]
FORM = ROOT / "notebooks" / "91-my-portfolio.ipynb"


def test_words_and_a_map_go_into_a_portfolio_and_come_home(
    page: Page, lab: Lab, picture: Callable[[Page, str], None], tmp_path: Path
) -> None:
    drawn = tmp_path / "our overtime.txt"
    CausalLoopDiagram("overtime -> tiredness: +\ntiredness -> overtime: +", "Our overtime").write(
        drawn
    )
    with open_notebook(page, lab, lab.copy(FORM, ROOT)) as notebook:
        notebook.run_all()
        assert notebook.errors() == []
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Add files from my computer").click()
        chooser.value.set_files(drawn)
        told = page.get_by_role("status").filter(has_text="is in it")
        expect(told).to_contain_text("'our overtime.txt' is in it.")
        page.get_by_label("My words").fill("The arrow I had not seen")
        page.get_by_role("button", name="Add these words").click()
        expect(page.get_by_role("button", name="Remove")).to_have_count(2)
        notebook.show_all()
        picture(page, "lab-portfolio-form-1280-light")
        with page.expect_download() as taken:
            page.get_by_role("link", name="Download my portfolio").click()
        home = Path(taken.value.path()).read_text("utf-8")
        assert "The arrow I had not seen" in home
        assert "Our overtime" in home
        assert notebook.complaints == []
