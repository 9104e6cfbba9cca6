from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from tests.execution.rows import EXECUTOR, Rows, open_outbox, wait_until
from tests.support.sinks import HttpSink
from trigger_studio.execution.outbox import DbosOutbox


@pytest.fixture(params=["sqlite_url", "postgres_owner_url"])
def url(request: pytest.FixtureRequest) -> str:
    """A database with the schema, whose user may create DBOS's tables too."""
    return str(request.getfixturevalue(request.param))


@pytest.fixture
def rows(url: str) -> Iterator[Rows]:
    rows = Rows(url)
    yield rows
    rows.close()


@pytest.fixture
def http_sink(http_sink: HttpSink) -> HttpSink:
    """One that takes many connections at once: with the library's queue of five, some of a burst are reset."""
    http_sink._server.socket.listen(256)
    return http_sink


@pytest.fixture
def outbox(url: str, rows: Rows) -> Iterator[DbosOutbox]:
    """An outbox that leaves no thread and no connection behind."""
    before = set(threading.enumerate())
    outbox = open_outbox(url, rows, EXECUTOR)
    yield outbox
    outbox.close(5)
    wait_until(lambda: set(threading.enumerate()) <= before, 5)
    assert not rows._database._kept
