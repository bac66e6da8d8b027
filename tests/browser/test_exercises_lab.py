"""The exercises in JupyterLab, answered by somebody who writes no code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from .lab import Lab, open_notebook
from .test_gallery import EVERYTHING

ROOT = Path(__file__).parents[2]


def press(question: Locator, name: str) -> None:
    question.get_by_role("button", name=name, exact=True).click()


def says(question: Locator, text: str) -> None:
    expect(question.get_by_role("status").last).to_contain_text(text)


def test_a_learner_answers_the_bathtub_without_code(
    page: Page, lab: Lab, picture: Callable[[Page, str], None]
) -> None:
    exercises = ROOT / "exercises"
    name = lab.copy(exercises / "01-bathtub" / "01-bathtub.ipynb", exercises)
    with open_notebook(page, lab, name) as notebook:
        notebook.run_all()
        assert notebook.errors() == []
        questions = page.locator(".cs-question")
        expect(questions).to_have_count(5)
        water, fullest, sketch, units, mine = (questions.nth(number) for number in range(5))

        press(water, "Check")
        says(water, "Not attempted.")
        water.get_by_label("Your answer (litres):").fill("75")
        press(water, "Check")
        says(water, "75 is what the tap gives in one minute.")
        water.get_by_label("Your answer (litres):").fill("200,0 litres")
        press(water, "Check")
        says(water, "Correct.")

        fullest.get_by_label("a. All through the first four minutes").check()
        press(fullest, "Check")
        says(fullest, "the level is thought to follow the tap")

        for box, level in enumerate((100, 150, 200, 150, 100, 150, 200, 150, 100)):
            if not box:
                sketch.get_by_text("Type the points instead").click()
            sketch.locator("input[type=number]").nth(box).fill(str(level))
            sketch.locator("input[type=number]").nth(box).press("Tab")
        press(sketch, "Check")
        says(sketch, "Steps in the flow become slopes in the water.")

        press(units, "Hint")
        says(units, "Hint 1 of 2.")
        press(units, "Hint")
        says(units, "Hint 2 of 2.")
        press(units, "Solution")
        says(units, "Solution: c. In litres per minute.")

        press(mine, "Done")
        says(mine, "Take your time.")
        mine.get_by_label("I have thought about it").check()
        press(mine, "Done")
        says(mine, "Complete.")

        picture(page, "lab-exercises-1280-light")
        assert notebook.complaints == []


def test_what_a_learner_enters_is_not_in_the_file_that_is_saved(page: Page, lab: Lab) -> None:
    name = lab.write(
        "saved.ipynb",
        [
            "from cstools.learning import load_set",
            "load_set('30-shared-pond')['best catch']",
            "load_set('30-shared-pond')['loops']",
        ],
    )
    with open_notebook(page, lab, name) as notebook:
        notebook.run_all()
        page.get_by_label("Your answer (tonnes per year):").fill("31415.9")
        page.get_by_label("Your links:").fill("worry -> sleep: -")
        for question in page.locator(".cs-question").all():
            press(question, "Check")
            says(question, "Incorrect.")
        page.evaluate("() => jupyterapp.commands.execute('docmanager:save')")
        page.wait_for_function("() => !jupyterapp.shell.currentWidget.context.model.dirty")
        stored = (lab.folder / name).read_text(encoding="utf-8")
        assert "Answer with a number, in tonnes per year." in stored
        assert "31415" not in stored
        assert "worry" not in stored


def test_the_form_of_a_question_breaks_no_rule_of_accessibility(page: Page, lab: Lab) -> None:
    kinds = ("best catch", "quota", "loops")
    show = "load_set('30-shared-pond')['{}']"
    cells = ["from cstools.learning import load_set", *(show.format(kind) for kind in kinds)]
    cells += [f"load_set('01-bathtub')['{kind}']" for kind in ("sketch", "my bath")]
    with open_notebook(page, lab, lab.write("forms.ipynb", cells)) as notebook:
        notebook.run_all()
        expect(page.locator(".cs-question")).to_have_count(5)
        firsts = ("Not attempted.",) * 4 + ("Not yet.",)  # a reflection is no attempt
        for question, first in zip(page.locator(".cs-question").all(), firsts, strict=True):
            question.get_by_role("button").first.click()
            says(question, first)
        found = Axe().run(page, context=".cs-question", options=EVERYTHING)
        broken = [(v["id"], [n["html"] for n in v["nodes"]]) for v in found.response["violations"]]
        assert broken == []
        looked_at = {rule["id"] for rule in found.response["passes"]}
        assert {"label", "button-name", "color-contrast"} <= looked_at
