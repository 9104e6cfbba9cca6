"""``engine``: one in the foreground."""

from __future__ import annotations

import gc
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from trigger_studio.cli import output
from trigger_studio.cli.context import CliContext, check_job_types
from trigger_studio.cli.options import placed
from trigger_studio.cli.shortage import check_limits
from trigger_studio.cli.watching import LogFormatOption, MetricsHostOption, MetricsPortOption, Say, logged, watched
from trigger_studio.errors import Away, BadInput
from trigger_studio.gc_control import pause_collector, resume_collector
from trigger_studio.model.counting import count
from trigger_studio.repeats import Repeats

if TYPE_CHECKING:
    from trigger_studio.engine.loop import Engine
    from trigger_studio.services.session import Session

app = typer.Typer()

AGAIN_S = 1.0
"""Between two looks whether the database is there."""
BY_SIGNAL = 128
"""A run that a signal ended before it was idle has this exit status, and the signal's number."""


@app.command("engine")
@placed
def engine(
    place: CliContext,
    *,
    until_idle: Annotated[
        bool, typer.Option("--until-idle", help="End when nothing is left to do; open gates are not waited for.")
    ] = False,
    farm: Annotated[
        Literal["simulated"] | None,
        typer.Option("--farm", help="Complete jobs by the profile; with --until-idle on a virtual clock."),
    ] = None,
    fail: Annotated[
        list[str] | None,
        typer.Option("--fail", metavar="JOB_TYPE", help="These jobs fail on the simulated farm; may be repeated."),
    ] = None,
    log_format: LogFormatOption = "text",
    metrics_port: MetricsPortOption = None,
    metrics_host: MetricsHostOption = "127.0.0.1",
) -> None:
    """Run an engine in the foreground.

    It runs until it is interrupted, or with --until-idle until nothing is left to do.
    """
    if fail and farm is None:
        raise BadInput("--fail needs --farm simulated: only the simulated farm can be told to fail")
    with ExitStack() as stack:
        loaded = stack.enter_context(_no_search_for_garbage())
        from trigger_studio.services.engine_host import make_engine

        check_limits()
        session = stack.enter_context(place.writing() if until_idle else _opened(place, log_format))
        telemetry, say = stack.enter_context(watched(session, log_format, metrics_host, metrics_port))
        if fail:
            check_job_types(session.profile, fail)
        made = make_engine(
            session, farm=farm is not None, until_idle=until_idle, fail=fail or (),
            listener=_tell_of_trouble(say), telemetry=telemetry,
        )  # fmt: skip
        began_s = max(made.clock.now(), made.store.last_at()) if until_idle else 0.0
        loaded()
        received = stack.enter_context(_stopped_by_signals(made))
        if until_idle:
            with output.working("running"):
                made.run_until_idle()
        else:
            say("The engine runs; Ctrl-C ends it.")
            made.run()
    _sum_up(place, made, made.clock.now() - began_s if until_idle and farm else None)
    if until_idle and received:
        raise typer.Exit(BY_SIGNAL + received[0])


def _sum_up(place: CliContext, engine: Engine, virtual_s: float | None) -> None:
    """Tell what the run came to."""
    summary: dict[str, Any] = asdict(engine.tally)
    if virtual_s is not None:
        summary["virtual_s"] = round(virtual_s, 3)
    if place.json:
        output.write_json(summary)
    else:
        output.show(_sentence(summary))


@contextmanager
def _no_search_for_garbage() -> Iterator[Callable[[], None]]:
    """What an engine loads and compiles at its start stays; to look through it, then or later, takes long.

    Yields what says that everything is loaded.
    """
    pause_collector()
    try:
        yield resume_collector
    finally:
        gc.enable()
        gc.unfreeze()


def _tell_of_trouble(say: Say) -> Callable[[str, str], None]:
    """A listener that says what the engine waits for, once and then once a minute, and when that is over."""
    before = [""]
    repeats = Repeats()

    def listen(_state: str, detail: str) -> None:
        if (detail or before[0]) and (line := repeats.worth(detail or "The engine goes on.")):
            say(line)
        before[0] = detail

    return listen


def _opened(place: CliContext, log_format: str) -> Session:
    """A session, waited for as a running engine would: with the database server away, or full of connections."""
    repeats = Repeats()
    while True:
        try:
            return place.writing()
        except Away as error:
            if line := repeats.worth(f"{error}; the engine begins when it is there"):
                with logged(log_format) as say:
                    say(line)
            time.sleep(AGAIN_S)


@contextmanager
def _stopped_by_signals(engine: Engine) -> Iterator[list[int]]:
    """SIGINT and SIGTERM let the engine finish its step and end. Yields those that came."""
    received: list[int] = []

    def stop(number: int, _frame: object) -> None:
        received.append(number)
        engine.stop()

    if threading.current_thread() is not threading.main_thread():
        yield received  # only the main thread may set handlers
        return
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, stop) for number in numbers]
    try:
        yield received
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def _sentence(summary: dict[str, Any]) -> str:
    parts = [count(summary["events"], "event") + " decided"]
    parts += [count(summary["firings"], "firing")]
    parts += [f"{summary[key]} {key}" for key in ("refused", "held") if summary[key]]
    parts += [count(summary["jobs"], "job"), f"{summary['deliveries']} sent"]
    if "virtual_s" in summary:
        minutes, seconds = divmod(round(summary["virtual_s"]), 60)
        hours, minutes = divmod(minutes, 60)
        parts.append(f"{hours}:{minutes:02}:{seconds:02} on the simulated farm's clock")
    return ", ".join(parts) + "."
