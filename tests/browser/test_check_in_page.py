"""The check-in alone in a page: noticed by mouse, keys and words, skipped, cleared, gone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from cstools.widgets.check_in import check_in
from cstools.widgets.part import held

from .conftest import PATIENCE, BarePage
from .test_gallery import EVERYTHING

Opens = Callable[..., BarePage]
STEPS = ["Body", "Mood", "Attention", "Breath", "One line"]


@pytest.fixture
def show(bare_page: Opens) -> Callable[..., Page]:
    def open_check_in(prompt: str = "", **options: Any) -> Page:
        part = check_in(prompt)
        return bare_page(part._esm, part._css, held(part), **options).page

    return open_check_in


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def question(page: Page) -> Locator:
    return page.get_by_role("heading", level=3)


def noticed(page: Page) -> list[str]:
    return page.locator("dl > *").all_inner_texts()


def broken(page: Page) -> list[str]:
    found = Axe().run(page, context=".cs-widget", options=EVERYTHING)
    return [violation["id"] for violation in found.response["violations"]]


def test_what_is_noticed_is_said_back_and_told_to_nobody(
    show: Callable[..., Page], picture: Callable[[Page, str], None]
) -> None:
    page = show()
    page.locator(".cs-spot .cs-reach").nth(2).click()  # the figure's left shoulder
    expect(button(page, "shoulders")).to_have_attribute("aria-pressed", "true")
    button(page, "belly").click()
    page.get_by_label("or a word of your own").fill("a humming")
    picture(page, "check-in-body-1280-light")
    button(page, "Next").click()
    button(page, "fog").click()
    button(page, "rain").click()
    button(page, "rain").click()  # taken back
    button(page, "Next").click()
    button(page, "here").click()
    button(page, "half on what comes next").click()  # one place on the line at a time
    picture(page, "check-in-attention-1280-light")
    button(page, "One line").click()
    page.get_by_label("For you alone").fill("Ask for ten minutes.")
    button(page, "Done").click()
    expect(question(page)).to_have_text("That is all.")
    assert noticed(page) == [
        *("Body", "shoulders, belly, a humming", "Mood", "fog"),
        *("Attention", "half on what comes next", "One line", "Ask for ten minutes."),
    ]
    assert page.evaluate("[fakeModel.saved.length, Object.keys(fakeModel.state)]") == [
        0,
        ["payload"],
    ]


def test_skipping_weighs_as_much_as_answering(show: Callable[..., Page]) -> None:
    page = show()
    look = "b => [b.offsetWidth, b.offsetHeight, getComputedStyle(b).background, b.className]"
    ways = [button(page, name).evaluate(look) for name in ("Skip", "Next")]
    assert ways[0] == ways[1]
    button(page, "belly").click()
    for _ in STEPS:
        button(page, "Skip").click()
    expect(page.get_by_text("You entered nothing. That is fine.")).to_be_visible()
    assert noticed(page) == []
    expect(button(page, "Skip")).to_be_hidden()


def test_all_of_it_can_be_skipped_at_once(show: Callable[..., Page]) -> None:
    page = show()
    button(page, "belly").click()
    button(page, "Leave").click()
    expect(page.get_by_text("You entered nothing. That is fine.")).to_be_visible()
    expect(question(page)).to_be_focused()


def test_clear_leaves_nothing_that_a_key_could_bring_back(show: Callable[..., Page]) -> None:
    page = show()
    field = page.get_by_label("or a word of your own")
    field.press_sequentially("a humming")
    button(page, "belly").click()
    button(page, "Clear").click()
    expect(page.locator("[role=status]").last).to_have_text(
        "Cleared. Nothing is left of what you entered."
    )
    expect(button(page, "belly")).to_have_attribute("aria-pressed", "false")
    expect(field).to_have_value("")
    field.press("Control+z")
    expect(field).to_have_value("")


def test_the_keyboard_goes_all_the_way(show: Callable[..., Page]) -> None:
    page = show()
    button(page, "Body").focus()
    for _ in range(5):  # past the other steps, to the first word
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(button(page, "head")).to_have_attribute("aria-pressed", "true")
    heard = page.evaluate("""() => { window.heard = [];
        document.addEventListener('keydown', (event) => window.heard.push(event.key)); }""")
    page.keyboard.press("d")
    page.keyboard.press("Escape")
    assert heard is None
    assert page.evaluate("heard") == ["Escape"]  # JupyterLab would delete a cell at "d d"
    button(page, "Next").press("Enter")
    expect(question(page)).to_be_focused()
    expect(question(page)).to_contain_text("weather")


def test_browsers_and_their_helpers_do_not_read_along(show: Callable[..., Page]) -> None:
    page = show()
    asked = {"autocomplete": "off", "spellcheck": "false", "writingsuggestions": "false"}
    for step in ("Body", "Mood", "Attention", "One line"):
        button(page, step).click()
        field = page.locator("input")
        expect(field).to_have_count(1)
        assert {name: field.get_attribute(name) for name in asked} == asked


def test_a_breath_is_paced_for_a_minute_and_ends_by_itself(
    show: Callable[..., Page], page: Page, picture: Callable[[Page, str], None]
) -> None:
    page.clock.install()
    show()
    button(page, "Breath").click()
    word = page.locator(".cs-breath-word")
    button(page, "Begin").click()
    expect(word).to_have_text("in, 4")
    page.clock.run_for(4000)
    expect(word).to_have_text("out, 6")
    page.clock.run_for(6000)
    expect(word).to_have_text("in, 4")
    page.clock.run_for(50_000)
    expect(word).to_have_text("That was about a minute. Go on when you like.")
    button(page, "in 5, out 8").click()
    button(page, "Begin").click()
    page.clock.run_for(5000)
    expect(word).to_have_text("out, 8")
    button(page, "Stop").click()
    page.clock.run_for(60_000)
    expect(word).to_have_text("The circle grows as you breathe in. Stop when you like.")
    picture(page, "check-in-breath-1280-light")


def test_whoever_asked_for_stillness_gets_words(show: Callable[..., Page], page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    show()
    button(page, "Breath").click()
    expect(page.locator(".cs-breath-word")).to_have_text(
        "Breathe in while you count slowly to 4, and out while you count to 6. "
        "A few times is enough."
    )
    expect(page.locator(".cs-breath-circle")).to_have_count(0)
    expect(button(page, "Begin")).to_have_count(0)
    assert broken(page) == []


_TWICE = """async () => {
  const place = document.createElement('div');
  document.querySelector('main').append(place);
  const part = (await import('/widget.js')).default;
  window.close_second = part.render({ model: window.fakeModel, el: place }); }"""


def test_two_views_are_in_step_and_the_last_one_takes_it_all_away(
    show: Callable[..., Page], page: Page
) -> None:
    page.clock.install()
    show()
    page.evaluate(_TWICE)
    first, second = (page.locator(".cs-check-in").nth(at) for at in range(2))
    first.get_by_role("button", name="belly").click()
    first.get_by_label("or a word of your own").fill("a humming")
    expect(second.get_by_role("button", name="belly")).to_have_attribute("aria-pressed", "true")
    expect(second.get_by_label("or a word of your own")).to_have_value("a humming")
    page.evaluate("close_second()")
    page.clock.run_for(10_000)
    expect(button(page, "belly")).to_have_attribute("aria-pressed", "true")
    page.evaluate("close_widget()")
    page.clock.run_for(1000)  # a cell that is moved is back by then
    page.evaluate(_TWICE)
    expect(button(page, "belly")).to_have_attribute("aria-pressed", "true")
    page.evaluate("close_second()")
    page.clock.run_for(2500)
    page.evaluate(_TWICE)
    expect(button(page, "belly")).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_label("or a word of your own")).to_have_value("")


def test_a_page_that_is_left_and_come_back_to_is_empty(
    page: Page, tmp_path: Path, show: Callable[..., Page]
) -> None:
    page.goto(check_in("Who am I with?").save(tmp_path / "arrive.html").as_uri())
    expect(page.get_by_text("gone when you close this page or load it again")).to_be_visible()
    button(page, "belly").click()
    page.get_by_label("or a word of your own").fill("a humming")
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    expect(button(page, "belly")).to_have_attribute("aria-pressed", "false")
    page.get_by_label("or a word of your own").fill("a humming")
    page.reload()
    expect(page.get_by_label("or a word of your own")).to_have_value("")
    button(page, "One line").click()
    expect(question(page)).to_have_text("Who am I with?")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_step_can_be_used_by_everybody_on_a_phone(
    show: Callable[..., Page], picture: Callable[[Page, str], None], dark: bool
) -> None:
    page = show(width=390, dark=dark)
    for step in STEPS:
        button(page, step).click()
        pressed = page.locator(".cs-word-chip").first
        if pressed.count():
            pressed.click()
        assert broken(page) == [], step
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        small = """() => [...document.querySelectorAll('button:not([hidden])')]
            .map(b => [b.innerText, b.offsetWidth, b.offsetHeight])
            .filter(b => b[1] < 32 || b[2] < 32)"""
        assert page.evaluate(small) == []
        picture(
            page, f"check-in-{step.replace(' ', '-').lower()}-390-{'dark' if dark else 'light'}"
        )
    button(page, "Done").click()
    assert broken(page) == []


def test_a_finger_can_point_at_the_figure(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(check_in().save(tmp_path / "arrive.html").as_uri())
    page.locator(".cs-spot .cs-reach").nth(0).tap()
    expect(button(page, "head")).to_have_attribute("aria-pressed", "true")
    context.close()
