"""What makes nbconvert leave private cells out, whichever form it writes.

The package installs ``etc/jupyter/jupyter_config.json``, which names this for every exporter. So
``jupyter nbconvert`` and *Save and Export As* in JupyterLab leave them out, with nothing to set.
Who makes an exporter in Python asks for it: ``HTMLExporter(preprocessors=[WithoutPrivateCells])``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode, from_dict

from cstools.learning.private_cells import without_private

_FILES = ("outputs", "attachments")


class WithoutPrivateCells(Preprocessor):
    """Leaves out private cells and what tells of them; see :func:`without_private`.

    A notebook that is written back into its own place (``--inplace``, ``--clear-output``) goes
    nowhere, and keeps them: they are its owner's.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[NotebookNode, Any]:
        """Return the notebook without its private cells, and no file that was taken from them."""
        if _over_itself(self.parent, resources):
            return nb, resources
        left = from_dict(without_private(nb))
        if len(left["cells"]) < len(nb["cells"]):
            told = json.dumps(left)
            for kind in _FILES:
                # Pictures were taken out of all cells before this is asked; those of private
                # cells are now in no cell any more.
                files = resources.get(kind)
                if isinstance(files, dict):
                    resources[kind] = {n: data for n, data in files.items() if _named(n, told)}
        return left, resources


def _named(file: str, notebook: str) -> bool:
    return json.dumps(file)[1:-1] in notebook


def _over_itself(exporter: Any, resources: Mapping[str, Any]) -> bool:
    """Say whether the notebook is written where it came from, and to no other place or name."""
    asked = exporter.config.get("NbConvertApp", {})
    source = resources.get("metadata", {})
    if not isinstance(exporter, NotebookExporter) or "name" not in source or not asked:
        return False
    if asked.get("writer_class") or asked.get("from_stdin"):
        return False
    here = Path(source.get("path", ""))
    folder = exporter.config.get("FilesWriter", {}).get("build_directory", "")
    plain = asked.get("use_output_suffix", True) and not folder and not asked.get("output_base")
    name = f"{resources.get('unique_key', '')}{'.nbconvert' if plain else ''}"
    return name == source["name"] and Path(folder or here).resolve() == here.resolve()
