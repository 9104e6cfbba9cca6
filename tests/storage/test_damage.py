"""Damage is told by table and key, stops what it hits and nothing else, and is made good where other rows tell how."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from tests.engine.steps import rule, run, scene, story
from tests.support.cli import Inside
from tests.support.engines import emit, event, open_session
from trigger_studio.errors import Damaged
from trigger_studio.services import controls, rule_registry, trigger_log, upkeep
from trigger_studio.services.session import Session
from trigger_studio.storage import integrity, tables
from trigger_studio.storage.database import Database

GATE = {"type": "gate", "message": "x"}
BITS = "CAST(x'66ff696c' AS TEXT)"
"""Text whose bits flipped: no UTF-8. Only SQLite lets it in."""


@pytest.fixture(params=["sqlite_url", "postgres_owner_url"])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


@pytest.fixture
def session(url: str) -> Iterator[Session]:
    with open_session(url, [rule("a"), rule("b", GATE), rule("c")]) as session:
        yield session


def do(url: str, *statements: str) -> None:
    database = Database(url)
    with database.write() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))
    database.close()


def checked(url: str) -> list[str]:
    database = Database(url)
    found = [str(flaw) for flaw in upkeep.check(database)]
    database.close()
    return found


def mended(url: str, *, preview: bool = False) -> upkeep.Repaired:
    database = Database(url)
    found = upkeep.repaired(database, preview=preview)
    database.close()
    return found


def everything(url: str) -> dict[str, list[Any]]:
    database = Database(url)
    with database.read() as connection:
        found = {
            t.name: [tuple(row) for row in connection.execute(sa.select(t))] for t in tables.metadata.sorted_tables
        }
    database.close()
    return found


def lived(session: Session) -> None:
    """Something in every table that a pipeline fills by itself."""
    emit(session, *(event(f"e{n}", "approved", "scene", f"s{n}") for n in range(3)))
    run(session)


def test_nothing_is_wrong_with_a_pipeline_that_lived(session: Session, url: str) -> None:
    lived(session)
    assert checked(url) == []
    assert mended(url) == upkeep.Repaired((), ())


Damage = tuple[str, str, str | None]
"""A statement, what is told of it, and what is repaired; None if nothing can be."""

DAMAGE: dict[str, Damage] = {
    "no clock": ("DELETE FROM bus_clock", "table bus_clock, row 1:", "table bus_clock: set to"),
    "a clock behind": ("UPDATE bus_clock SET seq = 1", "it stands at 1, behind", "table bus_clock: set to"),
    "no version": ("DELETE FROM versions WHERE name = 'rules'", "table versions, row rules:", "row rules: counted on"),
    "no installation": ("DELETE FROM versions WHERE name = 'installation'", "row installation:", "drawn anew"),
    "a rule's row": ("UPDATE triggers SET actions = '[{' WHERE id = 'a'", "table triggers, row a: it holds no JSON",
                     "rule a: made again from its revision 1"),
    "a rule's sense": ("UPDATE triggers SET mode = 'sideways' WHERE id = 'a'", "table triggers, row a: ",
                       "rule a: made again from its revision 1"),
    "a rule's digest": ("UPDATE triggers SET digest = 'x' WHERE id = 'a'", "row a: its digest is another rule's",
                        "rule a: made again from its revision 1"),
    "a rule's absence": ("DELETE FROM triggers WHERE id = 'a'", "row a: is missing; revision 1 stands",
                         "rule a: made again from its revision 1"),
    "a revision's text": ("UPDATE trigger_revisions SET document_json = '{' WHERE trigger_id = 'a'",
                          "table trigger_revisions, row a, 1: it holds no JSON", "the text of revision 1 made again"),
    "a preference": ("INSERT INTO preferences VALUES ('me', 'theme', '{')", "table preferences, row me, theme:",
                     "it is chosen anew"),
    "an event's place": ("INSERT INTO bus VALUES (1000000, '', 0, NULL); UPDATE bus_clock SET seq = 2000000",
                         "table bus, row 1000000: the event that waits there is missing", "taken off the bus"),
    "an entity": ("UPDATE entities SET attributes_json = '{\"a\":' WHERE kind = 'scene' AND id = 's1'",
                  "table entities, row scene, s1: it holds no JSON", None),
    "an event": ("UPDATE events SET attributes_json = 'x' WHERE id = 'e1'", "table events, row", None),
    "the log": ("UPDATE log SET data_json = 'x' WHERE id = 1", "table log, row 1: it holds no JSON", None),
    "a job": ("UPDATE jobs SET params_json = 'x'", "table jobs, row", None),
    "the profile": ("UPDATE profiles SET document_json = '{}'", "table profiles, row 1:", None),
    "a setting": ("UPDATE settings SET value_json = '{' WHERE name = 'outside'", "table settings, row outside:", None),
    "an audit": ("UPDATE audit SET data_json = '[]' WHERE id = 1", "table audit, row 1: data_json is no object", None),
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=list(DAMAGE))
def test_damage_is_told_by_table_and_key_and_made_good_where_that_can_be(
    session: Session, url: str, damage: Damage, capsys: pytest.CaptureFixture[str]
) -> None:
    statement, told, repaired = damage
    lived(session)
    before = everything(url)
    do(url, *statement.split("; "))
    broken = everything(url)
    found = checked(url)
    assert [line for line in found if told in line], found
    inside = Inside(url, capsys)
    for command in (["doctor"], ["rules", "show", "a"], ["log"]):
        answer = inside(*command)
        assert answer.code in (0, 1, 2), (command, answer)
        assert "Traceback" not in answer.err
    assert inside("db", "check").code == 1
    preview = mended(url, preview=True)
    assert everything(url) == broken
    done = mended(url)
    if repaired is None:
        assert done.done == ()
        assert [str(flaw) for flaw in done.left] == found
        assert inside("db", "repair").code == 1
        assert "db restore" in inside("db", "repair").out
        return
    assert preview.done == done.done
    assert repaired in " ".join(done.done)
    assert done.left == ()
    assert checked(url) == []
    after = everything(url)
    for gone in ("versions", "bus_clock", "bus"):
        before.pop(gone), after.pop(gone)
    assert {name: rows for name, rows in after.items() if name not in ("triggers", "trigger_revisions")} == {
        name: rows for name, rows in before.items() if name not in ("triggers", "trigger_revisions")
    }
    assert rule_registry.one(session, "a").rule == rule_registry.checked(session, rule("a"))
    emit(session, event("e9", "approved", "scene", "s9"))
    run(session)
    assert len(story(session)) == 12


@pytest.mark.parametrize("column", ["actions", "name", "id"])
def test_flipped_bits_in_a_rule_stop_that_rule_alone(
    sqlite_url: str, column: str, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with open_session(sqlite_url, [rule("a"), rule("b"), rule("c")]) as session:
        do(
            sqlite_url,
            f"UPDATE triggers SET {column} = {BITS} WHERE id = 'b'",
            "UPDATE versions SET version = 99 WHERE name = 'rules'",
        )
        emit(session, event("e1", "approved", "scene", "s1"))
        with caplog.at_level(logging.WARNING):
            run(session)
        assert [entry["rule"] for entry in trigger_log.entries(session)] == ["a", "c"]
    assert [record for record in caplog.records if "does not start" in record.getMessage()]
    assert any("table triggers" in line and f"no text in {column}" in line for line in checked(sqlite_url))
    inside = Inside(sqlite_url, capsys)
    assert [item["id"] for item in inside("rules", "list", "--json").json()["rules"]] == ["a", "c"]
    assert len(inside("rules", "list", "--json").json()["damaged"]) == 1
    assert "Damaged, and does not start: " in inside("rules", "list").out
    doctor = inside("doctor")
    assert doctor.code == 1
    assert "import the rule again, or delete it" in doctor.out


def test_flipped_bits_anywhere_end_no_command_with_a_bug(sqlite_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    with open_session(sqlite_url, [rule("a"), rule("b", GATE)]) as session:
        lived(session)
        emit(session, event("e9", "approved", "scene", "s9"))
    inside = Inside(sqlite_url, capsys)
    commands = itertools.cycle((["doctor"], ["log"], ["rules", "list"], ["engine", "--until-idle"], ["gates", "list"]))
    for table in tables.metadata.sorted_tables:
        for column in (c.name for c in table.columns if isinstance(c.type, sa.Text)):
            database = Database(sqlite_url)
            with database.write() as connection:
                row = connection.execute(sa.text(f'SELECT "{column}" AS it FROM {table.name} LIMIT 1')).one_or_none()
                if row is None or row.it is None:
                    continue
                one = {"it": row.it}
                connection.execute(sa.text(f'UPDATE {table.name} SET "{column}" = {BITS} WHERE "{column}" = :it'), one)
            try:
                command = next(commands)
                answer = inside(*command)
                assert answer.code in (0, 1, 2), (table.name, column, command, answer)
                told = [str(flaw) for flaw in upkeep.check(database)]
                assert any(f"table {table.name}, row" in line and f"no text in {column}" in line for line in told), told
            finally:
                with database.write() as connection:
                    connection.execute(
                        sa.text(f'UPDATE {table.name} SET "{column}" = :it WHERE "{column}" = {BITS}'), one
                    )
                database.close()


def test_a_page_that_is_none_is_found_by_the_databases_own_check(
    sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_session(sqlite_url, [rule("a")]) as session:
        lived(session)
        with session.database.read() as connection:
            page = connection.execute(sa.text("SELECT rootpage FROM sqlite_master WHERE name = 'log'")).scalar_one()
            size = connection.execute(sa.text("PRAGMA page_size")).scalar_one()
    path = sqlite_url.removeprefix("sqlite:///")
    with open(path, "r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    inside = Inside(sqlite_url, capsys)
    found = inside("db", "check")
    assert found.code == 1
    assert "SQLite's own check" in found.out
    assert "table log: its rows cannot all be read" in found.out
    answer = inside("log")
    assert answer.code == 2
    assert "malformed; 'trigger-studio db check' says where" in answer.err
    assert inside("doctor").code in (0, 1)


def test_an_index_that_lost_a_row_is_made_again(sqlite_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    with open_session(sqlite_url, [rule("a")]) as session:
        lived(session)
    do(
        sqlite_url,
        "PRAGMA writable_schema=ON",
        "UPDATE sqlite_master SET sql = replace(sql, '(chain)', '(rule_id)') WHERE name = 'ix_firings_chain'",
    )
    inside = Inside(sqlite_url, capsys)
    assert "ix_firings_chain" in inside("db", "check").out
    assert "indexes: made again" in inside("db", "repair").out
    assert inside("db", "check").code == 0


def _broken(url: str, *, revision: bool = True) -> None:
    text = "UPDATE trigger_revisions SET document_json = '{' WHERE trigger_id = 'b'"
    bump = "UPDATE versions SET version = version + 1 WHERE name = 'rules'"
    do(url, "UPDATE triggers SET actions = '{' WHERE id = 'b'", *([text] if revision else []), bump)


def test_firings_of_a_damaged_rule_fail_with_that_reason_and_no_lane_stands_still(session: Session, url: str) -> None:
    emit(session, scene("s1", project="p"))
    run(session)
    (gate,) = controls.gates(session)
    _broken(url)
    controls.answer_gate(session, gate.id, approve=True)
    emit(session, scene("s2", project="p"))
    run(session)
    entries = {entry["rule"] + entry["event_id"]: entry for entry in trigger_log.entries(session)}
    assert sorted(entries) == ["aevt-s1-1", "aevt-s2-1", "bevt-s1-1", "cevt-s1-1", "cevt-s2-1"]
    assert (entries["bevt-s1-1"]["status"], entries["bevt-s1-1"]["reason"]) == ("failed", "damaged")
    with session.database.read() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(tables.bus)).scalar_one() == 0
    with pytest.raises(Damaged, match="table trigger_revisions, row b, 1"):
        controls.retry(session, entries["bevt-s1-1"]["id"])
    session.close()
    with open_session(url, [rule("b", GATE)]) as again:  # published again; its old firing stays as it is
        assert rule_registry.damaged(again) == {}


def test_firings_go_on_by_their_revision_while_the_rule_itself_cannot_be_read(session: Session, url: str) -> None:
    emit(session, scene("s1"))
    run(session)
    (gate,) = controls.gates(session)
    _broken(url, revision=False)
    controls.answer_gate(session, gate.id, approve=True)
    run(session)
    assert {entry["status"] for entry in trigger_log.entries(session)} == {"done"}


def test_what_is_held_waits_for_the_repair_of_its_rule(session: Session, url: str) -> None:
    controls.halt(session, "rule", "b", "wait")
    emit(session, scene("s1"))
    run(session)
    _broken(url, revision=False)
    controls.resume(session, "rule", "b")
    run(session)
    assert ("b", "held", "damaged") in story(session)
    assert "rule b: made again from its revision 1" in " ".join(mended(url).done)
    controls.resume(session, "rule", "b")
    run(session)
    assert ("b", "waiting", None) in story(session)


def test_a_rule_is_made_again_from_the_newest_revision_that_can_be_read(session: Session, url: str) -> None:
    rule_registry.set_enabled(session, "a", False)
    rule_registry.set_enabled(session, "a", True)
    do(
        url,
        "UPDATE triggers SET actions = '{' WHERE id = 'a'",
        "UPDATE trigger_revisions SET document_json = '{' WHERE trigger_id = 'a' AND revision = 3",
    )
    says = mended(url).done[0]
    assert says == "rule a: made again from its revision 2, the newest that can be read, as revision 4"
    standing = rule_registry.one(session, "a")
    assert (standing.revision, standing.rule.enabled) == (4, False)


def test_a_rule_of_which_nothing_can_be_read_can_be_deleted_and_imported(session: Session, url: str) -> None:
    _broken(url)
    assert [str(flaw) for flaw in mended(url).left if flaw.table == "triggers"]
    rule_registry.delete(session, "b")
    assert rule_registry.damaged(session) == {}
    rule_registry.publish(session, [rule_registry.checked(session, rule("b", GATE))])
    assert rule_registry.one(session, "b").revision == 3


def test_a_broken_event_stops_its_project_alone(session: Session, url: str) -> None:
    emit(session, scene("s1", project="p"), scene("s2", project="q"))
    do(url, "UPDATE events SET attributes_json = '{' WHERE entity_id = 's1'")
    with pytest.raises(Damaged, match="table events, row"):
        run(session)
    assert {entry["entity_id"] for entry in trigger_log.entries(session)} == {"s2"}


def test_a_broken_profile_is_replaced_by_another(session: Session, url: str) -> None:
    profile = session.profile
    do(url, "UPDATE profiles SET document_json = '{'")
    with pytest.raises(Damaged, match="table profiles, row 1"):
        _ = session.profile
    with Session(url, profile=profile):
        assert checked(url) == []


def test_a_schema_that_does_not_say_which_it_is_is_known_by_its_tables(session: Session, url: str) -> None:
    do(url, "DELETE FROM alembic_version")
    assert "restore a backup, or run 'trigger-studio db repair'" in checked(url)[0]
    assert "table alembic_version: set to" in mended(url).done[0]
    assert checked(url) == []


def test_every_row_of_every_table_is_checked() -> None:
    assert {table.name for table, _ in integrity.SOURCES} <= set(tables.metadata.tables)
    for table in tables.metadata.sorted_tables:
        integrity._check(table)
    assert set(integrity._DECODERS) <= set(tables.metadata.tables)
