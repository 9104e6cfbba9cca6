"""``serve``: the REST API, and an engine beside it."""

from __future__ import annotations

import ipaddress
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trigger_studio.cli import output
from trigger_studio.cli.above import above
from trigger_studio.cli.context import CliContext
from trigger_studio.cli.options import placed
from trigger_studio.cli.watching import LogFormatOption, logged
from trigger_studio.errors import BadInput, Unavailable

if TYPE_CHECKING:
    from trigger_studio.services.telemetry import Observer

app = typer.Typer()

PORT = 8090


@app.command("serve")
@placed
def serve(
    place: CliContext,
    *,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", metavar="PORT", min=0, max=65535, help="0 for any that is free.")
    ] = PORT,
    no_engine: Annotated[bool, typer.Option("--no-engine", help="Serve only; an engine runs elsewhere.")] = False,
    tls_cert: Annotated[
        Path | None, typer.Option("--tls-cert", metavar="FILE", help="The certificate, for TLS.")
    ] = None,
    tls_key: Annotated[Path | None, typer.Option("--tls-key", metavar="FILE", help="Its private key.")] = None,
    proxy: Annotated[
        list[str] | None,
        typer.Option("--proxy", metavar="ADDRESS", help="A proxy before it that speaks TLS; may be repeated."),
    ] = None,
    cors: Annotated[
        list[str] | None,
        typer.Option("--cors", metavar="ORIGIN", help="Web pages from there may ask; may be repeated."),
    ] = None,
    log_format: LogFormatOption = "text",
) -> None:
    """Serve the REST API, and run an engine.

    It listens on this machine alone; elsewhere only with TLS, or behind a proxy that is named. Its description is at
    /docs. It ends on SIGTERM, when requests under way are answered.
    """
    _check_place(host, tls_cert, tls_key, proxy or [])
    if above.server is None:
        raise Unavailable("this command line was started without the server")
    from trigger_studio.cli.shortage import check_limits

    check_limits()
    with ExitStack() as stack:
        say = stack.enter_context(logged(log_format))
        above.server(
            place.writing,
            url=place.url,
            host=host,
            port=port,
            engine=not no_engine,
            certificate=None if tls_cert is None else str(tls_cert),
            key=None if tls_key is None else str(tls_key),
            proxies=tuple(proxy or ()),
            origins=tuple(cors or ()),
            observers=lambda: _traces(stack),
            ready=lambda address: say(f"Serving on {address}; its description is at {address}/docs. Ctrl-C ends it."),
        )
    if place.json:
        output.write_json({"served": True})


def _check_place(host: str, certificate: Path | None, key: Path | None, proxies: list[str]) -> None:
    if (certificate is None) != (key is None):
        raise BadInput("--tls-cert and --tls-key go together; give both")
    for file in (certificate, key):
        if file is not None and not file.is_file():
            raise BadInput(f"cannot read {file}: there is no such file")
    if certificate is None and not proxies and not _is_loopback(host):
        raise BadInput(
            f"--host {host}: tokens would be sent where others can read them; give --tls-cert and --tls-key, or name"
            " the proxy that speaks TLS with --proxy"
        )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _traces(stack: ExitStack) -> list[Observer]:
    from trigger_studio.services.telemetry import configured_traces

    traces = configured_traces()
    if traces is None:
        return []
    stack.callback(traces.close)
    return [traces]
