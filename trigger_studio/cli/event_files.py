"""The files of ``emit``, read twice: first for their faults, then to be stored; few events are held at once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO, cast

from trigger_studio.cli import output
from trigger_studio.errors import BadInput, Fault
from trigger_studio.model.event_codec import read_events
from trigger_studio.model.profile import Profile
from trigger_studio.services.bus import WHOLE, Given

STDIN = Path("-")
TELL_EVERY = 5_000
IN_MEMORY = 1 << 20
"""Bytes of a stream that are kept in memory; what is longer goes to a temporary file."""


class EventFiles:
    """The events of several files, one after another.

    A stream that can be read only once (standard input, a pipe) is copied to a temporary file by the first reading.

    Args:
        files: `STDIN` is standard input.
        profile: whose kinds and attributes the events use.
    """

    def __init__(self, files: list[Path], profile: Profile) -> None:
        self._profile = profile
        self._files = files
        self._open = ExitStack()
        self._streams: list[tuple[str, IO[bytes]]] = []
        self._kept: list[Given] = []
        self.count = 0

    def __enter__(self) -> EventFiles:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def check(self, tell: output.Tell) -> None:
        """Read all of them for the first time.

        Raises:
            BadInput: with the faults of all files, or one cannot be read.
        """
        faults: list[Fault] = []
        size = sum(file.stat().st_size for file in self._files if file.is_file())
        for file in self._files:
            name = "standard input" if file == STDIN else str(file)
            try:
                self._check(name, file, lambda done: tell(done, size))
            except BadInput as error:
                faults += error.faults
        if faults:
            raise BadInput(faults)

    def _check(self, name: str, file: Path, tell: Callable[[int], None]) -> None:
        stream = self._opened(file)
        if file.is_file():
            self._streams.append((name, stream))
        else:
            copy = cast(IO[bytes], self._open.enter_context(SpooledTemporaryFile(IN_MEMORY)))  # noqa: SIM115 - closed with the rest
            self._streams.append((name, copy))
            stream = cast(BinaryIO, _Copied(stream, copy))
        for given in self._events(name, stream):
            self.count += 1
            if self.count <= WHOLE:
                self._kept.append(given)
            elif self.count % TELL_EVERY == 0 and file.is_file():
                tell(stream.tell())

    def _events(self, name: str, stream: IO[bytes]) -> Iterator[Given]:
        for number, event in read_events(cast(BinaryIO, stream), self._profile, name):
            yield f"{name}: line {number}", event

    def _opened(self, file: Path) -> IO[bytes]:
        if file == STDIN:
            return sys.stdin.buffer
        try:
            return self._open.enter_context(file.open("rb"))
        except OSError as error:
            raise BadInput(f"cannot read {file}: {error.strerror}") from None

    def read(self, tell: output.Tell) -> Iterator[Given]:
        """The events, each with its place in words, after `check`.

        Raises:
            BadInput: a file was changed meanwhile, and is faulty now.
        """
        if self.count <= WHOLE:
            yield from self._kept
            return
        self._kept.clear()
        done = 0
        for name, stream in self._streams:
            stream.seek(0)
            for given in self._events(name, stream):
                yield given
                done += 1
                if done % TELL_EVERY == 0:
                    tell(done, self.count)


class _Copied:
    """A stream whose lines are written to a copy as they are read."""

    def __init__(self, stream: IO[bytes], copy: IO[bytes]) -> None:
        self._stream = stream
        self._copy = copy

    def readline(self, limit: int) -> bytes:
        line = self._stream.readline(limit)
        self._copy.write(line)
        return line
