"""What the machine allows: bare durable commits of one row by one client, with nothing of ours in between."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import lru_cache
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psycopg

from tests.benchmarks.figures import Figure, rate, rounds
from tests.benchmarks.places import Places

_TABLE = "CREATE TABLE probe (id bigint PRIMARY KEY, body text)"
_BODY = "x" * 200


def benchmark(places: Places) -> list[Figure]:
    """Durable commits a second on each database."""
    return [
        rate("bare durable commits, SQLite (WAL, synchronous FULL)", _sqlite_rates()),
        rate("bare durable commits, PostgreSQL (fsync on, Unix socket)", _postgres_rates(places)),
    ]


def commits_per_second(places: Places, database: str) -> float:
    """The limit of ``"sqlite"`` or ``"postgres"`` on this machine, measured once in a run."""
    return median(_sqlite_rates() if database == "sqlite" else _postgres_rates(places))


@lru_cache
def _sqlite_rates() -> list[float]:
    with (
        TemporaryDirectory(prefix="ts-bench-") as folder,
        closing(sqlite3.connect(Path(folder) / "probe.db", isolation_level=None)) as connection,
    ):
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(_TABLE)
        ids = count()
        insert = "INSERT INTO probe VALUES (?, ?)"
        return rounds(lambda: connection.execute(insert, (next(ids), _BODY)), per_round=2000)


@lru_cache
def _postgres_rates(places: Places) -> list[float]:
    with places.postgres() as database, psycopg.connect(database.owner_url, autocommit=True) as connection:
        connection.execute(_TABLE)
        ids = count()
        insert = "INSERT INTO probe VALUES (%s, %s)"
        return rounds(lambda: connection.execute(insert, (next(ids), _BODY)), per_round=2000)
