"""Faults on the way: a person sees one line, a traceback goes to a file that can be sent to us."""

from __future__ import annotations

import logging
import os
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
from trigger_studio.errors import masked
from trigger_studio.storage import private

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
    own = user_state_path("trigger-studio", appauthor=False) / LOG_NAME
    for file in (own, Path(tempfile.gettempdir()) / f"trigger-studio-{os.geteuid()}-{LOG_NAME}"):
        try:
            private.make_folder(file.parent)
            private.append(file, masked(text))
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
    """Writes each record as a line on standard error, with where its fault is kept."""

    def emit(self, record: logging.LogRecord) -> None:
        line = " ".join(record.getMessage().split())
        fault = record.exc_info[1] if record.exc_info else None
        output.complain(f"{line} ({keep(fault)})" if fault else line)
