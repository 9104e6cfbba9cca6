"""Bad input of every sort: exit 2, one clear line for each fault, no traceback, and nothing half-stored."""

from __future__ import annotations

import json
import resource
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.cli import COMMAND, Inside, environment, run

RULE = {
    "id": "a",
    "name": "A",
    "when": {"event": "approved", "entity": "scene"},
    "actions": [{"type": "set_status", "status": "seen"}],
}
EVENT = {"id": "e1", "type": "approved", "entity": "scene", "entity_id": "s1", "project": "p"}
GOOD_LINE = json.dumps(EVENT).encode() + b"\n"


def bundle(**changes: object) -> bytes:
    return json.dumps({"format": "trigger-studio/1", "rules": [{**RULE, **changes}]}).encode()


def event(**changes: object) -> bytes:
    return json.dumps({**EVENT, "id": "e2", **changes}).encode()


BOMB = b"n0: &n0 [x]\n" + b"".join(
    b"n%d: &n%d [%s]\n" % (n, n, b", ".join([b"*n%d" % (n - 1)] * 10)) for n in range(1, 12)
)

BAD_FILES = {
    "broken yaml": ("rules import", b"rules: [a, {b: ]", 1, "line 1"),
    "broken json": ("rules import", b'{"format": "trigger-studio/1", "rules": [}', 1, "not valid JSON"),
    "empty": ("rules import", b"", 1, "the document is empty"),
    "no text": ("rules import", b"\xff\xfe\x00", 1, "not valid UTF-8"),
    "NUL in a bundle": ("rules import", b"format: trigger-studio/1\nrules: ['\0']", 1, "NUL"),
    "escaped NUL in a bundle": ("rules import", bundle(name="a\0b"), 1, "rules[0].name"),
    "unknown key": ("rules import", bundle(nmae="x"), 1, "did you mean 'name'"),
    "two faults": ("rules import", bundle(nmae="x", priority="high"), 2, "rules[0].priority"),
    "wrong type": ("rules import", bundle(priority="high"), 1, "rules[0].priority"),
    "unknown kind": ("rules import", bundle(when={"event": "approved", "entity": "scnee"}), 1, "did you mean 'scene'"),
    "unknown action": ("rules import", bundle(actions=[{"type": "explode"}]), 1, "rules[0].actions[0].type"),
    "no bundle": ("rules import", b"[1, 2]", 1, "a bundle is a mapping"),
    "alias bomb": ("rules import", BOMB, 1, "alias"),
    "pipeline unknown kind": ("pipeline import", b'{"scnes": []}', 1, "did you mean 'scenes'"),
    "pipeline without id": ("pipeline import", b'{"scenes": [{"id": "s1"}, {"name": "x"}]}', 1, "scenes[1].id"),
    "pipeline of wrong form": ("pipeline import", b'{"scenes": {"id": "s1"}}', 1, "needed: a list"),
    "pipeline with NUL": ("pipeline import", b'{"scenes": [{"id": "s\\u00001"}]}', 1, "NUL"),
    "event no json": ("emit", GOOD_LINE + b"nonsense\n", 1, "line 2: not valid JSON"),
    "event unknown key": ("emit", GOOD_LINE + event(colour="red"), 1, "line 2: colour"),
    "event wrong type": ("emit", GOOD_LINE + event(entity_id=7), 1, "line 2: entity_id"),
    "event unknown entity": ("emit", GOOD_LINE + event(entity="scnee"), 1, "did you mean 'scene'"),
    "event time without offset": ("emit", GOOD_LINE + event(occurred_at="2026-11-20T09:30:00"), 1, "its offset"),
    "event outside its domain": ("emit", GOOD_LINE + event(attributes={"qa_pass_rate": 2}), 1, "from 0 to 1"),
    "event with NUL": ("emit", GOOD_LINE + event(entity_id="a\0b"), 1, "line 2: entity_id"),
    "event of ours": ("emit", GOOD_LINE + event(id="ts:1"), 1, "line 2"),
    "event with an unknown cause": ("emit", GOOD_LINE + event(cause="f9-9"), 1, "there is no firing 'f9-9'"),
    "event known otherwise": ("emit", GOOD_LINE + event(id="e1", type="failed"), 1, "'e1' is known with other content"),
    "two bad events": ("emit", GOOD_LINE + b"[]\n\n{}\n", 5, "line 4: id: is needed"),
    "profile unknown kind": ("--profile", b"kinds: [project]", None, "kinds: 'character' is needed and missing"),
}


