"""What webhooks may reach: an admin's setting for everyone who shares the database."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from trigger_studio.errors import BadInput, Fault
from trigger_studio.execution.egress import (
    SETTING,
    EgressPolicy,
    host_pattern,
    network,
    of_setting,
    read,
    to_setting,
)
from trigger_studio.services.session import Session
from trigger_studio.storage import settings
from trigger_studio.storage.database import Connection


def show(session: Session) -> EgressPolicy:
    """What may be called now."""
    return read(session.database)


def allow(session: Session, hosts: Sequence[str], networks: Sequence[str]) -> EgressPolicy:
    """Add hosts and networks; those that stand already stay as they are.

    Raises:
        BadInput: one cannot be read; nothing was changed.
    """
    new = _typed(hosts, networks)
    with session.audited("outside allow", SETTING, **to_setting(new)) as connection:
        old = _standing(connection)
        merged = EgressPolicy(_sorted({*old.hosts, *new.hosts}), _sorted({*old.networks, *new.networks}))
        return _put(session, connection, merged)


def forbid(session: Session, hosts: Sequence[str], networks: Sequence[str]) -> EgressPolicy:
    """Take hosts and networks out again.

    Raises:
        BadInput: one cannot be read, or does not stand there; nothing was changed.
    """
    gone = _typed(hosts, networks)
    with session.audited("outside forbid", SETTING, **to_setting(gone)) as connection:
        old = _standing(connection)
        faults = [
            Fault(option, f"'{item}' does not stand there; standing: {', '.join(standing) or 'nothing'}")
            for option, items, standing in (
                ("--host", gone.hosts, old.hosts),
                ("--network", gone.networks, old.networks),
            )
            for item in items
            if item not in standing
        ]
        if faults:
            raise BadInput(faults)
        left = EgressPolicy(_sorted({*old.hosts} - {*gone.hosts}), _sorted({*old.networks} - {*gone.networks}))
        return _put(session, connection, left)


def _typed(hosts: Sequence[str], networks: Sequence[str]) -> EgressPolicy:
    faults: list[Fault] = []
    typed = EgressPolicy(_read("--host", hosts, host_pattern, faults), _read("--network", networks, network, faults))
    if typed == EgressPolicy() and not faults:
        faults.append(Fault("", "name at least one --host or --network"))
    if faults:
        raise BadInput(faults)
    return typed


def _read(option: str, texts: Sequence[str], normal: Callable[[str], str], faults: list[Fault]) -> tuple[str, ...]:
    found = []
    for text in texts:
        try:
            found.append(normal(text))
        except ValueError as error:
            faults.append(Fault(option, str(error)))
    return tuple(found)


def _standing(connection: Connection) -> EgressPolicy:
    return of_setting(settings.get(connection, SETTING))


def _put(session: Session, connection: Connection, outside: EgressPolicy) -> EgressPolicy:
    settings.put(connection, SETTING, to_setting(outside), at=session.now(), by=session.actor)
    return outside


def _sorted(items: set[str]) -> tuple[str, ...]:
    return tuple(sorted(items))
