"""Backups: of one state, while everything goes on; whole or not at all; and what is restored is what was there."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import threading
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from tests.engine.steps import rule, run
from tests.support.cli import Inside
from tests.support.engines import emit, event, open_session
from trigger_studio.errors import BadInput, Damaged, Refused, Unavailable
from trigger_studio.services import controls, rule_registry, upkeep
from trigger_studio.storage import schema, tables
from trigger_studio.storage.database import Database

KINDS = ("sqlite", "postgres")
GATE = {"type": "gate", "message": "ü"}


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_owner_url"))


@pytest.fixture(params=KINDS)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'new' / 'studio.db'}"
    return str(request.getfixturevalue("empty_postgres").owner_url)


def lived(url: str) -> None:
    """Something in every table."""
    with open_session(url, [rule("a"), rule("b", GATE), rule("c")]) as session:
        emit(session, *(event(f"e{n}", "approved", "scene", f"s{n}", attributes={"note": "é\t\"'"}) for n in range(3)))
        run(session, farm=False)
        controls.halt(session, "project", "p", "ß", force=True)
        rule_registry.save_draft(session, "a", 1, {"id": "a", "x": [1, 2.5, None, True]})
        with session.database.write() as connection:
            connection.execute(sa.delete(tables.engines))  # it ended long ago


def everything(url: str) -> dict[str, list[Any]]:
    database = Database(url)
    with database.read() as connection:
        found = {
            table.name: sorted(map(repr, connection.execute(sa.select(table))))
            for table in tables.metadata.sorted_tables
        }
    database.close()
    found.pop("versions")
    return found


def backup(url: str, path: Path) -> None:
    database = Database(url)
    upkeep.backup(database, path)
    database.close()


def restore(url: str, path: Path, *, overwrite: bool = False) -> upkeep.Restored:
    database = Database(url)
    try:
        return upkeep.restore(database, path, overwrite=overwrite)
    finally:
        database.close()


def test_what_is_restored_is_what_was_there_on_either_database(url: str, empty: str, tmp_path: Path) -> None:
    lived(url)
    path = tmp_path / "backup.db"
    backup(url, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [name for name in os.listdir(tmp_path) if name.startswith(("backup", "."))] == ["backup.db"]
    before = everything(url)
    assert restore(empty, path).kept is None
    assert everything(empty) == before
    database = Database(empty)
    assert upkeep.check(database) == []
    database.close()
    with open_session(empty, []) as session:  # and it goes on
        emit(session, event("e9", "approved", "scene", "s9"))
        controls.halt(session, "all", "", "again")
        controls.resume(session, "all", "")
        run(session)


def test_a_backup_holds_one_state_while_others_write(url: str, tmp_path: Path) -> None:
    lived(url)
    over = threading.Event()

    def write() -> None:
        with open_session(url, []) as session:
            number = 0
            while not over.is_set():
                number += 1
                emit(session, *(event(f"w{number}-{n}", "approved", "scene", f"w{n}") for n in range(5)))
                over.wait(0.01)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(2):
            backup(url, path := tmp_path / f"{number}.db")
            with sqlite3.connect(path) as connection:
                ((events, waiting, clock),) = connection.execute(
                    "SELECT (SELECT max(seq) FROM events), (SELECT max(seq) FROM bus), (SELECT seq FROM bus_clock)"
                )
            connection.close()
            assert events == waiting == clock
    finally:
        over.set()
        writer.join()


@pytest.mark.parametrize("kind", KINDS)
def test_tables_that_are_there_are_not_overwritten_unasked(
    request: pytest.FixtureRequest, kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = request.getfixturevalue("sqlite_url" if kind == "sqlite" else "postgres_owner_url")
    lived(url)
    path = tmp_path / "backup.db"
    inside = Inside(url, capsys)
    assert inside("db", "backup", path).code == 0
    before = everything(url)
    with open_session(url, []) as session:
        rule_registry.delete(session, "a")
    changed = everything(url)
    refused = inside("db", "restore", path)
    assert (refused.code, refused.out) == (1, "")
    assert "--overwrite" in refused.err
    assert everything(url) == changed
    done = inside("db", "restore", path, "--overwrite")
    assert done.code == 0, done
    assert everything(url) == before
    if kind == "sqlite":
        kept = min(Path(url.removeprefix("sqlite:///")).parent.glob("studio.db.before-*"))  # its journals are longer
        assert str(kept) in done.out
        assert everything(f"sqlite:///{kept}") == changed


def test_nothing_is_restored_under_an_engine_or_beside_other_tables(
    url: str, empty: str, tmp_path: Path, empty_sqlite_url: str
) -> None:
    lived(url)
    path = tmp_path / "backup.db"
    backup(url, path)
    database = Database(url)
    with database.write() as connection:
        now = database.clock_s(connection)
        row = {"id": "one", "host": "h", "version": "1", "started_at": now, "seen_at": now, "lag_s": 0.0}
        connection.execute(sa.insert(tables.engines).values(row))
    database.close()
    with pytest.raises(Refused, match="stop its engines first; heard within the last 8 s: one"):
        restore(url, path, overwrite=True)
    other = Database(empty)
    other.make_file()
    with other.write() as connection:
        connection.execute(sa.text("CREATE TABLE users (id INTEGER)"))
    other.close()
    for overwrite in (False, True):
        with pytest.raises(Unavailable, match="tables of something else"):
            restore(empty, path, overwrite=overwrite)


def test_a_file_that_is_no_backup_or_was_changed_is_refused(sqlite_url: str, empty: str, tmp_path: Path) -> None:
    lived(sqlite_url)
    path = tmp_path / "backup.db"
    backup(sqlite_url, path)
    letter = tmp_path / "letter"
    letter.write_text("Dear database, " * 100)
    for other in (letter, Path(sqlite_url.removeprefix("sqlite:///")), tmp_path / "none"):
        with pytest.raises(BadInput, match="is no backup made by 'db backup'"):
            restore(empty, other)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE events SET depth = depth + 1 WHERE id = 'e1'")
    connection.close()
    with pytest.raises(BadInput, match="table events does not hold the 3 rows that were written"):
        restore(empty, path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE trigger_studio_backup SET sum = '9999' WHERE name = ''")
    connection.close()
    with pytest.raises(BadInput, match="of schema 9999, which this program does not know"):
        restore(empty, path)
    database = Database(empty)
    assert database.can_be_made() or schema.survey(database).tables == ()
    database.close()


def test_a_damaged_database_is_replaced_by_its_backup(sqlite_url: str, tmp_path: Path) -> None:
    lived(sqlite_url)
    path, file = tmp_path / "backup.db", Path(sqlite_url.removeprefix("sqlite:///"))
    backup(sqlite_url, path)
    before = everything(sqlite_url)
    with file.open("r+b") as opened:
        opened.seek(0)
        opened.write(b"\xff" * 4096)
    with pytest.raises((Damaged, Unavailable)):
        restore(sqlite_url, path)
    restore(sqlite_url, path, overwrite=True)
    assert everything(sqlite_url) == before


def test_a_backup_that_fails_leaves_the_earlier_one(sqlite_url: str, tmp_path: Path) -> None:
    lived(sqlite_url)
    path = tmp_path / "backup.db"
    backup(sqlite_url, path)
    earlier = path.read_bytes()
    database = Database(sqlite_url)
    with database.write() as connection:
        connection.execute(sa.text("UPDATE log SET data_json = CAST(x'ff' AS TEXT) WHERE id = 1"))
    with pytest.raises(Damaged, match="db check"):
        upkeep.backup(database, path)
    assert path.read_bytes() == earlier
    for own in ("", "-wal", ".dbos"):
        with pytest.raises(BadInput, match="belongs to the database itself"):
            upkeep.backup(database, Path(f"{database.file}{own}"))
    link = tmp_path / "link"
    link.symlink_to(str(database.file))
    with pytest.raises(BadInput, match="belongs to the database itself"):
        upkeep.backup(database, link)
    other = tmp_path / "other"
    other.write_bytes(b"precious")
    with pytest.raises(BadInput, match="is no backup"):
        upkeep.backup(database, other)
    database.close()


def test_a_backup_of_an_older_schema_comes_back_in_this_ones(tmp_path: Path, empty: str) -> None:
    from alembic import command

    old = Database(f"sqlite:///{tmp_path / 'old.db'}")
    old.make_file()
    with old.write() as connection:
        command.upgrade(schema.config(connection), "0003")
        connection.execute(sa.text("UPDATE bus_clock SET seq = 41"))
    upkeep.backup(old, tmp_path / "backup.db")
    old.close()
    restore(empty, tmp_path / "backup.db")
    database = Database(empty)
    assert upkeep.check(database) == []
    with database.read() as connection:
        assert connection.execute(sa.select(tables.bus_clock.c.seq)).scalar_one() == 41
    database.close()


def test_a_backup_can_be_opened_as_it_is(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lived(url)
    backup(url, tmp_path / "backup.db")
    shutil.copy(tmp_path / "backup.db", tmp_path / "look.db")
    inside = Inside(f"sqlite:///{tmp_path / 'look.db'}", capsys)
    assert [item["id"] for item in inside("rules", "list", "--json").json()["rules"]] == ["a", "b", "c"]
    assert inside("db", "check").code == 0
