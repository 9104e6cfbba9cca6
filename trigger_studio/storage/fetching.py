"""Runs a statement in a transaction, whoever opened it: a session, or an emergency halt by the bare driver.

What is read and written by it alone loads no SQLAlchemy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlalchemy as sa

Fetch = Callable[[str, Mapping[str, Any]], list[tuple[Any, ...]]]
"""Runs a statement with ``:name`` parameters, and returns its rows."""


def fetcher(connection: sa.Connection) -> Fetch:
    """Reads and writes in a session's transaction."""
    from trigger_studio.storage import bulk

    return partial(bulk.fetch, connection)
