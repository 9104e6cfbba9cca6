"""``python -m tests.fuzz --minutes 60``: every door in turn under new inputs; prints seed, counts and branch coverage.

What is found is made small and kept in the corpus, which the suite replays.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from random import SystemRandom
from typing import Any

BATCH = 40
"""Inputs of a door before the next has its turn."""


def main() -> int:
    """Returns 1 if something was found."""
    parser = argparse.ArgumentParser(prog="make fuzz ARGS=...", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(1 << 40))
    parser.add_argument("--door", action="append", help="only this one; may be repeated")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="ts-fuzz-") as folder:
        for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
            os.environ[name] = folder
        measured = _measured()
        from tests.conftest import make_schema
        from tests.fuzz.cases import Grounds
        from tests.fuzz.doors import DOORS
        from tests.fuzz.search import Search

        template = Path(folder) / "template.db"
        make_schema(f"sqlite:///{template}")
        print(f"seed {options.seed}", flush=True)
        search = Search(Grounds(template, Path(folder)), keep=True)
        doors = [DOORS[name] for name in options.door or DOORS]
        end, turn = time.monotonic() + 60 * options.minutes, 0
        while time.monotonic() < end:
            search.look(doors[turn % len(doors)], BATCH, options.seed + turn)
            turn += 1
        for door in doors:
            print(f"{door.name:10} {search.counts[door.name]:8,} inputs", flush=True)
        if measured is not None:
            measured.stop()
            _tell(measured, {door.name: door.modules for door in doors})
    print(f"{len(search.found)} faults")
    return 1 if search.found else 0


def _measured() -> Any:
    """What counts branches from here on; None where the tool for it is missing."""
    try:
        coverage = import_module("coverage")
    except ImportError:
        print("branch coverage is not measured: the package 'coverage' is missing")
        return None
    made = coverage.Coverage(branch=True, data_file=None, source_pkgs=["trigger_studio"], messages=False)
    made.start()
    return made


def _tell(measured: Any, doors: dict[str, tuple[str, ...]]) -> None:
    """Branches taken of those possible, door by door."""
    for name, modules in doors.items():
        taken = possible = 0
        for module in modules:
            loaded = sys.modules.get(f"trigger_studio.{module}")
            if loaded is not None and loaded.__file__:
                numbers = measured._analyze(loaded.__file__).numbers
                taken += numbers.n_executed_branches
                possible += numbers.n_branches
        print(f"{name:10} {taken} of {possible} branches ({100 * taken / max(1, possible):.0f} %)")


if __name__ == "__main__":
    sys.exit(main())
