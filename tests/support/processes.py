"""Processes that tests start: none outlives its test, however that ends."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from typing import Any

_begun: list[subprocess.Popen[bytes]] = []


def begin(command: Sequence[str], **how: Any) -> subprocess.Popen[bytes]:
    """`subprocess.Popen`, remembered until the end of the test."""
    _begun.append(subprocess.Popen(command, **how))
    return _begun[-1]


def end_all() -> None:
    """Kill what still runs, stopped processes included, and close every pipe."""
    while _begun:
        process = _begun.pop()
        if process.poll() is None:
            process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()
