"""The coordinator's notebook shows codes and places; no name and no e-mail is stored in it."""

import csv
import json
import re

import pytest

from .conftest import ROOT

FOLDER = ROOT / "notebooks" / "5-planner"
BOOK = FOLDER / "50-plan-a-cohort.ipynb"
FORMS = sorted(FOLDER.glob("*.csv"))


def known(form):
    """Return every name, e-mail and surname of a form's people."""
    with form.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    names = {row["Full name"].strip() for row in rows}
    return names | {row["Email Address"] for row in rows} | {name.split()[-1] for name in names}


@pytest.mark.parametrize("form", FORMS, ids=lambda path: path.stem)
@pytest.mark.parametrize("book", sorted(FOLDER.glob("*.ipynb")), ids=lambda path: path.stem)
def test_no_stored_notebook_names_a_person(book, form):
    stored = book.read_text(encoding="utf-8").casefold()
    assert len(known(form)) > 80
    assert [text for text in known(form) if text.casefold() in stored] == []


@pytest.mark.parametrize("form", FORMS, ids=lambda path: path.stem)
def test_the_people_of_the_example_are_plainly_made_up(form):
    people = known(form) - {"=1+1"}
    assert all(
        "synthetic-" in text.casefold() or "@example.org" in text.casefold() for text in people
    )


def test_the_coordinator_changes_names_of_files_and_nothing_else():
    cells = [c for c in json.loads(BOOK.read_text("utf-8"))["cells"] if c["cell_type"] == "code"]
    first, *others = ["".join(cell["source"]) for cell in cells]
    assert all(" = " in line for line in first.splitlines())
    for file in ("applications-2026.csv", "form-2026.toml", "class-of-2026.toml"):
        assert file in first
        assert (FOLDER / file).exists()
        assert not any(file in source for source in others)
    assert "\nseed = 2026" in first  # and no seed or other number stands anywhere else
    assert [source for source in others if re.search(r"\d", source)] == []


def test_what_the_notebook_writes_is_never_committed():
    ignored = (FOLDER / ".gitignore").read_text(encoding="utf-8").split()
    assert "class-of-2026/" in ignored
