"""An open pipeline: the database, its profile and rules, and who is acting."""

from __future__ import annotations

import contextlib
import copy
import time
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Self

from trigger_studio.errors import BadInput, Damaged, Fault, Message
from trigger_studio.model.actor import Actor
from trigger_studio.model.profile import Profile
from trigger_studio.services import setup
from trigger_studio.services.actors import local_user
from trigger_studio.storage import audit, in_force
from trigger_studio.storage.database import Connection, Database

if TYPE_CHECKING:
    from trigger_studio.decide.rules import CompiledRule, RuleSet
    from trigger_studio.storage.rule_cache import RuleCache


class Session:
    """What every use case takes.

    Args:
        url: of the database; its schema is created if it is empty, but not by a command that only reads.
        profile: puts this profile in force; None takes the stored one, or the default.
        keep_profile: store what is given: the profile, or a schema in an empty database; a command that only reads does
            not.
        actor: who acts; None for the user of this machine, who is admin until roles are set up.
    """

    def __init__(
        self, url: str, *, profile: Profile | None = None, keep_profile: bool = True, actor: str | None = None
    ) -> None:
        self.database = Database(url)
        self.acting = Actor(actor or local_user())
        try:
            setup.ensure(self.database, make=keep_profile)
            self._override = None if keep_profile else profile
            if profile is not None and keep_profile:
                self._put_profile(profile)
        except BaseException:
            self.database.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database's connections."""
        self.database.close()

    @property
    def actor(self) -> str:
        """Who acts, as the audit trail has it."""
        return self.acting.who

    def acting_as(self, actor: Actor, database: Database | None = None) -> Session:
        """The same pipeline for somebody else; it is closed with the one that it was made of.

        Args:
            actor: who acts.
            database: stands in for this session's own, with a transaction that is open (see `OneTransaction`).
        """
        _ = self.cache, self._default  # shared: neither is made more than once
        other = copy.copy(self)
        other.acting = actor
        other.database = database or self.database
        return other

    def now(self) -> float:
        """Seconds since the epoch."""
        return time.time()

    def engine_now(self, connection: Connection) -> float:
        """Seconds since the epoch on the engine's clock, which a virtual clock may have put ahead of this machine's."""
        from trigger_studio.storage.bus import last_at

        return max(self.now(), last_at(connection))

    def rules(self, connection: Connection) -> RuleSet:
        """The compiled rules as this transaction sees them."""
        rules = self.cache.get(connection)
        if self._override is None:
            return rules
        from trigger_studio.decide.rules import RuleSet
        from trigger_studio.storage.rules import heads

        _check_fit(connection, self._override)
        found, broken = heads(connection)
        return RuleSet(found, self._override, rules.limits, broken)

    @cached_property
    def cache(self) -> RuleCache:
        """The rules; most commands never ask for one, and do not wait until what reads them is loaded."""
        from trigger_studio.storage.rule_cache import RuleCache

        return RuleCache(lambda: self._default)

    def revision(self, connection: Connection, rule_id: str, revision: int) -> CompiledRule:
        """A rule as it stood at an earlier revision. Raises Damaged: its text is broken, or gone."""
        return self.cache.revision(connection, rule_id, revision)

    @cached_property
    def _default(self) -> Profile:
        from trigger_studio.model.profiles import load_profile

        return load_profile()

    @property
    def profile(self) -> Profile:
        """The profile in force."""
        with self.database.read() as connection:
            return self.profile_in(connection)

    def profile_in(self, connection: Connection) -> Profile:
        """The profile as this transaction sees it; no rule is compiled for it."""
        return self._override or in_force.profile(connection) or self._default

    @contextlib.contextmanager
    def audited(self, verb: str, subject: str, **data: object) -> Iterator[Connection]:
        """A writing transaction that leaves one entry in the audit trail."""
        with self.database.write() as connection:
            self.note(connection, verb, subject, data)
            yield connection

    def note(self, connection: Connection, verb: str, subject: str, data: dict[str, object]) -> None:
        """One entry in the audit trail, in the transaction that does what it tells."""
        audit.note(connection, verb, subject, data, at=self.now(), by=self.actor)

    def _put_profile(self, profile: Profile) -> None:
        """Store a profile, unless rules that stand, or that firings under way go by, do not fit it."""
        with self.database.read() as connection, contextlib.suppress(Damaged):  # a broken one is replaced
            if in_force.profile(connection) == profile:
                return
        with self.audited("profile", "profile") as connection:
            in_force.put_profile(connection, profile)
            _check_fit(connection, profile)


def _check_fit(connection: Connection, profile: Profile) -> None:
    """Refuse a profile that rules which stand, or that firings under way go by, do not fit."""
    from trigger_studio.model.check import check_rule
    from trigger_studio.storage import rules as rule_store

    standing = [(f"rule {item.rule.id}", item.rule) for item in rule_store.published(connection)]
    standing += [
        (f"rule {item.rule.id}, revision {item.revision}", item.rule) for item in rule_store.under_way(connection)
    ]
    faults = [
        Fault(f"{name}: {fault.path}", fault.message) for name, rule in standing for fault in check_rule(rule, profile)
    ]
    if faults:
        raise BadInput([Fault("profile", Message("rules in this database do not fit it")), *faults])
