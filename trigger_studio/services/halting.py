"""How a halt is set. It loads nothing that stopping does not need, and speaks to a session or a bare driver."""

from __future__ import annotations

import time

from trigger_studio.decide.halts import Scope
from trigger_studio.errors import BadInput, Message
from trigger_studio.storage import halts, known
from trigger_studio.storage.fetching import Fetch
from trigger_studio.storage.halts import Halt


def check(fetch: Fetch, scope: Scope, target: str, reason: str, *, force: bool) -> None:
    """Refuse a halt that would stop nothing.

    Args:
        fetch: reads the database.
        force: take a project or rule that is not known; a chain always has to be.

    Raises:
        BadInput: no reason, or no target.
        NotFound: no such project, rule or chain.
    """
    if not reason.strip():
        raise BadInput(Message("a halt needs a reason, for whoever finds it standing"))
    if not force or scope == "chain" or not target:
        known.check(fetch, scope, target)


def put(fetch: Fetch, scope: Scope, target: str, reason: str, *, by: str, sqlite: bool) -> Halt:
    """Set a halt, in a transaction that writes; one that stands already is left as it is.

    Args:
        fetch: reads and writes the database.
        by: who halts.
        sqlite: whether the database is SQLite; else it is PostgreSQL.
    """
    at = time.time()
    halts.exclude_starts(fetch, sqlite=sqlite)
    return halts.put(fetch, scope, target, reason, at=at, by=by)
