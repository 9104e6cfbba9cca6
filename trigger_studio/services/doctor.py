"""What a person would look at when something seems wrong, each with what to do about it.

The checks need no session: they say what is wrong with a database that cannot be opened, and touch nothing.
"""

from __future__ import annotations

from pathlib import Path

from trigger_studio.services.findings import FILE_URL, Finding


def examine(url: str) -> list[Finding]:
    """Check the machine, the database, and what the pipeline needs from the world. Blocks; changes nothing.

    Raises:
        BadInput: `url` is no database's.
    """
    from trigger_studio.services import doctor_database, doctor_machine

    file = Path(url.removeprefix(FILE_URL)) if url.startswith(FILE_URL) else None
    return [*doctor_machine.findings(file), *doctor_database.findings(url, file)]
