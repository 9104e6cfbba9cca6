"""How an engine is seen from outside: log format, metrics, traces."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from trigger_studio.cli import output
from trigger_studio.errors import BadInput

if TYPE_CHECKING:
    from trigger_studio.services.session import Session
    from trigger_studio.services.telemetry import Observer, Telemetry

LogFormatOption = Annotated[
    Literal["text", "json"],
    typer.Option(
        "--log-format",
        envvar="TRIGGER_STUDIO_LOG_FORMAT",
        help="json: on standard error one object a line, with the ids of chains and firings.",
    ),
]
MetricsPortOption = Annotated[
    int | None,
    typer.Option(
        "--metrics-port", metavar="PORT", min=1, max=65535, help="Answer Prometheus at /metrics on this port."
    ),
]
MetricsHostOption = Annotated[
    str, typer.Option("--metrics-host", metavar="ADDRESS", help="Where that port is open; 0.0.0.0 for everybody.")
]

Say = Callable[[str], None]


@contextmanager
def logged(log_format: str) -> Iterator[Say]:
    """While the block runs, logs go where they were asked to. Yields how to say something to a person."""
    if log_format == "json":
        from trigger_studio.services.logs import json_lines

        with json_lines():
            yield logging.getLogger("trigger_studio.engine").warning
    else:
        from trigger_studio.cli.bugs import told

        with told():
            yield output.complain


@contextmanager
def watched(
    session: Session, log_format: str, metrics_host: str, metrics_port: int | None
) -> Iterator[tuple[Telemetry | None, Say]]:
    """While the block runs, logs, metrics and traces go where they were asked to.

    Yields who is to be told of decisions and sends, None if nobody asked, and how to say something to a person.
    """
    from trigger_studio.services.telemetry import Telemetry, configured_traces

    observers: list[Observer] = []
    with ExitStack() as stack:
        say = stack.enter_context(logged(log_format))
        if metrics_port is not None:
            from trigger_studio.execution.loading import load_shared
            from trigger_studio.services.metrics import Metrics

            load_shared()  # its threads use the database
            metrics = Metrics(session.database)
            try:
                stack.enter_context(metrics.served(metrics_host, metrics_port))
            except OSError as error:
                raise BadInput(f"--metrics-port {metrics_port}: {error.strerror or error}") from error
            observers.append(metrics)
        if (traces := configured_traces()) is not None:
            stack.callback(traces.close)
            observers.append(traces)
        needed = observers or log_format == "json"
        yield Telemetry(*observers) if needed else None, say
