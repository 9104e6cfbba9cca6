"""The description is true: what it allows is answered as it says, what it forbids is refused, on both databases."""

from __future__ import annotations

import os
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, assume, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.api.conftest import OpenApi
from tests.api.test_access import ENTITIES, RULES

SEED = int(os.environ.get("TS_SEED", "20261130"))
EACH = 6
"""Requests of each operation and mode in the suite."""
ENDLESS = "/stream"
QUIET = settings(deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
SEMANTIC = [positive_data_acceptance]
"""That a rule's fields exist, an id is known or a cursor was handed out, no description of shapes can say."""


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_every_operation_keeps_to_its_description(open_api: OpenApi, mode: GenerationMode) -> None:
    asked = ask_everything(open_api, mode, EACH)
    assert asked > 30


@pytest.mark.long
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_every_operation_keeps_to_its_description_for_long(open_api: OpenApi, mode: GenerationMode) -> None:
    asked = ask_everything(open_api, mode, 500)
    print(f"{asked} requests, seed {SEED}")


def can_be_sent(value: object) -> bool:
    """Whether a URL shows what is wrong with it: of objects nothing is left, and a list of one is that one."""
    return not isinstance(value, dict | None) and not (isinstance(value, list) and len(value) < 2)


def ask_everything(open_api: OpenApi, mode: GenerationMode, each: int) -> int:
    """Ask every operation `each` times, as the description allows or forbids. Returns how many were asked."""
    api = open_api(RULES, ENTITIES)
    headers = {"Authorization": f"Bearer {api.token()}"}
    schema = schemathesis.openapi.from_url(f"{api.address}/openapi.json")
    asked = 0
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation: Any = found.ok()
        nothing_to_break = not (operation.body or operation.query or operation.headers or operation.path_parameters)
        if operation.path == ENDLESS or (mode is GenerationMode.NEGATIVE and nothing_to_break):
            continue

        @seed(SEED)
        @settings(QUIET, max_examples=each)
        @given(operation.as_strategy(generation_mode=mode))
        def ask(case: Any) -> None:
            nonlocal asked
            assume(all(map(can_be_sent, (case.query or {}).values())))
            asked += 1
            case.call_and_validate(headers=headers, excluded_checks=SEMANTIC, timeout=30)

        ask()
    return asked
