"""What joins look at, where there is much of it; see storage/joins.py."""

from __future__ import annotations

import sqlalchemy as sa

from trigger_studio.storage.columns import Big, Text, metadata
from trigger_studio.storage.columns import column as _column

join_groups = sa.Table(  # the entities of a kind under one parent
    "join_groups", metadata,
    _column("kind", Text, key=True),
    _column("of", Text, key=True),  # project, character
    _column("parent", Text, key=True),
    _column("id", Text),
    _column("plan", Text),  # which filters are kept below, under which profile
    sqlite_with_rowid=False,
)  # fmt: skip

join_counts = sa.Table(  # how many that pass a filter have which status
    "join_counts", metadata,
    _column("group_id", Text, key=True),
    _column("filter", Text, key=True),
    _column("state", Text, key=True),  # the status, or what stands for a long one
    _column("status", Text),
    _column("members", Big),
    _column("print_a", Big),  # with the next the fingerprint of the set of (member, its last real change)
    _column("print_b", Big),
    sqlite_with_rowid=False,
)  # fmt: skip

join_members = sa.Table(  # those that pass a filter
    "join_members", metadata,
    _column("group_id", Text, key=True),
    _column("filter", Text, key=True),
    _column("id", Text, key=True),
    sqlite_with_rowid=False,
)  # fmt: skip

coverings = sa.Table(  # fingerprints of the completions that a firing is known to cover
    "coverings", metadata,
    _column("rule_id", Text, key=True),
    _column("parent_kind", Text, key=True),
    _column("parent_id", Text, key=True),
    sa.Column("print_a", Big, primary_key=True, autoincrement=False),
    sa.Column("print_b", Big, primary_key=True, autoincrement=False),
    _column("firing_id", Text),
    sa.Index(None, "firing_id"),
    sqlite_with_rowid=False,
)  # fmt: skip
