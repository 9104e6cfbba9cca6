"""Files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from trigger_studio.errors import Unavailable, reason, said


def write_whole(path: Path, content: bytes) -> None:
    """Put a file in its place once all of it is on the disk.

    Raises:
        Unavailable: the file cannot be written; what it held is still there.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise Unavailable(said("cannot write {0}: {1}", path, reason(error))) from error
