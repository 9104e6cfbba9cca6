"""Random days of a studio, step by step on the reference and on the product: rules edited, halts, jobs ended outside,
gates answered, dry runs and explanations amid what stands open. A failing seed goes into `COUNTER_EXAMPLES`.
"""

from __future__ import annotations

import os
import random
from collections import Counter

import pytest

from tests.property.days import Day
from tests.property.test_engine_cases import MakeUrl, new_postgres, new_sqlite

__all__ = ["new_postgres", "new_sqlite"]  # fixtures

DAYS, START = 60, 4_000_000
COUNTER_EXAMPLES = (1091794356464, 1091794356779)  # explained by the machine's clock, not the engine's


def differences(days: int, make_url: MakeUrl, start: int = START) -> tuple[dict[int, list[str]], Counter[str]]:
    """What differs, by seed; and what the days reached."""
    start = int(os.environ.get("TS_SEED", start))
    print(f"TS_SEED={start}")
    different, reached = {}, Counter[str]()
    for seed in [*COUNTER_EXAMPLES, *range(start, start + days)]:
        day = Day(seed, make_url())
        reached.update(day.reached)
        if day.differences:
            different[seed] = day.differences
    return different, reached


@pytest.mark.timeout(600)
def test_days_go_as_promised_on_sqlite(new_sqlite: MakeUrl) -> None:
    different, reached = differences(DAYS, new_sqlite)
    assert not different
    awaited = ["end_job", "reply", "answer", "replayed", "discarded", "stalled", "held halt", "held hourly", "foretell"]
    assert reached >= Counter([*awaited, "halt of chain"])


@pytest.mark.timeout(600)
def test_days_go_as_promised_on_postgresql(new_postgres: MakeUrl) -> None:
    different, _ = differences(DAYS // 10, new_postgres)
    assert not different


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_thousands_of_new_days(new_sqlite: MakeUrl) -> None:
    different, _ = differences(2_000, new_sqlite, random.SystemRandom().randrange(1 << 40))
    assert not different
