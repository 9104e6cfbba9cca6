"""Who runs, what an admin and a person set, and what ended long ago."""

from __future__ import annotations

import sqlalchemy as sa

from trigger_studio.storage.columns import Int, Real, Text, metadata
from trigger_studio.storage.columns import column as _column

archive = sa.Table(  # rows of chains that ended long ago, see storage/archive.py
    "archive", metadata,
    _column("kind", Text, key=True),  # the table that the row was in
    _column("id", Text, key=True),
    _column("chain", Text),
    _column("content_hash", Text, null=True),  # of an event: sent again it is a duplicate
    _column("at", Real),
    _column("row_json", Text),
    sa.Index(None, "chain"),
)  # fmt: skip

settings = sa.Table(  # what an admin sets for everyone
    "settings", metadata,
    _column("name", Text, key=True),
    _column("value_json", Text),
    _column("at", Real),
    _column("set_by", Text),
)  # fmt: skip

preferences = sa.Table(  # how a person likes to look at things
    "preferences", metadata,
    _column("owner", Text, key=True),
    _column("name", Text, key=True),
    _column("value_json", Text),
)  # fmt: skip

engines = sa.Table(  # who is running
    "engines", metadata,
    _column("id", Text, key=True),
    _column("host", Text),
    _column("version", Text),
    _column("started_at", Real),
    _column("seen_at", Real),  # the heartbeat
    _column("lag_s", Real),
    _column("faults", Int, null=True),  # of the program itself, since its start
    _column("last_fault", Text, null=True),
    _column("fault_at", Real, null=True),
)  # fmt: skip
