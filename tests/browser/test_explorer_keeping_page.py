"""What an explorer keeps and gives away: scenarios, a table, files, a link, and all of it back."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cstools.widgets.assets import script, style
from cstools.widgets.explorer.state import read_state

from .conftest import BarePage
from .samples import sir_payload, state

Opens = Callable[..., BarePage]
START = {"contacts": 6.0, "infectivity": 0.25, "duration": 2.0}


@pytest.fixture
def explorer(bare_page: Opens) -> Callable[..., BarePage]:
    def show(**more: Any) -> BarePage:
        held = state(sir_payload(), ["susceptible", "infectious"], **more)
        return bare_page(
            script("explorer/explorer.js"),
            style("explorer/explorer.css", "shared/map_view.css", "explorer/parts.css"),
            held,
        )

    return show


def drawn(page: Page) -> str:
    return str(page.locator(".cs-plot canvas").evaluate("c => c.toDataURL()"))


def kept(widget: BarePage) -> dict[str, Any]:
    return dict(widget.page.evaluate("window.fakeModel.get('scenarios')"))


def pairs(scenarios: dict[str, Any]) -> list[list[Any]]:
    """What the page and the kernel share of scenarios: they keep their order so."""
    return [[name, values] for name, values in scenarios.items()]


def set_to(page: Page, name: str, value: str) -> None:
    box = page.get_by_label(f"{name}, typed")
    box.fill(value)
    box.press("Enter")


def keep(page: Page, name: str = "") -> None:
    page.get_by_label("Name of a new scenario").fill(name)
    page.get_by_label("Name of a new scenario").press("Enter")


def test_settings_are_kept_under_a_name_and_laid_over_the_curves(explorer: Opens) -> None:
    widget = explorer()
    page = widget.page
    set_to(page, "infectivity", "0.5")
    keep(page, "Caught more easily")
    assert kept(widget) == {"Caught more easily": START | {"infectivity": 0.5}}
    assert dict(widget.saved()[-1]["scenarios"]) == kept(widget)
    page.get_by_role("button", name="Reset all").click()
    page.mouse.move(2, 2)
    over = drawn(page)
    page.get_by_role("checkbox", name="Draw “Caught more easily”").uncheck()
    assert drawn(page) != over


def test_settings_without_a_name_are_called_by_what_they_set(explorer: Opens) -> None:
    widget = explorer()
    set_to(widget.page, "infectivity", "0.5")
    keep(widget.page)
    assert list(kept(widget)) == ["infectivity 0.5"]


def test_the_same_settings_are_kept_once_and_a_taken_name_is_said(explorer: Opens) -> None:
    widget = explorer()
    page = widget.page
    set_to(page, "infectivity", "0.5")
    keep(page, "mine")
    keep(page, "again")
    expect(page.get_by_text("These settings are the same as A, “mine”.")).to_be_visible()
    assert list(kept(widget)) == ["mine"]
    set_to(page, "infectivity", "0.4")
    keep(page, "mine")
    said = "“mine” is taken, so this one is called “mine (2)”. “mine (2)” is kept, and drawn as B."
    expect(page.get_by_text(said)).to_be_visible()
    assert list(kept(widget)) == ["mine", "mine (2)"]  # nothing is lost


def test_a_scenario_is_used_renamed_removed_and_comes_back(explorer: Opens) -> None:
    widget = explorer(scenarios=pairs({"A day longer": START | {"duration": 3.0}}))
    page = widget.page
    page.get_by_role("button", name="Use “A day longer”").click()
    assert page.get_by_role("slider", name="illness duration (day)").input_value() == "3"
    name = page.get_by_label("Name of scenario A")
    name.fill("One day more")
    name.press("Enter")
    assert list(kept(widget)) == ["One day more"]
    page.get_by_role("button", name="Remove “One day more”").click()
    assert kept(widget) == {}
    expect(page.get_by_text("“One day more” is removed.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    assert kept(widget) == {"One day more": START | {"duration": 3.0}}


def test_reset_all_can_be_undone(explorer: Opens) -> None:
    page = explorer().page
    set_to(page, "infectivity", "0.5")
    page.get_by_role("button", name="Reset all").click()
    page.get_by_role("button", name="Undo").click()
    assert page.get_by_role("slider", name="infectivity", exact=True).input_value() == "0.5"


def test_scenarios_set_in_python_are_listed(explorer: Opens) -> None:
    widget = explorer()
    widget.answer(scenarios=pairs({"From Python": START}))
    expect(widget.page.get_by_label("Name of scenario A")).to_have_value("From Python")


def test_the_table_holds_the_times_and_what_is_drawn(explorer: Opens) -> None:
    page = explorer().page
    page.get_by_text("Table", exact=True).click()
    heads = page.locator(".cs-table thead th")
    expect(heads).to_have_text(["time (day)", "susceptible (people)", "infectious (people)"])
    expect(page.locator(".cs-table tbody tr").first).to_have_text("0990.010.0".replace(".0", ""))
    note = page.locator(".cs-fold .cs-note").first
    expect(note).to_have_text(
        "Every 6th row of 601; “Copy all rows” and the numbers for a spreadsheet hold every one."
    )
    first = page.locator(".cs-table tbody tr").last.inner_text()
    page.get_by_role("slider", name="infectivity", exact=True).press("Home")
    expect(page.locator(".cs-table tbody tr").last).not_to_have_text(first)


def download(page: Page, button: str) -> Path:
    page.get_by_text("Save, share, open").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    return Path(waiting.value.path())


def test_the_csv_holds_every_time_with_all_digits_and_the_units(explorer: Opens) -> None:
    widget = explorer(scenarios=pairs({'Twice "as" long, then': START | {"duration": 4.0}}))
    text = download(widget.page, "The numbers, for a spreadsheet (CSV)").read_bytes().decode()
    assert text.count("\r\n") == 602  # RFC 4180
    heads, *rows = csv.reader(StringIO(text, newline=""))
    assert heads == [
        "time (day)",
        "susceptible (people)",
        "infectious (people)",
        'susceptible (people), Twice "as" long, then',
        'infectious (people), Twice "as" long, then',
    ]
    there = widget.page.evaluate(
        "() => { const p = fakeModel.get('payload');"
        "const run = new Function(p.source + '; return simulate')()"
        "([6, 0.25, 2, 1000], p.start, p.dt, p.steps, p.every);"
        "return run.columns[1].map(Number).join(' ') }"
    )
    assert [float(row[2]) for row in rows] == [float(word) for word in there.split()]


def test_a_name_that_is_a_formula_stays_a_name_in_the_csv(bare_page: Opens) -> None:
    columns = sir_payload()["columns"]
    columns[0] |= {"label": '=HYPERLINK("http://x")'}
    held = state(sir_payload(columns=columns), ["susceptible"])
    page = bare_page(
        script("explorer/explorer.js"),
        style("explorer/explorer.css", "shared/map_view.css", "explorer/parts.css"),
        held,
    ).page
    head = next(
        csv.reader(StringIO(download(page, "The numbers, for a spreadsheet (CSV)").read_text()))
    )
    assert head[1] == '\'=HYPERLINK("http://x") (people)'


def test_the_picture_is_a_png_of_twice_the_pixels(explorer: Opens) -> None:
    page = explorer(scenarios=pairs({"A": START})).page
    png = download(page, "A picture (PNG)").read_bytes()
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(png[16:20], "big") == 1800


def test_the_settings_come_back_from_their_file(explorer: Opens) -> None:
    widget = explorer(scenarios=pairs({"Longer": START | {"duration": 4.0}}))
    page = widget.page
    set_to(page, "infectivity", "0.5")
    file = download(page, "These settings, to open again (JSON)")
    assert json.loads(file.read_text()) == {
        "cstools": 1,
        "model": "An infection in a town",
        "values": {"infectivity": 0.5},
        "shown": ["susceptible", "infectious"],
        "scenarios": {"Longer": {"duration": 4}},
        "order": ["Longer"],
    }
    page.get_by_role("button", name="Reset all").click()
    widget.answer(scenarios=pairs({}))
    page.get_by_label("Open a file of settings").set_input_files(file)
    expect(page.locator(".cs-told")).to_contain_text("The saved settings are open.")
    assert page.get_by_role("slider", name="infectivity", exact=True).input_value() == "0.5"
    assert kept(widget) == {"Longer": START | {"duration": 4.0}}


def test_what_is_copied_for_python_is_what_python_reads(explorer: Opens) -> None:
    page = explorer().page
    set_to(page, "infectivity", "0.5")
    page.get_by_text("Save, share, open").click()
    page.get_by_role("button", name="Copy these settings for a notebook").click()
    line = page.get_by_label("What was copied").input_value()
    assert line.startswith('model.explore(state="')
    assert read_state(line)["values"] == {"infectivity": 0.5}
    set_to(page, "infectivity", "0.1")
    page.get_by_label("Paste saved settings").fill(line)
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.locator(".cs-keep-told")).to_have_text("The saved settings are open.")
    assert page.get_by_role("slider", name="infectivity", exact=True).input_value() == "0.5"


def test_a_link_opens_the_page_with_its_settings(explorer: Opens) -> None:
    page = explorer(alone=True).page
    set_to(page, "infectivity", "0.5")
    page.get_by_text("Save, share, open").click()
    page.get_by_role("button", name="Copy a link to these settings").click()
    address = page.get_by_label("What was copied").input_value()
    assert address.startswith("http://bare.test/#explore=")
    page.goto("about:blank")
    page.goto(address)
    assert page.get_by_role("slider", name="infectivity", exact=True).input_value() == "0.5"
    expect(page.get_by_text("The saved settings are open.")).to_be_visible()


def test_what_is_pasted_and_is_no_state_gets_a_sentence(explorer: Opens) -> None:
    page = explorer().page
    page.get_by_text("Save, share, open").click()
    page.get_by_label("Paste saved settings").fill("good morning")
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.locator(".cs-keep-told")).to_have_text(
        "These are no saved settings: copy them again, from the first letter to the last."
    )


def test_the_picture_for_print_is_asked_of_the_kernel(explorer: Opens) -> None:
    widget = explorer(scenarios=pairs({"A": START}))
    page = widget.page
    page.get_by_text("Save, share, open").click()
    page.get_by_role("button", name="A picture for print (SVG)").click()
    wanted = widget.saved()[-1]["wanted"]
    assert (wanted["what"], wanted["beside"]) == ("print", ["A"])
    with page.expect_download() as waiting:
        widget.answer(printed={"number": wanted["number"], "svg": "<svg></svg>", "fault": ""})
    assert waiting.value.suggested_filename == "an-infection-in-a-town.svg"


def test_what_another_view_kept_is_not_undone(explorer: Opens) -> None:
    widget = explorer()
    page = widget.page
    keep(page, "mine")
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_visible()
    widget.answer(scenarios=pairs(kept(widget) | {"theirs": START}))
    expect(undo).to_be_hidden()
    set_to(page, "infectivity", "0.5")
    page.get_by_role("button", name="Reset all").click()
    widget.answer(scenarios=pairs({"theirs": START}))
    undo.click()  # of the sliders alone
    assert kept(widget) == {"theirs": START}
    assert page.get_by_role("slider", name="infectivity", exact=True).input_value() == "0.5"


def test_the_focus_stays_in_the_explorer_after_an_undo(explorer: Opens) -> None:
    page = explorer().page
    set_to(page, "infectivity", "0.5")
    page.get_by_role("button", name="Reset all").click()
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_role("button", name="Reset all")).to_be_focused()


def test_a_scenario_called_by_a_number_waits_its_turn(explorer: Opens) -> None:
    page = explorer().page
    names = [page.get_by_label(f"Name of scenario {letter}") for letter in "ABC"]
    for name, share in (("today", "0.3"), ("2030", "0.4"), ("__proto__", "0.5")):
        set_to(page, "infectivity", share)
        keep(page, name)
    assert [name.input_value() for name in names] == ["today", "2030", "__proto__"]
    names[0].fill("1999")
    names[0].press("Enter")
    assert [name.input_value() for name in names] == ["1999", "2030", "__proto__"]
    page.get_by_role("button", name="Undo").click()
    assert [name.input_value() for name in names] == ["today", "2030", "__proto__"]


def test_a_link_put_into_an_open_page_is_opened_and_can_be_undone(explorer: Opens) -> None:
    page = explorer(alone=True).page
    slider = page.get_by_role("slider", name="infectivity", exact=True)
    set_to(page, "infectivity", "0.5")
    page.get_by_text("Save, share, open").click()
    page.get_by_role("button", name="Copy a link to these settings").click()
    address = page.get_by_label("What was copied").input_value()
    set_to(page, "infectivity", "0.1")
    page.evaluate("(address) => { window.location.href = address; }", address)
    expect(page.get_by_text("The saved settings are open.")).to_be_visible()
    assert slider.input_value() == "0.5"
    page.get_by_role("button", name="Undo").click()
    assert slider.input_value() == "0.1"
