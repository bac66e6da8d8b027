"""*Save and Export As* in a real JupyterLab leaves private cells out."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from urllib.request import urlopen
from zipfile import ZipFile

import pytest

from tests.learning import secrets_of_a_notebook as made

from .lab import running_lab

SHIPPED = Path(__file__).parents[2] / "cstools" / "data" / "lab" / "jupyter_config.json"


def test_what_jupyterlab_exports_has_no_private_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, folder = tmp_path / "etc", tmp_path / "lab"
    settings.mkdir()
    folder.mkdir()
    (settings / SHIPPED.name).write_bytes(SHIPPED.read_bytes())
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(settings))
    book = made.notebook(made.own_words(["private"]), made.own_code(["Private"]))
    with running_lab(folder) as lab:
        (lab.folder / "mine.ipynb").write_text(json.dumps(book), encoding="utf-8")
        for form in ("html", "notebook", "markdown"):
            # Where JupyterLab's menu leads to.
            address = f"{lab.address}/nbconvert/{form}/mine.ipynb?download=true&token={lab.token}"
            with urlopen(address, timeout=60) as answer:
                content = answer.read()
            if form == "markdown":  # with its pictures, in one packet
                packet = ZipFile(BytesIO(content))
                content = b"\n".join(packet.read(name) for name in packet.namelist())
            assert b"A week" in content
            assert made.secrets_in(content) == set()
