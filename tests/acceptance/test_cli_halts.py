"""Halting a chain, what a resume lets go, and what keeps a gate or a retry from being answered, by the commands."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.test_cli_safety import Studio, job, rule
from tests.support.cli import Inside, run

EXCLUDE = "exclude each other; give one of them, or none for everything"
CHECK = rule("check", "approved", "scene", job("trigger_qa"))
FOLLOW = rule("follow", "completed", "qa", job("start_concatenation"))
RESCUE = rule("rescue", "failed", "job", {"type": "set_status", "status": "needs_review"})


@pytest.fixture
def studio(inside_both: Inside, tmp_path: Path) -> Studio:
    return Studio(inside_both, tmp_path)


def held(studio: Studio) -> list[tuple[str, str, str | None]]:
    return [(entry["chain"], entry["status"], entry["reason"]) for entry in studio.log()]


# one chain --------------------------------------------------------------------------------------------------------


def test_a_halt_of_a_chain_holds_what_follows_in_it_and_leaves_the_others_alone(studio: Studio) -> None:
    studio.rules(CHECK, FOLLOW)
    studio.emit("scene", "s1", project="p")
    studio.emit("scene", "s2", project="p")
    made = studio.run("halt", "--chain", "e1", "--reason", "the wrong plate!")
    assert made.out.splitlines() == [
        "Halted chain e1: the wrong plate! Rules that match are held until 'resume'.",
        "  still to be decided: 1 event; what would fire is held",
    ]
    file = studio.event("scene", "s1", id="e1", project="p")
    studio.engine()
    assert held(studio) == [("e1", "held", "halt"), ("e2", "done", None), ("e2", "done", None)]
    foreseen = studio.run("resume", "--chain", "e1", "--preview", "--json").json()["preview"]
    assert (foreseen["starts"], foreseen["jobs"]) == ({"check": 1}, 1)
    explained = studio.run("explain", "--rule", "check", "--event", file, "--json").json()
    assert [check["passed"] for check in explained["checks"] if check["check"] == "halt"] == [False]
    assert studio.run("resume", "--chain", "e1").out == "Resumed. 1 held firing to be replayed, 0 going on.\n"
    studio.engine()
    assert sorted(held(studio)) == [(chain, "done", None) for chain in ("e1", "e1", "e2", "e2")]


def test_a_firing_that_had_started_begins_no_further_action_while_its_chain_is_halted(studio: Studio) -> None:
    branch = {
        "type": "branch", "if": {"field": "qa_pass_rate", "op": "is_not_set"},
        "then": [{"type": "set_status", "status": "seen"}],
    }  # fmt: skip
    gate = {"type": "gate", "approvers": "admin"}
    studio.rules(rule("a", "approved", "scene", gate, branch))
    studio.emit("scene", "s1")
    studio.emit("scene", "s2")
    studio.engine()
    for one in studio.run("gates", "list", "--json").json()["gates"]:
        assert studio.run("gates", "approve", one["id"]).code == 0
    assert studio.run("halt", "--chain", "e1", "--reason", "x").code == 0
    studio.engine()
    first, second = studio.log()
    assert [action["status"] for action in first["actions"]] == ["done", "pending"]
    assert second["status"] == "done"
    assert studio.run("resume", "--chain", "e1").out.endswith("0 held firings to be replayed, 1 going on.\n")
    studio.engine()
    assert studio.log()[0]["status"] == "done"


def test_with_cancel_the_open_jobs_of_the_chain_fail_and_raise_their_failed_events(studio: Studio) -> None:
    studio.rules(rule("check", "approved", "scene", *[job("trigger_qa")] * 2, mode="parallel"), RESCUE)
    studio.emit("scene", "s1", project="p")
    studio.emit("scene", "s2", project="p")
    assert studio.run("engine", "--until-idle").code == 0  # nobody ends their jobs
    stopped = studio.run("halt", "--chain", "e1", "--cancel", "--reason", "wrong", "--json").json()
    assert stopped["cancelled"] == 2
    assert stopped["report"]["jobs"] == {}
    assert stopped["report"]["events"] == 4  # of the jobs, and of the QA runs
    assert studio.run("engine", "--until-idle").code == 0
    first, second, *held_ = studio.log()
    assert (first["status"], [a["status"] for a in first["actions"]]) == ("failed", ["failed", "failed"])
    assert (second["chain"], second["status"]) == ("e2", "running")
    assert [(e["rule"], e["chain"], e["status"], e["reason"]) for e in held_] == [("rescue", "e1", "held", "halt")] * 2
    again = studio.run("halt", "--chain", "e1", "--cancel", "--reason", "wrong", "--json").json()
    assert (again["cancelled"], len(again["halts"])) == (0, 1)
    assert studio.run("resume", "--chain", "e1", "--discard").code == 0
    studio.engine()
    assert [entry["status"] for entry in studio.log()] == ["failed", "done", "refused", "refused"]


def test_a_job_whose_end_was_reported_before_is_not_cancelled(studio: Studio) -> None:
    studio.rules(CHECK)
    studio.emit("scene", "s1")
    assert studio.run("engine", "--until-idle").code == 0
    (open_job,) = studio.log()[0]["jobs"]
    studio.emit("job", open_job, kind="completed", job_id=open_job)
    assert studio.run("halt", "--chain", "e1", "--cancel", "--reason", "x", "--json").json()["cancelled"] == 0
    studio.engine()
    assert studio.log()[0]["status"] == "done"


# what is not known ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--project", "auroar"), "there is no project 'auroar'; allowed: aurora, borealis; did you mean 'aurora'?"),
        (("--rule", "chek"), "there is no rule 'chek'; allowed: check; did you mean 'check'?"),
        (("--chain", "e9"), "there is no chain 'e9'; allowed: e1, e2"),
        (("--chain", "e9", "--force"), "there is no chain 'e9'; allowed: e1, e2"),
        (("--project", "aurora", "--cancel"), "--cancel goes with --chain: it fails the open jobs of one chain"),
        (("--chain", "e1", "--rule", "check"), f"--rule and --chain {EXCLUDE}"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_not_halted(studio: Studio, words: tuple[str, ...], says: str) -> None:
    studio.rules(CHECK)
    studio.emit("scene", "s1", project="aurora")
    studio.engine("--fail", "qa")
    studio.emit("scene", "s2", project="borealis")
    studio.run("halt", "--reason", "keeps e1 open")
    studio.emit("scene", "s3", cause=studio.log()[0]["id"])
    studio.engine()
    assert studio.run("halt", *words, "--reason", "stop!").faults() == [says]
    assert len(studio.run("halt", "--reason", "x", "--json").json()["halts"]) == 1


def test_a_project_is_known_by_an_entity_or_by_an_event_and_any_other_is_halted_with_force(studio: Studio) -> None:
    entities = studio.folder / "pipeline.json"
    entities.write_text(json.dumps({"projects": [{"id": "aurora"}], "scenes": [{"id": "loose"}]}))
    assert studio.run("pipeline", "import", entities).code == 0
    studio.emit("scene", "loose", project="only-in-events")
    for project in ("aurora", "only-in-events"):
        assert studio.run("halt", "--project", project, "--reason", "x").code == 0
    assert studio.run("halt", "--project", "none-yet", "--reason", "x").code == 2
    assert studio.run("halt", "--project", "none-yet", "--reason", "x", "--force").code == 0


def test_an_event_within_a_chain_is_told_from_the_one_that_began_it(studio: Studio) -> None:
    studio.rules(CHECK)
    studio.emit("scene", "s1")
    studio.engine()
    within = studio.log()[0]["emitted"][0]
    assert studio.run("halt", "--chain", within, "--reason", "x").faults() == [
        f"'{within}' began no chain; it is an event of the chain 'e1'"
    ]


# several halts ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fate", ["--discard", "--replay"])
def test_what_several_halts_hold_goes_on_with_the_last_of_them(studio: Studio, fate: str) -> None:
    studio.rules(CHECK)
    studio.emit("scene", "s1", project="p")
    studio.emit("scene", "s2", project="q")
    studio.run("halt", "--reason", "all")
    studio.run("halt", "--project", "p", "--reason", "the other one")
    studio.engine()
    preview = studio.run("resume", "--preview", fate, "--json").json()["preview"]
    assert preview["stays"] == {"halt": 1}
    assert studio.run("resume", fate).out.startswith("Resumed. 1 held firing ")
    studio.engine()
    after = {"--discard": ("refused", "discarded"), "--replay": ("done", None)}[fate]
    assert studio.column("status", "reason") == [("held", "halt"), after]
    assert studio.run("resume", "--project", "p").code == 0
    studio.engine()
    assert studio.column("status", "reason") == [("done", None), after]


def test_a_resume_of_all_without_such_a_halt_discards_nothing(studio: Studio) -> None:
    studio.rules(CHECK)
    studio.emit("scene", "s1", project="p")
    studio.run("halt", "--project", "p", "--reason", "x")
    studio.engine()
    refused = studio.run("resume", "--discard")
    assert (refused.code, refused.err) == (1, "no halt of everything stands\n")
    studio.engine()
    assert studio.column("status", "reason") == [("held", "halt")]


def test_a_started_firing_waits_for_the_last_halt_too(studio: Studio) -> None:
    studio.rules(rule("a", "approved", "scene", {"type": "gate", "approvers": "admin"}, job("trigger_qa")))
    studio.emit("scene", "s1", project="p")
    studio.engine()
    studio.run("halt", "--reason", "all")
    studio.run("halt", "--rule", "a", "--reason", "it")
    (gate,) = studio.run("gates", "list", "--json").json()["gates"]
    studio.run("gates", "approve", gate["id"])
    studio.engine()
    assert studio.run("resume").out == "Resumed. 0 held firings to be replayed, 0 going on.\n"
    studio.engine()
    assert studio.column("status") == ["waiting"]
    assert studio.run("resume", "--rule", "a").out.endswith("1 going on.\n")
    studio.engine()
    assert studio.column("status") == ["done"]


def test_what_a_limit_holds_is_no_concern_of_a_resume(studio: Studio) -> None:
    studio.rules(CHECK)
    assert studio.run("limits", "set", "firings", "0", "--per", "1h").code == 0
    studio.emit("scene", "s1", project="p")
    studio.engine()
    studio.run("halt", "--reason", "x")
    assert studio.run("resume", "--discard").out.startswith("Resumed. 0 held firings ")
    studio.engine()
    assert studio.column("status", "reason") == [("held", "budget")]


# gates and retries ------------------------------------------------------------------------------------------------


def test_a_gate_whose_time_is_up_is_not_answered_though_no_engine_noticed(studio: Studio) -> None:
    gate = {"type": "gate", "approvers": "admin", "timeout": "1s"}
    studio.rules(rule("a", "approved", "scene", gate))
    studio.emit("scene", "s1")
    studio.engine()  # on the farm's virtual clock
    (asked,) = studio.run("gates", "list", "--json").json()["gates"]
    time.sleep(1.1)
    for answer in ("approve", "refuse"):
        refused = studio.run("gates", answer, asked["id"])
        assert (refused.code, refused.out) == (1, "")
        assert refused.err == f"the time to answer gate '{asked['id']}' was up at {asked['due_at']}\n"
    assert studio.run("gates", "list", "--json").json() == {"gates": []}
    assert studio.run("engine", "--until-idle").code == 0
    assert studio.column("status") == ["failed"]


def test_a_gates_time_is_real_where_the_farms_clock_is_ahead(studio: Studio) -> None:
    gate = {"type": "gate", "approvers": "admin", "timeout": "1h"}
    studio.rules(rule("a", "approved", "scene", job("trigger_qa"), gate))
    studio.emit("scene", "s1")
    studio.engine()
    (asked,) = studio.run("gates", "list", "--json").json()["gates"]
    assert abs(_seconds(asked["due_at"]) - time.time() - 3600) < 60
    assert abs(_seconds(asked["due_at"]) - _seconds(asked["opened_at"]) - 3600) < 0.01


def _seconds(text: str) -> float:
    from datetime import datetime

    return datetime.fromisoformat(text).timestamp()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (("rules", "delete", "a"), "its rule 'a' is deleted"),
        (None, "revision 1 of its rule is not approved any more"),
    ],
)
def test_a_retry_that_may_start_nothing_is_refused(studio: Studio, change: tuple[str, ...] | None, why: str) -> None:
    render: dict[str, Any] = {"type": "submit_job", "job_type": "scene_generation"}
    studio.rules(rule("a", "approved", "scene", render))
    studio.run("rules", "approve", "a")
    studio.emit("scene", "s1")
    studio.engine("--fail", "scene_generation")
    if change is None:
        from trigger_studio.services.session import Session
        from trigger_studio.storage import tables

        with Session(studio.run.url) as session, session.database.write() as connection:
            connection.execute(tables.approvals.delete())
    else:
        assert studio.run(*change).code == 0
    refused = studio.run("retry", "f1-1")
    assert (refused.code, refused.err) == (1, f"firing 'f1-1' cannot go on: {why}\n")


def test_a_retry_goes_on_at_the_revision_that_fired(studio: Studio) -> None:
    studio.rules(rule("a", "approved", "scene", job("trigger_qa"), {"type": "set_status", "status": "seen"}))
    studio.emit("scene", "s1")
    studio.engine("--fail", "qa")
    studio.rules(rule("a", "approved", "scene", {"type": "set_status", "status": "other"}))
    assert studio.run("retry", "f1-1").code == 0
    studio.engine()
    (entry,) = studio.log("--rule", "a")
    assert (entry["revision"], [a["type"] for a in entry["actions"]]) == (1, ["trigger_qa", "set_status"])
    assert entry["status"] == "done"


# speed ------------------------------------------------------------------------------------------------------------


def test_a_halt_commits_before_anything_else_is_loaded(studio: Studio) -> None:
    studio.rules(CHECK)
    blocked = studio.folder / "sitecustomize.py"  # whoever would load SQLAlchemy before the halt stands, fails
    blocked.write_text(
        "import sys\n"
        "class Refuse:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] in ('sqlalchemy', 'typer', 'pydantic', 'rich', 'alembic'):\n"
        "            raise RuntimeError('too early: ' + name)\n"
        "sys.meta_path.insert(0, Refuse())\n"
    )
    from tests.support.cli import ROOT

    path = f"{studio.folder}:{ROOT}"
    answer = run("halt", "--rule", "check", "--reason", "now", "--db", studio.run.url, env={"PYTHONPATH": path})
    assert answer.out.startswith("Halted rule check: now. ")
    assert "too early" in answer.err  # the report needs it
    (halt,) = studio.run("halt", "--rule", "check", "--reason", "x", "--json").json()["halts"]
    assert halt["reason"] == "now"
