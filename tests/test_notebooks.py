"""Every notebook has the shape and is stored so that strict nbval has something to compare.

The comparison itself is a check of its own: ``pytest --nbval notebooks``, run by ``make test``.
"""

import json
from pathlib import Path

import pytest

from cstools.learning.refresh import tidied
from cstools.learning.shape import problems

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted(
    path for path in (ROOT / "notebooks").rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts
)
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


@every_notebook
def test_a_notebook_has_the_shape(path):
    assert problems(path) == []


@every_notebook
def test_a_notebook_is_stored_tidily(path):
    stored = json.loads(path.read_text(encoding="utf-8"))
    assert tidied(stored) == stored, f"run: python -m cstools.learning.refresh {path}"
