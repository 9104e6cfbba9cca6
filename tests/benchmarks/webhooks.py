"""Durable webhooks to a receiver on loopback: how soon one is there, and how many a second beside bare httpx.

The receiver and whoever puts the events on the bus share this process; engine and bare httpx have one each.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from tests.benchmarks import engine_stock as stock
from tests.benchmarks.figures import Figure, latency, rate
from tests.benchmarks.machine import commits_per_second
from tests.benchmarks.places import Places
from tests.support.receiver import Receiver
from trigger_studio.execution.send_slots import SENDS_AT_ONCE_PER_TARGET
from trigger_studio.services import egress
from trigger_studio.services.session import Session

SINGLES, MANY, ROUNDS = 200, 1500, 3


def benchmark(places: Places) -> list[Figure]:
    """Latency and rate on each database."""
    figures: list[Figure] = []
    with _receiving() as receiver:
        _bare_rate(receiver)  # the first is not measured: it imports
        bare = max(_bare_rate(receiver) for _ in range(ROUNDS))
        for name in stock.DATABASES:
            commit_s = 1 / commits_per_second(places, "sqlite" if name == "SQLite" else "postgres")
            with stock.pipeline(places, name, _rule(receiver)) as session:
                egress.allow(session, ["127.0.0.1"], ["127.0.0.0/8"])
                with stock.running(session):
                    _send(session, receiver, "first", 20)
                    delays = [_send(session, receiver, f"single-{n}", 1) for n in range(SINGLES)]
                    rates = [MANY / _send(session, receiver, f"many-{n}", MANY) for n in range(ROUNDS)]
            title = f"event committed → webhook received, idle, median / p99, {name}"
            limits = {"limit_s": commit_s, "limit_name": "ms a commit"}
            figures += [
                latency(title, delays, goal="8 / 25", part=0.99, **limits),  # type: ignore[arg-type]
                rate(f"durable webhooks, {name}", rates, limit=bare, limit_name="bare httpx", goal=f"{bare / 2:,.0f}"),
            ]
    return figures


@contextmanager
def _receiving() -> Iterator[Receiver]:
    receiver = Receiver(seed=1, refusals=0.0, delay_s=0.0)
    try:
        yield receiver
    finally:
        receiver.close()


def _rule(receiver: Receiver) -> dict[str, object]:
    return {
        "id": "tell",
        "name": "Tell the farm",
        "when": {"event": "failed", "entity": "scene"},
        "actions": [{"type": "call_webhook", "url": receiver.url, "body": {"id": "{{ event.id }}"}}],
    }


def _send(session: Session, receiver: Receiver, prefix: str, count: int) -> float:
    """Seconds from the commit of `count` events to the receipt of the last webhook."""
    before = len(receiver.seen)
    stock.emit(session, prefix, count, "failed", "scene")
    started = time.monotonic()
    stock.until(lambda: len(receiver.seen) >= before + count)
    seconds = receiver.seen[-1].at - started
    stock.until(stock.bus_is_empty(session))
    time.sleep(0.02)  # the engine is idle again
    return seconds


def _bare_rate(receiver: Receiver) -> float:
    """Requests a second of httpx alone, as many at once as the engine sends to one receiver."""
    before = len(receiver.seen)
    process = multiprocessing.get_context("spawn").Process(target=_post, args=(receiver.url, MANY), daemon=True)
    process.start()
    process.join()
    times = [seen.at for seen in receiver.seen[before:]]
    assert len(times) == MANY
    return MANY / (times[-1] - times[0])


def _post(url: str, count: int) -> None:
    async def post() -> None:
        left = iter(range(count))
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=64)
        async with httpx.AsyncClient(limits=limits, trust_env=False) as client:

            async def one_after_another() -> None:
                for number in left:
                    await client.post(url, json={"id": str(number)}, headers={"Idempotency-Key": str(number)})

            await asyncio.gather(*(one_after_another() for _ in range(SENDS_AT_ONCE_PER_TARGET)))

    asyncio.run(post())
