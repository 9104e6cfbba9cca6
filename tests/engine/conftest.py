"""Pipelines of one test each, once on each database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.engines import open_session
from trigger_studio.services.session import Session


@pytest.fixture
def sessions() -> Iterator[list[Session]]:
    opened: list[Session] = []
    yield opened
    for session in opened:
        session.close()


@pytest.fixture
def pipe(database_url: str, sessions: list[Session]) -> Any:
    """Opens a pipeline with the given rules."""

    def opened(*rules: dict[str, Any], entities: dict[str, Any] | None = None) -> Session:
        sessions.append(open_session(database_url, rules, entities))
        return sessions[-1]

    return opened
