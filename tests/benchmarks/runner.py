"""Which benchmarks there are, and each measured in a process of its own: none finds what another left behind."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from types import ModuleType

import tests.benchmarks
from tests.benchmarks.figures import Figure
from tests.benchmarks.places import Places


def names() -> list[str]:
    """Every benchmark there is: the modules that have a ``benchmark`` function, in alphabetical order."""
    modules = (module.name for module in pkgutil.iter_modules(tests.benchmarks.__path__) if module.name != "__main__")
    return [name for name in sorted(modules) if hasattr(_module(name), "benchmark")]


def run(wanted: Sequence[str], *, long: bool) -> Iterator[list[Figure]]:
    """The figures of each benchmark in turn; see `Places` for `long`."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as processes:
        for name in wanted:
            yield processes.submit(_measure, name, long=long).result()


def _measure(name: str, *, long: bool) -> list[Figure]:
    places = Places(long=long)
    try:
        figures: list[Figure] = _module(name).benchmark(places)
        return figures
    finally:
        places.close()


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"tests.benchmarks.{name}")
