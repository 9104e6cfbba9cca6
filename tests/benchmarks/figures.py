"""What a benchmark returns, how repeated measurements become one row, and how rows are shown."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure.

    Attributes:
        name: what was measured, and on what.
        unit: ``"ms"``, ``"/s"`` …
        median: the middle of the repetitions.
        worst: the 95th percentile on the bad side: slowest latency, lowest rate; or as the name says.
        limit: what the machine allows, measured in the same run and unit; None where there is no such thing.
        limit_name: what that limit is.
        goal: what the figure is to be at most (rates: at least), in words: ``"50"``, or ``"2 / 8"`` for both columns.
    """

    name: str
    unit: str
    median: float
    worst: float
    limit: float | None = None
    limit_name: str = ""
    goal: str = ""

    @property
    def ratio(self) -> float | None:
        """The figure as a part (rates) or a multiple (times) of the machine's limit."""
        return self.median / self.limit if self.limit else None


def latency(
    name: str,
    seconds: Sequence[float],
    *,
    limit_s: float | None = None,
    limit_name: str = "",
    goal: str = "",
    part: float = 0.95,
) -> Figure:
    """A figure in milliseconds from single durations in seconds; `part` is the percentile of the second column."""
    limit = limit_s * 1000 if limit_s is not None else None
    worst = _percentile(seconds, part) * 1000
    return Figure(name, "ms", statistics.median(seconds) * 1000, worst, limit, limit_name, goal)


def rate(
    name: str, per_second: Sequence[float], *, limit: float | None = None, limit_name: str = "", goal: str = ""
) -> Figure:
    """A figure per second from the rates of several rounds."""
    return Figure(name, "/s", statistics.median(per_second), _percentile(per_second, 0.05), limit, limit_name, goal)


def single(
    name: str, value: float, unit: str, goal: str = "", *, limit: float | None = None, limit_name: str = ""
) -> Figure:
    """A figure measured once."""
    return Figure(name, unit, value, value, limit, limit_name, goal)


def rounds(work: Callable[[], object], *, per_round: int, count: int = 5) -> list[float]:
    """Calls a second of `work` in each of `count` rounds of `per_round` calls."""
    rates = []
    for _ in range(count):
        started = time.perf_counter()
        for _ in range(per_round):
            work()
        rates.append(per_round / (time.perf_counter() - started))
    return rates


def show(figures: Sequence[Figure]) -> None:
    """Prints a table, one figure a line."""
    goals = any(figure.goal for figure in figures)
    columns = ["what", *(["goal"] if goals else []), "median", "p95*", "unit", "machine's limit", "ratio"]
    table = Table(*columns, title="Benchmarks", caption="* or the percentile that the name gives")
    for column in table.columns[1:]:
        column.justify = "right"
    for figure in figures:
        limit = f"{_short(figure.limit)} {figure.limit_name}" if figure.limit is not None else ""
        ratio = f"{figure.ratio:.2f}" if figure.ratio is not None else ""
        goal = [figure.goal] if goals else []
        table.add_row(figure.name, *goal, _short(figure.median), _short(figure.worst), figure.unit, limit, ratio)
    # Into a file or a pipe, a row is one line.
    Console(width=None if sys.stdout.isatty() else 140).print(table)


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _percentile(values: Sequence[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[round(part * (len(ordered) - 1))]
