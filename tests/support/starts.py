"""Engines that start by the hundred, each with its imports slowed at random. Run as a module it forks them.

A process that has loaded what every engine loads at its start forks one for every line that it reads, says which, and
then how it ended. So a start takes as long as what only deliveries need.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import Any

from tests.support import processes

ROOT = Path(__file__).parents[2]
SLOW_S = 0.003
"""An import waits up to so long."""
CHORES_S = 0.002
"""So often an engine does its chores, that it uses the database as much as it can meanwhile."""


class Nursery:
    """Where engines are forked."""

    def __init__(self, url: str, seed: int) -> None:
        self._process = processes.begin(
            [sys.executable, "-m", "tests.support.starts", url, str(seed)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def start(self) -> int:
        """Fork an engine; returns its process id."""
        return int(self._exchange(b"start\n"))

    def stop(self, pid: int) -> int:
        """End it in order; returns its exit status."""
        os.kill(pid, signal.SIGTERM)
        return int(self._exchange(b"wait\n"))

    def complaints(self) -> str:
        """What the engines wrote on standard error, once all are done."""
        return self._process.communicate(timeout=60)[1].decode()

    def _exchange(self, order: bytes) -> bytes:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(order)
        self._process.stdin.flush()
        return self._process.stdout.readline()


class _Slow(MetaPathFinder):
    """Finds nothing, and takes its time."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice

    def find_spec(self, *_: Any) -> None:
        if self._dice.random() < 0.3:
            time.sleep(self._dice.random() * SLOW_S)


def main(url: str, seed: str) -> None:
    """Be the nursery."""
    from trigger_studio.cli import engine as _engine  # noqa: F401
    from trigger_studio.cli import main as command_line
    from trigger_studio.cli import tree as _tree  # noqa: F401
    from trigger_studio.engine import chores
    from trigger_studio.services import engine_host, logs, telemetry  # noqa: F401
    from trigger_studio.storage.database import Database

    Database(url).close()  # which loads its driver
    assert "sqlalchemy.orm" not in sys.modules
    chores.CHORES_S = CHORES_S
    pid = number = 0
    for line in sys.stdin:
        if line == "start\n":
            number += 1
            pid = os.fork()
            if not pid:
                dice = random.Random(f"{seed} {number}")
                sys.setswitchinterval(10 ** dice.uniform(-6, -2))
                sys.meta_path.insert(0, _Slow(dice))
                os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
                os._exit(command_line.main(["--db", url, "engine"]))
            print(pid, flush=True)
        else:
            print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
