"""Cold start: from starting the process to having done something useful."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

from tests.benchmarks.figures import Figure, latency
from tests.benchmarks.places import Places

_REPEAT = 7


def benchmark(places: Places) -> list[Figure]:
    """The command line's help, beside a bare Python."""
    del places
    limit_s = statistics.median(_durations("-c", "pass"))
    durations = _durations("-m", "trigger_studio", "--help")
    return [latency("cold start: command line, --help", durations, limit_s=limit_s, limit_name="bare Python")]


def _durations(*arguments: str) -> list[float]:
    durations = []
    for _ in range(_REPEAT):
        started = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
        durations.append(time.perf_counter() - started)
    return durations
