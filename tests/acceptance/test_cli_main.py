"""How the command line behaves whatever the command: options, output, help, faults of the world and of ours."""

from __future__ import annotations

import gc
import json
import logging
import os
import re
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
import typer

from tests.support import processes
from tests.support.cli import COMMAND, Inside, environment, run
from trigger_studio.app.main import main
from trigger_studio.cli.tree import app
from trigger_studio.storage import schema

DEMO = Path(__file__).parents[2] / "resources" / "demo"

NAMES = [
    "demo", "open", "db upgrade", "db check", "db archive", "rules import", "rules export", "rules list", "rules show",
    "rules enable", "rules disable", "rules delete", "rules approve", "pipeline import", "pipeline set",
    "gates list", "gates approve", "gates refuse", "emit", "engine", "dry-run", "explain", "graph", "log",
    "halt", "resume", "retry", "outside show", "outside allow", "outside forbid", "doctor",
    "limits list", "limits set", "limits remove",
    "db repair", "db backup", "db restore",
    "serve", "token add", "token list", "token revoke",
]  # fmt: skip


def commands(command: Any, above: str = "") -> list[str]:
    found = []
    for name in command.list_commands(None):
        item = command.get_command(None, name)
        found += commands(item, f"{above}{name} ") if hasattr(item, "commands") else [f"{above}{name}"]
    return found


