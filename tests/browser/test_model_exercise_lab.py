"""A question about a model, answered in its form with lines, by somebody who writes no code."""

from __future__ import annotations

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .lab import Lab, open_notebook
from .test_gallery import EVERYTHING

SOURCE = """title = "A quota"
minutes = 5
introduction = "A pond."
references = ["Schaefer1954"]

[[question]]
name = "quota"
title = "A quota that lasts"
kind = "model"
ask = "Change the quota so that more than 450 tonnes of fish are left after forty years."
given = "facets.world.pond_with_quota"
model = "quota = 120"
hints = ["What can the pond replace?", "At most 125 tonnes grow in a year."]
solution = "With any quota up to 125."
[[question.expect]]
of = "fish"
stays = [450, 1000]
says = "Look at the last years: are there fish left?"
[[question.expect]]
of = "catch"
stays = [100, 1000]
says = "Is that enough for the families?"
[[question.misconception]]
name = "a little more is no harm"
answers = ["quota = 135"]
says = "It looks fine for a while. Look at year forty."
"""


def test_a_model_is_changed_by_a_line_in_a_form(
    page: Page, lab: Lab, picture: Callable[[Page, str], None]
) -> None:
    folder = lab.folder / "exercises" / "97-quota"
    folder.mkdir(parents=True, exist_ok=True)
    folder.joinpath("source.toml").write_text(SOURCE, encoding="utf-8")
    cells = ["from cstools.learning import load_set\nquota = load_set('97-quota')", "quota[1]"]
    with open_notebook(page, lab, lab.write("quota.ipynb", cells)) as notebook:
        notebook.run_all()
        form = page.locator(".cs-question")
        box = form.get_by_label("Your lines:")
        for line, words in (
            ("", "Not attempted."),
            ("quotta = 100", "did you mean 'quota'?"),
            ("quota = 135", "It looks fine for a while."),
            ("quota = 90", "Of 2 things asked for, it does 1. Is that enough for the families?"),
            ("quota = 118,5 tonnes per year", "Correct."),
        ):
            box.fill(line)
            form.get_by_role("button", name="Check", exact=True).click()
            expect(form.get_by_role("status").last).to_contain_text(words)
            if "quotta" in line:
                picture(page, "model-exercise-lab")
        found = Axe().run(page, context=".cs-question", options=EVERYTHING)
        assert found.response["violations"] == []
        assert notebook.complaints == []
