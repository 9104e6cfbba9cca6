"""The store of halts: which stand, and how one is set and lifted. It loads nothing that stopping does not need."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from trigger_studio.decide.halts import Scope, halted
from trigger_studio.engine.state import ACTOR
from trigger_studio.frozen import frozen
from trigger_studio.storage.fetching import Fetch
from trigger_studio.storage.locks import HALT_LOCK

if TYPE_CHECKING:
    from trigger_studio.model.rule import Rule

STANDS: Final = "lifted_at IS NULL"
"""Whether a row of `halts` is in force."""
SCOPES: Final = f"SELECT scope, target FROM halts WHERE {STANDS}"
"""What is halted: (scope, target), as `decide.halts.halted` takes them."""
_COLUMNS: Final = "id, scope, target, reason, at, set_by"
_STANDING: Final = f"SELECT {_COLUMNS} FROM halts WHERE {STANDS}"
_SET: Final = (
    "INSERT INTO halts (scope, target, reason, at, set_by) VALUES (:scope, :target, :reason, :at, :set_by)"
    f" RETURNING {_COLUMNS}"
)
_LIFT: Final = (
    "UPDATE halts SET lifted_at = :at, lifted_by = :by"
    f" WHERE scope = :scope AND target = :target AND {STANDS} RETURNING id"
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


def standing(fetch: Fetch) -> list[Halt]:
    """The halts that stand, oldest first."""
    return [Halt(*row) for row in fetch(f"{_STANDING} ORDER BY id", {})]


def scopes(fetch: Fetch) -> frozenset[tuple[str, str]]:
    """(scope, target) of the halts that stand."""
    return frozenset((scope, target) for scope, target in fetch(SCOPES, {}))


def exclude_starts(fetch: Fetch, *, sqlite: bool) -> None:
    """Wait for the decisions under way, and let none begin before this commits; SQLite has one writer anyway."""
    if not sqlite:
        fetch(f"SELECT pg_advisory_xact_lock({HALT_LOCK}, 0)", {})


def put(fetch: Fetch, scope: Scope, target: str, reason: str, *, at: float, by: str) -> Halt:
    """Set a halt, in a transaction that excludes starts, and note it; one that stands already is left as it is.

    Args:
        fetch: reads and writes the database.
        at: now, seconds since the epoch.
        by: who halts.
    """
    values: dict[str, Any] = {"scope": scope, "target": target, "reason": reason, "at": at, "set_by": by}
    note = {
        "subject": f"{scope} {target}".strip(),
        "data": json.dumps({"reason": reason}, ensure_ascii=False, separators=(",", ":")),
    }
    fetch(_NOTE, {"at": at, "set_by": by, **note})
    found = fetch(f"{_STANDING} AND scope = :scope AND target = :target", {"scope": scope, "target": target})
    return Halt(*(found or fetch(_SET, values))[0])


def lift(fetch: Fetch, scope: Scope, target: str, *, at: float, by: str) -> int:
    """Lift the halts of this very scope. Returns how many stood."""
    return len(fetch(_LIFT, {"scope": scope, "target": target, "at": at, "by": by}))
