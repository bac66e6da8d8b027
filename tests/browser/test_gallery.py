"""Every live part, in both themes and at both widths: nothing is broken, nothing sticks out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from cstools.widgets.part import held

from .conftest import BarePage
from .gallery import GALLERY

TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", GALLERY)
def test_a_live_part_can_be_used_by_everybody(
    bare_page: Callable[..., BarePage],
    picture: Callable[[Page, str], Path],
    name: str,
    dark: bool,
    width: int,
) -> None:
    part = GALLERY[name]()
    page = bare_page(part._esm, part._css, held(part), width=width, dark=dark).page
    picture(page, f"{name}-{width}-{'dark' if dark else 'light'}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page, context=".cs-widget", options={"runOnly": TAGS})
    broken = [(v["id"], [n["html"] for n in v["nodes"]]) for v in found.response["violations"]]
    assert broken == []
    assert len(found.response["passes"]) > 10  # it did look at something
