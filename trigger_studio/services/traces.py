"""OpenTelemetry traces: a chain is one trace, however many days, engines and machines it spans.

Ids are made from the chain's, the event's, the firing's and the delivery's own, so that a span knows its parent without
anything being handed on. Needs the extra ``traces``; nothing of it is imported before a collector is named.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Mapping
from hashlib import sha256

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.id_generator import IdGenerator
from opentelemetry.trace import NonRecordingSpan, SpanContext, Status, StatusCode, TraceFlags

from trigger_studio import __version__
from trigger_studio.engine.ports import Decided
from trigger_studio.model.delivery import Attempt, Delivery


class Traces:
    """Makes the spans of decisions and deliveries.

    Args:
        processor: takes them; closed with this.
    """

    def __init__(self, processor: SpanProcessor) -> None:
        self._ids = _Ids()
        resource = Resource.create({"service.name": os.environ.get("OTEL_SERVICE_NAME", "trigger-studio")})
        self._provider = TracerProvider(resource=resource, id_generator=self._ids)
        self._provider.add_span_processor(processor)
        self._tracer = self._provider.get_tracer("trigger_studio", __version__)

    def decided(self, done: Decided) -> None:
        """A span for each event decided, and below it one for each of its firings."""
        for event in done.events:
            about = {"trigger_studio.event": event.id, "trigger_studio.entity": event.entity_id}
            parent = event.caused_by or event.cause or ""
            self._span(event.chain, event.id, parent, f"{event.entity} {event.type}", took_s=done.took_s, about=about)
        for firing in done.firings:
            if firing.id in done.new:
                about = {"trigger_studio.firing": firing.id, "trigger_studio.status": firing.status}
                name = f"firing {firing.rule_id}"
                self._span(firing.chain, firing.id, firing.event_id, name, took_s=done.took_s, about=about)

    def delivered(self, delivery: Delivery, attempt: Attempt, took_s: float) -> None:
        """A span for a try, below its firing's."""
        about: dict[str, str | int] = {
            "trigger_studio.delivery": delivery.id,
            "trigger_studio.attempt": attempt.attempts,
        }
        key = f"{delivery.id} {attempt.attempts} {attempt.repeats}"
        parts = delivery.chain, key, delivery.firing_id, delivery.kind
        self._span(*parts, took_s=took_s, about=about, error=attempt.error)

    def faulted(self, where: str) -> None:
        """Faults of ours belong to no chain."""

    def close(self) -> None:
        """Send what is still held back. Blocks."""
        self._provider.shutdown()

    def _span(
        self,
        chain: str,
        key: str,
        parent: str,
        name: str,
        *,
        took_s: float,
        about: Mapping[str, str | int],
        error: str | None = None,
    ) -> None:
        ends = time.time_ns()
        self._ids.next = _number(chain, 16), _number(key, 8)
        context = _below(self._ids.next[0], parent)
        started = ends - int(took_s * 1e9)
        about = {"trigger_studio.chain": chain, **about}
        span = self._tracer.start_span(name, context, start_time=started, attributes=about)
        if error is not None:
            span.set_status(Status(StatusCode.ERROR, error))
        span.end(ends)


class _Ids(IdGenerator, threading.local):
    """Hands out the ids that were laid ready; decisions and deliveries have a thread each."""

    next = (0, 0)

    def generate_trace_id(self) -> int:
        return self.next[0]

    def generate_span_id(self) -> int:
        return self.next[1]


def _below(trace_id: int, parent: str) -> Context:
    if not parent:
        return Context()
    above = SpanContext(trace_id, _number(parent, 8), is_remote=True, trace_flags=TraceFlags(TraceFlags.SAMPLED))
    return trace.set_span_in_context(NonRecordingSpan(above), Context())


def _number(text: str, size: int) -> int:
    return int.from_bytes(sha256(text.encode()).digest()[:size])