@pytest.mark.parametrize("case", BAD_FILES.values(), ids=list(BAD_FILES))
def test_a_bad_file_is_refused_whole(
    case: tuple[str, bytes, int | None, str], tmp_path: Path, inside_both: Inside
) -> None:
    command, content, count, part = case
    file = tmp_path / "given"
    file.write_bytes(content)
    words = ("rules", "list", command) if command == "--profile" else tuple(command.split())
    faults = inside_both(*words, file).faults()
    assert count is None or len(faults) == count, faults
    assert any(part in fault for fault in faults), faults
    assert nothing_stored(inside_both)


def nothing_stored(inside: Inside) -> bool:
    from trigger_studio.services import pipeline, rule_registry
    from trigger_studio.services.session import Session
    from trigger_studio.storage import tables

    with Session(inside.url) as session, session.database.read() as connection:
        stored = [connection.execute(table.select()).all() for table in (tables.events, tables.bus, tables.audit)]
        return not any(stored) and not pipeline.entities(session) and not rule_registry.standing(session)


BAD_USE = {
    "no such command": (("emitt",), "No such command 'emitt'"),
    "no such option": (("log", "--colour", "red"), "No such option"),
    "no file": (("emit",), "FILE"),
    "missing file": (("emit", "/nowhere/events"), "cannot read /nowhere/events: No such file or directory"),
    "missing bundle": (("rules", "import", "/nowhere/rules"), "cannot read /nowhere/rules: No such file or directory"),
    "directory of events": (("emit", "/tmp"), "cannot read /tmp: Is a directory"),
    "directory of rules": (("rules", "import", "/tmp"), "/tmp is a directory"),
    "directory of entities": (("pipeline", "import", "/tmp"), "/tmp is a directory"),
    "directory as event": (("dry-run", "--event", "/tmp"), "/tmp is a directory"),
    "directory as profile": (("log", "--profile", "/tmp"), "/tmp is a directory"),
    "export into a file's folder": (("rules", "export", "/proc/version/rules.yaml"), "cannot write"),
    "export to a read-only place": (("rules", "export", "/proc/rules.yaml"), "cannot write /proc/rules.yaml"),
    "unknown rule": (("rules", "show", "scene-q"), "there is no rule 'scene-q'"),
    "unknown rule to approve": (("rules", "approve", "x"), "there is no rule 'x'"),
    "unknown rule to enable": (("rules", "enable", "x"), "there is no rule 'x'"),
    "unknown rule to delete": (("rules", "delete", "x"), "there is no rule 'x'"),
    "unknown gate": (("gates", "approve", "g9"), "there is no gate 'g9'"),
    "unknown job": (("log", "--job", "j9"), "there is no job 'j9'"),
    "unknown kind": (("pipeline", "set", "scnee", "s1", "--status", "x"), "did you mean 'scene'"),
    "unknown entity": (("pipeline", "set", "scene", "s1", "--status", "x"), "there is no scene 's1'"),
    "no status": (("pipeline", "set", "scene", "s1"), "--status"),
    "no such farm": (("engine", "--farm", "real"), "simulated"),
    "no such job type": (("engine", "--farm", "simulated", "--fail", "scene_generaton"), "'scene_generation'"),
    "fail without a farm": (("engine", "--until-idle", "--fail", "qa"), "--fail needs --farm simulated"),
    "halt without reason": (("halt",), "--reason"),
    "halt for nothing": (("halt", "--reason", " "), "a halt needs a reason"),
    "halt of no project": (("halt", "--project", "", "--reason", "y"), "a project's id is needed"),
    "halt of an unknown rule": (("halt", "--rule", "x", "--reason", "y"), "there is no rule 'x'"),
    "two scopes": (("halt", "--rule", "x", "--project", "p", "--reason", "y"), "--project and --rule exclude"),
    "two fates": (("resume", "--replay", "--discard"), "--replay and --discard exclude"),
    "no text": (("rules", "show", "a\udcff"), "is not valid UTF-8 text"),
}


@pytest.mark.parametrize("case", BAD_USE.values(), ids=list(BAD_USE))
def test_bad_use_is_told_in_one_line(case: tuple[tuple[str, ...], str], inside: Inside) -> None:
    words, part = case
    faults = inside(*words).faults()
    assert len(faults) == 1, faults
    assert part in faults[0]


