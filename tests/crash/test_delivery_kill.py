"""Processes killed or stopped around a send: nothing lost, and nothing sent twice but what was on its way."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Iterator

import pytest

from tests.execution.rows import EXECUTOR, Rows, wait_until, webhook
from tests.support import delivering
from tests.support.receiver import Receiver
from trigger_studio.execution.send_slots import SENDS_AT_ONCE_PER_TARGET

A_ROUND = 80


@pytest.fixture(params=["sqlite_url", "postgres_owner_url"])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


@pytest.fixture
def rows(url: str) -> Iterator[Rows]:
    rows = Rows(url)
    yield rows
    rows.close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver(seed=7)
    yield receiver
    receiver.close()


def settled(rows: Rows) -> set[str]:
    return {row.id for row in rows.all().values() if row.status != "pending"}


@pytest.mark.parametrize("kills", [2, pytest.param(60, marks=[pytest.mark.long, pytest.mark.timeout(3600)])])
def test_kill_at_random_moments(url: str, rows: Rows, receiver: Receiver, kills: int) -> None:
    seed = random.randrange(10**6)
    moments = random.Random(seed)
    ids: list[str] = []
    killed_at: list[float] = []
    for _ in range(kills):
        ids += rows.add(*(webhook(receiver.url, tries=50, backoff_s=0.2) for _ in range(A_ROUND)))
        so_far = len(receiver.seen)
        process = delivering.begin(url, EXECUTOR)
        wait_until(lambda so_far=so_far: len(receiver.seen) > so_far, 60)  # type: ignore[misc]
        time.sleep(moments.uniform(0, 0.6))
        process.kill()
        process.wait()
        killed_at.append(time.monotonic())
        done = settled(rows)
        again = delivering.begin(url, EXECUTOR)
        wait_until(lambda: rows.pending() == 0, 60)
        again.kill()
        again.wait()
        repeated = {seen.key for seen in receiver.seen if seen.at > killed_at[-1]} & done
        assert not repeated, f"settled before the kill, sent after it: {repeated}; seed {seed}"
    accepted = receiver.accepted()
    lost = set(ids) - set(accepted)
    repeats = sum(accepted.values()) - len(accepted)
    print(f"{kills} kills, {len(ids)} deliveries: {len(lost)} lost, {repeats} repeated, seed {seed}")
    assert not lost
    assert repeats <= kills * SENDS_AT_ONCE_PER_TARGET
    assert {row.status for row in rows.all().values()} == {"done"}
    signals = rows.signals("delivery")
    assert len(signals) == len(ids)
    marked = {row.id for row in rows.all().values() if row.repeats}
    assert {key for key, count in accepted.items() if count > 1} <= marked, "a repeat that the log does not tell"
    assert len(marked) <= kills * SENDS_AT_ONCE_PER_TARGET
    assert sum("sent again after a restart" in (signal["detail"] or "") for signal in signals) == len(marked)


def test_an_engine_that_only_slept_is_fenced(postgres_owner_url: str, receiver: Receiver) -> None:
    """On PostgreSQL alone: a process stopped amid a write to SQLite keeps the file's lock, so everyone waits."""
    url, rows = postgres_owner_url, Rows(postgres_owner_url)
    ids = rows.add(*(webhook(receiver.url, tries=50, backoff_s=0.2) for _ in range(300)))
    sleeper = delivering.begin(url, EXECUTOR)
    wait_until(lambda: len(receiver.seen) > 40, 60)
    sleeper.send_signal(signal.SIGSTOP)
    time.sleep(6)  # longer than the database lets it keep rows
    before = len(receiver.seen)
    heir = delivering.begin(url, "heir", EXECUTOR)
    wait_until(lambda: rows.pending() == 0, 90)
    sleeper.send_signal(signal.SIGCONT)
    time.sleep(2)
    for process in (sleeper, heir):
        process.kill()
        process.wait()
    accepted = receiver.accepted()
    repeats = sum(accepted.values()) - len(accepted)
    print(f"taken over after {before} of {len(ids)}: {len(set(ids) - set(accepted))} lost, {repeats} repeated")
    assert set(accepted) == set(ids)
    assert repeats <= SENDS_AT_ONCE_PER_TARGET
    assert len(rows.signals("delivery")) == len(ids)
    rows.close()
