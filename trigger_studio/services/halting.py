"""Halts, and how one is set. It loads nothing that stopping does not need, and speaks to a session or a bare driver."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any, Final

from trigger_studio.decide.halts import Scope, halted
from trigger_studio.engine.state import ACTOR
from trigger_studio.errors import BadInput, Message
from trigger_studio.frozen import frozen
from trigger_studio.services import known
from trigger_studio.services.known import Fetch
from trigger_studio.storage.locks import HALT_LOCK

if TYPE_CHECKING:
    from trigger_studio.model.rule import Rule

_COLUMNS: Final = "id, scope, target, reason, at, set_by"
_STANDING: Final = f"SELECT {_COLUMNS} FROM halts WHERE lifted_at IS NULL"
_SET: Final = (
    "INSERT INTO halts (scope, target, reason, at, set_by) VALUES (:scope, :target, :reason, :at, :set_by)"
    f" RETURNING {_COLUMNS}"
)
_NOTE: Final = (
    "INSERT INTO audit (at, actor, verb, subject, data_json)"
    " VALUES (:at, :set_by, 'halt', :subject, :data) RETURNING id"
)


@frozen
class Halt:
    """A standing halt. `target`: id of the project, rule or chain, empty for everything."""

    id: int
    scope: str
    target: str
    reason: str
    at: float
    set_by: str

    def covers(self, rule: Rule) -> bool:
        """Whether it stops the rule, in whatever chain."""
        return halted({(self.scope, self.target)}, rule.project, rule.id, "")

    @property
    def by_itself(self) -> bool:
        """Whether no person set it: a rule paused itself for its failures."""
        return self.set_by == ACTOR

    @property
    def label(self) -> str:
        """What is halted, in words."""
        return "everything" if self.scope == "all" else f"{self.scope} {self.target}"


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


def standing(fetch: Fetch) -> list[Halt]:
    """The halts that stand, oldest first."""
    return [Halt(*row) for row in fetch(f"{_STANDING} ORDER BY id", {})]


def exclude_starts(fetch: Fetch, *, sqlite: bool) -> None:
    """Wait for the decisions under way, and let none begin before this commits; SQLite has one writer anyway."""
    if not sqlite:
        fetch(f"SELECT pg_advisory_xact_lock({HALT_LOCK}, 0)", {})


def put(fetch: Fetch, scope: Scope, target: str, reason: str, *, by: str, sqlite: bool) -> Halt:
    """Set a halt, in a transaction that writes; one that stands already is left as it is.

    Args:
        fetch: reads and writes the database.
        by: who halts.
        sqlite: whether the database is SQLite; else it is PostgreSQL.
    """
    values: dict[str, Any] = {"scope": scope, "target": target, "reason": reason, "at": time.time(), "set_by": by}
    exclude_starts(fetch, sqlite=sqlite)
    note = {"subject": f"{scope} {target}".strip(), "data": json.dumps({"reason": reason}, ensure_ascii=False)}
    fetch(_NOTE, {"at": values["at"], "set_by": by, **note})
    found = fetch(f"{_STANDING} AND scope = :scope AND target = :target", {"scope": scope, "target": target})
    return Halt(*(found or fetch(_SET, values))[0])
