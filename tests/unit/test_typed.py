"""What a person types keeps its digits."""

from __future__ import annotations

from typing import Any

import pytest

from trigger_studio.studio.form.typed import json_of, number_of


@pytest.mark.parametrize(
    ("text", "number", "json"),
    [
        ("9007199254740993", 2**53 + 1, 2**53 + 1),
        ("-9223372036854775808", -(2**63), -(2**63)),
        ("18446744073709551617", "18446744073709551617", "18446744073709551617"),
        ("1.50", 1.5, 1.5),
        ("NaN", "NaN", "NaN"),
        ('{"a": 1, "a": 2}', '{"a": 1, "a": 2}', '{"a": 1, "a": 2}'),
        ("many", "many", "many"),
    ],
)
def test_no_digit_changes(text: str, number: Any, json: Any) -> None:
    assert (number_of(text), json_of(text)) == (number, json)
