"""The modules of the live parts, run in Node."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from cstools.widgets.assets import script
from tests.conftest import missing


def in_node(folder: Path, module: str, names: str, expression: str, *given: Any) -> Any:
    """Return what an expression over ``given`` is worth, with some exports of a module."""
    node = shutil.which("node")
    if node is None:
        missing("no Node.js on this machine (on Debian: apt install nodejs)")
    (folder / "module.mjs").write_text(script(module), "utf-8")
    program = (
        f'import {{ {names} }} from "./module.mjs";\n'
        f"const given = {json.dumps(given)};\n"
        f"console.log(JSON.stringify({expression}));\n"
    )
    (folder / "ask.mjs").write_text(program, "utf-8")
    asked = [str(node), str(folder / "ask.mjs")]
    told = subprocess.run(asked, capture_output=True, text=True, check=True, encoding="utf-8")
    return json.loads(told.stdout)
