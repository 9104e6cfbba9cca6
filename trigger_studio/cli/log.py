"""``log``."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trigger_studio.cli import output
from trigger_studio.cli.context import CliContext
from trigger_studio.cli.options import placed

if TYPE_CHECKING:
    from trigger_studio.services.session import Session

app = typer.Typer()


@app.command("log")
@placed
def log(
    place: CliContext,
    chain: Annotated[str | None, typer.Option("--chain", metavar="ID", help="Only this chain.")] = None,
    job: Annotated[
        str | None, typer.Option("--job", metavar="ID", help="Only what led to this job, and what followed from it.")
    ] = None,
    rule: Annotated[str | None, typer.Option("--rule", metavar="ID", help="Only this rule.")] = None,
    follow: Annotated[bool, typer.Option("--follow", help="Go on with what happens, until interrupted.")] = False,
) -> None:
    """Show the trigger log.

    Every firing and refusal in the order of the decisions: what caused it, what it did, what followed.
    With --json one a line.
    """
    from trigger_studio.services import trigger_log

    filters: dict[str, Any] = {"chain": chain, "job": job, "rule": rule}
    with place.reading() as session:
        trigger_log.check_known(session, **filters)
        if follow:
            _follow(session, place, filters)
            return
        found = trigger_log.entries(session, **filters)
    if place.json:
        for entry in found:
            output.write_json(entry)
    elif found:
        from trigger_studio.cli.story import log_lines, trees

        output.show(*trees(found, log_lines))
    else:
        output.show("The log holds nothing of that.")


def _follow(session: Session, place: CliContext, filters: dict[str, Any]) -> None:
    from trigger_studio.cli.story import line
    from trigger_studio.services import trigger_log

    over = threading.Event()
    with _interrupt_sets(over):
        for entry in trigger_log.follow(session, over, **filters):
            if place.json:
                output.write_json(entry)
            else:
                output.show(line(entry))
            sys.stdout.flush()
    if over.is_set():
        raise KeyboardInterrupt


@contextmanager
def _interrupt_sets(over: threading.Event) -> Iterator[None]:
    """The first SIGINT ends the following; raised wherever it comes, it may meet a finalizer, which swallows it."""

    def stop(*_: object) -> None:
        over.set()
        signal.signal(signal.SIGINT, before)

    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may set handlers
        return
    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
