"""The compiled rules that engines keep while nothing changes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import lru_cache

import sqlalchemy as sa

from trigger_studio.decide.rules import CompiledRule, Published, RuleSet, compile_rule
from trigger_studio.model.profile import Profile
from trigger_studio.model.rule import Rule
from trigger_studio.storage import bulk, in_force, limits, tables
from trigger_studio.storage.damage import reading
from trigger_studio.storage.rules import document_text, heads


class RuleCache:
    """The rules, read again when their version has changed. Safe to share between threads.

    Args:
        default: gives the profile where none is stored.
    """

    def __init__(self, default: Callable[[], Profile]) -> None:
        self._default = default
        self._lock = threading.Lock()
        self._version = -1
        self._rules: RuleSet
        self._approvals: frozenset[tuple[str, str]] = frozenset()
        self._old = lru_cache(maxsize=1024)(self._compile_old)

    def get(self, connection: sa.Connection) -> RuleSet:
        """The rules as this transaction sees them."""
        return self.at(connection, in_force.version(connection))[0]

    def at(self, connection: sa.Connection, now: int) -> tuple[RuleSet, frozenset[tuple[str, str]]]:
        """The rules, and the approvals, of the version that this transaction has just read."""
        with self._lock:
            if now != self._version:
                self._old.cache_clear()
                current, bounds = in_force.profile(connection) or self._default(), limits.read(connection)
                found, broken = heads(connection)
                self._rules = RuleSet(found, current, bounds, broken)
                self._approvals = frozenset(in_force.approved(connection))
                self._version = now
            return self._rules, self._approvals

    def revision(self, connection: sa.Connection, rule_id: str, revision: int) -> CompiledRule:
        """A rule as it stood at an earlier revision. Raises Damaged: its text is broken, or gone."""
        if self._version < 0:
            self.get(connection)
        with reading(tables.trigger_revisions.name, f"{rule_id}, {revision}"):
            try:
                text = document_text(connection, rule_id, revision)
            except sa.exc.DBAPIError as error:
                if not bulk.is_sqlite(connection):
                    raise
                raise ValueError(str(error.orig)) from error
            return self._old(text, revision)

    def _compile_old(self, text: str, revision: int) -> CompiledRule:
        return compile_rule(Published(Rule.model_validate_json(text), revision), self._rules.profile)