def test_the_commands_are_those_documented() -> None:
    root = typer.main.get_command(app)
    assert sorted(commands(root)) == sorted(NAMES)
    assert list(root.commands) == root.list_commands(None), "a room has a command that is not listed with its room"  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_help_that_reads_well(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*name.split(), "--help"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert all(option in out for option in ("--db URL", "--profile FILE", "--json"))
    sentence = out.split("\n\n")[1].strip()
    assert sentence[0].isupper()
    assert sentence.endswith((".", ";"))
    options = out[out.index("Options:") :]
    assert not re.findall(r"^  (-\S+)(?: [A-Z_]+)?\s*$\n  -", options, re.MULTILINE), "an option without help"


def test_the_overview_names_every_command_in_a_whole_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    overview = capsys.readouterr().out
    assert "..." not in overview[overview.index("Commands:") :]
    for group in ("rules", "db", "gates", "pipeline"):
        assert main([group, "--help"]) == 0
        overview = capsys.readouterr().out
        assert "..." not in overview[overview.index("Commands:") :]


@pytest.mark.parametrize("group", ["rules", "db", "gates", "pipeline"])
def test_a_group_alone_is_bad_use_in_one_line(group: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([group]) == 2
    assert capsys.readouterr() == ("", "Missing command.\n")


def test_the_common_options_go_before_and_after_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    urls = [f"sqlite:///{tmp_path / name}.db" for name in ("before", "after", "environment")]
    monkeypatch.setenv("TRIGGER_STUDIO_DB", urls[2])
    assert main(["--db", urls[0], "--json", "db", "upgrade"]) == 0
    assert json.loads(capsys.readouterr().out)["before"] is None
    assert main(["--db", urls[0], "db", "upgrade", "--db", urls[1]]) == 0
    assert main(["db", "upgrade"]) == 0
    assert sorted(path.stem for path in tmp_path.glob("*.db")) == ["after", "before", "environment"]


def test_without_a_url_the_database_is_in_the_users_data_folder(tmp_path: Path) -> None:
    assert main(["db", "upgrade"]) == 0
    assert (tmp_path / "home" / "data" / "trigger-studio" / "studio.db").is_file()


def test_a_profile_is_kept_by_a_command_that_writes_only(
    inside: Inside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile, scene = tmp_path / "p.json", tmp_path / "s.json"
    kinds = ["project", "character", "job", "prop"]
    profile.write_text(json.dumps({"format": "trigger-studio-profile/1", "kinds": kinds}))
    scene.write_text('{"props": [{"id": "lamp"}]}')
    assert inside("rules", "list", "--profile", profile).code == 0
    assert "did you mean" in inside("pipeline", "import", scene).err
    assert inside("pipeline", "import", scene, "--profile", profile).code == 0
    assert inside("pipeline", "set", "prop", "lamp", "--status", "lit", "--json").json() == {"prop": 1}
    monkeypatch.setenv("TRIGGER_STUDIO_PROFILE", str(tmp_path / "nothing.yaml"))
    assert "nothing.yaml" in inside("rules", "list").faults()[0]


def test_schema_commands(empty_sqlite_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    inside = Inside(empty_sqlite_url, capsys)
    missing = inside("db", "check", "--json")
    assert (missing.code, len(missing.json()["findings"])) == (1, 1)
    assert not Path(empty_sqlite_url.removeprefix("sqlite:///")).exists()
    assert inside("db", "upgrade", "--json").json()["revision"] == schema.HEAD
    assert inside("db", "upgrade").code == 0
    assert inside("db", "check", "--json").json()["findings"] == []
    subprocess.run(["python3", "-c", DROP, empty_sqlite_url.removeprefix("sqlite:///")], check=True)
    broken = inside("db", "check", "--json")
    assert (broken.code, broken.json()["findings"]) == (1, ["table gates is missing"])


DROP = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('DROP TABLE gates'); c.close()"


def test_rules_out_and_in_again(inside: Inside, tmp_path: Path) -> None:
    assert len(inside("rules", "import", DEMO / "rules.yaml", "--json").json()["rules"]) == 12
    bundle = inside("rules", "export", "--json").json()
    for name in ("out.yaml", "out.json"):
        assert inside("rules", "export", tmp_path / name).code == 0
        again = inside("rules", "import", tmp_path / name, "--json").json()["rules"]
        assert [rule["id"] for rule in again] == [rule["id"] for rule in bundle["rules"]]
    assert (tmp_path / "out.yaml").read_text() == inside("rules", "export").out
    assert inside("rules", "export", "--json").json() == bundle
    assert sorted(path.name for path in tmp_path.glob("*out*")) == ["out.json", "out.yaml"]


def test_one_rule_on_off_approved_and_gone(inside: Inside) -> None:
    name = "mira-scenes-on-hero-approval"
    inside("rules", "import", DEMO / "rules.yaml")

    def rule(verb: str) -> dict[str, Any]:
        [found] = inside("rules", verb, name, "--json").json()["rules"]
        return dict(found)

    assert (rule("show")["approval"], rule("show")["revision"]) == ("needed", 1)
    assert rule("approve")["approval"] == "approved"
    off = rule("disable")
    assert (off["enabled"], off["revision"], off["approval"]) == (False, 2, "approved")
    assert rule("enable")["enabled"] is True
    assert name in inside("rules", "show", name).out
    assert rule("delete")["id"] == name
    assert "there is no rule" in inside("rules", "show", name).faults()[0]


def test_the_graph(inside: Inside, tmp_path: Path) -> None:
    inside("rules", "import", DEMO / "rules.yaml")
    graph = inside("graph", "--json").json()
    assert {"id", "kind", "label", "rule", "automated"} <= graph["nodes"][0].keys()
    assert {"source", "target", "kind"} <= graph["edges"][0].keys()
    other = tmp_path / "pipeline.json"
    other.write_text('{"projects": [{"id": "other"}]}', encoding="utf-8")
    inside("pipeline", "import", other)
    assert len(inside("graph", "--project", "other").json()["nodes"]) < len(graph["nodes"])
    assert inside("graph", "--format", "json").json() == graph
    beginnings = {"svg": "<?xml ", "mermaid": "flowchart LR", "dot": "digraph chain {"}
    for form, beginning in beginnings.items():
        assert inside("graph", "--format", form).out.startswith(beginning)
        assert "exclude each other" in inside("graph", "--format", form, "--json").faults()[0]
    assert "mermaid" in inside("graph", "--format", "gif").faults()[0]


@pytest.mark.parametrize(
    ("name", "beginning"),
    [("a.svg", b"<?xml"), ("a.png", b"\x89PNG"), ("a.pdf", b"%PDF-"), ("a.mmd", b"flowchart"), ("a.dot", b"digraph"),
     ("a.json", b'{"nodes"')],
)  # fmt: skip
def test_the_graph_in_a_file(inside: Inside, tmp_path: Path, name: str, beginning: bytes) -> None:
    inside("rules", "import", DEMO / "rules.yaml")
    assert inside("graph", "--out", tmp_path / name).out == ""
    assert (tmp_path / name).read_bytes().startswith(beginning)
    assert inside("graph", "--format", "dot", "--out", tmp_path / name).code == 0
    assert (tmp_path / name).read_bytes().startswith(b"digraph")
    assert [path.name for path in tmp_path.glob("*a.*")] == [name]


def test_the_picture_of_the_graph(inside: Inside, tmp_path: Path) -> None:
    inside("rules", "import", DEMO / "rules.yaml")
    inside("halt", "--reason", "x")
    everything, part = inside("graph", "--format", "svg").out, inside("graph", "--format", "svg", "--project", "no").out
    for words in (
        "Check a finished scene, approve it or flag it for review",
        "halted",
        "needs approval",
        "on completed",
    ):
        assert f">{words}<" in everything
    assert ">on completed<" not in part
    assert inside("graph", "--format", "svg", "--theme", "dark").out != everything
    assert "--format" in inside("graph", "--out", tmp_path / "picture").faults()[0]
    assert "cannot write" in inside("graph", "--out", tmp_path / "none" / "a.svg").faults()[0]


def test_output_is_utf_8_or_replaced_whatever_the_terminal_can_show(inside: Inside, tmp_path: Path) -> None:
    rule = {
        "id": "a",
        "name": "Übergang → Szene",
        "when": {"event": "approved", "entity": "scene"},
        "actions": [{"type": "set_status", "status": "seen"}],
    }
    (tmp_path / "r.json").write_text(json.dumps({"format": "trigger-studio/1", "rules": [rule]}))
    inside("rules", "import", tmp_path / "r.json")
    ascii_only = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    shown = run("rules", "list", "--db", inside.url, env=ascii_only)
    assert (shown.code, shown.err) == (0, "")
    assert run("rules", "list", "--json", "--db", inside.url, env=ascii_only).json()["rules"][0]["name"] == rule["name"]


def test_names_do_not_steer_the_terminal(inside: Inside, tmp_path: Path) -> None:
    rule = {
        "id": "a",
        "name": "[red]\x1b[2J",
        "when": {"event": "approved", "entity": "scene"},
        "actions": [{"type": "set_status", "status": "seen"}],
    }
    (tmp_path / "r.json").write_text(json.dumps({"format": "trigger-studio/1", "rules": [rule]}))
    assert inside("rules", "import", tmp_path / "r.json").code == 0
    out = inside("rules", "list").out
    assert "[red]\\x1b[2J" in out
    assert "\x1b" not in out


@pytest.mark.parametrize("columns", ["20", "80", "400"])
def test_a_row_of_a_table_is_one_line_however_narrow_the_screen(
    columns: str, inside: Inside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "Nämé 映画 " * 9 + "end"
    rule: dict[str, Any] = {
        "id": "a-rule-whose-id-someone-wants-to-copy",
        "name": name,
        "when": {"event": "approved", "entity": "scene"},
        "actions": [{"type": "set_status", "status": "seen"}],
    }
    (tmp_path / "r.json").write_text(json.dumps({"format": "trigger-studio/1", "rules": [rule, {**rule, "id": "b"}]}))
    assert inside("rules", "import", tmp_path / "r.json").code == 0
    monkeypatch.setenv("COLUMNS", columns)
    head, *rows = inside("rules", "list").out.splitlines()
    assert [row.split()[0] for row in rows] == ["a-rule-whose-id-someone-wants-to-copy", "b"]
    assert all(row.endswith(name) and row.index("scene") == head.index("when") for row in rows)


# ------------------------------------------------------------------------------------------------ faults of ours
def test_a_fault_of_ours_is_one_line_and_its_traceback_is_kept(
    inside: Inside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from trigger_studio.services import rule_registry

    def broken(*_: object) -> None:
        raise ZeroDivisionError("two\nlines")

    monkeypatch.setattr(rule_registry, "standing", broken)
    done = inside("rules", "list")
    log = tmp_path / "home" / "state" / "trigger-studio" / "errors.log"
    assert (done.code, done.out) == (70, "")
    assert done.err == f"internal error: ZeroDivisionError: two lines (details in {log})\n"
    assert "in broken" in log.read_text()
    first = log.stat().st_size
    inside("rules", "list")
    assert log.stat().st_size == 2 * first  # the earlier one is still there


def test_a_fault_of_ours_is_told_even_without_a_place_to_keep_it(
    inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    from trigger_studio.services import rule_registry

    monkeypatch.setattr(rule_registry, "standing", None)
    monkeypatch.setenv("XDG_STATE_HOME", "/proc/version")
    monkeypatch.setattr(tempfile, "tempdir", "/proc/version")
    assert "could not be written anywhere" in inside("rules", "list").err


def test_what_a_thread_reports_is_told_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from trigger_studio.cli.bugs import told

    logger = logging.getLogger("trigger_studio.execution.outbox")
    with told():
        logger.warning("deliveries wait\nfor %s", "the database")
        try:
            raise ZeroDivisionError
        except ZeroDivisionError:
            logger.exception("a fault of ours while sending")
    logger.warning("nobody is listening")
    log = tmp_path / "home" / "state" / "trigger-studio" / "errors.log"
    assert capsys.readouterr().err.splitlines() == [
        "deliveries wait for the database",
        f"a fault of ours while sending (details in {log})",
    ]
    assert "ZeroDivisionError" in log.read_text()


# ------------------------------------------------------------------------------------------------ pipes and signals
def started(*words: str) -> subprocess.Popen[bytes]:
    return processes.begin(
        [*COMMAND, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(PYTHONUNBUFFERED="1")
    )


def test_a_reader_that_goes_away_is_no_fault(inside: Inside) -> None:
    inside("rules", "import", DEMO / "rules.yaml")
    shell = f"{' '.join(COMMAND)} rules export --db {inside.url} | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, env=environment(), check=True)
    assert done.stderr == b""
    assert done.stdout.strip() in (b"0", b"141")


@pytest.mark.parametrize("closed", [">&-", "<&- >&- 2>&-"])
def test_a_closed_stream_is_one_that_leads_nowhere(closed: str, sqlite_url: str) -> None:
    words = [*COMMAND, "emit", "-", "--db", sqlite_url]
    done = subprocess.run(
        ["sh", "-c", f'"$@" {closed}', "sh", *words],
        env=environment(), stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_engine_with_its_summary(number: int, sqlite_url: str) -> None:
    engine = started("engine", "--json", "--db", sqlite_url)
    assert engine.stderr is not None
    assert engine.stderr.readline().startswith(b"The engine runs")
    time.sleep(0.2)
    engine.send_signal(number)
    out, err = engine.communicate(timeout=20)
    assert (engine.returncode, err) == (0, b"")
    assert json.loads(out)["firings"] == 0


def test_following_the_log_until_interrupted(inside: Inside, data: Path) -> None:
    recorded = data / "real" / "1000genome-52"
    inside("pipeline", "import", recorded / "pipeline.json", "--profile", recorded / "profile.json")
    inside("rules", "import", recorded / "rules.json")
    follower = started("log", "--follow", "--json", "--db", inside.url)
    inside("emit", recorded / "event.json")
    inside("engine", "--until-idle", "--farm", "simulated")
    assert follower.stdout is not None
    seen: dict[str, str] = {}
    while len(seen) < 52 or set(seen.values()) != {"done"}:
        entry = json.loads(follower.stdout.readline())
        seen[entry["id"]] = entry["status"]
    follower.send_signal(signal.SIGINT)
    _, err = follower.communicate(timeout=60)
    assert (follower.returncode, err) == (130, b"")


def test_progress_is_shown_on_a_terminal_only() -> None:
    """A terminal is watched here through a pseudo-terminal; everything else in this file is a pipe."""
    code = (
        "import sys, time\nfrom trigger_studio.cli import output\n"
        "with output.working('rendering') as tell:\n    tell(1, 2)\n    time.sleep(float(sys.argv[1]))\n"
    )

    def watched(seconds: str) -> bytes:
        leader, follower = os.openpty()
        subprocess.run([COMMAND[0], "-c", code, seconds], stderr=follower, env=environment(TERM="xterm"), check=True)
        os.set_blocking(leader, False)
        os.close(follower)
        try:
            return os.read(leader, 1 << 16)
        except OSError:
            return b""
        finally:
            os.close(leader)

    assert b"rendering" in watched("1.4")
    assert watched("0.1") == b""
    piped = subprocess.run([COMMAND[0], "-c", code, "1.4"], capture_output=True, env=environment(), check=True)
    assert piped.stderr == b""


def test_an_engine_that_ran_in_this_process_leaves_the_search_for_garbage_as_it_was(inside: Inside) -> None:
    assert inside("engine", "--until-idle").code == 0
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
