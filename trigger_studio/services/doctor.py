"""What a person would look at when something seems wrong, each with what to do about it.

The checks need no session: they say what is wrong with a database that cannot be opened, and touch nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from trigger_studio.frozen import frozen

FILE_URL = "sqlite:///"

State = Literal["ok", "wrong", "skipped"]


@frozen
class Finding:
    """What one check found.

    Attributes:
        check: its name; stable, for machines.
        says: one sentence.
        do: what to do about it, empty where nothing is wrong.
    """

    check: str
    state: State
    says: str
    do: str = ""


def ok(check: str, says: str) -> Finding:
    """A check that found nothing wrong."""
    return Finding(check, "ok", says)


def wrong(check: str, says: str, do: str) -> Finding:
    """A check that found something, and what to do about it."""
    return Finding(check, "wrong", says, do)


def examine(url: str) -> list[Finding]:
    """Check the machine, the database, and what the pipeline needs from the world. Blocks; changes nothing.

    Raises:
        BadInput: `url` is no database's.
    """
    from trigger_studio.services import doctor_database, doctor_machine

    file = Path(url.removeprefix(FILE_URL)) if url.startswith(FILE_URL) else None
    return [*doctor_machine.findings(file), *doctor_database.findings(url, file)]
