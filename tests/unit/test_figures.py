import pytest

from tests.benchmarks.figures import latency, rate, show
from tests.benchmarks.runner import names


def test_a_latency_s_p95_is_the_slow_side_and_a_rate_s_the_low_side() -> None:
    slow = latency("commit", [n / 1000 for n in range(1, 101)], limit_s=0.0101, limit_name="bare")
    assert (slow.median, slow.worst, slow.unit) == (50.5, 95.0, "ms")
    assert slow.ratio == pytest.approx(5.0)
    fast = rate("firings", [float(n) for n in range(101)], limit=200.0)
    assert (fast.median, fast.worst, fast.ratio) == (50.0, 5.0, 0.25)


def test_the_table_shows_each_figure_beside_its_limit(capsys: pytest.CaptureFixture[str]) -> None:
    show([rate("firings on SQLite", [1000.0], limit=4000.0, limit_name="bare commits")])
    (row,) = [line for line in capsys.readouterr().out.splitlines() if "firings" in line]
    assert [cell.strip() for cell in row.strip("│").split("│")] == [
        "firings on SQLite", "1,000", "1,000", "/s", "4,000 bare commits", "0.25",
    ]  # fmt: skip


def test_benchmarks_are_found_by_their_function() -> None:
    assert {"machine", "cold_start"} <= set(names())
    assert "figures" not in names()
