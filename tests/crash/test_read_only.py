"""A database that may not be written: every command says so in one line, changes nothing, and goes on once it may."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engine.steps import rule, run, scene
from tests.support.engines import ROOT, emit, open_session
from trigger_studio.services import trigger_log

_PR_CAPBSET_DROP, _CAP_DAC_OVERRIDE = 24, 1


def _like_anybody() -> None:
    """Root, too, may then write only what its mode allows."""
    ctypes.CDLL(None).prctl(_PR_CAPBSET_DROP, _CAP_DAC_OVERRIDE, 0, 0, 0)


@pytest.fixture
def file(sqlite_url: str) -> Path:
    return Path(sqlite_url.removeprefix("sqlite:///"))


def test_a_read_only_database_is_said_to_be_one_and_left_alone(sqlite_url: str, file: Path) -> None:
    with open_session(sqlite_url, [rule("a")]) as session:
        emit(session, scene("s"))
    mode, before = file.parent.stat().st_mode, file.read_bytes()
    file.chmod(0o444)
    file.parent.chmod(0o555)
    try:
        for words in (["engine"], ["engine", "--until-idle", "--farm", "simulated"], ["log"]):
            told = subprocess.run(
                [sys.executable, "-m", "trigger_studio", *words, "--db", sqlite_url],
                cwd=ROOT, capture_output=True, timeout=60, check=False, preexec_fn=_like_anybody,
            )  # fmt: skip
            assert (told.returncode, told.stdout) == (2, b""), words
            assert told.stderr == f"database {file}: attempt to write a readonly database\n".encode()
    finally:
        file.parent.chmod(mode)
        file.chmod(0o644)
    assert file.read_bytes() == before
    with open_session(sqlite_url, []) as session:
        run(session)
        assert [entry["status"] for entry in trigger_log.entries(session)] == ["done"]
