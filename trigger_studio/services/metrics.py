"""What Prometheus scrapes of an engine: what it decided and sent, and how far all engines lag."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from trigger_studio.engine.ports import Decided
from trigger_studio.errors import Unavailable
from trigger_studio.model.delivery import Attempt, Delivery
from trigger_studio.model.firing import HOLDING_REASONS
from trigger_studio.storage import bus, deliveries, engines, firings, gates, halts, jobs
from trigger_studio.storage.database import Connection, Database
from trigger_studio.storage.fetching import fetcher

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_ENDED = ("done", "failed")
_STANDING: dict[str, tuple[Callable[[Connection], int], str]] = {
    "halts_standing": (
        lambda connection: len(halts.standing(fetcher(connection))), "Halts that stand, paused rules among them",
    ),
    "rules_paused": (
        lambda connection: sum(halt.by_itself for halt in halts.standing(fetcher(connection))),
        "Rules that paused themselves for failures",
    ),
    "jobs_open": (jobs.open_count, "Jobs submitted and not ended"),
    "deliveries_pending": (deliveries.pending_count, "Webhooks and messages not settled"),
    "gates_waiting": (gates.waiting_count, "Gates that wait for a person"),
}  # fmt: skip
"""Gauges of what stands, each with what counts it: each by an index over what is open only."""


class Metrics:
    """This engine's counters, and gauges that ask the database when they are read.

    Attributes:
        registry: holds these metrics and no others.
    """

    def __init__(self, database: Database) -> None:
        self.registry = CollectorRegistry()
        name, registry = "trigger_studio_", self.registry
        self._events = Counter(f"{name}events_decided", "Events that this engine decided", registry=registry)
        self._firings = Counter(
            f"{name}firings", "Firings that started, were held or refused, and ended", ["status"], registry=registry
        )
        self._deliveries = Counter(
            f"{name}deliveries", "Tries of webhooks and messages", ["kind", "outcome"], registry=registry
        )
        self._faults = Counter(f"{name}engine_faults", "Faults of the program itself", ["where"], registry=registry)
        self._decision_s = Histogram(
            f"{name}decision_seconds", "From claim to commit", buckets=_SECONDS, registry=registry
        )
        self._delivery_s = Histogram(
            f"{name}delivery_seconds", "One try", ["kind"], buckets=_SECONDS, registry=registry
        )
        self.registry.register(_Shared(database))

    def decided(self, done: Decided) -> None:
        """Count what a transaction of the engine decided."""
        self._events.inc(len(done.events))
        self._decision_s.observe(done.took_s)
        for firing in done.firings:
            if firing.id in done.new:
                self._firings.labels(firing.status if firing.started_at is None else "started").inc()
            if firing.status in _ENDED:
                self._firings.labels(firing.status).inc()

    def delivered(self, delivery: Delivery, attempt: Attempt, took_s: float) -> None:
        """Count a try."""
        outcome = "retried" if attempt.outcome == "pending" else attempt.outcome
        self._deliveries.labels(delivery.kind, outcome).inc()
        self._delivery_s.labels(delivery.kind).observe(took_s)

    def faulted(self, where: str) -> None:
        """Count a fault of ours."""
        self._faults.labels(where).inc()

    @contextmanager
    def served(self, host: str, port: int) -> Iterator[None]:
        """While the block runs, answer ``GET /metrics``."""
        server, thread = start_http_server(port, host, self.registry)
        try:
            yield
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


class _Shared(Collector):
    """What all engines share; missing while the database is away."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def collect(self) -> Iterator[Any]:
        try:
            with self._database.read() as connection:
                now = self._database.clock_s(connection)
                backlog = bus.backlog(connection)
                alive = len(engines.alive(connection, now))
                held = firings.held_by_reason(connection)
                standing = {name: count(connection) for name, (count, _) in _STANDING.items()}
        except Unavailable:
            return
        lag_s = 0.0 if backlog.since is None else max(0.0, now - backlog.since)
        name = "trigger_studio_"
        yield GaugeMetricFamily(f"{name}lag_seconds", "How long the oldest on the bus has waited", value=lag_s)
        yield GaugeMetricFamily(f"{name}bus_waiting", "Events and signals on the bus", value=backlog.waiting)
        yield GaugeMetricFamily(f"{name}engines_alive", "Engines with a heartbeat", value=alive)
        family = GaugeMetricFamily(f"{name}firings_held", "Firings held now, by what holds them", labels=["reason"])
        for reason in HOLDING_REASONS:
            family.add_metric([reason], held.get(reason, 0))
        yield family
        for key, (_, said) in _STANDING.items():
            yield GaugeMetricFamily(f"{name}{key}", said, value=standing[key])
