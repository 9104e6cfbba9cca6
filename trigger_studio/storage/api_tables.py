"""The tables of the REST API: who may come in, and which requests were carried out already."""

from __future__ import annotations

import sqlalchemy as sa

from trigger_studio.storage.columns import Int, Real, Text, metadata, serial
from trigger_studio.storage.columns import column as _column

tokens = sa.Table(
    "tokens", metadata,
    serial("id"),
    _column("name", Text),  # as the audit trail has it; of those in force each has another
    _column("hash", Text),  # SHA-256 of the token, which is shown once and kept nowhere
    _column("role", Text),
    _column("project", Text, null=True),  # the only one that it is good for
    _column("created_at", Real),
    _column("created_by", Text),
    _column("expires_at", Real, null=True),
    _column("revoked_at", Real, null=True),
    _column("used_at", Real, null=True),  # to the minute
    sa.UniqueConstraint("hash"),
)  # fmt: skip

request_keys = sa.Table(  # an `Idempotency-Key`, and what was answered
    "request_keys", metadata,
    _column("owner", Text, key=True),
    _column("key", Text, key=True),
    _column("fingerprint", Text),  # SHA-256 of the request that came with it
    _column("at", Real),
    _column("status", Int, null=True),  # null while the request is carried out, which nobody else sees
    _column("headers_json", Text, null=True),
    _column("body", Text, null=True),
    sa.Index(None, "at"),
)  # fmt: skip
