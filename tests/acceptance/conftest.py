"""Commands on a database of the test's own."""

from __future__ import annotations

import pytest

from tests.support.cli import Inside


@pytest.fixture
def inside(sqlite_url: str, capsys: pytest.CaptureFixture[str]) -> Inside:
    """Commands in this process, on an SQLite file."""
    return Inside(sqlite_url, capsys)


@pytest.fixture
def inside_both(database_url: str, capsys: pytest.CaptureFixture[str]) -> Inside:
    """Commands in this process, once on each sort of database."""
    return Inside(database_url, capsys)
