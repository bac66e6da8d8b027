"""Progress taken along: seen, downloaded, and loaded again in another session, without code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .lab import Lab, open_notebook
from .test_gallery import EVERYTHING

EXERCISES = Path(__file__).parents[2] / "exercises"


def load(page: Page, receipt: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Load my progress").click()
    chooser.value.set_files(receipt)


def test_a_learner_downloads_progress_and_loads_it_on_another_day(
    page: Page, lab: Lab, picture: Callable[[Page, str], None], tmp_path: Path
) -> None:
    name = lab.copy(EXERCISES / "01-bathtub" / "01-bathtub.ipynb", EXERCISES)
    receipt = tmp_path / "01-bathtub.progress.json"
    with open_notebook(page, lab, name) as notebook:
        notebook.run_all()
        assert notebook.errors() == []
        questions, keeper = page.locator(".cs-question"), page.locator(".cs-keeper")
        questions.nth(0).get_by_label("Your answer (litres):").fill("200")
        questions.nth(0).get_by_role("button", name="Check", exact=True).click()
        questions.nth(4).get_by_label("I have thought about it").check()
        questions.nth(4).get_by_role("button", name="Done").click()
        row = keeper.get_by_role("row", name="1. How much water after four minutes?")
        expect(row).to_contain_text("correct")
        expect(keeper).to_contain_text("of 5 questions, 2 correct, 3 not attempted.")
        keeper.scroll_into_view_if_needed()
        picture(page, "progress-lab")
        with page.expect_download() as saved:
            keeper.get_by_role("link", name="Download my progress").click()
        assert saved.value.suggested_filename == receipt.name
        saved.value.save_as(receipt)
        found = Axe().run(page, context=".cs-keeper", options=EVERYTHING)
        assert found.response["violations"] == []
    assert json.loads(receipt.read_text())["answers"] == {
        "after four minutes": "200",
        "my bath": True,
    }

    with open_notebook(page, lab, name) as notebook:
        notebook.run_all()
        keeper = page.locator(".cs-keeper")
        expect(keeper).to_contain_text("of 5 questions, 5 not attempted.")
        load(page, receipt)
        expect(keeper).to_contain_text("of 5 questions, 2 correct, 3 not attempted.")

        edited = receipt.read_text().replace('"200"', '"75"')
        receipt.write_text(edited)
        load(page, receipt)
        expect(keeper).to_contain_text("This receipt is not as it was saved")
        expect(keeper).to_contain_text("2 correct")  # what was right in this session stays
