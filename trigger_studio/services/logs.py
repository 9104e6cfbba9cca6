"""Structured logs: every record of this process as one JSON object a line on standard error.

By the standard library: DBOS, SQLAlchemy and the rest log through it anyway, so one formatter catches them all;
structlog would need a bridge to it besides.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import orjson

from trigger_studio.errors import masked
from trigger_studio.model.printing import steerless

FIELDS = ("chain", "event", "firing", "rule", "delivery", "status", "request")
"""What a record may carry beside its message, by `extra`."""


class JsonLines(logging.Formatter):
    """One record, one line: at, level, logger, message, what it is about, and the error if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": masked(record.getMessage()),
        }
        line |= {name: value for name in FIELDS if (value := getattr(record, name, None)) is not None}
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = masked("".join(traceback.format_exception(record.exc_info[1])))
        return steerless(orjson.dumps(line, default=str)).decode()


@contextmanager
def json_lines(level: int = logging.INFO) -> Iterator[None]:
    """While the block runs, records go to standard error as JSON, ours from `level` on, others' from warnings on."""
    root, ours = logging.getLogger(), logging.getLogger("trigger_studio")
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    before = ours.level
    root.addHandler(handler)
    ours.setLevel(level)
    try:
        yield
    finally:
        ours.setLevel(before)
        root.removeHandler(handler)
