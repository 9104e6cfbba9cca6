"""What keeps a chain in bounds, through the command line on both databases: depth, halts, gates, approvals."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import Answer, Inside
from trigger_studio.app.main import main

RUN = ("engine", "--until-idle", "--farm", "simulated", "--json")
DEMO = Path(__file__).parents[2] / "resources" / "demo"


def job(name: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"type": name, "params": params or {}}


def rule(name: str, event: str, entity: str, *actions: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": name, "name": name, "when": {"event": event, "entity": entity}, "actions": list(actions), **more}


class Studio:
    """A pipeline with a folder for the files that go in."""

    def __init__(self, inside: Inside, folder: Path) -> None:
        self.run = inside
        self.folder = folder
        self.count = 0

    def rules(self, *rules: dict[str, Any]) -> None:
        file = self.folder / "rules.json"
        file.write_text(json.dumps({"format": "trigger-studio/1", "rules": rules}))
        assert self.run("rules", "import", file).code == 0

    def event(self, entity: str, entity_id: str, kind: str = "approved", **more: Any) -> Path:
        self.count += 1
        file = self.folder / f"event-{self.count}.json"
        event = {"id": f"e{self.count}", "type": kind, "entity": entity, "entity_id": entity_id, **more}
        file.write_text(json.dumps(event))
        return file

    def emit(self, entity: str, entity_id: str, **more: Any) -> None:
        assert self.run("emit", self.event(entity, entity_id, **more)).code == 0

    def engine(self, *words: str) -> dict[str, Any]:
        return dict(self.run(*RUN, *words).json())

    def log(self, *words: str) -> list[dict[str, Any]]:
        return self.run("log", "--json", *words).lines()

    def column(self, *keys: str) -> list[Any]:
        return [tuple(entry[key] for key in keys) if len(keys) > 1 else entry[keys[0]] for entry in self.log()]


@pytest.fixture
def studio(inside_both: Inside, tmp_path: Path) -> Studio:
    return Studio(inside_both, tmp_path)


def test_a_loop_of_two_rules_stops_at_depth_ten(studio: Studio) -> None:
    studio.rules(
        rule("a", "approved", "scene", {"type": "set_status", "status": "completed"}),
        rule("b", "completed", "scene", {"type": "set_status", "status": "approved"}),
    )
    file = studio.event("scene", "s1", project="p")
    foretold = studio.run("dry-run", "--event", file, "--json").json()
    assert studio.run("emit", file).code == 0
    summary = studio.engine()
    assert (summary["firings"], summary["refused"], summary["events"]) == (10, 1, 11)
    log = studio.log()
    assert [entry["depth"] for entry in log] == list(range(1, 12))
    assert [entry["rule"] for entry in log] == list("abababababa")
    assert [entry["status"] for entry in log] == ["done"] * 10 + ["refused"]
    assert (log[-1]["reason"], log[-1]["actions"], log[-1]["jobs"]) == ("depth", [], [])
    assert {entry["chain"] for entry in log} == {"e1"}
    for cause, entry in pairwise(log):
        assert entry["cause"] == cause["id"]
        assert cause["caused"] == [entry["id"]]
        assert cause["emitted"] == [entry["event_id"]]
    assert [(f["rule"], f["depth"]) for f in foretold["firings"]] == [(e["rule"], e["depth"]) for e in log[:-1]]
    assert foretold["refusals"] == [{"rule": "a", "depth": 11, "reason": "depth"}]


CONTRACT_KEYS = [
    "id", "at", "rule", "revision", "event_id", "cause", "chain", "depth", "status", "reason", "emitted", "caused",
    "actions", "jobs",
]  # fmt: skip


def test_the_log_has_the_documented_keys_first(studio: Studio) -> None:
    studio.rules(rule("a", "approved", "scene", job("trigger_qa")))
    studio.emit("scene", "s1")
    studio.engine()
    out = studio.run("log", "--json").out
    [entry] = [json.loads(line) for line in out.splitlines()]
    assert list(entry)[: len(CONTRACT_KEYS)] == CONTRACT_KEYS
    assert entry["actions"][0]["type"] == "trigger_qa"
    assert entry["actions"][0].keys() >= {"type", "status", "attempts"}
    assert studio.log("--job", entry["jobs"][0]) == studio.log("--chain", "e1") == studio.log("--rule", "a") == [entry]
    for option, says in (("--chain", "there is no chain 'other'"), ("--rule", "there is no rule 'other'")):
        (fault,) = studio.run("log", option, "other").faults()
        assert says in fault


@pytest.mark.parametrize(
    ("fate", "status", "jobs"), [("--replay", "done", 1), ("--discard", "refused", 0), (None, "done", 1)]
)
def test_what_a_halt_held_is_replayed_or_discarded(studio: Studio, fate: str | None, status: str, jobs: int) -> None:
    studio.rules(rule("a", "approved", "scene", job("trigger_qa")))
    [halt] = studio.run("halt", "--reason", "a wrong plate", "--json").json()["halts"]
    assert (halt["scope"], halt["target"], halt["reason"]) == ("all", None, "a wrong plate")
    studio.emit("scene", "s1")
    assert studio.engine()["held"] == 1
    assert studio.column("status", "reason") == [("held", "halt")]
    assert studio.run("resume", *([fate] if fate else []), "--json").json() == {"halts": []}
    assert studio.engine()["jobs"] == jobs
    [entry] = studio.log()
    assert (entry["status"], entry["reason"]) == (status, "discarded" if status == "refused" else None)
    assert len(entry["jobs"]) == jobs
    again = studio.run("resume")
    assert (again.code, again.out, again.err) == (1, "", "no halt of everything stands\n")


def test_a_halt_of_a_project_or_rule_leaves_the_rest_alone(studio: Studio) -> None:
    studio.rules(rule("a", "approved", "scene", job("trigger_qa")), rule("b", "approved", "scene", job("trigger_qa")))
    assert studio.run("halt", "--project", "p", "--reason", "x", "--force").code == 0
    assert studio.run("halt", "--rule", "b", "--reason", "y").code == 0
    studio.emit("scene", "s1", project="p")
    studio.emit("scene", "s2", project="q")
    studio.engine()
    held = [(e["entity_id"], e["rule"], e["status"]) for e in studio.log()]
    assert held == [("s1", "a", "held"), ("s1", "b", "held"), ("s2", "a", "done"), ("s2", "b", "held")]
    [left] = studio.run("resume", "--project", "p", "--discard", "--json").json()["halts"]
    assert (left["scope"], left["target"]) == ("rule", "b")


def test_a_failed_firing_is_retried_by_hand(studio: Studio) -> None:
    studio.rules(rule("a", "approved", "scene", job("trigger_qa")))
    studio.emit("scene", "s1")
    studio.engine("--fail", "qa")
    [failed] = studio.log()
    assert failed["status"] == "failed"
    said = studio.run("retry", failed["id"])
    assert (said.code, said.out) == (0, f"{failed['id']} goes on from where it failed.\n")
    studio.engine()
    assert studio.column("status") == ["done"]
    again = studio.run("retry", failed["id"])
    assert (again.code, again.err) == (1, f"firing '{failed['id']}' is done; only a failed one can be retried\n")
    assert studio.run("retry", "f9-9").err == "there is no firing 'f9-9'\n"


def test_a_halt_reports_what_it_stopped_and_a_resume_is_previewed(studio: Studio) -> None:
    wait = {"type": "gate", "message": "look"}
    studio.rules(
        rule("a", "approved", "scene", job("trigger_qa")),
        rule("b", "approved", "scene", wait, job("trigger_qa")),
        rule("costly", "approved", "scene", {"type": "submit_job", "job_type": "scene_generation"}),
    )
    assert studio.run("rules", "approve", "costly").code == 0
    said = studio.run("halt", "--reason", "nothing yet").out.splitlines()
    assert said[1:] == ["  nothing was under way there"]
    for number in range(3):
        studio.emit("scene", f"s{number}", project="p" if number else None)
    found = studio.run("halt", "--reason", "again", "--json").json()
    assert len(found["halts"]) == 1
    assert (found["report"]["events"], found["report"]["held"]) == (3, {})
    studio.engine()
    found = studio.run("halt", "--project", "p", "--reason", "once more", "--json").json()
    assert found["report"]["held"] == {"a": 2, "b": 2, "costly": 2}
    assert studio.run("resume", "--project", "p", "--preview", "--json").json()["preview"]["stays"] == {"halt": 6}
    assert studio.run("resume", "--project", "p").code == 0
    preview = studio.run("resume", "--preview", "--json").json()
    assert [halt["scope"] for halt in preview["halts"]] == ["all"]
    assert preview["preview"] == {
        "starts": {"a": 3, "b": 3, "costly": 3}, "stays": {}, "refused": {}, "continues": {}, "jobs": 9,
        "gpu_hours": 8.1,
    }  # fmt: skip
    assert studio.run("resume", "--preview", "--discard").out == "Would be refused: 9 firings (discarded)\n"
    said = studio.run("resume", "--preview").out.splitlines()
    assert said[0] == "Would start: 9 firings: at most 9 jobs, 8.1 GPU-hours, and what follows from them"
    assert {entry["status"] for entry in studio.log()} == {"held"}  # a look changed nothing
    assert studio.run("rules", "disable", "a").code == 0
    assert studio.run("resume", "--preview", "--json").json()["preview"]["refused"] == {"discarded": 3}
    assert studio.run("resume").code == 0
    studio.engine()
    assert len(studio.run("gates", "list", "--json").json()["gates"]) == 3


def test_gates_are_listed_and_answered_once(studio: Studio) -> None:
    gate = {"type": "gate", "approvers": "admin", "message": "look at {{ event.entity_id }}", "timeout": "3d"}
    studio.rules(rule("a", "approved", "scene", gate, job("trigger_qa")))
    studio.emit("scene", "s1")
    studio.emit("scene", "s2")
    studio.engine()
    waiting = studio.run("gates", "list", "--json").json()["gates"]
    assert [item["message"] for item in waiting] == ["look at s1", "look at s2"]
    assert studio.column("status") == ["waiting", "waiting"]
    assert "look at s2" in studio.run("gates", "list").out
    first, second = (item["id"] for item in waiting)
    assert studio.run("gates", "approve", first, "--json").json()["gates"][0]["status"] == "approved"
    assert studio.run("gates", "refuse", second, "--reason", "too dark").code == 0
    for verb in ("approve", "refuse"):
        again = studio.run("gates", verb, first)
        assert (again.code, again.out) == (1, "")
        assert "was approved by" in again.err
    assert studio.engine()["jobs"] == 1
    assert studio.column("status") == ["done", "failed"]
    assert "too dark" in studio.log()[1]["actions"][0]["detail"]
    assert studio.run("gates", "list", "--json").json() == {"gates": []}


def test_generation_waits_for_an_approval_and_explain_says_so(studio: Studio) -> None:
    generation = {"type": "submit_job", "job_type": "scene_generation"}
    studio.rules(rule("a", "approved", "variant", generation))
    file = studio.event("variant", "v1")

    def explained() -> Answer:
        return studio.run("explain", "--rule", "a", "--event", file, "--json")

    assert explained().code == 1
    failed = [check["check"] for check in explained().json()["checks"] if not check["passed"]]
    assert (explained().json()["fires"], failed) == (False, ["approval"])
    assert "would not fire" in studio.run("explain", "--rule", "a", "--event", file).out
    studio.run("emit", file)
    assert studio.engine()["refused"] == 1
    assert studio.column("status", "reason") == [("refused", "approval")]
    studio.run("rules", "approve", "a")
    assert (explained().code, explained().json()["fires"]) == (0, True)
    assert explained().json()["checks"][0].keys() == {"check", "path", "passed", "expected", "actual"}


def test_jobs_that_are_told_to_fail_fail_as_foretold(studio: Studio) -> None:
    studio.rules(
        rule("a", "approved", "scene", job("trigger_qa"), job("start_concatenation")),
        rule("b", "failed", "job", {"type": "set_status", "status": "looked_at"}),
    )
    file = studio.event("scene", "s1")
    foretold = studio.run("dry-run", "--event", file, "--fail", "qa", "--json").json()
    studio.run("emit", file)
    studio.engine("--fail", "qa")
    assert studio.column("rule", "status") == [("a", "failed"), ("b", "done")]
    assert [action["status"] for action in studio.log()[0]["actions"]] == ["failed", "skipped"]
    assert [(f["rule"], f["status"]) for f in foretold["firings"]] == [("a", "failed"), ("b", "done")]
    assert [action["outcome"] for action in foretold["firings"][0]["actions"]] == ["failed", "skipped"]


def test_a_dry_run_of_the_demonstration_with_and_without_approvals(studio: Studio) -> None:
    studio.run("pipeline", "import", DEMO / "pipeline.json")
    studio.run("rules", "import", DEMO / "rules.yaml")
    event = ("--event", DEMO / "event.json", "--json")
    assert studio.run("dry-run", *event, "--assume", "approvals").json()["refusals"] == [
        {"rule": "mira-scenes-on-hero-approval", "depth": 1, "reason": "approval"}
    ]
    studio.run("rules", "approve", "mira-scenes-on-hero-approval")
    plain = studio.run("dry-run", *event).json()
    granted = studio.run("dry-run", *event, "--assume", "approvals").json()
    assert plain.keys() == {"firings", "refusals", "held", "stops", "totals"}
    assert plain["totals"].keys() == {"firings", "jobs", "gpu_hours"}
    assert any("gate" in stop["reason"] for stop in plain["stops"])
    assert plain["firings"][-1]["rule"] == "package-after-sign-off"
    assert granted["firings"][-1]["rule"] == "delivery-approved"
    part = studio.run("dry-run", *event, "--rule", "package-after-sign-off").json()
    assert [firing["rule"] for firing in part["firings"]] == ["package-after-sign-off"]
    text = studio.run("dry-run", "--event", DEMO / "event.json").out
    assert "scene-qa" in text
    assert "nothing was changed" in text


def test_the_story_of_a_chain_is_a_tree(studio: Studio) -> None:
    studio.rules(
        rule("a", "approved", "scene", job("trigger_qa"), job("trigger_qa")),
        rule("b", "completed", "qa", {"type": "set_status", "status": "seen"}),
    )
    assert studio.run("log").out == "The log holds nothing of that.\n"
    studio.emit("scene", "s1")
    studio.engine()
    lines = studio.run("log").out.splitlines()
    assert "a  done" in lines[0]
    assert any("trigger_qa ×2 done" in line for line in lines)
    assert sum("── " in line and "b  done" in line for line in lines) == 2


def test_an_empty_url_is_no_database(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for arguments in (["rules", "list", "--db", ""], ["--db", "", "rules", "list"], ["rules", "list"]):
        if "--db" not in arguments:
            monkeypatch.setenv("TRIGGER_STUDIO_DB", "")
        assert main(arguments) == 2
        told = capsys.readouterr().err
        assert told.count("\n") == 1
        assert "the database's URL is empty" in told


def test_an_engine_without_a_place_for_its_lock_says_so(inside: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/proc/nowhere")
    told = inside("engine", "--until-idle")
    assert told.code == 2
    assert "an engine keeps its lock in /proc/nowhere" in told.err


def test_what_a_ceiling_holds_is_named_and_goes_on_by_its_chain(studio: Studio, tmp_path: Path) -> None:
    profile = tmp_path / "profile.yaml"
    profile.write_text((DEMO.parent / "pipeline.yaml").read_text().replace("firings: 5000", "firings: 1"))
    seen = {"type": "set_status", "status": "seen"}
    studio.rules(*(rule(name, "approved", "scene", seen) for name in "abcd"))
    studio.emit("scene", "s1")
    studio.engine("--profile", str(profile))
    assert studio.column("status", "reason") == [("done", None), *[("held", "budget")] * 3]
    (chain,) = studio.run("limits", "list", "--json").json()["chains"]
    assert (chain["chain"], chain["held"]) == (studio.log()[0]["event_id"], 3)
    assert f"'resume --chain {chain['chain']}'" in studio.run("limits", "list").out
    assert "1 thing" not in studio.run("doctor").out
    assert studio.run("resume", "--chain", "nobody").code == 1
    assert studio.run("resume", "--chain", chain["chain"], "--rule", "a").code == 2
    assert "3 held firings to be replayed" in studio.run("resume", "--chain", chain["chain"], "--replay").out
    studio.engine()
    assert studio.column("status", "reason") == [*[("done", None)] * 2, *[("held", "budget")] * 2]
    assert "discarded" in studio.run("resume", "--chain", chain["chain"], "--discard").out
    studio.engine()
    assert studio.column("status", "reason")[2:] == [("refused", "discarded")] * 2


def test_limits_are_set_shown_and_lifted(studio: Studio) -> None:
    studio.rules(rule("a", "approved", "scene", {"type": "set_status", "status": "seen"}))
    said = studio.run("limits", "set", "firings", "1", "--per", "1h", "--rule", "a")
    assert said.out == "Set for rule a: at most 1 firing within 1 h.\n"
    for number in range(3):
        studio.emit("scene", f"s{number}")
    studio.engine()
    assert studio.column("status", "reason") == [("done", None), ("held", "budget"), ("held", "budget")]
    (limit,) = studio.run("limits", "list", "--json").json()["limits"]
    assert (limit["used"], limit["held"], limit["window_s"]) == (1, 2, 3600)
    assert limit["since"] in studio.run("limits", "list").out
    assert studio.run("limits", "remove", "gpu-hours", "--rule", "a").code == 1
    assert studio.run("limits", "remove", "firings", "--rule", "a", "--json").json() == {"limits": []}
    for words, fault in (
        (("firings", "1", "--per", "soon"), "--per: 'soon' is no duration"),
        (("eggs", "1", "--per", "1h"), "'eggs' cannot be limited; allowed: firings, gpu-hours, failures"),
        (("firings", "1", "--per", "1h", "--rule", "nobody"), "there is no rule 'nobody'"),
        (("firings", "1", "--per", "1h", "--project", "nowhere"), "there is no project 'nowhere'"),
    ):
        answer = studio.run("limits", "set", *words)
        assert fault in answer.faults()[0]
