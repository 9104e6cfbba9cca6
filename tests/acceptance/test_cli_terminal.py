"""Nothing that somebody else wrote steers the terminal it is shown on, whatever the command."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import Answer, Inside

EVIL = "\x1b]0;owned\x07\x1b[2J\x9b31m\x7f\x85x\u202ey"
"""A title, a cleared screen, a colour by C1, a rubout, a line's end by C1, and writing turned round."""
STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")

RULE: dict[str, Any] = {
    "id": "a", "name": f"A {EVIL}", "description": EVIL, "when": {"event": "approved", "entity": "scene"},
    "actions": [
        {"type": "gate", "message": EVIL},
        {"type": "send_notification", "channel": "email", "to": ["a@example.org"], "message": EVIL},
    ],
}  # fmt: skip
FILTER = {"where": {"field": "variant", "op": "eq", "value": EVIL}}
RULES = [RULE, {**RULE, "id": "b", "when": RULE["when"] | FILTER, "actions": [{"type": "set_status", "status": EVIL}]}]
EVENT = {
    "id": f"e {EVIL}", "type": "approved", "entity": "scene", "entity_id": f"s {EVIL}", "project": f"p {EVIL}",
    "attributes": {"variant": EVIL},
}  # fmt: skip

COMMANDS = """
rules list | rules show a | rules export | log | gates list | limits list | doctor | outside show
graph | graph --format mermaid | graph --format dot | graph --format svg | graph --project PROJECT | log --chain CHAIN
dry-run --event EVENT | explain --rule b --event EVENT | explain --rule a --event EVENT | halt --reason EVIL
resume --preview | resume | limits set firings 3 --per 1h --project PROJECT | limits remove firings --project PROJECT
rules show EVIL | gates approve EVIL | pipeline set scene EVIL --status EVIL | log --job EVIL | EVIL | --EVIL
graph --out EVIL | emit EVIL | rules import EVIL | engine --fail EVIL --farm simulated | db check | --db EVIL log
outside allow --host EVIL | limits set EVIL 1 --per EVIL | retry EVIL | emit BADFILE | rules import BADFILE
pipeline import BADFILE | --profile BADFILE rules list
"""


@pytest.fixture
def studio(inside: Inside, tmp_path: Path) -> Inside:
    for name, content in (
        ("rules.json", {"format": "trigger-studio/1", "rules": RULES}),
        ("event.json", EVENT),
        ("bad.json", {EVIL: EVIL, "format": EVIL, "rules": EVIL}),
    ):
        (tmp_path / name).write_text(json.dumps(content))
    assert inside("rules", "import", tmp_path / "rules.json").code == 0
    assert inside("emit", tmp_path / "event.json").code == 0
    assert inside("engine", "--until-idle").code == 0
    return inside


def test_no_command_hands_on_what_steers_a_terminal(studio: Inside, tmp_path: Path) -> None:
    words = {
        "EVIL": EVIL, "--EVIL": f"--{EVIL}", "PROJECT": EVENT["project"], "CHAIN": EVENT["id"],
        "EVENT": str(tmp_path / "event.json"), "BADFILE": str(tmp_path / "bad.json"),
    }  # fmt: skip
    shown = []
    for line in re.split(r"[|\n]", COMMANDS.strip()):
        command = [str(words.get(word, word)) for word in line.split()]
        for more in ([], ["--json"]):
            answer = studio(*command, *more)
            assert answer.code in (0, 1, 2), (line, answer)
            shown.append((line, more, answer))
    steering = [(line, more, found) for line, more, answer in shown if (found := _steering(answer))]
    assert steering == []
    (rules,) = [answer for line, more, answer in shown if line.strip() == "rules list" and more]
    assert rules.json()["rules"][0]["name"] == RULE["name"]  # JSON holds what it held, spelled otherwise


def _steering(answer: Answer) -> list[str]:
    return [
        f"{found.string[max(0, found.start() - 30) : found.end() + 30]!r}"
        for text in (answer.out, answer.err)
        for found in STEERS.finditer(text)
    ]
