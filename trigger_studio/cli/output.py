"""How answers are written: JSON or text on standard output, faults and progress on standard error."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from trigger_studio.errors import masked
from trigger_studio.model.printing import printable, steerless

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.segment import Segment

PIPE_COLUMNS = 160
"""Width of tables that go to a file or a pipe."""

GAP = 2
"""Blanks between two columns."""

PROGRESS_AFTER_S = 1.0

Tell = Callable[[float, float], None]
"""(done, of all): how far the work is."""


def write_json(value: Any) -> None:
    """One JSON document and a line's end, whatever the terminal's encoding."""
    import orjson

    write_bytes(steerless(orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)))


def write_text(text: str) -> None:
    """A document for another program, in UTF-8 whatever the terminal's encoding."""
    write_bytes(text.encode())


def write_bytes(content: bytes) -> None:
    """A document for another program, as it is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def show(*what: RenderableType) -> None:
    """Answer a person; texts are taken literally, and a path in one stays whole, to be copied."""
    for item in what:
        if isinstance(item, str):  # needs no layout, and most commands answer with nothing else
            print(printable(item))
        else:
            console().print(item, crop=False)


def say(text: str) -> None:
    """Answer a person at once, with a line that needs no layout."""
    print(printable(text), flush=True)


def sentence(text: str) -> str:
    """What somebody wrote, with a full stop unless it ends as a sentence does."""
    text = text.rstrip()
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def console() -> Console:
    """Standard output for a person; colours only on a terminal that wants them."""
    import os

    from rich.console import Console

    piped = not sys.stdout.isatty() and "COLUMNS" not in os.environ
    return Console(width=PIPE_COLUMNS if piped else None, highlight=False, soft_wrap=False)


def table(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> RenderableType:
    """A plain table; cells are taken literally."""
    return _Table([[*columns], *([printable(str(cell)) for cell in row] for row in rows)])


class _Table:
    """A row on one line however narrow the screen: an id stays whole, to be read, copied and found by ``grep``."""

    def __init__(self, rows: list[list[str]]) -> None:
        self._rows = rows

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        from rich.cells import cell_len, set_cell_size
        from rich.segment import Segment
        from rich.style import Style

        widths = [max(map(cell_len, column)) + GAP for column in zip(*self._rows, strict=True)]
        style: Style | None = Style(bold=True)
        for row in self._rows:
            yield Segment("".join(map(set_cell_size, row, widths)).rstrip(), style)
            yield Segment.line()
            style = None


def complain(message: str) -> None:
    """Every line of a message on standard error, without passwords or anything that would steer the terminal."""
    for line in masked(message).splitlines():
        print(printable(line), file=sys.stderr)


@contextlib.contextmanager
def working(label: str) -> Iterator[Tell]:
    """Show a progress bar on standard error while the block runs, if it takes over a second and somebody watches."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    task = progress.add_task(label, total=None)
    late = threading.Timer(PROGRESS_AFTER_S, progress.start)
    late.daemon = True
    late.start()
    try:
        yield lambda done, total: progress.update(task, completed=done, total=total or None)
    finally:
        late.cancel()
        late.join()
        progress.stop()