def test_foretelling_with_unknown_names(inside: Inside, tmp_path: Path) -> None:
    file = tmp_path / "event.json"
    file.write_bytes(GOOD_LINE)
    assert inside("dry-run", "--event", file, "--rule", "x").faults() == ["there is no rule 'x'; allowed: nothing"]
    assert "there is no rule 'x'" in inside("explain", "--event", file, "--rule", "x").faults()[0]
    assert len(inside("dry-run", "--event", file, "--fail", "x", "--fail", "y").faults()) == 2
    assert "approvals" in inside("dry-run", "--event", file, "--assume", "everything").faults()[0]
    file.write_bytes(GOOD_LINE + GOOD_LINE)
    assert inside("dry-run", "--event", file).faults() == [f"{file}: holds 2 events; exactly one is needed"]


DATABASES: dict[str, tuple[str, str]] = {
    "no url": ("studio.db", "is no database URL"),
    "other sort": ("mysql://localhost/x", "'mysql' databases are not supported"),
    "in memory": ("sqlite://", "cannot be shared"),
    "options for a file": ("sqlite:///{tmp}/what?.db", "has a '?'"),
    "a folder": ("sqlite:////tmp", "database /tmp: it is a directory; give a file: sqlite:///FILE"),
    "below a file": ("sqlite:////proc/version/studio.db", "/proc/version is not a directory"),
    "nowhere to make it": ("sqlite:////proc/nowhere/studio.db", "database /proc/nowhere/studio.db"),
    "no database": ("sqlite:///{tmp}/letter.txt", "letter.txt: file is not a database"),
    "nobody listens": ("postgresql://nobody@127.0.0.1:1/x", "refused"),
    "no socket": ("postgresql://nobody:secret@/x?host={tmp}", "No such file or directory"),
}


@pytest.mark.parametrize("case", DATABASES.values(), ids=list(DATABASES))
@pytest.mark.parametrize("words", ["rules list", "db check", "engine --until-idle"])
def test_a_database_out_of_reach(
    case: tuple[str, str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url, part = case
    (tmp_path / "letter.txt").write_text("Dear database, " * 100)
    answer = Inside(url.format(tmp=tmp_path), capsys)(*words.split())
    if words == "db check" and "nowhere" in url:  # a look does not try to make it
        assert (answer.code, answer.out) == (
            1,
            f"{part[9:]}: there is no such file; 'trigger-studio db upgrade' makes it\n",
        )
        return
    faults = answer.faults()
    assert len(faults) == 1, faults
    assert part in faults[0]
    assert "secret" not in faults[0]


def test_a_read_only_disk(tmp_path: Path, inside: Inside) -> None:
    """A file system without room for one more byte refuses root as well."""
    file = tmp_path / "rules.json"
    file.write_bytes(bundle())
    assert inside("rules", "import", file).code == 0
    limit = 1 << 10  # no file may grow beyond this, so neither may the database
    done = limited(["rules", "import", str(file), "--db", inside.url], lambda: limit_files(limit))
    assert done.returncode == 2, done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert b"database" in done.stderr
    assert [rule["revision"] for rule in inside("rules", "list", "--json").json()["rules"]] == [1]


def limit_files(size: int) -> None:
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def limited(words: list[str], before: Callable[[], None]) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *words], capture_output=True, env=environment(), timeout=60, check=False, preexec_fn=before
    )


def test_a_line_of_100_mb_costs_neither_time_nor_memory(tmp_path: Path, sqlite_url: str) -> None:
    file = tmp_path / "huge.ndjson"
    with file.open("wb") as stream:
        stream.write(b'{"id": "')
        stream.truncate(100 << 20)
    room = 64 << 20  # beyond what the program itself takes
    words = ["emit", str(file), "--db", sqlite_url]
    small = limited(["emit", "/nowhere", "--db", sqlite_url], lambda: None)
    assert small.returncode == 2
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss << 10
    done = limited(words, lambda: None)
    assert done.stderr.decode().splitlines() == [f"{file}: line 1: longer than the 1 MiB allowed"]
    assert done.returncode == 2
    assert (resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss << 10) - used < room


def test_faults_of_several_files_come_together(tmp_path: Path, inside: Inside) -> None:
    for name in "abc":
        (tmp_path / name).write_bytes(GOOD_LINE if name == "b" else b"{\n")
    faults = inside("emit", *(tmp_path / name for name in "abc")).faults()
    assert [fault.split(": ")[0] for fault in faults] == [str(tmp_path / "a"), str(tmp_path / "c")]
    assert nothing_stored(inside)


def test_standard_input(sqlite_url: str) -> None:
    assert run("emit", "-", "--json", "--db", sqlite_url, stdin=GOOD_LINE * 2).json() == {
        "accepted": 1,
        "duplicates": 1,
    }
    faults = run("emit", "-", "--db", sqlite_url, stdin=b"\n[]").faults()
    assert faults == ["standard input: line 2: found []; an event is an object"]
