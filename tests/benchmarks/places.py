"""Where benchmarks run: durable databases, started at first use and gone afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support.postgres import APP, Cluster, Database
from trigger_studio.execution import workflows
from trigger_studio.storage import database as storage
from trigger_studio.storage import schema


class Places:
    """Hands out empty databases whose commits wait for the disk.

    Args:
        long: whether what takes long may be measured in full.
    """

    def __init__(self, *, long: bool = False) -> None:
        self.long = long
        self._cluster: Cluster | None = None

    @contextmanager
    def sqlite(self) -> Iterator[str]:
        """The URL of a database file that does not exist yet."""
        with TemporaryDirectory(prefix="ts-bench-") as folder:
            yield f"sqlite:///{Path(folder) / 'studio.db'}"

    @contextmanager
    def postgres(self) -> Iterator[Database]:
        """An empty database on a server of our own."""
        self._cluster = self._cluster or Cluster(durable=True)
        database = self._cluster.create()
        try:
            yield database
        finally:
            self._cluster.drop(database)

    @contextmanager
    def postgres_with_schema(self) -> Iterator[str]:
        """The URL, for the program's role, of a database whose tables another role made and owns."""
        with self.postgres() as database:
            opened = storage.Database(database.owner_url)
            schema.upgrade(opened)
            opened.close()
            workflows.prepare(database.owner_url, APP)
            yield database.url

    def close(self) -> None:
        if self._cluster is not None:
            self._cluster.stop()
