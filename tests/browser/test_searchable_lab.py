"""A long table of the planner: searched, sorted and paged in a real JupyterLab."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from .lab import Lab, open_notebook

TABLE = """
from cstools.cohorts.basics.tables import table
hostile = "<img src=x onerror='document.title=`taken`'>"
people = [(f"P-{k:03}", f"{k % 9 + 1:05}", "Fjord" if k % 2 else hostile) for k in range(120)]
table(f"Seats {hostile}", ("person", "post code", "site"), people, ["Two sites."]).searchable()
"""
ROWS = ".jp-OutputArea-output table tbody tr"


def test_a_long_table_is_searched_sorted_and_paged_and_every_cell_is_text(
    page: Page, lab: Lab, picture: Callable[[Page, str], None]
) -> None:
    with open_notebook(page, lab, lab.write("searched.ipynb", [TABLE])) as notebook:
        notebook.run_all()
        assert notebook.errors() == []
        rows, site = page.locator(ROWS), "<img src=x onerror='document.title=`taken`'>"
        expect(rows).to_have_count(25)
        expect(rows.first).to_contain_text("P-000")
        expect(rows.first).to_contain_text("00001")
        expect(rows.first).to_contain_text(site)
        expect(page.locator(".jp-OutputArea-output b")).to_have_text(f"Seats {site}")
        expect(page.locator(".jp-OutputArea-output p")).to_have_text("Two sites.")
        picture(page, "table-searchable")
        search = page.locator(".dt-search input")
        search.fill("P-11")
        expect(rows).to_have_count(10)
        search.fill("Fjord 00003")
        expect(rows).to_have_count(7)
        search.fill("")
        head = page.get_by_role("columnheader", name="person")
        for order in ("ascending", "descending"):
            head.click()
            expect(head).to_have_attribute("aria-sort", order)
        expect(rows.first).to_contain_text("P-1")
        page.evaluate(
            "() => jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})"
        )
        page.wait_for_selector("body[data-jp-theme-light=false]", state="attached")
        picture(page, "table-searchable-dark")
        assert page.title() != "taken"
        assert notebook.complaints == []
