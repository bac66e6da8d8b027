"""Every live part, in both themes and at both widths: nothing is broken, nothing sticks out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from cstools.widgets.part import held

from .conftest import LIGHT, BarePage
from .gallery import GALLERY

TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"runOnly": TAGS, "resultTypes": ["violations"]}
# Of all these rules the ones that colours can break; the others were looked at in the first theme.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}
STILL_THERE = "() => axe.version"  # on the page since the first theme
TURN = "light => { document.body.dataset.jpThemeLight = light; }"


def violations(
    page: Page, options: dict[str, list[str]], looked_at: int, axe: str = AXE_SCRIPT
) -> list[object]:
    """Return what a page denies to somebody, where ``looked_at`` rules found something to see."""
    found = Axe(axe).run(page, context=".cs-widget", options=options)
    assert len(found.response["passes"]) >= looked_at
    return [(v["id"], [n["html"] for n in v["nodes"]]) for v in found.response["violations"]]


@pytest.mark.parametrize(("width", "first"), [(1280, "light"), (390, "dark")])
@pytest.mark.parametrize("name", GALLERY)
def test_a_live_part_can_be_used_by_everybody(
    bare_page: Callable[..., BarePage],
    picture: Callable[[Page, str], None],
    name: str,
    width: int,
    first: str,
) -> None:
    part = GALLERY[name]()
    dark = first == "dark"
    page = bare_page(part._esm, part._css, held(part), width=width, dark=dark).page
    picture(page, f"{name}-{width}-{first}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page, EVERYTHING, looked_at=11) == []
    page.evaluate(TURN, LIGHT[not dark])  # the person chooses the other theme
    picture(page, f"{name}-{width}-{'light' if dark else 'dark'}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page, COLOURS, looked_at=1, axe=STILL_THERE) == []
