"""Run every benchmark, one after the other, each in a process of its own: ``make benchmarks``."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> int:
    broken = []
    for file in sorted(HERE.glob("*.py")):
        if "def main" not in file.read_text() or file.name == "run.py":
            continue
        print(f"\n{file.stem.replace('_', ' ')}", flush=True)
        module = f"{HERE.name}.{file.stem}"  # as a module, so that benchmarks may share parts
        if subprocess.run([sys.executable, "-m", module], cwd=HERE.parent, check=False).returncode:
            broken.append(file.stem)
    print("\nEvery promise is kept." if not broken else f"\nNot kept: {', '.join(broken)}")
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
