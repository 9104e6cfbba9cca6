"""Several reads and writes of a use case as one transaction, which somebody else has opened and will end."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from trigger_studio.storage.database import Database


class OneTransaction(Database):
    """A database whose every transaction is part of one; a part that fails leaves nothing behind.

    Args:
        database: where it is open.
        connection: with the transaction, which may write.
    """

    def __init__(self, database: Database, connection: sa.Connection) -> None:
        self.__dict__.update(database.__dict__)
        self._one = connection

    @contextlib.contextmanager
    def write(self, **_: Any) -> Iterator[sa.Connection]:
        with self.plain_words(), self._one.begin_nested():
            yield self._one

    @contextlib.contextmanager
    def read(self, **_: Any) -> Iterator[sa.Connection]:
        with self.plain_words():
            yield self._one
