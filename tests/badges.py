"""Write the badges of the README anew, one for each notebook: ``python tests/badges.py``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[1]
ROW = re.compile(
    r"^\| \[(?P<title>[^]]+)\]\((?P<file>notebooks/\S+\.ipynb)\) \|"
    r" \[!\[Binder\]\(https://mybinder\.org/badge_logo\.svg\)\]\((?P<address>"
    r"https://mybinder\.org/v2/gh/(?P<repository>[^/\s]+/[^/\s]+)/\S+)\) \|\n",
    re.MULTILINE,
)


def learners_notebooks() -> Iterator[str]:
    """Yield the notebooks that are opened one by one, in the order of their numbers."""
    for path in sorted((ROOT / "notebooks").rglob("[0-9][0-9]-*.ipynb"), key=lambda at: at.name):
        name = path.relative_to(ROOT).as_posix()
        if "-demo-" not in name and "5-planner" not in name and "/." not in name:
            yield name


def row(name: str, repository: str) -> str:
    """Return the line of a notebook: its number and heading, and the badge that opens it."""
    notebook = nbformat.read(ROOT / name, as_version=4)
    heading = re.findall(r"^# (.+)$", notebook.cells[0].source, re.MULTILINE)[0]
    address = f"https://mybinder.org/v2/gh/{repository}/HEAD?urlpath=lab/tree/{name}"
    badge = f"[![Binder](https://mybinder.org/badge_logo.svg)]({address})"
    return f"| [{Path(name).name[:2]} {heading}]({name}) | {badge} |\n"


def written(text: str) -> str:
    """Return the README with a line for every notebook in the place of those that it has."""
    found = list(ROW.finditer(text))
    rows = "".join(row(name, found[0]["repository"]) for name in learners_notebooks())
    return text[: found[0].start()] + rows + text[found[-1].end() :]


if __name__ == "__main__":
    readme = ROOT / "README.md"
    readme.write_text(written(readme.read_text("utf-8")), "utf-8")
