"""Inputs of many events: staged in short writes, visible by one commit, in order; on both databases."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from tests.engine.steps import rule, run, scene
from tests.support import processes
from tests.support.engines import emit, open_session, race, until
from trigger_studio.errors import BadInput, Fault, Unavailable
from trigger_studio.services import bus, controls, limits, trigger_log
from trigger_studio.services.bus import Accepted, Given
from trigger_studio.services.session import Session
from trigger_studio.storage import staging

COUNT = 23
KILLED = """
import sys
from tests.engine import steps
from trigger_studio.services import bus
from trigger_studio.services.session import Session
from trigger_studio.storage import staging

bus.WHOLE, staging.PART = 3, 4

def events():
    for number in range(23):
        if number == int(sys.argv[2]):
            print("here", flush=True)
            sys.stdin.read()
        yield f"line {number}", steps.scene(f"s{number:02}")

bus.emit(Session(sys.argv[1]), events())
"""


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bus, "WHOLE", 3)
    monkeypatch.setattr(staging, "PART", 4)
    monkeypatch.setattr(staging, "COMPARED", 5)


def many(count: int = COUNT, *, at: dict[int, Callable[[], None]] | None = None, **more: Any) -> Iterator[Given]:
    """Events with their places; `at`: what happens meanwhile, before the event of that number."""
    for number in range(count):
        if at and number in at:
            at[number]()
        yield f"line {number}", scene(f"s{number:02}", **more)


def rows(session: Session, table: str) -> int:
    with session.database.read() as connection:
        return int(connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one())


def decided(session: Session) -> list[str]:
    return [entry["entity_id"] for entry in trigger_log.entries(session)]


def in_order(count: int = COUNT) -> list[str]:
    return [f"s{number:02}" for number in range(count)]


def test_all_are_decided_in_the_order_of_the_file_and_nothing_is_left_behind(pipe: Any) -> None:
    session = pipe(rule("a"))
    assert bus.emit(session, many()) == Accepted(COUNT, 0)
    assert (rows(session, "staged"), rows(session, "intakes")) == (0, 0)
    assert bus.emit(session, many()) == Accepted(0, COUNT)
    run(session)
    assert decided(session) == in_order()


def test_nothing_is_seen_before_the_end_and_others_go_on_meanwhile(pipe: Any) -> None:
    session = pipe(rule("a"))

    def look() -> None:
        assert rows(session, "staged") >= 8
        assert (rows(session, "events"), rows(session, "bus")) == (0, 0)
        controls.halt(session, "all", "", "stop")
        emit(session, scene("x"))
        run(session)
        assert decided(session) == ["x"]
        controls.resume(session, "all", "")

    assert bus.emit(session, many(at={12: look})) == Accepted(COUNT, 0)
    run(session)
    assert decided(session) == ["x", *in_order()]


def test_duplicates_within_and_without_are_counted(pipe: Any) -> None:
    session = pipe(rule("a"))
    emit(session, scene("s05"), scene("s20"))
    assert bus.emit(session, iter([*many(), *many(9)])) == Accepted(COUNT - 2, 11)


def test_one_that_somebody_else_stores_meanwhile_is_a_duplicate(pipe: Any) -> None:
    session = pipe(rule("a"))
    late = [scene(f"s{number:02}") for number in range(2, 12)]
    others = [scene(f"x{number:02}") for number in range(20)]
    meanwhile = {20: lambda: emit(session, *others[:7], *late, *others[7:])}
    assert bus.emit(session, many(at=meanwhile)) == Accepted(COUNT - 10, 10)
    run(session)
    assert sorted(decided(session)) == sorted({*in_order(), *(f"x{number:02}" for number in range(20))})


def _file_that_breaks_off() -> Iterator[Given]:
    yield from many()
    raise BadInput([Fault("line 24", "found []; an event is an object")])


def _other_content() -> Iterator[Given]:
    yield from many()
    yield "line 99", scene("s01", project="p2")


def _contradiction() -> Iterator[Given]:
    yield from many()
    yield "line 99", scene("known", project="p2")


@pytest.mark.parametrize(
    ("events", "told"),
    [
        (_file_that_breaks_off, "line 24: found []; an event is an object"),
        (_other_content, "line 99: id: 'evt-s01-1' is known with other content; give another id"),
        (_contradiction, "line 99: project: 'p2' contradicts the known scene 'known', whose project is 'p1'"),
    ],
)
def test_of_an_input_with_a_fault_nothing_is_stored(pipe: Any, events: Callable[[], Any], told: str) -> None:
    session = pipe(rule("a"), entities={"projects": [{"id": "p1"}], "scenes": [{"id": "known", "project": "p1"}]})
    with pytest.raises(BadInput) as raised:
        bus.emit(session, events())
    assert str(raised.value) == told
    assert [rows(session, name) for name in ("events", "bus", "staged", "intakes")] == [0, 0, 0, 0]


def test_other_content_that_somebody_else_stores_meanwhile_is_a_fault(pipe: Any) -> None:
    session = pipe(rule("a"))
    with pytest.raises(BadInput, match="'evt-s03-1' is known with other content"):
        bus.emit(session, many(at={20: lambda: emit(session, scene("s03", project="p9"))}))
    assert [rows(session, name) for name in ("events", "staged", "intakes")] == [1, 0, 0]


@pytest.mark.parametrize("number", [0, 10, 22])
def test_who_is_killed_meanwhile_leaves_nothing_that_is_seen(database_url: str, number: int) -> None:
    with open_session(database_url, [rule("a")]) as session:
        command = [sys.executable, "-c", KILLED, database_url, str(number)]
        emitter = processes.begin(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=os.getcwd())
        assert emitter.stdout is not None
        assert emitter.stdout.readline() == b"here\n"
        os.kill(emitter.pid, signal.SIGKILL)
        emitter.wait()
        assert (rows(session, "events"), rows(session, "staged")) == (0, number // 4 * 4)
        _let_a_minute_pass(session)
        emit(session, scene("x"))
        until(lambda: not rows(session, "staged") and not rows(session, "intakes"), 10, "the staged events to go")
        run(session)
        assert decided(session) == ["x"]


def _let_a_minute_pass(session: Session) -> None:
    with session.database.write() as connection:
        connection.execute(sa.text("UPDATE intakes SET seen_at = seen_at - 61"))


def _stage_and_publish(session: Session) -> None:
    """As an emitter does that is killed when it has published."""
    intake = staging.Intake(session.database)
    bus._stage(session, intake, many())
    intake.publish()


def test_what_is_published_is_decided_though_nobody_moved_it_and_nothing_overtakes_it(pipe: Any) -> None:
    session = pipe(rule("a"))
    emit(session, scene("first"))
    _stage_and_publish(session)
    assert rows(session, "events") == 1
    with session.database.write() as connection:
        staging.release(connection)  # a part of it
    _emit_without_moving(session, "last")
    run(session)
    assert decided(session) == ["first", *in_order(), "last"]
    assert (rows(session, "staged"), rows(session, "intakes")) == (0, 0)


def _emit_without_moving(session: Session, name: str) -> None:
    bus._emit_few(session, [("here", scene(name))])


def test_what_is_published_is_known_before_it_is_moved(pipe: Any) -> None:
    session = pipe(rule("a"))
    _stage_and_publish(session)
    assert bus._emit_few(session, [("here", scene("s03"))]) == Accepted(0, 1)
    with pytest.raises(BadInput, match="known with other content"):
        bus._emit_few(session, [("here", scene("s03", project="p9"))])
    assert bus.emit(session, many()) == Accepted(0, COUNT)
    assert rows(session, "events") == COUNT


def test_two_that_stage_the_same_store_it_once(database_url: str) -> None:
    with open_session(database_url, [rule("a")]) as left, Session(database_url) as right:
        taken: list[Accepted] = []
        race(*(lambda s=s: taken.append(bus.emit(s, many())) for s in (left, right)))
        assert sum(one.accepted for one in taken) == sum(one.duplicates for one in taken) == COUNT
        run(left)
        assert decided(left) == in_order()


def test_who_was_taken_for_dead_stores_nothing(pipe: Any, database_url: str) -> None:
    session = pipe(rule("a"))

    def sleep() -> None:
        _let_a_minute_pass(session)
        emit(session, scene("x"))

    with pytest.raises(Unavailable, match="paused so long"):
        bus.emit(session, many(at={14: sleep}))
    assert [rows(session, name) for name in ("events", "staged", "intakes")] == [1, 0, 0]


def test_events_are_filled_from_what_is_known_as_a_single_one_is(pipe: Any) -> None:
    session = pipe(rule("a", project="p1"), entities={"projects": [{"id": "p1"}], "scenes": _scenes("p1")})
    bus.emit(session, many())
    run(session)
    assert decided(session) == in_order()


def _scenes(project: str) -> list[dict[str, str]]:
    return [{"id": f"s{number:02}", "project": project} for number in range(COUNT)]


def test_a_rule_that_no_event_comes_by_is_not_read(pipe: Any) -> None:
    """With 20,000 rules a command that read all of them would take seconds; here the other one cannot be read."""
    session = pipe(rule("a"), rule("b", when={"entity": "variant"}))
    with session.database.write() as connection:
        connection.execute(sa.text("UPDATE triggers SET actions = '[' WHERE id = 'b'"))
    emit(session, scene("s1"))
    controls.halt(session, "all", "", "stop")
    controls.resume(session, "all", "")
    assert limits.standing(session) == []
    run(session)
    assert decided(session) == ["s1"]
