"""``import cstools`` takes under 0.4 s: nothing heavy comes along."""

import json
import os
import subprocess
import sys
from statistics import median

PROMISED = 0.4  # seconds
ROUNDS = 7
HEAVY = {"scipy", "pandas", "xarray", "pysd", "numba"}
CODE = """\
import json, sys, time
begin = time.process_time()
import {module}
print(json.dumps([time.process_time() - begin, sorted(sys.modules)]))"""


def imported(module: str) -> tuple[float, set[str]]:
    """Return how long a fresh process takes to import a module, and what it brought along."""
    command = [sys.executable, "-c", CODE.format(module=module)]
    # Python keeps what it compiled at the first import, unless it is told not to.
    settings = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    printed = subprocess.run(command, capture_output=True, check=True, env=settings).stdout
    seconds, modules = json.loads(printed)
    return seconds, set(modules)


def main() -> int:
    imported("cstools")
    ours = median(imported("cstools")[0] for _ in range(ROUNDS))
    numpy = median(imported("numpy")[0] for _ in range(ROUNDS))
    heavy = sorted(HEAVY & imported("cstools")[1])
    kept = ours < PROMISED and not heavy
    print(
        f"import cstools: {ours:.2f} s, {ours / numpy:.1f} times the import of numpy alone, "
        f"with {', '.join(heavy) or 'nothing heavy'} "
        f"(promised: under {PROMISED} s and nothing heavy) {'✓' if kept else '✗'}"
    )
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
