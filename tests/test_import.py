"""What ``import cstools`` costs: nothing heavy comes along."""

import json
import subprocess
import sys

import cstools

HEAVY = [
    *("scipy", "pandas", "xarray", "pysd", "numba"),
    *("anywidget", "ipywidgets", "sqlalchemy", "pydantic"),
]
REPORT = "import json, sys, cstools; print(json.dumps(sorted(sys.modules)))"


def test_heavy_libraries_wait_until_they_are_needed() -> None:
    command = [sys.executable, "-c", REPORT]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    loaded = json.loads(printed)
    assert "cstools" in loaded
    assert [name for name in HEAVY if name in loaded] == []


def test_every_name_that_a_notebook_imports_is_there() -> None:
    assert [name for name in cstools.__all__ if getattr(cstools, name, None) is None] == []
    assert set(cstools.__all__) <= set(dir(cstools))
