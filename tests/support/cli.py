"""The command line as a person or a script meets it: a process of its own, or for speed a call in this one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "trigger_studio")


@dataclass(frozen=True, slots=True)
class Answer:
    """What one command said."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """The one document on standard output; the command must have succeeded."""
        assert self.code in (0, 1), self.err
        return json.loads(self.out)

    def lines(self) -> list[Any]:
        """The documents of an NDJSON answer."""
        assert self.code == 0, self.err
        return [json.loads(line) for line in self.out.splitlines()]

    def faults(self) -> list[str]:
        """The lines on standard error of a refused command, which has answered nothing else."""
        assert self.code == 2, (self.code, self.out, self.err)
        assert self.out == ""
        assert "Traceback" not in self.err
        return self.err.splitlines()


def environment(**extra: str) -> dict[str, str]:
    """This process's environment, with the package to be found from any folder."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", **extra}


def run(
    *arguments: str | Path, stdin: bytes | None = None, env: Mapping[str, str] | None = None, timeout_s: float = 60
) -> Answer:
    """Run a command in a process of its own."""
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        env=environment(**(env or {})),
        timeout=timeout_s,
        check=False,
    )
    return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())


@dataclass(frozen=True, slots=True)
class Inside:
    """Runs commands in this process, always on the same database."""

    url: str
    capture: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str | Path) -> Answer:
        from trigger_studio.app.main import main

        self.capture.readouterr()
        code = main([*map(str, arguments), "--db", self.url])
        out, err = self.capture.readouterr()
        return Answer(code, out, err)
