"""``python -m tests.benchmarks [--long] [NAME…]``: runs all benchmarks, or those named, and prints their figures.

With ``--long`` some take their full time: memory over an hour, a million firings in PostgreSQL as well.
A benchmark is a module of this package with ``benchmark(places) -> list[Figure]``. Nothing passes or fails by time.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from types import ModuleType

import tests.benchmarks
from tests.benchmarks.figures import Figure, show
from tests.benchmarks.places import Places

LONG = "--long"


def names() -> list[str]:
    """Every benchmark there is: the modules that have a ``benchmark`` function, in alphabetical order."""
    modules = (module.name for module in pkgutil.iter_modules(tests.benchmarks.__path__) if module.name != "__main__")
    return [name for name in sorted(modules) if hasattr(_module(name), "benchmark")]


def main(wanted: list[str]) -> int:
    """Runs the benchmarks `wanted`, all when none is."""
    long = LONG in wanted
    wanted = [name for name in wanted if name != LONG]
    unknown = sorted(set(wanted) - set(names()))
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)}; allowed: {', '.join([LONG, *names()])}", file=sys.stderr)
        return 2
    figures: list[Figure] = []
    places = Places(long=long)
    try:
        for name in wanted or names():
            print(f"{name} …", file=sys.stderr)
            figures += _module(name).benchmark(places)
    finally:
        places.close()
    show(figures)
    return 0


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"tests.benchmarks.{name}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
