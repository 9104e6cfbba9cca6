"""Who halts goes first on SQLite, in every process; what is left behind of that holds nobody up."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

from trigger_studio.storage.database import Database
from trigger_studio.storage.write_priority import OLD_S


def sign_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///") + "-first")


def test_others_begin_only_after_whoever_goes_first(sqlite_url: str) -> None:
    order: list[str] = []
    ours, theirs = Database(sqlite_url), Database(sqlite_url)

    def later() -> None:
        with theirs.write():
            order.append("later")

    with ours.write(first=True):
        assert sign_of(sqlite_url).exists()
        thread = threading.Thread(target=later)
        thread.start()
        time.sleep(0.1)
        order.append("first")
    thread.join()
    assert order == ["first", "later"]
    assert not sign_of(sqlite_url).exists()
    for database in (ours, theirs):
        database.close()


def test_a_sign_left_behind_counts_for_nothing(sqlite_url: str) -> None:
    sign = sign_of(sqlite_url)
    for moment in (time.time() - OLD_S - 1, time.time() + 86_400):  # of one that was killed; of a clock that jumped
        sign.touch()
        os.utime(sign, (moment, moment))
        database = Database(sqlite_url)
        assert not database.turns._is_asked()
        with database.write():
            pass
        database.close()


def test_others_wait_while_the_sign_is_fresh(sqlite_url: str) -> None:
    sign = sign_of(sqlite_url)
    database = Database(sqlite_url)
    written = threading.Event()

    def write() -> None:
        with database.write():
            written.set()

    sign.touch()
    thread = threading.Thread(target=write)
    thread.start()
    assert not written.wait(0.2)
    sign.unlink()
    assert written.wait(OLD_S + 10)
    thread.join()
    database.close()
