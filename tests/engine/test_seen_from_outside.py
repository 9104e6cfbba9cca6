"""What an engine tells those who watch it: logs, metrics and traces of one chain, from the event to the webhook."""

from __future__ import annotations

import io
import json
import logging
import socket
import sys
import urllib.request
from typing import Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from tests.support.cli import run as run_command
from tests.support.engines import emit, event, open_session
from tests.support.sinks import Answer, HttpSink
from trigger_studio.errors import Unavailable
from trigger_studio.services.engine_host import make_engine
from trigger_studio.services.logs import json_lines
from trigger_studio.services.metrics import Metrics
from trigger_studio.services.session import Session
from trigger_studio.services.telemetry import Observer, Telemetry, configured_traces
from trigger_studio.services.traces import Traces


def pipeline(url: str, sink: HttpSink) -> Session:
    """A rule that calls a webhook, which is refused once; its `set_status` causes a second firing."""
    sink.answer(Answer(503), Answer(200))
    hook: dict[str, Any] = {"type": "call_webhook", "url": sink.url, "retry": {"attempts": 3, "backoff_s": 0.05}}
    rules: list[dict[str, Any]] = [
        {"id": "a", "when": {"event": "approved", "entity": "scene"},
         "actions": [hook, {"type": "set_status", "status": "completed"}]},
        {"id": "b", "when": {"event": "completed", "entity": "scene"}, "actions": [{"type": "gate"}]},
    ]  # fmt: skip
    session = open_session(url, rules)
    emit(session, event("e1", "approved", "scene", "s1"))
    return session


def run(session: Session, *observers: Observer) -> None:
    make_engine(session, until_idle=True, telemetry=Telemetry(*observers)).run_until_idle()


def test_metrics(database_url: str, http_sink: HttpSink) -> None:
    with pipeline(database_url, http_sink) as session, socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
        free.close()
        metrics = Metrics(session.database)
        with metrics.served("127.0.0.1", port):
            run(session, metrics)
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
                lines = answer.read().decode().splitlines()
    found = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    assert found["trigger_studio_events_decided_total"] == "2.0"
    assert found['trigger_studio_firings_total{status="started"}'] == "2.0"
    assert found['trigger_studio_firings_total{status="done"}'] == "1.0"
    assert found['trigger_studio_deliveries_total{kind="webhook",outcome="retried"}'] == "1.0"
    assert found['trigger_studio_deliveries_total{kind="webhook",outcome="done"}'] == "1.0"
    assert found['trigger_studio_delivery_seconds_count{kind="webhook"}'] == "2.0"
    assert float(found["trigger_studio_decision_seconds_count"]) >= 2
    assert (found["trigger_studio_lag_seconds"], found["trigger_studio_bus_waiting"]) == ("0.0", "0.0")
    assert found["trigger_studio_engines_alive"] == "1.0"
    assert found['trigger_studio_firings_held{reason="halt"}'] == "0.0"
    assert (found["trigger_studio_gates_waiting"], found["trigger_studio_deliveries_pending"]) == ("1.0", "0.0")
    assert (found["trigger_studio_halts_standing"], found["trigger_studio_rules_paused"]) == ("0.0", "0.0")


def test_traces_link_event_decision_and_delivery_by_their_chain(database_url: str, http_sink: HttpSink) -> None:
    exporter = InMemorySpanExporter()
    traces = Traces(SimpleSpanProcessor(exporter))
    with pipeline(database_url, http_sink) as session:
        run(session, traces)
    traces.close()
    spans = exporter.get_finished_spans()
    by_id = {span.context.span_id: span for span in spans}

    def way(span: Any) -> list[str]:
        above = by_id[span.parent.span_id] if span.parent else None
        return [*(way(above) if above else []), span.name]

    assert sorted(map(way, spans)) == [
        ["scene approved"],
        ["scene approved", "firing a"],
        ["scene approved", "firing a", "scene completed"],
        ["scene approved", "firing a", "scene completed", "firing b"],
        ["scene approved", "firing a", "webhook"],
        ["scene approved", "firing a", "webhook"],
    ]
    assert len({span.context.trace_id for span in spans}) == 1
    assert {span.attributes["trigger_studio.chain"] for span in spans if span.attributes} == {"e1"}
    assert [span.status.is_ok for span in spans if span.name == "webhook"] == [False, True]


def test_structured_logs_carry_the_chain(
    database_url: str, http_sink: HttpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = io.StringIO()
    monkeypatch.setattr(sys, "stderr", told)
    with pipeline(database_url, http_sink) as session, json_lines():
        run(session)
        try:
            raise ValueError("two\nlines")
        except ValueError:
            logging.getLogger("trigger_studio.test").exception("a fault")
    lines = [json.loads(line) for line in told.getvalue().splitlines()]
    mine = [line for line in lines if line.get("chain") == "e1"]
    assert {line.get("rule") for line in mine} == {"a", "b", None}
    tries = [line for line in mine if "delivery" in line]
    assert ["pending" in line["message"] for line in tries] == [True, False]
    assert all(set(line) >= {"at", "level", "logger", "message"} for line in lines)
    assert "ValueError: two\nlines" in lines[-1]["error"]


def test_nothing_of_it_is_loaded_unless_asked_for(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert configured_traces() is None
    script = f"""
import sys
from trigger_studio.app.main import main
main(["engine", "--until-idle", "--db", {sqlite_url!r}])
print([name for name in ("opentelemetry", "prometheus_client", "apprise", "dbos", "httpx") if name in sys.modules])
"""
    import subprocess

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_command_sends_its_traces_to_a_collector(sqlite_url: str, http_sink: HttpSink) -> None:
    """What is still held back when the engine ends is sent as well."""
    with open_session(sqlite_url, [{"id": "a", "when": {"event": "approved", "entity": "scene"}, "actions": [
        {"type": "set_status", "status": "completed"}]}]) as session:  # fmt: skip
        emit(session, event("e1", "approved", "scene", "s1"))
    collector = {"OTEL_EXPORTER_OTLP_ENDPOINT": http_sink.url, "OTEL_SERVICE_NAME": "night-shift"}
    done = run_command("engine", "--until-idle", "--db", sqlite_url, env=collector)
    assert (done.code, done.err) == (0, "")
    sent = http_sink.requests.all()
    assert {(request.method, request.path) for request in sent} == {("POST", "/v1/traces")}
    resources = [r for request in sent for r in ExportTraceServiceRequest.FromString(request.body).resource_spans]
    services = {
        item.value.string_value for r in resources for item in r.resource.attributes if item.key == "service.name"
    }
    assert services == {"night-shift"}
    spans = [span for resource in resources for scope in resource.scope_spans for span in scope.spans]
    assert sorted(span.name for span in spans) == ["firing a", "scene approved", "scene completed"]
    assert len({span.trace_id for span in spans}) == 1


def test_a_collector_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318")
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    with pytest.raises(Unavailable, match=r"trigger-studio\[traces\]"):
        configured_traces()


def test_the_command_logs_json_and_refuses_a_taken_port(sqlite_url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        refused = run_command("engine", "--until-idle", "--metrics-port", port, "--db", sqlite_url)
    assert refused.faults() == [f"--metrics-port {port}: Address already in use"]
    with Session(sqlite_url) as session:
        emit(session, event("e1", "approved", "scene", "s1"))
    done = run_command("engine", "--until-idle", "--json", "--log-format", "json", "--db", sqlite_url)
    assert (done.code, done.json()["events"]) == (0, 1)
    assert all(json.loads(line) for line in done.err.splitlines())
