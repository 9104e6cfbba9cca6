"""Tokens: made, shown once, listed, revoked, and what somebody who shows one is."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from trigger_studio.engine.clock import timestamp
from trigger_studio.errors import BadInput, Fault, NotFound, Refused, allowed
from trigger_studio.frozen import frozen
from trigger_studio.model.actor import Actor, Role
from trigger_studio.model.duration import seconds
from trigger_studio.model.event import MAX_ID
from trigger_studio.services.session import Session
from trigger_studio.storage import known
from trigger_studio.storage import tokens as store
from trigger_studio.storage.fetching import fetcher
from trigger_studio.storage.tokens import Token

PREFIX = "tss_"
"""How a token begins, so that whoever searches texts for secrets finds it."""
_BYTES = 32


@frozen
class Made:
    """A new token. `secret` is what its bearer shows; it is kept nowhere."""

    token: Token
    secret: str


def add(session: Session, name: str, role: str, *, project: str | None = None, expires: str | None = None) -> Made:
    """Make a token.

    Args:
        name: what the audit trail will say.
        role: one of `Role`.
        project: the only one that it is good for.
        expires: in what time, such as ``90d``.

    Raises:
        BadInput: an empty name, an unknown role, no duration.
        NotFound: no such project.
        Refused: a token of that name stands.
    """
    now = session.now()
    faults, lasts_s = _faults(name, role, expires)
    if faults:
        raise BadInput(faults)
    if project is not None:
        with session.database.read() as connection:
            known.check(fetcher(connection), "project", project)
    secret = PREFIX + secrets.token_urlsafe(_BYTES)
    token = Token(name, role, project, now, session.actor, None if lasts_s is None else now + lasts_s)
    with session.audited("token add", name, role=role, project=project, expires_at=token.expires_at) as connection:
        if not store.add(connection, token, digest(secret)):
            raise Refused(f"a token named '{name}' stands; revoke it first, or choose another name")
    return Made(token, secret)


def _faults(name: str, role: str, expires: str | None) -> tuple[list[Fault], float | None]:
    faults, lasts_s = [], None
    if not name.strip() or len(name) > MAX_ID or not name.isprintable():
        faults.append(Fault("name", f"a name of 1 to {MAX_ID} printable characters is needed"))
    if role not in list(Role):
        faults.append(Fault("role", f"unknown role '{role}'; {allowed(Role, role)}"))
    if expires is not None:
        try:
            lasts_s = seconds(expires)
        except ValueError as error:
            faults.append(Fault("expires", error.args[0]))
    return faults, lasts_s


def digest(secret: str) -> str:
    """What is kept of a token: 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def bearer(session: Session, hash_: str) -> tuple[Actor, Token] | None:
    """Whoever shows the token of that hash; None if it is unknown, revoked or expired."""
    with session.database.read() as connection:
        token = store.find(connection, hash_)
    if token is None or not token.stands(session.now()):
        return None
    return Actor(token.name, Role(token.role), token.project), token


def read(session: Session) -> list[Token]:
    """Every token, also those that stand no more, in the order in which they were made."""
    with session.database.read() as connection:
        return store.read(connection)


def revoke(session: Session, name: str) -> None:
    """Revoke a token; servers heed it within a second. Raises NotFound."""
    with session.audited("token revoke", name) as connection:
        if not store.revoke(connection, name, session.now()):
            names = [token.name for token in store.read(connection) if token.revoked_at is None]
            raise NotFound(f"there is no token '{name}'; {allowed(names, name)}")


def note_use(session: Session, used: dict[str, float]) -> None:
    """Remember when tokens were used last, by hash."""
    with session.database.write() as connection:
        store.note_use(connection, used)


def document(token: Token, now_s: float) -> dict[str, Any]:
    """A token for `--json`; never with what its bearer shows."""
    times = {"created_at": token.created_at, "expires_at": token.expires_at, "used_at": token.used_at}
    state = "revoked" if token.revoked_at is not None else "valid" if token.stands(now_s) else "expired"
    return {
        "name": token.name,
        "role": token.role,
        "project": token.project,
        "state": state,
        "created_by": token.created_by,
        **{name: None if at is None else timestamp(at) for name, at in times.items()},
    }
