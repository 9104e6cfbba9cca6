"""Whoever watches an engine from outside, told of what it decides and sends: logs, metrics, traces."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Protocol

from trigger_studio.engine.ports import Decided
from trigger_studio.errors import Unavailable
from trigger_studio.model.delivery import Attempt, Delivery
from trigger_studio.model.firing import FAILED

if TYPE_CHECKING:
    from trigger_studio.services.traces import Traces

log = logging.getLogger(__name__)

COLLECTOR_VARIABLES = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")


class Observer(Protocol):
    """Watches an engine; told on the engine's and the outbox's threads, so it must not block."""

    def decided(self, done: Decided) -> None:
        """A transaction of the engine has committed."""

    def delivered(self, delivery: Delivery, attempt: Attempt, took_s: float) -> None:
        """A try has ended and is recorded."""

    def faulted(self, where: str) -> None:
        """A fault of ours has happened in that work of the engine."""


class Telemetry:
    """Tells all observers, and the log."""

    def __init__(self, *observers: Observer) -> None:
        self._observers = observers

    def decided(self, done: Decided) -> None:
        for observer in self._observers:
            observer.decided(done)
        for firing in done.firings:
            level = logging.WARNING if firing.status == FAILED else logging.INFO
            if log.isEnabledFor(level):
                about = {"chain": firing.chain, "event": firing.event_id, "firing": firing.id, "rule": firing.rule_id}
                text = f"firing {firing.id} of {firing.rule_id}: {firing.status}"
                reason = f" ({firing.reason})" if firing.reason else ""
                batch = f" in the batch of {firing.batch}" if firing.batch else ""
                log.log(level, "%s%s%s", text, reason, batch, extra={**about, "status": firing.status})

    def delivered(self, delivery: Delivery, attempt: Attempt, took_s: float) -> None:
        for observer in self._observers:
            observer.delivered(delivery, attempt, took_s)

    def faulted(self, where: str) -> None:
        for observer in self._observers:
            observer.faulted(where)


def configured_traces() -> Traces | None:
    """Traces to the collector that the environment names, None if it names none.

    Raises:
        Unavailable: one is named, and the extra that sends to it is not installed.
    """
    if not any(os.environ.get(name) for name in COLLECTOR_VARIABLES):
        return None
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.trace.export import BatchSpanProcessor

        from trigger_studio.services.traces import Traces
    except ImportError as error:
        raise Unavailable(
            f"a collector of traces is named, and {error.name} is not installed: pip install 'trigger-studio[traces]'"
        ) from None
    return Traces(BatchSpanProcessor(OTLPSpanExporter()))
