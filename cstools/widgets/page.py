"""A live part as a page of its own: it opens by a double click, and needs no kernel, no network.

Everything is in the one file: the part's script and look, what it shows, and for a browser that
runs no scripts the still picture with its sentence. The page holds what the part held when it
was written, and keeps nothing of what a reader does with it.
"""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

from cstools.errors import FileError
from cstools.whole_files import write_whole
from cstools.widgets.assets import embedded, script
from cstools.widgets.part import LivePart, held

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ margin: 0; padding: 12px; font-family: system-ui, sans-serif; background: #ffffff; }}
main {{ max-width: 1180px; margin: 0 auto; }}
main > h1 {{ position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; }}
main > h1 {{ clip-path: inset(50%); white-space: nowrap; }}
@media (prefers-color-scheme: dark) {{ body {{ background: #14191e; color: #e8ecf0; }} }}
{style}
</style>
</head>
<body>
<main><h1>{title}</h1><noscript>{still}</noscript><div id="live"></div></main>
<script type="application/json" id="held">{state}</script>
<script type="module">
{model}
{part}
const model = new PageModel(JSON.parse(document.getElementById("held").textContent));
livePart.render({{ model, el: document.getElementById("live") }});
</script>
</body>
</html>
"""


def page_html(part: LivePart, title: str) -> str:
    """Return a whole HTML page in which a live part works without a kernel."""
    return _PAGE.format(
        title=escape(title),
        style=str(part._css),
        still=part.still(),
        state=_quoted(held(part)),
        model=embedded(script("shared/page.js")),
        part=embedded(str(part._esm)),
    )


def write_page(part: LivePart, path: str | Path, title: str) -> Path:
    """Write a live part to an HTML file that opens in any browser; see :func:`page_html`.

    Raises
    ------
    FileError
        For any other ending, or a place that cannot be written to.
    """
    path = Path(path)
    if path.suffix.lower() not in (".html", ".htm"):
        raise FileError(f"'{path.name}': a page is saved as .html")
    return write_whole(path, page_html(part, title))


def _quoted(state: object) -> str:
    """Return JSON that cannot end the script element it stands in."""
    return json.dumps(state, allow_nan=False).replace("<", "\\u003c")
