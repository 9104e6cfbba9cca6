"""One input of the fuzzing: commands with the files that they read; and what must hold of whatever came of it."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import re
import resource
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.fuzz.ground import GROUND, STANDING
from tests.fuzz.inside import INSIDE
from trigger_studio.app.main import _painter
from trigger_studio.cli.main import main

MOST_S = 10.0
MOST_BYTES = 500 * 2**20
CORPUS = Path(__file__).parent / "corpus"
IDLE = ("engine", "--until-idle", "--farm", "simulated", "--json")
HERE, DB = "{here}", "{db}"
"""Stand in arguments for the case's own folder, and for its database."""


class Overtime(BaseException):
    """A command ran longer than it may; no `except Exception` keeps it from ending."""


@dataclass(frozen=True)
class Case:
    """Commands, one after another, on one database.

    Attributes:
        door: which door it tries.
        commands: their arguments.
        files: what stands in the case's folder, by name.
        stdin: what standard input holds.
    """

    door: str
    commands: tuple[tuple[str, ...], ...]
    files: dict[str, bytes] = field(default_factory=dict)
    stdin: bytes = b""

    def dump(self) -> str:
        """As it is kept in the corpus."""
        files = {name: base64.b64encode(content).decode() for name, content in self.files.items()}
        stdin = base64.b64encode(self.stdin).decode()
        content = {"door": self.door, "commands": self.commands, "files": files, "stdin": stdin}
        return json.dumps(content, indent=1, ensure_ascii=True, sort_keys=True) + "\n"

    @staticmethod
    def load(text: str) -> Case:
        read = json.loads(text)
        files = {name: base64.b64decode(content) for name, content in read["files"].items()}
        commands = tuple(tuple(command) for command in read["commands"])
        return Case(read["door"], commands, files, base64.b64decode(read["stdin"]))

    def keep(self, folder: Path = CORPUS) -> Path:
        """Put it into the corpus."""
        text = self.dump()
        path = folder / f"{self.door}-{hashlib.sha256(text.encode()).hexdigest()[:12]}.json"
        path.write_text(text, encoding="utf-8")
        return path


class Grounds:
    """Where cases are run: each on a fresh database in a folder of its own.

    Args:
        template: an SQLite file with the schema.
        folder: to be filled and emptied.
    """

    def __init__(self, template: Path, folder: Path) -> None:
        self._template, self._folder = template, folder

    def _standing_template(self) -> Path:
        """A database in which what most cases begin with has been done already, once for all of them."""
        made = self._folder / "standing.db"
        if not made.exists():
            shutil.copy(self._template, made)
            for name, content in GROUND.items():
                (self._folder / name).write_bytes(content)
            for command in STANDING:
                arguments = [word.replace(HERE, str(self._folder)) for word in command]
                assert _run([*arguments, "--db", f"sqlite:///{made}"], b"", self._folder) == (0, [])
        return made

    def run(self, case: Case) -> list[str]:
        """Run the commands in this process. Returns what must not be, one line each."""
        here = self._folder / "here"
        shutil.rmtree(here, ignore_errors=True)
        here.mkdir(parents=True)
        begun = case.commands[: len(STANDING)] == STANDING
        shutil.copy(self._standing_template() if begun else self._template, here / "studio.db")
        for name, content in case.files.items():
            (here / name).write_bytes(content)
        wrong: list[str] = []
        accepted = False
        for command in case.commands[len(STANDING) if begun else 0 :]:
            if command[0] in INSIDE:
                wrong += [f"{command[0]}: {fault}" for fault in _call(INSIDE[command[0]], here / command[1])]
                continue
            arguments = [word.replace(HERE, str(here)).replace(DB, f"sqlite:///{here}/studio.db") for word in command]
            if "--db" not in command:
                arguments += ["--db", f"sqlite:///{here}/studio.db"]
            code, faults = _run(arguments, case.stdin, here)
            wrong += [f"{' '.join(command[:2])}: {fault}" for fault in faults]
            accepted = accepted or (code == 0 and command[0] in ("emit", "rules", "pipeline"))
        if accepted and not wrong:
            wrong += self._undecided(here)
        return wrong

    def _undecided(self, here: Path) -> list[str]:
        """What an engine left undecided."""
        import sqlite3

        code, faults = _run([*IDLE, "--db", f"sqlite:///{here}/studio.db"], b"", here)
        if code != 0 or faults:
            return [f"the engine: exit {code}: {'; '.join(faults)}"]
        database = sqlite3.connect(here / "studio.db")
        (left,) = database.execute("SELECT count(*) FROM bus").fetchone()
        database.close()
        return [f"a lane stands still: {left} events undecided"] if left else []


def _run(arguments: list[str], stdin: bytes, here: Path) -> tuple[int, list[str]]:
    """One command. Returns its exit status, and what must not be."""
    faults: list[str] = []
    log = here / "state" / "trigger-studio" / "errors.log"
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.monotonic()
    code = -1
    with _streams(stdin) as (out, err), _at_most(MOST_S):
        os.environ["XDG_STATE_HOME"] = str(here / "state")
        try:
            code = main(arguments, painter=_painter)
        except Overtime:
            faults.append(f"takes over {MOST_S:g} s")
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    told = (out.buffer.getvalue() + err.buffer.getvalue()).decode("utf-8", "replace")
    if code not in (0, 1, 2) and not faults:
        faults.append(f"exit {code}: {_last(log) or told[-200:]}")
    if "Traceback (most recent call last)" in told:
        faults.append("a traceback reaches a person")
    if grown > MOST_BYTES:
        faults.append(f"takes {grown >> 20} MiB")
    if time.monotonic() - began > MOST_S and not faults:
        faults.append(f"takes over {MOST_S:g} s")
    return code, faults


def _call(door: Callable[[Path], None], file: Path) -> list[str]:
    """A door that no command leads through. Returns what must not be."""
    try:
        with _at_most(MOST_S):
            door(file)
    except Overtime:
        return [f"takes over {MOST_S:g} s"]
    except Exception as error:  # noqa: BLE001 - whatever comes is what is looked for
        at = traceback.extract_tb(error.__traceback__)[-1]
        return [f"{type(error).__name__}: {str(error)[:150]} at {Path(at.filename).name}:{at.lineno}"]
    return []


def _last(log: Path) -> str:
    """Where and how the last fault of ours happened."""
    if not log.exists():
        return ""
    text = log.read_text(encoding="utf-8").strip()
    places = re.findall(r'File "[^"]*?(trigger_studio/[^"]+)", line (\d+)', text)
    place = ":".join(places[-1]) if places else "?"
    return f"{text.splitlines()[-1][:200]} at {place}"


class _Stream(io.TextIOWrapper):
    """Text over bytes in memory, like a standard stream; what is closed can still be read."""

    buffer: Any

    def close(self) -> None:
        self.flush()


@contextmanager
def _streams(stdin: bytes) -> Iterator[tuple[_Stream, _Stream]]:
    kept = sys.stdin, sys.stdout, sys.stderr
    out, err = (_Stream(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    sys.stdin, sys.stdout, sys.stderr = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"), out, err
    try:
        yield out, err
    finally:
        sys.stdin, sys.stdout, sys.stderr = kept


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    def ring(*_: object) -> None:
        raise Overtime

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds + 2)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
