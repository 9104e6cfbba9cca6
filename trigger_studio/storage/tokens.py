"""The store of tokens: hashes only."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from trigger_studio.frozen import frozen
from trigger_studio.storage.api_tables import tokens

_C = tokens.c


@frozen
class Token:
    """What is known of a token; times are seconds since the epoch.

    Attributes:
        project: the only one that it is good for; None for every project.
        used_at: when it was used last, to the minute.
    """

    name: str
    role: str
    project: str | None
    created_at: float
    created_by: str
    expires_at: float | None = None
    revoked_at: float | None = None
    used_at: float | None = None

    def stands(self, now_s: float) -> bool:
        """Whether it lets anybody in."""
        return self.revoked_at is None and (self.expires_at is None or now_s < self.expires_at)


_COLUMNS = (
    _C.name, _C.role, _C.project, _C.created_at, _C.created_by, _C.expires_at, _C.revoked_at, _C.used_at,
)  # fmt: skip


def add(connection: sa.Connection, token: Token, hash_: str) -> bool:
    """Store a token, unless one of that name is in force. Returns whether it was stored."""
    standing = sa.select(_C.id).where(_C.name == token.name, _C.revoked_at.is_(None))
    standing = standing.where(sa.or_(_C.expires_at.is_(None), _C.expires_at > token.created_at))
    if connection.execute(standing).first() is not None:
        return False
    values = {column.name: getattr(token, column.name) for column in _COLUMNS}
    connection.execute(sa.insert(tokens).values(hash=hash_, **values))
    return True


def find(connection: sa.Connection, hash_: str) -> Token | None:
    """The token of that hash, whether it stands or not."""
    row = connection.execute(sa.select(*_COLUMNS).where(_C.hash == hash_)).one_or_none()
    return None if row is None else Token(*row)


def read(connection: sa.Connection) -> list[Token]:
    """Every token, in the order in which they were made."""
    return [Token(*row) for row in connection.execute(sa.select(*_COLUMNS).order_by(_C.id))]


def revoke(connection: sa.Connection, name: str, at: float) -> int:
    """Revoke the token of that name. Returns how many that were."""
    return connection.execute(
        sa.update(tokens).where(_C.name == name, _C.revoked_at.is_(None)).values(revoked_at=at)
    ).rowcount


def note_use(connection: sa.Connection, used: Mapping[str, float]) -> None:
    """Remember when tokens were used last, by hash."""
    for hash_, at in used.items():
        connection.execute(sa.update(tokens).where(_C.hash == hash_).values(used_at=at))
