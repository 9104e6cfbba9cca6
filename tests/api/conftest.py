"""A server on each sort of database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from tests.support.engines import open_session
from tests.support.serving import Api

OpenApi = Callable[..., Api]


@pytest.fixture
def open_api(database_url: str) -> Iterator[OpenApi]:
    """Serves a pipeline with some rules and entities."""
    opened: list[Api] = []

    def serve(rules: list[dict[str, Any]] | None = None, entities: Any = None, **options: Any) -> Api:
        open_session(database_url, rules or [], entities).close()
        opened.append(Api(database_url, **options))
        return opened[-1]

    yield serve
    for api in opened:
        api.close()


@pytest.fixture
def api(open_api: OpenApi) -> Api:
    """A server on an empty pipeline."""
    return open_api()


@pytest.fixture
def admin(api: Api) -> httpx.Client:
    """Somebody who may do everything there."""
    return api.client()
