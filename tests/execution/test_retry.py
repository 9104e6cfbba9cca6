from __future__ import annotations

from dataclasses import replace

import pytest

from tests.execution.rows import loaded, webhook
from trigger_studio.execution.retry import failed_attempt, is_due, one_line, pause_s, retry_after_s
from trigger_studio.execution.sender import SendFailed

NOW = 1_800_000_000.0


@pytest.mark.parametrize(
    ("backoff_s", "attempts", "asked_s", "expected"),
    [
        (1, 1, None, 1),
        (1, 4, None, 8),
        (1, 20, None, 300),
        (1, 100, None, 300),
        (900, 1, None, 900),
        (900, 5, None, 900),
        (0, 7, None, 0),
        (1, 1, 40, 40),
        (1, 7, 40, 64),
        (1, 1, 86400, 3600),
    ],
)
def test_pauses(backoff_s: float, attempts: int, asked_s: float | None, expected: float) -> None:
    assert pause_s(backoff_s, attempts, asked_s) == expected


def test_the_last_try_settles() -> None:
    delivery = loaded(webhook("http://x", tries=2, backoff_s=3))
    first = failed_attempt(delivery, SendFailed("no"), NOW)
    assert (first.outcome, first.attempts, first.due_at) == ("pending", 1, NOW + 3)
    last = failed_attempt(replace(delivery, attempts=1), SendFailed("no"), NOW)
    assert (last.outcome, last.attempts, last.due_at) == ("failed", 2, None)
    assert failed_attempt(delivery, SendFailed("never", final=True), NOW).outcome == "failed"


@pytest.mark.parametrize(("due_in_s", "due"), [(None, True), (-1, True), (0, True), (10, False), (86400, True)])
def test_due_even_when_the_clock_was_set_back(due_in_s: float | None, due: bool) -> None:
    delivery = replace(loaded(webhook("http://x")), due_at=None if due_in_s is None else NOW + due_in_s)
    assert is_due(delivery, NOW) is due


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        ("", None),
        ("120", 120),
        (" 7 ", 7),
        ("soon", None),
        ("-5", None),
        ("Fri, 15 Jan 2027 08:01:00 GMT", 60),
        ("Fri, 15 Jan 2027 07:00:00 GMT", 0),
        ("9" * 5000, 999_999_999),
    ],
)
def test_retry_after(value: str | None, expected: float | None) -> None:
    assert retry_after_s(value, NOW) == expected


def test_an_error_fits_into_a_row() -> None:
    assert one_line("a\x00b\r\n c\ud800" + "x" * 9999).startswith("a b c x")
    assert len(one_line("x" * 9999)) == 500
