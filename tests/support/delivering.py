"""An engine's outbox as a process of its own, to be killed and stopped. Run as a module it is that process."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from tests.execution.rows import Rows, open_outbox
from tests.support import processes

ROOT = Path(__file__).parents[2]


def begin(url: str, executor_id: str, *dead: str) -> subprocess.Popen[bytes]:
    """Start a process that takes up what `executor_id` and the `dead` engines have left open."""
    return processes.begin([sys.executable, "-m", "tests.support.delivering", url, executor_id, *dead], cwd=ROOT)


def main(url: str, executor_id: str, *dead: str) -> None:
    """Carry deliveries until killed."""
    outbox = open_outbox(url, Rows(url), executor_id)
    outbox.adopt(executor_id)
    for other in dead:
        outbox.adopt(other)
    while True:
        time.sleep(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
