"""A small notebook that has the shape; tests break one thing in it at a time."""

import json

import pytest

TITLE = """# The bath that fills

- Goals:
  - say when a stock is at its highest
  - sketch a stock from its flows
- Minutes: 30
- Facet: tools
- Module: 1
- Evidence: published, illustrative"""


def markdown(source):
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def code(source, text="", tags=(), folded=True):
    metadata = {"tags": list(tags)} if tags else {}
    if folded:
        metadata["jupyter"] = {"source_hidden": True}
    outputs = [{"output_type": "stream", "name": "stdout", "text": text}] if text else []
    return {
        "cell_type": "code",
        "metadata": metadata,
        "source": source,
        "outputs": outputs,
        "execution_count": None,
    }


def good_cells():
    return [
        markdown(TITLE),
        markdown("## Check-in\nTwo quiet minutes."),
        code("feeling = 'steady'", tags=["nbval-ignore-output", "private"]),
        markdown("## Story\nAmina runs a bath."),
        markdown("## Predict\nSketch the water."),
        code("print('Your sketch rises.')", "Your sketch rises.\n"),
        markdown("## Run"),
        code("bath = 'a live picture'", tags=["nbval-ignore-output"]),
        code("print('The water rises to 200.')", "The water rises to 200.\n"),
        markdown("## Explain"),
        code("print('One balancing loop.')", "One balancing loop.\n"),
        markdown("## Tweak · Twiddle · Frob\n### Tweak\nMove it.\n### Twiddle"),
        code("inflow = 75", folded=False),
        markdown("### Frob"),
        code("outflow = ...", folded=False),
        markdown("## In my own system\nAsk your buddy."),
        markdown("## Evidence and limits\nIllustrative."),
        markdown("## Check-out and portfolio note\nOne word."),
    ]


@pytest.fixture
def written(tmp_path):
    """Write cells as a notebook, with counts and ids as a run would leave them."""

    def write(cells, name="01-bath.ipynb", notes=True, metadata=None):
        count = 0
        for number, cell in enumerate(cells):
            cell.setdefault("id", f"cell-{number}")
            if cell["cell_type"] == "code" and cell["execution_count"] is None:
                count += 1
                cell["execution_count"] = count
        kernel = {"kernelspec": {"name": "python3"}}
        content = {"cells": cells, "nbformat": 4, "nbformat_minor": 5}
        path = tmp_path / name
        path.write_text(json.dumps({**content, "metadata": metadata or kernel}), encoding="utf-8")
        if notes:
            path.with_suffix(".faculty.md").write_text("Notes.", encoding="utf-8")
        return path

    return write
