"""Writes the two locks: every package with its version and hashes, and no address of any registry.

The resolution is for every Python from 3.11 on, so that one lock serves them all. Arguments are handed on to uv
(``--upgrade``, ``--upgrade-package NAME``).
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMON = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-annotate", "--no-header", "--quiet"]
LOCKS = {"requirements.lock": [], "requirements-dev.lock": ["--group", "dev", "--constraint", "requirements.lock"]}


def main() -> int:
    """Resolves both locks and refuses one that holds an address."""
    for name, options in LOCKS.items():
        command = ["uv", "pip", "compile", "pyproject.toml", *COMMON, *options, "--output-file", name, *sys.argv[1:]]
        subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=True)
        if "://" in (ROOT / name).read_text(encoding="utf-8"):
            print(f"{name}: holds an address; nothing but names, versions and hashes is allowed", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
