"""*Save and Export As* in a real JupyterLab leaves private cells out."""

from __future__ import annotations

import json
from io import BytesIO
from urllib.request import urlopen
from zipfile import ZipFile

from tests.learning import secrets_of_a_notebook as made

from .lab import Lab


def test_what_jupyterlab_exports_has_no_private_cell(lab: Lab) -> None:
    book = made.notebook(made.own_words(["private"]), made.own_code(["Private"]))
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
