"""No rule of axe-core is broken in any widget, in either theme."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe

from cstools.widgets.assets import script, style

from .conftest import BarePage
from .samples import sir_payload, state

TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
SKETCH = {
    "payload": {"label": "water", "units": "litre", "timeUnits": "minute", "start": 0, "stop": 16}
    | {"low": 0, "high": 300, "times": [0, 8, 16]},
    "points": [[0, 10]],
}
EXPLORER = state(sir_payload(), ["susceptible", "infection"])


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("name", "held"), [("explorer", EXPLORER), ("sketch", SKETCH)], ids=["explorer", "sketch"]
)
def test_a_widget_breaks_no_rule(
    bare_page: Callable[..., BarePage], name: str, held: dict[str, object], dark: bool
) -> None:
    page = bare_page(script(f"{name}.js"), style(f"{name}.css"), held, dark=dark).page
    found = Axe().run(page, context=".cs-widget", options={"runOnly": TAGS})
    broken = [(v["id"], [n["html"] for n in v["nodes"]]) for v in found.response["violations"]]
    assert broken == []
    assert len(found.response["passes"]) > 10  # it did look at something
