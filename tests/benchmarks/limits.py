"""What an event costs under limits, by how many firings they look back to.

Each event starts one firing that two limits count, in a transaction of its own, in this process, without deliveries.
"""

from __future__ import annotations

import statistics
import time

from tests.benchmarks import engine_stock as stock
from tests.benchmarks.figures import Figure, single
from tests.benchmarks.places import Places
from trigger_studio.model.limit import Limit
from trigger_studio.services import limits
from trigger_studio.services.session import Session

SIZES = (1_000, 50_000)
TIMES = 100
AT_ONCE = 10_000
MONTH = 30 * 86_400.0


def benchmark(places: Places) -> list[Figure]:
    """Growth with the history, on each database; and the same without a limit."""
    figures: list[Figure] = []
    for name in stock.DATABASES:
        with stock.pipeline(places, name) as session:
            costs, free, held = {}, {}, 0
            for size in SIZES:
                _history(session, size - held)
                held = size + 2 * TIMES
                free[size] = _cost_s(session, f"free-{size}")
                limits.put(session, Limit("all", "", "firings", 10**7, MONTH))
                limits.put(session, Limit("all", "", "gpu_hours", 10**7, MONTH))
                costs[size] = _cost_s(session, f"limited-{size}")
                for kind in ("firings", "gpu_hours"):
                    limits.remove(session, "all", "", kind)
        for title, found in (("no limit", free), ("two limits", costs)):
            figures += [
                single(
                    f"an event, {title}, {size:,} firings before, {name}", found[size] * 1000, "ms",
                    limit=found[SIZES[0]] * 1000, limit_name=f"ms at {SIZES[0]:,}", goal="ratio 1",
                )
                for size in SIZES
            ]  # fmt: skip
    return figures


def _history(session: Session, count: int) -> None:
    for start in range(0, count, AT_ONCE):
        number = min(AT_ONCE, count - start)
        stock.emit(session, f"before-{count}-{start}", number)
        engine = stock.engine(session)
        while engine.step():
            pass
        assert engine.tally.firings == number
        engine.close()


def _cost_s(session: Session, prefix: str) -> float:
    """Seconds of an event, the median; the first one is not counted."""
    engine, seconds = stock.engine(session), []
    for number in range(TIMES):
        stock.emit(session, f"{prefix}-{number}", 1)
        started = time.perf_counter()
        while engine.step():
            pass
        seconds.append(time.perf_counter() - started)
    assert engine.tally.firings == TIMES
    engine.close()
    return statistics.median(seconds[1:])
