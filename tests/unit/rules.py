"""What the tests of the doors share: the default profile, a sound rule to break, and how faults are told."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from trigger_studio.errors import BadInput, Fault
from trigger_studio.model.profile import Profile
from trigger_studio.model.profiles import load_profile

PROFILE: Profile = load_profile()

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""For tests of any input: a busy machine is no fault."""

RULE: dict[str, Any] = {
    "id": "scenes",
    "when": {"event": "approved", "entity": "variant"},
    "actions": [{"type": "trigger_qa"}],
}


def rule(**changes: Any) -> dict[str, Any]:
    """The sound rule, with top-level keys changed."""
    return {**deepcopy(RULE), **changes}


def filtered(**condition: Any) -> dict[str, Any]:
    """The sound rule with one filter."""
    return rule(when={**RULE["when"], "where": condition})


def attempt(call: Callable[[], Any]) -> tuple[Any, tuple[Fault, ...]]:
    """What a call returns, and no faults; or None, and the faults it is refused with: one or more."""
    try:
        return call(), ()
    except BadInput as refusal:
        faults = refusal.faults
    assert faults
    assert all("\n" not in str(fault) and "Input should" not in fault.message for fault in faults)
    return None, faults


def told(call: Callable[[], Any]) -> list[str]:
    """The faults that a call is refused with, as a person reads them."""
    with pytest.raises(BadInput) as refusal:
        call()
    return [str(fault) for fault in refusal.value.faults]
