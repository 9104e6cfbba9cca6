"""``python -m tests.benchmarks [--long] [NAME…]``: runs all benchmarks, or those named, and prints their figures.

With ``--long`` some take their full time: memory over an hour, a million firings in PostgreSQL as well.
A benchmark is a module of this package with ``benchmark(places) -> list[Figure]``. Nothing passes or fails by time.
"""

from __future__ import annotations

import sys

from tests.benchmarks.figures import Figure, show
from tests.benchmarks.runner import names, run

LONG = "--long"


def main(wanted: list[str]) -> int:
    """Runs the benchmarks `wanted`, all when none is."""
    long = LONG in wanted
    wanted = [name for name in wanted if name != LONG]
    unknown = sorted(set(wanted) - set(names()))
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)}; allowed: {', '.join([LONG, *names()])}", file=sys.stderr)
        return 2
    figures: list[Figure] = []
    try:
        for found in run(wanted or names(), long=long):
            figures += found
            print(f"{len(figures)} figures so far …", file=sys.stderr)
    finally:
        show(figures)  # what was measured, also when a later one fails
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
