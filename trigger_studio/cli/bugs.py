"""Faults on the way: a person sees one line, a traceback goes to a file that can be sent to us."""

from __future__ import annotations

import logging
import platform
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from platformdirs import user_state_path

from trigger_studio import __version__
from trigger_studio.cli import output

LOG_NAME = "errors.log"


def keep(error: BaseException) -> str:
    """Append the traceback to the log in the user's state folder. Returns where it is, in words."""
    text = "".join(
        (
            f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {__version__}, Python {platform.python_version()}\n",
            *traceback.format_exception(error),
            "\n",
        )
    )
    for folder in (user_state_path("trigger-studio", appauthor=False), Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            file = folder / (LOG_NAME if folder.name == "trigger-studio" else f"trigger-studio-{LOG_NAME}")
            with file.open("a", encoding="utf-8", errors="backslashreplace") as log:
                log.write(text)
        except OSError:
            continue
        return f"details in {file}"
    return "its details could not be written anywhere"


@contextmanager
def told() -> Iterator[None]:
    """While the block runs, what our threads report is told on standard error, a line each."""
    logger, teller = logging.getLogger("trigger_studio"), _Teller(logging.WARNING)
    logger.addHandler(teller)
    try:
        yield
    finally:
        logger.removeHandler(teller)


class _Teller(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        line = " ".join(record.getMessage().split())
        fault = record.exc_info[1] if record.exc_info else None
        output.complain(f"{line} ({keep(fault)})" if fault else line)
